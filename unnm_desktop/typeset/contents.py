"""The table of contents: entries are set at once, their page numbers written when they are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass

from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import ENDLESS, Box, Piece, Stacked
from unnm_desktop.typeset.paragraph import TextBox, base_line, text_width
from unnm_desktop.typeset.styles import FAINT, Style, TextStyle
from unnm_desktop.typeset.tags import Element

_NUMBER_ROOM = 34.0
_INDENT = 14.0


@dataclass(frozen=True, slots=True)
class PageNumberPlace:
    """Where the page number of a heading has to be written."""

    key: str
    ink: Ink
    place: int
    x: float
    y: float
    style: TextStyle
    element: Element | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    key: str
    text: str
    level: int


class _EntryPiece:
    def __init__(self, box: ContentsBox, entry: Entry, text: Piece, width: float, element: Element | None) -> None:
        self.height = text.height
        self._box, self._entry, self._text, self._width, self._element = box, entry, text, width, element

    def draw(self, ink: Ink, x: float, top: float) -> None:
        rtl, style = self._box.style.rtl, self._box.style.contents[self._entry.level]
        self._text.draw(ink, x + _NUMBER_ROOM if rtl else x, top)
        indent = _INDENT * self._entry.level
        used = min(text_width(self._entry.text, style, rtl), self._width - _NUMBER_ROOM - indent) + indent + 6
        y = top - self.height + base_line(style)
        start, end = (x + _NUMBER_ROOM - 6, x + self._width - used) if rtl else (x + used, x + self._width - 28)
        if end > start:
            ink.line(start, y, end, y, FAINT, 0.5, "[0.6 2.4]")
        ink.link((x, top - self.height, x + self._width, top), f"#{self._entry.key}", self._element)
        edge = x if rtl else x + self._width
        self._box.later(PageNumberPlace(self._entry.key, ink, ink.reserve(), edge, y, style, self._element))


class ContentsBox:
    """The lines of a table of contents."""

    keep_with_next = False

    def __init__(
        self, entries: Sequence[Entry], style: Style, later: Callable[[PageNumberPlace], None], root: Element | None
    ) -> None:
        self.before, self.after = 0.0, 12.0
        self.style = style
        self.later = later
        self._root = root.child("TOC") if root is not None else None
        self.entries = list(entries)

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        placed: list[tuple[float, Piece]] = []
        used = 0.0
        for place, entry in enumerate(self.entries):
            style = self.style.contents[entry.level]
            indented = TextStyle(
                style.size, style.leading, style.face, colour=style.colour, indent=_INDENT * entry.level
            )
            element = self._root.child("TOCI") if self._root is not None else None
            box = TextBox(entry.text, indented, self.style.rtl, element=element)
            piece, rest = box.fit(width - _NUMBER_ROOM, ENDLESS if force and not placed else room - used, True)
            if piece is None or rest is not None or (used + piece.height > room and placed):
                if not placed:
                    return None, self
                following = copy(self)
                following.before = 0.0
                following.entries = self.entries[place:]
                return Stacked(placed, used), following
            placed.append((used, _EntryPiece(self, entry, piece, width, element)))
            used += piece.height
        return Stacked(placed, used), None
