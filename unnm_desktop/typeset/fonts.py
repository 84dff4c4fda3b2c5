"""The fonts of a page: faces loaded once, in chains that together cover Arabic, Latin and the signs."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

import uharfbuzz as hb

Face: TypeAlias = Literal["regular", "semibold", "bold", "italic", "bolditalic"]

_ARABIC = ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-{}.ttf")
# A fixed moment in seconds since 1904, so that the same program makes the same file.
_SIGNS_MADE = 3_786_825_600
_LATIN = ("fontpkg_ibm_plex_sans", "IBMPlexSans{}[wdth,wght].ttf")

# Signs that no face has, set as a near one; the drawn ones are in the signs font.
SUBSTITUTES: Mapping[str, str] = {
    "✔": "✓", "✅": "✓", "✗": "×", "✘": "×", "❌": "×", "✕": "×", "✖": "×", "☒": "☐", "□": "☐", "▫": "☐",
    "▪": "•", "■": "•", "◦": "○", "‣": "•", "⁃": "-", "∙": "•", "⬤": "●", "◯": "○", "⚫": "●", "⚪": "○", "◑": "◐",
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-",
}  # fmt: skip


class GlyphFont:
    """One face as HarfBuzz sees it; what a document uses of it is kept by the document."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.hb_face = hb.Face(hb.Blob(data))
        self.hb_font = hb.Font(self.hb_face)
        self.scale: float = 1000.0 / self.hb_face.upem
        self.covered: frozenset[int] = frozenset(self.hb_face.unicodes)
        extents = self.hb_font.get_font_extents("ltr")
        self.ascent: float = extents.ascender * self.scale
        self.descent: float = extents.descender * self.scale
        self._advances: dict[int, int] = {}

    def __repr__(self) -> str:
        return f"<GlyphFont {self.name}>"

    def advance(self, glyph: int) -> int:
        """The advance width of a glyph in font units."""
        found = self._advances.get(glyph)
        if found is None:
            found = self._advances[glyph] = int(self.hb_font.get_glyph_h_advance(glyph))
        return found

    def glyph(self, character: str) -> int:
        """The glyph of a character, 0 when the face has none."""
        return int(self.hb_font.get_nominal_glyph(ord(character)) or 0)


Chain: TypeAlias = tuple[GlyphFont, ...]


def _read(package: str, name: str) -> bytes:
    return (files(package) / "files" / name).read_bytes()


@lru_cache(maxsize=8)
def _arabic(weight: str) -> GlyphFont:
    return GlyphFont(f"IBMPlexSansArabic-{weight}", _read(_ARABIC[0], _ARABIC[1].format(weight)))


@lru_cache(maxsize=8)
def _latin(style: str, weight: int) -> GlyphFont:
    """An instance of the variable face: HarfBuzz's subsetter makes it in milliseconds."""
    face = hb.Face(hb.Blob(_read(_LATIN[0], _LATIN[1].format(style))))
    chosen = hb.SubsetInput()
    chosen.keep_everything()
    chosen.pin_axis_location(face, "wdth", 100)
    chosen.pin_axis_location(face, "wght", weight)
    return GlyphFont(f"IBMPlexSans-{weight}{style.replace('-', '')}", bytes(hb.subset(face, chosen).blob.data))


def _ring(pen: Any, radius: int, inward: bool = False) -> None:
    """A circle on the cap-height's middle, as eight quadratic curves."""
    centre_x, centre_y, k = 350, 349, 0.41421356
    r = radius
    points = [(r, 0), (r, k * r), (r * 0.70710678, r * 0.70710678), (k * r, r), (0, r), (-k * r, r)]
    points += [(-r * 0.70710678, r * 0.70710678), (-r, k * r)]
    points += [(-x, -y) for x, y in points]
    if inward:
        points = [points[0], *points[:0:-1]]
    placed = [(round(centre_x + x), round(centre_y + y)) for x, y in points]
    pen.moveTo(placed[0])
    for index in range(1, len(placed), 2):
        pen.qCurveTo(placed[index], placed[(index + 1) % len(placed)])
    pen.closePath()


def _polygon(pen: Any, *points: tuple[int, int]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def _square(pen: Any, inset: int, inward: bool = False) -> None:
    low, high, bottom, top = 70 + inset, 630 - inset, 69 + inset, 629 - inset
    corners = [(low, bottom), (low, top), (high, top), (high, bottom)]
    _polygon(pen, *(reversed(corners) if inward else corners))


@lru_cache(maxsize=1)
def signs() -> GlyphFont:
    """A small face of drawn signs that the text faces lack."""
    from fontTools.fontBuilder import FontBuilder  # heavy, and only needed once
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def draw(character: str) -> Any:
        pen = TTGlyphPen(None)
        if character in "●○◐":
            _ring(pen, 290)
        if character == "○":
            _ring(pen, 225, inward=True)
        if character == "◐":
            pen = TTGlyphPen(None)
            _ring(pen, 290)
            _ring(pen, 235, inward=True)
            _polygon(pen, (350, 80), (180, 170), (100, 349), (180, 528), (350, 618))
        if character in "☐☑":
            _square(pen, 0)
            _square(pen, 60, inward=True)
        if character == "☑":
            _polygon(pen, (300, 150), (140, 330), (200, 385), (300, 270), (500, 540), (570, 490))
        if character == "◆":
            _polygon(pen, (350, 20), (40, 349), (350, 678), (660, 349))
        if character in "★":
            outer = [(350, 690), (438, 450), (690, 440), (492, 285), (562, 40), (350, 182)]
            _polygon(pen, *outer, (138, 40), (208, 285), (10, 440), (262, 450))
        if character == "▲":
            _polygon(pen, (60, 80), (350, 620), (640, 80))
        if character == "▼":
            _polygon(pen, (60, 620), (640, 620), (350, 80))
        if character == "►":
            _polygon(pen, (80, 60), (80, 640), (620, 350))
        if character == "◄":
            _polygon(pen, (620, 60), (80, 350), (620, 640))
        return pen.glyph()

    drawn = "●○◐☐☑◆★▲▼►◄"
    names = [".notdef", *(f"uni{ord(character):04X}" for character in drawn)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): f"uni{ord(character):04X}" for character in drawn})
    builder.setupGlyf({".notdef": draw(""), **{f"uni{ord(c):04X}": draw(c) for c in drawn}})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (700, 0)))
    builder.setupHorizontalHeader(ascent=1025, descent=-275)
    builder.setupOS2(sTypoAscender=1025, sTypoDescender=-275, usWinAscent=1025, usWinDescent=275)
    builder.setupPost()
    builder.updateHead(created=_SIGNS_MADE, modified=_SIGNS_MADE)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return GlyphFont("UNNMSigns", out.getvalue())


@lru_cache(maxsize=8)
def chain(face: Face) -> Chain:
    """The faces tried in order for a style; Arabic has no italic and stays upright there."""
    if face == "semibold":
        return (_arabic("SemiBold"), _latin("", 600), signs())
    if face == "bold":
        return (_arabic("Bold"), _latin("", 700), signs())
    if face == "italic":
        return (_latin("-Italic", 400), _arabic("Regular"), signs())
    if face == "bolditalic":
        return (_latin("-Italic", 600), _arabic("SemiBold"), signs())
    return (_arabic("Regular"), _latin("", 400), signs())
