"""Where the keyboard stands and what is half typed, carried from a window to the fresh one that takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from unnm_desktop.ui.page_base import Page


class Hand(NamedTuple):
    """The widget with the keyboard, found again by its kind and number: both windows are built alike."""

    kind: type[QWidget]
    number: int
    text: str = ""
    place: int = 0


def hand_on(page: Page | None) -> Hand | None:
    """Where the keyboard stands on this page; None when it stands elsewhere, or where it stands at first anyhow."""
    now = QApplication.focusWidget()
    if page is None or now is None or not page.isAncestorOf(now):
        return None
    hand = _hand(page, now)
    return None if now is page.first_focus() and hand == Hand(hand.kind, hand.number) else hand


def refused_on(page: QWidget | None) -> tuple[Hand, ...]:
    """What fields of this page hold and could not keep: the disk was full, or it breaks a rule."""
    if page is None:
        return ()
    from PySide6.QtWidgets import QPlainTextEdit  # here and below: the first paint needs none of it

    from unnm_desktop.ui.forms import Field

    return tuple(
        _hand(page, part)
        for field in page.findChildren(Field)
        if field.refused
        for kind in (QLineEdit, QPlainTextEdit)
        for part in ((field.input,) if isinstance(field.input, kind) else field.input.findChildren(kind))
    )


def _hand(page: QWidget, now: QWidget) -> Hand:
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

    kind = type(now)
    number = page.findChildren(kind).index(now)
    if isinstance(now, QLineEdit):
        return Hand(kind, number, now.text(), now.cursorPosition())
    if isinstance(now, QPlainTextEdit | QTextEdit):
        return Hand(kind, number, now.toPlainText(), now.textCursor().position())
    return Hand(kind, number)


def take_hand(page: QWidget, hand: Hand) -> None:
    """Put the keyboard where it was, with what was typed but could not be kept."""
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

    widget = _put(page, hand)
    if widget is None:
        return
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(hand.place)
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(hand.place, len(widget.toPlainText())))
        widget.setTextCursor(cursor)


def take_refused(page: QWidget, hands: tuple[Hand, ...]) -> None:
    """Put back what fields could not keep, and let them try again."""
    if not hands:
        return
    from unnm_desktop.ui.forms import Field

    filled = [widget for hand in hands if (widget := _put(page, hand)) is not None]
    for field in page.findChildren(Field):
        if any(field.isAncestorOf(one) for one in filled):
            field.commit()


def _put(page: QWidget, hand: Hand) -> QWidget | None:
    """Write what was typed into the same widget of a fresh page."""
    from PySide6.QtWidgets import QPlainTextEdit

    alike = page.findChildren(hand.kind)
    if hand.number >= len(alike):
        return None
    widget = alike[hand.number]
    if isinstance(widget, QLineEdit) and widget.text() != hand.text:
        widget.setText(hand.text)
    elif isinstance(widget, QPlainTextEdit) and widget.toPlainText() != hand.text:
        widget.setPlainText(hand.text)
    return widget
