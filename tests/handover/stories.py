"""Stories of officers who work apart, merge, decide and undo; played on real copies and judged by the oracle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.handover.oracle import Oracle, seen
from tests.handover.world import TEXT, Base, Copy, clock, copies, gossip, link_key
from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.services import handover
from unnm_desktop.services.handover import deciding
from unnm_desktop.services.handover.conflicts import Conflict
from unnm_desktop.services.handover.deciding import Answer, Pick

Step = tuple[Any, ...]
FIELDS = (
    ("person", "amal", "phones"),
    ("person", "amal", "note"),
    ("person", "badr", "phones"),
    ("organisation", "who", "note"),
    ("action_point", "task", "evidence"),
    ("action_point", "chore", "task_en"),
)
REMOVABLE = (("action_point", "task"), ("organisation", "who"), ("organisation", "ilo"), ("person", "badr"))
BODIES = ("iom", "who", "ilo")
SKEWS = (timedelta(), timedelta(days=400), timedelta(days=-3650))


class Lost(AssertionError):
    """Something that must hold does not."""


@dataclass
class Story:
    """A story under way."""

    base: Base
    all: list[Copy]
    oracle: Oracle
    packages: list[tuple[str, frozenset[int]]] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)
    joined: bool = False
    skews: dict[int, timedelta] = field(default_factory=dict)

    def play(self, step: Step) -> None:
        who = step[1]
        with clock(self.skews.get(who, timedelta())):
            try:
                getattr(self, step[0])(who, *step[2:])
            except handover.Cloned:
                raise
            except UserError:
                return  # the program said no, and nothing was changed

    def edit(self, who: int, which: int, value: str) -> None:
        table, name, column = FIELDS[which]
        key = self.base.keys[name]
        saw = self.all[who].value(table, key, column)
        if saw == value or (name in self.erased):
            return
        self.all[who].update(table, key, **{column: value})
        self.oracle.happened(who, (f"{table} {key}", column), value, saw=saw)

    def write(self, who: int, paragraph: int, value: str) -> None:
        key = self.base.keys["entry"]
        saw = self.all[who].value("minutes_entry", key, "text_en")
        parts = saw.split("\n\n")
        parts[paragraph % len(parts)] = value
        text = "\n\n".join(parts)
        if text == saw:
            return
        self.all[who].update("minutes_entry", key, text_en=text)
        self.oracle.happened(who, (f"minutes_entry {key}", "text_en"), text, saw=saw)

    def refer(self, who: int, person: int, body: int) -> None:
        key, target = self.base.keys[("amal", "carla")[person]], self.base.keys[BODIES[body]]
        saw = self.all[who].value("person", key, "organisation_id")
        if saw == target or not self.all[who].visible("organisation", target):
            return
        self.all[who].update("person", key, organisation_id=target)
        if not self.joined:
            self.oracle.happened(who, (f"person {key}", "organisation_id"), str(target), saw=str(saw))

    def remove(self, who: int, which: int) -> None:
        table, name = REMOVABLE[which]
        key = self.base.keys[name]
        if self.all[who].visible(table, key):
            self.all[who].remove(table, key)
            self.oracle.happened(who, (f"{table} {key}", "removed_at"), True, saw=False)

    def restore(self, who: int, which: int) -> None:
        table, name = REMOVABLE[which]
        key = self.base.keys[name]
        if not self.all[who].visible(table, key):
            self.all[who].restore(table, key)
            self.oracle.happened(who, (f"{table} {key}", "removed_at"), False, saw=True)

    def create(self, who: int) -> None:
        key = self.all[who].create("action_point", network_id=self.base.keys["network"], task_en="made")
        self.oracle.happened(who, (f"action_point {key}", "task_en"), "made")

    def link(self, who: int, body: int) -> None:
        self.all[who].link(self.base.keys["task"], self.base.keys[BODIES[body]])

    def unlink(self, who: int, body: int) -> None:
        key = link_key(self.base.keys["task"], self.base.keys[BODIES[body]])
        if self.all[who].visible("action_responsible", key):
            self.all[who].remove("action_responsible", key)

    def join(self, who: int, loser: int, stays: int) -> None:
        self.joined = True
        self.all[who].join("organisation", self.base.keys[BODIES[loser]], self.base.keys[BODIES[stays]])

    def separate(self, who: int, loser: int) -> None:
        self.all[who].separate("organisation", self.base.keys[BODIES[loser]])

    def erase(self, who: int) -> None:
        self.all[who].erase(self.base.keys["badr"])
        self.erased.add("badr")

    def pack(self, who: int) -> None:
        self.packages.append((self.all[who].package(), self.oracle.minds[who].known))

    def old(self, who: int, number: int) -> None:
        if self.packages:
            self._take(who, *self.packages[number % len(self.packages)])

    def take(self, who: int, giver: int) -> None:
        if who != giver:
            self._take(who, self.all[giver].package(), self.oracle.minds[giver].known)

    def _take(
        self,
        who: int,
        package: str,
        events: frozenset[int],
        decide: Callable[[Conflict], Answer | None] | None = None,
    ) -> object:
        merged = self.all[who].take(package, decide)
        # What came is what the last live merge that brought it has; a package without news belongs to those before.
        name = merged.id or object()
        self.oracle.minds[who].brought[name] = events - self.oracle.minds[who].own
        return name

    def settle(self, who: int, giver: int, choice: int) -> None:
        """Take a package in and decide what it opens in the same step: mine, theirs, or a value of one's own."""
        if who == giver:
            return
        decided: list[tuple[tuple[str, str], Any]] = []

        def decide(conflict: Conflict) -> Answer | None:
            if conflict.kind == "joined" or (conflict.row.int + choice) % 4 == 0:
                return None  # left for later
            pick = list(Pick)[choice]
            place = f"{conflict.entity} {conflict.row}"
            if deciding.is_over_removal(conflict):
                pick = Pick.MINE if pick is Pick.OWN else pick
                decided.append(((place, "removed_at"), deciding.removes(conflict, pick)))
                return Answer(conflict, pick)
            if pick is Pick.OWN or (conflict.mine if pick is Pick.MINE else conflict.theirs) is None:
                value = self.base.keys["who"] if conflict.field.endswith("_id") else "of my own"
                decided.append(((place, conflict.field), str(value)))
                return Answer(conflict, Pick.OWN, str(value))
            side = conflict.mine if pick is Pick.MINE else conflict.theirs
            decided.append(((place, conflict.field), side.value if side is not None else None))
            return Answer(conflict, pick)

        merge = self._take(who, self.all[giver].package(), self.oracle.minds[giver].known, decide)
        for place, value in decided:
            self.oracle.happened(who, place, value, decides=True, by=merge)

    def undo(self, who: int) -> None:
        mind = self.oracle.minds[who]
        if self.all[who].merges and len(mind.brought) == len(self.all[who].merges) == 1:
            merge = self.all[who].merges.pop()
            self.all[who].undo(merge)
            mind.brought.pop(merge)

    def decide(self, who: int, number: int, choice: int) -> None:
        open_ones = self.all[who].conflicts()
        if not open_ones:
            return
        conflict = open_ones[number % len(open_ones)]
        place = f"{conflict.entity} {conflict.row}"
        if conflict.kind in ("removed", "referenced", "undone"):
            if choice % 2:
                self.all[who].let_go(conflict)
            else:
                self.all[who].keep(conflict)
            self.oracle.happened(who, (place, "removed_at"), bool(choice % 2), decides=True)
            return
        sides = [side.value for side in conflict.sides]
        value = conflict.shown if choice >= len(sides) else sides[choice]
        self.all[who].decide(conflict, value)
        if conflict.kind != "joined":
            self.oracle.happened(who, (place, conflict.field), value, decides=True)

    def skew(self, who: int, which: int) -> None:
        self.skews[who] = SKEWS[which]


