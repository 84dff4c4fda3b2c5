"""The life of a version of the terms of reference: drafted, consulted on, agreed, submitted, in effect, superseded."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.db.decisions import Decision, DecisionSubject
from unnm_desktop.db.networks import Network, TermsOfReference, TorState
from unnm_desktop.db.tor_text import Objective, ReviewOutcome, Theme, TorClause, TorReview
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import calendar, networks, records, standings, terms
from unnm_desktop.services.says import Said
from unnm_desktop.services.tor_checking import ProfileError
from unnm_desktop.services.tor_rules import Rules

_ORDER = (TorState.DRAFT, TorState.CONSULTATION, TorState.AGREED, TorState.SUBMITTED, TorState.IN_EFFECT)
OPEN_STATES = _ORDER[:-1]


def new_draft(session: Session, network_id: UUID, on: date, version: str = "") -> TermsOfReference:
    """Begin a new version as a copy of the one in effect, with its clauses, objectives and themes.

    Raises:
        UserError: no version is in effect, a draft is being worked on already, or the version's name is taken.

    """
    current = networks.tor_on(session, network_id, on)
    if current is None:
        raise UserError(N_("No terms of reference are in effect on {day}, so there is nothing to amend."), day=Day(on))
    known = networks.versions(session, network_id)
    if any(one.state in OPEN_STATES for one in known):
        raise UserError(N_("A new version is being worked on already. Finish or remove it first."))
    name = version.strip() or _next_name(known)
    if any(one.version == name for one in known):
        raise UserError(N_("There is a version {version} already. Give the new one another name."), version=name)
    rules = networks.copy_of(current.rules)
    rules["tor"] = {**rules["tor"], "version": name, "approved": ""}
    draft = records.create(
        session,
        TermsOfReference,
        network_id=network_id,
        version=name,
        endorsed_by=current.endorsed_by,
        rules=rules,
        source_text=current.source_text,
    )
    for entity in (TorClause, Objective, Theme):
        _copy(session, entity, current.id, draft.id)
    return draft


def start_consultation(session: Session, tor_id: UUID, on: date) -> TermsOfReference:
    """Put a draft to the members for consultation (B-V5)."""
    tor = _in_state(session, tor_id, TorState.DRAFT)
    return records.update(session, TermsOfReference, tor.id, state=TorState.CONSULTATION, consulted_on=on.isoformat())


def agree(session: Session, tor_id: UUID, on: date, decision_id: UUID | None = None) -> TermsOfReference:
    """Note that the members agree (B-V5); where the amendment asks for it, by a decision they have adopted.

    Raises:
        UserError: a gate before it is not passed, or the decision is missing, of another matter, or not adopted.

    """
    gates = _gates(session, tor_id)
    first = TorState.CONSULTATION if "consultation" in gates else TorState.DRAFT
    tor = _in_state(session, tor_id, first, TorState.CONSULTATION)
    if decision_id is None and "members_agree" in gates:
        raise UserError(N_("The members agree to a new version by a decision. Choose the decision they adopted."))
    if decision_id is not None:
        require_adopted(session, tor.network_id, decision_id, on, DecisionSubject.TOR)
    return records.update(
        session,
        TermsOfReference,
        tor.id,
        state=TorState.AGREED,
        agreed_on=on.isoformat(),
        agreed_by_decision=decision_id,
    )


def submit(session: Session, tor_id: UUID, on: date) -> TermsOfReference:
    """Note that the agreed version went to the UNCT for review and endorsement (B-V6)."""
    tor = _in_state(session, tor_id, *_agreed(session, tor_id))
    return records.update(session, TermsOfReference, tor.id, state=TorState.SUBMITTED, submitted_on=on.isoformat())


def put_in_effect(session: Session, tor_id: UUID, effective: date, endorsed_on: date | None = None) -> TermsOfReference:
    """Let a version take effect from a day; the one before it ends the day before and stays readable.

    Raises:
        UserError: the UNCT has not endorsed it, or a gate before that is not passed.

    """
    gates = _gates(session, tor_id)
    if "unct_endorses" in gates:
        tor = records.get(session, TermsOfReference, tor_id)
        if tor.state is not TorState.SUBMITTED or endorsed_on is None:
            raise UserError(
                N_("A new version takes effect only after the UNCT has endorsed it. Submit it, then enter the day.")
            )
        if effective < endorsed_on or endorsed_on.isoformat() < tor.submitted_on:
            raise UserError(
                N_("The order is: submitted to the UNCT, endorsed, in effect. Correct the days: endorsed on {day}."),
                day=Day(endorsed_on),
            )
    else:
        tor = _in_state(session, tor_id, *_agreed(session, tor_id), TorState.AGREED, TorState.SUBMITTED)
    former = networks.tor_on(session, tor.network_id, effective)
    if former is not None:
        launched = terms.launch_of(session, tor.network_id)
        if terms.begin_of(former.effective, launched) >= effective:
            raise UserError(
                N_("Version {version} takes effect on {day}. Choose a later day."),
                version=former.version,
                day=Day(former.effective or launched),
            )
        records.update(
            session, TermsOfReference, former.id, state=TorState.SUPERSEDED, ended=terms.day_before(effective)
        )
    approved = (endorsed_on or effective).isoformat()
    rules = networks.copy_of(tor.rules)
    rules["tor"] = {**rules["tor"], "approved": approved}
    return records.update(
        session,
        TermsOfReference,
        tor.id,
        state=TorState.IN_EFFECT,
        approved=approved,
        endorsed_on=endorsed_on.isoformat() if endorsed_on else "",
        effective=effective.isoformat(),
        rules=rules,
    )


def terminate(session: Session, tor_id: UUID, on: date, note: str = "") -> TermsOfReference:
    """Note that the network's terms of reference end with that day (B-V2); everything stays readable."""
    tor = _in_state(session, tor_id, TorState.IN_EFFECT)
    return records.update(
        session, TermsOfReference, tor.id, state=TorState.TERMINATED, ended=on.isoformat(), note=note or tor.note
    )


