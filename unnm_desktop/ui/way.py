"""The way the officer has gone through the window, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from unnm_desktop.frozen import Frozen

if TYPE_CHECKING:
    from uuid import UUID


# So many stops are remembered: nobody goes further back.
_MOST = 500


class Stop(Frozen):
    """A place the officer has been to."""

    page: str
    record_id: UUID | None = None
    options: Mapping[str, object] = field(default_factory=dict)


class Way:
    """The stops in order, and where on them the officer stands."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    @property
    def here(self) -> Stop | None:
        """The stop now shown."""
        return self._stops[self._at] if self._at >= 0 else None

    def can_go(self, steps: int) -> bool:
        """Whether there is a stop so many steps forward (or back, when negative)."""
        return 0 <= self._at + steps < len(self._stops)

    def go(self, stop: Stop) -> None:
        """Go somewhere new; what lay ahead is forgotten."""
        del self._stops[self._at + 1 :]
        self._stops.append(stop)
        del self._stops[:-_MOST]
        self._at = len(self._stops) - 1

    def note(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        """The way back leads to the record that was looked at and to how it was, not only to its page."""
        if self._at >= 0:
            self._stops[self._at] = Stop(self._stops[self._at].page, record_id, options)

    def walk(self, steps: int) -> Stop | None:
        """Go so many steps along the way; None when it ends before."""
        if not self.can_go(steps):
            return None
        self._at += steps
        return self._stops[self._at]

    def take(self, other: Way) -> None:
        """Go on along another window's way."""
        self._stops, self._at = list(other._stops), other._at

    def forget(self) -> None:
        """Begin anew: what lay behind belongs to another workspace."""
        self._stops, self._at = [], -1
