"""What documents tell about meetings, decisions, action points and seats: plain values, free of language and layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from unnm_desktop.db.actions import ActionStatus
from unnm_desktop.db.decisions import DecisionAct, DecisionState
from unnm_desktop.db.meetings import Capacity, MeetingKind, MeetingState, Presence
from unnm_desktop.db.organisations import Category, OrganisationKind
from unnm_desktop.db.people import OfficeKind


@dataclass(frozen=True)
class Text:
    """A text in both languages; either may be empty."""

    en: str = ""
    ar: str = ""

    def __bool__(self) -> bool:
        return bool(self.en.strip() or self.ar.strip())


@dataclass(frozen=True)
class Body:
    """An organisation as a document names it."""

    short: str
    name: Text = Text()
    kind: OrganisationKind = OrganisationKind.OTHER


@dataclass(frozen=True)
class Human:
    """A person as a document names them."""

    name: Text
    position: Text = Text()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeFacts:
    """Who holds an office."""

    kind: OfficeKind
    body: Body | None
    person: Human | None


@dataclass(frozen=True)
class SeatFacts:
    """A seat with those who speak for it."""

    body: Body
    category: Category
    residency: str = ""
    focal_point: Human | None = None
    alternates: tuple[Human, ...] = ()


@dataclass(frozen=True)
class ObjectiveFacts:
    """One objective of the terms of reference in effect."""

    number: int
    short: Text
    text: Text
    women: bool = False
    """Whether it asks for the specific priorities of women."""


@dataclass(frozen=True)
class NetworkFacts:
    """The network on the day of a document."""

    name: Text
    country: str
    zone: str
    currency: str
    on: date
    sample: bool = False
    launched: str = ""
    records_from: date | None = None
    problem_word: str = "challenge"
    every_months: int = 0
    all_members: bool = False
    report_required: bool = False
    report_to: tuple[str, ...] = ()
    report_through: str = ""
    highlighted: bool = False
    guest_speakers: bool = False
    alignment: tuple[Text, ...] = ()
    objectives: tuple[ObjectiveFacts, ...] = ()
    offices: tuple[OfficeFacts, ...] = ()

    def office(self, *kinds: OfficeKind) -> tuple[OfficeFacts, ...]:
        """Who holds offices of these kinds."""
        return tuple(one for one in self.offices if one.kind in kinds)


@dataclass(frozen=True)
class AttendanceFacts:
    """One seat or guest in one meeting."""

    body: Body | None
    person: Human | None
    capacity: Capacity
    presence: Presence | None
    """None: nothing was recorded."""
    category: Category | None = None
    """None: not a seat of the network on that day."""
    for_person: Human | None = None
    arrived: str = ""
    left: str = ""
    online: bool = False


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting."""

    reference: str
    kind: MeetingKind
    ordinal: int | None
    title: Text
    day: date
    starts: str
    ends: str
    place: Text
    online: str
    state: MeetingState
    reason: str = ""
    called: Text = Text()
    """Its kind and number in words, where it has no title of its own."""
    chairs: tuple[tuple[Body | None, Human | None], ...] = ()
    attendance: tuple[AttendanceFacts, ...] = ()
    speakers: tuple[tuple[Body | None, Human | None, Text], ...] = ()
    """Guest speakers with their topic."""


@dataclass(frozen=True)
class Voice:
    """What one member said on a decision."""

    short: str
    reason: str = ""
    would_resolve: str = ""


@dataclass(frozen=True)
class DecisionFacts:
    """One decision as it stood at a moment."""

    reference: str
    title: Text
    text: Text
    decided_on: date
    state: DecisionState
    meeting: MeetingFacts | None = None
    objective: int | None = None
    agreed: tuple[Voice, ...] = ()
    reserved: tuple[Voice, ...] = ()
    silent: tuple[Voice, ...] = ()
    objecting: tuple[Voice, ...] = ()
    not_reached: tuple[Voice, ...] = ()
    late: tuple[Voice, ...] = ()
    silence_until: datetime | None = None
    act: DecisionAct = DecisionAct.NONE
    act_on: date | None = None
    act_reason: str = ""
    implemented_on: date | None = None
    superseded_by: str = ""
    supersedes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActionFacts:
    """One action point as it stood on a day."""

    reference: str
    task: Text
    responsible: tuple[tuple[Body, Human | None], ...]
    due: date | None
    status: ActionStatus
    given_on: date | None = None
    done_on: date | None = None
    dropped_reason: str = ""
    evidence: str = ""
    origin: str = ""
    objective: int | None = None
    days_late: int = 0
    """More than none: overdue."""
    reminded: int = 0
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


@dataclass(frozen=True)
class SeatTally:
    """How often one seat was represented, of the meetings held while it existed."""

    body: Body
    category: Category
    meetings: int
    focal_point: int = 0
    alternate: int = 0
    apologies: int = 0
    absent: int = 0

    @property
    def came(self) -> int:
        """The meetings where the seat was represented."""
        return self.focal_point + self.alternate


@dataclass(frozen=True)
class Minuted:
    """The words under one agenda item, and the keys of what was decided and promised there."""

    number: str
    title: Text
    closed: bool
    text: Text
    decisions: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What the texts of minutes refer to, by the key that stands in them, and which keys stand somewhere."""

    decisions: Mapping[str, DecisionFacts] = field(default_factory=dict)
    actions: Mapping[str, ActionFacts] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()
