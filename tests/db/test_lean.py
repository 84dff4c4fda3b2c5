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
