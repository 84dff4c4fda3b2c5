"""An officer's day with real clicks and keys: from the terms of reference to the minutes on paper, restart and undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.hands import in_dialog, press
from unnm_desktop import reports, settings
from unnm_desktop.app import App
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision, DecisionState
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Attendance, Capacity, Meeting, MeetingState
from unnm_desktop.db.people import Person
from unnm_desktop.services import decisions, history, meetings, minutes, organisations, people, records
from unnm_desktop.ui import setup_pages
from unnm_desktop.ui.ask import Ask
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.position_field import PositionField
from unnm_desktop.ui.setup_wizard import Wizard

R = TypeVar("R", bound=Record)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NEWS, DECIDED, TASK = (
    "IOM presented the new data sheet.",
    "The Network publishes the data sheet.",
    "Send the table to all",
)


class Officer:
    """Hands and eyes before one window."""

    def __init__(self, desktop: App, qtbot: QtBot) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        self.gone = False

    def leave(self) -> None:
        """Close the window and the program."""
        if not self.gone:
            self.gone = True
            self.window.close()
            self.desktop.close()

    @property
    def window(self) -> MainWindow:
        """The window as it is now: a change of workspace builds a fresh one."""
        return self.desktop.window

    @property
    def page(self) -> Any:
        """The page shown."""
        return self.window.current

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key of the program, in the window that a window manager would have raised."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, key, modifier)

    def go(self, number: int, name: str) -> None:
        """Show a place by its number."""
        self.key(Qt.Key(Qt.Key.Key_0 + number), CONTROL)
        self.qtbot.waitUntil(lambda: self.page is not None and self.page.name == name)

    def press(self, text: str) -> None:
        """Click a button anywhere in the window."""
        press(self.qtbot, self.window, text)

    def fill(self, dialog: FormDialog[Any], **texts: str) -> None:
        """Type into the fields of a dialog."""
        for name, text in texts.items():
            field = dialog.parts.field(name)
            box = field.findChild(QPlainTextEdit) or field.findChild(QLineEdit)
            assert box is not None
            box.setFocus()
            if isinstance(box, QLineEdit):
                box.selectAll()
            self.qtbot.keyClicks(box, text)

    def answer(self, verb: str, **texts: str) -> None:
        """Fill the dialog that opens next and click its button."""

        def fill(dialog: FormDialog[Any]) -> None:
            self.fill(dialog, **texts)
            press(self.qtbot, dialog, verb)

        in_dialog(fill)

    def reads(self, text: str) -> bool:
        """Whether the window says so."""
        return any(text in one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    def sees(self, text: str) -> None:
        """Wait until the window says so."""
        self.qtbot.waitUntil(lambda: self.reads(text))

    def only(self, entity: type[R]) -> R:
        """The one record of a kind, as it is kept."""
        (found,) = self.window.desk.hub.read(records.all_of, entity)
        return found


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where files are saved: the system's own dialog is the one thing no hand of ours can reach."""
    paths: list[Path] = []
    monkeypatch.setattr(Ask, "save_file", lambda *_, **__: paths.pop(0))
    return paths


@pytest.fixture
def start(program: QApplication, qtbot: QtBot) -> Iterator[Callable[[Path | None], Officer]]:
    """Start the program; what is still open at the end is closed."""
    made: list[Officer] = []

    def run(path: Path | None) -> Officer:
        desktop = App(program, path)
        officer = Officer(desktop, qtbot)
        made.append(officer)
        with qtbot.waitSignal(desktop.ready):
            desktop.start()
        desktop.window.resize(1280, 860)
        return officer

    yield run
    for officer in made:
        officer.leave()


def found_the_network(officer: Officer, path: Path) -> None:
    """From the welcome page, page by page, to the first steps in the new workspace."""
    first = officer.window
    officer.press("Set up a network")
    wizard = officer.window.findChild(Wizard)
    assert wizard is not None
    page: Any = wizard.page
    name = page.officer.findChild(QLineEdit)
    name.setFocus()
    officer.qtbot.keyClicks(name, "Amina Haddad")
    forward(officer, wizard)
    page = wizard.page
    officer.qtbot.mouseClick(page.cards["bahrain"], Qt.MouseButton.LeftButton)
    for _ in range(4):
        forward(officer, wizard)
    officer.qtbot.waitUntil(lambda: officer.window is not first and officer.page is not None)
    assert path.exists()
    assert officer.page.name == "today"
    officer.sees("First steps")
    officer.sees("No meeting is planned.")


