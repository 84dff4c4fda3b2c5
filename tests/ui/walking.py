"""A walk over every page of the window that notes what somebody without mouse or good eyes would stumble over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QWidget,
)

from unnm_desktop.ui.link import Link
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.toast import Toast
from unnm_desktop.ui.widgets import ElidedLabel, Pill

LEAST = 24
# What a heading, and a pill in its cell, keep free beside their words.
HEADING_PADDING, PILL_PADDING = 20, 36
# Of a page; more presses of Tab than this mean that they go in a circle.
MOST_TABS = 250
_WINDOW = Qt.WindowType.Window
_NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


@dataclass
class Findings:
    """What was stumbled over, by page."""

    nameless: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    ringless: list[str] = field(default_factory=list)


def told(widget: QWidget) -> str:
    """The widget in words a developer finds it by."""
    text = widget.accessibleName() or str(getattr(widget, "text", str)())[:30]
    return f"{type(widget).__name__} “{text}” in {type(widget.parentWidget()).__name__}"


def inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside its own widgets and speaks for."""
    parent = widget.parentWidget()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QScrollBar | QSplitterHandle)
        or isinstance(parent, QLineEdit | QComboBox | QMenuBar)
        or (isinstance(parent, QAbstractScrollArea) and widget is parent.viewport())
        or (isinstance(parent, QAbstractItemView) and type(widget).__module__.startswith("PySide6"))
    )


def seen(window: QWidget) -> Iterator[QWidget]:
    """Every widget on the screen that somebody could mean."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not inner(widget):
            yield widget


class Walk:
    """Goes from page to page, or looks at one dialog or menu, and fills in the findings; Tab begins at ``first``."""

    def __init__(self, window: QWidget, first: QWidget, findings: Findings | None = None) -> None:
        self._window, self._first = window, first
        self.findings = findings or Findings()
        self._rings: set[tuple[Any, ...]] = set()

    def look(self, place: str) -> None:
        """Look at what is shown now."""
        settle()
        window, findings = self._window, self.findings
        for widget in seen(window):
            if takes_focus(widget) and nameless(widget):
                findings.nameless.append(f"{place}: {told(widget)}")
            if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and too_small(widget):
                findings.small.append(f"{place}: {told(widget)} {widget.width()}×{widget.height()}")
        reached = self._tab_through()
        for widget in seen(window):
            inside = widget.focusProxy() or widget
            if takes_focus(widget) and widget.isEnabled() and inside not in reached and not _in_group(widget, reached):
                findings.unreached.append(f"{place}: {told(widget)}")

    def _tab_through(self) -> set[QWidget]:
        self._first.setFocus()
        reached: set[QWidget] = set()
        for _ in range(MOST_TABS):
            now = QApplication.focusWidget()
            if now is None or now in reached:
                break
            reached.add(now)
            self._look_at_ring(now)
            QTest.keyClick(now, Qt.Key.Key_Tab)
        return reached

    def _look_at_ring(self, widget: QWidget) -> None:
        """The focus must be seen: the widget looks otherwise with it than without."""
        key = (type(widget), widget.property("role"), widget.property("quiet"), widget.objectName())
        if key in self._rings:
            return
        self._rings.add(key)
        if isinstance(widget, QMenu):
            # Its arrows mark a line each.
            return
        with_focus = picture(widget)
        widget.clearFocus()
        without = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if with_focus == without:
            self.findings.ringless.append(told(widget))


class Strays(QObject):
    """Notes what is shown before it stands anywhere: a window of its own for a moment, which takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[str] = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.windowType() == _WINDOW:
            self.met.append(told(watched))
        return False


