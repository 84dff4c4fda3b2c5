"""Facts that several documents share, read from the workspace as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionResponsible, ActionStatus, NoteKind
from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, Position
from unnm_desktop.db.meetings import Attendance, Capacity, Invitation, Meeting, MeetingChair, MeetingState, Presence
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Organisation
from unnm_desktop.db.people import OfficeKind, Person
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.i18n import ENGLISH, Language
from unnm_desktop.reports.facts import (
    ActionFacts,
    AttendanceFacts,
    Body,
    DecisionFacts,
    Human,
    MeetingFacts,
    NetworkFacts,
    ObjectiveFacts,
    OfficeFacts,
    SeatFacts,
    Text,
    Voice,
)
from unnm_desktop.services import calendar, gathering, meetings, networks, organisations, people, records, standings
from unnm_desktop.services.rules_in_force import IN_FORCE
from unnm_desktop.services.tor_rules import Rules

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_V = TypeVar("_V")
_CATEGORIES = tuple(Category)
_HERE = (Capacity.FOCAL_POINT, Capacity.CHAIR, Capacity.OBSERVER)
_FOR_IT = (Capacity.ALTERNATE, Capacity.STAND_IN)


def text_of(record: object, field: str) -> Text:
    """A field kept in both languages."""
    return Text(getattr(record, f"{field}_en"), getattr(record, f"{field}_ar"))


def body_of(organisation: Organisation) -> Body:
    """An organisation as documents name it."""
    return Body(organisation.short, text_of(organisation, "name"), organisation.kind)


def human_of(person: Person) -> Human:
    """A person as documents name them."""
    return Human(
        text_of(person, "name"),
        text_of(person, "position"),
        tuple(part.strip() for part in person.emails.split(";") if part.strip()),
        tuple(part.strip() for part in person.phones.split(";") if part.strip()),
    )


def network_facts(session: Session, network_id: UUID, on: date) -> NetworkFacts:
    """The network, its rules and its offices on that day."""
    network = records.get(session, Network, network_id)
    facts = NetworkFacts(
        name=text_of(network, "name"),
        country=network.country,
        zone=network.time_zone,
        currency=network.currency,
        on=on,
        sample=network.sample,
        launched=network.launched,
        records_from=network.records_from,
        problem_word=network.problem_word,
        offices=_offices(session, network_id, on),
    )
    if not any(one.state in IN_FORCE for one in networks.versions(session, network_id)):
        # Documents of a network whose terms of reference are still a draft go without its rules.
        return facts
    rules = networks.rules_on(session, network_id, on)
    objectives = networks.objectives_on(session, network_id, on)
    return replace(facts, **_by_the_rules(rules), objectives=tuple(objective_facts(one) for one in objectives))


def _by_the_rules(rules: Rules) -> dict[str, Any]:
    duty = rules.duty("progress_report")
    return {
        "problem_word": rules.problem_word,
        "every_months": rules.every_months,
        "all_members": rules.all_members,
        "report_required": duty is not None,
        "report_to": duty.to if duty else (),
        "report_through": rules.setting("reporting_chair"),
        "highlighted": rules.highlighted is not None,
        "guest_speakers": rules.guest_speakers is not None,
        "alignment": tuple(Text(*pair) for pair in zip_longest(rules.alignment, rules.alignment_ar, fillvalue="")),
    }


def objective_facts(objective: Objective) -> ObjectiveFacts:
    """An objective as documents name it."""
    return ObjectiveFacts(
        objective.number, text_of(objective, "short"), text_of(objective, "text"), "women" in objective.asks
    )


def _offices(session: Session, network_id: UUID, on: date) -> tuple[OfficeFacts, ...]:
    found = [
        OfficeFacts(
            one.office.kind,
            body_of(one.organisation) if one.organisation else None,
            human_of(one.person) if one.person else None,
        )
        for one in people.offices_on(session, network_id, on)
    ]
    kinds = list(OfficeKind)
    return tuple(sorted(found, key=lambda one: (kinds.index(one.kind), one.body.short if one.body else "")))


def seat_facts(session: Session, network_id: UUID, on: date) -> tuple[SeatFacts, ...]:
    """Every seat held on that day with those who speak for it, members first."""
    held = organisations.seats_on(session, network_id, on)
    holders = people.holders_on(session, network_id, on)
    found = []
    for seat in held:
        who = holders.get(seat.membership.id)
        focal_point = who.focal_point if who else None
        found.append(
            SeatFacts(
                body_of(seat.organisation),
                seat.membership.category,
                seat.membership.residency.value,
                human_of(focal_point) if focal_point else None,
                tuple(human_of(one) for one in who.alternates) if who else (),
            )
        )
    return tuple(sorted(found, key=lambda one: (_CATEGORIES.index(one.category), one.body.short, one.body.name.en)))


def meeting_facts(session: Session, sittings: Sequence[Meeting]) -> dict[UUID, MeetingFacts]:
    """These meetings with their chairs, speakers and attendance, each read as at its own day."""
    keys = [one.id for one in sittings]
    attendance = gathering.belonging(session, Attendance, "meeting_id", keys, "capacity", "person_name")
    chairs = gathering.belonging(session, MeetingChair, "meeting_id", keys, "position")
    invitations = gathering.belonging(session, Invitation, "meeting_id", keys, "topic_en", "topic_ar")
    every = [one for group in attendance.values() for one in group]
    chairing = [one for group in chairs.values() for one in group]
    speaking = [one for group in invitations.values() for one in group if one.as_speaker]
    named: list[Attendance | MeetingChair | Invitation] = [*every, *chairing, *speaking]
    bodies = records.by_id(session, Organisation, [one.organisation_id for one in named])
    wanted = [*(one.person_id for one in named), *(one.for_person_id for one in every)]
    humans = records.by_id(session, Person, wanted)
    people_of = {key: human_of(one) for key, one in humans.items()}
    bodies_of = {key: body_of(one) for key, one in bodies.items()}
    found = {}
    for one in sittings:
        seats = organisations.seats_on(session, one.network_id, one.day)
        found[one.id] = replace(
            _plain_meeting(one),
            chairs=tuple((_of(bodies_of, it.organisation_id), _of(people_of, it.person_id)) for it in chairs[one.id]),
            attendance=_attendance(attendance[one.id], seats, bodies_of, people_of),
            speakers=tuple(
                (_of(bodies_of, it.organisation_id), _of(people_of, it.person_id), text_of(it, "topic"))
                for it in invitations[one.id]
                if it.as_speaker
            ),
        )
    return found


def _of(values: Mapping[UUID, _V], key: UUID | None) -> _V | None:
    return values.get(key) if key else None


def _attendance(
    rows: Sequence[Attendance],
    seats: Sequence[organisations.Seat],
    bodies: Mapping[UUID, Body],
    humans: Mapping[UUID, Human],
) -> tuple[AttendanceFacts, ...]:
    category = {seat.organisation.id: seat.membership.category for seat in seats}
    of_body: dict[UUID | None, list[Attendance]] = defaultdict(list)
    for row in rows:
        of_body[row.organisation_id].append(row)
    found = [
        AttendanceFacts(
            body=_of(bodies, row.organisation_id),
            person=_of(humans, row.person_id) or (Human(Text(row.person_name)) if row.person_name else None),
            capacity=row.capacity,
            presence=row.presence,
            category=category.get(row.organisation_id) if row.organisation_id else None,
            for_person=_of(humans, row.for_person_id),
            arrived=row.arrived,
            left=row.left,
            online=row.online,
        )
        for row in rows
    ]
    for seat in seats:
        represented = {row.capacity for row in of_body[seat.organisation.id]} & {*_HERE, *_FOR_IT}
        if not represented:
            mine = body_of(seat.organisation)
            found.append(AttendanceFacts(mine, None, Capacity.FOCAL_POINT, None, seat.membership.category))
    return tuple(sorted(found, key=_attendance_key))


def _attendance_key(one: AttendanceFacts) -> tuple[int, str, int, str]:
    place = _CATEGORIES.index(one.category) if one.category else len(_CATEGORIES)
    called = one.person.name.en or one.person.name.ar if one.person else ""
    return (place, one.body.short if one.body else "", list(Capacity).index(one.capacity), called)


def seat_presence(rows: Iterable[AttendanceFacts]) -> tuple[Presence | None, bool]:
    """Whether a seat was represented in a meeting, by whoever came for it, and whether not by its own focal point."""
    counted = [one for one in rows if one.capacity in (*_HERE, *_FOR_IT)]
    present = [one for one in counted if one.presence is Presence.PRESENT]
    if present:
        return Presence.PRESENT, all(one.capacity in _FOR_IT for one in present)
    for presence in (Presence.APOLOGIES, Presence.ABSENT):
        if any(one.presence is presence for one in counted):
            return presence, False
    return None, False


def decision_facts(
    session: Session, found: Sequence[Decision], network: NetworkFacts, as_at: date
) -> dict[UUID, DecisionFacts]:
    """These decisions as they stand at the end of that day."""
    keys = [one.id for one in found]
    stands = standings.standing(session, keys, calendar.end_of_day(as_at, network.zone))
    positions = gathering.belonging(session, Position, "decision_id", keys)
    sittings = records.by_id(session, Meeting, [one.meeting_id for one in found])
    held = {key: _plain_meeting(one) for key, one in sittings.items()}
    objectives = records.by_id(session, Objective, [one.objective_id for one in found])
    after = records.by_id(session, Decision, [one.superseded_by_id for one in found])
    before = gathering.belonging(session, Decision, "superseded_by_id", keys, "reference")
    actions = gathering.belonging(session, ActionPoint, "decision_id", keys, "reference")
    made = {}
    for one in found:
        now = stands[one.id]
        said = {position.organisation_id: position for position in positions[one.id]}
        objective = _of(objectives, one.objective_id)
        newer = _of(after, one.superseded_by_id)
        acted = one.act_on is None or one.act_on <= as_at
        made[one.id] = DecisionFacts(
            reference=one.reference,
            title=text_of(one, "title"),
            text=text_of(one, "text"),
            decided_on=one.decided_on,
            state=now.state,
            meeting=_of(held, one.meeting_id),
            objective=objective.number if objective else None,
            agreed=_voices(now.agreed, {}),
            reserved=_voices(now.reserved, said),
            silent=_voices(now.silent, {}),
            objecting=_voices(now.objecting, said),
            not_reached=_voices(now.not_heard, {}),
            late=_voices(now.late, said),
            silence_until=now.silence_until,
            act=one.act if acted else DecisionAct.NONE,
            act_on=one.act_on if acted else None,
            act_reason=one.act_reason if acted else "",
            implemented_on=one.implemented_on if one.implemented_on and one.implemented_on <= as_at else None,
            superseded_by=newer.reference if newer and now.state is DecisionState.SUPERSEDED else "",
            supersedes=tuple(it.reference for it in before[one.id]),
            actions=tuple(it.reference for it in actions[one.id]),
        )
    return made


def _voices(bodies: Iterable[Organisation], said: Mapping[UUID, Position]) -> tuple[Voice, ...]:
    found = []
    for one in bodies:
        position = said.get(one.id)
        found.append(Voice(one.short, position.reason, position.would_resolve) if position else Voice(one.short))
    return tuple(sorted(found, key=lambda voice: voice.short))


def _plain_meeting(one: Meeting) -> MeetingFacts:
    return MeetingFacts(
        reference=one.reference,
        kind=one.kind,
        ordinal=one.ordinal,
        title=text_of(one, "title"),
        day=one.day,
        starts=one.starts,
        ends=one.ends,
        place=text_of(one, "place"),
        online=one.online,
        state=one.state,
        reason=one.reason,
        called=Text(meetings.name_of(one, ENGLISH), meetings.name_of(one, Language("ar"))),
    )


def action_facts(session: Session, found: Sequence[ActionPoint], as_at: date) -> dict[UUID, ActionFacts]:
    """These action points as they stood at the end of that day; what was done later was still open then."""
    keys = [one.id for one in found]
    responsible = gathering.belonging(session, ActionResponsible, "action_id", keys)
    notes = gathering.belonging(session, ActionNote, "action_id", keys, "noted_on")
    links = [one for group in responsible.values() for one in group]
    bodies = records.by_id(session, Organisation, [one.organisation_id for one in links])
    humans = records.by_id(session, Person, [one.person_id for one in links])
    sittings = records.by_id(session, Meeting, [one.meeting_id for one in found])
    origins = records.by_id(session, Decision, [one.decision_id for one in found])
    objectives = records.by_id(session, Objective, [one.objective_id for one in found])
    made = {}
    for one in found:
        status = one.status
        if status is ActionStatus.DONE and one.done_on and one.done_on > as_at:
            status = ActionStatus.OPEN
        is_open = status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)
        late = (as_at - one.due).days if is_open and one.due and one.due < as_at else 0
        told = [note for note in notes[one.id] if note.noted_on <= as_at]
        words = [note.text for note in told if note.kind is NoteKind.PROGRESS and note.text]
        meeting = _of(sittings, one.meeting_id)
        decision = _of(origins, one.decision_id)
        objective = _of(objectives, one.objective_id)
        owners = [
            (
                body_of(bodies[link.organisation_id]),
                human_of(humans[link.person_id]) if link.person_id and link.person_id in humans else None,
            )
            for link in responsible[one.id]
        ]
        owners.sort(key=lambda pair: (pair[0].short, pair[1].name.en if pair[1] else ""))
        made[one.id] = ActionFacts(
            reference=one.reference,
            task=text_of(one, "task"),
            responsible=tuple(owners),
            due=one.due,
            status=status,
            given_on=one.given_on or (meeting.day if meeting else None),
            done_on=one.done_on if status is ActionStatus.DONE else None,
            dropped_reason=one.dropped_reason if status is ActionStatus.DROPPED else "",
            evidence=one.evidence,
            origin=decision.reference if decision else meeting.reference if meeting else "",
            objective=objective.number if objective else None,
            days_late=late,
            reminded=sum(note.kind is NoteKind.REMINDER for note in told),
            note=words[-1] if words else "",
        )
    return made


def actions_of(session: Session, network_id: UUID, as_at: date) -> tuple[ActionFacts, ...]:
    """All action points given by that day, as they stood at its end, by reference."""
    found = gathering.of_network(session, ActionPoint, network_id, "reference")
    facts = action_facts(session, found, as_at)
    return tuple(one for one in facts.values() if one.given_on is None or one.given_on <= as_at)


def meetings_of(session: Session, network_id: UUID) -> list[Meeting]:
    """All meetings of a network, oldest first."""
    return gathering.of_network(session, Meeting, network_id, "day", "starts", "reference")


def next_meeting(session: Session, network_id: UUID, after: date) -> MeetingFacts | None:
    """The next meeting after that day that was not cancelled, held since or still to come."""
    for one in meetings_of(session, network_id):
        if one.day > after and one.state is not MeetingState.CANCELLED:
            return _plain_meeting(one)
    return None
