"""What the program does while a fault strikes: operations of every kind, in a process that may die at any moment."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

# The process that all others are forked from loads what the program loads late.
from cryptography.hazmat.primitives.ciphers import aead as _aead  # noqa: F401 - loaded for those forked from it
from cryptography.hazmat.primitives.kdf import argon2 as _argon2  # noqa: F401 - loaded for those forked from it
from sqlalchemy.orm import configure_mappers

from unnm_desktop import paths
from unnm_desktop.db import Meeting, Network, Person, connecting, keys, turning
from unnm_desktop.db import migrate as _migrate  # noqa: F401 - loaded for those forked from it
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import Key
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services import backup, papers, records, restoring
from unnm_desktop.services.backup import Reason
from unnm_desktop.services.handover import content, erasing, package, receiving
from unnm_desktop.services.handover import keys as office
from unnm_desktop.services.restoring import Access

WORDS, OTHER = "the words of the officer", "the words of tomorrow"
CANARY = "Canary"
"""Stands in every name: it may be read nowhere on a disk while the workspace is protected."""
COLLEAGUE = "from-a-colleague.unnmx"
"""The package on the stick."""
_MOST = 256 << 20
"""Bytes a file of a test may have."""


@dataclass(frozen=True)
class Place:
    """A computer's share of a test: its workspace, its own data, its backups, and a stick."""

    folder: Path

    @property
    def workspace(self) -> Path:
        return self.folder / "work.unnm"

    @property
    def old(self) -> Path:
        """A workspace of an earlier schema."""
        return self.folder / "old.unnm"

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    @property
    def chosen(self) -> Path:
        """The folder for backups that the officer chose."""
        return self.folder / "backups"

    def live_here(self) -> None:
        """Let this process use the place's own data, and no dear passphrases."""
        os.environ["UNNM_HOME"] = str(self.folder / "home")
        keys.tuned = lambda: keys.Cost(64, 1, 1)

    def words(self) -> str:
        """The passphrase that holds; a change of it that broke off has left one of two."""
        found = [one for one in (WORDS, OTHER) if keys.read(self.workspace).opened(one) is not None]
        assert found, "neither passphrase opens the workspace"
        return found[0]

    def key(self) -> Key | None:
        return keys.unlock(self.workspace, self.words()) if paths.is_protected(self.workspace) else None


class Officer:
    """Whoever works at a place; the workspace is opened when it is first wanted."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = Database(self.place.workspace, "Canary Officer", key=self.place.key())
        return self._database

    @property
    def backups(self) -> Path:
        return backup.folder_for(self.database.id, str(self.place.chosen))

    def close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None


def commit(officer: Officer) -> str:
    """A record; its name."""
    name = f"{CANARY} {uuid4()}"
    with officer.database.write("Make") as session:
        records.create(session, Network, country="KWT", name_en=name)
    return name


def attach(officer: Officer) -> str:
    """A paper of a meeting; its hash."""
    with officer.database.read() as session:
        meeting = records.all_of(session, Meeting)[0].id
    stored = papers.keep_bytes(officer.database.blobs.put, "paper.txt", CANARY.encode() + os.urandom(300_000))
    with officer.database.write("Attach") as session:
        papers.add(session, meeting, [stored])
    return stored.sha256


def erase(officer: Officer) -> str:
    """A person erased for good; the key."""
    with officer.database.write("Make") as session:
        person = records.create(session, Person, name_en=f"{CANARY} erased").id
    erasing.erase(officer.database, person, datetime.now(UTC).date())
    return str(person)


def take_in(officer: Officer, progress: Progress = SILENT) -> str:
    """A colleague's package taken in, or the last one taken back."""
    with officer.database.read() as session:
        last = receiving.last_merge(session)
    if last is not None:
        receiving.undo(officer.database, last.id, folder=officer.backups, now=datetime.now(UTC))
        return ""
    package = officer.place.stick / COLLEAGUE
    with closing(receiving.look(officer.database, package, progress=progress)) as arrived:
        taken = receiving.take_in(officer.database, arrived, folder=officer.backups, now=datetime.now(UTC))
    assert taken.merge_id is not None
    return str(taken.merge_id)


def back_up(officer: Officer) -> str:
    """A backup; its name."""
    made = backup.make(officer.database, officer.backups, Reason.ASKED, now=datetime.now(UTC))
    return made.path.name


def restore(officer: Officer) -> str:
    """The oldest backup in the workspace's place."""
    folder, key = officer.backups, officer.place.key()
    oldest = backup.listed(folder)[-1].path
    officer.close()
    given = Access(key=key, own=key)
    restoring.restore(
        oldest, officer.place.workspace, now=datetime.now(UTC), chosen=str(officer.place.chosen), access=given
    )
    return ""


def pack(officer: Officer, progress: Progress = SILENT) -> str:
    """A package on the stick; its name."""
    database = officer.database
    with database.read() as session:
        chosen = content.chosen_networks(session, ())
        made = content.contents(database, session, chosen, papers={})
        codes = [office.office_code()]
        packed = package.pack(made, officer.place.stick, codes=codes, now=datetime.now(UTC), progress=progress)
    return packed.path.name


def change_words(officer: Officer) -> str:
    """Another passphrase; it."""
    old = officer.place.words()
    new = OTHER if old == WORDS else WORDS
    keys.change(officer.place.workspace, old, new)
    return new


def turn(officer: Officer) -> str:
    """A protected workspace made plain, or a plain one protected."""
    officer.close()
    key = officer.place.key()
    if key is None:
        turning.protect(officer.place.workspace, WORDS)
    else:
        turning.unprotect(officer.place.workspace, key)
    return ""


def migrate(officer: Officer) -> str:
    """A workspace of an earlier schema brought up to date; its name."""
    path = officer.place.folder / f"old-{uuid4()}.unnm"
    for mark in ("-keys", "-keys-copy"):
        shutil.copyfile(f"{officer.place.old}{mark}", f"{path}{mark}")
    # It is there whole and with its slots, or not at all: this copying is not what is struck.
    copied = path.with_suffix(".copied")
    shutil.copyfile(officer.place.old, copied)
    os.link(copied, path)
    Database(path, "Canary Officer", key=keys.unlock(path, WORDS)).close()
    return path.name


Operation = Callable[[Officer], str]
OPERATIONS: dict[str, Operation] = {
    one.__name__: one for one in (commit, attach, erase, take_in, back_up, restore, pack, change_words, turn, migrate)
}


configure_mappers()


class Line(Protocol):
    """Where the process says what it has done; what was said before it died is heard."""

    def send(self, said: str) -> None: ...


def again_and_again(name: str, folder: Path, line: Line, synchronous: str) -> None:
    """Do it until the process is killed; each time it is done, say so.

    Any ``synchronous`` but the program's own is a control: what it loses must be found.
    """
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST, _MOST))
    if synchronous:
        proper = (one for one in connecting._PRAGMAS if not one.startswith("synchronous"))
        connecting._PRAGMAS = (*proper, f"synchronous={synchronous}")
    place = Place(folder)
    place.live_here()
    officer, operation = Officer(place), OPERATIONS[name]
    line.send("ready")
    while True:
        line.send(operation(officer))
