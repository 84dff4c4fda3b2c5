"""The order in which steps were made: each computer's own numbers first of all, clocks only between computers.

A clock that was set back makes no later step an earlier one, and one that was far ahead draws nothing after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, func

from unnm_desktop.db.hybrid_clock import FAR, ahead
from unnm_desktop.db.journal import changeset_table


class Doubt(Enum):
    """Why the time of a step does not fit its place among the others."""

    AHEAD = "ahead"
    SET_BACK = "set back"


_NEWEST = (
    "SELECT l.good, c.hlc, c.at_utc, c.label, c.officer FROM changeset c JOIN"
    " (SELECT device, max(seq) AS seq, max(CASE WHEN hlc < ? THEN hlc ELSE '' END) AS good FROM changeset"
    " GROUP BY device) l ON c.device = l.device AND c.seq = l.seq ORDER BY l.good DESC, c.hlc DESC LIMIT 1"
)
_NEWEST_OF = "SELECT '', hlc, at_utc, label, officer FROM changeset WHERE device = ? ORDER BY seq DESC LIMIT 1"


# Milliseconds; steps that follow each other at once are counted on beyond the clock.
_LATE = 2000
_IN_DOUBT = (
    "SELECT 1 FROM changeset WHERE hlc >= ? OR CAST(substr(hlc, 1, 14) AS INTEGER) >"
    " CAST(strftime('%s', at_utc) AS INTEGER) * 1000 + ? LIMIT 1"
)


class Last(NamedTuple):
    """The newest step: what it is ordered by, its clocks, its label, and whose it is."""

    believed: str
    hlc: str
    at: str
    label: str
    officer: str


def believed(now: datetime) -> ColumnElement[str]:
    """The clock of each changeset that is asked for, never behind its computer's step before; what is far ahead is not
    believed.
    """
    table = changeset_table.c
    good = case((table.hlc < ahead(now), table.hlc), else_="")
    return func.max(good).over(partition_by=table.device, order_by=table.seq)


def newest_first(now: datetime) -> tuple[ColumnElement[Any], ...]:
    """What changesets are ordered by."""
    table = changeset_table.c
    # Where no clock can be believed, because this computer's own is far behind, at least they order each other.
    any_clock = func.max(table.hlc).over(partition_by=table.device, order_by=table.seq)
    return believed(now).desc(), any_clock.desc(), table.seq.desc()


def ranks(clocks: Mapping[tuple[UUID, int], str], now: datetime) -> dict[tuple[UUID, int], tuple[str, str, int]]:
    """The same for steps that are read already: by what each is ordered, the newest step has the highest.

    Args:
        clocks: of steps, each by its computer and number.
        now: what is far ahead of it is not believed.

    """
    limit, found = ahead(now), dict[tuple[UUID, int], tuple[str, str, int]]()
    good, highest = dict[UUID, str](), dict[UUID, str]()
    for (device, seq), hlc in sorted(clocks.items(), key=lambda one: one[0][1]):
        good[device] = max(good.get(device, ""), hlc if hlc < limit else "")
        highest[device] = max(highest.get(device, ""), hlc)
        found[device, seq] = good[device], highest[device], seq
    return found


def clocks_agree(connection: Any, now: datetime) -> bool:
    """Whether the days and hours that steps were written with order them as the journal does, read through the driver:
    no clock was set back, and none was behind or ahead of another's that it heard of.
    """
    found = connection.execute(_IN_DOUBT, (ahead(now), _LATE)).fetchone()
    return found is None


def doubt(hlc: str, in_order: str, now: datetime) -> Doubt | None:
    """Whether its clock is wrong, as far as the steps around it tell."""
    if hlc >= ahead(now):
        return Doubt.AHEAD
    return Doubt.SET_BACK if hlc < in_order else None


def last(connection: Any, now: datetime) -> Last | None:
    """The newest step, read through the driver."""
    found = connection.execute(_NEWEST, (ahead(now),)).fetchone()
    return None if found is None else Last(*found)


def last_of(connection: Any, device: UUID) -> Last | None:
    """The newest step of one computer by its own numbers, whatever its clock said, read through the driver."""
    found = connection.execute(_NEWEST_OF, (device.hex,)).fetchone()
    return None if found is None else Last(*found)


def in_order(moments: Sequence[datetime], now: datetime) -> list[datetime]:
    """Moments in the order in which things were done, each after the one before; those of a clock that was far ahead
    come right after what was done before them.
    """
    found: list[datetime] = []
    for moment in moments:
        before = found[-1] + moment.resolution if found else None
        fits = moment < now + FAR
        if before is None:
            found.append(moment if fits else now)
        else:
            found.append(max(moment, before) if fits else before)
    return found
