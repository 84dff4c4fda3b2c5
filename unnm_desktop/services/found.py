"""What is shown of records of any kind in one list: a title in the reader's language and where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.base import Record
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.workplans import Activity, Workplan
from unnm_desktop.i18n import N_, Language, isolate
from unnm_desktop.services import any_record, meeting_names, records
from unnm_desktop.services.plan_names import title_of

LONGEST = 160
# What only shapes a text of the minutes.
_MARKS = re.compile(r"\{\{[^}]*\}\}|\*+|^#+ |^> |\|", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """One record in words."""

    entity: str
    id: UUID
    title: str
    kind: str
    """What it is and where it belongs: "Agenda item · 31st regular meeting"."""
    seat: UUID | None = None
    """The seat of an organisation that belongs to the network: who asks for a member wants its people."""


def tell(session: Session, wanted: Sequence[tuple[str, UUID]], network_id: UUID, language: Language) -> list[Told]:
    """These records in words, in the order asked for; those no longer in sight are left out.

    The statements are as many as the kinds, not as the records.

    """
    by_kind: dict[str, list[UUID]] = {}
    for entity, record_id in wanted:
        by_kind.setdefault(entity, []).append(record_id)
    rows: dict[UUID, Record] = {}
    for entity, ids in by_kind.items():
        rows.update(records.by_id(session, ENTITIES[entity], ids))
    seen = {key: row for key, row in rows.items() if row.removed_at is None}
    nameless = {name: [k for k in ids if k in seen and not _title(seen[k], language)] for name, ids in by_kind.items()}
    names = any_record.names(session, {name: ids for name, ids in nameless.items() if ids}, language)
    places = _Places(session, list(seen.values()), network_id, language)
    return [
        Told(
            entity,
            key,
            _title(seen[key], language) or names[key],
            places.kind(entity, seen[key]),
            places.seat(key),
        )
        for entity, key in wanted
        if key in seen
    ]


def _title(record: Any, language: Language) -> str:
    if isinstance(record, Workplan):
        return title_of(record, language)
    for name in ("title", "name", "task", "heading", "short", "text"):
        if hasattr(record, f"{name}_en") and (text := language.pick(record, name)):
            line = " ".join(_MARKS.sub("", text).split())
            return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
    if isinstance(record, Meeting):
        return meeting_names.name_of(record, language)
    return ""


class _Places:
    """Where records belong, read once for all of them."""

    def __init__(self, session: Session, rows: Sequence[Any], network_id: UUID, language: Language) -> None:
        self._language = language
        self._activities = _read(session, Activity, (getattr(row, "activity_id", None) for row in rows))
        self._items = _read(session, AgendaItem, (getattr(row, "agenda_item_id", None) for row in rows))
        self._meetings = _read(
            session, Meeting, (getattr(row, "meeting_id", None) for row in [*rows, *self._items.values()])
        )
        self._plans = _read(
            session, Workplan, (getattr(row, "workplan_id", None) for row in [*rows, *self._activities.values()])
        )
        self._bodies = _read(session, Organisation, (getattr(row, "organisation_id", None) for row in rows))
        bodies = [row.id for row in rows if isinstance(row, Organisation)]
        self._seats: Mapping[UUID, tuple[UUID, Any]] = {}
        if bodies:
            query = select(Membership.organisation_id, Membership.id, Membership.category).where(
                Membership.network_id == network_id,
                Membership.organisation_id.in_(bodies),
                Membership.removed_at.is_(None),
            )
            self._seats = {
                body: (seat, category) for body, seat, category in session.execute(query.order_by(Membership.start))
            }

    def seat(self, key: UUID) -> UUID | None:
        """The newest seat of an organisation in the network."""
        found = self._seats.get(key)
        return found[0] if found is not None else None

    def kind(self, entity: str, record: Any) -> str:
        """What a record is and where it belongs."""
        language = self._language
        noun = language.tr(ENTITIES[entity].NOUN)
        place = self._place(record)
        return f"{noun} · {place}" if place else noun

    def _place(self, record: Any) -> str:
        language = self._language
        reference = getattr(record, "reference", "")
        if isinstance(record, Meeting):
            return language.day(record.day, short=True) if record.day else ""
        if isinstance(record, Organisation):
            seat = self._seats.get(record.id)
            words = [isolate(record.acronym), language.tr(seat[1].label) if seat is not None else ""]
            return " · ".join(word for word in words if word)
        if reference:
            return isolate(reference)
        item = self._items.get(getattr(record, "agenda_item_id", None))
        meeting = self._meetings.get(getattr(item or record, "meeting_id", None))
        if meeting is not None:
            return meeting_names.name_of(meeting, language)
        activity = self._activities.get(getattr(record, "activity_id", None))
        plan = self._plans.get(getattr(activity or record, "workplan_id", None))
        if plan is not None:
            return language.tr(N_("Workplan {year}"), year=language.figures(str(plan.year)))
        body = self._bodies.get(getattr(record, "organisation_id", None))
        if body is not None:
            return isolate(body.acronym) if body.acronym else language.pick(body, "name")
        year = getattr(record, "year", None)
        return language.figures(str(year)) if year else ""


def _read(session: Session, entity: type[Any], keys: Iterable[UUID | None]) -> Mapping[UUID | None, Any]:
    wanted = {key for key in keys if key is not None}
    found: dict[UUID | None, Any] = {}
    if wanted:
        found.update(records.by_id(session, entity, wanted).items())
    return found
