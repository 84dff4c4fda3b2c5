"""Tells, when a workspace opens, of minutes that were being typed when the program ended or was locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.db.meetings import AgendaItem, Meeting
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, records
from unnm_desktop.services.meeting_names import name_of
from unnm_desktop.services.unkept import unkept

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.inline_bar import InlineBar


def offer_unkept(desk: Desk, bar: InlineBar) -> None:
    """Say where words wait, with a way there; nothing where none do."""
    if desk.network is None or not desk.hub.is_open or desk.hub.read_only or _offer_unwritten(desk, bar):
        return
    found = desk.hub.read(unkept, desk.network_id)
    if not found:
        return
    newest, language = found[0], desk.language
    text = desk.tr(
        N_("What you were typing in the minutes of {meeting}, item {number}, was not kept when the program ended."),
        meeting=name_of(newest.meeting, language),
        number=agendas.item_number(newest.item, language),
    )

    def show() -> None:
        bar.clear()
        desk.go("meeting", newest.meeting.id, tab="minutes", item=newest.item.id, field=newest.draft.field)

    bar.show_message(text, "warn", desk.tr(N_("Show it")), show)


def _offer_unwritten(desk: Desk, bar: InlineBar) -> bool:
    """Words that no disk holds come first."""
    place = next(iter(desk.unwritten.minutes), None)
    if place is None:
        return False
    meeting_id, item_id, field = place
    meeting, item = desk.hub.read(records.get, Meeting, meeting_id), desk.hub.read(records.get, AgendaItem, item_id)
    text = desk.tr(
        N_("What you typed in the minutes of {meeting}, item {number}, could not be saved before the lock."),
        meeting=name_of(meeting, desk.language),
        number=agendas.item_number(item, desk.language),
    )

    def show() -> None:
        bar.clear()
        desk.go("meeting", meeting_id, tab="minutes", item=item_id, field=field)

    bar.show_message(text, "warn", desk.tr(N_("Show it")), show)
    return True
