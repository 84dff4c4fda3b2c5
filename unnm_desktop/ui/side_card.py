"""One side of a conflict: what it says, who gave it when, and a round mark that takes it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy

from unnm_desktop.ui.radio_card import DOT, GAP, MARGIN, RadioCard
from unnm_desktop.ui.theme import Look

_TIGHT = 2
# Over and under the words: of a side, and of what has a title only.
_SIDE, LOW_MARGIN = 10, 7


class SideCard(RadioCard):
    """A radio button seen as a card; arrow keys go to the other side, Enter takes this one and goes on."""

    taken = Signal()
    # One question on or back, without an answer.
    passed = Signal(int)
    left = Signal()

    def __init__(self, look: Look, title: str, value: str, who: str, *, html: str = "") -> None:
        """``html`` is the value with its differences marked, where it is a long text; without one it is low."""
        super().__init__(look, title)
        self._who = who
        self._strong = look.font(1.0, QFont.Weight.DemiBold)
        self._small = look.font(0.9)
        self.low = not value and not who
        self.setAccessibleName(f"{title}: {value}" if value else title)
        self.setAccessibleDescription(who)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._text = QTextDocument(self)
        self._text.setDocumentMargin(0)
        self._text.setDefaultFont(look.font())
        option = QTextOption(look.start())
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setDefaultTextOption(option)
        if html:
            self._text.setHtml(html)
        else:
            self._text.setPlainText(value)

    def hasHeightForWidth(self) -> bool:
        return True

    def show_html(self, html: str) -> None:
        """Show the text otherwise: whole, or with what did not change folded."""
        self._text.setHtml(html)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        if self.low:
            return QFontMetrics(self._strong).height() + 2 * LOW_MARGIN
        self._text.setTextWidth(max(60, width - 2 * MARGIN))
        lines = QFontMetrics(self._strong).height() + self._who_height(width - 2 * MARGIN)
        return round(self._text.size().height()) + lines + 2 * _TIGHT + 2 * _SIDE

    def _who_height(self, room: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap)
        return QFontMetrics(self._small).boundingRect(QRect(0, 0, max(60, room), 1000), flags, self._who).height()

    def sizeHint(self) -> QSize:
        if self.low:
            words = QFontMetrics(self._strong).horizontalAdvance(self.text())
            return QSize(words + 2 * MARGIN + DOT + GAP + 2, self.heightForWidth(260))
        return QSize(260, self.heightForWidth(260))

    def minimumSizeHint(self) -> QSize:
        return QSize(140, QFontMetrics(self._strong).height() + 2 * LOW_MARGIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setChecked(True)
            self.taken.emit()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.passed.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        strong = QFontMetrics(self._strong)
        # Beside the sides it begins where their words do.
        above = LOW_MARGIN if self.low and self.height() <= self.heightForWidth(self.width()) else _SIDE
        self.paint_card(painter, above + strong.height() / 2)
        room = self.width() - 2 * MARGIN
        start = int(look.start() | Qt.AlignmentFlag.AlignVCenter)
        beside = QRectF(MARGIN + (0 if look.rtl else DOT + GAP), above, room - DOT - GAP, strong.height())
        painter.setFont(self._strong)
        painter.setPen(look.colour("text"))
        title = strong.elidedText(self.text(), Qt.TextElideMode.ElideRight, round(beside.width()))
        painter.drawText(beside, start, title)
        if self.low:
            return
        self._text.setTextWidth(room)
        top = _SIDE + strong.height() + _TIGHT
        self._paint_text(painter, QPointF(MARGIN, top), look.colour("text"))
        painter.setFont(self._small)
        painter.setPen(look.colour("text2"))
        high = self._who_height(room)
        below = QRectF(MARGIN, self.height() - _SIDE - high, room, high)
        painter.drawText(below, start | int(Qt.TextFlag.TextWordWrap), self._who)

    def _paint_text(self, painter: QPainter, place: QPointF, colour: QColor) -> None:
        painter.save()
        painter.translate(place)
        context = self._text.documentLayout().PaintContext()
        context.palette = self.palette()
        context.palette.setColor(context.palette.ColorRole.Text, colour)
        self._text.documentLayout().draw(painter, context)
        painter.restore()
