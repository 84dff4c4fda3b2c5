"""Meetings: agenda, invitations and attendance."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.organisations import Channel
from unnm_desktop.db.states import HELD_STATES as HELD_STATES
from unnm_desktop.db.states import MeetingKind as MeetingKind
from unnm_desktop.db.states import MeetingState as MeetingState
from unnm_desktop.db.states import Reply as Reply
from unnm_desktop.i18n import N_


class ItemKind(Choice):
    """What is expected under an agenda item."""

    INFORMATION = "information", N_("For information")
    DISCUSSION = "discussion", N_("For discussion")
    DECISION = "decision", N_("For decision")


class Capacity(Choice):
    """In what capacity somebody sits in a meeting."""

    FOCAL_POINT = "focal_point", N_("Focal point")
    ALTERNATE = "alternate", N_("Alternate")
    STAND_IN = "stand_in", N_("Stand-in")
    OBSERVER = "observer", N_("Observer")
    GUEST = "guest", N_("Guest")
    GUEST_SPEAKER = "guest_speaker", N_("Guest speaker")
    CHAIR = "chair", N_("Chair")
    SECRETARIAT = "secretariat", N_("Secretariat")


class Presence(Choice):
    """Whether a seat was represented."""

    PRESENT = "present", N_("Present")
    APOLOGIES = "apologies", N_("Apologies")
    ABSENT = "absent", N_("Absent")


GUESTS = (Capacity.OBSERVER, Capacity.GUEST, Capacity.GUEST_SPEAKER)
"""Who is not of the network, and so sits there by invitation only (B-G3)."""


class Meeting(Record):
    """One meeting of a network; everything in it is read as at its date."""

    __tablename__ = "meeting"
    NOUN = N_("Meeting")
    SEARCHED = ("title_en", "title_ar", "reference", "place_en", "place_ar")
    __table_args__ = (
        Index("ix_meeting_network_id_day", "network_id", "day"),
        # As with decisions.
        Index("ix_meeting_network_id_reference", "network_id", "reference", "id"),
    )

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    reference: Mapped[str] = mapped_column(default="")
    kind: Mapped[MeetingKind] = choice(MeetingKind, MeetingKind.REGULAR)
    ordinal: Mapped[int | None] = mapped_column(default=None)
    """"31st regular meeting": set for the first one kept, then counted on."""
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    starts: Mapped[str] = mapped_column(String(5), default="10:00")
    ends: Mapped[str] = mapped_column(String(5), default="12:00")
    place_en: Mapped[str] = mapped_column(default="")
    place_ar: Mapped[str] = mapped_column(default="")
    online: Mapped[str] = mapped_column(default="")
    state: Mapped[MeetingState] = choice(MeetingState, MeetingState.PLANNED)
    reason: Mapped[str] = mapped_column(default="")
    """Why it was postponed or cancelled."""
    representatives_asked: Mapped[bool] = mapped_column(default=False)
    """Country Representatives when requested (K-P)."""
    numbers_frozen: Mapped[bool] = mapped_column(default=False)
    """The agenda has been circulated: its numbers stay."""
    ready_on: Mapped[date | None] = mapped_column(default=None)
    """When the officer marked it ready, with nothing left to do on the readiness list."""
    minute_taker_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """Times of day, their order, and a reason where one is owed."""
        found: dict[str, str] = {}
        for name in ("starts", "ends"):
            hours, _, minutes = getattr(self, name).partition(":")
            if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
                found[name] = N_("Give a time of day, for example 10:00.")
        if not found and self.ends <= self.starts:
            found["ends"] = N_("The end lies before the start.")
        if self.state in (MeetingState.POSTPONED, MeetingState.CANCELLED) and not self.reason.strip():
            found["reason"] = N_("Say why the meeting was postponed or cancelled.")
        return found


class MeetingChair(Record):
    """Who chairs a meeting; a highlighted one needs both its co-chairs named (K-C3)."""

    __tablename__ = "meeting_chair"
    NOUN = N_("Chair of a meeting")

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    position: Mapped[int] = mapped_column(default=0)


class AgendaItem(Record):
    """One item of an agenda; never moved to another meeting, carried over by a link with its reason."""

    __tablename__ = "agenda_item"
    NOUN = N_("Agenda item")
    SEARCHED = ("title_en", "title_ar", "purpose_en", "purpose_ar")

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    number: Mapped[str] = mapped_column(default="")
    """Frozen once the agenda is circulated; before that the position counts."""
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    purpose_en: Mapped[str] = mapped_column(default="")
    purpose_ar: Mapped[str] = mapped_column(default="")
    kind: Mapped[ItemKind] = choice(ItemKind, ItemKind.INFORMATION)
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None] = mapped_column(default=None)
    """Time foreseen, in minutes."""
    objective_id: Mapped[UUID | None] = mapped_column(ForeignKey("objective.id"), default=None)
    closed: Mapped[bool] = mapped_column(default=False)
    """For members only: not in the copy for guests and media (B-G3)."""
    standing: Mapped[str] = mapped_column(default="")
    """adoption, previous_minutes, action_points, other_business, next_meeting: the standing items."""
    carried_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), default=None)
    carried_reason: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """A title."""
        if not self.title_en.strip() and not self.title_ar.strip():
            return {"title_en": N_("Give the agenda item a title.")}
        return {}


class Invitation(Record):
    """An organisation (or a person of it) invited to a meeting; invited, replied and present are three facts."""

    __tablename__ = "invitation"
    NOUN = N_("Invitation")

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    as_speaker: Mapped[bool] = mapped_column(default=False)
    topic_en: Mapped[str] = mapped_column(default="")
    topic_ar: Mapped[str] = mapped_column(default="")
    channel: Mapped[Channel] = choice(Channel, Channel.EMAIL)
    sent_on: Mapped[date | None] = mapped_column(default=None)
    reply: Mapped[Reply] = choice(Reply, Reply.NONE)
    replied_on: Mapped[date | None] = mapped_column(default=None)
    relevance: Mapped[str] = mapped_column(default="")
    agreed_by: Mapped[str] = mapped_column(default="")
    """Where members' agreement to invite a stakeholder is recorded (K-G1)."""


class Attendance(Record):
    """A seat in a meeting: who sat there, in what capacity, for whom, from when to when."""

    __tablename__ = "attendance"
    NOUN = N_("Attendance")

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None, index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    person_name: Mapped[str] = mapped_column(default="")
    """A stand-in or guest who is in no list."""
    capacity: Mapped[Capacity] = choice(Capacity, Capacity.FOCAL_POINT)
    presence: Mapped[Presence] = choice(Presence, Presence.PRESENT)
    for_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    arrived: Mapped[str] = mapped_column(String(5), default="")
    left: Mapped[str] = mapped_column(String(5), default="")
    online: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
