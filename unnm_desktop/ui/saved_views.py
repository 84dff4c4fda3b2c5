"""The views of a list that the officer has named: a menu beside the chips to pick, keep, rename and remove them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from unnm_desktop.i18n import N_
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.tick_menu import TickMenu
from unnm_desktop.ui.widgets import icon_button

if TYPE_CHECKING:
    from unnm_desktop.db.attachments import SavedView
    from unnm_desktop.ui.page import RecordsPage


class SavedViews(QObject):
    """The button with its menu, and the view of a page as it is now."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        self._menu: QMenu | None = None
        look = page.desk.look
        # The chips beside it give way; squeezed, its sign would be smaller than all others.
        least = max(28, look.with_text(18) + 8)
        self.button = icon_button(look, "bookmark", page.desk.tr(N_("Saved views")), self.open_menu, least=least)

    def open_menu(self) -> None:
        """Show the views, under the button."""
        button, menu = self.button, self.menu()
        corner = button.width() - (0 if self._page.desk.look.rtl else menu.sizeHint().width())
        menu.popup(button.mapToGlobal(QPoint(corner, button.height() + 2)))

    def menu(self) -> QMenu:
        """The menu as it is now, the view that is shown ticked."""
        if self._menu is not None:
            self._menu.deleteLater()
        page, tr = self._page, self._page.desk.tr
        menu = TickMenu(page.desk.look, page)
        menu.triggered.connect(self._take)
        views, now = self._read(), self.settings()
        for one in views:
            action = self._add(menu, one.name, "show", one.id)
            action.setCheckable(True)
            action.setChecked(one.settings == now)
        if not views:
            menu.addAction(tr(N_("No view is saved yet"))).setEnabled(False)
        if not page.hub.read_only:
            menu.addSeparator()
            self._add(menu, tr(N_("Save this view …")), "keep")
            if views:
                for title, what in ((N_("Rename a view"), "rename"), (N_("Remove a view"), "remove")):
                    inside = menu.inside(tr(title))
                    for one in views:
                        self._add(inside, one.name, what, one.id)
        self._menu = menu
        return menu

    def _add(self, menu: QMenu, words: str, what: str, view_id: UUID | None = None) -> QAction:
        action = menu.addAction(words.replace("&", "&&"))
        action.setData((what, view_id))
        return action

    def _read(self) -> list[SavedView]:
        from unnm_desktop.services import saved_views  # the base of every page does without it until it is asked for

        return self._page.hub.read(saved_views.of_list, self._page.name)

    def _take(self, action: QAction) -> None:
        what, view_id = action.data()
        if what == "keep":
            self.keep()
            return
        view = next((one for one in self._read() if one.id == view_id), None)
        if view is None:
            return
        if what == "show":
            self.show(view.settings)
        elif what == "rename":
            self._rename(view)
        else:
            self._remove(view)

    def settings(self) -> dict[str, Any]:
        """What a view of the list as it is now holds: words, chip, what it is narrowed to, order, hidden columns."""
        page, listing = self._page, self._page.table.listing
        return {
            "text": page.filter_box.text().strip(),
            "choice": page.chips.current,
            "narrowed": dict(page.narrowing.chosen),
            "sort": listing.sort_by,
            "descending": listing.descending,
            "hidden": page.columns.hidden(),
        }

    def show(self, settings: Mapping[str, Any]) -> None:
        """Show the list as a view has it; what the view does not know stays out of it."""
        page = self._page
        names = [head.name for head in page.table.listing.source.columns]
        sort = settings.get("sort", "")
        order = Qt.SortOrder.DescendingOrder if settings.get("descending") else Qt.SortOrder.AscendingOrder
        page.table.horizontalHeader().setSortIndicator(names.index(sort) if sort in names else -1, order)
        page.columns.hide(settings.get("hidden", ()))
        page.filter_box.setText(str(settings.get("text", "")))
        choices = page.table.listing.source.choices
        page.chips.choose(settings.get("choice") or (choices[0].name if choices else ""))
        page.narrowing.narrow(settings.get("narrowed", {}))
        page.filter_now()
        page.columns.remember()

    def keep(self) -> None:
        """Ask for a name and keep what is shown under it."""
        from unnm_desktop.services import saved_views  # as above

        page = self._page
        settings = self.settings()

        def accept(values: dict[str, Any]) -> SavedView:
            return page.hub.step(N_("Save a view"), saved_views.keep, page.name, values["name"], settings)

        parts = (TextField("name", N_("Name"), page.narrowing.words.text()),)
        kept = FormDialog(page.desk, N_("Save this view"), parts, N_("Save"), accept, page.window()).run()
        if kept is not None:
            page.desk.say_with_undo(page.desk.tr(N_("View saved: {name}"), name=kept.name))

    def _rename(self, view: SavedView) -> None:
        from unnm_desktop.services import saved_views  # as above

        page = self._page

        def accept(values: dict[str, Any]) -> SavedView:
            return page.hub.step(N_("Rename a view"), saved_views.rename, view.id, values["name"])

        FormDialog(
            page.desk, N_("Rename a view"), (TextField("name", N_("Name"), view.name),), N_("Rename"), accept,
            page.window(),
        ).run()  # fmt: skip

    def _remove(self, view: SavedView) -> None:
        from unnm_desktop.services import records  # as above

        if self._page.attempt(N_("Remove a view"), records.remove, type(view), view.id) is not None:
            self._page.desk.say_with_undo(self._page.desk.tr(N_("View removed: {name}"), name=view.name))
