"""Challenges that the network names for the UN Country Team; Bahrain calls them impediments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.results import Challenge, ChallengeState
from unnm_desktop.db.tor_text import Objective, Theme
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, records, results
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.plan_sheet import problem_title
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.workplan_forms import objective_choices

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.row_source import RowSource

TONES = {ChallengeState.OPEN: "warn", ChallengeState.ESCALATED: "info", ChallengeState.CLOSED: "good"}


@dataclass(frozen=True)
class Sheet:
    """A challenge with all that its inspector shows."""

    challenge: Challenge
    raiser: Organisation | None
    objectives: tuple[Objective, ...]
    themes: tuple[Theme, ...]


def read_sheet(session: Session, challenge_id: UUID, on: date) -> Sheet:
    """Read a challenge whole."""
    one = records.get(session, Challenge, challenge_id)
    listed = networks.objectives_for(session, one.network_id, on, one.objective_id)
    raiser = records.get(session, Organisation, one.organisation_id) if one.organisation_id else None
    return Sheet(one, raiser, listed, tuple(networks.themes_on(session, one.network_id, on)))


class ChallengesPage(RecordsPage):
    """What stands in the way, who raised it, and what the UNCT is asked to do."""

    name = "challenges"
    kind = "challenge"
    place = "workplan"
    title = N_("Challenges")
    kinds = frozenset({"challenge", "network", "organisation"})
    new_text = N_("Add")
    filter_text = N_("Filter this list")
    removed_text = N_("Moved to Trash.")
    empty_icon = "triangle-alert"
    empty_title = N_("Nothing stands in the way")
    empty_text = N_("Note here what the UN Country Team is asked to address; it goes into the half-year report.")
    secondary = ("workplan",)

    def heading(self) -> str:
        return self.desk.tr(problem_title(self.desk))

    def source(self) -> RowSource:
        listing = results.CHALLENGES
        # The sentence to the UNCT is read beside the list.
        title = N_("Impediment") if problem_title(self.desk) == "Impediments" else N_("Challenge")
        columns = tuple(replace(one, title=title) if one.name == "title" else one for one in listing.columns)
        widths = {"title": 3.0, "raised_by": 1.25, "objective": 0.85, "state": 2.3}
        listing = laid_out(replace(listing, columns=columns), widths, ("raised_on",))
        return source_of(self.desk, listing, Layout(stretch="title", below={"raised_by": "raised_on"}))

    def subline(self) -> str:
        if not self.hub.is_open:
            return ""
        found = self.hub.read(results.open_on, self.desk.network_id, self.desk.today())
        return self.tr_(N_("Open: {n}"), n=len(found))

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command("workplan", N_("Workplan"), lambda: self.desk.go("workplan"), "chart-gantt", menu="go"),
        )

    # The inspector ---------------------------------------------------------------------------------------------------

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_sheet, record_id, self.desk.today())
        one, language = sheet.challenge, self.language
        state = results.state_on(one, self.desk.today())
        themes = [(None, N_("None")), *((theme.id, language.pick(theme, "name")) for theme in sheet.themes)]
        parts: list[Part] = [
            Head(language.pick(one, "title"), (Tag(self.tr_(state.label), TONES[state]),)),
        ]
        if not self.hub.read_only:
            parts.append(ButtonList(self.desk.look, self._doable(state)))
        parts += [
            BilingualField("title", N_("In a few words"), one.title_en, one.title_ar),
            BilingualField("text", N_("What stands in the way"), one.text_en, one.text_ar, long=True),
            BilingualField("asked", N_("Asked of the UNCT"), one.asked_en, one.asked_ar, long=True),
            RecordField(
                "organisation_id",
                N_("Raised by"),
                one.organisation_id,
                sheet.raiser.short if sheet.raiser else "",
                find=find_organisations(self.desk),
            ),
            ChoiceField(
                "objective_id", N_("Objective"), one.objective_id, objective_choices(self.desk, sheet.objectives)
            ),
            ChoiceField("theme_id", N_("Theme"), one.theme_id, themes),
            DateField("raised_on", N_("Raised on"), one.raised_on),
            DateField("escalated_on", N_("Escalated on"), one.escalated_on),
            Section(N_("What came of it")),
            LongTextField("response", N_("Response"), one.response),
            DateField("closed_on", N_("Closed on"), one.closed_on),
        ]
        return parts

    def _doable(self, state: ChallengeState) -> list[Doable]:
        tr = self.tr_
        if state is ChallengeState.CLOSED:
            return [(tr(N_("Open again")), self._reopen, "", "undo-2")]
        offered: list[Doable] = []
        if state is ChallengeState.OPEN:
            offered.append((tr(N_("Escalate to the UNCT")), self._escalate, "primary", "send"))
        offered.append((tr(N_("Close it")), self._close, "", "check"))
        return offered

    # Changes ---------------------------------------------------------------------------------------------------------

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        change = N_("Change a challenge")
        if name == "raised_on" and value is None:
            raise Invalid({name: N_("Give the day it was raised.")})
        if name == "closed_on" and value is not None:
            return self.hub.step(change, results.close, record_id, value)
        return self.hub.step(change, records.update, Challenge, record_id, **{name: value})

    def make_new(self) -> UUID | None:
        parts = (
            BilingualField("title", N_("In a few words"), "", ""),
            BilingualField("asked", N_("Asked of the UNCT"), "", "", long=True),
            RecordField("organisation_id", N_("Raised by"), find=find_organisations(self.desk)),
            DateField("raised_on", N_("Raised on"), self.desk.today()),
        )

        def accept(values: dict[str, Any]) -> Challenge:
            day = values.pop("raised_on")
            if day is None:
                raise Invalid({"raised_on": N_("Give the day it was raised.")})
            return self.hub.step(N_("Name a challenge"), results.raise_challenge, self.desk.network_id, day, **values)

        made = FormDialog(self.desk, N_("What stands in the way"), parts, N_("Add"), accept, self).run()
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove a challenge"), records.remove, Challenge, record_id)

    def _escalate(self) -> None:
        chosen = self.current()
        if chosen is not None:
            done = self.attempt(N_("Escalate a challenge"), results.escalate, chosen, self.desk.today())
            if done is not None:
                self.desk.say_with_undo(self.tr_(N_("Noted as put to the UN Country Team.")))

    def _close(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        kept = self.hub.read(records.get, Challenge, chosen)
        parts = (
            LongTextField("response", N_("What came of it"), kept.response),
            DateField("closed_on", N_("Closed on"), self.desk.today()),
        )

        def accept(values: dict[str, Any]) -> Challenge:
            if values["closed_on"] is None:
                raise Invalid({"closed_on": N_("Give the day it was closed.")})
            return self.hub.step(
                N_("Close a challenge"), results.close, chosen, values["closed_on"], values["response"]
            )

        FormDialog(self.desk, N_("Close it"), parts, N_("Close it"), accept, self).run()

    def _reopen(self) -> None:
        chosen = self.current()
        if chosen is not None:
            self.attempt(N_("Open a challenge again"), results.reopen, chosen)
