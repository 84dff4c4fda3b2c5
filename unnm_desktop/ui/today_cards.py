"""The cards of the page of the day: what is due, the next meeting, the duties, the first steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.services import duty_status, meeting_names
from unnm_desktop.ui.forms import STACK_FROM
from unnm_desktop.ui.line_model import Line
from unnm_desktop.ui.lines import LinesView
from unnm_desktop.ui.readiness_list import ReadinessList
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.today_words import ahead, due_words, near_day
from unnm_desktop.ui.widgets import Card, ElidedLabel, Pill, button, empty, icon_button, label, rule, shrinking

if TYPE_CHECKING:
    from datetime import date

    from unnm_desktop.services.dashboard import Dashboard, DueRow, NextMeeting, Setup
    from unnm_desktop.services.lateness import Late
    from unnm_desktop.ui.desk import Desk


# What is worth reading also when it is done; of the rest only what is left to do is said.
TOLD = frozenset({"agenda", "invitations", "previous_minutes"})


class DueCard(TitledCard):
    """What is due, grouped; at most a dozen lines, all of them one click away."""

    def __init__(self, desk: Desk, see_all: Callable[[], object], plan: Callable[[], object]) -> None:
        super().__init__(desk, desk.tr(N_("What is due")))
        self.see_all = button(desk.look, "", see_all, "link")
        self.top.addWidget(self.see_all)
        # Large letters leave too little room for a task in one line.
        deep = 2 if desk.look.text_size >= STACK_FROM else 1
        self.list = LinesView(desk.look, desk.tr(N_("What is due")), deep=deep)
        self.column.addWidget(self.list)
        self.empty = QWidget()
        column = QVBoxLayout(self.empty)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(10)
        sign = QLabel()
        sign.setPixmap(desk.look.icons.pixmap("circle-check", desk.look.tokens.green, 40))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing = label(desk.look, "", "strong", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plan = button(desk.look, desk.tr(N_("Plan a meeting")), plan, "", "plus")
        column.addWidget(sign)
        column.addWidget(self.nothing)
        column.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self.empty)
        self.column.addStretch(1)

    def show_day(self, found: Dashboard) -> None:
        """Show what is due on the day."""
        self.list.show_lines(self._lines(found))
        self.list.setVisible(bool(found.rows))
        self.empty.setVisible(not found.rows)
        count = found.counts.unfinished
        self.see_all.setVisible(count > 0)
        self.see_all.setText(self.desk.language.ntr("See all {n}", "See all {n}", count))
        self.plan.setVisible(found.coming is None and not self.desk.hub.read_only)
        if found.coming is None:
            self.nothing.setText(self.tr_(N_("Nothing is due, and no meeting is planned.")))
        else:
            day = self.desk.language.day(found.coming.meeting.day)
            self.nothing.setText(self.tr_(N_("Nothing is due. The next meeting is on {day}."), day=day))

    def _lines(self, found: Dashboard) -> list[Line]:
        lines: list[Line] = []
        for title, tone, whole in (
            (N_("Overdue"), "bad", found.counts.overdue),
            (N_("This week"), "warn", found.counts.week),
            (N_("Later"), "neutral", 0),
        ):
            rows = [row for row in found.rows if self._pill(row, found.on)[1] == tone]
            if not rows:
                continue
            head, shown = self.tr_(title), sum(not row.done for row in rows)
            if shown < whole:
                head = self.tr_(N_("{group} · {n} of {all}"), group=head, n=shown, all=whole)
            lines.append(Line(head))
            lines += [self._line(row, *self._pill(row, found.on)) for row in rows]
        return lines

    def _pill(self, row: DueRow, on: date) -> tuple[str, str]:
        return due_words(self.desk.language, row.action.due, on) if row.action.due is not None else ("", "")

    def _line(self, row: DueRow, pill: str, tone: str) -> Line:
        desk, action = self.desk, row.action
        language = desk.language
        task = language.pick(action, "task")
        names = [f"{body.short} ({language.pick(who, 'name')})" if who else body.short for body, who in row.owners]
        first = row.owners[0][0] if row.owners else None
        owner = first.short if first is not None else self.tr_(N_("No one yet"))
        if len(row.owners) > 1:
            owner = self.tr_(N_("{name} +{n}"), name=owner, n=len(row.owners) - 1)
        due = language.day(action.due)
        state = self.tr_(N_("Done")) if row.done else self.tr_(N_("Not done"))
        spoken = language.list([state, task, *(names or [owner]), self.tr_(N_("due on {day}"), day=due), pill])
        return Line(
            task,
            action.id,
            owner,
            first.short if first is not None else "",
            self.tr_(N_("Done")) if row.done else pill,
            "good" if row.done else tone,
            row.done,
            spoken=spoken,
            tooltip="\n".join((task, language.list(names or [owner]), self.tr_(N_("due on {day}"), day=due))),
        )


class MeetingCard(Card):
    """The next meeting: when, where, what is left to do, and the two things one does with it."""

    def __init__(
        self, desk: Desk, open_it: Callable[[], object], remind: Callable[[], object], plan: Callable[[], object]
    ) -> None:
        super().__init__(18)
        self.desk = desk
        look, tr = desk.look, desk.tr
        self.column.setContentsMargins(18, 14, 18, 16)
        self.column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(label(look, tr(N_("Next meeting")), "grey"))
        top.addStretch(1)
        self.days = Pill(look, "", "info")
        top.addWidget(self.days)
        self.name = shrinking(label(look, "", "h2", wrap=True))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(9)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.when, self.where = ElidedLabel(look), shrinking(label(look, "", wrap=True))
        self._signs = []
        for number, (icon, words) in enumerate((("clock", self.when), ("map-pin", self.where))):
            sign = QLabel()
            sign.setPixmap(look.icons.pixmap(icon, look.tokens.text2, look.with_text(16)))
            # Beside the first line of the words.
            sign.setFixedHeight(self.when.sizeHint().height())
            self._facts.addWidget(sign, number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(words, number, 1)
            self._signs.append(sign)
        self._line = rule()
        self._checks = QVBoxLayout()
        self.open = button(look, tr(N_("Open meeting")), open_it, "primary")
        self.remind = button(look, "", remind)
        self.plan = button(look, tr(N_("Plan a meeting")), plan, "", "plus")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for made in (self.open, self.remind, self.plan):
            buttons.addWidget(made, 1)
        self.reminded = label(look, "", "small", wrap=True)
        self.column.addLayout(top)
        self.column.addWidget(self.name)
        self.column.addLayout(self._facts)
        self.column.addWidget(self._line)
        self.column.addLayout(self._checks)
        self.column.addLayout(buttons)
        self.column.addWidget(self.reminded)
        self.column.addStretch(0)

    def show_meeting(self, coming: NextMeeting | None, on: date) -> None:
        """Show the meeting, or that none is planned."""
        desk, tr = self.desk, self.desk.tr
        there = coming is not None
        for widget in (self.days, self.when, self._line, self.open, *self._signs):
            widget.setVisible(there)
        self.plan.setVisible(not there and not desk.hub.read_only)
        empty(self._checks)
        if coming is None:
            self.name.setText(tr(N_("No meeting is planned.")))
            for widget in (self.where, self.remind, self.reminded):
                widget.hide()
            return
        meeting, language = coming.meeting, desk.language
        self.days.setText(ahead(language, meeting.day, on))
        self.name.setText(language.pick(meeting, "title") or meeting_names.name_of(meeting, language))
        comma = "،" if language.rtl else ","
        hours = language.span(language.time(meeting.starts), language.time(meeting.ends))
        self.when.setText(f"{near_day(language, meeting.day, on)}{comma} {hours}")
        if meeting.day == on or (meeting.day - on).days >= 7:
            self.when.setText(f"{language.weekday_day(meeting.day, short=True)}{comma} {hours}")
        places = [language.pick(meeting, "place"), tr(N_("Online")) if meeting.online else ""]
        self.where.setText(" · ".join(place for place in places if place))
        for widget in (self.where, self._signs[1]):
            widget.setVisible(bool(self.where.text()))
        told = [one for one in coming.checks if not one.ok or one.name in TOLD]
        self._checks.addWidget(ReadinessList(desk, meeting.id, told))
        self.remind.setVisible(coming.silent > 0 and not desk.hub.read_only)
        self.remind.setText(language.ntr("Remind {n} member", "Remind {n} members", coming.silent))
        self.remind.setToolTip(tr(N_("Note that those who have not replied were reminded today")))
        self.reminded.setVisible(coming.reminded_at is not None)
        if coming.reminded_at is not None:
            local = language.local(coming.reminded_at)
            self.reminded.setText(tr(N_("Last reminded on {day}"), day=language.day(local.date())))


class DutiesCard(TitledCard):
    """The duties of the terms of reference that are late or fall due; each leads to where it is mended."""

    def __init__(self, desk: Desk, see_all: Callable[[], object]) -> None:
        super().__init__(desk, desk.tr(N_("Terms of reference")))
        self.top.addWidget(button(desk.look, desk.tr(N_("See all duties")), see_all, "link"))
        self.list = LinesView(desk.look, desk.tr(N_("Duties that are late or fall due")), roomy=False)
        self.column.addWidget(self.list)
        self.fine = label(desk.look, desk.tr(N_("No duty is late or falls due.")), "grey", wrap=True)
        self.column.addWidget(self.fine)

    def show_late(self, late: Late | None, on: date) -> None:
        """Show them; until they are judged there is nothing to show."""
        self.setVisible(late is not None)
        if late is None:
            return
        self.list.show_lines([self._line(duty, on) for duty in late.pressing])
        self.list.setVisible(bool(late.pressing))
        self.fine.setVisible(not late.pressing)

    def _line(self, duty: duty_status.DutyStatus, on: date) -> Line:
        language, tr = self.desk.language, self.tr_
        title, state = tr(duty_status.TITLES[duty.duty]), tr(duty_status.STATES[duty.state])
        said = duty.says.told(language)
        # A day is promised only where one is known; the sentence says what it waits for.
        waits = tr(N_("No date yet")) if duty.due is None else near_day(language, duty.due, on)
        pill = state if duty.state == "late" else waits
        tone = duty_status.TONES[duty.state]
        return Line(title, duty.duty, pill=pill, tone=tone, spoken=language.list([state, title, said]), tooltip=said)


class StepsCard(TitledCard):
    """The first steps in a new workspace; each leads there, and the card goes when all are done."""

    def __init__(self, desk: Desk, leads: Sequence[Callable[[], object]], dismiss: Callable[[], object]) -> None:
        super().__init__(desk, desk.tr(N_("First steps")))
        self.top.addWidget(icon_button(desk.look, "x", desk.tr(N_("Hide the first steps")), dismiss))
        self.list = LinesView(desk.look, desk.tr(N_("First steps")), roomy=False)
        self._leads = tuple(leads)
        self.list.opened.connect(self._go)
        self.column.addWidget(self.list)

    def show_setup(self, setup: Setup, *, backed_up: bool) -> None:
        """Tick what is done."""
        tr, language = self.tr_, self.desk.language
        texts = (
            tr(N_("Add the members and the people who speak for them")),
            tr(N_("Plan the next meeting")),
            tr(N_("Enter this year's workplan")),
            tr(N_("Make the first backup")),
        )
        self.list.show_lines(
            [
                Line(
                    text,
                    str(number),
                    icon="circle-check" if done else "circle-dashed",
                    tone="good" if done else "warn",
                    spoken=language.list([tr(N_("Done")) if done else tr(N_("Not done")), text]),
                )
                for number, (text, done) in enumerate(
                    zip(texts, (setup.members, setup.meeting, setup.workplan, backed_up), strict=True)
                )
            ]
        )

    def _go(self, key: str) -> None:
        self._leads[int(key)]()
