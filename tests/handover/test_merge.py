"""What a merge does, situation by situation."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.handover.world import TEXT, Base, copies, gossip, read
from tests.services.handover import forging
from unnm_desktop.db import Person
from unnm_desktop.db.identity import uuid7
from unnm_desktop.errors import UserError
from unnm_desktop.progress import Cancelled, Progress
from unnm_desktop.services import handover, records
from unnm_desktop.services.handover import content, opening
from unnm_desktop.services.handover.deciding import Answer, Pick


def test_what_only_one_side_changed_is_taken_without_a_question(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        made = other.create("organisation", name_en="UNHCR")
        merged = one.take(other.package())
        assert merged.counts["changed"] == 1
        assert merged.counts["new"] == 1
        assert one.value("person", base.keys["amal"], "phones") == "+973 5"
        assert one.value("organisation", made, "name_en") == "UNHCR"
        assert one.conflicts() == []
        one.check()


def test_different_fields_of_a_record_are_both_taken(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["amal"], phones="+973 5")
        other.update("person", base.keys["amal"], note="Back in May")
        gossip([one, other])
        assert one.value("person", base.keys["amal"], "note") == "Back in May"
        assert other.value("person", base.keys["amal"], "phones") == "+973 5"
        assert one.conflicts() == other.conflicts() == []


def test_the_same_value_on_both_sides_is_no_conflict_and_the_next_edit_replaces_both(base: Base) -> None:
    with copies(base, 2) as (one, other):
        for copy in (one, other):
            copy.update("person", base.keys["amal"], phones="+973 5")
            copy.link(base.keys["task"], base.keys["who"])
        gossip([one, other])
        assert one.conflicts() == []
        one.update("person", base.keys["amal"], phones="+973 6")
        other.take(one.package())
        assert other.value("person", base.keys["amal"], "phones") == "+973 6"
        assert other.conflicts() == []
        other.check()


def test_different_values_are_a_conflict_that_shows_who_and_the_value_before(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["badr"], phones="+973 2")
        other.update("person", base.keys["badr"], phones="+973 3")
        preview = one.take(other.package()).preview
        (conflict,) = preview.conflicts
        assert (conflict.field, conflict.kind, conflict.ancestor) == ("phones", "value", "+973 1")
        assert conflict.mine is not None
        assert conflict.theirs is not None
        assert (conflict.mine.value, conflict.mine.officer) == ("+973 2", "Officer 0")
        assert (conflict.theirs.value, conflict.theirs.officer) == ("+973 3", "Officer 1")
        (open_one,) = one.conflicts()
        assert (open_one.mine, open_one.theirs) == (conflict.mine, conflict.theirs)


def test_a_decision_travels_and_closes_the_conflict_elsewhere(base: Base) -> None:
    with copies(base, 3) as (one, other, third):
        one.update("person", base.keys["badr"], phones="+973 2")
        other.update("person", base.keys["badr"], phones="+973 3")
        gossip([one, other, third])
        (conflict,) = third.conflicts()
        third.decide(conflict, conflict.shown)  # changes nothing there, and yet it must arrive
        gossip([one, other, third])
        assert one.conflicts() == other.conflicts() == third.conflicts() == []
        assert one.value("person", base.keys["badr"], "phones") == conflict.shown


def test_equal_decisions_are_one_and_different_ones_a_single_new_conflict(base: Base) -> None:
    for mine, theirs, left in (("+973 9", "+973 9", 0), ("+973 8", "+973 9", 1)):
        with copies(base, 2) as (one, other):
            one.update("person", base.keys["badr"], phones="+973 2")
            other.update("person", base.keys["badr"], phones="+973 3")
            gossip([one, other])
            one.decide(one.conflicts()[0], mine)
            other.decide(other.conflicts()[0], theirs)
            gossip([one, other])
            assert len(one.conflicts()) == left
            assert one.state() == other.state()


def test_an_edit_of_the_value_shown_leaves_the_conflict_open(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["badr"], phones="+973 2")
        other.update("person", base.keys["badr"], phones="+973 3")
        gossip([one, other])
        shown = one.value("person", base.keys["badr"], "phones")
        one.update("person", base.keys["badr"], phones="+973 4")
        (conflict,) = one.conflicts()
        assert {side.value for side in conflict.sides} == {"+973 4", *({"+973 2", "+973 3"} - {shown})}
        one.check()


def test_texts_edited_in_different_paragraphs_are_put_together_to_be_read(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("minutes_entry", base.keys["entry"], text_en=TEXT.replace("First", "Our first"))
        other.update("minutes_entry", base.keys["entry"], text_en=TEXT.replace("Third", "Their third") + "\n\nNew.")
        gossip([one, other])
        together = one.value("minutes_entry", base.keys["entry"], "text_en")
        assert together == TEXT.replace("First", "Our first").replace("Third", "Their third") + "\n\nNew."
        assert [conflict.kind for conflict in one.conflicts()] == ["read"]
        one.update("minutes_entry", base.keys["entry"], text_en=together + "\n\nRead.")
        assert one.conflicts() == []
        gossip([one, other])
        assert other.conflicts() == []


def test_texts_edited_in_the_same_paragraph_are_a_conflict(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("minutes_entry", base.keys["entry"], text_en=TEXT.replace("First", "Our first"))
        other.update("minutes_entry", base.keys["entry"], text_en=TEXT.replace("First", "Their first"))
        gossip([one, other])
        assert [conflict.kind for conflict in one.conflicts()] == ["value"]


def test_a_record_removed_there_and_edited_here_stays_until_somebody_decides(base: Base) -> None:
    for decide in ("keep", "let_go"):
        with copies(base, 2) as (one, other):
            one.update("action_point", base.keys["task"], evidence="Done in May")
            other.remove("action_point", base.keys["task"])
            gossip([one, other])
            assert one.visible("action_point", base.keys["task"])
            assert other.visible("action_point", base.keys["task"])
            (conflict,) = other.conflicts()
            assert conflict.kind == "removed"
            getattr(other, decide)(conflict)
            gossip([one, other])
            assert one.conflicts() == other.conflicts() == []
            assert one.visible("action_point", base.keys["task"]) == (decide == "keep")
            one.check()


def test_a_record_removed_there_and_newly_referred_to_here_stays(base: Base) -> None:
    for decide in ("keep", "let_go"):
        with copies(base, 2) as (one, other):
            one.update("person", base.keys["amal"], organisation_id=base.keys["ilo"])
            other.remove("organisation", base.keys["ilo"])
            gossip([one, other])
            assert one.visible("organisation", base.keys["ilo"])
            assert other.visible("organisation", base.keys["ilo"])
            (conflict,) = one.conflicts()
            assert conflict.kind == "referenced"
            getattr(one, decide)(conflict)
            gossip([one, other])
            assert one.conflicts() == other.conflicts() == []
            assert other.visible("organisation", base.keys["ilo"]) == (decide == "keep")
            other.check()


def test_removing_what_is_long_referred_to_is_no_conflict(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.remove("organisation", base.keys["iom"])
        gossip([one, other])
        assert not one.visible("organisation", base.keys["iom"])
        assert one.conflicts() == []


def test_working_on_in_turn_is_never_a_conflict(base: Base) -> None:
    with copies(base, 3) as all_copies:
        for round_number in range(6):
            copy = all_copies[round_number % 3]
            copy.update("person", base.keys["amal"], phones=f"+973 {round_number}", note=f"note {round_number}")
            copy.remove("action_point", base.keys["task"])
            copy.restore("action_point", base.keys["task"])
            for other in all_copies:
                if other is not copy:
                    assert other.take(copy.package()).preview.conflicts == []
        assert all(copy.conflicts() == [] for copy in all_copies)


def test_a_package_that_spells_the_same_in_another_order_is_known(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["amal"], phones="+973 1", note="N")
        other.take(one.package())
        lines = [json.loads(line) for line in one.package().splitlines()]
        for line in lines:
            for told in line["changes"]:
                told["fields"] = dict(reversed(told["fields"].items()))
        assert other.take("\n".join(json.dumps(line) for line in lines)).preview.nothing_new


def test_a_package_taken_in_twice_brings_nothing_new(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        package = other.package()
        one.take(package)
        before = one.state()
        again = one.take(package)
        assert again.id is None
        assert again.preview.nothing_new
        assert one.state() == before


def test_undoing_a_merge_is_as_if_it_had_never_been_and_keeps_later_work(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5", note="theirs")
        made = other.create("organisation", name_en="UNHCR")
        worked_on = other.create("action_point", network_id=base.keys["network"], task_en="Theirs")
        before = one.state()
        one.take(other.package())
        one.undo(one.merges[-1])
        assert one.state() == before
        one.take(other.package())
        after = one.state()
        one.update("person", base.keys["amal"], phones="+973 6")
        one.update("action_point", worked_on, evidence="Ours")
        one.undo(one.merges[-1])
        assert one.value("person", base.keys["amal"], "phones") == "+973 6"
        assert one.value("person", base.keys["amal"], "note") == ""
        assert not one.visible("organisation", made)
        assert one.visible("action_point", worked_on)  # worked on since, so it stays and says so
        assert [(conflict.kind, conflict.row) for conflict in one.conflicts()] == [("undone", worked_on)]
        one.check()
        one.take(other.package())
        assert one.conflicts() == []
        assert one.value("person", base.keys["amal"], "note") == "theirs"
        assert one.state().keys() == after.keys()
        one.check()


def test_what_a_second_merge_brought_too_stays_when_the_first_is_undone(base: Base) -> None:
    with copies(base, 3) as (one, other, third):
        other.update("person", base.keys["amal"], phones="+973 5")
        third.take(other.package())
        third.update("person", base.keys["amal"], note="third")
        one.take(other.package())
        one.take(third.package())
        one.undo(one.merges[0])
        assert one.value("person", base.keys["amal"], "phones") == "+973 5"
        one.undo(one.merges[1])
        assert one.value("person", base.keys["amal"], "phones") == ""


def test_a_package_of_some_records_leaves_gaps_that_a_whole_one_fills(base: Base) -> None:
    with copies(base, 2) as (one, other):
        with other.database.write("Both") as session:
            records.update(session, Person, base.keys["amal"], phones="+973 5")
            records.update(session, Person, base.keys["badr"], phones="+973 6")
        other.update("person", base.keys["amal"], note="later")
        one.take(other.package(only={base.keys["amal"]}))
        assert one.value("person", base.keys["amal"], "note") == "later"
        assert one.value("person", base.keys["badr"], "phones") == "+973 1"
        with one.database.read() as session:
            known = handover.known(session)
        one.take(other.package(known))
        assert one.value("person", base.keys["badr"], "phones") == "+973 6"
        assert one.state() == other.state()


def test_two_joined_on_both_sides_the_other_way_round_come_out_as_one(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.join("organisation", base.keys["ilo"], base.keys["who"])
        other.join("organisation", base.keys["who"], base.keys["ilo"])
        other.update("person", base.keys["amal"], organisation_id=base.keys["ilo"])
        gossip([one, other])
        assert one.state() == other.state()
        stays = [name for name in ("ilo", "who") if one.visible("organisation", base.keys[name])]
        assert len(stays) == 1
        assert one.value("person", base.keys["amal"], "organisation_id") == base.keys[stays[0]]
        one.check()


def test_what_others_write_to_the_lost_one_of_two_follows(base: Base) -> None:
    with copies(base, 2) as (one, other):
        before = one.state()
        one.join("organisation", base.keys["ilo"], base.keys["who"])
        other.update("organisation", base.keys["ilo"], website="ilo.example.org", note="Moved")
        other.update("person", base.keys["amal"], organisation_id=base.keys["ilo"])
        gossip([one, other])
        assert one.value("person", base.keys["amal"], "organisation_id") == base.keys["who"]
        assert one.value("organisation", base.keys["who"], "website") == "ilo.example.org"
        assert [(conflict.field, conflict.kind) for conflict in one.conflicts()] == [("note", "joined")]
        one.decide(one.conflicts()[0], "Both")
        assert one.conflicts() == []
        one.check()
        one.separate("organisation", base.keys["ilo"])
        assert one.visible("organisation", base.keys["ilo"])
        assert one.value("person", base.keys["amal"], "organisation_id") == base.keys["ilo"]
        one.check()
        assert before.keys() <= one.state().keys()


def test_a_join_taken_apart_at_once_leaves_everything_as_it_was(base: Base) -> None:
    with copies(base, 1) as (one,):
        one.link(base.keys["task"], base.keys["ilo"])
        one.link(base.keys["task"], base.keys["who"])
        before = one.state()
        one.join("organisation", base.keys["ilo"], base.keys["who"])
        assert one.state() != before
        one.separate("organisation", base.keys["ilo"])
        assert one.state() == before


def test_erased_data_never_come_back_from_old_packages_and_lie_in_no_page(base: Base) -> None:
    with copies(base, 3) as (one, other, third):
        other.update("person", base.keys["carla"], note="CANARYNOTE", phones="+973 77777")
        old = other.package()
        one.take(old)
        third.update("person", base.keys["carla"], note="CANARYLATER")
        one.erase(base.keys["carla"])
        one.take(old)
        one.take(third.package())
        third.take(one.package())
        third.take(old)
        for copy in (one, third):
            assert copy.value("person", base.keys["carla"], "name_en") == ""
            assert copy.value("person", base.keys["carla"], "note") == ""
            package = copy.package()
            assert "CANARY" not in package
            assert "Carla" not in package
            copy.check()
            copy.database.fold()
            pages = copy.database.path.read_bytes().lower()
            assert b"canary" not in pages
            assert b"carla" not in pages
        with pytest.raises(UserError, match="erased"):
            one.update("person", base.keys["carla"], name_en="Carla")


def test_what_is_decided_with_a_merge_is_one_step_with_it_and_goes_with_it(base: Base) -> None:
    with copies(base, 3) as (one, other, third):
        one.update("person", base.keys["badr"], phones="+973 2", note="Back in May")
        other.update("person", base.keys["badr"], phones="+973 3", note="Back in June")
        before = one.state()
        own = {"phones": "+973 9", "note": "Back in July"}
        merged = one.take(other.package(), lambda conflict: Answer(conflict, Pick.OWN, own[conflict.field]))
        assert merged.decided == 2
        assert one.conflicts() == []
        assert one.value("person", base.keys["badr"], "phones") == "+973 9"
        one.check()
        with one.database.read() as session:
            sql = text("SELECT kind, merge_id IS NOT NULL FROM changeset ORDER BY rowid DESC LIMIT 2")
            assert session.execute(sql).all() == [("settle", 1), ("merge", 0)]
        third.take(one.package())
        assert third.conflicts() == []
        assert third.value("person", base.keys["badr"], "note") == "Back in July"
        other.take(third.package())
        assert other.value("person", base.keys["badr"], "phones") == "+973 9"
        one.undo(one.merges[0])
        assert one.state() == before
        one.update("person", base.keys["badr"], phones="+973 4")
        one.check()


def test_a_decision_that_does_not_fit_leaves_everything_as_it_was(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], note="Back in May")
        other.update("person", base.keys["badr"], phones="+973 3")
        one.update("person", base.keys["badr"], phones="+973 2")
        before, reached = one.state(), one.database.device
        assert reached is not None
        seq = reached.seq
        with pytest.raises(UserError, match="does not fit"):
            one.take(other.package(), lambda conflict: Answer(conflict, Pick.OWN, 12))
        assert one.state() == before
        assert reached.seq == seq
        one.update("person", base.keys["amal"], phones="+973 7")
        assert len(one.take(other.package()).preview.conflicts) == 1
        one.check()


def test_a_joined_record_that_others_changed_on_both_sides_is_decided_with_the_merge(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.join("organisation", base.keys["ilo"], base.keys["who"])
        other.update("organisation", base.keys["ilo"], note="Moved")
        merged = one.take(other.package(), lambda conflict: Answer(conflict, Pick.THEIRS))
        (conflict,) = merged.preview.conflicts
        assert (conflict.kind, conflict.row) == ("joined", base.keys["who"])
        assert {side.value for side in conflict.sides} == {"Seat in Manama", "Moved"}
        assert one.conflicts() == []
        assert one.value("organisation", base.keys["who"], "note") == "Moved"
        other.take(one.package())
        assert other.state() == one.state()
        one.undo(one.merges[0])
        assert one.value("organisation", base.keys["who"], "note") == "Seat in Manama"
        one.check()


def test_a_copied_laptop_is_refused_loudly(base: Base) -> None:
    with copies(base, 2) as (one, other):
        clone = other.database.device
        assert clone is not None
        assert one.database.device is not None
        other.database.device = type(clone)(clone.workspace, one.database.device.id, 0)
        other.update("person", base.keys["amal"], phones="+973 5")
        with pytest.raises(handover.Cloned):
            one.take(other.package())
        one.update("person", base.keys["amal"], phones="+973 6")
        before = one.state()
        with pytest.raises(handover.Cloned):
            one.take(other.package())
        assert one.state() == before


def test_duplicates_are_named_before_they_are_taken_in(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.create("organisation", name_en="  who ")
        other.create("person", name_en="Somebody else", emails="AMAL@example.org")
        found = one.take(other.package()).preview.duplicates
        assert {(pair.entity, pair.mine, pair.field) for pair in found} == {
            ("organisation", base.keys["who"], "name_en"),
            ("person", base.keys["amal"], "emails"),
        }


def test_a_sealed_package_of_a_network_is_opened_looked_at_and_taken_in(base: Base, tmp_path: Path) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        one.update("person", base.keys["amal"], phones="+973 6")
        with other.database.read() as session:
            chosen = content.chosen_networks(session, ["BHR"])
            packed = forging.pack(content.contents(other.database, session, chosen, papers={}), tmp_path)
        with opening.opened(packed.path) as found:
            incoming = handover.Incoming.read(found.changesets())
            sender = other.database.device
            assert sender is not None
            merged = handover.apply(one.database, incoming, package_id="p", from_device=sender.id)
        assert [conflict.field for conflict in merged.preview.conflicts] == ["phones"]
        with one.database.read() as session:
            (past,) = handover.merges(session)
        assert (past.package_id, past.counts["conflicts"], past.undone_at) == ("p", 1, None)
        assert past.by == other.database.officer
        one.check()


def test_cancel_at_any_moment_of_looking_taking_in_or_taking_back_changes_nothing(base: Base) -> None:
    with copies(base, 2) as (one, other):
        one.update("person", base.keys["amal"], phones="+973 4")
        other.update("person", base.keys["amal"], phones="+973 5")
        for name in ("UNHCR", "UNICEF", "WFP"):
            other.create("organisation", name_en=name)
        package = other.package()
        own = one.database.device.id if one.database.device else None

        def look(progress: Progress) -> None:
            with one.database.read() as session:
                handover.plan(session, read(package), own, progress)

        def take(progress: Progress) -> None:
            one.merges.append(handover.apply(one.database, read(package), progress=progress).id or uuid7())

        def take_back(progress: Progress) -> None:
            handover.undo_merge(one.database, one.merges[-1], progress)

        for work in (look, take, take_back):
            before, stopped = one.state(), 0
            while _stopped(work, stopped):
                assert one.state() == before
                stopped += 1
            assert stopped > 0
            one.check()


def _stopped(work: Callable[[Progress], None], after: int) -> bool:
    """Whether the work was stopped at its next report after so many."""
    left = iter(range(after))

    def stop(_done: int, _total: int, _text: str = "") -> None:
        if next(left, None) is None:
            raise Cancelled

    try:
        work(stop)
    except Cancelled:
        return True
    return False
