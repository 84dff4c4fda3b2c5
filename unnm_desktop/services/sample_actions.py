"""The action points of an illustrative season: promised, reminded, done, late and dropped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionResponsible, ActionStatus, NoteKind
from unnm_desktop.services.sample_decisions import Taken
from unnm_desktop.services.sample_meetings import Sitting
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import World, put_in

# Of ten action points whose day has passed, these are late as long as it passed so many days ago, and done otherwise.
_LATE = {9: (ActionStatus.IN_PROGRESS, 200), 7: (ActionStatus.OPEN, 120), 4: (ActionStatus.OPEN, 60)}
_COMING = (
    ActionStatus.DONE,
    ActionStatus.IN_PROGRESS,
    ActionStatus.OPEN,
    ActionStatus.IN_PROGRESS,
    ActionStatus.OPEN,
)


def promise(
    world: World,
    rows: Rows,
    sittings: list[Sitting],
    decided: dict[UUID, Taken],
    activities: dict[tuple[int, int], UUID],
) -> dict[UUID, list[UUID]]:
    """Make the action points of these meetings, by agenda item.

    Args:
        world: the network.
        rows: takes the records in.
        sittings: the meetings.
        decided: the decisions, by agenda item.
        activities: an activity by year and number of the objective.

    """
    found: dict[UUID, list[UUID]] = {}
    place = 0
    for sitting in sittings:
        for matter in sitting.matters:
            for task in matter.words.get("actions", ()):
                number = matter.words.get("objective", 1)
                taken = decided.get(matter.item_id)
                links = {
                    "meeting_id": sitting.id,
                    "agenda_item_id": matter.item_id,
                    "decision_id": taken.id if taken else None,
                    "objective_id": world.objectives[number],
                    "activity_id": activities.get((sitting.day.year, number)),
                }
                found.setdefault(matter.item_id, []).append(_action(world, rows, sitting, task, place, links))
                place += 1
    return found


def _action(
    world: World, rows: Rows, sitting: Sitting, task: dict[str, Any], place: int, links: dict[str, Any]
) -> UUID:
    given = sitting.day
    due = world.working.after(given + timedelta(days=task["days"]))
    status, done_on = _status(world, due, given, place, past=sitting.season.past)
    texts = world.shared["notes"]
    key = rows.add(
        ActionPoint,
        network_id=world.network_id,
        reference=world.reference("A", given.year),
        **{f"task_{code}": put_in(task[code], year=given.year) for code in ("en", "ar")},
        due=due,
        status=status,
        done_on=done_on,
        dropped_reason=texts["dropped"][place % 4] if status is ActionStatus.DROPPED else "",
        given_on=given,
        evidence=texts["evidence"][place % 3] if status is ActionStatus.DONE else "",
        **links,
    )
    seat = world.seat(task["by"], given)
    rows.link(
        ActionResponsible,
        "action_responsible",
        ("action_id", key),
        ("organisation_id", seat.body.id),
        person_id=seat.focal_point(given),
    )
    _notes(world, rows, key, status, given, due, place)
    return key


def _status(world: World, due: date, given: date, place: int, *, past: bool) -> tuple[ActionStatus, date | None]:
    done_on = world.clip(max(given, due - timedelta(days=place % 6)))
    if place % 20 == 8:
        return ActionStatus.DROPPED, None
    if past:
        return ActionStatus.DONE, done_on
    if due < world.on:
        late, days = _LATE.get(place % 10, (ActionStatus.DONE, -1))
        if (world.on - due).days <= days:
            return late, None
        return ActionStatus.DONE, done_on
    status = _COMING[place % len(_COMING)]
    return status, world.clip(given + timedelta(days=5)) if status is ActionStatus.DONE else None


def _notes(world: World, rows: Rows, key: UUID, status: ActionStatus, given: date, due: date, place: int) -> None:
    texts = world.shared["notes"]

    def note(kind: NoteKind, day: date, which: int) -> None:
        choices = texts[kind.value]
        rows.add(ActionNote, action_id=key, kind=kind, noted_on=day, text=choices[which % len(choices)])

    if status is ActionStatus.IN_PROGRESS:
        note(NoteKind.PROGRESS, world.soon(given, 6), place)
    if status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS) and due < world.on:
        note(NoteKind.REMINDER, world.soon(due, 1), 0)
        if (world.on - due).days > 30:
            note(NoteKind.REMINDER, world.soon(due, 20), 1 + place % 2)