def forward(officer: Officer, wizard: Wizard) -> None:
    """To the next page of the set-up."""
    officer.qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)


def add_a_member(officer: Officer) -> None:
    """UNDP joins, with a focal point whose name nobody has written down before."""
    officer.go(5, "members")
    officer.answer("Add", organisation_id="UNDP")
    officer.press("Add member")
    officer.sees("United Nations Development Programme")

    def name(dialog: FormDialog[Any]) -> None:
        officer.fill(dialog, person_id="Luis Ortega")
        officer.answer("Add", emails="luis.ortega@example.org")
        press(officer.qtbot, dialog, "Appoint")

    in_dialog(name)
    officer.press("Name a focal point")
    officer.sees("Luis Ortega")


def plan_a_meeting(officer: Officer) -> None:
    """Today's regular meeting with one more item, its agenda sent."""
    officer.go(2, "meetings")
    officer.answer("Plan it", day=officer.window.desk.today().isoformat())
    officer.press("Plan a meeting")
    officer.press("Open the meeting")
    officer.qtbot.waitUntil(lambda: officer.page.name == "meeting")
    officer.answer("Add", title_en="Migration data sheet")
    officer.press("Add item")
    officer.press("Circulate the agenda")
    officer.press("Mark as held")
    officer.qtbot.waitUntil(lambda: officer.only(Meeting).state is MeetingState.HELD)


def note_who_came(officer: Officer) -> None:
    """UNDP sent its focal point, the others nobody."""
    grid = officer.page.attendance.seats
    officer.qtbot.waitUntil(grid.isVisible)
    grid.setFocus()
    hub = officer.window.desk.hub
    for row in hub.read(meetings.attendance_grid, officer.only(Meeting).id):
        assert grid.select(row.organisation.id)
        officer.qtbot.keyClick(grid, Qt.Key.Key_1 if row.organisation.acronym == "UNDP" else Qt.Key.Key_5)
    came = {one.capacity for one in hub.read(records.all_of, Attendance) if one.capacity is Capacity.FOCAL_POINT}
    assert came == {Capacity.FOCAL_POINT}


def write_the_minutes(officer: Officer) -> None:
    """Words, then a decision and an action point where they were taken."""
    officer.press("Minutes")
    editor = officer.page.minutes.editor
    officer.qtbot.waitUntil(editor.isVisible)
    editor.setFocus()
    officer.qtbot.keyClicks(editor, NEWS)
    officer.answer("Write it down", text_en=DECIDED)
    officer.key(Qt.Key.Key_D, CONTROL | SHIFT)
    officer.qtbot.waitUntil(lambda: len(officer.window.desk.hub.read(records.all_of, Decision)) == 1)
    officer.answer("Write it down", task_en=TASK, responsible="UNDP")
    officer.key(Qt.Key.Key_A, CONTROL | SHIFT)
    officer.qtbot.waitUntil(lambda: len(officer.window.desk.hub.read(records.all_of, ActionPoint)) == 1)


def hear_the_members(officer: Officer) -> None:
    """Each member is asked; with the last one the decision is adopted."""
    officer.go(3, "decisions")
    officer.press("Put to the members")
    decision = officer.only(Decision)

    def fields() -> list[PositionField]:
        return [one for one in officer.page.inspector.parts.fields if isinstance(one, PositionField)]

    officer.qtbot.waitUntil(lambda: len(fields()) == 3)
    for name in sorted(field.label for field in fields()):
        field = next(one for one in fields() if one.label == name)
        field.combo.setFocus()
        officer.qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    hub, desk = officer.window.desk.hub, officer.window.desk

    def state() -> DecisionState:
        return hub.read(decisions.standing, [decision.id], now(desk))[decision.id].state

    officer.qtbot.waitUntil(lambda: state() is DecisionState.ADOPTED)
    officer.sees("Adopted")


