"""The agenda of a meeting: its items, their order and the numbers that stay once it is circulated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import OPEN_STATUSES, ActionPoint
from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionState
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import HELD_STATES, AgendaItem, Invitation, ItemKind, Meeting, MeetingKind, MeetingState
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import ENGLISH, N_, Language
from unnm_desktop.services import calendar, issued, records, standings
from unnm_desktop.services.standing_items import CLOSING

_LATER = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
_LATER_AR = dict(
    zip(
        _LATER,
        ("مكرراً", "مكرراً ثانياً", "مكرراً ثالثاً", "مكرراً رابعاً", "مكرراً خامساً", "مكرراً سادساً", "مكرراً سابعاً"),
        strict=True,
    )
)


def agenda(session: Session, meeting_id: UUID) -> list[AgendaItem]:
    """The items of a meeting in their order."""
    return records.all_of(
        session, AgendaItem, AgendaItem.meeting_id == meeting_id, order=(AgendaItem.position, AgendaItem.id)
    )


def open_agenda(session: Session, meeting_id: UUID) -> list[AgendaItem]:
    """The items that guests and media may see: those for members only are left out (B-G3)."""
    return [item for item in agenda(session, meeting_id) if not item.closed]


def item_number(item: AgendaItem, language: Language = ENGLISH) -> str:
    """The item's number alone: its place while the agenda is a draft, the frozen number afterwards."""
    number, _, later = (item.number or str(item.position)).partition(" ")
    if not later:
        return language.figures(number)
    return f"{language.figures(number)} {_LATER_AR.get(later, later) if language.rtl else later}"


def display_number(meeting: Meeting, item: AgendaItem, language: Language = ENGLISH) -> str:
    """How the item is cited: ``31/2`` is item 2 of the 31st regular meeting, ``M05/2`` of any other one."""
    regular = meeting.kind is MeetingKind.REGULAR and meeting.ordinal is not None
    prefix = str(meeting.ordinal) if regular else meeting.reference.rpartition("/")[2]
    return f"{language.figures(prefix)}/{item_number(item, language)}"


def add_item(session: Session, meeting_id: UUID, *, position: int | None = None, **values: Any) -> AgendaItem:
    """Add an item, before the closing items unless a place is given; after circulation it gets a later number.

    Raises:
        Invalid: it has no title.
        UserError: the meeting is closed or cancelled.

    """
    meeting = records.get(session, Meeting, meeting_id)
    refuse_ended(meeting)
    items = agenda(session, meeting_id)
    place = _place(items, values.get("standing", "")) if position is None else max(0, min(position - 1, len(items)))
    item = records.create(session, AgendaItem, meeting_id=meeting_id, position=place + 1, **values)
    if meeting.numbers_frozen:
        records.update(session, AgendaItem, item.id, number=_later_number(items, place))
    items.insert(place, item)
    _number_places(session, items)
    return item


def _place(items: Sequence[AgendaItem], standing: str) -> int:
    if standing in CLOSING:
        return len(items)
    closing = (index for index, item in enumerate(items) if item.standing in CLOSING)
    return next(closing, len(items))


def _later_number(items: Sequence[AgendaItem], place: int) -> str:
    # Printed numbers stay for ever, so a removed item's number is not free either: only the highest counts on.
    bases = [int(item.number.split(" ")[0]) for item in items if item.number.split(" ")[0].isdigit()]
    if place == len(items) or not bases:
        return str(max(bases, default=0) + 1)
    before = items[place - 1].number.split(" ")[0] if place else "0"
    taken = {item.number for item in items}
    return next(name for name in (f"{before} {later}" for later in _endings()) if name not in taken)


def _endings() -> Any:
    yield from _LATER
    number = len(_LATER) + 2
    while True:
        yield f"({number})"
        number += 1


def move_item(session: Session, item_id: UUID, position: int) -> list[AgendaItem]:
    """Put an item at another place (1 = first) of the same agenda; every row's place is written, none is lost."""
    moved = records.get(session, AgendaItem, item_id)
    refuse_ended(records.get(session, Meeting, moved.meeting_id))
    items = [item for item in agenda(session, moved.meeting_id) if item.id != item_id]
    items.insert(max(0, min(position - 1, len(items))), moved)
    _number_places(session, items)
    return items


