"""What pages read when they are first shown, read once in a thread before: writing the statements takes the longest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.interruption import LongRead
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import language_for
from unnm_desktop.services import actions, meeting_counts, meetings, numbering, records, trash
from unnm_desktop.services.listing import Context
from unnm_desktop.ui import actions as actions_page
from unnm_desktop.ui import decisions, finding, members, organisations, people
from unnm_desktop.ui import meetings as meetings_page
from unnm_desktop.ui.meeting_agenda import read_agenda
from unnm_desktop.ui.meeting_forms import read_meeting
from unnm_desktop.ui.plan_sheet import read_year
from unnm_desktop.ui.report_wish import Wish, request_of
from unnm_desktop.ui.report_words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.i18n import Language
    from unnm_desktop.services.listing import Listing
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.hub import Hub


class Asker(NamedTuple):
    """Who will ask: whose records, in what language, on what day."""

    network_id: UUID
    language: Language
    on: date


def _search(session: Session, asker: Asker) -> None:
    finding.rehearse(session, asker.network_id, asker.language)


def _list(listing: Listing, choice: str, session: Session, asker: Asker) -> None:
    context = Context(asker.network_id, asker.language, asker.on)
    keys = listing.first_ids(session, context, 1, choice=choice) or ()
    listing.rows(session, context, keys)
    if listing.group is not None:
        listing.group(session, keys, context)


def _heads(session: Session, asker: Asker) -> None:
    actions.tally(session, asker.network_id, asker.on)
    meetings.next_meeting(session, asker.network_id, asker.on)


def _meeting(session: Session, asker: Asker) -> None:
    last = records.first_of(session, Meeting, Meeting.network_id == asker.network_id, order=Meeting.day.desc())
    if last is not None:
        read_meeting(session, last.id, asker.on)
        meeting_counts.counts(session, last.id)
        read_agenda(session, last.id, asker.on)


def _decision(session: Session, asker: Asker) -> None:
    mine = Decision.network_id == asker.network_id
    last = records.first_of(session, Decision, mine, order=Decision.decided_on.desc())
    if last is not None:
        decisions.read_sheet(session, last.id, asker.on)


def _workplan(session: Session, asker: Asker) -> None:
    read_year(session, asker.network_id, asker.on.year, None, asker.on)


def _report(session: Session, asker: Asker) -> None:
    code = asker.language.code
    period = request_of(session, Wish("progress-report", code), asker.network_id, asker.on).period
    if period is not None:
        read_words(session, asker.network_id, period.code, language_for(code, paper=True), asker.on)


def _trash(session: Session, asker: Asker) -> None:
    trash.removed(session, Context(asker.network_id, asker.language, asker.on), limit=1)


def _handover(session: Session, asker: Asker) -> None:
    numbering.every_duplicate(session)


# In the order in which they are likely to be asked for.
LISTS = (
    (meetings_page.LISTED, ""),
    (decisions.LISTED, ""),
    (actions_page.LISTED, "open"),
    (members.LISTED, ""),
    (organisations.LISTED, ""),
    (people.LISTED, ""),
)
READINGS: tuple[Callable[[Session, Asker], None], ...] = (
    _search,
    # Each by itself: whoever leaves the workspace waits for no more than one of them.
    *(partial(_list, listing, choice) for listing, choice in LISTS),
    _heads,
    _meeting,
    _decision,
    _workplan,
    _report,
    _trash,
    _handover,
)


def read_ahead(desk: Desk) -> None:
    """Read all of it on a thread; it ends when the workspace is left."""
    reading = LongRead()
    asker = Asker(desk.network_id, desk.language, desk.today())
    desk.jobs.run(_read_all, desk.hub, reading, asker, failed=partial(_failed, desk.hub), stop=reading.ask)


def _read_all(hub: Hub, reading: LongRead, asker: Asker) -> None:
    for read in READINGS:
        hub.read_until(reading, read, asker)


def _failed(hub: Hub, error: Exception) -> None:
    # A file that cannot be read now, or was closed meanwhile, is told of by whatever the officer does next.
    if hub.is_open and not isinstance(error, UserError):
        raise error
