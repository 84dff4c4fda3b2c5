"""Who is invited to a meeting and answered, and who sat in it: one key a state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from unnm_desktop.db.meetings import Attendance, Capacity, Invitation, MeetingState, Reply
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import attendance, invitations, records
from unnm_desktop.ui import mailing
from unnm_desktop.ui.attendance_guests import GuestsPanel
from unnm_desktop.ui.attendance_panel import CAPACITIES, guest_parts, invitation_parts, seat_parts
from unnm_desktop.ui.attendance_sources import (
    REPLIES,
    STATES,
    AttendanceSheet,
    InvitedSource,
    SeatSource,
    read_attendance,
)
from unnm_desktop.ui.beside import LEAST, Beside
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.fields import CheckField, ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.inspector import Inspector, Part
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.meeting_forms import lies_ahead
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.row_menu import RowMenu, edit_details
from unnm_desktop.ui.state_table import StateTable
from unnm_desktop.ui.widgets import button, icon_button, label

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from unnm_desktop.ui.page_base import Page

REPLIES_VIEW, SEATS_VIEW = "replies", "seats"


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
        self.guests_panel = GuestsPanel(self.desk, self.add_guest)
        self.guests, self.guest_button = self.guests_panel.table, self.guests_panel.add_button
        self.chips = Chips(self.desk)
        self.chips.offer([(SEATS_VIEW, tr(N_("Attendance"))), (REPLIES_VIEW, tr(N_("Invitations")))])
        self.chips.chosen.connect(lambda _name: self._show_view())
        self.counter = label(look, "", "strong")
        self.invite_button = button(look, tr(N_("Invite")), self.invite, "", "mail-plus")
        self.send_button = button(look, tr(N_("Note as sent today")), self.send, "", "send")
        self.remind_button = button(look, "", self.remind, "", "bell")
        self.remind_button.setToolTip(tr(N_("Note that those who have not replied were reminded today")))
        self.copy_button = icon_button(look, "copy", tr(mailing.COPY), self.copy_addresses)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.chips)
        tools.addWidget(self.counter)
        tools.addStretch(1)
        tools.addWidget(self.copy_button)
        tools.addWidget(self.invite_button)
        tools.addWidget(self.send_button)
        tools.addWidget(self.remind_button)
        self.views = QStackedWidget()
        self.views.addWidget(self._seats_view())
        self.views.addWidget(self._replies_view())
        self.inspector = Inspector(self.desk, tr(N_("Details")))
        self._row_menu = RowMenu(page, self.inspector)
        splitter = Beside(look, self.inspector, details=LEAST)
        splitter.column.addLayout(tools)
        splitter.column.addWidget(self.views, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        for kind, table in (("seat", self.seats), ("invitation", self.replies), ("guest", self.guests)):
            table.current_changed.connect(lambda key, kind=kind: self._show_row(kind, key))
            table.opened.connect(lambda _key: self.inspector.parts.focus())
            table.menu_wanted.connect(self._open_menu)

    def _seats_view(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.seats, 5)
        column.addWidget(self.guests_panel, 2)
        return holder

    def _open_menu(self, place: QPoint) -> None:
        table = self.sender()
        states = table.states() if isinstance(table, StateTable) and not self.page.hub.read_only else ()
        self._row_menu.open(place, [*states, edit_details(self.desk, self.inspector)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.guests_panel.give_room(self.height())

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
        ahead = lies_ahead(sheet.meeting)
        self.seats.show_rows(SeatSource(self.desk, sheet))
        self.replies.show_rows(InvitedSource(self.desk, sheet))
        self.guests_panel.show_sheet(sheet)
        self.replies_stack.setCurrentIndex(0 if sheet.invited else 1)
        if changed:
            self._shown = None
            self.chips.choose(REPLIES_VIEW if ahead and sheet.meeting.day > self.desk.today() else SEATS_VIEW)
        self._show_view(keep=not changed)

    def show_seats(self) -> None:
        """Turn to who sits in the meeting."""
        self.chips.choose(SEATS_VIEW)

    def show_invitations(self) -> None:
        """Turn to who is invited and has replied."""
        self.chips.choose(REPLIES_VIEW)

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
        self.copy_button.setVisible(replies and bool(sheet.invited))
        self.send_button.setVisible(replies and unsent)
        silent = len(invitations.silent(sheet.invited))
        self.remind_button.setText(self.page.language.ntr("Remind {n} member", "Remind {n} members", silent))
        coming = lies_ahead(sheet.meeting) and sheet.meeting.day >= self.desk.today()
        self.remind_button.setVisible(replies and bool(silent) and coming)
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
            return seat_parts(self.desk, seat, self.clear) if seat is not None else ()
        if kind == "guest":
            guest = next((one for one in sheet.guests if one.attendance.id == key), None)
            return guest_parts(self.desk, guest, self.remove_guest) if guest is not None else ()
        one = next((found for found in sheet.invited if found.invitation.id == key), None)
        return invitation_parts(self.desk, one, self.withdraw) if one is not None else ()

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
            said = self.desk.ask.text(
                tr(N_("Stand-in")), tr(N_("Who sat there?")), tr(N_("Note it")), self._known_name(organisation_id)
            )
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
            self._try(N_("Invite the members"), invitations.invite_seats, meeting)

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
            self.page.hub.step(N_("Invite"), invitations.invite_each, meeting_id, wanted, **values)
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
                mailing.say_unreminded(self.page, self.meeting_id)

    def copy_addresses(self) -> None:
        """Put the addresses of those invited on the clipboard."""
        if self.meeting_id is not None:
            mailing.copy_addresses(self.page, self.meeting_id)

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
            return self.page.hub.step(N_("Add a guest"), attendance.add_guest, meeting_id, **values)

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
