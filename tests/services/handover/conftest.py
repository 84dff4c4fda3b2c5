"""A small package, made once a test and quickly: sealed for this computer's own office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.handover import forging
from unnm_desktop.services.handover import package


@pytest.fixture
def packed(stick: Path) -> package.Packed:
    """A whole package on the stick."""
    return forging.pack(forging.contents(), stick)
