"""The workspaces that are measured: ten years of the demo, and one with lists of 100,000 rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from unnm_desktop.db import ActionPoint, ActionResponsible, Membership, Organisation
from unnm_desktop.db.actions import ActionStatus
from unnm_desktop.db.engine import Database
from unnm_desktop.db.identity import link_id, uuid7
from unnm_desktop.db.organisations import OrganisationKind
from unnm_desktop.services import networks, records, sample, tor_profile

ON = date(2026, 11, 21)
ROWS = 100_000
_WORDS = ("data", "training", "recruitment", "shelter", "remittances", "health", "labour", "trafficking", "return")
_WORDS_AR = ("بيانات", "تدريب", "توظيف", "مأوى", "تحويلات", "صحة", "عمل", "اتجار", "عودة")


def ten_years(path: Path) -> Path:
    """The demo with ten years of work."""
    if not path.exists():
        with Database.create(path, "Bench") as database:
            sample.build(database, on=ON, years=10)
    return path


def many_rows(path: Path) -> Path:
    """A Bahrain network with 100,000 seats and 100,000 action points."""
    if path.exists():
        return path
    with Database.create(path, "Bench") as database:
        with database.write("Found") as session:
            network = networks.found(session, tor_profile.load("bahrain"), records_from=ON, on=ON)
        for start in range(0, ROWS, 10_000):
            numbers = range(start, start + 10_000)
            organisations = [_organisation(n) for n in numbers]
            actions = [_action(n, network.id) for n in numbers]
            with database.write("Fill") as session:
                _make(session, Organisation, organisations)
                _make(session, Membership, [_seat(row, network.id) for row in organisations])
                _make(session, ActionPoint, actions)
                _make(session, ActionResponsible, _responsible(actions, organisations))
    return path


def _make(session: Any, entity: Any, rows: Sequence[dict[str, Any]]) -> None:
    records.create_many(session, entity, rows)


def _organisation(n: int) -> dict[str, Any]:
    word = n % len(_WORDS)
    kind = OrganisationKind.UN_ENTITY if n % 3 else OrganisationKind.NGO
    return {
        "id": uuid7(),
        "name_en": f"Organisation for {_WORDS[word]} {n}",
        "name_ar": f"منظمة {_WORDS_AR[word]} {n}",
        "acronym": f"O{(n * 7919) % ROWS:05d}",
        "kind": kind,
    }


def _seat(organisation: dict[str, Any], network_id: Any) -> dict[str, Any]:
    return {"network_id": network_id, "organisation_id": organisation["id"], "start": "2024-01"}


def _action(n: int, network_id: Any) -> dict[str, Any]:
    word = (n * 31) % len(_WORDS)
    done = n % 10 < 9
    return {
        "id": uuid7(),
        "network_id": network_id,
        "reference": f"BHR/2026/A{n:06d}",
        "task_en": f"Share the note on {_WORDS[word]} number {n}",
        "task_ar": f"تعميم مذكرة {_WORDS_AR[word]} رقم {n}",
        "due": ON + timedelta(days=(n * 37) % 1000 - 700),
        "status": ActionStatus.DONE if done else ActionStatus.OPEN,
        "done_on": ON if done else None,
    }


def _responsible(actions: list[dict[str, Any]], organisations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": link_id("responsible", action["id"], organisation["id"]),
            "action_id": action["id"],
            "organisation_id": organisation["id"],
        }
        for action, organisation in zip(actions, organisations, strict=True)
    ]
