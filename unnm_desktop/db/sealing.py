"""How SQLCipher is handed a key, and what a file says of itself once it has it."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3

from unnm_desktop import paths
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key

OTHER_KEY = N_(
    "{file} is damaged, or the keys beside it belong to another workspace. Nothing was changed."
    " Put its own key file beside it, or restore the newest backup."
)


def hand_key(connection: Any, key: Key | None) -> None:
    """Hand over the key, before anything else is asked of the connection."""
    if key is not None:
        # It would tell of its trouble on the standard error of a window that has none.
        connection.execute("PRAGMA cipher_log_level=none")
        connection.execute(f"PRAGMA key={key.pragma()}")


def fold_log(file: Path, key: Key) -> None:
    """Write the log that was left of a sealed file into it; where somebody else has the file open it is not left.

    Whoever reads such a log first makes SQLite's index of it, in a file beside that all connections share. Where the
    log begins with what no longer counts, SQLite fills that file with memory as it lies, and names that were read and
    let go stand on the disk for everybody. The index of a file that one connection has for itself is in memory only.

    What cannot be written now is left as it is; the opening tells why.
    """
    with (
        suppress(sqlcipher3.DatabaseError),
        closing(sqlcipher3.connect(str(file), isolation_level=None, timeout=0)) as connection,
    ):
        hand_key(connection, key)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def key_for(file: Path, key: Key | None) -> Key | None:
    """The key where the file needs one: a copy made before the workspace was protected is plain."""
    return None if paths.is_plain(file) else key


def read_header(path: Path, key: Key | None) -> tuple[int, int]:
    """The application's mark and the schema's number.

    Raises:
        Damaged: the key is not this file's, or the file is damaged.

    """
    if key is None:
        with path.open("rb") as file:
            header = file.read(100)
        return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    connection: Any = None
    # Cut off while a log was written back, the file alone is half of one and half of another: only with its log is it
    # whole. Without one it is looked at as it lies there, on a medium that cannot be written too.
    how = "mode=ro" if paths.has_log(path) else "mode=ro&immutable=1"
    try:
        connection = sqlcipher3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=10)
        hand_key(connection, key)
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        return int(mark), int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlcipher3.DatabaseError as error:
        raise Damaged(OTHER_KEY, file=path.name) from error
    finally:
        if connection is not None:
            connection.close()
