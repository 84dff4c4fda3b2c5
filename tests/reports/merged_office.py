"""Two officers with one office, and a merge with everything that its report tells; the clock stands where it is put."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db import ActionPoint, Network, Organisation, Person, engine
from unnm_desktop.db.device import Device
from unnm_desktop.db.engine import Database
from unnm_desktop.db.identity import uuid7
from unnm_desktop.services import handover, records
from unnm_desktop.services.handover import conflicts, deciding, merge
from unnm_desktop.services.handover.conflicts import Conflict
from unnm_desktop.services.handover.deciding import Answer, Pick
from unnm_desktop.services.handover.incoming import Incoming

FIRST = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
OWN_DAY = "2026-12-24"


@contextmanager
def _clock() -> Iterator[None]:
    """Each look at the clock is a minute after the one before."""
    moment = [FIRST]

    def tick() -> datetime:
        moment[0] += timedelta(minutes=1)
        return moment[0]

    right = engine.utc_now, merge.utc_now
    engine.utc_now = merge.utc_now = tick  # type: ignore[attr-defined]  # what merge has imported
    try:
        yield
    finally:
        engine.utc_now, merge.utc_now = right  # type: ignore[attr-defined]  # as above


def made(folder: Path) -> tuple[Path, UUID]:
    """A workspace after the merge, and the merge."""
    mine, theirs = folder / "mine.unnm", folder / "theirs.unnm"
    with _clock():
        with Database.create(mine, "Amina Haddad") as database, database.write("Found") as session:
            tasks = _found(session)
        shutil.copy(mine, theirs)
        with Database(theirs, "Luis Pereira") as database:
            device = database.device = Device(database.id, uuid7(), 0)
            with database.write("Edit") as session:
                _edit(session, tasks, "long", date(2026, 12, 8))
                records.create(session, Organisation, name_en="Migrant Workers' Society", country="BHR")
                network = records.all_of(session, Network)[0]
                values = {"reference": "BHR/2026/A04", "task_en": "Invite the Ministry of Labour"}
                records.create(session, ActionPoint, network_id=network.id, **values)
                records.update(session, Person, records.all_of(session, Person)[0].id, phones="+973 1700 0002")
            with database.read() as session:
                package = [json.dumps(one) for one in handover.exported(session)]
        with Database(mine, "Amina Haddad") as database:
            with database.write("Edit") as session:
                _edit(session, tasks, "short", date(2026, 12, 1))
                records.remove(session, ActionPoint, tasks[1])
                records.create(session, Organisation, name_en="Migrant Workers' Society", country="BHR")
                network = records.all_of(session, Network)[0]
                values = {"reference": "BHR/2026/A04", "task_en": "Book the room"}
                records.create(session, ActionPoint, network_id=network.id, **values)
            merge_id = _merged(database, package, device.id)
    return mine, merge_id


def _found(session: Session) -> list[UUID]:
    network = records.create(session, Network, country="BHR", name_en="Network", name_ar="الشبكة")
    records.create(session, Person, name_en="Amal Yaqoob", name_ar="أمل يعقوب", phones="+973 1700 0001")
    texts = (
        ("Draft the note", "صياغة المذكرة"),
        ("Ask the Ministry", "سؤال الوزارة"),
        ("Share the minutes", "تعميم المحضر"),
    )
    return [
        records.create(
            session,
            ActionPoint,
            network_id=network.id,
            reference=f"BHR/2026/A{n:02}",
            task_en=english,
            task_ar=arabic,
        ).id
        for n, (english, arabic) in enumerate(texts, 1)
    ]


def _edit(session: Session, tasks: list[UUID], word: str, due: date) -> None:
    records.update(session, ActionPoint, tasks[0], task_en=f"Draft the {word} note", due=due)
    if word == "long":
        records.update(session, ActionPoint, tasks[1], evidence="Their letter of 3 November")
    records.update(session, ActionPoint, tasks[2], evidence=f"The {word} list of those who have it")


def _answer(conflict: Conflict) -> Answer | None:
    """Theirs for the text, a day of one's own, the record stays; the evidence is left for later."""
    if conflict.field == "due":
        return Answer(conflict, Pick.OWN, OWN_DAY)
    if conflict.field == "task_en":
        return Answer(conflict, Pick.THEIRS)
    return None


def _merged(database: Database, package: list[str], device: UUID) -> UUID:
    incoming = Incoming.read(json.loads(line) for line in package)
    own = database.device.id if database.device else None
    with database.read() as session:
        preview = handover.plan(session, incoming, own)
    known = {"id": str(device), "label": "Manama laptop (N. Haddad)", "first_seen": "2026-03-03T08:00:00+00:00"}
    done = merge.apply(
        database,
        incoming,
        package_id="8f2c",
        from_device=device,
        backup_path="/backups/mine-20261120.unnm",
        devices=[known],
        answers=[one for one in map(_answer, preview.conflicts) if one is not None],
    )
    if done.id is None:
        raise RuntimeError("the package brought nothing")
    with database.read() as session:
        later = [one for one in conflicts.open_conflicts(session) if deciding.is_over_removal(one)]
    # One is decided later, on its own.
    deciding.decide(database, deciding.all_of(later, Pick.THEIRS))
    return done.id
