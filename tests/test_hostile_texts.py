"""Texts that would break a careless program, kept in every record: each list and each document shows them as typed."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import Text
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.reports import sample_year
from unnm_desktop import reports
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.base import Record
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import Language
from unnm_desktop.reports import Document
from unnm_desktop.services import exchange, networks, records
from unnm_desktop.services.listing import Context
from unnm_desktop.services.listings import LISTINGS
from unnm_desktop.typeset.document import render

MARKUP, FORMULA = "<b>bold</b>&amp;more</para>", "=cmd|'/C'!A0"
HOSTILE = f"{MARKUP} {FORMULA} nul\0\x1b[31m \u202eevil\u202c \u2067\u2066 😀🇧🇭 {{0}} %s \ud800end7"
NOT_WORDS = {
    "time_zone", "first_weekday", "reference", "standing", "number", "rate", "code", "value", "women", "men", "symbol",
    "period", "media_type", "version", "problem_word", "paragraph", "through", "website",
}  # fmt: skip
CODES = ("en", "ar")


def words_of(entity: type[Record]) -> list[str]:
    """The columns in which an officer writes what she likes."""
    texts = [column.key for column in entity.__table__.columns if type(column.type) is Text]
    return [name for name in texts if name not in NOT_WORDS]


def poison(session: Session, entity: type[Record], record: Record) -> None:
    """Add the hostile text to each of its texts, as far as the record's own rules let it."""
    for name in words_of(entity):
        before = getattr(record, name)
        # A text in the other language too would hide what falls back on it: half of the records lack Arabic.
        if before or not name.endswith("_ar"):
            try:
                records.update(session, entity, record.id, **{name: f"{before} {HOSTILE}".strip()})
            except Invalid:
                continue


@pytest.fixture(scope="module")
def poisoned_file(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of both networks with the hostile text in every record."""
    path = tmp_path_factory.mktemp("poisoned") / "poisoned.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, HOSTILE) as database:
        with database.write("Sample") as session:
            sample_year.bahrain(session)
            sample_year.kuwait(session)
        with database.write("Poison") as session:
            for entity in ENTITIES.values():
                for record in records.all_of(session, entity):
                    poison(session, entity, record)
        assert database.check() == []
    return path


@pytest.fixture
def poisoned(poisoned_file: Path) -> Iterator[Session]:
    """That workspace, to be read."""
    with Database(poisoned_file, lock=False) as database, database.read() as session:
        yield session


def document(session: Session, kind: str, country: str, code: str) -> Document:
    """A document of a network in a language."""
    network = networks.network_of(session, country)
    language = Language(code, network.paper_digits, paper=True)
    request = reports.request_for(session, kind, network_id=network.id, on=TODAY, language=language)
    return reports.make(session, kind, request)


def closed_up(text: str) -> str:
    """Without spaces and what only steers the direction."""
    return "".join(ch for ch in text if not ch.isspace() and ch not in "\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.mark.parametrize("kind", sorted(reports.REPORTS))
@pytest.mark.parametrize("country", ["BHR", "KWT"])
@pytest.mark.parametrize("code", CODES)
def test_every_document_says_them_as_typed(
    poisoned: Session, tmp_path: Path, kind: str, country: str, code: str
) -> None:
    made = document(poisoned, kind, country, code)
    text = closed_up(reports.as_text(made))
    if len(text) > 600:  # a paper about nothing, such as a plan that is not there, quotes nobody
        assert MARKUP in text
        assert FORMULA in text
        assert "end7" in text
        assert "😀" in text
    assert "\0" not in text
    assert "\x1b" not in text
    done = reports.write(made, tmp_path / "o.pdf")
    assert done.pages > 0
    with pypdfium2.PdfDocument(tmp_path / "o.pdf") as paper:
        assert len(paper) == done.pages
        printed = closed_up("".join(page.get_textpage().get_text_range() for page in paper))
    # A reader of the file finds it as often as it was told; Latin words within Arabic ones come out in another order.
    for words in (FORMULA, MARKUP) if code == "en" else (FORMULA,):
        assert printed.count(words) >= text.count(words)


@pytest.mark.parametrize("kind", sorted(LISTINGS))
@pytest.mark.parametrize("code", CODES)
def test_every_list_and_sheet_holds_them_as_texts(poisoned: Session, tmp_path: Path, kind: str, code: str) -> None:
    listing = LISTINGS[kind]
    context = Context(networks.network_of(poisoned, "BHR").id, Language(code), TODAY)
    ids = listing.ids(poisoned, context)
    assert len(listing.rows(poisoned, context, ids)) == len(ids)
    for word in ("<b>bold</b>", "=cmd|'/C'!A0", '"', "%", "_", "😀", "\u202e", "' OR 1=1 --", "a" * 5000):
        listing.ids(poisoned, context, words=word)
    for ending in ("xlsx", "csv"):
        exchange.export_listing(poisoned, listing, context, tmp_path / f"o.{ending}")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        values = [value for row in csv.reader(file) for value in row]
    assert not [value for value in values if value.startswith("=")]
    if ids and kind != "issued":
        assert any(MARKUP in str(cell.value) for cell in cells)


@pytest.mark.parametrize("kind", exchange.KINDS)
def test_what_is_written_is_read_again(poisoned_file: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "copy.unnm"
    path.write_bytes(poisoned_file.read_bytes())
    with Database(path) as database, database.write("Round trip") as session:
        network = networks.network_of(session, "BHR")
        context = Context(network.id, Language("en"), TODAY)
        written = exchange.export_listing(session, LISTINGS[kind], context, tmp_path / "o.xlsx")
        result = exchange.import_sheet(session, kind, tmp_path / "o.xlsx", network.id, on=TODAY)
        assert [str(one.says) for one in result.problems] == []
        assert (result.created, result.updated, result.unchanged) == (0, 0, written)


def test_a_word_of_a_megabyte_is_printed_whole(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.unnm"
    path.write_bytes(template.read_bytes())
    word = "w" * 1_000_000
    with Database(path) as database:
        with database.write("Sample") as session:
            sample_year.bahrain(session)
            action = records.all_of(session, ActionPoint, ActionPoint.status == ActionStatus.OPEN)[0]
            records.update(session, ActionPoint, action.id, task_en=word)
            for meeting in records.all_of(session, Meeting):
                records.update(session, Meeting, meeting.id, place_en="x" * 10_000)
        with database.read() as session:
            before = time.process_time()
            for kind in ("actions", "agenda"):
                made = document(session, kind, "BHR", "en")
                text = closed_up(reports.as_text(made))
                assert (word if kind == "actions" else "x" * 10_000) in text
                done = render(made.blocks, made.furniture, tmp_path / f"{kind}.pdf")
                assert done.pages > 1
            taken = time.process_time() - before
        assert database.check() == []
    with pypdfium2.PdfDocument(tmp_path / "actions.pdf") as paper:
        letters = sum(page.get_textpage().get_text_bounded().count("w") for page in paper)
    assert letters >= 1_000_000
    assert taken < 60
