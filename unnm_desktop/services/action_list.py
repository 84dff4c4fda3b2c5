"""The list of action points: fast at 100,000 rows, because every column is SQL or is loaded for a page alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, or_, select, text, tuple_
from sqlalchemy.orm import Session, aliased

from unnm_desktop.db.actions import OPEN_STATUSES, ActionPoint, ActionResponsible, ActionStatus
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import facets
from unnm_desktop.services.by_body import from_bodies, in_turn, short_name
from unnm_desktop.services.cell import in_runs
from unnm_desktop.services.listing import GROUPED, Cell, Column, Context, Filter, Leg, Listing, aside
from unnm_desktop.services.open_actions import OPEN
from unnm_desktop.services.prepared import Prepared, keys_given

DONE: ColumnElement[bool] = and_(text("action_point.status = 'done'"), ActionPoint.removed_at.is_(None))
_SOON = timedelta(days=7)
_TONES = {
    ActionStatus.OPEN: "info",
    ActionStatus.IN_PROGRESS: "violet",
    ActionStatus.DONE: "good",
    ActionStatus.DROPPED: "neutral",
}


class OpenDue(date):
    """The day of an action point that is still open: the one kind of day that can be late."""


def responsible_of(
    session: Session, action_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[Organisation, Person | None]]]:
    """Who is responsible for each action point; one without anybody has an empty list."""
    found: dict[UUID, list[tuple[Organisation, Person | None]]] = {key: [] for key in action_ids}
    wanted = list(found)
    for start in range(0, len(wanted), 500):
        query = (
            select(ActionResponsible.action_id, Organisation, Person)
            .join(Organisation, Organisation.id == ActionResponsible.organisation_id)
            .outerjoin(Person, Person.id == ActionResponsible.person_id)
            .where(ActionResponsible.action_id.in_(wanted[start : start + 500]), ActionResponsible.removed_at.is_(None))
            .order_by(short_name(), Organisation.id)
        )
        for key, organisation, person in session.execute(query):
            found[key].append((organisation, person))
    return found


@cache
def _named() -> Prepared:
    """Who is responsible, by name: the organisation, then the person in both languages."""
    of_body = Organisation.id == ActionResponsible.organisation_id
    query = select(
        ActionResponsible.action_id,
        *(Organisation.acronym, Organisation.name_en, Organisation.name_ar),
        *(Person.id, Person.name_en, Person.name_ar),
    )
    query = query.join(Organisation, of_body).outerjoin(Person, Person.id == ActionResponsible.person_id)
    query = query.where(ActionResponsible.action_id.in_(keys_given()), ActionResponsible.removed_at.is_(None))
    return Prepared(query.order_by(short_name(), Organisation.id))


def _responsible(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    language = context.language
    found: dict[UUID, list[str]] = {key: [] for key in ids}
    for key, acronym, name, name_ar, person, person_en, person_ar in _named().rows(session, keys=ids):
        body = acronym or name or name_ar
        called = person_ar or person_en if language.rtl else person_en or person_ar
        found[key].append(f"{body} ({called})" if person else body)
    return {key: language.list(names) for key, names in found.items()}


def _show_responsible(value: Any, context: Context) -> Cell:
    return Cell(value) if value else Cell(context.language.tr(N_("No one yet")), tone="warn")


@cache
def _days() -> Prepared:
    return Prepared(select(ActionPoint.id, ActionPoint.due, ActionPoint.status).where(ActionPoint.id.in_(keys_given())))


def _dues(session: Session, ids: Sequence[UUID], _context: Context) -> dict[UUID, date | None]:
    return {
        key: OpenDue.fromordinal(due.toordinal()) if due and status in OPEN_STATUSES else due
        for key, due, status in _days().rows(session, keys=ids)
    }


def due_tone(due: date, on: date) -> str:
    """How an open day is marked: bad when it has passed, warn when it is near."""
    return "bad" if due < on else "warn" if due < on + _SOON else ""


def _show_due(value: Any, context: Context) -> Cell:
    if value is None:
        return Cell("")
    day = context.language.day(value, short=True)
    if not isinstance(value, OpenDue):
        return Cell(day)
    words = _how_soon(value.toordinal() - context.on.toordinal(), context.language)
    return Cell(day, tone=due_tone(value, context.on), tooltip=f"{day} · {words}" if words else "", second=words)


def _how_soon(days: int, language: Language) -> str:
    if days < 0:
        return language.ntr("{n} day late", "{n} days late", -days)
    if days == 0:
        return language.tr(N_("Today"))
    return language.ntr("in {n} day", "in {n} days", days) if days < _SOON.days else ""


def _show_status(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(value.label), tone=_TONES[value], shape="pill") if value else Cell("")


def _reference_of(entity: Any, key: Any) -> Any:
    return select(entity.reference).where(entity.id == key).correlate(ActionPoint).scalar_subquery()


# From a decision where there is one, else from a meeting; looked up for the rows of a page alone.
_ORIGIN = case(
    (ActionPoint.decision_id.is_not(None), _reference_of(Decision, ActionPoint.decision_id)),
    else_=_reference_of(Meeting, ActionPoint.meeting_id),
)


def _groups(session: Session, ids: Sequence[UUID], context: Context) -> Sequence[str]:
    """The group of each row; none where the order would tear them apart or the list is too long to look through."""
    if len(ids) > GROUPED:
        return [""] * len(ids)
    done = context.language.tr(N_("Finished"))
    found = {
        key: _group(due, context) if status in OPEN_STATUSES else done
        for key, due, status in _days().rows(session, keys=ids)
    }
    titles = [found.get(key, "") for key in ids]
    return in_runs(titles)


def _group(due: date | None, context: Context) -> str:
    tr, on = context.language.tr, context.on
    if due is None:
        return tr(N_("No date"))
    if due < on:
        return tr(N_("Overdue"))
    if due < on + _SOON:
        return tr(N_("Next seven days"))
    return tr(N_("Later this month")) if (due.year, due.month) == (on.year, on.month) else tr(N_("Later"))


def _given_to(whom: ColumnElement[bool]) -> ColumnElement[bool]:
    return ActionPoint.id.in_(select(ActionResponsible.action_id).where(whom, ActionResponsible.removed_at.is_(None)))


def _mine(context: Context) -> ColumnElement[bool]:
    """What is still owed by the person who has the officer's name."""
    if not context.officer:
        return false()
    named = or_(Person.name_en == context.officer, Person.name_ar == context.officer)
    officer = select(Person.id).where(named, Person.removed_at.is_(None))
    return and_(OPEN, _given_to(ActionResponsible.person_id.in_(officer)))


