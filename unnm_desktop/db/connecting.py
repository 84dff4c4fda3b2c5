"""Connections to a workspace's file: the driver's own, and SQLAlchemy's engines over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlalchemy import Connection, Engine, QueuePool, event, make_url
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.util import LRUCache

from unnm_desktop.db import search_index
from unnm_desktop.db.sealing import hand_key
from unnm_desktop.db.text import fold

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "cache_size=-16384",
    "busy_timeout=10000",
)

DIALECT = pysqlite.dialect(dbapi=sqlcipher3)
"""One for all engines: what SQLAlchemy has written once, it knows again by the dialect it was written in."""
WRITTEN: LRUCache[Any, Any] = LRUCache(500)
"""The statements that it has written."""


def connection_to(path: Path, key: Key | None, *, read_only: bool) -> Any:
    """A connection of the driver, with our pragmas and functions."""
    if read_only:
        # A medium that cannot be written has no place for the write-ahead log either.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlcipher3.connect(uri, uri=True, isolation_level=None, timeout=10, check_same_thread=False)
        hand_key(connection, key)
    else:
        # Never made by opening it: in the place of a workspace that vanished an empty file would appear.
        uri = f"{path.resolve().as_uri()}?mode=rw"
        connection = sqlcipher3.connect(uri, uri=True, isolation_level=None, timeout=10, check_same_thread=False)
        hand_key(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    equip(connection)
    return connection


def passing_connection(path: Path, key: Key | None, *, read_only: bool) -> Any:
    """A connection that goes through the whole file once: it keeps next to none of the pages that it has passed."""
    connection = connection_to(path, key, read_only=read_only)
    connection.execute("PRAGMA cache_size=-512")
    return connection


def equip(connection: Any) -> None:
    """Give a connection our functions."""
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("key_bits", 1, search_index.key_bits, deterministic=True)


def engine_over(
    path: Path,
    begin: str,
    key: Key | None,
    *,
    read_only: bool = False,
    query_only: bool = False,
    connect: Callable[..., Any] = connection_to,
) -> Engine:
    """An engine whose transactions begin with ``begin``; ``connect`` makes its connections."""

    def creator() -> Any:
        connection = connect(path, key, read_only=read_only)
        # A step reads little, and SQLite looks through all the pages it keeps at the end of one that moved some.
        connection.execute("PRAGMA query_only=ON" if query_only else "PRAGMA cache_size=-4096")
        return connection

    return engine_of(creator, begin)


def engine_of(creator: Callable[[], Any], begin: str) -> Engine:
    """The same over connections that are made in another way."""
    # Each connection keeps pages of its own: the last one used knows those that are wanted.
    pool = QueuePool(creator, pool_size=3, use_lifo=True, dialect=DIALECT)
    # Not by create_engine: it makes a dialect for each engine, and every workspace would have its statements written
    # anew.
    engine = Engine(pool, DIALECT, make_url("sqlite://"), query_cache_size=0, hide_parameters=True)
    engine.update_execution_options(compiled_cache=WRITTEN)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        # A step has begun already. Past SQLAlchemy, which would prepare a result that has none.
        if not driver.in_transaction:
            driver.execute(begin)

    return engine


def let_go_of_pages(engine: Engine) -> None:
    """Let the connections of an engine that nobody uses just now give up the pages of the file that they keep."""
    # All of them before the first goes back: the pool would hand it out again.
    idle = [engine.raw_connection() for _ in range(engine.pool.checkedin())]  # type: ignore[attr-defined]
    for one in idle:
        one.cursor().execute("PRAGMA shrink_memory")
        one.close()
