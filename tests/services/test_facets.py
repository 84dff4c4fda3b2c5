"""Lists narrowed by state, body, person and period: what is let through is what one counts by hand."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.conftest import TODAY
from tests.ui import secretariat
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.attachments import SavedView
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import conflict_table
from unnm_desktop.db.organisations import Membership
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import ENGLISH, Language
from unnm_desktop.services import actions, facets, organisations, periods, records, saved_views
from unnm_desktop.services.listing import Context
from unnm_desktop.services.listings import LISTINGS

TASKS = 24


@pytest.fixture(scope="module")
def kept(template: object, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Two dozen promises of three bodies over two years, in every state."""
    path = tmp_path_factory.mktemp("facets") / "facets.unnm"
    path.write_bytes(template.read_bytes())  # type: ignore[attr-defined]  # a path
    database = Database(path, "Test Officer")
    with database.write("Set up") as session:
        network = secretariat.found(session)
        bodies = [one.organisation for one in organisations.seats_on(session, network.id, TODAY)][:3]
        for number in range(TASKS):
            due = TODAY - timedelta(days=365) + timedelta(days=30 * number) if number % 5 else None
            made = actions.create_action(
                session, network.id, TODAY, task_en=f"Task {number}", due=due,
                responsible=[(bodies[number % 3].id, None), (bodies[(number + number % 2) % 3].id, None)],
            )  # fmt: skip
            if number % 4 == 1:
                actions.mark_done(session, made.id, TODAY)
            elif number % 4 == 2:
                actions.begin(session, made.id)
    return database


def context_of(session: Session) -> Context:
    network = records.all_of(session, ActionPoint)[0].network_id
    return Context(network, ENGLISH, TODAY)


PERIODS = st.one_of(
    st.sampled_from([name for name, _ in periods.MOVING]),
    st.integers(2025, 2028).map(str),
    st.tuples(st.integers(2025, 2028), st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}"),
    st.tuples(
        st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.dates(date(2025, 1, 1), date(2028, 1, 1))
    ).map(lambda pair: periods.between(*pair)),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.none() | st.sampled_from(ActionStatus),
    body=st.none() | st.integers(0, 2),
    period=st.none() | PERIODS,
)
def test_a_narrowed_list_holds_what_one_counts_by_hand(
    kept: Database, state: ActionStatus | None, body: int | None, period: str | None
) -> None:
    with kept.read() as session:
        context = context_of(session)
        bodies = [one.organisation.id for one in organisations.seats_on(session, context.network_id, TODAY)][:3]
        narrowed: dict[str, str] = {}
        if state is not None:
            narrowed["state"] = state.value
        if body is not None:
            narrowed["organisation"] = bodies[body].hex
        if period is not None:
            narrowed["period"] = period
        found = set(actions.ACTIONS.ids(session, context, narrowed=narrowed))
        everything = records.all_of(session, ActionPoint)
        given_to = actions.responsible_of(session, [one.id for one in everything])

        def fits(one: ActionPoint) -> bool:
            if state is not None and one.status is not state:
                return False
            if body is not None and bodies[body] not in {found.id for found, _ in given_to[one.id]}:
                return False
            if period is None:
                return True
            first, last = periods.bounds(period, TODAY)
            return one.due is not None and (first is None or first <= one.due) and (last is None or one.due <= last)

        assert found == {one.id for one in everything if fits(one)}


def test_every_list_can_be_narrowed_by_all_that_it_offers(kept: Database) -> None:
    with kept.read() as session:
        context = context_of(session)
        for listing in LISTINGS.values():
            for facet in listing.facets:
                offered = facet.options(session, context)
                for value, words in offered[:3]:
                    assert words
                    listing.ids(session, context, narrowed={facet.name: value})
                    listing.ids(session, context, narrowed={facet.name: value}, words="a", limit=100)
                    assert facets.words_of(session, listing, {facet.name: value}, context) == {facet.name: words}


def test_the_command_line_names_a_body_by_its_letters(kept: Database) -> None:
    with kept.read() as session:
        context = context_of(session)
        narrowed = facets.read(session, actions.ACTIONS, ["organisation=ilo", "state=open"], context)
        assert UUID(narrowed["organisation"]) == organisations.find(session, "ILO").id  # type: ignore[union-attr]  # it is seeded
        assert narrowed["state"] == "open"
        for wrong in ("colour=red", "state=lost", "organisation=nobody", "period=soon", "period=2026-13"):
            with pytest.raises(UserError):
                facets.read(session, actions.ACTIONS, [wrong], context)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("this_year", "This year"),
        ("2026", "2026"),
        ("2026-06", "June 2026"),
        ("2026-01-15..2026-03-31", "15 Jan 2026 – 31 Mar 2026"),
        ("2026-01-15..", "From 15 Jan 2026"),
        ("..2026-03", "Until Mar 2026"),
    ],
)
def test_a_period_is_said_in_words(period: str, words: str) -> None:
    assert periods.told(period, Language()) == words


def test_half_years_follow_the_calendar() -> None:
    assert periods.bounds("this_half", date(2026, 11, 25)) == (date(2026, 7, 1), date(2026, 12, 31))
    assert periods.bounds("last_half", date(2026, 3, 1)) == (date(2025, 7, 1), date(2025, 12, 31))


def test_a_view_keeps_its_name_for_itself(kept: Database) -> None:
    with kept.write("View") as session:
        first = saved_views.keep(session, "actions", "Late ones", {"choice": "overdue"})
        again = saved_views.keep(session, "actions", " late ones ", {"choice": "open"})
        assert (again.id, again.settings) == (first.id, {"choice": "open"})
        other = saved_views.keep(session, "actions", "Mine", {})
        with pytest.raises(Invalid):
            saved_views.rename(session, other.id, "Late Ones")
        with pytest.raises(Invalid):
            saved_views.keep(session, "actions", "  ", {})
        records.remove(session, SavedView, first.id)
        assert [one.name for one in saved_views.of_list(session, "actions")] == ["Mine"]
        assert saved_views.of_list(session, "meetings") == []


def test_what_a_merge_left_undecided_is_found_on_each_record_that_it_is_part_of(kept: Database) -> None:
    with kept.read() as session:
        action = records.all_of(session, ActionPoint)[4]
        seat = records.all_of(session, Membership)[0]
        context = context_of(session)
        assert facets.by_undecided(ActionPoint).options(session, context) == []
    with kept.unjournalled() as connection:
        for entity, row in (("action_point", action.id), ("organisation", seat.organisation_id)):
            line = {"row_id": row, "field": "note", "kind": "value", "entity": entity, "heads": []}
            connection.execute(conflict_table.insert().values(**line))
    with kept.read() as session:
        assert facets.by_undecided(ActionPoint).options(session, context) == [("yes", "Undecided")]
        for kind, expected in (("actions", {action.id}), ("members", {seat.id})):
            listing = LISTINGS[kind]
            narrowed = facets.read(session, listing, ["undecided=yes"], context)
            assert set(listing.ids(session, context, narrowed=narrowed)) == expected
        assert list(LISTINGS["meetings"].ids(session, context, narrowed={"undecided": "yes"})) == []
    with kept.unjournalled() as connection:
        connection.execute(conflict_table.delete())
