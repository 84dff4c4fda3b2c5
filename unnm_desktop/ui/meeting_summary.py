"""What came of a meeting that was held: who was there, its minutes and papers, what was decided, what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.actions import ActionStatus
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.i18n import N_
from unnm_desktop.services import meeting_names, meetings, papers
from unnm_desktop.ui.attendance_sources import read_attendance
from unnm_desktop.ui.forms import STACK_FROM
from unnm_desktop.ui.inspector import PartsView, Section
from unnm_desktop.ui.line_model import Line
from unnm_desktop.ui.lines import LinesView
from unnm_desktop.ui.minutes_sheet import read_minutes
from unnm_desktop.ui.minutes_state import TONES
from unnm_desktop.ui.today_words import near_day
from unnm_desktop.ui.widgets import label, shrinking

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.attendance_sources import AttendanceSheet
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.inspector import Part
    from unnm_desktop.ui.minutes_blocks import BlockView
    from unnm_desktop.ui.minutes_sheet import MinutesSheet

FINISHED = (ActionStatus.DONE, ActionStatus.DROPPED)


@dataclass(frozen=True)
class Outcome:
    """All that the summary tells."""

    attendance: AttendanceSheet
    minutes: MinutesSheet
    papers: int
    following: Meeting | None


def read_outcome(session: Session, meeting_id: UUID, desk: Desk) -> Outcome:
    """Read it at one moment."""
    found = read_attendance(session, meeting_id)
    return Outcome(
        found,
        read_minutes(session, meeting_id, desk),
        len(papers.papers(session, meeting_id)),
        meetings.next_meeting(session, found.meeting.network_id, desk.today()),
    )


class MeetingSummary(PartsView):
    """The parts of a meeting in a few lines, each of which leads to the whole."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._leads: dict[UUID | str, Callable[[], object]] = {}

    def show_meeting(self, meeting_id: UUID) -> None:
        """Tell of this one."""
        found = self.desk.hub.read(read_outcome, meeting_id, self.desk)
        self._leads = {}
        parts = [*self._course(meeting_id, found), *self._decisions(found), *self._actions(found)]
        self.show_parts([*parts, *self._following(found)])

    def _course(self, meeting_id: UUID, found: Outcome) -> list[Part]:
        """Who was there, how far the minutes are, what was on the table."""
        tr, language, sheet = self.desk.tr, self.desk.language, found.attendance
        for tab in ("attendance", "minutes", "papers"):
            self._leads[tab] = partial(self.desk.go, "meeting", meeting_id, tab=tab)
        missing = [one.organisation.short for one in sheet.members if not one.represented]
        there = tr(
            N_("{present} of {members} members represented"), present=sheet.represented, members=len(sheet.members)
        )
        newest = found.minutes.minutes
        state = tr(newest.state.label) if newest is not None else tr(N_("Not begun"))
        lines = [
            Line(there, "attendance", icon="users"),
            Line(
                tr(N_("Minutes: {state}"), state=state), "minutes", icon="file-text",
                tone=TONES[newest.state] if newest is not None else "neutral",
            ),
            Line(
                language.ntr("{n} paper", "{n} papers", found.papers) if found.papers else tr(N_("No papers")),
                "papers", icon="paperclip",
            ),
        ]  # fmt: skip
        parts: list[Part] = [Section(N_("What came of it"), first=True), self._list(tr(N_("What came of it")), lines)]
        if missing:
            words = tr(N_("Not represented: {names}"), names=language.list(missing))
            parts.append(shrinking(label(self.desk.look, words, "small", wrap=True)))
        return parts

    def _decisions(self, found: Outcome) -> list[Part]:
        views = [found.minutes.views["decision", one.id] for one, _ in found.minutes.decisions]
        return self._blocks(N_("Decisions"), views, "decisions") if views else []

    def _actions(self, found: Outcome) -> list[Part]:
        tasks = [one for one, _ in found.minutes.actions]
        if not tasks:
            return []
        done = sum(one.status in FINISHED for one in tasks)
        parts = self._blocks(N_("Action points"), [found.minutes.views["action", one.id] for one in tasks], "actions")
        told = self.desk.tr(N_("{done} of {n} finished"), done=done, n=len(tasks))
        return [parts[0], label(self.desk.look, told, "small"), *parts[1:]]

    def _blocks(self, title: str, views: list[BlockView], place: str) -> list[Part]:
        lines = []
        for view in views:
            self._leads[view.id] = partial(self.desk.go, place, view.id)
            spoken = self.desk.language.list([view.text, view.pill])
            whole = "\n".join(part for part in (view.title, view.text, view.aside) if part)
            lines.append(Line(view.text, view.id, pill=view.pill, tone=view.tone, spoken=spoken, tooltip=whole))
        return [Section(title), self._list(self.desk.tr(title), lines)]

    def _following(self, found: Outcome) -> list[Part]:
        coming, language = found.following, self.desk.language
        if coming is None:
            return []
        self._leads[coming.id] = partial(self.desk.go, "meeting", coming.id)
        day = near_day(language, coming.day, self.desk.today())
        name = meeting_names.name_of(coming, language)
        line = Line(name, coming.id, pill=day, tone="info", icon="calendar-days", spoken=language.list([name, day]))
        return [Section(N_("Next meeting")), self._list(self.desk.tr(N_("Next meeting")), [line])]

    def _list(self, name: str, lines: list[Line]) -> LinesView:
        # In large letters half of a wording is not enough to know it by.
        deep = 2 if self.desk.look.text_size >= STACK_FROM else 1
        made = LinesView(self.desk.look, name, roomy=False, deep=deep)
        # Their words begin where the titles over them do.
        made.setViewportMargins(2, 0, 2, 0)
        made.show_lines(lines)
        made.opened.connect(self._open)
        return made

    def _open(self, key: UUID | str) -> None:
        lead = self._leads.get(key)
        if lead is not None:
            lead()
