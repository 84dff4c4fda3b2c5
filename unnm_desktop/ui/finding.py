"""Records for the search box: found in a thread, told in the officer's language, and where each of them leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.text import fold
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import actions, found, search
from unnm_desktop.ui import recents
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.leads import ELSEWHERE, WHERE, lead_to
from unnm_desktop.ui.palette_list import Found

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.jobs import Job

# What a glance takes in, and what is shown when everything is asked for.
MOST, OF_A_KIND = 20, 5
EVERYTHING = 1000
KINDS = {"@": ("organisation", "membership", "person"), "#": ("action_point",)}
# Short and long, of either script: each kind of word has a statement of its own.
REHEARSED = ("a", "the", "م", "الم")

Line = tuple[found.Told, int]
Answer = Callable[[list[Found], bool], object]
"""Gets the lines, and whether more was found than they show."""


def _find(
    session: Session,
    words: str,
    prefix: str,
    recent: Sequence[tuple[str, UUID]],
    network_id: UUID,
    language: Language,
    most: int,
    of_a_kind: int,
) -> tuple[list[Line], bool]:
    kinds = KINDS.get(prefix, ())
    if not words:
        wanted = [(table, key) for table, key in recent if not kinds or table in kinds]
        return [(told, search.RECENT) for told in found.tell(session, wanted, network_id, language)], False
    of_a_kind = most if kinds else of_a_kind
    # One more of each kind tells whether something is left out.
    hits = search.find(
        session, words, network_id, limit=2 * most, kinds=kinds, recent=[key for _, key in recent],
        of_a_kind=of_a_kind + 1,
    )  # fmt: skip
    kept = _at_most(hits, of_a_kind)[:most]
    fits = {hit.id: hit.fit for hit in kept}
    told = found.tell(session, [(hit.entity, hit.id) for hit in kept], network_id, language)
    seen = _seen(told, words)
    # What is spoken of in a field that is not shown stands behind what is called so.
    lines = [(one, fits[one.id] if one.id in seen or not seen else search.ELSEWHERE) for one in told]
    return lines, len(kept) < len(hits)


def _seen(told: Sequence[found.Told], words: str) -> set[UUID]:
    """What shows in its line all the words that were asked for."""
    asked = fold(words).split()
    return {one.id for one in told if all(word in fold(f"{one.title} {one.kind}") for word in asked)}


def rehearse(session: Session, network_id: UUID, language: Language) -> None:
    """Search once for every kind of word before anybody does: what that needs is written and read then."""
    for words in REHEARSED:
        _find(session, words, "", (), network_id, language, MOST, OF_A_KIND)


def _at_most(hits: Sequence[search.Found], of_a_kind: int) -> list[search.Found]:
    seen: Counter[str] = Counter()
    kept = []
    for hit in hits:
        seen[hit.entity] += 1
        if seen[hit.entity] <= of_a_kind:
            kept.append(hit)
    return kept


class Finder:
    """Finds records of the shown network by words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look_up(self, words: str, prefix: str, done: Answer) -> Job:
        """Search for the best in a thread; ``done`` is told on the screen's thread, nothing when the search failed."""
        return self._start(words, prefix, done, MOST, OF_A_KIND)

    def look_up_all(self, words: str, prefix: str, done: Answer) -> Job:
        """Search for everything that holds the words."""
        return self._start(words, prefix, done, EVERYTHING, EVERYTHING)

    def _start(self, words: str, prefix: str, done: Answer, most: int, of_a_kind: int) -> Job:
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
            most,
            of_a_kind,
            done=lambda answer: done([self._line(told, fits) for told, fits in answer[0]], answer[1]),
            failed=partial(self._failed, done),
        )

    def _failed(self, done: Answer, error: Exception) -> None:
        done([], False)
        # The workspace may be closed and open again before a failed search is told of.
        if self._desk.hub.is_open and not isinstance(error, UserError):
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
