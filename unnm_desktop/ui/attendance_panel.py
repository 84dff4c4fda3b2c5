"""What stands beside a chosen seat, guest or invitation."""

from __future__ import annotations

from collections.abc import Callable

from unnm_desktop.db.meetings import Attendance, Capacity, Presence, Reply
from unnm_desktop.db.organisations import Channel
from unnm_desktop.i18n import N_
from unnm_desktop.services import attendance, invitations
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import CheckField, ChoiceField
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.lookups import find_people, organisation_name
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.time_field import TimeField
from unnm_desktop.ui.widgets import label

CAPACITIES = tuple(
    (one, one.label)
    for one in (Capacity.GUEST, Capacity.GUEST_SPEAKER, Capacity.OBSERVER, Capacity.SECRETARIAT, Capacity.CHAIR)
)
CHANNELS = tuple((one, one.label) for one in Channel)
ANSWERS = tuple((one, one.label) for one in Reply)


def seat_parts(desk: Desk, seat: attendance.SeatRow, take_back: Callable[[], object]) -> list[Part]:
    """Who could sit on a seat, and what is recorded; ``take_back`` undoes the record."""
    tr, language = desk.tr, desk.language
    found = seat.attendance
    focal = language.pick(seat.holders.focal_point, "name") if seat.holders.focal_point else ""
    others = language.list([language.pick(one, "name") for one in seat.holders.alternates])
    tags = [Tag(tr(seat.membership.category.label), "neutral")] if seat.membership is not None else []
    parts: list[Part] = [
        Head(language.pick(seat.organisation, "name"), tags, avatar=seat.organisation.short),
        ReadOnly("focal_point", N_("Focal point"), focal),
        ReadOnly("alternates", N_("Alternates"), others),
    ]
    if found is None:
        parts.append(label(desk.look, tr(N_("Nothing recorded yet. Press 1 to 5.")), "grey", wrap=True))
        return parts
    parts.append(Section(N_("In the meeting")))
    parts += _presence_parts(found)
    parts.append(ButtonList(desk.look, [(tr(N_("Take the record back")), take_back, "link", "undo-2")]))
    return parts


def _presence_parts(found: Attendance) -> list[Part]:
    parts: list[Part] = []
    if found.presence is Presence.PRESENT:
        if found.capacity is Capacity.STAND_IN or found.person_id is None:
            parts.append(TextField("person_name", N_("Name"), found.person_name))
        parts += [
            TimeField("arrived", N_("Arrived"), found.arrived, hint=N_("If later")),
            TimeField("left", N_("Left"), found.left, hint=N_("If earlier")),
            CheckField("online", N_("How"), found.online, hint=N_("Joined online")),
        ]
    parts.append(LongTextField("note", N_("Note"), found.note))
    return parts


def guest_parts(desk: Desk, guest: attendance.Guest, remove: Callable[[], object]) -> list[Part]:
    """Somebody without a seat."""
    tr, found = desk.tr, guest.attendance
    body = organisation_name(desk, guest.organisation) if guest.organisation is not None else ""
    return [
        Head(guest.name or body, [Tag(tr(found.capacity.label), "violet")]),
        ReadOnly("organisation", N_("From"), body),
        ChoiceField("capacity", N_("As"), found.capacity, CAPACITIES),
        *_presence_parts(found),
        ButtonList(desk.look, [(tr(N_("Remove from the list")), remove, "link", "trash")]),
    ]


def invitation_parts(desk: Desk, one: invitations.Invited, withdraw: Callable[[], object]) -> list[Part]:
    """An invitation and the answer."""
    tr, language, found = desk.tr, desk.language, one.invitation
    person = language.pick(one.person, "name") if one.person is not None else ""
    tags = [Tag(tr(N_("Guest speaker")), "violet")] if found.as_speaker else []
    parts: list[Part] = [
        Head(language.pick(one.organisation, "name"), tags, avatar=one.organisation.short),
        RecordField("person_id", N_("Person"), found.person_id, person, find=find_people(desk)),
        ChoiceField("channel", N_("Invited by"), found.channel, CHANNELS),
        DateField("sent_on", N_("Sent on"), found.sent_on),
        ChoiceField("reply", N_("Reply"), found.reply, ANSWERS),
        DateField("replied_on", N_("Replied on"), found.replied_on),
        CheckField("as_speaker", N_("Role"), found.as_speaker, hint=N_("Guest speaker")),
    ]
    if found.as_speaker:
        parts.append(BilingualField("topic", N_("Topic"), found.topic_en, found.topic_ar))
    return [
        *parts,
        TextField("relevance", N_("Why invited"), found.relevance),
        TextField("agreed_by", N_("Agreed by"), found.agreed_by, hint=N_("Where the members agreed")),
        ButtonList(
            desk.look, [(tr(N_("Withdraw the invitation")), withdraw, "link", "trash")]
        ),
    ]  # fmt: skip
