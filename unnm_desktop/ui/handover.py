"""Hand-over: two doors, what stays undecided, and what was taken in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import conflicts, deciding, joining, merge, office, receiving, settle
from unnm_desktop.services.handover.telling import Teller, ToldConflict
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.handover_decide import DecideList
from unnm_desktop.ui.handover_office import OfficeCard
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.past_merges import PastMerges, ReportSaver, may_undo
from unnm_desktop.ui.rooms import Rooms
from unnm_desktop.ui.same_number import SameNumbers, listed
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.i18n import Language
    from unnm_desktop.services.handover.duplicates import Possible
    from unnm_desktop.services.handover.merge import Undone
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.handover_check import CheckPanel
    from unnm_desktop.ui.handover_prepare import PreparePanel
    from unnm_desktop.ui.handover_receive import ReceivePanel

DOORS, RECEIVE, PREPARE, OPEN, CHECK = range(5)


def _open_conflicts(session: Session, language: Language) -> list[ToldConflict]:
    return Teller(session, language).conflicts(conflicts.open_conflicts(session))


class Door(TitledCard):
    """One of the two ways, with what it is for."""

    def __init__(self, desk: Desk, icon: str, title: str, text: str, action: str, page: HandoverPage, way: int) -> None:
        super().__init__(desk, desk.tr(title))
        picture = label(desk.look)
        picture.setPixmap(desk.look.icons.pixmap(icon, desk.look.tokens.accent, 32))
        self.top.insertWidget(0, picture)
        self.column.addWidget(label(desk.look, desk.tr(text), "grey", wrap=True))
        self.column.addStretch(1)
        self._page, self._way = page, way
        self.button = button(desk.look, desk.tr(action), self._enter, "primary")
        self.column.addWidget(row(self.button))

    def _enter(self) -> None:
        self._page.show_view(self._way)


class FirstTime(TitledCard):
    """What nobody needs to fear who does it for the first time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.tr(N_("What is certain")))
        look = desk.look
        for text in (
            N_("Whoever finds the stick reads nothing: the package is sealed, and opens with its words only."),
            N_("Nothing is written on the receiving computer until you finish. A backup is made first."),
            N_("Both of you can go on working. What differs is shown side by side; nothing is lost without a word."),
            N_("A whole merge can be undone, and later work stays."),
        ):
            sign = label(look)
            sign.setPixmap(look.icons.pixmap("check", look.tokens.green, look.with_text(16)))
            self.column.addWidget(row(sign, label(look, desk.tr(text), wrap=True), stretch=1))


