"""SQLAlchemy comes without what only its asyncio engines and sums need, and nothing is taken away by that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from unnm_desktop.deferred import Deferred, standing_in

LOADED = """
import sys
import unnm_desktop.db.engine
print(sorted({"asyncio", "ssl", "socket", "email", "hashlib", "secrets", "importlib.metadata"} & set(sys.modules)))
"""
WORKS = """
import unnm_desktop.db
from sqlalchemy.util import compat, concurrency
print(concurrency.is_exit_exception(ValueError()), concurrency.iscoroutine(None))
print(compat.importlib_metadata.version("sqlalchemy") == __import__("sqlalchemy").__version__)
import asyncio, importlib.metadata
print(asyncio.__file__ is not None, importlib.metadata.__file__ is not None)
print(asyncio.run(asyncio.sleep(0, "slept")))
"""
REFERENCE = """
import sys
from unnm_desktop.db.workplans import Workplan
print("unnm_desktop.db.decisions" in sys.modules)
print(type(Workplan.__table__.c.decision_id.type).__name__)
"""
# Each in the way that comes first in some part of the program.
MADE = """
from threading import Barrier, Thread
from unnm_desktop.db.base import Base
from unnm_desktop.db.meetings import AgendaItem, Attendance, Invitation, Meeting, MeetingKind
from unnm_desktop.db.people import Person
from sqlalchemy import inspect, select
def made(): print(sorted(mapper.class_.__name__ for mapper in Base.registry.mappers))
made()
print(Meeting().kind is MeetingKind.REGULAR)
print(select(Person).column_descriptions[0]["name"], inspect(AgendaItem).local_table.name)
made()
start, found = Barrier(8), []
def ask():
    start.wait()
    found.append(len(Invitation.__table__.columns) and Attendance(note="late").note)
threads = [Thread(target=ask) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
print(found == ["late"] * 8)
made()
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import Base, Record
from sqlalchemy.orm import Mapped, mapped_column
print(len(ENTITIES) == len(list(Base.registry.mappers)))
class Later(Record):
    __tablename__ = "later"
    note: Mapped[str] = mapped_column(default="")
print(Later(note="kept").note, select(Later.note))
"""


def run(code: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_database_brings_no_sockets() -> None:
    assert run(LOADED) == ["[]"]


def test_who_asks_for_a_module_that_was_put_off_gets_it() -> None:
    assert run(WORKS) == ["False False", "True", "True True", "slept"]


def test_a_module_that_is_there_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    here = sys.modules[__name__]
    with standing_in(Deferred(__name__)):
        assert sys.modules[__name__] is here
    assert sys.modules[__name__] is here


def test_a_reference_is_a_key_before_the_module_of_what_it_points_at_is_loaded() -> None:
    assert run(REFERENCE) == ["False", "Uuid"]


def test_a_class_of_records_is_made_when_something_of_it_is_first_asked_for() -> None:
    assert run(MADE) == [
        "[]",
        "True",
        "Person agenda_item",
        "['AgendaItem', 'Meeting', 'Person']",
        "True",
        "['AgendaItem', 'Attendance', 'Invitation', 'Meeting', 'Person']",
        "True",
        "kept SELECT later.note ",
        "FROM later",
    ]
