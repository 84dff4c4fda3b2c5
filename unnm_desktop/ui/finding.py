"""Records for the search box: found in a thread, told in the officer's language, and where each of them leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import actions, found, search
from unnm_desktop.ui import recents
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.leads import ELSEWHERE, WHERE, lead_to
from unnm_desktop.ui.palette_list import Found

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.jobs import Job

MOST, OF_A_KIND = 20, 5
KINDS = {"@": ("organisation", "membership", "person"), "#": ("action_point",)}

Line = tuple[found.Told, int]


def _find(
    session: Session,
    words: str,
    prefix: str,
    recent: Sequence[tuple[str, UUID]],
    network_id: UUID,
    language: Language,
) -> list[Line]:
    kinds = KINDS.get(prefix, ())
    if not words:
        wanted = [(table, key) for table, key in recent if not kinds or table in kinds]
        return [(told, search.RECENT) for told in found.tell(session, wanted, network_id, language)]
    hits = search.find(
        session,
        words,
        network_id,
        limit=MOST,
        kinds=kinds,
        recent=[key for _, key in recent],
        of_a_kind=None if kinds else OF_A_KIND,
    )
    fits = {hit.id: hit.fit for hit in hits}
    told = found.tell(session, [(hit.entity, hit.id) for hit in hits], network_id, language)
    return [(one, fits[one.id]) for one in told]


class Finder:
    """Finds records of the shown network by words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look_up(self, words: str, prefix: str, done: Callable[[list[Found]], object]) -> Job:
        """Search in a thread; ``done`` gets the lines on the screen's thread, none when the search failed."""
        desk = self._desk
        recent = recents.read(desk)
        return desk.jobs.run(
            desk.hub.read,
            _find,
            words,
            prefix,
            recent,
            desk.network_id,
            desk.language,
            done=lambda lines: done([self._line(told, fits) for told, fits in lines]),
            failed=partial(self._failed, done),
        )

    def _failed(self, done: Callable[[list[Found]], object], error: Exception) -> None:
        done([])
        if self._desk.hub.is_open:
            raise error

    def _line(self, told: found.Told, fits: int) -> Found:
        icon = WHERE.get(told.entity, ELSEWHERE)[1]
        where = (told.entity, told.id) if told.seat is None else ("membership", told.seat)
        return Found(told.title, told.kind, partial(lead_to, self._desk, *where), icon, fit=fits)

    def can_create(self) -> bool:
        """Whether an action point can be made of what was typed."""
        return self._desk.hub.is_open and not self._desk.hub.read_only

    def create_action(self, words: str) -> None:
        """Write down an action point with this wording and go to it."""
        desk = self._desk
        made = desk.hub.step(
            N_("New action point"),
            actions.create_action,
            desk.network_id,
            desk.today(),
            **{f"task_{desk.language.code}": words},
        )
        desk.go("actions", made.id)
        desk.say_with_undo(desk.tr(N_("Action point written down.")))
