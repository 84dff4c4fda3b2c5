"""Who gets a seat and who chairs: changes that the terms of reference tie to a decision or an endorsement."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.decisions import DecisionSubject
from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind, Residency
from unnm_desktop.db.people import Office, OfficeKind
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import networks, records, terms
from unnm_desktop.services.says import Names
from unnm_desktop.services.tor_versions import require_adopted

LEADING = (OfficeKind.CHAIR, OfficeKind.CO_CHAIR)


def give_seat(
    session: Session,
    network_id: UUID,
    organisation_id: UUID,
    category: Category = Category.MEMBER,
    *,
    start: str = "",
    residency: Residency = Residency.UNKNOWN,
    decision_id: UUID | None = None,
    on: date,
) -> Membership:
    """Give an organisation its place in the network; an earlier place of it ends the day before.

    Raises:
        UserError: it can hold no seat, or the terms of reference ask for a decision first (K-M3).

    """
    organisation = records.get(session, Organisation, organisation_id)
    named = Names((organisation,))
    if organisation.holds_no_seat:
        raise UserError(N_("{who} is an office or a body and can hold no seat."), who=named)
    if category is Category.MEMBER:
        _refuse_membership(session, network_id, organisation, decision_id, on)
    launched = terms.launch_of(session, network_id)
    begins = terms.begin_of(start, launched)
    for former in records.all_of(
        session,
        Membership,
        Membership.network_id == network_id,
        Membership.organisation_id == organisation_id,
        terms.end_clause(Membership, begins),
    ):
        if terms.begin_of(former.start, launched) >= begins:
            raise UserError(
                N_("{who} has a place in the network already, from {day}. Change that one, or choose a later day."),
                who=named,
                day=Day(former.start or launched or on),
            )
        records.update(session, Membership, former.id, end=terms.day_before(begins))
    return records.create(
        session,
        Membership,
        network_id=network_id,
        organisation_id=organisation_id,
        category=category,
        residency=residency,
        start=start,
        decision_id=decision_id,
    )


def _refuse_membership(
    session: Session, network_id: UUID, organisation: Organisation, decision_id: UUID | None, on: date
) -> None:
    members = networks.rules_on(session, network_id, on).members
    kind = organisation.kind
    if kind is OrganisationKind.GOVERNMENT or kind.value not in (*members.kinds, *members.kinds_by_decision):
        raise UserError(
            N_("The terms of reference have no seat for {who}. Add it as a participating entity or by invitation."),
            who=Names((organisation,)),
        )
    if kind.value in members.kinds:
        return
    if decision_id is None:
        raise UserError(
            N_("{who} becomes a member only by a decision of the members. Choose the decision they adopted."),
            who=Names((organisation,)),
        )
    require_adopted(session, network_id, decision_id, on, DecisionSubject.MEMBERSHIP)


def hand_over_office(
    session: Session,
    network_id: UUID,
    kind: OfficeKind,
    organisation_id: UUID | None,
    start: date,
    *,
    person_id: UUID | None = None,
    replaces: UUID | None = None,
    endorsed_on: date | None = None,
    decision_id: UUID | None = None,
) -> Office:
    """Let an organisation take an office from that day; the term it replaces ends the day before.

    Raises:
        UserError: a new chair needs a decision (K-C2) or the UNCT's endorsement (B-C1) first.

    """
    launched = terms.launch_of(session, network_id)
    former = records.get(session, Office, replaces) if replaces is not None else None
    new_body = former is None or former.organisation_id != organisation_id
    if kind in LEADING and new_body and organisation_id is not None:
        changed_by = networks.rules_on(session, network_id, start).chairs.changed_by
        if changed_by == "unct_endorsement" and endorsed_on is None:
            raise UserError(N_("The UNCT endorses a change of chair. Enter the day of its endorsement."))
        if changed_by == "consensus" and decision_id is None:
            raise UserError(N_("A change of chair needs a decision of the members. Choose the decision they adopted."))
        if decision_id is not None:
            require_adopted(session, network_id, decision_id, start, DecisionSubject.CHAIR)
    if former is not None:
        if terms.begin_of(former.start, launched) >= start:
            raise UserError(
                N_("This term begins on {day}. Choose a later day."), day=Day(former.start or launched or start)
            )
        records.update(session, Office, former.id, end=terms.day_before(start))
    return records.create(
        session,
        Office,
        network_id=network_id,
        kind=kind,
        organisation_id=organisation_id,
        person_id=person_id,
        start=start.isoformat(),
        endorsed_on=endorsed_on.isoformat() if endorsed_on else "",
        decision_id=decision_id,
    )
