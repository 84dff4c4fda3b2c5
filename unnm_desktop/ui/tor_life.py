"""The versions of the terms of reference: their life step by step, and their reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.db.networks import TermsOfReference, TorState
from unnm_desktop.db.tor_text import TorReview
from unnm_desktop.i18n import N_
from unnm_desktop.services import any_record, networks, record_changes, records, tor_versions
from unnm_desktop.services.record_changes import Setting
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import LongTextField, TextField
from unnm_desktop.ui.inspector import Head, PartsView, Section, Tag
from unnm_desktop.ui.leads import lead_to
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.reading_fields import LinkField, ReadOnly
from unnm_desktop.ui.tor_forms import (
    OUTCOMES,
    ask_agreement,
    ask_draft,
    ask_effect,
    ask_end,
    ask_review,
)
from unnm_desktop.ui.widgets import Card, button, label, row, rule

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.i18n import Language
    from unnm_desktop.ui.inspector import Part
    from unnm_desktop.ui.page_base import Page

TONES = {
    TorState.DRAFT: "warn",
    TorState.CONSULTATION: "violet",
    TorState.AGREED: "violet",
    TorState.SUBMITTED: "info",
    TorState.IN_EFFECT: "good",
    TorState.SUPERSEDED: "neutral",
    TorState.TERMINATED: "neutral",
}
# The days of a version's life, in their order.
DAYS = (
    ("consulted_on", N_("Consultation from")),
    ("agreed_on", N_("Agreed on")),
    ("submitted_on", N_("Submitted on")),
    ("endorsed_on", N_("Endorsed on")),
    ("effective", N_("In effect from")),
    ("ended", N_("Ended on")),
)


@dataclass(frozen=True)
class Sheet:
    """The versions, the newest first, with their reviews and the names of the decisions behind them."""

    versions: tuple[TermsOfReference, ...]
    reviews: tuple[TorReview, ...]
    decisions: dict[UUID, str]


def read_sheet(session: Session, network_id: UUID, language: Language) -> Sheet:
    """Read the life of a network's terms of reference."""
    found = tuple(networks.versions(session, network_id)[::-1])
    behind = any_record.names(session, {"decision": [one.agreed_by_decision for one in found]}, language)
    return Sheet(found, tuple(tor_versions.reviews(session, network_id)), behind)


