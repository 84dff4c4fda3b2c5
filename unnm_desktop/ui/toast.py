"""Short messages at the bottom start of the window, each with at most one action."""

from __future__ import annotations

from collections.abc import Callable

# QtGui not by name: the accessibility classes are made when first named, after the first paint.
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

MILLISECONDS = 10_000
MOST = 2


class Toast(QFrame):
    """One message; it waits while the pointer or the focus is on it."""

    def __init__(self, window: QWidget, text: str, action: str, run: Callable[[], object] | None) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.gone = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(14)
        self.text = QLabel(text)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setMaximumWidth(460)
        self.text.setWordWrap(len(text) > 60)
        line.addWidget(self.text)
        self.button: QPushButton | None = None
        if action and run is not None:
            self.button = QPushButton(action)
            self.button.clicked.connect(lambda _=False: self._act(run))
            self.button.installEventFilter(self)
            line.addWidget(self.button)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(MILLISECONDS)
        self.timer.timeout.connect(self.leave)
        self.timer.start()

    def _act(self, run: Callable[[], object]) -> None:
        self.leave()
        run()

    def leave(self) -> None:
        """Go away now."""
        self.gone = True
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self.timer.stop()
        elif event.type() == QEvent.Type.Leave:
            self.timer.start()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self.timer.start()
        return super().eventFilter(watched, event)


class Toasts(QObject):
    """The toasts of one window: never more than two, the newest lowest."""

    def __init__(self, window: QWidget, bottom: int = 36) -> None:
        super().__init__(window)
        self._window = window
        self._bottom = bottom
        self._toasts: list[Toast] = []

    def shown(self) -> list[Toast]:
        """The toasts now seen, oldest first."""
        self._toasts = [toast for toast in self._toasts if not toast.gone]
        return list(self._toasts)

    def say(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> Toast:
        """Show a message and tell screen readers."""
        for old in self.shown()[: -MOST + 1]:
            old.leave()
        toast = Toast(self._window, text, action, run)
        self._toasts.append(toast)
        toast.setAccessibleName(text)
        toast.adjustSize()
        toast.show()
        self.place()
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(self._window, text))
        return toast

    def place(self) -> None:
        """Stand where the window's corner is now."""
        bottom = self._window.height() - self._bottom
        rtl = self._window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # Beside the sidebar: its last entries must stay within reach of the pointer.
        sidebar = self._window.findChild(QWidget, "sidebar")
        away = 16 + (sidebar.width() if sidebar is not None else 0)
        for toast in reversed(self.shown()):
            x = self._window.width() - toast.width() - away if rtl else away
            toast.move(x, bottom - toast.height())
            toast.raise_()
            bottom -= toast.height() + 8
