"""History of a record: who, what, before and after, newest first; any value is put back as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.i18n import N_, isolate_own
from unnm_desktop.services import long_texts, record_changes, record_story
from unnm_desktop.services.record_changes import Setting
from unnm_desktop.ui.block_words import with_block_words
from unnm_desktop.ui.change_line import onward
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.folded_text import FoldedText
from unnm_desktop.ui.leads import lead_to
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.record_history import about, deed, field_name, line, when
from unnm_desktop.ui.scroll_column import ReadingColumn
from unnm_desktop.ui.widgets import Card, button, label
from unnm_desktop.ui.word_difference import difference

if TYPE_CHECKING:
    from unnm_desktop.services.record_story import FieldStory, StepStory, Story
    from unnm_desktop.ui.desk import Desk

AT_ONCE = 30
# Shorter texts are read whole, before and after.
LONG = 60
_FOLD = "⋯"


class HistoryPage(Page):
    """One card a step."""

    name = "history"
    place = "everything"
    title = N_("History")
    kinds = frozenset(ENTITIES)
    secondary = ("open-record", "history-paper")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._table = ""
        self._record_id: UUID | None = None
        self._limit = AT_ONCE
        self._story: Story | None = None
        self.area = ReadingColumn(desk.tr(self.title), margins=(0, 0, 6, 0), spacing=10)
        self.body.addWidget(self.area, 1)
        tr = desk.tr
        self.empty = Empty(
            desk.look, "file-clock", tr(N_("No record is chosen")),
            tr(N_("Choose one in any list and press Ctrl+H: here stands who changed what, and when.")),
            (tr(N_("Go to all records")), self._to_records),
        )  # fmt: skip
        self.body.addWidget(self.empty, 1)
        self.area.hide()

    def _to_records(self) -> None:
        self.desk.go("everything")

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        table = options.get("entity")
        if record_id is None or not isinstance(table, str) or table not in ENTITIES:
            return
        if (table, record_id) != (self._table, self._record_id):
            self._table, self._record_id, self._limit = table, record_id, AT_ONCE
            self._stale = True
            self.make_fresh()

    def subline(self) -> str:
        if self._story is None:
            return ""
        return self.tr_(N_("{kind}: {name}"), kind=self.tr_(ENTITIES[self._table].NOUN), name=self._story.name)

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "open-record",
                N_("Go to the record"),
                self._go,
                "arrow-right",
                (),
                self._there,
                "go",
                why=N_("There is no such record to go to."),
            ),
            Command(
                "restore",
                N_("Restore from Trash"),
                self._restore,
                "undo-2",
                (),
                self._removed,
                "edit",
                why=N_("Only a record in Trash is restored."),
            ),
        )

    def first_focus(self) -> QWidget | None:
        return self.area if self._record_id is not None else self.empty

    def refresh(self) -> None:
        if self._record_id is None:
            return
        self.empty.hide()
        self.area.show()
        self._story = self.hub.read(record_story.story, self._table, self._record_id, self.language, limit=self._limit)
        place = self.area.verticalScrollBar().value()
        together = groupby(self._story.steps, key=lambda step: (step.at, step.label, step.officer))
        parts: list[QWidget] = [self._card(list(steps)) for _, steps in together]
        if self._story.more:
            parts.append(button(self.desk.look, self.tr_(N_("Show older steps")), self._older))
        self.area.renew(*parts)
        self.area.column.addStretch(1)
        self.area.go_back_to(place)
        self._tell_removed()

    def _tell_removed(self) -> None:
        if self._removed() and not self.hub.read_only:
            words = self.tr_(N_("This record is in Trash."))
            self.bar.show_message(words, "warn", self.tr_(N_("Restore from Trash")), self._restore)
        elif self.bar.message() == self.tr_(N_("This record is in Trash.")):
            self.bar.clear()

    def _card(self, steps: Sequence[StepStory]) -> Card:
        """One step of the officer, with all that it changed here."""
        look, first = self.desk.look, steps[0]
        card = Card(12)
        head = QHBoxLayout()
        head.addWidget(label(look, deed(self.desk, first), "strong", wrap=True), 1)
        parts = (first.officer, self._elsewhere(first), when(self.desk, first))
        who = " · ".join(isolate_own(text) for text in parts if text)
        head.addWidget(label(look, who, "grey"))
        card.column.addLayout(head)
        for step in steps:
            self._fill(card, step)
        return card

    def _elsewhere(self, step: StepStory) -> str:
        """The computer of a step, where it is another than this."""
        here = self.hub.database.device
        return step.computer if here is not None and step.device != here.id else ""

    def _fill(self, card: Card, step: StepStory) -> None:
        look = self.desk.look
        if step.about:
            card.column.addWidget(label(look, about(self.desk, step), wrap=True))
        elif step.created:
            card.column.addWidget(label(look, self.tr_(N_("The record was made.")), "grey"))
        for one in step.fields:
            if step.about and (step.created or one.name == "removed_at"):
                continue
            if one.name == "removed_at":
                told = N_("Moved to Trash.") if one.after else N_("Restored from Trash.")
                card.column.addWidget(label(look, self.tr_(told), "grey"))
            else:
                card.column.addWidget(self._field(one, created=step.created))

    def _field(self, one: FieldStory, *, created: bool) -> QWidget:
        look, name = self.desk.look, field_name(self.desk, one.name)
        before, after = (with_block_words(self.desk, text) for text in (one.before, one.after))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        title = label(look, name, "small", wrap=True)
        title.setFixedWidth(round(150 * look.text_size / 100))
        words = self._words(one, before, after, created=created)
        # Beside what is many lines high its name stands at the first of them.
        across = Qt.AlignmentFlag.AlignVCenter if isinstance(words, QLabel) else Qt.AlignmentFlag.AlignTop
        row.addWidget(title, 0, across)
        row.addWidget(words, 1)
        if one.can_return and not self.hub.read_only:
            again = button(look, self.tr_(N_("Restore this value")), _PutBack(self, one), "link")
            again.setToolTip(before or self.tr_(N_("Empty")))
            again.setAccessibleName(
                self.tr_(N_("Restore this value: {field}, {value}"), field=name, value=before or self.tr_(N_("Empty")))
            )
            row.addWidget(again, 0, across)
        return holder

    def _words(self, one: FieldStory, before: str, after: str, *, created: bool) -> QWidget:
        """What the field was and is; of a long text that was put in or taken out it is told how it begins."""
        look = self.desk.look
        if isinstance(one.was, dict) and not created:
            return self._beside(before, after)
        if before and after and not created:
            if max(len(before), len(after)) <= LONG:
                return label(look, self._arrow(before, after), wrap=True)
            short = self._difference(one, before, after, self._fold_words)
            whole = partial(self._difference, one, before, after, None)
            return FoldedText(self.desk, short, whole) if _FOLD in short.text() else short
        begins = [long_texts.beginning(text, self.language) for text in (before, after)]
        told = [after if created else self._arrow(before, after), begins[1] if created else self._arrow(*begins)]
        short = label(look, told[1], wrap=True)
        return FoldedText(self.desk, short, partial(label, look, told[0], wrap=True)) if told[0] != told[1] else short

    def _beside(self, before: str, after: str) -> QWidget:
        """Several lines, each the state of a rule: a difference by words would run over their ends."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for text, share in ((before or "–", 1), (onward(self.desk.look), 0), (after or "–", 1)):
            row.addWidget(label(self.desk.look, text, wrap=share > 0), share, Qt.AlignmentFlag.AlignTop)
        return holder

    def _arrow(self, before: str, after: str) -> str:
        return f"{before or '–'} {onward(self.desk.look)} {after or '–'}"

    def _difference(self, one: FieldStory, before: str, after: str, fold: Callable[[int], str] | None) -> QLabel:
        words = QLabel(difference(before, after, self.desk.look, fold))
        words.setWordWrap(True)
        words.setAccessibleName(line(self.desk, one))
        return words

    def _fold_words(self, number: int) -> str:
        words = self.language.ntr("{n} paragraph as before", "{n} paragraphs as before", number)
        return f"{_FOLD} {words} {_FOLD}"

    # Changes ---------------------------------------------------------------------------------------------------------

    def put_back(self, one: FieldStory) -> None:
        """Give the field again what it held before this step."""
        if self._record_id is None:
            return
        setting = Setting(self.desk.network_id, self.desk.today(), now(self.desk))
        done = self.attempt(
            N_("Restore a value"), record_story.put_back, self._table, self._record_id, setting, one.name, one.was
        )
        if done is not None:
            self.desk.say_with_undo(self.tr_(N_("Restored: {field}"), field=field_name(self.desk, one.name)))

    def _restore(self) -> None:
        if self._record_id is None:
            return
        done = self.attempt(N_("Restore a record"), record_changes.restore, self._table, self._record_id)
        if done is not None:
            self.desk.say_with_undo(self.tr_(N_("Record restored.")))

    def _older(self) -> None:
        self._limit += AT_ONCE * 2
        self.refresh_soon()

    def _go(self) -> None:
        if self._record_id is not None:
            lead_to(self.desk, self._table, self._record_id)

    def _there(self) -> bool:
        return self._story is not None and not self._removed()

    def _removed(self) -> bool:
        return self._story is not None and self._story.record.removed_at is not None


class _PutBack:
    """Puts one value back when its button is pressed."""

    def __init__(self, page: HistoryPage, one: FieldStory) -> None:
        self._page, self._one = page, one

    def __call__(self) -> None:
        self._page.put_back(self._one)
