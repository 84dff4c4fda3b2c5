"""A line for a passphrase: hidden, with an eye to look at it; paste and password managers are welcome."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk


class SecretField(QLineEdit):
    """What is typed is seen only while the officer wants to see it."""

    # Whether Caps Lock is on, as far as the letters typed tell.
    caps = Signal(bool)

    def __init__(self, desk: Desk, name: str) -> None:
        """``name`` is what the field is called, translated."""
        super().__init__()
        self._desk = desk
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.setAlignment(desk.look.start())
        self.setMinimumHeight(round(34 * max(1.0, desk.look.text_size / 100)))
        self.setMaxLength(500)
        self.setProperty("secret", True)
        self._eye: QAction = self.addAction(self._icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setToolTip(desk.tr(N_("Show the passphrase")))
        self._eye.triggered.connect(self._turn)

    def _icon(self, name: str) -> QIcon:
        look = self._desk.look
        return look.icons.icon(name, look.tokens.text2, look.with_text(16))

    def _turn(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(self._icon("eye-off" if hidden else "eye"))
        words = N_("Hide the passphrase") if hidden else N_("Show the passphrase")
        self._eye.setToolTip(self._desk.tr(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            # Which way it was turned the next letter tells.
            self.caps.emit(False)
        # Qt does not tell of the key, but a large letter without Shift does. Arabic letters have one size.
        elif len(text := event.text()) == 1 and text.lower() != text.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(text.isupper() != shifted)
        super().keyPressEvent(event)

    def take(self) -> str:
        """What was typed; nothing of it stays in the field, hidden again."""
        text = self.text()
        self.clear()
        if self.echoMode() != QLineEdit.EchoMode.Password:
            self._turn()
        return text
