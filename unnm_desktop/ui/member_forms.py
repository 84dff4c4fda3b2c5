"""The questions asked before a seat, a person or an appointment is made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind, Residency
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import people, records
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, TextField
from unnm_desktop.ui.lookups import find_organisations, find_people
from unnm_desktop.ui.namesake_line import NamesakeLine
from unnm_desktop.ui.record_field import RecordField

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KINDS = tuple((kind, kind.label) for kind in OrganisationKind)
CATEGORIES = tuple((category, category.label) for category in Category)
RESIDENCIES = tuple((residency, residency.label) for residency in Residency)
ROLES = tuple((role, role.label) for role in AppointmentRole)


def _seat(session: Session, network_id: UUID, body: UUID, **values: Any) -> Membership:
    return records.create(session, Membership, network_id=network_id, organisation_id=body, **values)


def ask_seat(desk: Desk, parent: QWidget) -> Membership | None:
    """Ask which organisation joins, as what and since when; a new body is named on the way."""

    def make(text: str) -> UUID | None:
        made = ask_organisation(desk, parent, name=text)
        return made.id if made is not None else None

    parts = (
        RecordField("organisation_id", N_("Organisation"), find=find_organisations(desk), create=make),
        ChoiceField("category", N_("Joins as"), Category.MEMBER, CATEGORIES),
        ChoiceField("residency", N_("Residency"), Residency.UNKNOWN, RESIDENCIES),
        DateField("start", N_("Since"), desk.today().isoformat(), partial=True),
    )

    def accept(values: dict[str, Any]) -> Membership:
        body = values.pop("organisation_id")
        if body is None:
            raise Invalid({"organisation_id": N_("Choose the organisation.")})
        values["start"] = values["start"] or ""
        return desk.hub.step(N_("Add member"), _seat, desk.network_id, body, **values)

    return FormDialog(desk, N_("Add member"), parts, N_("Add"), accept, parent).run()


def ask_organisation(desk: Desk, parent: QWidget, *, name: str = "") -> Organisation | None:
    """Ask for a new organisation."""
    arabic = desk.look.rtl
    parts = (
        BilingualField("name", N_("Name"), "" if arabic else name, name if arabic else ""),
        TextField("acronym", N_("Acronym"), "", ltr=True),
        ChoiceField("kind", N_("Kind"), OrganisationKind.UN_ENTITY, KINDS),
        TextField("country", N_("Country code"), "", ltr=True, hint=N_("None for UN bodies")),
    )

    def accept(values: dict[str, Any]) -> Organisation:
        values["country"] = values["country"].strip().upper()
        made: Organisation = desk.hub.step(N_("Add organisation"), records.create, Organisation, **values)
        return made

    return FormDialog(desk, N_("Add organisation"), parts, N_("Add"), accept, parent).run()


def ask_person(
    desk: Desk, parent: QWidget, *, name: str = "", organisation: Organisation | None = None
) -> Person | None:
    """Ask for a new person."""
    arabic = desk.look.rtl
    known = NamesakeLine(desk, lambda person: dialog.answer(person))
    parts = (
        BilingualField("name", N_("Name"), "" if arabic else name, name if arabic else ""),
        known,
        RecordField(
            "organisation_id",
            N_("Organisation"),
            organisation.id if organisation else None,
            organisation.short if organisation else "",
            find=find_organisations(desk),
        ),
        BilingualField("position", N_("Position"), "", ""),
        TextField("emails", N_("E-mail"), "", ltr=True),
        TextField("phones", N_("Phone"), "", ltr=True),
    )
    dialog = FormDialog(
        desk,
        N_("Add person"),
        parts,
        N_("Add"),
        lambda values: desk.hub.step(N_("Add person"), records.create, Person, **values),
        parent,
    )
    for one in ("name_en", "name_ar"):
        dialog.parts.field(one).changed.connect(known.look_for)
    known.look_for("", name)
    return dialog.run()


def _appoint(
    session: Session, seat: UUID, person: UUID, role: AppointmentRole, start: date, *, follow: bool
) -> Appointment:
    if role is AppointmentRole.FOCAL_POINT and follow:
        return people.replace_focal_point(session, seat, person, start)
    return people.appoint(session, seat, person, role, start=start.isoformat())


def ask_appointment(
    desk: Desk, parent: QWidget, seat: Membership, body: Organisation, role: AppointmentRole, *, follow: bool
) -> Appointment | None:
    """Ask who speaks for a seat from which day; with ``follow`` the present focal point ends the day before."""

    def make(text: str) -> UUID | None:
        made = ask_person(desk, parent, name=text, organisation=body)
        return made.id if made is not None else None

    first = desk.hub.read(people.first_day_to_follow, seat.id, desk.today()) if follow else desk.today()
    parts = (
        RecordField("person_id", N_("Person"), find=find_people(desk), create=make),
        DateField("start", N_("From"), first),
    )
    title = N_("Replace focal point") if follow else N_("Name a focal point")
    button = N_("Replace") if follow else N_("Appoint")
    if role is AppointmentRole.ALTERNATE:
        title = N_("Name an alternate")

    def accept(values: dict[str, Any]) -> Appointment:
        if values["person_id"] is None:
            raise Invalid({"person_id": N_("Choose the person.")})
        if values["start"] is None:
            raise Invalid({"start": N_("Give the first day.")})
        return desk.hub.step(title, _appoint, seat.id, values["person_id"], role, values["start"], follow=follow)

    return FormDialog(desk, title, parts, button, accept, parent).run()
