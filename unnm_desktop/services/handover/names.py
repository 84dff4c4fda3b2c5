"""What a package's file is called: told by letters that every stick and every system takes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from unnm_desktop.services.handover import limits

_MOST = 6


def name_for(countries: Sequence[str], now: datetime) -> str:
    """A new name, for example ``unnm-BHR-KWT-20261121-1405-9f3a.unnmx``; at most 64 letters."""
    listed = "-".join(countries) if len(countries) <= _MOST else f"{len(countries)}-networks"
    return f"unnm-{listed or 'none'}-{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}{limits.ENDING}"