def remove_item(session: Session, item_id: UUID) -> None:
    """Take an item off the agenda; the others close the gap, frozen numbers stay."""
    item = records.get(session, AgendaItem, item_id)
    refuse_ended(records.get(session, Meeting, item.meeting_id))
    records.remove(session, AgendaItem, item_id)
    _number_places(session, agenda(session, item.meeting_id))


def _number_places(session: Session, items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, 1):
        if item.position != place:
            item.position = place
    session.flush()


def refuse_ended(meeting: Meeting) -> None:
    """Check that the agenda of this meeting may change.

    Raises:
        UserError: the meeting is closed or cancelled.

    """
    if meeting.state in (MeetingState.CLOSED, MeetingState.CANCELLED):
        raise UserError(
            N_("This meeting is over; its agenda stays as it was. Carry the item over to the next meeting.")
        )


def carry_over(session: Session, item_id: UUID, meeting_id: UUID, reason: str) -> AgendaItem:
    """Take an item up again at another meeting: the old one stays where it was, the new one is linked to it.

    Raises:
        Invalid: no reason is given.
        UserError: it is the same meeting, or that meeting is over.

    """
    item = records.get(session, AgendaItem, item_id)
    if not reason.strip():
        raise Invalid({"carried_reason": N_("Say why the item is carried over.")})
    if item.meeting_id == meeting_id:
        raise UserError(N_("The item is on this agenda already. Choose another meeting."))
    again = records.first_of(
        session, AgendaItem, AgendaItem.meeting_id == meeting_id, AgendaItem.carried_from_id == item_id
    )
    if again is not None:
        return again
    kept = (
        "title_en",
        "title_ar",
        "purpose_en",
        "purpose_ar",
        "kind",
        "presenter",
        "minutes",
        "objective_id",
        "closed",
    )
    values = {name: getattr(item, name) for name in kept}
    return add_item(session, meeting_id, carried_from_id=item_id, carried_reason=reason, **values)


class OpenMatter(Frozen):
    """An item of an earlier meeting that is not settled, and why (msgids)."""

    item: AgendaItem
    meeting: Meeting
    why: tuple[str, ...]


def _hanging(session: Session, network_id: UUID, on: date) -> dict[str, set[UUID]]:
    """The items that something hangs on, by what that is (a msgid)."""
    decisions = (Decision.network_id == network_id, Decision.removed_at.is_(None))
    item = Decision.agenda_item_id
    return {
        N_("Its decision was deferred"): _keys(session, item, *decisions, Decision.act == DecisionAct.DEFERRED),
        N_("Its decision has not been put to the members"): _keys(
            session, item, *decisions, Decision.pending_on.is_(None), Decision.act == DecisionAct.NONE
        ),
        N_("Its decision is pending"): _pending(session, network_id, on),
        N_("An action point from it is open"): _keys(
            session,
            ActionPoint.agenda_item_id,
            ActionPoint.network_id == network_id,
            ActionPoint.status.in_(OPEN_STATUSES),
            ActionPoint.removed_at.is_(None),
        ),
    }


def open_matters(session: Session, network_id: UUID, on: date, before: Meeting | None = None) -> list[OpenMatter]:
    """Items of earlier meetings that could be carried over, newest meeting first: offered, never done silently.

    An item is open while a decision under it is pending or deferred, an action point from it is open, or, at the
    last meeting, nothing was written about it. What has been carried over already is not offered again.
    """
    conditions: list[Any] = [Meeting.network_id == network_id, Meeting.state.in_(HELD_STATES)]
    if before is not None:
        conditions += [Meeting.day <= before.day, Meeting.id != before.id]
    last = records.first_of(session, Meeting, *conditions, order=(Meeting.day.desc(), Meeting.id.desc()))
    if last is None:
        return []
    carried = _keys(session, AgendaItem.carried_from_id, AgendaItem.removed_at.is_(None))
    hanging = _hanging(session, network_id, on)
    written = _written(session, last.id)
    # Not the items of fifty years: those that something hangs on, and the last meeting's.
    items = records.all_of(
        session,
        AgendaItem,
        or_(AgendaItem.meeting_id == last.id, AgendaItem.id.in_(set().union(*hanging.values()))),
        AgendaItem.meeting_id.in_(select(Meeting.id).where(*conditions, Meeting.removed_at.is_(None))),
        order=(AgendaItem.position, AgendaItem.id),
    )
    by_id = records.by_id(session, Meeting, {item.meeting_id for item in items})
    found = []
    for item in items:
        if item.id in carried or item.standing:
            continue
        why = [words for words, keys in hanging.items() if item.id in keys]
        if item.meeting_id == last.id and written is not None and item.id not in written:
            why.append(N_("Nothing was written about it"))
        if why:
            found.append(OpenMatter(item, by_id[item.meeting_id], tuple(why)))
    return sorted(found, key=lambda matter: (-matter.meeting.day.toordinal(), matter.item.position))


