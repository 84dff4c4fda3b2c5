"""The questions asked before a part of a workplan is made, and before a plan goes a step further."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from unnm_desktop.db.dispatches import Dispatch
from unnm_desktop.db.organisations import Channel
from unnm_desktop.db.plan_parts import Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, workplan_changes, workplans
from unnm_desktop.services.workplan_changes import Sharing
from unnm_desktop.ui.activity_parts import CURRENCIES
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.decision_forms import name_of
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import CheckField, ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.moments import moment_of, now
from unnm_desktop.ui.record_field import RecordField

CHANNELS = tuple((one, one.label) for one in Channel)
_NOON = "12:00"


def objective_choices(desk: Desk, objectives: Sequence[Objective]) -> list[tuple[UUID | None, str]]:
    """The objectives to choose from, and none."""
    language = desk.language
    named = [(one.id, f"{language.number(one.number)}. {language.pick(one, 'short')}") for one in objectives]
    return [(None, N_("None")), *named]


def output_choices(desk: Desk, outputs: Sequence[Output]) -> list[tuple[UUID | None, str]]:
    """The outputs to choose from, and none."""
    return [(None, N_("None")), *((one.id, desk.language.pick(one, "title") or "–") for one in outputs)]


def ask_activity(
    desk: Desk, parent: QWidget, plan: Workplan, outputs: Sequence[Output], objectives: Sequence[Objective]
) -> Activity | None:
    """Ask what will be done, under which output or objective, by whom and when."""
    parts = (
        BilingualField("title", N_("Activity"), "", ""),
        ChoiceField("output_id", N_("Output"), None, output_choices(desk, outputs)),
        ChoiceField("objective_id", N_("Objective"), None, objective_choices(desk, objectives)),
        RecordField("lead_id", N_("Lead agency"), find=find_organisations(desk)),
        DateField("start", N_("Start"), None, year=plan.year),
        DateField("end", N_("End"), None, year=plan.year),
    )

    def accept(values: dict[str, Any]) -> Activity:
        return desk.hub.step(N_("Add activity"), workplans.add_activity, plan.id, **values)

    return FormDialog(desk, N_("Add activity"), parts, N_("Add"), accept, parent).run()


def ask_output(desk: Desk, parent: QWidget, plan: Workplan, objectives: Sequence[Objective]) -> Output | None:
    """Ask for a result and the objective it serves."""
    parts = (
        BilingualField("title", N_("Output"), "", ""),
        ChoiceField("objective_id", N_("Objective"), None, objective_choices(desk, objectives)),
    )

    def accept(values: dict[str, Any]) -> Output:
        if not values["title_en"] and not values["title_ar"]:
            raise Invalid({"title_ar" if desk.look.rtl else "title_en": N_("Give the output a title.")})
        return desk.hub.step(N_("Add output"), workplans.add_output, plan.id, **values)

    return FormDialog(desk, N_("Add output"), parts, N_("Add"), accept, parent).run()


def ask_deliverable(
    desk: Desk, parent: QWidget, activity_id: UUID, due: date | None = None, year: int | None = None
) -> Deliverable | None:
    """Ask what is handed over and when; a day without a year is in the plan's."""
    parts = (BilingualField("title", N_("What is delivered"), "", ""), DateField("due", N_("Due"), due, year=year))

    def accept(values: dict[str, Any]) -> Deliverable:
        made: Deliverable = desk.hub.step(
            N_("Add a deliverable"), workplans.add_to_activity, Deliverable, activity_id, **values
        )
        return made

    return FormDialog(desk, N_("Add a deliverable"), parts, N_("Add"), accept, parent).run()


def ask_indicator(desk: Desk, parent: QWidget, activity_id: UUID) -> Indicator | None:
    """Ask how the result is read."""
    parts = (
        BilingualField("title", N_("Indicator"), "", ""),
        TextField("unit", N_("Unit"), ""),
        TextField("baseline", N_("Baseline"), ""),
        TextField("target", N_("Target"), ""),
    )

    def accept(values: dict[str, Any]) -> Indicator:
        if not values["title_en"] and not values["title_ar"]:
            raise Invalid({"title_ar" if desk.look.rtl else "title_en": N_("Say what is counted.")})
        made: Indicator = desk.hub.step(
            N_("Add an indicator"), workplans.add_to_activity, Indicator, activity_id, **values
        )
        return made

    return FormDialog(desk, N_("Add an indicator"), parts, N_("Add"), accept, parent).run()


def ask_measurement(desk: Desk, parent: QWidget, indicator_id: UUID) -> Measurement | None:
    """Ask what was measured on which day."""
    parts = (
        DateField("measured_on", N_("Measured on"), desk.today()),
        TextField("value", N_("Value"), ""),
        TextField("women", N_("Women"), ""),
        TextField("men", N_("Men"), ""),
        TextField("source", N_("Source"), ""),
    )

    def accept(values: dict[str, Any]) -> Measurement:
        day, value = values.pop("measured_on"), values.pop("value")
        if day is None:
            raise Invalid({"measured_on": N_("Give the day of the measurement.")})
        if not value:
            raise Invalid({"value": N_("Write what was measured.")})
        return desk.hub.step(N_("Add a measurement"), workplans.measure, indicator_id, day, value, **values)

    return FormDialog(desk, N_("Add a measurement"), parts, N_("Add"), accept, parent).run()


