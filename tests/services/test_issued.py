"""Issued documents keep their bytes; dispatches say who has what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.workplan_fixtures import AT, ON, bahrain, plan_with_work
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.issued import IssuedDocument
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import issued, records, results
from unnm_desktop.services.listing import Context


def test_the_bytes_that_went_out_are_read_again(database: Database) -> None:
    with database.write("Test") as session:
        world = bahrain(session)
        first = issued.issue(
            session,
            database.blobs.put,
            b"%PDF one",
            network_id=world.id,
            kind="directory",
            on=ON,
            title_en="Directory",
            made_from={"members": 2},
        )
        second = issued.issue(
            session, database.blobs.put, b"%PDF two", network_id=world.id, kind="directory", on=ON, title_en="Directory"
        )
        other = issued.issue(
            session, database.blobs.put, b"%PDF ar", network_id=world.id, kind="directory", on=ON, language="ar"
        )
        assert (first.version, second.version, other.version) == (1, 2, 1)
        with pytest.raises(UserError, match="is empty"):
            issued.issue(session, database.blobs.put, b"", network_id=world.id, kind="directory", on=ON)
        records.remove(session, IssuedDocument, second.id)
        third = issued.issue(
            session, database.blobs.put, b"%PDF 3", network_id=world.id, kind="directory", on=ON, title_en="Directory"
        )
        assert third.version == 3
        issued.record_dispatch(session, world.id, DispatchKind.OTHER, "UNCT", AT, issued_id=first.id)
    with database.read() as session:
        assert issued.content(session, database.blobs.get, first.id) == b"%PDF one"
        assert records.get(session, IssuedDocument, first.id).made_from == {"members": 2}
        context = Context(world.id, Language(), ON)
        ids = issued.ISSUED.ids(session, context)
        assert set(ids) == {first.id, other.id, third.id}
        texts = {cell.text for row in issued.ISSUED.rows(session, context, ids) for cell in row}
        assert {"Member directory", "Directory", "UNCT", "Arabic"} <= texts
        assert next(one.id for one in issued.issued_for(session, world.id, "directory")) == third.id
        with pytest.raises(UserError, match="missing beside the workspace"):
            issued.content(session, lambda _: (_ for _ in ()).throw(KeyError("gone")), first.id)


def test_dispatches_are_found_by_kind_day_and_record(database: Database) -> None:
    with database.write("Test") as session:
        world = bahrain(session)
        plan, _, _ = plan_with_work(session, world)
        issued.record_dispatch(session, world.id, DispatchKind.UPDATE, "government", AT)
        later = issued.record_dispatch(
            session, world.id, DispatchKind.WORKPLAN, "UNCT", AT + timedelta(days=1), workplan_id=plan.id
        )
        assert issued.dispatches(session, world.id, DispatchKind.WORKPLAN) == [later]
        assert issued.dispatches(session, world.id, since=AT + timedelta(hours=1)) == [later]
        assert issued.dispatches(session, world.id, workplan_id=plan.id) == [later]
        assert issued.unreached(("RC", "UNCT"), [later]) == ("RC",)


def test_challenges_are_raised_escalated_and_closed(database: Database) -> None:
    with database.write("Test") as session:
        world = bahrain(session)
        one = results.raise_challenge(
            session, world.id, ON, title_en="No data", organisation_id=world.bodies["IOM"].id,
            objective_id=world.objectives[3].id,
        )  # fmt: skip
        later = ON + timedelta(days=10)
        results.escalate(session, one.id, later)
        results.close(session, one.id, later + timedelta(days=5), "Settled")
        assert [results.state_on(one, day).value for day in (ON, later, later + timedelta(days=5))] == [
            "open",
            "escalated",
            "closed",
        ]
        assert results.open_on(session, world.id, later) == [one]
        assert results.open_on(session, world.id, ON - timedelta(days=1)) == []
        assert results.raised_between(session, world.id, ON, ON) == [one]
        with pytest.raises(UserError, match="not closed before"):
            results.close(session, one.id, ON - timedelta(days=1))
        context = Context(world.id, Language(), later)
        (row,) = results.CHALLENGES.rows(session, context, results.CHALLENGES.ids(session, context, choice="open"))
        assert [cell.text for cell in row][:3] == ["No data", "IOM", "3"]
        assert row[-1].text == "Escalated to the UNCT"
        results.reopen(session, one.id)
        assert results.state_on(one, later + timedelta(days=9)).value == "escalated"
