"""What a broken writing has left on a stick, with a button that removes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import checking
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


class Leftovers(QWidget):
    """Hidden where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._found: Sequence[Path] = ()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.words = label(desk.look, "", "grey", wrap=True)
        line.addWidget(self.words, 1)
        self.remove = button(desk.look, desk.tr(N_("Remove them")), self._remove, "", "trash")
        line.addWidget(self.remove)
        self.hide()

    def look_at(self, folder: Path | None) -> None:
        """Tell of what lies in this folder."""
        self._found = checking.leftovers(folder, datetime.now(UTC)) if folder is not None else ()
        number = len(self._found)
        self.words.setText(
            self.desk.language.ntr(
                "{n} unfinished file lies there since a writing was broken off more than a day ago.",
                "{n} unfinished files lie there since writings were broken off more than a day ago.",
                number,
            )
        )
        self.setVisible(bool(number))

    def _remove(self) -> None:
        number = checking.drop(self._found)
        self.hide()
        self.desk.say(self.desk.language.ntr("{n} file removed", "{n} files removed", number))
