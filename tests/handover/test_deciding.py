"""What a decision and a merge refuse, say and count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.handover.world import Base, Copy, clock, copies, gossip, read
from unnm_desktop.db import ActionResponsible
from unnm_desktop.db.journal import Kind
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.services import handover, records, undo
from unnm_desktop.services.handover import conflicts, deciding, merge, settle

QUIET = "Nothing is in conflict"


def in_step(copy: Copy, decide: Callable[..., None], *told: Any) -> None:
    with copy.database.write(settle.LABEL, kind=Kind.SETTLE) as session:
        decide(session, *told)


def quarrel(base: Base, one: Copy, other: Copy) -> None:
    one.update("person", base.keys["badr"], phones="+973 2")
    other.update("person", base.keys["badr"], phones="+973 3")
    gossip([one, other])


def test_where_nothing_is_in_conflict_nothing_is_decided(base: Base) -> None:
    with copies(base, 2) as (one, other):
        badr = base.keys["badr"]
        before = one.state()
        for decide, told in (
            (settle.settle, ("phones", "x")), (settle.read, ("phones",)), (settle.keep, ()), (settle.let_go, ()),
        ):  # fmt: skip
            with pytest.raises(UserError, match=QUIET):
                in_step(one, decide, "person", badr, *told)
        assert one.state() == before
        quarrel(base, one, other)
        for decide in (settle.keep, settle.let_go):  # the quarrel is over a field, not over the record
            with pytest.raises(UserError, match=QUIET):
                in_step(one, decide, "person", badr)
        with pytest.raises(UserError, match=QUIET):
            in_step(one, settle.read, "person", badr, "phones")
        with pytest.raises(UserError, match=QUIET):
            in_step(one, settle.settle, "person", badr, "note", "x")
        assert len(one.conflicts()) == 1


def test_a_value_of_ones_own_keeps_the_rules_of_any_edit(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["badr"], emails="b@example.org")
        other.update("person", base.keys["badr"], emails="badr@other.example.org")
        gossip([one, other])
        with one.database.read() as session:
            (quarrel_over,) = conflicts.open_conflicts(session)
        with pytest.raises(Invalid) as refused:
            deciding.decide(one.database, [deciding.Answer(quarrel_over, deciding.Pick.OWN, "no address")])
        assert "has an @" in refused.value.problems["emails"]
        assert deciding.decide(one.database, [deciding.Answer(quarrel_over, deciding.Pick.OWN, "n@example.org")]) == 1


def test_a_decision_must_fit_the_field(base: Base) -> None:
    with copies(base, 2) as (one, other):
        quarrel(base, one, other)
        for wrong in (5, None, ["x"]):
            with pytest.raises(UserError, match="does not fit"):
                in_step(one, settle.settle, "person", base.keys["badr"], "phones", wrong)
        for field in ("removed_at", "*"):
            with pytest.raises(ValueError, match="keep or let_go"):
                in_step(one, settle.settle, "person", base.keys["badr"], field, None)
        one.update("person", base.keys["amal"], organisation_id=base.keys["ilo"])
        other.update("person", base.keys["amal"], organisation_id=base.keys["who"])
        one.take(other.package())
        (found,) = [each for each in one.conflicts() if each.field == "organisation_id"]
        one.decide(found, None)  # a field that may be empty
        assert one.value("person", base.keys["amal"], "organisation_id") is None


def test_a_combined_text_that_was_read_is_no_question_any_more_anywhere(base: Base) -> None:
    with copies(base, 3) as all_copies:
        one, other, _ = all_copies
        text = one.value("minutes_entry", base.keys["entry"], "text_en")
        one.update("minutes_entry", base.keys["entry"], text_en=text.replace("First", "Our first"))
        other.update("minutes_entry", base.keys["entry"], text_en=text.replace("Third", "Their third"))
        gossip(all_copies)
        together = one.value("minutes_entry", base.keys["entry"], "text_en")
        in_step(one, settle.read, "minutes_entry", base.keys["entry"], "text_en")
        gossip(all_copies)
        for copy in all_copies:
            assert copy.conflicts() == []
            assert copy.value("minutes_entry", base.keys["entry"], "text_en") == together


def test_what_a_merge_counts_is_what_it_did(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.create("organisation", name_en="UNHCR")
        other.create("organisation", name_en=" Who")
        other.update("person", base.keys["amal"], phones="+973 5", note="x")
        other.remove("action_point", base.keys["task"])
        other.update("action_point", base.keys["chore"], evidence="new")
        one.update("action_point", base.keys["chore"], evidence="newer")
        other.update("person", base.keys["badr"], phones="back")
        other.update("person", base.keys["badr"], phones="+973 1")
        merged = one.take(other.package())
        shown = one.value("action_point", base.keys["chore"], "evidence")
        counted = {
            "changesets": 7,
            "new": 2,
            "changed": 1 if shown == "newer" else 2,
            "removed": 1,
            "unchanged": 2 if shown == "newer" else 1,
            "conflicts": 1,
            "duplicates": 1,
            "erased": 0,
        }
        assert counted.items() <= merged.counts.items()
        known = len(read(one.package()).changesets)
        again = one.take(other.package())
        assert again.preview.nothing_new
        assert again.preview.known == len(read(other.package()).changesets)
        assert len(read(one.package()).changesets) == known
        with one.database.read() as session:
            (past,) = merge.merges(session)
        assert past.counts == merged.counts


def test_undoing_a_merge_says_what_it_did_and_can_be_done_once(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        made = other.create("action_point", network_id=base.keys["network"], task_en="Theirs")
        other.erase(base.keys["carla"])
        merged = one.take(other.package())
        assert merged.counts["erased"] == 1
        assert merged.id is not None
        one.update("action_point", made, evidence="Ours")
        undone = handover.undo_merge(one.database, merged.id)
        assert (undone.stays, undone.erased) == (1, 1)
        assert undone.changed >= 1
        assert one.value("person", base.keys["carla"], "name_en") == ""
        with pytest.raises(UserError, match="undone already"):
            one.undo(merged.id)
        with pytest.raises(UserError, match="undone already"):
            one.undo(UUID(int=1))
        one.check()


@pytest.mark.parametrize("skew", [timedelta(hours=5), timedelta(days=400), timedelta(days=-400)])
def test_whoever_works_on_after_a_merge_comes_after_it_unless_the_clock_was_absurd(base: Base, skew: timedelta) -> None:
    with copies(base, 2) as (one, other):
        with clock(skew):
            other.update("person", base.keys["amal"], phones="+973 5")
            other.update("person", base.keys["amal"], phones="+973 6")
        one.take(other.package())
        one.update("person", base.keys["amal"], note="after")
        told = list(read(one.package()).changesets.values())
        latest = {each.step.key.device: each.step.hlc for each in told}
        mine, theirs = (str(copy.database.device.id) for copy in (one, other) if copy.database.device)
        assert (latest[mine] > latest[theirs]) == (skew < timedelta(days=1))
        assert other.take(one.package()).preview.conflicts == []
        assert other.value("person", base.keys["amal"], "note") == "after"


def test_a_merge_that_does_not_come_out_as_shown_changes_nothing(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5", note="x")
        package = other.package()
        before = one.state()
        with pytest.raises(merge.Unlike):
            handover.apply(one.database, read(package), expected={"new": 1})
        one.update("person", base.keys["amal"], phones="+973 6")
        with one.database.read() as session:
            counts = handover.plan(session, read(package), None).counts
        one.remove("person", base.keys["amal"])
        with pytest.raises(merge.Unlike):
            handover.apply(one.database, read(package), expected=counts)
        one.restore("person", base.keys["amal"])
        monkeypatch.setattr(merge.storing, "write", lambda *_: None)
        between = one.state()
        with pytest.raises(merge.Unlike):
            handover.apply(one.database, read(package))
        assert one.state() == between != before


def test_a_merge_is_no_step_that_undo_takes_back_and_refuses_a_double_by_itself(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        one.update("person", base.keys["amal"], note="mine")
        package = other.package()
        handover.apply(one.database, read(package))
        mine = one.database.device
        assert mine is not None
        with one.database.read() as session:
            assert undo.next_undo(session, mine.id) is None
        other.database.device = type(mine)(mine.workspace, mine.id, 50)
        other.update("person", base.keys["amal"], phones="+973 7")
        with pytest.raises(handover.Cloned):
            handover.apply(one.database, read(other.package()))


def test_what_both_sides_removed_comes_back_with_one_restoring(base: Base) -> None:
    with copies(base, 3) as all_copies:
        one, other, third = all_copies
        for copy in (one, other):
            copy.remove("action_point", base.keys["task"])
        gossip(all_copies)
        third.restore("action_point", base.keys["task"])
        gossip(all_copies)
        for copy in all_copies:
            assert copy.visible("action_point", base.keys["task"])
            assert copy.conflicts() == []


def test_a_link_that_both_made_differently_is_decided_once_for_all(base: Base) -> None:
    with copies(base, 3) as all_copies:
        one, other, third = all_copies
        start, end = ("action_id", base.keys["task"]), ("organisation_id", base.keys["who"])
        for copy, person in ((one, "amal"), (other, "badr")):
            with copy.database.write("Link") as session:
                records.link(session, ActionResponsible, "responsible", start, end, person_id=base.keys[person])
        gossip(all_copies)
        (conflict,) = third.conflicts()
        assert (conflict.field, conflict.kind) == ("person_id", "value")
        third.decide(conflict, str(base.keys["carla"]))
        gossip(all_copies)
        for copy in all_copies:
            assert copy.conflicts() == []
            assert copy.value("action_responsible", conflict.row, "person_id") == base.keys["carla"]


def test_an_edit_beside_an_open_conflict_keeps_what_is_derived_right(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["badr"], position_en="Head")
        quarrel(base, one, other)
        for field in ("phones", "position_en", "note", "name_ar"):
            one.update("person", base.keys["badr"], **{field: "later"})
            one.check()
        assert len(one.conflicts()) == 1


def test_what_is_new_is_named_by_its_key(base: Base) -> None:
    with copies(base, 2) as (one, other):
        made = {other.create("organisation", name_en=name) for name in ("UNHCR", "UNICEF")}
        with one.database.read() as session:
            preview = handover.plan(session, read(other.package()), None)
        assert {each.row for each in preview.new} == made
        assert sorted(each.title for each in preview.new) == ["UNHCR", "UNICEF"]


def test_a_third_value_of_a_field_in_conflict_is_shown_before_it_is_taken_in(base: Base) -> None:
    with copies(base, 3) as (one, other, third):
        quarrel(base, one, other)
        third.update("person", base.keys["badr"], phones="+973 4")
        (shown,) = one.take(third.package()).preview.conflicts
        assert {side.value for side in shown.sides} == {"+973 2", "+973 3", "+973 4"}
        assert len(one.conflicts()) == 1


def test_a_new_record_that_needs_what_a_third_removed_keeps_it_in_sight_everywhere(base: Base) -> None:
    with copies(base, 3) as all_copies:
        one, other, third = all_copies
        third.remove("organisation", base.keys["ilo"])
        made = other.create("person", name_en="New", organisation_id=base.keys["ilo"])
        other.take(third.package())
        assert [each.kind for each in one.take(other.package()).preview.conflicts] == ["referenced"]
        gossip(all_copies)
        for copy in all_copies:
            assert copy.visible("organisation", base.keys["ilo"])
            assert copy.visible("person", made)
            copy.check()


def test_the_computers_of_a_package_are_known_by_name_afterwards(base: Base) -> None:
    with copies(base, 2) as (one, other):
        named = [{"id": str(UUID(int=number)), "label": f"Laptop {number}", "first_seen": "2026-03-01T09:00:00+03:00"}
                 for number in (1, 2)]  # fmt: skip
        for devices in (named[:1], named):
            other.update("person", base.keys["amal"], phones=f"+973 {len(devices)}")
            handover.apply(one.database, read(other.package()), devices=devices)
        with one.database.read() as session:
            known = {each["id"]: each for each in handover.devices(session)}
        for each in named:
            assert known[each["id"]]["label"] == each["label"]
            assert known[each["id"]]["first_seen"].startswith("2026-03-01T06:00:00")


def test_undoing_a_merge_stands_in_the_history(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        one.take(other.package())
        one.undo(one.merges[-1])
        mine = str(one.database.device.id) if one.database.device else ""
        told = [each for key, each in read(one.package()).changesets.items() if key.device == mine]
        assert [each.row[6] for each in told] == [Kind.MERGE, Kind.RETRACT]


def test_a_new_record_that_does_not_arrive_as_shown_is_noticed(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    with copies(base, 2) as (one, other):
        other.create("organisation", name_en="UNHCR")
        before = one.state()
        monkeypatch.setattr(merge.storing, "write", lambda *_: None)
        with pytest.raises(merge.Unlike):
            handover.apply(one.database, read(other.package()))
        assert one.state() == before
