"""The hybrid logical clock of changesets: as near to the wall as it can be, and never backwards."""

from __future__ import annotations

from datetime import datetime, timedelta

FAR = timedelta(days=1)
"""So far ahead a clock is not believed."""


def next_hlc(last: str, now: datetime) -> str:
    """The hybrid logical clock after ``last``: never behind the wall clock, never behind itself."""
    wall = f"{int(now.timestamp() * 1000):014d}"
    before, _, counter = last.partition("-")
    return f"{wall}-{0:06d}" if wall > before else f"{before}-{int(counter or 0) + 1:06d}"


def ahead(now: datetime) -> str:
    """The hybrid clock from which on another computer's is far ahead."""
    return f"{int((now + FAR).timestamp() * 1000):014d}"
