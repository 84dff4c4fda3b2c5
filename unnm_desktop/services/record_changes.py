"""Make, change and remove a record of any kind through the verb that guards it, so that no list is a way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.attachments import Attachment
from unnm_desktop.db.base import Record
from unnm_desktop.db.minutes import Minutes, MinutesEntry, MinutesState
from unnm_desktop.db.networks import TermsOfReference
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.text import clean
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    agendas,
    minutes,
    records,
    tor_versions,
    workplans,
)
from unnm_desktop.services.any_record import Shape, shapes
from unnm_desktop.services.record_verbs import CHANGED_BY, CREATED_BY, refuse_in_force

# Steps of a record's life have their own verbs and pages; here their traces are read.
TRACES: Mapping[str, frozenset[str]] = {
    "network": frozenset({"logo_sha256", "sample"}),
    "terms_of_reference": frozenset(
        {
            "network_id", "state", "effective", "endorsed_on", "consulted_on", "agreed_on", "agreed_by_decision",
            "submitted_on", "ended", "rules", "source_text",
        }
    ),
    "meeting": frozenset({"network_id", "reference", "kind", "state", "reason", "numbers_frozen", "ready_on"}),
    "agenda_item": frozenset({"meeting_id", "number", "standing", "carried_from_id", "carried_reason"}),
    "minutes": frozenset(
        {
            "meeting_id", "version", "state", "corrigendum", "circulated_at", "comments_until", "adopted_on",
            "adopted_at_id", "sealed_on",
        }
    ),
    "minutes_entry": frozenset({"minutes_id", "agenda_item_id"}),
    "comment": frozenset({"minutes_id"}),
    "decision": frozenset(
        {
            "network_id", "reference", "pending_on", "all_members", "silence_from", "silence_until",
            "silence_extension", "silence_broken_at", "act", "act_on", "act_reason",
        }
    ),
    "position": frozenset({"decision_id", "organisation_id", "said_on", "objected_until", "late"}),
    "action_point": frozenset({"network_id", "reference", "status", "dropped_reason"}),
    "workplan": frozenset({"network_id", "year", "version", "state", "adopted_on", "decision_id"}),
    "output": frozenset({"workplan_id"}),
    "activity": frozenset({"network_id", "workplan_id", "reference"}),
    "report": frozenset({"network_id", "kind", "period", "state", "signed_off_on", "signed_off_by_id", "submitted_on"}),
    "report_section": frozenset({"report_id", "section", "accepted_en", "accepted_ar"}),
    "issued_document": frozenset(
        {
            "network_id", "kind", "symbol", "title_en", "title_ar", "language", "period", "meeting_id", "workplan_id",
            "report_id", "version", "issued_on", "sha256", "size", "media_type", "made_from",
        }
    ),
    "attachment": frozenset({"entity", "record_id", "media_type", "size", "sha256"}),
    "saved_view": frozenset({"settings"}),
    "membership": frozenset({"network_id"}),
    "office": frozenset({"network_id"}),
    "holiday": frozenset({"network_id"}),
    "challenge": frozenset({"network_id"}),
    "dispatch": frozenset({"network_id"}),
}  # fmt: skip
# Given once, when the record is made.
GIVEN_ONCE: Mapping[str, frozenset[str]] = {
    "meeting": frozenset({"kind"}),
    "agenda_item": frozenset({"meeting_id"}),
    "minutes": frozenset({"meeting_id"}),
    "minutes_entry": frozenset({"minutes_id", "agenda_item_id"}),
    "comment": frozenset({"minutes_id"}),
    "position": frozenset({"decision_id", "organisation_id"}),
    "workplan": frozenset({"year"}),
    "output": frozenset({"workplan_id"}),
    "activity": frozenset({"workplan_id"}),
    "report": frozenset({"period"}),
    "report_section": frozenset({"report_id", "section"}),
}
_NOT_MADE_HERE: Mapping[str, str] = {
    "network": N_("A network is set up from its terms of reference. Make a new workspace for it."),
    "issued_document": N_("Documents are kept as issued on the page Reports."),
    "attachment": N_("Go to the record that the file belongs to and choose “Attach a file”."),
}
_PLAN = (Workplan, Output, Activity, ActivityParticipant, Deliverable, Indicator, Measurement, BudgetLine)


@dataclass(frozen=True)
class Setting:
    """For which network and at which moment a change is made."""

    network_id: UUID
    on: date
    at: datetime


def editable(entity: type[Record]) -> list[Shape]:
    """The columns that may be changed on a record."""
    traces = TRACES.get(entity.__tablename__, frozenset())
    return [one for one in shapes(entity) if one.name not in traces and one.kind != "data"]


def asked(entity: type[Record]) -> list[Shape]:
    """The columns that are asked for when a record is made."""
    once = GIVEN_ONCE.get(entity.__tablename__, frozenset())
    free = {one.name for one in editable(entity)}
    return [one for one in shapes(entity) if one.name in free or one.name in once]


def why_not_made(table: str) -> str:
    """Why records of a kind are not made by hand (a msgid), or nothing."""
    return _NOT_MADE_HERE.get(table, "")


def create(session: Session, table: str, setting: Setting, **values: Any) -> Record:
    """Make a record through the verb that guards its kind.

    Raises:
        Invalid: a value is missing or breaks a rule.
        UserError: it may not be made, or not now.

    """
    if table in _NOT_MADE_HERE:
        raise UserError(_NOT_MADE_HERE[table])
    entity = ENTITIES[table]
    values = {name: value for name, value in values.items() if value is not None}
    _refuse_missing(entity, table, values)
    verb = CREATED_BY.get(table)
    if verb is not None:
        return verb(session, setting, values)
    if table in ("tor_clause", "objective", "theme"):
        refuse_in_force(session, values["tor_id"])
    if "network_id" in entity.__table__.columns:
        values.setdefault("network_id", setting.network_id)
    if issubclass(entity, (Deliverable, Indicator, BudgetLine)):
        return workplans.add_to_activity(session, entity, values.pop("activity_id"), **values)
    return records.create(session, entity, **values)


def change(session: Session, table: str, record_id: UUID, setting: Setting, **values: Any) -> Record:
    """Change fields of a record, as far as the verbs of its kind let it.

    Raises:
        Invalid: a value is missing or breaks a rule.
        UserError: the field is a trace of the record's life, or locked now.

    """
    entity = ENTITIES[table]
    record = records.get(session, entity, record_id)
    free = {one.name: one for one in editable(entity)}
    for name, value in values.items():
        if name not in free:
            raise UserError(N_("This is not changed by hand; it follows from what was done with the record."))
        if value is None:
            if free[name].kind in ("text", "partial"):
                values[name] = ""
            elif not entity.__table__.columns[name].nullable:
                raise Invalid({name: N_("This cannot be left empty.")})
    verb = CHANGED_BY.get(table)
    if verb is not None:
        return verb(session, record, setting, values)
    if issubclass(entity, _PLAN) and entity is not Measurement:
        return workplans.change(session, entity, record_id, **values)
    return records.update(session, entity, record_id, **values)


def remove(session: Session, table: str, record_id: UUID) -> Record:
    """Move a record to the trash, as far as its kind lets it.

    Raises:
        UserError: it is part of what was agreed, circulated or put in force.

    """
    entity = ENTITIES[table]
    record = records.get(session, entity, record_id)
    _refuse_sealed(session, record)
    if table == "agenda_item":
        agendas.remove_item(session, record_id)
        return record
    if isinstance(record, _PLAN) and not isinstance(record, Measurement):
        return workplans.take_away(session, entity, record_id)
    return records.remove(session, entity, record_id)


def restore(session: Session, table: str, record_id: UUID) -> Record:
    """Bring a record back from the trash.

    Raises:
        UserError: what it is part of may not change any more.

    """
    entity = ENTITIES[table]
    record = records.get(session, entity, record_id)
    _refuse_sealed(session, record)
    if isinstance(record, _PLAN) and not isinstance(record, (Workplan, Measurement)):
        workplans.refuse_settled(session, workplans.plan_of(session, record), entity, ("id",))
    return records.restore(session, entity, record_id)


def _refuse_missing(entity: type[Record], table: str, values: Mapping[str, Any]) -> None:
    given_by_verb = {"network_id"}
    if table == "terms_of_reference":
        given_by_verb.add("version")
    missing = {
        one.name: N_("Choose a record.") if one.kind == "reference" else N_("This cannot be left empty.")
        for one in asked(entity)
        if one.needed and one.name not in given_by_verb and values.get(one.name) in (None, "")
    }
    if missing:
        raise Invalid(missing)


def _refuse_sealed(session: Session, record: Record) -> None:
    """Minutes that went out, their entries, and the words of a version in force stay."""
    if isinstance(record, Minutes) and record.state is not MinutesState.DRAFT:
        raise UserError(N_("These minutes were circulated; they stay. Make a new version or a corrigendum."))
    if isinstance(record, MinutesEntry):
        minutes.refuse_locked(records.get(session, Minutes, record.minutes_id))
    if isinstance(record, TermsOfReference) and record.state not in tor_versions.OPEN_STATES:
        raise UserError(N_("This version is in force or was; it stays readable and cannot be removed."))
    if record.__tablename__ in ("tor_clause", "objective"):
        refuse_in_force(session, getattr(record, "tor_id"))  # noqa: B009 - both kinds have it, their common type has not


def attach(
    session: Session, put: Callable[[bytes], str], table: str, record_id: UUID, name: str, data: bytes
) -> Attachment:
    """Keep a file with a record: its bytes first, then the record of it."""
    records.get(session, ENTITIES[table], record_id)
    # Not records.create: the kind of the record is a field of its own here, under a name that create takes.
    made = Attachment(entity=table, record_id=record_id, name=clean(name), size=len(data), sha256=put(data))
    session.add(made)
    session.flush()
    return made


def attachments(session: Session, record_id: UUID) -> list[Attachment]:
    """The files kept with a record."""
    return records.all_of(session, Attachment, Attachment.record_id == record_id)
