"""Fields for a choice, a tick, a number and money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from unnm_desktop.i18n import DECIMALS, N_, european_digits
from unnm_desktop.services.units import Unit
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.forms import TEXT_INSET, Field, Unreadable
from unnm_desktop.ui.letters import cut_mark
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.tick_box import TickBox

# So many letters of a choice have room beside its caption in a narrow panel.
SHORT = 22


class Choices(QComboBox):
    """A combo box that shows its arrow when it can be used: under the pointer or the focus."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setMouseTracking(True)
        # Qt would hand the focus to whatever the wheel passes over.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change a value on its way."""
        event.ignore()

    def showPopup(self) -> None:
        super().showPopup()
        # Qt forgets the padding of the list: the last line would be cut and scroll.
        popup = self.view().window()
        if self.count() <= self.maxVisibleItems():
            popup.resize(popup.width(), popup.height() + 16)

    def _has_arrow(self) -> bool:
        # A box with an edge always has its arrow, one that looks like text only when it can be used.
        return self.isEnabled() and (self.underMouse() or self.hasFocus() or not self.property("quiet"))

    def _place(self, option: QStyleOptionComboBox) -> QRect:
        """Where the choice is written: as far as the arrow, or where there is none."""
        part = QStyle.SubControl.SC_ComboBoxEditField
        inside = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        if self._has_arrow():
            return inside
        # As much is kept free at the end as at the start.
        if self._look.rtl:
            inside.setLeft(self.width() - inside.right() - 1)
        else:
            inside.setRight(self.width() - inside.left() - 1)
        return inside

    def _cut(self, room: int) -> str:
        """The choice as far as there is room for it."""
        whole = self.currentText()
        cut = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, max(0, room))
        return cut if cut == whole else cut + cut_mark(whole)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            whole = self.currentText()
            cut = self._cut(self._place(option).width())
            QToolTip.showText(event.globalPos(), whole if cut != whole else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        # Qt would cut a long choice in the middle of a letter.
        place = self._place(option)
        flags = int(self._look.start() | Qt.AlignmentFlag.AlignVCenter)
        role = QPalette.ColorRole.ButtonText
        self.style().drawItemText(
            painter, place, flags, option.palette, self.isEnabled(), self._cut(place.width()), role
        )
        if self._has_arrow():
            size = min(18, self._look.with_text(14))
            x = 8 if self._look.rtl else self.width() - 8 - size
            arrow = self._look.icons.pixmap("chevron-down", self._look.tokens.text2, size)
            painter.drawPixmap(x, (self.height() - size) // 2, arrow)


class ChoiceField(Field):
    """One of a few; the texts are msgids, the values anything comparable."""

    def __init__(
        self,
        name: str,
        label: str,
        value: Any,
        choices: Sequence[tuple[Any, str]],
        *,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        super().__init__(name, label, value, hint=hint, enabled=enabled)
        self.choices = tuple(choices)

    def make_input(self) -> QWidget:
        self.combo = Choices(self.desk.look)
        self.dress(self.combo)
        for _, text in self.choices:
            self.combo.addItem(self.desk.tr(text))
            self.long = self.long or len(self.combo.itemText(self.combo.count() - 1)) > SHORT
        # Long choices elide instead of widening the window.
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.combo.activated.connect(lambda _index: self.commit())
        return self.combo

    def show_value(self, value: Any) -> None:
        values = [item for item, _ in self.choices]
        self.combo.setCurrentIndex(values.index(value) if value in values else -1)

    def read_input(self) -> Any:
        index = self.combo.currentIndex()
        return self.choices[index][0] if index >= 0 else self._value


class CheckField(Field):
    """Yes or no."""

    def make_input(self) -> QWidget:
        self.box = TickBox(self.desk.look, self.desk.tr(self.hint), TEXT_INSET - 1)
        self.box.toggled.connect(lambda _on: self.commit())
        return self.box

    def show_value(self, value: Any) -> None:
        blocked = self.box.blockSignals(True)
        self.box.setChecked(bool(value))
        self.box.blockSignals(blocked)

    def read_input(self) -> Any:
        return self.box.isChecked()


_MANY = 100
"""The unit stands in the form of so many while no number is there."""
_DIGITS = 15
_ENDLESS = 10**_DIGITS
"""More than anybody counts; a workspace holds no whole number without end."""


class NumberField(Field):
    """A number within bounds, or nothing; reads digits of both kinds."""

    # How wide it grows before the unit behind it, at the normal size of text.
    widest = 52

    def __init__(
        self,
        name: str,
        label: str,
        value: int | None = None,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        unit: Unit | None = None,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        """``unit`` is shown after the number, in the form that it asks for."""
        super().__init__(name, label, value, hint=hint, enabled=enabled)
        self._minimum, self._maximum, self._unit = minimum, maximum, unit

    def make_input(self) -> QWidget:
        self.line = CutLine()
        self.dress(self.line)
        self.line.setAlignment(self.desk.look.start())
        self.line.setPlaceholderText(self.placeholder())
        unit = self.unit_text()
        if not unit:
            return self.line
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self.line.setMaximumWidth(self.desk.look.with_text(self.widest))
        row.addWidget(self.line, 1000)
        self._after = QLabel(unit)
        self._after.setProperty("role", "grey")
        self.line.textChanged.connect(self._agree)
        row.addWidget(self._after)
        row.addStretch(1)
        holder.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.setAccessibleName(self.label_text())
        return holder

    def unit_text(self) -> str:
        """What stands after the number."""
        return self._unit.beside(self.desk.language, self._counted()) if self._unit is not None else ""

    def _counted(self) -> int:
        text = european_digits(self.line.text()).strip()
        return int(text) if text.isdecimal() and len(text) < _DIGITS else _MANY

    def _agree(self) -> None:
        self._after.setText(self.unit_text())

    def show_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self.desk.language.number(value))

    def read_input(self) -> Any:
        text = european_digits(self.line.text()).replace(",", "").replace(" ", "").strip("%")
        if not text:
            return None
        try:
            value = int(text)
        except ValueError:
            raise Unreadable(N_("Write a whole number.")) from None
        least = -_ENDLESS if self._minimum is None else self._minimum
        most = _ENDLESS if self._maximum is None else self._maximum
        if not least <= value <= most:
            raise Unreadable(N_("This number is outside what is allowed here."))
        return value


class MoneyField(NumberField):
    """An amount in minor units of a currency with its own decimals (KWD, BHD and JOD have three)."""

    widest = 180

    def __init__(
        self,
        name: str,
        label: str,
        value: int | None = None,
        *,
        currency: str,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        super().__init__(name, label, value, hint=hint, enabled=enabled)
        self.currency = currency

    @property
    def decimals(self) -> int:
        """Decimals of the currency."""
        return DECIMALS.get(self.currency, 2)

    def unit_text(self) -> str:
        return self.currency

    def show_value(self, value: Any) -> None:
        text = "" if value is None else self.desk.language.number(Decimal(value).scaleb(-self.decimals), self.decimals)
        self.line.setText(text)

    def read_input(self) -> Any:
        text = european_digits(self.line.text()).replace(self.currency, "").replace(",", "").replace(" ", "")
        if not text:
            return None
        try:
            minor = Decimal(text).scaleb(self.decimals)
        except ArithmeticError:
            raise Unreadable(N_("Write an amount, for example 1,250.500.")) from None
        if not minor.is_finite() or minor != minor.to_integral_value() or abs(minor) >= _ENDLESS:
            raise Unreadable(N_("This amount has more decimals than its currency, or is too large."))
        return int(minor)
