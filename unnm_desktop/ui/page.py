"""The base of every page with a list: filter, table and inspector."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.beside import Beside
from unnm_desktop.ui.bulk import Bulk, Selection, remove_all, usual
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.column_choice import ColumnChoice
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.filter_box import FilterBox
from unnm_desktop.ui.inspector import Inspector, Part
from unnm_desktop.ui.list_commands import list_commands
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.narrowing import FacetedSource, Narrowing
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.row_menu import RowMenu
from unnm_desktop.ui.row_source import RowSource
from unnm_desktop.ui.saved_views import SavedViews
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import label

T = TypeVar("T")

FILTER_PAUSE = 120
SAY_PAUSE = 700
# What takes a row away stands at the end of its menu.
LAST = ("remove", "erase-person")


class RecordsPage(Page):
    """A list with filter and chips, and an inspector at its end side."""

    # Msgids: the button for a new one, the filter's hint, the empty page.
    new_text: ClassVar[str] = ""
    filter_text: ClassVar[str] = N_("Filter")
    removed_text: ClassVar[str] = N_("Removed.")
    empty_icon: ClassVar[str] = "list"
    empty_title: ClassVar[str] = N_("Nothing here yet")
    empty_text: ClassVar[str] = ""
    # What the button for a new one says there; as elsewhere when empty.
    empty_button: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    # The table of the records listed.
    kind: str = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        # From the outside in: Qt dresses all that is in a widget anew whenever that finds a parent.
        self.views = QStackedWidget()
        self.body.addWidget(self.views, 1)
        self.inspector = Inspector(desk, desk.tr(N_("Details")))
        self.splitter = Beside(desk.look, self.inspector, spacing=12)
        self.views.addWidget(self.splitter)
        self.filter_box = FilterBox(desk, desk.tr(self.filter_text))
        self.chips = Chips(desk)
        self.tools = top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter_box, 1)
        top.addWidget(self.chips)
        self.narrowing = Narrowing(desk)
        top.addWidget(self.narrowing.button)
        self.saved_views = SavedViews(self)
        top.addWidget(self.saved_views.button)
        column = self.splitter.column
        column.addLayout(top)
        column.addWidget(self.narrowing)
        self.lists = QStackedWidget()
        column.addWidget(self.lists, 1)
        self.table = RecordsTable(desk, self.heading())
        self.lists.addWidget(self.table)
        self._empty: Empty | None = None
        self._nothing: Empty | None = None
        self._shown: UUID | None = None
        self._filter_soon = QTimer(self)
        self._filter_soon.setSingleShot(True)
        self._filter_soon.setInterval(FILTER_PAUSE)
        self._filter_soon.timeout.connect(self.filter_now)
        self.filter_box.textChanged.connect(lambda _text: self._filter_soon.start())
        # The rest of a long list comes later; its number is said once, when it rests.
        self._say_soon = QTimer(self)
        self._say_soon.setSingleShot(True)
        self._say_soon.setInterval(SAY_PAUSE)
        self._say_soon.timeout.connect(self._say_found)
        self.filter_box.installEventFilter(self)
        self.chips.chosen.connect(lambda _name: self.filter_now())
        self.narrowing.changed.connect(self._narrow)
        self.columns = ColumnChoice(desk, self.table, self.name)
        self.table.current_changed.connect(self._show_record)
        self.table.opened.connect(self.open)
        self.selection = Selection(self)
        self.row_menu = RowMenu(self, self.inspector, self.on_rows, ("edit",), ("copy", "history"), LAST)
        self.table.menu_wanted.connect(self.open_menu)
        self._restore()

    # What pages fill in ----------------------------------------------------------------------------------------------

    def source(self) -> RowSource:
        """Where the rows come from."""
        raise NotImplementedError

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        """The parts that show this record; called again after each change."""
        raise NotImplementedError

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        """Keep one field; raise Invalid or UserError when it may not be."""
        raise NotImplementedError

    def make_new(self) -> UUID | None:
        """Make a new record and return its id; None when the officer thought better of it."""
        raise NotImplementedError

    def remove(self, record_id: UUID) -> object:
        """Take a record from sight, as one step."""
        raise NotImplementedError

    def open(self, record_id: UUID) -> None:
        """Enter or a double click on a row; here the first field takes the keyboard."""
        self.show_inspector(shown=True)
        self.inspector.parts.focus()

    def open_menu(self, place: QPoint) -> None:
        """The menu of what is selected."""
        if self.table.selected_count() > 1:
            self.selection.show()
            self.row_menu.open_for_all(place)
        else:
            self.row_menu.open(place)

    def can_create(self) -> bool:
        """Whether a new record can be made now."""
        return self.hub.is_open and not self.hub.read_only

    def first_choice(self) -> str:
        """The chip that holds when the page is first shown; the first of all where it is empty."""
        return ""

    # -----------------------------------------------------------------------------------------------------------------

    primary = "new"
    # Ids of the commands of a row that are not among the buttons of its details.
    on_rows: ClassVar[tuple[str, ...]] = ()

    def why_not_new(self) -> str:
        """Why no new record can be made now (a msgid), where it is not that nothing can be written."""
        return ""

    def commands(self) -> Sequence[Command]:
        return list_commands(self)

    def first_focus(self) -> QWidget | None:
        return self.table if self.views.currentWidget() is self.splitter else self._empty

    def refresh(self) -> None:
        source = self.source()
        self.narrowing.show_source(source)
        self.saved_views.button.setVisible(isinstance(source, FacetedSource))
        self.chips.offer([(choice.name, self.desk.tr(choice.title)) for choice in source.choices])
        self.chips.setVisible(len(source.choices) > 1)
        first = self.table.model() is None
        if first:
            self.chips.choose(self.first_choice())
            self.table.show_source(source)
            self.columns.restore()
            self.table.listing.choice = self.chips.current
            self.table.listing.loaded.connect(self._after_load)
        else:
            self.table.listing.source = source
        self.table.reload()
        if self.table.current_id() is None:
            self.table.select_first()
        elif self.selection.ids:
            self.selection.show()
        elif self._shown is not None:
            self.inspector.parts.update_parts(self.parts_of(self._shown), self._saver(self._shown))

    def _after_load(self) -> None:
        listing = self.table.listing
        nothing_at_all = listing.count == 0 and not self._filtered()
        self.views.setCurrentWidget(self._empty_page() if nothing_at_all else self.splitter)
        if not nothing_at_all:
            self.lists.setCurrentWidget(self._nothing_found() if listing.count == 0 else self.table)
        self.header_changed.emit()
        if self.filter_box.hasFocus():
            self._say_soon.start()

    @property
    def counted(self) -> bool:
        return self.table.model() is None or self.table.listing.counted

    @property
    def void(self) -> bool:
        return self._empty is not None and self.views.currentWidget() is self._empty

    def _say_found(self) -> None:
        if not self.counted:
            self._say_soon.start()
            return
        count = self.table.listing.count
        announce(self.filter_box, self.language.ntr("{n} record", "{n} records", count))

    def _filtered(self) -> bool:
        choices = self.table.listing.source.choices
        chip = bool(choices) and self.chips.current != choices[0].name
        return bool(self.table.listing.text or self.narrowing.chosen or chip)

    def _empty_page(self) -> QWidget:
        if self._empty is None:
            tr = self.desk.tr
            self._empty = Empty(
                self.desk.look, self.empty_icon, tr(self.empty_title), tr(self.empty_text), self.empty_first(),
                self.empty_second(),
            )  # fmt: skip
            self.views.addWidget(self._empty)
        return self._empty

    def empty_first(self) -> tuple[str, Callable[[], object]] | None:
        """The first button of the empty page: translated text and what it does."""
        if not self.new_text or not self.can_create():
            return None
        return self.desk.tr(self.empty_button or self.new_text), self.new

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        """The second button of the empty page: translated text and what it does."""
        return None

    def _nothing_found(self) -> QWidget:
        if self._nothing is None:
            tr = self.desk.tr
            self._nothing = Empty(
                self.desk.look,
                "search",
                tr(N_("Nothing matches")),
                tr(N_("No record fits the filter.")),
                None,
                (tr(N_("Clear the filter")), self.clear_filter),
            )
            self.lists.addWidget(self._nothing)
        return self._nothing

    def _saver(self, record_id: UUID) -> Callable[[str, Any], object]:
        return lambda name, value: self.save(record_id, name, value)

    def bulk(self) -> Sequence[Bulk]:
        """What can be done to all selected records."""
        return usual(self)

    def marked(self) -> list[UUID]:
        """The selected records, or the one the keyboard stands on."""
        return self.table.selected_ids() or [item for item in (self.current(),) if item is not None]

    def parts_of(self, record_id: UUID) -> list[Part]:
        """The whole inspector of a record, its history at the end."""
        head, *parts = self.build_inspector(record_id)
        return [head, *self._undecided(record_id), *parts, *self.history(record_id)]

    def _undecided(self, record_id: UUID) -> Sequence[Part]:
        if not self.kind:
            return ()
        # These read a floor that the bases of pages do without.
        from unnm_desktop.ui.conflict_notice import notices
        from unnm_desktop.ui.same_number import number_notices

        return [*notices(self.desk, self.kind, record_id), *number_notices(self.desk, self.kind, record_id)]

    def history(self, record_id: UUID) -> list[Part]:
        """The last section: what happened to the record."""
        if not self.kind:
            return []
        # Names every record; the bases of pages do without it until one is shown.
        from unnm_desktop.ui.record_history import history_parts

        return history_parts(self.desk, self.kind, record_id)

    def show_current(self) -> None:
        """Show the record the keyboard stands on."""
        self._show_record(self.current())

    def _show_record(self, record_id: UUID | None) -> None:
        if self.selection.takes_over():
            return
        self._shown = record_id
        # What was pressed in the record that left (a dialog may be in front) goes with it: the keyboard is in the list.
        back = self.inspector.isAncestorOf(self.window().focusWidget() or self.table)
        if record_id is None:
            self.inspector.show_record(self._hint)
        else:
            self.inspector.show_record(partial(self.parts_of, record_id), self._saver(record_id))
        if back:
            self.table.setFocus()

    def _hint(self) -> Sequence[Part]:
        return (label(self.desk.look, self.desk.tr(N_("Choose a row to see it here.")), "grey", wrap=True),)

    def complete(self) -> None:
        super().complete()
        self.inspector.complete()

    def current(self) -> UUID | None:
        """The record now shown."""
        return self.table.current_id()

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        choice = options.get("choice")
        if isinstance(choice, str):
            # All of that choice: words and narrowing of an earlier visit would hide a part of it.
            self.filter_box.clear()
            self.narrowing.clear()
            self.chips.choose(choice)
            self.filter_now()
        text = options.get("text")
        if isinstance(text, str):
            self.filter_box.setText(text)
            self.filter_now()
        view = options.get("view")
        if isinstance(view, Mapping) and view != self.saved_views.settings():
            self.saved_views.show(view)
        if record_id is not None:
            if not self.table.select(record_id):
                self.clear_filter()
                self.table.select(record_id)
            if view is None:
                self.show_inspector(shown=True)
        selected = options.get("selected")
        if isinstance(selected, tuple) and len(selected) > 1:
            self.table.select_also(selected)

    def new(self) -> None:
        """Make a record, go to it and let the first field be typed."""
        try:
            record_id = self.make_new()
        except UserError as error:
            self.trouble(error)
            return
        if record_id is None:
            return
        self._stale = True
        self.make_fresh()
        self.open_record(record_id, {})
        self.inspector.parts.focus()

    def remove_selected(self) -> None:
        """Take the selected records from sight; the toast takes it back."""
        chosen = self.marked()
        if len(chosen) > 1:
            remove_all(self, chosen)
            return
        for record_id in chosen:
            try:
                self.remove(record_id)
            except UserError as error:
                self.trouble(error)
                return
        if chosen:
            self.desk.say_with_undo(self.desk.tr(self.removed_text))

    def can_remove(self) -> bool:
        """Whether records can be changed or removed now."""
        return self.hub.is_open and not self.hub.read_only

    def filter_now(self) -> None:
        """Show what fits the words and the chip, without the pause that typing has."""
        self._filter_soon.stop()
        if self.table.model() is None:
            return
        try:
            self.table.filter(self.filter_box.text().strip(), self.chips.current)
            if self.table.current_id() is None:
                self.table.select_first()
        except UserError as error:
            # Locked or closed since the last letter, or its stick was pulled: what was read stays on the screen.
            if self.hub.is_open:
                self.trouble(error)

    def _narrow(self) -> None:
        if self.table.model() is not None:
            self.table.reload()
            if self.table.current_id() is None:
                self.table.select_first()

    def leads_back(self) -> Mapping[str, object]:
        if self.table.model() is None:
            return {}
        return {"view": self.saved_views.settings(), "selected": tuple(self.table.selected_ids())}

    def clear_filter(self) -> None:
        """Show everything."""
        self.filter_box.clear()
        self.narrowing.clear()
        if self.table.model() is not None and self.table.listing.source.choices:
            self.chips.choose(self.table.listing.source.choices[0].name)
        self.filter_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.filter_box.hasFocus() or self.filter_box.text() or self.narrowing.chosen:
                self.clear_filter()
            self.table.setFocus()
            return
        super().keyPressEvent(event)

    def show_inspector(self, *, shown: bool) -> None:
        """Show or hide the details."""
        self.inspector.setVisible(shown)

    def toggle_inspector(self) -> None:
        """Show the details, or hide them; remembered for the next time."""
        self.show_inspector(shown=self.inspector.isHidden())
        self._remember()

    def _restore(self) -> None:
        store = memory()
        state = store.value(f"{self.name}/splitter")
        if state is not None:
            self.splitter.restoreState(state)
        self.inspector.setVisible(store.value(f"{self.name}/inspector", "true") == "true")
        self.splitter.splitterMoved.connect(lambda *_: self._remember())

    def _remember(self) -> None:
        store = memory()
        store.setValue(f"{self.name}/splitter", self.splitter.saveState())
        store.setValue(f"{self.name}/inspector", "false" if self.inspector.isHidden() else "true")

    def sizeHint(self) -> QSize:
        return QSize(900, 600)
