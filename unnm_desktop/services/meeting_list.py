"""The list of meetings: upcoming, this year and earlier, with who was represented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, extract, func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.meetings import HELD_STATES, Attendance, Meeting, MeetingKind, MeetingState, Presence
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import facets, records
from unnm_desktop.services.attendance import present_counts
from unnm_desktop.services.cell import in_runs
from unnm_desktop.services.circulation import to_circulate
from unnm_desktop.services.listing import Cell, Column, Context, Filter, Listing
from unnm_desktop.services.meeting_names import name_of

_TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.INVITED: "info",
    MeetingState.HELD: "violet",
    MeetingState.CLOSED: "good",
    MeetingState.POSTPONED: "warn",
    MeetingState.CANCELLED: "neutral",
}
_KINDS = {
    MeetingKind.REGULAR: N_("Regular"),
    MeetingKind.HIGHLIGHTED: N_("Highlighted, with the Government"),
    MeetingKind.AD_HOC: N_("Ad hoc"),
}


class Stage(Frozen):
    """How far a meeting is: its state, and whether its minutes have gone out."""

    state: MeetingState
    circulated: bool

    def __str__(self) -> str:
        return str(self.state)


def _stages(session: Session, ids: Sequence[UUID], _context: Context) -> dict[UUID, Stage]:
    found: dict[UUID, Stage] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        sent = set(
            session.scalars(
                select(Minutes.meeting_id).where(
                    Minutes.meeting_id.in_(part), Minutes.state != MinutesState.DRAFT, Minutes.removed_at.is_(None)
                )
            )
        )
        for key, state in session.execute(select(Meeting.id, Meeting.state).where(Meeting.id.in_(part))):
            found[key] = Stage(state, key in sent)
    return found


def show_stage(stage: Stage, language: Language) -> Cell:
    """How far a meeting is, as lists and its own page say it."""
    if stage.state is MeetingState.HELD and stage.circulated:
        return Cell(language.tr(N_("Minutes circulated")), tone="violet", shape="pill")
    return Cell(language.tr(stage.state.label), tone=_TONES[stage.state], shape="pill")


def _show_stage(value: Any, context: Context) -> Cell:
    return show_stage(value, context.language) if isinstance(value, Stage) else Cell("")


def _present(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    held = set()
    for start in range(0, len(ids), 500):
        held |= set(
            session.scalars(
                select(Meeting.id).where(Meeting.id.in_(ids[start : start + 500]), Meeting.state.in_(HELD_STATES))
            )
        )
    counts = present_counts(session, context.network_id, [key for key in ids if key in held])
    return {
        key: context.language.tr(N_("{present} of {members}"), present=came, members=members)
        for key, (came, members) in counts.items()
    }


def _titles(session: Session, ids: Sequence[UUID], context: Context) -> dict[UUID, str]:
    """Its own title, or what a meeting of its kind and number is called."""
    found = records.by_id(session, Meeting, set(ids))
    language = context.language
    return {key: language.pick(one, "title") or name_of(one, language) for key, one in found.items()}


def _show_kind(value: Any, context: Context) -> Cell:
    return Cell(context.language.tr(_KINDS[value])) if value else Cell("")


def _show_time(value: Any, context: Context) -> Cell:
    return Cell(context.language.time(value))


def _group(session: Session, ids: Sequence[UUID], context: Context) -> Sequence[str]:
    """Upcoming, this year, then year by year; none where another order would tear them apart."""
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), 500):
        query = select(Meeting.id, Meeting.day, Meeting.state).where(Meeting.id.in_(ids[start : start + 500]))
        found.update((key, _title(day, state, context)) for key, day, state in session.execute(query))
    titles = [found.get(key, "") for key in ids]
    return in_runs(titles)


def _title(day: date, state: MeetingState, context: Context) -> str:
    # What was held this morning is over.
    if day >= context.on and state not in HELD_STATES:
        return context.language.tr(N_("Upcoming"))
    if day.year == context.on.year:
        return context.language.tr(N_("This year"))
    return context.language.figures(str(day.year))


def _of_kind(kind: MeetingKind) -> Any:
    return lambda _context: Meeting.kind == kind


def _seen(who: ColumnElement[bool]) -> ColumnElement[bool]:
    there = select(Attendance.meeting_id).where(
        who, Attendance.presence == Presence.PRESENT, Attendance.removed_at.is_(None)
    )
    return Meeting.id.in_(there)


def _current(context: Context) -> Select[Any]:
    return select(Meeting.id).where(Meeting.network_id == context.network_id, Meeting.removed_at.is_(None))


MEETINGS = Listing(
    name="meetings",
    entity=Meeting,
    columns=(
        Column("reference", N_("Reference"), Meeting.reference, width=1.1),
        Column("day", N_("Date"), Meeting.day, width=1.0, kind="date"),
        Column(
            "title",
            N_("Title"),
            load=_titles,
            sort=func.fold(Meeting.title_en),
            width=2.6,
            kind="stretch",
        ),
        Column("kind", N_("Kind"), Meeting.kind, show=_show_kind, width=1.0, rank=2),
        Column("present", N_("Attended"), load=_present, width=0.75, kind="whole", rank=1),
        Column("state", N_("State"), load=_stages, show=_show_stage, sort=Meeting.state, width=1.15),
        Column("ordinal", N_("Number"), Meeting.ordinal, listed=False, kind="number"),
        Column("starts", N_("Starts"), Meeting.starts, show=_show_time, listed=False),
        Column("ends", N_("Ends"), Meeting.ends, show=_show_time, listed=False),
        Column("place", N_("Place"), Meeting.place_en, also_ar=Meeting.place_ar, listed=False),
    ),
    current=_current,
    filters=(
        Filter(
            "upcoming",
            N_("Upcoming"),
            lambda context: and_(Meeting.day >= context.on, Meeting.state.not_in(HELD_STATES)),
        ),
        Filter("to_circulate", N_("Minutes to circulate"), lambda _: to_circulate()),
        Filter("held", N_("Held"), lambda _: Meeting.state.in_(HELD_STATES)),
        Filter("regular", N_("Regular"), _of_kind(MeetingKind.REGULAR)),
        Filter("highlighted", N_("Highlighted"), _of_kind(MeetingKind.HIGHLIGHTED)),
        Filter("ad_hoc", N_("Ad hoc"), _of_kind(MeetingKind.AD_HOC)),
        Filter("this_year", N_("This year"), lambda context: extract("year", Meeting.day) == context.on.year),
    ),
    default_sort="day",
    descending=True,
    group=_group,
    facets=(
        facets.by_choice("state", N_("State"), Meeting.state, MeetingState),
        facets.by_choice("kind", N_("Kind"), Meeting.kind, MeetingKind),
        facets.by_organisation(lambda key: _seen(Attendance.organisation_id == key), N_("Represented")),
        facets.by_person(lambda key: _seen(Attendance.person_id == key), N_("Present")),
        facets.by_period(N_("Date"), Meeting.day),
        facets.by_undecided(Meeting),
    ),
)
