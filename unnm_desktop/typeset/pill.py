"""A short text in a coloured capsule."""

from __future__ import annotations

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import Box, Drawn, Piece
from unnm_desktop.typeset.paragraph import TextBox
from unnm_desktop.typeset.styles import TONES, WHITE, Style, TextStyle
from unnm_desktop.typeset.tags import Element


class PillBox:
    """A short text in a coloured capsule."""

    keep_with_next = False

    def __init__(
        self, text: str, tone: b.Tone, style: Style, align: b.Align, element: Element | None, solid: bool = False
    ) -> None:
        self.before = self.after = 0.0
        words, self._back, edge = TONES[tone]
        if solid:
            words, self._back = WHITE, words if tone != "neutral" else edge
        self._rtl, self._align = style.rtl, align
        pill = style.pill
        self._text: Box = TextBox(
            text,
            TextStyle(pill.size, pill.leading, pill.face, colour=words),
            style.rtl,
            align="center",
            element=element,
        )
        self._natural = (
            self._text.natural_width() + 12.0 if isinstance(self._text, TextBox) and self._text.text else 0.0
        )

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        if not self._natural:
            return Drawn(0.0, lambda ink, x, top: None), None
        own = min(self._natural, width)
        piece, rest = self._text.fit(own - 12.0 + 0.01, room - 1.0, force)
        if piece is None:
            return None, self
        free = width - own
        at_right = (self._align == "start") == self._rtl
        shift = free / 2 if self._align == "center" else free if at_right else 0.0

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.capsule(x + shift, top - piece.height, own, piece.height, 5.5, fill=self._back)
            piece.draw(ink, x + shift + 6.0, top)

        made = Drawn(piece.height + 1.0, draw)
        if rest is None:
            return made, None
        following = object.__new__(PillBox)
        following.before = following.after = 0.0
        following._text, following._natural = rest, self._natural
        following._rtl, following._align, following._back = self._rtl, self._align, self._back
        return made, following
