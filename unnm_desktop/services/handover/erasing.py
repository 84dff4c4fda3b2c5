"""A person's data gone for good: from the record, the journal, the search index and every package from now on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, or_, select
from sqlalchemy.orm import Session

from unnm_desktop.db import ENTITIES, replay, search_index
from unnm_desktop.db.attachments import Attachment, SavedView
from unnm_desktop.db.engine import Database
from unnm_desktop.db.journal import ERASED, ERASED_WHOLE, SAME_AS, Kind, Operation, erasable, head_table
from unnm_desktop.db.keys import Key
from unnm_desktop.db.pending import Entry, cursor_of
from unnm_desktop.db.people import Appointment, Office, Person
from unnm_desktop.db.schema import REMAINS, workspace_table
from unnm_desktop.db.storing import referring
from unnm_desktop.db.text import fold
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import loose_files, records, terms
from unnm_desktop.services.handover.sifting import wipe_journal
from unnm_desktop.services.people import set_office_person

LABEL = N_("Erase personal data for good")
ABOUT = ("appointment", "attendance", "invitation")
"""Records of one person's doings: what was typed there may speak of the person, so it goes too."""
_SHORTEST = 3
"""Letters of a name by which a saved view is known to be about the person."""


class Remains(UserError):
    """The data are erased from all records; what lay under them on the disk is cleared away at the next start."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The data were erased, but this computer's disk did not let go of everything. Make room and open"
                " the workspace again: the rest is done then. Older copies still hold the data: delete them in"
                " their folder."
            )
        )


def erase(database: Database, person: UUID, on: date) -> None:
    """Blank everything that was typed about a person, here and wherever the next package goes; it cannot be undone.

    The person's record goes out of sight; who was in which meeting in what capacity stays, without a name, and what the
    person holds on that day ends the day before. Backups and packages made before still hold the data: a package cannot
    bring them back, and a backup that is restored on this computer has them erased again.

    Raises:
        UserError: there is no such person, the data are erased already, or the workspace can only be read.
        Remains: the data are erased, but what lay under them on the disk is not cleared away yet.

    """
    with database.write(LABEL, kind=Kind.SETTLE) as session:
        refuse_erased(session, person)
        people = same_people(session, person)
        _end(session, people, on)
        found = dict(about(session, people))
        for key, table in found.items():
            record = records.get(session, ENTITIES[table], key)
            if table in ERASED_WHOLE and record.removed_at is None:
                records.write(session, record, {"removed_at": datetime.now(UTC)})
        session.flush()
        erased = {key.hex: table for key, table in found.items()}
        pending = session.info["pending"]
        for row, table in erased.items():
            fields = {name: [blank, blank] for name, blank in erasable(ENTITIES[table]).items()}
            pending.written.append(Entry(ENTITIES[table], UUID(row), Operation.ERASE, fields, {}))
        pending.tables |= set(erased.values())
        pending.afterwards.append(lambda cursor: _forget(cursor, erased))
        note_remains(session.connection())
    try:
        clear_remains(database)
    except UserError as error:
        raise Remains from error


def erased(session: Session) -> dict[UUID, str]:
    """Everybody who was erased for good, and by which officer."""
    cursor = cursor_of(session)
    lines = cursor.execute(
        "SELECT row_id, officer FROM change JOIN changeset USING (device, seq)"
        " WHERE op = 'erase' AND entity = 'person' ORDER BY hlc"
    )
    return {UUID(row): officer for row, officer in lines}


def erase_again(workspace: Path, key: Key | None, people: Mapping[UUID, str], on: date) -> None:
    """Erase these people from an older state of their workspace that was put in its place, where they are still in it.

    Raises:
        UserError: it could not be done.

    """
    for person, officer in people.items():
        with Database(workspace, officer, key=key) as database:
            with database.read() as session:
                there = session.get(Person, person) is not None and person not in erased(session)
            if there:
                erase(database, person, on)


def note_remains(connection: Connection) -> None:
    """Note in the file that bytes of erased data may lie in it: if clearing them is cut off, the next start does it."""
    connection.execute(insert(workspace_table).prefix_with("OR REPLACE").values(name=REMAINS, value=""))


def clear_remains(database: Database) -> None:
    """Take away files that belonged to erased data, and the log in which erased data lie.

    To be called while nobody attaches a file.

    Raises:
        UserError: the disk does not let it happen; the note stays.

    """
    loose_files.drop(database)
    database.fold()
    with database.unjournalled() as connection:
        connection.execute(delete(workspace_table).where(workspace_table.c.name == REMAINS))
    database.remains = False
    database.fold()


def refuse_erased(session: Session, person: UUID) -> None:
    """Look whether the data of that person are still there.

    Raises:
        UserError: they were erased.

    """
    found = select(head_table.c.row_id).where(head_table.c.row_id == person, head_table.c.field == ERASED)
    if session.execute(found).first() is not None:
        raise UserError(N_("The data of this person were erased already."))


def same_people(session: Session, person: UUID) -> list[UUID]:
    """The person's record, and those that were joined to it: they hold the same person's data."""
    records.get(session, Person, person)
    cursor = cursor_of(session)
    lines = cursor.execute("SELECT row_id, fields FROM change WHERE op = 'same_as' AND entity = 'person'").fetchall()
    joined = [(UUID(row), json.loads(fields)[SAME_AS][1]) for row, fields in lines]
    found = [person]
    for one in found:
        found += [row for row, into in joined if into == str(one) and row not in found]
    return found


def files_of(session: Session, people: list[UUID]) -> list[Attachment]:
    """The files kept with these people, and with what tells of their doings."""
    keys = [*people, *(key for key, _ in _doings(session, people))]
    return list(session.scalars(select(Attachment).where(Attachment.record_id.in_(keys), Attachment.sha256 != "")))


def views_of(session: Session, people: list[UUID]) -> list[SavedView]:
    """The saved views that name one of these people, by record or by name."""
    names = set[str]()
    for one in people:
        record = records.get(session, Person, one)
        names |= {fold(name) for name in (record.name_en, record.name_ar) if len(name) >= _SHORTEST}
    keys = {form for one in people for form in (str(one), one.hex)}
    found = []
    for view in session.scalars(select(SavedView)):
        told = json.dumps(view.settings or {}, ensure_ascii=False)
        words = fold(f"{view.name}\n{told}")
        if any(key in told for key in keys) or any(name in words for name in names):
            found.append(view)
    return found


def _forget(cursor: Any, erased: dict[str, str]) -> None:
    wipe_journal(cursor, erased)
    replay.refresh(cursor, erased)
    search_index.forget_removed(cursor)


def _end(session: Session, people: list[UUID], on: date) -> None:
    """Whoever is erased speaks for no seat any more; the body keeps an office that it holds."""
    for seat in records.all_of(session, Appointment, Appointment.person_id.in_(people)):
        if terms.end_of(seat.end) < on:
            continue
        gone = bool(seat.start) and terms.begin_of(seat.start) >= on
        records.write(session, seat, {"removed_at": datetime.now(UTC)} if gone else {"end": terms.day_before(on)})
    for office in records.all_of(session, Office, Office.person_id.in_(people)):
        if terms.holds(office.start, office.end, on):
            set_office_person(session, office.id, None, on)
        elif terms.begin_of(office.start) > on:
            records.write(session, office, {"person_id": None})


def about(session: Session, people: list[UUID]) -> Iterator[tuple[UUID, str]]:
    """All that holds words about these people: key and kind."""
    yield from ((one, "person") for one in people)
    yield from _doings(session, people)
    yield from ((one.id, "attachment") for one in files_of(session, people))
    yield from ((one.id, "saved_view") for one in views_of(session, people))


def _doings(session: Session, people: list[UUID]) -> Iterator[tuple[UUID, str]]:
    for table, column in referring("person"):
        # Whoever came for the person is another one.
        if table in ABOUT and column == "person_id":
            entity: Any = ENTITIES[table]
            keys = session.scalars(select(entity.id).where(or_(*(getattr(entity, column) == one for one in people))))
            yield from ((key, table) for key in keys)
