"""Paragraphs: inline text set in lines, each in its own direction, split over pages without losing a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from unnm_desktop.typeset import bidi
from unnm_desktop.typeset.blocks import Rich, Span
from unnm_desktop.typeset.cleaning import clean, clean_all
from unnm_desktop.typeset.fonts import Face
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import ENDLESS, Box, Piece
from unnm_desktop.typeset.lines import Line, break_lines
from unnm_desktop.typeset.shaping import Look, Token, itemise, look, tokens_of
from unnm_desktop.typeset.styles import DEEP, Setting, TextStyle
from unnm_desktop.typeset.tags import Element

# A last line is not stretched, and neither is a line that would show rivers.
# The most a space grows, in parts of the font size.
_WIDEST_STRETCH = 0.75
# A foreign text of so many words is a sentence.
_SENTENCE = 4
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)[^\s\x00-\x1f]+", re.IGNORECASE)
_ITALICS: dict[Face, Face] = {"regular": "italic", "semibold": "bolditalic", "bold": "bolditalic"}
_TOLERANCE = 1e-6
# Signs of an enumeration that is Arabic though all its names are in Latin letters.
_ARABIC_SIGNS = re.compile("[،؛]")
# No head, foot or label shows more than this.
_LONGEST_LINE = 400


def _letters(text: str) -> tuple[str, int, int]:
    """First strong side, number of left-to-right and of right-to-left letters."""
    first, left, right = "", 0, 0
    for character in text[:4000]:
        kind = bidi.bidi_class(character)
        if kind == "L":
            left += 1
            first = first or "L"
        elif kind in ("R", "AL"):
            right += 1
            first = first or "R"
    return first, left, right


@lru_cache(maxsize=8192)
def _base(text: str, rtl: bool) -> int:
    if text.isascii() and not rtl:
        return 0
    first, left, right = _letters(text)
    if rtl:
        if _ARABIC_SIGNS.search(text):
            return 1
        return 0 if first == "L" and left > right else 1
    return 1 if first == "R" and right > left else 0


def paragraph_base(text: str, rtl: bool) -> int:
    """The direction of a paragraph in a document of direction ``rtl``.

    A text follows the document, unless it begins in the other direction and has most of its letters there: an
    English sentence in an Arabic report keeps its full stop at its own end, «IOM توفر …» stays Arabic.
    """
    return _base(text[:400], rtl)


def own_side(text: str, base: int, rtl: bool) -> bool:
    """Whether the text starts at the right edge: foreign sentences start at their own side, names and codes do not."""
    if bool(base) == rtl or len(text.split(None, _SENTENCE)) < _SENTENCE:
        return rtl
    return bool(base)


def _span_look(span: Span, style: TextStyle) -> Look:
    face = style.bold if span.bold else style.face
    if span.italic:
        face = _ITALICS.get(face, face)
    link = span.link if _SAFE_LINK.fullmatch(span.link) else ""
    return look(face, style.size, DEEP if link else style.colour, link)


def rich_tokens(rich: Rich, style: TextStyle, rtl: bool, base: int | None = None) -> tuple[Sequence[Token], int, str]:
    """The tokens of an inline text, its base level and its clean words."""
    if isinstance(rich, str):
        text = clean(rich).strip(" \n")
        level = paragraph_base(text, rtl) if base is None else base
        return tokens_of(text, look(style.face, style.size, style.colour), level), level, text
    # Isolates may pair across spans, so the whole text is cleaned at once.
    texts = clean_all([span.text for span in rich])
    runs = [(text, _span_look(span, style)) for text, span in zip(texts, rich, strict=True)]
    runs = _tidy([run for run in runs if run[0]])
    text = "".join(words for words, _ in runs)
    level = paragraph_base(text, rtl) if base is None else base
    return itemise(runs, level), level, text


def _tidy(runs: list[tuple[str, Look]]) -> list[tuple[str, Look]]:
    """No white space at the ends of the paragraph, and none doubled where runs meet."""
    out: list[tuple[str, Look]] = []
    after_space = True
    for text, found in runs:
        kept = text.lstrip(" ") if after_space else text
        if kept:
            out.append((kept, found))
            after_space = kept[-1] in " \n"
    while out and not out[-1][0].rstrip(" \n"):
        out.pop()
    if out:
        out[-1] = (out[-1][0].rstrip(" \n"), out[-1][1])
        out[0] = (out[0][0].lstrip("\n"), out[0][1])
    return out


@dataclass(slots=True)
class _Setting:
    """What all pieces of one paragraph share."""

    style: TextStyle
    base: int
    # The side the text starts at; in a right-to-left document this is the right edge.
    from_right: bool
    rtl: bool
    align: Setting
    sign: Sequence[Token]
    element: Element | None


def base_line(style: TextStyle) -> float:
    """The height of the base line above the foot of a line: the letters stand in the middle of the leading."""
    font = look(style.face, style.size, style.colour).chain[0]
    return (style.leading - (font.ascent + font.descent) * style.size / 1000) / 2


class TextPiece:
    """Some lines of a paragraph."""

    __slots__ = ("first", "height", "lines", "setting", "start", "stop", "width")

    def __init__(self, setting: _Setting, lines: list[Line], start: int, stop: int, width: float) -> None:
        self.setting = setting
        self.lines = lines
        self.start = start
        self.stop = stop
        self.width = width
        self.height = (stop - start) * setting.style.leading

    def draw(self, ink: Ink, x: float, top: float) -> None:
        if self.start == self.stop:
            return
        setting, style = self.setting, self.setting.style
        y = top - style.leading + base_line(style)
        with ink.tagged(setting.element):
            if self.start == 0 and setting.sign:
                self._draw_sign(ink, x, y)
            for place in range(self.start, self.stop):
                self._draw_line(ink, self.lines[place], place, x, y)
                y -= style.leading

    def _draw_sign(self, ink: Ink, x: float, y: float) -> None:
        setting = self.setting
        width = sum(token.width for token in setting.sign)
        indent = setting.style.indent
        gap = max(0.0, min(5.0, indent - width))
        left = x + self.width - indent + gap if setting.rtl else x + indent - gap - width
        ink.text(Line(list(setting.sign)).visual(), left, y)

    def _draw_line(self, ink: Ink, line: Line, place: int, x: float, y: float) -> None:
        setting = self.setting
        indent = setting.style.indent
        slack = max(0.0, self.width - indent - line.width)
        extra = shift = 0.0
        if setting.align == "justify":
            last = place == len(self.lines) - 1 or line.forced
            if not last and line.spaces and slack < _WIDEST_STRETCH * setting.style.size * line.spaces:
                extra = slack / line.spaces
                slack = 0.0
        elif setting.align == "center":
            shift = slack / 2
        elif setting.align == "end":
            shift = slack
        left_edge = x if setting.rtl else x + indent
        left = left_edge + slack - shift if setting.from_right else left_edge + shift
        tokens = line.visual()
        ink.text(tokens, left, y, extra)
        if any(token.look.link for token in tokens):
            self._links(ink, tokens, left, y, extra)

    def _links(self, ink: Ink, tokens: Sequence[Token], x: float, y: float, extra: float) -> None:
        size = self.setting.style.size
        start, target = x, ""
        for token in [*tokens, None]:
            current = token.look.link if token else ""
            if current != target:
                if target:
                    ink.link((start, y - 0.25 * size, x, y + 0.85 * size), target, self.setting.element)
                start, target = x, current
            if token:
                x += token.width + (extra if token.glyphs and token.text == " " else 0.0)


class TextBox:
    """A paragraph."""

    def __init__(
        self,
        rich: Rich,
        style: TextStyle,
        rtl: bool,
        *,
        base: int | None = None,
        align: Setting | None = None,
        sign: str = "",
        element: Element | None = None,
        keep_with_next: bool = False,
    ) -> None:
        self._tokens, level, text = rich_tokens(rich, style, rtl, base)
        chosen = align or style.align
        from_right = own_side(text, level, rtl) if chosen in ("start", "justify") else rtl
        sign_tokens = rich_tokens(sign, style, rtl, int(rtl))[0] if sign else ()
        self._setting = _Setting(style, level, from_right, rtl, chosen, sign_tokens, element)
        self._lines: list[Line] | None = None
        self._width = 0.0
        self._start = 0
        self.before = style.before
        self.after = style.after
        self.keep_with_next = keep_with_next
        self.text = text
        if element is not None and level != int(rtl):
            element.language = "ar" if level else "en"

    def natural_width(self) -> float:
        """The width of the longest line if nothing had to break."""
        return (
            max((line.width for line in break_lines(self._tokens, ENDLESS)), default=0.0) + self._setting.style.indent
        )

    def _broken(self, width: float) -> list[Line]:
        if self._lines is None or (self._start == 0 and abs(width - self._width) > 0.001):
            self._lines = break_lines(self._tokens, width - self._setting.style.indent)
            self._width = width
        return self._lines

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        lines = self._broken(width)
        start, count = self._start, len(lines)
        possible = int((room + _TOLERANCE) / self._setting.style.leading)
        if start + possible >= count:
            return TextPiece(self._setting, lines, start, count, self._width), None
        take = min(possible, count - start)
        # No line of a paragraph stands alone on a page, if that can be helped.
        if take < count - start and count - start - take == 1:
            take -= 1
        if take < 2 and not (force or (take == 1 and start > 0)):
            return None, self
        if take < 1:
            if not force:
                return None, self
            take = 1
        return TextPiece(self._setting, lines, start, start + take, self._width), self._rest(start + take)

    def _rest(self, start: int) -> TextBox:
        rest = object.__new__(TextBox)
        rest._tokens, rest._setting, rest._lines, rest._width = self._tokens, self._setting, self._lines, self._width
        rest._start = start
        rest.before, rest.after = 0.0, self.after
        rest.keep_with_next = self.keep_with_next
        rest.text = self.text
        return rest


def set_line(
    ink: Ink, text: str, style: TextStyle, rtl: bool, x: float, y: float, anchor: str = "start", width: float = ENDLESS
) -> float:
    """Draw one line of text; ``anchor`` start, end or center refers to x. Too long a line ends with an ellipsis.

    Returns:
        The width that was used.

    """
    tokens, used = _fitting(text[:_LONGEST_LINE], style, rtl, width)
    line = Line(list(tokens))
    if anchor == "center":
        left = x - used / 2
    elif (anchor == "start") != rtl:
        left = x
    else:
        left = x - used
    ink.text(line.visual(), left, y)
    return used


@lru_cache(maxsize=1024)
def _fitting(text: str, style: TextStyle, rtl: bool, width: float) -> tuple[Sequence[Token], float]:
    """The tokens of a line no wider than ``width``, and their width: heads and feet are the same on every page."""

    def measured(words: str) -> tuple[Sequence[Token], float]:
        tokens = rich_tokens(words, style, rtl)[0]
        return tokens, sum(token.width for token in tokens)

    text = clean(text.replace("\n", " "))
    tokens, used = measured(text)
    if used <= width:
        return tokens, used
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measured(text[:middle].rstrip() + "…")[1] <= width:
            low = middle
        else:
            high = middle - 1
    return measured(text[:low].rstrip() + "…")


def text_width(text: str, style: TextStyle, rtl: bool) -> float:
    """The width of a text on one line."""
    return _fitting(text[:_LONGEST_LINE], style, rtl, ENDLESS)[1]
