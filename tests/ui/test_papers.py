"""Papers of a meeting on the screen: dropped, pasted, opened, removed and brought back."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import press, reads
from tests.ui.locked import lock, unlock
from tests.ui.meeting_pages import meeting_page
from tests.ui.walking import settle
from unnm_desktop.app import App
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.progress import Progress
from unnm_desktop.services import agendas, meetings, papers, records
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.meeting import MeetingPage
from unnm_desktop.ui.paper_look import PaperLook, first_look


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MeetingPage]:
    """The papers of a meeting; there are none yet."""
    with meeting_page(desk, bahrain, qtbot, "papers") as shown:
        yield shown


def kept(page: MeetingPage) -> list[papers.Paper]:
    """The papers as they are kept."""
    key = page.current()
    assert key is not None
    return page.hub.read(papers.papers, key)


def drop(page: MeetingPage, *files: Path) -> None:
    """Let files go over the tab."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    ways = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(page.papers, QDragEnterEvent(QPoint(200, 200), ways, mime, left, shift))
    assert reads(page.papers, "Drop to add to this meeting")
    let_go = QDropEvent(QPoint(200, 200), ways, mime, left, shift)
    QApplication.sendEvent(page.papers, let_go)
    assert not reads(page.papers, "Drop to add to this meeting")
    # Windows deletes what is said to be moved.
    assert let_go.dropAction() == Qt.DropAction.CopyAction


