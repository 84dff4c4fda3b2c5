"""Every question, file choice and message; the one seam where tests answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# Not by name: Qt's classes are made when first named, and no dialog is needed before the first paint.
from PySide6 import QtWidgets
from PySide6.QtCore import QStandardPaths

from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from unnm_desktop.errors import UserError
    from unnm_desktop.i18n import Language


def documents() -> Path:
    """The officer's documents folder, as this system calls it."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


class Ask:
    """Asks the officer with real dialogs; tests hand in a stand-in with the same methods."""

    def __init__(self, window: QWidget | None, language: Language) -> None:
        self._window = window
        self._language, self._tr = language, language.tr

    def attach(self, window: QWidget) -> None:
        """Ask over this window from now on."""
        self._window = window

    def sure(self, question: str, consequence: str, yes: str, no: str) -> bool:
        """A question before what cannot be undone; texts translated, buttons verbs; the safe answer is the default."""
        from unnm_desktop.ui.message_box import message_box  # as above: not before the first paint

        box = message_box(self._window, question, question, consequence, "warn")
        go: QPushButton = box.addButton(yes, QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(no, QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is go

    def tell(self, text: str, details: str = "") -> None:
        """A message to acknowledge."""
        from unnm_desktop.ui.message_box import message_box  # as above

        box = message_box(self._window, self._tr(N_("UNNM Desktop")), text, details)
        box.addButton(self._tr(N_("OK")), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def trouble(self, error: UserError) -> None:
        """Say what went wrong and what to do next."""
        self.tell(self._tr(error.message, **error.values))

    def text(self, title: str, question: str, verb: str, value: str = "") -> str | None:
        """One line of text, or None when the officer thinks better of it; texts translated, the button a verb."""
        from unnm_desktop.ui.text_dialog import TextDialog  # as above

        dialog = TextDialog(self._window, self._language, title, question, verb, value)
        return dialog.line.text().strip() if dialog.exec() else None

    def open_file(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        """A file to read, e.g. kinds "Workspaces (*.unnm)"."""
        return next(iter(self._existing(QtWidgets.QFileDialog.FileMode.ExistingFile, title, kinds, folder)), None)

    def open_files(self, title: str, kinds: str) -> list[Path]:
        """Files to read, several at once; none when the officer thinks better of it."""
        return self._existing(QtWidgets.QFileDialog.FileMode.ExistingFiles, title, kinds, None)

    def save_file(self, title: str, name: str, kinds: str, folder: Path | None = None) -> Path | None:
        """A file to write; the dialog asks before one is replaced."""
        from unnm_desktop.ui.file_dialog import chosen, file_dialog  # as above

        dialog = file_dialog(self._window, title, folder or documents(), kinds)
        dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        return next(iter(chosen(dialog)), None)

    def folder(self, title: str, folder: Path | None = None) -> Path | None:
        """A folder."""
        return next(iter(self._existing(QtWidgets.QFileDialog.FileMode.Directory, title, "", folder)), None)

    def _existing(
        self, mode: QtWidgets.QFileDialog.FileMode, title: str, kinds: str, folder: Path | None
    ) -> list[Path]:
        from unnm_desktop.ui.file_dialog import chosen, file_dialog  # as above

        dialog = file_dialog(self._window, title, folder or documents(), kinds)
        dialog.setFileMode(mode)
        return chosen(dialog)
