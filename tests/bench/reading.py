"""What Today and the palette read in the ten-year workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.bench.measure import Figure, median, side_by_side
from tests.bench.workspaces import ON
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.services import dashboard, records, search
from unnm_desktop.services.prepared import Prepared

_TYPED = ("t", "tr", "tra", "trai", "training", "بيانات", "note health", "2026", "zzz")


def figures(ten_years: Path, times: int = 21) -> list[Figure]:
    """The statements of Today beside the same without SQLAlchemy, and a search for each key that is pressed."""
    with Database(ten_years, lock=False) as database, database.read() as session:
        network = records.all_of(session, Network)[0]
        floor, value = side_by_side(*_today(session, network), times)
        keys = [median(lambda word=word: search.find(session, word, network.id), 5) for word in _TYPED]  # type: ignore[misc] # its own copy
    return [
        Figure("Today read at ten years, without its duties", "the same statements, raw", floor, value, 8.0),
        Figure("the palette's search for one key, slowest of nine", "15 wanted", 15.0, max(keys), 1.0),
    ]


def _today(session: Session, network: Network) -> tuple[Any, Any]:
    told: list[tuple[str, Any]] = []
    ask = Prepared.ask

    def read() -> None:
        session.expire_all()
        dashboard.dashboard(session, network.id, ON, "Bench")

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: object) -> None:
        told.append((statement, values))

    def note_prepared(self: Prepared, session: Session, **given: Any) -> Any:
        told.append(self.asked(**given))
        return ask(self, session, **given)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    with patch.object(Prepared, "ask", note_prepared):
        read()
    event.remove(engine, "before_cursor_execute", note)
    cursor: Any = session.connection().connection.cursor()

    def raw() -> None:
        for statement, values in told:
            cursor.execute(statement, values).fetchall()

    return raw, read
