"""A figure in a card that opens the list behind it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from unnm_desktop.ui.letters import cut_mark
from unnm_desktop.ui.theme import Look

_PAD = 16


class NumberCard(QAbstractButton):
    """Icon and title above, a large figure below with a few grey words beside it."""

    def __init__(self, look: Look, icon: str, title: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self._figure, self._words, self._tone = "", "", ""
        self._plain, self._small = look.font(), look.font(0.9)
        self._large = look.font(2.4, QFont.Weight.Bold)
        self._sign = look.with_text(18)
        self.setText(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._pointed = False

    def show_figure(self, figure: str, words: str, tone: str = "") -> None:
        """The figure, what stands beside it, and its tone: "" or bad."""
        self._figure, self._words, self._tone = figure, words, tone
        spoken = f"{self.text()}: {figure}"
        comma = "، " if self._look.rtl else ", "
        self.setAccessibleName(f"{spoken}{comma}{words}" if words else spoken)
        self.setToolTip(words)
        self.update()

    @property
    def figure(self) -> str:
        """The figure shown."""
        return self._figure

    @property
    def words(self) -> str:
        """The words beside it."""
        return self._words

    def sizeHint(self) -> QSize:
        head = max(self._sign, QFontMetrics(self._plain).height())
        # The letters of a figure have no descent: the line is cut to what is seen.
        return QSize(200, 14 + head + 4 + QFontMetrics(self._large).ascent() + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._pointed = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(look.colour("hover" if self._pointed or self.isDown() else "surface"))
        painter.setPen(QPen(look.colour("line"), 1))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("ring"), 2))
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 10, 10)
        head = max(self._sign, QFontMetrics(self._plain).height())
        first = QRect(_PAD, 14, self.width() - 2 * _PAD, head)
        bad = self._tone == "bad"
        colour = look.colour("red" if bad else "text2")
        icon = look.icons.pixmap(self._icon, colour.name(), self._sign, self.devicePixelRatioF())
        painter.drawPixmap(self._from_start(first, 0, self._sign, self._sign), icon)
        self._write(painter, first, self._sign + 7, self.text(), self._plain, look.colour("text2"))
        metrics = QFontMetrics(self._large)
        top = first.bottom() + 4
        line = QRect(_PAD, top, self.width() - 2 * _PAD, metrics.ascent())
        painter.setFont(self._large)
        painter.setPen(look.colour("red" if bad else "text"))
        width = metrics.horizontalAdvance(self._figure)
        start = line.right() + 1 - width if look.rtl else line.left()
        base = line.bottom() - 2
        painter.drawText(start, base, self._figure)
        small = QFontMetrics(self._small)
        # Both stand on one line, whatever the height of their letters.
        beside = QRect(line.left(), base - small.ascent(), line.width(), small.height())
        self._write(painter, beside, width + 12, self._words, self._small, look.colour("text2"))

    def _from_start(self, line: QRect, offset: int, width: int, height: int) -> QRect:
        x = line.right() + 1 - offset - width if self._look.rtl else line.left() + offset
        return QRect(x, line.center().y() - height // 2 + 1, width, height)

    def _write(self, painter: QPainter, line: QRect, offset: int, text: str, font: QFont, colour: QColor) -> None:
        room = line.width() - offset
        if room < 24 or not text:
            return
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(colour)
        box = line.adjusted(0, 0, -offset, 0) if self._look.rtl else line.adjusted(offset, 0, 0, 0)
        painter.drawText(
            box,
            int(self._look.start() | Qt.AlignmentFlag.AlignVCenter),
            cut if cut == text else cut + cut_mark(text),
        )
