"""Minutes that were sent keep their text whatever a colleague wrote in the same draft; nothing of it is lost."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.handover.world import TEXT, Base, Copy, copies, gossip
from unnm_desktop.db import AgendaItem, Meeting, Minutes, MinutesEntry
from unnm_desktop.db.minutes import MinutesState
from unnm_desktop.services import minutes, progress_reports, records

LATE = TEXT.replace("Second", "Another")


def minutes_of(one: Copy, base: Base) -> Any:
    return one.value("minutes_entry", base.keys["entry"], "minutes_id")


def send(one: Copy, base: Base, *states: str) -> None:
    for state in states or ("circulated",):
        one.update("minutes", minutes_of(one, base), state=state)


def versions(one: Copy) -> list[tuple[int, str, bool, str]]:
    """Each version: number, state, whether a corrigendum, text."""
    with one.database.read() as session:
        texts = {entry.minutes_id: entry.text_en for entry in records.all_of(session, MinutesEntry)}
        return sorted(
            (found.version, found.state.value, found.corrigendum, texts.get(found.id, ""))
            for found in records.all_of(session, Minutes)
        )


@pytest.mark.parametrize(
    ("states", "corrigendum"),
    [(("circulated",), False), (("circulated", "settled", "adopted", "sealed"), True)],
)
def test_what_was_sent_stays_and_what_was_written_late_is_a_new_version(
    base: Base, states: tuple[str, ...], corrigendum: bool
) -> None:
    with copies(base, 2) as (mine, theirs):
        send(mine, base, *states)
        theirs.update("minutes_entry", base.keys["entry"], text_en=LATE)
        before = mine.package(), theirs.package()
        merged = mine.take(before[1])
        assert len(merged.preview.late) == 1
        wanted = [(1, states[-1], False, TEXT), (2, "draft", corrigendum, LATE)]
        assert versions(mine) == wanted
        # The other side comes to the same by itself, and both together to nothing else.
        theirs.take(before[0])
        assert versions(theirs) == wanted
        gossip([mine, theirs])
        assert versions(mine) == versions(theirs) == wanted
        assert mine.state() == theirs.state()
        assert mine.conflicts() == []
        for one in (mine, theirs):
            one.check()


def test_texts_of_both_that_differ_are_no_question_where_one_was_sent(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        mine.update("minutes_entry", base.keys["entry"], text_en="As members have it")
        send(mine, base)
        theirs.update("minutes_entry", base.keys["entry"], text_en="Written late")
        merged = mine.take(theirs.package())
        assert merged.preview.conflicts == []
        assert versions(mine) == [
            (1, "circulated", False, "As members have it"),
            (2, "draft", False, "Written late"),
        ]
        mine.check()


def begin(one: Copy, meeting: UUID, item: UUID, text: str) -> None:
    with one.database.write("Write") as session:
        begun = minutes.open_minutes(session, meeting)
        minutes.write_entry(session, begun.id, item, text_en=text)


def new_meeting(one: Copy, base: Base) -> tuple[UUID, UUID]:
    with one.database.write("Call") as session:
        made = records.create(session, Meeting, network_id=base.keys["network"], day=date(2026, 6, 1), title_en="Next")
        return made.id, records.create(session, AgendaItem, meeting_id=made.id, title_en="Opening").id


def test_minutes_that_two_officers_begin_are_one_and_no_text_hides_the_other(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        meeting, item = new_meeting(mine, base)
        gossip([mine, theirs])
        begin(mine, meeting, item, "What I wrote.")
        begin(theirs, meeting, item, "Quite another thing.")
        gossip([mine, theirs])
        for one in (mine, theirs):
            with one.database.read() as session:
                [begun] = minutes.versions(session, meeting)
                entry = minutes.entry_for(session, begun.id, item)
                assert entry is not None
            [conflict] = one.conflicts()
            assert {side.value for side in conflict.sides} == {"What I wrote.", "Quite another thing."}
            one.check()
        assert mine.state() == theirs.state()


def test_a_report_that_two_officers_begin_is_one_and_no_words_hide_the_other_s(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        for one, text in ((mine, "What I wrote."), (theirs, "Quite another thing.")):
            with one.database.write("Write") as session:
                report = progress_reports.open_report(session, base.keys["network"], "2026-H1")
                progress_reports.write_section(session, report.id, "summary", text_en=text)
        gossip([mine, theirs])
        for one in (mine, theirs):
            [conflict] = one.conflicts()
            assert {side.value for side in conflict.sides} == {"What I wrote.", "Quite another thing."}
            one.check()
        assert mine.state() == theirs.state()


def test_minutes_begun_apart_and_sent_by_one_keep_what_was_sent(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        meeting, item = new_meeting(mine, base)
        gossip([mine, theirs])
        begin(mine, meeting, item, "As members have it.")
        with mine.database.write("Send") as session:
            [begun] = minutes.versions(session, meeting)
            records.update(session, Minutes, begun.id, state=MinutesState.CIRCULATED)
        begin(theirs, meeting, item, "Written late.")
        gossip([mine, theirs])
        for one in (mine, theirs):
            with one.database.read() as session:
                told = [
                    (
                        each.version,
                        each.state.value,
                        [entry.text_en for entry in minutes.entries(session, each.id).values()],
                    )
                    for each in minutes.versions(session, meeting)
                ]
            assert told == [(1, "circulated", ["As members have it."]), (2, "draft", ["Written late."])]
            one.check()
        assert mine.state() == theirs.state()


def test_minutes_whose_beginning_was_undone_begin_again(base: Base) -> None:
    with copies(base, 1) as (one,):
        meeting, item = new_meeting(one, base)
        begin(one, meeting, item, "First.")
        with one.database.write("Remove") as session:
            records.remove(session, Minutes, minutes.versions(session, meeting)[0].id)
        begin(one, meeting, item, "Again.")
        with one.database.read() as session:
            [begun] = minutes.versions(session, meeting)
            assert [entry.text_en for entry in minutes.entries(session, begun.id).values()] == ["Again."]
        one.check()


def test_undoing_the_merge_takes_the_new_version_away(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        send(mine, base)
        theirs.update("minutes_entry", base.keys["entry"], text_en=LATE)
        before = versions(mine)
        mine.take(theirs.package())
        mine.undo(mine.merges[-1])
        assert versions(mine) == before
        mine.check()
        mine.take(theirs.package())
        assert versions(mine) == [(1, "circulated", False, TEXT), (2, "draft", False, LATE)]
        mine.check()


def test_a_text_under_a_new_item_does_not_slip_into_sent_minutes(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        send(mine, base)
        key, meeting = minutes_of(mine, base), mine.value("minutes", minutes_of(mine, base), "meeting_id")
        item = theirs.create("agenda_item", meeting_id=meeting, title_en="Any other business")
        theirs.create("minutes_entry", minutes_id=key, agenda_item_id=item, text_en="Said late")
        mine.take(theirs.package())
        with mine.database.read() as session:
            found = records.all_of(session, MinutesEntry, MinutesEntry.minutes_id == key)
            assert sorted(entry.text_en for entry in found) == ["", TEXT]
            new = records.all_of(session, Minutes, Minutes.version == 2)[0]
            found = records.all_of(session, MinutesEntry, MinutesEntry.minutes_id == new.id)
            assert sorted(entry.text_en for entry in found) == [TEXT, "Said late"]
        mine.check()


def test_what_was_known_when_the_minutes_were_sent_is_part_of_them(base: Base) -> None:
    with copies(base, 2) as (mine, theirs):
        theirs.update("minutes_entry", base.keys["entry"], text_en=LATE)
        mine.take(theirs.package())
        send(mine, base)
        merged = theirs.take(mine.package())
        assert merged.preview.late == []
        assert versions(theirs) == [(1, "circulated", False, LATE)]
