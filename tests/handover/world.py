"""Several copies of one workspace, worked on apart and merged: real files, the real engine, the real journal."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from unnm_desktop.db import (
    ENTITIES,
    ActionPoint,
    ActionResponsible,
    AgendaItem,
    Meeting,
    Minutes,
    MinutesEntry,
    Network,
    Organisation,
    Person,
    engine,
    replay,
)
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.identity import link_id, uuid7
from unnm_desktop.db.journal import Kind
from unnm_desktop.services import handover, records
from unnm_desktop.services.handover import erasing, joining, settle
from unnm_desktop.services.handover.conflicts import Conflict
from unnm_desktop.services.handover.deciding import Answer
from unnm_desktop.services.handover.incoming import Incoming

TEXT = "First paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n\nFourth paragraph."
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
DAY = date(2026, 11, 21)
FOLDER = MEMORY if MEMORY.is_dir() else None


@dataclass
class Base:
    """What every copy begins with."""

    path: Path
    keys: dict[str, UUID] = field(default_factory=dict)


def make_base(template: Path, folder: Path) -> Base:
    """A filled workspace, with records that were edited, removed and brought back."""
    base = Base(folder / "base.unnm")
    shutil.copy(template, base.path)
    keys = base.keys
    with Database(base.path, "Founder") as database:
        with database.write("Found") as session:
            network = records.create(session, Network, country="BHR", name_en="Network")
            keys["network"] = network.id
            for name in ("iom", "who", "ilo"):
                keys[name] = records.create(session, Organisation, name_en=name.upper(), acronym=name).id
            for name in ("amal", "badr", "carla"):
                values = {"name_en": name.title(), "emails": f"{name}@example.org", "organisation_id": keys["iom"]}
                keys[name] = records.create(session, Person, **values).id
            meeting = records.create(session, Meeting, network_id=network.id, day=date(2026, 3, 1), title_en="First")
            item = records.create(session, AgendaItem, meeting_id=meeting.id, title_en="Opening")
            minutes = records.create(session, Minutes, meeting_id=meeting.id)
            made = records.create(session, MinutesEntry, minutes_id=minutes.id, agenda_item_id=item.id, text_en=TEXT)
            keys["entry"] = made.id
            for name in ("task", "chore"):
                keys[name] = records.create(session, ActionPoint, network_id=network.id, task_en=name).id
        with database.write("Edit") as session:
            records.update(session, Person, keys["badr"], phones="+973 1")
            records.update(session, Organisation, keys["who"], note="Seat in Manama")
        with database.write("Remove") as session:
            records.remove(session, ActionPoint, keys["chore"])
        with database.write("Bring back") as session:
            records.restore(session, ActionPoint, keys["chore"])
            records.update(session, ActionPoint, keys["chore"], evidence="kept")
    return base


@dataclass
class Copy:
    """One officer's workspace."""

    name: str
    database: Database
    merges: list[UUID] = field(default_factory=list)
    skew: timedelta = timedelta()

    def update(self, table: str, key: UUID, **values: Any) -> None:
        with self.database.write("Edit") as session:
            records.update(session, ENTITIES[table], key, **values)

    def remove(self, table: str, key: UUID) -> None:
        with self.database.write("Remove") as session:
            records.remove(session, ENTITIES[table], key)

    def restore(self, table: str, key: UUID) -> None:
        with self.database.write("Restore") as session:
            records.restore(session, ENTITIES[table], key)

    def create(self, table: str, **values: Any) -> UUID:
        with self.database.write("Make") as session:
            return records.create(session, ENTITIES[table], **values).id

    def link(self, action: UUID, organisation: UUID) -> UUID:
        with self.database.write("Link") as session:
            start, end = ("action_id", action), ("organisation_id", organisation)
            return records.link(session, ActionResponsible, "responsible", start, end).id

    def value(self, table: str, key: UUID, name: str) -> Any:
        with self.database.read() as session:
            return getattr(records.get(session, ENTITIES[table], key), name)

    def visible(self, table: str, key: UUID) -> bool:
        with self.database.read() as session:
            record = session.get(ENTITIES[table], key)
            return record is not None and record.removed_at is None

    def conflicts(self) -> list[Conflict]:
        with self.database.read() as session:
            return handover.open_conflicts(session)

    def package(self, since: Any = None, **scope: Any) -> str:
        """What goes to another copy, as text: nothing but plain data leaves the workspace."""
        with self.database.read() as session:
            return "\n".join(json.dumps(one) for one in handover.exported(session, since, **scope))

    def take(self, package: str, decide: Callable[[Conflict], Answer | None] | None = None) -> handover.merge.Merged:
        """Look at a package, then take it in with the decisions; what was shown must be what is done."""
        own = self.database.device.id if self.database.device else None
        with self.database.read() as session:
            preview = handover.plan(session, read(package), own)
        answers = [one for one in map(decide, preview.conflicts) if one is not None] if decide is not None else []
        merged = handover.apply(self.database, read(package), expected=preview.counts, answers=answers)
        assert merged.counts == preview.counts
        assert len(preview.conflicts) == preview.counts["conflicts"]
        if merged.id is not None:
            self.merges.append(merged.id)
        return merged

    def undo(self, merge: UUID) -> None:
        handover.undo_merge(self.database, merge)

    def decide(self, conflict: Conflict, value: Any) -> None:
        with self.database.write(settle.LABEL, kind=Kind.SETTLE) as session:
            settle.settle(session, conflict.entity, conflict.row, conflict.field, value)

    def keep(self, conflict: Conflict) -> None:
        with self.database.write(settle.LABEL, kind=Kind.SETTLE) as session:
            settle.keep(session, conflict.entity, conflict.row)

    def let_go(self, conflict: Conflict) -> None:
        with self.database.write(settle.LABEL, kind=Kind.SETTLE) as session:
            settle.let_go(session, conflict.entity, conflict.row)

    def join(self, table: str, loser: UUID, stays: UUID) -> None:
        with self.database.write(joining.LABEL, kind=Kind.SETTLE) as session:
            joining.join(session, table, loser, stays)

    def separate(self, table: str, loser: UUID) -> None:
        with self.database.write(joining.SEPARATE_LABEL, kind=Kind.SETTLE) as session:
            joining.separate(session, table, loser)

    def erase(self, person: UUID) -> None:
        erasing.erase(self.database, person, DAY)

    def state(self) -> dict[str, Any]:
        """Every record as the tables have it, and what is in conflict."""
        found: dict[str, Any] = {}
        with self.database.read() as session:
            cursor: Any = session.connection().connection.cursor()
            for table in ENTITIES:
                for row in cursor.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names of our own
                    found[f"{table} {row[0]}"] = row[1:]
            for row, name, kind, heads in cursor.execute("SELECT row_id, field, kind, heads FROM conflict"):
                found[f"conflict {row} {name} {kind}"] = heads
        return found

    def check(self) -> None:
        """The journal replays to the tables, and what is derived from it is what a rebuild derives."""
        assert self.database.check() == []
        with self.database.read() as session:
            kept = self._derived(session)
        with self.database.write("Rebuild") as session:
            replay.rebuild(session.connection().connection.cursor())
            rebuilt = self._derived(session)
            session.rollback()
        assert kept == rebuilt

    @staticmethod
    def _derived(session: Any) -> tuple[Any, ...]:
        cursor: Any = session.connection().connection.cursor()
        heads = cursor.execute("SELECT row_id, field, device, seq, shown FROM head ORDER BY 1, 2, 3, 4").fetchall()
        return heads, cursor.execute("SELECT row_id, field, kind, heads FROM conflict ORDER BY 1, 2, 3").fetchall()


