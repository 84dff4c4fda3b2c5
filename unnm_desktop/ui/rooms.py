"""A stack of widgets that are made when they are first needed."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget


class Rooms(QStackedWidget):
    """Shows one of its widgets; each place is there before what stands in it."""

    def add_room(self) -> None:
        """One more place."""
        self.addWidget(QWidget())

    def put(self, number: int, widget: QWidget) -> None:
        """Let this stand in a place."""
        old, shown = self.widget(number), self.currentIndex() == number
        self.insertWidget(number, widget)
        if shown:
            self.setCurrentWidget(widget)
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
