"""One conflict as a question: this computer's answer, the stick's, both, a value of one's own, or later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLabel

from unnm_desktop.db import ENTITIES
from unnm_desktop.i18n import N_, isolate_own
from unnm_desktop.services.handover import deciding
from unnm_desktop.services.handover.deciding import Answer, Pick
from unnm_desktop.ui import inputs
from unnm_desktop.ui.block_words import with_block_words
from unnm_desktop.ui.forms import STACK_FROM
from unnm_desktop.ui.letters import has_arabic
from unnm_desktop.ui.own_value import OwnValue, can_be_typed
from unnm_desktop.ui.record_history import field_name, moment
from unnm_desktop.ui.side_card import SideCard
from unnm_desktop.ui.widgets import Card, button, label, row
from unnm_desktop.ui.word_difference import difference

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.services.handover.conflicts import Side
    from unnm_desktop.services.handover.telling import ToldConflict
    from unnm_desktop.ui.desk import Desk

BOTH, EDIT, OTHER = "both", "edit", "other"
"""Choices beside ``Pick.MINE`` and ``Pick.THEIRS``; further answers are numbered."""
WHY = {
    "read": N_("Both edits were put together. Read it and take what is right."),
    "removed": N_("Changed on one side, removed on the other."),
    "referenced": N_("Removed on one side, used by something new on the other."),
    "undone": N_("It came with a merge that was undone, and was worked on since."),
    "joined": N_(
        "Two records were joined, and somebody who did not know has changed one. Choose what stands there now."
    ),
}


class ConflictCard(Card):
    """The answers as cards in one group; the choice is remembered by the list."""

    answered = Signal()
    went_on = Signal(object)
    # The card, and 1 or -1.
    passed = Signal(object, int)
    # The record, and the side taken for all of it.
    whole_record = Signal(object, object)

    def __init__(
        self, desk: Desk, told: ToldConflict, given: Answer | None, place: str = "", of_record: int = 1
    ) -> None:
        """``place`` says which of how many it is, ``of_record`` how many there are on its record."""
        super().__init__()
        self.desk, self.told = desk, told
        look, tr = desk.look, desk.tr
        self.column.setSpacing(6)
        self.column.setContentsMargins(16, 8, 16, 14)
        self.later = button(look, tr(N_("Leave for later")), self.leave, "link")
        self.later.setAccessibleName(tr(N_("Leave for later: {name}"), name=told.name))
        words = desk.language.ntr("Same side for {n}", "Same side for all {n}", of_record)
        self.all_of_record = button(look, words, self._take_record, "link")
        told_whole = desk.language.ntr(
            "The same side for {n} answer of this record", "The same side for all {n} of this record", of_record
        )
        self.all_of_record.setToolTip(told_whole)
        self.all_of_record.setAccessibleName(told_whole)
        links = row(self.all_of_record, label(look, place, "grey"), self.later)
        large = look.text_size >= STACK_FROM
        head = QBoxLayout(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        head.setSpacing(0 if large else 8)
        head.addWidget(self._title(), 1)
        head.addWidget(links, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        # Only now: what stands nowhere yet would be shown as a window of its own.
        self.all_of_record.setVisible(of_record > 1)
        self.group = QButtonGroup(self)
        self.cards: dict[str, SideCard] = {}
        self.own: OwnValue | None = None
        self._whole = False
        self._offer()
        self._offer_fold()
        if given is not None:
            self._show_given(given)
        self.group.buttonToggled.connect(self._chosen)
        self._tell_later()

    def _title(self) -> QLabel:
        """The record's name and what the question is about, in as many lines as they need together."""
        look, about = self.desk.look, self._about()
        made = QLabel()
        made.setWordWrap(True)
        made.setAlignment(look.start() | Qt.AlignmentFlag.AlignTop)
        made.setContentsMargins(0, 4, 0, 0)
        # An Arabic name runs with its page, also where it begins with a reference.
        name, grey = (
            escape(one if look.rtl and has_arabic(one) else isolate_own(one)) for one in (self.told.name, about)
        )
        side = "rtl" if look.rtl else "ltr"
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setText(
            f'<p dir="{side}" style="margin:0"><span style="font-weight:600">{name}</span> &nbsp; '
            f'<span style="color:{look.tokens.text2}">{grey}</span></p>'
        )
        made.setAccessibleName(f"{self.told.name} · {about}")
        return made

    def _about(self) -> str:
        """What kind of record, which field, and what both sides began with."""
        one, tr = self.told.conflict, self.desk.tr
        parts = [tr(ENTITIES[one.entity].NOUN), *([self.told.meeting] if self.told.meeting else [])]
        if not deciding.is_over_removal(one):
            parts.append(field_name(self.desk, one.field))
        if one.kind in WHY:
            parts.append(tr(WHY[one.kind]))
        elif self.told.before and not self.told.long:
            before = with_block_words(self.desk, self.told.before)
            parts.append(tr(N_("Before: {value}"), value=isolate_own(before)))
        return " · ".join(parts)

    # What is offered -------------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        one, told, tr = self.told.conflict, self.told, self.desk.tr
        both = self._both()
        if one.kind == "read" and both:
            # What stands there now is what has to be read.
            self._line((BOTH, tr(N_("Both, put together")), with_block_words(self.desk, both), None))
        removal = deciding.is_over_removal(one)
        sides: list[tuple[str, str, str, Side | None]] = [
            (pick, tr(title), self._words(pick, words), side)
            for pick, title, side, words in (
                (Pick.MINE, N_("This computer"), one.mine, told.mine),
                (Pick.THEIRS, N_("The stick"), one.theirs, told.theirs),
            )
            if removal or side is not None
        ]
        for number, (side, words) in enumerate(told.others):
            shown = with_block_words(self.desk, words) or tr(N_("Nothing"))
            sides.append((f"{OTHER}{number}", tr(N_("Another answer")), shown, side))
        low: list[tuple[str, str, str, Side | None]] = []
        if both and BOTH not in self.cards:
            low.append((BOTH, tr(N_("Both, one below the other")), "", None))
        if not removal and can_be_typed(told):
            words = N_("Write the text yourself") if told.long else N_("Another value")
            low.append((EDIT, tr(words), "", None))
        # Two short values leave room for the third answer beside them.
        if len(sides) == 2 and not told.long and self.desk.look.text_size < STACK_FROM:
            sides, low = [*sides, *low], []
        many = len(sides) if not low and len(sides) == 3 and sides[-1][0] == EDIT else 2
        for start in range(0, len(sides), many):
            self._line(*sides[start : start + many])
        if low:
            self._line(*low)

    def _line(self, *offered: tuple[str, str, str, Side | None]) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        self.column.addLayout(line)
        for choice, title, words, side in offered:
            who = _who(self.desk, side, self.told.computers)
            made = SideCard(self.desk.look, title, words, who, html=self._marked(words))
            made.taken.connect(partial(self._taken, choice))
            made.passed.connect(self._pass)
            made.left.connect(self.leave)
            self.group.addButton(made)
            self.cards[choice] = made
            line.addWidget(made, 0 if made.low and len(offered) > 2 else 1)

    def _offer_fold(self) -> None:
        self.fold = button(self.desk.look, self.desk.tr(N_("Show the whole text")), self._turn, "link")
        links = row(self.fold)
        self.column.addWidget(links)
        links.setVisible(self._can_fold())

    def _words(self, pick: Pick, words: str) -> str:
        one = self.told.conflict
        if deciding.is_over_removal(one):
            removed = deciding.removes(one, pick)
            return self.desk.tr(N_("Into Trash") if removed else N_("The record stays"))
        return with_block_words(self.desk, words) or self.desk.tr(N_("Nothing"))

    def _both(self) -> str:
        """Both texts in one, where that is an answer: as the program has put them together, or one after the other."""
        one = self.told.conflict
        if one.kind == "read" and isinstance(one.shown, str):
            return one.shown
        if one.kind in ("value", "joined") and self.told.long and self.told.mine and self.told.theirs:
            return f"{self.told.mine}\n\n{self.told.theirs}"
        return ""

    # Long texts ------------------------------------------------------------------------------------------------------

    def _marked(self, words: str) -> str:
        """A long text with what differs from before; what does not is folded until it is asked for."""
        if not (self.told.long and self.told.before and words):
            return ""
        before = with_block_words(self.desk, self.told.before)
        return difference(before, words, self.desk.look, None if self._whole else self._fold_words)

    def _fold_words(self, number: int) -> str:
        words = self.desk.language.ntr("{n} paragraph as before", "{n} paragraphs as before", number)
        return f"⋯ {words} ⋯"

    def _can_fold(self) -> bool:
        return any("⋯" in self._marked(words) for words in (self.told.mine, self.told.theirs))

    def _turn(self) -> None:
        self._whole = not self._whole
        one = self.told.conflict
        texts: dict[str, str] = {Pick.MINE: self.told.mine, Pick.THEIRS: self.told.theirs}
        texts |= {f"{OTHER}{number}": words for number, (_, words) in enumerate(self.told.others)}
        if one.kind == "read":
            texts[BOTH] = self._both()
        for choice, words in texts.items():
            if choice in self.cards:
                self.cards[choice].show_html(self._marked(with_block_words(self.desk, words)))
        self.fold.setText(self.desk.tr(N_("Show only what differs") if self._whole else N_("Show the whole text")))

    # The answer ------------------------------------------------------------------------------------------------------

    def answer(self) -> Answer | None:
        """What is chosen, or nothing."""
        one = self.told.conflict
        choice = next((name for name, card in self.cards.items() if card.isChecked()), None)
        if choice is None or (choice == EDIT and (self.own is None or not self.own.readable())):
            return None
        if choice in (Pick.MINE, Pick.THEIRS):
            return Answer(one, Pick(choice))
        return Answer(one, Pick.OWN, self._own_value(choice))

    def _own_value(self, choice: str) -> Any:
        if choice == BOTH:
            return self._both()
        if choice == EDIT:
            return self.own.value() if self.own is not None else None
        return self.told.others[int(choice.removeprefix(OTHER))][0].value

    def choose(self, pick: Pick) -> None:
        """Take this side, where there is one."""
        if pick in self.cards:
            self.cards[pick].setChecked(True)

    def _show_given(self, given: Answer) -> None:
        if given.pick is not Pick.OWN:
            self.choose(given.pick)
            return
        known = [name for name in self.cards if name not in (Pick.MINE, Pick.THEIRS, EDIT)]
        choice = next((name for name in known if self._own_value(name) == given.value), EDIT)
        if choice == EDIT:
            self._open_own(given.value)
        self.cards[choice].setChecked(True)

    def _open_own(self, begun: Any) -> None:
        if self.own is None:
            self.own = OwnValue(self.desk, self.told, begun)
            self.own.changed.connect(self._chosen)
            self.own.taken.connect(self._go_on)
            self.column.addWidget(self.own)
        self.own.setVisible(True)

    def typed(self) -> list[str | int | bool] | None:
        """What is typed as a value of the officer's own and cannot be read as one yet; None where nothing is."""
        if self.own is None or not self.cards[EDIT].isChecked() or self.own.readable():
            return None
        return inputs.held(self.own)

    def type_in(self, typed: Sequence[object]) -> None:
        """Let it be typed again."""
        self._open_own(self.told.conflict.shown)
        self.cards[EDIT].setChecked(True)
        if self.own is not None:
            inputs.give(self.own, typed)

    def leave(self) -> None:
        """Choose nothing."""
        self.group.setExclusive(False)
        for card in self.cards.values():
            card.setChecked(False)
        self.group.setExclusive(True)
        self._chosen()

    def _chosen(self, *_: object) -> None:
        edits = EDIT in self.cards and self.cards[EDIT].isChecked()
        if edits and (self.own is None or self.own.isHidden()):
            self._open_own(self.told.conflict.shown)
        elif self.own is not None and not edits:
            self.own.hide()
        self._tell_later()
        self.answered.emit()

    def _tell_later(self) -> None:
        answer = self.answer()
        self.later.setEnabled(answer is not None)
        self.all_of_record.setEnabled(answer is not None and answer.pick is not Pick.OWN)

    # The keyboard ----------------------------------------------------------------------------------------------------

    def _taken(self, choice: str) -> None:
        if choice == EDIT and self.own is not None:
            self.own.focus()
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._chosen()
        self.went_on.emit(self)

    def _pass(self, way: int) -> None:
        self.passed.emit(self, way)

    def _take_record(self) -> None:
        answer = self.answer()
        if answer is not None:
            self.whole_record.emit(self.told.conflict.row, answer.pick)

    def focus(self) -> None:
        """Give the keyboard to the chosen answer, or the first."""
        cards = list(self.cards.values())
        chosen = next((card for card in cards if card.isChecked()), cards[0] if cards else self.later)
        chosen.setFocus(Qt.FocusReason.TabFocusReason)


def _who(desk: Desk, side: Side | None, computers: Mapping[UUID, str]) -> str:
    """By whom and when; where two are called alike, on which computer."""
    if side is None:
        return ""
    when = moment(desk, datetime.fromisoformat(side.at if "+" in side.at else f"{side.at}+00:00"))
    computer = computers.get(side.device, "")
    # The name of a computer says whose it is, as long as nobody else took it over.
    parts = (side.officer if side.officer not in computer else "", isolate_own(computer), when)
    return " · ".join(part for part in parts if part)
