"""Making a package: an office's journal and files, signed, sealed and written to a stick.

Nothing readable ever touches a disk: what is staged is sealed already.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

from unnm_desktop import __version__, paths
from unnm_desktop.cause import Cause
from unnm_desktop.db.identity import uuid7
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import generated_words
from unnm_desktop.services.handover import (
    envelope,
    inner,
    keys,
    limits,
    manifest,
    names,
    outer,
    sealing,
    staging,
    stick,
)
from unnm_desktop.services.handover.beside import Beside
from unnm_desktop.services.handover.manifest import Manifest, Member, Scope, Sender
from unnm_desktop.services.handover.pile import Pile

_SEALING = N_("Sealing the package")
_UNREADABLE = N_(
    "The package was made, but this computer's own disk no longer gives it back ({why}). The stick is in order and"
    " nothing new is on it. Make the package once more."
)
_MANIFEST, _SIGNATURE = "manifest.json", "manifest.sig"


@dataclass(frozen=True)
class Contents:
    """What goes into a package.

    Args:
        changesets: the journal as plain data, one dict each.
        vector: which changesets the workspace has.
        devices: the computers that it knows by name.
        blobs: the files that go with it: hash → number of bytes.
        blob: gives the bytes of such a hash, piece by piece; it proves them before it ends.
        readable: name → what is readable without the program.

    """

    workspace: UUID
    device: UUID
    label: str
    officer: str
    scope: Scope
    changesets: Iterable[Mapping[str, Any]]
    vector: Mapping[str, Any] = field(default_factory=dict)
    devices: Sequence[Mapping[str, str]] = ()
    blobs: Mapping[str, int] = field(default_factory=dict)
    blob: Callable[[str], Iterable[bytes]] | None = None
    readable: Mapping[str, bytes | Pile] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True)
class Packed:
    """A package that is on the stick, read back and proven."""

    path: Path
    size: int
    uncached: bool
    manifest: Manifest


def pack(
    contents: Contents,
    folder: Path,
    *,
    passphrase: str = "",
    codes: Sequence[str] = (),
    now: datetime,
    progress: Progress = SILENT,
) -> Packed:
    """Make a package and write it to a stick.

    Args:
        contents: what goes into it.
        folder: the stick or folder.
        passphrase: the words that open it; told by phone.
        codes: the offices that open it with their own keys.
        now: the moment, as the officer's clock shows it.
        progress: hears of bytes; may stop the work, which leaves nothing behind.

    Raises:
        UserError: a code is none, the package would be too large, or the stick has trouble.
        Cancelled: the officer asked to stop.

    """
    words = generated_words.tidied(passphrase)
    if not words and not codes:
        raise UserError(N_("Give a passphrase, or the code of the office that the package is for."))
    if len(codes) >= limits.RECIPIENTS:
        raise UserError(N_("A package goes to at most {most} offices. Make a second one."), most=limits.RECIPIENTS - 1)
    for code in codes:
        if not envelope.is_code(code):
            raise UserError(N_("“{code}” is no office's code. It begins with age1; ask for it again."), code=code[:80])
    stick.want_room(folder, sum(contents.blobs.values()))
    identity, own = envelope.new_identity() if words else ("", "")
    recipients = (*codes, own) if own else tuple(codes)
    with staging.folder() as place:
        body = place / outer.BODY
        sealed, told = _seal_body(contents, body, recipients, now, progress)
        key = sealing.seal_with_words(f"{identity}\n".encode(), words) if words else b""
        read_me = _read_me(key, sealed.sha256)
        parts = [outer.Part(outer.READ_ME, len(read_me), crc32(read_me))]
        if key:
            parts.append(outer.Part(outer.KEY, len(key), crc32(key)))
        parts.append(outer.Part(outer.BODY, sealed.size, sealed.crc))
        size = outer.size_of(parts)
        name = names.name_for(contents.scope.networks, now)
        while stick.has(folder, name):
            name = names.name_for(contents.scope.networks, now)
        written = stick.write(folder, name, lambda: _whole(parts, read_me, key, body), size, progress)
    return Packed(written.path, size, written.uncached, told)


def _whole(parts: Sequence[outer.Part], read_me: bytes, key: bytes, body: Path) -> Iterator[bytes]:
    for part in parts:
        yield outer.head(part)
        if part.name == outer.BODY:
            yield from _staged(body, part.size)
        else:
            yield read_me if part.name == outer.READ_ME else key
    yield outer.tail(parts)


def _staged(body: Path, size: int) -> Iterator[bytes]:
    """What waits on this computer to be written. Its trouble is told here: the stick has nothing to do with it."""
    done = 0
    try:
        with body.open("rb") as file:
            while chunk := file.read(1 << 20):
                done += len(chunk)
                yield chunk
    except OSError as error:
        raise UserError(_UNREADABLE, why=Cause(error)) from error
    if done != size:
        raise UserError(_UNREADABLE, why=Cause(OSError(errno.EIO, "")))


class _Sums:
    """What must be known of a part when it is written."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0
        self.crc = 0

    def take(self, data: bytes) -> None:
        self._hash.update(data)
        self.crc = crc32(data, self.crc)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _seal_body(
    contents: Contents, body: Path, recipients: Sequence[str], now: datetime, progress: Progress
) -> tuple[_Sums, Manifest]:
    journal, unpacked, count = _journal(contents.changesets)
    if unpacked > limits.JOURNAL or len(journal) > limits.JOURNAL_PACKED:
        raise UserError(N_("The records are too many for one package. Choose fewer networks."))
    members = [_member(manifest.JOURNAL, journal)]
    members += [Member(f"blobs/{digest}", size, digest) for digest, size in sorted(contents.blobs.items())]
    members += [_member(f"readable/{name}", data) for name, data in sorted(contents.readable.items())]
    told = _manifest(contents, members, recipients, now, unpacked, count)
    encoded = told.encoded()
    if len(encoded) > limits.MANIFEST or any(one.size > limits.BLOB for one in members):
        raise UserError(N_("A file is too large for a package, or there are too many. Make it without the files."))
    signature = keys.sign(encoded)
    total = sum(one.size for one in members)

    def everything() -> Iterator[tuple[inner.Member, Iterable[bytes]]]:
        yield inner.Member(_MANIFEST, len(encoded)), (encoded,)
        yield inner.Member(_SIGNATURE, len(signature)), (signature,)
        done = 0
        for one in members:
            yield inner.Member(one.name, one.size), told_of(_bytes_of(one, journal, contents), done)
            done += one.size

    def told_of(pieces: Iterable[bytes], done: int) -> Iterator[bytes]:
        for piece in pieces:
            progress(done, total, _SEALING)
            yield piece
            done += len(piece)

    sums = _Sums()
    try:
        with body.open("xb") as file, Beside(sums.take) as beside:

            def take(piece: bytes) -> None:
                beside.give(piece)
                file.write(piece)

            sealing.seal(inner.packed(everything()), take, recipients)
    except OSError as error:
        full = stick.is_full(error)
        raise UserError(
            N_("There is no room on this computer's own disk to make the package. Make room on it, then try again.")
            if full
            else N_(
                "The package cannot be made on this computer: its own disk gives trouble ({why}). The stick is as it"
                " was. Try again; if it stays so, have the disk looked at."
            ),
            why=Cause(error),
        ) from error
    return sums, told


