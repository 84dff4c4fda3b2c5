"""Boxes that ask or tell, with the window's own signs and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox

from unnm_desktop.i18n import N_
from unnm_desktop.ui.letters import from_the_right

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.i18n import Language

_SIZE = 36
# The sign and the tone of each kind of box.
_SIGNS = {"warn": "triangle-alert", "bad": "circle-alert", "info": "info"}


def message_box(window: QWidget | None, title: str, text: str, more: str = "", tone: str = "info") -> QMessageBox:
    """A box over the window; texts are translated, its buttons are the caller's. Tones: info, warn, bad."""
    box = QMessageBox(window)
    box.setWindowTitle(title)
    # A sentence that begins with the name of a file would run from the left.
    text, more = (from_the_right(one) if box.isRightToLeft() else one for one in (text, more))
    box.setText(text)
    box.setInformativeText(more)
    said = box.findChild(QLabel, "qt_msgbox_label")
    if said is not None and more:
        # The question stands out from what comes of it.
        said.setProperty("role", "h2")
    look = getattr(getattr(window, "desk", None), "look", None)
    if look is not None:
        colour = look.tone(tone)[0].name()
        box.setIconPixmap(look.icons.pixmap(_SIGNS[tone], colour, look.with_text(_SIZE)))
    return box


def close_buttons(language: Language) -> QDialogButtonBox:
    """The button that closes a window to read in, in our word."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.button(QDialogButtonBox.StandardButton.Close).setText(language.tr(N_("Close")))
    return buttons