def _of_network(context: Context) -> Select[Any]:
    return select(ActionPoint.id).where(ActionPoint.network_id == context.network_id, ActionPoint.removed_at.is_(None))


def _current(context: Context) -> Select[Any]:
    """The same, asked of rows that something else finds: the words of the search index."""
    here = aside(ActionPoint.network_id) == context.network_id
    return select(ActionPoint.id).where(here, ActionPoint.removed_at.is_(None))


def _owed_first(context: Context) -> Sequence[Leg]:
    """By day: what is still owed, then what is finished, the latest first."""
    finished = text("action_point.status NOT IN ('open', 'in_progress')")
    every, walked, order = _current(context), _of_network(context), (ActionPoint.due,)
    return (
        Leg(every.where(OPEN), order, walk=walked.where(OPEN)),
        Leg(every.where(finished), order, turned=True, walk=walked.where(finished)),
    )


def _by_responsible(context: Context) -> Sequence[Leg]:
    """By the first organisation that is named; what nobody is responsible for comes last, either way."""
    of_body = ActionResponsible.organisation_id == Organisation.id
    of_action = ActionPoint.id == ActionResponsible.action_id
    another, body = aliased(ActionResponsible), aliased(Organisation, name="body")
    named_before = exists().where(
        another.action_id == ActionResponsible.action_id,
        another.removed_at.is_(None),
        another.id != ActionResponsible.id,
        body.id == another.organisation_id,
        tuple_(short_name("body"), body.id, another.id) < tuple_(short_name(), Organisation.id, ActionResponsible.id),
    )
    first = (ActionResponsible.removed_at.is_(None), ~named_before)
    bodies = from_bodies((ActionResponsible, of_body), (ActionPoint, of_action))
    named = _current(context).join(ActionResponsible, of_action).join(Organisation, of_body)
    anybody = exists().where(of_action, ActionResponsible.removed_at.is_(None))
    return (
        Leg(
            named.where(*first),
            (short_name(), Organisation.id),
            walk=_current(context).select_from(bodies).where(*first),
        ),
        Leg(_current(context).where(~anybody), (), walk=_of_network(context).where(~anybody)),
    )


