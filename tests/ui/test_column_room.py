"""Where there is little room the least important columns are left out, never the record, its state or its day."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFontMetrics
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.demo import DemoPage, MemorySource, ReadyHub
from tests.ui.walking import settle
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import Language
from unnm_desktop.services.action_list import ACTIONS
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.cells import PAD
from unnm_desktop.ui.column_room import Want, left_out, shared
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.listing_source import Heading, Layout, source_of
from unnm_desktop.ui.table import RecordsTable

FIRST = UUID(int=1)


class RankedSource(MemorySource):
    """The members with what matters less."""

    tall = True
    words = ""
    enough = 230
    fitted: tuple[str, ...] = ()
    columns = (
        Heading("name", "Organisation", "start", 200, "stretch", least=150),
        Heading("focal", "Focal point", "start", 116, "text", 1),
        Heading("alternate", "Alternate", "start", 124, "text", 2),
        Heading("type", "Type", "start", 110, "text"),
        Heading("seen", "Last 6 meetings", "start", 116, "text", 3, least=50, short="Last 6"),
        Heading("open", "Open", "end", 60, "number", 4),
    )

    def row(self, n: int) -> tuple[Cell, ...]:
        name, *others = super().row(n)
        return (Cell(name.text, second="of the UN"), *others)


class AcronymSource(RankedSource):
    """A task of an organisation with its person, as an Arabic list tells it."""

    columns = (
        Heading("task", "Task", "start", 280, "stretch", least=280),
        Heading("by", "By", "start", 120, "text", 1),
    )

    def row(self, n: int) -> tuple[Cell, ...]:
        return (Cell("جمع", second="KWT/2026/A01"), Cell("ILO (رانيا)"))


class RankedPage(DemoPage):
    """A page of them."""

    def source(self) -> RankedSource:
        if self.rows is None:
            self.rows = RankedSource()
        return self.rows  # type: ignore[no-any-return]


@pytest.fixture(params=[False, True], ids=["ltr", "rtl"])
def desk_of(request: pytest.FixtureRequest, make_desk: Callable[..., Desk]) -> Callable[[], Desk]:
    def made() -> Desk:
        desk = make_desk(rtl=request.param)
        desk.hub.open(ReadyHub())  # type: ignore[arg-type]
        return desk

    return made


@pytest.fixture
def table(desk_of: Callable[[], Desk], qtbot: QtBot) -> RecordsTable:
    made = RecordsTable(desk_of(), "Members")
    qtbot.addWidget(made)
    made.show_source(RankedSource(count=3))
    made.listing.load()
    made.show()
    return made


def shown(table: RecordsTable) -> list[str]:
    heads = table.listing.source.columns
    return [head.name for number, head in enumerate(heads) if not table.isColumnHidden(number)]


def scrolls(table: RecordsTable) -> bool:
    return table.horizontalScrollBar().maximum() > 0


def test_what_matters_least_goes_first_and_comes_back(table: RecordsTable, qtbot: QtBot) -> None:
    seen = []
    for width in (900, 520, 440, 380, 300, 900):
        table.resize(width, 300)
        qtbot.waitUntil(lambda: not scrolls(table))
        seen.append(shown(table))
    assert seen[0] == seen[-1] == ["name", "focal", "alternate", "type", "seen", "open"]
    assert seen[1:5] == [
        ["name", "focal", "alternate", "type", "seen"],
        ["name", "focal", "alternate", "type"],
        ["name", "focal", "type"],
        ["name", "type"],
    ]


def test_a_record_with_little_room_across_gets_a_third_line(table: RecordsTable) -> None:
    look = table.desk.look
    table.resize(1100, 300)
    assert table.columnWidth(0) >= RankedSource.enough
    assert (table.delegate.deep, table.rowHeight(0)) == (2, look.tall_row)
    table.resize(440, 300)
    assert table.columnWidth(0) < RankedSource.enough
    assert (table.delegate.deep, table.rowHeight(0)) == (3, look.high_row)


class Layouts(QObject):
    """Counts how often a table is given another size."""

    def __init__(self, table: RecordsTable) -> None:
        super().__init__(table)
        self.seen = 0
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Resize
        return False


@pytest.mark.parametrize("enough", [160, 170, 190])
def test_a_line_more_that_brings_the_scroll_bar_leaves_the_table_in_peace(
    table: RecordsTable, enough: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Beside the bar one column less has room, and the title more than without the bar.
    monkeypatch.setattr(RankedSource, "enough", enough)
    look = table.desk.look
    layouts = Layouts(table)
    # So high that all rows have room, and with a line more they have not.
    height = table.horizontalHeader().height() + 3 * look.tall_row + 6
    restless = []
    for width in range(300, 620, 2):
        table.resize(width, height)
        settle()
        layouts.seen = 0
        settle()
        restless += [width] * bool(layouts.seen)
    assert restless == []


def test_what_is_left_out_is_read_out_and_stands_under_the_title(table: RecordsTable) -> None:
    table.resize(300, 300)
    listing = table.listing
    told = listing.index(listing.row_of(FIRST), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{table.desk.tr('Focal point')}: Amina Haddad" in told
    assert f"{table.desk.tr('Open')}: 3" in told
    tip = listing.index(listing.row_of(FIRST), 0).data(Qt.ItemDataRole.ToolTipRole)
    assert f"{table.desk.tr('Focal point')}: Amina Haddad" in tip, "the line under it may be cut"
    cell = listing.cell_at(0, 0)
    assert cell is not None
    under = listing.under(0, 0, cell)
    plain = "".join(letter for letter in under if letter not in "\u200f\u2066\u2067\u2068\u2069")
    assert plain == "of the UN · Amina Haddad · Luis Ortega"
    table.resize(900, 300)
    assert listing.under(0, 0, cell) == "of the UN"


def test_in_arabic_an_acronym_before_a_name_runs_with_the_line(desk_of: Callable[[], Desk], qtbot: QtBot) -> None:
    made = RecordsTable(desk_of(), "Actions")
    qtbot.addWidget(made)
    made.show_source(AcronymSource(count=1))
    made.listing.load()
    made.resize(300, 300)
    made.show()
    cell = made.listing.cell_at(0, 0)
    assert cell is not None
    if made.desk.look.rtl:
        # The mark keeps the order in a line that breaks after the acronym.
        assert made.listing.under(0, 0, cell) == "\u2066KWT/2026/A01\u2069 \u200f· ILO (رانيا)"
    else:
        assert made.listing.under(0, 0, cell) == "KWT/2026/A01 · ILO (رانيا)"


def test_a_heading_without_room_is_short_and_says_its_whole_as_a_tip(table: RecordsTable) -> None:
    def heading(role: Qt.ItemDataRole) -> object:
        return table.listing.headerData(4, Qt.Orientation.Horizontal, role)

    table.resize(1100, 300)
    assert heading(Qt.ItemDataRole.DisplayRole) == table.desk.tr("Last 6 meetings")
    table.resize(520, 300)
    assert heading(Qt.ItemDataRole.DisplayRole) == "Last 6"
    assert heading(Qt.ItemDataRole.ToolTipRole) == table.desk.tr("Last 6 meetings")


def test_what_she_brings_back_stays_tomorrow(desk_of: Callable[[], Desk], qtbot: QtBot) -> None:
    def page_of() -> RankedPage:
        page = RankedPage(desk_of())
        qtbot.addWidget(page)
        page.table.setFixedWidth(300)
        page.show()
        return page

    page = page_of()
    before = shown(page.table)
    assert "alternate" not in before
    assert "alternate" not in page.columns.hidden()
    title = page.desk.tr("Alternate")
    action: QAction = next(one for one in page.columns.menu().actions() if one.text() == title)
    assert not action.isChecked()
    action.trigger()
    assert set(shown(page.table)) == {*before, "alternate"}
    page.close()
    again = page_of()
    assert "alternate" in shown(again.table)


def test_a_width_that_she_draws_stays(table: RecordsTable, qtbot: QtBot) -> None:
    table.resize(900, 300)
    table.horizontalHeader().resizeSection(1, 180)
    table.resize(700, 300)
    assert table.columnWidth(1) == 180
    qtbot.waitUntil(lambda: not scrolls(table))


def test_room_is_given_to_all_before_one_takes_the_rest() -> None:
    wants = [Want(200, 100), Want(100, 60, 1), Want(80, 80)]
    assert shared(wants, 0, 500) == [320, 100, 80]
    assert shared(wants, 0, 240) == [100, 60, 80]
    assert sum(shared(wants, 0, 300)) == 300
    assert left_out(wants, 239) == {1}
    assert left_out(wants, 10) == {1}


def test_states_have_their_width_before_longer_words_have_more() -> None:
    wants = [Want(200, 100), Want(160, 80, 1), Want(120, 70)]
    assert shared(wants, 0, 300) == [100, 80, 120]
    assert sum(shared(wants, 0, 400)) == 400


def test_names_get_a_second_line_where_their_column_has_no_room(table: RecordsTable) -> None:
    source = RankedSource(count=3)
    source.tall, source.words, source.enough = False, "focal", 100
    table.show_source(source)
    table.listing.load()
    look = table.desk.look
    table.resize(1100, 300)
    assert (table.delegate.deep, table.rowHeight(0)) == (1, look.row)
    table.resize(480, 300)
    assert table.columnWidth(1) < source.enough
    assert (table.delegate.deep, table.rowHeight(0)) == (2, look.tall_row)


def test_what_stays_is_pinched_before_the_table_scrolls() -> None:
    wants = [Want(200, 150, 0, 110), Want(100, 100, 0, 80)]
    assert shared(wants, 0, 220) == [130, 90]
    assert shared(wants, 0, 100) == [110, 80]


def test_names_have_one_line_before_the_column_that_matters_least(table: RecordsTable, qtbot: QtBot) -> None:
    source = RankedSource(count=3)
    source.tall, source.fitted = False, ("focal", "alternate")
    table.show_source(source)
    table.listing.load()
    look, natural = table.desk.look, table.delegate.natural
    seen = []
    for width in range(900, 420, -4):
        table.resize(width, 300)
        qtbot.waitUntil(lambda: not scrolls(table))
        cells = [(number, table.listing.cell_at(0, number)) for number in (1, 2) if not table.isColumnHidden(number)]
        whole = all(table.columnWidth(number) >= natural(cell) for number, cell in cells if cell is not None)
        seen.append((len(shown(table)), whole, table.rowHeight(0)))
    assert seen[0] == (6, True, look.row)
    assert all(high == look.row for _, whole, high in seen if whole)
    assert any(columns == 5 and high == look.row for columns, _, high in seen)


def test_in_a_very_wide_window_longer_words_have_half_as_much_again() -> None:
    wants = [Want(300, 180), Want(200, 150, 1), Want(100, 100)]
    assert shared(wants, 0, 800) == [500, 200, 100]
    assert shared(wants, 0, 960) == [600, 260, 100]
    # A state or a day needs no more than it has.
    assert shared(wants, 0, 1400) == [1000, 300, 100]


def test_days_with_months_of_two_words_are_read_whole(make_desk: Callable[..., Desk], bahrain: Database) -> None:
    desk = make_desk(rtl=True)
    secretariat.open_in(desk, bahrain)
    desk.language = Language("ar", "arab", months="levantine")
    due = next(one for one in source_of(desk, ACTIONS, Layout()).columns if one.name == "due")
    day = QFontMetrics(desk.look.font()).horizontalAdvance(desk.language.day("2026-11-30", short=True))
    assert day + 2 * PAD <= due.width
