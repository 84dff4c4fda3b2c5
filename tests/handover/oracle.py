"""What must not be lost, reckoned from what each officer saw and did: knows nothing of the journal or the merge.

Every edit is an event with the set of events its author had (a vector clock, written out). An edit replaces those
whose value its author saw in the field; a decision replaces all its author knew. What nobody replaced must be seen at
the end: in the record, inside a text put together, or as a side of a conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Place = tuple[str, str]


@dataclass(frozen=True)
class Event:
    """Somebody gave a field a value, or removed a record (field ``removed_at``, value True)."""

    number: int
    place: Place
    value: Any
    replaces: frozenset[int]
    known: frozenset[int]


@dataclass
class Mind:
    """What one officer's workspace has: their own events, and those each merge brought."""

    own: set[int] = field(default_factory=set)
    brought: dict[Any, frozenset[int]] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[int]:
        return frozenset(self.own).union(*self.brought.values())


class Oracle:
    """All events of a story."""

    def __init__(self, minds: int) -> None:
        self.events: list[Event] = []
        self.minds = [Mind() for _ in range(minds)]

    def happened(
        self, mind: int, place: Place, value: Any, *, saw: Any = None, decides: bool = False, by: Any = None
    ) -> None:
        """``by``: the merge it was decided with, which takes it along when it is undone."""
        known = self.minds[mind].known
        there = [self.events[n] for n in known if self.events[n].place == place]
        replaced = {e.number for e in there if decides or e.value == saw or _inside(e.value, saw)}
        event = Event(len(self.events), place, value, frozenset(replaced), known)
        self.events.append(event)
        if by is None:
            self.minds[mind].own.add(event.number)
        else:
            self.minds[mind].brought[by] |= {event.number}

    def current(self, mind: int, place: Place) -> list[Event]:
        """The events of a field that nobody replaced, as that officer's workspace has them."""
        there = {n: self.events[n] for n in self.minds[mind].known if self.events[n].place == place}
        gone: set[int] = set()
        waiting = [n for event in there.values() for n in event.replaces]
        while waiting:
            number = waiting.pop()
            if number not in gone:
                gone.add(number)
                waiting += self.events[number].replaces
        return [event for number, event in there.items() if number not in gone]

    def places(self, mind: int) -> set[Place]:
        return {self.events[n].place for n in self.minds[mind].known}


def _inside(value: Any, text: Any) -> bool:
    """Whether every paragraph of a text stands in one put together from several."""
    if not isinstance(value, str) or not isinstance(text, str) or "\n\n" not in text:
        return False
    return set(value.split("\n\n")) <= set(text.split("\n\n"))


def seen(event: Event, shown: Any, sides: list[Any], old: str) -> bool:
    """Whether an edit is to be found in the record or in its conflicts."""
    if event.value == shown or event.value in sides:
        return True
    if not isinstance(event.value, str) or not isinstance(shown, str):
        return False
    new = set(event.value.split("\n\n")) - set(old.split("\n\n"))
    return bool(new) and new <= set(shown.split("\n\n"))
