"""Deciding what is in conflict: each as two cards, by mouse or keys; whatever is left stays open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from unnm_desktop.db import ENTITIES
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import deciding
from unnm_desktop.services.handover.deciding import Answer, Pick
from unnm_desktop.ui.record_history import field_name, moment, value
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.side_card import SideCard
from unnm_desktop.ui.widgets import Card, button, empty, label, row
from unnm_desktop.ui.word_difference import difference

if TYPE_CHECKING:
    from unnm_desktop.services.handover.conflicts import Conflict, Side
    from unnm_desktop.services.handover.telling import ToldConflict
    from unnm_desktop.ui.desk import Desk

AT_ONCE = 30
"""So many conflicts are shown together; more would make the page slow."""
WHY = {
    "read": N_("Both edits were put together. Read it and take what is right."),
    "removed": N_("Changed on one side, removed on the other."),
    "referenced": N_("Removed on one side, used by something new on the other."),
    "undone": N_("It came with a merge that was undone, and was worked on since."),
    "joined": N_("It was joined to another record, and somebody who did not know has changed it. Look at the record."),
}


class ConflictCard(Card):
    """One question: this computer's answer, the stick's, or later."""

    answered = Signal()
    went_on = Signal(object)

    def __init__(self, desk: Desk, told: ToldConflict, given: Answer | None) -> None:
        super().__init__()
        self.desk, self.told = desk, told
        look, tr, one = desk.look, desk.tr, told.conflict
        self.column.setSpacing(6)
        self.later = button(look, tr(N_("Leave for later")), self._leave, "link")
        self.later.setAccessibleName(tr(N_("Leave for later: {name}"), name=told.name))
        self.column.addWidget(row(label(look, told.name, "strong", wrap=True), self.later, stretch=0))
        self.column.addWidget(label(look, self._about(), "grey", wrap=True))
        self.group = QButtonGroup(self)
        self.cards: dict[Pick, SideCard] = {}
        if deciding.can_be_answered(one):
            self._offer(given)
        self._tell_later()

    def _about(self) -> str:
        """What kind of record, which field, and what both sides began with."""
        one, tr = self.told.conflict, self.desk.tr
        parts = [tr(ENTITIES[one.entity].NOUN)]
        if not deciding.is_over_removal(one):
            parts.append(field_name(self.desk, one.field))
        if one.kind in WHY:
            parts.append(tr(WHY[one.kind]))
        elif self.told.before and not self.told.long:
            parts.append(tr(N_("Before: {value}"), value=value(self.desk, one.field, self.told.before)))
        return " · ".join(parts)

    def _offer(self, given: Answer | None) -> None:
        one, tr = self.told.conflict, self.desk.tr
        line = QHBoxLayout()
        line.setSpacing(12)
        self.column.addLayout(line)
        for pick, title, side, words in (
            (Pick.MINE, N_("This computer"), one.mine, self.told.mine),
            (Pick.THEIRS, N_("The stick"), one.theirs, self.told.theirs),
        ):
            if side is None and not deciding.is_over_removal(one):
                continue
            line.addWidget(self._card(pick, tr(title), self._words(pick, words), side), 1)
        both = self._both()
        if both:
            line.addWidget(self._card(Pick.OWN, tr(N_("Both")), value(self.desk, one.field, both), None), 1)
        if given is not None and given.pick in self.cards:
            self.cards[given.pick].setChecked(True)
        self.group.buttonToggled.connect(self._chosen)

    def _words(self, pick: Pick, words: str) -> str:
        one = self.told.conflict
        if deciding.is_over_removal(one):
            removed = deciding.removes(one, pick)
            return self.desk.tr(N_("Into Trash") if removed else N_("The record stays"))
        return value(self.desk, one.field, words) or self.desk.tr(N_("Nothing"))

    def _card(self, pick: Pick, title: str, words: str, side: Side | None) -> SideCard:
        html = ""
        if self.told.long and pick is not Pick.OWN and self.told.before:
            before = value(self.desk, self.told.conflict.field, self.told.before)
            html = difference(before, words, self.desk.look)
        made = SideCard(self.desk.look, title, words, _who(self.desk, side), html=html)
        made.taken.connect(self._go_on)
        self.group.addButton(made)
        self.cards[pick] = made
        return made

    def _both(self) -> str:
        """Both texts in one, where that is an answer: as the program has put them together, or one after the other."""
        one = self.told.conflict
        if one.kind == "read" and isinstance(one.shown, str):
            return one.shown
        if one.kind == "value" and self.told.long and self.told.mine and self.told.theirs:
            return f"{self.told.mine}\n\n{self.told.theirs}"
        return ""

    def answer(self) -> Answer | None:
        """What is chosen, or nothing."""
        pick = next((pick for pick, card in self.cards.items() if card.isChecked()), None)
        return None if pick is None else Answer(self.told.conflict, pick, self._both() if pick is Pick.OWN else None)

    def choose(self, pick: Pick) -> None:
        """Take this side, where there is one."""
        if pick in self.cards:
            self.cards[pick].setChecked(True)

    def _leave(self) -> None:
        self.group.setExclusive(False)
        for card in self.cards.values():
            card.setChecked(False)
        self.group.setExclusive(True)
        self._chosen()

    def _chosen(self, *_: object) -> None:
        self._tell_later()
        self.answered.emit()

    def _tell_later(self) -> None:
        self.later.setEnabled(self.answer() is not None)

    def _go_on(self) -> None:
        self.went_on.emit(self)

    def focus(self) -> None:
        """Give the keyboard to the chosen side, or the first."""
        cards = list(self.cards.values())
        chosen = next((card for card in cards if card.isChecked()), cards[0] if cards else self.later)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)


def _who(desk: Desk, side: Side | None) -> str:
    if side is None:
        return ""
    when = moment(desk, datetime.fromisoformat(side.at if "+" in side.at else f"{side.at}+00:00"))
    return f"{side.officer} · {when}" if side.officer else when


class DecideList(ScrollColumn):
    """The conflicts, some at a time; remembers what was answered."""

    answered = Signal()
    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(spacing=12)
        self.desk = desk
        self._told: Sequence[ToldConflict] = ()
        self._answers: dict[deciding.Key, Answer] = {}
        self._first = 0
        self.cards: list[ConflictCard] = []

    def show_conflicts(self, told: Sequence[ToldConflict]) -> None:
        """Show these, none answered."""
        self._told, self._answers, self._first = told, {}, 0
        self._show()

    def answers(self) -> list[Answer]:
        """What was answered so far."""
        return list(self._answers.values())

    def answer_all(self, pick: Pick) -> None:
        """The same side for all that have it."""
        self._answers = {
            deciding.key_of(one.conflict): one for one in deciding.all_of((t.conflict for t in self._told), pick)
        }
        for card in self.cards:
            card.choose(pick)
        self.answered.emit()

    def first_focus(self) -> None:
        """Give the keyboard to the first question."""
        if self.cards:
            self.cards[0].focus()

    def _show(self) -> None:
        empty(self.column)
        self.cards = []
        for one in self._told[self._first : self._first + AT_ONCE]:
            card = ConflictCard(self.desk, one, self._answers.get(deciding.key_of(one.conflict)))
            card.answered.connect(self._keep)
            card.went_on.connect(self._next)
            self.cards.append(card)
            self.column.addWidget(card)
        if self._first + AT_ONCE < len(self._told):
            self.column.addWidget(button(self.desk.look, self.desk.tr(N_("Show the next conflicts")), self._further))
        if self._first:
            self.column.addWidget(button(self.desk.look, self.desk.tr(N_("Show those before")), self._before))
        self.column.addStretch(1)

    def _keep(self) -> None:
        for card in self.cards:
            key, answer = deciding.key_of(card.told.conflict), card.answer()
            if answer is None:
                self._answers.pop(key, None)
            else:
                self._answers[key] = answer
        self.answered.emit()

    def _next(self, card: ConflictCard) -> None:
        place = self.cards.index(card) + 1
        if place < len(self.cards):
            self.cards[place].focus()
            self.ensureWidgetVisible(self.cards[place])
        elif self._first + AT_ONCE < len(self._told):
            self._further()
        else:
            self.finished.emit()

    def _further(self) -> None:
        self._turn(self._first + AT_ONCE)

    def _before(self) -> None:
        self._turn(self._first - AT_ONCE)

    def _turn(self, first: int) -> None:
        self._first = max(0, first)
        # The button that asks for it lies among what is taken away.
        QTimer.singleShot(0, self, self._turned)

    def _turned(self) -> None:
        self._show()
        self.verticalScrollBar().setValue(0)
        self.first_focus()

    def open_conflicts(self) -> Sequence[Conflict]:
        """Those without an answer."""
        return [one.conflict for one in self._told if deciding.key_of(one.conflict) not in self._answers]
