"""Charts: bars over categories, progress bars and large figures, from the start side."""

from __future__ import annotations

import math
from dataclasses import replace

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import Box, Fixed, Framed, Piece, Stack
from unnm_desktop.typeset.paragraph import TextBox, set_line, text_width
from unnm_desktop.typeset.side_by_side import SideBySide
from unnm_desktop.typeset.styles import DEEP, GREY, INK, ON_SERIES, RULE, SERIES, Style, TextStyle
from unnm_desktop.typeset.tags import Element

_PLOT_HEIGHT = 120.0
_TOP = 36.0
_FOOT = 26.0
_MOST_FIGURES = 6
_FIGURE_GAP = 10.0


def _nice(maximum: float) -> tuple[float, float]:
    """A round maximum of an axis and its step."""
    if not math.isfinite(maximum) or maximum <= 0:
        return 1.0, 1.0
    raw = maximum / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if raw <= power * factor * 1.0001)
    if maximum == int(maximum) and step < 1:
        step = 1.0
    return step * math.ceil(maximum / step - 1e-9), step


def _said(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if abs(value - round(value)) < 1e-9 else f"{value:,.1f}"
    return b.ltr(f"{text}{unit}" if unit == "%" else f"{text} {unit}".strip())


class _Bars:
    """The geometry of one bar chart."""

    def __init__(self, chart: b.BarChart, style: Style) -> None:
        self.chart = chart
        self.style = style
        self.rtl = style.rtl
        count = len(chart.categories)
        self.series = [
            (name, [value if math.isfinite(value) else 0.0 for value in (*values, *[0.0] * count)[:count]])
            for name, values in chart.series
        ]
        if chart.stacked:
            tops = [sum(values[at] for _, values in self.series) for at in range(count)]
        else:
            tops = [value for _, values in self.series for value in values]
        highest = chart.maximum if chart.maximum is not None else max(tops, default=0.0)
        self.maximum, self.step = _nice(max(highest, 0.0))

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        style, rtl, chart = self.style, self.rtl, self.chart
        start = x + width if rtl else x
        set_line(ink, chart.title, style.caption, rtl, start, top - 11, width=width)
        if len(self.series) > 1:
            self._legend(ink, x, top - 26, width)
        axis_room = 8 + max(text_width(_said(self.maximum, chart.unit), style.tiny, rtl), 18)
        left, right = (x, x + width - axis_room) if rtl else (x + axis_room, x + width)
        floor = top - _TOP - _PLOT_HEIGHT - 4
        self._axis(ink, left, right, floor)
        slot = (right - left) / max(1, len(chart.categories))
        for place, category in enumerate(chart.categories):
            begin = right - (place + 1) * slot if rtl else left + place * slot
            self._category(ink, place, begin, slot, floor)
            label = TextStyle(style.tiny.size + 0.5, style.tiny.leading, colour=GREY)
            set_line(ink, category, label, rtl, begin + slot / 2, floor - 12, "center", slot - 3)
        ink.line(left, floor, right, floor, GREY, 0.6)

    def _axis(self, ink: Ink, left: float, right: float, floor: float) -> None:
        value = 0.0
        while value <= self.maximum * 1.0001:
            y = floor + _PLOT_HEIGHT * value / self.maximum
            if value:
                ink.line(left, y, right, y, RULE, 0.4)
            edge = right + 5 if self.rtl else left - 5
            set_line(ink, _said(value, self.chart.unit), self.style.tiny, self.rtl, edge, y - 2.4, "end")
            value += self.step

    def _category(self, ink: Ink, place: int, begin: float, slot: float, floor: float) -> None:
        series = self.series
        tiny = TextStyle(self.style.tiny.size, self.style.tiny.leading, "semibold", colour=INK)
        columns = 1 if self.chart.stacked else max(1, len(series))
        bar = min(34.0, slot * 0.72 / columns)
        free = (slot - bar * columns) / 2
        base = floor
        for number, (_, values) in enumerate(series):
            height = _PLOT_HEIGHT * max(0.0, min(values[place], self.maximum)) / self.maximum
            at = 0 if self.chart.stacked else number
            x = begin + slot - free - (at + 1) * bar if self.rtl else begin + free + at * bar
            ink.rectangle(x + 0.6, base, bar - 1.2, height, fill=SERIES[number % len(SERIES)])
            said = _said(values[place], self.chart.unit)
            if self.chart.stacked:
                if height > 9:
                    over = TextStyle(tiny.size, tiny.leading, "semibold", colour=ON_SERIES[number % len(SERIES)])
                    set_line(ink, said, over, self.rtl, x + bar / 2, base + height / 2 - 2.5, "center")
                base += height
            elif text_width(said, tiny, self.rtl) <= bar + 6:
                set_line(ink, said, tiny, self.rtl, x + bar / 2, base + height + 2.5, "center")

    def _legend(self, ink: Ink, x: float, y: float, width: float) -> None:
        at = 0.0
        label = TextStyle(self.style.tiny.size + 0.5, self.style.tiny.leading, colour=INK)
        for number, (name, _) in enumerate(self.series):
            room = max(0.0, width - at - 10)
            if room < 12:
                return
            square = x + width - at - 7 if self.rtl else x + at
            ink.rectangle(square, y - 0.5, 7, 7, fill=SERIES[number % len(SERIES)])
            start = square - 4 if self.rtl else square + 11
            at += 24 + set_line(ink, name, label, self.rtl, start, y, width=room)


def bar_chart(chart: b.BarChart, style: Style, element: Element | None) -> Box:
    """A bar chart; in right-to-left pages it begins at the right and its axis stands there."""
    bars = _Bars(chart, style)
    if element is not None:
        parts = [f"{name}: " + ", ".join(
            f"{category} {value:g}{chart.unit}" for category, value in zip(chart.categories, values, strict=True)
        ) for name, values in bars.series]  # fmt: skip
        element.alternative = ". ".join([chart.title, *parts])

    def draw(ink: Ink, x: float, top: float, width: float) -> None:
        with ink.tagged(element):
            bars.draw(ink, x, top, width)

    return Fixed(_TOP + _PLOT_HEIGHT + _FOOT, draw, 6.0, 10.0)


def progress_bars(block: b.ProgressBars, style: Style, root: Element | None) -> Box:
    """Horizontal bars with a label before and the value after them."""
    rows: list[Box] = []
    small = TextStyle(style.cell.size + 0.5, style.cell.leading)
    strong = TextStyle(style.cell.size + 0.5, style.cell.leading, "semibold", colour=DEEP)
    for label, fraction, shown in block.rows:
        part = min(1.0, max(0.0, fraction)) if math.isfinite(fraction) else 0.0
        text = TextBox(label, small, style.rtl, element=root.child("P") if root is not None else None)
        value = TextBox(shown, strong, style.rtl, align="end", element=root.child("P") if root is not None else None)
        bar = _bar(part, style)
        rows.append(SideBySide([(text, 0.34), (bar, 0.55), (value, 0.11)], 10.0, style.rtl, after=3.0))
    return Stack(rows, 4.0, 10.0)


def _bar(part: float, style: Style) -> Box:
    height = style.cell.leading

    def draw(ink: Ink, x: float, top: float, width: float) -> None:
        y = top - height / 2 - 3.5
        ink.capsule(x, y, width, 7, 3.5, fill="#E3EAEF")
        filled = width * part
        if filled > 0:
            own = max(filled, 7.0)
            ink.capsule(x + width - own if style.rtl else x, y, own, 7, 3.5, fill=DEEP)

    return Fixed(height, draw)


class Figures:
    """Large numbers beside each other, each over its label; all smaller where one would not fit its column."""

    keep_with_next = False
    before, after = 4.0, 10.0

    def __init__(self, block: b.Figures, style: Style, element: Element | None) -> None:
        self._style = style
        self._columns = min(max(len(block.items), 1), _MOST_FIGURES)
        self._items = [
            (value, label, [element.child("Span") for _ in range(2)] if element is not None else [None, None])
            for value, label in block.items
        ]

    def _number_style(self, width: float) -> TextStyle:
        figure = self._style.figure
        own = (width - _FIGURE_GAP * (self._columns - 1)) / self._columns
        widest = max(
            (TextBox(value, figure, self._style.rtl).natural_width() for value, _, _ in self._items), default=0
        )
        return figure if widest <= own else replace(figure, size=figure.size * own / widest)

    def fit(self, width: float, room: float, force: bool) -> tuple[Piece | None, Box | None]:
        style, columns = self._style, self._columns
        number_style = self._number_style(width)
        rows: list[Box] = []
        for at in range(0, len(self._items), columns):
            cells: list[tuple[Box | None, float]] = []
            for value, label, (over, under) in self._items[at : at + columns]:
                number = TextBox(value, number_style, style.rtl, element=over)
                said = TextBox(label, style.label, style.rtl, element=under)
                cells.append((_figure(Stack([number, said])), 1 / columns))
            cells += [(None, 1 / columns)] * (columns - len(cells))
            rows.append(SideBySide(cells, _FIGURE_GAP, style.rtl, after=6.0))
        piece, rest = Stack(rows, self.before, self.after).fit(width, room, force)
        return piece, self if piece is None else rest


def _figure(inner: Box) -> Box:
    def behind(ink: Ink, x: float, y: float, width: float, height: float) -> None:
        ink.line(x, y + height, x + width, y + height, DEEP, 1.2)

    return Framed(inner, (0, 4, 0, 2), behind)