def ask_line(desk: Desk, parent: QWidget, activity_id: UUID, currency: str) -> BudgetLine | None:
    """Ask what the money is for and its currency; the amounts are typed beside each other afterwards."""
    choices = tuple((code, code) for code in dict.fromkeys((currency, *CURRENCIES)))
    parts = (
        BilingualField("title", N_("What for"), "", ""),
        ChoiceField("currency", N_("Currency"), currency, choices),
    )

    def accept(values: dict[str, Any]) -> BudgetLine:
        made: BudgetLine = desk.hub.step(
            N_("Add a budget line"), workplans.add_to_activity, BudgetLine, activity_id, **values
        )
        return made

    return FormDialog(desk, N_("Add a budget line"), parts, N_("Add"), accept, parent).run()


def ask_plan(desk: Desk, parent: QWidget, plan: Workplan) -> Workplan | None:
    """Ask for the title, the currency and the note of a plan."""
    draft = plan.state not in workplans.SETTLED
    choices = tuple((code, code) for code in dict.fromkeys((plan.currency, *CURRENCIES)))
    parts = (
        BilingualField("title", N_("Title"), plan.title_en, plan.title_ar, enabled=draft),
        ChoiceField("currency", N_("Currency"), plan.currency, choices, enabled=draft),
        LongTextField("note", N_("Note"), plan.note),
    )

    def accept(values: dict[str, Any]) -> Workplan:
        changed: Workplan = desk.hub.step(N_("Change the workplan"), workplans.change, Workplan, plan.id, **values)
        return changed

    return FormDialog(desk, N_("The workplan itself"), parts, N_("Change"), accept, parent).run()


def ask_adoption(desk: Desk, parent: QWidget, plan: Workplan) -> Workplan | None:
    """Ask by which of the adopted decisions the members adopted the plan, and on which day."""
    adopted = desk.hub.read(workplan_changes.adopting_decisions, plan.network_id, now(desk))
    choices = [(None, N_("Choose the decision")), *((one.id, name_of(desk, one)) for one in adopted[:60])]
    first = adopted[0] if adopted else None
    parts = (
        ChoiceField("decision_id", N_("Decision"), first.id if first else None, choices),
        DateField("on", N_("Adopted on"), desk.today()),
    )

    def accept(values: dict[str, Any]) -> Workplan:
        if not adopted:
            raise Invalid({"decision_id": N_("No decision is adopted yet. Record one, then adopt the plan by it.")})
        if values["decision_id"] is None:
            raise Invalid({"decision_id": N_("Choose the decision by which the members adopted it.")})
        if values["on"] is None:
            raise Invalid({"on": N_("Give the day of the adoption.")})
        return desk.hub.step(N_("Adopt the workplan"), workplans.adopt, plan.id, values["decision_id"], values["on"])

    return FormDialog(desk, N_("Adopt the workplan"), parts, N_("Adopt"), accept, parent).run()


def ask_sharing(desk: Desk, parent: QWidget, plan: Workplan) -> list[Dispatch] | None:
    """Ask to whom the adopted plan went, how and when; those the terms of reference name are there already."""
    found: Sharing = desk.hub.read(workplan_changes.sharing, plan.id, now(desk))
    zone: str = desk.hub.read(networks.calendar_of, plan.network_id).zone
    parts = (
        *(
            CheckField(f"to:{n}", N_("Goes to") if n == 0 else "", one in found.missing, hint=one)
            for n, one in enumerate(found.owed)
        ),
        TextField("others", N_("Also to"), "", hint=N_("Others, with commas between them")),
        ChoiceField("channel", N_("Sent by"), Channel.EMAIL, CHANNELS),
        DateField("on", N_("Sent on"), desk.today()),
        TextField("note", N_("Note"), ""),
    )

    def accept(values: dict[str, Any]) -> list[Dispatch]:
        to = [one for n, one in enumerate(found.owed) if values[f"to:{n}"]]
        to += [one.strip() for one in values["others"].replace("،", ",").split(",") if one.strip()]
        if not to:
            raise Invalid({"others": N_("Say to whom it goes.")})
        if values["on"] is None:
            raise Invalid({"on": N_("Give the day it went out.")})
        at: datetime = now(desk) if values["on"] == desk.today() else moment_of(values["on"], _NOON, zone)
        return desk.hub.step(
            N_("Share the workplan"), workplans.share, plan.id, at,
            addressees=to, channel=values["channel"], note=values["note"],
        )  # fmt: skip

    return FormDialog(desk, N_("Share the workplan"), parts, N_("Note it as sent"), accept, parent).run()
