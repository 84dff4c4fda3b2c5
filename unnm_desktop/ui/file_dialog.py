"""The dialog that chooses files and folders: the system's own, or Qt's with signs that are seen in either theme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QToolButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

# The buttons of Qt's own dialog, by Qt's names; its signs for them are dark in a dark window.
_SIGNS = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus",
    "listModeButton": "layout-grid",
    "detailModeButton": "list",
}
_WIDTH, _HEIGHT = 860, 520


def file_dialog(window: QWidget | None, title: str, folder: Path, kinds: str = "") -> QFileDialog:
    """A dialog over the window that begins in the folder; texts are translated."""
    dialog = QFileDialog(window, title, str(folder), kinds)
    look = getattr(getattr(window, "desk", None), "look", None)
    if look is not None:
        for name, sign in _SIGNS.items():
            button = dialog.findChild(QToolButton, name)
            # The system's own dialog has none of them.
            if button is not None:
                button.setIcon(look.icons.icon(sign, look.tokens.text, look.with_text(18)))
        dialog.resize(look.with_text(_WIDTH), look.with_text(_HEIGHT))
    return dialog


def chosen(dialog: QFileDialog) -> list[Path]:
    """Ask; what was chosen, nothing when the officer thinks better of it."""
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    paths = [Path(path) for path in dialog.selectedFiles()] if taken else []
    dialog.deleteLater()
    return paths
