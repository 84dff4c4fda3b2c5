"""What a merge has done, what stays open, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.widgets import Card, button, label, row

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.services.handover.receiving import Taken
    from unnm_desktop.ui.desk import Desk


class DoneList(QScrollArea):
    """The report of a merge."""

    # The key of the merge.
    undo_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._merge_id: UUID | None = None
        look = self.desk.look
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 2, 8, 2)
        card = Card(18)
        column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inside)
        card.column.addWidget(label(look, self.desk.tr(N_("The package is taken in")), "h2"))
        self.text = label(look, "", "", wrap=True)
        card.column.addWidget(self.text)
        self.undo = button(look, self.desk.tr(N_("Undo this merge")), self._undo, "danger", "undo-2")
        card.column.addWidget(row(self.undo))

    def show_taken(self, taken: Taken) -> None:
        """Tell what was done."""
        self._merge_id = taken.merge_id
        tr, ntr = self.desk.tr, self.desk.language.ntr
        counts = taken.counts
        found = (
            (counts["new"], ntr("{n} new record", "{n} new records", counts["new"])),
            (counts["changed"], ntr("{n} record changed", "{n} records changed", counts["changed"])),
            (counts["removed"], ntr("{n} record went to Trash", "{n} records went to Trash",
                                    counts["removed"])),
            (taken.decided, ntr("{n} conflict decided", "{n} conflicts decided", taken.decided)),
        )  # fmt: skip
        lines = [words for number, words in found if number]
        if taken.open:
            lines.append(
                ntr(
                    "{n} conflict is left for later; the page Hand-over keeps it in a list.",
                    "{n} conflicts are left for later; the page Hand-over keeps them in a list.",
                    taken.open,
                )
            )
        if taken.backup is not None:
            lines.append(tr(N_("A backup was made before and read through.")))
        self.text.setText("\n".join(lines))
        self.undo.setEnabled(taken.merge_id is not None)

    def _undo(self) -> None:
        if self._merge_id is not None:
            self.undo.setEnabled(False)
            self.undo_wanted.emit(self._merge_id)
