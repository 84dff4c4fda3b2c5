"""Where the papers of a meeting are sent to: whose address is taken, and for whom none is known."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.services.meeting_fixtures import ON, Small, appoint, small_network
from unnm_desktop.db.meetings import Invitation, Meeting, Reply
from unnm_desktop.db.people import AppointmentRole, Person
from unnm_desktop.services import invitations, meetings, records
from unnm_desktop.services.addressees import Addressees, addressees, to_remind


def reached(session: Session, small: Small, acronym: str, emails: str, role: AppointmentRole) -> Person:
    """Somebody on a seat with these addresses."""
    person = appoint(session, small, acronym, f"{role.value} of {acronym}", role)
    return records.update(session, Person, person.id, emails=emails)


def planned(session: Session, small: Small) -> tuple[Meeting, dict[str, Invitation]]:
    """The next meeting, and its invitations by the letters of the organisations."""
    meeting = meetings.plan_next(session, small.id, ON)
    guests = invitations.invited(session, meeting.id)
    return meeting, {one.organisation.acronym: one.invitation for one in guests}


def told(found: Addressees) -> tuple[list[str], list[str]]:
    """The addresses, and the letters of those who have none."""
    return sorted(found.emails), [one.acronym for one in found.missing]


def test_the_focal_point_is_written_to_and_where_it_has_no_address_an_alternate(session: Session) -> None:
    small = small_network(session)
    reached(session, small, "IOM", "speaks@iom.example.org", AppointmentRole.FOCAL_POINT)
    reached(session, small, "IOM", "deputy@iom.example.org", AppointmentRole.ALTERNATE)
    reached(session, small, "ILO", " ", AppointmentRole.FOCAL_POINT)
    reached(session, small, "ILO", "deputy@ilo.example.org; office@ilo.example.org", AppointmentRole.ALTERNATE)
    meeting, _ = planned(session, small)
    of_ilo = ["deputy@ilo.example.org", "office@ilo.example.org"]
    assert told(addressees(session, meeting.id)) == ([*of_ilo, "speaks@iom.example.org"], ["UNHCR"])


def test_the_person_who_is_invited_is_written_to_instead_and_each_address_once(session: Session) -> None:
    small = small_network(session, members=("IOM", "ILO"))
    for acronym in ("IOM", "ILO"):
        reached(session, small, acronym, f"speaks@{acronym.lower()}.example.org", AppointmentRole.FOCAL_POINT)
    meeting, sent = planned(session, small)
    guest = records.create(session, Person, name_en="Mona Adel", emails="mona@example.org")
    for invitation in sent.values():
        records.update(session, Invitation, invitation.id, person_id=guest.id)
    assert told(addressees(session, meeting.id)) == (["mona@example.org"], [])


def test_a_reminder_goes_to_those_alone_whose_invitation_went_out_and_who_are_silent(session: Session) -> None:
    small = small_network(session)
    for acronym in ("IOM", "ILO"):
        reached(session, small, acronym, f"speaks@{acronym.lower()}.example.org", AppointmentRole.FOCAL_POINT)
    meeting, sent = planned(session, small)
    assert told(to_remind(session, meeting.id)) == ([], [])
    meetings.send_invitations(session, meeting.id, ON)
    meetings.reply(session, sent["IOM"].id, Reply.YES, ON)
    assert told(to_remind(session, meeting.id)) == (["speaks@ilo.example.org"], ["UNHCR"])
