"""Reading a package: every part is proven before anything of it is used, and none is ever put on a disk readable.

age gives what it opens before it finds damage, so a package is opened twice: first to its end, to prove it, then to
take what is wanted.
"""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import generated_words
from unnm_desktop.services.handover import envelope, inner, keys, limits, manifest, outer, staging
from unnm_desktop.services.handover.manifest import Manifest, Member

_CHECKING = N_("Checking the package")
_COPYING = N_("Copying the package to this computer")
_CHUNK = 1 << 20
_BITE = 1 << 16
_UNPACKED = 1 << 18


class Signature(StrEnum):
    """Who answers for a package."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"
    BAD = "bad"


@dataclass(frozen=True)
class _Sealed:
    """The sealed part of a staged package and what opens it."""

    file: BinaryIO
    place: outer.Place
    identities: tuple[str, ...]
    recipients: int
    """How many it is sealed for."""


class Package:
    """An opened package, proven whole; its signature must be looked at.

    Args:
        path: where the officer chose it; for sentences.
        told: its manifest.
        signature: who answers for it.
        since: since when this computer knows the signer; "" for itself and for unknown ones.

    """

    def __init__(
        self, path: Path, sealed: _Sealed, told: Manifest, signature: Signature, since: str, journal: bytearray
    ) -> None:
        self.path = path
        self.manifest = told
        self.signature = signature
        self.since = since
        self._sealed = sealed
        self._journal = journal

    @property
    def words(self) -> str:
        """The six words by which the sender's key is compared."""
        return keys.words(bytes.fromhex(self.manifest.sender.public_key))

    def want_signature(self) -> None:
        """Refuse what nobody answers for.

        Raises:
            BadPackage: it is not signed, or falsely.

        """
        if self.signature is Signature.NONE:
            raise limits.unsigned(self.path)
        if self.signature is Signature.BAD:
            raise limits.forged(self.path)

    def changesets(self) -> Iterator[dict[str, Any]]:
        """The journal's changesets as plain data, in the package's order.

        Raises:
            BadPackage: it is not signed, or a line of it is none.

        """
        self.want_signature()
        for line in _lines(self._journal):
            try:
                one = manifest.plain_json(line)
            except ValueError as error:
                raise limits.damaged(self.path) from error
            if not isinstance(one, dict):
                raise limits.damaged(self.path)
            yield one

    def take_files(self, wanted: Collection[str], take: Callable[[bytes], object], progress: Progress = SILENT) -> None:
        """Give the bytes of the wanted files of ``blobs/``, each proven, one after the other.

        Args:
            wanted: hashes; those that the package does not hold are passed over.
            take: gets the bytes of one file.
            progress: hears of bytes.

        Raises:
            BadPackage: the package is not signed.

        """
        self.want_signature()
        names = {f"blobs/{digest}" for digest in wanted}
        if names.isdisjoint(member.name for member in self.manifest.members):
            return
        self._open(_Taking(self.manifest, names, take, progress))

    def readable(self) -> dict[str, bytes]:
        """What is readable without the program, by name."""
        found: dict[str, bytes] = {}
        names = [one.name for one in self.manifest.members if one.name.startswith("readable/")]
        waiting = iter(names)

        def take(data: bytes) -> None:
            found[next(waiting).partition("/")[2]] = data

        if names:
            self._open(_Taking(self.manifest, frozenset(names), take, SILENT))
        return found

    def _open(self, reading: _Reading) -> None:
        _open(self._sealed, reading, self.path)


@contextmanager
def opened(path: Path, passphrase: str = "", progress: Progress = SILENT) -> Iterator[Package]:
    """Copy a package to this computer, prove it and open it; the stick may be pulled out once this has begun.

    Args:
        path: the file on the stick.
        passphrase: its six words; "" where it was made for this computer's office.
        progress: hears of bytes; may stop the work.

    Raises:
        BadPackage: it is no package, damaged, too large, newer, or sealed for somebody else; nothing was changed.
        UserError: there is no room, or the stick was pulled out.
        Cancelled: the officer asked to stop.

    """
    with staging.folder() as place:
        copy = place / "package"
        size = _copy(path, copy, progress)
        with copy.open("rb") as file:
            places = _places(path, file, size)
            words = generated_words.tidied(passphrase)
            sealed = _keyed(path, file, places, words)
            proving = _Proving(path, sealed.recipients, shutil.disk_usage(place).free, progress)
            try:
                _open(sealed, proving, path)
            except envelope.NotOpened as error:
                needed = outer.KEY in places and not words
                raise (limits.needs_words if needed else limits.not_for_us)(path) from error
            yield proving.package(sealed)


