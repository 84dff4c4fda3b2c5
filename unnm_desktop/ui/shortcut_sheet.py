"""All shortcuts on one sheet, made from the registry of commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.commands import Commands
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.keyboard import keycap
from unnm_desktop.ui.message_box import close_buttons
from unnm_desktop.ui.scroll_column import ReadingColumn
from unnm_desktop.ui.widgets import Card, label

HEADINGS = (
    ("go", N_("Going places")),
    ("file", N_("Making and printing")),
    ("edit", N_("Changing")),
    ("view", N_("Seeing")),
    ("help", N_("Help")),
)
# Keys that lists and fields hear by themselves; no command stands behind them.
ALWAYS = (
    ("edit", "Return", N_("Open the record, or keep the field")),
    ("edit", "Esc", N_("Leave the field, close the box, clear the filter")),
    ("edit", "Ctrl+B", N_("Bold in the minutes")),
    ("edit", "Ctrl+I", N_("Italic in the minutes")),
)


class ShortcutSheet(QDialog):
    """Two columns of cards, one card for each kind of thing."""

    def __init__(self, desk: Desk, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        title = desk.tr(N_("Keyboard shortcuts"))
        self.setWindowTitle(title)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        found = self._lines(commands)
        halves = [QVBoxLayout(), QVBoxLayout()]
        filled = [0, 0]
        for name, heading in HEADINGS:
            if found[name]:
                shorter = filled.index(min(filled))
                halves[shorter].addWidget(self._card(desk.tr(heading), found[name]))
                filled[shorter] += len(found[name]) + 2
        for half in halves:
            half.setSpacing(14)
            half.addStretch(1)
            columns.addLayout(half, 1)
        # The ring of the focus stands around the cards, not on them.
        area = ReadingColumn(title, (6, 6, 6, 6))
        area.column.addLayout(columns)
        buttons = close_buttons(desk.language)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(14)
        column.addWidget(label(desk.look, title, "h1"))
        column.addWidget(area, 1)
        column.addWidget(buttons)
        scale = desk.look.text_size / 100
        self.resize(min(window.width() - 60, round(860 * scale)), min(window.height() - 60, round(640 * scale)))

    def _lines(self, commands: Commands) -> dict[str, list[tuple[str, Sequence[str]]]]:
        """Under each heading, what is done and by which keys."""
        found: dict[str, list[tuple[str, Sequence[str]]]] = {name: [] for name, _ in HEADINGS}
        for command in commands.all():
            keys = commands.all_keys(command)
            if keys:
                found[command.menu or "view"].append((commands.text(command), keys))
        for menu, keys_here, text in ALWAYS:
            found[menu].append((self._desk.tr(text), (keycap(keys_here),)))
        return found

    def _card(self, heading: str, lines: Sequence[tuple[str, Sequence[str]]]) -> Card:
        look = self._desk.look
        card = Card()
        card.column.addWidget(label(look, heading, "h2"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(lines):
            said = label(look, text, wrap=True)
            grid.addWidget(said, row, 0)
            caps = QHBoxLayout()
            caps.setSpacing(4)
            caps.addStretch(1)
            for one in keys:
                cap = label(look, one, "keycap")
                cap.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
                caps.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addLayout(caps, row, 1)
        card.column.addLayout(grid)
        return card
