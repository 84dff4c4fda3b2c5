"""Decisions and action points as cards inside the text of minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
    QTextLayout,
    QTextOption,
)

from unnm_desktop.ui.letters import is_rtl
from unnm_desktop.ui.minutes_document import ID_PROPERTY, KIND_PROPERTY
from unnm_desktop.ui.theme import Look

Key = tuple[str, UUID]

_PAD = 12
_ICON = 18
_MOST_LINES = 4
_ICONS = {"decision": "gavel", "action": "circle-check"}
_TONES = {"decision": "good", "action": "violet"}


@dataclass(frozen=True)
class BlockView:
    """What a card says: texts are translated.

    Args:
        kind: decision or action.
        id: the record.
        title: "Decision BHR/2026/D05".
        text: the wording or the task.
        aside: who is responsible, for action points.
        pill: the state or the day it is due.
        tone: the tone of the pill.

    """

    kind: str
    id: UUID
    title: str
    text: str
    aside: str = ""
    pill: str = ""
    tone: str = "neutral"

    @property
    def key(self) -> Key:
        """Kind and record."""
        return self.kind, self.id


class BlockCards(QPyTextObject):
    """Paints the cards; the texts come from ``views``, so that a change shows without touching the document."""

    def __init__(self, look: Look, gone: str) -> None:
        """``gone`` is what a card says whose record is not in sight (translated)."""
        super().__init__()
        self._look, self._gone = look, gone
        self.views: Mapping[Key, BlockView] = {}
        self._strong = look.font(0.95, QFont.Weight.DemiBold)
        self._plain = look.font()
        self._small = look.font(0.9)

    def names(self) -> dict[Key, str]:
        """What each card is called."""
        return {key: view.title for key, view in self.views.items()}

    def view(self, shape: QTextFormat) -> BlockView:
        """What the card of this sign says."""
        kind, record_id = str(shape.property(KIND_PROPERTY)), UUID(str(shape.property(ID_PROPERTY)))
        return self.views.get((kind, record_id)) or BlockView(kind, record_id, self._gone, "", tone="neutral")

    def intrinsicSize(self, document: QTextDocument, position: int, shape: QTextFormat) -> QSizeF:
        width = document.textWidth() - 2 * document.documentMargin()
        if width < 60:
            width = 400.0
        return QSizeF(width, self._height(self.view(shape), width))

    def _height(self, view: BlockView, width: float) -> float:
        title = QFontMetricsF(self._strong).height()
        return max(40.0, title + self._lines(view, width)[1] + 2 * 9)

    def _text_width(self, view: BlockView, width: float) -> float:
        return max(80.0, width - 3 * _PAD - _ICON - self._aside_width(view) - _PAD)

    def _aside_width(self, view: BlockView) -> float:
        metrics = QFontMetricsF(self._small)
        aside = min(180.0, metrics.horizontalAdvance(view.aside)) if view.aside else 0.0
        pill = metrics.horizontalAdvance(view.pill) + 20 if view.pill else 0.0
        return aside + pill + (8 if aside and pill else 0)

    def _lines(self, view: BlockView, width: float) -> tuple[QTextLayout, float]:
        layout = QTextLayout(" ".join(view.text.split()), self._plain)
        option = QTextOption()
        rtl = is_rtl(view.text)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if self._look.rtl else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(option)
        layout.beginLayout()
        height, count = 0.0, 0
        room = self._text_width(view, width)
        while count < _MOST_LINES:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room)
            line.setPosition(QPointF(0, height))
            height += line.height()
            count += 1
        layout.endLayout()
        return layout, height

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, shape: QTextFormat
    ) -> None:
        look, view, box = self._look, self.view(shape), QRectF(rect)
        text, back = look.tone(_TONES.get(view.kind, "neutral"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 8, 8)
        icon = look.icons.pixmap(
            _ICONS.get(view.kind, "list"), text.name(), _ICON, painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(self._from_start(box, _PAD, _ICON, _ICON).toRect(), icon)
        layout, height = self._lines(view, box.width())
        title = QFontMetricsF(self._strong).height()
        top = box.center().y() - (title + height) / 2
        room = self._text_width(view, box.width())
        line = self._from_start(box, 2 * _PAD + _ICON, room, title)
        line.moveTop(top)
        painter.setFont(self._strong)
        painter.setPen(text)
        painter.drawText(line, int(look.start() | Qt.AlignmentFlag.AlignVCenter), view.title)
        painter.setPen(look.colour("text"))
        layout.draw(painter, QPointF(line.left(), top + title))
        self._aside(painter, box, view)
        painter.restore()

    def _aside(self, painter: QPainter, box: QRectF, view: BlockView) -> None:
        look, metrics = self._look, QFontMetricsF(self._small)
        painter.setFont(self._small)
        end = float(_PAD)
        if view.pill:
            width = metrics.horizontalAdvance(view.pill) + 20
            text, back = look.tone(view.tone)
            pill = self._from_end(box, end, width, metrics.height() + 6)
            painter.setPen(Qt.PenStyle.NoPen)
            # A pill as pale as its card would not be seen.
            pale = view.tone in ("neutral", _TONES.get(view.kind))
            painter.setBrush(look.colour("surface") if pale else back)
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(text)
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), view.pill)
            end += width + 8
        if view.aside:
            width = min(180.0, metrics.horizontalAdvance(view.aside)) + 2
            painter.setPen(look.colour("text2"))
            words = metrics.elidedText(view.aside, Qt.TextElideMode.ElideRight, width)
            where = self._from_end(box, end, width, metrics.height())
            painter.drawText(where, int(look.end() | Qt.AlignmentFlag.AlignVCenter), words)

    def _from_start(self, box: QRectF, offset: float, width: float, height: float) -> QRectF:
        left = box.right() - offset - width if self._look.rtl else box.left() + offset
        return QRectF(left, box.center().y() - height / 2, width, height)

    def _from_end(self, box: QRectF, offset: float, width: float, height: float) -> QRectF:
        left = box.left() + offset if self._look.rtl else box.right() - offset - width
        return QRectF(left, box.center().y() - height / 2, width, height)


def spoken(views: Mapping[Key, BlockView]) -> str:
    """The cards as one line of words, for screen readers."""
    return ". ".join(" ".join(part for part in (one.title, one.text, one.pill) if part) for one in views.values())
