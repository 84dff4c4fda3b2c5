"""One record from the set of its changes, each case made by hand: no file, no clock, no order but their parents."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

from unnm_desktop.db.causes import Change, Key, Origin
from unnm_desktop.db.journal import REMOVED, WHOLE
from unnm_desktop.db.resolving import Circle, State, ancestor, resolve

ROW = "0" * 32
GONE = "2026-03-01T00:00:00+00:00"
Made = tuple[str, int]


def change(
    number: int,
    fields: dict[str, Any],
    parents: dict[str, list[Made]] | None = None,
    *,
    device: str = "a",
    operation: str = "set",
    live: bool = True,
    schema: int = 3,
) -> Change:
    """A change of a person; the clock follows the number."""
    key = Key(device, number)
    step = Origin(key, f"{number:014d}-000000", "2026-01-01 00:00:00.000000", schema, live)
    return Change(step, "person", ROW, operation, json.dumps(fields), json.dumps(parents or {}))


def made(**fields: Any) -> Change:
    return change(1, {"name_en": "Amal", **fields}, operation="create")


def edit(number: int, value: str, *after: Made, device: str = "a", name: str = "phones", live: bool = True) -> Change:
    return change(number, {name: ["", value]}, {name: list(after)}, device=device, live=live)


def removal(number: int, parents: dict[str, list[Made]], device: str = "a") -> Change:
    return change(number, {REMOVED: [None, GONE]}, parents, device=device)


def always(changes: list[Change]) -> State:
    """The state, which no order of the changes may alter."""
    states = [resolve(list(order)) for order in permutations(changes)]
    for state in states:
        assert (state.values, state.heads, state.clashes) == (states[0].values, states[0].heads, states[0].clashes)
    return states[0]


def test_the_longest_line_of_edits_is_shown_whatever_the_clocks_say() -> None:
    long = [edit(2, "1", ("a", 1)), edit(3, "2", ("a", 2)), edit(4, "3", ("a", 3))]
    state = always([made(), *long, edit(9, "short", ("a", 1), device="b")])
    assert state.values["phones"] == "3"
    assert [(one.key, shown) for one, shown in state.heads["phones"]] == [(("a", 4), True), (("b", 9), False)]
    assert [one.key for one in state.clashes["phones", "value"]] == [("a", 4), ("b", 9)]


def test_of_lines_of_one_length_the_later_clock_is_shown() -> None:
    state = always([made(), edit(2, "early", ("a", 1)), edit(3, "late", ("a", 1), device="b")])
    assert state.values["phones"] == "late"
    assert state.shown("phones") == [state.heads["phones"][0][0]]


def test_a_line_counts_by_its_longest_way_not_by_the_changes_on_its_side_ways() -> None:
    one, other = edit(2, "x", ("a", 1)), edit(3, "x", ("a", 1), device="b")
    joined = edit(4, "y", ("a", 2), ("b", 3))
    rival = [edit(5, "1", ("a", 1), device="c"), edit(6, "2", ("c", 5), device="c"), edit(7, "3", ("c", 6), device="c")]
    assert resolve([made(), *reversed(rival), joined, other, one]).values["phones"] == "3"


def test_what_was_taken_back_hands_its_parents_on() -> None:
    gone = edit(2, "taken back", ("a", 1), device="b", live=False)
    state = always([made(), gone, edit(3, "kept", ("b", 2))])
    assert state.values["phones"] == "kept"
    assert state.clashes == {}
    assert always([made(), gone]).values.get("phones", "") == ""


def test_a_removal_of_an_older_program_knew_whatever_came_before_it() -> None:
    edited = edit(2, "x", ("a", 1), device="b")
    before = always([made(), edited, removal(3, {REMOVED: [("a", 1)]})])
    assert before.values[REMOVED] == GONE
    assert before.clashes == {}
    after = always([made(), removal(3, {REMOVED: [("a", 1)]}), edit(4, "x", ("a", 1), device="b")])
    assert REMOVED not in after.values
    assert list(after.clashes) == [(REMOVED, "removed")]


def test_a_removal_that_did_not_know_an_edit_leaves_the_record_in_sight() -> None:
    knew = {WHOLE: [("a", 1)], REMOVED: [("a", 1)]}
    unknown = always([made(), edit(2, "x", ("a", 1), device="b"), removal(3, knew)])
    assert REMOVED not in unknown.values
    assert not unknown.removals
    assert [shown for _, shown in unknown.heads[REMOVED]] == [False]
    known = always([made(), edit(2, "x", ("a", 1), device="b"), removal(3, {**knew, "phones": [("b", 2)]})])
    assert known.values[REMOVED] == GONE
    assert known.clashes == {}


def test_an_edit_of_a_record_in_the_trash_brings_nothing_back() -> None:
    removed = removal(2, {WHOLE: [("a", 1)], REMOVED: [("a", 1)]})
    edited = change(3, {"phones": ["", "x"]}, {"phones": [("a", 1)], REMOVED: [("a", 2)]}, device="b")
    state = always([made(), removed, edited])
    assert state.values[REMOVED] == GONE
    assert state.clashes == {}


def test_a_record_that_came_with_an_undone_merge_is_gone_unless_it_was_worked_on() -> None:
    came = change(1, {"name_en": "Amal"}, operation="create", live=False)
    assert not always([came]).exists
    assert not always([came, edit(2, "x", ("a", 1), live=False)]).exists
    worked = always([came, edit(2, "x", ("a", 1), device="b")])
    assert worked.exists
    assert worked.values["phones"] == "x"
    assert list(worked.clashes) == [(WHOLE, "undone")]
    assert resolve([came], revive=True).values["name_en"] == "Amal"


def test_an_erasure_holds_whoever_takes_back_what_and_ends_the_quarrels_over_its_fields() -> None:
    erased = change(5, {"phones": ["", ""]}, operation="erase", device="b", live=False)
    state = always([made(), edit(2, "1", ("a", 1)), edit(3, "2", ("a", 1), device="b"), erased])
    assert state.values["phones"] == ""
    assert state.clashes == {}
    assert all(shown for _, shown in state.heads["phones"])


def test_an_edit_of_what_was_erased_asks_nobody_whether_the_removed_record_stays() -> None:
    knew = {WHOLE: [("a", 1)], REMOVED: [("a", 1)]}
    erased = change(5, {"phones": ["", ""]}, operation="erase")
    there = [made(), removal(2, knew), edit(3, "theirs", ("a", 1), device="b")]
    assert list(always(there).clashes) == [(REMOVED, "removed")]
    state = always([*there, erased])
    assert state.values[REMOVED] == GONE
    assert state.clashes == {}


def test_texts_of_three_are_put_together_or_all_are_shown_as_a_quarrel() -> None:
    old = "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive."
    start = made(note=old)
    texts = [old.replace("One", "1"), old.replace("Three", "3"), old.replace("Five", "5")]
    apart = [edit(n + 2, text, ("a", 1), device="bcd"[n], name="note") for n, text in enumerate(texts)]
    together = always([start, *apart])
    assert together.values["note"] == "1.\n\nTwo.\n\n3.\n\nFour.\n\n5."
    assert list(together.clashes) == [("note", "read")]
    clash = edit(9, old.replace("One", "I"), ("a", 1), device="e", name="note")
    state = resolve([start, *apart, clash])
    assert list(state.clashes) == [("note", "value")]
    assert sum(shown for _, shown in state.heads["note"]) == 1


def test_two_texts_without_a_common_past_are_never_mixed() -> None:
    one = made(note="Mine.\n\nOurs.")
    other = change(1, {"name_en": "Amal", "note": "Theirs."}, operation="create", device="b")
    state = always([one, other])
    assert list(state.clashes) == [("note", "value")]
    assert state.values["note"] in ("Mine.\n\nOurs.", "Theirs.")


def test_the_past_that_sides_share_is_the_nearest() -> None:
    changes = [made(), edit(2, "old", ("a", 1)), edit(3, "mine", ("a", 2)), edit(4, "theirs", ("a", 2), device="b")]
    found = ancestor(changes, "phones", changes[2:])
    assert found is not None
    assert found.key == ("a", 2)
    assert ancestor(changes, "phones", []) is None


def test_changes_in_a_circle_are_told() -> None:
    with pytest.raises(Circle, match="phones"):
        resolve([made(), edit(2, "x", ("b", 3)), edit(3, "y", ("a", 2), device="b")])


def test_fields_that_its_maker_did_not_know_have_their_default() -> None:
    assert resolve([made()]).values["letter_language"] == "en"
    assert always([made(), edit(2, "x", ("a", 1))]).values["letter_language"] == "en"


def test_what_was_made_in_the_trash_stays_there() -> None:
    state = always([made(removed_at=GONE), edit(2, "x", ("a", 1), device="b")])
    assert state.values[REMOVED] == GONE
    assert state.clashes == {}


def test_two_removals_are_one_and_a_restoring_replaces_both() -> None:
    knew = {WHOLE: [("a", 1)], REMOVED: [("a", 1)]}
    later = change(3, {REMOVED: [None, GONE.replace("03", "04")]}, {**knew}, device="b")
    state = always([made(), removal(2, knew), later])
    assert [shown for _, shown in state.heads[REMOVED]] == [True, True]
    assert state.values[REMOVED] == GONE.replace("03", "04")
    assert state.clashes == {}
    restored = change(4, {REMOVED: [GONE, None]}, {REMOVED: [("a", 2), ("b", 3)]})
    assert REMOVED not in always([made(), removal(2, knew), later, restored]).values


def test_an_erasure_is_no_work_on_a_record_whose_making_was_taken_back() -> None:
    came = change(1, {"name_en": "Amal", "phones": "1"}, operation="create", live=False)
    erased = change(2, {"phones": ["", ""]}, operation="erase", device="b")
    state = always([came, erased])
    assert not state.exists
    assert state.clashes == {}


def test_the_past_that_is_shown_beside_a_quarrel_is_none_that_was_taken_back() -> None:
    old, gone = edit(2, "old", ("a", 1)), edit(3, "taken back", ("a", 2), device="b", live=False)
    mine, theirs = edit(4, "mine", ("b", 3)), edit(5, "theirs", ("b", 3), device="c")
    found = ancestor([made(), old, gone, mine, theirs], "phones", [mine, theirs])
    assert found is not None
    assert found.key == ("a", 2)


def test_the_nearest_past_is_told_by_the_edits_behind_it_not_by_whose_they_are() -> None:
    start = change(9, {"name_en": "Amal"}, operation="create", device="z")
    old = edit(2, "old", ("z", 9))
    sides = [edit(3, "mine", ("a", 2)), edit(4, "theirs", ("a", 2), device="b")]
    found = ancestor([start, old, *sides], "phones", sides)
    assert found is not None
    assert found.key == ("a", 2)


def test_a_change_that_replaced_several_replaces_each_of_them_though_two_were_taken_back() -> None:
    stays = edit(2, "stays", ("a", 1), device="b")
    gone = [edit(3, "x", ("a", 1), device="c", live=False), edit(4, "y", ("a", 1), device="d", live=False)]
    for parents in permutations([("b", 2), ("c", 3), ("d", 4)]):
        state = always([made(), stays, *gone, edit(5, "chosen", *parents)])
        assert state.values["phones"] == "chosen"
        assert state.clashes == {}


def test_one_who_brings_back_and_one_who_removes_anew_leave_the_record_in_sight_as_a_quarrel() -> None:
    knew = {WHOLE: [("a", 1)], REMOVED: [("a", 1)]}
    removed = removal(2, knew)
    back = change(3, {REMOVED: [GONE, None]}, {REMOVED: [("a", 2)]})
    also_back = change(4, {REMOVED: [GONE, None]}, {REMOVED: [("a", 2)]}, device="b")
    anew = removal(5, {WHOLE: [("a", 1)], REMOVED: [("b", 4)]}, device="b")
    state = always([made(), removed, back, also_back, anew])
    assert REMOVED not in state.values
    assert [(one.key, shown) for one, shown in state.heads[REMOVED]] == [(("b", 5), False), (("a", 3), True)]
    assert [one.key for one in state.clashes[REMOVED, "removed"]] == [("b", 5), ("a", 3)]
