"""The inside of a package: a tar with one possible form, written and read piece by piece, never onto a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_BLOCK = 512
_END = bytes(2 * _BLOCK)


class NotSo(Exception):
    """The bytes are not of that form."""


@dataclass(frozen=True)
class Member:
    """One file inside: its name and the number of its bytes."""

    name: str
    size: int


def head(member: Member) -> bytes:
    """What stands before a member's bytes: a plain file without owner and without a time."""
    name = member.name.encode("ascii")
    if not name or len(name) > 100 or member.size >= 1 << 33:
        raise ValueError(member.name)
    fields = (
        name.ljust(100, b"\0")
        + b"0000600\0" + b"0000000\0" * 2
        + f"{member.size:011o}\0".encode()
        + b"00000000000\0" + b" " * 8 + b"0" + bytes(100)
        + b"ustar\x0000" + bytes(64) + b"0000000\0" * 2 + bytes(167)
    )  # fmt: skip
    return fields[:148] + f"{sum(fields):06o}\0 ".encode() + fields[156:]


def _padding(size: int) -> int:
    return -size % _BLOCK


def packed(members: Iterable[tuple[Member, Iterable[bytes]]]) -> Iterator[bytes]:
    """The tar of these members, piece by piece."""
    for member, data in members:
        yield head(member)
        yield from data
        yield bytes(_padding(member.size))
    yield _END


class Stream:
    """Pieces of bytes as a file that is read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; none at the end."""
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        taken = bytes(self._left if size < 0 else self._left[:size])
        self._left = self._left[len(taken) :]
        return taken


@dataclass(frozen=True)
class Expected:
    """The member that must come next, and who takes its bytes.

    Args:
        size: how many bytes it has; None where only its own head says, which is believed up to ``most``.

    """

    name: str
    take: Callable[[bytes], object]
    size: int | None = None
    most: int = 0


class Unpacker:
    """Takes a tar piece by piece, and gives each member's bytes to whom they are for.

    Args:
        expected: asked for the member that must come next; None at the end.

    """

    def __init__(self, expected: Callable[[], Expected | None]) -> None:
        self._expected = expected
        self._member: Expected | None = None
        self._head = b""
        self._left = 0
        """Bytes of the member that are still to come."""
        self._zeros = 0
        """Bytes of padding that are still to come."""
        self._finished = False
        self._next()

    def _next(self) -> None:
        self._member = self._expected()
        if self._member is None:
            self._finished = True
            self._zeros = len(_END)

    def write(self, data: bytes) -> int:
        """Take a piece.

        Raises:
            NotSo: it is not what must come.

        """
        at = 0
        while at < len(data):
            if self._left:
                piece = data[at : at + self._left]
                self._left -= len(piece)
                self._give(piece)
            elif self._zeros:
                piece = data[at : at + self._zeros]
                self._zeros -= len(piece)
                if piece.strip(b"\0"):
                    raise NotSo
                self._go_on()
            elif self._finished:
                raise NotSo
            else:
                piece = data[at : at + _BLOCK - len(self._head)]
                self._head += piece
                if len(self._head) == _BLOCK:
                    self._begin()
            at += len(piece)
        return len(data)

    def _begin(self) -> None:
        member, told, self._head = self._member, self._head, b""
        if member is None:
            raise NotSo
        size = member.size
        if size is None:
            try:
                size = int(told[124:135].decode("ascii"), 8)
            except ValueError as error:
                raise NotSo from error
            if not 0 <= size <= member.most:
                raise NotSo
        if told != head(Member(member.name, size)):
            raise NotSo
        self._left, self._zeros = size, _padding(size)
        self._go_on()

    def _give(self, piece: bytes) -> None:
        if self._member is not None:
            self._member.take(piece)
        self._go_on()

    def _go_on(self) -> None:
        if not self._left and not self._zeros and not self._finished:
            self._next()

    def finish(self) -> None:
        """Say that nothing more comes.

        Raises:
            NotSo: something is missing.

        """
        if not self._finished or self._zeros:
            raise NotSo
