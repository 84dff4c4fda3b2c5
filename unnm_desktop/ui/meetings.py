"""The meetings of the network, with what is left to do before the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.i18n import N_
from unnm_desktop.services import meetings, numbering, records
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import NO_ROW, Command
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.meeting_forms import (
    MeetingSheet,
    ask_cancel,
    ask_meeting,
    ask_postpone,
    lies_ahead,
    meeting_fields,
    read_meeting,
    save_meeting,
    stage_of,
    when_and_where,
)
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.readiness_list import ReadinessList
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from unnm_desktop.ui.row_source import RowSource


LISTED = laid_out(
    meetings.MEETINGS,
    {"day": 1.05, "title": 2.6, "kind": 1.2, "present": 0.8, "state": 1.4},
    ("reference", "starts"),
)


class MeetingsPage(RecordsPage):
    """Meetings by year; beside one its readiness, day, place and chairs. Enter opens the whole meeting."""

    name = "meetings"
    kind = "meeting"
    title = N_("Meetings")
    kinds = frozenset(
        {"meeting", "meeting_chair", "agenda_item", "invitation", "attendance", "minutes", "organisation"}
    )
    new_text = N_("New meeting")
    filter_text = N_("Filter meetings")
    removed_text = N_("Meeting moved to Trash.")
    empty_icon = "calendar-days"
    empty_title = N_("No meetings yet")
    empty_text = N_("Plan the first one and invite the members.")
    empty_button = N_("Plan a meeting")

    def source(self) -> RowSource:
        return source_of(
            self.desk, LISTED, Layout(stretch="title", below={"title": "reference", "day": "starts"}, enough=170)
        )

    def subline(self) -> str:
        if self.table.model() is None:
            return ""
        coming = self.hub.read(meetings.next_meeting, self.desk.network_id, self.desk.today())
        count = self.language.ntr("{n} meeting", "{n} meetings", self.table.listing.count)
        if coming is None:
            return count
        day = self.language.weekday_day(coming.day, short=True)
        next_one = self.tr_(N_("next on {day}"), day=day)
        return f"{count} · {next_one}"

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command(
                "open-meeting",
                N_("Open the meeting"),
                self._open_current,
                "arrow-right",
                (),
                self._one,
                "file",
                why=NO_ROW,
            ),
            Command(
                "postpone",
                N_("Postpone the meeting"),
                self._postpone,
                "calendar-clock",
                (),
                self._ahead,
                "edit",
                why=N_("Only a meeting that is still ahead can be postponed or cancelled."),
            ),
            Command(
                "cancel-meeting",
                N_("Cancel the meeting"),
                self._cancel,
                "calendar-x",
                (),
                self._ahead,
                "edit",
                why=N_("Only a meeting that is still ahead can be postponed or cancelled."),
            ),
        )

    def open(self, record_id: UUID) -> None:
        self.desk.go("meeting", record_id)

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_meeting, record_id, self.desk.today())
        meeting = sheet.meeting
        state, tone = stage_of(self.desk, sheet)
        tags = (Tag(state, tone), Tag(self.tr_(meeting.kind.label), "neutral"))
        parts: list[Part] = [
            Head(meetings.name_of(meeting, self.language), tags),
            label(self.desk.look, self._line(sheet), "grey", wrap=True),
            ButtonList(self.desk.look, self._doable(meeting)),
        ]
        if lies_ahead(meeting):
            parts += [Section(N_("Readiness")), ReadinessList(self.desk, record_id, sheet.readiness)]
        return [*parts, Section(N_("Details")), *meeting_fields(self.desk, sheet)]

    def _line(self, sheet: MeetingSheet) -> str:
        meeting = sheet.meeting
        lines = [numbering.printed(meeting.reference), *(text for _, text in when_and_where(self.desk, meeting))]
        if meeting.state in (MeetingState.POSTPONED, MeetingState.CANCELLED) and meeting.reason:
            lines.append(self.tr_(N_("Reason: {reason}"), reason=meeting.reason))
        return "\n".join(lines)

    def _doable(self, meeting: Meeting) -> list[Doable]:
        found: list[Doable] = [(self.tr_(N_("Open the meeting")), self._open_current, "primary", "arrow-right")]
        if lies_ahead(meeting) and not self.hub.read_only:
            found.append((self.tr_(N_("Postpone")), self._postpone, "link", ""))
            found.append((self.tr_(N_("Cancel the meeting")), self._cancel, "link", ""))
        return found

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        return save_meeting(self.desk, record_id, name, value)

    def make_new(self) -> UUID | None:
        made = ask_meeting(self.desk, self)
        return made.id if made is not None else None

    def new(self) -> None:
        """Plan one; Enter then opens it, because its agenda comes before its details."""
        super().new()
        self.table.setFocus()

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove meeting"), records.remove, Meeting, record_id)

    def _one(self) -> bool:
        return self.current() is not None

    def _ahead(self) -> bool:
        chosen = self.current()
        return chosen is not None and lies_ahead(self.hub.read(records.get, Meeting, chosen))

    def _open_current(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.open(chosen)

    def _postpone(self) -> None:
        chosen = self.current()
        if (
            chosen is not None
            and ask_postpone(self.desk, self, self.hub.read(records.get, Meeting, chosen)) is not None
        ):
            self.desk.say_with_undo(self.tr_(N_("The meeting is postponed.")))

    def _cancel(self) -> None:
        chosen = self.current()
        if chosen is not None and ask_cancel(self.desk, self, self.hub.read(records.get, Meeting, chosen)) is not None:
            self.desk.say_with_undo(self.tr_(N_("The meeting is cancelled.")))
