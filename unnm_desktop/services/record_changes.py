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
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import Comment, Minutes, MinutesEntry, MinutesState
from unnm_desktop.db.networks import TermsOfReference
from unnm_desktop.db.text import clean
from unnm_desktop.db.workplans import (
    Activity,
    ActivityParticipant,
    BudgetLine,
    Deliverable,
    Indicator,
    Measurement,
    Output,
    Workplan,
)
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    actions,
    agendas,
    calendar,
    decisions,
    meetings,
    minutes,
    people,
    progress_reports,
    records,
    seating,
    tor_versions,
    workplans,
)
from unnm_desktop.services.any_record import Shape, shapes

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
    "position": frozenset({"decision_id", "organisation_id", "said_on", "late"}),
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
_TEXT_OF_TOR = frozenset({"text_en", "code", "number", "position", "asks", "tor_id"})
_PLAN = (Workplan, Output, Activity, ActivityParticipant, Deliverable, Indicator, Measurement, BudgetLine)
_LOCKED = N_("This version is in force or was; its words stay. Begin a new version to change them.")


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
    verb = _CREATED_BY.get(table)
    if verb is not None:
        return verb(session, setting, values)
    if table in ("tor_clause", "objective", "theme"):
        _refuse_in_force(session, values["tor_id"])
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
    verb = _CHANGED_BY.get(table)
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
        _refuse_in_force(session, getattr(record, "tor_id"))  # noqa: B009 - both kinds have it, their common type has not


def _refuse_in_force(session: Session, tor_id: UUID) -> None:
    if records.get(session, TermsOfReference, tor_id).state not in tor_versions.OPEN_STATES:
        raise UserError(_LOCKED)


Values = dict[str, Any]


def _new_tor(session: Session, setting: Setting, values: Values) -> Record:
    draft = tor_versions.new_draft(session, setting.network_id, setting.on, values.pop("version", ""))
    return records.update(session, TermsOfReference, draft.id, **values)


def _new_meeting(session: Session, setting: Setting, values: Values) -> Record:
    made = meetings.plan_next(session, setting.network_id, setting.on, values.pop("kind"), values.pop("day"))
    told = {name: value for name, value in values.items() if value != ""}
    return records.update(session, type(made), made.id, **told)


def _new_item(session: Session, _: Setting, values: Values) -> Record:
    values.pop("position", None)
    return agendas.add_item(session, values.pop("meeting_id"), **values)


def _new_minutes(session: Session, _: Setting, values: Values) -> Record:
    return minutes.open_minutes(session, values["meeting_id"])


def _new_entry(session: Session, _: Setting, values: Values) -> Record:
    return minutes.write_entry(session, values.pop("minutes_id"), values.pop("agenda_item_id"), **values)


def _new_comment(session: Session, setting: Setting, values: Values) -> Record:
    return minutes.add_comment(
        session,
        values["minutes_id"],
        values.get("received_on") or setting.on,
        values.get("text", ""),
        organisation_id=values.get("organisation_id"),
        kind=values["kind"],
        entry_id=values.get("entry_id"),
    )


def _new_decision(session: Session, setting: Setting, values: Values) -> Record:
    return decisions.propose(session, setting.network_id, values.pop("decided_on"), **values)


def _take_position(session: Session, setting: Setting, values: Values) -> Record:
    return decisions.take_position(
        session,
        values["decision_id"],
        values["organisation_id"],
        values["stance"],
        setting.at,
        reason=values.get("reason", ""),
        would_resolve=values.get("would_resolve", ""),
    )


def _new_action(session: Session, setting: Setting, values: Values) -> Record:
    return actions.create_action(session, setting.network_id, setting.on, **values)


def _new_seat(session: Session, setting: Setting, values: Values) -> Record:
    body, category = values.pop("organisation_id"), values.pop("category")
    known = {name: values[name] for name in ("start", "residency", "decision_id") if name in values}
    seat = seating.give_seat(session, setting.network_id, body, category, on=setting.on, **known)
    return records.update(session, type(seat), seat.id, end=values.get("end", ""), note=values.get("note", ""))


def _new_office(session: Session, setting: Setting, values: Values) -> Record:
    kind, start = values["kind"], values.get("start", "")
    if kind not in seating.LEADING:
        return records.create(session, ENTITIES["office"], network_id=setting.network_id, **values)
    endorsed = values.get("endorsed_on", "")
    made = seating.hand_over_office(
        session,
        setting.network_id,
        kind,
        values.get("organisation_id"),
        calendar.first_day(start) if start else setting.on,
        person_id=values.get("person_id"),
        endorsed_on=calendar.first_day(endorsed) if endorsed else None,
        decision_id=values.get("decision_id"),
    )
    return records.update(session, type(made), made.id, end=values.get("end", ""))


def _new_appointment(session: Session, _: Setting, values: Values) -> Record:
    made = people.appoint(
        session, values.pop("membership_id"), values.pop("person_id"), values.pop("role"),
        start=values.pop("start", ""), rank=values.pop("rank", None), note=values.pop("note", ""),
    )  # fmt: skip
    return records.update(session, type(made), made.id, **values)


