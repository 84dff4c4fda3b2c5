"""Possible duplicates: organisations and people that may be there twice, and those that were made one already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import any_record
from unnm_desktop.services.handover import duplicates, joining
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.double_records import JoinDialog, read_sides
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.record_history import field_name
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import Card, Pill, button, label, row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.i18n import Language
    from unnm_desktop.services.handover.duplicates import Possible
    from unnm_desktop.services.handover.joining import Joined
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.jobs import Job

AT_ONCE = 25
"""So many pairs are shown together."""


class Found(NamedTuple):
    """What the page shows."""

    pairs: Sequence[Possible]
    joined: Sequence[Joined]
    names: Mapping[UUID, str]


def read(session: Session, language: Language) -> Found:
    """All pairs and all joined records, with what those are called; on a thread."""
    joined, pairs = joining.all_joined(session)[:AT_ONCE], duplicates.found_here(session)
    wanted: dict[str, list[UUID | None]] = {}
    for one in joined:
        wanted.setdefault(one.entity, []).extend((one.loser, one.stays))
    for pair in pairs[:AT_ONCE]:
        wanted.setdefault(pair.entity, []).extend((pair.mine, pair.theirs))
    return Found(pairs, joined, any_record.names(session, wanted, language))


class DuplicatesPage(Page):
    """Pairs as cards, each compared and joined or put aside; below, what can be taken apart again."""

    name = "duplicates"
    place = "members"
    title = N_("Possible duplicates")
    kinds = frozenset({*duplicates.ASKED, "saved_view"})
    secondary = ("organisations", "people")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found = Found((), (), {})
        self._job: Job | None = None
        self.area = ScrollColumn(spacing=10)
        self.views = QStackedWidget()
        self.views.addWidget(self.area)
        words = N_("No two organisations or people have a name, an e-mail address or a telephone number in common.")
        self.nothing = Empty(
            desk.look, "users", desk.tr(N_("Nothing is there twice")), desk.tr(words), None,
            (desk.tr(N_("Organisations")), partial(desk.go, "organisations")),
        )  # fmt: skip
        self.views.addWidget(self.nothing)
        self.body.addWidget(self.views, 1)

    def subline(self) -> str:
        number = len(self._found.pairs)
        return self.language.ntr("{n} pair that may be the same", "{n} pairs that may be the same", number)

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "organisations", N_("Organisations"), partial(self.desk.go, "organisations"), "building", menu="go"
            ),
            Command("people", N_("People"), partial(self.desk.go, "people"), "contact", menu="go"),
        )

    def refresh(self) -> None:
        if self._job is not None:
            # It may have read before what has just been done.
            self._job.abandon()
        self._job = self.desk.jobs.run(self.hub.read, read, self.language, done=self._show)

    def first_focus(self) -> QWidget | None:
        return self.area.inside.findChild(QPushButton) if self.views.currentWidget() is self.area else self.nothing

    def _show(self, found: Found) -> None:
        self._found = found
        # Of the page itself: the question whether to join them may still have the keyboard.
        inside = self.window().focusWidget()
        held = inside is not None and self.isAncestorOf(inside)
        parts: list[QWidget] = [self._pair(one) for one in found.pairs[:AT_ONCE]]
        rest = len(found.pairs) - AT_ONCE
        if rest > 0:
            parts.append(label(self.desk.look, self.language.ntr("… and {n} more", "… and {n} more", rest), "grey"))
        if found.joined:
            parts.append(self._joined_card())
        self.area.renew(*parts)
        self.area.column.addStretch(1)
        self.views.setCurrentWidget(self.area if parts else self.nothing)
        if held:
            self.take_keyboard()
        self.header_changed.emit()

    def _pair(self, pair: Possible) -> Card:
        tr, look = self.tr_, self.desk.look
        card = Card(14)
        card.column.setSpacing(4)
        # One name where both have the same.
        names = list(dict.fromkeys(self._found.names.get(key, "") for key in (pair.mine, pair.theirs)))
        for name in names:
            card.column.addWidget(label(look, name, "strong", wrap=True))
        alike = tr(N_("Alike: {field}"), field=field_name(self.desk, pair.field))
        compare = button(look, tr(N_("Compare and join")), partial(self.compare, pair))
        compare.setAccessibleName(tr(N_("Compare and join: {name}"), name=names[0]))
        aside = button(look, tr(N_("Not the same")), partial(self._keep_apart, pair), "link")
        aside.setAccessibleName(tr(N_("Not the same: {name}"), name=names[0]))
        for one in (compare, aside):
            one.setEnabled(not self.hub.read_only)
        kind = Pill(look, tr(ENTITIES[pair.entity].NOUN))
        words = row(kind, label(look, alike, "grey", wrap=True), stretch=1)
        card.column.addWidget(row(words, aside, compare, stretch=0))
        return card

    def _joined_card(self) -> TitledCard:
        card = TitledCard(self.desk, self.tr_(N_("Made one already")))
        for one in self._found.joined:
            loser, stays = self._found.names.get(one.loser, ""), self._found.names.get(one.stays, "")
            told = self.tr_(N_("{name} belongs to {other}"), name=loser, other=stays)
            words = label(self.desk.look, told, "", wrap=True)
            apart = button(self.desk.look, self.tr_(N_("Take apart")), partial(self._separate, one), "link")
            apart.setAccessibleName(self.tr_(N_("Take apart: {name}"), name=loser))
            apart.setEnabled(not self.hub.read_only)
            card.column.addWidget(row(words, apart, stretch=0))
        return card

    def compare(self, pair: Possible) -> None:
        """Show both beside each other, and join them where the officer says so."""
        try:
            sides = self.hub.read(read_sides, pair, self.language)
        except UserError as error:
            self.trouble(error)
            return
        dialog = JoinDialog(self.desk, pair, sides, self)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if done:
            self.desk.say_with_undo(self.tr_(N_("They are one record now.")))

    def _keep_apart(self, pair: Possible) -> None:
        if self._made(N_("Keep two records apart"), duplicates.keep_apart, pair):
            self.desk.say_with_undo(self.tr_(N_("These two are not offered again.")))

    def _separate(self, one: Joined) -> None:
        if self._made(joining.SEPARATE_LABEL, joining.separate, one.entity, one.loser):
            self.desk.say_with_undo(self.tr_(N_("They are two records again.")))

    def _made(self, step: str, work: Callable[..., object], *args: object) -> bool:
        try:
            self.hub.step(step, work, *args)
        except UserError as error:
            self.trouble(error)
            return False
        return True
