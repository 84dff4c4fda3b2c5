"""Tokens broken into lines: greedy, losing nothing, however long a word is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from unnm_desktop.typeset import bidi
from unnm_desktop.typeset.shaping import BREAK, SPACE, WORD, Token, shape

_TOLERANCE = 1e-6
_GOOD_CUTS = frozenset("/.-_?&=@,;:")


class Line:
    """One line in logical order."""

    __slots__ = ("forced", "spaces", "tokens", "width")

    def __init__(self, tokens: list[Token], forced: bool = False) -> None:
        self.tokens = tokens
        self.width = sum(token.width for token in tokens)
        self.spaces = sum(token.kind == SPACE for token in tokens)
        self.forced = forced

    def visual(self) -> list[Token]:
        """The tokens from left to right; trailing spaces are gone, so rule L1 has nothing left to do."""
        tokens = self.tokens
        first = tokens[0].level if tokens else 0
        if not first & 1 and all(token.level == first for token in tokens):
            return tokens
        return [tokens[index] for index in bidi.visual_order([token.level for token in tokens])]


def _chunks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Groups between which a line may break: a space, a forced end, or words glued together."""
    glued: list[Token] = []
    for token in tokens:
        if token.kind == WORD:
            glued.append(token)
            if token.breakable:
                yield glued
                glued = []
            continue
        if glued:
            yield glued
            glued = []
        yield [token]
    if glued:
        yield glued


def widest(tokens: Iterable[Token]) -> float:
    """The width of the widest group of words between which no line may break."""
    return max((sum(token.width for token in chunk) for chunk in _chunks(tokens)), default=0.0)


def _logical_clusters(token: Token) -> list[tuple[str, float]]:
    glyphs = token.glyphs
    if glyphs is None:
        return []
    scale = glyphs.font.scale * token.look.size / 1000.0
    clusters = reversed(glyphs.clusters) if glyphs.rtl else glyphs.clusters
    return [(text, advance * scale) for _, advance, text in clusters]


def _part(token: Token, start: int, end: int) -> Token:
    """A piece of a word, its letters joined as they were."""
    text = token.text
    if token.glyphs is None or (start == 0 and end == len(text)):
        return token
    before = text[start - 1 : start] if token.script == "Arab" else ""
    after = text[end : end + 1] if token.script == "Arab" else ""
    glyphs = shape(token.glyphs.font, text[start:end], token.glyphs.rtl, token.script, before, after)
    return Token(WORD, glyphs, token.look, token.level, text[start:end], token.script)


def _cut(chunk: list[Token], width: float) -> list[list[Token]]:
    """Cut what is wider than a line; addresses preferably after a slash, dot or hyphen."""
    lines: list[list[Token]] = []
    line: list[Token] = []
    used = 0.0
    for token in chunk:
        if used + token.width <= width + _TOLERANCE:
            line.append(token)
            used += token.width
            continue
        start = at = good = 0
        since_good = 0.0
        for text, advance in _logical_clusters(token):
            if used + advance > width + _TOLERANCE and (at > start or line):
                end = good if good - start > (at - start) * 0.5 else at
                if end > start:
                    line.append(_part(token, start, end))
                lines.append(line)
                line = []
                used = since_good if end == good and end < at else 0.0
                start = end
                good, since_good = start, used
            used += advance
            since_good += advance
            at += len(text)
            if text[-1:] in _GOOD_CUTS:
                good, since_good = at, 0.0
        if start < len(token.text):
            line.append(_part(token, start, len(token.text)))
    lines.append(line)
    return lines


def break_lines(tokens: Sequence[Token], width: float) -> list[Line]:
    """Break a paragraph into lines no wider than ``width``."""
    room = max(width, 1.0)
    lines: list[Line] = []
    line: list[Token] = []
    spaces: list[Token] = []
    used = 0.0

    for chunk in _chunks(tokens):
        head = chunk[0]
        if head.kind == BREAK:
            lines.append(Line(line, forced=True))
            line, spaces, used = [], [], 0.0
            continue
        if head.kind == SPACE:
            if line:
                spaces.append(head)
            continue
        chunk_width = sum(token.width for token in chunk)
        space_width = sum(token.width for token in spaces)
        if line and used + space_width + chunk_width > room + _TOLERANCE:
            lines.append(Line(line))
            line, spaces, used, space_width = [], [], 0.0, 0.0
        if chunk_width > room + _TOLERANCE:
            # Nothing is before it on the line: it gets lines of its own.
            *full, chunk = _cut(chunk, room)
            lines += [Line(part) for part in full]
            chunk_width = sum(token.width for token in chunk)
        line += spaces
        line += chunk
        used += space_width + chunk_width
        spaces = []
    if line:
        lines.append(Line(line))
    return lines
