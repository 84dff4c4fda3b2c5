"""Lists: pages of rows, selection by id, sorting, groups, both directions, a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from time import thread_time
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.demo import GroupedMemorySource, MemorySource
from tests.ui.hands import row_point
from unnm_desktop.db import Organisation
from unnm_desktop.db.engine import Database
from unnm_desktop.services import records
from unnm_desktop.services.listings import LISTINGS
from unnm_desktop.ui.cells import CellDelegate, IdRole
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import Jobs
from unnm_desktop.ui.letters import cut_mark, initials, shorter
from unnm_desktop.ui.listing_model import IN_SIGHT, ListingModel
from unnm_desktop.ui.listing_source import source_of
from unnm_desktop.ui.network_names import network_names
from unnm_desktop.ui.table import RecordsTable


def table(desk: Desk, qtbot: QtBot, source: Any = None) -> RecordsTable:
    made = RecordsTable(desk, "Members")
    qtbot.addWidget(made)
    made.show_source(source or MemorySource())
    made.reload()
    made.resize(900, 500)
    made.show()
    return made


class Painted(QObject):
    """How often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_the_model_keeps_the_rules_of_models(desk: Desk) -> None:
    for source in (MemorySource(250), GroupedMemorySource(250), MemorySource(0)):
        model = ListingModel(desk, source)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.load()
        model.sort(0, Qt.SortOrder.DescendingOrder)
        assert model.count == source.count


def test_a_row_that_is_gone_to_stands_alone_while_control_is_still_held(desk: Desk, qtbot: QtBot) -> None:
    """Ctrl+Enter in a dialog makes a record, and its row is gone to before Ctrl is let go."""
    shown, selected = table(desk, qtbot), []
    shown.current_changed.connect(lambda _id: selected.append(shown.selected_count()))
    shown.select_first()
    QTest.keyPress(shown.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
    second = shown.listing.id_at(1)
    shown.select(second)
    QTest.keyRelease(shown.windowHandle(), Qt.Key.Key_Control)
    assert selected == [1, 1]
    assert shown.selected_ids() == [second]


@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_a_record_is_selected_in_both_directions(make_desk: Callable[..., Desk], qtbot: QtBot, rtl: bool) -> None:
    shown = table(make_desk(rtl=rtl), qtbot)
    with qtbot.waitSignal(shown.current_changed) as signal:
        assert shown.select(UUID(int=7))
    assert signal.args == [UUID(int=7)]
    assert shown.selected_ids() == [UUID(int=7)]
    assert len(shown.selectionModel().selectedRows()) == 1


@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_a_click_selects_the_row_under_it(make_desk: Callable[..., Desk], qtbot: QtBot, rtl: bool) -> None:
    shown = table(make_desk(rtl=rtl), qtbot)
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=row_point(shown, UUID(int=3)))
    assert shown.current_id() == UUID(int=3)


def test_selection_survives_a_reload_and_a_filter_that_keeps_it(desk: Desk, qtbot: QtBot) -> None:
    source = MemorySource()
    shown = table(desk, qtbot, source)
    shown.select(UUID(int=7))
    shown.reload()
    assert shown.selected_ids() == [UUID(int=7)]
    assert shown.currentIndex().row() == 6
    assert [index.row() for index in shown.selectionModel().selectedRows()] == [6]
    shown.filter("world", "")
    assert shown.selected_ids() == [UUID(int=7)]
    assert [index.row() for index in shown.selectionModel().selectedRows()] == [0]
    assert shown.currentIndex().row() == 0
    with qtbot.waitSignal(shown.current_changed) as signal:
        shown.filter("undp", "")
    assert signal.args == [None]


def test_a_header_click_sorts_and_keeps_the_record(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot)
    shown.select(UUID(int=7))
    header = shown.horizontalHeader()
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 15))
    names = [shown.model().index(row, 0).data() for row in range(12)]
    assert names == sorted(names)
    assert shown.current_id() == UUID(int=7)


def test_group_titles_are_stepped_over_and_never_records(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot, GroupedMemorySource())
    titles = [title for _, title in shown.listing.heads]
    assert titles == ["Co-Chair", "Member", "By invitation"]
    assert shown.model().index(0, 0).data(IdRole) is None
    shown.select_first()
    assert shown.current_id() == UUID(int=1)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert shown.current_id() == UUID(int=3)
    qtbot.keyClick(shown, Qt.Key.Key_Up)
    assert shown.current_id() == UUID(int=2)
    for number in range(1, 13):
        assert shown.listing.id_at(shown.listing.row_of(UUID(int=number))) == UUID(int=number)


