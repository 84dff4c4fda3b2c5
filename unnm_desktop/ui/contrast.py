"""The system's own colours, for those who asked it for high contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from unnm_desktop.ui.theme import Tokens


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
