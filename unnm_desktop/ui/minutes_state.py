"""How far the minutes are, and the steps from draft to sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from unnm_desktop.db.decisions import DecisionState
from unnm_desktop.db.minutes import Minutes, MinutesState
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import minutes
from unnm_desktop.ui import mailing
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.lookups import all_meetings, meeting_line
from unnm_desktop.ui.minutes_sheet import FIELDS
from unnm_desktop.ui.moments import moment_of, now
from unnm_desktop.ui.time_field import TimeField
from unnm_desktop.ui.widgets import Pill, button, empty, label

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from unnm_desktop.ui.inspector import Part
    from unnm_desktop.ui.meeting_minutes import MinutesTab
    from unnm_desktop.ui.minutes_sheet import MinutesSheet

TONES = {
    MinutesState.DRAFT: "warn",
    MinutesState.CIRCULATED: "info",
    MinutesState.SETTLED: "violet",
    MinutesState.ADOPTED: "good",
    MinutesState.SEALED: "good",
}


class StateLine(QWidget):
    """Pill, one sentence and what can be done next with this version."""

    def __init__(self, tab: MinutesTab) -> None:
        super().__init__()
        self._tab, self._desk = tab, tab.desk
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(8)
        self._words, self._deeds = QHBoxLayout(), QHBoxLayout()
        for line in (self._words, self._deeds):
            line.setSpacing(8)
        self._both.addLayout(self._words, 1)
        self._both.addLayout(self._deeds)
        # What the words and the buttons need to stand in one line.
        self._beside = 0

    def show_sheet(self, sheet: MinutesSheet) -> None:
        """Show the newest version of these minutes."""
        empty(self._words)
        empty(self._deeds)
        version = sheet.minutes
        self.setVisible(version is not None)
        if version is None:
            return
        look, tr = self._desk.look, self._desk.tr
        pill, said = Pill(look, tr(version.state.label), TONES[version.state]), self._says(version, sheet)
        self._words.addWidget(pill)
        self._words.addWidget(label(look, said, "grey", wrap=True), 1)
        self._deeds.addStretch(1)
        steps = () if self._tab.page.hub.read_only else self._steps(version)
        made = [button(look, tr(text), run) for text, run in steps]
        for one in made:
            self._deeds.addWidget(one)
        wide = sum(one.sizeHint().width() + 8 for one in (pill, *made))
        self._beside = wide + self.fontMetrics().horizontalAdvance(said)
        self._stand()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """Put the buttons under the words where both have no room in one line."""
        above = self.width() < self._beside
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight)

    def _says(self, version: Minutes, sheet: MinutesSheet) -> str:
        tr, language = self._desk.tr, self._desk.language
        kind = N_("Corrigendum, version {n}") if version.corrigendum else N_("Version {n}")
        parts = [tr(kind, n=version.version)]
        if version.circulated_at is not None:
            sent = version.circulated_at.astimezone(ZoneInfo(sheet.zone)).date()
            parts.append(tr(N_("sent on {day}"), day=language.day(sent)))
        if version.state is MinutesState.CIRCULATED and version.comments_until is not None:
            until = language.moment(version.comments_until, sheet.zone)
            parts.append(tr(N_("comments until {moment}"), moment=until))
        if version.adopted_on is not None:
            how = N_("adopted on {day}") if version.adopted_at_id else N_("adopted by silence on {day}")
            parts.append(tr(how, day=language.day(version.adopted_on)))
        if version.sealed_on is not None:
            parts.append(tr(N_("sealed on {day}"), day=language.day(version.sealed_on)))
        return " · ".join(parts)

    def _steps(self, version: Minutes) -> list[tuple[str, Callable[[], object]]]:
        state = version.state
        if state is MinutesState.DRAFT:
            revised = version.version > 1 and not version.corrigendum
            return [(N_("Comments are settled"), self.settle)] if revised else []
        if state is MinutesState.CIRCULATED:
            return [(N_("Make a new version"), self.revise), (N_("Comments are settled"), self.settle)]
        if state is MinutesState.SETTLED:
            return [(N_("Make a new version"), self.revise), (N_("Note the adoption"), self.adopt)]
        if state is MinutesState.ADOPTED:
            return [(N_("Seal"), self.seal)]
        return [(N_("Write a corrigendum"), self.corrigendum)]

    def next_version(self, version: Minutes) -> tuple[str, Callable[[], object]] | None:
        """The step (a msgid and what it does) after which the text can be written again."""
        steps = {run: text for text, run in self._steps(version)}
        for run in (self.revise, self.corrigendum, self.seal):
            if run in steps:
                return steps[run], run
        return None

    # Steps --------------------------------------------------------------------------------------------

    def _id(self) -> UUID | None:
        sheet = self._tab.sheet
        return sheet.minutes.id if sheet is not None and sheet.minutes is not None else None

    def _try(self, title: str, work: Any, *args: object) -> None:
        key = self._id()
        if key is not None and self._tab.settle():
            self._tab.page.attempt(title, work, key, *args)
            self._tab.page.make_fresh()

    def circulate(self) -> None:
        """Ask until when comments may come, and note that the minutes went out."""
        if not self._tab.settle():
            return
        key = self._id()
        if key is None or self._tab.sheet is None:
            self._tab.page.bar.show_message(
                self._desk.tr(N_("Nothing is written in these minutes yet. Write them, then circulate them.")), "warn"
            )
            return
        zone, at = self._tab.sheet.zone, now(self._desk)
        usual = self._desk.hub.read(minutes.comments_until, self._tab.sheet.meeting.id, at)
        parts: tuple[Part, ...] = (
            *(label(self._desk.look, words, "grey", wrap=True) for words in self._unfinished(self._tab.sheet)),
            DateField(
                "day",
                N_("Comments until"),
                usual.astimezone(ZoneInfo(zone)).date(),
                hint=N_("Five working days when empty"),
            ),
            TimeField("time", N_("Hour"), "16:00"),
        )

        def accept(values: dict[str, Any]) -> Minutes:
            until = moment_of(values["day"], values["time"] or "16:00", zone) if values["day"] is not None else None
            try:
                return self._desk.hub.step(N_("Circulate the minutes"), minutes.circulate, key, at, until)
            except Invalid as error:
                raise Invalid({"day": next(iter(error.problems.values()))}) from None

        done = FormDialog(
            self._desk, N_("Circulate the minutes for comments"), parts, N_("Circulate"), accept, self._tab
        ).run()
        if done is not None:
            self._tab.page.make_fresh()
            said = N_("Noted: circulated to everybody invited. This version stays as it is.")
            self._desk.say_with_undo(self._desk.tr(said))
            mailing.say_unsent(self._tab.page, self._tab.sheet.meeting.id, mailing.MINUTES)

    def _unfinished(self, sheet: MinutesSheet) -> list[str]:
        """What members would find missing in the version that goes out."""
        ntr = self._desk.language.ntr
        silent = sum(not any(sheet.text(item.id, field).strip() for field in FIELDS) for item in sheet.items)
        open_ones = sum(one.state in (DecisionState.DRAFT, DecisionState.PENDING) for _, one in sheet.decisions)
        found = []
        if silent:
            found.append(ntr("Nothing is written under {n} item.", "Nothing is written under {n} items.", silent))
        if open_ones:
            found.append(ntr("{n} decision is not adopted yet.", "{n} decisions are not adopted yet.", open_ones))
        return found

    def revise(self) -> None:
        """The next version, to take comments in."""
        self._try(N_("New version of the minutes"), minutes.revise)

    def settle(self) -> None:
        """Every comment has its outcome."""
        self._try(N_("Settle the comments"), minutes.settle)

    def seal(self) -> None:
        """Nothing changes any more."""
        self._try(N_("Seal the minutes"), minutes.seal, self._desk.today())

    def corrigendum(self) -> None:
        """Correct sealed minutes by a further version."""
        self._try(N_("Begin a corrigendum"), minutes.corrigendum)

    def adopt(self) -> None:
        """Ask at which meeting the minutes were adopted, or by silence."""
        key, sheet = self._id(), self._tab.sheet
        if key is None or sheet is None:
            return
        known = self._desk.hub.read(all_meetings, sheet.meeting.network_id)
        later = [one for one in known if one.day >= sheet.meeting.day and one.id != sheet.meeting.id]
        choices: list[tuple[UUID | None, str]] = [(one.id, meeting_line(self._desk, one)) for one in later]
        choices.append((None, N_("By silence, after the time for comments")))
        parts = (
            ChoiceField("meeting_id", N_("Adopted at"), choices[0][0], choices),
            DateField("on", N_("Day"), self._desk.today()),
        )

        def accept(values: dict[str, Any]) -> Minutes:
            on = values["on"] or self._desk.today()
            return self._desk.hub.step(N_("Adopt the minutes"), minutes.adopt, key, on, values["meeting_id"])

        FormDialog(self._desk, N_("Adoption of the minutes"), parts, N_("Note it"), accept, self._tab).run()