def play(base: Base, steps: list[Step], count: int = 3) -> None:
    """Play a story to its end: everybody has everything, and all laws hold."""
    with copies(base, count) as all_copies:
        story = Story(base, all_copies, Oracle(count))
        for step in steps:
            story.play(step)
        for copy, mind in zip(all_copies, range(count), strict=True):
            judge(story, copy, mind)
        gossip(all_copies)
        # All but what was decided with a merge that was undone before anybody else had it.
        everything = frozenset[int]().union(*(mind.known for mind in story.oracle.minds))
        for mind in story.oracle.minds:
            mind.own |= everything
        states = [copy.state() for copy in all_copies]
        if any(state != states[0] for state in states):
            raise Lost("the copies differ though all have the same changes")
        for copy in all_copies:
            copy.check()
            _judge_references(story, copy)
            if story.erased:
                _judge_erased(copy)
        judge(story, all_copies[0], 0)


def judge(story: Story, copy: Copy, mind: int) -> None:
    """Nothing that somebody wrote and nobody replaced is out of sight, and nothing is asked in vain."""
    conflicts = copy.conflicts()
    for place, column in story.oracle.places(mind):
        table, _, key = place.partition(" ")
        if any(place == f"person {story.base.keys[name]}" for name in story.erased):
            continue
        with copy.database.read() as session:
            found = session.get(ENTITIES[table], UUID(key))
            if found is None:
                raise Lost(f"{place} is gone")
            shown, removed = getattr(found, column), found.removed_at is not None
        current = story.oracle.current(mind, (place, column))
        if column == "removed_at":
            _judge_removal(story, mind, place, removed, current)
            continue
        sides = [
            side.value
            for one in conflicts
            if f"{one.entity} {one.row}" == place and one.field == column
            for side in one.sides
        ]
        shown = str(shown) if column.endswith("_id") else shown
        if (
            story.joined
            and table in ("organisation", "person")
            and (removed or column.endswith("_id") or table == "organisation")
        ):
            continue  # judged by what joining promises, in tests of their own
        for event in current:
            if not seen(event, shown, sides, TEXT):
                raise Lost(f"{place} {column}: {event.value!r} is lost, shown is {shown!r}")
        if len({event.value for event in current}) == 1:
            asked = {one.kind for one in conflicts if (f"{one.entity} {one.row}", one.field) == (place, column)}
            strange = asked & {"value", "read"}
            if strange:
                raise Lost(f"{place} {column}: asked in vain")


