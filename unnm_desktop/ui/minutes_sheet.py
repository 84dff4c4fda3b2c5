"""Everything the minutes tab shows of a meeting, read at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.actions import ActionPoint, ActionStatus
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import Comment, Minutes, MinutesEntry, MinutesState
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    action_list,
    actions,
    agendas,
    calendar,
    decision_register,
    decisions,
    drafts,
    minutes,
    minutes_text,
    records,
)
from unnm_desktop.services.drafts import Draft
from unnm_desktop.ui.minutes_blocks import BlockView, Key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk

FIELDS = ("text_en", "text_ar")


@dataclass(frozen=True)
class MinutesSheet:
    """The newest version of a meeting's minutes with its texts, cards, comments and waiting drafts."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    minutes: Minutes | None
    entries: dict[UUID, MinutesEntry]
    views: dict[Key, BlockView]
    decisions: tuple[tuple[Decision, decisions.Standing], ...]
    actions: tuple[tuple[ActionPoint, str], ...]
    comments: tuple[tuple[Comment, Organisation | None], ...]
    drafts: dict[tuple[UUID, str], drafts.Draft]
    zone: str

    @property
    def locked(self) -> bool:
        """Whether the texts stay as they are."""
        return self.minutes is not None and self.minutes.state is not MinutesState.DRAFT

    def text(self, item_id: UUID, field: str) -> str:
        """The text of an item as it is kept."""
        entry = self.entries.get(item_id)
        return str(getattr(entry, field)) if entry is not None else ""

    def entry_key(self, item_id: UUID) -> UUID | None:
        """The key that an item's entry has or will have."""
        return link_id("minutes_entry", self.minutes.id, item_id) if self.minutes is not None else None

    def waiting(self, item_id: UUID, field: str) -> Draft | None:
        """A text that was typed and never kept, where it differs from the kept one."""
        key = self.entry_key(item_id)
        found = self.drafts.get((key, field)) if key is not None else None
        return found if found is not None and found.typed != self.text(item_id, field) else None


def read_minutes(session: Session, meeting_id: UUID, desk: Desk) -> MinutesSheet:
    """Read a meeting's minutes whole."""
    meeting = records.get(session, Meeting, meeting_id)
    zone = records.get(session, Network, meeting.network_id).time_zone
    at = calendar.end_of_day(desk.today(), zone)
    items = agendas.agenda(session, meeting_id)
    newest = minutes.current_minutes(session, meeting_id)
    entries = minutes.entries(session, newest.id) if newest is not None else {}
    # Those on earlier versions too: a revised draft takes them in.
    said = [
        comment
        for version in minutes.versions(session, meeting_id)
        for comment in minutes.comments(session, version.id)
    ]
    bodies = records.by_id(session, Organisation, {one.organisation_id for one in said if one.organisation_id})
    found = records.all_of(session, Decision, Decision.meeting_id == meeting_id)
    tasks = actions.of_meeting(session, meeting_id)
    # A text can cite records of another meeting too.
    cited = {
        key for entry in entries.values() for name in FIELDS for key in minutes_text.references(getattr(entry, name))
    }
    known = {one.id for one in (*found, *tasks)}
    others_d = records.by_id(session, Decision, {key for kind, key in cited if kind == "decision"} - known)
    others_a = records.by_id(session, ActionPoint, {key for kind, key in cited if kind == "action"} - known)
    every_d = [*found, *(one for one in others_d.values() if one.removed_at is None)]
    every_a = [*tasks, *(one for one in others_a.values() if one.removed_at is None)]
    states = decisions.standing(session, [one.id for one in every_d], at)
    owners = action_list.responsible_of(session, [one.id for one in every_a])
    names = {key: desk.language.list([_owner(desk, *pair) for pair in pairs]) for key, pairs in owners.items()}
    views = [_decision_view(desk, one, states[one.id]) for one in every_d]
    views += [_action_view(desk, one, names.get(one.id, "")) for one in every_a]
    return MinutesSheet(
        meeting,
        tuple(items),
        newest,
        entries,
        {view.key: view for view in views},
        tuple((one, states[one.id]) for one in found),
        tuple((one, names.get(one.id, "")) for one in tasks),
        tuple((one, bodies.get(one.organisation_id) if one.organisation_id else None) for one in said),
        {
            (one.record_id, one.field): one
            for one in drafts.waiting(session)
            if one.entity == MinutesEntry.__tablename__
        },
        zone,
    )


def _owner(desk: Desk, body: Organisation, person: Person | None) -> str:
    return f"{body.short} ({desk.language.pick(person, 'name')})" if person is not None else body.short


def _decision_view(desk: Desk, decision: Decision, found: decisions.Standing) -> BlockView:
    title = desk.tr(N_("Decision {reference}"), reference=decision.reference)
    tone = decision_register.TONES[found.state]
    text = desk.language.pick(decision, "text")
    return BlockView("decision", decision.id, title, text, "", desk.tr(found.state.label), tone)


def _action_view(desk: Desk, action: ActionPoint, responsible: str) -> BlockView:
    title = desk.tr(N_("Action point {reference}"), reference=action.reference)
    text = desk.language.pick(action, "task")
    if action.status in (ActionStatus.DONE, ActionStatus.DROPPED):
        done = "good" if action.status is ActionStatus.DONE else "neutral"
        return BlockView("action", action.id, title, text, responsible, desk.tr(action.status.label), done)
    due = desk.language.day(action.due, short=True) if action.due is not None else desk.tr(N_("No date"))
    tone = action_list.due_tone(action.due, desk.today()) if action.due is not None else "neutral"
    return BlockView("action", action.id, title, text, responsible, due, tone or "neutral")


def keep_entry(
    session: Session, minutes_id: UUID | None, meeting_id: UUID, item_id: UUID, field: str, text: str,
    dropped: Sequence[Key] = (),
) -> Minutes:  # fmt: skip
    """Keep the text of an item, beginning the minutes where there are none.

    A card taken out of one language's text is taken out of the other's too; its record stays.
    """
    newest = records.get(session, Minutes, minutes_id) if minutes_id else minutes.open_minutes(session, meeting_id)
    texts = {field: text}
    entry = minutes.entry_for(session, newest.id, item_id)
    if entry is not None and dropped:
        other = next(name for name in FIELDS if name != field)
        kept = getattr(entry, other)
        for kind, record_id in dropped:
            kept = minutes_text.without(kept, kind, record_id)
        texts[other] = kept
    minutes.write_entry(session, newest.id, item_id, **texts)
    return newest


def trash_block(session: Session, keys: Sequence[Key]) -> None:
    """Take the records of these cards from sight."""
    for kind, record_id in keys:
        records.remove(session, Decision if kind == "decision" else ActionPoint, record_id)
