"""What a decision's state is on a day: computed from the positions of the snapshot and the silence (rules.md, 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, Position, Stance
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.frozen import Frozen
from unnm_desktop.services import records
from unnm_desktop.services.gathering import belonging

_ACTS = {
    DecisionAct.DEFERRED: DecisionState.DEFERRED,
    DecisionAct.WITHDRAWN: DecisionState.WITHDRAWN,
    DecisionAct.ESCALATED: DecisionState.ESCALATED,
}
IN_FORCE = (DecisionState.ADOPTED, DecisionState.IMPLEMENTED, DecisionState.SUPERSEDED)


class Standing(Frozen):
    """Where a decision stands at a moment.

    Args:
        state: the computed state.
        not_heard: members of the snapshot who have not been heard (those covered by silence are heard).
        objecting: members who object, in time.
        reserved: members who agree with a reservation.
        agreed: members who agree.
        silent: members whose silence counts as no objection.
        silence_until: the end of the silence procedure that runs or has run out; None without one.
        silence_running: whether it runs at that moment.
        late: members who objected after adoption or after the silence had ended; that undoes nothing.
        adopted_on: the day it was adopted, where it was.
        zone: the network's zone, in which the end of silence is told.

    """

    state: DecisionState
    not_heard: tuple[Organisation, ...] = ()
    objecting: tuple[Organisation, ...] = ()
    reserved: tuple[Organisation, ...] = ()
    agreed: tuple[Organisation, ...] = ()
    silent: tuple[Organisation, ...] = ()
    silence_until: datetime | None = None
    silence_running: bool = False
    late: tuple[Organisation, ...] = ()
    adopted_on: date | None = None
    zone: str = "UTC"

    @property
    def by_silence(self) -> bool:
        """Whether it was adopted because nobody objected in time."""
        return self.adopted_on is not None and self.silence_until is not None


def standing(session: Session, decision_ids: Iterable[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standing of decisions at a moment; the number of statements does not grow with the decisions."""
    decisions = records.by_id(session, Decision, set(decision_ids))
    if not decisions:
        return {}
    positions = belonging(session, Position, "decision_id", decisions)
    zones = {
        key: network.time_zone
        for key, network in records.by_id(session, Network, {one.network_id for one in decisions.values()}).items()
    }
    names = records.by_id(session, Organisation, {p.organisation_id for found in positions.values() for p in found})
    newer = records.by_id(session, Decision, {one.superseded_by_id for one in decisions.values()})
    return {
        key: judge(decision, positions[key], names, newer, at, zones[decision.network_id])
        for key, decision in decisions.items()
    }


def may_be_pending(at: datetime, on: date) -> ColumnElement[bool]:
    """What is true of every decision that is pending at this end of this day, and of few others.

    What is settled for ever is told by the database, so that the decisions of fifty years are not judged each time.
    """
    positions = (Position.decision_id == Decision.id, Position.removed_at.is_(None))
    told = (Position.late.is_(False), or_(Position.said_on.is_(None), Position.said_on <= on))
    unheard = exists().where(*positions, or_(Position.stance == Stance.NOT_REACHED, Position.said_on > on))
    heard = exists().where(*positions, *told, Position.stance != Stance.NOT_REACHED)
    opposed = exists().where(*positions, *told, Position.stance == Stance.OBJECTS)
    contested = exists().where(*positions, Position.late.is_(False), Position.objected_until > on)
    no_silence = or_(
        Decision.silence_until.is_(None),
        Decision.silence_from.is_(None),
        Decision.silence_from > at,
        Decision.silence_broken_at <= at,
    )
    acted = and_(Decision.act != DecisionAct.NONE, or_(Decision.act_on.is_(None), Decision.act_on <= on))
    unsettled = or_(~heard, contested, and_(Decision.all_members.is_(True), unheard))
    waiting = and_(no_silence, ~acted, ~opposed, unsettled)
    return and_(Decision.pending_on <= on, or_(waiting, Decision.silence_until > at))


