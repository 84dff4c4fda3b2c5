"""Minutes: one version after another, from draft to sealed; afterwards only a corrigendum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.db.minutes import Comment, CommentKind, CommentOutcome, Minutes, MinutesEntry, MinutesState
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import (
    actions,
    calendar,
    decisions,
    invitations,
    issued,
    minutes_text,
    networks,
    records,
)

COMMENT_WORKING_DAYS = 5
_LANGUAGES = ("en", "ar")


def versions(session: Session, meeting_id: UUID) -> list[Minutes]:
    """Every version of a meeting's minutes, oldest first."""
    return records.all_of(session, Minutes, Minutes.meeting_id == meeting_id, order=(Minutes.version, Minutes.id))


def current_minutes(session: Session, meeting_id: UUID) -> Minutes | None:
    """The newest version of a meeting's minutes; None where none were begun."""
    found = versions(session, meeting_id)
    return found[-1] if found else None


def open_minutes(session: Session, meeting_id: UUID) -> Minutes:
    """The newest version, begun now where there is none."""
    current = current_minutes(session, meeting_id)
    if current is not None:
        return current
    records.get(session, Meeting, meeting_id)
    return _begin(session, meeting_id, meeting_id, version=1)


def _begin(session: Session, meeting_id: UUID, before: UUID, **values: Any) -> Minutes:
    """The version that comes after another, the first after the meeting itself."""
    return records.begin(session, Minutes, link_id("minutes", meeting_id, before), meeting_id=meeting_id, **values)


def entries(session: Session, minutes_id: UUID) -> dict[UUID, MinutesEntry]:
    """The texts of one version by agenda item."""
    found = records.all_of(session, MinutesEntry, MinutesEntry.minutes_id == minutes_id)
    return {entry.agenda_item_id: entry for entry in found}


def entry_for(session: Session, minutes_id: UUID, agenda_item_id: UUID) -> MinutesEntry | None:
    """The text under one agenda item; None where nothing was written."""
    return entries(session, minutes_id).get(agenda_item_id)


def write_entry(session: Session, minutes_id: UUID, agenda_item_id: UUID, **texts: str) -> MinutesEntry:
    """Write the text (``text_en``, ``text_ar``) under one agenda item of a draft.

    Raises:
        UserError: the version has been circulated or sealed, or the item belongs to another meeting.

    """
    minutes = records.get(session, Minutes, minutes_id)
    refuse_locked(minutes)
    item = records.get(session, AgendaItem, agenda_item_id)
    if item.meeting_id != minutes.meeting_id:
        raise UserError(N_("This agenda item belongs to another meeting. Write under an item of this one."))
    return records.link(
        session,
        MinutesEntry,
        "minutes_entry",
        ("minutes_id", minutes_id),
        ("agenda_item_id", agenda_item_id),
        **texts,
    )


def refuse_locked(minutes: Minutes) -> None:
    """Check that this version may still be written.

    Raises:
        UserError: it was circulated, adopted or sealed.

    """
    if minutes.state is MinutesState.DRAFT:
        return
    if minutes.state is MinutesState.SEALED:
        raise UserError(N_("These minutes are sealed. A correction is written as a corrigendum."))
    if minutes.state is MinutesState.ADOPTED:
        raise UserError(N_("These minutes are adopted and stay as they are. Seal them; a correction is a corrigendum."))
    raise UserError(N_("This version was circulated and stays as it was sent. Make a new version to change it."))


def revise(session: Session, minutes_id: UUID) -> Minutes:
    """Make the next version of circulated minutes, with the same texts, to take comments in.

    Raises:
        UserError: the version is a draft, adopted or sealed.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state not in (MinutesState.CIRCULATED, MinutesState.SETTLED):
        refuse_locked(minutes)
        return minutes
    return _next_version(session, minutes, corrigendum=minutes.corrigendum)


def corrigendum(session: Session, minutes_id: UUID) -> Minutes:
    """Begin a corrigendum to sealed minutes: a new version, the sealed one stays.

    Raises:
        UserError: the minutes are not sealed.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state is not MinutesState.SEALED:
        raise UserError(N_("A corrigendum corrects sealed minutes. These can still be changed by a new version."))
    return _next_version(session, minutes, corrigendum=True)


def _next_version(session: Session, minutes: Minutes, *, corrigendum: bool) -> Minutes:
    newest = versions(session, minutes.meeting_id)[-1]
    if newest.id != minutes.id:
        return newest
    again = _begin(session, minutes.meeting_id, minutes.id, version=minutes.version + 1, corrigendum=corrigendum)
    for item_id, entry in entries(session, minutes.id).items():
        write_entry(session, again.id, item_id, text_en=entry.text_en, text_ar=entry.text_ar)
    return again


