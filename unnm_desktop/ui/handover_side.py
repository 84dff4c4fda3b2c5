"""Beside the steps of receiving a stick: what the package holds, who signed it, what is in the way, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from unnm_desktop.i18n import N_
from unnm_desktop.ui.handover_counts import Counts
from unnm_desktop.ui.handover_obstacles import Obstacles
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.widgets import Card, button, label

if TYPE_CHECKING:
    from unnm_desktop.services.handover.receiving import Arrived
    from unnm_desktop.ui.desk import Desk

CHOOSE, COMPARE, DECIDE, DONE = range(4)
_TITLES = (N_("What happens"), N_("What the package holds"), N_("What will change"), N_("What was done"))
_PROMISE = N_("Nothing is written until you finish. A backup is made first, and you can undo the whole merge.")
_LATER = N_("The whole merge can be undone, now or later on the page Hand-over. Work done since stays.")
_WIDE = 300


class ReceiveSide(Card):
    """Tells of the package in the step where one is; what has to be confirmed is confirmed here."""

    # Something was confirmed, or is no longer in the way.
    confirmed = Signal()
    went_back = Signal()
    went_on = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(18)
        self._desk = desk
        look, tr = desk.look, desk.tr
        self._step = CHOOSE
        self._arrived: Arrived | None = None
        self._undecided = 0
        self.setFixedWidth(round(_WIDE * min(1.25, max(1.0, look.text_size / 100))))
        # The words that are compared are never squeezed away: what has no room is scrolled to.
        area = ScrollColumn(spacing=8)
        self.column.addWidget(area, 1)
        self._title = label(look, "", "h2", wrap=True)
        self._counts = Counts(look)
        self.who = label(look, "", "", wrap=True)
        self.same_words = TickBox(look, tr(N_("The words are the same")))
        self.same_words.toggled.connect(self.confirmed)
        self.obstacles = Obstacles(desk)
        self.obstacles.cleared.connect(self.confirmed)
        self._promise = label(look, "", "grey", wrap=True)
        for one in (self._title, self._counts, self.who, self.same_words, self.obstacles, self._promise):
            area.column.addWidget(one)
        area.column.addStretch(1)
        self.back_button = button(look, tr(N_("Back")), self.went_back.emit)
        self.next_button = button(look, tr(N_("Look inside")), self.went_on.emit, "primary")
        self.why = label(look, "", "grey", wrap=True)
        self.column.addWidget(self.why)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button, 1)
        self.column.addLayout(foot)

    def show_of(self, step: int, arrived: Arrived | None) -> None:
        """Tell of this package in this step."""
        self._step, self._arrived = step, arrived
        tr, nothing = self._desk.tr, self.brings_nothing
        self._title.setText(tr(_TITLES[step]))
        self._promise.setText(tr(_LATER if step == DONE else _PROMISE))
        self._promise.setVisible(not nothing)
        before = arrived is not None and step != DONE
        self.who.setVisible(before)
        self._counts.setVisible(before)
        self.same_words.setVisible(self.asks)
        self.obstacles.show_of(arrived if step == COMPARE else None)
        if arrived is not None:
            self.count(self._undecided)
            self.who.setText(self._signed_by(arrived))

    def count(self, undecided: int) -> None:
        """So many conflicts have no answer yet."""
        self._undecided = undecided
        if self._arrived is not None:
            preview = self._arrived.preview
            left = undecided if self._step == DECIDE else len(preview.conflicts)
            self._counts.show_preview(preview, self._desk.language, left)

    def _signed_by(self, arrived: Arrived) -> str:
        tr = self._desk.tr
        if arrived.stranger:
            words = N_("The signer {by} is not known to this computer. Compare these words by phone: {words}")
            return tr(words, by=arrived.by, words=arrived.package.words)
        if arrived.package.since:
            since = datetime.fromisoformat(arrived.package.since).date()
            return tr(N_("Signed by {by}, known since {day}."), by=arrived.by, day=self._desk.language.day(since))
        return tr(N_("Signed by {by}."), by=arrived.by)

    @property
    def brings_nothing(self) -> bool:
        """Whether there is nothing to take in."""
        return self._step == COMPARE and self._arrived is not None and self._arrived.preview.nothing_new

    @property
    def asks(self) -> bool:
        """Whether the words of somebody unknown are to be compared."""
        return (
            self._step == COMPARE and self._arrived is not None and self._arrived.stranger and not self.brings_nothing
        )

    def tell_buttons(self, *, chosen: bool, idle: bool) -> None:
        """What the buttons lead to: a package is chosen, nothing is being done."""
        arrived = self._arrived
        words, why = N_("Look inside"), "" if chosen else N_("Choose the package first.")
        if self._step != CHOOSE and arrived is not None:
            why = self._in_the_way(arrived)
            words = N_("Next") if self._step == COMPARE and arrived.preview.conflicts else N_("Finish the merge")
        if self._step == DONE or self.brings_nothing:
            words, why = N_("Back to the hand-over"), ""
        self.back_button.setVisible(self._step != DONE)
        self.back_button.setEnabled(idle)
        self.next_button.setText(self._desk.tr(words))
        self.next_button.setEnabled(idle and not why)
        self.next_button.setToolTip(self._desk.tr(why) if why else "")
        self.next_button.setAccessibleDescription(self.next_button.toolTip())
        self.why.setText(self.next_button.toolTip())
        self.why.setVisible(bool(why))

    def _in_the_way(self, arrived: Arrived) -> str:
        """Why one cannot go on (a msgid), or nothing."""
        if self.obstacles.in_the_way(arrived):
            return N_("What is said above has to be settled first.")
        if arrived.stranger and not self.same_words.isChecked():
            return N_("Compare the words by phone and tick that they are the same first.")
        return ""

    def ticks(self) -> tuple[bool, bool]:
        """What the officer has confirmed: the words are the same, and one workspace is made of both."""
        return self.same_words.isChecked(), self.obstacles.take_other.isChecked()

    def tick(self, ticks: Sequence[bool]) -> None:
        """Confirm it again."""
        same_words, take_other = ticks
        self.same_words.setChecked(same_words)
        self.obstacles.take_other.setChecked(take_other)

    def forget(self) -> None:
        """Nothing is confirmed."""
        self.same_words.setChecked(False)
        self.obstacles.forget()
