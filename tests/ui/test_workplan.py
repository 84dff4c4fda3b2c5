"""The workplan: begun, filled, counted, put to the members, adopted, shared, locked, taken into the next year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.hands import in_dialog, press, show
from unnm_desktop.db.decisions import DecisionSubject, Stance
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.engine import Database
from unnm_desktop.db.goals import GcmObjective
from unnm_desktop.db.networks import Network
from unnm_desktop.db.plan_parts import Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.results import Challenge, ChallengeState
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine, Workplan, WorkplanState
from unnm_desktop.services import decisions, issued, networks, organisations, records, results, workplans
from unnm_desktop.ui.challenges import ChallengesPage
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import MoneyField
from unnm_desktop.ui.fold import Fold
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.outputs import OutputsPage
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.workplan import WorkplanPage


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[WorkplanPage]:
    """The page of a year without a plan."""
    secretariat.open_in(desk, bahrain)
    memory().setValue("workplan/view", "table")
    made = WorkplanPage(desk)
    show(made, qtbot)
    yield made
    made.close()


@pytest.fixture
def begun(page: WorkplanPage) -> WorkplanPage:
    """A draft in dinars with one activity of the IOM."""
    desk = page.desk
    iom = desk.hub.read(organisations.find, "IOM")
    assert iom is not None
    objectives = desk.hub.read(networks.objectives_on, desk.network_id, desk.today())
    plan = desk.hub.step("Plan", workplans.create_plan, desk.network_id, 2026, currency="BHD")
    desk.hub.step(
        "Plan", workplans.add_activity, plan.id, title_en="Train the inspectors", objective_id=objectives[0].id,
        lead_id=iom.id, start=date(2026, 3, 1), end=date(2026, 12, 1), status=ActivityStatus.ONGOING, progress=40,
    )  # fmt: skip
    page.make_fresh()
    return page


def plan_of(page: WorkplanPage) -> Workplan:
    """The plan shown, as it is kept."""
    assert page.plan is not None
    return page.hub.read(records.get, Workplan, page.plan.id)


def activity_of(page: WorkplanPage) -> Activity:
    """The activity shown, as it is kept."""
    key = page.current()
    assert key is not None
    return page.hub.read(records.get, Activity, key)


def type_into(page: Page | FormDialog[Any], qtbot: QtBot, name: str, text: str) -> QLineEdit:
    """Type into a field and press Enter."""
    parts = page.parts if isinstance(page, FormDialog) else page.inspector.parts  # type: ignore[attr-defined]
    field = parts.field(name)
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    if not isinstance(page, FormDialog):
        qtbot.keyClick(line, Qt.Key.Key_Return)
        page.make_fresh()
    return line


def choose(page: WorkplanPage | FormDialog[Any], name: str, value: object) -> None:
    """Choose in a field."""
    parts = page.parts if isinstance(page, FormDialog) else page.inspector.parts
    field = parts.field(name)
    place = [item for item, _ in field.choices].index(value)  # type: ignore[attr-defined]
    field.combo.setCurrentIndex(place)  # type: ignore[attr-defined]
    if not isinstance(page, FormDialog):
        field.commit()
        page.make_fresh()


def words(page: WorkplanPage) -> str:
    """Everything that is said in the inspector."""
    return "\n".join(one.text() for one in page.inspector.findChildren(QLabel))


def fold(page: WorkplanPage, title: str) -> Fold:
    """The line of a part."""
    return next(one for one in page.inspector.findChildren(Fold) if one.title == title)


def adopted_decision(desk: Desk) -> UUID:
    """A decision about the workplan that every member agrees with."""
    kept = desk.hub.step(
        "Propose", decisions.propose, desk.network_id, date(2026, 11, 18), text_en="Adopt the workplan",
        subject=DecisionSubject.WORKPLAN,
    )  # fmt: skip
    desk.hub.step("Put", decisions.put_to_members, kept.id, date(2026, 11, 18))
    for body in secretariat.members(desk):
        desk.hub.step("Hear", decisions.take_position, kept.id, body.id, Stance.AGREES, now(desk))
    return kept.id


def adopt(page: WorkplanPage, qtbot: QtBot) -> None:
    """Put the plan to the members and adopt it."""
    adopted_decision(page.desk)
    press(qtbot, page.plan_bar, "Put for consensus")
    page.make_fresh()
    in_dialog(lambda _: None)
    press(qtbot, page.plan_bar, "Adopt by a decision")
    page.make_fresh()


def test_a_year_without_a_plan_is_a_start(page: WorkplanPage, qtbot: QtBot) -> None:
    press(qtbot, page, "Start empty")
    assert plan_of(page).year == 2026
    assert plan_of(page).state is WorkplanState.DRAFT
    in_dialog(lambda dialog: type_into(dialog, qtbot, "title_en", "Publish the data sheet"))
    press(qtbot, page.views, "Add activity")
    assert activity_of(page).title_en == "Publish the data sheet"
    assert activity_of(page).reference == "BHR/2026/W01"
    assert page.plan_bar.summary.text() == "0% · 1 of 1 on track"
    before, stands = activity_of(page).status, page.window().focusWidget()
    assert stands is not None
    qtbot.keyClicks(stands, "cdo")
    assert activity_of(page).status is before


def test_last_years_work_is_copied_with_its_days_moved(begun: WorkplanPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(begun.plan_bar.later, Qt.MouseButton.LeftButton)
    assert begun.plan is None
    press(qtbot, begun.views, "Copy from 2026")
    assert plan_of(begun).year == 2027
    assert activity_of(begun).end == date(2027, 12, 1)
    assert activity_of(begun).progress == 0
    qtbot.mouseClick(begun.plan_bar.earlier, Qt.MouseButton.LeftButton)
    assert activity_of(begun).progress == 40


def test_fields_keep_what_is_typed_and_the_summary_follows(begun: WorkplanPage, qtbot: QtBot) -> None:
    type_into(begun, qtbot, "progress", "65")
    choose(begun, "status", ActivityStatus.DELAYED)
    assert (activity_of(begun).progress, activity_of(begun).status) == (65, ActivityStatus.DELAYED)
    assert begun.plan_bar.summary.text() == "65% · 0 of 1 on track"
    line = type_into(begun, qtbot, "progress", "120")
    assert line.text() == "120"
    assert begun.inspector.parts.field("progress").problem_line.isVisible()
    assert activity_of(begun).progress == 65


def test_eleven_sdg_targets_are_refused_in_words_and_stay_typed(begun: WorkplanPage, qtbot: QtBot) -> None:
    type_into(begun, qtbot, "sdg_targets", "8.8, 10.7")
    assert activity_of(begun).sdg_targets == ["8.8", "10.7"]
    eleven = "1.1, 1.2, 1.3, 1.4, 1.5, 2.1, 2.2, 2.3, 3.8, 8.8, 10.7"
    line = type_into(begun, qtbot, "sdg_targets", eleven)
    assert "At most ten" in begun.inspector.parts.field("sdg_targets").problem_line.text()
    assert line.text() == eleven
    assert activity_of(begun).sdg_targets == ["8.8", "10.7"]
    type_into(begun, qtbot, "sdg_targets", "99.9")
    assert "There is no SDG target 99.9" in begun.inspector.parts.field("sdg_targets").problem_line.text()


def test_gcm_objectives_are_found_by_their_words(begun: WorkplanPage, qtbot: QtBot) -> None:
    goal = begun.hub.read(records.first_of, GcmObjective, GcmObjective.number == 6)
    assert goal is not None
    field = begun.inspector.parts.field("gcm")
    assert isinstance(field, RecordsField)
    field.line.setFocus()
    qtbot.keyClicks(field.line, goal.title_en[:24])
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert activity_of(begun).gcm_objectives == [6]


def test_lead_and_participants(begun: WorkplanPage, qtbot: QtBot) -> None:
    lead = begun.inspector.parts.field("lead_id")
    assert isinstance(lead, RecordField)
    lead.line.setFocus()
    lead.line.selectAll()
    qtbot.keyClicks(lead.line, "ILO")
    assert lead.commit()
    begun.make_fresh()
    field = begun.inspector.parts.field("participants")
    assert isinstance(field, RecordsField)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "WHO")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    begun.make_fresh()
    (found,) = begun.hub.read(workplans.plan_findings, plan_of(begun).id, begun.desk.today()).activities
    assert [body.acronym for body in (found.lead, *found.participants) if body] == ["ILO", "WHO"]


def test_money_is_typed_in_dinars_and_the_rest_is_computed(begun: WorkplanPage, qtbot: QtBot) -> None:
    in_dialog(lambda dialog: type_into(dialog, qtbot, "title_en", "Trainer"))
    press(qtbot, begun.inspector, "Add a budget line")
    (line,) = begun.hub.read(records.all_of, BudgetLine)
    assert isinstance(begun.inspector.parts.field(f"line:{line.id}:required"), MoneyField)
    type_into(begun, qtbot, f"line:{line.id}:required", "1,250.500")
    type_into(begun, qtbot, f"line:{line.id}:available", "250.125")
    kept = begun.hub.read(records.get, BudgetLine, line.id)
    assert (kept.required, kept.available) == (1_250_500, 250_125)
    assert begun.inspector.parts.field("sum:to_be_mobilized").get() == "BHD 1,000.375"
    assert "to be mobilized 1,000.375" in begun.subline()
    type_into(begun, qtbot, f"line:{line.id}:available", "1,300")
    assert begun.inspector.parts.field("sum:to_be_mobilized").get() == "BHD 0.000"
    assert "available exceeds required by BHD 49.500" in words(begun)
    refused = type_into(begun, qtbot, f"line:{line.id}:spent", "1.2345")
    assert refused.text() == "1.2345"
    assert begun.hub.read(records.get, BudgetLine, line.id).spent == 0


def test_a_line_in_another_currency_asks_for_its_rate_and_day(begun: WorkplanPage, qtbot: QtBot) -> None:
    activity = activity_of(begun)
    line = begun.hub.step(
        "Add", workplans.add_to_activity, BudgetLine, activity.id, title_en="Travel", required=100_000
    )
    begun.make_fresh()
    qtbot.mouseClick(fold(begun, "Travel").arrow, Qt.MouseButton.LeftButton)
    choose(begun, f"line:{line.id}:currency", "USD")
    kept = begun.hub.read(records.get, BudgetLine, line.id)
    assert (kept.currency, kept.required) == ("USD", 10_000)
    assert "until then this line is in no sum" in words(begun)
    type_into(begun, qtbot, f"line:{line.id}:rate", "much")
    assert "number above zero" in begun.inspector.parts.field(f"line:{line.id}:rate").problem_line.text()
    type_into(begun, qtbot, f"line:{line.id}:rate", "0.376")
    assert "Give the day of the rate." in words(begun)
    type_into(begun, qtbot, f"line:{line.id}:rate_on", "2026-01-15")
    assert "Give the day of the rate." not in words(begun)
    assert begun.inspector.parts.field("sum:required").get() == "BHD 37.600"


def test_a_deliverable_and_an_indicator_with_what_was_measured(begun: WorkplanPage, qtbot: QtBot) -> None:
    in_dialog(lambda dialog: type_into(dialog, qtbot, "title_en", "Report"))
    press(qtbot, begun.inspector, "Add a deliverable")
    (deliverable,) = begun.hub.read(records.all_of, Deliverable)
    type_into(begun, qtbot, f"deliverable:{deliverable.id}:delivered_on", "2026-11-01")
    assert begun.hub.read(records.get, Deliverable, deliverable.id).delivered_on == date(2026, 11, 1)
    in_dialog(lambda dialog: type_into(dialog, qtbot, "title_en", "Inspectors trained"))
    press(qtbot, begun.inspector, "Add an indicator")
    assert len(begun.hub.read(records.all_of, Indicator)) == 1
    in_dialog(lambda dialog: type_into(dialog, qtbot, "value", "24"))
    press(qtbot, begun.inspector, "Add a measurement")
    (measured,) = begun.hub.read(records.all_of, Measurement)
    assert (measured.value, measured.measured_on) == ("24", begun.desk.today())
    qtbot.waitUntil(lambda: fold(begun, "Report").isVisible())
    qtbot.mouseClick(fold(begun, "Report").take_away, Qt.MouseButton.LeftButton)
    assert begun.hub.read(records.all_of, Deliverable) == []


def test_a_plan_is_adopted_by_a_decision_then_shared_and_locked(begun: WorkplanPage, qtbot: QtBot) -> None:
    line = begun.hub.step("Add", workplans.add_to_activity, BudgetLine, activity_of(begun).id, title_en="Trainer")
    adopt(begun, qtbot)
    assert plan_of(begun).state is WorkplanState.ADOPTED
    assert begun.plan_bar.decision.text() == "UNNM/BHR/2026/D01"
    assert "The plan is adopted" in words(begun)
    assert begun.inspector.parts.field("start").get() == "1 Mar 2026"
    with pytest.raises(KeyError):
        begun.inspector.parts.field("title_en")
    assert begun.inspector.parts.field("status").input.isEnabled()
    assert not begun.can_create()
    qtbot.mouseClick(fold(begun, "Trainer").arrow, Qt.MouseButton.LeftButton)
    assert not begun.inspector.parts.field(f"line:{line.id}:required").input.isEnabled()
    type_into(begun, qtbot, f"line:{line.id}:spent", "12.5")
    assert begun.hub.read(records.get, BudgetLine, line.id).spent == 12_500
    in_dialog(lambda _: None)
    press(qtbot, begun.plan_bar, "Share")
    begun.make_fresh()
    assert plan_of(begun).state is WorkplanState.SHARED
    sent: list[Dispatch] = begun.hub.read(issued.dispatches, begun.desk.network_id, DispatchKind.WORKPLAN)
    assert [one.addressee for one in sent] == ["UNCT"]


def test_removal_from_an_adopted_plan_is_refused_in_words(begun: WorkplanPage, qtbot: QtBot) -> None:
    adopt(begun, qtbot)
    begun.remove_selected()
    assert begun.bar.isVisible()
    assert begun.table.listing.count == 1


def test_without_an_adopted_decision_a_plan_is_not_adopted(begun: WorkplanPage, qtbot: QtBot) -> None:
    press(qtbot, begun.plan_bar, "Put for consensus")
    begun.make_fresh()
    seen: list[str] = []

    def look(dialog: FormDialog[Any]) -> None:
        dialog.try_accept()
        seen.append(dialog.parts.field("decision_id").problem_line.text())

    in_dialog(look)
    press(qtbot, begun.plan_bar, "Adopt by a decision")
    assert "No decision is adopted yet" in seen[0]
    assert plan_of(begun).state is WorkplanState.FOR_CONSENSUS


def test_a_new_version_opens_what_was_locked_and_both_can_be_read(begun: WorkplanPage, qtbot: QtBot) -> None:
    adopt(begun, qtbot)
    first = plan_of(begun).id
    assert "activities and days are fixed" in begun.plan_bar.fixed.text()
    press(qtbot, begun.plan_bar, "Make a new version")
    assert plan_of(begun).version == 2
    assert begun.inspector.parts.field("title_en").input.isEnabled()
    assert begun.plan_bar.version.count() == 2
    begun.plan_bar.version.setCurrentIndex(1)
    begun.plan_bar.version.activated.emit(1)
    assert plan_of(begun).id == first


def test_how_far_the_plan_is_stands_in_the_first_line_where_there_is_room(begun: WorkplanPage, qtbot: QtBot) -> None:
    adopt(begun, qtbot)
    bar = begun.plan_bar

    def middles(width: int) -> tuple[int, int]:
        begun.resize(width, 640)
        QApplication.processEvents()
        year, summary = (one.mapTo(bar, one.rect().center()).y() for one in (bar.year, bar.summary))
        return year, summary

    year, summary = middles(2000)
    assert abs(year - summary) <= 2
    assert bar.said.isVisible()
    assert bar.fixed.isVisible()
    year, summary = middles(1089)
    assert abs(year - summary) <= 2
    assert not bar.fixed.isVisible()
    year, summary = middles(700)
    assert summary > year + 20
    assert bar.decision.isVisible()


def test_an_output_is_added_renamed_and_put_under_an_objective(begun: WorkplanPage, qtbot: QtBot) -> None:
    page = OutputsPage(begun.desk)
    show(page, qtbot)
    in_dialog(lambda dialog: type_into(dialog, qtbot, "title_en", "Better inspection"))
    page.new()
    key = page.current()
    assert key is not None
    objectives = page.hub.read(networks.objectives_on, page.desk.network_id, page.desk.today())
    begun.make_fresh()
    choose(begun, "output_id", key)
    choose_objective = page.inspector.parts.field("objective_id")
    choose_objective.combo.setCurrentIndex(3)  # type: ignore[attr-defined]
    assert choose_objective.commit()
    assert page.hub.read(records.get, Output, key).objective_id == objectives[2].id
    page.make_fresh()
    box = page.inspector.parts.field("title_en")
    box.box.setPlainText("Inspection that protects")  # type: ignore[attr-defined]
    assert box.commit()
    assert page.hub.read(records.get, Output, key).title_en == "Inspection that protects"


def test_bahrain_says_impediments_and_kuwait_challenges(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = ChallengesPage(desk)
    show(page, qtbot)
    assert page.heading() == "Impediments"
    assert page.table.listing.source.columns[0].title == "Impediment"
    desk.hub.step("Name", records.update, Network, desk.network_id, problem_word="challenge")
    assert page.heading() == "Challenges"


def test_a_challenge_is_named_escalated_and_closed(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = ChallengesPage(desk)
    show(page, qtbot)
    in_dialog(lambda dialog: type_into(dialog, qtbot, "title_en", "No data from the ministries"))
    page.new()
    key = page.current()
    assert key is not None
    press(qtbot, page.inspector, "Escalate to the UNCT")
    page.make_fresh()
    kept = desk.hub.read(records.get, Challenge, key)
    assert results.state_on(kept, desk.today()) is ChallengeState.ESCALATED
    in_dialog(lambda _: None)
    press(qtbot, page.inspector, "Close it")
    kept = desk.hub.read(records.get, Challenge, key)
    assert results.state_on(kept, desk.today()) is ChallengeState.CLOSED
    page.make_fresh()
    line = type_into(page, qtbot, "closed_on", "2020-01-01")
    assert line.text() == "2020-01-01"
    assert "before it was raised" in page.inspector.parts.field("closed_on").problem_line.text()
