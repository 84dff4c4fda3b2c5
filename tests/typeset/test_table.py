"""Tables: mirrored, repeated heads, nothing lost, in linear time."""

from __future__ import annotations

import re
import time

import pypdfium2
import pytest

from tests.typeset.reading import all_text, body_lines, characters, fold, made, page_text
from unnm_desktop.typeset import blocks as b


def page_count(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def place_of(data: bytes, sign: str, page: int = 0) -> float:
    return next(x for x, _, character in characters(data, page) if character == sign)


def two_columns(*rows: tuple[b.Cell, ...] | b.GroupRow, **values: object) -> b.Table:
    return b.Table((b.Column("Head"), b.Column("Other")), rows, **values)  # type: ignore[arg-type]


def test_the_first_column_stands_at_the_start_side():
    english = made(two_columns(("A", "Z")))
    arabic = made(two_columns(("A", "Z")), language="ar")
    assert place_of(english, "A") < place_of(english, "Z")
    assert place_of(arabic, "A") > place_of(arabic, "Z")


def test_the_head_is_repeated_on_every_page():
    data = made(two_columns(*[(f"a{number}", "z") for number in range(150)]))
    assert page_count(data) > 2
    for page in range(page_count(data)):
        assert "Head" in page_text(data, page)


def test_the_head_stands_over_rows_wherever_the_table_begins():
    for lead in range(200, 252, 3):
        data = made(b.Space(lead), two_columns(*[(f"r{number}r", "") for number in range(60)]))
        for page in range(page_count(data)):
            text = page_text(data, page)
            assert ("Head" in text) == bool(re.search(r"r\d+r", text)), (lead, page)


def test_a_cell_of_three_pages_loses_no_word():
    sentence = "اعتمدت الشبكة خطة العمل بتوافق الآراء وأحاطت المنسق المقيم علماً بها. "
    data = made(two_columns(("before", "x"), (sentence * 260, "short"), ("after", "y")), language="ar")
    assert page_count(data) >= 3
    text = all_text(data)
    assert text.count("اعتمدت") == 260
    assert text.count("المقيم") == 260
    assert text.count("short") == 1
    assert text.count("before") == text.count("after") == 1


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("lead", [0, 30, 39, 40, 41, 42, 43])
def test_every_row_is_there_wherever_the_page_ends(language, lead):
    rows: list[tuple[b.Cell, ...] | b.GroupRow] = []
    for group in range(6):
        rows.append(b.GroupRow(f"group{group}g"))
        for number in range(9):
            rows.append((f"row{group}x{number}y", "word " * (number * number + 1)))
    table = two_columns(*rows, total=("sumof", "all"))
    data = made(*[b.Space(5) for _ in range(lead)], table, language=language)
    text = all_text(data)
    for group in range(6):
        assert text.count(f"group{group}g") == 1
        for number in range(9):
            assert text.count(f"row{group}x{number}y") == 1
    assert text.count("word") == 6 * sum(number * number + 1 for number in range(9))
    assert text.count("sumof") == 1


def test_a_group_never_stands_alone_at_the_foot_nor_a_total_at_the_head_of_a_page():
    for lead in range(120, 150):
        rows = [*[(f"r{n}", "") for n in range(3)], b.GroupRow("group."), ("last", "")]
        data = made(b.Space(lead + 70), two_columns(*rows, total=("sum.", "")))
        if page_count(data) == 1:
            continue
        first, second = page_text(data, 0), page_text(data, 1)
        assert ("group." in first) <= ("last" in first)
        assert ("sum." in second) <= ("last" in second)


def test_two_tall_cells_side_by_side_lose_nothing():
    data = made(two_columns(("left " * 3000, "right " * 2000)))
    text = all_text(data)
    assert text.count("left") == 3000
    assert text.count("right") == 2000


def test_heads_taller_than_a_page_come_to_an_end():
    table = b.Table((b.Column("tall " * 3000), b.Column("b")), (("x1", "y1"), ("x2", "y2")))
    text = all_text(made(table))
    assert text.count("tall") == 3000
    assert "x2" in text


def test_empty_cells_and_tables_do_not_fail():
    data = made(two_columns(("", " "), ("\u200f", "\n")), two_columns(empty="Nothing yet"), two_columns())
    assert "Nothing yet" in all_text(data)


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="3 cells"):
        made(two_columns(("a", "b", "c")))


def test_numbers_keep_their_sign_and_stand_at_the_end():
    table = b.Table((b.Column("n", kind="number"), b.Column("t")), (("-5", "x"), ("1,250.500", "y")))
    lines = body_lines(made(table, language="ar"))
    assert any(fold(line).endswith("-5") for line in lines)
    assert any(fold(line).endswith("1,250.500") for line in lines)


def test_marks_and_pills_are_drawn_as_signs():
    kinds: tuple[b.MarkKind, ...] = ("present", "alternate", "absent", "apologies", "yes", "no", "box")
    table = two_columns(*[(b.Mark(kind, "label"), b.Pill("Done", "good")) for kind in kinds])
    text = all_text(made(table))
    assert [sign for sign in text if sign in "●◐×○✓☐"] == list("●◐×○✓×☐")
    assert text.count("Done") == 7


def seconds(rows: int) -> float:
    table = two_columns(*[(f"row {number}", "The same words in each row") for number in range(rows)])
    start = time.process_time()
    made(table)
    return time.process_time() - start


def test_a_long_table_takes_time_in_proportion():
    seconds(200)
    short, long = seconds(1500), seconds(6000)
    assert long / short < 4 * 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_narrow_column_grows_until_its_words_are_whole(language):
    columns = (b.Column("Target", 1.0), b.Column("Indicator", 8.0), b.Column("Latest value", 1.0))
    row = ("12 contributions", "Number of them", "3 contributions 2026")
    data = made(b.Table(columns, (row,)), language=language)
    assert page_text(data).split().count("contributions") == 2


def test_a_word_without_an_end_takes_no_room_from_the_others():
    columns = (b.Column("Page", 1.0), b.Column("What it is", 3.0))
    plain = made(b.Table(columns, (("x", "Zebra"),)))
    endless = made(b.Table(columns, (("x" * 300, "Zebra"),)))
    assert place_of(endless, "Z") == place_of(plain, "Z")


def test_a_group_and_its_part_go_to_the_page_of_their_first_row():
    for lead in range(10, 60):
        rows = [*[(f"r{n}", "") for n in range(lead)], b.GroupRow("group."), b.GroupRow("part.", level=2), ("last", "")]
        data = made(two_columns(*rows))
        page = page_count(data) - 1
        last = page_text(data, page)
        assert ("last" in last) == ("group." in last) == ("part." in last)
