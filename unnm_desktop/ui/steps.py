"""Where one is among the pages of something that is done step by step."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.theme import Look


class Steps(QWidget):
    """Where one is among the pages: those behind have a tick, the present one its name in bold."""

    def __init__(self, desk: Desk, names: list[str], current: int) -> None:
        super().__init__()
        self._look: Look = desk.look
        self._language = desk.language
        self._names, self._current = names, current
        self._plain, self._strong = self._look.font(), self._look.font(1.0, QFont.Weight.DemiBold)
        self.setAccessibleName(
            desk.tr(N_("Step {n} of {total}: {name}"), n=current + 1, total=len(names), name=names[current])
        )
        self.setMinimumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(300, max(26, QFontMetrics(self._strong).height() + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = [QFontMetrics(self._strong).horizontalAdvance(name) + 26 + 8 + 22 for name in self._names]
        # Where all names do not fit, only the present one is written.
        all_fit = sum(widths) <= self.width()
        x = 0
        for place, name in enumerate(self._names):
            now, done = place == self._current, place < self._current
            text, back = look.tone("good" if done else "info" if now else "neutral")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(back)
            circle = self._place(x, 26, 24)
            painter.drawRoundedRect(circle, 12, 12)
            if done:
                tick = look.icons.pixmap("check", text.name(), 14)
                painter.drawPixmap(circle.center().x() - 6, circle.center().y() - 6, tick)
            else:
                painter.setPen(text)
                painter.setFont(self._strong)
                painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), self._language.number(place + 1))
            x += 26 + 8
            if now or all_fit:
                painter.setPen(look.colour("text" if now else "text2"))
                painter.setFont(self._strong if now else self._plain)
                wide = painter.fontMetrics().horizontalAdvance(name) + 4
                place_of = self._place(x, wide, self.height())
                painter.drawText(place_of, int(look.start() | Qt.AlignmentFlag.AlignVCenter), name)
                x += wide + 18

    def _place(self, x: int, width: int, height: int) -> QRect:
        left = self.width() - x - width if self._look.rtl else x
        return QRect(left, (self.height() - height) // 2, width, height)
