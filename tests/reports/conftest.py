"""The sample year for the documents' tests, built once and copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.reports import sample_year
from unnm_desktop.db.engine import Database


@pytest.fixture(scope="session")
def sample_file(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with both networks' years."""
    path = tmp_path_factory.mktemp("sample") / "sample.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Sample") as session:
        sample_year.bahrain(session)
        sample_year.kuwait(session)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Session]:
    """A step in a copy of the sample."""
    path = tmp_path / "sample.unnm"
    path.write_bytes(sample_file.read_bytes())
    with Database(path, "Test Officer") as database, database.write("Test") as session:
        yield session
