"""The dialog for bugs: what failed, what is safe, and what to send to whoever mends it."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from unnm_desktop import __version__
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.ui.message_box import message_box

_log = logging.getLogger("unnm")


def details(error: BaseException) -> str:
    """Where it happened, without any value: names of files, lines and functions only, no record's text."""
    lines = [f"UNNM Desktop {__version__}, Python {sys.version.split()[0]}, {sys.platform}", type(error).__name__]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {frame.filename.rsplit('unnm_desktop', 1)[-1]}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


class Crash:
    """Stands in for ``sys.excepthook`` while the window is open."""

    def __init__(self, language: Language, window: QWidget | None = None) -> None:
        self._language = language
        self._window = window
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log the bug and tell the officer; trouble meant for her is told in its own words."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if self._showing:
            return
        self._showing = True
        try:
            if isinstance(error, UserError):
                self._tell(self._language.tr(error.message, **error.values))
            else:
                from unnm_desktop import logs  # pulls sockets and pickle: not before the first paint

                _log.error("%s", logs.where(kind, trace))
                self._bug(error)
        finally:
            self._showing = False

    def _tell(self, text: str) -> None:
        message_box(self._window, self._language.tr(N_("UNNM Desktop")), text, tone="warn").exec()

    def _bug(self, error: BaseException) -> None:
        tr = self._language.tr
        box = message_box(
            self._window,
            tr(N_("UNNM Desktop")),
            tr(N_("Something in the program went wrong.")),
            tr(N_("The last step was not done. Everything saved before it is safe. You can go on working.")),
            "bad",
        )
        copy = box.addButton(tr(N_("Copy details")), QMessageBox.ButtonRole.ActionRole)
        show = box.addButton(tr(N_("Open the log")), QMessageBox.ButtonRole.ActionRole)
        go_on = box.addButton(tr(N_("Go on")), QMessageBox.ButtonRole.AcceptRole)
        go_on.setProperty("role", "primary")
        # A box dresses its buttons as soon as it has them.
        go_on.style().unpolish(go_on)
        go_on.style().polish(go_on)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.exec()
        if box.clickedButton() is copy:
            QApplication.clipboard().setText(details(error))
        elif box.clickedButton() is show:
            from unnm_desktop import logs  # as above

            QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs.log_file())))
