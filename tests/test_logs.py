"""The log of this computer: a file with the first line, closed to others, and none where nothing failed."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from unnm_desktop import logs


@pytest.fixture(autouse=True)
def _without_log(home: Path) -> Iterator[None]:
    logger = logging.getLogger(logs.NAME)
    before, logger.handlers = logger.handlers, []
    yield
    for handler in logger.handlers:
        handler.close()
    logger.handlers = before


def test_the_first_line_opens_the_log() -> None:
    logger = logs.start()
    assert not logs.log_file().exists()
    logger.warning("something failed")
    logs.start().error("and again")
    lines = logs.log_file().read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == ["WARNING something failed", "ERROR and again"]
    assert os.name != "posix" or logs.log_file().stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log() -> None:
    logs.log_file().mkdir(parents=True)
    logs.start().error("nobody reads it")
    assert logs.log_file().is_dir()
