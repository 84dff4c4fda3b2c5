"""The illustrative workspace: Kuwait and Bahrain from their terms of reference with a year of work, or several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from unnm_desktop.db.decisions import Decision, Position
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import AgendaItem, Attendance, Invitation, Meeting, MeetingChair
from unnm_desktop.db.minutes import Comment, Minutes, MinutesEntry
from unnm_desktop.db.organisations import Membership
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import records
from unnm_desktop.services.calendar import add_months, first_day
from unnm_desktop.services.sample_actions import promise
from unnm_desktop.services.sample_attendance import attend
from unnm_desktop.services.sample_days import Season
from unnm_desktop.services.sample_decisions import Taken, decide, decide_alone
from unnm_desktop.services.sample_meetings import Matter, Sitting, hold_season, plan_next
from unnm_desktop.services.sample_minutes import write_minutes
from unnm_desktop.services.sample_papers import (
    begin_report,
    halves,
    name_challenges,
    report_earlier,
    report_last,
    review_terms,
    send_updates,
)
from unnm_desktop.services.sample_people import replace_focal_point
from unnm_desktop.services.sample_plan import make_plan
from unnm_desktop.services.sample_rows import Keys, Rows
from unnm_desktop.services.sample_setup import found, seasons_of
from unnm_desktop.services.sample_world import World

COUNTRIES = ("KWT", "BHR")
MOST_YEARS = 100
EARLIEST, LATEST = 2000, 2190
"""Years the sample can be made for: workplans, holidays and the Hijri reckoning are sound there."""
_PEOPLE = 40
"""So many invented names lie between two networks."""


@dataclass(frozen=True)
class SampleWritten:
    """What was made: the networks by country, and how many records of each kind (by table name)."""

    networks: tuple[str, ...]
    counts: dict[str, int]


@dataclass
class _Held:
    """A season of a network with its meetings and everything that was made of them, not yet written."""

    season: Season
    rows: Rows
    sittings: list[Sitting]
    decided: dict[UUID, Taken]


def build(database: Database, *, on: date, years: int = 1, progress: Progress = SILENT) -> SampleWritten:
    """Fill an empty workspace with both networks and their illustrative work.

    Args:
        database: the workspace.
        on: the last day of the last year.
        years: how many years of work; the earlier ones are all settled.
        progress: told after every network and year.

    Raises:
        UserError: the number of years cannot be made.

    """
    if not 1 <= years <= MOST_YEARS or not EARLIEST + years <= on.year <= LATEST:
        raise UserError(
            N_("The sample is made for 1 to {most} years that lie between {first} and {last}. Choose others."),
            most=MOST_YEARS,
            first=str(EARLIEST),
            last=str(LATEST),
        )
    keys, counts = Keys(), Counter[str]()
    steps = len(COUNTRIES) * (years + 1)
    for place, country in enumerate(COUNTRIES):
        progress(place * (years + 1), steps, N_("Setting the sample network up"))
        world = found(database, country, on, years, keys, counts, place * _PEOPLE)
        _fill(database, world, years, progress, place * (years + 1) + 1, steps, place * _PEOPLE + _PEOPLE - 1)
    progress(steps, steps, N_("Setting the sample network up"))
    return SampleWritten(COUNTRIES, dict(sorted(counts.items())))


def _fill(
    database: Database, world: World, years: int, progress: Progress, done: int, steps: int, last_name: int
) -> None:
    seasons = seasons_of(world, years)
    days = [day for one in seasons for day in one.regular]
    plan_years = range(world.on.year - years + (world.on.month > 6), world.on.year + 1)
    adopting = {day: year for year in plan_years if (day := _adoption_day(days, year)) is not None}
    with database.write(N_("Replace a focal point"), network_id=world.network_id) as session:
        replace_focal_point(session, world, last_name)
    activities: dict[tuple[int, int], UUID] = {}
    alone = [year for year in plan_years if year not in adopting.values()]
    first, launched = seasons[0].first, first_day(world.launched)
    months = (first.year - launched.year) * 12 + first.month - launched.month
    # One regular meeting a step since the launch, a few of them skipped; the first one kept says its number.
    ordinal = max(1, months // world.own["step_months"] * 9 // 10)
    for one in seasons:
        progress(done, steps, N_("Writing a year of work"))
        own_years = [year for year in alone if year <= one.on.year]
        alone = [year for year in alone if year not in own_years]
        held = _hold(world, one, ordinal, adopting)
        ordinal += len(one.regular)
        _write_season(database, world, held, activities, own_years, ordinal)
        done += 1
    _write_papers(database, world, seasons)


def _adoption_day(days: list[date], year: int) -> date | None:
    """The last regular meeting before the end of January, if one lies near the turn of the year."""
    near = [day for day in days if date(year - 1, 12, 1) <= day <= date(year, 1, 31)]
    return near[-1] if near else None


def _hold(world: World, one: Season, ordinal: int, adopting: dict[date, int]) -> _Held:
    rows = world.rows()
    sittings = hold_season(world, rows, one, ordinal, adopting)
    for sitting in sittings:
        attend(world, rows, sitting)
    return _Held(one, rows, sittings, decide(world, rows, sittings))


def _write_season(
    database: Database,
    world: World,
    held: _Held,
    activities: dict[tuple[int, int], UUID],
    alone: list[int],
    ordinal: int,
) -> None:
    rows, sittings = held.rows, held.sittings
    taken = {
        matter.adopts: held.decided[matter.item_id]
        for sitting in sittings
        for matter in sitting.matters
        if matter.adopts
    }
    for year in alone:
        day = date(year, 1, 15) if date(year, 1, 15) + timedelta(days=16) <= world.on else date(year - 1, 12, 13)
        words_of = world.shared["adoption_item"]
        taken[year] = decide_alone(world, rows, words_of, world.working.before(day), year)
    for year in sorted(taken):
        for number, key in make_plan(world, rows, year, taken[year]).items():
            activities[year, number] = key
    promised = promise(world, rows, sittings, held.decided, activities)
    put_off = [
        matter for sitting in sittings for matter in sitting.matters if matter.words.get("outcome") == "deferred"
    ]
    _plan_ahead(world, rows, held.season, ordinal, put_off)
    planned = held.season.planned or world.working.after(add_months(sittings[-1].day, world.own["step_months"]))
    write_minutes(world, rows, sittings, held.decided, promised, planned)
    _commit(
        database,
        world,
        rows,
        N_("Hold the meetings of a year"),
        Meeting,
        MeetingChair,
        AgendaItem,
        Invitation,
        Attendance,
    )
    _commit(database, world, rows, N_("Note the decisions and positions"), Decision, Position)
    plan = (Workplan, Output, Activity, ActivityParticipant, Deliverable, Indicator, Measurement, BudgetLine)
    _commit(database, world, rows, N_("Plan the work of the year"), *plan)
    _commit(database, world, rows, N_("Write the minutes"), Minutes, MinutesEntry, Comment)
    _commit(database, world, rows, N_("Follow up on action points"))
    _welcome(database, world, held)


def _plan_ahead(world: World, rows: Rows, one: Season, ordinal: int, put_off: list[Matter]) -> None:
    carried = [
        Matter({name: text for name, text in matter.words.items() if "decision" not in name}, matter.item_id)
        for matter in put_off
    ]
    plan_next(world, rows, one, ordinal, carried)


def _commit(database: Database, world: World, rows: Rows, label: str, *entities: Any) -> None:
    with database.write(label, network_id=world.network_id) as session:
        rows.write(session, *entities)


def _welcome(database: Database, world: World, held: _Held) -> None:
    """Note the decision behind the newest seat."""
    for sitting in held.sittings:
        for matter in sitting.matters:
            if "joins" in matter.words and not held.season.past:
                seat, decision = world.seats[matter.words["joins"]], held.decided[matter.item_id]
                with database.write(N_("Welcome a new member"), network_id=world.network_id) as session:
                    records.update(session, Membership, seat.membership_id, decision_id=decision.id)


def _write_papers(database: Database, world: World, seasons: list[Season]) -> None:
    since = seasons[0].first
    with database.write(N_("Name challenges and send updates"), network_id=world.network_id) as session:
        rows = world.rows()
        for one in seasons:
            name_challenges(world, rows, one.on)
            send_updates(world, rows, one.on)
            review_terms(session, world, rows, one.on, first_day(world.own["approved"]))
        rows.write(session)
    if not world.all_members:
        return
    periods = halves(world, since)
    with database.write(N_("Report on earlier half-years"), network_id=world.network_id) as session:
        rows = world.rows()
        report_earlier(session, world, rows, periods[:-1])
        rows.write(session)
    if periods:
        with database.write(N_("Report on the last half-year"), network_id=world.network_id) as session:
            report_last(session, world, periods[-1])
    with database.write(N_("Begin the report of this half-year"), network_id=world.network_id) as session:
        begin_report(session, world)
