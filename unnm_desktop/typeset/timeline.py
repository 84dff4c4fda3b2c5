"""Timelines: bars over months with today and milestones; time runs from the start side."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.cleaning import shorten
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import ENDLESS, Box, Drawn, Piece
from unnm_desktop.typeset.paragraph import TextBox, set_line, text_width
from unnm_desktop.typeset.styles import DEEP, GREY, INK, PALE, RED, RULE, WASH, WHITE, Style, TextStyle
from unnm_desktop.typeset.tags import Element

_LABEL_SHARE = 0.3
_HEAD = 20.0
_ROW_PAD = 3.5
_BAR = 8.0
# A row whose milestones have names is tall enough to carry them under the bar.
_NAMED_ROW = 30.0
_LONGEST_NAME = 110.0
_PLANNED = "#BFE0EE"
_LATE = "#F3C4BF"


def _month_starts(start: date, end: date) -> list[date]:
    """The first of each calendar month from ``start`` to ``end``."""
    days: list[date] = []
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month) and len(days) < 1200:
        days.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return days


class TimelineBox:
    """A timeline, or what is left of it; every page repeats the months."""

    keep_with_next = False

    def __init__(self, block: b.Timeline, style: Style, element: Element | None) -> None:
        self.before, self.after = 4.0, 12.0
        self._block = block
        self._style = style
        self._rtl = style.rtl
        self._element = element
        self.next_row = 0
        self.group = ""
        self._months = _month_starts(block.start, max(block.start, block.end))
        # Whole months are shown, so that every month gets its label.
        last = self._months[-1]
        self._first_day = self._months[0].toordinal()
        following = date(last.year + (last.month == 12), last.month % 12 + 1, 1) if last.year < 9999 else block.end
        self._days = max(1, following.toordinal() - self._first_day)
        if element is not None:
            bars = (f"{row.label}: {row.start.isoformat()} – {row.end.isoformat()}" for row in block.rows)
            element.alternative = f"{block.title}. " + "; ".join(bars)

    def _share(self, day: date) -> float:
        return min(1.0, max(0.0, (day.toordinal() - self._first_day) / self._days))

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        rows: list[tuple[float, float, b.TimelineRow | str, Piece]] = []
        used = _HEAD
        group, place = self.group, self.next_row
        label_style = TextStyle(self._style.cell.size, self._style.cell.leading)
        group_style = TextStyle(self._style.cell.size, self._style.cell.leading, "semibold", colour=DEEP)
        while place < len(self._block.rows):
            row = self._block.rows[place]
            named = bool(row.group and row.group != group)
            needed: list[tuple[float, b.TimelineRow | str, Piece]] = []
            if named:
                needed.append(self._set(row.group, row.group, group_style, width - 8))
            needed.append(self._set(row, row.label, label_style, width * _LABEL_SHARE - 10))
            if any(name for _, name in row.milestones):
                own, thing, piece = needed.pop()
                needed.append((max(own, _NAMED_ROW), thing, piece))
            height = sum(each[0] for each in needed)
            if used + height > room and (rows or not force):
                break
            for own, thing, piece in needed:
                rows.append((used, own, thing, piece))
                used += own
            group = row.group
            place += 1
        if place == self.next_row and self._block.rows:
            return None, self
        made = Drawn(used, lambda ink, x, top: self._draw(ink, x, top, width, rows, used))
        if place == len(self._block.rows):
            return made, None
        rest = copy(self)
        rest.before, rest.next_row, rest.group = 0.0, place, group
        return made, rest

    def _set(
        self, thing: b.TimelineRow | str, text: str, style: TextStyle, width: float
    ) -> tuple[float, b.TimelineRow | str, Piece]:
        piece, _ = TextBox(shorten(text), style, self._rtl).fit(width, ENDLESS, True)
        assert piece is not None  # noqa: S101 - a forced fit always gives a piece; for the type checker
        return max(piece.height, _BAR) + 2 * _ROW_PAD, thing, piece

    def _draw(
        self,
        ink: Ink,
        x: float,
        top: float,
        width: float,
        rows: Sequence[tuple[float, float, b.TimelineRow | str, Piece]],
        height: float,
    ) -> None:
        labels = width * _LABEL_SHARE
        chart_x = x if self._rtl else x + labels
        chart_width = width - labels
        with ink.tagged(self._element):
            for number, (offset, own, thing, _) in enumerate(rows):
                if isinstance(thing, str):
                    ink.rectangle(x, top - offset - own, width, own, fill=WASH)
                elif number % 2:
                    ink.rectangle(x, top - offset - own, width, own, fill=PALE)
            self._draw_months(ink, chart_x, top, chart_width, height)
            for offset, own, thing, piece in rows:
                y = top - offset
                label_x = x + width - labels + 6 if self._rtl else x + 4
                if isinstance(thing, str):
                    piece.draw(ink, x + 4, y - _ROW_PAD)
                    continue
                piece.draw(ink, label_x, y - (own - piece.height) / 2)
                self._draw_bar(ink, thing, chart_x, y - own / 2, chart_width)
            self._draw_today(ink, chart_x, top, chart_width, height)
            ink.line(x, top - height, x + width, top - height, RULE, 0.5)

    def _at(self, day: date, x: float, width: float) -> float:
        share = self._share(day)
        return x + width * (1 - share if self._rtl else share)

    def _draw_months(self, ink: Ink, x: float, top: float, width: float, height: float) -> None:
        tiny = TextStyle(self._style.tiny.size, self._style.tiny.leading, "semibold", colour=GREY)
        starts = [self._at(day, x, width) for day in self._months] + [x if self._rtl else x + width]
        for place, start in enumerate(starts[:-1]):
            ink.line(start, top - _HEAD + 3, start, top - height, RULE, 0.4)
            middle, room = (start + starts[place + 1]) / 2, abs(start - starts[place + 1])
            if place < len(self._block.months):
                set_line(ink, self._block.months[place], tiny, self._rtl, middle, top - 11, "center", room)
        ink.line(starts[-1], top - _HEAD + 3, starts[-1], top - height, RULE, 0.4)
        ink.line(x, top - _HEAD, x + width, top - _HEAD, GREY, 0.6)

    def _draw_bar(self, ink: Ink, row: b.TimelineRow, x: float, y: float, width: float) -> None:
        # A bar covers its last day.
        last = date.fromordinal(min(max(row.start, row.end).toordinal() + 1, date.max.toordinal()))
        begin, end = sorted((self._at(row.start, x, width), self._at(last, x, width)))
        length = max(end - begin, 3.0)
        ink.capsule(begin, y - _BAR / 2, length, _BAR, 2.5, fill=_LATE if row.late else _PLANNED)
        done = length * min(1.0, max(0.0, row.progress))
        if done >= 1.0:
            left = begin + length - done if self._rtl else begin
            ink.capsule(left, y - _BAR / 2, done, _BAR, 2.5, fill=RED if row.late else DEEP)
        for day, name in row.milestones:
            if self._share(day) in (0.0, 1.0) and not self._block.start <= day <= self._block.end:
                continue
            at = self._at(day, x, width)
            ink.polygon([(at, y + 5.5), (at + 5.5, y), (at, y - 5.5), (at - 5.5, y)], fill=INK, stroke=WHITE)
            if name:
                tiny = TextStyle(self._style.tiny.size - 0.5, self._style.tiny.leading, colour=INK)
                half = min(text_width(name, tiny, self._rtl), _LONGEST_NAME) / 2
                middle = min(max(at, x + half), x + width - half)
                set_line(ink, name, tiny, self._rtl, middle, y - 12.5, "center", _LONGEST_NAME)

    def _draw_today(self, ink: Ink, x: float, top: float, width: float, height: float) -> None:
        today = self._block.today
        if today is None or not self._months[0] <= today or self._share(today) >= 1.0:
            return
        at = self._at(today, x, width)
        ink.line(at, top - _HEAD + 3, at, top - height, RED, 0.9, "[2 1.5]")
        ink.polygon([(at - 3, top - _HEAD + 6), (at + 3, top - _HEAD + 6), (at, top - _HEAD + 1)], fill=RED)
