"""An empty page as a start: icon, a heading, one line and what to do first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import button

Action = tuple[str, Callable[[], object]]


class Empty(QWidget):
    """Shown where a list would be; texts are translated."""

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        text: str,
        primary: Action | None = None,
        secondary: Action | None = None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap(icon, look.tokens.accent, 56))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(picture)
        column.addSpacing(10)
        heading = QLabel(title)
        heading.setProperty("role", "h1")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading.setWordWrap(True)
        column.addWidget(heading)
        line = QLabel(text)
        line.setProperty("role", "grey")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setWordWrap(True)
        self._line, self._wide = line, round(420 * look.text_size / 100)
        self._give_room(self._wide)
        column.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if primary is not None:
            buttons.addWidget(button(look, primary[0], primary[1], "primary"))
        if secondary is not None:
            buttons.addWidget(button(look, secondary[0], secondary[1]))
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        around = self.layout().contentsMargins()
        self._give_room(min(self._wide, self.width() - around.left() - around.right()))

    def _give_room(self, width: int) -> None:
        self._line.setFixedWidth(width)
        self._line.ensurePolished()
        self._line.setMinimumHeight(self._line.heightForWidth(width))