def _by_origin(context: Context) -> Sequence[Leg]:
    """What decisions gave, then what else meetings gave, by reference; what comes from neither is last, by day."""
    legs, rest, walked = [], _current(context), _of_network(context)
    for entity, key in ((Decision, ActionPoint.decision_id), (Meeting, ActionPoint.meeting_id)):
        of_it, here = key == entity.id, entity.network_id == context.network_id
        given = rest.join(entity, of_it).where(here)
        from_it = in_turn(entity, (ActionPoint, of_it))
        legs.append(Leg(given, (entity.reference, entity.id), walk=rest.select_from(from_it).where(here)))
        none = key.is_(None)
        rest, walked = rest.where(none), walked.where(none)
    return (*legs, Leg(rest, (ActionPoint.due,), walk=walked))


ACTIONS = Listing(
    name="actions",
    entity=ActionPoint,
    columns=(
        Column(
            "task",
            N_("Task"),
            ActionPoint.task_en,
            also_ar=ActionPoint.task_ar,
            width=3.2,
            kind="stretch",
            walk=_of_network,
        ),
        Column(
            "responsible",
            N_("Responsible"),
            load=_responsible,
            show=_show_responsible,
            legs=_by_responsible,
            width=1.6,
            rank=1,
        ),
        Column("due", N_("Due"), load=_dues, show=_show_due, sort=ActionPoint.due, kind="date", legs=_owed_first),
        Column("status", N_("Status"), ActionPoint.status, show=_show_status, width=1.0, walk=_of_network),
        Column("reference", N_("Reference"), ActionPoint.reference, width=1.1, walk=_of_network),
        Column("origin", N_("Origin"), _ORIGIN, width=1.1, rank=2, legs=_by_origin),
        Column("given_on", N_("Given on"), ActionPoint.given_on, listed=False, kind="date"),
        Column("done_on", N_("Done on"), ActionPoint.done_on, listed=False, kind="date"),
        Column("evidence", N_("Evidence"), ActionPoint.evidence, listed=False),
    ),
    current=_current,
    filters=(
        Filter("open", N_("Open"), lambda _: OPEN),
        Filter("overdue", N_("Overdue"), lambda context: and_(OPEN, ActionPoint.due < context.on)),
        Filter(
            "soon",
            N_("Next seven days"),
            lambda context: and_(OPEN, ActionPoint.due >= context.on, ActionPoint.due < context.on + _SOON),
        ),
        Filter("done", N_("Done"), lambda _: DONE),
        Filter("mine", N_("Mine"), _mine),
        Filter("dropped", N_("Dropped"), lambda _: ActionPoint.status == ActionStatus.DROPPED),
        Filter(
            "this_year",
            N_("Given this year"),
            lambda context: ActionPoint.given_on.between(date(context.on.year, 1, 1), date(context.on.year, 12, 31)),
        ),
    ),
    default_sort="due",
    group=_groups,
    facets=(
        facets.by_choice("state", N_("Status"), ActionPoint.status, ActionStatus),
        facets.by_organisation(lambda key: _given_to(ActionResponsible.organisation_id == key)),
        facets.by_person(lambda key: _given_to(ActionResponsible.person_id == key)),
        facets.by_meeting(ActionPoint.meeting_id),
        facets.by_period(N_("Due"), ActionPoint.due),
        facets.by_period(N_("Given on"), ActionPoint.given_on, "given"),
        facets.by_undecided(ActionPoint),
    ),
)
