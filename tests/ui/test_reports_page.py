"""Reports: the pages shown are the document's, saved byte for byte, issued and kept, signed off by the right person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import HeldJobs, press, show
from tests.ui.walking import settle
from unnm_desktop import reports
from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import ReportState
from unnm_desktop.db.people import Office, OfficeKind, Person
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import language_for
from unnm_desktop.services import issued, progress_reports, records
from unnm_desktop.ui import preview
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.preview import Paper
from unnm_desktop.ui.report_life import SECTION
from unnm_desktop.ui.report_wish import Wish
from unnm_desktop.ui.reports import ReportsPage

PERIOD = "2026-H1"


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[ReportsPage]:
    secretariat.open_in(desk, bahrain)
    secretariat.plan(desk)
    made = ReportsPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def go(page: ReportsPage, kind: str, **options: object) -> None:
    page.open_record(None, {"kind": kind, **options})
    page.make_fresh()


def data(page: ReportsPage) -> bytes:
    """What goes out of what is shown: the same pages, packed."""
    assert page.preview.paper is not None
    return reports.packed(page.preview.paper.data)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    finally:
        document.close()


def fresh(page: ReportsPage) -> bytes:
    """The document made once more, without the page."""
    wish = page.wish

    def make(session: Any) -> bytes:
        request = reports.request_for(
            session, wish.kind, network_id=page.desk.network_id, on=page.desk.today(),
            language=language_for(wish.code, paper=True), period=wish.period, meeting=wish.meeting, year=wish.year,
        )  # fmt: skip
        return reports.as_bytes(reports.make(session, wish.kind, request))

    return page.hub.read(make)


def reporting_chair(desk: Desk) -> None:
    someone = desk.hub.read(records.all_of, Person)[0]
    desk.hub.step(
        "Name", records.create, Office, network_id=desk.network_id, kind=OfficeKind.REPORTING_CHAIR,
        organisation_id=someone.organisation_id, person_id=someone.id,
    )  # fmt: skip


@pytest.mark.parametrize("kind", sorted(reports.REPORTS))
def test_every_document_shows_as_many_pages_as_it_has(page: ReportsPage, kind: str) -> None:
    go(page, kind)
    document = pypdfium2.PdfDocument(fresh(page))
    assert page.preview.paper is not None
    assert len(page.preview.paper.sizes) == len(document)
    assert page.list.currentItem().data(Qt.ItemDataRole.UserRole) == kind
    document.close()


def test_a_click_in_the_list_shows_another_document(page: ReportsPage, qtbot: QtBot) -> None:
    row = list(reports.REPORTS).index("directory")
    rect = page.list.visualItemRect(page.list.item(row))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert page.wish.kind == "directory"
    assert "Amina Haddad" in text_of(data(page))


def test_the_pages_in_sight_are_drawn(page: ReportsPage, qtbot: QtBot) -> None:
    go(page, "directory")
    qtbot.waitUntil(lambda: page.preview._views[0].image is not None)
    assert page.pages.page_line.text().startswith("Page 1 of")


def test_pages_far_from_sight_let_go_of_their_pixels(page: ReportsPage, qtbot: QtBot) -> None:
    go(page, "progress-report")
    views = page.preview._views
    assert len(views) > 8
    qtbot.waitUntil(lambda: views[0].image is not None)
    page.preview.go_to_page(len(views) - 1)
    qtbot.waitUntil(lambda: views[-1].image is not None)
    assert views[0].image is None
    page.preview.go_to_page(0)
    qtbot.waitUntil(lambda: views[0].image is not None)


def test_pages_that_nobody_sees_let_go_of_their_pixels_and_are_drawn_again(
    page: ReportsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "OUT_OF_SIGHT", 0)
    go(page, "directory")
    [first, *_] = page.preview._views
    qtbot.waitUntil(lambda: first.image is not None)
    page.hide()
    qtbot.waitUntil(lambda: first.image is None)
    page.show()
    qtbot.waitUntil(lambda: first.image is not None)


def test_words_are_found_in_the_pages_and_walked_through(page: ReportsPage, qtbot: QtBot) -> None:
    go(page, "directory")
    wanted = text_of(data(page)).casefold().count("network")
    assert wanted > 1
    page.pages.find_words()
    line = page.pages.find_line
    assert line.isVisible()
    qtbot.keyClicks(line.box, "Network")
    qtbot.waitUntil(lambda: line.told.text() == f"1 of {wanted}")
    qtbot.keyClick(line.box, Qt.Key.Key_Return)
    assert line.told.text() == f"2 of {wanted}"
    qtbot.keyClick(line.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(line.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert line.told.text() == f"{wanted} of {wanted}"
    line.box.setText("nowhere in it")
    qtbot.waitUntil(lambda: line.told.text() == "Not found")
    qtbot.keyClick(line.box, Qt.Key.Key_Escape)
    assert not line.isVisible()


def test_arabic_words_are_found_in_the_pages_too(page: ReportsPage, qtbot: QtBot) -> None:
    go(page, "directory")
    page._save("code", "ar")
    page.pages.find_words()
    page.pages.find_line.box.setText("البحرين")
    qtbot.waitUntil(lambda: page.pages.find_line.told.text().startswith("1 of"))


def test_the_language_of_the_document_is_its_own(page: ReportsPage) -> None:
    go(page, "directory")
    english = data(page)
    field = page.options.field("code")
    field.combo.setCurrentIndex(1)  # type: ignore[attr-defined]  # a choice
    field.combo.activated.emit(1)  # type: ignore[attr-defined]  # a choice
    assert page.wish.code == "ar"
    assert data(page) != english
    assert data(page) == fresh(page)


def test_saving_writes_the_pages_that_are_shown(page: ReportsPage, answers: Answers, tmp_path: Path) -> None:
    go(page, "decisions")
    path = tmp_path / "decisions.pdf"
    answers.give("save_file", path)
    page.save_as()
    assert path.read_bytes() == data(page) == fresh(page)
    assert [one.name for one in tmp_path.glob(".*.part")] == []


def test_a_file_is_named_for_what_the_document_is_about(page: ReportsPage, answers: Answers) -> None:
    answers.give("save_file", None, None, None)
    for kind, chosen in (("progress-report", {"period": PERIOD}), ("directory", {}), ("workplan", {})):
        go(page, kind, **chosen)
        page.save_as()
    names = [args[1] for question, args in answers.asked if question == "save_file"]
    # The period of the report chosen before is no part of the others' names.
    assert names == [
        f"progress-report-BHR-{PERIOD}-en.pdf",
        f"directory-BHR-{page.desk.today().isoformat()}-en.pdf",
        f"workplan-BHR-{page.desk.today().year}-en.pdf",
    ]


def test_a_workplan_is_previewed_of_the_year_it_was_asked_for(page: ReportsPage) -> None:
    this_year = page.desk.today().year
    for year in (this_year + 1, this_year):
        go(page, "workplan", year=year)
        assert page.wish.year == year
        assert page.options.field("year").get() == year
        assert str(year) in text_of(data(page))


def test_a_folder_that_takes_no_file_says_so(page: ReportsPage, answers: Answers, tmp_path: Path) -> None:
    go(page, "decisions")
    answers.give("save_file", tmp_path / "nowhere" / "decisions.pdf")
    page.save_as()
    assert "cannot be written" in page.bar.message()


def test_what_is_issued_keeps_its_bytes_and_can_be_shown_again(
    page: ReportsPage, desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    go(page, "directory")
    page.issue()
    kept = desk.hub.read(issued.issued_for, desk.network_id, "directory")
    assert [one.version for one in kept] == [1]
    assert bahrain.blobs.get(kept[0].sha256) == data(page)
    before = data(page)
    someone = desk.hub.read(records.all_of, Person)[0]
    desk.hub.step("Change", records.update, Person, someone.id, name_en="Somebody Else")
    page.make_fresh()
    assert data(page) != before
    press(qtbot, page.options, "Version 1, English")
    assert data(page) == before
    assert not page._may_issue()


def test_the_sign_off_needs_a_reporting_chair_and_says_so(page: ReportsPage, desk: Desk, qtbot: QtBot) -> None:
    go(page, progress_reports.KIND, period=PERIOD)
    press(qtbot, page.options, "Reporting chair signs off")
    assert "reporting chair" in page.bar.message().lower()
    # A refused sign-off leaves no report begun behind.
    assert desk.hub.read(progress_reports.report_for, desk.network_id, PERIOD) is None
    reporting_chair(desk)
    page.make_fresh()
    press(qtbot, page.options, "Reporting chair signs off")
    report = desk.hub.read(progress_reports.report_for, desk.network_id, PERIOD)
    assert report is not None
    assert report.state is ReportState.SIGNED_OFF
    page.make_fresh()
    press(qtbot, page.options, "Note as submitted")
    report = desk.hub.read(progress_reports.report_for, desk.network_id, PERIOD)
    assert report is not None
    assert report.state is ReportState.SUBMITTED


def test_the_officers_words_are_kept_and_printed(page: ReportsPage, desk: Desk, qtbot: QtBot) -> None:
    go(page, progress_reports.KIND, period=PERIOD)
    field = page.options.field("section:summary")
    box = field.findChild(QPlainTextEdit)
    assert box is not None
    drafted = field.get()
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "A quiet half-year with much preparation.")
    assert field.commit()
    page.make_fresh()
    assert "A quiet half-year with much preparation." in " ".join(text_of(data(page)).split())
    # Emptied, the program's draft stands again.
    field = page.options.field("section:summary")
    box = field.findChild(QPlainTextEdit)
    assert box is not None
    box.setPlainText("")
    assert field.commit()
    page.make_fresh()
    assert page.options.field("section:summary").get() == drafted


def test_zoom_and_the_place_of_the_reader(page: ReportsPage, qtbot: QtBot) -> None:
    go(page, progress_reports.KIND, period=PERIOD)
    width = page.preview._views[0].width()
    page.preview.zoom_by(1)
    assert page.preview._views[0].width() > width
    page.preview.zoom_by(0)
    # Upright pages are as wide as the table that lies across.
    paper = page.preview.paper
    assert paper is not None
    assert len({size[0] for size in paper.sizes}) > 1
    assert {view.width() for view in page.preview._views} == {width}
    qtbot.waitUntil(lambda: page.preview.verticalScrollBar().maximum() > 100)
    page.preview.verticalScrollBar().setValue(100)
    page.refresh()
    qtbot.wait(50)
    assert page.preview.verticalScrollBar().value() == 100


def test_what_cannot_be_made_says_why(page: ReportsPage) -> None:
    go(page, "directory")
    page._failed(UserError("There is nothing to print."))
    assert page.preview.paper is None
    assert "There is nothing to print." in [one.text() for one in page.preview.findChildren(QLabel)]
    assert not page._may_issue()


def test_pages_of_a_document_left_meanwhile_are_dropped(page: ReportsPage) -> None:
    go(page, "directory")
    shown = data(page)
    page._take_paper((Wish("decisions", "en"), Paper(b"", ((100, 100),))))
    assert data(page) == shown


def test_older_pages_of_the_same_document_do_not_come_over_newer_ones(page: ReportsPage, desk: Desk) -> None:
    go(page, "directory")
    held = desk.jobs = HeldJobs(page)
    page.refresh()
    held.answer_late()
    someone = desk.hub.read(records.all_of, Person)[0]
    desk.hub.step("Rename", records.update, Person, someone.id, name_en="Marzipan Haddad")
    page.make_fresh()
    held.answer()
    settle()
    assert "Marzipan" in text_of(data(page))


def test_compliance_and_members_are_printed_for_any_day(page: ReportsPage, qtbot: QtBot) -> None:
    go(page, "compliance", on=date(2026, 2, 1))
    assert "1 February 2026" in text_of(data(page))
    field = page.options.field("on")
    line = field.findChild(QLineEdit)
    assert line is not None
    assert line.text() == "Sun 1 Feb 2026"
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "2026-03-01")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "1 March 2026" in text_of(data(page))
    # Another document begins with today.
    go(page, "directory")
    assert page.options.field("on").get() == page.desk.today()


def test_another_document_asked_for_at_once_comes_without_a_word_of_trouble(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    secretariat.open_in(desk, bahrain)
    secretariat.plan(desk)
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.open_record(None, {"kind": progress_reports.KIND})
    page.refresh()
    # The words of the report wait for a turn of their own.
    page.open_record(None, {"kind": "workplan"})
    page.complete()
    page.make_fresh()
    assert page.wish.kind == "workplan"
    assert not page.bar.message()


def test_the_words_of_a_report_that_is_no_longer_asked_for_are_not_shown(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    secretariat.open_in(desk, bahrain)
    secretariat.plan(desk)
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    held = desk.jobs = HeldJobs(page)
    page.refresh()
    page.life.begin()
    held.answer_late()
    page.open_record(None, {"kind": "workplan"})
    settle()
    assert not _words(page)
    page.open_record(None, {"kind": progress_reports.KIND})
    page.make_fresh()
    page.life.begin()
    held.answer()
    page.complete()
    assert len(_words(page)) == len(progress_reports.SECTIONS)
    assert not page.bar.message()


def test_words_that_come_for_a_window_that_was_replaced_are_dropped(desk: Desk, bahrain: Database) -> None:
    secretariat.open_in(desk, bahrain)
    secretariat.plan(desk)
    page = ReportsPage(desk)
    held = desk.jobs = HeldJobs(QApplication.instance())
    page.refresh()
    page.life.begin()
    held.answer_late()
    delete(page)
    settle()


def _words(page: ReportsPage) -> list[str]:
    return [field.name for field in page.options.fields if field.name.startswith(SECTION)]
