"""The register of decisions as a list: text, day, meeting, how it was reached, state."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, extract, not_, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, DecisionSubject, Position, Stance
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import calendar, facets
from unnm_desktop.services.listing import GROUPED, Cell, Column, Context, Filter, Listing
from unnm_desktop.services.says import Moment, Names, Said
from unnm_desktop.services.standings import IN_FORCE, Standing, standing

TONES = {
    DecisionState.DRAFT: "neutral",
    DecisionState.PENDING: "warn",
    DecisionState.ADOPTED: "good",
    DecisionState.NOT_ADOPTED: "bad",
    DecisionState.DEFERRED: "info",
    DecisionState.WITHDRAWN: "neutral",
    DecisionState.ESCALATED: "violet",
    DecisionState.IMPLEMENTED: "good",
    DecisionState.SUPERSEDED: "neutral",
}


def how_reached(found: Standing) -> Said:
    """How a decision was reached, or what it waits for: names, never numbers of voices."""
    if found.state in IN_FORCE and found.by_silence and found.silence_until is not None:
        return Said(N_("Consensus by no objection until {moment}"), {"moment": Moment(found.silence_until, found.zone)})
    if found.state in IN_FORCE and found.reserved:
        return Said(N_("Consensus, with reservations: {names}"), {"names": Names(found.reserved)})
    if found.state in IN_FORCE:
        return Said(N_("Consensus"))
    if found.state is DecisionState.NOT_ADOPTED:
        return Said(N_("Not adopted: {names}"), {"names": Names(found.objecting)})
    if found.state is DecisionState.PENDING and found.silence_running and found.silence_until is not None:
        return Said(N_("Silence runs until {moment}"), {"moment": Moment(found.silence_until, found.zone)})
    if found.state is DecisionState.PENDING:
        return Said(N_("Pending: {names}"), {"names": Names(found.not_heard)})
    return Said(found.state.label)


def how_in_short(found: Standing) -> Said:
    """As ``how_reached``, the end of a silence as a day: what a list has room for."""
    said = how_reached(found)
    days = {
        name: Day(one.at.astimezone(ZoneInfo(one.zone)).date())
        for name, one in said.values.items()
        if isinstance(one, Moment)
    }
    return Said(said.text, {**said.values, **days})


def _standings(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, Standing]:
    network = session.get(Network, context.network_id)
    zone = network.time_zone if network else "UTC"
    return standing(session, ids, calendar.end_of_day(context.on, zone))


def _stated(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, tuple[DecisionState, str]]:
    """The state of each, and how it was reached."""
    found = _standings(session, ids, context)
    return {key: (one.state, how_in_short(one).told(context.language)) for key, one in found.items()}


def _state(value: Any, context: Context) -> Cell:
    if not isinstance(value, DecisionState):
        return Cell("")
    tr = context.language.tr
    brief = tr(N_("Adopted")) if value is DecisionState.ADOPTED else ""
    return Cell(tr(value.label), tone=TONES[value], shape="pill", brief=brief)


def _said(*conditions: Any) -> ColumnElement[bool]:
    return exists(
        select(Position.id).where(
            Position.decision_id == Decision.id, Position.late.is_(False), Position.removed_at.is_(None), *conditions
        )
    )


def _parts(context: Context) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """What ``standings.judge`` says, as SQL for the filters: put to the members, objected to, adopted if not."""
    on = context.on
    # No statement is at hand to ask for the network's zone; silence never ends between midnight there and in UTC.
    at = calendar.end_of_day(on, "UTC")
    told = or_(Position.said_on.is_(None), Position.said_on <= on)
    objected = _said(Position.stance == Stance.OBJECTS, told)
    heard = _said(Position.stance != Stance.NOT_REACHED, told)
    unheard = _said(or_(Position.stance == Stance.NOT_REACHED, Position.said_on > on))
    contested = _said(Position.objected_until > on)
    put = and_(Decision.pending_on.is_not(None), Decision.pending_on <= on, _acted(context, DecisionAct.NONE))
    silence = and_(
        Decision.silence_from.is_not(None),
        Decision.silence_from <= at,
        Decision.silence_until.is_not(None),
        or_(Decision.silence_broken_at.is_(None), Decision.silence_broken_at > at),
    )
    over, running = and_(silence, Decision.silence_until <= at), and_(silence, Decision.silence_until > at)
    settled = or_(over, and_(not_(running), heard, not_(contested), not_(and_(Decision.all_members, unheard))))
    return put, objected, settled


def _acted(context: Context, what: DecisionAct) -> ColumnElement[bool]:
    later = and_(Decision.act_on.is_not(None), Decision.act_on > context.on)
    if what is DecisionAct.NONE:
        return or_(Decision.act == what, later)
    return and_(Decision.act == what, not_(later))


def _adopted(context: Context) -> ColumnElement[bool]:
    put, objected, settled = _parts(context)
    return and_(put, not_(objected), settled)


def _pending(context: Context) -> ColumnElement[bool]:
    put, objected, settled = _parts(context)
    return and_(put, not_(objected), not_(settled))


def _not_adopted(context: Context) -> ColumnElement[bool]:
    put, objected, _ = _parts(context)
    return and_(put, objected)


def _draft(context: Context) -> ColumnElement[bool]:
    unput = or_(Decision.pending_on.is_(None), Decision.pending_on > context.on)
    return and_(unput, _acted(context, DecisionAct.NONE))


def _spoken(key: UUID) -> ColumnElement[bool]:
    said = select(Position.decision_id).where(
        Position.organisation_id == key,
        Position.stance.in_((Stance.OBJECTS, Stance.RESERVATION)),
        Position.removed_at.is_(None),
    )
    return Decision.id.in_(said)


def _years(session: Session, ids: Sequence[UUID], context: Context) -> Sequence[str]:
    """The year of each row, as the register is read; none where the list is too long to look through."""
    if len(ids) > GROUPED:
        return [""] * len(ids)
    years: dict[UUID, str] = {}
    for start in range(0, len(ids), 500):
        query = select(Decision.id, Decision.decided_on).where(Decision.id.in_(ids[start : start + 500]))
        years.update((key, context.language.figures(str(day.year))) for key, day in session.execute(query))
    return [years.get(key, "") for key in ids]


def _meetings(session: Session, ids: Sequence[UUID], _: Context) -> dict[UUID, str]:
    query = select(Decision.id, Meeting.reference).join(Meeting, Meeting.id == Decision.meeting_id)
    return {row.id: row.reference for row in session.execute(query.where(Decision.id.in_(ids)))}


DECISIONS = Listing(
    name="decisions",
    entity=Decision,
    columns=(
        Column("reference", N_("Reference"), Decision.reference, width=1.1),
        Column("text", N_("Decision"), Decision.text_en, also_ar=Decision.text_ar, width=3.2, kind="stretch"),
        Column("state", N_("State"), load=_stated, part=itemgetter(0), show=_state, width=1.2, least=1.15),
        Column("decided_on", N_("Decided on"), Decision.decided_on, width=1.0, kind="date"),
        Column("how", N_("How reached"), load=_stated, part=itemgetter(1), width=1.5, rank=1),
        Column("meeting", N_("Meeting"), load=_meetings, width=1.0, kind="whole", rank=2),
        Column("subject", N_("Subject"), Decision.subject, listed=False),
        Column("silence_until", N_("Silence until"), Decision.silence_until, listed=False),
        Column("implemented_on", N_("Implemented on"), Decision.implemented_on, listed=False, kind="date"),
    ),
    current=lambda context: select(Decision.id).where(
        Decision.network_id == context.network_id, Decision.removed_at.is_(None)
    ),
    filters=(
        Filter("pending", N_("Pending"), _pending),
        Filter("adopted", N_("Adopted by consensus"), _adopted),
        Filter("not_adopted", N_("Not adopted"), _not_adopted),
        Filter("deferred", N_("Deferred"), lambda context: _acted(context, DecisionAct.DEFERRED)),
        Filter("draft", N_("Draft"), _draft),
        Filter("this_year", N_("This year"), lambda context: extract("year", Decision.decided_on) == context.on.year),
    ),
    default_sort="decided_on",
    descending=True,
    group=_years,
    facets=(
        facets.by_choice("subject", N_("Subject"), Decision.subject, DecisionSubject),
        facets.by_organisation(_spoken, N_("Objects or has a reservation")),
        facets.by_meeting(Decision.meeting_id),
        facets.by_objective(Decision.objective_id),
        facets.by_period(N_("Decided on"), Decision.decided_on),
        facets.by_undecided(Decision),
    ),
)
