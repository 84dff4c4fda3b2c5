"""The menu of texts to begin an entry with, and the officer's own kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import minutes_templates, minutes_text
from unnm_desktop.services.minutes_templates import STANDING, Template
from unnm_desktop.ui.widgets import icon_button

if TYPE_CHECKING:
    from unnm_desktop.db.meetings import AgendaItem
    from unnm_desktop.ui.meeting_minutes import MinutesTab

_KEEP = "keep"


class TemplateButton:
    """A tool that opens the menu; the menu is filled each time, as texts and language may have changed."""

    def __init__(self, tab: MinutesTab) -> None:
        self._tab, self._desk = tab, tab.desk
        name = self._desk.tr(N_("Templates"))
        self.tool: QToolButton = icon_button(self._desk.look, "layout-template", name, self._nothing)
        self.menu = QMenu(name, self.tool)
        self.tool.setMenu(self.menu)
        self.tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.aboutToShow.connect(self._fill)
        self.menu.triggered.connect(self._chosen)

    def _nothing(self) -> None:
        """The menu opens by itself."""

    def _fill(self) -> None:
        self.menu.clear()
        item = self._tab.item()
        if item is None:
            return
        tr, field = self._desk.tr, self._tab.field
        first = minutes_templates.suggested(item)
        for one in (first, *(other for other in STANDING if other is not first)):
            self._offer(tr(one.name), one)
        mine = [one for one in self._tab.page.hub.read(minutes_templates.own) if getattr(one, field)]
        if mine:
            self.menu.addSection(tr(N_("My templates")))
            for one in mine:
                self._offer(one.name, one)
        self.menu.addSeparator()
        keep = self.menu.addAction(tr(N_("Keep this text as a template…")))
        keep.setData(_KEEP)
        keep.setEnabled(bool(self._tab.editor.text().strip()))
        if mine:
            removal = self.menu.addMenu(tr(N_("Remove a template")))
            for one in mine:
                removal.addAction(one.name).setData(one.id)

    def _offer(self, text: str, template: Template) -> None:
        # An ampersand in a name is no access key.
        self.menu.addAction(text.replace("&", "&&")).setData(template)

    def _chosen(self, action: QAction) -> None:
        data = action.data()
        if isinstance(data, Template):
            self.insert(data)
        elif isinstance(data, UUID):
            self._tab.page.attempt(N_("Remove a template"), minutes_templates.remove, data)
            self._desk.say_with_undo(self._desk.tr(N_("Template removed.")))
        elif data == _KEEP:
            self.keep()

    def insert(self, template: Template) -> None:
        """Put the template's text in at the cursor, in the language shown."""
        text = getattr(template, self._tab.field) or template.text_en or template.text_ar
        self._tab.editor.insert_blocks(minutes_text.parse(text))
        self._tab.editor.setFocus()

    def insert_suggested(self, item: AgendaItem) -> None:
        """Put in what fits the item."""
        self.insert(minutes_templates.suggested(item))

    def keep(self) -> None:
        """Ask for a name and keep the whole text, or what is chosen of it."""
        tab, tr = self._tab, self._desk.tr
        item = tab.item()
        offered = self._desk.language.pick(item, "title") if item is not None else ""
        name = self._desk.ask.text(tr(N_("Keep as a template")), tr(N_("Name")), tr(N_("Keep")), offered)
        if name is None:
            return
        # Cards belong to one meeting; a template is words only.
        text = tab.editor.text()
        for kind, record_id in minutes_text.references(text):
            text = minutes_text.without(text, kind, record_id)
        try:
            tab.page.hub.step(N_("Keep a template"), minutes_templates.keep, name, **{tab.field: text})
        except Invalid as error:
            tab.page.trouble(error)
            return
        self._desk.say_with_undo(tr(N_("Kept as a template: {name}"), name=name))
