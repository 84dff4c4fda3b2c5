"""What a list is narrowed to beside its words and chips: a menu to choose from, and a line that says it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.tick_menu import TickMenu
from unnm_desktop.ui.widgets import ElidedLabel, button, put_icon

BY_HAND = "?"


@dataclass(frozen=True)
class Offered:
    """Something to narrow by: its name, title (translated), kind, and what is offered (value, words)."""

    name: str
    title: str
    kind: str
    options: tuple[tuple[str, str], ...]


@runtime_checkable
class FacetedSource(Protocol):
    """A source whose rows can be narrowed; ``narrowed`` holds what is chosen, by the name of what is offered."""

    narrowed: Mapping[str, str]

    def offered(self) -> Sequence[Offered]:
        """What can be chosen now."""

    def narrowed_words(self) -> Mapping[str, str]:
        """What is chosen, in words, by its title."""


class Narrowing(QWidget):
    """The line under the chips; ``button`` stands beside them and opens the menu."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chosen: dict[str, str] = {}
        self._source: FacetedSource | None = None
        self._menu: QMenu | None = None
        tr = desk.tr
        self.button = QPushButton(tr(N_("Filter")))
        self.button.setProperty("role", "chip")
        self.button.setCheckable(True)
        put_icon(desk.look, self.button, "sliders-horizontal")
        self.button.setToolTip(tr(N_("Filter by state, person, organisation or period")))
        self.button.clicked.connect(self._open)
        self.button.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(8)
        self.words = ElidedLabel(desk.look, "", "grey")
        line.addWidget(self.words, 1)
        self.clear_button = button(desk.look, tr(N_("Clear the filter")), self.clear, "link")
        line.addWidget(self.clear_button)
        self.hide()

    def show_source(self, source: object) -> None:
        """Narrow this source from now on, as the last one was."""
        self._source = source if isinstance(source, FacetedSource) else None
        self.button.setVisible(self._source is not None)
        if self._source is not None:
            self._source.narrowed = dict(self.chosen)
            self._say()

    def narrow(self, chosen: Mapping[str, str]) -> None:
        """Let exactly this be chosen."""
        if dict(chosen) == self.chosen:
            return
        self.chosen = dict(chosen)
        if self._source is not None:
            self._source.narrowed = dict(self.chosen)
        self._say()
        self.changed.emit()

    def clear(self) -> None:
        """Narrow the list by nothing."""
        self.narrow({})

    def _say(self) -> None:
        told = self._source.narrowed_words() if self._source is not None and self.chosen else {}
        self.words.setText(
            " · ".join(self.desk.tr(N_("{title}: {value}"), title=title, value=value) for title, value in told.items())
        )
        self.setVisible(bool(told))
        self.button.setChecked(bool(self.chosen))

    # The menu --------------------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        """Show what can be chosen, under the button."""
        if self._source is not None:
            menu = self.menu()
            corner = QPoint(self.button.width(), 0) if self.desk.look.rtl else QPoint(0, 0)
            menu.popup(self.button.mapToGlobal(corner + QPoint(0, self.button.height() + 2)))

    def _open(self) -> None:
        self.button.setChecked(bool(self.chosen))
        self.open_menu()

    def menu(self) -> QMenu:
        """The menu as it is now: a submenu for each thing to narrow by, what is chosen ticked."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = TickMenu(self.desk.look, self)
        menu.triggered.connect(self._take)
        for one in self._source.offered() if self._source is not None else ():
            inside = menu.inside(self._title(one))
            self._add(inside, self.desk.tr(N_("Any")), one, "")
            inside.addSeparator()
            for value, words in one.options:
                self._add(inside, words, one, value)
            if one.kind in _BY_HAND:
                inside.addSeparator()
                self._add(inside, self.desk.tr(_BY_HAND[one.kind]), one, BY_HAND)
        menu.addSeparator()
        self._add(menu, self.desk.tr(N_("Clear the filter")), None, "").setEnabled(bool(self.chosen))
        self._menu = menu
        return menu

    def _title(self, one: Offered) -> str:
        return _plain(one.title)

    def _add(self, menu: QMenu, words: str, one: Offered | None, value: str) -> QAction:
        action = menu.addAction(_plain(words))
        action.setData((one.name if one else "", one.kind if one else "", value))
        if one is not None and value != BY_HAND:
            action.setCheckable(True)
            action.setChecked(self.chosen.get(one.name, "") == value)
        return action

    def _take(self, action: QAction) -> None:
        name, kind, value = action.data()
        if not name:
            self.clear()
            return
        chosen = {key: held for key, held in self.chosen.items() if key != name}
        if value == BY_HAND:
            value = self._ask_period() if kind == "period" else self._ask_record(kind)
            if value is None:
                return
        if value:
            chosen[name] = value
        self.narrow(chosen)

    def _ask_record(self, kind: str) -> str | None:
        # Finders read the services; the base of every page does without them until one is asked for.
        from unnm_desktop.ui.lookups import find_organisations, find_people

        title, find = (
            (N_("Organisation"), find_organisations(self.desk))
            if kind == "organisation"
            else (N_("Person"), find_people(self.desk))
        )

        def accept(values: dict[str, Any]) -> str:
            found: UUID | None = values["found"]
            if found is None:
                raise Invalid({"found": N_("Choose one from the list.")})
            return found.hex

        field = RecordField("found", title, find=find)
        return FormDialog(self.desk, N_("Filter this list"), (field,), N_("Show them"), accept, self.window()).run()

    def _ask_period(self) -> str | None:
        from unnm_desktop.services import periods  # as above

        def accept(values: dict[str, Any]) -> str:
            start, end = values["start"], values["end"]
            if start is None and end is None:
                raise Invalid({"start": N_("Give at least one of the two days.")})
            if start and end and end < start:
                raise Invalid({"end": N_("The last day lies before the first.")})
            return periods.between(start, end)

        parts = (DateField("start", N_("From"), None), DateField("end", N_("Until"), None))
        return FormDialog(self.desk, N_("Filter this list"), parts, N_("Show them"), accept, self.window()).run()


_BY_HAND = {
    "organisation": N_("Another organisation …"),
    "person": N_("Another person …"),
    "period": N_("From one day to another …"),
}


def _plain(words: str) -> str:
    """The words without keys: an ampersand in a name is one."""
    return words.replace("&", "&&")
