"""Anything can be found, in both languages, also inside words."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unnm_desktop.db import AgendaItem, Meeting, Network, Organisation, Person
from unnm_desktop.db.engine import Database
from unnm_desktop.db.text import fold
from unnm_desktop.i18n import Language
from unnm_desktop.services import found, records, search


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
        records.create(session, Meeting, network_id=first, day=date(2026, 1, 1), title_en="Budget session")
        records.create(session, Meeting, network_id=second, day=date(2026, 1, 1), title_en="Budget hearing")
    with database.read() as session:
        assert [found.title for found in search.find(session, "budget", first)] == ["Budget session"]


def test_parts_of_another_networks_records_stay_out_too(database: Database) -> None:
    with database.write("Make") as session:
        for country in ("BHR", "KWT"):
            network = records.create(session, Network, country=country, name_en=country)
            meeting = records.create(session, Meeting, network_id=network.id, day=date(2026, 1, 1))
            records.create(session, AgendaItem, meeting_id=meeting.id, title_en=f"Budget of {country}")
    with database.read() as session:
        bahrain = next(one for one in records.all_of(session, Network) if one.country == "BHR")
        assert [found.title for found in search.find(session, "budget", bahrain.id)] == ["Budget of BHR"]


def test_what_fits_best_comes_first(database: Database) -> None:
    names = ("Forum of data", "Metadata office", "Data office", "The big data office")
    with database.write("Make") as session:
        made = {name: records.create(session, Organisation, name_en=name).id for name in names}
    with database.read() as session:
        found = [one.title for one in search.find(session, "data")]
        assert (found[0], found[-1]) == ("Data office", "Metadata office")
        # Of those that fit alike the younger stands first.
        assert found[1:3] == ["The big data office", "Forum of data"]
        lately = search.find(session, "data", recent=[made["Metadata office"]])
        assert lately[0].title == "Metadata office"


@pytest.mark.parametrize("words", ["am", "amina"])
def test_the_names_of_a_person_count_more_than_her_position(database: Database, words: str) -> None:
    with database.write("Make") as session:
        records.create(session, Person, name_en="Amina")
        records.create(session, Person, name_en="Zaid Haddad", name_ar="زيد حداد", position_en="Office of Amina")
    with database.read() as session:
        found = [(one.title, one.fit) for one in search.find(session, words)]
    assert found == [("Amina", search.BEGINS), ("Zaid Haddad", search.ELSEWHERE)]


def test_a_frequent_word_does_not_show_one_kind_only(database: Database) -> None:
    with database.write("Make") as session:
        for n in range(9):
            records.create(session, Organisation, name_en=f"Data office {n}")
        records.create(session, Person, name_en="Daria of the data office")
    with database.read() as session:
        found = [one.entity for one in search.find(session, "data", of_a_kind=3)]
    assert found == ["organisation"] * 3 + ["person"]


def test_what_is_found_is_told_in_the_readers_language_with_its_place(database: Database) -> None:
    with database.write("Make") as session:
        network = records.create(session, Network, country="BHR", name_en="Alpha").id
        meeting = records.create(session, Meeting, network_id=network, day=date(2026, 1, 1), ordinal=31)
        item = records.create(session, AgendaItem, meeting_id=meeting.id, title_en="Data", title_ar="البيانات")
    with database.read() as session:
        wanted = [("agenda_item", item.id), ("meeting", meeting.id), ("meeting", network)]
        english = found.tell(session, wanted, network, Language())
        arabic = found.tell(session, wanted, network, Language("ar"))
    assert [(one.title, one.kind) for one in english] == [
        ("Data", "Agenda item · 31st regular meeting"),
        ("31st regular meeting", "Meeting · 1 Jan 2026"),
    ]
    assert arabic[0].title == "البيانات"


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_no_words_break_the_search(words: str) -> None:
    folded = fold(words)
    assert "\u0640" not in folded


def test_a_long_text_is_folded_and_forgotten() -> None:
    long = "مُحَضَّر " * 1000
    held = sys.getrefcount(long)
    assert fold(long) == "محضر " * 1000
    assert sys.getrefcount(long) == held
