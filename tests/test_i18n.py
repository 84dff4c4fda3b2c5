"""Every text of the program is translated, and translated so that it can be shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from unnm_desktop import paths
from unnm_desktop.i18n import Language, european_digits, language_for

PACKAGE = Path(paths.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every call of tr, ntr and N_ in the program."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                if name in ("tr", "ntr", "N_"):
                    yield path, node, name


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts() -> set[str]:
    found = set()
    for _path, call, name in calls():
        for argument in call.args[: 2 if name == "ntr" else 1]:
            inner = argument
            if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "N_":
                inner = inner.args[0]
            text = literal(inner)
            if text:
                found.add(text)
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Message]:
    with paths.resource("i18n", "ar.po").open("rb") as file:
        messages = read_po(file, locale="ar")
    found: dict[str, Message] = {}
    for message in messages:
        for key in message.id if isinstance(message.id, tuple) else (message.id,):
            if key:
                found[key] = message
    return found


def test_texts_are_marked_as_literals_so_that_they_can_be_translated() -> None:
    glued = [
        f"{path.name}:{call.lineno}"
        for path, call, _ in calls()
        for argument in call.args[:1]
        if isinstance(argument, (ast.JoinedStr, ast.BinOp))
        or (isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format")
    ]
    assert glued == []


def test_no_text_hides_in_an_f_string_where_it_is_not_collected() -> None:
    hidden = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                marks = [n for n in ast.walk(node) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "N_"]
                hidden += [f"{path.name}:{node.lineno}" for _ in marks]
    assert hidden == []


def test_every_text_is_translated_into_arabic(catalogue: dict[str, Message]) -> None:
    missing = sorted(text for text in texts() if text not in catalogue or not all(_strings(catalogue[text])))
    assert missing == []


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


def test_counted_texts_have_all_six_arabic_forms(catalogue: dict[str, Message]) -> None:
    counted = {message.id: message for message in catalogue.values() if isinstance(message.id, tuple)}
    assert counted
    assert [key for key, message in counted.items() if len(_strings(message)) != 6 or not all(_strings(message))] == []


# Of these no counted noun stands beside the number in Arabic: one form fits three as it fits a hundred.
WITHOUT_A_NOUN = {
    "… and {n} more", "and {n} more", "{n} open", "{n} overdue", "{n} by invitation", "{n} are yours", "See all {n}",
    "Same side for all {n}", "The same side for all {n} of this record",
    "The notes on {n} appointments, invitations and attendances.",
}  # fmt: skip


def test_counted_texts_differ_where_arabic_counts_differently(catalogue: dict[str, Message]) -> None:
    alike = set()
    for message in catalogue.values():
        if isinstance(message.id, tuple) and message.id[1] not in WITHOUT_A_NOUN:
            _, one, two, few, many, hundred = _strings(message)
            if len({one, two, few}) < 3 or few in (many, hundred):
                alike.add(message.id[1])
    assert alike == set()


def test_no_number_stands_before_what_it_counts_in_a_text_that_cannot_agree(catalogue: dict[str, Message]) -> None:
    unit = r"(working )?(hours?|days?|months?|weeks?|minutes?|years?|meetings?|records?|pages?|files?|words?|steps?)\b"
    glued = [
        key
        for key, message in catalogue.items()
        if not isinstance(message.id, tuple) and re.search(r"\{\w+\} " + unit, key)
    ]
    # The number is one that the program itself sets, fifty: its form is right.
    assert glued == ["The sample is made for 1 to {most} years that lie between {first} and {last}. Choose others."]


def test_translations_keep_the_placeholders(catalogue: dict[str, Message]) -> None:
    wrong = []
    for key, message in catalogue.items():
        wanted = set(PLACEHOLDER.findall(key))
        for text in _strings(message):
            given = set(PLACEHOLDER.findall(text))
            # Arabic says "one" and "two" by the form of the noun alone, and "none" without what there is none of.
            counted = isinstance(message.id, tuple)
            allowed_missing = wanted if counted and text == _strings(message)[0] else {"n"} if counted else set()
            if given - wanted or wanted - given - allowed_missing:
                wrong.append((key, text))
    assert wrong == []


def test_nothing_is_fuzzy_or_left_over(catalogue: dict[str, Message]) -> None:
    known = texts()
    assert [key for key, message in catalogue.items() if message.fuzzy] == []
    assert sorted(key for key in catalogue if key not in known) == []


def test_dates_are_as_precise_as_they_are_known() -> None:
    english, arabic = Language("en"), Language("ar", "arab", paper=True)
    assert english.day("2019-12") == "December 2019"
    assert english.day("2019") == "2019"
    assert english.day(date(2026, 11, 5)) == "5 November 2026"
    assert arabic.day("2026-12-05") == "٥ كانون الأول/ديسمبر ٢٠٢٦"
    assert Language("ar").day("2026-12") == "ديسمبر 2026"
    assert english.day("") == ""


def test_amounts_have_their_currency_s_decimals() -> None:
    assert Language("en").money(1250500, "KWD") == "KWD 1,250.500"
    assert Language("en").money(125050, "USD") == "USD 1,250.50"
    assert Language("ar", "arab").money(1250500, "BHD") == "١٬٢٥٠٫٥٠٠ BHD"
    assert Language("en").money(5, "JPY") == "JPY 5"


def test_a_laptop_in_the_network_s_zone_need_not_be_told_it(laptop_in: Callable[[str], None]) -> None:
    laptop_in("Asia/Bahrain")
    at = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
    assert Language("en").moment(at, "Asia/Kuwait") == "25 November 2026, 10:30"
    assert Language("en", paper=True).moment(at, "Asia/Kuwait") == "25 November 2026, 10:30 (Kuwait time)"


def test_a_moment_is_told_in_the_network_s_zone(laptop_in: Callable[[str], None]) -> None:
    laptop_in("UTC")
    told = Language("en").moment(datetime(2026, 11, 25, 7, 30, tzinfo=UTC), "Asia/Kuwait")
    assert told == "25 November 2026, 10:30 (Kuwait time)"
    told = Language("ar").moment(datetime(2026, 11, 25, 7, 30, tzinfo=UTC), "Asia/Kuwait")
    assert told == "25 نوفمبر 2026، 10:30 (توقيت الكويت)"


def test_a_span_in_english_runs_from_the_left_with_arabic_digits_too() -> None:
    assert Language().span("09:30", "12:00") == "09:30 – 12:00"
    assert Language("ar", "arab").span("٠٩:٣٠", "١٢:٠٠") == "٠٩:٣٠ – ١٢:٠٠"
    # Each in an isolate: Arabic digits beside each other would change places.
    assert Language("en", "arab").span("٠٩:٣٠", "١٢:٠٠") == "\u2066٠٩:٣٠\u2069 – \u2066١٢:٠٠\u2069"


def test_digits_are_read_in_every_form() -> None:
    assert european_digits("١٬٢٥٠٫٥٠ و ۲۵/۱۱") == "1,250.50 و 25/11"


def test_an_unknown_language_gives_english() -> None:
    assert language_for("xx") == Language("en")


def test_examples_in_arabic_take_its_digits_and_codes_keep_theirs() -> None:
    arabic = Language("ar", "arab")
    assert "١٤" in arabic.tr("Due within 14 days")
    assert "١٢٣" not in arabic.tr("123")
    assert "2026-H1" in arabic.tr(
        "“{code}” is not a period. Write a year, half-year or quarter: 2026, 2026-H1 or 2026-Q2."
    )
    assert "14" in Language("ar").tr("Due within 14 days")
