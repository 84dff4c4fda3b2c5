"""Lists and pages of a big workspace: how SQLite answers them, and how many statements they take. No times."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.bench import workspaces
from tests.bench.workspaces import ON
from tests.statements import statements
from unnm_desktop.db import Network
from unnm_desktop.db.engine import Database
from unnm_desktop.i18n import ENGLISH, language_for
from unnm_desktop.services import listing, records
from unnm_desktop.services.listing import Context
from unnm_desktop.services.listings import LISTINGS

BIG = 2600
# Every seat, person and action point of a network is in these; the others stay small for ever.
LONG = "membership|action_point|organisation|person|appointment|action_responsible"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Path:
    """Thousands of rows in every list."""
    return workspaces.many_rows(tmp_path_factory.mktemp("big") / "big.unnm", BIG)


@pytest.fixture(scope="module", params=["without statistics", "after ANALYZE"])
def big(request: pytest.FixtureRequest, filled: Path) -> Iterator[Database]:
    """The workspace, and the same once SQLite has looked at what is in it."""
    path = filled.with_name(f"{request.param}.unnm")
    shutil.copy(filled, path)
    with Database(path, "Test Officer") as database:
        if request.param == "after ANALYZE":
            with database.unjournalled() as connection:
                connection.exec_driver_sql("ANALYZE")
        yield database


@pytest.fixture
def moment(big: Database) -> Iterator[Session]:
    with big.read() as session:
        yield session


def context_of(session: Session, language: Any = ENGLISH) -> Context:
    (network,) = records.all_of(session, Network)
    return Context(network.id, language, ON)


def plan(session: Session, work: Callable[[], object]) -> str:
    """How SQLite answers the statements of some work."""
    told = statements(session, work)
    rows = [row for one in told for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {one}")]
    return "\n".join(str(row[3]) for row in rows)


def walked(name: str) -> list[str]:
    return [column.name for column in LISTINGS[name].columns if column.walk is not None or column.legs is not None]


ORDERS = [(name, column) for name in LISTINGS for column in walked(name)]


@pytest.mark.parametrize(("name", "column"), ORDERS)
@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("language", [ENGLISH, language_for("ar")], ids=["en", "ar"])
def test_the_first_page_of_such_an_order_sorts_nothing(
    moment: Session, name: str, column: str, down: bool, language: Any
) -> None:
    context = context_of(moment, language)
    listing = LISTINGS[name]
    by = listing.column(column)
    if by.walk is None and not (by.legs and by.legs(context)):
        pytest.skip("this language has no such index")
    told = plan(moment, lambda: listing.ids(moment, context, sort=column, descending=down, limit=50))
    assert not re.search(r"TEMP B-TREE FOR (ORDER|DISTINCT)", told), told
    assert "MATERIALIZE" not in told, told


OPEN = [
    ("actions", "open", "USING COVERING INDEX ix_action_point_open"),
    ("actions", "overdue", "USING COVERING INDEX ix_action_point_open"),
    ("actions", "soon", "USING COVERING INDEX ix_action_point_open"),
    ("meetings", "upcoming", "USING INDEX ix_meeting_network_id_day (network_id=? AND day>?)"),
    ("decisions", "pending", "USING INDEX ix_decision_network_id_decided_on (network_id=?)"),
]


@pytest.mark.parametrize(("name", "choice", "index"), OPEN)
def test_what_is_open_is_found_by_an_index(moment: Session, name: str, choice: str, index: str) -> None:
    context = context_of(moment)
    told = plan(moment, lambda: LISTINGS[name].ids(moment, context, choice=choice))
    assert index in told, told
    assert not re.search(r"SCAN (?!CONSTANT ROW|asked)", told), told


@pytest.mark.parametrize("name", LISTINGS)
def test_a_page_of_rows_is_found_by_its_keys(moment: Session, name: str) -> None:
    """Never by looking through what the whole network holds."""
    context, listing = context_of(moment), LISTINGS[name]
    ids = listing.ids(moment, context, limit=50)
    told = statements(moment, lambda: listing.rows(moment, context, ids))
    for statement in told:
        rows = moment.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        plans = "\n".join(str(row[3]) for row in rows)
        looked_through = re.search(rf"SCAN ({LONG})\b|SEARCH ({LONG})\b.* \(network_id=\?\)", plans)
        assert not looked_through, f"{statement}\n{plans}"


@pytest.mark.parametrize("name", LISTINGS)
def test_the_statements_of_a_page_do_not_grow_with_the_rows(moment: Session, name: str) -> None:
    context, listing = context_of(moment), LISTINGS[name]
    ids = listing.ids(moment, context)
    few = len(statements(moment, lambda: listing.rows(moment, context, ids[-2:])))
    many = len(statements(moment, lambda: listing.rows(moment, context, ids[-200:])))
    assert few == many <= 15


WORDS = ("organisation for", "officer", "share note", "data 7", "tr", "بيانات", "nobody says this")


@pytest.mark.parametrize("looked", [listing._LOOKED, 0], ids=["looking", "nothing near the top"])
@pytest.mark.parametrize("name", ["members", "organisations", "people", "actions"])
def test_a_first_page_is_the_beginning_of_the_whole(
    moment: Session, name: str, looked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it was found: row by row for frequent words, by row numbers further down, by the index for rare ones."""
    monkeypatch.setattr(listing, "_LOOKED", looked)
    context, rows = context_of(moment), LISTINGS[name]
    for words in WORDS:
        for sort in ("", *walked(name)):
            for down in (None, True):
                whole = rows.ids(moment, context, words=words, sort=sort, descending=down)
                first = rows.ids(moment, context, words=words, sort=sort, descending=down, limit=30)
                assert list(first) == list(whole[:30]), words
                # And among the keys of the list without words, as a window that has been open for a moment asks.
                every = rows.ids(moment, context, sort=sort, descending=down)
                assert list(rows.ids(moment, context, words=words, sort=sort, descending=down, among=every)) == list(
                    whole
                )
                narrowed = rows.first_ids(moment, context, 30, words=words, sort=sort, descending=down, among=every)
                assert narrowed is None or list(narrowed) == list(first), words


def test_words_filters_and_periods_go_together(moment: Session) -> None:
    context = context_of(moment)
    whole = LISTINGS["actions"].ids(moment, context, words="health", choice="open")
    late = LISTINGS["actions"].ids(moment, context, words="health", choice="overdue")
    assert 0 < len(late) < len(whole) < BIG
    dues = [values["due"] for values in LISTINGS["actions"].values(moment, context, late)]
    assert dues == sorted(dues)
    assert dues[-1] <= ON - timedelta(days=1)