def comments_until(session: Session, meeting_id: UUID, at: datetime) -> datetime:
    """The end of the time for comments if nothing else is said: five working days."""
    meeting = records.get(session, Meeting, meeting_id)
    off = networks.calendar_of(session, meeting.network_id)
    return calendar.silence_end(at, COMMENT_WORKING_DAYS, off.zone, off.weekend, off.holidays)


def circulate(session: Session, minutes_id: UUID, at: datetime, until: datetime | None = None) -> Minutes:
    """Send a draft to everybody who was invited, for comments until a day and hour (five working days by default).

    Raises:
        UserError: it is not a draft, or nothing is written.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state is not MinutesState.DRAFT:
        raise UserError(N_("This version was circulated already. Make a new version to send it again."))
    if not any(entry.text_en.strip() or entry.text_ar.strip() for entry in entries(session, minutes_id).values()):
        raise UserError(N_("Nothing is written in these minutes yet. Write them, then circulate them."))
    meeting = records.get(session, Meeting, minutes.meeting_id)
    if until is None:
        until = comments_until(session, meeting.id, at)
    if until <= at:
        raise Invalid({"comments_until": N_("The time for comments ends before it begins.")})
    reached = set()
    for guest in invitations.invited(session, meeting.id):
        if guest.organisation.id not in reached:
            reached.add(guest.organisation.id)
            issued.record_dispatch(
                session,
                meeting.network_id,
                DispatchKind.MINUTES,
                guest.organisation.short,
                at,
                channel=guest.invitation.channel,
                organisation_id=guest.organisation.id,
                meeting_id=meeting.id,
            )
    return records.update(
        session, Minutes, minutes_id, state=MinutesState.CIRCULATED, circulated_at=at, comments_until=until
    )


def comments(session: Session, minutes_id: UUID) -> list[Comment]:
    """What was said about one version, in order of arrival."""
    return records.all_of(session, Comment, Comment.minutes_id == minutes_id, order=(Comment.received_on, Comment.id))


def add_comment(
    session: Session,
    minutes_id: UUID,
    on: date,
    text: str = "",
    *,
    organisation_id: UUID | None = None,
    kind: CommentKind = CommentKind.CORRECTION,
    entry_id: UUID | None = None,
) -> Comment:
    """Note what an organisation says about circulated minutes; "no comment" needs no outcome.

    Raises:
        Invalid: a comment without its text.
        UserError: the minutes were not circulated.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state is MinutesState.DRAFT:
        raise UserError(N_("These minutes were not circulated yet, so there is nothing to comment on."))
    if kind is not CommentKind.NO_COMMENT and not text.strip():
        raise Invalid({"text": N_("Write what the comment says.")})
    settled = kind is CommentKind.NO_COMMENT
    return records.create(
        session,
        Comment,
        minutes_id=minutes_id,
        entry_id=entry_id,
        organisation_id=organisation_id,
        kind=kind,
        text=text,
        received_on=on,
        outcome=CommentOutcome.ACCEPTED if settled else CommentOutcome.OPEN,
    )


def settle_comment(session: Session, comment_id: UUID, outcome: CommentOutcome, reason: str = "") -> Comment:
    """Say what became of a comment.

    Raises:
        Invalid: it is not accepted and no reason is given.

    """
    if outcome is CommentOutcome.NOT_ACCEPTED and not reason.strip():
        raise Invalid({"reason": N_("Say why the comment is not accepted.")})
    return records.update(session, Comment, comment_id, outcome=outcome, reason=reason)


def open_comments(session: Session, meeting_id: UUID) -> list[Comment]:
    """Comments on any version of a meeting's minutes that have no outcome yet."""
    mine = [version.id for version in versions(session, meeting_id)]
    return records.all_of(session, Comment, Comment.minutes_id.in_(mine), Comment.outcome == CommentOutcome.OPEN)


