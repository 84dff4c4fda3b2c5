"""Every page, in both languages, for somebody who has no mouse, hears the screen, or sees little."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.walking import Findings, Over, Strays, Walk, cut_off, nameless, settle
from tests.ui.whole_window import make_window as make_window
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.services import records
from unnm_desktop.ui.cells import PAD
from unnm_desktop.ui.desk import NetworkName
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.meeting import TABS
from unnm_desktop.ui.pages import PAGES
from unnm_desktop.ui.palette import Palette
from unnm_desktop.ui.window_shape import LEAST_SIZE


def places(window: MainWindow) -> list[tuple[str, Any, dict[str, object]]]:
    """Every page, and every tab of a meeting."""
    meeting = window.desk.hub.read(records.all_of, Meeting)[0].id
    plain = [(kind.name, None, {}) for kind in PAGES if kind.name != "meeting"]
    return [*plain, *(("meeting", meeting, {"tab": tab}) for tab in TABS)]


def visit(window: MainWindow, name: str, key: Any, options: dict[str, object]) -> None:
    """Go there; a list stands on its first record."""
    window.go(name, key, options)
    settle()
    table = getattr(window.current, "table", None)
    if table is not None and table.model() is not None and hasattr(table, "select_first"):
        table.select_first()
        settle()


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_every_page_can_be_heard_hit_and_reached(make_window: Callable[..., MainWindow], rtl: bool) -> None:
    window = make_window(rtl=rtl)
    walk, strays = Walk(window, window.sidebar.top_list), Strays()
    for name, key, options in places(window):
        visit(window, name, key, options)
        walk.look(f"{name} {options.get('tab', '')}".strip())
    found = walk.findings
    assert found.nameless == []
    assert found.small == []
    assert found.unreached == []
    assert found.ringless == []
    assert strays.met == []


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_what_comes_into_a_page_can_be_heard_hit_and_reached(
    make_window: Callable[..., MainWindow], qtbot: QtBot, rtl: bool
) -> None:
    window = make_window(rtl=rtl)
    walk = Walk(window, window.sidebar.top_list)
    visit(window, "actions", None, {})
    page: Any = window.current
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    walk.look("several records chosen")
    name, key, options = next(one for one in places(window) if one[2].get("tab") == "minutes")
    visit(window, name, key, options)
    window.commands.run("find")
    walk.look("words looked for in the minutes")
    visit(window, "reports", None, {})
    qtbot.waitUntil(lambda: window.commands.action("find-in-pages").isEnabled())
    window.commands.run("find-in-pages")
    walk.look("words looked for in a document")
    window.open_palette()
    opened = window.findChildren(Palette)[-1]
    assert opened.box.hasFocus()
    assert not any(nameless(one) for one in (opened.box, opened.list))
    opened.leave()
    assert walk.findings == Findings()


class Nobody:
    """Thinks better of whatever is asked in boxes and of files, which are Qt's own."""

    def attach(self, window: MainWindow) -> None:
        """There is nothing to ask over."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *_, **__: [] if name == "open_files" else None


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_every_dialog_and_menu_of_a_command_can_be_heard_hit_and_reached(
    make_window: Callable[..., MainWindow], qtbot: QtBot, rtl: bool
) -> None:
    window = make_window(rtl=rtl)
    window.desk.ask = Nobody()  # type: ignore[assignment]
    strays, over, done = Strays(), Over(), {"quit", "larger", "smaller", "normal", "sidebar"}
    for name, key, options in places(window):
        visit(window, name, key, options)
        for command in window.commands.all():
            if command.id in done or command.menu == "go" or not command.enabled():
                continue
            done.add(command.id)
            over.place = command.id
            window.commands.run(command.id)
            settle()
            visit(window, name, key, options)
    visit(window, "actions", None, {})
    page: Any = window.current
    over.place = "calendar"
    qtbot.mouseClick(page.inspector.parts.field("due").button, Qt.MouseButton.LeftButton)
    settle()
    over.stop()
    kinds = {met.partition(": ")[2] for met in over.met}
    assert {"FormDialog", "ShortcutSheet", "About", "TickMenu"} <= kinds
    assert over.findings == Findings()
    assert strays.met == []


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_no_words_are_cut_off_unsaid_in_the_least_window_with_the_largest_text(
    make_window: Callable[..., MainWindow], rtl: bool
) -> None:
    window = make_window(rtl=rtl, text_size=150)
    window.resize(LEAST_SIZE)
    found = []
    for name, key, options in places(window):
        visit(window, name, key, options)
        found += [f"{name} {options.get('tab', '')}: {lack}" for lack in cut_off(window)]
    assert found == []


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_who_sat_where_is_read_whole_in_the_least_window_with_the_largest_text(
    make_window: Callable[..., MainWindow], rtl: bool
) -> None:
    window = make_window(rtl=rtl, text_size=150)
    window.resize(LEAST_SIZE)
    name, key, options = next(one for one in places(window) if one[2].get("tab") == "attendance")
    visit(window, name, key, options)
    page: Any = window.current
    table = page.attendance.seats
    metrics = QFontMetrics(table.delegate.plain)
    for row, column in product(range(table.listing.rowCount()), (1, 2)):
        cell, room = table.listing.cell_at(row, column), table.columnWidth(column) - 2 * PAD
        assert cell is not None
        lines = table.delegate.lines(cell.text, room, table.delegate.plain, table.delegate.deep)
        assert [line for line in lines if metrics.horizontalAdvance(line) > room] == []


# A name as long as the longest anybody has typed, and one that turns the writing round.
LONG = "The Joint Standing Committee for the Coordination of Migration Affairs " * 4
UNBROKEN = "Wanderungsangelegenheitenkoordinierungsausschuss" * 6 + "300 letters!"
TURNED = "\u202eUN Network\u202d \u2067reversed" * 8


@pytest.mark.parametrize("name", [LONG, UNBROKEN, TURNED], ids=["long", "unbroken", "turned"])
@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_no_page_and_no_name_widens_the_window(make_window: Callable[..., MainWindow], rtl: bool, name: str) -> None:
    window = make_window(rtl=rtl)
    hub = window.desk.hub
    for body in hub.read(records.all_of, Organisation)[:12]:
        hub.step("Rename", records.update, Organisation, body.id, name_en=name, name_ar=name, acronym=name[:80])
    for person in hub.read(records.all_of, Person)[:12]:
        hub.step("Rename", records.update, Person, person.id, name_en=name, name_ar=name)
    for item in hub.read(records.all_of, AgendaItem, AgendaItem.meeting_id == hub.read(records.all_of, Meeting)[0].id):
        hub.step("Rename", records.update, AgendaItem, item.id, title_en=name, title_ar=name, presenter=name)
    assert window.desk.network is not None
    old = window.desk.network
    window.desk.network = NetworkName(old.id, name, name, old.zone)
    window.show_workspace((window.desk.network,), window.desk.network)
    window.resize(LEAST_SIZE)
    wide = []
    for place, key, options in places(window):
        visit(window, place, key, options)
        hint = window.minimumSizeHint().expandedTo(window.size())
        if hint != LEAST_SIZE:
            wide.append(f"{place} {options.get('tab', '')}: {hint.width()}×{hint.height()}")
    assert wide == []


@pytest.mark.parametrize("name", [LONG, UNBROKEN], ids=["long", "unbroken"])
def test_a_name_without_end_hides_no_place_and_is_read_whole_beside_the_list(
    make_window: Callable[..., MainWindow], name: str
) -> None:
    window = make_window()
    hub = window.desk.hub
    for body in hub.read(records.all_of, Organisation):
        hub.step("Rename", records.update, Organisation, body.id, name_en=name, acronym="")
    assert window.desk.network is not None
    old = window.desk.network
    window.show_workspace((NetworkName(old.id, name, "", old.zone),), NetworkName(old.id, name, "", old.zone))
    visit(window, "organisations", None, {})
    for places_list in (window.sidebar.top_list, window.sidebar.foot_list):
        assert places_list.verticalScrollBar().maximum() == 0
    page: Any = window.current
    column = page.inspector.parts
    assert column.widget().width() <= column.viewport().width()
    shown = [one.text().replace("\u00ad", "").strip() for one in column.findChildren(QLabel) if one.isVisible()]
    assert name.strip() in shown


@pytest.mark.parametrize("rtl", [False, True])
def test_the_line_under_a_title_is_read_whole_in_the_smallest_window_and_the_largest_letters(
    make_window: Callable[..., MainWindow], *, rtl: bool
) -> None:
    window = make_window(rtl=rtl, text_size=150)
    window.resize(LEAST_SIZE)
    header, cut = window.header, []
    for name in ("today", "meetings", "actions", "decisions", "members", "workplan", "organisations", "tor", "reports"):
        window.go(name)
        settle()
        if header.subline.shown() != header.subline.text() or header.title.shown() != header.title.text():
            cut.append(f"{name}: {header.subline.shown()}")
    assert cut == []
    assert window.size() == LEAST_SIZE
