"""Deciding what is in conflict: question by question, by mouse or keys; whatever is left stays open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import deciding
from unnm_desktop.services.handover.deciding import Answer, Pick
from unnm_desktop.ui.conflict_card import ConflictCard
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.widgets import button, empty, label

if TYPE_CHECKING:
    from unnm_desktop.services.handover.conflicts import Conflict
    from unnm_desktop.services.handover.telling import ToldConflict
    from unnm_desktop.ui.desk import Desk

_TYPED = "typed"
"""Stands instead of a pick where a value of the officer's own cannot be read yet."""
AT_ONCE = 12
"""So many conflicts are shown together; more would make the page slow."""


class DecideList(ScrollColumn):
    """The conflicts, some at a time; remembers what was answered."""

    answered = Signal()
    finished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(spacing=12)
        self.desk = desk
        self._told: Sequence[ToldConflict] = ()
        self._answers: dict[deciding.Key, Answer] = {}
        # Values of the officer's own that cannot be read yet: they are no answer, and are not lost.
        self._typed: dict[deciding.Key, Sequence[Any]] = {}
        self._first = 0
        self.cards: list[ConflictCard] = []

    def show_conflicts(self, told: Sequence[ToldConflict]) -> None:
        """Show these, none answered."""
        self._told, self._answers, self._typed, self._first = told, {}, {}, 0
        self._show()

    def answers(self) -> list[Answer]:
        """What was answered so far."""
        self._collect()
        return list(self._answers.values())

    def begun(self) -> list[list[Any]]:
        """The same with what is half typed, as it can be written down."""
        answered = [(deciding.key_of(one.conflict), one.pick.value, one.value) for one in self.answers()]
        typed = [(key, _TYPED, list(held)) for key, held in self._typed.items()]
        return [[str(row), field, kind, pick, value] for (row, field, kind), pick, value in (*answered, *typed)]

    def go_on(self, begun: Sequence[Sequence[Any]]) -> None:
        """Answer so what is still asked."""
        known = {deciding.key_of(one.conflict): one.conflict for one in self._told}
        self._answers, self._typed = {}, {}
        for row, field, kind, pick, value in begun:
            key = UUID(row), field, kind
            if key in known and pick == _TYPED:
                self._typed[key] = value
            elif key in known:
                self._answers[key] = Answer(known[key], Pick(pick), value)
        self._show()

    def answer_all(self, pick: Pick) -> None:
        """The same side for all that have it."""
        self._answers = {
            deciding.key_of(one.conflict): one for one in deciding.all_of((t.conflict for t in self._told), pick)
        }
        for card in self.cards:
            card.choose(pick)
        self.answered.emit()

    def _answer_record(self, row: UUID, pick: Pick) -> None:
        """The same side for all of one record, shown or not."""
        mine = [one.conflict for one in self._told if one.conflict.row == row]
        self._answers |= {deciding.key_of(one.conflict): one for one in deciding.all_of(mine, pick)}
        for card in self.cards:
            if card.told.conflict.row == row:
                card.choose(pick)
        self.answered.emit()

    def first_focus(self) -> None:
        """Give the keyboard to the first question."""
        if self.cards:
            # What is not shown yet cannot have it.
            self.cards[0].show()
            self.cards[0].focus()

    def _show(self) -> None:
        empty(self.column)
        self.cards = []
        tr, number = self.desk.tr, self.desk.language.number
        keys = N_("Arrow keys choose, Enter takes and goes on, Page Down passes, Delete leaves it for later.")
        self.column.addWidget(label(self.desk.look, tr(keys), "grey", wrap=True))
        of_record = Counter(one.conflict.row for one in self._told)
        for place, one in enumerate(self._told[self._first : self._first + AT_ONCE], self._first + 1):
            told = tr(N_("{n} of {total}"), n=number(place), total=number(len(self._told)))
            given = self._answers.get(deciding.key_of(one.conflict))
            card = ConflictCard(self.desk, one, given, told, of_record[one.conflict.row])
            typed = self._typed.get(deciding.key_of(one.conflict))
            if typed is not None:
                card.type_in(typed)
            card.answered.connect(self._keep)
            card.went_on.connect(self._next)
            card.passed.connect(self._pass)
            card.whole_record.connect(self._answer_record)
            self.cards.append(card)
            self.column.addWidget(card)
        if self._first + AT_ONCE < len(self._told):
            self.column.addWidget(button(self.desk.look, tr(N_("Show the next conflicts")), self._further))
        if self._first:
            self.column.addWidget(button(self.desk.look, tr(N_("Show those before")), self._before))
        self.column.addStretch(1)

    def _keep(self) -> None:
        self._collect()
        self.answered.emit()

    def _collect(self) -> None:
        for card in self.cards:
            key, answer = deciding.key_of(card.told.conflict), card.answer()
            if answer is None:
                self._answers.pop(key, None)
            else:
                self._answers[key] = answer
            typed = card.typed()
            if typed is None:
                self._typed.pop(key, None)
            else:
                self._typed[key] = typed

    def _next(self, card: ConflictCard) -> None:
        self._pass(card, 1)

    def _pass(self, card: ConflictCard, way: int) -> None:
        place = self.cards.index(card) + way
        if 0 <= place < len(self.cards):
            self.cards[place].focus()
            # Also of one that is taller than the room, its beginning is seen.
            self.verticalScrollBar().setValue(self.cards[place].y())
        elif way < 0 and self._first:
            self._before()
        elif way > 0 and self._first + AT_ONCE < len(self._told):
            self._further()
        elif way > 0:
            self.finished.emit()

    def _further(self) -> None:
        self._turn(self._first + AT_ONCE)

    def _before(self) -> None:
        self._turn(self._first - AT_ONCE)

    def _turn(self, first: int) -> None:
        self._collect()
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
