"""Handing the office over: the copy that stays behind is only read, until it is taken back with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from unnm_desktop.db import journal, journal_order
from unnm_desktop.db.engine import utc_now
from unnm_desktop.db.handed import FACT, Handed
from unnm_desktop.db.journal import Kind
from unnm_desktop.db.schema import workspace_table
from unnm_desktop.db.text import clean
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import exporting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.handover.package import Packed

LONGEST = 300
"""Letters of a name or a reason: both stand in the journal as a line."""


@dataclass(frozen=True)
class Event:
    """An office went over, or was taken back."""

    taken_back: bool
    at: datetime
    officer: str
    says: str
    """To whom it went; why it was taken back."""


def name_of(to: str) -> str:
    """The name as it is kept.

    Raises:
        UserError: there is none.

    """
    name = " ".join(clean(to).split())[:LONGEST]
    if not name:
        raise UserError(N_("Say to whom the office is handed over."))
    return name


def hand_over(database: Database, made: Packed, now: datetime) -> None:
    """Mark the copy that stays behind: it is only read from now on.

    To be called when the package is on the stick and was read back; what is in the workspace and not in it is refused.

    Raises:
        UserError: something was written since the package was made, or the workspace cannot be written.

    """
    told = made.manifest
    handed = Handed(told.to, now.astimezone(UTC).isoformat(timespec="seconds"), made.path.name, told.package_id)
    with database.write(told.to, kind=Kind.HAND_OVER) as session:
        if exporting.known(session) != told.vector:
            raise UserError(
                N_(
                    "Something was changed while the package was made, so it does not hold everything and the office"
                    " stays here. Make the package once more."
                )
            )
        session.execute(insert(workspace_table).values(name=FACT, value=handed.told()))
        session.info["pending"].marked = True
    database.handed = handed


def take_back(database: Database, reason: str) -> None:
    """Work in a workspace again that was handed over; the reason stands in the journal and travels.

    Raises:
        UserError: it was not handed over, no reason is given, or the workspace cannot be written.

    """
    if database.handed is None:
        raise UserError(N_("This workspace was not handed over, so there is nothing to take back."))
    why = " ".join(clean(reason).split())[:LONGEST]
    if not why:
        raise UserError(N_("Say why the office is taken back; whoever works with it now will read it."))
    with database.write(why, kind=Kind.TAKE_BACK) as session:
        session.execute(delete(workspace_table).where(workspace_table.c.name == FACT))
        session.info["pending"].marked = True
    database.handed = None


def events(session: Session) -> list[Event]:
    """What was handed over and taken back, here and on the computers whose packages were taken in; newest first."""
    table = journal.changeset_table
    query = select(table.c.kind, table.c.at_utc, table.c.officer, table.c.label).where(
        table.c.kind.in_((Kind.HAND_OVER.value, Kind.TAKE_BACK.value)), table.c.retracted.is_(False)
    )
    return [
        Event(kind == Kind.TAKE_BACK, at, officer, label)
        for kind, at, officer, label in session.execute(query.order_by(*journal_order.newest_first(utc_now())))
    ]
