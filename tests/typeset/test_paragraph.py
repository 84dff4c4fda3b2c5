"""Paragraphs as a viewer reads them back: order, lines, words, search."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.typeset.reading import (
    all_text,
    body_lines,
    characters,
    fold,
    found_by_search,
    made,
    poppler_text,
    recall,
)  # fmt: skip
from unnm_desktop.typeset import bidi
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.lines import break_lines
from unnm_desktop.typeset.shaping import look, tokens_of

CASES = json.loads(Path(__file__).with_name("bidi_lines.json").read_text(encoding="utf-8"))
LANGUAGE = {"RTL": "ar", "LTR": "en"}


@pytest.mark.parametrize("case", CASES["single"], ids=lambda case: case["id"])
def test_a_line_is_seen_in_its_visual_order(case):
    (line,) = body_lines(made(b.Paragraph(case["text"]), language=LANGUAGE[case["base"]]))
    assert fold(line) == fold(case["visual_left_to_right"])


def composed(seed: int) -> str:
    """An Arabic line with foreign words, numbers, brackets and quotes at random places."""
    pick = random.Random(seed)  # noqa: S311 - not for secrets
    arabic = ["الهجرة", "لجنة", "إلى", "الأولاد", "وفق", "للقرار", "في", "المتحدة", "مؤتمر"]
    other = ["IOM", "A/RES/73/195", "2018", "45.5%", "١٬٢٥٠", "info@iom.int", "GCM", "12", "12-14"]
    words = [pick.choice(arabic)]
    for _ in range(7):
        word = pick.choice(arabic if pick.random() < 0.55 else other)
        word = pick.choice(["{}", "{}", "({})", "«{}»", "[{}]", "{}،", "{}:"]).format(word)
        words.append(word)
    return " ".join(words)


def expected_order(text: str, base: int) -> str:
    order = bidi.visual_order(bidi.levels(text, base)[1])
    return "".join(text[index] for index in order)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_any_mixed_line_is_seen_in_the_order_of_the_algorithm(start):
    texts = [composed(seed) for seed in range(start, start + 20)]
    lines = body_lines(made(*[b.Paragraph(text) for text in texts], language="ar"))
    assert [fold(line) for line in lines] == [fold(expected_order(text, 1)) for text in texts]


def test_lines_break_where_a_browser_breaks_them():
    differing = 0
    for case in CASES["multi"]:
        tokens = tokens_of(case["text"], look("regular", case["size"], "#000000"), int(case["base"] == "RTL"))
        lines = break_lines(tokens, case["width_pt"])
        differing += ["".join(token.text for token in line.tokens) for line in lines] != case["lines"]
    assert differing <= 1


@pytest.mark.parametrize("reader", ["pdfium", "poppler"])
def test_the_words_of_arabic_paragraphs_come_back(reader, tmp_path):
    for case in CASES["multi"]:
        data = made(b.Paragraph(case["text"]), language=LANGUAGE[case["base"]])
        got = all_text(data) if reader == "pdfium" else poppler_text(data, tmp_path)
        assert recall(case["text"], got) >= 0.95, case["id"]


PHRASES = [
    "الجمعية العامة", "الاتفاق العالمي", "الهجرة الآمنة", "كانون الأول/ديسمبر", "المنظمة الدولية للهجرة",
    "أكثر من 160 دولة", "نسبة التنفيذ", "الأولاد", "والأولاد", "لا إلا لأن", "الإسلام", "مبادئ توجيهية شاملة",
    "معالجة أوجه الضعف", "A/RES/73/195", "1,250,000.50", "شبكة الأمم المتحدة", "migrationnetwork.un.org", "الفقرة 23",
]  # fmt: skip


def test_phrases_are_found_by_the_viewers_own_search():
    texts = [b.Paragraph(case["text"]) for case in CASES["multi"] + CASES["single"]]
    data = made(*texts, language="ar")
    assert len(PHRASES) == 18
    missed = [phrase for phrase in PHRASES if not found_by_search(data, phrase)]
    assert len(missed) <= 1, missed
    assert not found_by_search(data, "ةماعلا ةيعمجلا")


def edges(data: bytes) -> list[tuple[float, float]]:
    """The first and last character's place of each line."""
    rows: dict[int, list[float]] = {}
    for x, y, _ in characters(data):
        if 70 < y < 775:
            rows.setdefault(round(y / 4), []).append(x)
    return [(min(rows[key]), max(rows[key])) for key in sorted(rows, reverse=True)]


