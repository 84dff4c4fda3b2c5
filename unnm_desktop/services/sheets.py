"""Spreadsheets that people send, read without trusting them: .xlsx and .csv as rows of plain values."""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from unnm_desktop.db.text import clean
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress

LARGEST = 25 * 1024 * 1024
LARGEST_EXPANDED = 200 * 1024 * 1024
LARGEST_RATIO = 200
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
"""Columns that are read: no list is wider, and a sheet of rows that reach to its last column fills the memory."""
HEADER_WITHIN = 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_ARABIC_WORD = re.compile("[\u0621-\u064a]{3}")
_RANGE = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_PREFIXED = re.compile("'+[=+\\-@\t\r]")
_MOST_FILLED = 2_000_000
_LOOK_FOR_HEADER = N_("Reading the sheet")

Value = str | int | float | bool | date | None
Recognise = Callable[[Sequence[str]], int]


class NoValue(str):
    """A cell that holds a formula without a value, or an error, as it stands in the sheet."""

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """A row with the number that the spreadsheet shows beside it."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """What lies under a row of headings."""

    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[Row, ...]


def read_table(path: Path, recognise: Recognise, progress: Progress = SILENT) -> Table:
    """Read a spreadsheet; the row of headings is the one, of the first twenty, in which most are recognised.

    Raises:
        UserError: the file is none, too large, protected, damaged, empty, or has no row of headings.

    """
    data = _bytes(path)
    if data.startswith(_OLE):
        raise _ole_trouble(path, data)
    if data.startswith(b"PK"):
        sheets: Iterator[list[Row]] = _xlsx_sheets(path, data, progress)
    elif path.suffix.casefold() in (".xlsx", ".xlsm", ".xls", ".ods"):
        raise UserError(
            N_("{file} is not an Excel workbook. Open it in Excel and save it as .xlsx or .csv."), file=path.name
        )
    else:
        sheets = _csv_sheets(path, data, recognise)
    best: tuple[int, int, list[Row]] | None = None
    anything = False
    for rows in sheets:
        anything = anything or bool(rows)
        found = _heading_row(rows, recognise)
        if found is not None and (best is None or found[0] > best[0]):
            best = (*found, rows)
    if not anything:
        raise UserError(N_("{file} is empty. Choose a sheet with a row of headings and rows below it."), file=path.name)
    if best is None:
        raise UserError(
            N_("{file} has no known row of headings in its first twenty rows. Write the headings above the rows."),
            file=path.name,
        )
    _, place, rows = best
    headings = tuple(shown(value).strip() for value in rows[place].values)
    return Table(headings, rows[place].number, tuple(row for row in rows[place + 1 :] if not _repeats(row, headings)))


def _repeats(row: Row, headings: Sequence[str]) -> bool:
    """Whether a row only says the headings again, as merged headings and printed pages do; or nothing."""
    return all(
        value is None or (place < len(headings) and shown(value) == headings[place])
        for place, value in enumerate(row.values)
    )


def shown(value: Value) -> str:
    """A value as text: whole numbers without a point, days as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(N_("{file} is a folder. Choose a spreadsheet (.xlsx or .csv)."), file=path.name)
        if path.stat().st_size > LARGEST:
            raise UserError(N_("{file} is larger than 25 MB. Split it into several sheets."), file=path.name)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise UserError(N_("There is no file {file}. Check its name."), file=path.name) from error
    except OSError as error:
        raise UserError(N_("{file} cannot be read. Check that you may open it."), file=path.name) from error
    if not data.strip():
        raise UserError(N_("{file} is empty. Choose a sheet with a row of headings and rows below it."), file=path.name)
    return data


def _ole_trouble(path: Path, data: bytes) -> UserError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UserError(
            N_("{file} is protected by a password. Open it in Excel, take the password away and save it."),
            file=path.name,
        )
    return UserError(
        N_("{file} is in the old Excel format (.xls), whatever its name. Save it as .xlsx or .csv."), file=path.name
    )


