"""Which copies stay as time goes by, and how much of a disk they may take."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from unnm_desktop.i18n import N_

ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
LEAST = 3
"""Never fewer good copies than this, however old."""
SHARE = 0.2
"""Of the room on the disk that copies may take together."""
SHORT = N_(
    "Backups may take a fifth of the free room on this disk, and it is used up: the oldest go sooner than after a year."
    " Make room, or choose another folder under Preferences."
)


@dataclass(frozen=True)
class Room:
    """How much the copies take, how much they may take, and how large the next one will be: bytes."""

    taken: int
    most: int
    next: int

    @property
    def is_short(self) -> bool:
        """Whether an older copy goes for the next one."""
        return self.taken + self.next > self.most


def room_for(sizes: Iterable[int], newest: int, free: int) -> Room:
    """The room of copies of these sizes on a disk with so many free bytes."""
    taken = sum(sizes)
    return Room(taken, round(SHARE * (free + taken)), newest)


def kept(moments: Collection[datetime], now: datetime) -> set[datetime]:
    """Which copies stay: all of two days, then the last of each of 12 days, 10 weeks and 9 months; at least three."""
    newest_first = sorted(moments, reverse=True)
    stays = {at for at in newest_first if now - at <= ALL_FOR}
    stays.update(newest_first[:LEAST])
    rest = [at for at in newest_first if now - at > ALL_FOR]
    # What falls out of the days is looked at by weeks, and what falls out of the weeks by months.
    for label, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        found: dict[object, datetime] = {}
        for at in rest:
            if label(at) not in found and len(found) == most:
                break
            found.setdefault(label(at), at)
        stays.update(found.values())
        oldest = min(found.values(), default=now)
        rest = [at for at in rest if at < oldest]
    return stays


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month
