"""The preferences of this computer: written, read without a parser where they were written here, and edited by hand."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checked
from hypothesis import strategies as st

from unnm_desktop import paths, settings
from unnm_desktop.settings import Settings


@pytest.fixture
def file(home: Path) -> Path:
    paths.private_folder(paths.config_folder())
    return paths.config_folder() / "settings.toml"


@checked(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(officer=st.text(), recent=st.lists(st.text(), max_size=3), size=st.integers(0, 500), hijri=st.booleans())
def test_what_was_written_is_read_as_any_reader_of_toml_reads_it(
    file: Path, officer: str, recent: list[str], size: int, hijri: bool
) -> None:
    kept = Settings(officer=officer, recent=tuple(recent), text_size=size, hijri=hijri)
    try:
        settings.save(kept)
    except UnicodeEncodeError:
        # Half a character: nothing can be written that says it.
        return
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    assert settings.load() == kept
    assert (told["officer"], tuple(told["recent"])) == (officer, tuple(recent))


def test_preferences_written_here_are_read_without_a_parser(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(Settings(officer='Layla \\ "Hassan" ليلى'))
    monkeypatch.setitem(sys.modules, "tomllib", None)
    assert settings.load().officer == 'Layla \\ "Hassan" ليلى'


@pytest.mark.parametrize(
    ("text", "officer"),
    [
        ("# mine\nofficer='C:\\new'\n", "C:\\new"),
        ('officer = """Amina"""\n', "Amina"),
        ('officer = "A" # short\nhijri = true\n', "A"),
        ("officer = 'it''s'\n", ""),
        ('officer = "A"\nofficer = "B"\n', ""),
    ],
)
def test_preferences_edited_by_hand_are_toml(file: Path, text: str, officer: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert settings.load().officer == officer


def test_damaged_preferences_are_set_aside(file: Path) -> None:
    settings.save(replace(Settings(), officer="Amina"))
    assert settings.set_damaged_aside() is None
    file.write_text("officer = ", encoding="utf-8")
    aside = settings.set_damaged_aside()
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == "officer = "
