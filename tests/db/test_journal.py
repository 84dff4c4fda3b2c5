"""Properties of the journal: whatever is done and undone, it replays to exactly the tables."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unnm_desktop.db import ENTITIES, Holiday, Network, journal, replay
from unnm_desktop.db.decisions import Decision, DecisionSubject
from unnm_desktop.db.engine import Database
from unnm_desktop.errors import UserError
from unnm_desktop.services import records, undo

FIELDS = ["name_en", "name_ar", "short_name"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 2), st.sampled_from(FIELDS), st.text(max_size=5)),
        st.tuples(st.just("remove"), st.integers(0, 2)),
        st.tuples(st.just("restore"), st.integers(0, 2)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=12,
)  # fmt: skip


def state(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        networks = sorted(session.query(Network).all(), key=lambda network: network.id)
        return [{c.key: getattr(n, c.key) for c in Network.__table__.columns} for n in networks]


def do(database: Database, step: tuple[Any, ...], networks: list[Any]) -> None:
    assert database.device is not None
    if step[0] in ("undo", "redo"):
        with database.read() as session:
            find = undo.next_undo if step[0] == "undo" else undo.next_redo
            entry = find(session, database.device.id)
        if entry is not None:
            kind = journal.Kind.UNDO if step[0] == "undo" else journal.Kind.REDO
            with database.write(entry.label, kind=kind, undoes=entry.key) as session:
                undo.take_back(session, entry)
        return
    with database.write(step[0]) as session:
        if step[0] == "edit":
            records.update(session, Network, networks[step[1]], **{step[2]: "x" + step[3]})
        elif step[0] == "remove":
            records.remove(session, Network, networks[step[1]])
        else:
            records.restore(session, Network, networks[step[1]])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_story_of_steps_and_undos_replays(template: Path, steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.unnm"
        shutil.copy(template, path)
        with Database(path) as database:
            with database.write("Make") as session:
                ids = [records.create(session, Network, country="BHR", name_en=f"N{n}").id for n in range(3)]
            for step in steps:
                do(database, step, ids)
            assert database.check() == []
            with database.write("Rebuild") as session:
                before = sorted(session.execute(journal.head_table.select()).all())
                replay.rebuild(session.cursor())
                assert sorted(session.execute(journal.head_table.select()).all()) == before


def test_undoing_everything_and_redoing_it_comes_back_to_the_same(database: Database) -> None:
    with database.write("Make") as session:
        ids = [records.create(session, Network, country="BHR", name_en=f"N{n}").id for n in range(3)]
    for n in range(50):
        do(database, ("edit", n % 3, "short_name", f"s{n}"), ids)
    end = state(database)
    for _ in range(50):
        do(database, ("undo",), ids)
    assert all(network["short_name"] == "" for network in state(database))
    for _ in range(50):
        do(database, ("redo",), ids)
    assert state(database) == end


def test_values_of_every_kind_are_put_back(database: Database) -> None:
    first, second = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (1, 2))
    with database.write("Make") as session:
        network = records.create(session, Network, country="BHR", name_en="One", weekend=[4, 5]).id
        other = records.create(session, Network, country="KWT", name_en="Other").id
        values = {"decided_on": first.date(), "silence_from": first, "network_id": network, "all_members": False}
        made = records.create(session, Decision, **values).id
    with database.write("Change") as session:
        records.update(session, Network, network, weekend=[6])
        after = {"decided_on": second.date(), "silence_from": second, "network_id": other, "all_members": True}
        records.update(session, Decision, made, subject=DecisionSubject.TOR, **after)
    do(database, ("undo",), [])
    with database.read() as session:
        found = records.get(session, Decision, made)
        assert {name: getattr(found, name) for name in values} == values
        assert found.subject is DecisionSubject.GENERAL
        assert records.get(session, Network, network).weekend == [4, 5]
    do(database, ("redo",), [])
    with database.read() as session:
        found = records.get(session, Decision, made)
        assert {name: getattr(found, name) for name in after} == after
        assert found.subject is DecisionSubject.TOR
    assert database.check() == []


def test_undo_works_across_a_restart(database: Database) -> None:
    with database.write("Make") as session:
        made = records.create(session, Network, country="BHR", name_en="before").id
    with database.write("Rename") as session:
        records.update(session, Network, made, name_en="after")
    database.close()
    with Database(database.path) as again:
        do(again, ("undo",), [])
        assert state(again)[0]["name_en"] == "before"


def test_a_field_changed_since_refuses_to_be_undone(database: Database) -> None:
    with database.write("Make") as session:
        made = records.create(session, Network, country="BHR", name_en="one").id
    with database.write("Second") as session:
        records.update(session, Network, made, name_en="two")
    assert database.device is not None
    with database.read() as session:
        entry = undo.next_undo(session, database.device.id)
    assert entry is not None
    with database.write("Third") as session:
        records.update(session, Network, made, name_en="three")
    try:
        with database.write(entry.label, kind=journal.Kind.UNDO, undoes=entry.key) as session:
            undo.take_back(session, entry)
    except UserError as error:
        assert "changed again since" in str(error)  # noqa: PT017 - the database frame must close before the look
    else:
        raise AssertionError("the undo overwrote a later edit")
    assert state(database)[0]["name_en"] == "three"


def test_an_edit_names_the_change_it_replaces(database: Database) -> None:
    with database.write("Make") as session:
        made = records.create(session, Network, country="BHR", name_en="one").id
    for name in ("two", "three"):
        with database.write("Edit") as session:
            records.update(session, Network, made, name_en=name)
    with database.read() as session:
        rows = session.execute(journal.change_table.select().order_by(journal.change_table.c.seq)).all()
    device = str(rows[0].device)
    assert [row.parents for row in rows] == [{}, {"name_en": [[device, 1]]}, {"name_en": [[device, 2]]}]


def test_many_records_made_at_once_are_journalled_like_any_other(database: Database) -> None:
    from datetime import date

    with database.write("Make") as session:
        network = records.create(session, Network, country="BHR", name_en="N").id
    with database.write("Import", kind=journal.Kind.IMPORT) as session:
        rows = [{"network_id": network, "day": date(2026, 1, 1), "name_en": f"H{n}"} for n in range(700)]
        made = records.create_many(session, Holiday, rows)
        with pytest.raises(TypeError, match="no field nickname"):
            records.create_many(session, Holiday, [{**rows[0], "nickname": "H"}])
    assert len(made) == len(set(made)) == 700
    assert database.check() == []
    do(database, ("undo",), [])
    with database.read() as session:
        assert records.all_of(session, Holiday) == []
    assert database.check() == []


def test_a_step_that_changes_nothing_writes_nothing(database: Database) -> None:
    with database.write("Make") as session:
        made = records.create(session, Network, country="BHR", name_en="one").id
    with database.write("Nothing") as session:
        records.update(session, Network, made, name_en="one")
    assert session.info["changeset"] is None
    with database.write("There and back") as session:
        records.update(session, Network, made, name_en="two")
        records.update(session, Network, made, name_en="one")
    assert session.info["changeset"] is None
    assert database.check() == []


def test_tampering_with_a_table_is_found_by_the_audit(database: Database) -> None:
    with database.write("Make") as session:
        records.create(session, Network, country="BHR", name_en="one")
    with database.unjournalled() as connection:
        connection.exec_driver_sql("UPDATE network SET name_en = 'forged'")
    assert any("name_en" in line for line in database.check())
    assert set(ENTITIES) >= {"network"}
