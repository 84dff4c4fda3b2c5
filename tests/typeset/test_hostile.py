"""Whatever is typed, a page comes out and nothing leaks."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.typeset.reading import all_text, body_lines, fold, furniture, made
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.cleaning import clean
from unnm_desktop.typeset.document import render_bytes
from unnm_desktop.typeset.text import as_text

NASTY = [
    "",
    " ",
    "\x00\x01\x1b[31m\x7f\x9f",
    "<b>&amp;</b> <font color='red'>",
    "\ud800 lone \udfff",
    "😀👨‍👩‍👧‍👦🇰🇼",
    "\u202eevil\u202d\u2066\u2067\u2068",
    "\u2069\u2069\u202c\u202c",
    "=cmd|' /C calc'!A0",
    "a\u0301\u0302" * 50,
    "\ufffe\uffff\ufdd0\U0010ffff",
    "漢字かな交じり文" * 30,
    "\n\n\n",
    "a\r\nb\u2028c\u2029d\x85e",
    "(" * 200 + ")" * 200,
    "\u2067" * 300 + "x",
    "ـ" * 300,
    "%PDF-1.7 endobj (( \\ ))",
    "{page} {pages} {0} %s",
    "\u00ad\u200b\ufeff\u2060",
]


def everywhere(text: str) -> list[b.Block]:
    from datetime import date

    rich = (b.Span(text, bold=True), b.Span(text, italic=True), b.Span(text, link=text))
    row = b.TimelineRow(
        text, date(2026, 1, 1), date(2026, 2, 1), 0.5, milestones=((date(2026, 1, 9), text),), group=text
    )
    return [
        b.Contents(text),
        b.Heading(text, 1),
        b.Heading(text, 3),
        b.Paragraph(text),
        b.Paragraph(rich, "quote"),
        b.Bullets((text, rich, b.ListItem(text, 9))),
        b.Facts(((text, rich),)),
        b.Table(
            (b.Column(text), b.Column(text, kind="code")),
            ((text, rich), b.GroupRow(text), (b.Mark("yes", text), b.Pill(text))),
            caption=text,
            total=(text, text),
        ),
        b.Figures(((text, text),)),
        b.BarChart(text, (text,), ((text, (1.0,)), (text, (2.0,))), unit=text),
        b.ProgressBars(((text, 0.5, text),)),
        b.Timeline(text, date(2026, 1, 1), date(2026, 3, 1), (row,), None, (text,)),
        b.DecisionBox(text, text, text),
        b.ActionBox(text, rich, text, text),
        b.Callout(text, "bad"),
        b.SignatureLines(((text, text),)),
        b.LetterHead((text, text), (text, text), (text, text), (text, text), (text, text)),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_can_stand_anywhere(text, language):
    around = b.Furniture(text, text, text, text, text, text, text, text, language, text, text)
    assert render_bytes(everywhere(text), around).startswith(b"%PDF")
    assert as_text(everywhere(text), around)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60), st.sampled_from(["en", "ar"]))
def test_any_text_can_be_set(text, language):
    assert made(b.Paragraph(text), b.Table((b.Column(text),), ((text,),)), language=language).startswith(b"%PDF")


@given(st.text(st.characters(), max_size=60))
def test_clean_text_is_clean_and_stays_so(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\x00\x1b\r\ufeff")
    cleaned.encode("utf-8")
    for line in cleaned.split("\n"):
        assert sum(line.count(mark) for mark in "\u2066\u2067\u2068") == line.count("\u2069")


def test_an_override_does_not_turn_round_what_follows():
    table = b.Table((b.Column("a"), b.Column("b")), (("\u202eabc\u2067", "def 12"),))
    lines = [fold(line) for line in body_lines(made(table, b.Paragraph("plain after")))]
    assert "abcdef12" in lines
    assert "plainafter" in lines


def test_missing_characters_are_named(tmp_path):
    from unnm_desktop.typeset.document import render

    written = render([b.Paragraph("Smile 😀 漢 and Çağrı Łódź Türkiye ✔")], furniture(), tmp_path / "x.pdf")
    assert len(written.warnings) == 1
    assert "U+1F600" in written.warnings[0]
    assert "U+6F22" in written.warnings[0]
    assert not render([b.Paragraph("Çağrı Łódź Türkiye ✔ ● ○ ☐ ✗ → ₂")], furniture(), tmp_path / "y.pdf").warnings


@pytest.mark.parametrize("letter", ["w", "ه", "😀"])
def test_a_word_of_a_megabyte_breaks_in_reasonable_time(letter):
    start = time.process_time()
    data = made(b.Paragraph(letter * (1_000_000 // len(letter.encode()))), language="ar")
    assert time.process_time() - start < 60
    assert len(data) > 10_000


def test_a_word_longer_than_a_page_loses_no_letter():
    text = all_text(made(b.Table((b.Column("a"), b.Column("b")), (("w" * 20_000, "x"),))))
    assert text.count("w") == 20_000
