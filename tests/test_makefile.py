"""The commands that the project's papers name are there."""

from __future__ import annotations

import re
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PAPERS = (_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", *sorted((_ROOT / "docs").glob("*.md")))


def test_every_make_command_that_is_written_down_exists() -> None:
    named = {
        command for paper in _PAPERS for command in re.findall(r"`make ([a-z-]+)", paper.read_text(encoding="utf-8"))
    }
    there = set(re.findall(r"^([a-z-]+):", (_ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "check", "bench-peers"} <= named
    assert named <= there
