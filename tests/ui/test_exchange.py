"""Import in the window: what would happen is shown first, then one step that undo takes back; lists are exported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import press
from unnm_desktop.db.engine import Database
from unnm_desktop.errors import UserError
from unnm_desktop.services import exchange, organisations
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.exchange import ExchangePage
from unnm_desktop.ui.jobs import Job, Jobs
from unnm_desktop.ui.list_export import can_export, export_page
from unnm_desktop.ui.organisations import OrganisationsPage

SHEET = """Name,Acronym,Kind
Migrant Aid,MAID,Non-governmental organization
,,
International Organization for Migration,IOM,UN entity
Odd Body,ODD,No such kind
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "bodies.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[ExchangePage]:
    secretariat.open_in(desk, bahrain)
    made = ExchangePage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    yield made
    made.close()


def texts(page: ExchangePage) -> list[list[str]]:
    model = page.model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_dry_run_shows_each_problem_and_writes_nothing(
    page: ExchangePage, desk: Desk, answers: Answers, sheet: Path, qtbot: QtBot
) -> None:
    answers.give("open_file", sheet)
    press(qtbot, page, "Choose a file")
    assert "created: 1" in page.summary.text()
    assert any(row[0] == "5" and row[1] == "Kind" for row in texts(page))
    assert "left out" in texts(page)[-1][3]
    assert desk.hub.read(organisations.find, "MAID", "BHR") is None