def _manifest(
    contents: Contents,
    members: Sequence[Member],
    recipients: Sequence[str],
    now: datetime,
    journal_size: int,
    changesets: int,
) -> Manifest:
    """What it holds, from whom and for whom."""
    return Manifest(
        package_id=str(uuid7()),
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        app_version=__version__,
        schema_rev=SCHEMA_REVISION,
        workspace=str(contents.workspace),
        sender=Sender(str(contents.device), contents.label[:200], contents.officer[:200], keys.public_key().hex()),
        scope=contents.scope,
        recipients=tuple(recipients),
        members=tuple(members),
        journal_size=journal_size,
        changesets=changesets,
        to=contents.to[:200],
        vector=contents.vector,
        devices=tuple({**one, "label": one["label"][:200]} for one in contents.devices),
    )


def _bytes_of(member: Member, journal: bytes, contents: Contents) -> Iterator[bytes]:
    kind, _, name = member.name.partition("/")
    if member.name == manifest.JOURNAL:
        yield journal
        return
    if kind == "readable":
        told = contents.readable[name]
        yield from (told,) if isinstance(told, bytes) else told.pieces()
        return
    if contents.blob is None:
        raise RuntimeError("files without a place to read them from")
    try:
        yield from contents.blob(name)
    except KeyError as error:
        raise UserError(
            N_("A file of the workspace is damaged or missing. Make the package without files, or restore a backup.")
        ) from error


def _member(name: str, data: bytes | Pile) -> Member:
    if isinstance(data, Pile):
        return Member(name, data.size, data.sha256)
    return Member(name, len(data), hashlib.sha256(data).hexdigest())


def _journal(changesets: Iterable[Mapping[str, Any]]) -> tuple[bytes, int, int]:
    """The journal packed, the number of its bytes unpacked, and of its changesets."""
    packed = io.BytesIO()
    size = count = 0
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as file:
        for one in changesets:
            line = json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            if len(line) > limits.LINE:
                raise UserError(N_("One step of the journal is too large for a package. Tell the program's makers."))
            file.write(line)
            size += len(line)
            count += 1
    return packed.getvalue(), size, count


def _read_me(key: bytes, body: str) -> bytes:
    text = paths.resource("handover", outer.READ_ME).read_text(encoding="utf-8")
    hashes = [f"  {hashlib.sha256(key).hexdigest()}  {outer.KEY}"] if key else []
    hashes.append(f"  {body}  {outer.BODY}")
    # The mark and the line ends are for Windows' Notepad.
    return text.replace("{hashes}", "\n".join(hashes)).replace("\n", "\r\n").encode("utf-8-sig")
