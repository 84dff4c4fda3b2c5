"""One of a few ways to go on, as a card with a round mark, a title and a grey line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from unnm_desktop.ui.theme import Look

_MARGIN, _DOT, _GAP = 14, 16, 10


class ChoiceCard(QRadioButton):
    """A radio button that is seen as a card: arrow keys go from one to the next, the whole card can be clicked."""

    def __init__(self, look: Look, title: str, line: str = "") -> None:
        super().__init__(title)
        self._look, self._line = look, line
        self._strong, self._small = look.font(1.05, QFont.Weight.DemiBold), look.font(0.95)
        self.setAccessibleDescription(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_line(self, line: str) -> None:
        """Another grey line under the title."""
        self._line = line
        self.setAccessibleDescription(line)
        self.update()

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._strong).height() + (QFontMetrics(self._small).height() + 2 if self._line else 0)
        return QSize(240, lines + 2 * _MARGIN)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, pointed = self.isChecked(), self.underMouse() and self.isEnabled()
        edge = look.colour("ring" if self.hasFocus() else "accent" if chosen else "edge" if pointed else "line")
        thick = 2.0 if chosen or self.hasFocus() else 1.0
        painter.setPen(QPen(edge, thick))
        painter.setBrush(look.colour("selection" if chosen else "hover" if pointed else "surface"))
        inset = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 10, 10)
        strong, small = QFontMetrics(self._strong), QFontMetrics(self._small)
        high = strong.height() + (small.height() + 2 if self._line else 0)
        top = (self.height() - high) // 2
        self._paint_dot(painter, top + strong.height() // 2, chosen)
        room = self.width() - 2 * _MARGIN - _DOT - _GAP
        x = _MARGIN if look.rtl else _MARGIN + _DOT + _GAP
        flags = int(look.start() | Qt.AlignmentFlag.AlignVCenter)
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(look.colour("text"))
        painter.setFont(self._strong)
        painter.drawText(QRect(x, top, room, strong.height()), flags, strong.elidedText(self.text(), elide, room))
        if self._line:
            painter.setPen(look.colour("text2"))
            painter.setFont(self._small)
            place = QRect(x, top + strong.height() + 2, room, small.height())
            painter.drawText(place, flags, small.elidedText(self._line, elide, room))

    def _paint_dot(self, painter: QPainter, middle: int, chosen: bool) -> None:
        look = self._look
        x = self.width() - _MARGIN - _DOT if look.rtl else _MARGIN
        circle = QRectF(x, middle - _DOT / 2, _DOT, _DOT)
        painter.setBrush(look.colour("primary" if chosen else "surface"))
        painter.setPen(QPen(look.colour("primary" if chosen else "edge"), 1.5))
        painter.drawEllipse(circle)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary_text"))
            painter.drawEllipse(circle.adjusted(5, 5, -5, -5))
