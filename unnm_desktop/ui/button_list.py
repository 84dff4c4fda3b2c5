"""What can be done with a record, as a column of buttons in its inspector."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from unnm_desktop.ui.link import Link
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import Press, button, put_icon

Doable = tuple[str, Callable[[], object], str, str]
GAP = 4


class Pressable(NamedTuple):
    """One of the buttons, by the name it has whatever its room, with its icon."""

    name: str
    icon: str
    button: QPushButton


class ButtonList(QWidget):
    """Buttons (translated text, what it does, role, icon), broad ones, and links two in a line if they fit."""

    def __init__(self, look: Look, buttons: Sequence[Doable]) -> None:
        super().__init__()
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.pressable: list[Pressable] = []
        self._made: list[QPushButton] = []
        for text, run, role, icon in buttons:
            self._made.append(deed(look, text, run, icon) if role == "link" else button(look, text, run, role, icon))
            if role != "link":
                self._made[-1].setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self.pressable.append(Pressable(text, icon, self._made[-1]))
        self._in_a_line = 0
        self._place(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        links = [one.sizeHint().width() for one in self._made if isinstance(one, Link)]
        # The links of one column are as wide as the widest of them.
        fits = max(links[::2], default=0) + GAP + max(links[1::2], default=0) <= self.width()
        self._place(2 if fits else 1)

    def _place(self, in_a_line: int) -> None:
        if in_a_line == self._in_a_line:
            return
        self._in_a_line = in_a_line
        line, column = 0, 0
        for made in self._made:
            self._grid.removeWidget(made)
            if isinstance(made, Link):
                self._grid.addWidget(made, line, column, Qt.AlignmentFlag.AlignLeading)
                line, column = (line, 1) if column == 0 and in_a_line == 2 else (line + 1, 0)
                continue
            if column:
                line, column = line + 1, 0
            self._grid.addWidget(made, line, 0, 1, 2)
            line += 1


class Deed(Link):
    """A link with an icon before its words."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPushButton.paintEvent(self, event)


def deed(look: Look, text: str, run: Callable[[], object], icon: str = "") -> Deed:
    """Something that can be done, as a link."""
    made = Deed()
    made.setProperty("role", "link")
    if icon:
        put_icon(look, made, icon, "link")
    made.setAccessibleName(text)
    made.clicked.connect(Press(made, run))
    made.show_text(text)
    return made
