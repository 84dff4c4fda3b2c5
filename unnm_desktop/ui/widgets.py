"""Small widgets that several pages use: pills, cards, rules, icon buttons, headings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from unnm_desktop.ui.icons import APART
from unnm_desktop.ui.letters import avatar_tone, breakable, cut_mark, from_the_right, initials
from unnm_desktop.ui.theme import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

AT_WORK = "at_work"
"""The property of a button that is doing what it is for."""


def label(look: Look, text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A start-aligned plain text label; roles h1, h2, number, strong, grey, small, problem, hint."""
    words = from_the_right(text) if look.rtl else text
    if wrap:
        words = breakable(words)
    made = WrappedLabel(words) if wrap and look.rtl else QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setAlignment(look.start() | Qt.AlignmentFlag.AlignVCenter)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def shrinking(made: QLabel) -> QLabel:
    """Let a wrapped label be narrower than its longest word: a name without a blank never widens the window."""
    policy = made.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    made.setSizePolicy(policy)
    return made


class WrappedLabel(QLabel):
    """A wrapped label of a right-to-left page: QLabel sets each line but the last a blank away from the edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().paintEvent(event)
            return
        room = self.contentsRect()
        # A layout of its own breaks lines at this sign only.
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        # A sentence in the other script keeps its full stop at its own end.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(room.left(), room.top() + max(0.0, (room.height() - height) / 2)))


class ElidedLabel(QLabel):
    """A label that cuts its text instead of widening the window; the tooltip has it whole."""

    def __init__(self, look: Look, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(look.start() | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 2 + self.padding())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.fontMetrics().height() + self.padding())

    def padding(self) -> int:
        """What the style leaves free above and below the text."""
        return self.height() - self.contentsRect().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def shown(self) -> str:
        """The text as there is room for it."""
        whole = self.text()
        cut = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, max(40, self.width()))
        return cut if cut == whole else cut + cut_mark(whole)

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.shown() != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        # Only painted: a label given the cut text would have the window laid out and painted once more.
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self.shown())


class Pill(QLabel):
    """A word in a coloured pill; tones neutral, good, warn, bad, info, violet."""

    def __init__(self, look: Look, text: str, tone: str = "neutral", back: str = "") -> None:
        """``back`` is the token of another background, where the tone's own would hardly be seen."""
        super().__init__(text)
        self._look = look
        self._tone, self._back = tone, back
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(0.9))
        self.setContentsMargins(9, 2, 9, 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        text, back = self._look.tone(self._tone)
        if self._back:
            back = self._look.colour(self._back)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.setPen(text)
        painter.setFont(self.font())
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width() + 2)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), cut)


class Avatar(QWidget):
    """Initials in a circle."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        self.setFixedSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        text, back = self._look.tone(avatar_tone(self._name))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawEllipse(self.rect())
        painter.setPen(text)
        font = self._look.font(1.1)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), initials(self._name))


class Card(QFrame):
    """A white box with one line around; ``column`` is its layout."""

    def __init__(self, margin: int = 16) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(8)


def empty(layout: QLayout) -> None:
    """Take out all that lies in it; it goes later, for it may hold the button whose click is under way."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def rule() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


class Press:
    """Does what a button is for; as long as that lasts, the button says so: a question may be open."""

    def __init__(self, made: QAbstractButton, run: Callable[[], object]) -> None:
        # Not held: it holds this.
        self._made, self._run = ref(made), run

    def __call__(self, _checked: bool = False) -> None:
        made = self._made()
        if made is not None:
            made.setProperty(AT_WORK, True)
        try:
            self._run()
        finally:
            # What it did may have taken it away.
            if made is not None and isValid(made):
                made.setProperty(AT_WORK, False)


def button(
    look: Look, text: str, run: Callable[[], object], role: str = "", icon: str = "", *, tooltip: str = ""
) -> QPushButton:
    """A push button; roles primary, danger, link or none."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    if icon:
        put_icon(look, made, icon, role)
    made.setToolTip(tooltip)
    made.clicked.connect(Press(made, run))
    return made


def put_icon(look: Look, made: QPushButton, name: str, role: str = "") -> None:
    """Give a push button of that role its icon, in the colour of its words and a little apart from them."""
    tokens = look.tokens
    colour = {"primary": tokens.primary_text, "danger": tokens.red, "link": tokens.accent_text}.get(role, tokens.text)
    size = look.with_text(16)
    made.setIcon(look.icons.beside_words(name, colour, tokens.edge, size))
    made.setIconSize(QSize(size + APART, size))


def icon_button(
    look: Look, icon: str, name: str, run: Callable[[], object], size: int = 18, least: int = 28
) -> QToolButton:
    """A button with an icon only, at least so large; its name is its tooltip and what screen readers say."""
    made = QToolButton()
    size = look.with_text(size)
    made.setIcon(look.icons.icon(icon, look.tokens.text2, size))
    made.setIconSize(QSize(size, size))
    made.setMinimumSize(least, least)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.clicked.connect(Press(made, run))
    return made


def row(*widgets: QWidget, spacing: int = 8, stretch: int = -1) -> QWidget:
    """Widgets side by side; ``stretch`` is the number of the one that takes the rest, -1 leaves the end empty."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    for number, widget in enumerate(widgets):
        line.addWidget(widget, 1 if number == stretch else 0)
    if stretch < 0:
        line.addStretch(1)
    return holder
