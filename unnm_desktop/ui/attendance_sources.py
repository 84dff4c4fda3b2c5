"""The seats, the invitations and the guests of a meeting as rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.meetings import Capacity, Meeting, Presence, Reply
from unnm_desktop.i18n import N_
from unnm_desktop.services import attendance, invitations, records
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.listing_source import Heading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk

# What the five keys record, in the order of the columns after the seat.
STATES = (
    (Capacity.FOCAL_POINT, Presence.PRESENT),
    (Capacity.ALTERNATE, Presence.PRESENT),
    (Capacity.STAND_IN, Presence.PRESENT),
    (Capacity.FOCAL_POINT, Presence.APOLOGIES),
    (Capacity.FOCAL_POINT, Presence.ABSENT),
)
REPLIES = (Reply.YES, Reply.NO, Reply.NONE)
CHOSEN, OPEN = "●", "○"


@dataclass(frozen=True)
class AttendanceSheet:
    """Who was invited, who sat where, who came besides."""

    meeting: Meeting
    seats: tuple[attendance.SeatRow, ...]
    guests: tuple[attendance.Guest, ...]
    invited: tuple[invitations.Invited, ...]

    @property
    def members(self) -> tuple[attendance.SeatRow, ...]:
        """The seats of members."""
        return tuple(row for row in self.seats if row.member)

    @property
    def represented(self) -> int:
        """How many members were represented."""
        return sum(row.represented for row in self.members)


def read_attendance(session: Session, meeting_id: UUID) -> AttendanceSheet:
    """Read the attendance of a meeting whole."""
    return AttendanceSheet(
        records.get(session, Meeting, meeting_id),
        tuple(attendance.attendance_grid(session, meeting_id)),
        tuple(attendance.guests(session, meeting_id)),
        tuple(invitations.invited(session, meeting_id)),
    )


def state_of(row: attendance.SeatRow) -> int:
    """Which of the five states a seat is in; -1 = nothing recorded."""
    found = row.attendance
    if found is None:
        return -1
    if found.presence is not Presence.PRESENT:
        return 3 if found.presence is Presence.APOLOGIES else 4
    if found.capacity is Capacity.ALTERNATE:
        return 1
    return 2 if found.capacity is Capacity.STAND_IN else 0


class SeatSource(FixedRows[attendance.SeatRow]):
    """One row a seat: who could sit there, and what is recorded."""

    columns = (
        Heading("seat", N_("Seat"), "start", 132, "stretch", least=132),
        Heading("focal_point", N_("1 Focal point"), "start", 146, "text", least=96, short=N_("1 FP")),
        Heading("alternate", N_("2 Alternate"), "start", 146, "text", least=96, short=N_("2 Alt")),
        Heading("stand_in", N_("3 Stand-in"), "start", 104, "text", least=48, short=N_("3 Sub")),
        Heading("apologies", N_("4 Apologies"), "start", 96, "text", least=48, short=N_("4 Apo")),
        Heading("absent", N_("5 Absent"), "start", 80, "text", least=48, short=N_("5 Abs")),
    )
    # Names have what they need of the room; where it is too little, their last part stands in a second line.
    fitted = ("seat", "focal_point", "alternate")

    def __init__(self, desk: Desk, sheet: AttendanceSheet) -> None:
        self._desk = desk
        super().__init__({row.organisation.id: row for row in sheet.seats})

    def row(self, row: attendance.SeatRow) -> tuple[Cell, ...]:
        pick = self._desk.language.pick
        chosen = state_of(row)
        focal, alternates = row.holders.focal_point, row.holders.alternates
        sat = pick(row.person, "name") if row.person is not None else ""
        names = [
            pick(focal, "name") if focal is not None else "",
            pick(alternates[0], "name") if alternates else "",
            "", "", "",
        ]  # fmt: skip
        if chosen in (0, 1) and sat:
            names[chosen] = sat
        if chosen == 2 and row.attendance is not None:
            names[2] = sat or row.attendance.person_name
        name = pick(row.organisation, "name")
        seat = Cell(row.organisation.short, shape="avatar", tooltip=name)
        return (seat, *(self._state(place, names[place], place == chosen) for place in range(5)))

    def _state(self, place: int, name: str, chosen: bool) -> Cell:
        tone = ("good", "good", "good", "warn", "bad")[place]
        if not chosen:
            if place < 2 and not name:
                return Cell("–", "neutral", tooltip=self._desk.tr(N_("nobody")))
            return Cell(f"{OPEN} {name}".strip(), "neutral", tooltip=name or self._desk.tr(N_("no")))
        words = self._desk.tr(N_("{name}: recorded"), name=name) if name else self._desk.tr(N_("recorded"))
        return Cell(f"{CHOSEN} {name}".strip(), tone, tooltip=words)


class InvitedSource(FixedRows[invitations.Invited]):
    """One row an invitation: whether it went out, and the answer."""

    columns = (
        Heading("organisation", N_("Organisation"), "start", 150, "stretch", least=110),
        Heading("person", N_("Person"), "start", 104, "text", 2),
        Heading("sent", N_("Sent"), "start", 116, "text", 1, least=112),
        Heading("yes", N_("1 Will attend"), "start", 112, "text", least=66, short=N_("1 Yes")),
        Heading("no", N_("2 Will not attend"), "start", 128, "text", least=66, short=N_("2 No")),
        Heading("none", N_("3 No reply yet"), "start", 116, "text", least=66, short=N_("3 None")),
    )

    def __init__(self, desk: Desk, sheet: AttendanceSheet) -> None:
        self._desk = desk
        self._speaks = {row.organisation.id: row.holders.focal_point for row in sheet.seats}
        super().__init__({one.invitation.id: one for one in sheet.invited})

    def row(self, one: invitations.Invited) -> tuple[Cell, ...]:
        desk, invitation = self._desk, one.invitation
        sent = desk.language.day(invitation.sent_on, short=True)
        tones = {Reply.YES: "good", Reply.NO: "bad", Reply.NONE: "warn"}
        replies = []
        for reply in REPLIES:
            chosen = invitation.reply is reply
            words = desk.tr(N_("recorded")) if chosen else desk.tr(N_("no"))
            replies.append(Cell(CHOSEN if chosen else OPEN, tones[reply] if chosen else "neutral", tooltip=words))
        return (
            Cell(one.organisation.short, shape="avatar", tooltip=desk.language.pick(one.organisation, "name")),
            self._person(one),
            Cell(sent or desk.tr(N_("Not sent")), "" if sent else "warn"),
            *replies,
        )

    def _person(self, one: invitations.Invited) -> Cell:
        """Who is invited; where nobody is named the invitation goes to whoever speaks for the seat."""
        desk = self._desk
        if one.person is not None:
            return Cell(desk.language.pick(one.person, "name"))
        if one.invitation.as_speaker:
            return Cell(desk.tr(N_("Guest speaker")))
        focal = self._speaks.get(one.organisation.id)
        return (
            Cell(desk.language.pick(focal, "name"), "neutral", tooltip=desk.tr(N_("Focal point")))
            if focal
            else Cell("")
        )


class GuestSource(FixedRows[attendance.Guest]):
    """One row a guest, speaker, observer or member of the secretariat."""

    columns = (
        Heading("name", N_("Name"), "start", 200, "stretch"),
        Heading("organisation", N_("From"), "start", 150, "text", 1),
        Heading("capacity", N_("As"), "start", 140, "text"),
    )

    def __init__(self, desk: Desk, sheet: AttendanceSheet) -> None:
        self._desk = desk
        super().__init__({one.attendance.id: one for one in sheet.guests})

    def row(self, one: attendance.Guest) -> tuple[Cell, ...]:
        desk = self._desk
        name = desk.language.pick(one.person, "name") if one.person is not None else one.attendance.person_name
        body = one.organisation.short if one.organisation is not None else ""
        return (Cell(name or body or "–"), Cell(body), Cell(desk.tr(one.attendance.capacity.label), "violet", "pill"))