class _Voices(NamedTuple):
    """What the members have said by the end of a day."""

    said: dict[Stance, list[UUID]]
    # The days on which somebody was heard, and until which somebody objected.
    heard_on: list[date]
    objected_until: list[date]
    # Who objected too late.
    late: list[UUID]


def _hear(decision: Decision, positions: Sequence[Position], on: date) -> _Voices:
    found = _Voices({stance: [] for stance in Stance}, [], [], [])
    for position in positions:
        told = position.said_on is None or position.said_on <= on
        if position.late:
            if told and position.stance is Stance.OBJECTS:
                found.late.append(position.organisation_id)
            continue
        stance = position.stance if told else Stance.NOT_REACHED
        found.said[stance].append(position.organisation_id)
        if stance is not Stance.NOT_REACHED:
            found.heard_on.append(position.said_on or decision.pending_on or decision.decided_on)
        if position.objected_until is not None:
            found.objected_until.append(position.objected_until)
    return found


def judge(
    decision: Decision,
    positions: Sequence[Position],
    names: dict[UUID, Organisation],
    newer: dict[UUID, Decision],
    at: datetime,
    zone: str,
) -> Standing:
    """The standing of one decision from its positions: nothing is read here, so every rule can be tried alone."""
    on = at.astimezone(ZoneInfo(zone)).date()
    voices = _hear(decision, positions, on)
    said, heard_on, objected_until = voices.said, voices.heard_on, voices.objected_until

    def named(keys: Iterable[UUID]) -> tuple[Organisation, ...]:
        found = (names[key] for key in dict.fromkeys(keys) if key in names)
        return tuple(sorted(found, key=lambda organisation: (organisation.short.casefold(), organisation.id)))

    silence = _silence(decision, at)
    over = silence is not None and at >= silence
    running = silence is not None and not over
    objecting, not_heard = said[Stance.OBJECTS], said[Stance.NOT_REACHED]
    silent = [*said[Stance.NO_OBJECTION], *(not_heard if over and not objecting else ())]
    adopted_on: date | None = None
    acted = decision.act in _ACTS and (decision.act_on is None or decision.act_on <= on)
    if acted:
        # Only what is not adopted is acted on, so what the officer noted goes before anything that came after.
        state = _ACTS[decision.act]
    elif not decision.has_text or decision.pending_on is None or decision.pending_on > on:
        state = DecisionState.DRAFT
    elif objecting:
        state = DecisionState.NOT_ADOPTED
    elif running:
        state = DecisionState.PENDING
    elif over and silence is not None:
        state, adopted_on = DecisionState.ADOPTED, silence.astimezone(ZoneInfo(zone)).date()
    elif heard_on and not (decision.all_members and not_heard) and max(objected_until, default=on) <= on:
        state = DecisionState.ADOPTED
        heard = max(heard_on) if decision.all_members else min(heard_on)
        adopted_on = max([heard, *objected_until])
    else:
        state = DecisionState.PENDING
    return Standing(
        state=_after(decision, newer, on) if adopted_on is not None else state,
        not_heard=() if over and not objecting else named(not_heard),
        objecting=named(objecting),
        reserved=named(said[Stance.RESERVATION]),
        agreed=named(said[Stance.AGREES]),
        silent=named(silent),
        silence_until=silence,
        silence_running=running,
        late=named(voices.late),
        adopted_on=adopted_on,
        zone=zone,
    )


def _silence(decision: Decision, at: datetime) -> datetime | None:
    """The end of the silence procedure as it was known then; None before its start and once it is broken."""
    if decision.silence_from is None or decision.silence_until is None or decision.silence_from > at:
        return None
    if decision.silence_broken_at is not None and decision.silence_broken_at <= at:
        return None
    return decision.silence_until


def _after(decision: Decision, newer: dict[UUID, Decision], on: date) -> DecisionState:
    """What became of an adopted decision."""
    successor = newer.get(decision.superseded_by_id) if decision.superseded_by_id else None
    if successor is not None and successor.removed_at is None and successor.decided_on <= on:
        return DecisionState.SUPERSEDED
    if decision.implemented_on is not None and decision.implemented_on <= on:
        return DecisionState.IMPLEMENTED
    return DecisionState.ADOPTED
