"""The Markdown subset of minutes: every text is read, nothing typed is lost."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unnm_desktop.services import minutes_text
from unnm_desktop.services.minutes_text import Heading, ItemList, ListItem, Paragraph, Quote, Reference, Span, Table

KEY = UUID("0190a0b0-0000-7000-8000-000000000001")


def test_headings_paragraphs_and_styles() -> None:
    assert minutes_text.parse("## Health of **migrants**\n\nIOM *said* so.\nAnd more.") == (
        Heading(2, (Span("Health of "), Span("migrants", bold=True))),
        Paragraph((Span("IOM "), Span("said", italic=True), Span(" so.\nAnd more."))),
    )


def test_bulleted_and_numbered_lists_keep_their_levels_and_numbers() -> None:
    found = minutes_text.parse("- one\n  - deeper\n- two\n  goes on\n\n3. third\n4. fourth")
    assert found == (
        ItemList(
            (
                ListItem((Span("one"),)),
                ListItem((Span("deeper"),), 1),
                ListItem((Span("two\ngoes on"),)),
            )
        ),
        ItemList((ListItem((Span("third"),), 0, 3), ListItem((Span("fourth"),), 0, 4)), ordered=True),
    )


def test_quotes_links_and_tables() -> None:
    assert minutes_text.parse("> The Network\n> agrees.") == (Quote((Span("The Network\nagrees."),)),)
    assert minutes_text.parse("See [the site](https://example.org/a).") == (
        Paragraph((Span("See "), Span("the site", link="https://example.org/a"), Span("."))),
    )
    assert minutes_text.parse("| Who | What |\n|---|:--:|\n| IOM | a |\n| ILO | b | c |\n| UN |") == (
        Table(
            ((Span("Who"),), (Span("What"),)),
            (((Span("IOM"),), (Span("a"),)), ((Span("ILO"),), (Span("b | c"),)), ((Span("UN"),), ())),
        ),
    )


def test_only_web_and_mail_addresses_become_links() -> None:
    found = minutes_text.parse("[x](javascript:alert) [y](file:///etc/passwd) [z](mailto:a@example.org)")
    links = [span.link for block in found if isinstance(block, Paragraph) for span in block.spans if span.link]
    assert links == ["mailto:a@example.org"]


def test_records_stand_on_lines_of_their_own() -> None:
    text = f"Before\n{{{{decision {KEY}}}}}\nAfter {{{{action {KEY}}}}}"
    assert minutes_text.parse(text) == (
        Paragraph((Span("Before"),)),
        Reference("decision", KEY),
        Paragraph((Span(f"After {{{{action {KEY}}}}}"),)),
    )
    assert minutes_text.references(text) == [("decision", KEY)]


def test_a_line_is_put_in_and_taken_out() -> None:
    line = minutes_text.reference_line("action", KEY)
    assert minutes_text.with_line("", line) == line
    assert minutes_text.with_line("one\ntwo", line, 1) == f"one\n\n{line}\n\ntwo"
    assert minutes_text.without(f"one\n{line}", "action", KEY) == "one"
    assert minutes_text.references(minutes_text.with_line("one\ntwo", line, 99)) == [("action", KEY)]


@pytest.mark.parametrize(
    ("text", "said"),
    [("2 * 3 * 4", "2 * 3 * 4"), ("snake_case_name", "snake_case_name"), (r"\*not\*", "*not*"), ("C#", "C#")],
)
def test_signs_that_are_no_styles_stay(text: str, said: str) -> None:
    assert minutes_text.to_text(minutes_text.parse(text)) == said


@given(st.text(st.sampled_from("ab \n*_#>|-1.[]()\\{}`:قر\t\r\0\u202e"), max_size=120) | st.text(max_size=300))
def test_every_text_is_read(text: str) -> None:
    blocks = minutes_text.parse(text)
    minutes_text.to_text(blocks)
    minutes_text.references(text)


@given(st.text(st.sampled_from("abcقرس ١٢\n*_#>|-1.[]{}"), max_size=120))
def test_no_letter_is_lost(text: str) -> None:
    def letters(words: str) -> list[str]:
        return [sign for sign in words if sign.isalpha()]

    assert letters(minutes_text.to_text(minutes_text.parse(text))) == letters(text)


@settings(deadline=5000)
@given(st.sampled_from(["*", "_", "**a ", "[", "[a](", "| ", "> ", "# ", "- ", "\\", "1. ", " ", "{{", "-|", "a"]))
def test_a_long_text_takes_no_longer_than_it_should(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    minutes_text.parse(long)
    minutes_text.parse(f"# a{long}b")
    minutes_text.parse("\n".join([piece] * 5_000))
