"""The audit trail on paper: who, when, on which computer, what, from which value to which; in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from tests.conftest import TODAY
from tests.ui import secretariat
from unnm_desktop.db import ActionPoint, Network, Person, journal
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import Kind
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import language_for
from unnm_desktop.progress import Cancelled
from unnm_desktop.reports import audit_trail
from unnm_desktop.reports.audit_trail import Days
from unnm_desktop.services import records, tor_versions
from unnm_desktop.services.audit_trail import step_words
from unnm_desktop.services.handover import erasing, joining

ON = date(2026, 11, 30)
ALL = Days(date(2026, 11, 1), ON, UTC)
# Without the marks that keep a name together inside a line.
_PLAIN = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
LONG = "Of a text that fills pages the paper tells how it begins and what changed. " * 120


@pytest.fixture
def told(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A few steps on three days of November."""
    moment = [datetime(2026, 11, 3, 22, 30, tzinfo=UTC)]
    monkeypatch.setattr("unnm_desktop.db.engine.utc_now", lambda: moment[0])

    def step(label: str, work: Any, **kind: Any) -> Any:
        moment[0] += timedelta(minutes=1)
        with database.write(label, **kind) as session:
            return work(session)

    network = step(
        "Make", lambda s: records.create(s, Network, country="BHR", name_en="Network", time_zone="Asia/Bahrain")
    )
    task: UUID = step(
        "New action point",
        lambda s: (
            records.create(s, ActionPoint, network_id=network.id, task_en="Send the note", task_ar="أرسل المذكرة").id
        ),
    )
    moment[0] = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    step(
        "Change action point",
        lambda s: records.update(s, ActionPoint, task, due=date(2026, 12, 1), task_en="Send <b>it</b> & the =cmd|"),
    )
    step("Change action point", lambda s: records.update(s, ActionPoint, task, evidence=LONG))
    step("Move to Trash", lambda s: records.remove(s, ActionPoint, task))
    step("Restore a record", lambda s: records.restore(s, ActionPoint, task), kind=Kind.UNDO)
    moment[0] = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    one = step("New person", lambda s: records.create(s, Person, name_en="Amina Haddad").id)
    two = step("New person", lambda s: records.create(s, Person, name_en="Amina Hadad").id)
    step("Join", lambda s: joining.join(s, "person", two, one), kind=Kind.SETTLE)
    erasing.erase(database, one, ON)
    return database


def text(database: Database, tmp_path: Path, code: str = "en", days: Days = ALL) -> str:
    path = tmp_path / f"{code}.txt"
    audit_trail.write(database, days, ON, language_for(code, paper=True), path)
    return path.read_text(encoding="utf-8")


def test_each_step_says_who_when_and_from_what_to_what(told: Database, tmp_path: Path) -> None:
    said = text(told, tmp_path).replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")
    assert "Period: 1 November 2026 – 30 November 2026" in said
    assert f"-- 09:01 · {told.officer} · " in said
    assert "· Change action point --" in said
    assert "Send the note | Send <b>it</b> & the =cmd|" in said
    assert "| Due | – | 1 Dec 2026" in said
    assert "Moved to Trash." in said
    assert "· Undone: Restore a record --" in said
    assert "Restored from Trash." in said
    assert "Joined with another record." in said
    assert "Erased for good." in said
    assert said.index("New action point") < said.index("Change action point") < said.index("New person")
    # Whoever was erased is in no line of it.
    assert "Haddad" not in said.replace(told.officer, "")


def test_days_begin_at_midnight_of_the_network(told: Database, tmp_path: Path) -> None:
    bahrain = ZoneInfo("Asia/Bahrain")
    said = text(told, tmp_path, days=Days(date(2026, 11, 4), date(2026, 11, 4), bahrain))
    assert "01:31" in said
    assert "Wednesday, 4 November 2026" in said
    assert "Change action point" not in said
    with pytest.raises(UserError, match="Nothing was done in these days"):
        text(told, tmp_path, days=Days(date(2026, 11, 3), date(2026, 11, 3), bahrain))
    with pytest.raises(UserError, match="the other way round"):
        text(told, tmp_path, days=Days(date(2026, 11, 3), date(2026, 11, 2), bahrain))


def test_what_was_taken_back_with_its_merge_says_so(told: Database, tmp_path: Path) -> None:
    with told.unjournalled() as connection:
        connection.execute(journal.changeset_table.update().values(retracted=True))
    assert "taken back with its merge" in text(told, tmp_path)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_paper_stays_short_whatever_long_text_was_written(told: Database, tmp_path: Path, code: str) -> None:
    path = tmp_path / "trail.pdf"
    made = audit_trail.write(told, ALL, ON, language_for(code, paper=True), path)
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == made.pages <= 3
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    assert words.count("fills") == 3, "forty words tell how it begins"
    assert made.warnings == ()
    assert ("سجل التدقيق" if code == "ar" else "Audit trail") in words or code == "ar"