def test_arabic_is_justified_to_both_edges_and_ends_at_the_left():
    lines = edges(made(b.Paragraph(CASES["multi"][0]["text"]), language="ar"))
    assert len(lines) > 3
    assert all(left < 64 and right > 531 for left, right in lines[:-1])
    assert lines[-1][1] > 531
    assert lines[-1][0] > 70


def test_a_foreign_sentence_stands_at_its_own_side_and_a_name_in_the_column():
    sentence, name, arabic = edges(
        made(
            b.Paragraph("This sentence stays English."),
            b.Paragraph("Jonas Muster"),
            b.Paragraph("جملة عربية."),
            language="ar",
        )
    )
    assert sentence[0] < 64
    assert name[1] > 531
    assert arabic[1] > 531


def test_names_with_arabic_commas_between_them_run_from_the_right():
    (names,) = edges(made(b.Paragraph("ILO، IOM، OHCHR، UNDP، WHO"), language="ar"))
    assert names[1] > 531


def test_a_foreign_sentence_keeps_its_full_stop_at_its_end():
    (line,) = body_lines(made(b.Paragraph("This sentence stays English."), language="ar"))
    assert fold(line) == "ThissentencestaysEnglish."


def test_words_isolated_over_several_spans_run_as_their_first_letter_says():
    """The dots at both ends of an English passage stay there, whatever is bold in it."""
    passage = (b.Span("المتغيّر: "), b.Span("\u2068… for "), b.Span("members", bold=True), b.Span(" of …\u2069"))
    spans, whole = (
        body_lines(made(b.Paragraph(one), language="ar"))[0]
        for one in (passage, "المتغيّر: \u2068… for members of …\u2069")
    )
    assert fold(spans) == fold(whole)


def test_bold_inside_an_arabic_word_keeps_the_letters_joined():
    whole = made(b.Paragraph("مختلطة"), language="ar")
    parts = made(b.Paragraph((b.Span("مخ", bold=True), b.Span("تلطة"))), language="ar")
    first, second = edges(whole)[0], edges(parts)[0]
    assert abs((first[1] - first[0]) - (second[1] - second[0])) < 2.5
    assert "مختلطة" in all_text(parts).replace("\n", "")


def test_markup_of_the_user_is_text():
    assert "<b>bold</b> & <i>more" in all_text(made(b.Paragraph("<b>bold</b> & <i>more")))


def test_only_real_addresses_become_links():
    import pikepdf

    spans = tuple(
        b.Span(link, link=link)
        for link in (
            "https://un.org/a",
            "mailto:a@example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "#nowhere",
        )
    )
    with pikepdf.open(__import__("io").BytesIO(made(b.Paragraph(spans)))) as pdf:
        targets = [str(link.A.URI) for link in pdf.pages[0].Annots]
    assert targets == ["https://un.org/a", "mailto:a@example.org"]


def test_nested_lists_are_numbered_on_their_first_level():
    text = all_text(made(b.Bullets(("one", b.ListItem("below", 1), "two"), numbered=True, start=3)))
    assert [line.strip() for line in text.split("\n")][1:4] == ["3.one", "–below", "4.two"] or (
        "3." in text and "4." in text and "–" in text and "5." not in text
    )


def test_a_long_paragraph_goes_over_pages_without_losing_a_word():
    count = 6000
    data = made(b.Paragraph(" ".join(f"word{number}" for number in range(count))))
    text = all_text(data).split()
    assert sum(word.startswith("word") for word in text) == count
    assert len({word for word in text if word.startswith("word")}) == count


@pytest.mark.parametrize("letters", ["a", "ب", "https://example.org/a-b_c.d/"])
def test_a_long_word_is_cut_and_keeps_every_letter(letters):
    word = letters * (4000 // len(letters))
    tokens = tokens_of(word, look("regular", 10, "#000000"), 0)
    lines = break_lines(tokens, 200)
    assert len(lines) > 10
    assert "".join(token.text for line in lines for token in line.tokens) == word
    assert all(line.width <= 205 for line in lines)
    assert sum(line.width < 120 for line in lines) <= 2