def add_review(
    session: Session, tor_id: UUID, on: date, outcome: ReviewOutcome = ReviewOutcome.NO_CHANGE, note: str = ""
) -> TorReview:
    """Record a review of the terms of reference (B-V3); the next one is counted from it."""
    records.get(session, TermsOfReference, tor_id)
    return records.create(session, TorReview, tor_id=tor_id, reviewed_on=on, outcome=outcome, note=note)


def reviews(session: Session, network_id: UUID) -> list[TorReview]:
    """Every review of any version of a network's terms of reference, the newest first."""
    versions = [one.id for one in networks.versions(session, network_id)]
    return records.all_of(
        session, TorReview, TorReview.tor_id.in_(versions), order=(TorReview.reviewed_on.desc(), TorReview.id.desc())
    )


def set_approval(session: Session, tor_id: UUID, approved: str) -> TermsOfReference:
    """Enter the approval date that was not known at set-up; the version is effective from it (B-V1)."""
    tor = records.get(session, TermsOfReference, tor_id)
    rules = networks.copy_of(tor.rules)
    rules["tor"] = {**rules["tor"], "approved": approved}
    effective = approved if tor.effective in ("", tor.approved) else tor.effective
    return records.update(session, TermsOfReference, tor_id, approved=approved, effective=effective, rules=rules)


def change_setting(session: Session, network_id: UUID, name: str, value: Any, on: date) -> TermsOfReference:
    """Change one of the network's own settings on the version in effect; the text of the ToR stays as it is.

    Raises:
        UserError: there is no such setting, or it cannot have that value.

    """
    tor = networks.tor_on(session, network_id, on)
    if tor is None:
        raise UserError(N_("No terms of reference are in effect on {day}."), day=Day(on))
    rules = networks.copy_of(tor.rules)
    known = Rules.from_dict(rules).settings
    if name == "clause" or not hasattr(known, name):
        raise UserError(N_("There is no setting {name}."), name=name[:60])
    rules["settings"] = {**rules.get("settings", {}), name: value}
    try:
        Rules.from_dict(rules)
    except ProfileError as error:
        first = error.problems[0]
        raise UserError(first.message, **first.values) from error
    return records.update(session, TermsOfReference, tor.id, rules=rules)


def require_adopted(
    session: Session, network_id: UUID, decision_id: UUID, on: date, subject: DecisionSubject | None = None
) -> Decision:
    """The decision, which the network's members had adopted by the end of that day.

    Raises:
        UserError: it is another network's, about something else, or not adopted.

    """
    decision = records.get(session, Decision, decision_id)
    if decision.network_id != network_id or decision.removed_at is not None:
        raise UserError(N_("This decision belongs to another network. Choose one of this network."))
    if subject is not None and decision.subject is not subject:
        raise UserError(
            N_("{reference} is not a decision about this: its subject should be “{subject}”."),
            reference=decision.reference,
            subject=Said(subject.label),
        )
    at = calendar.end_of_day(on, records.get(session, Network, network_id).time_zone)
    if standings.standing(session, [decision_id], at)[decision_id].state not in standings.IN_FORCE[:2]:
        raise UserError(
            N_("{reference} is not adopted on {day}. Hear every member first."),
            reference=decision.reference,
            day=Day(on),
        )
    return decision


def _next_name(known: list[TermsOfReference]) -> str:
    numbers = [int(one.version) for one in known if one.version.isdecimal()]
    return str(max(numbers, default=len(known)) + 1)


def _gates(session: Session, tor_id: UUID) -> tuple[str, ...]:
    """The gates of an amendment, as the version in effect asks for them; a draft cannot loosen its own."""
    tor = records.get(session, TermsOfReference, tor_id)
    known = networks.versions(session, tor.network_id)
    current = next((one for one in known if one.state is TorState.IN_EFFECT and one.id != tor_id), tor)
    return Rules.from_dict(current.rules).tor.amendment


def _agreed(session: Session, tor_id: UUID) -> tuple[TorState, ...]:
    gates = _gates(session, tor_id)
    if "members_agree" in gates:
        return (TorState.AGREED,)
    if "consultation" in gates:
        return (TorState.CONSULTATION, TorState.AGREED)
    return (TorState.DRAFT, TorState.CONSULTATION, TorState.AGREED)


def _in_state(session: Session, tor_id: UUID, *states: TorState) -> TermsOfReference:
    tor = records.get(session, TermsOfReference, tor_id)
    if tor.state not in states:
        raise UserError(
            N_("Version {version} is “{state}”; this step comes after “{before}”."),
            version=tor.version,
            state=Said(tor.state.label),
            before=Said(states[0].label),
        )
    return tor


def _copy(session: Session, entity: type[Record], from_tor: UUID, to_tor: UUID) -> None:
    owner: Any = entity
    rows = []
    for record in records.all_of(session, entity, owner.tor_id == from_tor):
        values = {
            column: getattr(record, column)
            for column in entity.__table__.columns.keys()  # noqa: SIM118 - a column collection is no dict
            if column not in ("id", "removed_at", "tor_id")
        }
        rows.append({**values, "tor_id": to_tor})
    records.create_many(session, entity, rows)
