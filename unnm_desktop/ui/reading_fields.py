"""Fields that are read, not written: a value to copy, and one that leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.forms import NOTHING, TEXT_INSET, Field
from unnm_desktop.ui.letters import from_the_right, is_rtl
from unnm_desktop.ui.link import Link
from unnm_desktop.ui.read_text import ReadText


class ReadOnly(Field):
    """A value to read and copy."""

    def make_input(self) -> QWidget:
        text = ReadText(self.desk.tr(N_("Copy")))
        text.setMinimumHeight(28)
        text.setContentsMargins(TEXT_INSET, 0, TEXT_INSET, 0)
        return text

    def show_value(self, value: Any) -> None:
        if isinstance(self.input, ReadText):
            text, look = str(value or NOTHING), self.desk.look
            # Arabic begins at the right, as it does in the fields where it is written.
            sides = Qt.AlignmentFlag
            side = sides.AlignRight | sides.AlignAbsolute if is_rtl(text) and not look.rtl else look.start()
            self.input.setAlignment(side | sides.AlignVCenter)
            self.input.show_text(from_the_right(text) if look.rtl else text)

    def read_input(self) -> Any:
        return self._value


class Passage(ReadOnly):
    """Sentences to read and copy."""

    long = True


class LinkField(Field):
    """A value that leads somewhere."""

    def __init__(self, name: str, label: str, text: str, run: Callable[[], object]) -> None:
        super().__init__(name, label, text)
        self._run = run

    def make_input(self) -> QWidget:
        self.button = Link()
        self.button.setProperty("role", "link")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(lambda: self._run())
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.button, 0, 0, Qt.AlignmentFlag.AlignLeading)
        holder.setFocusProxy(self.button)
        return holder

    def show_value(self, value: Any) -> None:
        self.button.show_text(str(value or ""))
        self.button.setAccessibleName(f"{self.label_text()}: {value}")

    def read_input(self) -> Any:
        return self._value
