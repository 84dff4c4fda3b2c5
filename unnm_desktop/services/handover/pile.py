"""Bytes that come piece by piece and are given piece by piece: between, only their packed form is in memory."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_PIECE = 1 << 20


class Pile(io.RawIOBase):
    """A file that is written once and then read as often as wanted, from its beginning."""

    def __init__(self) -> None:
        super().__init__()
        # Its quickest way: tables pack to a ninth, for a tenth of the time that it takes to write them.
        self._packer = zlib.compressobj(1)
        self._packed: list[bytes] = []
        self._hash = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """It is there to be written."""
        return True

    def write(self, data: ReadableBuffer) -> int:
        """Take a piece."""
        taken = bytes(data)
        self._packed.append(self._packer.compress(taken))
        self._hash.update(taken)
        self.size += len(taken)
        return len(taken)

    def finish(self) -> None:
        """Nothing more comes."""
        self._packed.append(self._packer.flush())

    @property
    def sha256(self) -> str:
        """The hash of all that was written."""
        return self._hash.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """All of it again."""
        unpacker = zlib.decompressobj()
        for packed in self._packed:
            waiting = packed
            while waiting:
                yield unpacker.decompress(waiting, _PIECE)
                waiting = unpacker.unconsumed_tail
        yield unpacker.flush()
