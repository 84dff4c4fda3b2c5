"""Where on a window a message may stand: over no button and not over what has the keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QPlainTextEdit, QTextEdit, QWidget

GAP = 8


def in_sight(widget: QWidget, within: QWidget, part: QRect | None = None) -> QRect:
    """What is seen of a widget, or of a part of it, where nothing lies over it; in the coordinates of ``within``."""
    seen = QRect(part if part is not None else widget.rect())
    inner: QWidget | None = widget
    while inner is not None and inner is not within:
        seen = seen.intersected(inner.rect()).translated(inner.pos())
        inner = inner.parentWidget()
    return seen.intersected(within.rect())


def buttons(within: QWidget, but: Sequence[QWidget]) -> list[QRect]:
    """Where everything stands that can be pressed, but these."""
    found = (
        in_sight(one, within) for one in within.findChildren(QAbstractButton) if one.isVisible() and one not in but
    )
    return [place for place in found if not place.isEmpty()]


def keyboard(within: QWidget, but: Sequence[QWidget]) -> list[QRect]:
    """Where the keyboard is, unless on one of these: in a list its row, in a text its line."""
    now = within.focusWidget()
    if now is None or now in but:
        return []
    if isinstance(now, QAbstractItemView):
        return [in_sight(now.viewport(), within, now.visualRect(now.currentIndex()))]
    if isinstance(now, (QPlainTextEdit, QTextEdit)):
        return [in_sight(now.viewport(), within, now.cursorRect().adjusted(-GAP, 0, GAP, 0))]
    # No message hides the whole of what is that large.
    return [in_sight(now, within)] if now.height() < within.height() // 3 else []


def free_place(size: QSize, area: QRect, taken: Sequence[QRect], *, rtl: bool) -> QPoint | None:
    """The free place in an area nearest to its bottom, and there to its start; None where there is none."""
    for top in _heights(size.height(), area, taken):
        band = QRect(area.left(), top, area.width(), size.height())
        met = sorted(_along(one, area, rtl=rtl) for one in taken if one.intersects(band))
        start = 0
        for first, last in met:
            if start + size.width() + GAP > first and last + GAP > start:
                start = last + GAP
        if start + size.width() <= area.width():
            return QPoint(area.right() + 1 - start - size.width() if rtl else area.left() + start, top)
    return None


def _heights(height: int, area: QRect, taken: Iterable[QRect]) -> list[int]:
    """The tops to try, the lowest first: at the bottom, else right over something."""
    tops = {area.bottom() + 1 - height, *(one.top() - GAP - height for one in taken)}
    return sorted((top for top in tops if area.top() <= top <= area.bottom() + 1 - height), reverse=True)


def _along(place: QRect, area: QRect, *, rtl: bool) -> tuple[int, int]:
    """From where to where it reaches, counted from the start of the area."""
    if rtl:
        return area.right() - place.right(), area.right() + 1 - place.left()
    return place.left() - area.left(), place.right() + 1 - area.left()
