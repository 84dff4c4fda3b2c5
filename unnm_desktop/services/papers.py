"""Papers of a meeting: files kept with it or with one of its items, by content, under a name that is safe anywhere."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.text import clean, fold
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import agendas, records

LARGEST = 50_000_000
LONGEST_NAME = 120
# What Windows, macOS or Linux would run on a double click.
RUNS = frozenset(
    {
        "action", "app", "appimage", "applescript", "apk", "application", "bat", "bin", "cmd", "com", "command", "cpl",
        "deb", "desktop", "dll", "dmg", "docm", "dotm", "exe", "gadget", "hta", "img", "inf", "iso", "jar", "js", "jse",
        "lnk", "mde", "msc", "msi", "msp", "mst", "pif", "pkg", "potm", "ppam", "ppsm", "pptm", "ps1", "psm1", "py",
        "reg", "rpm", "run", "scf", "scr", "sh", "sys", "url", "vb", "vbe", "vbs", "wasm", "workflow", "ws", "wsc",
        "wsf", "wsh", "xlam", "xlsm", "xltm"
    }
)  # fmt: skip
_NEVER = re.compile(r'[<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u206f\u061c\ufeff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Stored:
    """A file whose bytes lie beside the workspace; no record refers to it yet."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Paper:
    """A file of a meeting.

    Args:
        attachment: its record.
        item: the agenda item it is for; None = for the whole meeting.
        version: 1, or more where files of the same name came before it.

    """

    attachment: Attachment
    item: AgendaItem | None
    version: int


def papers(session: Session, meeting_id: UUID) -> list[Paper]:
    """The files of a meeting and its items: those for the meeting first, then by item, each in order of arrival."""
    items = {item.id: (place, item) for place, item in enumerate(agendas.agenda(session, meeting_id), 1)}
    found = records.all_of(session, Attachment, Attachment.record_id.in_([meeting_id, *items]))
    seen: dict[str, int] = {}
    made = []
    for one in found:
        seen[fold(one.name)] = version = seen.get(fold(one.name), 0) + 1
        made.append(Paper(one, items[one.record_id][1] if one.record_id in items else None, version))
    return sorted(made, key=lambda paper: items[paper.item.id][0] if paper.item is not None else 0)


def safe_name(name: str) -> str:
    """The file's name without folders, signs that turn it round or that a system refuses; its ending stays."""
    # Before it is cleaned as a text, which leaves some of these signs out: here each leaves a mark.
    bare = _NEVER.sub("_", name.replace("\\", "/").rpartition("/")[2])
    bare = clean(bare).replace("\n", " ").replace("\t", " ")
    bare = " ".join(bare.split()).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if dot and len(ending) <= 10:
        bare = f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending}"
    bare = bare[:LONGEST_NAME].strip(" .")
    return f"_{bare}" if _DEVICES.fullmatch(bare) else bare or "_"


def may_run(name: str) -> bool:
    """Whether opening the file would start a program or macros."""
    return safe_name(name).rpartition(".")[2].casefold() in RUNS


def store(put: Callable[[bytes], str], files: list[Path], progress: Progress = SILENT) -> list[Stored]:
    """Read these files and keep their bytes; their records come after, in one step.

    Raises:
        UserError: one is a folder, cannot be read or is too large; nothing refers to the others yet.

    """
    made = []
    for number, path in enumerate(files):
        progress(number, len(files), path.name)
        try:
            if path.is_dir():
                raise UserError(N_("{file} is a folder. Add the files in it, or pack it first."), file=path.name)
            if path.stat().st_size > LARGEST:
                raise UserError(N_("{file} is larger than 50 MB. Keep it elsewhere."), file=path.name)
            data = path.read_bytes()
        except OSError as error:
            raise UserError(N_("{file} cannot be read. Check that you may open it."), file=path.name) from error
        made.append(keep_bytes(put, path.name, data))
    return made


def keep_bytes(put: Callable[[bytes], str], name: str, data: bytes) -> Stored:
    """Keep bytes that are at hand, such as a picture pasted."""
    return Stored(safe_name(name), len(data), put(data))


def add(session: Session, meeting_id: UUID, files: list[Stored], item_id: UUID | None = None) -> list[Attachment]:
    """Make records of the files that the meeting does not have yet; the same content is never kept twice."""
    records.get(session, Meeting, meeting_id)
    known = {paper.attachment.sha256 for paper in papers(session, meeting_id)}
    made = []
    for one in files:
        if one.sha256 in known:
            continue
        known.add(one.sha256)
        media = mimetypes.guess_type(one.name)[0] or "application/octet-stream"
        kind, record_id = _belongs(meeting_id, item_id)
        # Not records.create: the kind of the record is a field of its own here, under a name that create takes.
        paper = Attachment(
            entity=kind, record_id=record_id, name=one.name, media_type=media, size=one.size, sha256=one.sha256
        )
        session.add(paper)
        made.append(paper)
    session.flush()
    return made


def assign(session: Session, attachment_id: UUID, meeting_id: UUID, item_id: UUID | None) -> Attachment:
    """Say for which item a paper is; None = for the whole meeting."""
    paper = records.get(session, Attachment, attachment_id)
    paper.entity, paper.record_id = _belongs(meeting_id, item_id)
    session.flush()
    return paper


def _belongs(meeting_id: UUID, item_id: UUID | None) -> tuple[str, UUID]:
    return (Meeting.__tablename__, meeting_id) if item_id is None else (AgendaItem.__tablename__, item_id)


def rename(session: Session, attachment_id: UUID, name: str) -> Attachment:
    """Give a paper another name; an ending left out stays as it was."""
    old = records.get(session, Attachment, attachment_id).name
    wanted = safe_name(name)
    _, dot, ending = old.rpartition(".")
    if dot and not wanted.casefold().endswith(f".{ending}".casefold()):
        wanted = safe_name(f"{wanted}.{ending}")
    return records.update(session, Attachment, attachment_id, name=wanted)


def copy_into(folder: Path, paper: Attachment, get: Callable[[str], bytes]) -> Path:
    """A copy of the file to open with another program; it cannot be written, so that no edit is lost unseen.

    Raises:
        UserError: the bytes are missing, or the copy cannot be written.

    """
    try:
        data = get(paper.sha256)
    except KeyError as error:
        raise UserError(
            N_("{file} is missing beside the workspace. Bring it back from a backup."), file=paper.name
        ) from error
    target = folder / paper.sha256[:12] / safe_name(paper.name)
    try:
        if not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(data)
            target.chmod(0o400)
    except OSError as error:
        raise UserError(
            N_("{file} cannot be written. Choose another folder or free some space."), file=paper.name
        ) from error
    return target
