"""The embedded part of a font: a file that other programs accept, one glyph for each cluster."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont

from unnm_desktop.typeset.fonts import chain
from unnm_desktop.typeset.shaping import shape
from unnm_desktop.typeset.subset import Row, Subset, subset

VOWELLED = "شبكةُ الأممِ المتّحدةِ للهجرةِ"


def made_of(text: str, rtl: bool = True) -> tuple[Subset, list[Row], TTFont]:
    font = chain("regular")[0]
    clusters = [
        cluster for word in text.split() for cluster in shape(font, word, rtl, "Arab" if rtl else "Latn").clusters
    ]
    rows: list[Row] = [(((0, 0, 0),), "", None)]
    rows += [(parts, text, None if len(parts) == 1 else advance) for parts, advance, text in clusters]
    made = subset(font, rows)
    # Checksums of all tables and of the file are compared too.
    return made, rows, TTFont(io.BytesIO(made.data), checkChecksums=2, lazy=False)


def test_a_letter_with_its_marks_is_one_glyph():
    made, rows, font = made_of(VOWELLED)
    names = font.getGlyphOrder()
    several = [(place, row) for place, row in enumerate(rows) if row[2] is not None]
    assert several
    for place, (parts, _, advance) in several:
        name = names[made.glyph_of[place]]
        glyph = font["glyf"][name]
        assert glyph.isComposite()
        assert len(glyph.components) == len(parts)
        assert font["hmtx"][name][0] == advance


def test_the_box_of_a_composite_holds_its_parts():
    made, rows, font = made_of(VOWELLED)
    glyf, names = font["glyf"], font.getGlyphOrder()
    for place, (_, _, advance) in enumerate(rows):
        if advance is None:
            continue
        glyph = glyf[names[made.glyph_of[place]]]
        written = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        glyph.recalcBounds(glyf)
        assert written == (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)


def test_equal_clusters_share_a_glyph():
    made, rows, _ = made_of(f"{VOWELLED} {VOWELLED}")
    assert len(set(made.glyph_of)) == len({(parts, advance) for parts, _, advance in rows})


def test_advances_survive_the_renumbering():
    made, rows, font = made_of(f"{VOWELLED} 2026")
    whole, names = chain("regular")[0], font.getGlyphOrder()
    for place, (parts, _, advance) in enumerate(rows):
        if advance is None:
            assert font["hmtx"][names[made.glyph_of[place]]][0] == whole.advance(parts[0][0])


@pytest.mark.parametrize("text", ["", "A", "UNNM"])
def test_a_font_of_few_glyphs_is_a_file(text):
    made, rows, font = made_of(text, rtl=False)
    assert font["maxp"].numGlyphs >= len(set(made.glyph_of)) == len({parts for parts, _, _ in rows})