def look_over(path: Path, progress: Progress = SILENT) -> int:
    """Check without a passphrase that nothing of a package was lost on its way; the number of its bytes.

    Raises:
        BadPackage: something was.

    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            _places(path, file, size)
    except OSError as error:
        raise _pulled(path, error) from error
    progress(size, size, _CHECKING)
    return size


def _pulled(path: Path, error: OSError) -> UserError:
    return UserError(
        N_("{file} can no longer be read ({why}). Nothing was changed. Put the stick in again, then try again."),
        file=path.name,
        why=error.strerror or type(error).__name__,
    )


def _copy(path: Path, copy: Path, progress: Progress) -> int:
    try:
        size = path.stat().st_size
        source = path.open("rb")
    except OSError as error:
        raise _pulled(path, error) from error
    if size > limits.LARGEST:
        source.close()
        raise limits.too_large(path)
    if size > shutil.disk_usage(copy.parent).free // 3:
        source.close()
        raise UserError(
            N_("There is no room on this computer to look into {file}. Make room, then try again."), file=path.name
        )
    done = 0
    with source, copy.open("xb") as target:
        while True:
            progress(done, size, _COPYING)
            try:
                chunk = source.read(_CHUNK)
            except OSError as error:
                raise _pulled(path, error) from error
            if not chunk:
                break
            done += len(chunk)
            if done > size:
                raise limits.damaged(path)
            target.write(chunk)
    return done


def _places(path: Path, file: BinaryIO, size: int) -> dict[str, outer.Place]:
    file.seek(0)
    # What does not begin as a package does was never one; the officer shall not look for damage.
    first = file.read(len(outer.head(outer.Part(outer.READ_ME, 0, 0))))
    if not (first.startswith(b"PK\x03\x04") and first.endswith(outer.READ_ME.encode())):
        raise limits.not_ours(path)
    try:
        found = outer.places(file, size)
    except outer.NotSo as error:
        raise limits.damaged(path) from error
    if found[outer.READ_ME].part.size > limits.READ_ME:
        raise limits.too_large(path)
    if outer.KEY in found and found[outer.KEY].part.size > limits.KEY:
        raise limits.too_large(path)
    return found


def _keyed(path: Path, file: BinaryIO, places: dict[str, outer.Place], words: str) -> _Sealed:
    body = places[outer.BODY]
    file.seek(body.start)
    try:
        recipients = envelope.look_at_sealed(file.read(min(limits.HEADER, body.part.size)))
    except envelope.Damaged as error:
        raise limits.damaged(path) from error
    if outer.KEY in places and words:
        key = b"".join(outer.chunks(file, places[outer.KEY]))
        try:
            envelope.look_at_key(key)
            identity = envelope.open_with_words(key, words).decode("ascii").strip()
            envelope.code_of(identity)
        except envelope.NotOpened as error:
            raise limits.wrong_key(path) from error
        except (envelope.Damaged, UnicodeDecodeError) as error:
            raise limits.damaged(path) from error
    else:
        identity = keys.office_identity()
    return _Sealed(file, body, (identity,), recipients)


def _open(sealed: _Sealed, reading: _Reading, path: Path) -> None:
    unpacker = inner.Unpacker(reading.expected)
    source = inner.Stream(outer.chunks(sealed.file, sealed.place))
    try:
        envelope.open_sealed(source, unpacker, sealed.identities)
        unpacker.finish()
        reading.finish()
    except (envelope.Damaged, inner.NotSo, outer.NotSo, zlib.error) as error:
        raise limits.damaged(path) from error


class _Reading:
    """Says which member comes next and takes its bytes: here the first two, then those of the manifest."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._encoded = bytearray()
        self._signature = bytearray()
        self._asked = 0
        self._members: Iterator[Member] = iter(())

    def expected(self) -> inner.Expected | None:
        self._asked += 1
        if self._asked == 1:
            return inner.Expected("manifest.json", self._encoded.extend, most=limits.MANIFEST)
        if self._asked == 2:
            return inner.Expected("manifest.sig", self._signature.extend, most=64)
        if self._asked == 3:
            self._members = iter(self.members())
        else:
            self.after()
        member = next(self._members, None)
        if member is None:
            return None
        return inner.Expected(member.name, self.before(member), member.size)

    def members(self) -> tuple[Member, ...]:
        """The manifest has come: what it says will come."""
        raise NotImplementedError

    def before(self, member: Member) -> Callable[[bytes], object]:
        """This member comes now: who takes its bytes."""
        raise NotImplementedError

    def after(self) -> None:
        """The member has come."""

    def finish(self) -> None:
        """Everything has come."""


