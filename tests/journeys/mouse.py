"""Hands that point and click, and type where only words will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.journeys.keyboard import Keyboard
from tests.ui.walking import settle
from unnm_desktop.ui.forms import Field
from unnm_desktop.ui.table import RecordsTable

LEFT = Qt.MouseButton.LeftButton


class Mouse(Keyboard):
    """Clicks where the eye finds the words; what cannot be seen cannot be clicked."""

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click into a widget that is seen and can be used."""
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        point = at if at is not None else widget.rect().center()
        # What is clicked is what lies on top there, as under a real pointer.
        top = widget.window().childAt(widget.mapTo(widget.window(), point))
        assert top is not None
        assert top is widget or widget.isAncestorOf(top), f"{top} lies over {widget}"
        QTest.mouseClick(top, LEFT, pos=top.mapFrom(widget, point))

    def button(self, text: str, inside: QWidget | None = None, **values: object) -> None:
        """Click the button that says so, once there is one."""
        words = self.tr(text, **values)

        def found() -> list[QAbstractButton]:
            around = inside or QApplication.activeModalWidget() or self.window
            buttons = around.findChildren(QAbstractButton)
            said = [one for one in buttons if one.isVisible() and words in (one.text(), one.accessibleName())]
            return said or [one for one in buttons if one.isVisible() and one.text().startswith(words)]

        self.until(found)
        self.scroll_to(found()[0])
        self.click(found()[0])

    def scroll_to(self, widget: QWidget) -> None:
        """Turn the wheel until the widget is seen."""
        # Layouts and their scroll areas find their sizes one event later.
        settle()
        above = widget.parentWidget()
        while above is not None:
            if hasattr(above, "ensureWidgetVisible"):
                above.ensureWidgetVisible(widget)
                settle()
            above = above.parentWidget()

    def place(self, name: str) -> None:
        """Click a place in the sidebar."""
        sidebar = self.window.sidebar
        for view in sidebar.findChildren(QAbstractItemView):
            for row in range(view.model().rowCount()):
                index = view.model().index(row, 0)
                if index.data() == self.tr(name):
                    self.item(view, index)
                    return
        raise AssertionError(f"no place is called {name}")

    def item(self, view: QAbstractItemView, index: QModelIndex | Any) -> None:
        """Click one line of a list."""
        view.scrollTo(index)
        self.click(view.viewport(), view.visualRect(index).center())

    def row(self, table: RecordsTable, record_id: UUID) -> None:
        """Click the row of a record."""
        self.until(lambda: table.listing.row_of(record_id) >= 0)
        self.item(table, table.listing.index(table.listing.row_of(record_id), 0))

    def field(self, field: Field, text: str) -> None:
        """Click into a field, type over what stands there, and leave it."""
        box = field.findChild(QPlainTextEdit) or field.findChild(QLineEdit)
        assert box is not None
        self.scroll_to(box)
        self.click(box if isinstance(box, QLineEdit) else box.viewport())
        self.over(text)
        self.press("Tab")

    def choose(self, combo: QComboBox, text: str) -> None:
        """Open a list of choices and click one."""
        self.scroll_to(combo)
        self.click(combo)
        self.until(lambda: combo.view().isVisible())
        row = combo.findText(self.tr(text))
        assert row >= 0, [combo.itemText(number) for number in range(combo.count())]
        view = combo.view()

        def taken() -> bool:
            # A list that opens under the pointer takes no click until the mouse has moved, or for a moment.
            at = view.visualRect(combo.model().index(row, 0)).center()
            QTest.mouseMove(view.viewport(), at)
            QTest.mouseClick(view.viewport(), LEFT, pos=at)
            return not view.isVisible()

        self.until(taken)

    def answer(self, verb: str, fill: Callable[[Any], object] = lambda _dialog: None) -> None:
        """Say what is filled into the dialog that the next click opens, and which button is clicked."""

        def go() -> None:
            dialog = QApplication.activeModalWidget()
            assert dialog is not None
            fill(dialog)
            self.button(verb, dialog)

        self.meanwhile(go)

    def reads(self, text: str) -> bool:
        """Whether the window says so."""
        return any(text in one.text() for one in self.window.findChildren(QLabel) if one.isVisible())
