"""Words looked for among the keys that a list has read already, in the order they have there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from unnm_desktop.db.base import Record
from unnm_desktop.services.keys import Keys
from unnm_desktop.services.word_clauses import held_by_rows, number_of, numbers_with

_GLANCE, _STEP = 100, 400
"""Keys that are looked at together, first and then: a word that stands in one record of nine fills a page of forty rows
with the second look."""


def with_words(
    session: Session, entity: type[Record], among: Keys, words: Sequence[str], limit: int | None = None
) -> Keys:
    """Of these keys the first whose records hold the words, where the index alone can tell who does."""
    return among.ending(numbers_with(session, entity, words), limit)


def looked_at(
    session: Session, entity: type[Record], among: Keys, words: Sequence[str], limit: int, most: int, barren: int
) -> Keys | None:
    """The same by looking at their rows of the index, one after the other.

    None when too few of them hold the words: of so many at most, or none at all of as many as ``barren``.
    """
    given = {f"word{place}": word for place, word in enumerate(words)}
    first, held = number_of(entity, 0), held_by_rows(len(words))
    found: list[Keys] = []
    for start in (0, *range(_GLANCE, min(most, len(among)), _STEP)):
        if start >= barren and not any(found):
            return None
        part = among[start : start + (_STEP if start else _GLANCE)]
        numbers = f"[{','.join(str(first + end) for end in part.ends)}]"
        rows = held.ask(session, numbers=numbers, **given)
        found.append(part.ending({number - first for (number,) in rows}))
        if sum(map(len, found)) >= limit:
            return Keys.of_all(found)[:limit]
    return Keys.of_all(found) if most >= len(among) else None
