"""Spelling: what counts as a word, which dictionary is asked, and the officer's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from unnm_desktop.services import spelling
from unnm_desktop.services.spelling import Speller


@pytest.fixture
def dictionaries(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small dictionary of each language in the officer's own folder, and none of the system's."""
    folder = spelling.own_folder()
    folder.mkdir(parents=True)
    for name, words in (("en_GB", ("meeting", "migrant's", "the")), ("ar", ("الهجرة", "محضر"))):
        (folder / f"{name}.aff").write_text("SET UTF-8\nTRY aeiou\n", encoding="utf-8")
        (folder / f"{name}.dic").write_text("\n".join([str(len(words)), *words]) + "\n", encoding="utf-8")
    monkeypatch.setattr(spelling, "folders", lambda: (folder,))
    return folder


def test_numbers_references_acronyms_and_addresses_are_no_words() -> None:
    text = "The IOM met on 25 Nov (BHR/2026/D04, SDG10); write to name@example.org. It’s مُحَضَّر ٢٠٢٦."
    assert [one.text for one in spelling.words(text)] == ["The", "met", "on", "Nov", "write", "to", "It’s", "مُحَضَّر"]
    for one in spelling.words(text):
        assert text[one.start : one.start + one.length] == one.text


def test_each_script_asks_its_own_dictionary(dictionaries: Path) -> None:
    speller = Speller().load()
    assert speller.is_right("meeting")
    assert speller.is_right("Meeting")
    assert not speller.is_right("meetnig")
    assert speller.suggestions("meetnig") == ("meeting",)
    assert speller.is_right("الهجرة")
    assert speller.is_right("مُحَضَر")
    assert not speller.is_right("الهجره")


def test_a_language_without_a_dictionary_is_left_alone(dictionaries: Path) -> None:
    for path in dictionaries.glob("ar.*"):
        path.unlink()
    assert set(spelling.dictionaries()) == {"en"}
    assert Speller().is_right("الهجره")


def test_an_own_word_is_right_from_then_on(dictionaries: Path) -> None:
    speller = Speller()
    assert not speller.is_right("Zumurrudi")
    speller.learn("Zumurrudi")
    assert speller.is_right("Zumurrudi")
    assert Speller().is_right("zumurrudi")


def test_half_a_dictionary_is_none(dictionaries: Path) -> None:
    (dictionaries / "en_GB.aff").unlink()
    assert set(spelling.dictionaries()) == {"ar"}
