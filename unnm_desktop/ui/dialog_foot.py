"""The foot of a dialog: the button that does it, which Enter presses too, and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox

from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QVBoxLayout

    from unnm_desktop.i18n import Language


class DialogFoot(QDialogButtonBox):
    """Puts itself under what stands in the column; ``go`` is the button that does it."""

    def __init__(
        self, dialog: QDialog, column: QVBoxLayout, language: Language, deed: str, run: Callable[[], object]
    ) -> None:
        """``deed`` is the word on the button (translated)."""
        super().__init__()
        self.go = self.addButton(deed, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.addButton(language.tr(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        self.accepted.connect(run)
        self.rejected.connect(dialog.reject)
        column.addWidget(self)
        # Not before it stands in the dialog: Qt would take the first button on the way of the keyboard for Enter.
        self.go.setDefault(True)
