"""A column of widgets that scrolls up and down where the room is low, never sideways."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrollColumn(QScrollArea):
    """As wide as its room; Tab goes past it to what it holds."""

    def __init__(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 14) -> None:
        """``margins`` at start, top, end (where the scroll bar stands) and bottom."""
        super().__init__()
        self._margins, self._spacing = margins, spacing
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.renew()

    def renew(self, *parts: QWidget) -> None:
        """Show these below one another, in the place of all that was there."""
        self.inside = QWidget()
        # The style sheet gives what has this name no ground of its own.
        self.inside.setObjectName("inside")
        self.column = QVBoxLayout(self.inside)
        self.column.setSpacing(self._spacing)
        self.set_margins(*self._margins)
        for part in parts:
            self.column.addWidget(part)
        # setWidget deletes the old column at once, even under the field or button that brought the new one.
        old = self.takeWidget()
        self.setWidget(self.inside)
        if old is not None:
            old.hide()
            old.deleteLater()

    def set_margins(self, start: int, top: int, end: int, bottom: int) -> None:
        """Other margins from now on; Qt mirrors what lies in a layout, not the margins around it."""
        self._margins = (start, top, end, bottom)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.column.setContentsMargins(end if rtl else start, top, start if rtl else end, bottom)

    def settle(self) -> None:
        """Give all its place now: Qt would first paint what is new in the height of what was there before."""
        self.column.activate()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def go_back_to(self, place: int) -> None:
        """Scroll there as soon as a new column has its height, one event later."""
        QTimer.singleShot(0, self, partial(self.verticalScrollBar().setValue, place))


class ReadingColumn(ScrollColumn):
    """A column to read: it takes the focus, so that the arrow keys scroll it."""

    def __init__(self, name: str, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 14) -> None:
        super().__init__(margins, spacing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "reading")
        self.setAccessibleName(name)
