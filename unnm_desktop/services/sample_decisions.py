"""The decisions of an illustrative season with every way consensus can go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionSubject, Position, Stance
from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.services.sample_meetings import Matter, Sitting
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import Seat, World, both, chosen

_ACTS = {
    "deferred": DecisionAct.DEFERRED,
    "withdrawn": DecisionAct.WITHDRAWN,
    "escalated": DecisionAct.ESCALATED,
}
_OPEN = ("pending", "silence_running")
"""What is not settled yet: in an earlier season it was adopted in the end."""


@dataclass(frozen=True)
class Taken:
    """A decision as the other makers need it: its key, and when it was adopted (None = it was not)."""

    id: UUID
    adopted_on: date | None


@dataclass
class _Ask:
    """One decision on its way: who is asked, who was there, and what has to be noted on it."""

    id: UUID
    day: date
    seats: list[Seat]
    present: set[UUID]
    words: Any
    values: dict[str, Any]


def decide(world: World, rows: Rows, sittings: list[Sitting]) -> dict[UUID, Taken]:
    """Make the decisions of these meetings of one season, by agenda item."""
    asks = [
        (sitting, matter, _ask(world, sitting, matter))
        for sitting in sittings
        for matter in sitting.matters
        if "decision_en" in matter.words
    ]
    replaced = {ask.words["replaces"]: ask.id for _, _, ask in asks if "replaces" in ask.words}
    for _, _, ask in asks:
        ask.values["superseded_by_id"] = replaced.get(ask.words.get("name", ""))
    return {matter.item_id: _settle(world, rows, sitting, ask) for sitting, matter, ask in asks}


def decide_alone(world: World, rows: Rows, words: Any, day: date, year: int) -> Taken:
    """Make a decision outside any meeting, by silence: every member is written to."""
    seats = world.members(day)
    ask = _Ask(world.keys.new(), day, seats, set(), words, _texts(world, words, day, year))
    ask.values["subject"] = DecisionSubject.WORKPLAN
    return _by_silence(world, rows, ask, world.working.at(day, 9), 5)


def _texts(world: World, words: Any, day: date, year: int) -> dict[str, Any]:
    return {
        "network_id": world.network_id,
        "reference": world.reference("D", day.year),
        **both(words, "decision_title", "title", year=year),
        **both(words, "decision", "text", year=year),
        "decided_on": day,
        "pending_on": day,
        "all_members": world.all_members,
        "objective_id": world.objectives[words.get("objective", 1)],
    }


def _ask(world: World, sitting: Sitting, matter: Matter) -> _Ask:
    words = matter.words
    running = words.get("outcome") == "silence_running" and not sitting.season.past
    day = sitting.day
    if running:
        # Put to the members by message a day before the day of the sample, so that silence runs on that day.
        eve = world.on - timedelta(days=1)
        day = eve if world.working.works(eve) else world.on
    values = _texts(world, words, day, matter.adopts or sitting.day.year)
    values |= {"meeting_id": sitting.id, "agenda_item_id": matter.item_id}
    subject = "workplan" if matter.adopts else words.get("subject", "general")
    values["subject"] = chosen(DecisionSubject, subject)
    return _Ask(world.keys.new(), day, world.members(day), sitting.present, words, values)


def _settle(world: World, rows: Rows, sitting: Sitting, ask: _Ask) -> Taken:
    outcome = ask.words.get("outcome", "adopted")
    if sitting.season.past and outcome in _OPEN:
        outcome = "adopted"
    day, longer = sitting.day, ask.values["subject"] in (DecisionSubject.WORKPLAN, DecisionSubject.REPORT)
    if outcome == "silence":
        start = world.working.at(world.working.after(day + timedelta(days=1)), 9)
        return _by_silence(world, rows, ask, start, 5 if longer else 3)
    if outcome == "silence_running":
        return _running(world, rows, ask)
    if outcome in _ACTS:
        ask.values |= {
            "act": _ACTS[outcome],
            "act_on": world.soon(day, 7) if outcome == "escalated" else day,
            "act_reason": ask.words["reason"],
        }
    if outcome in ("deferred", "withdrawn"):
        return _write(rows, ask, {})
    said = _at_the_table(world, ask, outcome)
    adopted: date | None = None
    if outcome not in ("not_adopted", "escalated", "pending"):
        adopted = max(on for _, on in said.values()) if world.all_members else day
    if outcome == "implemented":
        ask.values["implemented_on"] = world.soon(day, 50)
    return _write(rows, ask, said, adopted)


def _at_the_table(world: World, ask: _Ask, outcome: str) -> dict[UUID, tuple[Stance, date]]:
    """Who was there agrees, objects or has a reservation; where all must be heard, the others answer later."""
    said: dict[UUID, tuple[Stance, date]] = {}
    missed = {seat.body.id for seat in ask.seats[-3:]} if outcome == "pending" else set()
    for seat in ask.seats:
        short, key = seat.body.short, seat.body.id
        if short == ask.words.get("objector") and outcome in ("not_adopted", "escalated"):
            said[key] = (Stance.OBJECTS, ask.day)
        elif short == ask.words.get("reserved_by"):
            said[key] = (Stance.RESERVATION, ask.day)
        elif key in ask.present and key not in missed:
            said[key] = (Stance.AGREES, ask.day)
        elif world.all_members and key not in missed:
            # The workplan has a day to be adopted by: the absent are called during the meeting.
            on = ask.day if ask.values["subject"] is DecisionSubject.WORKPLAN else world.soon(ask.day, 2)
            said[key] = (Stance.AGREES, on)
    return said


def _by_silence(world: World, rows: Rows, ask: _Ask, start: datetime, days: int) -> Taken:
    until = world.working.silence(start, days)
    ended = world.working.day_of(until)
    ask.values |= {"silence_from": start, "silence_until": until}
    said = {key: (Stance.AGREES, ask.day) for key in (seat.body.id for seat in ask.seats) if key in ask.present}
    _send(world, rows, ask, start, set(said))
    if ended <= world.on:
        said |= {seat.body.id: (Stance.NO_OBJECTION, ended) for seat in ask.seats if seat.body.id not in ask.present}
    return _write(rows, ask, said, ended if ended <= world.on else None)


def _running(world: World, rows: Rows, ask: _Ask) -> Taken:
    start = world.working.at(ask.day, 9)
    ask.values |= {"silence_from": start, "silence_until": world.working.silence(start, 3)}
    early = {seat.body.id for seat in ask.seats[:3]}
    _send(world, rows, ask, start, set())
    return _write(rows, ask, dict.fromkeys(early, (Stance.AGREES, ask.day)))


def _send(world: World, rows: Rows, ask: _Ask, start: datetime, heard: set[UUID]) -> None:
    for seat in ask.seats:
        if seat.body.id in heard:
            continue
        rows.add(
            Dispatch,
            network_id=world.network_id,
            kind=DispatchKind.SILENCE,
            addressee=seat.body.short,
            organisation_id=seat.body.id,
            sent_at=start,
            channel=seat.body.channel,
            meeting_id=ask.values.get("meeting_id"),
            decision_id=ask.id,
        )


def _write(
    rows: Rows,
    ask: _Ask,
    said: dict[UUID, tuple[Stance, date]],
    adopted_on: date | None = None,
) -> Taken:
    rows.add(Decision, id=ask.id, **ask.values)
    for seat in ask.seats:
        stance, on = said.get(seat.body.id, (Stance.NOT_REACHED, None))
        told = stance in (Stance.OBJECTS, Stance.RESERVATION)
        rows.link(
            Position,
            "position",
            ("decision_id", ask.id),
            ("organisation_id", seat.body.id),
            stance=stance,
            said_on=on,
            reason=ask.words["reason"] if told else "",
            would_resolve=ask.words.get("resolve", "") if stance is Stance.OBJECTS else "",
        )
    return Taken(ask.id, adopted_on)
