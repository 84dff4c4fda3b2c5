"""Painting a timeline: its head, the lines in sight, today, and the bar that is being moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QPolygonF,
)

from unnm_desktop.i18n import N_, Language
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.timeline_geometry import Columns, Days
from unnm_desktop.ui.timeline_rows import Line, Milestone, Row, days_words
from unnm_desktop.ui.timeline_texts import SetTexts

BAR = 18
DIAMOND = 7.5
PAD = 12


@dataclass(frozen=True)
class Ghost:
    """A bar, or one deliverable of it, as it will be; ``at`` is where the pointer is, None for the keyboard."""

    id: UUID
    start: date
    end: date
    at: QPointF | None = None
    deliverable: UUID | None = None


@dataclass(frozen=True)
class Scene:
    """All that is painted at one moment; ``weeks`` is the first day of the week where weeks are shown."""

    rows: Sequence[Row]
    columns: Columns
    days: Days
    top: int
    current: UUID | None
    hovered: int
    focused: bool
    today: date
    weeks: int | None
    ghost: Ghost | None
    money_title: str


class TimelinePainter:
    """Fonts, colours and cut texts are made once and kept."""

    def __init__(self, look: Look, language: Language) -> None:
        self._look, self._language = look, language
        self.texts = SetTexts(look)
        # A little closer than a table: a year's plan is seen as a whole.
        self.row = look.row - 4 if look.row >= 40 else look.row
        self.thick = round(BAR * max(1.0, look.text_size / 100))
        self._colours = self.texts.colours
        self._shade = QColor(self._colours["sunken"])
        self._shade.setAlpha(150)

    def head(self, *, weeks: bool) -> int:
        """How high the head is: months, weeks where they are shown, and today."""
        return (3 if weeks else 2) * self.texts.height(self.texts.small) + 14

    def least_month(self, *, named: bool) -> int:
        """How wide a month must be to carry its name, or else its number."""
        months = range(1, 13)
        texts = [self._language.month(n, short=True) if named else self._language.number(n) for n in months]
        return max(self.texts.width(text, self.texts.small) for text in texts) + 8

    # -----------------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, scene: Scene, height: int) -> None:
        """Paint what is in sight of a viewport so high."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns, head = scene.columns, self.head(weeks=scene.weeks is not None)
        first = max(0, scene.top // self.row)
        last = min(len(scene.rows), (scene.top + height - head) // self.row + 1)
        body = QRect(0, head, columns.width, max(0, height - head))
        chart_left = round(columns.x(columns.before, columns.room))
        chart = QRect(chart_left, head, columns.room, body.height())
        seen = [(number, head + number * self.row - scene.top) for number in range(first, last)]
        bottom = seen[-1][1] + self.row if seen else head
        in_sight = chart.intersected(QRect(0, 0, columns.width, bottom))
        painter.setClipRect(in_sight)
        self._months_behind(painter, scene, in_sight)
        painter.setClipRect(body)
        for number, y in seen:
            self._back(painter, scene, number, y)
        painter.setClipRect(in_sight)
        for number, y in seen:
            line = scene.rows[number]
            if not isinstance(line, str):
                self._chart(painter, scene, line, y)
        self._today(painter, scene, head, bottom)
        painter.setClipRect(body)
        for number, y in seen:
            line = scene.rows[number]
            if isinstance(line, str):
                # After the line of today, which would cross it out.
                inside = self._box(columns, PAD, y, columns.width - 2 * PAD, self.row)
                self.texts.write(painter, inside, line, self.texts.strong, "text")
            else:
                self._columns(painter, scene, line, y)
        if scene.focused:
            self._ring(painter, scene, seen)
        painter.setClipping(False)
        self._header(painter, scene, head)
        if scene.ghost is not None:
            self._tip(painter, scene, head, height)

    def _box(self, columns: Columns, along: float, y: int, width: float, height: int) -> QRect:
        return QRect(round(columns.x(along, width)), y, round(width), height)

    # Lines -----------------------------------------------------------------------------------------------------------

    def _back(self, painter: QPainter, scene: Scene, number: int, y: int) -> None:
        row, columns = scene.rows[number], scene.columns
        box = QRect(0, y, columns.width, self.row)
        if isinstance(row, str):
            painter.fillRect(box, self._colours["sunken"])
            return
        if row.id == scene.current:
            painter.fillRect(box, self._colours["selection"])
        elif number == scene.hovered:
            painter.fillRect(box, self._colours["hover"])
        painter.fillRect(QRect(0, y + self.row - 1, columns.width, 1), self._colours["line"])

    def _columns(self, painter: QPainter, scene: Scene, line: Line, y: int) -> None:
        columns = scene.columns
        box = self._box(columns, PAD, y, columns.title - PAD - 6, self.row - 1)
        painter.setFont(self.texts.plain)
        self.texts.write(painter, box, line.title, self.texts.plain, "text2" if line.cancelled else "text")
        if columns.lead:
            box = self._box(columns, columns.title, y, columns.lead - 8, self.row - 1)
            self.texts.write(painter, box, line.lead, self.texts.small, "text2")
        if columns.money:
            box = self._box(columns, columns.width - columns.money + 4, y, columns.money - PAD - 4, self.row - 1)
            self.texts.write(painter, box, line.money, self.texts.plain, "text", end=True)

    def _ring(self, painter: QPainter, scene: Scene, seen: Sequence[tuple[int, int]]) -> None:
        for number, y in seen:
            row = scene.rows[number]
            if not isinstance(row, str) and row.id == scene.current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._colours["ring"], 2))
                painter.drawRoundedRect(QRectF(1, y + 1, scene.columns.width - 2, self.row - 2), 4, 4)

    # Days ------------------------------------------------------------------------------------------------------------

    def _months_behind(self, painter: QPainter, scene: Scene, body: QRect) -> None:
        columns = scene.columns
        for day, begin, end in scene.days.months():
            left = round(columns.chart_x(begin, end - begin))
            if day.month % 2 == 0:
                painter.fillRect(QRect(left, body.y(), round(end - begin), body.height()), self._shade)
            line = QRect(round(columns.chart_x(begin, 1)), body.y(), 1, body.height())
            painter.fillRect(line, self._colours["line"])

    def _chart(self, painter: QPainter, scene: Scene, line: Line, y: int) -> None:
        ghost = scene.ghost if scene.ghost is not None and scene.ghost.id == line.id else None
        if ghost is not None and ghost.deliverable is not None:
            moved = tuple(replace(one, day=ghost.start) for one in line.milestones if one.id == ghost.deliverable)
            still = (one for one in line.milestones if one.id != ghost.deliverable)
            line, ghost = replace(line, milestones=(*still, *moved)), None
        if line.days is None and ghost is None:
            box = self._chart_box(scene, 0, y, scene.columns.room)
            self.texts.write(painter, box, self._language.tr(N_("No days set")), self.texts.small, "text2")
            return
        if ghost is not None:
            painter.setOpacity(0.35)
        if line.days is not None:
            self._bar(painter, scene, line, line.days, y)
        painter.setOpacity(1.0)
        if ghost is not None:
            self._bar(painter, scene, line, (ghost.start, ghost.end), y)
            begin, end = scene.days.at(ghost.start), scene.days.after(ghost.end)
            around = QRectF(
                scene.columns.chart_x(begin, end - begin), y + (self.row - self.thick) / 2, end - begin, self.thick
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colours["ring"], 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(around.adjusted(-2, -2, 2, 2), 6, 6)
        for one in line.milestones:
            self._diamond(painter, scene, one, y)
        if ghost is None and line.days is not None:
            self._mark(painter, scene, line, line.days, y)

    def _chart_box(self, scene: Scene, along: float, y: int, width: float) -> QRect:
        return QRect(round(scene.columns.chart_x(along + 8, width - 16)), y, round(width - 16), self.row - 1)

    def _bar(self, painter: QPainter, scene: Scene, line: Line, days: tuple[date, date], y: int) -> None:
        columns = scene.columns
        begin, end = scene.days.at(days[0]), scene.days.after(days[1])
        length = max(end - begin, 5.0)
        edge, back = self._look.tone(line.tone)
        if line.tone == "info":
            edge = self._colours["accent"]
        box = QRectF(columns.chart_x(begin, length), y + (self.row - self.thick) / 2, length, self.thick)
        pen = QPen(edge, 2.0 if line.late else 1.2)
        if line.cancelled:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box, 5, 5)
        done = length * min(100, max(0, line.progress)) / 100
        if done > 0:
            filled = QRectF(columns.chart_x(begin, done), box.top(), done, self.thick)
            painter.save()
            painter.setClipRect(filled, Qt.ClipOperation.IntersectClip)
            painter.setBrush(edge)
            painter.drawRoundedRect(box, 5, 5)
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        inset = pen.widthF() / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 5, 5)

    def _diamond(self, painter: QPainter, scene: Scene, one: Milestone, y: int) -> None:
        middle = scene.days.after(one.day) - scene.days.each / 2
        x, at = scene.columns.chart_x(middle), y + self.row / 2
        shape = QPolygonF(
            [QPointF(x, at - DIAMOND), QPointF(x + DIAMOND, at), QPointF(x, at + DIAMOND), QPointF(x - DIAMOND, at)]
        )
        colour = self._colours["red" if one.late else "violet"]
        # A halo keeps it apart from the bar under it; delivered is filled, still due is hollow.
        painter.setPen(QPen(self._colours["surface"], 4))
        painter.setBrush(colour if one.delivered else self._colours["surface"])
        painter.drawPolygon(shape)
        painter.setPen(QPen(colour, 2))
        painter.drawPolygon(shape)

    def _mark(self, painter: QPainter, scene: Scene, line: Line, days: tuple[date, date], y: int) -> None:
        """The words beside a bar: after it, before it, or on it where there is no room."""
        columns, (seen_from, seen_to) = scene.columns, scene.columns.in_sight
        reach = [scene.days.after(one.day) for one in line.milestones]
        begin = min([scene.days.at(days[0]), *(place - DIAMOND for place in reach)])
        end = max([scene.days.after(days[1]), *(place + DIAMOND for place in reach)])
        if end <= seen_from or begin >= seen_to:
            # The bar lies in another year, or the days are scrolled away from it: words say where it is.
            words = days_words(*days, self._language)
            width = self.texts.width(words, self.texts.small) + 18
            along = seen_from if end <= seen_from else seen_to - width
            self.texts.write(painter, self._chart_box(scene, along, y, width), words, self.texts.small, "text2")
            return
        width = self.texts.width(line.mark, self.texts.small_strong) + 4
        height = self.texts.height(self.texts.small_strong)
        top = y + (self.row - height) // 2
        if end + 6 + width <= seen_to:
            along = end + 6
        elif begin - 6 - width >= seen_from:
            along = begin - 6 - width
        else:
            # On the bar, before the signs at its end, so that none is covered.
            last = min(end, seen_to)
            signs = [place - 2 * DIAMOND for place in reach if last >= place > last - width - 3 * DIAMOND]
            along = min([last, *signs]) - width - 8
            today = scene.days.after(scene.today) - scene.days.each / 2
            if along - 6 <= today <= along + width + 6:
                # The line of today would strike the words through.
                along = max(today - width - 10, seen_from + 4)
            back = QRectF(columns.chart_x(along - 4, width + 8), top, width + 8, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colours["surface"])
            painter.drawRoundedRect(back, height / 2, height / 2)
        box = QRect(round(columns.chart_x(along, width)), top, width, height)
        self.texts.write(painter, box, line.mark, self.texts.small_strong, "red" if line.late else "text2")

    def _today(self, painter: QPainter, scene: Scene, top: int, bottom: int) -> None:
        if not scene.days.first <= scene.today <= scene.days.last:
            return
        x = scene.columns.chart_x(scene.days.after(scene.today) - scene.days.each / 2)
        painter.setPen(QPen(self._colours["red"], 1.6))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    # The head --------------------------------------------------------------------------------------------------------

    def _header(self, painter: QPainter, scene: Scene, head: int) -> None:
        columns, tr = scene.columns, self._language.tr
        line = self.texts.height(self.texts.small)
        middle = QRect(0, 0, columns.width, head - 2)
        self.texts.write(
            painter, self._box(columns, PAD, 0, columns.title - PAD, middle.height()), tr(N_("Activity")),
            self.texts.small_strong, "text2",
        )  # fmt: skip
        if columns.lead:
            self.texts.write(
                painter, self._box(columns, columns.title, 0, columns.lead - 4, middle.height()), tr(N_("Lead")),
                self.texts.small_strong, "text2",
            )  # fmt: skip
        if columns.money:
            box = self._box(columns, columns.width - columns.money, 0, columns.money - PAD, middle.height())
            self.texts.write(painter, box, scene.money_title, self.texts.small_strong, "text2", end=True)
        left = round(columns.x(columns.before, columns.room))
        chart = QRect(left, 0, columns.room, head)
        painter.setClipRect(chart)
        named = scene.days.width / 12 >= self.least_month(named=True)
        top, height = 5, line
        for day, begin, end in scene.days.months():
            name = self._language.month(day.month, short=True) if named else self._language.number(day.month)
            box = QRect(round(columns.chart_x(begin, end - begin)), top, round(end - begin), height)
            # A month that is partly scrolled away has its name in the middle of what is seen.
            self.texts.write(painter, box.intersected(chart), name, self.texts.small_strong, "text2", middle=True)
            painter.fillRect(QRectF(columns.chart_x(begin, 1), top + 2, 1, head - top - 2), self._colours["line"])
        if scene.weeks is not None:
            for day, begin in scene.days.weeks(scene.weeks):
                box = QRect(round(columns.chart_x(begin, scene.days.each * 7)), line + 6, 28, line)
                box.setWidth(round(scene.days.each * 7))
                self.texts.write(painter, box, self._language.number(day.day), self.texts.small, "text2", middle=True)
        self._today_word(painter, scene, head, line)
        painter.setClipping(False)
        painter.fillRect(QRect(0, head - 1, columns.width, 1), self._colours["line"])

    def _today_word(self, painter: QPainter, scene: Scene, head: int, line: int) -> None:
        if not scene.days.first <= scene.today <= scene.days.last:
            return
        word = self._language.tr(N_("Today"))
        text, back = self._look.tone("bad")
        x = scene.columns.chart_x(scene.days.after(scene.today) - scene.days.each / 2)
        width = self.texts.width(word, self.texts.small_strong) + 14
        left = round(scene.columns.x(scene.columns.before, scene.columns.room))
        if not left <= x <= left + scene.columns.room:
            return
        begin = min(max(x - width / 2, left), left + scene.columns.room - width)
        box = QRectF(begin, head - line - 5, width, line + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(self.texts.small_strong)
        painter.setPen(text)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word)

    # The bar being moved ---------------------------------------------------------------------------------------------

    def _tip(self, painter: QPainter, scene: Scene, head: int, height: int) -> None:
        ghost = scene.ghost
        if ghost is None:
            return
        words = ghost_words(ghost, self._language)
        font = self.texts.small_strong
        width, tall = self.texts.width(words, font) + 20, self.texts.height(font) + 10
        number = next((n for n, row in enumerate(scene.rows) if not isinstance(row, str) and row.id == ghost.id), 0)
        y = head + number * self.row - scene.top
        if ghost.at is not None:
            x = ghost.at.x() - width / 2
        else:
            begin = scene.days.at(ghost.start)
            x = scene.columns.chart_x(begin, width)
        x = min(max(x, 4.0), scene.columns.width - width - 4.0)
        under = y + self.row + 2
        box = QRectF(x, under if under + tall < height else y - tall - 2, width, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours["text"])
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(self.texts.small_strong)
        painter.setPen(self._colours["surface"])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def ghost_words(ghost: Ghost, language: Language) -> str:
    """The days a bar will have, and how many they are; of a deliverable its day."""
    if ghost.deliverable is not None:
        return language.day(ghost.start)
    count = language.ntr("{n} day", "{n} days", (ghost.end - ghost.start).days + 1)
    return f"{days_words(ghost.start, ghost.end, language)} · {count}"
