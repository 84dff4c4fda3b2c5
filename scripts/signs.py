"""Draws the small face of signs that the text faces lack, and writes it to resources/fonts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

TARGET = Path(__file__).parent.parent / "resources" / "fonts" / "signs.ttf"
# A fixed moment in seconds since 1904, so that the same drawings make the same file.
_MADE = 3_786_825_600
_DRAWN = "●○◐☐☑◆★▲▼►◄"


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


def made() -> bytes:
    """The face as a file."""

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

    names = [".notdef", *(f"uni{ord(character):04X}" for character in _DRAWN)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): f"uni{ord(character):04X}" for character in _DRAWN})
    builder.setupGlyf({".notdef": draw(""), **{f"uni{ord(c):04X}": draw(c) for c in _DRAWN}})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (700, 0)))
    builder.setupHorizontalHeader(ascent=1025, descent=-275)
    builder.setupOS2(sTypoAscender=1025, sTypoDescender=-275, usWinAscent=1025, usWinDescent=275)
    builder.setupPost()
    builder.updateHead(created=_MADE, modified=_MADE)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(made())
