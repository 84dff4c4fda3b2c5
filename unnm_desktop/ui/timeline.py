"""The workplan over the days of its year: bars that are moved and stretched by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from unnm_desktop.i18n import N_
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.timeline_drag import Press
from unnm_desktop.ui.timeline_geometry import Columns, Days, Grip, columns_for
from unnm_desktop.ui.timeline_layout import Layout
from unnm_desktop.ui.timeline_moving import Moving
from unnm_desktop.ui.timeline_paint import PAD, Scene, TimelinePainter
from unnm_desktop.ui.timeline_rows import Line, Row

WEEK = 30
# So near to its end the days scroll along while a bar is dragged.
NEAR = 28


@dataclass(frozen=True)
class Calendar:
    """Which days are shown and how; ``weeks`` is the first day of the week where weeks are shown."""

    year: int
    today: date
    weeks: int | None = None


class Timeline(QAbstractScrollArea):
    """Rows in sight are painted, nothing more; the table has the same for those who read otherwise."""

    chosen = Signal(object)
    shown = Signal(object)
    opened = Signal(object)
    deliverable_wanted = Signal(object, object)
    menu_wanted = Signal(object, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._painter = TimelinePainter(desk.look, desk.language)
        self.rows: Sequence[Row] = ()
        self._places: dict[UUID, int] = {}
        self._current: UUID | None = None
        self._hovered = -1
        self._calendar = Calendar(desk.today().year, desk.today())
        self._money_title = ""
        self._wanted = (0, 0, 0)
        self.moving = Moving(desk, self.line, self)
        self.moving.changed.connect(self.viewport().update)
        self.setProperty("role", "card")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(0, 1, 0, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(self._painter.row)
        self.horizontalScrollBar().setSingleStep(WEEK)
        self.setAccessibleName(desk.tr(N_("Timeline of the workplan")))

    # What is shown ---------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], money_title: str, *, locked: bool) -> None:
        """Show these lines; in a locked plan no bar moves."""
        self.rows, self._money_title, self.moving.locked = rows, money_title, locked
        self._places = {row.id: number for number, row in enumerate(rows) if not isinstance(row, str)}
        if self.moving.ghost is not None and self.moving.ghost.id not in self._places:
            self._give_up()
        lines = [row for row in rows if not isinstance(row, str)]
        texts = self._painter.texts
        width, small, plain = texts.width, texts.small, texts.plain
        leads = max((width(row.lead, small) for row in lines), default=0)
        sums = max((width(row.money, plain) for row in lines), default=0)
        head = width(money_title, texts.small_strong)
        title = max((width(row.title, plain) for row in lines), default=0) + 2 * PAD
        self._wanted = (title, max(leads, width(self._desk.tr(N_("Lead")), small)) + 14, max(sums, head) + 30)
        self._fit()
        self._tell_current()

    def show_calendar(self, calendar: Calendar) -> None:
        """Show this year, in months or in weeks."""
        if calendar == self._calendar:
            return
        self._give_up()
        self._calendar = calendar
        self._fit()
        self._scroll_to_days()
        # Weeks have a taller head than months.
        self._scroll_to_current()

    def set_current(self, activity_id: UUID | None) -> None:
        """Stand on this line."""
        if activity_id == self._current:
            return
        self.moving.keep()
        self._current = activity_id
        self._scroll_to_current()
        self._tell_current()
        self.viewport().update()

    def line(self, activity_id: UUID | None) -> Line | None:
        """The line of an activity, if it is shown."""
        number = self._places.get(activity_id) if activity_id is not None else None
        row = self.rows[number] if number is not None else None
        return None if isinstance(row, str) else row

    def _tell_current(self) -> None:
        line = self.line(self._current)
        words = line.words if line is not None else ""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if self.hasFocus():
                announce(self, words)

    # Where things are ------------------------------------------------------------------------------------------------

    def columns(self) -> Columns:
        """Where the columns stand now."""
        look, width = self._desk.look, self.viewport().width()
        scale = look.text_size / 100
        # On a wide screen the longest title is whole.
        title = round(min(max(width * 0.27, 190 * scale), max(340 * scale, self._wanted[0])))
        least = 12 * self._painter.least_month(named=False)
        offset = self.horizontalScrollBar().value()
        return columns_for(width, (title, *self._wanted[1:]), least, rtl=look.rtl, offset=offset)

    def days(self) -> Days:
        """Where the days of the year lie now."""
        year, room = self._calendar.year, self.columns().days_room
        least = 53 * WEEK * self._desk.look.text_size / 100 if self._calendar.weeks is not None else 0
        return Days(date(year, 1, 1), date(year, 12, 31), max(room, least))

    def lay_out(self) -> Layout:
        """Where the lines and their bars lie now."""
        painter = self._painter
        top = painter.head(weeks=self._calendar.weeks is not None)
        scrolled = self.verticalScrollBar().value()
        columns, days = self.columns(), self.days()
        return Layout(self.rows, self._places, columns, days, top, painter.row, painter.thick, scrolled)

    def _head(self) -> int:
        return self._painter.head(weeks=self._calendar.weeks is not None)

    def line_at(self, point: QPointF | QPoint) -> Line | None:
        """The activity at a place of the viewport."""
        return self.lay_out().line_at(point)

    # Scrolling -------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        port = self.viewport()
        tall = len(self.rows) * self._painter.row
        room = max(1, port.height() - self._head())
        self.verticalScrollBar().setPageStep(room)
        self.verticalScrollBar().setRange(0, max(0, tall - room))
        columns = self.columns()
        self.horizontalScrollBar().setPageStep(columns.room)
        self.horizontalScrollBar().setRange(0, max(0, round(self.days().width) - columns.days_room))
        port.update()

    def _scroll_to_current(self) -> None:
        number = self._places.get(self._current) if self._current is not None else None
        if number is None:
            return
        bar, row = self.verticalScrollBar(), self._painter.row
        top = number * row
        # The title of the objective comes into sight with its first activity.
        if number and isinstance(self.rows[number - 1], str):
            top -= row
        if top < bar.value():
            bar.setValue(top)
        elif (number + 1) * row > bar.value() + bar.pageStep():
            bar.setValue((number + 1) * row - bar.pageStep())

    def _scroll_to_days(self) -> None:
        line, days, bar = self.line(self._current), self.days(), self.horizontalScrollBar()
        day = line.days[0] if line is not None and line.days is not None else self._calendar.today
        bar.setValue(round(days.at(min(max(day, days.first), days.last))) - self.columns().room // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        calendar = self._calendar
        scene = Scene(
            self.rows, self.columns(), self.days(), self.verticalScrollBar().value(), self._current,
            self._hovered, self.hasFocus(), calendar.today, calendar.weeks, self.moving.ghost, self._money_title,
        )  # fmt: skip
        painter = QPainter(self.viewport())
        self._painter.paint(painter, scene, self.viewport().height())
        painter.end()

    # Changing days ---------------------------------------------------------------------------------------------------

    def nudge(self, days: int, grip: Grip) -> None:
        """Move the current bar, or its end, by so many days."""
        self.moving.nudge(self._current, days, grip)

    def nudge_deliverable(self, days: int) -> None:
        """Move the next deliverable of the current activity by so many days."""
        self.moving.nudge_deliverable(self._current, days)

    def _give_up(self) -> None:
        self.moving.give_up()
        self.viewport().unsetCursor()

    def _go(self, line: Line) -> None:
        self.set_current(line.id)
        self.chosen.emit(line.id)

    def _walk(self, step: int) -> None:
        lines = [row for row in self.rows if not isinstance(row, str)]
        if not lines:
            return
        now = next((n for n, row in enumerate(lines) if row.id == self._current), -1 if step > 0 else 0)
        self._go(lines[min(max(now + step, 0), len(lines) - 1)])

    # Mouse -----------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.moving.keep()
        line = self.line_at(event.position())
        if line is None:
            return
        self._go(line)
        if event.button() == Qt.MouseButton.LeftButton and self.columns().in_chart(event.position().x()):
            layout, at = self.lay_out(), event.position()
            grip, deliverable = layout.grip_at(line, at), layout.movable_at(line, at)
            if grip is not None or deliverable is not None or line.days is None:
                self.moving.press = Press(at, line, grip, deliverable)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.moving.press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self.moving.press, event.position())
            return
        number = self.lay_out().number_at(event.position().y())
        if number != self._hovered:
            self._hovered = number
            self.viewport().update()
        self._point(event.position())

    def _drag(self, press: Press, at: QPointF) -> None:
        if not press.moving:
            if (at - press.at).manhattanLength() < QApplication.startDragDistance():
                return
            if self.moving.locked:
                self.moving.press = None
                self.moving.refused.emit()
                return
            self.moving.press = press = replace(press, moving=True)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor if press.whole else Qt.CursorShape.SizeHorCursor)
        self.moving.ghost = press.ghost(at, self.columns(), self.days())
        self._scroll_along(at)
        self.viewport().update()

    def _scroll_along(self, at: QPointF) -> None:
        columns, bar, press = self.columns(), self.horizontalScrollBar(), self.moving.press
        along = columns.along(at.x()) - columns.before
        step = WEEK if along > columns.room - NEAR else -WEEK if along < NEAR else 0
        before = bar.value()
        bar.setValue(before + step)
        scrolled = bar.value() - before
        if scrolled and press is not None:
            # The bar was taken hold of at a day; that day has scrolled away.
            away = QPointF(scrolled if self._desk.look.rtl else -scrolled, 0)
            self.moving.press = replace(press, at=press.at + away)

    def _point(self, at: QPointF) -> None:
        layout = self.lay_out()
        line = layout.line_at(at)
        grip = layout.grip_at(line, at) if line is not None and not self.moving.locked else None
        diamond = layout.diamond_at(line, at) if line is not None else None
        if diamond is not None and (not diamond.delivered or grip in (None, Grip.WHOLE)):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        elif grip is None:
            self.viewport().unsetCursor()
        else:
            whole = grip is Grip.WHOLE
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if whole else Qt.CursorShape.SizeHorCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        moving = self.moving.press is not None and self.moving.press.moving
        pressed, self.moving.press = self.moving.press, None
        if moving:
            self.moving.keep()
            self._point(event.position())
            return
        line = self.line_at(event.position())
        if line is None or line.id != self._current:
            return
        layout = self.lay_out()
        diamond = layout.diamond_at(line, event.position())
        if diamond is not None:
            self.deliverable_wanted.emit(line.id, diamond.id)
        elif (pressed is not None and pressed.grip is not None) or layout.on_title(event.position()):
            self.shown.emit(line.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position())
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(line.id)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        line = self.line(self._current) if keyboard else self.line_at(event.pos())
        if line is None:
            return
        layout = self.lay_out()
        if keyboard:
            place = QPoint(self.width() // 2, layout.top_of(self._places[line.id]) + self._painter.row)
            self.menu_wanted.emit(line.id, None, self.viewport().mapToGlobal(place))
        else:
            self.menu_wanted.emit(line.id, layout.day_at(event.pos()), event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self.line_at(event.pos()) if self.moving.ghost is None else None
            if line is None:
                QToolTip.hideText()
            else:
                number = self._places[line.id]
                area = QRect(0, self.lay_out().top_of(number), self.viewport().width(), self._painter.row)
                QToolTip.showText(event.globalPos(), line.words, self.viewport(), area)
            return True
        return super().viewportEvent(event)

    # Keyboard --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        page = max(1, self.verticalScrollBar().pageStep() // self._painter.row - 1)
        walks = {
            Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self.rows), Qt.Key.Key_End: len(self.rows),
        }  # fmt: skip
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if key in walks and held == Qt.KeyboardModifier.NoModifier:
            self._walk(walks[Qt.Key(key)])
        elif key in arrows:
            # The arrow points to later days where time runs, so in Arabic to the left.
            step = 1 if (key == Qt.Key.Key_Right) != self._desk.look.rtl else -1
            if held == Qt.KeyboardModifier.ShiftModifier:
                self.nudge(step, Grip.WHOLE)
            elif held == (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                self.nudge(step, Grip.END)
            elif held == (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
                self.nudge_deliverable(step)
            elif held == Qt.KeyboardModifier.NoModifier:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() + step * WEEK)
            else:
                event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            if self.moving.ghost is not None:
                self.moving.keep()
            else:
                self.opened.emit(self._current)
        elif key == Qt.Key.Key_Escape and (self.moving.ghost is not None or self.moving.press is not None):
            self._give_up()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.moving.keep()
        self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.moving.keep()