def _new_plan(session: Session, setting: Setting, values: Values) -> Record:
    return workplans.create_plan(session, setting.network_id, values.pop("year"), **values)


def _new_output(session: Session, _: Setting, values: Values) -> Record:
    values.pop("position", None)
    return workplans.add_output(session, values.pop("workplan_id"), **values)


def _new_activity(session: Session, _: Setting, values: Values) -> Record:
    values.pop("position", None)
    return workplans.add_activity(session, values.pop("workplan_id"), **values)


def _new_participant(session: Session, _: Setting, values: Values) -> Record:
    activity = records.get(session, Activity, values["activity_id"])
    workplans.refuse_settled(session, activity.workplan_id, ActivityParticipant, ("id",))
    return records.link(
        session,
        ActivityParticipant,
        "activity_participant",
        ("activity_id", activity.id),
        ("organisation_id", values["organisation_id"]),
    )


def _new_report(session: Session, setting: Setting, values: Values) -> Record:
    return progress_reports.open_report(session, setting.network_id, calendar.Period.parse(values["period"]).code)


def _write_section(session: Session, _: Setting, values: Values) -> Record:
    if values["section"] not in progress_reports.SECTIONS and not values["section"].startswith("objective-"):
        raise Invalid({"section": N_("The report has no such section.")})
    texts = {name: values[name] for name in ("text_en", "text_ar") if name in values}
    return progress_reports.write_section(session, values["report_id"], values["section"], **texts)


_CREATED_BY: Mapping[str, Callable[[Session, Setting, Values], Record]] = {
    "terms_of_reference": _new_tor,
    "meeting": _new_meeting,
    "agenda_item": _new_item,
    "minutes": _new_minutes,
    "minutes_entry": _new_entry,
    "comment": _new_comment,
    "decision": _new_decision,
    "position": _take_position,
    "action_point": _new_action,
    "membership": _new_seat,
    "office": _new_office,
    "appointment": _new_appointment,
    "workplan": _new_plan,
    "output": _new_output,
    "activity": _new_activity,
    "activity_participant": _new_participant,
    "report": _new_report,
    "report_section": _write_section,
}


def _change_entry(session: Session, record: Any, _: Setting, values: Values) -> Record:
    return minutes.write_entry(session, record.minutes_id, record.agenda_item_id, **values)


def _change_comment(session: Session, record: Any, _: Setting, values: Values) -> Record:
    if "outcome" in values:
        return minutes.settle_comment(session, record.id, values["outcome"], record.reason)
    return records.update(session, Comment, record.id, **values)


def _change_decision(session: Session, record: Any, setting: Setting, values: Values) -> Record:
    if values.get("implemented_on") is not None:
        return decisions.implement(session, record.id, values["implemented_on"])
    if values.get("superseded_by_id") is not None:
        return decisions.supersede(session, record.id, values["superseded_by_id"], setting.on)
    if record.pending_on is not None and "decided_on" in values:
        raise UserError(N_("The members were asked on that day, so it stays."))
    if values.keys() & {"text_en", "text_ar"}:
        return decisions.change_text(session, record.id, **values)
    return records.update(session, Decision, record.id, **values)


def _change_position(session: Session, record: Any, setting: Setting, values: Values) -> Record:
    present = {name: getattr(record, name) for name in ("stance", "reason", "would_resolve")}
    return _take_position(
        session,
        setting,
        {**present, "decision_id": record.decision_id, "organisation_id": record.organisation_id, **values},
    )


def _change_item(session: Session, record: Any, _: Setting, values: Values) -> Record:
    if "position" in values:
        agendas.move_item(session, record.id, values["position"])
        return records.get(session, AgendaItem, record.id)
    agendas.refuse_ended(records.get(session, Meeting, record.meeting_id))
    return records.update(session, AgendaItem, record.id, **values)


def _change_tor(session: Session, record: Any, _: Setting, values: Values) -> Record:
    if "approved" in values:
        tor_versions.set_approval(session, record.id, values.pop("approved"))
    return records.update(session, TermsOfReference, record.id, **values)


def _change_text_of_tor(session: Session, record: Any, _: Setting, values: Values) -> Record:
    if values.keys() & _TEXT_OF_TOR:
        _refuse_in_force(session, record.tor_id)
    changed: Record = records.update(session, type(record), record.id, **values)
    return changed


def _change_section(session: Session, record: Any, _: Setting, values: Values) -> Record:
    return progress_reports.write_section(session, record.report_id, record.section, **values)


_CHANGED_BY: Mapping[str, Callable[[Session, Any, Setting, Values], Record]] = {
    "minutes_entry": _change_entry,
    "comment": _change_comment,
    "decision": _change_decision,
    "position": _change_position,
    "agenda_item": _change_item,
    "terms_of_reference": _change_tor,
    "tor_clause": _change_text_of_tor,
    "objective": _change_text_of_tor,
    "report_section": _change_section,
}


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
