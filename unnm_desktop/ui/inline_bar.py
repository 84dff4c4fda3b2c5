"""A message on top of a page, next to what it is about; never over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import button, empty, icon_button, label

_ICONS = {"bad": "circle-alert", "warn": "triangle-alert", "good": "circle-check", "info": "info"}


class InlineBar(QFrame):
    """One line that can be dismissed, with at most one action; tones bad, warn, good, info."""

    # The officer took the message away.
    dismissed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 6, 8, 6)
        self._text: QLabel | None = None
        self._as_told = ("", "", "")
        self._run: Callable[[], object] | None = None
        self.hide()

    def show_message(
        self, text: str, tone: str = "info", action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Say this (texts translated); an earlier message goes."""
        if (text, tone, action) == self._as_told and self.message():
            # Its button may be pressed just now, which took the keyboard out of the field that could not be kept again.
            self._run = run
            announce(self, text, urgent=tone in ("bad", "warn"))
            return
        self.clear()
        self._as_told, self._run = (text, tone, action), run
        look = self._desk.look
        self.setProperty("role", "bar")
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        picture = QLabel()
        picture.setPixmap(look.icons.pixmap(_ICONS.get(tone, "info"), look.tokens.tone(tone)[0], look.with_text(18)))
        self._line.addWidget(picture)
        self._text = label(look, text, wrap=True)
        self._line.addWidget(self._text, 1)
        if action and run is not None:
            self._line.addWidget(button(look, action, self._act))
        self._line.addWidget(icon_button(look, "x", self._desk.tr(N_("Dismiss")), self._dismiss, 16))
        self.setAccessibleName(text)
        self.show()
        announce(self, text, urgent=tone in ("bad", "warn"))

    def message(self) -> str:
        """What it says now."""
        return self._text.text() if self._text is not None and not self.isHidden() else ""

    def _act(self) -> None:
        if self._run is not None:
            self._run()

    def _dismiss(self) -> None:
        self.clear()
        self.dismissed.emit()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()
        self._text, self._run = None, None
        empty(self._line)


class BarRoom(QWidget):
    """Keeps a bar apart from what is around it; while the bar is hidden it takes no room."""

    def __init__(self, bar: InlineBar) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 10, 24, 0)
        line.addWidget(bar)
        bar.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)
