"""The money of a year's plan in a card: a bar of its parts, and each part in the plan's currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from unnm_desktop.services.dashboard import PlanSummary
    from unnm_desktop.services.money import Money
    from unnm_desktop.ui.desk import Desk


class ShareBar(QWidget):
    """Parts of a whole side by side, from the start on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._look = desk.look
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Show these sizes in these colours (tokens)."""
        self._parts = tuple(parts)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = sum(size for size, _ in self._parts)
        width = float(self.width())
        painter.setBrush(self._look.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        # From the last to the first, each reaching back to the start: only the outer ends are round.
        for number in range(len(self._parts) - 1, -1, -1):
            upto = sum(size for size, _ in self._parts[: number + 1])
            if whole == 0 or self._parts[number][0] == 0:
                continue
            length = width * upto / whole
            box = QRectF(width - length if self._look.rtl else 0, 0, length, 10)
            painter.setBrush(self._look.colour(self._parts[number][1]))
            painter.drawRoundedRect(box, 5, 5)


class Swatch(QWidget):
    """The small square before the words of a part."""

    def __init__(self, desk: Desk, colour: str) -> None:
        super().__init__()
        self._colour = desk.look.colour(colour)
        self.setFixedSize(10, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)


class BudgetCard(TitledCard):
    """What the year's plan needs, has and has spent, in the plan's currency."""

    PARTS = (("spent", "accent"), ("available", "violet"), ("to_be_mobilized", "line"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "")
        look = desk.look
        self.required = label(look, "", "grey")
        self.top.addWidget(self.required)
        self.bar = ShareBar(desk)
        self.column.addSpacing(2)
        self.column.addWidget(self.bar)
        self.column.addSpacing(2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.rows: list[tuple[QLabel, QLabel, QLabel]] = []
        for number, (_, colour) in enumerate(self.PARTS):
            mark = Swatch(desk, colour)
            words, amount, share = label(look, "", "grey"), label(look), label(look, "", "grey")
            share.setAlignment(look.end())
            grid.addWidget(mark, number, 0)
            grid.addWidget(words, number, 1)
            grid.addWidget(amount, number, 2)
            grid.addWidget(share, number, 3)
            self.rows.append((words, amount, share))
        self.column.addLayout(grid)
        self.more = label(look, "", "small", wrap=True)
        self.column.addWidget(self.more)

    def show_plan(self, summary: PlanSummary | None) -> None:
        """Show the plan's money; without a plan or any money there is nothing to show."""
        self.setVisible(summary is not None and (summary.money.required > 0 or summary.money.available > 0))
        if summary is None:
            return
        money, language, tr = summary.money, self.desk.language, self.tr_
        self.title.setText(tr(N_("Budget {year}"), year=language.figures(str(summary.year))))
        whole = language.money(money.required, money.currency)
        self.required.setText(whole)
        self.required.setToolTip(tr(N_("Required")))
        self.required.setAccessibleName(tr(N_("Required: {amount}"), amount=whole))
        parts = shares(money)
        self.bar.show_parts([(size, colour) for size, (_, colour) in zip(parts, self.PARTS, strict=True)])
        base = sum(parts)
        titles = (tr(N_("Spent")), tr(N_("Available, not spent")), tr(N_("To be mobilized")))
        for (words, amount, share), title, size in zip(self.rows, titles, parts, strict=True):
            words.setText(title)
            amount.setText(language.money(size, money.currency))
            share.setText(language.percent(100 * size / base if base else 0))
        self.more.setText(money.excess_words(language))
        self.more.setVisible(bool(self.more.text()))


def shares(money: Money) -> tuple[int, int, int]:
    """Spent, available but not spent, and to be mobilized."""
    return (
        min(money.spent, max(money.available, money.spent)),
        max(0, money.available - money.spent),
        money.to_be_mobilized,
    )
