"""Shortcuts as they are pressed: on a Latin keyboard, and on the same keys while the Arabic layout is on."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

# The Arabic (101) layout. Systems mostly hand the Latin letter on with Ctrl; where they do not, these are what comes.
_ARABIC = {
    "Q": "ض", "W": "ص", "E": "ث", "R": "ق", "T": "ف", "Y": "غ", "U": "ع", "I": "ه", "O": "خ", "P": "ح",
    "A": "ش", "S": "س", "D": "ي", "F": "ب", "G": "ل", "H": "ا", "J": "ت", "K": "ن", "L": "م",
    "Z": "ئ", "X": "ء", "C": "ؤ", "V": "ر", "B": "\ufefb", "N": "ى", "M": "ة",
    "/": "ظ", ".": "ز", ",": "و",
    **{str(number): chr(0x0660 + number) for number in range(10)},
}  # fmt: skip

_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def keycap(shortcut: str) -> str:
    """A shortcut as the keys of this system are called."""
    held, _, key = shortcut.rpartition("+")
    if held and key in _ARROWS:
        # Qt would write the arrow as a word of its own language into a row of Latin keys.
        return f"{held}+{_ARROWS[key]}"
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def in_arabic(shortcut: str) -> str:
    """The same keys while the Arabic layout is on; empty where they send the same there."""
    held, _, key = shortcut.rpartition("+")
    if "Ctrl" not in held or key not in _ARABIC:
        return ""
    return f"{held}+{_ARABIC[key]}"


def sequences(shortcuts: tuple[str, ...]) -> list[QKeySequence]:
    """All that Qt is to listen for."""
    found = [QKeySequence(shortcut) for shortcut in shortcuts]
    return found + [QKeySequence(other) for shortcut in shortcuts if (other := in_arabic(shortcut))]