def settle(session: Session, minutes_id: UUID) -> Minutes:
    """Note that every comment has its outcome. A revised draft that takes the comments in is settled too.

    Raises:
        UserError: a comment is open, or the minutes were never circulated.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state is MinutesState.SETTLED:
        return minutes
    revised = minutes.state is MinutesState.DRAFT and any(
        version.circulated_at is not None and version.corrigendum == minutes.corrigendum
        for version in versions(session, minutes.meeting_id)
    )
    if minutes.state is not MinutesState.CIRCULATED and not revised:
        raise UserError(N_("Only circulated minutes can be settled. Circulate them first."))
    _refuse_open_comments(session, minutes)
    return records.update(session, Minutes, minutes_id, state=MinutesState.SETTLED)


def _refuse_open_comments(session: Session, minutes: Minutes) -> None:
    waiting = open_comments(session, minutes.meeting_id)
    if waiting:
        raise UserError(N_("Comments without an outcome: {n}. Accept each, or say why not."), n=len(waiting))


def adopt(session: Session, minutes_id: UUID, on: date, meeting_id: UUID | None = None) -> Minutes:
    """Note that minutes are adopted, at a later meeting or, without one, by silence.

    Raises:
        UserError: they were not circulated, comments are open, the time for comments runs, or the meeting is earlier.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state in (MinutesState.ADOPTED, MinutesState.SEALED):
        return minutes
    if minutes.state is MinutesState.DRAFT:
        raise UserError(N_("A draft is not adopted. Circulate it and settle the comments first."))
    _refuse_open_comments(session, minutes)
    meeting = records.get(session, Meeting, minutes.meeting_id)
    if meeting_id is None:
        _refuse_running_time(session, minutes, meeting, on)
    else:
        later = records.get(session, Meeting, meeting_id)
        if later.network_id != meeting.network_id or later.id == meeting.id or later.day < meeting.day:
            raise UserError(N_("Minutes are adopted at a later meeting of the same network. Choose that meeting."))
    return records.update(
        session, Minutes, minutes_id, state=MinutesState.ADOPTED, adopted_on=on, adopted_at_id=meeting_id
    )


def _refuse_running_time(session: Session, minutes: Minutes, meeting: Meeting, on: date) -> None:
    off = networks.calendar_of(session, meeting.network_id)
    sent = [version for version in versions(session, meeting.id) if version.comments_until is not None]
    until = minutes.comments_until or (sent[-1].comments_until if sent else None)
    if until is None or calendar.end_of_day(on, off.zone) < until:
        raise UserError(N_("The time for comments is still running. Minutes are adopted by silence when it has ended."))


def seal(session: Session, minutes_id: UUID, on: date) -> Minutes:
    """Seal adopted minutes: nothing in them changes any more.

    Raises:
        UserError: they are not adopted.

    """
    minutes = records.get(session, Minutes, minutes_id)
    if minutes.state is MinutesState.SEALED:
        return minutes
    if minutes.state is not MinutesState.ADOPTED:
        raise UserError(N_("Only adopted minutes are sealed. Note their adoption first."))
    return records.update(session, Minutes, minutes_id, state=MinutesState.SEALED, sealed_on=on)


def add_decision_block(
    session: Session,
    minutes_id: UUID,
    agenda_item_id: UUID,
    on: date,
    *,
    language: str = "en",
    after: int | None = None,
    **values: Any,
) -> Decision:
    """Propose a decision under an agenda item and put its line into the text at once.

    ``after`` is the line of the text in ``language`` after which it stands, None = at the end; the text in the other
    language gets it at its end. ``values`` are fields of the decision.
    """
    meeting = _meeting_of(session, minutes_id)
    decision = decisions.propose(
        session, meeting.network_id, on, meeting_id=meeting.id, agenda_item_id=agenda_item_id, **values
    )
    _put_line(
        session, minutes_id, agenda_item_id, minutes_text.reference_line("decision", decision.id), language, after
    )
    return decision


def add_action_block(
    session: Session,
    minutes_id: UUID,
    agenda_item_id: UUID,
    on: date,
    *,
    responsible: Sequence[actions.Responsible] = (),
    language: str = "en",
    after: int | None = None,
    **values: Any,
) -> ActionPoint:
    """Write down an action point under an agenda item and put its line into the text at once."""
    meeting = _meeting_of(session, minutes_id)
    action = actions.create_action(
        session,
        meeting.network_id,
        on,
        responsible=responsible,
        meeting_id=meeting.id,
        agenda_item_id=agenda_item_id,
        **values,
    )
    _put_line(session, minutes_id, agenda_item_id, minutes_text.reference_line("action", action.id), language, after)
    return action


def _meeting_of(session: Session, minutes_id: UUID) -> Meeting:
    minutes = records.get(session, Minutes, minutes_id)
    refuse_locked(minutes)
    return records.get(session, Meeting, minutes.meeting_id)


def _put_line(
    session: Session, minutes_id: UUID, agenda_item_id: UUID, line: str, language: str, after: int | None
) -> None:
    entry = entry_for(session, minutes_id, agenda_item_id)
    texts = {}
    for code in _LANGUAGES:
        name = f"text_{code}"
        before = getattr(entry, name) if entry else ""
        texts[name] = minutes_text.with_line(before, line, after if code == language else None)
    write_entry(session, minutes_id, agenda_item_id, **texts)