def _judge_references(story: Story, copy: Copy) -> None:
    """Nobody in sight refers to what went out of sight without whoever removed it knowing of the reference."""
    if story.joined:
        return
    for name in ("amal", "carla"):
        place = f"person {story.base.keys[name]}"
        target = copy.value("person", story.base.keys[name], "organisation_id")
        removals = story.oracle.current(0, (f"organisation {target}", "removed_at"))
        if copy.visible("organisation", target) or not copy.visible("person", story.base.keys[name]):
            continue
        for event in story.oracle.current(0, (place, "organisation_id")):
            apart = all(event.number not in one.known and one.number not in event.known for one in removals)
            if event.value == str(target) and apart:
                raise Lost(f"{place} refers to what somebody removed without knowing")


def _judge_erased(copy: Copy) -> None:
    """Nothing of an erased person is left: not in the next package, not in the journal, not in any page of the file."""
    package = copy.package()
    copy.database.fold()
    pages = copy.database.path.read_bytes().lower()
    for word in ("Badr", "badr@example.org", "+973 1"):
        if word in package or word.lower().encode() in pages:
            raise Lost(f"{word} was erased and is still there")


def _judge_removal(story: Story, mind: int, place: str, removed: bool, current: list[Any]) -> None:
    if not removed or story.joined:
        return
    removals = [event for event in current if event.value]
    if not removals:
        raise Lost(f"{place} went out of sight though nobody removed it")
    known = frozenset().union(*(removal.known for removal in removals))
    for other, column in story.oracle.places(mind):
        if other != place or column == "removed_at":
            continue
        for event in story.oracle.current(mind, (other, column)):
            if event.number not in known and not any(removal.number in event.known for removal in removals):
                raise Lost(f"{place} went out of sight with an edit of {column} that who removed it did not know")
