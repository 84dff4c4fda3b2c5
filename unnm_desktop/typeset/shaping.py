"""Words shaped by HarfBuzz, remembered, and cut into the tokens that lines are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

import uharfbuzz as hb

from unnm_desktop.typeset import bidi
from unnm_desktop.typeset.fonts import SUBSTITUTES, Chain, Face, GlyphFont, chain

# (glyph, x offset, y offset) of each glyph of a cluster
Components: TypeAlias = tuple[tuple[int, int, int], ...]
Cluster: TypeAlias = tuple[Components, int, str]

_FEATURES = {"kern": True, "liga": True}
_LONGEST_REMEMBERED_WORD = 64
_LONGEST_REMEMBERED_TEXT = 400
# Very long "words" are shaped in pieces: HarfBuzz buffers and line breaking then stay small.
_LONGEST_PIECE = 256


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks; equal looks are one object (see ``look``)."""

    face: Face
    size: float
    colour: str
    link: str = ""

    @property
    def chain(self) -> Chain:
        """The faces to choose from."""
        return chain(self.face)


@lru_cache(maxsize=512)
def look(face: Face, size: float, colour: str, link: str = "") -> Look:
    """The one Look of these values."""
    return Look(face, size, colour, link)


class Glyphs:
    """A shaped word: clusters in visual order, each (components, advance, text)."""

    __slots__ = ("clusters", "font", "rtl", "width")

    def __init__(self, font: GlyphFont, rtl: bool, clusters: list[Cluster]) -> None:
        self.font = font
        self.rtl = rtl
        self.clusters = clusters
        self.width = sum(cluster[1] for cluster in clusters) * font.scale


@lru_cache(maxsize=8192)
def _one(cluster: Cluster) -> Cluster:
    """The one of all that are equal: thousands of remembered words are made of a few hundred."""
    return cluster


def _shape(font: GlyphFont, text: str, rtl: bool, script: str, before: str, after: str) -> Glyphs:
    set_text = text.translate(_TRANSLATION)
    buffer = hb.Buffer()
    buffer.add_str(before + set_text + after, len(before), len(set_text))
    # Direction and script are always said: HarfBuzz's guess turns digits round next to Arabic letters.
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = "ar" if script == "Arab" else "en"
    hb.shape(font.hb_font, buffer, _FEATURES)
    raw: list[tuple[int, list[tuple[int, int, int]]]] = []
    advances: list[int] = []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        at = info.cluster - len(before)
        if not raw or raw[-1][0] != at:
            raw.append((at, []))
            advances.append(0)
        raw[-1][1].append((info.codepoint, advances[-1] + position.x_offset, position.y_offset))
        advances[-1] += position.x_advance
    starts = [*sorted(at for at, _ in raw), len(text)]
    end_of = dict(pairwise(starts))
    clusters = [
        _one((tuple(components), advance, text[at : end_of[at]]))
        for (at, components), advance in zip(raw, advances, strict=True)
    ]
    return Glyphs(font, rtl, clusters)


_TRANSLATION = {ord(sign): near for sign, near in SUBSTITUTES.items()}
_remembered = lru_cache(maxsize=20_000)(_shape)


def shape(font: GlyphFont, text: str, rtl: bool, script: str, before: str = "", after: str = "") -> Glyphs:
    """Shape one word of one font, direction and script; the neighbours only decide how its ends join."""
    if len(text) > _LONGEST_REMEMBERED_WORD:
        return _shape(font, text, rtl, script, before, after)
    return _remembered(font, text, rtl, script, before, after)


WORD: Literal[0] = 0
SPACE: Literal[1] = 1
BREAK: Literal[2] = 2
Kind: TypeAlias = Literal[0, 1, 2]


class Token:
    """A word, a space or a forced line end: the unit of breaking, ordering and drawing."""

    __slots__ = ("breakable", "glyphs", "kind", "level", "look", "script", "text", "width")

    def __init__(self, kind: Kind, glyphs: Glyphs | None, look: Look, level: int, text: str, script: str) -> None:
        self.kind = kind
        self.glyphs = glyphs
        self.look = look
        self.level = level
        self.text = text
        self.script = script
        self.width = glyphs.width * look.size / 1000.0 if glyphs else 0.0
        self.breakable = False


# Characters that only steer: they are dropped before shaping (ZWNJ and ZWJ stay: they shape Arabic).
_STEERING = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u2060\ufeff\u200b"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
_JOINERS = "\u200c\u200d"
_BREAK_AFTER = frozenset("-\u2010\u2013\u2014")
_WORDS = re.compile("[ \n]|[^ \n]+")
_ARABIC_WORD = re.compile("[\u0620-\u065f\u066e-\u06d3\u06d5\u06fa-\u06ff،؛؟]+")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+[,.;:)]?")


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    return buffer.script or ""


