"""Statements that are in the program: they are those of the queries beside which they are named."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from tests import write_statements
from tests.conftest import TODAY
from unnm_desktop.db.connecting import DIALECT
from unnm_desktop.db.engine import Database
from unnm_desktop.services import dashboard, readiness, rules_in_force, sample, seen, today_queries
from unnm_desktop.services.network_rows import network_rows
from unnm_desktop.services.prepared import Prepared

READERS = {
    dashboard: {
        "_figures": today_queries.figures,
        "_first_rows": today_queries.first_rows,
        "_next": today_queries.next_meeting,
        "_activities": today_queries.activities,
        "_lines": today_queries.budget_lines,
    },
    readiness: {"_facts": today_queries.preparations, "_attending": today_queries.attending},
    rules_in_force: {"_versions_read": today_queries.versions},
    seen: {"_guests": today_queries.guests},
}


def test_they_are_what_the_queries_say() -> None:
    # Where this fails a query of Today, a column or SQLAlchemy was changed: ``make statements``.
    assert write_statements.PATH.read_text(encoding="utf-8") == write_statements.anew()


def test_today_is_told_the_same_as_by_statements_written_anew(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sample.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, "Amina Haddad") as database:
        sample.build(database, on=TODAY, years=1)
        with database.read() as session:
            places = network_rows(session)
            with patch.object(DIALECT.statement_compiler, "__init__", side_effect=AssertionError("written anew")):
                ahead = [dashboard.dashboard(session, one.id, TODAY, "Amina Haddad") for one in places]
            for reader, queries in READERS.items():
                for name, query in queries.items():
                    anew = Prepared(query())
                    monkeypatch.setattr(reader, name, lambda anew=anew: anew)
            assert [dashboard.dashboard(session, one.id, TODAY, "Amina Haddad") for one in places] == ahead
    assert any(day.rows and day.coming is not None and day.plan is not None for day in ahead)
