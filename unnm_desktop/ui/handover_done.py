"""What a merge has done, what stays open, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.i18n import N_
from unnm_desktop.ui.past_merges import ReportButtons
from unnm_desktop.ui.same_number import SameNumbers
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import Card, button, label, row

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.services.handover.duplicates import Possible
    from unnm_desktop.services.handover.receiving import Taken
    from unnm_desktop.ui.desk import Desk


MOST = 20
"""So many pairs are offered at once."""


class DoneList(ScrollColumn):
    """The report of a merge."""

    # The key of the merge.
    undo_wanted = Signal(object)
    # Pairs that are one record each, and the merge they came with.
    join_wanted = Signal(object, object)
    # A pair that was joined and shall be two again, and the merge it came with.
    separate_wanted = Signal(object, object)
    # The key of the merge, and the language of its report.
    report_wanted = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._merge_id: UUID | None = None
        look = self.desk.look
        card = Card(18)
        self.column.addWidget(card)
        self.doubles = TitledCard(desk, desk.tr(N_("Perhaps the same")))
        words = N_(
            "Joined, they are one record: the one of this computer stays, and what refers to the other refers to it."
        )
        self.doubles.column.addWidget(label(look, desk.tr(words), "grey", wrap=True))
        self.all_button = button(look, desk.tr(N_("Join them all")), self._join_all)
        more = button(look, desk.tr(N_("Compare them side by side")), self._compare, "link")
        self.doubles.top.addWidget(more)
        self.doubles.top.addWidget(self.all_button)
        self.pairs = QButtonGroup(self)
        self.pairs.idClicked.connect(self._join)
        self._lines: list[QWidget] = []
        self._told: list[QLabel] = []
        self._found: Sequence[Possible] = ()
        self._joined: set[Possible] = set()
        self.column.addWidget(self.doubles)
        self.numbers = SameNumbers(desk)
        self.column.addWidget(self.numbers)
        self.column.addStretch(1)
        sign = label(look)
        sign.setPixmap(look.icons.pixmap("circle-check", look.tokens.green, look.with_text(24)))
        card.column.addWidget(row(sign, label(look, self.desk.tr(N_("The package is taken in")), "h2"), stretch=1))
        self.text = label(look, "", "", wrap=True)
        card.column.addWidget(self.text)
        self.undo = button(look, self.desk.tr(N_("Undo this merge")), self._undo, "danger", "undo-2")
        self.report = ReportButtons(desk, "")
        self.report.wanted.connect(self._report)
        card.column.addWidget(row(self.report, self.undo))

    def show_taken(self, taken: Taken, found: Sequence[Possible]) -> None:
        """Tell what was done, and which records may be there twice."""
        self._show_pairs(found)
        self._merge_id = taken.merge_id
        tr, ntr = self.desk.tr, self.desk.language.ntr
        counts = taken.counts
        told = (
            (counts["new"], ntr("{n} new record", "{n} new records", counts["new"])),
            (counts["changed"], ntr("{n} record changed", "{n} records changed", counts["changed"])),
            (counts["removed"], ntr("{n} record went to Trash", "{n} records went to Trash",
                                    counts["removed"])),
            (taken.decided, ntr("{n} conflict decided", "{n} conflicts decided", taken.decided)),
        )  # fmt: skip
        lines = [words for number, words in told if number]
        if taken.open:
            lines.append(
                ntr(
                    "{n} conflict is left for later; the page Hand-over keeps it in a list.",
                    "{n} conflicts are left for later; the page Hand-over keeps them in a list.",
                    taken.open,
                )
            )
        if counts.get("late"):
            lines.append(
                ntr(
                    "{n} text was written late, for minutes that were sent already: these stay as they were sent, and"
                    " the text is in a new version of them.",
                    "{n} texts were written late, for minutes that were sent already: these stay as they were sent,"
                    " and the texts are in a new version of them.",
                    counts["late"],
                )
            )
        if taken.backup is not None:
            lines.append(tr(N_("A backup was made before and read through.")))
        self.text.setText("\n".join(lines))
        self.undo.setEnabled(taken.merge_id is not None)
        self.report.setVisible(taken.merge_id is not None)

    def _show_pairs(self, found: Sequence[Possible]) -> None:
        for line in self._lines:
            self.doubles.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._found, self._lines, self._told, self._joined = found, [], [], set()
        self.all_button.setEnabled(True)
        self.all_button.setVisible(len(found) > 1)
        self.doubles.setVisible(bool(found))
        tr = self.desk.tr
        for place, pair in enumerate(self._found[:MOST]):
            made = QPushButton(tr(N_("Join them")))
            made.setAccessibleName(tr(N_("Join them: {name}"), name=_name(pair)))
            self.pairs.addButton(made, place)
            words = label(self.desk.look, self._words(pair), "", wrap=True)
            self._told.append(words)
            self._lines.append(row(words, made, stretch=0))
            self.doubles.column.addWidget(self._lines[-1])

    def first_focus(self) -> None:
        """Give the keyboard to what can only be looked at."""
        self.report.focus()

    def _join(self, place: int) -> None:
        pair = self._found[place]
        if pair in self._joined:
            self.separate_wanted.emit(pair, self._merge_id)
        else:
            self.join_wanted.emit([pair], self._merge_id)

    def _compare(self) -> None:
        self.desk.go("duplicates")

    def _join_all(self) -> None:
        self.join_wanted.emit([one for one in self._found if one not in self._joined], self._merge_id)

    def joined(self, pairs: Sequence[Possible]) -> None:
        """These pairs are one record each now."""
        self._joined |= set(pairs)
        self._tell_pairs()

    def separated(self, pair: Possible) -> None:
        """They are two again."""
        self._joined.discard(pair)
        self._tell_pairs()

    def _tell_pairs(self) -> None:
        tr = self.desk.tr
        for place, pair in enumerate(self._found[:MOST]):
            is_one = pair in self._joined
            self.pairs.button(place).setText(tr(N_("Take apart") if is_one else N_("Join them")))
            whole = N_("Take apart: {name}") if is_one else N_("Join them: {name}")
            self.pairs.button(place).setAccessibleName(tr(whole, name=_name(pair)))
            self._told[place].setText(self._words(pair))
        self.all_button.setEnabled(len(self._joined) < len(self._found))

    def _words(self, pair: Possible) -> str:
        tr = self.desk.tr
        told = tr(N_("{kind}: {name}"), kind=tr(ENTITIES[pair.entity].NOUN), name=_name(pair))
        return tr(N_("{what} · joined"), what=told) if pair in self._joined else told

    def _report(self, code: str) -> None:
        if self._merge_id is not None:
            self.report_wanted.emit(self._merge_id, code)

    def _undo(self) -> None:
        if self._merge_id is not None:
            self.undo.setEnabled(False)
            self.doubles.hide()
            self.undo_wanted.emit(self._merge_id)


def _name(pair: Possible) -> str:
    mine, theirs = pair.titles
    return f"{mine} · {theirs}" if mine != theirs else mine
