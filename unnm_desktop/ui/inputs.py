"""What the inputs inside a widget hold, written down in their order and put back into a widget that is built alike."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

Place = tuple[int, int, int]
"""Which input has the keyboard, where its cursor stands, and where the selection begins."""
_KINDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)


def inputs(inside: QWidget) -> list[QWidget]:
    """All in which something can be typed, chosen or ticked."""
    return [
        one
        for one in (inside, *inside.findChildren(QWidget))
        if isinstance(one, _KINDS) and (not isinstance(one, QAbstractButton) or one.isCheckable())
    ]


def held(inside: QWidget) -> list[str | int | bool]:
    """What they hold."""
    return [_held(one) for one in inputs(inside)]


def _held(one: QWidget) -> str | int | bool:
    if isinstance(one, QLineEdit):
        return one.text()
    if isinstance(one, QPlainTextEdit):
        return one.toPlainText()
    if isinstance(one, QComboBox):
        return one.currentIndex()
    return isinstance(one, QAbstractButton) and one.isChecked()


def give(inside: QWidget, values: Sequence[object]) -> None:
    """Let them hold this again."""
    for one, value in zip(inputs(inside), values, strict=False):
        if isinstance(one, QLineEdit) and isinstance(value, str):
            one.setText(value)
        elif isinstance(one, QPlainTextEdit) and isinstance(value, str):
            one.setPlainText(value)
        elif isinstance(one, QComboBox) and isinstance(value, int):
            one.setCurrentIndex(value)
        elif isinstance(one, QAbstractButton) and isinstance(value, bool):
            one.setChecked(value)


def place(inside: QWidget) -> Place | None:
    """Where the keyboard stands among them."""
    for number, one in enumerate(inputs(inside)):
        if one is not inside.focusWidget():
            continue
        if isinstance(one, QLineEdit):
            start = one.selectionStart()
            other = one.selectionEnd() if start == one.cursorPosition() else start
            return number, one.cursorPosition(), other if start >= 0 else one.cursorPosition()
        if isinstance(one, QPlainTextEdit):
            return number, one.textCursor().position(), one.textCursor().anchor()
        return number, 0, 0
    return None


def go_to(inside: QWidget, where: Sequence[int]) -> None:
    """Put the keyboard there again."""
    found = inputs(inside)
    number, cursor, anchor = where
    if number >= len(found):
        return
    one = found[number]
    one.setFocus()
    if isinstance(one, QLineEdit):
        one.setSelection(anchor, cursor - anchor) if anchor != cursor else one.setCursorPosition(cursor)
    elif isinstance(one, QPlainTextEdit):
        moved = one.textCursor()
        length = len(one.toPlainText())
        moved.setPosition(min(anchor, length))
        moved.setPosition(min(cursor, length), moved.MoveMode.KeepAnchor)
        one.setTextCursor(moved)
