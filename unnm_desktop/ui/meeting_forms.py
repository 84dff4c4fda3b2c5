"""The questions asked before a meeting is planned, postponed or cancelled, and the fields of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from unnm_desktop.db.meetings import Meeting, MeetingChair, MeetingKind, MeetingState
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    meeting_list,
    meetings,
    networks,
    people,
    records,
)
from unnm_desktop.services.minutes import current_minutes
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import CheckField, ChoiceField, NumberField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Part, Section
from unnm_desktop.ui.lookups import find_organisations, find_people, organisation_name
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.time_field import TimeField

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

KINDS = tuple((kind, kind.label) for kind in MeetingKind)


@dataclass(frozen=True)
class MeetingSheet:
    """A meeting with what its fields and its header show."""

    meeting: Meeting
    chairs: tuple[tuple[MeetingChair, Organisation], ...]
    minute_taker: Person | None
    readiness: tuple[meetings.Check, ...]
    # The newest version of the minutes.
    minutes: Minutes | None
    levels_on_request: bool

    @property
    def all_replied(self) -> bool:
        """Whether each of those invited has said who comes."""
        told = next((check.values for check in self.readiness if check.name == "invitations"), {})
        return told.get("replied") == told.get("invited")

    @property
    def circulated(self) -> bool:
        """Whether a version of the minutes has gone out."""
        newest = self.minutes
        return newest is not None and (newest.state is not MinutesState.DRAFT or newest.version > 1)


def read_meeting(session: Session, meeting_id: UUID, on: date) -> MeetingSheet:
    """Read a meeting with its chairs and readiness."""
    meeting = records.get(session, Meeting, meeting_id)
    rules = networks.rules_on(session, meeting.network_id, meeting.day)
    return MeetingSheet(
        meeting,
        tuple(meetings.chairs(session, meeting_id)),
        records.get(session, Person, meeting.minute_taker_id) if meeting.minute_taker_id else None,
        meetings.readiness(session, meeting_id, on),
        current_minutes(session, meeting_id),
        bool(rules.members.levels_on_request),
    )


def stage_of(desk: Desk, sheet: MeetingSheet) -> tuple[str, str]:
    """The state of a meeting as its pill says it: words and tone."""
    cell = meeting_list.show_stage(meeting_list.Stage(sheet.meeting.state, sheet.circulated), desk.language)
    return cell.text, cell.tone


def when_and_where(desk: Desk, meeting: Meeting) -> list[tuple[str, str]]:
    """Day with hours and place, each with its icon."""
    language = desk.language
    day = language.weekday_day(meeting.day, short=True)
    hours = language.span(language.time(meeting.starts), language.time(meeting.ends))
    place = language.pick(meeting, "place")
    when = f"{day}{'،' if language.rtl else ','} {hours}"
    hijri = desk.hijri(meeting.day)
    # Where both do not fit in one line, the Hijri day goes to the next as a whole.
    facts = [("calendar-days", " · ".join([when, hijri.replace(" ", "\u00a0")]) if hijri else when)]
    if place:
        facts.append(("map-pin", place))
    if meeting.online:
        facts.append(("video", desk.tr(N_("Online"))))
    return facts


def meeting_fields(desk: Desk, sheet: MeetingSheet) -> list[Part]:
    """The fields of a meeting, as the list's inspector and the meeting's own page show them."""
    meeting = sheet.meeting
    taker = desk.language.pick(sheet.minute_taker, "name") if sheet.minute_taker is not None else ""
    parts: list[Part] = [
        DateField("day", N_("Day"), meeting.day),
        TimeField("starts", N_("Starts"), meeting.starts),
        TimeField("ends", N_("Ends"), meeting.ends),
        BilingualField("place", N_("Place"), meeting.place_en, meeting.place_ar),
        TextField("online", N_("Link"), meeting.online, ltr=True, hint=N_("Address of the online room")),
        ChoiceField("kind", N_("Kind"), meeting.kind, KINDS),
        NumberField("ordinal", N_("Number"), meeting.ordinal, minimum=1, maximum=9999),
        BilingualField("title", N_("Title"), meeting.title_en, meeting.title_ar),
        RecordsField(
            "chairs", N_("Chaired by"), [(body.id, organisation_name(desk, body)) for _, body in sheet.chairs],
            find=find_organisations(desk),
        ),
        RecordField("minute_taker_id", N_("Minutes by"), meeting.minute_taker_id, taker, find=find_people(desk)),
    ]  # fmt: skip
    if sheet.levels_on_request:
        parts.append(
            CheckField(
                "representatives_asked", N_("Level"), meeting.representatives_asked,
                hint=N_("Country Representatives"),
            )
        )  # fmt: skip
    parts += [Section(N_("Note")), LongTextField("note", "", meeting.note)]
    return parts


def save_meeting(desk: Desk, meeting_id: UUID, name: str, value: Any) -> object:
    """Keep one field of a meeting."""
    if name == "chairs":
        return desk.hub.step(N_("Name who chairs"), _name_chairs, meeting_id, value, desk.today())
    if name == "day" and value is None:
        raise Invalid({"day": N_("A meeting needs a day.")})
    if name in ("starts", "ends") and not value:
        raise Invalid({name: N_("Give a time of day, for example 10:00.")})
    return desk.hub.step(N_("Change meeting"), meetings.change, meeting_id, **{name: value})


def _name_chairs(session: Session, meeting_id: UUID, wanted: Sequence[UUID], on: date) -> None:
    meeting = records.get(session, Meeting, meeting_id)
    before = [body.id for _, body in meetings.chairs(session, meeting_id)]
    for key in before:
        if key not in wanted:
            meetings.unname_chair(session, meeting_id, key)
    offices = people.offices_on(session, meeting.network_id, meeting.day)
    persons = {held.organisation.id: held.person for held in offices if held.organisation is not None and held.person}
    for key in wanted:
        if key not in before:
            person = persons.get(key)
            meetings.name_chair(session, meeting_id, key, person.id if person else None)


def ask_meeting(desk: Desk, parent: QWidget) -> Meeting | None:
    """Plan a meeting, filled in from the last one."""
    offered = desk.hub.read(meetings.next_day, desk.network_id, desk.today())
    parts = (
        ChoiceField("kind", N_("Kind"), MeetingKind.REGULAR, KINDS),
        DateField("day", N_("Day"), offered),
    )

    def accept(values: dict[str, Any]) -> Meeting:
        return desk.hub.step(
            N_("Plan a meeting"), meetings.plan_next, desk.network_id, desk.today(), values["kind"], values["day"]
        )

    return FormDialog(desk, N_("Plan a meeting"), parts, N_("Plan it"), accept, parent).run()


def ask_postpone(desk: Desk, parent: QWidget, meeting: Meeting) -> Meeting | None:
    """Ask for another day and the reason; the number stays."""
    parts = (DateField("day", N_("New day"), meeting.day), LongTextField("reason", N_("Reason"), ""))

    def accept(values: dict[str, Any]) -> Meeting:
        if values["day"] is None:
            raise Invalid({"day": N_("A meeting needs a day.")})
        return desk.hub.step(N_("Postpone the meeting"), meetings.postpone, meeting.id, values["day"], values["reason"])

    return FormDialog(desk, N_("Postpone the meeting"), parts, N_("Postpone"), accept, parent).run()


def ask_cancel(desk: Desk, parent: QWidget, meeting: Meeting) -> Meeting | None:
    """Ask why the meeting is cancelled; it keeps its number."""
    parts = (LongTextField("reason", N_("Reason"), ""),)

    def accept(values: dict[str, Any]) -> Meeting:
        return desk.hub.step(N_("Cancel the meeting"), meetings.cancel, meeting.id, values["reason"])

    return FormDialog(desk, N_("Cancel the meeting"), parts, N_("Cancel the meeting"), accept, parent).run()


def lies_ahead(meeting: Meeting) -> bool:
    """Whether the meeting is still to be held."""
    return meeting.state in (MeetingState.PLANNED, MeetingState.INVITED, MeetingState.POSTPONED)
