"""Action points: a list grouped by due day, one promise beside it with its notes and reminders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.actions import OPEN_STATUSES, ActionNote, ActionPoint, ActionStatus, NoteKind
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import actions, meetings, networks, numbering, records
from unnm_desktop.ui.action_forms import ask_action, ask_move
from unnm_desktop.ui.bulk import Bulk, Deed
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import NOT_OPEN, Command
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.lookups import find_organisations, find_people
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.reading_fields import LinkField, Passage
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.row_source import RowSource

TONES = {
    ActionStatus.OPEN: "info",
    ActionStatus.IN_PROGRESS: "violet",
    ActionStatus.DONE: "good",
    ActionStatus.DROPPED: "neutral",
}


@dataclass(frozen=True)
class Sheet:
    """An action point with all that its inspector shows."""

    action: ActionPoint
    responsible: tuple[tuple[Organisation, Person | None], ...]
    notes: tuple[ActionNote, ...]
    meeting: Meeting | None
    decision: Decision | None
    activity: Activity | None
    objectives: tuple[Objective, ...]


def read_sheet(session: Session, action_id: UUID, on: date) -> Sheet:
    """Read an action point whole."""
    action = records.get(session, ActionPoint, action_id)
    return Sheet(
        action,
        tuple(actions.responsible_of(session, [action_id])[action_id]),
        tuple(actions.notes(session, action_id)),
        records.get(session, Meeting, action.meeting_id) if action.meeting_id else None,
        records.get(session, Decision, action.decision_id) if action.decision_id else None,
        records.get(session, Activity, action.activity_id) if action.activity_id else None,
        tuple(networks.objectives_on(session, action.network_id, on)),
    )


LISTED = laid_out(actions.ACTIONS, {"task": 3.2, "responsible": 1.75, "due": 1.05, "status": 1.0}, ("reference",))


class ActionsPage(RecordsPage):
    """Every action point; Space marks one as done."""

    name = "actions"
    kind = "action_point"
    title = N_("Action points")
    kinds = frozenset({"action_point", "action_responsible", "action_note", "organisation", "person"})
    new_text = N_("New action point")
    filter_text = N_("Filter action points")
    removed_text = N_("Action point moved to Trash.")
    empty_icon = "circle-check"
    empty_title = N_("No action points")
    empty_text = N_("They appear when you record them in minutes.")
    empty_button = N_("Add one anyway")
    on_rows = ("move-date", "give")

    def source(self) -> RowSource:
        return source_of(self.desk, LISTED, Layout(stretch="task", below={"task": "reference"}))

    def first_choice(self) -> str:
        # What is still to be done comes first; everything is one chip away.
        unfinished = self.hub.read(actions.tally, self.desk.network_id, self.desk.today()).unfinished
        return "open" if unfinished else ""

    def subline(self) -> str:
        if not self.hub.is_open:
            return ""
        found = self.hub.read(actions.tally, self.desk.network_id, self.desk.today())
        self.desk.set_badge("actions", found.overdue)
        open_ones = self.language.ntr("{n} open", "{n} open", found.unfinished)
        late = self.language.ntr("{n} overdue", "{n} overdue", found.overdue)
        return f"{open_ones} · {late}"

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        return self.tr_(N_("Go to the meetings")), lambda: self.desk.go("meetings")

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command("done", N_("Mark as done"), self._done, "check", ("Space",), self._is_open, "edit",
                    within=self.table, why=NOT_OPEN),
            Command("remind", N_("Note a reminder"), self._remind, "bell", (), self._is_open, "edit", why=NOT_OPEN),
            Command("move-date", N_("Move the date"), lambda: self._all_moved(self.marked()), "calendar-clock", (),
                    self._is_open, "edit", why=NOT_OPEN),
            Command("give", N_("Give to others"), lambda: self._all_given(self.marked()), "users", (), self._is_open,
                    "edit", why=NOT_OPEN),
        )  # fmt: skip

    def _is_open(self) -> bool:
        chosen = self.current()
        return (
            chosen is not None and self.hub.read(records.get, ActionPoint, chosen).status in OPEN_STATUSES
        ) and not self.hub.read_only

    # The inspector ---------------------------------------------------------------------------------------------------

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_sheet, record_id, self.desk.today())
        action, tr, language = sheet.action, self.tr_, self.language
        tags = [Tag(tr(action.status.label), TONES[action.status])]
        if actions.is_overdue(action, self.desk.today()):
            tags.append(Tag(tr(N_("Overdue")), "bad"))
        parts: list[Part] = [Head(numbering.printed(action.reference), tuple(tags))]
        if not self.hub.read_only:
            parts.append(ButtonList(self.desk.look, self._doable(action)))
        parts += [
            BilingualField("task", N_("Task"), action.task_en, action.task_ar, long=True),
            RecordsField(
                "responsible",
                N_("Responsible"),
                [(body.id, body.short) for body, _ in sheet.responsible],
                find=find_organisations(self.desk),
            ),
        ]
        parts += [
            RecordField(
                f"person:{body.id}",
                N_("Person"),
                person.id if person else None,
                language.pick(person, "name") if person else "",
                find=find_people(self.desk),
                hint=body.short,
            )
            for body, person in sheet.responsible
        ]
        parts.append(DateField("due", N_("Due"), action.due))
        if action.status is ActionStatus.DONE:
            parts.append(DateField("done_on", N_("Done on"), action.done_on))
        if action.status is ActionStatus.DROPPED:
            parts.append(Passage("dropped_reason", N_("Dropped because"), action.dropped_reason))
        parts.append(LongTextField("evidence", N_("Evidence"), action.evidence, hint=N_("What shows that it was done")))
        parts += self._origin(sheet)
        parts.append(Section(N_("Notes and reminders"), action=N_("Add a note"), run=self._note))
        parts += [label(self.desk.look, self._told(one), "grey", wrap=True) for one in sheet.notes]
        if not sheet.notes:
            parts.append(label(self.desk.look, tr(N_("No notes yet.")), "grey"))
        return parts

    def _told(self, one: ActionNote) -> str:
        day = self.language.day(one.noted_on, short=True)
        words = self.tr_(NoteKind.REMINDER.label) if one.kind is NoteKind.REMINDER else ""
        return " · ".join(part for part in (day, words, one.text) if part)

    def _doable(self, action: ActionPoint) -> list[Doable]:
        tr = self.tr_
        if action.status not in OPEN_STATUSES:
            return [(tr(N_("Open again")), self._reopen, "", "undo-2")]
        offered: list[Doable] = [(tr(N_("Mark as done")), self._done, "primary", "check")]
        if action.status is ActionStatus.OPEN:
            offered.append((tr(N_("Begin")), self._begin, "", "play"))
        offered.append((tr(N_("Note a reminder")), self._remind, "link", "bell"))
        offered.append((tr(N_("Drop")), self._drop, "link", ""))
        return offered

    def _origin(self, sheet: Sheet) -> list[Part]:
        action, language = sheet.action, self.language
        parts: list[Part] = [Section(N_("Where it comes from"))]
        if sheet.meeting is not None:
            meeting = sheet.meeting
            name = meetings.name_of(meeting, language)
            parts.append(LinkField("meeting", N_("Meeting"), name, lambda: self.desk.go("meeting", meeting.id)))
        if sheet.decision is not None:
            decision = sheet.decision
            name = numbering.printed(decision.reference)
            parts.append(LinkField("decision", N_("Decision"), name, lambda: self.desk.go("decisions", decision.id)))
        if sheet.activity is not None:
            activity = sheet.activity
            name = language.pick(activity, "title")
            go = partial(self.desk.go, "workplan", activity.id)
            parts.append(LinkField("activity", N_("Activity"), name, go).across())
        parts.append(DateField("given_on", N_("Given on"), action.given_on))
        choices = [(None, N_("None"))] + [
            (one.id, f"{language.number(one.number)}. {language.pick(one, 'short')}") for one in sheet.objectives
        ]
        parts.append(ChoiceField("objective_id", N_("Objective"), action.objective_id, choices))
        return parts

    # Changes ---------------------------------------------------------------------------------------------------------

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        if name == "responsible" or name.startswith("person:"):
            return self._save_responsible(record_id, name, value)
        return self.hub.step(N_("Change action point"), records.update, ActionPoint, record_id, **{name: value})

    def _save_responsible(self, record_id: UUID, name: str, value: Any) -> object:
        known = {
            body.id: person for body, person in self.hub.read(read_sheet, record_id, self.desk.today()).responsible
        }
        if name == "responsible":
            kept = {key: known.get(key) for key in value}
            wanted = [(key, person.id if person else None) for key, person in kept.items()]
        else:
            body = UUID(name.partition(":")[2])
            wanted = [(key, value if key == body else (p.id if p else None)) for key, p in known.items()]
        return self.hub.step(N_("Change who is responsible"), actions.set_responsible, record_id, wanted)

    def make_new(self) -> UUID | None:
        def keep(values: dict[str, Any], responsible: list[tuple[UUID, UUID | None]]) -> ActionPoint:
            on = self.desk.today()
            made: ActionPoint = self.hub.step(
                N_("New action point"),
                actions.create_action,
                self.desk.network_id,
                on,
                responsible=responsible,
                **values,
            )
            return made

        made = ask_action(self.desk, self, keep)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove action point"), records.remove, ActionPoint, record_id)

    def _done(self) -> None:
        if self.table.selected_count() > 1:
            self._all_done(self.table.selected_ids())
            return
        chosen = self.current()
        if chosen is not None and self._is_open():
            done = self.attempt(N_("Mark as done"), actions.mark_done, chosen, self.desk.today())
            if done is not None:
                self.desk.say_with_undo(self.tr_(N_("Done.")))

    # Many at once ----------------------------------------------------------------------------------------------------

    def bulk(self) -> Sequence[Bulk]:
        if self.hub.read_only:
            return super().bulk()
        return (
            Bulk(N_("Mark as done"), self._all_done, "check", "primary"),
            Bulk(N_("Move the date"), self._all_moved, "calendar-clock"),
            Bulk(N_("Give to others"), self._all_given, "users"),
            Bulk(N_("Note reminders"), self._all_reminded, "bell"),
            Bulk(N_("Drop"), self._all_dropped, "circle-x"),
            *super().bulk(),
        )

    def _all_done(self, ids: Sequence[UUID]) -> None:
        on = self.desk.today()
        Deed(self, N_("Mark as done")).start(lambda session, key: actions.mark_done(session, key, on), ids)

    def _all_reminded(self, ids: Sequence[UUID]) -> None:
        on = self.desk.today()
        Deed(self, N_("Note reminders")).start(lambda session, key: actions.remind_owners(session, key, on), ids)

    def _all_moved(self, ids: Sequence[UUID]) -> None:
        verb = ask_move(self.desk, self)
        if verb is not None:
            Deed(self, N_("Move the date")).start(verb, ids)

    def _all_given(self, ids: Sequence[UUID]) -> None:
        def accept(values: dict[str, Any]) -> bool:
            wanted: list[actions.Responsible] = [(key, None) for key in values["responsible"]]
            if not wanted:
                raise Invalid({"responsible": N_("Choose who takes them over.")})
            Deed(self, N_("Give to others")).start(lambda session, key: actions.reassign(session, key, wanted), ids)
            return True

        parts = (RecordsField("responsible", N_("Responsible"), (), find=find_organisations(self.desk)),)
        FormDialog(self.desk, N_("Give to others"), parts, N_("Give to others"), accept, self).run()

    def _all_dropped(self, ids: Sequence[UUID]) -> None:
        def accept(values: dict[str, Any]) -> bool:
            reason = values["dropped_reason"].strip()
            if not reason:
                raise Invalid({"dropped_reason": N_("Say why they are dropped.")})
            Deed(self, N_("Drop action points")).start(lambda session, key: actions.drop(session, key, reason), ids)
            return True

        parts = (LongTextField("dropped_reason", N_("Reason"), ""),)
        FormDialog(self.desk, N_("Drop action points"), parts, N_("Drop"), accept, self).run()

    def _begin(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.attempt(N_("Begin an action point"), actions.begin, chosen)

    def _remind(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        noted = self.attempt(N_("Note a reminder"), actions.remind, chosen, self.desk.today())
        if noted is not None:
            self.desk.say_with_undo(self.tr_(N_("Reminder noted.")))

    def _drop(self) -> None:
        self._ask(N_("Drop the action point"), N_("Reason"), N_("Drop"), "dropped_reason", actions.drop)

    def _reopen(self) -> None:
        chosen = self.current()
        on = self.desk.today()
        if chosen is not None:
            self._ask(
                N_("Open the action point again"),
                N_("Reason"),
                N_("Open again"),
                "reason",
                lambda session, key, text: actions.reopen(session, key, on, text),
            )

    def _note(self) -> None:
        on = self.desk.today()
        self._ask(
            N_("Add a note"),
            N_("Note"),
            N_("Add"),
            "text",
            lambda session, key, text: actions.note(session, key, on, text),
        )

    def _ask(self, title: str, asked: str, button: str, name: str, work: Any) -> None:
        chosen = self.current()
        if chosen is None:
            return
        FormDialog(
            self.desk,
            title,
            (LongTextField(name, asked, ""),),
            button,
            lambda values: self.hub.step(title, work, chosen, values[name]),
            self,
        ).run()
