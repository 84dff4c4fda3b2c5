"""The rows of a spreadsheet on their way in: typed cells, and everything that was wrong with its row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from unnm_desktop.db.base import Choice
from unnm_desktop.db.text import fold
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language, european_digits
from unnm_desktop.progress import Progress, each
from unnm_desktop.services.headings import SHEETS, heading_of, nearly, placed
from unnm_desktop.services.money import minor_units, parse_amount
from unnm_desktop.services.says import Names, Said
from unnm_desktop.services.sheet_dates import understand
from unnm_desktop.services.sheet_rows import SheetRow, normal, same
from unnm_desktop.services.sheet_writing import CUT, LONGEST
from unnm_desktop.services.sheets import NoValue, Table, Value, shown

C = TypeVar("C", bound=Choice)
_READING = N_("Importing")


@dataclass(frozen=True)
class Problem:
    """Something about a row that the officer should know.

    Args:
        row: the number beside the row in the spreadsheet.
        column: the heading of the column as it stands there.
        says: what is wrong, or how it was understood.
        skipped: whether the row was left out because of it.

    """

    row: int
    column: str
    says: Said
    skipped: bool = True


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do."""

    created: int
    updated: int
    unchanged: int
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
    """The headings of columns that no list of this kind has."""

    @property
    def skipped(self) -> int:
        """How many rows were left out."""
        return len({one.row for one in self.problems if one.skipped})


@dataclass
class Tally:
    """Counts while rows are taken in."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


class Entry:
    """One row, read by field; what is wrong with a cell is noted and the row is left out."""

    def __init__(self, entries: Entries, number: int, values: Sequence[Value], days: Mapping[str, Any]) -> None:
        self._entries = entries
        self._values = values
        self._days = days
        self.number = number
        self.good = True
        self._held: SheetRow | None = None

    def compare(self, held: SheetRow) -> None:
        """Pass over the cells that still say what would be written for the record."""
        self._held = held

    def cell(self, name: str) -> Value:
        """The value of a field's cell; None where it is empty, has no column, or still says what is kept."""
        place = self._entries.places.get(name)
        return self._values[place] if place is not None and place < len(self._values) else None

    def given(self, name: str, *, empty: bool = False) -> bool:
        """Whether the row says something new for a field.

        Args:
            name: the field.
            empty: whether an empty cell says that the field is emptied.

        """
        if name not in self._entries.places:
            return False
        value = self.cell(name)
        if self._held is not None and isinstance(value, str) and len(value) == LONGEST and value.endswith(CUT):
            return False
        if self._held is not None and same(self._entries.kind, name, value, self._held[name]):
            return False
        return empty or value not in (None, "")

    def bad(self, name: str, says: str, /, **values: object) -> None:
        """Note what is wrong with a cell; the row is left out."""
        self.good = False
        self.note(name, says, skipped=True, **values)

    def note(self, name: str, says: str, /, *, skipped: bool = False, **values: object) -> None:
        """Note how a cell was understood."""
        self._entries.problems.append(
            Problem(self.number, self._entries.heading(name), Said(says, values), skipped=skipped)
        )

    def text(self, name: str) -> str:
        """A text; formulas without a value and errors are refused."""
        value = self.cell(name)
        if isinstance(value, NoValue):
            if value.startswith("="):
                self.bad(name, N_("The cell holds a formula without a value. Save the sheet in Excel, then try again."))
            else:
                self.bad(name, N_("The cell holds the error {text}. Put it right in Excel."), text=str(value))
            return ""
        return normal(value)

    def day(self, name: str) -> Any:
        """A day, or for a partial date its text; None where there is none or it cannot be read."""
        found = self._days.get(name)
        if isinstance(found, Said):
            self.bad(name, found.text, **found.values)
            return None
        return found

    def choice(self, name: str, choices: type[C]) -> C | None:
        """One of the choices, by its label in either language or its value."""
        text = self.text(name)
        if not text:
            return None
        spellings = self._entries.spellings(choices)
        chosen = spellings.get(fold(text))
        if chosen is None:
            # "Civil society" is a civil society organization: the beginning is enough where it fits one alone.
            begun = {one for word, one in spellings.items() if word.startswith(f"{fold(text)} ")}
            chosen = begun.pop() if len(begun) == 1 else None
        if chosen is None:
            labels = Names(tuple(Said(one.label) for one in choices))
            self.bad(name, N_("“{text}” is none of: {labels}."), text=text[:60], labels=labels)
        return chosen

    def amount(self, name: str, currency: str) -> int:
        """Money in minor units."""
        value = self.cell(name)
        try:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return minor_units(Decimal(shown(value)), currency)
            text = self.text(name)
            return parse_amount(text, currency) if text else 0
        except UserError as trouble:
            self.bad(name, trouble.message, **trouble.values)
        except InvalidOperation:
            self.bad(name, N_("This amount is too large to be kept."))
        return 0

    def parts(self, name: str) -> list[str]:
        """The parts of a list, separated by semicolons or commas."""
        text = european_digits(self.text(name))
        for separator in ("؛", "،", ",", "\n"):
            text = text.replace(separator, ";")
        return [part.strip() for part in text.split(";") if part.strip()]


