"""Members: seats added, focal points replaced with their history kept, removal taken back, refusals under the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import in_dialog, press, show
from tests.ui.walking import settle
from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.engine import Database
from unnm_desktop.db.meetings import Attendance, Capacity, Meeting, MeetingState
from unnm_desktop.db.organisations import Category, Membership, NominationRequest, Organisation, OrganisationKind
from unnm_desktop.db.people import AppointmentRole, Person
from unnm_desktop.i18n import isolate
from unnm_desktop.services import actions, organisations, people, records
from unnm_desktop.ui.cells import CellRole
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.dots import Dots
from unnm_desktop.ui.fold import Fold
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.lines import LinesView
from unnm_desktop.ui.members import MembersPage
from unnm_desktop.ui.namesake_line import NamesakeLine
from unnm_desktop.ui.organisations import OrganisationsPage
from unnm_desktop.ui.people import PeoplePage


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[MembersPage]:
    """The members of Bahrain, two of them with both people."""
    secretariat.open_in(desk, bahrain)
    made = MembersPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def seat_of(page: MembersPage, acronym: str) -> Membership:
    """The seat of that body."""
    seats = page.hub.read(organisations.seats_on, page.desk.network_id, page.desk.today())
    return next(one.membership for one in seats if one.organisation.acronym == acronym)


def go_to(page: MembersPage, acronym: str) -> Membership:
    """Show that seat."""
    seat = seat_of(page, acronym)
    assert page.table.select(seat.id)
    return seat


def typed(dialog: FormDialog[object], name: str, text: str) -> None:
    """Type into a field of a dialog."""
    line = dialog.parts.field(name).findChild(QLineEdit)
    assert line is not None
    line.setText(text)


def shown_folds(page: MembersPage) -> list[Fold]:
    """What can be opened in the inspector."""
    return [fold for fold in page.inspector.findChildren(Fold) if fold.isVisible()]


def folds(page: MembersPage) -> list[str]:
    """Its titles."""
    return [fold.title for fold in shown_folds(page)]


def test_a_seat_is_added_for_an_organisation_found_by_its_acronym(page: MembersPage, qtbot: QtBot) -> None:
    before = page.table.listing.count
    in_dialog(lambda dialog: typed(dialog, "organisation_id", "FAO"))
    page.new()
    assert page.table.listing.count == before + 1
    assert page.current() == seat_of(page, "FAO").id
    now = page.window().focusWidget()
    assert isinstance(now, QPushButton)
    assert now.text() == "Name a focal point"


def test_a_seat_without_organisation_is_refused_in_the_dialog(page: MembersPage, qtbot: QtBot) -> None:
    seen: list[str] = []

    def refused(dialog: FormDialog[object]) -> None:
        dialog.try_accept()
        seen.append(dialog.parts.field("organisation_id").problem_line.text())

    in_dialog(refused)
    page.new()
    assert seen == ["Choose the organisation."]


def test_whoever_follows_a_focal_point_leaves_the_former_in_history(page: MembersPage, qtbot: QtBot) -> None:
    seat = next(
        one.membership
        for one in page.hub.read(organisations.seats_on, page.desk.network_id, page.desk.today())
        if one.membership.id in page.hub.read(people.holders_on, page.desk.network_id, page.desk.today())
    )
    page.table.select(seat.id)
    former = page.hub.read(people.holders_on, page.desk.network_id, page.desk.today())[seat.id].focal_point
    assert former is not None
    page.hub.step("New", records.create, Person, name_en="Salma Karim", organisation_id=seat.organisation_id)
    in_dialog(lambda dialog: typed(dialog, "person_id", "Salma Karim"))
    press(qtbot, page.inspector, "Replace focal point")
    now = page.hub.read(people.holders_on, page.desk.network_id, page.desk.today())[seat.id]
    assert now.focal_point is not None
    assert now.focal_point.name_en == "Salma Karim"
    kept = page.hub.read(people.appointments_of, seat.id)
    ended = next(appointment for appointment, person in kept if person.id == former.id)
    assert ended.end == "2026-11-20"
    page.make_fresh()
    qtbot.waitUntil(lambda: {"Salma Karim", former.name_en} <= set(folds(page)))


def test_the_keyboard_stays_where_the_dialog_was_asked_for(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    for name in ("Hassan Ali", "Nora Blake"):
        page.hub.step("New", records.create, Person, name_en=name, organisation_id=seat.organisation_id)
    for name, pressed in (("Hassan Ali", "Name a focal point"), ("Nora Blake", "Replace focal point")):
        in_dialog(lambda dialog, name=name: typed(dialog, "person_id", name))  # type: ignore[misc]
        press(qtbot, page.inspector, pressed)
        page.make_fresh()
        now = page.window().focusWidget()
        assert isinstance(now, QPushButton)
        assert now.text() == "Replace focal point"


def test_who_speaks_is_told_with_the_day_it_began_and_the_language_of_letters(page: MembersPage) -> None:
    seat = go_to(page, "WHO")
    person = page.hub.step(
        "New", records.create, Person, name_en="Nora Blake", emails="nora@example.org", letter_language="ar"
    )
    page.hub.step("Appoint", people.appoint, seat.id, person.id, AppointmentRole.FOCAL_POINT, start="2026-02")
    page.make_fresh()
    assert f"{isolate('nora@example.org')}\nFrom Feb 2026 · Letters in Arabic" in [
        one.text() for one in page.inspector.findChildren(QLabel)
    ]


def test_the_line_under_the_title_counts_every_kind_of_seat(page: MembersPage) -> None:
    listed = page.table.listing.count
    page.hub.step("Observe", records.update, Membership, go_to(page, "WHO").id, category=Category.OBSERVER)
    page.hub.step("Take part", records.update, Membership, seat_of(page, "ILO").id, category=Category.PARTICIPATING)
    assert page.subline() == f"{listed - 2} members · 1 participating entity · 1 observer"


def test_who_was_named_today_is_followed_from_the_first_day_that_is_possible(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    for name in ("Hassan Ali", "Nora Blake"):
        page.hub.step("New", records.create, Person, name_en=name, organisation_id=seat.organisation_id)
    in_dialog(lambda dialog: typed(dialog, "person_id", "Hassan Ali"))
    press(qtbot, page.inspector, "Name a focal point")
    page.make_fresh()
    in_dialog(lambda dialog: typed(dialog, "person_id", "Nora Blake"))
    press(qtbot, page.inspector, "Replace focal point")
    kept = {person.name_en: one for one, person in page.hub.read(people.appointments_of, seat.id)}
    assert (kept["Hassan Ali"].end, kept["Nora Blake"].start) == ("2026-11-21", "2026-11-22")
    page.make_fresh()
    qtbot.waitUntil(lambda: any("From 22 Nov 2026" in one.text() for one in page.inspector.findChildren(QLabel)))


def test_alternates_are_named_one_after_the_other(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    for name in ("Hassan Ali", "Nora Blake"):
        page.hub.step("New", records.create, Person, name_en=name, organisation_id=seat.organisation_id)
        in_dialog(lambda dialog, name=name: typed(dialog, "person_id", name))  # type: ignore[misc]
        press(qtbot, page.inspector, "Name an alternate")
        page.make_fresh()
    held = page.hub.read(people.appointments_of, seat.id)
    assert [(one.role, one.rank, person.name_en) for one, person in held] == [
        (AppointmentRole.ALTERNATE, 1, "Hassan Ali"),
        (AppointmentRole.ALTERNATE, 2, "Nora Blake"),
    ]


def test_an_appointment_opens_to_its_dates_and_can_be_taken_away(page: MembersPage, qtbot: QtBot) -> None:
    seat = page.hub.read(organisations.seats_on, page.desk.network_id, page.desk.today())[0].membership
    page.table.select(seat.id)
    appointment = page.hub.read(people.appointments_of, seat.id)[0][0]
    with pytest.raises(KeyError):
        page.inspector.parts.field(f"from:{appointment.id}")
    qtbot.waitUntil(lambda: bool(folds(page)))
    qtbot.mouseClick(shown_folds(page)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: f"from:{appointment.id}" in [field.name for field in page.inspector.parts.fields])
    assert page.inspector.parts.field(f"from:{appointment.id}").get() == "2025-01-01"
    qtbot.waitUntil(lambda: bool(folds(page)))
    qtbot.mouseClick(shown_folds(page)[0].take_away, Qt.MouseButton.LeftButton)
    assert appointment.id not in {one.id for one, _ in page.hub.read(people.appointments_of, seat.id)}


def test_a_day_that_is_none_stays_typed_with_words_under_it(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    field = page.inspector.parts.field("start")
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "someday")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert field.problem_line.isVisible()
    assert line.text() == "someday"
    assert page.hub.read(records.get, Membership, seat.id).start == "2024-01"


def test_a_seat_that_ends_before_it_began_is_refused_under_the_field(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    field = page.inspector.parts.field("end")
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "2023-05")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert field.problem_line.text()
    assert line.text() == "2023-05"
    assert page.hub.read(records.get, Membership, seat.id).end == ""


def test_a_seat_moved_to_trash_comes_back(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    before = page.table.listing.count
    page.remove_selected()
    page.make_fresh()
    assert page.table.listing.count == before - 1
    entry = page.hub.newest()
    assert entry is not None
    page.hub.take_back(entry)
    page.make_fresh()
    assert page.table.select(seat.id)


def test_a_nomination_request_is_noted_today(page: MembersPage, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    press(qtbot, page.inspector, "Note a request")
    kept = page.hub.read(records.all_of, NominationRequest, NominationRequest.membership_id == seat.id)
    assert [one.asked_on for one in kept] == ["2026-11-21"]


def test_an_organisation_is_renamed_where_it_is_read(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = OrganisationsPage(desk)
    show(page, qtbot)
    body = desk.hub.read(organisations.find, "ILO")
    assert body is not None
    page.table.select(body.id)
    field = page.inspector.parts.field("aliases")
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "Labour Office")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.hub.read(records.get, Organisation, body.id).aliases == "Labour Office"


def test_a_name_that_moves_far_down_the_list_stays_in_the_panel_with_its_record(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    """What is typed next is typed into the same record, not into the one which is first now."""
    secretariat.open_in(desk, bahrain)
    with bahrain.write("Many") as session:
        for number in range(200):
            records.create(session, Organisation, name_en=f"Body {number}", kind=OrganisationKind.NGO)
    page = OrganisationsPage(desk)
    show(page, qtbot)
    chosen = page.current()
    for text in ("Zoological society", "Abc"):
        line = page.inspector.parts.field("name_en").line
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        settle()
        assert page.current() == chosen
        assert page.inspector.parts.field("name_en").get() == text
        assert page.table.selected_ids() == [chosen]
    page.close()


def test_a_person_is_added_and_found_by_the_arabic_name(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = PeoplePage(desk)
    show(page, qtbot)

    def fill(dialog: FormDialog[object]) -> None:
        typed(dialog, "name_en", "Maya Chen")
        typed(dialog, "name_ar", "مايا تشن")

    in_dialog(fill)
    page.new()
    made = page.current()
    page.filter_box.setText("مايا")
    page.filter_now()
    assert page.table.listing.count == 1
    assert page.current() == made


def test_arabic_lists_tell_bodies_apart_by_their_letters(
    make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> None:
    desk = make_desk(rtl=True)
    secretariat.open_in(desk, bahrain)
    page = MembersPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    cell = page.table.listing.index(0, 0).data(CellRole)
    assert cell.text.isascii()
    assert not cell.second.isascii()
    page.close()


def test_the_panel_says_how_to_reach_both_and_how_often_they_came(page: MembersPage, desk: Desk, qtbot: QtBot) -> None:
    seat = desk.hub.read(organisations.seats_on, desk.network_id, desk.today())[0]
    holder = desk.hub.read(people.holders_of, [seat.membership.id], desk.today(), desk.network_id)[seat.membership.id]
    assert holder.focal_point is not None
    desk.hub.step("Reach", records.update, Person, holder.focal_point.id, emails="amina@example.org; a@example.org")
    meeting = secretariat.plan(desk, date(2026, 11, 18))
    desk.hub.step(
        "Attend", records.create, Attendance, meeting_id=meeting.id, organisation_id=seat.organisation.id,
        capacity=Capacity.ALTERNATE,
    )  # fmt: skip
    desk.hub.step("Hold", records.update, Meeting, meeting.id, state=MeetingState.HELD)
    page.make_fresh()
    page.table.select(seat.membership.id)
    words = "\n".join(one.text() for one in page.inspector.parts.findChildren(QLabel))
    assert isolate("amina@example.org") in words
    assert "1 of the last 1" in words
    (dots,) = page.inspector.findChildren(Dots)
    assert "represented: 1" in dots.accessibleName()
    assert dots.accessibleName().endswith("From the earliest: represented")


def test_somebody_of_the_same_name_is_told_of_and_can_be_taken_instead(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    secretariat.open_in(desk, bahrain)
    page = PeoplePage(desk)
    show(page, qtbot)
    before = page.table.listing.count
    said: list[str] = []

    def take(dialog: FormDialog[object]) -> None:
        line = dialog.findChild(NamesakeLine)
        assert line is not None
        typed(dialog, "name_en", "haddad, amina")
        dialog.parts.field("name_en").commit()
        said.append(line.words.text())
        qtbot.mouseClick(line.instead, Qt.MouseButton.LeftButton)

    in_dialog(take)
    page.new()
    assert said == ["Amina Haddad (ILO) is on the list already."]
    assert page.table.listing.count == before
    chosen = page.current()
    assert chosen is not None
    assert page.hub.read(records.get, Person, chosen).name_en == "Amina Haddad"
    in_dialog(lambda dialog: typed(dialog, "name_en", "Amina Haddad"))
    page.new()
    assert page.table.listing.count == before + 1
    page.close()


def test_an_open_action_point_is_ticked_in_the_panel_of_its_member(page: MembersPage, desk: Desk, qtbot: QtBot) -> None:
    seat = go_to(page, "WHO")
    action = desk.hub.step(
        "New action point", actions.create_action, desk.network_id, date(2026, 11, 1),
        responsible=[(seat.organisation_id, None)], task_en="Name an alternate", due=date(2026, 11, 14),
    )  # fmt: skip
    page.make_fresh()
    page.table.select(seat.id)
    (view,) = page.inspector.parts.findChildren(LinesView)
    assert [(line.text, line.pill, line.tone) for line in view.lines] == [("Name an alternate", "7 days late", "bad")]
    box = view.tick_box(view.model().index(0, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert desk.hub.read(records.get, ActionPoint, action.id).status is ActionStatus.DONE
