"""The libraries the program is made with, and their licences, as their packages themselves say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

_PROGRAM = "unnm-desktop"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|ofl)[^/]*$", re.IGNORECASE)
_LONGEST = 60


@dataclass(frozen=True)
class Library:
    """One library: its name, version, licence, and the licence's own words where it ships them."""

    name: str
    version: str
    licence: str
    text: str = ""


def libraries() -> list[Library]:
    """Every library the program needs to run, and those that they need, by name."""
    return sorted(map(_read, _needed()), key=lambda one: one.name.casefold())


def _needed() -> Iterator[metadata.Distribution]:
    waiting, seen = [_PROGRAM], {_PROGRAM}
    while waiting:
        try:
            found = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:
            # Needed on another system only.
            continue
        if _plain(found.name) != _PROGRAM:
            yield found
        for line in found.requires or ():
            name = _NAME.match(line)
            if name is not None and "extra" not in line.partition(";")[2] and _plain(name[0]) not in seen:
                seen.add(_plain(name[0]))
                waiting.append(name[0])


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _read(found: metadata.Distribution) -> Library:
    return Library(found.name, found.version, _licence(found), _text(found))


def _licence(found: metadata.Distribution) -> str:
    for said in found.metadata.get_all("License-Expression") or ():
        return str(said)
    classes = [line.rsplit(" :: ", 1)[-1] for line in found.metadata.get_all("Classifier") or () if "License" in line]
    if classes:
        return ", ".join(classes)
    first = "".join(found.metadata.get_all("License") or ()).strip().partition("\n")[0]
    return first if len(first) <= _LONGEST else ""


def _text(found: metadata.Distribution) -> str:
    texts = []
    for file in found.files or ():
        if _FILE.search(str(file)) and not str(file).endswith((".py", ".pyc")):
            try:
                texts.append(str(file.read_text(encoding="utf-8")))
            except (OSError, UnicodeDecodeError):
                continue
    return "\n\n".join(texts)
