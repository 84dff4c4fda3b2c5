"""Challenges that the network names for the UN Country Team."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.results import Challenge, ChallengeState
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import facets, records
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Listing

_TONES = {ChallengeState.OPEN: "warn", ChallengeState.ESCALATED: "info", ChallengeState.CLOSED: "good"}


def _open_clause(on: date) -> ColumnElement[bool]:
    return and_(Challenge.raised_on <= on, or_(Challenge.closed_on.is_(None), Challenge.closed_on > on))


def open_on(session: Session, network_id: UUID, on: date) -> list[Challenge]:
    """The challenges raised and not closed at the end of that day, oldest first."""
    return records.all_of(
        session,
        Challenge,
        Challenge.network_id == network_id,
        _open_clause(on),
        order=(Challenge.raised_on, Challenge.id),
    )


def raised_between(session: Session, network_id: UUID, start: date, end: date) -> list[Challenge]:
    """The challenges raised in a period, both days inclusive."""
    return records.all_of(
        session,
        Challenge,
        Challenge.network_id == network_id,
        Challenge.raised_on.between(start, end),
        order=(Challenge.raised_on, Challenge.id),
    )


def state_on(challenge: Challenge, on: date) -> ChallengeState:
    """The challenge's state at the end of that day."""
    if challenge.closed_on and challenge.closed_on <= on:
        return ChallengeState.CLOSED
    return ChallengeState.ESCALATED if challenge.escalated_on and challenge.escalated_on <= on else ChallengeState.OPEN


def raise_challenge(session: Session, network_id: UUID, on: date, **values: Any) -> Challenge:
    """Name a challenge for the UN Country Team."""
    return records.create(session, Challenge, network_id=network_id, raised_on=on, **values)


def escalate(session: Session, challenge_id: UUID, on: date) -> Challenge:
    """Record that the challenge was put to the UN Country Team."""
    return records.update(session, Challenge, challenge_id, escalated_on=on)


def close(session: Session, challenge_id: UUID, on: date, response: str = "") -> Challenge:
    """Close a challenge, with what came of it.

    Raises:
        UserError: the day lies before it was raised.

    """
    challenge = records.get(session, Challenge, challenge_id)
    if on < challenge.raised_on:
        raise UserError(N_("A challenge is not closed before it was raised. Give a later day."))
    return records.update(session, Challenge, challenge_id, closed_on=on, response=response or challenge.response)


def reopen(session: Session, challenge_id: UUID) -> Challenge:
    """Open a closed challenge again."""
    return records.update(session, Challenge, challenge_id, closed_on=None)


def _states(session: Session, ids: Any, context: Context) -> dict[UUID, ChallengeState]:
    return {key: state_on(challenge, context.on) for key, challenge in records.by_id(session, Challenge, ids).items()}


def _state(value: ChallengeState | None, context: Context) -> Cell:
    if value is None:
        return Cell("")
    return Cell(context.language.tr(value.label), _TONES[value], "pill")


def _raisers(session: Session, ids: Any, _context: Context) -> dict[UUID, str]:
    challenges = records.by_id(session, Challenge, ids)
    bodies = records.by_id(session, Organisation, [one.organisation_id for one in challenges.values()])
    return {key: bodies[one.organisation_id].short for key, one in challenges.items() if one.organisation_id in bodies}


def _objectives(session: Session, ids: Any, _context: Context) -> dict[UUID, int]:
    challenges = records.by_id(session, Challenge, ids)
    found = records.by_id(session, Objective, [one.objective_id for one in challenges.values()])
    return {key: found[one.objective_id].number for key, one in challenges.items() if one.objective_id in found}


CHALLENGES = Listing(
    name="challenges",
    entity=Challenge,
    columns=(
        Column("title", N_("Challenge"), Challenge.title_en, also_ar=Challenge.title_ar, width=3.0, kind="stretch"),
        Column("raised_by", N_("Raised by"), load=_raisers, width=1.0, rank=1),
        Column("objective", N_("Objective"), load=_objectives, width=0.7, kind="number", rank=2),
        Column("raised_on", N_("Raised on"), Challenge.raised_on, width=1.0, kind="date"),
        Column("asked", N_("Asked of the UNCT"), Challenge.asked_en, also_ar=Challenge.asked_ar, width=2.0, rank=3),
        Column("state", N_("State"), load=_states, show=_state, width=1.1),
    ),
    current=lambda context: select(Challenge.id).where(
        Challenge.network_id == context.network_id, Challenge.removed_at.is_(None)
    ),
    filters=(
        Filter("open", N_("Open"), lambda context: _open_clause(context.on)),
        Filter("closed", N_("Closed"), lambda context: Challenge.closed_on <= context.on),
    ),
    default_sort="raised_on",
    descending=True,
    facets=(
        facets.by_organisation(lambda key: Challenge.organisation_id == key, N_("Raised by")),
        facets.by_objective(Challenge.objective_id),
        facets.by_period(N_("Raised on"), Challenge.raised_on),
        facets.by_undecided(Challenge),
    ),
)