def _heading_row(rows: Sequence[Row], recognise: Recognise) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        if row.number > HEADER_WITHIN:
            break
        score = recognise([shown(value) for value in row.values])
        if score and (best is None or score > best[0]):
            best = (score, place)
    return best


# --- Excel ---


def _xlsx_sheets(path: Path, data: bytes, progress: Progress) -> Iterator[list[Row]]:
    damaged = UserError(N_("{file} is damaged. Open it in Excel and save it again as .xlsx."), file=path.name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _refuse_bomb(path, archive, len(data))
        names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged from error
    if "xl/workbook.xml" not in names:
        raise UserError(
            N_("{file} is not an Excel workbook. Open it in Excel and save it as .xlsx or .csv."), file=path.name
        )
    with archive:
        try:
            yield from _worksheets(archive, data, progress)
        except (UserError, MemoryError):
            raise
        except Exception as error:
            if type(error).__module__.startswith("unnm_desktop"):
                raise
            raise damaged from error


def _refuse_bomb(path: Path, archive: zipfile.ZipFile, size: int) -> None:
    """Judge by the directory; while reading, zipfile gives no more bytes than the directory says."""
    expanded = sum(entry.file_size for entry in archive.infolist())
    packed = sum(entry.compress_size for entry in archive.infolist())
    # Entries that share their bytes say more than the file holds.
    if expanded > LARGEST_EXPANDED or packed > size or expanded > LARGEST_RATIO * max(size, 1):
        raise UserError(
            N_("{file} unpacks to far more than it seems to hold and was not opened. Save the sheet as .csv instead."),
            file=path.name,
        )


def _worksheets(archive: zipfile.ZipFile, data: bytes, progress: Progress) -> Iterator[list[Row]]:
    import openpyxl  # takes 150 ms; only a workbook needs it

    with warnings.catch_warnings():
        # Styles and validations that openpyxl does not know are nothing to the officer.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        formulas: Any = None
        for name in book.sheetnames:
            sheet: Any = book[name]
            if not hasattr(sheet, "iter_rows") or sheet.sheet_state != "visible":
                continue
            merged, has_formulas = _look_ahead(archive, sheet._worksheet_path)  # noqa: SLF001 - the only way to its XML
            rows = _values(sheet, progress)
            if has_formulas:
                formulas = formulas or openpyxl.load_workbook(
                    io.BytesIO(data), read_only=True, data_only=False, keep_links=False
                )
                rows = _mark_formulas(rows, formulas[name])
            yield _fill_merged(rows, merged)
        book.close()
        if formulas is not None:
            formulas.close()


def _look_ahead(archive: zipfile.ZipFile, name: str) -> tuple[list[tuple[int, int, int, int]], bool]:
    """The merged ranges of a sheet (rows and columns from 1), and whether it holds formulas."""
    found: list[tuple[int, int, int, int]] = []
    formulas, tail = False, b""
    with archive.open(name) as file:
        while chunk := file.read(1024 * 1024):
            text = tail + chunk
            formulas = formulas or b"<f>" in text or b"<f " in text or b"<f/" in text
            last = 0
            for match in _RANGE.finditer(text):
                last = match.end()
                first_column, first_row, last_column, last_row = match.groups()
                found.append((int(first_row), _number(first_column), int(last_row), _number(last_column)))
            tail = text[max(last, len(text) - 80) :]
    return found, formulas


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _values(sheet: Any, progress: Progress) -> list[Row]:
    # The dimension a sheet declares may be a lie of a million rows.
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number % 2000 == 0:
            progress(number, 0, _LOOK_FOR_HEADER)
        values = _without_end([_plain(value) for value in cells[:MOST_COLUMNS]])
        if not values:
            continue
        rows.append(Row(number, values))
        _refuse_endless(len(rows))
    return rows


def _without_end(values: list[Value]) -> tuple[Value, ...]:
    """A row's values without the empty cells at its end."""
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _refuse_endless(count: int) -> None:
    if count > MOST_ROWS:
        raise UserError(N_("The sheet has more than {n} rows. Split it into several sheets."), n=MOST_ROWS)


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = _text(value)
        return NoValue(text) if text in _ERRORS else text or None
    return str(value) if isinstance(value, time) else _text(str(value))


def _text(value: str) -> str:
    return clean(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _mark_formulas(rows: list[Row], sheet: Any) -> list[Row]:
    sheet.reset_dimensions()
    marked = {row.number: row for row in rows}
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        held = marked.get(number)
        values = list(held.values) if held else []
        missing = False
        for place, value in enumerate(cells[:MOST_COLUMNS]):
            formula = (isinstance(value, str) and value.startswith("=")) or type(value).__name__.endswith("Formula")
            if formula and (place >= len(values) or values[place] is None):
                values += [None] * (place + 1 - len(values))
                values[place] = NoValue(str(value) if isinstance(value, str) else "=")
                missing = True
        if missing:
            marked[number] = Row(number, tuple(values))
    return [marked[number] for number in sorted(marked)]


def _fill_merged(rows: list[Row], merged: Sequence[tuple[int, int, int, int]]) -> list[Row]:
    """Give every cell of a merged range in one column the range's value: that is how people read it."""
    merged = [one for one in merged if one[1] <= MOST_COLUMNS]
    if not merged:
        return rows
    held = {row.number: list(row.values) for row in rows}
    last = max(held, default=0)
    if sum(min(last_row, last) - first_row for first_row, _, last_row, _ in merged if first_row <= last) > _MOST_FILLED:
        raise UserError(N_("The sheet has too many merged cells. Unmerge them in Excel, then choose it again."))
    for first_row, first_column, last_row, _ in merged:
        top = held.get(first_row, [])
        value = top[first_column - 1] if len(top) >= first_column else None
        if value is None:
            continue
        for number in range(first_row + 1, min(last_row, last) + 1):
            values = held.get(number)
            if values is None:
                # A row that a merged cell alone reaches into says nothing of its own.
                continue
            values += [None] * (first_column - len(values))
            values[first_column - 1] = value
    return [Row(number, tuple(held[number])) for number in sorted(held)]


# --- CSV ---


def _csv_sheets(path: Path, data: bytes, recognise: Recognise) -> Iterator[list[Row]]:
    text = _decoded(data)
    if text.count("\0") > len(text) // 10:
        raise UserError(N_("{file} is not a spreadsheet. Choose an .xlsx or .csv file."), file=path.name)
    # Excel writes "sep=;" above the headings of some lists.
    text = re.sub(r"\Asep=(.)\r?\n", "\n", text, count=1, flags=re.IGNORECASE)
    scored = []
    for place, delimiter in enumerate((",", ";", "\t")):
        head = _csv_rows(path, text, delimiter, HEADER_WITHIN)
        found = _heading_row(head, recognise)
        scored.append((found[0] if found else 0, -place, delimiter))
    yield _csv_rows(path, text, max(scored)[2], MOST_ROWS)


def _csv_rows(path: Path, text: str, delimiter: str, most: int) -> list[Row]:
    rows: list[Row] = []
    # A cell may hold a text as large as the file; the reader's own limit is 128 kB.
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            if most == HEADER_WITHIN and number > most:
                break
            values = _without_end([_unprefixed(_text(cell)) or None for cell in cells[:MOST_COLUMNS]])
            if values:
                rows.append(Row(number, tuple(NoValue(v) if v in _ERRORS else v for v in values)))
                _refuse_endless(len(rows))
    except csv.Error as error:
        raise UserError(
            N_("{file} is not a readable .csv file near line {n}. Open it in Excel and save it again."),
            file=path.name,
            n=reader.line_num,
        ) from error
    return rows


def _unprefixed(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet program from taking a text for a formula."""
    return text[1:] if _PREFIXED.match(text) else text


def _decoded(data: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    head = data[:4000]
    if head.count(0) > len(head) // 4:
        # Without a mark the zero bytes of Latin letters tell which half comes first.
        return data.decode("utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        arabic = data.decode("cp1256", "replace")
        return arabic if _ARABIC_WORD.search(arabic) else data.decode("cp1252", "replace")
