"""A line for a passphrase: hidden, with an eye to look at it; paste and password managers are welcome."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import icon_button

# What stands between the eye and the edge.
INSET = 3


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
        # Not an action of the line: the picture of one keeps its size when the text grows.
        self.eye = icon_button(desk.look, "eye", desk.tr(N_("Show the passphrase")), self._turn, 16)
        self.eye.setParent(self)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.setCursor(Qt.CursorShape.PointingHandCursor)
        kept = self.eye.sizeHint().width() + INSET
        self.setTextMargins(kept if desk.look.rtl else 0, 0, 0 if desk.look.rtl else kept, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.eye.sizeHint().expandedTo(self.eye.minimumSize())
        x = INSET if self._desk.look.rtl else self.width() - size.width() - INSET
        self.eye.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())

    def _turn(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        look = self._desk.look
        name = "eye-off" if hidden else "eye"
        self.eye.setIcon(look.icons.icon(name, look.tokens.text2, look.with_text(16)))
        words = self._desk.tr(N_("Hide the passphrase") if hidden else N_("Show the passphrase"))
        self.eye.setToolTip(words)
        self.eye.setAccessibleName(words)

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
