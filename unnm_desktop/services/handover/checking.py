"""Whether the packages on a stick are whole, and what broken writings have left there; nothing is taken in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from unnm_desktop.errors import UserError
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.handover import limits, opening, outer
from unnm_desktop.services.handover.stick import PART

OLD = timedelta(days=1)
"""What was not finished in that time is nobody's work any more."""
_OURS = re.compile(rf"unnm-[A-Za-z0-9-]+({re.escape(limits.ENDING)})?{re.escape(PART)}", re.ASCII)
_HASH = re.compile(rb"\b([0-9a-f]{64})  (key\.age|body\.age)\b")


@dataclass(frozen=True)
class Checked:
    """One package: whole or not, and how far it was looked at."""

    path: Path
    trouble: UserError | None
    """What is wrong with it; None = nothing."""
    by: str = ""
    """Who signed it, where it could be opened and every byte was proven; "" where only its sums were compared."""


def packages(place: Path) -> list[Path]:
    """The packages in a folder, or the one that is named."""
    return sorted(place.glob(f"*{limits.ENDING}")) if place.is_dir() else [place]


def check(place: Path, words: str = "", progress: Progress = SILENT) -> list[Checked]:
    """Look at every package of a stick: to the last byte where it opens, else by the sums that it carries.

    Args:
        place: the stick or folder, or one package.
        words: the passphrase of one of them; "" where there is none.
        progress: hears of bytes; may stop the work.

    Raises:
        Cancelled: the officer asked to stop.

    """
    return [_checked(path, words, progress) for path in packages(place)]


def _checked(path: Path, words: str, progress: Progress) -> Checked:
    try:
        with opening.opened(path, words, progress) as package:
            package.want_signature()
            sender = package.manifest.sender
            return Checked(path, None, f"{sender.officer} ({sender.label})" if sender.officer else sender.label)
    except limits.Shut:
        return Checked(path, _by_its_sums(path))
    except UserError as error:
        return Checked(path, error)


def _by_its_sums(path: Path) -> UserError | None:
    """What is wrong with a package that does not open here."""
    try:
        size = opening.look_over(path)
        with path.open("rb") as file:
            places = outer.places(file, size)
            told = {name.decode(): digest.decode() for digest, name in _HASH.findall(_bytes(file, places))}
            for name, where in places.items():
                if name == outer.READ_ME:
                    continue
                hashed = hashlib.sha256()
                for chunk in outer.chunks(file, where):
                    hashed.update(chunk)
                if told.get(name) != hashed.hexdigest():
                    return limits.damaged(path)
    except UserError as error:
        return error
    except (OSError, outer.NotSo):
        return limits.damaged(path)
    return None


def _bytes(file: BinaryIO, places: dict[str, outer.Place]) -> bytes:
    return b"".join(outer.chunks(file, places[outer.READ_ME]))


def leftovers(folder: Path, now: datetime) -> list[Path]:
    """What writings that were broken off more than a day ago have left in a folder; nothing where it cannot be read."""
    found = []
    with suppress(OSError):
        for path in folder.glob(f"unnm-*{PART}"):
            if _OURS.fullmatch(path.name) and now.timestamp() - path.stat().st_mtime > OLD.total_seconds():
                found.append(path)
    return sorted(found)


def drop(paths: Iterable[Path]) -> int:
    """Remove these leftovers; how many are gone."""
    gone = 0
    for path in paths:
        with suppress(OSError):
            path.unlink()
            gone += 1
    return gone