def read(package: str) -> Incoming:
    return Incoming.read(json.loads(line) for line in package.splitlines())


@contextmanager
def copies(base: Base, count: int = 3) -> Iterator[list[Copy]]:
    """So many officers, each with a copy of the base on a computer of their own."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        made: list[Copy] = []
        try:
            for number in range(count):
                path = Path(folder) / f"{number}.unnm"
                shutil.copy(base.path, path)
                database = Database(path, f"Officer {number}")
                database.device = Device(database.id, uuid7(), 0)
                database._reached.seen = None
                made.append(Copy(f"Officer {number}", database))
            yield made
        finally:
            for one in made:
                one.database.close()


def gossip(all_copies: list[Copy]) -> None:
    """Everybody gives everything to everybody, until nobody has anything new."""
    for _ in range(4):
        new = [taker.take(giver.package()).id for giver in all_copies for taker in all_copies if giver is not taker]
        if not any(new):
            return
    raise AssertionError("merging never comes to an end")


@contextmanager
def clock(skew: timedelta) -> Iterator[None]:
    """The computer's clock as it is, so much ahead or behind."""
    right = engine.utc_now
    engine.utc_now = lambda: datetime.now(UTC) + skew
    try:
        yield
    finally:
        engine.utc_now = right


def link_key(action: UUID, organisation: UUID) -> UUID:
    return link_id("responsible", action, organisation)
