"""The sign at the start of a line of text, as large as its words; Qt's own signs in fields stay at sixteen pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit

if TYPE_CHECKING:
    from unnm_desktop.ui.theme import Look

_BEFORE, _AFTER = 8, 4


class FieldIcon(QLabel):
    """Keeps its place from the beginning; drawn when it is asked for, because the first paint waits for no drawing."""

    def __init__(self, field: QLineEdit, look: Look) -> None:
        super().__init__(field)
        self._field, self._look = field, look
        size = look.with_text(16)
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        field.installEventFilter(self)
        room = _BEFORE + size + _AFTER - 6
        field.setTextMargins(0 if look.rtl else room, 0, room if look.rtl else 0, 0)

    def draw(self, name: str) -> None:
        """Show this icon."""
        self.setPixmap(self._look.icons.pixmap(name, self._look.tokens.text2, self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        """Stand at the start of the field, in the middle of its height."""
        x = self._field.width() - self.width() - _BEFORE if self._look.rtl else _BEFORE
        self.move(x, (self._field.height() - self.height()) // 2)
