"""The compliance page: every duty of a network's terms of reference, judged for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.networks import Network
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import duty_facts, duty_papers, duty_seats, records
from unnm_desktop.services.duty_facts import Facts
from unnm_desktop.services.duty_status import PROOFS, STATES, TITLES, TONES, DutyStatus, Evidence, Judgement
from unnm_desktop.services.says import Said
from unnm_desktop.services.tor_rules import DUTIES

__all__ = ["DUTIES", "PROOFS", "STATES", "TITLES", "TONES", "DutyStatus", "Evidence", "duties"]

_JUDGES: dict[str, Callable[[Facts], Judgement]] = {
    "meeting_cadence": duty_seats.meeting_cadence,
    "highlighted_meetings": duty_seats.highlighted_meetings,
    "guest_speakers": duty_seats.guest_speakers,
    "chairs": duty_seats.chairs,
    "focal_points": duty_seats.focal_points,
    "alternates": duty_seats.alternates,
    "consensus": duty_seats.consensus,
    "workplan": duty_papers.workplan,
    "workplan_shared": duty_papers.workplan_shared,
    "progress_report": duty_papers.progress_report,
    "tor_review": duty_papers.tor_review,
    "requests": duty_papers.requests,
    "updates": duty_papers.updates,
}


def duties(session: Session, network_id: UUID, on: date) -> list[DutyStatus]:
    """Judge every duty at the end of that day in the network's zone; one row each, in a fixed order."""
    network = records.get(session, Network, network_id)
    if network.records_from is not None and on < network.records_from:
        says = Said(
            N_("Records of this network begin on {day}; earlier days are not judged."),
            {"day": Day(network.records_from)},
        )
        return [DutyStatus(duty, "not_required", None, "", says) for duty in DUTIES]
    frame = duty_facts.frame_of(session, network_id, on)
    if frame is None:
        says = Said(N_("No terms of reference were in effect on {day}."), {"day": Day(on)})
        return [DutyStatus(duty, "not_required", None, "", says) for duty in DUTIES]
    facts = duty_facts.gather(session, frame)
    found = []
    for duty in DUTIES:
        if not frame.rules.required(duty):
            found.append(
                DutyStatus(duty, "not_required", None, "", Said(N_("The terms of reference do not ask for this.")))
            )
            continue
        judged = _JUDGES[duty](facts)
        clause = frame.rules.clause_of(duty)
        found.append(DutyStatus(duty, judged.state, judged.due, clause, judged.says, judged.evidence))
    return found
