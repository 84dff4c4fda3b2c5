"""What one member says about a decision: a stance, and its reason where one is owed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from unnm_desktop.db.decisions import Stance
from unnm_desktop.i18n import N_
from unnm_desktop.ui.fields import Choices
from unnm_desktop.ui.forms import TEXT_INSET, Field

Said = tuple[Stance, str, str]

MEMBER_WIDTH = 76
NEEDS_REASON = (Stance.OBJECTS, Stance.RESERVATION)
TONES = {
    Stance.NOT_REACHED: "neutral",
    Stance.AGREES: "good",
    Stance.RESERVATION: "warn",
    Stance.NO_OBJECTION: "good",
    Stance.OBJECTS: "bad",
}


class PositionField(Field):
    """Stance, reason and what would resolve it, of the member named by the label."""

    def __init__(self, name: str, member: str, value: Said, *, full_name: str = "", said_on: str = "") -> None:
        """``member`` is the organisation's short name, ``said_on`` the day as it is shown."""
        super().__init__(name, member, value)
        self._full_name = full_name
        self._said_on = said_on

    def label_text(self) -> str:
        return self.label

    def make_input(self) -> QWidget:
        tr, look = self.desk.tr, self.desk.look
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        self.combo = Choices(look)
        self.dress(self.combo)
        for stance in Stance:
            self.combo.addItem(tr(stance.label))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.combo.activated.connect(lambda _index: self._chosen())
        self.reason = self._line(N_("Reason"))
        self.resolve = self._line(N_("What would resolve it"))
        # The caption above is folded into the line of the choice: one line a member while all agree.
        self.caption.hide()
        self.caption.setText("")
        self.member = QLabel(self.label)
        self.member.setTextFormat(Qt.TextFormat.PlainText)
        self.member.setWordWrap(True)
        self.member.setToolTip(self._full_name)
        self.member.setAlignment(look.start() | Qt.AlignmentFlag.AlignVCenter)
        self.member.setFixedWidth(round(MEMBER_WIDTH * look.text_size / 100))
        self.member.setBuddy(self.combo)
        top = QHBoxLayout()
        top.setSpacing(4)
        # Names begin where all other captions do.
        top.addSpacing(TEXT_INSET)
        top.addWidget(self.member)
        top.addWidget(self.combo, 1)
        grid.addLayout(top, 0, 0)
        grid.addWidget(self.reason, 1, 0)
        grid.addWidget(self.resolve, 2, 0)
        for part in (self.combo, self.reason, self.resolve):
            part.installEventFilter(self)
        self.combo.setAccessibleName(self.label)
        holder.setFocusProxy(self.combo)
        return holder

    def _line(self, text: str) -> QLineEdit:
        line = QLineEdit()
        line.setProperty("quiet", True)
        line.setAlignment(self.desk.look.start())
        line.setPlaceholderText(self.desk.tr(text))
        line.setAccessibleName(f"{self.label}: {self.desk.tr(text)}")
        return line

    def show_value(self, value: Any) -> None:
        stance, reason, resolve = value
        self.combo.setCurrentIndex(list(Stance).index(stance))
        self.reason.setText(reason)
        self.resolve.setText(resolve)
        self.combo.setToolTip(self._said_on)
        self._fit()

    @property
    def stance(self) -> Stance:
        """The stance chosen now; Qt itself would give the plain text back."""
        return list(Stance)[max(0, self.combo.currentIndex())]

    def _fit(self) -> None:
        stance = self.stance
        self.reason.setVisible(stance in NEEDS_REASON or bool(self.reason.text()))
        self.resolve.setVisible(stance is Stance.OBJECTS or bool(self.resolve.text()))

    def _chosen(self) -> None:
        self._fit()
        if self.stance in NEEDS_REASON and not self.reason.text().strip():
            # Asked for, not refused: the position is kept once its reason is typed.
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.commit()

    def read_input(self) -> Any:
        return (self.stance, self.reason.text().strip(), self.resolve.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            now = QApplication.focusWidget()
            if now is not None and self.isAncestorOf(now):
                return False
        if event.type() == QEvent.Type.Wheel and watched is self.combo and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
