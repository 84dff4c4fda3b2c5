"""Lists as spreadsheets: .xlsx with texts that are never formulas, .csv that Excel opens with its letters whole."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.cause import Cause
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership
from unnm_desktop.db.text import clean
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.progress import SILENT, Progress, each
from unnm_desktop.services import records
from unnm_desktop.services.headings import SHEETS, comparable
from unnm_desktop.services.listing import Cell, Column, Context, Listing
from unnm_desktop.services.money import Money, major_units
from unnm_desktop.services.sheet_rows import Scope, Spelled, rows_of

LONGEST = 32_767
"""Letters that one cell of a workbook holds."""
CUT = " […]"
"""Ends a text that was longer; such a cell is passed over when the sheet is read again."""
_FORMULA = re.compile("'*[=+\\-@\t\r]")
_PHONE = re.compile(r"\+[\d\s()/;-]*")
_NEVER_XML = re.compile("[\ufffe\uffff]")
_SHEET_OF = {"members": "organisations", "organisations": "organisations", "people": "people", "actions": "actions"}
_SHEET_OF["workplan"] = "workplan"
_WRITING = N_("Writing the sheet")

Plain = str | int | float | Decimal | date | None


@dataclass(frozen=True)
class _Head:
    title: str
    width: int
    decimals: int | None = None


def export_listing(
    session: Session,
    listing: Listing,
    context: Context,
    path: Path,
    *,
    words: str = "",
    choice: str = "",
    sort: str = "",
    ids: Sequence[UUID] | None = None,
    progress: Progress = SILENT,
) -> int:
    """Write the rows of a list into an .xlsx or .csv file, chosen by its ending; how many were written.

    The headings that ``import`` reads come first, under the same names; the list's other columns follow.

    Raises:
        UserError: the file's ending is another, or it cannot be written.

    """
    ending = path.suffix.casefold()
    if ending not in (".xlsx", ".csv"):
        raise UserError(N_("{file} ends in neither .xlsx nor .csv. Choose one of the two."), file=path.name)
    keys = list(ids) if ids is not None else listing.ids(session, context, words=words, choice=choice, sort=sort)
    heads, rows = _table(session, listing, context, keys)
    shown = each(rows, progress, _WRITING, 500)
    temporary = path.with_name(f".{path.name}.part")
    try:
        if ending == ".csv":
            _write_csv(temporary, heads, shown)
        else:
            _write_xlsx(temporary, heads, shown, len(rows), context.language)
        temporary.replace(path)
    except OSError as error:
        raise UserError(
            N_("{file} cannot be written ({why}). Make room, close it where it is open, or choose another folder."),
            file=path.name,
            why=Cause(error),
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return len(rows)


def _table(
    session: Session, listing: Listing, context: Context, keys: Sequence[UUID]
) -> tuple[list[_Head], list[list[Plain]]]:
    language = context.language
    kind = _SHEET_OF.get(listing.name)
    listed = listing.values(session, context, keys, exported=True)
    if kind is None:
        columns = list(listing.columns)
        heads = [_Head(language.tr(column.title), _width(column)) for column in columns]
        return heads, [[_plain(row.get(c.name), c, context) for c in columns] for row in listed]
    scope = Scope(records.get(session, Network, context.network_id), context.on)
    owners = _owners(session, listing, keys)
    known = rows_of(session, kind, list(dict.fromkeys(owners.values())), scope)
    headings = SHEETS[kind]
    taken = {comparable(word) for one in headings for word in (one.english, one.arabic, *one.also)}
    further = [
        column
        for column in listing.columns
        if comparable(column.title) not in taken and comparable(language.tr(column.title)) not in taken
    ]
    heads = [_Head(one.title(arabic=language.rtl), one.width) for one in headings]
    heads += [_Head(language.tr(column.title), _width(column)) for column in further]
    rows: list[list[Plain]] = []
    for row in listed:
        held = known[owners[row["id"]]]
        cells: list[Plain] = []
        for one in headings:
            value = held[one.name]
            cells.append(value.told(language) if isinstance(value, Spelled) else value)
        rows.append(cells + [_plain(row.get(c.name), c, context) for c in further])
    return heads, rows


def _owners(session: Session, listing: Listing, keys: Sequence[UUID]) -> dict[UUID, UUID]:
    """The record whose sheet row a listed row shows: a seat shows its organisation."""
    if listing.entity is not Membership:
        return {key: key for key in keys}
    return {key: seat.organisation_id for key, seat in records.by_id(session, Membership, set(keys)).items()}


def _width(column: Column) -> int:
    return max(10, min(60, round(column.width * 16)))


def _plain(value: Any, column: Column, context: Context) -> Plain:
    """A value of a list as a spreadsheet keeps it: days as days, numbers as numbers, the rest as it is shown."""
    if value is None or value == "":
        return None
    if isinstance(value, Money):
        return major_units(value.part(column.name), value.currency)
    # A moment is a date to Python, but its zone is nothing that a cell can hold: it is written as it is shown.
    if type(value) in (int, float, Decimal, date):
        return value  # type: ignore[no-any-return]  # narrowed by its type
    cell: Cell = column.show(value, context)
    return cell.text


def never_formula(text: str) -> str:
    """The text so that a spreadsheet takes it for text and never for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _PHONE.fullmatch(text) else text


def cell_text(value: str) -> str:
    """A text as a cell can hold it: without what XML refuses, and cut with a mark where it is too long."""
    text = _NEVER_XML.sub("", clean(value)).replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _write_xlsx(
    path: Path, heads: Sequence[_Head], rows: Iterable[Sequence[Plain]], count: int, language: Language
) -> None:
    import openpyxl  # takes 150 ms; only a workbook needs it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet(language.tr(N_("List")))
    sheet.sheet_view.rightToLeft = language.rtl
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count + 1}"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = head.width
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")

    def text_cell(text: str) -> Any:
        cell = WriteOnlyCell(sheet, cell_text(text))
        # openpyxl takes "=…" for a formula and "#N/A" for an error; a text of ours is neither.
        cell.data_type = "s"
        cell.alignment = wrapped
        if _FORMULA.match(text):
            cell.quotePrefix = True
        return cell

    def written(value: Plain) -> Any:
        if value is None:
            return None
        if isinstance(value, str):
            return text_cell(value)
        if isinstance(value, date) and value.year <= 1900:
            # The calendar of workbooks begins with 1900, and errs in that year.
            return text_cell(value.isoformat())
        cell: Any = WriteOnlyCell(sheet)
        cell.value = value
        cell.alignment = wrapped
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, Decimal):
            places = max(0, -int(value.as_tuple().exponent))
            cell.number_format = "#,##0" + ("." + "0" * places if places else "")
        return cell

    headings = [text_cell(head.title) for head in heads]
    for cell in headings:
        cell.font = bold
    sheet.append(headings)
    for row in rows:
        sheet.append([written(value) for value in row])
    book.save(path)


def _write_csv(path: Path, heads: Sequence[_Head], rows: Iterable[Sequence[Plain]]) -> None:
    # The mark at the start is what lets Excel read Arabic.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([head.title for head in heads])
        for row in rows:
            writer.writerow([_csv_text(value) for value in row])
        file.flush()
        os.fsync(file.fileno())


def _csv_text(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = clean(value).replace("\r\n", "\n").replace("\r", "\n")
        return never_formula(text)
    return value.isoformat() if isinstance(value, date) else str(value)
