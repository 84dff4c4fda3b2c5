"""Documents on paper: the file is whole, names itself, is the same twice, and loses no word of hostile texts."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from tests.reports.sample_year import ON
from unnm_desktop import reports
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.db.workplans import Activity
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.reports import Document
from unnm_desktop.services import networks, records

HOSTILE = "<b>x</b> & =cmd|' /C calc'!A0 {0} {name} \u202eabc\u202c 😀 \u200b“”«» %s"


def made(session: Session, kind: str, code: str = "en", country: str = "BHR") -> Document:
    network = networks.network_of(session, country)
    meeting = "BHR/2026/M01" if kind == "minutes" and country == "BHR" else ""
    request = reports.request_for(session, kind, network_id=network.id, on=ON, language=Language(code), meeting=meeting)
    return reports.make(session, kind, request)


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("kind", list(reports.REPORTS))
def test_every_document_is_a_whole_file(sample: Session, tmp_path: Path, kind: str, code: str) -> None:
    document = made(sample, kind, code)
    written = reports.write(document, tmp_path / f"{kind}.pdf")
    opened = pypdfium2.PdfDocument(written.path)
    assert len(opened) == written.pages >= 1
    assert opened.get_metadata_dict()["Title"] == document.furniture.title
    with pikepdf.open(written.path) as file:
        assert file.Root.Lang == code
    assert not written.warnings
    assert "IOM" in words(written.path)
    assert [path.name for path in tmp_path.glob("*.pdf*")] == [f"{kind}.pdf"]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_same_records_give_the_same_bytes(sample: Session, code: str) -> None:
    for kind in reports.REPORTS:
        assert reports.as_bytes(made(sample, kind, code)) == reports.as_bytes(made(sample, kind, code)), kind


def test_text_is_written_too(sample: Session, tmp_path: Path) -> None:
    document = made(sample, "actions")
    written = reports.write(document, tmp_path / "actions.TXT")
    assert written.path.read_text(encoding="utf-8") == reports.as_text(document)
    assert written.pages == 0
    assert len(written.sha256) == 64


@pytest.mark.parametrize("name", ["actions.docx", "actions"])
def test_another_ending_is_refused_in_words(sample: Session, tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"\.pdf or \.txt"):
        reports.write(made(sample, "actions"), tmp_path / name)
    assert not list(tmp_path.glob("actions*"))


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_a_folder_that_is_not_there_is_told_in_words(sample: Session, tmp_path: Path, ending: str) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        reports.write(made(sample, "actions"), tmp_path / "nowhere" / f"actions.{ending}")


def _spoil(session: Session) -> None:
    """Hostile words in every text that documents print."""
    fields = {
        Network: ("name_en",),
        Meeting: ("title_en", "place_en", "online"),
        AgendaItem: ("title_en", "purpose_en", "presenter"),
        Decision: ("title_en", "text_en"),
        ActionPoint: ("task_en", "evidence"),
        Organisation: ("name_en", "acronym"),
        Person: ("name_en", "position_en", "phones"),
        Activity: ("title_en", "partners", "narrative_en", "women_en"),
        MinutesEntry: ("text_en",),
    }
    for entity, names in fields.items():
        for record in records.all_of(session, entity):
            for name in names:
                setattr(record, name, HOSTILE)
    session.flush()


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("kind", list(reports.REPORTS))
def test_hostile_texts_are_printed_as_they_are(sample: Session, tmp_path: Path, kind: str, code: str) -> None:
    _spoil(sample)
    written = reports.write(made(sample, kind, code), tmp_path / "hostile.pdf")
    assert "calc" in words(written.path).replace("\n", " ")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_an_entry_of_three_pages_loses_no_word(sample: Session, tmp_path: Path, code: str) -> None:
    entry = records.all_of(sample, MinutesEntry)[0]
    paragraph = "The members discussed the matter at length and agreed to return to it. " * 12
    text = "\n\n".join(f"Remark{number:03} {paragraph}" for number in range(24))
    entry.text_en, entry.text_ar = text, ""
    sample.flush()
    written = reports.write(made(sample, "minutes", code), tmp_path / "long.pdf")
    assert written.pages >= 5
    found = words(written.path)
    assert all(f"Remark{number:03}" in found for number in range(24))


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_cell_longer_than_a_page_loses_no_word(sample: Session, tmp_path: Path, code: str) -> None:
    decision = records.all_of(sample, Decision)[0]
    decision.text_en = decision.text_ar = " ".join(f"word{number:04}" for number in range(1500))
    sample.flush()
    written = reports.write(made(sample, "decisions", code), tmp_path / "long.pdf")
    found = words(written.path)
    assert all(f"word{number:04}" in found for number in range(1500))
