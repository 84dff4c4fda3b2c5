"""Whether a meeting is ready: a computed list, and the refusal to mark it ready before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop import db
from unnm_desktop.db.states import HELD_STATES, MeetingKind, OrganisationKind, Reply
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import records
from unnm_desktop.services.rules_in_force import rules_read
from unnm_desktop.services.says import Names, Said
from unnm_desktop.services.seen import SeenGuest, SeenMeeting, guests_of
from unnm_desktop.services.tor_rules import Rules
from unnm_desktop.services.written_ahead import written_ahead

if TYPE_CHECKING:
    from unnm_desktop.db.meetings import Meeting

_facts, _attending = written_ahead("preparations"), written_ahead("attending")


class Check(Frozen):
    """One line of the readiness list.

    Args:
        name: chairs, agenda, invitations, previous_minutes, guests, agreement or representatives.
        ok: whether nothing is left to do.
        says: the line (a msgid) with its values.
        values: the values.

    """

    name: str
    ok: bool
    says: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def said(self) -> Said:
        """The line as a sentence for any reader."""
        return Said(self.says, self.values)


def readiness(session: Session, meeting_id: UUID, on: date) -> tuple[Check, ...]:
    """What is done and what is left before a meeting, judged for that day."""
    return checks(session, records.get(session, db.Meeting, meeting_id), guests_of(session, meeting_id), on)


def checks(session: Session, meeting: Meeting | SeenMeeting, guests: list[SeenGuest], on: date) -> tuple[Check, ...]:
    """The same of a meeting and its invitations that were read already."""
    rules, _ = rules_read(session, meeting.network_id, meeting.day)
    return tuple(_checks(session, meeting, rules, guests, on))


def is_ready(session: Session, meeting_id: UUID, on: date) -> bool:
    """Whether nothing is left to do."""
    return all(check.ok for check in readiness(session, meeting_id, on))


def make_ready(session: Session, meeting_id: UUID, on: date) -> Meeting:
    """Mark a meeting as ready.

    Raises:
        UserError: something is left to do; the first thing is said.

    """
    for check in readiness(session, meeting_id, on):
        if not check.ok:
            raise UserError(N_("The meeting is not ready. {missing}"), missing=check.said)
    meeting: Meeting = records.update(session, db.Meeting, meeting_id, ready_on=on)
    return meeting


def missing_chairs(session: Session, meeting: Meeting | SeenMeeting, rules: Rules | None = None) -> list[str]:
    """The co-chairs of the rules that a highlighted meeting does not name yet (K-C3); none for other meetings."""
    rules = rules or rules_read(session, meeting.network_id, meeting.day)[0]
    if meeting.kind is not MeetingKind.HIGHLIGHTED or rules.highlighted is None:
        return []
    from unnm_desktop.services import organisations  # most meetings are of another kind

    country = records.get(session, db.Network, meeting.network_id).country
    named = {
        chair.organisation_id
        for chair in records.all_of(session, db.MeetingChair, db.MeetingChair.meeting_id == meeting.id)
    }
    missing = []
    for name in rules.highlighted.co_chairs:
        organisation = organisations.find(session, name, country)
        if organisation is None or organisation.id not in named:
            missing.append(name)
    return missing


def _checks(
    session: Session, meeting: Meeting | SeenMeeting, rules: Rules, guests: list[SeenGuest], on: date
) -> Iterator[Check]:
    ((*told,),) = _facts().rows(session, meeting=meeting.id, network=meeting.network_id, day=meeting.day)
    facts = _Facts(*told)
    yield _chairs(session, meeting, rules, facts)
    says = N_("Items on the agenda: {n}.") if facts.items else N_("The agenda is empty. Add its items.")
    yield Check("agenda", bool(facts.items), says, {"n": facts.items} if facts.items else {})
    yield _invitations(guests)
    yield _previous(facts)
    yield _guests(session, meeting, guests)
    yield _agreement(session, meeting, rules, guests)
    if rules.members.levels_on_request:
        asked = meeting.representatives_asked
        yield Check(
            "representatives",
            ok=True,
            says=N_("Country Representatives are asked to attend.")
            if asked
            else N_("Country Representatives are not asked to attend."),
        )
    if meeting.day < on and meeting.state not in HELD_STATES:
        yield Check("day", ok=False, says=N_("The day of the meeting has passed. Mark it as held, or postpone it."))


class _Facts(NamedTuple):
    """What the workspace tells of the preparations.

    Args:
        chaired: whether somebody is named who chairs.
        items: how many items the agenda has.
        previous: the reference of the last meeting held before, if any; ``circulated``: whether its minutes went out.

    """

    chaired: bool
    items: int
    previous: str | None
    circulated: bool


def _chairs(session: Session, meeting: Meeting | SeenMeeting, rules: Rules, facts: _Facts) -> Check:
    if meeting.kind is MeetingKind.HIGHLIGHTED and rules.highlighted is not None:
        missing = missing_chairs(session, meeting, rules)
        if missing:
            says = N_("Name both Co-Chairs of the highlighted meeting. Missing: {names}.")
            return Check("chairs", ok=False, says=says, values={"names": Names(tuple(missing))})
        return Check("chairs", ok=True, says=N_("Both Co-Chairs are named."))
    if facts.chaired:
        return Check("chairs", ok=True, says=N_("The chair is named."))
    from unnm_desktop.db.people import OfficeKind  # mostly the meeting names its chair
    from unnm_desktop.services import people

    offices = people.offices_on(session, meeting.network_id, meeting.day)
    if any(found.office.kind in (OfficeKind.CHAIR, OfficeKind.CO_CHAIR) for found in offices):
        return Check("chairs", ok=True, says=N_("The chair is named."))
    return Check("chairs", ok=False, says=N_("Name who chairs the meeting."))


def _invitations(guests: list[SeenGuest]) -> Check:
    if not guests:
        return Check("invitations", ok=False, says=N_("Nobody is invited yet. Invite the members."))
    sent = sum(1 for one in guests if one.sent_on is not None)
    replied = sum(1 for one in guests if one.reply is not Reply.NONE)
    values = {"sent": sent, "replied": replied, "invited": len(guests)}
    if sent < len(guests):
        return Check("invitations", ok=False, says=N_("Invitations sent: {sent} of {invited}."), values=values)
    return Check("invitations", ok=True, says=N_("Invitations sent. Replies: {replied} of {invited}."), values=values)


def _previous(facts: _Facts) -> Check:
    name, values = "previous_minutes", {"meeting": facts.previous}
    if facts.previous is None:
        return Check(name, ok=True, says=N_("There are no earlier minutes to circulate."))
    if facts.circulated:
        return Check(name, ok=True, says=N_("The minutes of {meeting} are circulated."), values=values)
    return Check(name, ok=False, says=N_("Circulate the minutes of {meeting}."), values=values)


def _guests(session: Session, meeting: Meeting | SeenMeeting, guests: list[SeenGuest]) -> Check:
    asked = {one.organisation.id for one in guests}
    attending = {key for (key,) in _attending().rows(session, meeting=meeting.id)}
    if attending - asked:
        uninvited = records.by_id(session, db.Organisation, attending - asked)
        return Check(
            "guests",
            ok=False,
            says=N_("Guests and media sit in by invitation only. Record an invitation for {names}."),
            values={"names": Names(tuple(uninvited.values()))},
        )
    return Check("guests", ok=True, says=N_("Every guest has an invitation."))


def _agreement(session: Session, meeting: Meeting | SeenMeeting, rules: Rules, guests: list[SeenGuest]) -> Check:
    asked = [
        one.organisation
        for one in guests
        # The United Nations are no stakeholder from outside: the clause speaks of those who would be added or invited.
        if one.organisation.kind is not OrganisationKind.UN_ENTITY
        and not one.organisation.holds_no_seat
        and rules.invitation_needs(str(one.organisation.kind)) == "members_agree"
        and not one.agreed_by.strip()
    ]
    seated = _seated(session, meeting) if asked else set()
    open_to = {body.id: body for body in asked if body.id not in seated}
    if open_to:
        return Check(
            "agreement",
            ok=False,
            says=N_("Record where the members agreed to invite {names}."),
            values={"names": Names(tuple(open_to.values()))},
        )
    return Check("agreement", ok=True, says=N_("No agreement of the members is missing."))


def _seated(session: Session, meeting: Meeting | SeenMeeting) -> set[UUID]:
    from unnm_desktop.services import organisations  # mostly nobody is asked who may not be

    return {seat.organisation.id for seat in organisations.seats_on(session, meeting.network_id, meeting.day)}
