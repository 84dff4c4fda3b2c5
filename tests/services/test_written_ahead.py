"""Statements that are in the program: they are those of the queries beside which they are named."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from tests import write_statements
from tests.conftest import TODAY
from unnm_desktop.db.connecting import DIALECT
from unnm_desktop.db.engine import Database
from unnm_desktop.services import dashboard, sample
from unnm_desktop.services.network_rows import network_rows
from unnm_desktop.services.prepared import Prepared
from unnm_desktop.services.written_ahead import AHEAD


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
            for name, write in AHEAD.items():
                module, _, function = name.rpartition(".")
                if module == "dashboard":
                    anew = Prepared(write())
                    monkeypatch.setattr(dashboard, f"_{function}", lambda anew=anew: anew)
            assert [dashboard.dashboard(session, one.id, TODAY, "Amina Haddad") for one in places] == ahead
    assert any(day.rows and day.coming is not None and day.plan is not None for day in ahead)