def test_it_says_which_headings_are_read_and_which_were_not(
    page: ExchangePage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    assert "Acronym" in page.headings.text()
    assert "Category" in page.headings.text()
    file = tmp_path / "members.csv"
    file.write_text(
        "Organisation,Short name,Kind,Focal point\nAid Society,AIDS,Civil society,Omar Ali\n"
        "Migration Observatory,ESCWA,UN entity,\n",
        encoding="utf-8",
    )
    answers.give("open_file", file)
    press(qtbot, page, "Choose a file")
    assert "created: 1" in page.summary.text()
    assert "Focal point" in page.unread.text()
    assert "People and their appointments" in page.unread.text()
    assert any("To make it a member" in row[2] for row in texts(page))


def test_the_import_is_one_step_and_undo_takes_it_back(
    page: ExchangePage, desk: Desk, answers: Answers, sheet: Path, qtbot: QtBot
) -> None:
    answers.give("open_file", sheet)
    press(qtbot, page, "Choose a file")
    heard: list[object] = []
    desk.hub.changed.connect(heard.append)
    assert page.import_button.isEnabled()
    press(qtbot, page, "Import")
    assert not page.bar.message() or page.bar.property("tone") == "good", page.bar.message()
    assert desk.hub.read(organisations.find, "MAID", "BHR") is not None
    assert heard
    assert page.summary.text().startswith("Created: 1")
    assert not page.import_button.isEnabled()
    newest = desk.hub.newest()
    assert newest is not None
    assert newest.label == exchange.LABEL
    desk.hub.take_back(newest)
    assert desk.hub.read(organisations.find, "MAID", "BHR") is None


def test_an_import_that_found_no_room_is_tried_again_by_the_same_button(
    page: ExchangePage, sheet: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answers.give("open_file", sheet)
    page.activateWindow()
    press(qtbot, page, "Choose a file")

    def refuse(*_: object, **__: object) -> None:
        raise UserError("There is no room left on the disk of {file}.", file="x")

    with monkeypatch.context() as full:
        full.setattr(page.hub.database, "write", refuse)
        press(qtbot, page, "Import")
        assert "no room left" in page.bar.message()
    qtbot.waitUntil(page.import_button.hasFocus)
    qtbot.keyClick(page.import_button, Qt.Key.Key_Space)
    assert "Created: 1" in page.bar.message()
    assert page.hub.read(organisations.find, "MAID", "BHR") is not None


def test_another_kind_is_rehearsed_anew_and_a_wrong_file_says_why(
    page: ExchangePage, answers: Answers, tmp_path: Path, sheet: Path, qtbot: QtBot
) -> None:
    answers.give("open_file", sheet)
    press(qtbot, page, "Choose a file")
    page.choice.combo.setFocus()
    qtbot.keyClick(page.choice.combo, Qt.Key.Key_Down)
    page.choice.combo.activated.emit(page.choice.combo.currentIndex())
    assert page.kind == "people"
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    answers.give("open_file", broken)
    press(qtbot, page, "Choose a file")
    assert page.bar.message()
    assert not page.import_button.isEnabled()


def test_off_the_screens_thread_it_can_be_cancelled(
    page: ExchangePage, desk: Desk, answers: Answers, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.csv"
    rows = "\n".join(f"Body {n},B{n},Other" for n in range(3000))
    path.write_text(f"Name,Acronym,Kind\n{rows}\n", encoding="utf-8")
    going_on, at_once = Event(), exchange.preview

    def waiting(*args: Any, **more: Any) -> Any:
        going_on.wait(patience.SECONDS)
        return at_once(*args, **more)

    monkeypatch.setattr(exchange, "preview", waiting)
    desk.jobs = Jobs()
    answers.give("open_file", path)
    press(qtbot, page, "Choose a file")
    press(qtbot, page, "Cancel")
    going_on.set()
    qtbot.waitUntil(lambda: "Stopped" in page.bar.message())
    assert desk.hub.read(organisations.find, "B1", "BHR") is None


class HeldReading:
    """The first reading of a sheet lasts until it is let go; what it finds then comes too late."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.going_on, self.told = Event(), Event(), Event()
        self._at_once, self._first = exchange.preview, True
        monkeypatch.setattr(exchange, "preview", self._read)

    def _read(self, *args: Any, **more: Any) -> Any:
        first, self._first = self._first, False
        found = self._at_once(*args, **more)
        if first:
            self.begun.set()
            self.going_on.wait(patience.SECONDS)
        return found


def test_what_another_file_was_found_to_hold_is_never_shown_for_the_one_chosen_since(
    page: ExchangePage, desk: Desk, answers: Answers, sheet: Path, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    other = tmp_path / "two.csv"
    other.write_text("Name,Acronym,Kind\nRiver Aid,RA,Other\nHill Aid,HA,Other\n", encoding="utf-8")
    held, jobs = HeldReading(monkeypatch), Jobs()
    desk.jobs = jobs
    answers.give("open_file", sheet, other)
    ended: list[Job] = []
    with qtbot.waitSignal(jobs.started) as first:
        press(qtbot, page, "Choose a file")
    first.args[0].finished.connect(lambda: ended.append(first.args[0]))
    qtbot.waitUntil(held.begun.is_set)
    press(qtbot, page, "Choose a file")
    qtbot.waitUntil(lambda: page.result is not None)
    assert "created: 2" in page.summary.text()
    held.going_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert "created: 2" in page.summary.text()
    assert page.bar.message() == ""
    press(qtbot, page, "Import")
    qtbot.waitUntil(lambda: desk.hub.read(organisations.find, "RA", "BHR") is not None)
    jobs.cancel_all()


def test_no_other_file_is_chosen_while_one_is_imported(
    page: ExchangePage, desk: Desk, answers: Answers, sheet: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.give("open_file", sheet)
    press(qtbot, page, "Choose a file")
    going_on, at_once, jobs = Event(), exchange.import_sheet, Jobs()

    def slow(*args: Any, **more: Any) -> Any:
        going_on.wait(patience.SECONDS)
        return at_once(*args, **more)

    monkeypatch.setattr(exchange, "import_sheet", slow)
    desk.jobs = jobs
    press(qtbot, page, "Import")
    assert not page.choose.isEnabled()
    page.open_record(None, {"file": sheet.with_name("other.csv")})
    assert page.path == sheet
    assert "being written just now" in page.bar.message()
    going_on.set()
    qtbot.waitUntil(lambda: page.summary.text().startswith("Created: 1"))
    assert page.choose.isEnabled()
    jobs.cancel_all()


def test_the_list_shown_is_exported(
    desk: Desk, bahrain: Database, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    secretariat.open_in(desk, bahrain)
    page = OrganisationsPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert can_export(page)
    page.table.filter("migration", "")
    path = tmp_path / "list.xlsx"
    answers.give("save_file", path)
    export_page(page)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == page.table.listing.count + 1 > 1
