"""The packed journal of a package, unpacked line by line; a bomb must not fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from unnm_desktop.services.handover import limits

_BITE = 1 << 16
_UNPACKED = 1 << 18


def lines(packed: bytes | bytearray) -> Iterator[bytes]:
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
