"""Laws of merging that a story of one ending cannot show: any order, as if it had never been, and back again."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.handover.oracle import Oracle
from tests.handover.stories import FIELDS, Step, Story
from tests.handover.test_stories import EXAMPLES
from tests.handover.world import TEXT, Base, Copy, copies
from unnm_desktop.db import ENTITIES

WHO = st.integers(0, 2)
VALUES = st.sampled_from(["a", "b", "c"])
APART = st.one_of(
    st.tuples(st.just("edit"), WHO, st.integers(0, len(FIELDS) - 1), VALUES),
    st.tuples(st.just("edit"), WHO, st.integers(0, 1), VALUES),
    st.tuples(st.just("write"), WHO, st.integers(0, 4), VALUES),
    st.tuples(st.just("refer"), WHO, st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("remove"), WHO, st.integers(0, 3)),
    st.tuples(st.just("create"), WHO),
    st.tuples(st.just("link"), WHO, st.integers(0, 1)),
    st.tuples(st.just("unlink"), WHO, st.integers(0, 1)),
    st.tuples(st.just("skew"), WHO, st.integers(0, 2)),
    st.tuples(st.just("join"), WHO, st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("erase"), WHO),
)  # fmt: skip
LATER = st.lists(st.integers(0, len(FIELDS)), max_size=4)
SOME = settings(
    max_examples=max(12, EXAMPLES // 5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def work(base: Base, all_copies: list[Copy], steps: list[Step]) -> None:
    """Let the first three work apart."""
    story = Story(base, all_copies, Oracle(len(all_copies)))
    for step in steps:
        story.play(step)


def edit(copy: Copy, base: Base, which: int, number: int) -> None:
    """A value that nobody else gives."""
    if which == len(FIELDS):
        copy.update("minutes_entry", base.keys["entry"], text_en=f"{TEXT}\n\n{number}")
    else:
        table, name, column = FIELDS[which]
        copy.update(table, base.keys[name], **{column: f"later {number}"})


def is_in_sight(copy: Copy, base: Base, which: int) -> bool:
    """Whether an officer sees it there: nobody edits what is in Trash."""
    table, name = FIELDS[which][:2] if which < len(FIELDS) else ("minutes_entry", "entry")
    return copy.state()[f"{table} {base.keys[name].hex}"][0] is None


def records_of(copy: Copy) -> dict[str, Any]:
    """The records as the tables have them, without what is in conflict."""
    return {key: row for key, row in copy.state().items() if key.partition(" ")[0] in ENTITIES}


@SOME
@given(steps=st.lists(APART, min_size=3, max_size=12))
def test_packages_come_out_alike_in_any_order_also_put_together_and_twice(base: Base, steps: list[Step]) -> None:
    with copies(base, 7) as (*writers, one, other, third, fourth):
        work(base, writers, steps)
        packages = [writer.package() for writer in writers]
        for receiver, order in zip((one, other, third), list(permutations(range(3)))[::2], strict=True):
            for number in order:
                receiver.take(packages[number])
                assert receiver.take(packages[number]).preview.nothing_new
        writers[0].take(packages[1])
        fourth.take(packages[2])
        fourth.take(writers[0].package())
        assert one.state() == other.state() == third.state() == fourth.state()
        for receiver in (one, other, third, fourth):
            receiver.check()


@SOME
@given(steps=st.lists(APART.filter(lambda step: step[0] not in ("erase", "create")), max_size=10), later=LATER)
def test_an_undone_merge_was_never_there_and_all_later_work_stays(
    base: Base, steps: list[Step], later: list[int]
) -> None:
    with copies(base, 5) as (one, other, third, unmerged, again):
        work(base, [one, other, third], steps)
        for own in (unmerged, again):
            own.take(one.package())
        other.take(third.package())
        merged = again.take(other.package())
        after = again.state()
        if merged.id is None:
            return
        in_sight = [which for which in later if is_in_sight(unmerged, base, which)]
        for copy in (unmerged, again):
            for number, which in enumerate(in_sight):
                edit(copy, base, which, number)
        again.undo(merged.id)
        assert records_of(again) == records_of(unmerged)
        again.check()
        if not later:
            assert again.conflicts() == unmerged.conflicts()
            again.take(other.package())
            assert again.state() == after
            again.check()


def test_what_was_worked_on_because_a_merge_brought_it_back_stays_in_sight_after_the_undo(base: Base) -> None:
    with copies(base, 5) as (one, other, third, own, again):
        work(base, [one, other, third], [("remove", 0, 0), ("link", 1, 0)])
        for copy in (own, again):
            copy.take(one.package())
        merged = again.take(other.package())
        again.update("action_point", base.keys["task"], evidence="a later word")
        assert merged.id is not None
        again.undo(merged.id)
        task = f"action_point {base.keys['task'].hex}"
        assert own.state()[task][0] is not None
        assert again.state()[task][0] is None
        assert [(one.field, one.kind) for one in again.conflicts()] == [("removed_at", "removed")]
        again.check()


def test_sides_that_touch_different_fields_or_agree_are_asked_nothing(base: Base) -> None:
    with copies(base, 3) as all_copies:
        for number, copy in enumerate(all_copies):
            copy.update("person", base.keys["amal"], **{("phones", "note", "position_en")[number]: f"value {number}"})
            copy.update("organisation", base.keys["who"], website="who.example.org")
        for copy in all_copies:
            for other in all_copies:
                if other is not copy:
                    assert copy.take(other.package()).preview.conflicts == []
        assert all(copy.conflicts() == [] for copy in all_copies)
        assert all_copies[0].state() == all_copies[1].state() == all_copies[2].state()
        for number, name in enumerate(("phones", "note", "position_en")):
            assert all_copies[2].value("person", base.keys["amal"], name) == f"value {number}"


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_circle_of_three_joins_leaves_one_record_everywhere(base: Base, first: int) -> None:
    with copies(base, 3) as all_copies:
        bodies = ("iom", "who", "ilo")
        for number, copy in enumerate(all_copies):
            copy.join("organisation", base.keys[bodies[number]], base.keys[bodies[(number + 1) % 3]])
        order = [*all_copies[first:], *all_copies[:first]]
        for _ in range(2):
            for giver in order:
                for taker in order:
                    if taker is not giver:
                        taker.take(giver.package())
        assert all_copies[0].state() == all_copies[1].state() == all_copies[2].state()
        for copy in all_copies:
            assert sum(copy.visible("organisation", base.keys[name]) for name in bodies) == 1
            copy.check()