def do_what_was_promised(officer: Officer) -> None:
    """Space on the open action point."""
    officer.go(4, "actions")
    officer.qtbot.waitUntil(lambda: officer.page.current() is not None)
    officer.page.table.setFocus()
    officer.qtbot.keyClick(officer.page.table, Qt.Key.Key_Space)
    officer.qtbot.waitUntil(lambda: officer.only(ActionPoint).status is ActionStatus.DONE)


def print_the_minutes(officer: Officer, path: Path) -> str:
    """The pages in the window are those of the file."""
    officer.go(7, "reports")
    shown = officer.page.list
    row = list(reports.REPORTS).index("minutes")
    officer.qtbot.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(shown.item(row)).center()
    )
    preview = officer.page.preview

    def ready() -> bool:
        save = next(one for one in officer.window.findChildren(QPushButton) if one.text() == "Save as PDF")
        return preview.paper is not None and len(preview.paper.sizes) > 0 and save.isEnabled()

    officer.qtbot.waitUntil(
        lambda: officer.page._shown is not None and officer.page._shown.kind == "minutes" and ready()
    )
    officer.press("Save as PDF")
    officer.qtbot.waitUntil(path.exists)
    assert path.read_bytes() == reports.packed(preview.paper.data)
    with pypdfium2.PdfDocument(path) as paper:
        assert len(paper) == len(preview.paper.sizes)
        return "".join(page.get_textpage().get_text_range() for page in paper)


def everything_is_there(officer: Officer) -> UUID:
    """What the day left behind, read from the file; gives the action point."""
    hub, desk = officer.window.desk.hub, officer.window.desk
    meeting, decision, action = officer.only(Meeting), officer.only(Decision), officer.only(ActionPoint)
    version = hub.read(minutes.current_minutes, meeting.id)
    assert version is not None
    texts = [
        entry.text_en
        for item in hub.read(meetings.agenda, meeting.id)
        if (entry := hub.read(minutes.entry_for, version.id, item.id)) is not None
    ]
    whole = "\n".join(texts)
    assert NEWS in whole
    assert f"{{{{decision {decision.id}}}}}" in whole
    assert f"{{{{action {action.id}}}}}" in whole
    seats = {
        one.organisation.acronym: one.membership.id
        for one in hub.read(organisations.seats_on, desk.network_id, desk.today())
    }
    holder = hub.read(people.holders_on, desk.network_id, desk.today())[seats["UNDP"]].focal_point
    assert holder is not None
    assert (holder.name_en, holder.emails) == ("Luis Ortega", "luis.ortega@example.org")
    assert officer.only(Person).id == holder.id
    assert hub.database.check() == []
    return action.id


def test_from_the_terms_of_reference_to_the_paper_and_back(
    start: Callable[[Path | None], Officer], places: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, paper = tmp_path / "UNNM Bahrain.unnm", tmp_path / "minutes.pdf"
    monkeypatch.setattr(setup_pages, "documents", lambda: tmp_path)
    places.append(paper)
    officer = start(None)
    found_the_network(officer, workspace)
    add_a_member(officer)
    plan_a_meeting(officer)
    note_who_came(officer)
    write_the_minutes(officer)
    hear_the_members(officer)
    do_what_was_promised(officer)
    printed = " ".join(print_the_minutes(officer, paper).split())
    for words in (NEWS, DECIDED, TASK, "Luis Ortega", "Migration data sheet"):
        assert words in printed
    action = everything_is_there(officer)
    officer.leave()

    # Who was asked for a name on the first page signs every step of the day.
    with Database(workspace) as database, database.read() as session:
        assert {step.officer for step in history.of(session, action)} == {"Amina Haddad"}
    assert settings.load().officer == "Amina Haddad"
    again = start(None)  # the last workspace opens by itself
    assert again.window.desk.hub.database.path == workspace
    assert everything_is_there(again) == action
    assert again.only(ActionPoint).status is ActionStatus.DONE
    again.key(Qt.Key.Key_Z, CONTROL)
    again.sees("Press Ctrl+Z again")
    assert again.only(ActionPoint).status is ActionStatus.DONE
    again.key(Qt.Key.Key_Z, CONTROL)
    again.qtbot.waitUntil(lambda: again.only(ActionPoint).status is ActionStatus.OPEN)
    again.leave()
