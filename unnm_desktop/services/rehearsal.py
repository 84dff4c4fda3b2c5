"""Today's first reading, tried out on a network that nobody has while the passphrase of the real one is typed.

Most of what a first reading takes is not the reading: its statements are written, and the code for its rows is made.
"""

from __future__ import annotations

import string
from datetime import date, timedelta

from sqlalchemy.orm import Session

from unnm_desktop.db import direct
from unnm_desktop.db.actions import ActionPoint, ActionResponsible
from unnm_desktop.db.base import Record
from unnm_desktop.db.meetings import AgendaItem, Invitation, Meeting, MeetingState
from unnm_desktop.db.networks import Network, TermsOfReference, TorState
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.recalling import last_told, recall
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan
from unnm_desktop.services import half_done, tor_profile
from unnm_desktop.services.dashboard import Dashboard, dashboard
from unnm_desktop.services.network_rows import network_rows

_ENGLISH = string.ascii_letters + string.digits + string.punctuation
_ARABIC = "أبجد هوز حطي كلمن سعفص قرشت ثخذ ضظغ ءآإؤئىة ٠١٢٣٤٥٦٧٨٩"


def rehearsed(session: Session, on: date) -> Dashboard:
    """The page of the day of a network without names, in a workspace that is thrown away."""
    network = Network(country="", sample=True)
    for record in _one_of_each(network, on):
        direct.add(session, record)
    # As a workspace is opened, and the window finds its networks.
    recall(session, "")
    last_told(session, network.id)
    network_rows(session)
    session.expunge_all()
    half_done.waiting(session)
    return dashboard(session, network.id, on)


def _one_of_each(network: Network, on: date) -> list[Record]:
    """One record of everything that the page shows, so that all of it is tried and each letter of it drawn once."""
    rules = tor_profile.load(tor_profile.names()[0]).rules()
    tor = TermsOfReference(network_id=network.id, version="", state=TorState.IN_EFFECT, rules=rules)
    held = Meeting(network_id=network.id, day=on - timedelta(days=30), state=MeetingState.HELD)
    coming = Meeting(network_id=network.id, day=on + timedelta(days=3))
    body = Organisation(name_en=_ENGLISH, acronym=_ENGLISH, name_ar=_ARABIC)
    tasks = [
        ActionPoint(network_id=network.id, due=on + timedelta(days=days), task_en=_ENGLISH, task_ar=_ARABIC)
        for days in (-123, -45, -6, 0, 1, 7, 89)
    ]
    plan = Workplan(network_id=network.id, year=on.year)
    activity = Activity(network_id=network.id, workplan_id=plan.id)
    return [
        *(network, tor, held, coming, body, *tasks, plan, activity),
        AgendaItem(meeting_id=coming.id, position=1),
        Invitation(meeting_id=coming.id, organisation_id=body.id, sent_on=on),
        *(ActionResponsible(action_id=task.id, organisation_id=body.id) for task in tasks),
        BudgetLine(activity_id=activity.id, required=1),
    ]
