"""What is tried out before a protected workspace is open: nothing of its first reading is left to write."""

from __future__ import annotations

import string
from pathlib import Path
from unittest.mock import patch

from tests.conftest import TODAY
from unnm_desktop.db.connecting import DIALECT, WRITTEN
from unnm_desktop.db.engine import Database
from unnm_desktop.db.in_memory import in_memory
from unnm_desktop.services import dashboard, half_done, rehearsal, sample
from unnm_desktop.services.network_rows import network_rows


def test_a_workspace_is_opened_and_today_read_with_statements_that_were_rehearsed(
    template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sample.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path) as made:
        sample.build(made, on=TODAY, years=1)
    WRITTEN.clear()
    with in_memory() as session:
        rehearsal.rehearsed(session, TODAY)
    with (
        patch.object(DIALECT.statement_compiler, "__init__", side_effect=AssertionError("written anew")),
        Database(path) as opened,
        opened.read() as session,
    ):
        half_done.waiting(session)
        for network in network_rows(session):
            dashboard.dashboard(session, network.id, TODAY)


def test_the_rehearsed_day_names_nobody() -> None:
    with in_memory() as session:
        found = rehearsal.rehearsed(session, TODAY)
    assert found.coming is not None
    assert found.plan is not None
    assert (found.coming.meeting.title_en, found.coming.meeting.title_ar) == ("", "")
    # No words: every letter once, so that each is drawn before the first word is.
    letters = {row.action.task_en for row in found.rows} | {
        body.name_en for row in found.rows for body, _ in row.owners
    }
    assert letters == {string.ascii_letters + string.digits + string.punctuation}
