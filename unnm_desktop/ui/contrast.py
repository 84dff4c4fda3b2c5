"""The system's own colours, for those who asked it for high contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from unnm_desktop.ui.theme import Tokens


# All that is dressed: Qt draws edges and the state of a button in shades of their ground, which are none on black.
SYSTEM_SHEET = """
QPushButton { background: palette(button); color: palette(button-text); border: 1px solid palette(button-text);
  border-radius: 4px; padding: 4px 12px; min-height: 20px; qproperty-autoDefault: true; }
QPushButton[role="primary"] { background: palette(window-text); color: palette(window); }
QPushButton:checked { background: palette(highlight); color: palette(highlighted-text); }
QPushButton:focus { border: 3px solid palette(highlight); padding: 2px 10px; }
QPushButton:checked:focus { border-color: palette(button-text); }
QPushButton:disabled { border-style: dashed; }
#statusBar QPushButton { padding: 0 6px; min-height: 18px; }
QLineEdit, QPlainTextEdit, QTextEdit { border: 1px solid palette(text); border-radius: 4px; padding: 3px 6px; }
QLineEdit[quiet="true"], QPlainTextEdit[quiet="true"] { border-color: transparent; padding: 1px 3px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 3px solid palette(highlight); padding: 1px 4px; }
"""


def high_contrast() -> bool:
    """Whether the system asks for high contrast; then its own colours stay."""
    # Both wrappers are held: the inner one dies with the outer.
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    return accessibility is not None and accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast


def system_tokens(palette: QPalette, like: Tokens) -> Tokens:
    """The system's palette as our tokens, for what we paint ourselves; a state is only a word and a shape there."""
    text, back = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    surface, mark = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
    ring = mark if _contrast(mark, surface) >= 3 else text
    chosen, pointed = _between(surface, text, 0.25), _between(surface, text, 0.12)
    plain = dict.fromkeys(like._fields, text.name())
    for names, colour in (
        (("bg", "sidebar", "primary_text"), back),
        (("surface", "sunken", "red_bg", "amber_bg", "green_bg", "violet_bg"), surface),
        (("selection",), chosen),
        (("hover",), pointed),
        (("accent", "ring"), ring),
    ):
        plain.update(dict.fromkeys(names, colour.name()))
    return type(like)(**plain)


def _between(one: QColor, other: QColor, share: float) -> QColor:
    parts = zip(_parts(one), _parts(other), strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


def _parts(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4) for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
