"""The records the officer had before her lately, network by network; this computer remembers them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.ui.leads import WHERE
from unnm_desktop.ui.memory import memory

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

MOST = 12
_SHOWN_BY = {page: table for table, (page, _) in WHERE.items()}


def note(desk: Desk, page: str, record_id: UUID, table: object = None) -> None:
    """She went to this record; the table is known from the page where it is not said."""
    table = table if isinstance(table, str) else _SHOWN_BY.get(page)
    if table is not None and desk.network is not None:
        one = f"{table}:{record_id.hex}"
        kept = [one, *(other for other in _lines(desk) if other != one)]
        memory().setValue(_key(desk), kept[:MOST])


def read(desk: Desk) -> list[tuple[str, UUID]]:
    """Table and key of each, the latest first."""
    found = []
    for line in _lines(desk):
        table, _, key = line.partition(":")
        try:
            found.append((table, UUID(key)))
        except ValueError:
            # The file is this computer's own, but anybody may have edited it.
            continue
    return found


def forget(record_id: UUID) -> None:
    """Nobody was ever at this record, in any network."""
    store = memory()
    store.beginGroup("recent")
    networks = store.childKeys()
    store.endGroup()
    for network in networks:
        lines = _list(store.value(f"recent/{network}", []))
        left = [line for line in lines if not line.endswith(record_id.hex)]
        if len(left) != len(lines):
            store.setValue(f"recent/{network}", left)


def _key(desk: Desk) -> str:
    return f"recent/{desk.network_id.hex}"


def _lines(desk: Desk) -> list[str]:
    return _list(memory().value(_key(desk), []))


def _list(kept: object) -> list[str]:
    # A list of one comes back as its one text.
    return [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
