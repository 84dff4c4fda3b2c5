"""The meetings of an illustrative season: agendas, chairs and invitations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import (
    AgendaItem,
    Invitation,
    ItemKind,
    Meeting,
    MeetingChair,
    MeetingKind,
    MeetingState,
    Reply,
)
from unnm_desktop.services.sample_days import Season
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import Body, Words, World, both, put_in
from unnm_desktop.services.standing_items import CLOSING, STANDING


@dataclass
class Matter:
    """One topic of a meeting with the agenda item it has there.

    Args:
        words: its texts; those of an earlier season say that they come back.
        item_id: its agenda item.
        adopts: the year whose workplan is decided under it, 0 for any other matter.

    """

    words: Words
    item_id: UUID
    adopts: int = 0


@dataclass
class Sitting:
    """One meeting of the sample as the other makers need it."""

    id: UUID
    day: date
    kind: MeetingKind
    season: Season
    items: list[tuple[UUID, str]] = field(default_factory=list)
    """Every agenda item with the name of its standing item, "" for a matter, in order."""
    matters: list[Matter] = field(default_factory=list)
    present: set[UUID] = field(default_factory=set)
    """The members that were represented."""
    speech: tuple[UUID, Words] | None = None
    """The item of a guest speaker and its texts."""


def topics_of(world: World, season: Season) -> list[dict[str, Any]]:
    """The topics of regular meetings; in an earlier season without what happens only once."""
    found = [dict(topic) for topic in world.topics["topics"]]
    return [topic for topic in found if "joins" not in topic] if season.past else found


def hold_season(world: World, rows: Rows, season: Season, ordinal: int, plans: dict[date, int]) -> list[Sitting]:
    """Make the meetings of a season, oldest first.

    Args:
        world: the network.
        rows: takes the records in.
        season: its days.
        ordinal: the number of its first regular meeting.
        plans: the years whose workplan is adopted, by the day of the meeting.

    """
    topics, count = topics_of(world, season), len(season.regular)
    special = [dict(topic) for topic in world.topics.get("highlighted", [])]
    days = sorted(
        [(day, MeetingKind.REGULAR, index) for index, day in enumerate(season.regular)]
        + [(day, MeetingKind.HIGHLIGHTED, index) for index, day in enumerate(season.highlighted)]
    )
    sittings = []
    for day, kind, index in days:
        if kind is MeetingKind.REGULAR:
            own = topics[index * len(topics) // count : (index + 1) * len(topics) // count]
        else:
            own = [special[index % len(special)]]
        sitting = _meeting(world, rows, season, day, kind, ordinal + index)
        if season.past:
            own = [_again(world, topic) for topic in own]
        _agenda(world, rows, sitting, own, plans.get(day, 0), _speaker(world, kind, index))
        _invite(world, rows, sitting, sent=day - timedelta(days=12), all_replied=True)
        sittings.append(sitting)
    return sittings


def plan_next(world: World, rows: Rows, season: Season, ordinal: int, put_off: list[Matter]) -> Sitting | None:
    """Plan the next regular meeting; matters put off at an earlier one are carried over."""
    if season.planned is None:
        return None
    invited = world.all_members
    sitting = _meeting(world, rows, season, season.planned, MeetingKind.REGULAR, ordinal, invited=invited)
    carried = [{**matter.words, "carried": matter.item_id} for matter in put_off]
    _agenda(world, rows, sitting, carried, 0, None, frozen=invited)
    _invite(world, rows, sitting, sent=season.on - timedelta(days=8) if invited else None, all_replied=False)
    return sitting


def _again(world: World, topic: Words) -> dict[str, Any]:
    changed = dict(topic)
    again = world.shared["again"]
    for code in ("en", "ar"):
        changed[f"title_{code}"] = put_in(again[f"title_{code}"], title=topic[f"title_{code}"])
    changed["actions"] = [
        {
            **task,
            **{code: put_in(again[f"task_{code}"], task=task[code]) if task[code] else "" for code in ("en", "ar")},
        }
        for task in topic["actions"]
    ]
    return changed


def _speaker(world: World, kind: MeetingKind, index: int) -> Words | None:
    # Guests speak at every second regular meeting, where the terms of reference ask for guest speakers.
    if not world.all_members or kind is not MeetingKind.REGULAR or index % 2 == 0:
        return None
    speakers = world.shared["speakers"]
    found: Words = speakers[index // 2 % len(speakers)]
    return found


def _meeting(
    world: World,
    rows: Rows,
    season: Season,
    day: date,
    kind: MeetingKind,
    ordinal: int,
    *,
    invited: bool = True,
) -> Sitting:
    past = day <= season.on
    open_minutes = not season.past and past and day in (season.regular[-1], *season.highlighted[-1:])
    state = MeetingState.HELD if open_minutes else MeetingState.CLOSED
    if not past:
        state = MeetingState.INVITED if invited else MeetingState.PLANNED
    highlighted = kind is MeetingKind.HIGHLIGHTED
    places = world.shared["places"]
    key = rows.add(
        Meeting,
        network_id=world.network_id,
        reference=world.reference("M", day.year),
        kind=kind,
        ordinal=None if highlighted else ordinal,
        day=day,
        starts="10:00" if world.country == "KWT" else "09:30",
        ends="12:30" if highlighted else "12:00",
        place_en=places["en"][highlighted],
        place_ar=places["ar"][highlighted],
        online="" if highlighted else places["online"],
        state=state,
        numbers_frozen=past or invited,
        minute_taker_id=world.people["secretariat"],
    )
    leading = ["MoFA", "UNRC"] if highlighted else list(world.own["chairs"])
    for position, short in enumerate(leading):
        rows.add(
            MeetingChair,
            meeting_id=key,
            organisation_id=world.bodies[short].id,
            person_id=world.people[short],
            position=position,
        )
    return Sitting(key, day, kind, season)


def _agenda(
    world: World,
    rows: Rows,
    sitting: Sitting,
    topics: list[dict[str, Any]],
    adopts: int,
    speaker: Words | None,
    *,
    frozen: bool = True,
) -> None:
    standing = STANDING[sitting.kind]
    opening = [item for item in standing if item.standing not in CLOSING]
    year = sitting.day.year
    guests = speaker is not None or sitting.kind is MeetingKind.HIGHLIGHTED

    def add(position: int, **values: Any) -> UUID:
        number = str(position) if frozen else ""
        return rows.add(AgendaItem, meeting_id=sitting.id, position=position, number=number, **values)

    plan: list[Any] = [("standing", item) for item in opening]
    if speaker is not None:
        plan.append(("speaker", speaker))
    if adopts:
        plan.append(("adopts", world.shared["adoption_item"]))
    plan += [("topic", topic) for topic in topics]
    plan += [("standing", item) for item in standing if item.standing in CLOSING]
    for position, (what, given) in enumerate(plan, start=1):
        if what == "standing":
            closed = guests and given.standing == "action_points"
            key = add(
                position,
                title_en=given.title_en,
                title_ar=given.title_ar,
                kind=given.kind,
                presenter="IOM",
                minutes=given.minutes,
                standing=given.standing,
                closed=closed,
            )
            sitting.items.append((key, given.standing))
        elif what == "speaker":
            told = both(world.shared["plan"], "speaker", topic="{topic}")
            titles = {
                f"title_{code}": put_in(told[f"speaker_{code}"], topic=given[f"topic_{code}"]) for code in ("en", "ar")
            }
            key = add(position, **titles, presenter=given["body"], minutes=20, objective_id=world.objectives[3])
            sitting.items.append((key, ""))
            sitting.speech = (key, given)
        else:
            of = adopts if what == "adopts" else year
            decides = what == "adopts" or "decision_en" in given
            carried: UUID | None = given.get("carried")
            key = add(
                position,
                **both(given, "title", year=of),
                **both(given, "purpose", year=of),
                kind=ItemKind.DECISION if decides else ItemKind.DISCUSSION,
                presenter=given.get("presenter", "IOM"),
                minutes=20,
                objective_id=world.objectives[given.get("objective", 1)],
                carried_from_id=carried,
                carried_reason=world.shared["plan"]["carried"] if carried else "",
            )
            sitting.items.append((key, ""))
            sitting.matters.append(Matter(given, key, of if what == "adopts" else 0))


def _invite(world: World, rows: Rows, sitting: Sitting, *, sent: date | None, all_replied: bool) -> None:
    sent = world.working.before(sent) if sent else None
    seats = [*world.members(sitting.day), *world.listed.values()]
    bodies: list[Body] = [seat.body for seat in seats]
    if sitting.kind is MeetingKind.HIGHLIGHTED:
        bodies += [world.bodies[short] for short in world.invited]
    for place, body in enumerate(bodies):
        replies = sent is not None and (all_replied or place % 3 != 2)
        rows.link(
            Invitation,
            "invitation",
            ("meeting_id", sitting.id),
            ("organisation_id", body.id),
            channel=body.channel,
            sent_on=sent,
            reply=(Reply.NO if place % 7 == 6 else Reply.YES) if replies else Reply.NONE,
            replied_on=world.clip(sent + timedelta(days=3)) if sent and replies else None,
        )
        if sent is not None:
            _dispatch_agenda(world, rows, sitting, body, sent)
    if sitting.speech is not None and sent is not None:
        words = sitting.speech[1]
        body = world.bodies[words["body"]]
        rows.add(
            Invitation,
            meeting_id=sitting.id,
            organisation_id=body.id,
            person_id=world.people[words["body"]],
            as_speaker=True,
            **both(words, "topic"),
            channel=body.channel,
            sent_on=sent,
            reply=Reply.YES,
            replied_on=world.clip(sent + timedelta(days=4)),
        )


def _dispatch_agenda(world: World, rows: Rows, sitting: Sitting, body: Body, sent: date) -> None:
    rows.add(
        Dispatch,
        network_id=world.network_id,
        kind=DispatchKind.AGENDA,
        addressee=body.short,
        organisation_id=body.id,
        sent_at=world.working.at(sent, 9),
        channel=body.channel,
        meeting_id=sitting.id,
    )
