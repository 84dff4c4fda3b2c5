"""The register of decisions, and what each member says about one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtGui import QGuiApplication

from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState, Position, Stance
from unnm_desktop.db.meetings import AgendaItem, Meeting, MeetingState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    attendance,
    calendar,
    decision_register,
    decisions,
    meetings,
    networks,
    numbering,
    records,
)
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import NO_ROW, Command
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.decision_forms import (
    SUBJECTS,
    ask_act,
    ask_decision,
    ask_extension,
    ask_silence,
    find_decisions,
    name_of,
)
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import BilingualField, LongTextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.lookups import all_meetings, meeting_line
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.position_parts import SOUGHT, position_parts
from unnm_desktop.ui.reading_fields import LinkField, Passage, ReadOnly
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.row_source import RowSource


@dataclass(frozen=True)
class Sheet:
    """A decision with all that its inspector shows."""

    decision: Decision
    standing: decisions.Standing
    positions: tuple[tuple[Position, Organisation], ...]
    meeting: Meeting | None
    item: AgendaItem | None
    objectives: tuple[Objective, ...]
    newer: Decision | None
    zone: str
    # Those who sat in its meeting and have not spoken yet.
    present: tuple[UUID, ...]


def read_sheet(session: Session, decision_id: UUID, on: date) -> Sheet:
    """Read a decision whole, judged at the end of the day as the register is."""
    decision = records.get(session, Decision, decision_id)
    zone = records.get(session, Network, decision.network_id).time_zone
    at = calendar.end_of_day(on, zone)
    said = decisions.positions(session, decision_id)
    bodies = records.by_id(session, Organisation, {one.organisation_id for one in said})
    pairs = [(one, bodies[one.organisation_id]) for one in said if one.organisation_id in bodies]
    pairs.sort(key=lambda pair: (pair[0].late, pair[1].short.casefold(), pair[0].id))
    meeting = records.get(session, Meeting, decision.meeting_id) if decision.meeting_id else None
    waiting = {one.organisation_id for one in said if one.stance is Stance.NOT_REACHED and not one.late}
    here: tuple[UUID, ...] = ()
    if meeting is not None and waiting and meeting.state is not MeetingState.CANCELLED:
        grid = attendance.attendance_grid(session, meeting.id)
        here = tuple(row.organisation.id for row in grid if row.represented and row.organisation.id in waiting)
    return Sheet(
        decision,
        decisions.standing(session, [decision_id], at)[decision_id],
        tuple(pairs),
        meeting,
        records.get(session, AgendaItem, decision.agenda_item_id) if decision.agenda_item_id else None,
        tuple(networks.objectives_on(session, decision.network_id, decision.decided_on)),
        records.get(session, Decision, decision.superseded_by_id) if decision.superseded_by_id else None,
        zone,
        here,
    )


LISTED = laid_out(
    decisions.DECISIONS, {"reference": 1.1, "text": 3.2, "meeting": 1.1, "how": 2.1, "state": 1.45}, ("decided_on",)
)


class DecisionsPage(RecordsPage):
    """Every decision with its state; beside it the wording, the members' positions and what comes next."""

    name = "decisions"
    kind = "decision"
    title = N_("Decisions")
    kinds = frozenset({"decision", "position", "meeting", "attendance", "organisation"})
    new_text = N_("New decision")
    filter_text = N_("Filter decisions")
    removed_text = N_("Decision moved to Trash.")
    empty_icon = "gavel"
    empty_title = N_("No decisions yet")
    on_rows = ("cite",)
    empty_text = N_(
        "Record a decision while you write the minutes. It appears here with its number, wording and how consensus was "
        "reached."
    )

    def __init__(self, desk: Desk) -> None:
        # The decision in whose long list of members somebody is looked for, and by what words.
        self._sought: tuple[UUID | None, str] = (None, "")
        super().__init__(desk)

    def source(self) -> RowSource:
        return source_of(self.desk, LISTED, Layout(stretch="text", below={"reference": "decided_on"}))

    def subline(self) -> str:
        if self.table.model() is None:
            return ""
        return self.language.ntr("{n} decision", "{n} decisions", self.table.listing.count)

    def commands(self) -> Sequence[Command]:
        one = self._one
        return (
            *super().commands(),
            Command("put", N_("Put to the members"), self._put, "users", (), one, "edit", why=NO_ROW),
            Command("silence", N_("Start silence procedure"), self._silence, "hourglass", (), one, "edit", why=NO_ROW),
            Command(
                "cite",
                N_("Copy the number and wording"),
                self._copy,
                "copy",
                ("Ctrl+Shift+C",),
                one,
                "edit",
                why=NO_ROW,
            ),
        )

    def _one(self) -> bool:
        return self.current() is not None

    def empty_first(self) -> tuple[str, Callable[[], object]] | None:
        held = self.hub.read(meetings.last_held, self.desk.network_id, self.desk.today())
        if held is None:
            return super().empty_first()
        text = self.tr_(N_("Open the minutes: {meeting}"), meeting=meetings.name_of(held, self.language))
        return text, lambda: self.desk.go("meeting", held.id, tab="minutes")

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        if self.hub.read(meetings.last_held, self.desk.network_id, self.desk.today()) is not None:
            return super().empty_first()
        return self.tr_(N_("Go to the meetings")), lambda: self.desk.go("meetings")

    # The inspector --------------------------------------------------------------------------------------------

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_sheet, record_id, self.desk.today())
        decision, found = sheet.decision, sheet.standing
        parts: list[Part] = [
            Head(
                numbering.printed(decision.reference),
                (Tag(self.tr_(found.state.label), decision_register.TONES[found.state]),),
            ),
            label(self.desk.look, self._how(sheet), "grey", wrap=True),
        ]
        doable = self._doable(sheet)
        if doable:
            parts.append(ButtonList(self.desk.look, doable))
        parts += self._wording(decision)
        parts += self._facts(sheet)
        if decision.pending_on is not None:
            parts.append(Section(N_("What the members say")))
            sought = self._sought[1] if self._sought[0] == record_id else ""
            parts += position_parts(self.desk, sheet.positions, sought)
        parts += self._afterwards(sheet)
        parts += [Section(N_("Note")), LongTextField("note", "", decision.note)]
        return parts

    def _how(self, sheet: Sheet) -> str:
        decision, found = sheet.decision, sheet.standing
        lines = [decision_register.how_reached(found).told(self.language)]
        if found.silence_running and decision.silence_extension:
            lines.append(self.tr_(N_("Extended: {reason}"), reason=decision.silence_extension))
        if decision.act is not DecisionAct.NONE and decision.act_reason:
            day = self.language.day(decision.act_on)
            lines.append(self.tr_(N_("{day}: {reason}"), day=day, reason=decision.act_reason))
        if found.late:
            names = self.language.list([one.short for one in found.late])
            lines.append(self.tr_(N_("Objected after adoption, which undoes nothing: {names}"), names=names))
        return "\n".join(lines)

    def _doable(self, sheet: Sheet) -> list[Doable]:
        decision, found, tr = sheet.decision, sheet.standing, self.tr_
        if self.hub.read_only:
            return []
        copy: Doable = (tr(N_("Copy the wording")), self._copy, "link", "copy")
        if decision.act in (DecisionAct.DEFERRED, DecisionAct.WITHDRAWN, DecisionAct.ESCALATED):
            return [(tr(N_("Take it up again")), self._take_up, "primary", "undo-2"), copy]
        offered: list[Doable] = []
        if found.state is DecisionState.DRAFT and decision.has_text:
            offered.append((tr(N_("Put to the members")), self._put, "primary", "users"))
        if found.state is DecisionState.PENDING:
            if sheet.present:
                offered.append((tr(N_("All who sat in the meeting agree")), self._hear, "", "check"))
            if found.silence_running:
                offered.append((tr(N_("Extend silence procedure")), self._extend, "", "calendar-clock"))
            else:
                offered.append((tr(N_("Start silence procedure")), self._silence, "", "hourglass"))
        if found.state in (DecisionState.DRAFT, DecisionState.PENDING, DecisionState.NOT_ADOPTED):
            offered.append((tr(N_("Defer")), lambda: self._act(DecisionAct.DEFERRED), "link", ""))
            offered.append((tr(N_("Withdraw")), lambda: self._act(DecisionAct.WITHDRAWN), "link", ""))
            if found.state is not DecisionState.DRAFT:
                offered.append((tr(N_("Escalate")), lambda: self._act(DecisionAct.ESCALATED), "link", ""))
        offered.append(copy)
        return offered

    def _wording(self, decision: Decision) -> list[Part]:
        if decision.pending_on is None:
            return [BilingualField("text", N_("Wording"), decision.text_en, decision.text_ar, long=True)]
        # Once the members were asked the wording stays; it can be read and copied.
        pairs = [("text_en", decision.text_en, N_("Wording")), ("text_ar", decision.text_ar, N_("In Arabic"))]
        if self.desk.look.rtl:
            pairs = [("text_ar", decision.text_ar, N_("Wording")), ("text_en", decision.text_en, N_("In English"))]
        return [Passage(name, title, text) for name, text, title in pairs if text]

    def _facts(self, sheet: Sheet) -> list[Part]:
        decision, language = sheet.decision, self.language
        parts: list[Part] = [ChoiceField("subject", N_("Subject"), decision.subject, SUBJECTS)]
        if decision.pending_on is None:
            parts.append(DateField("decided_on", N_("Day"), decision.decided_on))
        else:
            parts.append(ReadOnly("pending_on", N_("Put to members"), language.day(decision.pending_on)))
        if sheet.standing.adopted_on is not None:
            parts.append(ReadOnly("adopted_on", N_("Adopted on"), language.day(sheet.standing.adopted_on)))
        if sheet.standing.silence_until is not None:
            until = language.moment(sheet.standing.silence_until, sheet.zone)
            parts.append(ReadOnly("silence_until", N_("Silence until"), until))
        if sheet.meeting is not None:
            meeting = sheet.meeting
            name = meetings.name_of(meeting, language)
            parts.append(LinkField("meeting", N_("Meeting"), name, lambda: self.desk.go("meeting", meeting.id)))
        if sheet.item is not None:
            parts.append(ReadOnly("item", N_("Agenda item"), language.pick(sheet.item, "title")))
        choices = [(None, N_("None")), *((one.id, self._objective(one)) for one in sheet.objectives)]
        parts.append(ChoiceField("objective_id", N_("Objective"), decision.objective_id, choices))
        return parts

    def _objective(self, objective: Objective) -> str:
        return f"{self.language.number(objective.number)}. {self.language.pick(objective, 'short')}"

    def _afterwards(self, sheet: Sheet) -> list[Part]:
        decision = sheet.decision
        if sheet.standing.state not in decisions.IN_FORCE:
            return []
        newer = name_of(self.desk, sheet.newer) if sheet.newer is not None else ""
        return [
            Section(N_("Afterwards")),
            DateField("implemented_on", N_("Implemented on"), decision.implemented_on),
            RecordField(
                "superseded_by_id", N_("Superseded by"), decision.superseded_by_id, newer,
                find=lambda text: self._find_newer(decision.id, text),
            ),
        ]  # fmt: skip

    def _find_newer(self, decision_id: UUID, text: str) -> list[tuple[UUID, str]]:
        found = self.hub.read(find_decisions, self.desk.network_id, text, self.desk)
        return [item for item in found if item[0] != decision_id]

    # Changes --------------------------------------------------------------------------------------------

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        step, on = self.hub.step, self.desk.today()
        if name == SOUGHT:
            self._sought = (record_id, value)
            self.refresh_soon()
            return None
        if name.startswith("position:"):
            stance, reason, resolve = value
            return step(
                N_("Note a position"), decisions.take_position, record_id, UUID(name.partition(":")[2]), stance,
                now(self.desk), reason=reason, would_resolve=resolve,
            )  # fmt: skip
        if name in ("text_en", "text_ar"):
            return step(N_("Change the wording"), decisions.change_text, record_id, **{name: value})
        if name == "implemented_on" and value is not None:
            return step(N_("Note the implementation"), decisions.implement, record_id, value)
        if name == "superseded_by_id" and value is not None:
            return step(N_("Supersede the decision"), decisions.supersede, record_id, value, on)
        return step(N_("Change decision"), records.update, Decision, record_id, **{name: value})

    def make_new(self) -> UUID | None:
        held = self.hub.read(all_meetings, self.desk.network_id)
        choices: list[tuple[UUID | None, str]] = [(None, N_("No meeting"))]
        choices += [(one.id, meeting_line(self.desk, one)) for one in held[:40]]

        def keep(on: date, values: dict[str, Any]) -> Decision:
            return self.hub.step(N_("New decision"), decisions.propose, self.desk.network_id, on, **values)

        made = ask_decision(self.desk, self, keep=keep, meetings=choices)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove decision"), records.remove, Decision, record_id)

    def _put(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        decision = self.hub.read(records.get, Decision, chosen)
        done = self.attempt(N_("Put to the members"), decisions.put_to_members, chosen, decision.decided_on)
        if done is not None:
            self.desk.say_with_undo(self.tr_(N_("Put to the members. Note what each of them says.")))

    def _hear(self) -> None:
        chosen = self.current()
        if chosen is not None:
            sheet = self.hub.read(read_sheet, chosen, self.desk.today())
            self.attempt(N_("Note who agrees"), decisions.hear, chosen, sheet.present, now(self.desk))

    def _silence(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        sheet = self.hub.read(read_sheet, chosen, self.desk.today())
        if sheet.standing.state is not DecisionState.PENDING or sheet.standing.silence_running:
            self.attempt(N_("Start silence procedure"), decisions.start_silence, chosen, now(self.desk))
            return
        if ask_silence(self.desk, self, chosen, sheet.zone) is not None:
            self.desk.say_with_undo(self.tr_(N_("The silence procedure runs.")))

    def _extend(self) -> None:
        chosen = self.current()
        if chosen is not None:
            sheet = self.hub.read(read_sheet, chosen, self.desk.today())
            ask_extension(self.desk, self, sheet.decision, sheet.zone)

    def _act(self, what: DecisionAct) -> None:
        chosen = self.current()
        if chosen is not None:
            ask_act(self.desk, self, chosen, what)

    def _take_up(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.attempt(N_("Take a decision up again"), decisions.act, chosen, DecisionAct.NONE, self.desk.today())

    def _copy(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        decision = self.hub.read(records.get, Decision, chosen)
        words = self.language.pick(decision, "text")
        QGuiApplication.clipboard().setText(f"{numbering.printed(decision.reference)}\n{words}")
        self.desk.say(self.tr_(N_("Number and wording copied.")))
