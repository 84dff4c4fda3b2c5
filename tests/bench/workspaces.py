"""The workspaces that are measured: ten years of the demo, and one with lists of 100,000 rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from unnm_desktop.db import (
    ActionPoint,
    ActionResponsible,
    Appointment,
    Attendance,
    Challenge,
    Decision,
    Meeting,
    Membership,
    Organisation,
    Person,
    Position,
)
from unnm_desktop.db.actions import ActionStatus
from unnm_desktop.db.decisions import Stance
from unnm_desktop.db.engine import Database
from unnm_desktop.db.identity import link_id, uuid7
from unnm_desktop.db.meetings import MeetingState
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


def one_year(path: Path) -> Path:
    """The demo as `make demo` makes it: a year of two networks."""
    if not path.exists():
        with Database.create(path, "Bench") as database:
            sample.build(database, on=ON)
    return path


def many_rows(path: Path, rows: int = ROWS) -> Path:
    """A Bahrain network with so many seats, people and action points, and a twentieth of what meetings make."""
    if path.exists():
        return path
    with Database.create(path, "Bench") as database:
        with database.write("Found") as session:
            network = networks.found(session, tor_profile.load("bahrain"), records_from=ON, on=ON)
        step = min(rows, 10_000)
        for start in range(0, rows, step):
            _fill(database, network.id, range(start, start + step))
    return path


def _fill(database: Database, network_id: UUID, numbers: range) -> None:
    organisations = [_organisation(n) for n in numbers]
    seats = [_seat(row, network_id) for row in organisations]
    people = [_person(n, row) for n, row in zip(numbers, organisations, strict=True)]
    actions = [_action(n, network_id) for n in numbers]
    meetings = [_meeting(n, network_id) for n in numbers[::20]]
    decisions = [_decision(n, meeting) for n, meeting in zip(numbers[::20], meetings, strict=True)]
    with database.write("Fill") as session:
        _make(session, Organisation, organisations)
        _make(session, Membership, seats)
        _make(session, Person, people)
        _make(session, Appointment, [_appointment(*pair) for pair in zip(seats, people, strict=True)])
        _make(session, ActionPoint, actions)
        _make(session, ActionResponsible, _responsible(actions, organisations))
        _make(session, Meeting, meetings)
        _make(session, Attendance, [_attendance(*pair) for pair in zip(meetings, organisations, strict=False)])
        _make(session, Decision, decisions)
        _make(session, Position, [_position(*pair) for pair in zip(decisions, organisations, strict=False)])
        _make(session, Challenge, [_challenge(n, network_id) for n in numbers[::20]])


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
    return {"id": uuid7(), "network_id": network_id, "organisation_id": organisation["id"], "start": "2024-01"}


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


def _person(n: int, organisation: dict[str, Any]) -> dict[str, Any]:
    word = (n * 17) % len(_WORDS)
    return {
        "id": uuid7(),
        "organisation_id": organisation["id"],
        "name_en": f"Person {(n * 7919) % ROWS:05d} of {_WORDS[word]}",
        "name_ar": f"شخص {n} {_WORDS_AR[word]}",
        "position_en": f"Officer for {_WORDS[word]}",
        "emails": f"person{n}@example.org",
    }


def _appointment(seat: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    return {"id": uuid7(), "membership_id": seat["id"], "person_id": person["id"], "start": "2024-01"}


def _meeting(n: int, network_id: UUID) -> dict[str, Any]:
    day = ON + timedelta(days=60 - n // 20)
    return {
        "id": uuid7(),
        "network_id": network_id,
        "reference": f"BHR/{day.year}/M{n:06d}",
        "title_en": f"Meeting {n}",
        "day": day,
        "state": MeetingState.PLANNED if day > ON else MeetingState.CLOSED,
    }


def _attendance(meeting: dict[str, Any], organisation: dict[str, Any]) -> dict[str, Any]:
    return {"id": uuid7(), "meeting_id": meeting["id"], "organisation_id": organisation["id"]}


def _decision(n: int, meeting: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "network_id": meeting["network_id"],
        "meeting_id": meeting["id"],
        "reference": f"BHR/{meeting['day'].year}/D{n:06d}",
        "text_en": f"The Network agrees on the note number {n}",
        "decided_on": meeting["day"],
        "pending_on": meeting["day"],
    }


def _position(decision: dict[str, Any], organisation: dict[str, Any]) -> dict[str, Any]:
    stance = Stance.NOT_REACHED if decision["decided_on"] > ON - timedelta(days=30) else Stance.AGREES
    return {
        "id": uuid7(),
        "decision_id": decision["id"],
        "organisation_id": organisation["id"],
        "stance": stance,
        "said_on": None if stance is Stance.NOT_REACHED else decision["decided_on"],
    }


def _challenge(n: int, network_id: UUID) -> dict[str, Any]:
    raised = ON - timedelta(days=n // 20)
    return {
        "id": uuid7(),
        "network_id": network_id,
        "title_en": f"Challenge {n}",
        "raised_on": raised,
        "closed_on": raised + timedelta(days=20),
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
