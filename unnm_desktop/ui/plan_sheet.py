"""A workplan as its page reads it, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.goals import GcmObjective
from unnm_desktop.db.networks import Network
from unnm_desktop.db.plan_parts import Output
from unnm_desktop.db.tor_text import Objective, Theme
from unnm_desktop.db.workplans import Workplan
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, records, workplan_changes, workplans
from unnm_desktop.services.calendar import end_of_day
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.workplan_findings import PlanFindings

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk


@dataclass(frozen=True)
class PlanSheet:
    """A plan with all that its page shows."""

    findings: PlanFindings
    versions: tuple[Workplan, ...]
    decision: Decision | None
    outputs: tuple[Output, ...]
    objectives: tuple[Objective, ...]
    themes: tuple[Theme, ...]
    gcm: tuple[GcmObjective, ...]
    unreached: tuple[str, ...]


def read_year(session: Session, network_id: UUID, year: int, plan_id: UUID | None, on: date) -> PlanSheet | None:
    """The version of a year's plan that is asked for, or else the one that holds; None where there is no plan."""
    versions = tuple(workplans.versions(session, network_id, year))
    if not versions:
        return None
    if plan_id not in {one.id for one in versions}:
        plan_id = next((one for one in versions if one.state in workplans.SETTLED), versions[0]).id
    return _read(session, plan_id, versions, on)


def _read(session: Session, plan_id: UUID, versions: tuple[Workplan, ...], on: date) -> PlanSheet:
    """Read a plan whole."""
    found = workplans.plan_findings(session, plan_id, on)
    plan = found.workplan
    unreached: tuple[str, ...] = ()
    if plan.state in workplans.IN_FORCE:
        unreached = workplan_changes.sharing(session, plan_id, end_of_day(on, found.network.time_zone)).missing
    return PlanSheet(
        found,
        versions,
        records.get(session, Decision, plan.decision_id) if plan.decision_id else None,
        tuple(belonging(session, Output, "workplan_id", [plan_id], "position")[plan_id]),
        tuple(one.objective for one in found.objectives if one.objective is not None),
        tuple(networks.themes_on(session, plan.network_id, on)),
        tuple(records.all_of(session, GcmObjective, order=GcmObjective.number)),
        unreached,
    )


def problem_title(desk: Desk) -> str:
    """What the network calls the things that stand in its way (a msgid)."""
    if not desk.hub.is_open or desk.network is None:
        return N_("Challenges")
    word = desk.hub.read(records.get, Network, desk.network_id).problem_word
    return N_("Impediments") if word == "impediment" else N_("Challenges")