def test_files_are_dropped_once_and_removed_with_a_way_back(page: MeetingPage, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[Any] = []
    page.desk.wishes.said.connect(lambda _text, _action, run: said.append(run))
    paper = tmp_path / "Data sheet.pdf"
    paper.write_bytes(b"%PDF words")
    drop(page, paper)
    assert [one.attachment.name for one in kept(page)] == ["Data sheet.pdf"]
    drop(page, paper)
    assert len(kept(page)) == 1
    assert "already" in page.bar.message()
    page.papers.table.setFocus()
    qtbot.keyClick(page.papers.table, Qt.Key.Key_Delete)
    assert kept(page) == []
    said[-1]()
    assert len(kept(page)) == 1


def test_a_paper_is_for_an_item_and_counts_on_its_tab(page: MeetingPage, tmp_path: Path, qtbot: QtBot) -> None:
    paper = tmp_path / "plan.xlsx"
    paper.write_bytes(b"rows")
    page.desk.ask.give("open_files", [paper])  # type: ignore[attr-defined]  # the stand-in answers
    press(qtbot, page.papers, "Add files")
    page.make_fresh()
    assert page.tabs._tabs[4][0].text() == "Papers 1"
    combo = page.papers.inspector.parts.field("item").combo
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    item = meetings_item(page, 1)
    assert [one.item is not None and one.item.id == item for one in kept(page)] == [True]


def meetings_item(page: MeetingPage, place: int) -> object:
    """The key of an agenda item."""
    key = page.current()
    assert key is not None
    return page.hub.read(meetings.agenda, key)[place].id


def test_what_starts_a_program_is_kept_only_when_the_officer_is_sure_and_never_opened(
    page: MeetingPage, answers: Answers, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    tool = tmp_path / "tool.exe"
    tool.write_bytes(b"MZ")
    answers.give("sure", False)
    drop(page, tool)
    assert kept(page) == []
    answers.give("sure", True)
    drop(page, tool)
    page.papers.open_current()
    assert opened == []
    assert "starts a program when it is opened" in page.bar.message()
    target = tmp_path / "copy.exe"
    answers.give("save_file", target)
    press(qtbot, page.bar, "Save a copy")
    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == b"MZ"


def test_a_picture_is_pasted(page: MeetingPage, qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    page.papers.setFocus()
    qtbot.keyClick(page.papers, "v", Qt.KeyboardModifier.ControlModifier)
    assert [one.attachment.name for one in kept(page)] == ["Picture.png"]


def test_files_that_are_read_for_long_go_to_the_meeting_they_were_dropped_on(
    page: MeetingPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = page.current()
    other = secretariat.plan(page.desk, date(2026, 12, 16)).id
    going_on = reading_held(monkeypatch)
    page.desk.jobs = Jobs(page)
    paper = tmp_path / "Data sheet.pdf"
    paper.write_bytes(b"%PDF words")
    drop(page, paper)
    page.open_record(other, {"tab": "papers"})
    assert page.current() == other
    going_on.set()
    assert first is not None
    qtbot.waitUntil(lambda: bool(page.hub.read(papers.papers, first)))
    assert page.hub.read(papers.papers, other) == []
    page.desk.jobs.cancel_all()


def reading_held(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Files are read when this is set, and not before."""
    going_on, at_once = Event(), papers.store

    def slow(*args: Any) -> Any:
        going_on.wait(patience.SECONDS)
        return at_once(*args)

    monkeypatch.setattr(papers, "store", slow)
    return going_on


def test_files_that_are_being_read_when_the_language_changes_are_kept(
    start: Callable[..., App], bahrain_template: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, paper = tmp_path / "UNNM Bahrain.unnm", tmp_path / "Data sheet.pdf"
    path.write_bytes(bahrain_template.read_bytes())
    paper.write_bytes(b"%PDF words")
    desktop = start(path)
    meeting = secretariat.plan(desktop.window.desk)
    desktop.window.go("meeting", meeting.id, {"tab": "papers"})
    going_on = reading_held(monkeypatch)
    before: Any = desktop.window
    drop(before.current, paper)
    before.desk.wishes.settings_wanted.emit(replace(before.desk.settings, language="ar"))
    settle()
    going_on.set()
    qtbot.waitUntil(lambda: desktop.window is not before and desktop.window.current is not None)
    page: Any = desktop.window.current
    assert page.desk.language.code == "ar"
    assert [one.attachment.name for one in kept(page)] == ["Data sheet.pdf"]


def test_files_that_are_being_read_when_the_workspace_is_locked_are_read_again_after_unlocking(
    start: Callable[..., App], protected: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "Data sheet.pdf"
    paper.write_bytes(b"%PDF words")
    desktop = start(protected)
    unlock(desktop, qtbot)
    meeting = desktop._hub.read(records.all_of, Meeting)[0]
    desktop.window.go("meeting", meeting.id, {"tab": "papers"})
    never, at_once = Event(), papers.store

    def long(_put: Any, _files: Any, progress: Progress) -> None:
        while not never.wait(0.01):
            progress(0, 1)

    monkeypatch.setattr(papers, "store", long)
    page: Any = desktop.window.current
    drop(page, paper)
    lock(desktop, qtbot)
    monkeypatch.setattr(papers, "store", at_once)
    unlock(desktop, qtbot)
    qtbot.waitUntil(
        lambda: [one.attachment.name for one in desktop._hub.read(papers.papers, meeting.id)] == ["Data sheet.pdf"]
    )


@pytest.mark.parametrize("how", ["another workspace", "the set-up is left"])
def test_files_that_are_being_read_are_kept_before_another_workspace_or_the_end_of_a_set_up(
    start: Callable[..., App],
    bahrain_template: Path,
    year_template: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    path, other, paper = (tmp_path / name for name in ("UNNM Bahrain.unnm", "Other.unnm", "Data sheet.pdf"))
    path.write_bytes(bahrain_template.read_bytes())
    other.write_bytes(year_template.read_bytes())
    paper.write_bytes(b"%PDF words")
    desktop = start(path)
    meeting = secretariat.plan(desktop.window.desk)
    desktop.window.go("meeting", meeting.id, {"tab": "papers"})
    going_on = reading_held(monkeypatch)
    before: Any = desktop.window
    drop(before.current, paper)
    if how == "another workspace":
        desktop.open(other)
        qtbot.waitUntil(lambda: desktop.workspace._coming is not None)
    else:
        desktop.entrance.ask_new()
        press(qtbot, before, "Leave the set-up")
    settle()
    assert desktop.window is before, "it has not heard yet how it went"
    going_on.set()
    qtbot.waitUntil(lambda: desktop.window is not before and desktop.window.current is not None)
    assert (desktop._hub.database.path == other) is (how == "another workspace")
    with Database(path, lock=False) as database, database.read() as session:
        assert [one.attachment.name for one in papers.papers(session, meeting.id)] == ["Data sheet.pdf"]


def small_pdf(folder: Path) -> Path:
    """A page of a PDF, upright."""
    import pypdfium2

    made = folder / "agenda.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 600)
    document.save(made)
    document.close()
    return made


def test_a_paper_shows_its_first_page_and_a_damaged_one_none(page: MeetingPage, tmp_path: Path, qtbot: QtBot) -> None:
    drop(page, small_pdf(tmp_path))
    qtbot.waitUntil(lambda: bool(kept(page)))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.papers.findChildren(PaperLook)))
    (shown,) = page.papers.findChildren(PaperLook)
    assert shown.pixmap().deviceIndependentSize().toSize() == QSize(90, 180)
    assert shown.accessibleName() == "Small picture of agenda.pdf"
    for name, data in (("torn.pdf", b"%PDF-1.7 torn"), ("torn.png", b"no picture")):
        assert first_look({name: data}.__getitem__, name, mimetypes.guess_type(name)[0] or "", QSize(9, 9)).isNull()
    assert first_look({}.__getitem__, "gone", "image/png", QSize(9, 9)).isNull()


def test_an_item_of_the_agenda_names_its_papers_and_leads_to_them(
    page: MeetingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "budget.txt").write_text("Budget", encoding="utf-8")
    drop(page, tmp_path / "budget.txt")
    qtbot.waitUntil(lambda: bool(kept(page)))
    key = page.current()
    assert key is not None
    item = page.hub.read(agendas.agenda, key)[1]
    page.hub.step("For item 2", papers.assign, kept(page)[0].attachment.id, key, item.id)
    page.open_record(key, {"tab": "agenda"})
    page.desk.wishes.went.connect(lambda _page, asked, options: page.open_record(asked, options))
    page.agenda.table.select(item.id)
    press(qtbot, page.agenda, "budget.txt")
    assert page.papers.isVisible()
    assert page.papers.table.current_id() == kept(page)[0].attachment.id
