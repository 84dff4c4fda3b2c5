"""Tooltips that stay while they are read: the pointer may go onto them, and Esc takes them away (WCAG 1.4.13)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget

# Qt shows a tooltip when the pointer has rested for 700 milliseconds.
_SOON = 800
# Qt's own class of the window that a tooltip is; Python has no name for it.
_TIP = "QTipLabel"


class Tips(QObject):
    """Hears Esc before the window that has the keyboard does, and keeps a tooltip from going while it is needed."""

    # A tooltip would have gone and stays.
    kept = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._about: QWidget | None = None
        self._row = QPersistentModelIndex()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.look)
        app.focusWindowChanged.connect(self._listen)
        self._listen(QGuiApplication.focusWindow())

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            # The same filter twice is one.
            window.installEventFilter(self)

    def look(self) -> None:
        """If a tooltip shows, remember what it is about and watch over it."""
        if not QToolTip.isVisible():
            return
        self._about, self._row = self._under()
        for one in _shown():
            one.installEventFilter(self)

    def _under(self) -> tuple[QWidget | None, QPersistentModelIndex]:
        """The widget under the pointer, and of a list its row."""
        place = QCursor.pos()
        found = QApplication.widgetAt(place)
        view = found.parent() if found is not None else None
        if found is None or not isinstance(view, QAbstractItemView):
            return found, QPersistentModelIndex()
        return found, QPersistentModelIndex(view.indexAt(found.mapFromGlobal(place)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            self._soon.start()
        elif kind == QEvent.Type.Timer and isinstance(watched, QWidget):
            # Its clocks: one runs when the pointer has left, one when it was there for ten seconds.
            stays = watched.geometry().contains(QCursor.pos()) or self._under() == (self._about, self._row)
            if stays:
                self.kept.emit()
            return stays
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and QToolTip.isVisible():
            gone = event.key() == Qt.Key.Key_Escape
            if gone:
                # Qt hides it by the very clock that is held here.
                self._soon.stop()
                for one in _shown():
                    one.removeEventFilter(self)
                QToolTip.hideText()
            return gone
        return False


def _shown() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.inherits(_TIP)]
