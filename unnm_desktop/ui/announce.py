"""Says aloud what appears without the focus moving to it (WCAG 2.2, 4.1.3 Status messages)."""

from __future__ import annotations

# Not by name: the accessibility classes are made when first named, after the first paint.
from PySide6 import QtGui
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Give the words to a screen reader; urgent ones interrupt what it is saying."""
    event = QtGui.QAccessibleAnnouncementEvent(widget, words.replace("\n", ". "))
    if urgent:
        event.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Assertive)
    QtGui.QAccessible.updateAccessibility(event)
