"""Anything can be found, in both languages, also inside words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unnm_desktop.db import Network, Organisation
from unnm_desktop.db.engine import Database
from unnm_desktop.db.text import fold
from unnm_desktop.services import records, search


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("هجرة", "المنظمة الدولية للهجرة"),
        ("محضر", "مُحَضَّر الاجتماع"),
        ("امينة", "أمينة حداد"),
        ("لجنه", "اللجنة الوطنية"),
        ("٢٠٢٦", "Plan 2026"),
        ("2026", "خطة ٢٠٢٦"),
        ("شوون", "الشؤون الاجتماعية"),
        ("GRATION", "Migration"),
        ("um", "Forum of partners"),
        ("o'b", 'O\'Brien "quoted"'),
        ('"', 'a "quoted" name'),
        ("100%", "100% of members"),
    ],
)
def test_words_are_found(database: Database, words: str, text: str) -> None:
    with database.write("Make") as session:
        wanted = records.create(session, Organisation, name_en=text).id
        records.create(session, Organisation, name_en="Something else")
    with database.read() as session:
        assert [found.id for found in search.find(session, words)] == [wanted]


def test_what_is_changed_or_removed_is_found_by_its_new_words_only(database: Database) -> None:
    with database.write("Make") as session:
        made = records.create(session, Organisation, name_en="Former name").id
    with database.write("Rename") as session:
        records.update(session, Organisation, made, name_en="Current name")
    with database.read() as session:
        assert search.find(session, "former") == []
        assert len(search.find(session, "current")) == 1
    with database.write("Remove") as session:
        records.remove(session, Organisation, made)
    with database.read() as session:
        assert search.find(session, "current") == []
    with database.write("Restore") as session:
        records.restore(session, Organisation, made)
    with database.read() as session:
        assert len(search.find(session, "current")) == 1


def test_other_networks_records_stay_out(database: Database) -> None:
    with database.write("Make") as session:
        first = records.create(session, Network, country="BHR", name_en="Alpha").id
        second = records.create(session, Network, country="KWT", name_en="Beta").id
        from datetime import date

        from unnm_desktop.db import Meeting

        records.create(session, Meeting, network_id=first, day=date(2026, 1, 1), title_en="Budget session")
        records.create(session, Meeting, network_id=second, day=date(2026, 1, 1), title_en="Budget hearing")
    with database.read() as session:
        assert [found.title for found in search.find(session, "budget", first)] == ["Budget session"]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_no_words_break_the_search(words: str) -> None:
    folded = fold(words)
    assert "\u0640" not in folded
