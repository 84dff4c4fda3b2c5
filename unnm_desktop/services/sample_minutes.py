"""The minutes of an illustrative season in both languages, from the draft to the seal, with comments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from unnm_desktop.db.dispatches import Dispatch, DispatchKind
from unnm_desktop.db.meetings import MeetingKind
from unnm_desktop.db.minutes import Comment, CommentKind, CommentOutcome, Minutes, MinutesEntry, MinutesState
from unnm_desktop.i18n import language_for
from unnm_desktop.services.sample_decisions import Taken
from unnm_desktop.services.sample_meetings import Matter, Sitting
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import LANGUAGES, Words, World, chosen, put_in

DAYS_TO_DRAFT = 5
DAYS_TO_COMMENT = 5


def write_minutes(
    world: World,
    rows: Rows,
    sittings: list[Sitting],
    decided: dict[UUID, Taken],
    promised: dict[UUID, list[UUID]],
    planned: date,
) -> None:
    """Write the minutes of these meetings, oldest first; the newest of them are still on their way."""
    regular = [sitting for sitting in sittings if sitting.kind is MeetingKind.REGULAR]
    for place, sitting in enumerate(sittings):
        later = [one for one in regular if one.day > sitting.day]
        key = rows.add(Minutes, meeting_id=sitting.id, **_state(world, sitting, later))
        for item_id, standing in sitting.items:
            texts = _texts(world, sitting, item_id, standing, decided, promised, later[0].day if later else planned)
            rows.link(MinutesEntry, "minutes_entry", ("minutes_id", key), ("agenda_item_id", item_id), **texts)
        _sent(world, rows, sitting, key, place)


def _state(world: World, sitting: Sitting, later: list[Sitting]) -> dict[str, Any]:
    """How far the minutes of a meeting are on the day of the sample."""
    sent = world.working.after(sitting.day + timedelta(days=DAYS_TO_DRAFT))
    newest = not sitting.season.past and not later
    if newest and not world.all_members and sitting.kind is MeetingKind.REGULAR:
        return {"state": MinutesState.DRAFT}
    at = world.working.at(sent, 10)
    until = world.working.silence(at, DAYS_TO_COMMENT)
    values: dict[str, Any] = {"circulated_at": at, "comments_until": until}
    highlighted = sitting.kind is MeetingKind.HIGHLIGHTED
    if highlighted and not sitting.season.past and sitting.day == sitting.season.highlighted[-1]:
        # Members were given until after the day of the sample.
        values["comments_until"] = world.working.at(world.working.after(world.on + timedelta(days=2)), 10)
        return {**values, "state": MinutesState.CIRCULATED}
    if newest:
        return {**values, "state": MinutesState.SETTLED}
    by_silence = highlighted or not later
    adopted = world.working.after(world.working.day_of(until) + timedelta(days=1)) if by_silence else later[0].day
    fresh = not sitting.season.past and adopted >= sitting.season.regular[-1]
    return {
        **values,
        "state": MinutesState.ADOPTED if fresh else MinutesState.SEALED,
        "adopted_on": adopted,
        "adopted_at_id": None if by_silence else later[0].id,
        "sealed_on": None if fresh else world.soon(adopted, 1),
    }


def _texts(
    world: World,
    sitting: Sitting,
    item_id: UUID,
    standing: str,
    decided: dict[UUID, Taken],
    promised: dict[UUID, list[UUID]],
    following: date,
) -> dict[str, str]:
    if standing:
        found = world.shared["standing"][standing]
        days = {code: language_for(code, paper=True).day(following) for code in LANGUAGES}
        return {f"text_{code}": put_in(found[code], day=days[code]) for code in LANGUAGES}
    if sitting.speech is not None and sitting.speech[0] == item_id:
        words = sitting.speech[1]
        body = world.bodies[words["body"]]
        speech = world.shared["speech"]
        return {
            f"text_{code}": put_in(speech[code], presenter=body.called(code), topic=words[f"topic_{code}"])
            for code in LANGUAGES
        }
    matter = next(one for one in sitting.matters if one.item_id == item_id)
    taken = decided.get(item_id)
    return {
        f"text_{code}": _matter(world, sitting, matter, taken, promised.get(item_id, []), code) for code in LANGUAGES
    }


def _matter(
    world: World, sitting: Sitting, matter: Matter, taken: Taken | None, promised: list[UUID], code: str
) -> str:
    words: Words = matter.words
    presenter = world.bodies[words.get("presenter", "IOM")]
    talk = put_in(words[f"talk_{code}"], year=matter.adopts or sitting.day.year)
    # A text that begins with who presents it needs no opening.
    named = words["talk_en"].startswith(presenter.short)
    parts = [talk if named else f"{put_in(world.shared['talk'][code], presenter=presenter.called(code))} {talk}"]
    parts.append("\n".join(f"- {point}" for point in words[f"points_{code}"]))
    if taken is not None:
        parts.append(f"{{{{decision {taken.id}}}}}")
    parts += [f"{{{{action {key}}}}}" for key in promised]
    return "\n\n".join(parts)


def _sent(world: World, rows: Rows, sitting: Sitting, key: UUID, place: int) -> None:
    """The sending to every member, and what some of them said."""
    sent = world.working.after(sitting.day + timedelta(days=DAYS_TO_DRAFT))
    newest = not sitting.season.past and sitting.day == sitting.season.regular[-1]
    if newest and not world.all_members:
        return
    members = world.members(sitting.day)
    for seat in members:
        rows.add(
            Dispatch,
            network_id=world.network_id,
            kind=DispatchKind.MINUTES,
            addressee=seat.body.short,
            organisation_id=seat.body.id,
            sent_at=world.working.at(sent, 10),
            channel=seat.body.channel,
            meeting_id=sitting.id,
        )
    open_yet = sitting.kind is MeetingKind.HIGHLIGHTED and not sitting.season.past
    open_yet = open_yet and sitting.day == sitting.season.highlighted[-1]
    texts = world.shared["comments"]
    for step in range(2 if open_yet else place % 3):
        words = texts[(place + step) % len(texts)]
        rows.add(
            Comment,
            minutes_id=key,
            organisation_id=members[(place * 5 + step * 3) % len(members)].body.id,
            kind=chosen(CommentKind, words["kind"]),
            text=words["text"],
            received_on=world.soon(sent, 2 + step),
            outcome=CommentOutcome.OPEN if open_yet else chosen(CommentOutcome, words["outcome"]),
            reason="" if open_yet else words.get("reason", ""),
        )
