"""The top of a page that shows one record whole: back, title, pill, buttons, tabs with counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.rooms import Rooms
from unnm_desktop.ui.widgets import ElidedLabel, Pill, button, empty, icon_button


class Title(ElidedLabel):
    """A title in one line, or in two where it has no room in one; only what two do not hold is cut."""

    def shown(self) -> str:
        metrics, room = self.fontMetrics(), max(40, self.width())
        words = self.text().split()
        first = 1
        while first < len(words) and metrics.horizontalAdvance(" ".join(words[: first + 1])) <= room:
            first += 1
        lines = [" ".join(words[:first]), " ".join(words[first:])]
        return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines if line)

    def _tell(self) -> None:
        shown = self.shown()
        self.setToolTip(self.text() if shown.split() != self.text().split() else "")
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * (1 + shown.count("\n")) + self.padding())


class RecordHeader(QWidget):
    """Back button, title, state and the buttons of a record."""

    def __init__(self, desk: Desk, back: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        # What room is left goes to what stands below it.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(2)
        self._top = QHBoxLayout()
        self._top.setSpacing(10)
        self.back = icon_button(desk.look, "chevron-left", desk.tr(N_("Back")), back)
        self.back.setMinimumSize(32, 32)
        self._top.addWidget(self.back)
        self.title = Title(desk.look, "", "h1")
        # The pill stands right behind the title; where both have no room, before what stands below.
        self._top.addWidget(self.title, 1000)
        self._pills, self._low_pills = QHBoxLayout(), QHBoxLayout()
        self._pill: Pill | None = None
        self._top.addLayout(self._pills)
        self._top.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._top.addLayout(self._buttons)
        column.addLayout(self._top)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addLayout(self._low_pills)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(6)
        below.addLayout(self._facts, 1)
        column.addLayout(below)

    def show_record(
        self, title: str, facts: Sequence[tuple[str, str]] = (), pill: str = "", tone: str = "neutral"
    ) -> None:
        """Fill in (texts translated); ``facts`` are icons with what stands beside them."""
        self.title.setText(title)
        self.title.setMaximumWidth(self.title.sizeHint().width())
        self.setAccessibleName(title)
        self.setAccessibleDescription(". ".join(text for _, text in facts))
        empty(self._facts)
        look = self._desk.look
        for icon, text in facts:
            sign = QLabel()
            sign.setPixmap(look.icons.pixmap(icon, look.tokens.text2, look.with_text(15)))
            said = ElidedLabel(look, text, "grey")
            said.setMaximumWidth(said.sizeHint().width() + 4)
            self._facts.addWidget(sign)
            self._facts.addWidget(said, 1000)
            self._facts.addSpacing(12)
        self._facts.addStretch(1)
        empty(self._pills)
        empty(self._low_pills)
        self._pill = Pill(self._desk.look, pill, tone) if pill else None
        self._stand()

    def show_buttons(self, *buttons: tuple[str, Callable[[], object], str, str]) -> None:
        """Buttons at the end side: (translated text, what it does, role, icon); the primary last."""
        empty(self._buttons)
        for text, run, role, icon in buttons:
            self._buttons.addWidget(button(self._desk.look, text, run, role, icon))
        self._stand()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """Put the pill where it takes no room from the title."""
        if self._pill is None:
            return
        gap = self._top.spacing()
        wanted = sum(one.sizeHint().width() + gap for one in (self.back, self.title, self._pill))
        wanted += self._buttons.sizeHint().width()
        line = self._low_pills if wanted > self.width() else self._pills
        if line.indexOf(self._pill) < 0:
            for other in (self._pills, self._low_pills):
                other.removeWidget(self._pill)
            line.addWidget(self._pill)


class Tabs(QWidget):
    """Tabs of one record with counts; ``stack`` holds their pages."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._line = QHBoxLayout()
        self._line.setSpacing(20)
        self._line.addStretch(1)
        column.addLayout(self._line)
        self.stack = Rooms()
        column.addWidget(self.stack, 1)
        self.setAccessibleName(name)
        # Auto-exclusive buttons would count the chips inside the pages as tabs too.
        self._group = QButtonGroup(self)
        self._tabs: list[tuple[QPushButton, str]] = []

    def add(self, title: str, page: QWidget) -> int:
        """One more tab (title a msgid); gives its number."""
        number = len(self._tabs)
        tab = QPushButton(self._desk.tr(title))
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        tab.setCursor(Qt.CursorShape.PointingHandCursor)
        tab.clicked.connect(lambda _=False: self.choose(number))
        self._group.addButton(tab)
        self._line.insertWidget(number, tab)
        self.stack.addWidget(page)
        self._tabs.append((tab, title))
        if number == 0:
            tab.setChecked(True)
        return number

    def choose(self, number: int) -> None:
        """Show that tab."""
        self._tabs[number][0].setChecked(True)
        if self.stack.currentIndex() != number:
            self.stack.setCurrentIndex(number)
            self.chosen.emit(number)

    def count(self, number: int, count: int | None) -> None:
        """The count beside a tab's title; None takes it away."""
        tab, title = self._tabs[number]
        text = self._desk.tr(title)
        tab.setText(text if count is None else f"{text} {self._desk.language.number(count)}")

    @property
    def current(self) -> int:
        """The number of the tab shown."""
        return self.stack.currentIndex()
