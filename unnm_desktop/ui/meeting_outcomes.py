"""The decisions and action points of a meeting as one table, for the read-back at its end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, decision_register
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.minutes_sheet import MinutesSheet, read_minutes
from unnm_desktop.ui.row_menu import RowMenu
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint

    from unnm_desktop.ui.page_base import Page

DECISIONS, ACTIONS = N_("Decisions"), N_("Action points")


class OutcomeSource:
    """Decisions first, then action points, each with the item it comes from."""

    columns = (
        Heading("reference", N_("Reference"), "start", 126, "text"),
        Heading("item", N_("Item"), "start", 76, "text", 2),
        Heading("text", N_("Text"), "start", 340, "stretch"),
        Heading("who", N_("Responsible, or how reached"), "start", 256, "text", 1, short=N_("Who or how")),
        Heading("state", N_("State or due"), "start", 174, "text"),
    )
    choices = ()
    # They are read aloud: wordings take a second line before one of them is cut.
    tall = False
    words = ""
    enough = 480

    def __init__(self, page: Page, sheet: MinutesSheet) -> None:
        self._page, self._sheet = page, sheet
        self._items = {item.id: item for item in sheet.items}
        self._decisions = {one.id: (one, standing) for one, standing in sheet.decisions}
        self._actions = {one.id: (one, who) for one, who in sheet.actions}

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The decisions, then the action points, in order of making."""
        return [*self._decisions, *self._actions]

    def groups(self, ids: Sequence[UUID]) -> Sequence[str]:
        """Which of the two each is."""
        tr = self._page.desk.tr
        return [tr(DECISIONS) if key in self._decisions else tr(ACTIONS) for key in ids]

    def kind(self, key: UUID) -> str:
        """Whether a row is a decision or an action."""
        return "decision" if key in self._decisions else "action"

    def rows(self, ids: Sequence[UUID]) -> Sequence[tuple[Cell, ...]]:
        """The cells of these rows."""
        return [self._row(key) for key in ids]

    def _row(self, key: UUID) -> tuple[Cell, ...]:
        language = self._page.language
        kind = self.kind(key)
        view = self._sheet.views[kind, key]
        if kind == "decision":
            record, standing = self._decisions[key]
            reference, item_id = record.reference, record.agenda_item_id
            who = decision_register.how_in_short(standing).told(language)
        else:
            action, who = self._actions[key]
            reference, item_id = action.reference, action.agenda_item_id
        item = self._items.get(item_id) if item_id is not None else None
        number = agendas.display_number(self._sheet.meeting, item, language) if item is not None else "–"
        return (Cell(reference), Cell(number), Cell(view.text), Cell(who), Cell(view.pill, view.tone, "pill"))


class OutcomesTab(QWidget):
    """The table; Enter leads to the record in its list."""

    def __init__(self, page: Page, decide: Callable[[], object], act: Callable[[], object]) -> None:
        """``decide`` and ``act`` add a decision or an action point under the item shown in the minutes."""
        super().__init__()
        self.page, self.desk = page, page.desk
        tr, look = self.desk.tr, self.desk.look
        self.table = RecordsTable(self.desk, tr(N_("Decisions and action points")))
        self.table.keep_order()
        self.table.opened.connect(self._open)
        self._row_menu = RowMenu(page, None)
        self.table.menu_wanted.connect(self._open_menu)
        self._source: OutcomeSource | None = None
        line = QHBoxLayout()
        line.addWidget(label(look, tr(N_("Read these back before the meeting ends.")), "grey"), 1)
        line.addWidget(button(look, tr(N_("Decision")), decide, "", "gavel"))
        line.addWidget(button(look, tr(N_("Action point")), act, "", "circle-check"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(
            Empty(
                look, "gavel", tr(N_("Nothing decided yet")),
                tr(N_("Decisions and action points appear here when you record them in the minutes.")),
                (tr(N_("Decision")), decide), (tr(N_("Action point")), act),
            )
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(self.stack, 1)

    def show_meeting(self, meeting_id: UUID) -> None:
        """Read the meeting's decisions and action points."""
        sheet = self.page.hub.read(read_minutes, meeting_id, self.desk)
        self._source = source = OutcomeSource(self.page, sheet)
        self.table.show_rows(source)
        count = len(sheet.decisions) + len(sheet.actions)
        self.stack.setCurrentIndex(0 if count else 1)
        if self.table.current_id() is None:
            self.table.select_first()

    def _open_menu(self, place: QPoint) -> None:
        key = self.table.current_id()
        if key is not None:
            self._row_menu.open(
                place, [(self.desk.tr(N_("Go to the record")), partial(self._open, key), "", "arrow-right")]
            )

    def _open(self, key: UUID) -> None:
        if self._source is not None:
            self.desk.go("decisions" if self._source.kind(key) == "decision" else "actions", key)
