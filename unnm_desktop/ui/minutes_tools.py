"""The buttons over the editor of minutes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent, QTextListFormat
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.minutes_document import QUOTE_PROPERTY
from unnm_desktop.ui.minutes_editor import DIRECTIONS, MinutesEditor
from unnm_desktop.ui.minutes_tables import STEPS, change
from unnm_desktop.ui.widgets import icon_button


class EditorTools(QFrame):
    """The buttons over the editor; each shows whether its style holds at the cursor."""

    def __init__(self, desk: Desk, editor: MinutesEditor) -> None:
        super().__init__()
        self._desk, self._editor = desk, editor
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(8, 6, 8, 6)
        self.line.setSpacing(2)
        tr = desk.tr
        self._giving: list[tuple[QPushButton, str]] = []
        self._checks: list[tuple[QToolButton, Callable[[], bool]]] = []
        self.bold = self._tool("bold", tr(N_("Bold (Ctrl+B)")), editor.toggle_bold, editor.is_bold)
        self.italic = self._tool("italic", tr(N_("Italic (Ctrl+I)")), editor.toggle_italic, editor.fontItalic)
        self.heading = self._tool("heading-2", tr(N_("Heading")), editor.toggle_heading, self._is_heading)
        self.bullets = self._tool(
            "list", tr(N_("Bulleted list")), lambda: editor.toggle_list(ordered=False), lambda: self._is_list(False)
        )
        self.numbers = self._tool(
            "list-ordered", tr(N_("Numbered list")), lambda: editor.toggle_list(ordered=True),
            lambda: self._is_list(True),
        )  # fmt: skip
        self.quote = self._tool("quote", tr(N_("Quotation")), editor.toggle_quote, self._is_quote)
        self.link = self._tool("link", tr(N_("Link")), editor.add_link)
        self.table = self._tool("table", tr(N_("Table")), self._table, self._is_table)
        turned = "pilcrow-right" if desk.look.rtl else "pilcrow-left"
        self.direction = self._tool(turned, tr(N_("Turn the paragraph's direction")), editor.toggle_direction,
                                    self._is_turned)  # fmt: skip
        self.line.addSpacing(10)
        self.undo = self._tool("undo-2", tr(N_("Undo typing (Ctrl+Z)")), editor.undo)
        self.redo = self._tool("redo-2", tr(N_("Redo typing (Ctrl+Shift+Z)")), editor.redo)
        editor.document().undoAvailable.connect(self.undo.setEnabled)
        editor.document().redoAvailable.connect(self.redo.setEnabled)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self.line.addStretch(1)
        editor.styled.connect(self._check)

    def _tool(
        self, icon: str, name: str, run: Callable[[], object], holds: Callable[[], bool] | None = None
    ) -> QToolButton:
        def go() -> None:
            run()
            self._editor.setFocus()

        made = icon_button(self._desk.look, icon, name, go)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if holds is not None:
            made.setCheckable(True)
            self._checks.append((made, holds))
        self.line.addWidget(made)
        return made

    def give_way(self, *buttons: QPushButton) -> None:
        """Let these show their icons only where there is no room for their words."""
        self._giving = [(made, made.text()) for made in buttons]
        for made in buttons:
            made.setAccessibleName(made.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for made, words in self._giving:
            made.setText(words)
        if self.line.minimumSize().width() > self.width():
            for made, _ in self._giving:
                made.setText("")

    def add(self, tool: QToolButton) -> None:
        """One more tool, behind those for styles."""
        self.line.insertWidget(self.line.indexOf(self.undo), tool)

    def lock(self, locked: bool) -> None:
        """Let the styles rest while the text stays as it is."""
        for tool in (
            self.bold,
            self.italic,
            self.heading,
            self.bullets,
            self.numbers,
            self.quote,
            self.link,
            self.table,
            self.direction,
        ):
            tool.setEnabled(not locked)
        document = self._editor.document()
        self.undo.setEnabled(not locked and document.isUndoAvailable())
        self.redo.setEnabled(not locked and document.isRedoAvailable())

    def _table(self) -> None:
        """A new table; inside one, what can be done with it."""
        if not self._is_table():
            self._editor.add_table()
            return
        self.menu = QMenu(self._desk.tr(N_("Table")), self.table)
        for text, step in STEPS:
            self.menu.addAction(self._desk.tr(text)).setData(step)
        self.menu.triggered.connect(self._change_table)
        self.menu.popup(self.table.mapToGlobal(QPoint(0, self.table.height())))

    def _change_table(self, action: QAction) -> None:
        self._editor.setTextCursor(change(self._editor.textCursor(), action.data()))
        self._editor.setFocus()
        self._check()

    def _is_table(self) -> bool:
        return self._editor.textCursor().currentTable() is not None

    def _check(self) -> None:
        for tool, holds in self._checks:
            tool.setChecked(holds())

    def _is_heading(self) -> bool:
        return self._editor.textCursor().blockFormat().headingLevel() > 0

    def _is_quote(self) -> bool:
        return bool(self._editor.textCursor().blockFormat().property(QUOTE_PROPERTY))

    def _is_turned(self) -> bool:
        return self._editor.textCursor().block().text()[:1] in DIRECTIONS

    def _is_list(self, ordered: bool) -> bool:
        found = self._editor.textCursor().currentList()
        style = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
        return found is not None and found.format().style() == style