class _Proving(_Reading):
    """Believes nothing: sizes, hashes, the signature and the journal's packing are looked at; the journal is kept."""

    def __init__(self, path: Path, recipients: int, free: int, progress: Progress) -> None:
        super().__init__(progress)
        self._path = path
        self._sealed_for = recipients
        self._free = free
        self._told: Manifest | None = None
        self._member: Member | None = None
        self._hash = hashlib.sha256()
        self._journal = bytearray()
        self._done = self._total = 0

    def members(self) -> tuple[Member, ...]:
        try:
            told = Manifest.decoded(bytes(self._encoded))
        except manifest.Newer as error:
            raise limits.newer(self._path) from error
        except manifest.NotSo as error:
            raise limits.damaged(self._path) from error
        if told.schema_rev > SCHEMA_REVISION:
            raise limits.newer(self._path)
        self._total = sum(member.size for member in told.members)
        packed = told.members[0].size
        if (
            packed > limits.JOURNAL_PACKED
            or told.journal_size > min(limits.JOURNAL, max(packed, 1) * limits.RATIO)
            or any(member.size > limits.BLOB for member in told.members)
            or self._total > self._free // 3
        ):
            raise limits.too_large(self._path)
        self._told = told
        return told.members

    def before(self, member: Member) -> Callable[[bytes], object]:
        self._member = member
        self._hash = hashlib.sha256()
        return self._take

    def _take(self, data: bytes) -> None:
        self._hash.update(data)
        if self._member is not None and self._member.name == manifest.JOURNAL:
            self._journal.extend(data)
        self._done += len(data)
        self._progress(min(self._done, self._total - 1), self._total, _CHECKING)

    def after(self) -> None:
        if self._member is not None and self._hash.hexdigest() != self._member.sha256:
            raise limits.damaged(self._path)

    def finish(self) -> None:
        told = self._proven()
        size = 0
        for line in _lines(self._journal):
            size += len(line) + 1
            if size > told.journal_size:
                raise limits.damaged(self._path)
        if size != told.journal_size:
            raise limits.damaged(self._path)
        self._progress(self._total, self._total, _CHECKING)

    def _proven(self) -> Manifest:
        if self._told is None:
            raise limits.damaged(self._path)
        return self._told

    def package(self, sealed: _Sealed) -> Package:
        """What was proven."""
        told = self._proven()
        signature, since = self._judge(told, sealed)
        return Package(self._path, sealed, told, signature, since, self._journal)

    def _judge(self, told: Manifest, sealed: _Sealed) -> tuple[Signature, str]:
        if not self._signature:
            return Signature.NONE, ""
        key = bytes.fromhex(told.sender.public_key)
        if not keys.is_signed(bytes(self._encoded), bytes(self._signature), key):
            return Signature.BAD, ""
        ours = {envelope.code_of(one) for one in sealed.identities}
        if not ours <= set(told.recipients) or sealed.recipients != len(told.recipients):
            # The signed bytes were sealed anew, for somebody whom the sender did not choose.
            return Signature.BAD, ""
        signer = keys.known(key)
        return (Signature.KNOWN, signer.since) if signer else (Signature.UNKNOWN, "")


class _Taking(_Reading):
    """Gives some members of a package that was proven before; each is proven again."""

    def __init__(
        self, told: Manifest, names: Collection[str], take: Callable[[bytes], object], progress: Progress
    ) -> None:
        super().__init__(progress)
        self._told = told
        self._names = names
        self._give = take
        self._member: Member | None = None
        self._data = bytearray()
        self._total = sum(member.size for member in told.members)
        self._done = 0

    def members(self) -> tuple[Member, ...]:
        if bytes(self._encoded) != self._told.encoded():
            raise inner.NotSo
        return self._told.members

    def before(self, member: Member) -> Callable[[bytes], object]:
        self._member = member
        self._progress(self._done, self._total, _CHECKING)
        self._done += member.size
        self._data = bytearray()
        return self._data.extend if member.name in self._names else _let_pass

    def after(self) -> None:
        member = self._member
        if member is None or member.name not in self._names:
            return
        data = bytes(self._data)
        if hashlib.sha256(data).hexdigest() != member.sha256:
            raise inner.NotSo
        self._give(data)


def _let_pass(_data: bytes) -> None:
    pass


def _lines(packed: bytes | bytearray) -> Iterator[bytes]:
    """The journal's lines, unpacked piece by piece, none longer than it may be.

    Raises:
        zlib.error: it is not packed as it must be, or a line is too long.

    """
    unpacking = zlib.decompressobj(wbits=31)
    left = b""
    for piece in _unpacked(unpacking, memoryview(packed)):
        *lines, left = (left + piece).split(b"\n")
        if any(len(line) > limits.LINE for line in (*lines, left)):
            raise zlib.error("a line too long")
        yield from lines
    if left or not unpacking.eof:
        raise zlib.error("cut off, or something left over")


def _unpacked(unpacking: zlib._Decompress, packed: memoryview) -> Iterator[bytes]:
    # In small bites: what is not taken yet is copied each time, and a bomb must not fill the memory.
    for at in range(0, len(packed), _BITE):
        waiting = bytes(packed[at : at + _BITE])
        if unpacking.eof:
            raise zlib.error("something left over")
        while waiting and not unpacking.eof:
            yield unpacking.decompress(waiting, _UNPACKED)
            waiting = unpacking.unconsumed_tail
        if unpacking.unused_data:
            raise zlib.error("something left over")
    while not unpacking.eof and (piece := unpacking.decompress(b"", _UNPACKED)):
        yield piece
