"""Terms of reference: duties judged for a day with their proofs, text, objectives, versions, the network itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import in_dialog, press, show
from unnm_desktop import reports
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Holiday, Network, TorState
from unnm_desktop.db.people import OfficeKind
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.services import compliance, networks, people, records, tor_versions
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import Field
from unnm_desktop.ui.inspector import PartsView
from unnm_desktop.ui.tor import TABS, TorPage
from unnm_desktop.ui.tor_text import place_of


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[TorPage]:
    secretariat.open_in(desk, bahrain)
    made = TorPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def type_into(qtbot: QtBot, parts: PartsView, name: str, text: str) -> Field:
    field = parts.field(name)
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    return field


def put(dialog: FormDialog[object], name: str, text: str) -> None:
    line = dialog.parts.field(name).findChild(QLineEdit)
    assert line is not None
    line.setText(text)


def test_every_duty_has_its_row_and_what_is_not_asked_says_so(page: TorPage) -> None:
    shown = words(page)
    for duty in compliance.DUTIES:
        assert compliance.TITLES[duty] in shown
    assert shown.count("Not required by the ToR") >= 1
    assert any(one.text() == "\u2066B-F\u2069" for one in page.findChildren(QPushButton))


def test_another_day_is_judged(page: TorPage, qtbot: QtBot) -> None:
    day = page.compliance.day
    line = day.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "2026-02-01")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.compliance.on == date(2026, 2, 1)
    line.selectAll()
    qtbot.keyClicks(line, "2025-02-01")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "earlier days are not judged" in words(page)
    press(qtbot, page.compliance, "Today")
    assert page.compliance.on == page.desk.today()


def test_evidence_leads_to_its_record(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    went: list[tuple[str, UUID]] = []
    desk.wishes.went.connect(lambda name, record_id, _options: went.append((name, record_id)))
    duty = next(one for one in page.compliance.found if one.evidence)
    link = page.compliance.links[duty.duty][0]
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went[0][1] == duty.evidence[0].id


def test_the_page_is_saved_as_pdf_and_as_text_for_the_day_it_is_judged(
    page: TorPage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.give("save_file", tmp_path / "duties.pdf", tmp_path / "duties.txt")
    line = page.compliance.day.findChild(QLineEdit)
    assert line is not None
    line.setText("2026-02-01")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    press(qtbot, page.compliance, "Save as PDF")
    assert (tmp_path / "duties.pdf").read_bytes().startswith(b"%PDF")
    press(qtbot, page.compliance, "Save as PDF")
    said = (tmp_path / "duties.txt").read_text(encoding="utf-8")
    assert "Regular meetings" in said
    assert "1 February 2026" in said


def test_duties_of_one_state_are_shown_alone(page: TorPage, qtbot: QtBot) -> None:
    met = sum(one.state == "met" for one in page.compliance.found)
    press(qtbot, page.compliance, f"Met {met}")
    assert len(page.compliance.links) <= met
    shown = words(page.compliance)
    assert all((compliance.TITLES[one.duty] in shown) is (one.state == "met") for one in page.compliance.found)


def test_an_arabic_sentence_that_begins_with_a_reference_runs_from_the_right(
    make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> None:
    desk = make_desk(rtl=True)
    secretariat.open_in(desk, bahrain)
    made = TorPage(desk)
    show(made, qtbot)
    said = [one.text() for one in made.compliance.findChildren(QLabel) if one.text().startswith("\u200f")]
    assert len(said) == len(compliance.DUTIES)
    made.close()


def test_the_text_stands_clause_by_clause(page: TorPage) -> None:
    page.tabs.choose(TABS.index("text"))
    tor_id = page.text.chooser.tor_id
    assert tor_id is not None
    clauses = page.hub.read(networks.clauses_of, tor_id)
    shown = words(page)
    assert all(one.text_en in shown for one in clauses)
    assert all(one.text_ar in shown for one in clauses)


def test_a_clause_of_a_duty_leads_to_its_words(page: TorPage, qtbot: QtBot) -> None:
    press(qtbot, page.compliance, "\u2066B-R3\u2069")
    assert page.tabs.current == TABS.index("text")
    area = page.text.area
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    seen = [one for one in area.widget().findChildren(QLabel) if "B-R3" in one.text()]
    assert 0 <= seen[0].mapTo(area.viewport(), QPoint(0, 0)).y() < area.viewport().height()


def test_a_part_of_a_clause_is_found_in_it() -> None:
    codes = ("B-T", "K2, K3, K4", "B-O3", "B-W1")
    assert place_of("K3", codes) == 1
    assert place_of("B-O3a", codes) == 2
    assert place_of("B-W2", codes) == 3
    assert place_of("X-9", codes) is None


def test_the_text_is_read_in_one_language_or_in_both(page: TorPage, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("text"))
    press(qtbot, page.text, "English")
    tor_id = page.text.chooser.tor_id
    assert tor_id is not None
    clause = page.hub.read(networks.clauses_of, tor_id)[1]
    assert clause.text_en in words(page.text)
    assert clause.text_ar not in words(page.text)


def test_a_short_title_is_changed_where_it_is_read(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("objectives"))
    first = desk.hub.read(networks.objectives_on, desk.network_id, desk.today())[0]
    qtbot.waitUntil(lambda: first.text_en in words(page))
    type_into(qtbot, page.objectives.parts, f"{first.id}:short_en", "Joint work")
    assert desk.hub.read(records.get, Objective, first.id).short_en == "Joint work"


def test_a_new_version_lives_until_the_unct_has_endorsed_it(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("versions"))
    in_dialog(lambda dialog: put(dialog, "version", "2"))
    press(qtbot, page.versions, "New version")
    draft = next(one for one in desk.hub.read(networks.versions, desk.network_id) if one.version == "2")
    assert draft.state is TorState.DRAFT
    page.make_fresh()

    def too_soon(dialog: FormDialog[object]) -> None:
        dialog.try_accept()
        assert "only after the UNCT" in dialog.problem.text()
        dialog.reject()

    in_dialog(too_soon)
    press(qtbot, page.versions, "Put in effect")
    press(qtbot, page.versions, "Start the consultation")
    page.make_fresh()
    assert desk.hub.read(networks.versions, desk.network_id)[-1].state is TorState.CONSULTATION
    assert "In consultation" in [one.text() for one in page.versions.findChildren(QLabel)]


def test_a_review_is_added_and_an_approval_date_entered(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("versions"))
    in_dialog(lambda dialog: put(dialog, "on", "2026-11-20"))
    press(qtbot, page.versions, "Add a review")
    assert desk.hub.read(tor_versions.reviews, desk.network_id)[0].reviewed_on == date(2026, 11, 20)
    tor = desk.hub.read(networks.tor_on, desk.network_id, desk.today())
    assert tor is not None
    page.make_fresh()
    type_into(qtbot, page.versions.parts, f"{tor.id}:approved", "2024-03-02")
    tor = desk.hub.read(networks.tor_on, desk.network_id, desk.today())
    assert tor is not None
    assert tor.approved == "2024-03-02"


def test_the_network_and_its_own_settings_are_changed(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("network"))
    parts = page.network.facts
    type_into(qtbot, parts, "short_name", "UNNM BHR")
    type_into(qtbot, parts, "setting:vacancy_days", "45")
    field = type_into(qtbot, parts, "time_zone", "Asia/Nowhere")
    assert "not known" in field.problem_line.text()
    field = type_into(qtbot, parts, "setting:workplan_due_by", "32-99")
    assert field.problem_line.text()
    assert desk.hub.read(records.get, Network, desk.network_id).short_name == "UNNM BHR"
    assert desk.hub.read(networks.rules_on, desk.network_id, desk.today()).settings.vacancy_days == 45


def test_an_office_gets_its_person_and_is_handed_over_with_endorsement(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("network"))
    held = desk.hub.read(people.offices_on, desk.network_id, desk.today())
    chair = next(one.office for one in held if one.office.kind is OfficeKind.CO_CHAIR)
    type_into(qtbot, page.network.offices, f"person:{chair.id}", "Amina Haddad")
    held = desk.hub.read(people.offices_on, desk.network_id, desk.today())
    assert "Amina Haddad" in {one.person.name_en for one in held if one.person is not None}
    page.make_fresh()

    def without(dialog: FormDialog[object]) -> None:
        put(dialog, "organisation_id", "UNDP")
        put(dialog, "start", "2026-12-01")
        dialog.try_accept()
        assert "UNCT endorses" in dialog.problem.text()
        put(dialog, "endorsed_on", "2026-11-20")

    in_dialog(without)
    press(qtbot, page.network.offices, "Hand over")
    later = desk.hub.read(people.offices_on, desk.network_id, date(2026, 12, 2))
    assert "UNDP" in {one.organisation.acronym for one in later if one.organisation is not None}


def test_a_holiday_is_added_changed_and_removed(page: TorPage, desk: Desk, qtbot: QtBot) -> None:
    page.tabs.choose(TABS.index("network"))

    def fill(dialog: FormDialog[object]) -> None:
        put(dialog, "day", "2026-12-16")
        put(dialog, "name_en", "National Day")

    in_dialog(fill)
    press(qtbot, page.network.offices, "Add a holiday")
    page.make_fresh()
    assert date(2026, 12, 16) in desk.hub.read(networks.calendar_of, desk.network_id).holidays
    in_dialog(lambda dialog: put(dialog, "name_en", "Feast"))
    _tool(qtbot, page, "Change Wed")
    assert desk.hub.read(records.all_of, Holiday)[0].name_en == "Feast"
    page.make_fresh()
    _tool(qtbot, page, "Remove Wed")
    assert desk.hub.read(records.all_of, Holiday) == []


def _tool(qtbot: QtBot, page: TorPage, begins: str) -> None:
    buttons = [one for one in page.network.offices.findChildren(QToolButton) if one.toolTip().startswith(begins)]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def test_every_tab_opens_in_arabic(make_desk: object, bahrain: Database, qtbot: QtBot) -> None:
    desk: Desk = make_desk(rtl=True)  # type: ignore[operator]  # the fixture's function
    secretariat.open_in(desk, bahrain)
    page = TorPage(desk)
    qtbot.addWidget(page)
    page.show()
    for number in range(len(TABS)):
        page.tabs.choose(number)
    assert page.findChildren(QPushButton)


def test_a_logo_is_set_for_the_papers_and_taken_off_again(
    page: TorPage, desk: Desk, answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = QImage(300, 100, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    assert picture.save(str(tmp_path / "logo.png"))
    (tmp_path / "no.png").write_bytes(b"no picture")

    def kept() -> bytes:
        return desk.hub.read(reports.logo, desk.network_id, desk.hub.database.blobs.get)

    page.open_record(None, {"tab": "network"})
    page.make_fresh()
    answers.give("open_file", tmp_path / "no.png", tmp_path / "logo.png")
    press(qtbot, page, "Choose a picture")
    assert page.bar.isVisible()
    assert kept() == b""
    press(qtbot, page, "Choose a picture")
    assert kept() == (tmp_path / "logo.png").read_bytes()
    press(qtbot, page, "Take it away")
    assert kept() == b""
    desk.hub.undo()
    assert kept()
