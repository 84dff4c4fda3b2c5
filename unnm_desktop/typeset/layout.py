"""Boxes that fill pages: each gives as much of itself as fits, and keeps the rest for the next page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from unnm_desktop.typeset.ink import Ink

ENDLESS = 1e9


class Piece(Protocol):
    """Something of known height, ready to be drawn."""

    height: float

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top)."""


class Box(Protocol):
    """Something that can be set in a column of a given width, over several pages if need be."""

    before: float
    after: float
    keep_with_next: bool

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        """Set as much as fits into ``room``: the piece, and the rest for later.

        With ``force`` (the page is still empty) something is always given, so that every box comes to an end.
        """


class Drawn:
    """A piece of known height that a function draws."""

    def __init__(self, height: float, draw: Callable[[Ink, float, float], None]) -> None:
        self.height = height
        self._draw = draw

    def draw(self, ink: Ink, x: float, top: float) -> None:
        self._draw(ink, x, top)


class Stacked:
    """Pieces below each other: (distance from the top, piece)."""

    def __init__(self, placed: Sequence[tuple[float, Piece]], height: float) -> None:
        self.placed = placed
        self.height = height

    def draw(self, ink: Ink, x: float, top: float) -> None:
        for offset, piece in self.placed:
            piece.draw(ink, x, top - offset)


class Fixed:
    """A box that stays in one piece; it is drawn by a function that gets the width."""

    keep_with_next = False

    def __init__(
        self,
        height: float,
        draw: Callable[[Ink, float, float, float], None],
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        self.before = before
        self.after = after
        self._height = height
        self._draw = draw

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        if self._height > room and not force:
            return None, self
        return Drawn(self._height, lambda ink, x, top: self._draw(ink, x, top, width)), None


class Stack:
    """Boxes below each other, as in a table cell."""

    keep_with_next = False

    def __init__(self, boxes: Sequence[Box], before: float = 0.0, after: float = 0.0) -> None:
        self.boxes = boxes
        self.before = before
        self.after = after

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        placed: list[tuple[float, Piece]] = []
        used = gap = 0.0
        for place, box in enumerate(self.boxes):
            start = used + (max(gap, box.before) if placed else 0.0)
            piece, rest = box.fit(width, room - start, force and not placed)
            if piece is not None:
                placed.append((start, piece))
                used = start + piece.height
            if rest is not None:
                if not placed:
                    return None, self
                return Stacked(placed, used), Stack([rest, *self.boxes[place + 1 :]], 0.0, self.after)
            gap = box.after
        return Stacked(placed, used), None


class Together:
    """Boxes that stay on one page if they fit on one and are no taller than ``tallest``."""

    keep_with_next = False

    def __init__(self, boxes: Sequence[Box], tallest: float = ENDLESS) -> None:
        self._stack = Stack(boxes)
        self._tallest = tallest
        self.before = boxes[0].before if boxes else 0.0
        self.after = boxes[-1].after if boxes else 0.0

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        piece, rest = self._stack.fit(width, room, force)
        if rest is None or force:
            return piece, rest
        whole, _ = self._stack.fit(width, ENDLESS, True)
        if piece is not None and whole is not None and whole.height > self._tallest:
            return piece, rest
        return None, self


class Framed:
    """A box with padding and something drawn behind each of its pieces."""

    def __init__(
        self,
        inner: Box,
        padding: tuple[float, float, float, float],
        behind: Callable[[Ink, float, float, float, float], None],
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        self.inner = inner
        # left, top, right, bottom
        self.padding = padding
        self.behind = behind
        self.before = before
        self.after = after
        self.keep_with_next = False

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        left, above, right, below = self.padding
        piece, rest = self.inner.fit(width - left - right, room - above - below, force)
        if piece is None:
            return None, self
        height = piece.height + above + below

        def draw(ink: Ink, x: float, top: float) -> None:
            self.behind(ink, x, top - height, width, height)
            piece.draw(ink, x + left, top - above)

        made = Drawn(height, draw)
        return made, None if rest is None else Framed(rest, self.padding, self.behind, 0.0, self.after)
