"""Who came to the meetings of an illustrative season, and in what capacity."""

from __future__ import annotations

from uuid import UUID

from unnm_desktop.db.meetings import Attendance, Capacity, MeetingKind, Presence
from unnm_desktop.services.sample_meetings import Sitting
from unnm_desktop.services.sample_rows import Rows
from unnm_desktop.services.sample_world import Seat, World


def attend(world: World, rows: Rows, sitting: Sitting) -> None:
    """Say who came to a meeting: seat by seat, then guests and the secretariat."""
    needed = {matter.words.get(name, "") for matter in sitting.matters for name in ("objector", "reserved_by")}
    for seat in world.members(sitting.day):
        capacity, presence, person = _who_came(world, sitting, seat, needed)
        if presence is Presence.PRESENT:
            sitting.present.add(seat.body.id)
        rows.link(
            Attendance,
            "attendance",
            ("meeting_id", sitting.id),
            ("organisation_id", seat.body.id),
            capacity=capacity,
            presence=presence,
            person_id=person,
            for_person_id=seat.focal_point(sitting.day) if capacity is Capacity.ALTERNATE else None,
            online=presence is Presence.PRESENT and world.random.random() < 0.25,
        )

    def guest(organisation_id: UUID, person_id: UUID, capacity: Capacity) -> None:
        rows.add(
            Attendance,
            meeting_id=sitting.id,
            organisation_id=organisation_id,
            person_id=person_id,
            capacity=capacity,
        )

    for seat in world.listed.values():
        if world.random.random() < 0.5:
            guest(seat.body.id, seat.focal_point(sitting.day), Capacity.OBSERVER)
        else:
            rows.link(
                Attendance,
                "attendance",
                ("meeting_id", sitting.id),
                ("organisation_id", seat.body.id),
                presence=Presence.APOLOGIES,
            )
    guest(world.bodies["IOM"].id, world.people["secretariat"], Capacity.SECRETARIAT)
    if sitting.kind is MeetingKind.HIGHLIGHTED:
        for short in ("MoFA", "UNRC"):
            guest(world.bodies[short].id, world.people[short], Capacity.CHAIR)
        for place, short in enumerate(name for name in world.invited if name != "MoFA"):
            if place % 4 != 3:
                guest(world.bodies[short].id, world.people[short], Capacity.GUEST)
    if sitting.speech is not None:
        short = sitting.speech[1]["body"]
        guest(world.bodies[short].id, world.people[short], Capacity.GUEST_SPEAKER)


def _who_came(world: World, sitting: Sitting, seat: Seat, needed: set[str]) -> tuple[Capacity, Presence, UUID | None]:
    short, draw = seat.body.short, world.random.random()
    if short in world.own["chairs"] and sitting.kind is MeetingKind.REGULAR:
        return Capacity.CHAIR, Presence.PRESENT, world.people[short]
    if short == "IOM" or short in needed or draw < 0.7:
        return Capacity.FOCAL_POINT, Presence.PRESENT, seat.focal_point(sitting.day)
    if draw < 0.86 and seat.alternate is not None:
        return Capacity.ALTERNATE, Presence.PRESENT, seat.alternate
    return Capacity.FOCAL_POINT, Presence.APOLOGIES if draw < 0.95 else Presence.ABSENT, None