class HandoverPage(Page):
    """The doors, and what lies behind each."""

    name = "handover"
    title = N_("Hand-over")
    kinds = frozenset(ENTITIES) | {"conflict"}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.views = Rooms()
        self.body.addWidget(self.views, 1)
        self.reports = ReportSaver(self)
        for _ in range(5):
            self.views.add_room()
        self.views.put(DOORS, self._doors_view())

    # What lies behind a door is made when it is opened -------------------------------------------------------------

    @cached_property
    def receive(self) -> ReceivePanel:
        """The way of a package into this workspace."""
        from unnm_desktop.ui.handover_receive import ReceivePanel  # here and below: a rare way, and a megabyte

        panel = ReceivePanel(self)
        panel.left.connect(self.show_doors)
        panel.prepare_wanted.connect(self._prepare)
        panel.done.undo_wanted.connect(self.undo_merge)
        panel.done.join_wanted.connect(self.join)
        panel.done.separate_wanted.connect(self._separate)
        panel.done.report_wanted.connect(self._report)
        self.views.put(RECEIVE, panel)
        return panel

    @cached_property
    def prepare(self) -> PreparePanel:
        """The way of a package to a colleague."""
        from unnm_desktop.ui.handover_prepare import PreparePanel

        panel = PreparePanel(self)
        panel.left.connect(self.show_doors)
        self.views.put(PREPARE, panel)
        return panel

    @cached_property
    def check(self) -> CheckPanel:
        """A look at the packages of a stick."""
        from unnm_desktop.ui.handover_check import CheckPanel

        panel = CheckPanel(self)
        panel.left.connect(self.show_doors)
        self.views.put(CHECK, panel)
        return panel

    @cached_property
    def decide(self) -> DecideList:
        """What was left undecided, with the buttons under it."""
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        found = DecideList(self.desk)
        column.addWidget(found, 1)
        self.keep_button = button(self.desk.look, self.desk.tr(N_("Keep what I decided")), self._keep, "primary")
        back = button(self.desk.look, self.desk.tr(N_("Back")), self.show_doors)
        column.addWidget(row(back, self.keep_button))
        found.finished.connect(self.keep_button.setFocus)
        self.views.put(OPEN, view)
        return found

    def _doors_view(self) -> QWidget:
        desk = self.desk
        self.receive_door = Door(
            desk, "download", N_("Receive a stick"),
            N_("Look into a package that a colleague or predecessor has made, see what would change, decide what"
               " differs, and take it in. It can be undone as a whole."),
            N_("Receive a stick"), self, RECEIVE,
        )  # fmt: skip
        self.prepare_door = Door(
            desk, "usb", N_("Prepare a stick"),
            N_("Write everything that a successor or colleague needs into one sealed package, with a state-of-play"
               " memo in both languages. It is read back before the stick may be removed."),
            N_("Prepare a stick"), self, PREPARE,
        )  # fmt: skip
        area = ScrollColumn()
        self.office_card = OfficeCard(desk)
        area.column.addWidget(self.office_card)
        doors = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        doors.setSpacing(14)
        doors.addWidget(self.prepare_door, 1)
        doors.addWidget(self.receive_door, 1)
        area.column.addLayout(doors)
        words = N_("Is a package on a stick whole? Nothing is taken in.")
        self.check_button = button(desk.look, desk.tr(N_("Check a stick")), self._check, "", "search")
        told = label(desk.look, desk.tr(words), "grey", wrap=True)
        area.column.addWidget(row(self.check_button, told, stretch=1))
        self.open_card = TitledCard(desk, desk.tr(N_("Left for later")))
        self.open_line = label(desk.look, "", "", wrap=True)
        self.open_card.column.addWidget(self.open_line)
        self.decide_button = button(desk.look, desk.tr(N_("Decide")), self._decide, "", "triangle-alert")
        self.open_card.column.addWidget(row(self.decide_button))
        area.column.addWidget(self.open_card)
        self.numbers = SameNumbers(desk)
        area.column.addWidget(self.numbers)
        self.past_card = TitledCard(desk, desk.tr(N_("What was taken in")))
        self.past = PastMerges(desk)
        self.past.wanted.connect(self._report)
        self.past_card.column.addWidget(self.past)
        self.undo_button = button(desk.look, desk.tr(N_("Undo the last merge")), self._undo_last, "danger", "undo-2")
        self.past_card.column.addWidget(row(self.undo_button))
        area.column.addWidget(self.past_card)
        self.first_card = FirstTime(desk)
        area.column.addWidget(self.first_card)
        area.column.addStretch(1)
        return area

    # What is shown ---------------------------------------------------------------------------------------------------

    def subline(self) -> str:
        way = self.views.currentIndex()
        if way == RECEIVE:
            return self.receive.subline()
        lines = {PREPARE: N_("Prepare a stick"), CHECK: N_("Check a stick"), OPEN: N_("Left for later")}
        return self.tr_(lines.get(way, N_("Give the office to a successor, or work on two computers")))

    def hand_on(self) -> None:
        if "receive" in vars(self):
            self.receive.hand_on()

    def begun(self) -> object:
        view, made = self.views.currentIndex(), vars(self)
        told: dict[str, Any] = {"view": view}
        if view == RECEIVE:
            told["receive"] = self.receive.begun()
        elif view == OPEN:
            told["decide"] = self.decide.begun()
        elif view == CHECK:
            told["check"] = self.check.begun()
        if "prepare" in made and (view == PREPARE or self.prepare.shows_words):
            told["prepare"] = self.prepare.begun()
        return told if any(told[name] for name in told if name != "view") else None

    def go_on(self, begun: Any) -> None:
        if begun.get("prepare"):
            self.prepare.go_on(begun["prepare"])
        if begun.get("receive"):
            self.receive.go_on(begun["receive"])
        if begun.get("check"):
            self.check.go_on(begun["check"])
        if begun.get("decide"):
            self._decide()
            self.decide.go_on(begun["decide"])
        self.views.setCurrentIndex(begun["view"])

    def only_here(self) -> bool:
        return "prepare" in vars(self) and self.prepare.shows_words

    def let_go(self) -> None:
        if "receive" in vars(self):  # not made only to be let go
            self.receive.let_go()

    def commands(self) -> Sequence[Command]:
        return (
            Command("receive-stick", N_("Receive a stick"), self._receive, "download", (), menu="file"),
            Command("prepare-stick", N_("Prepare a stick"), self._prepare, "usb", (), menu="file"),
            Command("check-stick", N_("Check a stick"), self._check, "search", (), menu="file"),
        )

    def _receive(self) -> None:
        self.show_view(RECEIVE)

    def _prepare(self) -> None:
        self.show_view(PREPARE)

    def _check(self) -> None:
        self.show_view(CHECK)

    def show_view(self, way: int) -> None:
        """Go through a door."""
        self.bar.clear()
        if way == PREPARE and not self.prepare.shows_words:
            self.prepare.begin()
        self.views.setCurrentIndex(way)
        self.header_changed.emit()
        # Asked for here, what lies behind the door is made.
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_doors(self) -> None:
        """Back to the doors, with the keyboard where one went in."""
        came_from = {RECEIVE: self.receive_door.button, CHECK: self.check_button, OPEN: self.decide_button}
        door = came_from.get(self.views.currentIndex(), self.prepare_door.button)
        self.bar.clear()
        self.views.setCurrentIndex(DOORS)
        self.refresh()
        self.header_changed.emit()
        (self.prepare_door.button if door.isHidden() else door).setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        way = self.views.currentIndex()
        if way == RECEIVE:
            return self.receive.first_focus()
        if way == CHECK:
            return self.check.first_focus()
        return self.prepare.first_focus() if way == PREPARE else self.prepare_door.button

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        self.make_fresh()
        file = options.get("file")
        if isinstance(file, Path) and not self.hub.read_only:
            # It was dropped on the window.
            self.show_view(RECEIVE)
            self.receive.begin_with(file)
        if options.get("decide") and not self.hub.read_only:
            entity = options.get("entity")
            if record_id is not None and isinstance(entity, str):
                self._decide(self.hub.read(conflicts.about, entity, record_id))
            else:
                self._decide()

    def refresh(self) -> None:
        if self.desk.unwritten.reception is not None and self.receive.take_up():
            self.show_view(RECEIVE)
        waiting = self.hub.read(conflicts.open_conflicts)
        past = self.hub.read(merge.merges)
        twice = self.hub.read(listed, self.language)
        self.numbers.show_numbers(twice)
        if "receive" in vars(self):  # not made only to be told
            self.receive.done.numbers.show_numbers(twice)
        self.office_card.show_events(self.hub.read(office.events))
        self.open_card.setVisible(bool(waiting))
        number = len(waiting)
        self.open_line.setText(
            self.language.ntr("{n} conflict waits for a decision.", "{n} conflicts wait for a decision.", number)
        )
        self.decide_button.setEnabled(not self.hub.read_only)
        self.past_card.setVisible(bool(past))
        self.first_card.setVisible(not past)
        self.past.show_merges(past)
        self.undo_button.setVisible(self.hub.read(receiving.last_merge) is not None and not self.hub.read_only)

    # What was left for later -----------------------------------------------------------------------------------------

    def _decide(self, first: Collection[UUID] = ()) -> None:
        """Show what is undecided, what belongs to the record one comes from at the top."""
        found = self.hub.read(_open_conflicts, self.language)
        self.decide.show_conflicts(sorted(found, key=lambda one: one.conflict.row not in first))
        self.show_view(OPEN)
        self.decide.first_focus()

    def _keep(self) -> None:
        answers = self.decide.answers()
        try:
            number = deciding.decide(self.hub.database, answers)
        except UserError as error:
            self.trouble(error)
            return
        self.hub.announce(frozenset({*(one.conflict.entity for one in answers), "conflict"}), settle.LABEL)
        self.show_doors()
        self.desk.say(self.language.ntr("{n} conflict decided", "{n} conflicts decided", number))

    def join(self, pairs: Sequence[Possible], merge_id: UUID | None) -> None:
        """Make one record of each pair; undoing the merge takes them apart again."""
        try:
            deciding.join(self.hub.database, pairs, merge_id)
        except UserError as error:
            self.trouble(error)
            return
        self.receive.done.joined(pairs)
        self.hub.announce(frozenset(ENTITIES), joining.LABEL)
        self.desk.say(self.tr_(N_("They are one record now.")))

    def _separate(self, pair: Possible, merge_id: UUID | None) -> None:
        try:
            deciding.separate(self.hub.database, pair, merge_id)
        except UserError as error:
            self.trouble(error)
            return
        self.receive.done.separated(pair)
        self.hub.announce(frozenset(ENTITIES), joining.SEPARATE_LABEL)
        self.desk.say(self.tr_(N_("They are two records again.")))

    def _report(self, merge_id: UUID, code: str) -> None:
        self.reports.save(merge_id, code)

    # Undoing a merge -------------------------------------------------------------------------------------------------

    def _undo_last(self) -> None:
        last = self.hub.read(receiving.last_merge)
        if last is not None and may_undo(self.desk, last):
            # The next one stands in its place: one key too many undoes nothing.
            self.prepare_door.button.setFocus()
            self.undo_merge(last.id)

    def undo_merge(self, merge_id: UUID) -> None:
        """Take a merge back, on a thread; what was worked on since stays."""
        self.desk.jobs.run(
            self.hub.write_apart,
            receiving.undo,
            merge_id,
            folder=folder_of(self.desk),
            now=datetime.now(UTC),
            done=self._undone,
            failed=self._not_undone,
            progress=True,
            awaited=True,
            text=self.tr_(N_("Undoing the merge")),
        )

    def _undone(self, undone: Undone) -> None:
        ntr = self.language.ntr
        words = [
            ntr(
                "The merge is undone: {n} record is as before.",
                "The merge is undone: {n} records are as before.",
                undone.changed,
            )
        ]
        if undone.stays:
            words.append(
                ntr(
                    "{n} record was worked on since and stays, as a conflict.",
                    "{n} records were worked on since and stay, as conflicts.",
                    undone.stays,
                )
            )
        if undone.erased:
            words.append(self.tr_(N_("What the package erased for good cannot come back.")))
        words.append(self.tr_(N_("A backup was made before and read through.")))
        self.desk.wishes.backed_up.emit()
        self.hub.announce(frozenset({*ENTITIES, "conflict"}), merge.LABEL)
        self.bar.show_message(" ".join(words), "good")

    def _not_undone(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.trouble(error)
