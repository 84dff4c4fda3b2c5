"""Records that two computers gave the same number: told in lists and on the records, never changed unasked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import any_record, numbering
from unnm_desktop.ui.leads import lead_to
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import button, empty, label, row

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.db.base import Record
    from unnm_desktop.i18n import Language
    from unnm_desktop.services.numbering import Duplicate
    from unnm_desktop.ui.desk import Desk

MOST = 20
"""So many numbers are listed at once."""


class Same(NamedTuple):
    """A number that stands on several records, these by key and name, and the number that one may take instead."""

    reference: str
    entity: str
    records: tuple[tuple[UUID, str], ...]
    next: str


def told(session: Session, language: Language, pairs: Sequence[Duplicate]) -> list[Same]:
    """The pairs in words."""
    wanted: dict[str, set[UUID]] = {}
    for pair in pairs:
        wanted.setdefault(pair.entity.__tablename__, set()).update(pair.ids)
    names = any_record.names(session, wanted, language)
    return [
        Same(
            pair.reference,
            pair.entity.__tablename__,
            tuple((key, names.get(key, "")) for key in pair.ids),
            numbering.offered(session, pair.ids[0]),
        )
        for pair in pairs
    ]


def listed(session: Session, language: Language) -> list[Same]:
    """All of the workspace, in words; the first of many."""
    return told(session, language, numbering.every_duplicate(session)[:MOST])


def give_next(desk: Desk, entity: str, record_id: UUID) -> bool:
    """Give this record the next free number; undone like any step."""
    try:
        given = desk.hub.step(numbering.LABEL, numbering.renumber, ENTITIES[entity], record_id)
    except UserError as error:
        desk.ask.trouble(error)
        return False
    desk.say_with_undo(desk.tr(N_("The record has the number {reference} now."), reference=isolate(given)))
    return True


class SameNumbers(TitledCard):
    """The numbers that stand on several records, each record with what can be done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.tr(N_("The same number twice")))
        words = N_(
            "Two computers gave these numbers while they worked apart. Nothing is renumbered by itself: where a number"
            " is not yet known outside, give that record the next one."
        )
        self.column.addWidget(label(desk.look, desk.tr(words), "grey", wrap=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.column.addLayout(self._lines)
        self.hide()

    def show_numbers(self, found: Sequence[Same]) -> None:
        """Show these, as ``listed`` reads them."""
        desk = self.desk
        empty(self._lines)
        for one in found:
            heading = desk.tr(
                N_("{reference} · {kind}"), reference=isolate(one.reference), kind=desk.tr(ENTITIES[one.entity].NOUN)
            )
            self._lines.addWidget(label(desk.look, heading, "strong"))
            for key, name in one.records:
                self._lines.addWidget(self._line(one, key, name))
        self.setVisible(bool(found))

    def _line(self, one: Same, key: UUID, name: str) -> QWidget:
        desk = self.desk
        show = button(desk.look, desk.tr(N_("Show")), partial(lead_to, desk, one.entity, key), "link")
        show.setAccessibleName(desk.tr(N_("Show {name}"), name=name))
        words = desk.tr(N_("Give it {reference}"), reference=isolate(one.next))
        give = button(desk.look, words, partial(give_next, desk, one.entity, key))
        give.setAccessibleName(desk.tr(N_("Give {name} the number {reference}"), name=name, reference=one.next))
        give.setEnabled(not desk.hub.read_only)
        return row(label(desk.look, name or "–", "", wrap=True), show, give, stretch=0)


class NumberNotice(QFrame):
    """A bar among the details of a record whose number another one has, too."""

    def __init__(self, desk: Desk, one: Same, record_id: UUID) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setProperty("tone", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        others = [(key, name) for key, name in one.records if key != record_id]
        words = N_("The number {reference} stands on another record, too: {name}")
        names = desk.language.list([name or "–" for _, name in others])
        column.addWidget(label(desk.look, desk.tr(words, reference=isolate(one.reference), name=names), "", wrap=True))
        self.show_other = button(
            desk.look, desk.tr(N_("Show")), partial(lead_to, desk, one.entity, others[0][0]), "link"
        )
        words = desk.tr(N_("Give it {reference}"), reference=isolate(one.next))
        self.give = button(desk.look, words, partial(give_next, desk, one.entity, record_id), "link")
        self.give.setEnabled(not desk.hub.read_only)
        column.addWidget(row(self.show_other, self.give))


def _of(session: Session, language: Language, kind: type[Record], record_id: UUID) -> Same | None:
    pair = numbering.duplicate_of(session, kind, record_id)
    return None if pair is None else told(session, language, [pair])[0]


def number_notices(desk: Desk, table: str, record_id: UUID) -> list[NumberNotice]:
    """The bar, where the number stands on another record, too; most kinds of record have none."""
    kind = numbering.numbered(table)
    if kind is None:
        return []
    found = desk.hub.read(_of, desk.language, kind, record_id)
    return [NumberNotice(desk, found, record_id)] if found is not None else []
