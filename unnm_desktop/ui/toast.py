"""Short messages at the bottom start of the window, each with at most one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.free_place import GAP, buttons, free_place, keyboard

MILLISECONDS = 10_000
MOST = 2
EDGE = 16
# Until it is seen that something else stands there now.
SOON = 150


class Toast(QFrame):
    """One message; it waits while the pointer or the focus is on it."""

    def __init__(self, window: QWidget, text: str, action: str, run: Callable[[], object] | None) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.gone = False
        self._pointed = False
        self.run = run
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
            self.button.setAccessibleName(f"{action}: {text}")
            # F6 leads here. In the order of Tab it would be given the keyboard when a button that was pressed goes
            # away, and the next Enter would take back what that button did.
            self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.button.clicked.connect(self._act)
            self.button.installEventFilter(self)
            line.addWidget(self.button)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(MILLISECONDS)
        self.timer.timeout.connect(self.leave)
        self.timer.start()

    def _act(self) -> None:
        run = self.run
        self.leave()
        if run is not None:
            run()

    def leave(self) -> None:
        """Go away now."""
        self.gone = True
        self.timer.stop()
        self.hide()
        self.deleteLater()

    def waits(self) -> bool:
        """Whether the pointer or the keyboard is on it."""
        return self._pointed or (self.button is not None and self.button.hasFocus())

    def _wait_or_go_on(self) -> None:
        if self.waits():
            self.timer.stop()
        elif not self.gone:
            self.timer.start()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._pointed = event.type() == QEvent.Type.Enter
            self._wait_or_go_on()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._wait_or_go_on()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        return super().eventFilter(watched, event)


class Toasts(QObject):
    """The toasts of one window: never more than two, the newest lowest."""

    def __init__(self, window: QWidget, bottom: int = 36) -> None:
        super().__init__(window)
        self._window = window
        self._bottom = bottom
        self._toasts: list[Toast] = []
        self._again = QTimer(self)
        self._again.setInterval(SOON)
        self._again.timeout.connect(self._place_again)

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
        announce(self._window, text)
        return toast

    def step_gone(self, step: object) -> None:
        """A step was taken back: what offers to take it back has nothing to offer any more."""
        for toast in self.shown():
            if getattr(toast.run, "step", None) == step:
                toast.leave()
        self.place()

    def place(self) -> None:
        """Stand at the window's bottom start, the newest lowest; over nothing that is pressed or has the keyboard."""
        focused, pressed = self._taken()
        whole = self._room()
        room = whole
        for toast in reversed(self.shown()):
            toast.move(self._place_in((room, whole), toast, focused, pressed))
            toast.raise_()
            # The next above it, if there is room in the lower half, else beside it.
            room = QRect(whole.left(), whole.center().y(), whole.width(), toast.y() - GAP - whole.center().y())
            focused = [*focused, toast.geometry()]
        if self._toasts:
            self._again.start()
        else:
            self._again.stop()

    def _place_again(self) -> None:
        """The page may have changed meanwhile, or the keyboard moved on; what is pointed at moves for that only."""
        focused, pressed = self._taken()
        shown = self.shown()
        over = [one for toast in shown for one in (focused if toast.waits() else [*focused, *pressed])
                if one.intersects(toast.geometry())]  # fmt: skip
        if over or not shown:
            self.place()

    def _room(self) -> QRect:
        rtl = self._window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # Beside the sidebar: its last entries must stay within reach of the pointer.
        sidebar = self._window.findChild(QWidget, "sidebar")
        away = EDGE + (sidebar.width() if sidebar is not None else 0)
        return self._window.rect().adjusted(EDGE if rtl else away, EDGE, -away if rtl else -EDGE, -self._bottom)

    def _taken(self) -> tuple[list[QRect], list[QRect]]:
        """Where the keyboard is, and where buttons are."""
        shown = self.shown()
        own = [toast.button for toast in shown if toast.button is not None]
        return keyboard(self._window, own), buttons(self._window, own)

    def _place_in(self, rooms: Sequence[QRect], toast: Toast, focused: list[QRect], pressed: list[QRect]) -> QPoint:
        rtl = self._window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for over in ([*focused, *pressed], focused):
            for room in rooms:
                found = free_place(toast.size(), room, over, rtl=rtl)
                if found is not None:
                    return found
        return rooms[-1].topLeft()