class _Scripts:
    """The script of neutral characters, found from their neighbours when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[str] | None = None

    def at(self, index: int) -> str:
        if self._found is None:
            found, current = [], ""
            for character in self._text:
                current = _script(character) or current
                found.append(current)
            for place in range(len(found) - 2, -1, -1):
                found[place] = found[place] or found[place + 1]
            self._found = found
        return self._found[index]


def _levels(text: str, base: int) -> list[int]:
    if base == 0 and not bidi.needs_algorithm(text):
        return [0] * len(text)
    out: list[int] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            out.append(base)
        out += bidi.levels(line, base)[1]
    return out


@lru_cache(maxsize=8192)
def _font_for(faces: Chain, character: str) -> GlyphFont:
    code = ord(SUBSTITUTES.get(character, character))
    return next((font for font in faces if code in font.covered), faces[0])


class _Itemiser:
    """Cuts one paragraph into tokens."""

    def __init__(self, runs: list[tuple[str, Look]], base: int) -> None:
        self.base = base
        self.text = "".join(text for text, _ in runs)
        self.one_look = runs[0][1] if len(runs) == 1 else None
        self.looks: list[Look] = []
        if self.one_look is None:
            for text, run_look in runs:
                self.looks += [run_look] * len(text)
        self.levels = _levels(self.text, base)
        self.scripts = _Scripts(self.text)
        self.tokens: list[Token] = []

    def _look(self, index: int) -> Look:
        return self.one_look or self.looks[index]

    def run(self) -> list[Token]:
        level = self.base
        for match in _WORDS.finditer(self.text):
            start, word = match.start(), match.group()
            if self.levels[start] >= 0:
                level = self.levels[start]
            if word == "\n":
                self.tokens.append(Token(BREAK, None, self._look(start), self.base, word, ""))
            elif word == " ":
                self._space(self._look(start), level)
            elif not self._simple(start, match.end(), word, level):
                level = self._pieces(start, match.end(), level)
        return self.tokens

    def _space(self, found: Look, level: int) -> None:
        glyphs = shape(found.chain[0], " ", bool(level & 1), "Latn")
        self.tokens.append(Token(SPACE, glyphs, found, level, " ", ""))

    def _simple(self, start: int, end: int, word: str, level: int) -> bool:
        """Set a word of one script, level and look at once: most words are such."""
        if len(word) > _LONGEST_PIECE:
            return False
        script = "Arab" if _ARABIC_WORD.fullmatch(word) else "Latn" if _LATIN_WORD.fullmatch(word) else ""
        if not script:
            return False
        levels = self.levels
        if levels[start] != levels[end - 1] or levels[start:end].count(levels[start]) != end - start:
            return False
        found = self._look(start)
        if self.one_look is None and any(other is not found for other in self.looks[start:end]):
            return False
        for font in found.chain:
            if font.covered.issuperset(map(ord, word)):
                glyphs = shape(font, word, bool(level & 1), script)
                self.tokens.append(Token(WORD, glyphs, found, level, word, script))
                return True
        return False

    def _pieces(self, start: int, end: int, level: int) -> int:
        """Set a word that changes look, level, font or script inside, or holds steering characters."""
        text, at = self.text, start
        while at < end:
            character = text[at]
            if character in _STEERING:
                if character == "\u200b" and self.tokens:
                    self.tokens[-1].breakable = True
                at += 1
                continue
            if self.levels[at] >= 0:
                level = self.levels[at]
            stop, font, script, breakable = self._extent(at, end, level)
            script = script or self.scripts.at(at) or ("Arab" if self.base else "Latn")
            before = after = ""
            if script == "Arab":
                before = text[at - 1] if at and _script(text[at - 1]) == "Arab" else ""
                after = text[stop] if stop < len(text) and _script(text[stop]) == "Arab" else ""
            piece = text[at:stop]
            glyphs = shape(font, piece, bool(level & 1), script, before, after)
            token = Token(WORD, glyphs, self._look(at), level, piece, script)
            token.breakable = breakable
            self.tokens.append(token)
            at = stop
        return level

    def _extent(self, start: int, end: int, level: int) -> tuple[int, GlyphFont, str, bool]:
        """How far one font, script, level and look reach: (end, font, script, may break after)."""
        text, levels, first_look = self.text, self.levels, self._look(start)
        faces = first_look.chain
        font = _font_for(faces, text[start])
        script = ""
        at = start
        limit = min(end, start + _LONGEST_PIECE)
        while at < limit:
            character = text[at]
            if character in _STEERING or (levels[at] >= 0 and levels[at] != level):
                break
            if self.one_look is None and self.looks[at] is not first_look:
                break
            own = _script(character)
            if own and script and own != script:
                break
            other_font = at > start and character not in _JOINERS and _font_for(faces, character) is not font
            # Marks stay with their base while its font has them at all.
            if other_font and (own or ord(character) not in font.covered):
                break
            script = script or own
            at += 1
            if at == end or at - start < 2:
                continue
            following, previous = text[at], text[at - 2]
            if character in _BREAK_AFTER and following.isalpha() and previous.isalpha():
                return at, font, script, True
            if character == "/" and _script(following) == _script(previous) == "Arab":
                return at, font, script, True  # Arabic month pairs may break at the slash
        return max(at, start + 1), font, script, False


def itemise(runs: list[tuple[str, Look]], base: int) -> list[Token]:
    """The tokens of a paragraph in logical order; its text is clean (see ``cleaning``)."""
    return _Itemiser(runs, base).run() if any(text for text, _ in runs) else []


# About a kilobyte each.
@lru_cache(maxsize=2048)
def _remembered_text(text: str, look: Look, base: int) -> tuple[Token, ...]:
    return tuple(itemise([(text, look)], base))


def tokens_of(text: str, look: Look, base: int) -> tuple[Token, ...]:
    """The tokens of a text of one look, shared by equal texts."""
    if len(text) > _LONGEST_REMEMBERED_TEXT:
        return tuple(itemise([(text, look)], base))
    return _remembered_text(text, look, base)