def test_the_current_row_stays_in_sight_when_the_table_becomes_smaller(desk: Desk, qtbot: QtBot) -> None:
    view = table(desk, qtbot, MemorySource())
    view.select(view.listing.id_at(view.rowAt(view.viewport().height() - 60)))
    view.resize(900, 300)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    view.scrollToTop()
    view.resize(900, 250)
    # One that the officer has scrolled away from is left where it is.
    assert view.verticalScrollBar().value() == 0


def test_home_and_end_go_to_the_first_and_the_last_record(desk: Desk, qtbot: QtBot) -> None:
    for source in (MemorySource(), GroupedMemorySource()):
        view = table(desk, qtbot, source)
        rows = [row for row in range(view.listing.rowCount()) if view.listing.id_at(row)]
        view.select(view.listing.id_at(rows[3]))
        qtbot.keyClick(view, Qt.Key.Key_Home)
        assert view.currentIndex().row() == rows[0]
        qtbot.keyClick(view, Qt.Key.Key_End)
        assert view.currentIndex().row() == rows[-1]
        qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
        assert len(view.selected_ids()) == len(rows)


@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_a_row_is_marked_from_end_to_end_and_a_title_is_never_cut(
    make_desk: Callable[..., Desk], qtbot: QtBot, rtl: bool
) -> None:
    desk = make_desk(rtl=rtl)
    shown = table(desk, qtbot, GroupedMemorySource())
    shown.activateWindow()
    shown.setFocus()
    shown.select(UUID(int=3))
    qtbot.waitUntil(shown.hasFocus)
    picture = shown.viewport().grab().toImage()

    def colours(row: int, below: int) -> set[str]:
        top = shown.rowViewportPosition(row) + below
        return {picture.pixelColor(x, top).name() for x in range(picture.width())}

    marked, title = shown.listing.row_of(UUID(int=3)), shown.listing.heads[0][0]
    assert colours(marked, 0) == {desk.look.colour("ring").name()}
    assert colours(marked, 4) >= {desk.look.colour("selection").name()}
    assert desk.look.colour("surface").name() not in colours(marked, 4)
    assert colours(title, 2) == {desk.look.colour("sunken").name()}
    assert desk.look.colour("selection").name() not in colours(marked + 1, 4)


def test_rows_that_bring_or_take_the_scroll_bar_are_painted_once(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot, MemorySource(60))
    qtbot.waitExposed(shown)
    qtbot.waitUntil(shown.verticalScrollBar().isVisible)
    painted = Painted(shown)
    for words in ("undp", ""):
        shown.filter(words, "")
        shown.listing.complete()
        assert shown.verticalScrollBar().isVisible() is not bool(words)
        painted.count = 0
        shown.viewport().installEventFilter(painted)
        QApplication.processEvents()
        QApplication.processEvents()
        shown.viewport().removeEventFilter(painted)
        assert painted.count == 1


def test_only_the_rows_shown_are_read(desk: Desk, qtbot: QtBot) -> None:
    source = MemorySource(100_000)
    shown = table(desk, qtbot, source)
    qtbot.waitExposed(shown)
    shown.repaint()
    assert source.reads <= 2
    began = thread_time()
    shown.scrollToBottom()
    shown.repaint()
    assert thread_time() - began < 2
    assert source.reads <= 4


def test_the_first_page_shows_before_the_rest_is_known(desk: Desk, qtbot: QtBot) -> None:
    class Early(MemorySource):
        def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> list[UUID]:
            return list(self.ids(text, choice, sort, descending))[:count]

    model = ListingModel(desk, Early(1000))
    model.load()
    assert model.count == IN_SIGHT
    with qtbot.waitSignal(model.loaded):
        pass
    assert model.count == 1000


def test_a_question_that_takes_long_leaves_the_old_rows_until_it_is_answered(desk: Desk, qtbot: QtBot) -> None:
    class Slow(MemorySource):
        def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> list[UUID] | None:
            return None if sort else list(self.ids(text, choice, sort, descending))[:count]

    model = ListingModel(desk, Slow(6000))
    model.load()
    with qtbot.waitSignal(model.loaded):
        pass
    before = model.id_at(0)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert (model.count, model.id_at(0)) == (6000, before)
    with qtbot.waitSignal(model.loaded):
        pass
    assert model.count == 6000
    assert model.id_at(0) != before


def test_a_long_list_read_again_stays_where_the_officer_was(desk: Desk, qtbot: QtBot) -> None:
    class Early(MemorySource):
        def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> list[UUID]:
            return list(self.ids(text, choice, sort, descending))[:count]

    shown = table(desk, qtbot, Early(6000))
    shown.listing.complete()
    shown.select(UUID(int=3000))
    place = shown.verticalScrollBar().value()
    assert place > 0
    with qtbot.waitSignal(shown.listing.loaded):
        shown.reload()
    assert shown.verticalScrollBar().value() == place
    assert shown.current_id() == UUID(int=3000)


