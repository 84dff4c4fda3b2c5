"""The questions asked along the life of the terms of reference, of offices and of holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unnm_desktop.db.networks import Holiday, TermsOfReference
from unnm_desktop.db.people import Office, OfficeKind
from unnm_desktop.db.tor_text import ReviewOutcome
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import records, seating, tor_versions
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.lookups import find_organisations, find_people
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.record_fields import finder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.inspector import Part

OUTCOMES = tuple((one, one.label) for one in ReviewOutcome)
OFFICES = tuple((one, one.label) for one in OfficeKind)


def _needed(values: dict[str, Any], *names: str) -> None:
    missing = {name: N_("Give the day.") for name in names if values[name] is None}
    if missing:
        raise Invalid(missing)


def ask_draft(desk: Desk, parent: QWidget) -> TermsOfReference | None:
    """Ask what a new version is called and begin it as a copy of the one in effect."""
    hint = N_("Left empty, the next number")

    def accept(values: dict[str, Any]) -> TermsOfReference:
        return desk.hub.step(
            N_("Begin a new version"), tor_versions.new_draft, desk.network_id, desk.today(), values["version"]
        )

    parts = (TextField("version", N_("Version"), "", hint=hint),)
    return FormDialog(desk, N_("New version of the terms of reference"), parts, N_("Begin it"), accept, parent).run()


def ask_agreement(desk: Desk, parent: QWidget, tor: TermsOfReference) -> TermsOfReference | None:
    """Ask when and by which decision the members agreed."""
    parts = (
        DateField("on", N_("Agreed on"), desk.today()),
        RecordField("decision", N_("Decision"), find=finder(desk, "decision")),
    )

    def accept(values: dict[str, Any]) -> TermsOfReference:
        _needed(values, "on")
        return desk.hub.step(
            N_("Note the members' agreement"), tor_versions.agree, tor.id, values["on"], values["decision"]
        )

    return FormDialog(desk, N_("The members agree"), parts, N_("Note it"), accept, parent).run()


def ask_effect(desk: Desk, parent: QWidget, tor: TermsOfReference) -> TermsOfReference | None:
    """Ask when the UNCT endorsed a version and from when it is in effect."""
    parts = (
        DateField("endorsed_on", N_("Endorsed by the UNCT on"), None),
        DateField("effective", N_("In effect from"), desk.today()),
    )

    def accept(values: dict[str, Any]) -> TermsOfReference:
        _needed(values, "effective")
        return desk.hub.step(
            N_("Put a version in effect"),
            tor_versions.put_in_effect,
            tor.id,
            values["effective"],
            values["endorsed_on"],
        )

    return FormDialog(desk, N_("Put in effect"), parts, N_("Put in effect"), accept, parent).run()


def ask_end(desk: Desk, parent: QWidget, tor: TermsOfReference) -> TermsOfReference | None:
    """Ask with which day the terms of reference end, and why."""
    parts = (DateField("on", N_("Last day"), desk.today()), LongTextField("note", N_("Note"), tor.note))

    def accept(values: dict[str, Any]) -> TermsOfReference:
        _needed(values, "on")
        return desk.hub.step(
            N_("Terminate the terms of reference"), tor_versions.terminate, tor.id, values["on"], values["note"]
        )

    return FormDialog(desk, N_("Terminate the terms of reference"), parts, N_("Terminate"), accept, parent).run()


def ask_review(desk: Desk, parent: QWidget, tor: TermsOfReference) -> object | None:
    """Ask when the terms of reference were reviewed and what came of it."""
    parts = (
        DateField("on", N_("Reviewed on"), desk.today()),
        ChoiceField("outcome", N_("Outcome"), ReviewOutcome.NO_CHANGE, OUTCOMES),
        LongTextField("note", N_("Note"), ""),
    )

    def accept(values: dict[str, Any]) -> object:
        _needed(values, "on")
        return desk.hub.step(
            N_("Note a review"), tor_versions.add_review, tor.id, values["on"], values["outcome"], values["note"]
        )

    return FormDialog(desk, N_("Review of the terms of reference"), parts, N_("Note it"), accept, parent).run()


def ask_office(desk: Desk, parent: QWidget, former: Office | None = None) -> Office | None:
    """Ask who takes an office from which day; the term it follows ends the day before."""
    parts: list[Part] = []
    if former is None:
        parts.append(ChoiceField("kind", N_("Office"), OfficeKind.CO_CHAIR, OFFICES))
    parts += [
        RecordField("organisation_id", N_("Organisation"), find=find_organisations(desk)),
        RecordField("person_id", N_("Person"), find=find_people(desk)),
        DateField("start", N_("From"), desk.today()),
        DateField("endorsed_on", N_("Endorsed by the UNCT on"), None),
        RecordField("decision_id", N_("Decision"), find=finder(desk, "decision")),
    ]
    title = N_("Fill an office") if former is None else N_("Hand the office over")

    def accept(values: dict[str, Any]) -> Office:
        _needed(values, "start")
        if values["organisation_id"] is None and values["person_id"] is None:
            raise Invalid({"organisation_id": N_("Choose the organisation.")})
        kind = former.kind if former is not None else values.pop("kind")
        body, start = values.pop("organisation_id"), values.pop("start")
        return desk.hub.step(
            title,
            seating.hand_over_office,
            desk.network_id,
            kind,
            body,
            start,
            replaces=former.id if former is not None else None,
            **values,
        )

    return FormDialog(desk, title, parts, N_("Fill") if former is None else N_("Hand over"), accept, parent).run()


def ask_holiday(desk: Desk, parent: QWidget, holiday: Holiday | None = None) -> Holiday | None:
    """Ask for a day on which nobody works."""
    parts = (
        DateField("day", N_("Day"), holiday.day if holiday is not None else None),
        BilingualField(
            "name", N_("Name"), holiday.name_en if holiday is not None else "", holiday.name_ar if holiday else ""
        ),
    )

    def accept(values: dict[str, Any]) -> Holiday:
        _needed(values, "day")
        if holiday is None:
            made: Holiday = desk.hub.step(
                N_("Add a holiday"), records.create, Holiday, network_id=desk.network_id, **values
            )
            return made
        changed: Holiday = desk.hub.step(N_("Change a holiday"), records.update, Holiday, holiday.id, **values)
        return changed

    title = N_("Add a holiday") if holiday is None else N_("Change a holiday")
    return FormDialog(desk, title, parts, N_("Add") if holiday is None else N_("Change"), accept, parent).run()