@pytest.mark.parametrize(
    ("code", "begins", "was", "now"),
    [
        ("en", "(1,800 words in all)", "1,800 words, of which 1 changed:", "1,802 words, of which 3 changed:"),
        ("ar", "(1,800 كلمة إجمالاً)", "1,800 كلمة، المتغيّر منها 1:", "1,802 كلمة، المتغيّر منها 3:"),
    ],
)
def test_of_a_long_text_it_is_told_how_it_begins_and_then_which_words_changed(
    told: Database, tmp_path: Path, code: str, begins: str, was: str, now: str
) -> None:
    with told.write("Change action point") as session:
        task = records.all_of(session, ActionPoint)[0]
        middle = LONG.index("pages", len(LONG) // 2)
        text_now = f"{LONG[:middle]}two whole sheets{LONG[middle + len('pages') :]}"
        records.update(session, ActionPoint, task.id, evidence=text_now)
    said = text(told, tmp_path, code, Days(date(2026, 11, 1), date(2100, 1, 1), UTC)).translate(_PLAIN)
    assert begins in said
    assert (code == "ar") is any(one.startswith("-- \u200f") for one in said.splitlines()), "it runs with the page"
    (line,) = [one for one in said.splitlines() if "two whole sheets" in one]
    _, _, before, after = line.split(" | ")
    assert before.startswith(was)
    assert after.startswith(now)
    assert "that fills pages the paper" in before
    assert "that fills two whole sheets the paper" in after
    assert max(len(before), len(after)) < 250


def test_of_a_text_that_was_written_anew_the_paper_tells_a_part(told: Database, tmp_path: Path) -> None:
    with told.write("Change action point") as session:
        task = records.all_of(session, ActionPoint)[0]
        records.update(session, ActionPoint, task.id, evidence=" ".join(f"word{n}" for n in range(500)))
    said = text(told, tmp_path, days=Days(date(2026, 11, 1), date(2100, 1, 1), UTC)).translate(_PLAIN)
    (line,) = [one for one in said.splitlines() if "word59" in one]
    assert "500 words, of which 500 changed:" in line
    assert "word60" not in line


def test_it_can_be_stopped_and_leaves_nothing(told: Database, tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str = "") -> None:
        if not text:
            raise Cancelled

    path = tmp_path / "trail.pdf"
    with pytest.raises(Cancelled):
        audit_trail.write(told, ALL, ON, language_for("en"), path, stop)
    assert list(tmp_path.glob("*trail*")) == []


def test_a_step_of_very_many_records_is_counted_with_the_first_of_them(told: Database, tmp_path: Path) -> None:
    with told.write("Import") as session:
        for number in range(40):
            records.create(session, Person, name_en=f"Guest {number}")
    today = datetime.now(UTC).date()
    days = Days(date(2026, 11, 1), max(today, ON), UTC)
    said = text(told, tmp_path, days=days)
    assert "1 step changed very many records" in said
    assert "Person | The record was made. | – | 40 records" in said
    assert "Guest 4" in said
    assert "Guest 5" not in said
    path = tmp_path / "every.txt"
    audit_trail.write(told, days, ON, language_for("en", paper=True), path, large=None)
    every = path.read_text(encoding="utf-8")
    assert "Guest 39" in every
    assert "very many records" not in every


@pytest.mark.parametrize(("code", "words"), [("en", "Sunday → Monday"), ("ar", "الأحد → الاثنين")])
def test_codes_are_told_in_words(told: Database, tmp_path: Path, code: str, words: str) -> None:
    with told.write("Change the network") as session:
        network = records.all_of(session, Network)[0]
        records.update(session, Network, network.id, first_weekday="mon", weekend=["fri", "sat"])
    said = text(told, tmp_path, code, Days(date(2026, 11, 1), date(2100, 1, 1), UTC))
    before, after = words.split(" → ")
    bare = said.replace("\u2068", "").replace("\u2069", "")
    assert f"| {before} | {after}" in bare
    assert "mon" not in said.split()


@pytest.mark.parametrize(
    ("code", "all_of", "before", "after"),
    [
        ("en", "Consensus on decisions (B-D)", "A vacancy is late after: 30 days", "A vacancy is late after: 45 days"),
        ("ar", "توافق الآراء على القرارات", "30", "45"),
    ],
)
def test_the_rules_of_terms_of_reference_are_told_in_words(
    database: Database, tmp_path: Path, code: str, all_of: str, before: str, after: str
) -> None:
    with database.write("Set up") as session:
        network = secretariat.found(session).id
    with database.write("Change a setting of the network") as session:
        tor_versions.change_setting(session, network, "vacancy_days", 45, TODAY)
    now = datetime.now(UTC).date()
    said = text(database, tmp_path, code, Days(now, now, UTC)).translate(
        dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
    )
    assert all_of in said
    assert '"' not in said
    assert "{" not in said
    (line,) = [each for each in said.splitlines() if after in each and before in each]
    assert "silence" not in line.casefold(), "only what was changed"


@pytest.mark.parametrize(("code", "words"), [("en", "another computer"), ("ar", "حاسوب آخر")])
def test_a_step_of_a_computer_without_a_name_says_so(told: Database, tmp_path: Path, code: str, words: str) -> None:
    said = text(told, tmp_path, code).translate(_PLAIN)
    assert f"· {words} ·" not in said
    with told.unjournalled() as connection:
        # As if all had come with a package from one that was never made known.
        connection.execute(journal.changeset_table.update().values(merge_id=uuid4()))
        connection.execute(journal.device_table.delete())
    assert f"· {words} ·" in text(told, tmp_path, code).translate(_PLAIN)


def test_a_step_whose_label_is_a_name_or_a_reason_says_what_it_was() -> None:
    english, arabic = language_for("en"), language_for("ar")
    assert step_words("hand_over", "Sara Khalil", english) == "Handed over to Sara Khalil"
    assert step_words("take_back", "I stay until March", english).startswith("The office was taken back: ")
    assert step_words("step", "Mark as done", arabic) == arabic.tr("Mark as done")