def _pending(session: Session, network_id: UUID, on: date) -> set[UUID]:
    """Items with a decision that still waits for members."""
    network = records.get(session, Network, network_id)
    at = calendar.end_of_day(on, network.time_zone)
    waiting = records.all_of(
        session,
        Decision,
        Decision.network_id == network_id,
        Decision.agenda_item_id.is_not(None),
        Decision.act == DecisionAct.NONE,
        standings.may_be_pending(at, on),
    )
    found = standings.standing(session, [one.id for one in waiting], at)
    asked = {one.id: one.agenda_item_id for one in waiting if found[one.id].state is DecisionState.PENDING}
    return {item_id for item_id in asked.values() if item_id is not None}


def _keys(session: Session, column: Any, *conditions: Any) -> set[UUID]:
    return set(session.scalars(select(column).where(column.is_not(None), *conditions)))


def _written(session: Session, meeting_id: UUID) -> set[UUID] | None:
    """Items of a meeting with words in its minutes; None where no minutes were begun."""
    query = (
        select(MinutesEntry.agenda_item_id, MinutesEntry.text_en, MinutesEntry.text_ar)
        .join(AgendaItem, AgendaItem.id == MinutesEntry.agenda_item_id)
        .where(AgendaItem.meeting_id == meeting_id, MinutesEntry.removed_at.is_(None))
    )
    rows = session.execute(query).all()
    return {key for key, english, arabic in rows if english.strip() or arabic.strip()} if rows else None


def undecided(session: Session, meeting_id: UUID) -> list[AgendaItem]:
    """The items for decision without one, for the check before a meeting is closed."""
    decided = _keys(session, Decision.agenda_item_id, Decision.meeting_id == meeting_id, Decision.removed_at.is_(None))
    return [
        item
        for item in agenda(session, meeting_id)
        if item.kind is ItemKind.DECISION and not item.standing and item.id not in decided
    ]


def circulate_agenda(session: Session, meeting_id: UUID, at: datetime) -> list[Dispatch]:
    """Send the agenda to everybody invited: its numbers freeze, and each sending is recorded.

    Raises:
        UserError: there is nothing to send, or nobody to send it to.

    """
    meeting = records.get(session, Meeting, meeting_id)
    refuse_ended(meeting)
    items = agenda(session, meeting_id)
    if not items:
        raise UserError(N_("The agenda is empty. Add its items, then circulate it."))
    query = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.meeting_id == meeting_id, Invitation.removed_at.is_(None))
        .order_by(Organisation.acronym, Organisation.name_en, Organisation.id)
    )
    guests = session.execute(query).all()
    if not guests:
        raise UserError(N_("Nobody is invited yet. Invite the members, then circulate the agenda."))
    if not meeting.numbers_frozen:
        for place, item in enumerate(items, 1):
            item.number = str(place)
        meeting.numbers_frozen = True
        session.flush()
    sent, reached = [], set()
    for invitation, organisation in guests:
        if organisation.id not in reached:
            reached.add(organisation.id)
            sent.append(
                issued.record_dispatch(
                    session,
                    meeting.network_id,
                    DispatchKind.AGENDA,
                    organisation.short,
                    at,
                    channel=invitation.channel,
                    organisation_id=organisation.id,
                    meeting_id=meeting_id,
                )
            )
    return sent
