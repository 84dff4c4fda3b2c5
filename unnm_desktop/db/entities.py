"""Every record class of a workspace, by table name."""

from __future__ import annotations

from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionResponsible
from unnm_desktop.db.attachments import Attachment, SavedView
from unnm_desktop.db.base import Record, all_made
from unnm_desktop.db.decisions import Decision, Position
from unnm_desktop.db.dispatches import Dispatch
from unnm_desktop.db.goals import GcmObjective, GcmPrinciple, SdgGoal, SdgTarget
from unnm_desktop.db.issued import IssuedDocument, Report, ReportSection
from unnm_desktop.db.meetings import AgendaItem, Attendance, Invitation, Meeting, MeetingChair
from unnm_desktop.db.minutes import Comment, Minutes, MinutesEntry
from unnm_desktop.db.networks import Holiday, Network, TermsOfReference
from unnm_desktop.db.organisations import Membership, NominationRequest, Organisation
from unnm_desktop.db.people import Appointment, Office, Person
from unnm_desktop.db.plan_parts import ActivityParticipant, Deliverable, Indicator, Measurement, Output
from unnm_desktop.db.results import Challenge
from unnm_desktop.db.tor_text import Objective, Theme, TorClause, TorReview
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan

ENTITIES: dict[str, type[Record]] = {
    entity.__tablename__: entity
    for entity in (
        Network, TermsOfReference, TorClause, Objective, Theme, TorReview, Holiday,
        GcmObjective, GcmPrinciple, SdgGoal, SdgTarget,
        Organisation, Membership, NominationRequest, Person, Appointment, Office,
        Meeting, MeetingChair, AgendaItem, Invitation, Attendance,
        Minutes, MinutesEntry, Comment, Decision, Position,
        ActionPoint, ActionResponsible, ActionNote,
        Workplan, Output, Activity, ActivityParticipant, Deliverable, Indicator, Measurement, BudgetLine,
        Challenge, Report, ReportSection, IssuedDocument, Dispatch, Attachment, SavedView,
    )
}  # fmt: skip
all_made()
