"""A workspace's database: opened and checked once, read in one consistent moment, written one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlcipher3
from filelock import FileLock
from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from unnm_desktop import garbage, keeping_apart, paths
from unnm_desktop.db import journal, search_index
from unnm_desktop.db.blobs import Blobs, files_path
from unnm_desktop.db.connecting import connection_to, engine_over, let_go_of_pages, passing_connection
from unnm_desktop.db.device import Device, name_of_this
from unnm_desktop.db.files import fold_what_was_left, hold, is_writable, refuse_what_is_not_ours, settle
from unnm_desktop.db.handed import FACT, Handed
from unnm_desktop.db.hybrid_clock import ahead
from unnm_desktop.db.interruption import Interruption, LongRead
from unnm_desktop.db.pending import Pending, Purpose, Step
from unnm_desktop.db.reached import Reached
from unnm_desktop.db.recalling import last_told, recall
from unnm_desktop.db.schema import REMAINS, SCHEMA_REVISION, workspace_table
from unnm_desktop.db.sealing import read_header
from unnm_desktop.db.trouble import DAMAGED, Damaged, Dangling, Gone, in_words, told
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key, KeyFile

_WHOLESALE = frozenset({journal.Kind.MERGE, journal.Kind.RETRACT})
"""What brings or takes back so many records that their references are looked at all at once."""


@cache
def _settling() -> tuple[Callable[[Any, Pending], set[str]], Callable[[Any, Iterable[str]], object]]:
    """What is asked when a step has written its changes, with all kinds of record known: the start only reads.

    Once: PySide stands before every import, and takes as long for it as a small statement.
    """
    from unnm_desktop.db import entities, replay  # noqa: F401 - known before the first record of any kind is written

    return replay.unsettled, replay.refresh


def utc_now() -> datetime:
    """The moment; the one clock the database floor reads, which tests replace."""
    return datetime.now(UTC)


class Database:
    """One open workspace.

    Args:
        path: the file ``NAME.unnm``.
        officer: whose name stands in the journal.
        lock: hold the workspace for this process; without it only reading is allowed.
        key: what a protected workspace is written with; a plain one needs none.

    Raises:
        Locked: the workspace is protected and there is no key.
        UserError: the file is not a workspace, is damaged, newer, or open elsewhere.

    """

    def __init__(self, path: Path, officer: str = "", *, lock: bool = True, key: Key | None = None) -> None:
        self.path = path
        self.officer = officer
        self.key = None if paths.is_plain(path) else key
        self.blobs = Blobs(files_path(path), self.key)
        # Set while the workspace is in somebody else's hands: it is only read then (services/handover/office.py).
        self.handed: Handed | None = None
        # What clearing away of erased data was cut off (services/handover/erasing.py).
        self.remains = False
        # A log that is still there: the last one who worked on it could not close it.
        self.ended_badly = paths.has_log(path)
        self._slots: KeyFile | None = None
        self._lock: FileLock | None = None
        self._writer: Engine | None = None
        # Connections that wait for the next step: SQLAlchemy takes a twelfth of an edit to make and let go of one.
        self._kept: list[Connection] = []
        if self.key is not None:
            fold_what_was_left(path, self.key)
        refuse_what_is_not_ours(path, self.key)
        self.read_only = not is_writable(path)
        if lock and not self.read_only:
            self._lock = hold(path)
            settle(path)
            keeping_apart.repair_workspace(path)
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        if not self.read_only:
            self._upgrade()
        self._reader, self._long_reader = (
            engine_over(self.path, "BEGIN", self.key, read_only=self.read_only, query_only=True, connect=connect)
            for connect in (connection_to, passing_connection)
        )
        try:
            with self.read() as session:
                known = recall(session, ahead(utc_now()))
                self.id, self._reached = known.id, Reached(known)
                self.handed = Handed.read(known.facts[FACT]) if FACT in known.facts else None
                self.remains = REMAINS in known.facts
        except (DatabaseError, sqlcipher3.Error, KeyError, ValueError) as error:
            raise Damaged(DAMAGED, file=self.path.name) from error
        self.device: Device | None = None
        if not self.read_only and self._lock is not None:
            self._writer = engine_over(self.path, "BEGIN IMMEDIATE", self.key)
            self.device = Device.recognise(self.id, self._reached.last_seq)
            with self.read() as session:
                self._reached.seen = last_told(session, self.device.id)
        self._opened_as = self.path.stat()
        if self.key is not None and paths.key_files(self.path)[0].exists():
            self.key_file()

    def key_file(self) -> KeyFile:
        """The key file beside a protected workspace; where both are gone, as it was when last looked at.

        Raises:
            UserError: there is none, or neither of its copies can be read.

        """
        from unnm_desktop.db import keys  # only a protected workspace has one

        try:
            self._slots = keys.read(self.path)
        except UserError:
            if self._slots is None or self.path.exists():
                raise
        return self._slots

    def _still_there(self) -> None:
        """Look whether the file is still the one that was opened: Linux writes on into one that was removed."""
        try:
            now = self.path.stat()
        except OSError as error:
            raise Gone(self.path) from error
        if (now.st_dev, now.st_ino) != (self._opened_as.st_dev, self._opened_as.st_ino):
            raise Gone(self.path)

    def _upgrade(self) -> None:
        if read_header(self.path, self.key)[1] < SCHEMA_REVISION:
            from unnm_desktop.db import migrate  # Alembic takes 200 ms; only an old file needs it

            migrate.upgrade(self.path, self.key)

    @staticmethod
    def create(path: Path, officer: str = "", key: Key | None = None) -> Database:
        """Make a new, empty workspace and open it; with a key it is protected from its first byte.

        Raises:
            UserError: the file exists already, or its folder cannot be written.

        """
        from unnm_desktop.db import empty_file  # knows all tables; the start does with half

        empty_file.write(path, key)
        return Database(path, officer, key=key)

    @contextmanager
    def read(self, interruption: Interruption | None = None) -> Iterator[Session]:
        """One consistent moment of the workspace; nothing can be written.

        Args:
            interruption: what may end it from another thread.

        Raises:
            Cancelled: it was ended.

        """
        engine = self._long_reader if isinstance(interruption, LongRead) else self._reader
        with in_words(self.path), Session(engine, expire_on_commit=False, autoflush=False) as session:
            if interruption is None:
                yield session
                return
            with interruption.over(session.connection().connection.dbapi_connection):
                yield session

    @contextmanager
    def write(
        self,
        label: str,
        *,
        kind: journal.Kind = journal.Kind.STEP,
        undoes: tuple[UUID, int] | None = None,
        network_id: UUID | None = None,
        merge_id: UUID | None = None,
    ) -> Iterator[Session]:
        """One step: everything in it is committed and journalled as a whole, or nothing is.

        After the commit ``session.info["touched"]`` holds the names of the tables it changed, and
        ``session.info["changeset"]`` the step's (device, number), or None when nothing changed.

        Args:
            label: what the officer did (a msgid), for history and undo.
            kind: what makes the changeset; only undo, import and merge give it.
            undoes: the changeset that an undo or redo takes back.
            network_id: the network the step belongs to, where it belongs to one.
            merge_id: the merge that takes the step along when it is undone.

        Raises:
            UserError: the workspace is read-only, handed over or open elsewhere.
            Dangling: a merge, or taking one back, left a record that refers to none; nothing was written.

        """
        if self._writer is None or self.device is None:
            raise UserError(
                N_("{file} can only be read here. Copy it to a folder you may write to, then open the copy."),
                file=self.path.name,
            )
        if self.handed is not None and kind is not journal.Kind.TAKE_BACK:
            raise self.handed.refusal()
        self._still_there()
        _settling()
        device, purpose = self.device, Purpose(label, kind, undoes, network_id, merge_id)
        lent = self._writer.connect() if kind in _WHOLESALE else self._writing()
        with in_words(self.path), lent as connection, Step(connection, purpose) as step:
            if kind in _WHOLESALE:
                # Looked at once, at the end: SQLite looks for each record that goes through all that could refer to
                # it, a hundred thousand times over. Not for the pool: no later step may come upon such a connection.
                connection.detach()
                connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            with step.transaction():
                yield step
                self._note(step, device)
                if kind in _WHOLESALE and step.cursor().execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise Dangling
            self._reached.take(step, device)
            step.info["touched"] = {name for _, pending in step.noted for name in pending.touched}
            step.info["changeset"] = (step.noted[-1][0].device, step.noted[-1][0].seq) if step.noted else None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A connection to write through, in no transaction; after an error it is not used again."""
        if self._writer is None:
            raise RuntimeError("it can only be read")
        try:
            connection = self._kept.pop()
        except IndexError:
            connection = self._writer.connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._kept.append(connection)

    def go_on(self, session: Session, label: str, kind: journal.Kind, merge_id: UUID | None = None) -> None:
        """Within a step, end its changeset and begin another, which knows the first: both are committed, or neither."""
        if not isinstance(session, Step) or self.device is None:
            raise TypeError("only a step has changesets")
        self._note(session, self.device)
        session.begin_changeset(Purpose(label, kind, merge_id=merge_id))

    def _note(self, step: Step, device: Device) -> None:
        """Write the step's changeset, where anything was changed."""
        step.flush()
        pending, (unsettled_by, refresh) = step.pending, _settling()
        if pending.empty:
            return
        cursor, stamp = step.cursor(), self._reached.stamp(step, device, self.officer, utc_now())
        with garbage.at_rest():
            if not journal.write(cursor, stamp, pending):
                return
            if not device.named:
                journal.introduce(cursor, stamp, name_of_this(stamp.officer))
            if pending.created:
                search_index.add(cursor, pending.created)
            search_index.renew(cursor, pending.changed, step.identity_map.get)
            unsettled = unsettled_by(cursor, pending)
        if unsettled:
            refresh(cursor, unsettled)
            pending.tables.add("conflict")
        for finish in pending.afterwards:
            finish(cursor)
        step.noted.append((stamp, pending))

    @contextmanager
    def unjournalled(self) -> Iterator[Connection]:
        """A transaction on tables that are not journalled (drafts); records are never written through it.

        Raises:
            UserError: the workspace is read-only or open elsewhere.

        """
        if self._writer is None:
            raise UserError(N_("{file} can only be read here."), file=self.path.name)
        if self.handed is not None:
            raise self.handed.refusal()
        self._still_there()
        with in_words(self.path), self._writing() as connection, connection.begin():
            yield connection

    def become(self, workspace: UUID) -> None:
        """Be a copy of that workspace: an empty one that is filled from a package of it."""
        if not self.untouched:
            raise RuntimeError("only a workspace without a single step takes another's key")
        with self.unjournalled() as connection:
            mine = workspace_table.c.name == "id"
            connection.execute(update(workspace_table).where(mine).values(value=str(workspace)))
        self.id = workspace
        self.device = Device.recognise(workspace, self._reached.last_seq)

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever written into it."""
        return self._reached.untouched

    def copy_into(self, target: Path) -> None:
        """Write one consistent moment of the file to an empty one, also while it is written.

        Raises:
            UserError: the disk is full, or the file can no longer be read.

        """
        if self._writer is not None and not self.path.exists():
            # The file is gone, but what is open on it can still be read.
            with in_words(self.path), self._writing() as connection:
                self._copy_over(connection.connection, target)
        else:
            # With a small cache pages are written out of order, beyond the end, which some drivers of FAT refuse.
            with closing(connection_to(self.path, self.key, read_only=self.read_only)) as own:
                self._copy_over(own, target)

    def _copy_over(self, connection: Any, target: Path) -> None:
        # Not through SQLAlchemy: VACUUM refuses to run inside a transaction, and it always begins one.
        try:
            # SQLCipher writes it with the key of the connection.
            connection.cursor().execute("VACUUM INTO ?", (str(target),))
        except sqlcipher3.DatabaseError as error:
            raise (told(error, self.path) or error) from error

    def fold(self) -> None:
        """Fold the write-ahead log into the file and empty it: what was erased lies in neither.

        Raises:
            UserError: the disk is full, or the file cannot be reached.

        """
        if self._writer is not None:
            # Past SQLAlchemy, which begins a transaction, and inside one nothing is folded.
            with in_words(self.path), self._writing() as connection:
                connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rest(self) -> None:
        """Keep no pages of the file while nothing is read: the system has them at hand; be ready for the next step."""
        if self._writer is not None and not self._kept:
            # Should the file vanish before it, no connection could be opened any more, to keep a copy of what is open.
            with suppress(DatabaseError), self._writing():
                pass
        # Those of a protected file would have to be decrypted anew, up to twenty milliseconds a page of the window.
        if self.key is None:
            for engine in (self._reader, self._long_reader, self._writer):
                if engine is not None:
                    let_go_of_pages(engine)
            for kept in list(self._kept):
                kept.connection.cursor().execute("PRAGMA shrink_memory")

    def last_change(self) -> datetime | None:
        """When the newest step was made by the clock of the computer that made it; None when there is none."""
        return self._reached.last_change()

    def newest_change(self) -> str:
        """What is another after every step: a clock alone says nothing where it was set back."""
        return self._reached.mark(self.device)

    def check(self) -> list[str]:
        """What is wrong with the file: SQLite's check, dangling references, the journal's audit (empty = nothing)."""
        return [*self.ill_pages(), *self._ill_journal()]

    def ill_pages(self) -> list[str]:
        """What SQLite finds wrong with the file's pages and references; on a connection of its own, for a thread."""
        found: list[str] = []
        # A connection of its own: FTS5's check on one that has seen older pages reports damage that is none.
        connection = passing_connection(self.path, self.key, read_only=self.read_only)
        try:
            if self.key is not None:
                found += [f"file: {row[0]}" for row in connection.execute("PRAGMA cipher_integrity_check")]
            said = [line for row in connection.execute("PRAGMA quick_check") for line in str(row[0]).splitlines()]
            found += [f"file: {line}" for line in said if line != "ok"]
            found += [f"reference: {row[0]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
        except sqlcipher3.DatabaseError as error:
            found.append(f"file: {error}")
        finally:
            connection.close()
        return found

    def _ill_journal(self) -> list[str]:
        from unnm_desktop.db import replay  # not for the start, which only reads

        with Session(self._reader) as session:
            try:
                return [f"journal: {line}" for line in replay.audit(session)]
            except Exception as error:  # noqa: BLE001 - what stands on damaged pages can fail in any way
                return [f"journal: {getattr(error, 'orig', None) or type(error).__name__}"]

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded back into it."""
        while self._kept:
            self._kept.pop().close()
        for engine in (getattr(self, "_reader", None), getattr(self, "_long_reader", None), self._writer):
            if engine is not None:
                engine.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
