"""The filled workspace that every copy begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handover.world import Base, make_base


@pytest.fixture(scope="session")
def base(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Base:
    return make_base(template, tmp_path_factory.mktemp("base"))