class Over:
    """Looks at each dialog and menu that opens over the window, and closes it as Esc does."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.met: set[str] = set()
        self.place = ""
        self._looking = False
        self._pulse = QTimer()
        self._pulse.setInterval(1)
        self._pulse.timeout.connect(self._look)
        self._pulse.start()

    def stop(self) -> None:
        """Nothing more is to open."""
        self._pulse.stop()

    def _look(self) -> None:
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is None or self._looking:
            return
        self._looking = True
        settle()
        self.met.add(f"{self.place}: {type(top).__name__}")
        # What Qt makes whole, such as the dialog of the printer, it names by the labels beside.
        if not isinstance(top, QDialog) or not type(top).__module__.startswith("PySide6"):
            Walk(top, top.focusWidget() or top, self.findings).look(f"{self.place}: {top.windowTitle()}")
        top.close()
        self._looking = False


def picture(widget: QWidget) -> Any:
    """What is seen of the widget and close around it; a text cursor does not count."""
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    window = widget.window()
    corner = widget.mapTo(window, QPoint(0, 0))
    room = QRect(corner.x() - 3, corner.y() - 3, min(widget.width() + 6, 900), min(widget.height() + 6, 500))
    image = window.grab(room).toImage()
    QApplication.setCursorFlashTime(flash)
    return image


def settle() -> None:
    """Let everything that waits happen: details come a turn after their list, and their layout a few later."""
    for _ in range(8):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def takes_focus(widget: QWidget) -> bool:
    """Whether Tab should come here."""
    if isinstance(widget, Toast) or widget.isWindow():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def nameless(widget: QWidget) -> bool:
    """Whether a screen reader has nothing to say."""
    return not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))


def too_small(widget: QWidget) -> bool:
    """Whether it is hard to hit."""
    return widget.width() < LEAST or widget.height() < LEAST


def cut_off(window: MainWindow) -> list[str]:
    """What is seen of which a part is not, and no "…" says so."""
    found = [(widget, _cut(widget)) for widget in seen(window)]
    cut = [f"{told(widget)}: {lack}" for widget, lack in found if lack]
    for table in (one for one in window.findChildren(RecordsTable) if one.isVisible() and one.model() is not None):
        cut += [f"{table.accessibleName()}: {words}" for words in (*_cut_headings(table), *_cut_pills(table))]
    return cut


def _cut_headings(table: RecordsTable) -> Iterator[str]:
    """The headings without room, which Qt cuts in the middle of a letter."""
    metrics = QFontMetrics(table.desk.look.font(0.9, QFont.Weight.DemiBold))
    header, model = table.horizontalHeader(), table.listing
    for column in range(model.columnCount()):
        title = model.headerData(column, Qt.Orientation.Horizontal)
        lack = metrics.horizontalAdvance(title) - (header.sectionSize(column) - HEADING_PADDING)
        if not table.isColumnHidden(column) and lack > 1:
            yield f"heading “{title}” {lack} too narrow"


def _cut_pills(table: RecordsTable) -> Iterator[str]:
    """The states in sight that are not read whole."""
    metrics = QFontMetrics(table.delegate.small)
    for row, column in product(range(min(40, table.listing.rowCount())), range(table.listing.columnCount())):
        cell = table.listing.cell_at(row, column)
        if cell is None or cell.shape != "pill" or table.isColumnHidden(column):
            continue
        lack = metrics.horizontalAdvance(cell.brief or cell.text) - (table.columnWidth(column) - PILL_PADDING)
        if lack > 0:
            yield f"pill “{cell.text}” {lack} too narrow"


def _cut(widget: QWidget) -> str:
    # These cut their words themselves, with a sign.
    if isinstance(widget, ElidedLabel | Pill | Link | TickBox):
        return ""
    metrics, room = widget.fontMetrics(), widget.contentsRect()
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            lack = widget.heightForWidth(widget.width()) - widget.height()
            return f"{lack} too low" if lack > 1 else ""
        lack = metrics.horizontalAdvance(widget.text()) - room.width()
        return f"{lack} too narrow" if lack > 1 and "\n" not in widget.text() else ""
    if isinstance(widget, QPushButton) and widget.text():
        lack = widget.minimumSizeHint().width() - widget.width()
        return f"{lack} too narrow" if lack > 1 else ""
    if isinstance(widget, QLineEdit | QComboBox):
        return "lower than its text" if metrics.height() > widget.height() - 2 else ""
    if isinstance(widget, QScrollArea) and widget.horizontalScrollBarPolicy() is _NEVER and widget.widget() is not None:
        lack = widget.widget().width() - widget.viewport().width()
        return f"{lack} of what it scrolls never seen" if lack > 0 else ""
    return ""


def _in_group(widget: QWidget, reached: set[QWidget]) -> bool:
    """Of exclusive buttons, such as tabs, one is reached and arrows go to the others."""
    return (
        isinstance(widget, QAbstractButton)
        and widget.autoExclusive()
        and any(other.parentWidget() is widget.parentWidget() for other in reached)
    )
