"""The outside of a package: a stored ZIP with one possible form, so that whatever is not exactly so is refused."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from zlib import crc32

READ_ME, KEY, BODY = "READ-ME.txt", "key.age", "body.age"
_FORMS = ((READ_ME, KEY, BODY), (READ_ME, BODY))
"""With a passphrase, or for offices only."""
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_NOON, _FIRST_DAY = 0, 0x21
"""No time of a part is told: midnight of 1 January 1980, the earliest that a ZIP knows."""
_CHUNK = 1 << 20


class NotSo(Exception):
    """The bytes are not of that form."""


@dataclass(frozen=True)
class Part:
    """One of the parts: its name, the number of its bytes and their CRC-32."""

    name: str
    size: int
    crc: int


@dataclass(frozen=True)
class Place:
    """Where a part's bytes lie in the package."""

    part: Part
    start: int


def head(part: Part) -> bytes:
    """What stands before a part's bytes."""
    name = part.name.encode("ascii")
    sizes = part.crc, part.size, part.size
    return _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, _NOON, _FIRST_DAY, *sizes, len(name), 0) + name


def tail(parts: Sequence[Part]) -> bytes:
    """What stands behind the parts: where each lies."""
    listed, at = b"", 0
    for part in parts:
        name = part.name.encode("ascii")
        sizes = part.crc, part.size, part.size
        listed += _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, _VERSION, 0, 0, _NOON, _FIRST_DAY, *sizes, len(name), 0, 0, 0, 0, 0, at
        )
        listed += name
        at += len(head(part)) + part.size
    return listed + _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), at, 0)


def size_of(parts: Sequence[Part]) -> int:
    """The bytes of a whole package of these parts."""
    return sum(len(head(part)) + part.size for part in parts) + len(tail(parts))


def places(file: BinaryIO, size: int) -> dict[str, Place]:
    """Where the parts lie; the whole form is proven, and each part's CRC.

    Raises:
        NotSo: anything in it is otherwise.

    """
    parts = _listed(file, size)
    if tuple(part.name for part in parts) not in _FORMS or sum(part.size for part in parts) > size:
        raise NotSo
    if size_of(parts) != size:
        raise NotSo
    found = {}
    at = 0
    for part in parts:
        expected = head(part)
        file.seek(at)
        if file.read(len(expected)) != expected:
            raise NotSo
        at += len(expected)
        found[part.name] = Place(part, at)
        crc = 0
        for chunk in chunks(file, found[part.name]):
            crc = crc32(chunk, crc)
        if crc != part.crc:
            raise NotSo
        at += part.size
    expected = tail(parts)
    file.seek(at)
    if file.read(len(expected) + 1) != expected:
        raise NotSo
    return found


def _listed(file: BinaryIO, size: int) -> list[Part]:
    if size < _END.size:
        raise NotSo
    file.seek(size - _END.size)
    mark, _, _, count, _, length, at, _ = _END.unpack(file.read(_END.size))
    if mark != b"PK\x05\x06" or count > len(_FORMS[0]) or at + length + _END.size != size or length > 1024:
        raise NotSo
    file.seek(at)
    listed = file.read(length)
    found = []
    place = 0
    for _ in range(count):
        fixed = listed[place : place + _CENTRAL.size]
        if len(fixed) != _CENTRAL.size:
            raise NotSo
        fields = _CENTRAL.unpack(fixed)
        name = listed[place + _CENTRAL.size : place + _CENTRAL.size + fields[10]]
        if not name.isascii():
            raise NotSo
        found.append(Part(name.decode("ascii"), fields[8], fields[7]))
        place += _CENTRAL.size + fields[10]
    return found


def chunks(file: BinaryIO, place: Place) -> Iterator[bytes]:
    """A part's bytes, piece by piece.

    Raises:
        NotSo: there are fewer than was said.

    """
    left = place.part.size
    file.seek(place.start)
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise NotSo
        left -= len(chunk)
        yield chunk
