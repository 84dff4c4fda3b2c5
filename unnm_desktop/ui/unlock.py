"""The page before a protected workspace: its passphrase, and nothing of what is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.flow import Flow
from unnm_desktop.ui.mark import Mark
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.secret_field import SecretField
from unnm_desktop.ui.widgets import Card, ElidedLabel, button, label, row

WIDTH = 440


@dataclass(frozen=True)
class Ways:
    """What can be done before it is open; ``back`` only where another workspace is open behind it."""

    unlock: Callable[[str], object]
    sheet: Callable[[], object]
    other: Callable[[], object]
    restore: Callable[[], object]
    back: Callable[[], object] | None = None


class Unlock(QWidget):
    """Mark, the file's name, the passphrase; while she types, the rest of the program is loaded."""

    def __init__(self, desk: Desk, path: Path, ways: Ways, *, wait: int = 0) -> None:
        """``wait`` is for how many seconds no further try is taken."""
        super().__init__()
        self.desk, self.ways = desk, ways
        look, tr = desk.look, desk.tr
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr(N_("Unlock")))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        area = ScrollColumn(margins=(24, 20, 24, 20))
        around.addWidget(area)
        whole = area.column
        whole.addStretch(2)
        across = QHBoxLayout()
        across.addStretch(1)
        card = Card(28)
        card.setMaximumWidth(round(WIDTH * max(1.0, look.text_size / 100)))
        across.addWidget(card, 20)
        across.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(3)
        column = card.column
        column.setSpacing(10)
        column.addWidget(row(Mark(look, 48)))
        column.addWidget(ElidedLabel(look, isolate(path.stem), "h1"))
        column.addWidget(label(look, tr(N_("This workspace is locked.")), "grey", wrap=True))
        column.addSpacing(8)
        column.addWidget(label(look, tr(N_("Passphrase")), "strong"))
        self.field = SecretField(desk, tr(N_("Passphrase")))
        self.field.returnPressed.connect(self._try)
        column.addWidget(self.field)
        self.caps = label(look, tr(N_("Caps Lock is on.")), "hint", wrap=True)
        self.caps.hide()
        self.field.caps.connect(self.caps.setVisible)
        column.addWidget(self.caps)
        self.problem = label(look, "", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.go = button(look, tr(N_("Unlock")), self._try, "primary", "lock-open")
        self.go.setMinimumHeight(round(36 * max(1.0, look.text_size / 100)))
        column.addWidget(self.go)
        column.addSpacing(6)
        column.addWidget(self._links())
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        if wait:
            self._hold(wait)

    def _links(self) -> QWidget:
        """The ways of who has forgotten it, or meant another file."""
        look, tr, ways = self.desk.look, self.desk.tr, self.ways
        links = [
            button(look, tr(N_("Use the recovery sheet…")), ways.sheet, "link"),
            button(look, tr(N_("Open a different file…")), ways.other, "link"),
            button(look, tr(N_("Restore a backup…")), ways.restore, "link"),
        ]
        if ways.back is not None:
            links.append(button(look, tr(N_("Go back")), ways.back, "link"))
        made = QWidget()
        flow = Flow(made, 14, 4)
        for one in links:
            flow.addWidget(one)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()

    def _try(self) -> None:
        if self.go.isEnabled() and self.field.text():
            self.problem.hide()
            self._enable(on=False)
            self.ways.unlock(self.field.take())

    def refuse(self, words: str, wait: int) -> None:
        """It did not open; after many tries the next one has to wait."""
        self.problem.setText(words)
        self.problem.show()
        announce(self, words, urgent=True)
        self._enable(on=True)
        self.field.setFocus()
        if wait:
            self._hold(wait)

    def _hold(self, seconds: int) -> None:
        self._left = seconds
        self._enable(on=False)
        self._say_left()
        self._timer.start()

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say_left()
            return
        self._timer.stop()
        self.problem.hide()
        self._enable(on=True)
        self.field.setFocus()

    def _say_left(self) -> None:
        self.problem.setText(
            self.desk.language.ntr(
                "Too many tries. The next one can be made in {n} second.",
                "Too many tries. The next one can be made in {n} seconds.",
                self._left,
            )
        )
        self.problem.show()

    def _enable(self, *, on: bool) -> None:
        # The field stays open: without it the keyboard went on to the sheet's link, where Enter opens a field that
        # shows what is typed.
        self.field.setFocus()
        self.go.setEnabled(on)