class VersionsView(QWidget):
    """Every version with its state, its days and what can be done next."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(4)
        self.parts = PartsView(self._desk)
        card.column.addWidget(self.parts)
        card.setMaximumWidth(round(900 * self._desk.look.text_size / 100))
        column.addWidget(card, 1)

    def refresh(self) -> None:
        """Read again and show."""
        desk = self._desk
        sheet = desk.hub.read(read_sheet, desk.network_id, desk.language)
        parts: list[Part] = []
        if not desk.hub.read_only:
            parts.append(row(button(desk.look, desk.tr(N_("New version")), self._new, "", "plus")))
        for number, tor in enumerate(sheet.versions):
            if number:
                parts.append(rule())
            parts += self._version(tor, sheet)
        self.parts.update_parts(parts, self._save)

    def _version(self, tor: TermsOfReference, sheet: Sheet) -> list[Part]:
        desk, language = self._desk, self._desk.language
        title = desk.tr(N_("Version {version}"), version=language.figures(tor.version))
        parts: list[Part] = [Head(title, (Tag(desk.tr(tor.state.label), TONES[tor.state]),))]
        doable = [] if desk.hub.read_only else self._doable(tor)
        if doable:
            parts.append(ButtonList(desk.look, doable))
        if tor.state in tor_versions.OPEN_STATES:
            parts.append(TextField(f"{tor.id}:version", N_("Version"), tor.version))
        if tor.state is TorState.IN_EFFECT:
            parts.append(DateField(f"{tor.id}:approved", N_("Approved"), tor.approved, partial=True))
        parts.append(TextField(f"{tor.id}:endorsed_by", N_("Endorsed by"), tor.endorsed_by))
        parts += [
            ReadOnly(f"{tor.id}:{name}", label_, language.day(getattr(tor, name)))
            for name, label_ in DAYS
            if getattr(tor, name)
        ]
        if tor.agreed_by_decision is not None:
            parts.append(self._behind(tor.id, tor.agreed_by_decision, sheet))
        parts.append(LongTextField(f"{tor.id}:note", N_("Note"), tor.note))
        mine = [one for one in sheet.reviews if one.tor_id == tor.id]
        if tor.state is TorState.IN_EFFECT and not desk.hub.read_only:
            parts.append(Section(N_("Reviews"), N_("Add a review"), lambda: ask_review(desk, self, tor)))
        elif mine:
            parts.append(Section(N_("Reviews")))
        for one in mine:
            parts += [
                DateField(f"review:{one.id}:reviewed_on", N_("Reviewed on"), one.reviewed_on),
                ChoiceField(f"review:{one.id}:outcome", N_("Outcome"), one.outcome, OUTCOMES),
                LongTextField(f"review:{one.id}:note", N_("Note"), one.note),
            ]
        if tor.state is TorState.IN_EFFECT and not mine:
            parts.append(label(desk.look, desk.tr(N_("No review yet.")), "grey"))
        return parts

    def _behind(self, tor_id: UUID, decision_id: UUID, sheet: Sheet) -> Part:
        name = sheet.decisions.get(decision_id, "")
        lead = lambda: lead_to(self._desk, "decision", decision_id)  # noqa: E731 - what the link does
        return LinkField(f"{tor_id}:decision", N_("Agreed by decision"), name, lead)

    def _doable(self, tor: TermsOfReference) -> list[Doable]:
        tr = self._desk.tr
        state = tor.state
        steps: dict[TorState, list[Doable]] = {
            TorState.DRAFT: [(tr(N_("Start the consultation")), lambda: self._consult(tor), "primary", "users")],
            TorState.CONSULTATION: [
                (tr(N_("Note the members' agreement")), lambda: self._agree(tor), "primary", "check")
            ],
            TorState.AGREED: [(tr(N_("Note as submitted to the UNCT")), lambda: self._submit(tor), "primary", "send")],
            TorState.SUBMITTED: [],
        }
        found = list(steps.get(state, []))
        if state in tor_versions.OPEN_STATES:
            role = "primary" if state is TorState.SUBMITTED else "link"
            found.append((tr(N_("Put in effect")), lambda: self._effect(tor), role, "circle-check"))
            found.append((tr(N_("Move to Trash")), lambda: self._remove(tor), "link", "trash"))
        if state is TorState.IN_EFFECT:
            found.append((tr(N_("Terminate")), lambda: self._end(tor), "link", "x"))
        return found

    # Steps -----------------------------------------------------------------------------------------------------------

    def _new(self) -> None:
        if ask_draft(self._desk, self) is not None:
            self._desk.say_with_undo(self._desk.tr(N_("A new version was begun as a copy of the one in effect.")))

    def _consult(self, tor: TermsOfReference) -> None:
        self._page.attempt(N_("Start the consultation"), tor_versions.start_consultation, tor.id, self._desk.today())

    def _agree(self, tor: TermsOfReference) -> None:
        ask_agreement(self._desk, self, tor)

    def _submit(self, tor: TermsOfReference) -> None:
        self._page.attempt(N_("Submit a version to the UNCT"), tor_versions.submit, tor.id, self._desk.today())

    def _effect(self, tor: TermsOfReference) -> None:
        ask_effect(self._desk, self, tor)

    def _end(self, tor: TermsOfReference) -> None:
        ask_end(self._desk, self, tor)

    def _remove(self, tor: TermsOfReference) -> None:
        done = self._page.attempt(N_("Move a version to Trash"), record_changes.remove, "terms_of_reference", tor.id)
        if done is not None:
            self._desk.say_with_undo(self._desk.tr(N_("Version moved to Trash.")))

    def _save(self, name: str, value: Any) -> object:
        key, _, field = name.partition(":")
        desk = self._desk
        if key == "review":
            review, _, field = field.partition(":")
            return desk.hub.step(N_("Change a review"), records.update, TorReview, UUID(review), **{field: value})
        setting = Setting(desk.network_id, desk.today(), now(desk))
        return desk.hub.step(
            N_("Change the terms of reference"),
            record_changes.change,
            "terms_of_reference",
            UUID(key),
            setting,
            **{field: value},
        )
