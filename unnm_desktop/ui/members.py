"""Members: one row a seat; beside it its people with their dates, its last meetings and its open action points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.actions import OPEN_STATUSES, ActionPoint, ActionResponsible
from unnm_desktop.db.base import Record
from unnm_desktop.db.organisations import Category, Membership, NominationRequest, Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import actions, networks, organisations, people, periods, records
from unnm_desktop.services.members import MEMBERS_BY_SHORT_NAME, NO_ALTERNATE, NO_FOCAL_POINT
from unnm_desktop.ui import erasing
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.dots import PRESENT, REPRESENTED, Dots
from unnm_desktop.ui.empty import way_to_import
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.fold import Fold
from unnm_desktop.ui.forms import LongTextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.line_model import Line
from unnm_desktop.ui.lines import LinesView
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.member_forms import (
    CATEGORIES,
    RESIDENCIES,
    ROLES,
    ask_appointment,
    ask_seat,
)
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.reading_fields import LinkField
from unnm_desktop.ui.today_words import due_words
from unnm_desktop.ui.widgets import label, row

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.row_source import RowSource


# So many action points of a seat stand in its panel; the list of action points has all.
MOST_ACTIONS = 12


@dataclass(frozen=True)
class Sheet:
    """A seat with all that its inspector shows."""

    seat: Membership
    body: Organisation
    appointments: tuple[tuple[Appointment, Person], ...]
    holders: people.Holders
    requests: tuple[NominationRequest, ...]
    actions: tuple[ActionPoint, ...]
    problems: tuple[organisations.SeatProblem, ...]
    asks_focal_point: bool
    asks_alternate: bool


def read_sheet(session: Session, seat_id: UUID, on: date) -> Sheet:
    """Read a seat whole."""
    seat = records.get(session, Membership, seat_id)
    rules = networks.rules_on(session, seat.network_id, on)
    owed = records.all_of(
        session,
        ActionPoint,
        ActionPoint.network_id == seat.network_id,
        ActionPoint.status.in_(OPEN_STATUSES),
        ActionPoint.id == ActionResponsible.action_id,
        ActionResponsible.organisation_id == seat.organisation_id,
        ActionResponsible.removed_at.is_(None),
        order=(ActionPoint.due, ActionPoint.id),
    )
    member = seat.category is Category.MEMBER
    return Sheet(
        seat,
        records.get(session, Organisation, seat.organisation_id),
        tuple(people.appointments_of(session, seat_id)),
        people.holders_of(session, [seat_id], on, seat.network_id).get(seat_id, people.Holders()),
        tuple(records.all_of(session, NominationRequest, NominationRequest.membership_id == seat_id)),
        tuple(owed),
        tuple(p for p in organisations.seat_problems(session, seat.network_id) if p.membership_id == seat_id),
        member and rules.focal_point,
        member and rules.alternates > 0,
    )


REMOVED: dict[type[Record], str] = {
    Appointment: N_("Remove an appointment"),
    NominationRequest: N_("Remove a nomination request"),
}


LISTED = laid_out(
    MEMBERS_BY_SHORT_NAME,
    {
        "organisation": 1.3,
        "focal_point": 1.5,
        "alternate": 1.5,
        "type": 1.3,
        "last_meetings": 1.1,
        "open_actions": 0.5,
    },
    ("name",),
)


class MembersPage(RecordsPage):
    """Every seat of the network, as at today."""

    name = "members"
    kind = "membership"
    title = N_("Members")
    kinds = frozenset(
        {"membership", "organisation", "person", "appointment", "office", "attendance", "action_point", "meeting"}
        | {"nomination_request", "action_responsible"}
    )
    new_text = N_("Add member")
    filter_text = N_("Filter members")
    removed_text = N_("Member moved to Trash.")
    empty_icon = "users"
    empty_title = N_("No members yet")
    empty_text = N_("Add the organisations in the network. Each can have a focal point and an alternate.")
    secondary = ("people", "organisations")

    def __init__(self, desk: Desk) -> None:
        # The appointments and requests whose dates are shown.
        self._opened: set[UUID] = set()
        super().__init__(desk)

    def source(self) -> RowSource:
        return source_of(
            self.desk,
            LISTED,
            Layout(
                stretch="organisation",
                beside={"organisation": "name"},
                fitted=("organisation", "focal_point", "alternate", "type", "last_meetings"),
            ),
        )

    def subline(self) -> str:
        if not self.hub.is_open:
            return ""
        held = self.hub.read(organisations.seat_counts, self.desk.network_id, self.desk.today())
        ntr = self.language.ntr
        members = ntr("{n} member", "{n} members", held[Category.MEMBER])
        entities, observers, invited = (
            held[one] for one in (Category.PARTICIPATING, Category.OBSERVER, Category.INVITED)
        )
        others = (
            ntr("{n} participating entity", "{n} participating entities", entities) if entities else "",
            ntr("{n} observer", "{n} observers", observers) if observers else "",
            ntr("{n} by invitation", "{n} by invitation", invited) if invited else "",
        )
        return " · ".join((members, *filter(None, others)))

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command("people", N_("People"), lambda: self.desk.go("people"), "contact", menu="go"),
            Command("organisations", N_("Organisations"), lambda: self.desk.go("organisations"), "building", menu="go"),
        )

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        return way_to_import(self.desk)

    # The inspector ---------------------------------------------------------------------------------------------------

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_sheet, record_id, self.desk.today())
        seat, body, tr, language = sheet.seat, sheet.body, self.tr_, self.language
        tags = [Tag(tr(seat.category.label), "violet" if seat.category is Category.INVITED else "neutral")]
        if sheet.asks_focal_point and sheet.holders.focal_point is None:
            tags.append(Tag(tr(NO_FOCAL_POINT), "warn"))
        if sheet.asks_alternate and not sheet.holders.alternates:
            tags.append(Tag(tr(NO_ALTERNATE), "warn"))
        parts: list[Part] = [Head(language.pick(body, "name"), tuple(tags), avatar=body.short)]
        parts += [label(self.desk.look, one.says.told(language), "problem", wrap=True) for one in sheet.problems]
        parts += self._people(sheet)
        if not self.hub.read_only:
            parts.append(ButtonList(self.desk.look, self._doable(sheet)))
        parts += self._attendance(record_id)
        parts += self._actions(sheet)
        parts += [
            Section(N_("Seat")),
            ChoiceField("category", N_("Belongs as"), seat.category, CATEGORIES),
            ChoiceField("residency", N_("Residency"), seat.residency, RESIDENCIES),
            DateField("start", N_("Since"), seat.start, partial=True),
            DateField("end", N_("Until"), seat.end, partial=True),
            LinkField("body", N_("Organisation"), body.short, lambda: self.desk.go("organisations", body.id)),
        ]
        parts += self._requests(sheet)
        parts += [Section(N_("Note")), LongTextField("note", "", seat.note)]
        return parts

    def _doable(self, sheet: Sheet) -> list[Doable]:
        tr, seat, body = self.tr_, sheet.seat, sheet.body
        known = sheet.holders.focal_point is not None

        def focal() -> None:
            ask_appointment(self.desk, self, seat, body, AppointmentRole.FOCAL_POINT, follow=known)

        def alternate() -> None:
            ask_appointment(self.desk, self, seat, body, AppointmentRole.ALTERNATE, follow=False)

        text = tr(N_("Replace focal point")) if known else tr(N_("Name a focal point"))
        # What is missing is a button, what only may be changed a link.
        owed = sheet.asks_focal_point and not known, sheet.asks_alternate and not sheet.holders.alternates
        roles = ["" if one else "link" for one in owed]
        return [
            (text, focal, roles[0], "user-round-plus" if owed[0] else ""),
            (tr(N_("Name an alternate")), alternate, roles[1], "user-plus" if owed[1] else ""),
        ]

    def _people(self, sheet: Sheet) -> list[Part]:
        language, parts = self.language, list[Part]()
        today = self.desk.today().isoformat()
        for appointment, person in sheet.appointments:
            over = bool(appointment.end) and appointment.end < today[: len(appointment.end)]
            role = self.tr_(appointment.role.label)
            parts.append(self._fold(Appointment, appointment.id, language.pick(person, "name"), role))
            lines = (self._term(appointment),) if over else (reached_at(person), self._in_office(appointment, person))
            if under := "\n".join(filter(None, lines)):
                parts.append(label(self.desk.look, under, "small", wrap=True))
            if appointment.id in self._opened:
                parts += [
                    LinkField(
                        f"person:{appointment.id}",
                        N_("Person"),
                        language.pick(person, "name"),
                        lambda key=person.id: self.desk.go("people", key),  # type: ignore[misc] # the loop's person is meant
                    ),
                    ChoiceField(f"role:{appointment.id}", N_("Speaks as"), appointment.role, ROLES),
                    DateField(f"from:{appointment.id}", N_("From"), appointment.start, partial=True),
                    DateField(f"until:{appointment.id}", N_("Until"), appointment.end, partial=True),
                ]
                if not self.hub.read_only:
                    erase = partial(erasing.ask_erase, self, person.id)
                    parts.append(ButtonList(self.desk.look, [(self.tr_(erasing.TEXT), erase, "link", erasing.ICON)]))
        if not parts:
            parts.append(label(self.desk.look, self.tr_(N_("Nobody speaks for this seat yet.")), "grey", wrap=True))
        return [Section(N_("People")), *parts]

    def _term(self, appointment: Appointment) -> str:
        """From when to when somebody speaks for the seat, as far as it is known."""
        if not appointment.start and not appointment.end:
            return ""
        return periods.told(f"{appointment.start}{periods.UNTIL}{appointment.end}", self.language)

    def _in_office(self, appointment: Appointment, person: Person) -> str:
        """Since when, and in which language they are written to."""
        written = (
            self.tr_(N_("Letters in English")) if person.letter_language == "en" else self.tr_(N_("Letters in Arabic"))
        )
        return " · ".join(filter(None, (self._term(appointment), written)))

    def _attendance(self, seat_id: UUID) -> list[Part]:
        """The last meetings, as the list has them."""
        cell = self.table.cell_of(seat_id, "last_meetings")
        if cell is None or not cell.text:
            return []
        here = sum(cell.text.count(mark) for mark in (PRESENT, REPRESENTED))
        told = self.tr_(N_("{n} of the last {total}"), n=here, total=len(cell.text))
        words = label(self.desk.look, told, "grey")
        return [Section(N_("Attendance")), row(Dots(self.desk.look, cell.text, cell.tooltip), words, stretch=0)]

    def _requests(self, sheet: Sheet) -> list[Part]:
        parts: list[Part] = [Section(N_("Nomination requests"), action=N_("Note a request"), run=self._ask_nomination)]
        for request in sheet.requests:
            asked = self.language.day(request.asked_on, short=True) or self.tr_(N_("No date"))
            answered = self.tr_(N_("answered")) if request.answered_on else self.tr_(N_("not answered yet"))
            parts.append(self._fold(NominationRequest, request.id, asked, answered))
            if request.id in self._opened:
                parts += [
                    DateField(f"asked:{request.id}", N_("Asked on"), request.asked_on, partial=True),
                    DateField(f"answered:{request.id}", N_("Answered on"), request.answered_on, partial=True),
                ]
        return parts

    def _fold(self, entity: type[Record], key: UUID, title: str, detail: str) -> Part:
        def toggle() -> None:
            self._opened ^= {key}
            chosen = self.current()
            if chosen is not None:
                self.inspector.parts.update_parts(self.parts_of(chosen), self._saver(chosen))

        def remove() -> None:
            if self.attempt(REMOVED[entity], records.remove, entity, key) is not None:
                self.desk.say_with_undo(self.tr_(N_("Moved to Trash.")))

        taken = None if self.hub.read_only else remove
        return Fold(self.desk, title, detail, toggle, opened=key in self._opened, remove=taken)

    def _actions(self, sheet: Sheet) -> list[Part]:
        """What the seat still owes: ticked here, opened with a click."""
        title = N_("Open action points")
        if not sheet.actions:
            return [Section(title), label(self.desk.look, self.tr_(N_("Nothing is open.")), "grey")]
        view = LinesView(self.desk.look, self.tr_(title), roomy=False, deep=2)
        view.show_lines([self._action(action) for action in sheet.actions[:MOST_ACTIONS]])
        view.ticked.connect(self._tick)
        view.opened.connect(self._open_action)
        return [Section(title), view]

    def _action(self, action: ActionPoint) -> Line:
        language, task = self.language, self.language.pick(action, "task")
        pill, tone = ("", "neutral") if action.due is None else due_words(language, action.due, self.desk.today())
        due = self.tr_(N_("due on {day}"), day=language.day(action.due)) if action.due is not None else ""
        spoken = language.list([one for one in (task, due, pill) if one])
        ticked = None if self.hub.read_only else False
        tip = f"{task}\n{due}".strip()
        return Line(task, action.id, pill=pill, tone=tone, ticked=ticked, spoken=spoken, tooltip=tip)

    def _tick(self, key: UUID) -> None:
        if self.attempt(N_("Mark as done"), actions.mark_done, key, self.desk.today()) is not None:
            self.desk.say_with_undo(self.tr_(N_("Done.")))

    def _open_action(self, key: UUID) -> None:
        self.desk.go("actions", key)

    # Changes ---------------------------------------------------------------------------------------------------------

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        kind, _, key = name.partition(":")
        text = value if value is not None else ""
        if kind in ("from", "until"):
            field = "start" if kind == "from" else "end"
            return self.hub.step(N_("Change an appointment"), records.update, Appointment, UUID(key), **{field: text})
        if kind == "role":
            return self.hub.step(N_("Change an appointment"), records.update, Appointment, UUID(key), role=value)
        if kind in ("asked", "answered"):
            step = N_("Change a nomination request")
            return self.hub.step(step, records.update, NominationRequest, UUID(key), **{f"{kind}_on": text})
        return self.hub.step(N_("Change member"), records.update, Membership, record_id, **{name: text})

    def new(self) -> None:
        before = self.current()
        super().new()
        doable = self.inspector.parts.pressable()
        if self.current() != before and doable:
            # Who speaks for the seat comes next; letters typed into what it belongs as would change that at once.
            doable[0].button.setFocus()

    def make_new(self) -> UUID | None:
        made = ask_seat(self.desk, self)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove member"), records.remove, Membership, record_id)

    def _ask_nomination(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.attempt(
                N_("Note a nomination request"),
                records.create,
                NominationRequest,
                membership_id=chosen,
                asked_on=self.desk.today().isoformat(),
            )


def reached_at(person: Person) -> str:
    """How to reach somebody: the first e-mail and telephone, whole inside a line of any language."""
    first = (text.split(";")[0].split(",")[0].strip() for text in (person.emails, person.phones))
    # A number goes to the next line as a whole, and no dot stays behind.
    return "\u2003".join(isolate(text.replace(" ", "\u00a0")) for text in first if text)
