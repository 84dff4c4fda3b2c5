"""The bytes of attachments and issued documents, by SHA-256, in a file beside the workspace."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3

from unnm_desktop.db.sealing import fold_log, hand_key, key_for
from unnm_desktop.db.trouble import Damaged, in_words
from unnm_desktop.keeping_apart import close_to_others
from unnm_desktop.paths import has_log

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key

_CHUNK = 256 * 1024


def files_path(workspace: Path) -> Path:
    """Where a workspace's files lie: ``NAME.unnm-files``."""
    return workspace.with_name(f"{workspace.name}-files")


class Blobs:
    """A store of bytes; insert the bytes first and the reference second, so that no reference ever dangles."""

    _JOURNAL = "WAL"

    def __init__(self, path: Path, key: Key | None = None) -> None:
        """``path`` is the store's own file; a workspace's is ``files_path(workspace)`` and has the workspace's key."""
        self.path = path
        self._key = key

    def opens(self) -> bool:
        """Whether the store can be read with its key; one that is not there yet can."""
        try:
            self.digests()
        except (Damaged, sqlcipher3.DatabaseError):
            return False
        return True

    def digests(self) -> set[str]:
        """The hashes of all bytes that are here.

        Raises:
            UserError: they cannot be read.

        """
        if not self.path.exists():
            return set()
        with in_words(self.path), closing(self._reading()) as connection:
            return {row[0] for row in connection.execute("SELECT DISTINCT sha256 FROM blob")}

    def sizes(self) -> dict[str, int]:
        """How many bytes there are of each hash."""
        if not self.path.exists():
            return {}
        with in_words(self.path), closing(self._reading()) as connection:
            return dict(connection.execute("SELECT sha256, SUM(LENGTH(data)) FROM blob GROUP BY sha256"))

    def take_missing(self, other: Blobs) -> int:
        """Bring what the other store has and this one lacks, each proven by its hash; how many came."""
        missing = other.digests() - self.digests()
        for digest in sorted(missing):
            self.put(other.get(digest))
        return len(missing)

    def _connect(self, journal: str) -> Any:
        fresh = not self.path.exists()
        key = None if fresh else key_for(self.path, self._key)
        if key is not None and has_log(self.path):
            fold_log(self.path, key)
        connection = sqlcipher3.connect(str(self.path), isolation_level=None, timeout=10)
        try:
            hand_key(connection, self._key if fresh else key)
            if journal:
                connection.execute(f"PRAGMA journal_mode={journal}")
            connection.execute("PRAGMA synchronous=FULL")
            if fresh:
                close_to_others(self.path)
            connection.execute(
                "CREATE TABLE IF NOT EXISTS blob"
                " (sha256 TEXT, n INTEGER, data BLOB NOT NULL, PRIMARY KEY (sha256, n)) WITHOUT ROWID"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def _writable(self) -> bool:
        return os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)

    def _reading(self) -> Any:
        # As it lies there: it may be another's, on a stick.
        return self._connect("") if self._writable() else self._connect_to_read()

    def _connect_to_read(self) -> Any:
        # On a medium that cannot be written there is no room for the write-ahead log.
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlcipher3.connect(uri, uri=True, isolation_level=None, timeout=10)
        hand_key(connection, key_for(self.path, self._key))
        return connection

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hexadecimal; the same bytes are kept once.

        Raises:
            UserError: there is no room for them, or they cannot be written.

        """
        import hashlib  # here and below: OpenSSL's four megabytes come with the first file, not with the start

        digest = hashlib.sha256(data).hexdigest()
        with in_words(self.path):
            self._write(digest, data)
        return digest

    def _write(self, digest: str, data: bytes) -> None:
        connection = self._connect(self._JOURNAL)
        try:
            connection.execute("BEGIN IMMEDIATE")
            chunks = ((digest, n, data[at : at + _CHUNK]) for n, at in enumerate(range(0, max(len(data), 1), _CHUNK)))
            connection.executemany("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", chunks)
            if _has_notes(connection):
                connection.execute("DELETE FROM loose WHERE sha256 = ?", (digest,))
            connection.execute("COMMIT")
        finally:
            connection.close()

    def drop(self, digests: Collection[str]) -> None:
        """Take these bytes away; nothing of them is left in the file or its log."""
        if not digests or not self.path.exists():
            return
        with in_words(self.path):
            connection = self._connect(self._JOURNAL)
            try:
                connection.execute("PRAGMA secure_delete=ON")
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("DELETE FROM blob WHERE sha256 = ?", [(one,) for one in sorted(digests)])
                connection.execute("COMMIT")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def announce(self, digests: Collection[str]) -> None:
        """Say that a record is about to refer to these bytes: whatever was loose until now is kept."""
        if not digests or not self.path.exists():
            return
        with in_words(self.path), closing(self._connect(self._JOURNAL)) as connection:
            if _has_notes(connection):
                connection.executemany("DELETE FROM loose WHERE sha256 = ?", [(one,) for one in sorted(digests)])

    def drop_after(self, loose: Collection[str], on: date, time: timedelta) -> int:
        """Note since when these bytes are loose, and take away those that have been so for that time.

        Args:
            loose: the hashes of bytes that nobody refers to; of all others the note goes.
            on: today.
            time: how long they stay.

        Returns:
            How many went.

        """
        with in_words(self.path):
            connection = self._connect(self._JOURNAL)
            try:
                connection.execute("PRAGMA secure_delete=ON")
                connection.execute("BEGIN IMMEDIATE")
                gone = _note_loose(connection, sorted(loose), on, time)
                connection.executemany("DELETE FROM blob WHERE sha256 = ?", gone)
                connection.executemany("DELETE FROM loose WHERE sha256 = ?", gone)
                connection.execute("COMMIT")
                if gone:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()
        return len(gone)

    def get(self, digest: str) -> bytes:
        """The bytes of that hash.

        Raises:
            KeyError: they are not here, or not whole.
            UserError: they cannot be read.

        """
        return b"".join(self.pieces(digest))

    def pieces(self, digest: str) -> Iterator[bytes]:
        """The bytes of that hash, piece by piece; they are proven when the last one was taken.

        Raises:
            KeyError: they are not here, or not whole.

        """
        import hashlib

        if not self.path.exists():
            raise KeyError(digest)
        hashed = hashlib.sha256()
        with in_words(self.path), closing(self._reading()) as connection:
            for (piece,) in connection.execute("SELECT data FROM blob WHERE sha256 = ? ORDER BY n", (digest,)):
                hashed.update(piece)
                yield piece
        if hashed.hexdigest() != digest:
            raise KeyError(digest)


def _has_notes(connection: Any) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'loose'").fetchone() is not None


def _note_loose(connection: Any, loose: list[str], on: date, time: timedelta) -> list[tuple[str]]:
    """Those of them that have been loose for that time; the others are noted."""
    day = on.isoformat()
    connection.execute("CREATE TABLE IF NOT EXISTS loose (sha256 TEXT PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID")
    noted = {digest for (digest,) in connection.execute("SELECT sha256 FROM loose")}
    connection.executemany("DELETE FROM loose WHERE sha256 = ?", [(one,) for one in sorted(noted.difference(loose))])
    connection.executemany("INSERT OR IGNORE INTO loose VALUES (?, ?)", [(one, day) for one in loose])
    # A clock that was ahead when it was noted would keep it for that much longer.
    connection.execute("UPDATE loose SET since = ? WHERE since > ?", (day, day))
    last = (on - time).isoformat()
    return [(digest,) for (digest,) in connection.execute("SELECT sha256 FROM loose WHERE since <= ?", (last,))]


class LoneBlobs(Blobs):
    """A store that goes to a stick: one file by itself, as a log beside it needs more than some drivers know."""

    _JOURNAL = "DELETE"
