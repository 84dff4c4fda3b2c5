"""One meeting whole: agenda, attendance, minutes, decisions and actions, papers, details."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from PySide6.QtWidgets import QApplication, QWidget

from unnm_desktop.db.meetings import Meeting, MeetingState
from unnm_desktop.db.minutes import MinutesState
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, invitations, meeting_counts, meetings, records
from unnm_desktop.ui import mailing
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.conflict_notice import ConflictPlace
from unnm_desktop.ui.meeting_agenda import AgendaTab
from unnm_desktop.ui.meeting_attendance import AttendanceTab
from unnm_desktop.ui.meeting_details import DetailsTab
from unnm_desktop.ui.meeting_forms import MeetingSheet, lies_ahead, read_meeting, stage_of, when_and_where
from unnm_desktop.ui.meeting_minutes import MinutesTab
from unnm_desktop.ui.meeting_outcomes import OutcomesTab
from unnm_desktop.ui.meeting_papers import PapersTab
from unnm_desktop.ui.minutes_sheet import FIELDS
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.record_header import RecordHeader, Tabs

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.unwritten import Place

Button = tuple[str, Any, str, str]
TABS = ("agenda", "attendance", "minutes", "outcomes", "papers", "details")


class Tab(Protocol):
    """What every tab can do."""

    def show_meeting(self, key: UUID, /) -> None:
        """Read the meeting and show it."""


def circulate(session: Session, meeting_id: UUID, at: datetime) -> int:
    """Send agenda and invitations together; how many were reached."""
    sent = agendas.circulate_agenda(session, meeting_id, at)
    invitations.send_invitations(session, meeting_id, at.date())
    return len(sent)


class MeetingPage(Page):
    """The page of one meeting; its header says what comes next."""

    name = "meeting"
    place = "meetings"
    title = N_("Meeting")
    kinds = frozenset(
        {
            *("meeting", "meeting_chair", "agenda_item", "invitation", "attendance", "minutes", "minutes_entry"),
            *("comment", "decision", "position", "action_point", "action_responsible", "organisation", "person"),
            *("appointment", "attachment", "conflict"),
        }
    )
    own_header = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._meeting_id: UUID | None = None
        self.sheet: MeetingSheet | None = None
        self.header = RecordHeader(desk, desk.back)
        self.body.insertWidget(0, self.header)
        self.undecided = ConflictPlace(desk, "meeting")
        self.body.insertWidget(1, self.undecided)
        self.tabs = Tabs(desk, desk.tr(N_("Meeting")))
        # Each tab is made when it is first looked at.
        self._makers: dict[str, Callable[[], Tab]] = {
            "agenda": partial(AgendaTab, self),
            "attendance": partial(AttendanceTab, self),
            "minutes": partial(MinutesTab, self),
            "outcomes": partial(OutcomesTab, self, self._decide, self._act),
            "papers": partial(PapersTab, self),
            "details": partial(DetailsTab, self),
        }
        self._made: dict[str, Any] = {}
        # Tabs not read since the last change; each is read when it is looked at.
        self._unread: set[str] = set()
        for title in (
            N_("Agenda"), N_("Attendance"), N_("Minutes"), N_("Decisions and actions"), N_("Papers"), N_("Details"),
        ):  # fmt: skip
            self.tabs.add(title, QWidget())
        self.tabs.chosen.connect(self._look_at)
        self.body.addWidget(self.tabs, 1)

    # The tabs ------------------------------------------------------------------------------------------------

    @property
    def agenda(self) -> AgendaTab:
        """What will be or was spoken of."""
        found: AgendaTab = self._whole("agenda")
        return found

    @property
    def attendance(self) -> AttendanceTab:
        """Who is invited and who came."""
        found: AttendanceTab = self._whole("attendance")
        return found

    @property
    def minutes(self) -> MinutesTab:
        """What was said."""
        found: MinutesTab = self._whole("minutes")
        return found

    @property
    def outcomes(self) -> OutcomesTab:
        """What was decided and promised."""
        found: OutcomesTab = self._whole("outcomes")
        return found

    @property
    def papers(self) -> PapersTab:
        """The files that belong to it."""
        found: PapersTab = self._whole("papers")
        return found

    @property
    def details(self) -> DetailsTab:
        """Its facts."""
        found: DetailsTab = self._whole("details")
        return found

    def _whole(self, name: str) -> Any:
        """A tab, filled if it is shown."""
        self.complete()
        return self._tab(name)

    def _tab(self, name: str) -> Any:
        if name not in self._made:
            made: Any = self._makers[name]()
            self._made[name] = made
            self.tabs.stack.put(TABS.index(name), made)
        return self._made[name]

    @property
    def _shown(self) -> str:
        return TABS[self.tabs.current]

    def complete(self) -> None:
        super().complete()
        if "agenda" in self._made:
            self._made["agenda"].inspector.complete()

    def _look_at(self, _number: int) -> None:
        if self._shown in self._made:
            self._enter_tab()
        else:
            self.later(self._make_tab, self._enter_tab)

    def _make_tab(self) -> None:
        self._tab(self._shown)

    def _enter_tab(self) -> None:
        self._read_tab()
        widget = self.first_focus()
        if widget is not None and widget is not self.tabs:
            widget.setFocus()
        # Some commands are those of a tab.
        self.header_changed.emit()

    def _read_tab(self) -> None:
        """Read what the shown tab shows, if anything changed since."""
        if self._meeting_id is not None and self._shown in self._unread:
            self._unread.discard(self._shown)
            self._tab(self._shown).show_meeting(self._meeting_id)

    def _commit(self) -> bool:
        """Keep what is typed into the minutes; False where it could not be kept."""
        return "minutes" not in self._made or self.minutes.commit()

    # The frame --------------------------------------------------------------------------------------------

    def heading(self) -> str:
        sheet = getattr(self, "sheet", None)
        return meetings.name_of(sheet.meeting, self.language) if sheet is not None else self.desk.tr(self.title)

    def current(self) -> UUID | None:
        """The meeting now shown."""
        return self._meeting_id

    def leads_back(self) -> Mapping[str, object]:
        tab = TABS[self.tabs.current]
        return {"tab": tab, **self.minutes.leads_back()} if tab == "minutes" else {"tab": tab}

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        tab = options.get("tab")
        if record_id is not None and record_id != self._meeting_id:
            if not self._commit():
                # What could not be kept stays where it is; the bar says why.
                return
            self._meeting_id = record_id
            held = not lies_ahead(self.hub.read(records.get, Meeting, record_id))
            self.tabs.choose(TABS.index(str(tab) if tab in TABS else "minutes" if held else "agenda"))
            self.refresh()
        elif tab in TABS:
            self.tabs.choose(TABS.index(str(tab)))
        if self._left:
            self.later(partial(self._lead, options))
        else:
            self._lead(options)

    def _lead(self, options: Mapping[str, object]) -> None:
        """To the part of the meeting that was asked for."""
        field, part, item = options.get("field"), options.get("part"), options.get("item")
        paper = options.get("paper")
        if field in FIELDS:
            self.minutes.choose_language(str(field))
        if part == "invitations":
            self.attendance.show_invitations()
        elif part is not None:
            self.details.parts.focus(str(part))
        if isinstance(item, UUID):
            self.minutes.choose_item(item)
        if isinstance(paper, UUID):
            self.papers.choose_paper(paper)

    def may_close(self) -> bool:
        return self._commit()

    def unwritten(self) -> Mapping[Place, str]:
        return self.minutes.unwritten() if "minutes" in self._made else {}

    def begun(self) -> object:
        return (self._made["papers"].begun() or None) if "papers" in self._made else None

    def go_on(self, begun: Any) -> None:
        self._tab("papers").go_on(begun)

    def first_focus(self) -> QWidget | None:
        shown = self._made.get(self._shown)
        # The keyboard waits here for a tab that is still being made.
        if shown is None or self._shown == "details":
            return self.tabs
        found: QWidget = getattr(shown, {"attendance": "seats", "minutes": "editor"}.get(self._shown, "table"))
        return found

    def commands(self) -> Sequence[Command]:
        there, on_agenda, written = self._there, self._on_agenda, self._on_minutes
        up, down = lambda: self.agenda.move_item(-1), lambda: self.agenda.move_item(1)
        find, off = lambda: self.minutes.open_find(), lambda: self.agenda.remove()
        return (
            Command("new", N_("Add agenda item"), self._add_item, "plus", ("Ctrl+N",), there, "file"),
            Command("preview", N_("Preview the document"), self.preview, "file-text", ("Ctrl+P",), there, "file"),
            Command("decide", N_("Decision in the minutes"), self._decide, "gavel", ("Ctrl+Shift+D",), there, "edit"),
            Command("act", N_("Action in the minutes"), self._act, "circle-check", ("Ctrl+Shift+A",), there, "edit"),
            Command("find", N_("Find in the minutes"), find, "text-search", ("Ctrl+F",), written, "edit"),
            Command("history", N_("History of this record"), self._history, "file-clock", ("Ctrl+H",), there, "view"),
            Command("up", N_("Move the item up"), up, "arrow-up", ("Alt+Up",), on_agenda, "edit"),
            Command("down", N_("Move the item down"), down, "arrow-down", ("Alt+Down",), on_agenda, "edit"),
            Command("take-off", N_("Take the item off the agenda"), off, "trash", (), on_agenda, "edit"),
            *(
                Command(f"tab-{name}", text, self._chooser(number), "", (), menu="view")
                for number, (name, text) in enumerate(
                    zip(
                        TABS,
                        (
                            N_("Show the agenda"), N_("Show the attendance"), N_("Show the minutes"),
                            N_("Show decisions and actions"), N_("Show the papers"), N_("Show the details"),
                        ),
                        strict=True,
                    )
                )
            ),
        )  # fmt: skip

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self.tabs.choose(number)

    def _history(self) -> None:
        self.desk.go("history", self._meeting_id, entity="meeting")

    def _there(self) -> bool:
        return self._meeting_id is not None and not self.hub.read_only

    def _on_minutes(self) -> bool:
        return self._shown == "minutes"

    def _on_agenda(self) -> bool:
        return self._shown == "agenda" and "agenda" in self._made and self.agenda.can_change

    # Reading --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self._meeting_id is None:
            return
        key = self._meeting_id
        self.sheet = sheet = self.hub.read(read_meeting, key, self.desk.today())
        state, tone = stage_of(self.desk, sheet)
        self.setAccessibleName(self.heading())
        self.header.show_record(self.heading(), when_and_where(self.desk, sheet.meeting), state, tone)
        self.undecided.show_record(key)
        counts = self.hub.read(meeting_counts.counts, key)
        came = counts.invited if lies_ahead(sheet.meeting) else counts.represented
        for tab, count in (
            ("agenda", counts.items), ("attendance", came), ("outcomes", counts.outcomes), ("papers", counts.papers),
        ):  # fmt: skip
            self.tabs.count(TABS.index(tab), count or None)
        self._unread = set(TABS)
        if self._shown in self._made:
            self._read_tab()
        else:
            self.later(self._make_tab, self._enter_first)
        self.header.show_buttons(*self._buttons(sheet))

    def _enter_first(self) -> None:
        """Read the first tab, and let it have the keyboard where nothing else took it meanwhile."""
        if QApplication.focusWidget() in (None, self.tabs):
            self._enter_tab()
        else:
            self._read_tab()

    def _buttons(self, sheet: MeetingSheet) -> list[Button]:
        tr, meeting = self.tr_, sheet.meeting
        preview = tr(N_("Preview agenda")) if lies_ahead(meeting) else tr(N_("Preview minutes"))
        found: list[Button] = [(preview, self.preview, "", "file-text")]
        if self.hub.read_only:
            return found
        if lies_ahead(meeting):
            if not meeting.numbers_frozen:
                found.append((tr(N_("Circulate the agenda")), self.circulate_agenda, "primary", "send"))
            elif meeting.day <= self.desk.today():
                found.append((tr(N_("Mark as held")), self.hold, "primary", "check"))
            elif not sheet.all_replied:
                found.append((tr(N_("Note the replies")), self.note_replies, "primary", "mail-plus"))
            else:
                found.append((tr(N_("Prepare the minutes")), self.prepare_minutes, "primary", "file-text"))
        elif meeting.state is MeetingState.HELD:
            newest = sheet.minutes
            if newest is None or (newest.state is MinutesState.DRAFT and not newest.corrigendum):
                found.append((tr(N_("Circulate the minutes")), self.circulate_minutes, "primary", "send"))
            else:
                found.append((tr(N_("Close the meeting")), self.close_meeting, "primary", "check"))
        elif meeting.state is MeetingState.CLOSED:
            found.append((tr(N_("Open again")), self.reopen, "", ""))
        return found

    # Steps --------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Show the paper: the agenda before the meeting, the minutes after it."""
        self._commit()
        if self.sheet is not None:
            ahead = lies_ahead(self.sheet.meeting) or self._shown == "agenda"
            self.desk.go("reports", kind="agenda" if ahead else "minutes", meeting=self.sheet.meeting.reference)

    def circulate_agenda(self) -> None:
        """Freeze the numbers and note the agenda and the invitations as sent."""
        if self._meeting_id is None:
            return
        done = self.attempt(N_("Circulate the agenda"), circulate, self._meeting_id, now(self.desk))
        if done is not None:
            text = self.language.ntr(
                "Noted: agenda circulated to {n} organisation. Its numbers stay.",
                "Noted: agenda circulated to {n} organisations. Its numbers stay.",
                done,
            )
            self.desk.say_with_undo(text)
            mailing.say_unsent(self, self._meeting_id, mailing.AGENDA)

    def note_replies(self) -> None:
        """Go where the replies are noted by key."""
        self.tabs.choose(TABS.index("attendance"))
        self.attendance.show_invitations()
        self.attendance.replies.setFocus()

    def prepare_minutes(self) -> None:
        """Go where the minutes are written: the templates can be put in before the day."""
        self.tabs.choose(TABS.index("minutes"))

    def hold(self) -> None:
        """The meeting has taken place."""
        if self._meeting_id is not None:
            done = self.attempt(N_("Mark as held"), meetings.hold, self._meeting_id, self.desk.today())
            if done is not None:
                self.desk.say_with_undo(self.tr_(N_("The meeting is marked as held.")))
                self.tabs.choose(TABS.index("attendance"))
                self.attendance.show_seats()

    def circulate_minutes(self) -> None:
        """Show the minutes and ask until when comments may come."""
        self.tabs.choose(TABS.index("minutes"))
        self.minutes.state.circulate()

    def close_meeting(self) -> None:
        """Close it; items for decision without one are named first."""
        if self._meeting_id is None:
            return
        left = self.hub.read(agendas.undecided, self._meeting_id)
        if left:
            names = self.language.list([self.language.pick(item, "title") for item in left])
            self.bar.show_message(
                self.tr_(N_("For decision, but without one: {names}"), names=names), "warn",
                self.tr_(N_("Close the meeting")), self._close_now,
            )  # fmt: skip
            return
        self._close_now()

    def _close_now(self) -> None:
        if self._meeting_id is None:
            return
        done = self.attempt(N_("Close the meeting"), meetings.close, self._meeting_id)
        if done is not None:
            self.desk.say_with_undo(self.tr_(N_("The meeting is closed.")))

    def reopen(self) -> None:
        """Open it again to correct what was recorded."""
        if self._meeting_id is not None:
            self.attempt(N_("Open the meeting again"), meetings.reopen, self._meeting_id)

    def _add_item(self) -> None:
        self.tabs.choose(TABS.index("agenda"))
        self.agenda.add()

    def _decide(self) -> None:
        self.tabs.choose(TABS.index("minutes"))
        self.minutes.cards.add_decision()

    def _act(self) -> None:
        self.tabs.choose(TABS.index("minutes"))
        self.minutes.cards.add_action()
