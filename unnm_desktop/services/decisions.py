"""Decisions by full consensus: proposed, put to the members, heard, adopted or not; voices are never counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, DecisionSubject, Position, Stance
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import calendar, issued, networks, numbering, organisations, records
from unnm_desktop.services.decision_register import DECISIONS as DECISIONS
from unnm_desktop.services.standings import IN_FORCE as IN_FORCE
from unnm_desktop.services.standings import Standing as Standing
from unnm_desktop.services.standings import standing as standing

LONGER_SILENCE = (DecisionSubject.WORKPLAN, DecisionSubject.TOR, DecisionSubject.REPORT)


def propose(session: Session, network_id: UUID, on: date, **values: Any) -> Decision:
    """Write a decision down; it is a draft until it has a text and is put to the members."""
    network = records.get(session, Network, network_id)
    reference = numbering.next_reference(session, network, "D", on.year)
    rule = networks.rules_on(session, network_id, on).all_members
    return records.create(
        session, Decision, network_id=network_id, reference=reference, decided_on=on, all_members=rule, **values
    )


def change_text(session: Session, decision_id: UUID, **texts: str) -> Decision:
    """Change the wording (``text_en``, ``text_ar``) while the members have not been asked about it.

    Raises:
        UserError: it has been put to the members.

    """
    decision = records.get(session, Decision, decision_id)
    if decision.pending_on is not None and any(getattr(decision, name) != text for name, text in texts.items()):
        raise UserError(
            N_("The members were asked about this wording, so it stays. Withdraw the decision and propose a new text.")
        )
    return records.update(session, Decision, decision_id, **texts)


def put_to_members(session: Session, decision_id: UUID, on: date) -> list[Position]:
    """Ask every member of that day: the snapshot of who is heard, which later changes of members do not touch.

    Raises:
        UserError: it has no text, or there is no member to ask.

    """
    decision = records.get(session, Decision, decision_id)
    if decision.pending_on is not None:
        return positions(session, decision_id)
    if not decision.has_text:
        raise UserError(N_("The decision has no text yet. Write what is to be decided, then put it to the members."))
    members = organisations.consensus_set(session, decision.network_id, on)
    if not members:
        raise UserError(N_("The network had no members that day. Add the members and the dates of their seats first."))
    rule = networks.rules_on(session, decision.network_id, on).all_members
    records.update(session, Decision, decision_id, decided_on=on, pending_on=on, all_members=rule)
    keys = {link_id("position", decision_id, member.id): member.id for member in members}
    # Those of an earlier time, taken back since, are brought back; all others are made at once.
    known = session.scalars(select(Position.id).where(Position.decision_id == decision_id)).all()
    for key in known:
        if key in keys:
            records.restore(session, Position, key)
    made = [
        {"id": key, "decision_id": decision_id, "organisation_id": member}
        for key, member in keys.items()
        if key not in known
    ]
    records.create_many(session, Position, made)
    return positions(session, decision_id)


def positions(session: Session, decision_id: UUID) -> list[Position]:
    """What each member says, in order of making; late ones too."""
    return records.all_of(session, Position, Position.decision_id == decision_id)


def take_position(
    session: Session,
    decision_id: UUID,
    organisation_id: UUID,
    stance: Stance,
    at: datetime,
    *,
    reason: str = "",
    would_resolve: str = "",
) -> Position:
    """Note what a member says at a moment; after adoption or the end of silence it is late and undoes nothing.

    Raises:
        Invalid: an objection or a reservation without its reason.
        UserError: the decision is a draft, or the organisation is not among those who are heard.

    """
    decision = records.get(session, Decision, decision_id)
    mine = records.first_of(
        session,
        Position,
        Position.decision_id == decision_id,
        Position.organisation_id == organisation_id,
        Position.late.is_(False),
    )
    if decision.pending_on is None:
        raise UserError(N_("This decision is still a draft. Put it to the members first, then note what they say."))
    if mine is None:
        name = records.get(session, Organisation, organisation_id).short
        raise UserError(
            N_("{organisation} was not a member when this was put to the members, so it has no position on it."),
            organisation=name,
        )
    _refuse_put_aside(decision)
    now = standing(session, [decision_id], at)[decision_id]
    return _take(session, mine, now, at, {"stance": stance, "reason": reason, "would_resolve": would_resolve})


def _take(session: Session, mine: Position, now: Standing, at: datetime, said: dict[str, Any]) -> Position:
    stance: Stance = said["stance"]
    on = at.astimezone(ZoneInfo(now.zone)).date()
    said = {**said, "said_on": on}
    if _is_late(now, mine, stance, on):
        heard = {"decision_id": mine.decision_id, "organisation_id": mine.organisation_id}
        return records.create(session, Position, late=True, **heard, **said)
    if stance is Stance.NOT_REACHED:
        said["said_on"] = None
    if mine.stance is Stance.OBJECTS and stance is not Stance.OBJECTS:
        said["objected_until"] = on
    taken = records.update(session, Position, mine.id, **said)
    if stance is Stance.OBJECTS and now.silence_running:
        records.update(session, Decision, mine.decision_id, silence_broken_at=at)
    return taken


def _is_late(now: Standing, mine: Position, stance: Stance, on: date) -> bool:
    if now.adopted_on is None:
        return False
    if now.by_silence:
        return True
    # Said on the very day of adoption, it belongs to the same meeting: a slip of the pen is corrected, not flagged.
    heard_later = mine.stance is Stance.NOT_REACHED and stance is not Stance.OBJECTS
    return on > now.adopted_on and not heard_later


def hear(session: Session, decision_id: UUID, organisation_ids: Sequence[UUID], at: datetime) -> list[Position]:
    """Note that these members agree, such as all who sat in the meeting; whoever has spoken already is left as said."""
    _refuse_put_aside(records.get(session, Decision, decision_id))
    waiting = {
        position.organisation_id: position
        for position in positions(session, decision_id)
        if position.stance is Stance.NOT_REACHED and not position.late
    }
    now = standing(session, [decision_id], at)[decision_id]
    agrees = {"stance": Stance.AGREES, "reason": "", "would_resolve": ""}
    # All of them speak at the same moment: none is late because another made it adopted.
    return [_take(session, waiting[key], now, at, agrees) for key in dict.fromkeys(organisation_ids) if key in waiting]


def _refuse_put_aside(decision: Decision) -> None:
    if decision.act in (DecisionAct.DEFERRED, DecisionAct.WITHDRAWN):
        raise UserError(N_("This decision was deferred or withdrawn. Take it up again first, then note what they say."))


def silence_end(session: Session, decision_id: UUID, at: datetime) -> datetime:
    """When a silence procedure that starts at that moment would end; shown before it is started."""
    decision = records.get(session, Decision, decision_id)
    settings = networks.rules_on(session, decision.network_id, decision.decided_on).settings
    longer = decision.subject in LONGER_SILENCE
    days = settings.silence_working_days_documents if longer else settings.silence_working_days
    days_off = networks.calendar_of(session, decision.network_id)
    return calendar.silence_end(
        at, days, days_off.zone, days_off.weekend, days_off.holidays, max(72, settings.silence_hours)
    )


def start_silence(session: Session, decision_id: UUID, at: datetime) -> Decision:
    """Start a silence procedure with its dispatch.

    It ends at the same hour on the third working day, on the fifth for documents, and never under 72 hours.

    Raises:
        UserError: the decision is not pending, or silence runs already.

    """
    decision = records.get(session, Decision, decision_id)
    now = standing(session, [decision_id], at)[decision_id]
    if now.silence_running:
        raise UserError(N_("The silence procedure of this decision is running already."))
    if now.state is not DecisionState.PENDING:
        raise UserError(N_("Only a pending decision goes under silence. Put it to the members first."))
    until = silence_end(session, decision_id, at)
    for member in now.not_heard:
        issued.record_dispatch(
            session,
            decision.network_id,
            DispatchKind.SILENCE,
            member.short,
            at,
            channel=member.channel,
            organisation_id=member.id,
            meeting_id=decision.meeting_id,
            decision_id=decision_id,
        )
    return records.update(
        session,
        Decision,
        decision_id,
        silence_from=at,
        silence_until=until,
        silence_extension="",
        silence_broken_at=None,
    )


def extend_silence(session: Session, decision_id: UUID, until: datetime, reason: str, at: datetime) -> Decision:
    """Give the members longer, with the reason.

    Raises:
        Invalid: no reason, or an end that is not later.
        UserError: no silence runs.

    """
    decision = records.get(session, Decision, decision_id)
    if not standing(session, [decision_id], at)[decision_id].silence_running or decision.silence_until is None:
        raise UserError(N_("No silence procedure is running for this decision, so there is nothing to extend."))
    if not reason.strip():
        raise Invalid({"silence_extension": N_("Say why the silence procedure is extended.")})
    if until <= decision.silence_until:
        raise Invalid({"silence_until": N_("The new end lies before the one that was announced.")})
    return records.update(session, Decision, decision_id, silence_until=until, silence_extension=reason)


def act(session: Session, decision_id: UUID, what: DecisionAct, on: date, reason: str = "") -> Decision:
    """Defer, withdraw or escalate a decision that is not adopted; NONE takes it up again.

    Raises:
        Invalid: no reason is given.
        UserError: it is adopted.

    """
    decision = records.get(session, Decision, decision_id)
    if _adopted(session, decision_id, on):
        raise UserError(N_("This decision is adopted. Propose a new one that supersedes it."))
    if what is DecisionAct.NONE:
        return records.update(session, Decision, decision_id, act=what, act_on=None, act_reason=reason)
    if not reason.strip():
        raise Invalid({"act_reason": N_("Give the reason; it stands in the register.")})
    broken = decision.silence_broken_at
    if decision.silence_until is not None and broken is None:
        # Silence does not run on behind a deferral: taken up again, the decision is put under a new one.
        broken = _end_of(session, decision, on)
    return records.update(
        session, Decision, decision_id, act=what, act_on=on, act_reason=reason, silence_broken_at=broken
    )


def implement(session: Session, decision_id: UUID, on: date) -> Decision:
    """Note that an adopted decision has been carried out.

    Raises:
        UserError: it is not adopted.

    """
    if not _adopted(session, decision_id, on):
        raise UserError(N_("Only an adopted decision can be implemented. Note the members' positions first."))
    return records.update(session, Decision, decision_id, implemented_on=on)


def supersede(session: Session, decision_id: UUID, newer_id: UUID, on: date) -> Decision:
    """Note that a newer decision takes the place of an adopted one.

    Raises:
        UserError: it is not adopted, or the newer one is itself, of another network or superseded by it.

    """
    decision, newer = records.get(session, Decision, decision_id), records.get(session, Decision, newer_id)
    if newer.network_id != decision.network_id or _leads_to(session, newer, decision_id):
        raise UserError(N_("Choose another decision of this network; this one would supersede itself."))
    if not _adopted(session, decision_id, on):
        raise UserError(N_("Only an adopted decision can be superseded. Withdraw this one instead."))
    return records.update(session, Decision, decision_id, superseded_by_id=newer_id)


def _leads_to(session: Session, start: Decision, target: UUID) -> bool:
    seen: set[UUID] = set()
    step: Decision | None = start
    while step is not None and step.id not in seen:
        if step.id == target:
            return True
        seen.add(step.id)
        step = session.get(Decision, step.superseded_by_id) if step.superseded_by_id else None
    return False


def _adopted(session: Session, decision_id: UUID, on: date) -> bool:
    at = _end_of(session, records.get(session, Decision, decision_id), on)
    return standing(session, [decision_id], at)[decision_id].state in IN_FORCE


def _end_of(session: Session, decision: Decision, on: date) -> datetime:
    return calendar.end_of_day(on, records.get(session, Network, decision.network_id).time_zone)
