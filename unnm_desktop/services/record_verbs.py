"""Which verb makes a record of a kind, and which changes one, where the kind has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import Comment
from unnm_desktop.db.networks import TermsOfReference
from unnm_desktop.db.plan_parts import ActivityParticipant
from unnm_desktop.db.workplans import Activity
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

if TYPE_CHECKING:
    from unnm_desktop.services.record_changes import Setting

Values = dict[str, Any]

_TEXT_OF_TOR = frozenset({"text_en", "code", "number", "position", "asks", "tor_id"})
_LOCKED = N_("This version is in force or was; its words stay. Begin a new version to change them.")


def refuse_in_force(session: Session, tor_id: UUID) -> None:
    """Refuse to touch the words of a version that is in force or was."""
    if records.get(session, TermsOfReference, tor_id).state not in tor_versions.OPEN_STATES:
        raise UserError(_LOCKED)


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


CREATED_BY: Mapping[str, Callable[[Session, Setting, Values], Record]] = {
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
        refuse_in_force(session, record.tor_id)
    changed: Record = records.update(session, type(record), record.id, **values)
    return changed


def _change_section(session: Session, record: Any, _: Setting, values: Values) -> Record:
    return progress_reports.write_section(session, record.report_id, record.section, **values)


CHANGED_BY: Mapping[str, Callable[[Session, Any, Setting, Values], Record]] = {
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