@dataclass
class Entries:
    """All rows of a spreadsheet of one kind."""

    kind: str
    table: Table
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, int] = field(init=False)
    unread: list[str] = field(init=False, default_factory=list)
    _spelled: dict[type[Choice], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = placed(self.kind, self.table.headings)
        missing = [one.name for one in SHEETS[self.kind] if one.name not in self.places]
        for place, heading in enumerate(self.table.headings):
            meant = nearly(self.kind, heading, missing) if heading and place not in self.places.values() else None
            if heading and meant is None and place not in self.places.values():
                self.unread.append(heading)
            if meant is not None:
                says = Said(
                    N_("The column “{heading}” was not read. If it is “{meant}”, write that above it."),
                    {"heading": heading, "meant": meant.english},
                )
                self.problems.append(Problem(self.table.heading_row, heading, says, skipped=False))

    def rows(self, progress: Progress) -> Iterator[Entry]:
        """The rows one after the other, their days already understood by column."""
        days = {
            name: self._column_of_days(name)
            for name in self.places
            if heading_of(self.kind, name).kind in ("date", "partial")
        }
        for place, row in enumerate(each(self.table.rows, progress, _READING, 200)):
            yield Entry(self, row.number, row.values, {name: column[place] for name, column in days.items()})

    def heading(self, name: str) -> str:
        """A field's heading as it stands in the sheet, else as it should."""
        place = self.places.get(name)
        return heading_of(self.kind, name).english if place is None else self.table.headings[place]

    def spellings(self, choices: type[C]) -> Mapping[str, C]:
        """How each choice may be written."""
        if choices not in self._spelled:
            arabic = Language("ar")
            self._spelled[choices] = {
                fold(word): one for one in choices for word in (str(one.value), arabic.tr(one.label), one.label)
            }
        return self._spelled[choices]

    def result(self, tally: Tally) -> ImportResult:
        """What came of it."""
        # A cell that is looked at twice is wrong once.
        once = {(one.row, one.column, one.says.text, str(one.says)): one for one in self.problems}
        ordered = sorted(once.values(), key=lambda one: (one.row, one.column))
        return ImportResult(
            tally.created, tally.updated, tally.unchanged, tuple(ordered), tuple(dict.fromkeys(self.unread))
        )

    def _column_of_days(self, name: str) -> Sequence[date | str | Said | None]:
        place = self.places[name]
        values = [row.values[place] if place < len(row.values) else None for row in self.table.rows]
        understood = understand(values, partial=heading_of(self.kind, name).kind == "partial")
        if understood.note is not None:
            first = self.table.rows[understood.ambiguous[0]].number
            self.problems.append(Problem(first, self.table.headings[place], understood.note, skipped=False))
        return understood.days
