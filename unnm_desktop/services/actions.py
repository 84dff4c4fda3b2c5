"""Action points: what was promised, by whom, by when, and how often they were reminded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unnm_desktop.db.actions import (
    OPEN_STATUSES,
    ActionNote,
    ActionPoint,
    ActionResponsible,
    ActionStatus,
    NoteKind,
)
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import calendar, numbering, records
from unnm_desktop.services.action_list import ACTIONS as ACTIONS
from unnm_desktop.services.action_list import DONE as DONE
from unnm_desktop.services.action_list import responsible_of as responsible_of
from unnm_desktop.services.open_actions import OPEN as OPEN

SOON_DAYS = 7

Responsible = tuple[UUID, UUID | None]
"""An organisation and, where one is named, a person of it."""


@dataclass(frozen=True)
class Tally:
    """How many action points of a network are in each condition on a day.

    Args:
        open: not begun.
        in_progress: begun.
        overdue: open or in progress, and due before the day.
        due_this_week: open or in progress, and due that day or in the six days after it.
        done: carried out.

    """

    open: int = 0
    in_progress: int = 0
    overdue: int = 0
    due_this_week: int = 0
    done: int = 0

    @property
    def unfinished(self) -> int:
        """Open and in progress together."""
        return self.open + self.in_progress


def create_action(
    session: Session, network_id: UUID, on: date, *, responsible: Sequence[Responsible] = (), **values: Any
) -> ActionPoint:
    """Write down a promise with its reference and who is responsible.

    Raises:
        Invalid: there is no task.

    """
    network = records.get(session, Network, network_id)
    values = {"given_on": on, **values}
    action = records.create(
        session,
        ActionPoint,
        network_id=network_id,
        reference=numbering.next_reference(session, network, "A", on.year),
        **values,
    )
    set_responsible(session, action.id, responsible)
    return action


def set_responsible(session: Session, action_id: UUID, responsible: Sequence[Responsible]) -> None:
    """Say who is responsible: these organisations, and nobody else."""
    wanted = dict(responsible)
    for link in records.all_of(session, ActionResponsible, ActionResponsible.action_id == action_id):
        if link.organisation_id not in wanted:
            records.remove(session, ActionResponsible, link.id)
    for organisation_id, person_id in wanted.items():
        records.link(
            session,
            ActionResponsible,
            "action_responsible",
            ("action_id", action_id),
            ("organisation_id", organisation_id),
            person_id=person_id,
        )


def is_overdue(action: ActionPoint, on: date) -> bool:
    """Whether it is open although its day has passed."""
    return action.status in OPEN_STATUSES and action.due is not None and action.due < on


def begin(session: Session, action_id: UUID) -> ActionPoint:
    """Note that somebody works on it.

    Raises:
        UserError: it is done or dropped.

    """
    action = records.get(session, ActionPoint, action_id)
    _refuse_finished(action)
    return records.update(session, ActionPoint, action_id, status=ActionStatus.IN_PROGRESS)


def mark_done(session: Session, action_id: UUID, on: date, evidence: str = "") -> ActionPoint:
    """Note that it is done; done twice keeps the first day.

    Raises:
        UserError: it was dropped.

    """
    action = records.get(session, ActionPoint, action_id)
    if action.status is ActionStatus.DROPPED:
        raise UserError(N_("This action point was dropped. Reopen it first, then mark it as done."))
    changed: dict[str, Any] = {"evidence": evidence} if evidence else {}
    if action.status is not ActionStatus.DONE:
        changed |= {"status": ActionStatus.DONE, "done_on": on}
    return records.update(session, ActionPoint, action_id, **changed)


def reopen(session: Session, action_id: UUID, on: date, reason: str) -> ActionPoint:
    """Open it again; the reason becomes a note, what was noted before stays in the history.

    Raises:
        Invalid: no reason is given.

    """
    action = records.get(session, ActionPoint, action_id)
    if action.status in OPEN_STATUSES:
        return action
    if not reason.strip():
        raise Invalid({"reason": N_("Say why it is opened again.")})
    note(session, action_id, on, reason)
    return records.update(session, ActionPoint, action_id, status=ActionStatus.OPEN, done_on=None, dropped_reason="")


def drop(session: Session, action_id: UUID, reason: str) -> ActionPoint:
    """Drop it, with the reason.

    Raises:
        Invalid: no reason is given.
        UserError: it is done.

    """
    action = records.get(session, ActionPoint, action_id)
    if action.status is ActionStatus.DONE:
        raise UserError(N_("This action point is done. Reopen it first if it is to be dropped."))
    return records.update(session, ActionPoint, action_id, status=ActionStatus.DROPPED, dropped_reason=reason)


def _refuse_finished(action: ActionPoint) -> None:
    if action.status not in OPEN_STATUSES:
        raise UserError(N_("This action point is finished. Reopen it first."))


def move_date(session: Session, action_id: UUID, due: date | None) -> ActionPoint:
    """Give it another day.

    Raises:
        UserError: it is done or dropped.

    """
    _refuse_finished(records.get(session, ActionPoint, action_id))
    return records.update(session, ActionPoint, action_id, due=due)


def move_later(session: Session, action_id: UUID, days: int, months: int) -> ActionPoint:
    """Move its day by so many days and calendar months.

    Raises:
        UserError: it is done or dropped, has no day, or there is none so much later.

    """
    action = records.get(session, ActionPoint, action_id)
    _refuse_finished(action)
    if action.due is None:
        raise UserError(N_("This action point has no day to move. Give it one first."))
    try:
        due = calendar.add_months(action.due, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise UserError(N_("The calendar ends with the year 9999. Give it an earlier day first.")) from None
    return records.update(session, ActionPoint, action_id, due=due)


def reassign(session: Session, action_id: UUID, responsible: Sequence[Responsible]) -> None:
    """Give it to others.

    Raises:
        UserError: it is done or dropped.

    """
    _refuse_finished(records.get(session, ActionPoint, action_id))
    set_responsible(session, action_id, responsible)


def remind_owners(session: Session, action_id: UUID, on: date) -> ActionNote:
    """Note that the responsible were reminded, with their names.

    Raises:
        UserError: it is done or dropped.

    """
    return remind(session, action_id, on, ", ".join(names_of(responsible_of(session, [action_id])[action_id])))


def note(session: Session, action_id: UUID, on: date, text: str) -> ActionNote:
    """Add a note on its progress.

    Raises:
        Invalid: it says nothing.

    """
    if not text.strip():
        raise Invalid({"text": N_("Write the note first.")})
    return _note(session, action_id, on, text, NoteKind.PROGRESS)


def remind(session: Session, action_id: UUID, on: date, text: str = "") -> ActionNote:
    """Note that the responsible were reminded.

    Raises:
        UserError: it is done or dropped.

    """
    _refuse_finished(records.get(session, ActionPoint, action_id))
    return _note(session, action_id, on, text, NoteKind.REMINDER)


def _note(session: Session, action_id: UUID, on: date, text: str, kind: NoteKind) -> ActionNote:
    records.get(session, ActionPoint, action_id)
    return records.create(session, ActionNote, action_id=action_id, kind=kind, noted_on=on, text=text)


def notes(session: Session, action_id: UUID) -> list[ActionNote]:
    """Notes and reminders, newest first."""
    return records.all_of(
        session, ActionNote, ActionNote.action_id == action_id, order=(ActionNote.noted_on.desc(), ActionNote.id.desc())
    )


def tally(session: Session, network_id: UUID, on: date) -> Tally:
    """How many are open, in progress, overdue, due soon and done, in one statement."""
    soon = on + timedelta(days=SOON_DAYS - 1)
    unfinished = select(func.count()).where(ActionPoint.network_id == network_id, OPEN)
    done = select(func.count()).where(ActionPoint.network_id == network_id, DONE)
    query = select(
        unfinished.where(ActionPoint.status == ActionStatus.OPEN).scalar_subquery(),
        unfinished.where(ActionPoint.status == ActionStatus.IN_PROGRESS).scalar_subquery(),
        unfinished.where(ActionPoint.due < on).scalar_subquery(),
        unfinished.where(ActionPoint.due.between(on, soon)).scalar_subquery(),
        done.scalar_subquery(),
    )
    return Tally(*session.execute(query).one())


def of_meeting(session: Session, meeting_id: UUID) -> list[ActionPoint]:
    """The action points given at a meeting, in order of making."""
    return records.all_of(session, ActionPoint, ActionPoint.meeting_id == meeting_id)


def names_of(found: Sequence[tuple[Organisation, Person | None]]) -> list[str]:
    """The responsible as one writes them: "IOM (Sara Haddad)"."""
    return [
        f"{organisation.short} ({person.name_en or person.name_ar})" if person else organisation.short
        for organisation, person in found
    ]
