"""Words looked for among the keys that a list has read already, in the order they have there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.services.keys import Keys
from unnm_desktop.services.word_clauses import (
    GLANCE,
    SHORTEST,
    WORTH,
    held_by_rows,
    is_frequent,
    number_of,
    numbers_with,
)

_STEP = 400
"""Keys that are looked at together after the first glance: a word that stands in one record of nine fills a page of
forty rows with the second look."""


def with_words(
    session: Session, entity: type[Record], among: Keys, words: Sequence[str], limit: int | None = None
) -> Keys:
    """Of these keys the first whose records hold the words, where the index alone can tell who does."""
    return among.ending(numbers_with(session, entity, words), limit)


def first_with(
    session: Session, entity: type[Record], among: Keys, words: Sequence[str], limit: int, most: int
) -> Keys:
    """The same for a first page: looked for at the head of these keys, then told by the index."""
    seen = looked_at(session, entity, among, words, limit, most, WORTH)
    if seen is None and is_frequent(session, entity, words):
        # Who holds the first letters of each word the index tells in half the time, and they are few to look at.
        likely = among.ending(numbers_with(session, entity, [word[:SHORTEST] for word in words]), GLANCE + _STEP + 1)
        seen = looked_at(session, entity, likely, words, limit, GLANCE + _STEP, WORTH)
    return with_words(session, entity, among, words, limit) if seen is None else seen


def looked_at(
    session: Session, entity: type[Record], among: Keys, words: Sequence[str], limit: int, most: int, least: int = 0
) -> Keys | None:
    """The same by looking at their rows of the index, one after the other.

    None when too few of them hold the words: of so many at most, or fewer than ``least`` at the first glance.
    """
    given = {f"word{place}": word for place, word in enumerate(words)}
    first, held = number_of(entity, 0), held_by_rows(len(words))
    found: list[Keys] = []
    for start in (0, *range(GLANCE, min(most, len(among)), _STEP)):
        part = among[start : start + (_STEP if start else GLANCE)]
        numbers = f"[{','.join(str(first + end) for end in part.ends)}]"
        rows = held.ask(session, numbers=numbers, **given)
        found.append(part.ending({number - first for (number,) in rows}))
        if sum(map(len, found)) >= limit:
            return Keys.of_all(found)[:limit]
        if not start and len(found[0]) < least and len(among) > GLANCE:
            return None
    return Keys.of_all(found) if most >= len(among) else None
