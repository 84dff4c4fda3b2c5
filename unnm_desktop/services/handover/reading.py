"""Reading a package member by member: once to prove it, then again to take what is wanted."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.i18n import N_
from unnm_desktop.progress import Progress
from unnm_desktop.services.handover import envelope, inner, keys, limits, manifest, outer, unpacking
from unnm_desktop.services.handover.manifest import Manifest, Member

CHECKING = N_("Checking the package")


@dataclass(frozen=True)
class Sealed:
    """The sealed part of a staged package and what opens it."""

    file: BinaryIO
    place: outer.Place
    identities: tuple[str, ...]
    recipients: int
    """How many it is sealed for."""


class Signature(StrEnum):
    """Who answers for a package."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"
    BAD = "bad"


@dataclass(frozen=True)
class Proven:
    """What a package is, when every part of it was proven."""

    manifest: Manifest
    signature: Signature
    since: str
    """Since when this computer knows the signer; "" for itself and for unknown ones."""
    journal: bytearray
    """Still packed."""


class Reading:
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


class Proving(Reading):
    """Believes nothing: sizes, hashes, the signature and the journal's packing are looked at; the journal is kept."""

    def __init__(self, path: Path, free: int, progress: Progress) -> None:
        super().__init__(progress)
        self._path = path
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
        self._progress(min(self._done, self._total - 1), self._total, CHECKING)

    def after(self) -> None:
        if self._member is not None and self._hash.hexdigest() != self._member.sha256:
            raise limits.damaged(self._path)

    def finish(self) -> None:
        told = self._whole()
        size = 0
        for line in unpacking.lines(self._journal):
            size += len(line) + 1
            if size > told.journal_size:
                raise limits.damaged(self._path)
        if size != told.journal_size:
            raise limits.damaged(self._path)
        self._progress(self._total, self._total, CHECKING)

    def _whole(self) -> Manifest:
        if self._told is None:
            raise limits.damaged(self._path)
        return self._told

    def proven(self, sealed: Sealed) -> Proven:
        """What was proven."""
        told = self._whole()
        signature, since = self._judge(told, sealed)
        return Proven(told, signature, since, self._journal)

    def _judge(self, told: Manifest, sealed: Sealed) -> tuple[Signature, str]:
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


class Taking(Reading):
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
        self._progress(self._done, self._total, CHECKING)
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


def read_through(sealed: Sealed, reading: Reading, path: Path) -> None:
    """Open it from its beginning to its end; every byte goes to the reading.

    Raises:
        BadPackage: it is damaged.

    """
    unpacker = inner.Unpacker(reading.expected)
    source = inner.Stream(outer.chunks(sealed.file, sealed.place))
    try:
        envelope.open_sealed(source, unpacker, sealed.identities)
        unpacker.finish()
        reading.finish()
    except (envelope.Damaged, inner.NotSo, outer.NotSo, zlib.error) as error:
        raise limits.damaged(path) from error


def _let_pass(_data: bytes) -> None:
    pass
