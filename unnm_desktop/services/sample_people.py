"""The people of an illustrative network: invented names, dated appointments, offices held."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Category, Membership, NominationRequest, Residency
from unnm_desktop.db.people import Appointment, AppointmentRole, Office, OfficeKind, Person
from unnm_desktop.services import people, records, seeding
from unnm_desktop.services.calendar import add_months
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import Body, Seat, World, words


class Cast:
    """Gives out invented people, each of them once.

    Args:
        world: the network they are for.
        start: which name is the first.

    """

    def __init__(self, world: World, start: int) -> None:
        self._world = world
        self._words = words("people")
        self._next = start

    def person(self, rows: Rows, organisation_id: UUID, position: str, level: str = "") -> UUID:
        """Invent somebody who works there; the name, address and number are nobody's."""
        place, self._next = self._next, self._next + 1
        name_en, name_ar = self._name(place)
        titles = self._words["positions"][position]
        which = place % len(titles["en"])
        address = re.sub(r"[^a-z.]+", "-", name_en.lower().replace(" ", ".", 1))
        return rows.add(
            Person,
            organisation_id=organisation_id,
            name_en=name_en,
            name_ar=name_ar,
            position_en=titles["en"][which],
            position_ar=titles["ar"][which],
            level=level,
            emails=f"{address}@example.org",
            phones=f"{self._world.own['phone']}{place % 100:02}",
            letter_language="ar" if position == "government" else "en",
        )

    def _name(self, place: int) -> tuple[str, str]:
        international = self._words["international"]
        turn, third = divmod(place, 3)
        if third == 2 and turn < len(international):
            return international[turn][0], international[turn][1]
        first, family = self._words["first"], self._words["family"]
        # 16 first and 11 family names have no common divisor: the pairs repeat only after 176 people.
        given, clan = first[place % len(first)], family[place % len(family)]
        return f"{given[0]} {clan[0]}", f"{given[1]} {clan[1]}"


def add_people(session: Session, world: World, *, since: str, joined: date, first_name: int) -> None:
    """Fill the seats of the network: members, participating entities, observers, and their people.

    Args:
        session: the step.
        world: the network; its seats and people are filled in.
        since: the start of the seats, "" = the launch.
        joined: the day on which the newest member of the sample takes its seat.
        first_name: which name is the first, so that two networks share none.

    """
    rows, cast = world.rows(), Cast(world, first_name)
    levels = _levels(world)
    kept = {
        one.organisation_id: one
        for one in records.all_of(session, Membership, Membership.network_id == world.network_id)
    }
    presence = seeding.presence(world.country)
    newest = next((topic["joins"] for topic in world.topics["topics"] if "joins" in topic), "")

    def seat(short: str, category: Category) -> Seat:
        body = world.bodies[short]
        start = joined.isoformat() if short == newest else since
        known = kept.get(body.id)
        if known is None:
            membership_id = rows.add(
                Membership,
                network_id=world.network_id,
                organisation_id=body.id,
                category=category,
                residency=presence.get(short, Residency.UNKNOWN),
                start=start,
            )
        else:
            membership_id = known.id
            if start:
                records.update(session, Membership, membership_id, start=start)
        focal = cast.person(rows, body.id, "focal_point", levels[len(world.seats) % len(levels)])
        rows.add(Appointment, membership_id=membership_id, person_id=focal, start=start)
        alternate = None
        if category is Category.MEMBER and short not in world.own["without_alternate"]:
            alternate = cast.person(rows, body.id, "alternate", levels[-1])
            rows.add(
                Appointment,
                membership_id=membership_id,
                person_id=alternate,
                role=AppointmentRole.ALTERNATE,
                start=start,
            )
        return Seat(body, membership_id, [(date.min, focal)], alternate, joined if short == newest else date.min)

    for short in world.own["members"]:
        world.seats[short] = seat(short, Category.MEMBER)
    for short in world.own["participating"]:
        world.listed[short] = seat(short, Category.PARTICIPATING)
    for short in world.own["observers"]:
        world.listed[short] = seat(short, Category.OBSERVER)
    _add_others(world, rows, cast)
    if world.all_members:
        _ask_for_nominations(world, rows, since or world.launched)
    rows.write(session)
    _fill_offices(session, world, since)


def _levels(world: World) -> list[str]:
    if world.all_members:
        return ["Senior Programme Manager", "Focal point", "Deputy", "Specialist"]
    return ["Programme Manager", "Specialist"]


def _add_others(world: World, rows: Rows, cast: Cast) -> None:
    """Those who hold an office or speak for a ministry."""
    titles = {"IOM": "chief"}
    for short in world.own["chairs"]:
        level = "Representative" if world.all_members else "Country Representative"
        world.people[short] = cast.person(rows, world.bodies[short].id, titles.get(short, "director"), level)
    world.people["UNRC"] = cast.person(rows, world.bodies["UNRC"].id, "rc")
    world.people["secretariat"] = cast.person(rows, world.bodies["IOM"].id, "secretariat", _levels(world)[-1])
    speakers = [speaker["body"] for speaker in world.shared["speakers"]] if world.all_members else []
    for short in [*world.invited, *speakers]:
        world.people[short] = cast.person(rows, world.bodies[short].id, "government")


def _ask_for_nominations(world: World, rows: Rows, since: str) -> None:
    for short, seat in world.seats.items():
        asked = seat.start.isoformat() if seat.start > date.min else since
        rows.add(
            NominationRequest,
            membership_id=seat.membership_id,
            asked_on=asked,
            answered_on="" if short in world.own["without_alternate"] else asked,
            through="RCO",
        )


def _fill_offices(session: Session, world: World, since: str) -> None:
    """Name the person behind every office the terms of reference fill with a body."""
    by_kind: dict[OfficeKind, str] = {
        OfficeKind.SECRETARIAT: "secretariat",
        OfficeKind.COORDINATOR: "secretariat",
        OfficeKind.PATRON: "UNRC",
    }
    short_of: dict[UUID | None, str] = {body.id: body.short for body in world.bodies.values()}
    for office in records.all_of(session, Office, Office.network_id == world.network_id):
        person = by_kind.get(office.kind, short_of[office.organisation_id])
        values: dict[str, Any] = {"person_id": world.people[person], "start": since}
        if office.kind is OfficeKind.CO_CHAIR:
            values["endorsed_on"] = world.launched
        records.update(session, Office, office.id, **values)


def replace_focal_point(session: Session, world: World, first_name: int) -> None:
    """Let a focal point go in the middle of the year: whoever follows starts on a day of their own."""
    seat = world.seats[world.own["replaced"]]
    day = world.working.after(add_months(world.on, -6))
    rows = world.rows()
    successor = Cast(world, first_name).person(rows, seat.body.id, "focal_point", _levels(world)[0])
    rows.write(session)
    people.replace_focal_point(session, seat.membership_id, successor, day)
    world.counts["appointment"] += 1
    seat.focal_points.append((day, successor))


def known_bodies(session: Session, country: str, names: list[str]) -> dict[str, Body]:
    """The organisations of these acronyms or names, by what they are called here."""
    found: dict[str, Body] = {}
    for name in names:
        one = seeding.find(session, name, country)
        if one is None:
            raise LookupError(f"the sample names {name}, which the reference lists lack")
        found[name] = Body(one.id, one.short, one.name_ar, one.channel)
    return found
