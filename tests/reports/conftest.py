"""The sample year for the documents' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from unnm_desktop.db.engine import Database


@pytest.fixture
def sample(both_years: Path, tmp_path: Path) -> Iterator[Session]:
    """A step in a copy of the sample."""
    path = tmp_path / "sample.unnm"
    path.write_bytes(both_years.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Test") as session:
        yield session
