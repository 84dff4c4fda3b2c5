"""Who is invited to a meeting and answered, and who sat in it: one key a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from unnm_desktop.db.meetings import Attendance, Capacity, Invitation, MeetingState, Presence, Reply
from unnm_desktop.db.organisations import Channel
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import attendance, invitations, organisations, records
from unnm_desktop.ui.attendance_sources import (
    REPLIES,
    STATES,
    AttendanceSheet,
    GuestSource,
    InvitedSource,
    SeatSource,
    read_attendance,
)
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.cells import IdRole
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.fields import CheckField, ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField, ReadOnly, TextField
from unnm_desktop.ui.inspector import Head, Inspector, Part, Section, Tag
from unnm_desktop.ui.lookups import find_organisations, find_people, organisation_name
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.time_field import TimeField
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.meetings import Meeting
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.page_base import Page

CAPACITIES = tuple(
    (one, one.label)
    for one in (Capacity.GUEST, Capacity.GUEST_SPEAKER, Capacity.OBSERVER, Capacity.SECRETARIAT, Capacity.CHAIR)
)
CHANNELS = tuple((one, one.label) for one in Channel)
ANSWERS = tuple((one, one.label) for one in Reply)
REPLIES_VIEW, SEATS_VIEW = "replies", "seats"


class StateTable(RecordsTable):
    """A table whose digits and clicks choose one of the states in its last columns."""

    def __init__(self, desk: Desk, name: str, states: int, choose: Callable[[UUID, int], object]) -> None:
        super().__init__(desk, name)
        self._states, self._choose = states, choose
        self.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.clicked.connect(self._clicked)

    def _clicked(self, index: QModelIndex) -> None:
        state = index.column() - (self.listing.columnCount() - self._states)
        record_id = index.data(IdRole)
        if state >= 0 and record_id is not None:
            self._choose(record_id, state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arabic-Indic digits are keys of their own on an Arabic keyboard.
        typed = event.text()
        state = int(typed) - 1 if typed.isdecimal() and len(typed) == 1 else -1
        chosen = self.current_id()
        if chosen is not None and 0 <= state < self._states:
            self._choose(chosen, state)
            return
        super().keyPressEvent(event)


class AttendanceTab(QWidget):
    """Replies before the meeting, seats in it, guests below; the chosen row beside them."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        tr, look = self.desk.tr, self.desk.look
        self.meeting_id: UUID | None = None
        self._sheet: AttendanceSheet | None = None
        self._shown: tuple[str, UUID] | None = None
        self.seats = StateTable(self.desk, tr(N_("Attendance by seat")), len(STATES), self.record)
        self.replies = StateTable(self.desk, tr(N_("Invitations and replies")), len(REPLIES), self.answer)
        self.guests = RecordsTable(self.desk, tr(N_("Guests, speakers and secretariat")))
        self.guests.horizontalHeader().setSectionsClickable(False)
        self.chips = Chips(self.desk)
        self.chips.offer([(SEATS_VIEW, tr(N_("Attendance"))), (REPLIES_VIEW, tr(N_("Invitations")))])
        self.chips.chosen.connect(lambda _name: self._show_view())
        self.counter = label(look, "", "strong")
        self.invite_button = button(look, tr(N_("Invite")), self.invite, "", "mail-plus")
        self.send_button = button(look, tr(N_("Note as sent today")), self.send, "", "send")
        self.remind_button = button(look, "", self.remind, "", "bell")
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.chips)
        tools.addWidget(self.counter)
        tools.addStretch(1)
        tools.addWidget(self.invite_button)
        tools.addWidget(self.send_button)
        tools.addWidget(self.remind_button)
        self.views = QStackedWidget()
        self.views.addWidget(self._seats_view())
        self.views.addWidget(self._replies_view())
        side = QWidget()
        column = QVBoxLayout(side)
        # In right-to-left windows QSplitter shifts its panes by one pixel, which would cut the border.
        column.setContentsMargins(0, 0, 1 if look.rtl else 0, 0)
        column.setSpacing(10)
        column.addLayout(tools)
        column.addWidget(self.views, 1)
        self.inspector = Inspector(self.desk, tr(N_("Details")))
        self.inspector.setMinimumWidth(300)
        self.inspector.setMaximumWidth(round(420 * max(1.0, look.text_size / 100)))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(side)
        splitter.addWidget(self.inspector)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(14)
        splitter.setSizes([750, 340])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        for kind, table in (("seat", self.seats), ("invitation", self.replies), ("guest", self.guests)):
            table.current_changed.connect(lambda key, kind=kind: self._show_row(kind, key))
            table.opened.connect(lambda _key: self.inspector.parts.focus())

    def _seats_view(self) -> QWidget:
        tr, look = self.desk.tr, self.desk.look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.seats, 3)
        line = QHBoxLayout()
        line.addWidget(label(look, tr(N_("Guests, speakers and secretariat")), "h2"), 1)
        self.guest_button = button(look, tr(N_("Add")), self.add_guest, "", "plus")
        line.addWidget(self.guest_button)
        column.addLayout(line)
        self.no_guests = label(look, tr(N_("Nobody yet. Whoever holds no seat is added here.")), "grey", wrap=True)
        column.addWidget(self.no_guests)
        column.addWidget(self.guests, 1)
        return holder

    def _replies_view(self) -> QWidget:
        tr = self.desk.tr
        self.replies_stack = QStackedWidget()
        self.replies_stack.addWidget(self.replies)
        self.replies_stack.addWidget(
            Empty(
                self.desk.look, "mail", tr(N_("Nobody is invited yet")),
                tr(N_("Invite everybody who has a seat on the day of the meeting, then guests one by one.")),
                (tr(N_("Invite the members")), self.invite_members), (tr(N_("Invite")), self.invite),
            )
        )  # fmt: skip
        return self.replies_stack

    # Reading --------------------------------------------------------------------------------------------

    def show_meeting(self, meeting_id: UUID) -> None:
        """Read invitations, replies and who came."""
        changed = meeting_id != self.meeting_id
        self.meeting_id = meeting_id
        self._sheet = sheet = self.page.hub.read(read_attendance, meeting_id)
        ahead = sheet.meeting.state in (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)
        _fill(self.seats, SeatSource(self.desk, sheet))
        _fill(self.replies, InvitedSource(self.desk, sheet))
        _fill(self.guests, GuestSource(self.desk, sheet))
        self.replies_stack.setCurrentIndex(0 if sheet.invited else 1)
        self.no_guests.setVisible(not sheet.guests)
        self.guests.setVisible(bool(sheet.guests))
        if changed:
            self._shown = None
            self.chips.choose(REPLIES_VIEW if ahead and sheet.meeting.day > self.desk.today() else SEATS_VIEW)
        self._show_view(keep=not changed)

    def _show_view(self, *, keep: bool = False) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        tr, replies = self.desk.tr, self.chips.current == REPLIES_VIEW
        self.views.setCurrentIndex(1 if replies else 0)
        if replies:
            told = sum(one.invitation.reply is not Reply.NONE for one in sheet.invited)
            self.counter.setText(tr(N_("{told} of {invited} replied"), told=told, invited=len(sheet.invited)))
        else:
            members = len(sheet.members)
            self.counter.setText(
                tr(N_("{present} of {members} members represented"), present=sheet.represented, members=members)
            )
        unsent = any(one.invitation.sent_on is None for one in sheet.invited)
        writable = not self.page.hub.read_only and sheet.meeting.state is not MeetingState.CANCELLED
        self.invite_button.setVisible(replies and bool(sheet.invited))
        self.send_button.setVisible(replies and unsent)
        silent = len(invitations.silent(sheet.invited))
        self.remind_button.setText(self.page.language.ntr("Remind {n} member", "Remind {n} members", silent))
        self.remind_button.setVisible(replies and bool(silent) and sheet.meeting.day >= self.desk.today())
        self.remind_button.setEnabled(writable)
        self.invite_button.setEnabled(writable)
        self.send_button.setEnabled(writable)
        self.guest_button.setEnabled(writable)
        table = self.replies if replies else self.seats
        if keep and self._shown is not None:
            self.inspector.parts.update_parts(self._parts(*self._shown), self._save)
        elif table.current_id() is None:
            table.select_first()
        else:
            self._show_row("invitation" if replies else "seat", table.current_id())

    def _show_row(self, kind: str, key: UUID | None) -> None:
        if key is None:
            if self._shown is not None and self._shown[0] == kind:
                self._shown = None
                self.inspector.parts.clear()
            return
        if kind != "guest" and (kind == "invitation") != (self.chips.current == REPLIES_VIEW):
            return
        self._shown = (kind, key)
        self.inspector.parts.show_parts(self._parts(kind, key), self._save)

    # The inspector --------------------------------------------------------------------------------------------

    def _parts(self, kind: str, key: UUID) -> Sequence[Part]:
        sheet = self._sheet
        if sheet is None:
            return ()
        if kind == "seat":
            seat = next((one for one in sheet.seats if one.organisation.id == key), None)
            return self._seat_parts(seat) if seat is not None else ()
        if kind == "guest":
            guest = next((one for one in sheet.guests if one.attendance.id == key), None)
            return self._guest_parts(guest) if guest is not None else ()
        one = next((found for found in sheet.invited if found.invitation.id == key), None)
        return self._invitation_parts(one) if one is not None else ()

    def _seat_parts(self, seat: attendance.SeatRow) -> list[Part]:
        tr, language = self.desk.tr, self.page.language
        found = seat.attendance
        focal = language.pick(seat.holders.focal_point, "name") if seat.holders.focal_point else ""
        others = language.list([language.pick(one, "name") for one in seat.holders.alternates])
        tags = [Tag(tr(seat.membership.category.label), "neutral")] if seat.membership is not None else []
        parts: list[Part] = [
            Head(language.pick(seat.organisation, "name"), tags, avatar=seat.organisation.short),
            ReadOnly("focal_point", N_("Focal point"), focal),
            ReadOnly("alternates", N_("Alternates"), others),
        ]
        if found is None:
            parts.append(label(self.desk.look, tr(N_("Nothing recorded yet. Press 1 to 5.")), "grey", wrap=True))
            return parts
        parts.append(Section(N_("In the meeting")))
        parts += self._presence_parts(found)
        parts.append(ButtonList(self.desk.look, [(tr(N_("Take the record back")), self.clear, "link", "undo-2")]))
        return parts

    def _presence_parts(self, found: Attendance) -> list[Part]:
        parts: list[Part] = []
        if found.presence is Presence.PRESENT:
            if found.capacity is Capacity.STAND_IN or found.person_id is None:
                parts.append(TextField("person_name", N_("Name"), found.person_name))
            parts += [
                TimeField("arrived", N_("Arrived"), found.arrived, hint=N_("If later")),
                TimeField("left", N_("Left"), found.left, hint=N_("If earlier")),
                CheckField("online", N_("How"), found.online, hint=N_("Joined online")),
            ]
        parts.append(LongTextField("note", N_("Note"), found.note))
        return parts

    def _guest_parts(self, guest: attendance.Guest) -> list[Part]:
        tr, found = self.desk.tr, guest.attendance
        body = organisation_name(self.desk, guest.organisation) if guest.organisation is not None else ""
        return [
            Head(guest.name or body, [Tag(tr(found.capacity.label), "violet")]),
            ReadOnly("organisation", N_("From"), body),
            ChoiceField("capacity", N_("As"), found.capacity, CAPACITIES),
            *self._presence_parts(found),
            ButtonList(self.desk.look, [(tr(N_("Remove from the list")), self.remove_guest, "link", "trash")]),
        ]

    def _invitation_parts(self, one: invitations.Invited) -> list[Part]:
        tr, language, found = self.desk.tr, self.page.language, one.invitation
        person = language.pick(one.person, "name") if one.person is not None else ""
        tags = [Tag(tr(N_("Guest speaker")), "violet")] if found.as_speaker else []
        parts: list[Part] = [
            Head(language.pick(one.organisation, "name"), tags, avatar=one.organisation.short),
            RecordField("person_id", N_("Person"), found.person_id, person, find=find_people(self.desk)),
            ChoiceField("channel", N_("Invited by"), found.channel, CHANNELS),
            DateField("sent_on", N_("Sent on"), found.sent_on),
            ChoiceField("reply", N_("Reply"), found.reply, ANSWERS),
            DateField("replied_on", N_("Replied on"), found.replied_on),
            CheckField("as_speaker", N_("Role"), found.as_speaker, hint=N_("Guest speaker")),
        ]
        if found.as_speaker:
            parts.append(BilingualField("topic", N_("Topic"), found.topic_en, found.topic_ar))
        return [
            *parts,
            TextField("relevance", N_("Why invited"), found.relevance),
            TextField("agreed_by", N_("Agreed by"), found.agreed_by, hint=N_("Where the members agreed")),
            ButtonList(
                self.desk.look, [(tr(N_("Withdraw the invitation")), self.withdraw, "link", "trash")]
            ),
        ]  # fmt: skip

    def _save(self, name: str, value: Any) -> object:
        if self._shown is None or self._sheet is None or self.meeting_id is None:
            return None
        kind, key = self._shown
        step = self.page.hub.step
        if kind == "invitation":
            if name == "reply":
                return step(N_("Note a reply"), invitations.reply, key, value, self.desk.today())
            return step(N_("Change invitation"), records.update, Invitation, key, **{name: value})
        if kind == "seat":
            seat = next(one for one in self._sheet.seats if one.organisation.id == key)
            if seat.attendance is None:
                return None
            key = seat.attendance.id
        return step(N_("Change attendance"), records.update, Attendance, key, **{name: value})

    # Changes --------------------------------------------------------------------------------------------

    def record(self, organisation_id: UUID, state: int) -> None:
        """Record one of the five states of a seat; a stand-in is asked for by name."""
        if self.meeting_id is None or self.page.hub.read_only:
            return
        capacity, presence = STATES[state]
        name = ""
        if capacity is Capacity.STAND_IN:
            tr = self.desk.tr
            said = self.desk.ask.text(tr(N_("Stand-in")), tr(N_("Who sat there?")), self._known_name(organisation_id))
            if said is None:
                return
            name = said.strip()
            if not name:
                self.page.bar.show_message(tr(N_("A stand-in needs a name. Nothing was recorded.")), "warn")
                return
        done = self.page.attempt(
            N_("Record attendance"), attendance.record_attendance, self.meeting_id, organisation_id, capacity, presence,
            person_name=name,
        )  # fmt: skip
        if done is not None:
            self.page.make_fresh()

    def _known_name(self, organisation_id: UUID) -> str:
        seats = self._sheet.seats if self._sheet is not None else ()
        found = next((one.attendance for one in seats if one.organisation.id == organisation_id), None)
        return found.person_name if found is not None else ""

    def clear(self) -> None:
        """Take back what is recorded of the current seat."""
        key = self.seats.current_id()
        if key is not None and self.meeting_id is not None:
            self._try(N_("Take attendance back"), attendance.clear_attendance, self.meeting_id, key)

    def answer(self, invitation_id: UUID, state: int) -> None:
        """Note a reply to an invitation."""
        if not self.page.hub.read_only:
            self._try(N_("Note a reply"), invitations.reply, invitation_id, REPLIES[state], self.desk.today())

    def invite_members(self) -> None:
        """Invite everybody who has a seat on the day of the meeting."""
        if self.meeting_id is not None and self._sheet is not None:
            meeting = self._sheet.meeting
            self._try(N_("Invite the members"), _invite_seats, meeting)

    def invite(self) -> None:
        """Ask whom to invite besides; several at once."""
        meeting_id = self.meeting_id
        if meeting_id is None:
            return
        parts = (
            RecordsField("organisations", N_("Organisations"), (), find=find_organisations(self.desk)),
            CheckField("as_speaker", N_("Role"), False, hint=N_("Guest speaker")),
            TextField("relevance", N_("Why invited")),
            TextField("agreed_by", N_("Agreed by"), hint=N_("Where the members agreed")),
        )

        def accept(values: dict[str, Any]) -> bool:
            wanted = values.pop("organisations")
            if not wanted:
                raise UserError(N_("Choose at least one organisation."))
            self.page.hub.step(N_("Invite"), _invite_all, meeting_id, wanted, values)
            return True

        FormDialog(self.desk, N_("Invite to the meeting"), parts, N_("Invite"), accept, self).run()

    def send(self) -> None:
        """Note that the invitations not sent yet went out today."""
        if self.meeting_id is not None:
            done = self.page.attempt(
                N_("Send invitations"), invitations.send_invitations, self.meeting_id, self.desk.today()
            )
            if done is not None:
                text = self.page.language.ntr("{n} invitation noted as sent.", "{n} invitations noted as sent.", done)
                self.desk.say_with_undo(text)

    def remind(self) -> None:
        """Note that those who have not answered were reminded now."""
        if self.meeting_id is not None:
            done = self.page.attempt(N_("Remind of a meeting"), invitations.remind, self.meeting_id, now(self.desk))
            if done is not None:
                self.page.make_fresh()
                self.desk.say_with_undo(self.desk.tr(N_("Reminder noted.")))

    def withdraw(self) -> None:
        """Take the current invitation back."""
        key = self.replies.current_id()
        if key is not None:
            self._try(N_("Withdraw an invitation"), invitations.withdraw_invitation, key)
            self.desk.say_with_undo(self.desk.tr(N_("Invitation withdrawn.")))

    def add_guest(self) -> None:
        """Ask for a guest, speaker, observer or colleague of the secretariat."""
        meeting_id = self.meeting_id
        if meeting_id is None:
            return
        parts = (
            ChoiceField("capacity", N_("As"), Capacity.GUEST, CAPACITIES),
            TextField("person_name", N_("Name")),
            RecordField("organisation_id", N_("From"), find=find_organisations(self.desk)),
            CheckField("invite", N_("Invitation"), True, hint=N_("Record the invitation too, if there is none")),
        )

        def accept(values: dict[str, Any]) -> Attendance:
            return self.page.hub.step(N_("Add a guest"), _add_guest, meeting_id, **values)

        FormDialog(self.desk, N_("Guest, speaker or secretariat"), parts, N_("Add"), accept, self).run()

    def remove_guest(self) -> None:
        """Take the current guest off the list."""
        key = self.guests.current_id()
        if key is not None:
            self._try(N_("Remove a guest"), records.remove, Attendance, key)
            self.desk.say_with_undo(self.desk.tr(N_("Taken off the list.")))

    def _try(self, title: str, work: Callable[..., object], *args: object) -> None:
        self.page.attempt(title, work, *args)
        self.page.make_fresh()


def _fill(table: RecordsTable, source: Any) -> None:
    if table.model() is None:
        table.show_source(source)
    else:
        table.listing.source = source
    table.reload()


def _invite_seats(session: Session, meeting: Meeting) -> int:
    seats = organisations.seats_on(session, meeting.network_id, meeting.day)
    return len(invitations.invite_many(session, meeting.id, [seat.organisation for seat in seats]))


def _invite_all(session: Session, meeting_id: UUID, wanted: Sequence[UUID], values: dict[str, Any]) -> None:
    for key in wanted:
        invitations.invite(session, meeting_id, key, **values)


def _add_guest(
    session: Session, meeting_id: UUID, capacity: Capacity, person_name: str, organisation_id: UUID | None, invite: bool
) -> Attendance:
    wanted = invite and capacity in attendance.GUESTS and organisation_id is not None
    if wanted and organisation_id and invitations.invitation_of(session, meeting_id, organisation_id) is None:
        invitations.invite(session, meeting_id, organisation_id, as_speaker=capacity is Capacity.GUEST_SPEAKER)
    return attendance.record_guest(
        session, meeting_id, capacity, organisation_id=organisation_id, person_name=person_name
    )