def test_a_new_question_ends_the_reading_for_the_old_one(
    make_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Read(MemorySource):
        stopped = 0
        going_on = Event()

        def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> list[UUID]:
            return list(MemorySource.ids(self, text, choice, sort, descending))[:count]

        def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
            if not text:
                self.going_on.wait(patience.SECONDS)
            return super().ids(text, choice, sort, descending)

        def stop(self) -> None:
            self.stopped += 1
            self.going_on.set()

    desk = make_desk()
    jobs = Jobs()
    monkeypatch.setattr(desk, "jobs", jobs)
    source = Read(1000)
    model = ListingModel(desk, source)
    model.load()
    qtbot.waitUntil(lambda: model._job is not None)
    model.text = "i"
    with qtbot.waitSignal(model.loaded):
        model.load()
    assert source.stopped == 1
    assert list(model._ids) == list(source.ids("i", "", "", False))
    jobs.cancel_all()


def test_a_whole_selection_is_known_by_id(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert shown.selected_ids() == [UUID(int=n) for n in range(1, 13)]
    shown.selectionModel().select(shown.model().index(0, 0), QItemSelectionModel.SelectionFlag.Clear)
    assert shown.selected_ids() == []


def test_cells_say_their_column_to_screen_readers(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert shown.model().index(3, 2).data(role) == "Alternate: No alternate"
    assert shown.model().index(3, 4).data(role) == "Last 6 meetings: present, absent, …"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("IOM", "IO"),
        ("UNDP", "DP"),
        ("UN Women", "WO"),
        ("World Health Organization", "WH"),
        ("جامعة البحرين", "ج"),
        ("", ""),
    ],
)
def test_initials_tell_members_apart(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_cut_text_keeps_its_dots_at_its_own_end(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot)
    delegate = shown.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    cut = delegate.elide("Labour Market Regulatory Authority", delegate.plain, 90)
    assert cut.endswith("…" + cut_mark("L"))
    assert cut_mark("ه") == "\u200f"


def test_a_long_text_takes_two_lines_where_rows_have_room(desk: Desk, qtbot: QtBot) -> None:
    shown = table(desk, qtbot)
    delegate = shown.delegate
    words = "Labour Market Regulatory Authority of the Kingdom of Bahrain"
    width = 220
    first, second = delegate.lines(words, width, delegate.plain, 2)
    assert f"{first} {second}" == words
    assert delegate.elide(first, delegate.plain, width) == first
    assert len(delegate.lines(words, 120, delegate.plain, 3)) == 3
    assert delegate.lines("IOM", width, delegate.plain, 2) == ("IOM",)
    endless = "Onewordthatislongerthananycolumncouldeverbe"
    assert delegate.lines(endless, 40, delegate.plain, 2) == (endless,)


def test_names_that_begin_alike_are_told_apart_where_there_is_little_room() -> None:
    def fits(name: str) -> bool:
        return len(name) <= 24

    assert shorter("مفوضية الأمم المتحدة لشؤون اللاجئين", fits) == "مفوضية … لشؤون اللاجئين"
    assert shorter("Office of the United Nations High Commissioner for Refugees", fits) == "Office … for Refugees"
    assert shorter("United Nations Development Programme", fits) == "UN Development Programme"
    assert shorter("Ministry of Labour", fits) == "Ministry of Labour"


def test_an_answer_that_comes_after_the_workspace_was_closed_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    class Late(GroupedMemorySource):
        def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> None:
            """All of it is work for another thread."""

        def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
            desk.hub.close()
            return super().ids(text, choice, sort, descending)

        def groups(self, ids: Sequence[UUID]) -> Sequence[str]:
            desk.hub.database  # noqa: B018 - raises where none is open, as reading from it would
            return super().groups(ids)

    model = ListingModel(desk, Late(20))
    with qtbot.waitSignal(desk.jobs.started):
        model.load()
    assert model.count == 0


def test_a_word_is_found_among_what_was_read_and_in_what_came_since(desk: Desk, bahrain: Database) -> None:
    desk.hub.open(bahrain)
    desk.networks = network_names(desk)
    desk.network = desk.networks[0]
    source, other = (source_of(desk, LISTINGS["organisations"]) for _ in range(2))
    every = source.ids("", "", "", False)
    assert len(every) > 1
    for words in ("united", "migration nations", "nobody says this"):
        found = source.first_ids(words, "", "", False, 50)
        assert found == other.first_ids(words, "", "", False, 50)
        assert source.ids(words, "", "", False) == other.ids(words, "", "", False) == found
    made = desk.hub.step("Add", records.create, Organisation, name_en="Quarry workers united")
    assert source.first_ids("quarry", "", "", False, 50) == [made.id]
    desk.hub.step("Remove", records.remove, Organisation, made.id)
    assert source.first_ids("quarry", "", "", False, 50) == []
