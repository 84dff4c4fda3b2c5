"""Judges of the duties about meetings, chairs, seats and consensus."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision, DecisionState, DecisionSubject
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.people import AppointmentRole, Office, OfficeKind
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import terms
from unnm_desktop.services.calendar import add_months
from unnm_desktop.services.duty_facts import Facts
from unnm_desktop.services.duty_status import Evidence, Judgement, by_deadline, evidence, filled, vacant_since
from unnm_desktop.services.says import Counted, Moment, Names, Said, Year
from unnm_desktop.services.standings import Standing
from unnm_desktop.services.units import DAYS, MONTHS

SOON = 7
LONGEST_PENDING = 30
_IN_FORCE = (DecisionState.ADOPTED, DecisionState.IMPLEMENTED)


def meeting_cadence(facts: Facts) -> Judgement:
    """A regular or highlighted meeting every so many months, counted from the last one held."""
    frame, last = facts.frame, facts.last_held
    since, months = frame.since("meeting_cadence"), frame.rules.every_months
    skips = [
        decision
        for decision, standing in facts.decisions
        if decision.subject is DecisionSubject.SKIP_MEETING
        and standing.state in _IN_FORCE
        # A decision that came before the last meeting moved that one, not the next.
        and (last is None or decision.decided_on >= last.day)
    ]
    if last is None and since is None:
        return Judgement("due", Said(N_("No meeting is on record. Enter the day from which records are kept.")))
    start = last.day if last else since or date.max
    periods = 1 + len(skips)
    due = add_months(start, months * periods)
    if since is not None and due < since:
        # What fell due before records were kept is not judged; the rhythm starts with them.
        due = add_months(since, months * periods)
    shown = [*([_meeting(last)] if last else []), *(_decision(one) for one in skips)]
    state = "met" if (due - frame.on).days > SOON else by_deadline(frame.on, due)
    values: dict[str, object] = {"due": Day(due), "last": Day(start)}
    if last is None:
        late, coming = (
            N_("No regular meeting is on record; the first one was due by {due}."),
            N_("No regular meeting is on record; the first one is due by {due}."),
        )
    else:
        late, coming = (
            N_("The last regular meeting was on {last}; the next one was due by {due}."),
            N_("The last regular meeting was on {last}; the next one is due by {due}."),
        )
    return Judgement(state, Said(late if state == "late" else coming, values), due, tuple(shown))


def highlighted_meetings(facts: Facts) -> Judgement:
    """As many highlighted meetings a year as the network has set itself; the text gives no frequency."""
    target = facts.frame.rules.settings.highlighted_per_year
    values: dict[str, object] = {
        "year": Year(facts.frame.on.year),
        "n": len(facts.highlighted),
        "target": target,
        "missing": target - len(facts.highlighted),
    }
    shown = tuple(_meeting(one) for one in facts.highlighted)
    if len(facts.highlighted) >= target:
        says = N_(
            "Highlighted meetings held or planned in {year}: {n}. "
            "The ToR gives no date; the network's own setting is {target} a year."
        )
        return Judgement("met", Said(says, values), evidence=shown)
    says = N_(
        "Highlighted meetings held or planned in {year}: {n}; to plan: {missing}. "
        "The ToR gives no date; the network's own setting is {target} a year."
    )
    return Judgement("due", Said(says, values), evidence=shown)


def guest_speakers(facts: Facts) -> Judgement:
    """A guest speaker from time to time."""
    months, last = facts.frame.rules.settings.guest_speaker_months, facts.speaker_meeting
    if last is None:
        says = N_(
            "No guest speaker is on record. Invite one. "
            "The ToR gives no date; the network's own setting is one in {months}."
        )
        return Judgement("due", Said(says, {"months": Counted(months, MONTHS)}))
    until = add_months(last.day, months)
    values: dict[str, object] = {"months": Counted(months, MONTHS), "last": Day(last.day)}
    if until >= facts.frame.on:
        says = N_(
            "A guest speaker was heard on {last}. The ToR gives no date; the network's own setting is one in {months}."
        )
        return Judgement("met", Said(says, values), until, (_meeting(last),))
    says = N_(
        "The last guest speaker was heard on {last}. Invite another. "
        "The ToR gives no date; the network's own setting is one in {months}."
    )
    return Judgement("due", Said(says, values), evidence=(_meeting(last),))


class _Gap(Frozen):
    """An office or a seat that nobody fills."""

    name: object
    record: Record | None
    text: str
    since: date | None


def chairs(facts: Facts) -> Judgement:
    """Each office that the text names is held by an organisation with a person."""
    frame = facts.frame
    floor, gaps = frame.since("chairs"), []
    for kind, needed in _required_offices(facts).items():
        of_kind = [one for one in facts.offices if one.kind is kind]
        held = [
            (one.organisation_id, terms.begin_of(one.start, frame.launched), terms.end_of(one.end))
            for one in of_kind
            if one.organisation_id is not None and one.person_id is not None
        ]
        if filled(held, frame.on) < needed:
            record = next((one for one in of_kind if one.person_id is None), None)
            gaps.append(
                _Gap(Said(kind.label), record, _holder(facts, record), vacant_since(held, frame.on, floor, needed))
            )
    if not gaps:
        ranks = list(OfficeKind)
        held_now = [one for one in facts.offices if terms.holds(one.start, one.end, frame.on, frame.launched)]
        held_now.sort(key=lambda one: (ranks.index(one.kind), _holder(facts, one)))
        shown = tuple(evidence(one, _holder(facts, one), one.kind.label) for one in held_now)
        return Judgement("met", Said(N_("Every office is held by an organisation with a person.")), evidence=shown)
    return _vacancies(facts, gaps, _OFFICES)


def _required_offices(facts: Facts) -> dict[OfficeKind, int]:
    rules = facts.frame.rules
    leading = OfficeKind.CHAIR if rules.chairs.model == "chair" else OfficeKind.CO_CHAIR
    required = {leading: len(rules.chairs.holders)}
    if rules.chairs.coordinator:
        required[OfficeKind.COORDINATOR] = 1
    if rules.chairs.secretariat:
        required[OfficeKind.SECRETARIAT] = 1
    report = rules.duties.progress_report
    for kind in OfficeKind:
        if report is not None and report.through == kind.value:
            required.setdefault(kind, 1)
    return required


def focal_points(facts: Facts) -> Judgement:
    """Each member seat has a focal point."""
    gaps = _seats_without(facts, "focal_points", AppointmentRole.FOCAL_POINT, 1)
    if not gaps:
        return Judgement("met", Said(N_("Every member has a focal point.")), evidence=_seats(facts))
    return _vacancies(facts, gaps, _FOCAL_POINTS)


def alternates(facts: Facts) -> Judgement:
    """Each member seat has its alternates."""
    gaps = _seats_without(facts, "alternates", AppointmentRole.ALTERNATE, facts.frame.rules.alternates)
    if not gaps:
        return Judgement("met", Said(N_("Every member has an alternate.")), evidence=_seats(facts))
    return _vacancies(facts, gaps, _ALTERNATES)


def _seats_without(facts: Facts, duty: str, role: AppointmentRole, needed: int) -> list[_Gap]:
    frame, gaps = facts.frame, []
    judged_from = frame.since(duty)
    for seat in facts.seats:
        held = [
            (one.person_id, terms.begin_of(one.start, frame.launched), terms.end_of(one.end))
            for one in facts.appointments.get(seat.membership.id, ())
            if one.role is role
        ]
        if filled(held, frame.on) < needed:
            seated = terms.begin_of(seat.membership.start, frame.launched)
            known = [day for day in (judged_from, seated if seated > date.min else None) if day is not None]
            since = vacant_since(held, frame.on, max(known, default=None), needed)
            gaps.append(_Gap(seat.organisation, seat.membership, seat.organisation.short, since))
    return gaps


class _Sentences(Frozen):
    due: str
    late: str
    several_due: str
    several_late: str
    unknown: str


_OFFICES = _Sentences(
    N_(
        "{who}: no organisation with a person, counted from {since}; name one by {due}. "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no organisation with a person, counted from {since}; it was to be filled by {due}. "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no organisation with a person, counted from {since}; name one by {due}. "
        "Further offices: {n} ({others}). "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no organisation with a person, counted from {since}; it was to be filled by {due}. "
        "Further offices late: {n} ({others}). "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_("{who}: no organisation with a person. Enter since when, and name one."),
)
_FOCAL_POINTS = _Sentences(
    N_(
        "{who}: no focal point, counted from {since}; name one by {due}. "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no focal point, counted from {since}; one was to be named by {due}. "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no focal point, counted from {since}; name one by {due}. "
        "Further members: {n} ({others}). "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no focal point, counted from {since}; one was to be named by {due}. "
        "Further members late: {n} ({others}). "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_("{who}: no focal point. Enter since when it has its seat, and name one."),
)
_ALTERNATES = _Sentences(
    N_(
        "{who}: no alternate, counted from {since}; name one by {due}. "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no alternate, counted from {since}; one was to be named by {due}. "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no alternate, counted from {since}; name one by {due}. "
        "Further members: {n} ({others}). "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_(
        "{who}: no alternate, counted from {since}; one was to be named by {due}. "
        "Further members late: {n} ({others}). "
        "The ToR gives no date; the network's own setting is {days}."
    ),
    N_("{who}: no alternate. Enter since when it has its seat, and name one."),
)


def _vacancies(facts: Facts, gaps: list[_Gap], says: _Sentences) -> Judgement:
    """Of several gaps the sentence gives the oldest, and counts and names the others of the same state."""
    on, days = facts.frame.on, facts.frame.rules.settings.vacancy_days
    dated = sorted(
        ((gap.since, place, gap) for place, gap in enumerate(gaps) if gap.since is not None),
        key=lambda one: one[:2],
    )
    shown = tuple(evidence(gap.record, gap.text) for gap in gaps if gap.record is not None)
    if not dated:
        return Judgement("due", Said(says.unknown, {"who": Names(tuple(gap.name for gap in gaps))}), evidence=shown)
    since, _, first = dated[0]
    deadline = since + timedelta(days=days)
    state = by_deadline(on, deadline)
    late = state == "late"
    others = [gap for begun, _, gap in dated[1:] if not late or on > begun + timedelta(days=days)]
    values: dict[str, object] = {
        "who": Names((first.name,)),
        "since": Day(since),
        "due": Day(deadline),
        "days": Counted(days, DAYS),
        "n": len(others),
        "others": Names(tuple(gap.name for gap in others)),
    }
    one, several = (says.late, says.several_late) if late else (says.due, says.several_due)
    text = several if others else one
    return Judgement(state, Said(text, values), deadline, shown)


def consensus(facts: Facts) -> Judgement:
    """No decision waits longer than it should."""
    frame = facts.frame
    pending = [(one, standing) for one, standing in facts.decisions if standing.state is DecisionState.PENDING]
    if not pending:
        return Judgement("met", Said(N_("No decision is pending.")))
    shown = tuple(_decision(one) for one, _ in pending)
    waiting = [(_limit(facts, one), one) for one, standing in pending if not standing.silence_running]
    late = [(limit, one) for limit, one in waiting if frame.on > limit]
    if late:
        limit, oldest = min(late, key=lambda one: (one[0], one[1].id))
        values: dict[str, object] = {
            "reference": oldest.reference,
            "since": Day(oldest.pending_on or oldest.decided_on),
            "n": len(late) - 1,
        }
        alone = N_(
            "{reference} is pending since {since} and no silence procedure runs. Hear the members, or start one."
        )
        several = N_(
            "{reference} is pending since {since} and no silence procedure runs. Hear the members, or start one. "
            "Further decisions late: {n}."
        )
        return Judgement("late", Said(several if len(late) > 1 else alone, values), limit, shown)
    running = [(one, standing) for one, standing in pending if standing.silence_running]
    if running:
        return _silence(running, shown)
    limit, oldest = min(waiting, key=lambda one: (one[0], one[1].id))
    values = {"reference": oldest.reference, "since": Day(oldest.pending_on or oldest.decided_on), "n": len(waiting)}
    alone = N_("{reference} is pending since {since}: not every member is heard yet.")
    several = N_("Decisions pending: {n}. The oldest is {reference}, since {since}: not every member is heard yet.")
    return Judgement("due", Said(several if len(waiting) > 1 else alone, values), limit, shown)


def _silence(running: list[tuple[Decision, Standing]], shown: tuple[Evidence, ...]) -> Judgement:
    ends = [
        (standing.silence_until, one, standing.zone) for one, standing in running if standing.silence_until is not None
    ]
    until, first, zone = min(ends, key=lambda one: (one[0], one[1].id))
    values: dict[str, object] = {"reference": first.reference, "until": Moment(until, zone), "n": len(ends)}
    alone = N_("{reference} is under a silence procedure until {until}.")
    several = N_("Silence procedures running: {n}. The first to end is that of {reference}: {until}.")
    due = until.astimezone(ZoneInfo(zone)).date()
    return Judgement("due", Said(several if len(ends) > 1 else alone, values), due, shown)


def _limit(facts: Facts, decision: Decision) -> date:
    begun = decision.pending_on or decision.decided_on
    return max(begun, facts.frame.since("consensus") or begun) + timedelta(days=LONGEST_PENDING)


def _meeting(meeting: Meeting) -> Evidence:
    return evidence(meeting, meeting.reference or meeting.day.isoformat())


def _decision(decision: Decision) -> Evidence:
    return evidence(decision, decision.reference or decision.decided_on.isoformat())


def _seats(facts: Facts) -> tuple[Evidence, ...]:
    return tuple(evidence(seat.membership, seat.organisation.short) for seat in facts.seats)


def _holder(facts: Facts, office: Office | None) -> str:
    body = facts.names.get(office.organisation_id) if office is not None and office.organisation_id else None
    return body.short if body is not None else ""
