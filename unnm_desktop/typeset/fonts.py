"""The fonts of a page: faces loaded once, in chains that together cover Arabic, Latin and the signs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, TypeAlias

import uharfbuzz as hb

from unnm_desktop.paths import resource

Face: TypeAlias = Literal["regular", "semibold", "bold", "italic", "bolditalic"]

_ARABIC = ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-{}.ttf")
_LATIN = ("fontpkg_ibm_plex_sans", "IBMPlexSans{}[wdth,wght].ttf")

# Signs that no face has, set as a near one; the drawn ones are in the signs font.
SUBSTITUTES: Mapping[str, str] = {
    "✔": "✓", "✅": "✓", "✗": "×", "✘": "×", "❌": "×", "✕": "×", "✖": "×", "☒": "☐", "□": "☐", "▫": "☐",
    "▪": "•", "■": "•", "◦": "○", "‣": "•", "⁃": "-", "∙": "•", "⬤": "●", "◯": "○", "⚫": "●", "⚪": "○", "◑": "◐",
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-",
}  # fmt: skip


class GlyphFont:
    """One face as HarfBuzz sees it; what a document uses of it is kept by the document."""

    def __init__(self, name: str, face: hb.Face) -> None:
        self.name = name
        self.hb_face = face
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


def _face(file: Traversable) -> hb.Face:
    # Mapped, not read: the window shows the same files, and only what is looked at comes into memory.
    return hb.Face(hb.Blob.from_file_path(str(file)))


def _packed(package: str, name: str) -> hb.Face:
    return _face(files(package) / "files" / name)


@lru_cache(maxsize=8)
def _arabic(weight: str) -> GlyphFont:
    return GlyphFont(f"IBMPlexSansArabic-{weight}", _packed(_ARABIC[0], _ARABIC[1].format(weight)))


@lru_cache(maxsize=8)
def _latin(style: str, weight: int) -> GlyphFont:
    """An instance of the variable face: HarfBuzz's subsetter makes it in milliseconds."""
    face = _packed(_LATIN[0], _LATIN[1].format(style))
    chosen = hb.SubsetInput()
    chosen.keep_everything()
    chosen.pin_axis_location(face, "wdth", 100)
    chosen.pin_axis_location(face, "wght", weight)
    return GlyphFont(f"IBMPlexSans-{weight}{style.replace('-', '')}", hb.Face(hb.subset(face, chosen).blob))


@lru_cache(maxsize=1)
def signs() -> GlyphFont:
    """A small face of drawn signs that the text faces lack; ``scripts/signs.py`` draws it."""
    return GlyphFont("UNNMSigns", _face(resource("fonts", "signs.ttf")))


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
