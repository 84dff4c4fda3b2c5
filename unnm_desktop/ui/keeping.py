"""Where the keyboard stands and what is half typed, carried from a window to the fresh one that takes its place."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


class Hand(NamedTuple):
    """The widget with the keyboard, found again by its kind and number: both windows are built alike."""

    kind: type[QWidget]
    number: int
    text: str = ""
    place: int = 0


def hand_on(page: QWidget | None) -> Hand | None:
    """Where the keyboard stands on this page; None when it stands elsewhere."""
    now = QApplication.focusWidget()
    if page is None or now is None or not page.isAncestorOf(now):
        return None
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit  # here and below: the first paint needs neither

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

    alike = page.findChildren(hand.kind)
    if hand.number >= len(alike):
        return
    widget = alike[hand.number]
    if isinstance(widget, QLineEdit):
        if widget.text() != hand.text:
            widget.setText(hand.text)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        widget.setCursorPosition(hand.place)
        return
    if isinstance(widget, QPlainTextEdit) and widget.toPlainText() != hand.text:
        widget.setPlainText(hand.text)
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(hand.place, len(widget.toPlainText())))
        widget.setTextCursor(cursor)
