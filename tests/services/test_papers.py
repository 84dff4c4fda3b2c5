"""Papers of a meeting: kept once by content, named safely, told when they would run."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.services.meeting_fixtures import ON, small_network
from unnm_desktop.db.attachments import Attachment
from unnm_desktop.errors import UserError
from unnm_desktop.services import meetings, papers, records
from unnm_desktop.services.papers import Stored


def put(data: bytes) -> str:
    """A store that only counts the hash."""
    return hashlib.sha256(data).hexdigest()


def test_the_same_content_is_kept_once_and_the_same_name_is_a_version(session: Session) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    item = meetings.agenda(session, meeting.id)[1]
    first, second = Stored("Sheet.pdf", 3, put(b"one")), Stored("sheet.pdf", 3, put(b"two"))
    assert len(papers.add(session, meeting.id, [first, first, second], item.id)) == 2
    assert papers.add(session, meeting.id, [Stored("Other name.pdf", 3, put(b"one"))]) == []
    found = sorted(papers.papers(session, meeting.id), key=lambda one: one.version)
    assert [(one.attachment.name.casefold(), one.version, one.item is item) for one in found] == [
        ("sheet.pdf", 1, True),
        ("sheet.pdf", 2, True),
    ]
    papers.assign(session, found[1].attachment.id, meeting.id, None)
    assert [one.item for one in papers.papers(session, meeting.id)] == [None, item]
    assert papers.rename(session, found[0].attachment.id, "Data ../sheet").name.casefold() == "sheet.pdf"
    kept = next(one.attachment for one in found if one.attachment.sha256 == first.sha256)
    records.remove(session, Attachment, kept.id)
    assert len(papers.add(session, meeting.id, [first])) == 1


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder"):
        papers.store(put, [tmp_path])
    with pytest.raises(UserError, match="cannot be read"):
        papers.store(put, [tmp_path / "gone.pdf"])
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(papers.LARGEST + 1)
    with pytest.raises(UserError, match="50 MB"):
        papers.store(put, [large])


def test_names_that_deceive_or_break_are_made_plain() -> None:
    assert papers.safe_name("../../etc/passwd") == "passwd"
    assert papers.safe_name("C:\\temp\\a.pdf") == "a.pdf"
    assert papers.safe_name("report\u202efdp.exe") == "report_fdp.exe"
    assert papers.safe_name("NUL.txt") == "_NUL.txt"
    assert papers.safe_name("ورقة العمل.docx") == "ورقة العمل.docx"
    assert papers.safe_name("") == "_"
    assert papers.safe_name(f"{'x' * 300}.pdf").endswith("x.pdf")
    assert papers.may_run("invoice.pdf.EXE")
    assert papers.may_run("macro.docm ")
    assert not papers.may_run("minutes.docx")


@given(st.text(max_size=300))
def test_a_safe_name_stays_as_it_is_and_stays_in_its_folder(name: str) -> None:
    safe = papers.safe_name(name)
    assert papers.safe_name(safe) == safe
    assert Path(safe).name == safe
    assert len(safe) <= papers.LONGEST_NAME + 1


def test_the_copy_to_open_cannot_be_written(session: Session, tmp_path: Path) -> None:
    small = small_network(session)
    meeting = meetings.plan_next(session, small.id, ON, day=ON)
    made = papers.add(session, meeting.id, [Stored("a.txt", 5, put(b"words"))])[0]
    copy = papers.copy_into(tmp_path, made, lambda _digest: b"words")
    assert (copy.name, copy.read_bytes(), copy.stat().st_mode & 0o777) == ("a.txt", b"words", 0o400)

    def missing(digest: str) -> bytes:
        raise KeyError(digest)

    with pytest.raises(UserError, match="missing beside"):
        papers.copy_into(tmp_path, made, missing)
