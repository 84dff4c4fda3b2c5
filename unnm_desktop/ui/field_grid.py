"""How a field stands: its caption beside the input, or above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

# What the caption takes at text size 100 %, and what stands between it and the input.
CAPTION, GAP = 104, 8
# How much higher a line of an input is than its words: one that looks like text, and one with a frame.
LINE, FRAMED = 8, 12
# Qt's own QWIDGETSIZE_MAX, which PySide does not have: no bound.
_UNBOUND = (1 << 24) - 1


class FieldGrid(QGridLayout):
    """Caption, input, what stands under it, and the line that says what is wrong."""

    def __init__(self, owner: QWidget, caption: QLabel, parts: tuple[QWidget | None, ...], text_size: int) -> None:
        """``parts`` stand under each other, the input first."""
        super().__init__(owner)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(GAP)
        self.setVerticalSpacing(1)
        self._caption, self._parts = caption, [one for one in parts if one is not None]
        self._across = round(CAPTION * text_size / 100)
        self._above: bool | None = None
        inputs = (parts[0], *parts[0].findChildren(QWidget)) if parts[0] is not None else ()
        self._line = FRAMED if any(one.property("quiet") is False for one in inputs) else LINE

    def step_in(self, inset: int) -> None:
        """Let the caption begin so far from the field's own edge."""
        self._caption.setContentsMargins(inset, 0, inset, 0)
        self._across += inset
        if self._above is False:
            self._caption.setFixedWidth(self._across)

    def arrange(self, *, above: bool) -> None:
        """Put the caption above the input, or beside it."""
        if above == self._above:
            return
        self._above = above
        for one in (self._caption, *self._parts):
            self.removeWidget(one)
        self._caption.setMinimumWidth(0 if above else self._across)
        self._caption.setMaximumWidth(_UNBOUND if above else self._across)
        # Beside several lines it stands at the first.
        self._caption.setMinimumHeight(0 if above else self._caption.fontMetrics().height() + self._line)
        self.addWidget(self._caption, 0, 0, Qt.AlignmentFlag(0) if above else Qt.AlignmentFlag.AlignTop)
        for line, one in enumerate(self._parts):
            self.addWidget(one, line + above, 0 if above else 1)
        self.setColumnStretch(0, 1 if above else 0)
        self.setColumnStretch(1, 0 if above else 1)
