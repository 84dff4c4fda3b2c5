"""The stories are only worth something if a wrong merge fails them: each bug is planted, and must be caught."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from tests.handover import test_merge as situations
from tests.handover.stories import Step, play
from tests.handover.world import Base
from unnm_desktop.db import combining, journal, replay, resolving
from unnm_desktop.db.causes import Clocks
from unnm_desktop.db.engine import Database
from unnm_desktop.db.resolving import State
from unnm_desktop.db.survey import Survey
from unnm_desktop.errors import UserError
from unnm_desktop.services.handover import deciding, exporting, merge, planning, settle, sifting

QUARREL: list[Step] = [("edit", 0, 0, "a"), ("edit", 1, 0, "b"), ("take", 0, 1)]
WRITTEN: list[Step] = [("write", 0, 0, "a"), ("write", 1, 2, "b")]
ADVANCE: list[Step] = [("edit", 0, 0, "a"), ("take", 1, 0), ("edit", 1, 0, "b")]
STORIES: dict[str, list[Step]] = {
    "two edit a field, one decides, one edits on": [*QUARREL, ("decide", 0, 0, 2), ("take", 1, 0), ("edit", 2, 0, "c")],
    "an open conflict lives through another merge": [*QUARREL, ("edit", 2, 1, "c"), ("take", 0, 2), ("take", 2, 0)],
    "an open conflict lives through an edit": [*QUARREL, ("edit", 0, 0, "c"), ("take", 2, 0)],
    "one removes what another edits": [("edit", 0, 4, "a"), ("remove", 1, 0), ("take", 0, 1), ("take", 1, 0)],
    "one removes what another begins to refer to": [("refer", 0, 0, 2), ("remove", 1, 2), ("take", 0, 1)],
    "working on in turn": [*ADVANCE, ("take", 0, 1), ("edit", 0, 0, "c")],
    "a merge is undone and work goes on": [("edit", 1, 0, "a"), ("take", 0, 1), ("edit", 0, 0, "b"), ("undo", 0)],
    "a text is written in two places": [*WRITTEN, ("take", 0, 1), ("write", 0, 1, "c")],
    "a text is written in one place twice": [("write", 0, 0, "a"), ("write", 1, 0, "b"), ("take", 0, 1)],
    "a merge is decided at once": [*QUARREL[:2], ("settle", 0, 1, 2), ("take", 1, 0), ("edit", 1, 0, "c")],
    "a merge decided at once is undone": [*QUARREL[:2], ("settle", 0, 1, 2), ("undo", 0), ("edit", 0, 1, "c")],
    "a clock is ten years slow": [("skew", 1, 2), *ADVANCE, ("take", 0, 1)],
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_the_story_ends_well(base: Base, story: str) -> None:
    play(base, STORIES[story])


def _newest_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    right = resolving._Line.groups
    monkeypatch.setattr(resolving._Line, "groups", lambda line: right(line)[:1])


def _no_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal._Heads, "parents", lambda _heads, fields: {name: [] for name in fields})


def _edits_of_the_removed_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving._Record, "_knew", lambda *_: True)


def _references_to_the_removed_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Survey, "_keep_referred", lambda _survey: None)


def _decisions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "write", lambda *_: None)


def _decisions_replace_only_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(cursor: Any, row: Any) -> Any:
        heads = journal._Heads(cursor, row.hex)
        return {name: heads.shown.get(name, []) for name in heads.all}

    monkeypatch.setattr(settle, "_heads", shown)


def _conflicts_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    right = replay.write_conflicts

    def lost(cursor: Any, states: Any, opened_by: Any) -> None:
        right(cursor, [State(state.entity, state.row) for state in states], opened_by)

    monkeypatch.setattr(replay, "write_conflicts", lost)


def _edits_replace_rivals_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = journal._Heads.__init__

    def blind(heads: Any, cursor: Any, row: str) -> None:
        right(heads, cursor, row)
        heads.shown = heads.all

    monkeypatch.setattr(journal._Heads, "__init__", blind)


def _erased_data_are_taken_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sifting._Blank, "wipe", lambda *_: None)


def _the_highest_number_is_all_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def highest(vector: Any, device: str, seq: int) -> bool:
        return seq <= max((last for _, last in vector.get(device, ())), default=0)

    monkeypatch.setattr(exporting, "holds", highest)
    monkeypatch.setattr(exporting, "_CHANGESETS", exporting._CHANGESETS.replace("size, retracted", "NULL, retracted"))


def _undone_changes_count_as_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_them(line: Any, keys: Any) -> Any:
        return {key for key in keys if key in line.members}

    monkeypatch.setattr(resolving._Line, "counting", all_of_them)


def _undoing_a_merge_forgets_what_another_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "_hand_on", lambda *_: None)


def _texts_are_put_together_blindly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combining, "_touch", lambda *_: False)


def _the_preview_miscounts(monkeypatch: pytest.MonkeyPatch) -> None:
    right = planning._sort

    def twice(preview: Any, one: Any, survey: Any) -> None:
        right(preview, one, survey)
        preview.changed = preview.changed[:-1]

    monkeypatch.setattr(planning, "_sort", twice)


def _references_stay_on_the_lost_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Survey, "_follow", lambda *_: None)


def _the_clock_says_who_knew_what(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clocks, "saw", lambda _clocks, one, other: other.hlc <= one.hlc)


def _a_copied_laptop_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    right = sifting.sift
    monkeypatch.setattr(planning, "sift", lambda cursor, incoming, _own: right(cursor, incoming, None))
    monkeypatch.setattr(sifting, "_compare", lambda *_: None)


def _decisions_with_a_merge_stay_when_it_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Database.go_on

    def forgetful(database: Any, session: Any, label: str, kind: Any, _merge_id: Any = None) -> None:
        right(database, session, label, kind)

    monkeypatch.setattr(Database, "go_on", forgetful)


def _a_failed_decision_leaves_the_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    right = deciding.write

    def afterwards(session: Any, answers: Any) -> None:
        with suppress(UserError):
            right(session, answers)

    monkeypatch.setattr(deciding, "write", afterwards)


BUGS: tuple[tuple[Callable[[pytest.MonkeyPatch], None], str | Callable[[Base], None]], ...] = (
    (_newest_wins, "two edit a field, one decides, one edits on"),
    (_no_parents, "working on in turn"),
    (_edits_of_the_removed_are_ignored, "one removes what another edits"),
    (_references_to_the_removed_are_ignored, situations.test_a_record_removed_there_and_newly_referred_to_here_stays),
    (_decisions_are_forgotten, situations.test_a_decision_travels_and_closes_the_conflict_elsewhere),
    (_decisions_replace_only_what_is_shown, situations.test_a_decision_travels_and_closes_the_conflict_elsewhere),
    (_conflicts_are_lost, "an open conflict lives through another merge"),
    (_edits_replace_rivals_unseen, "an open conflict lives through an edit"),
    (
        _erased_data_are_taken_in_again,
        situations.test_erased_data_never_come_back_from_old_packages_and_lie_in_no_page,
    ),
    (
        _the_highest_number_is_all_that_is_asked,
        situations.test_a_package_of_some_records_leaves_gaps_that_a_whole_one_fills,
    ),
    (_undone_changes_count_as_parents, "a merge is undone and work goes on"),
    (
        _undoing_a_merge_forgets_what_another_brought,
        situations.test_what_a_second_merge_brought_too_stays_when_the_first_is_undone,
    ),
    (_texts_are_put_together_blindly, situations.test_texts_edited_in_the_same_paragraph_are_a_conflict),
    (_the_preview_miscounts, situations.test_what_only_one_side_changed_is_taken_without_a_question),
    (_references_stay_on_the_lost_one, situations.test_what_others_write_to_the_lost_one_of_two_follows),
    (_the_clock_says_who_knew_what, situations.test_a_record_removed_there_and_newly_referred_to_here_stays),
    (
        _decisions_with_a_merge_stay_when_it_is_undone,
        situations.test_what_is_decided_with_a_merge_is_one_step_with_it_and_goes_with_it,
    ),
    (_a_failed_decision_leaves_the_merge, situations.test_a_decision_that_does_not_fit_leaves_everything_as_it_was),
    (_a_copied_laptop_is_let_in, situations.test_a_copied_laptop_is_refused_loudly),
)
"""Each with the story or the law that must catch it."""


@pytest.mark.parametrize(("bug", "law"), BUGS, ids=[bug.__name__.strip("_") for bug, _ in BUGS])
def test_a_planted_bug_is_caught(
    base: Base,
    monkeypatch: pytest.MonkeyPatch,
    bug: Callable[[pytest.MonkeyPatch], None],
    law: str | Callable[[Base], None],
) -> None:
    bug(monkeypatch)
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - caught is caught, whatever the law says
        play(base, STORIES[law]) if isinstance(law, str) else law(base)
    assert not isinstance(caught.value, (KeyboardInterrupt, AttributeError, NameError)), "the bug is planted wrongly"
