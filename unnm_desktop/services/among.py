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
    if seen is None:
        likely = _likely(session, entity, among, words)
        seen = None if likely is None else looked_at(session, entity, likely, words, limit, GLANCE + _STEP, WORTH)
    return with_words(session, entity, among, words, limit) if seen is None else seen


def _likely(session: Session, entity: type[Record], among: Keys, words: Sequence[str]) -> Keys | None:
    """The first of these keys whose records hold the first letters of each word, where many hold the words.

    The index tells who does in half the time that whole words take, and they are few to look at. Whoever types on asks
    for the same first letters again.
    """
    letters = tuple(word[:SHORTEST] for word in words)
    if among.begun.get(letters) is None:
        if not is_frequent(session, entity, words):
            return None
        among.begun = {letters: among.ending(numbers_with(session, entity, letters), GLANCE + _STEP + 1)}
    return among.begun[letters]


def looked_at(
    session: Session, entity: type[Record], among: Keys, words: Sequence[str], limit: int, most: int, least: int = 0
) -> Keys | None:
    """The same by looking at their rows of the index, one after the other.

    None when too few of them hold the words: of so many at most, or fewer than half of ``least`` in a glance.
    """
    given = {f"word{place}": word for place, word in enumerate(words)}
    first, held = number_of(entity, 0), held_by_rows(len(words))
    found: list[Keys] = []
    count = looked = 0
    for start in (0, *range(GLANCE, min(most, len(among)), _STEP)):
        part = among[start : start + (_STEP if start else GLANCE)]
        numbers = f"[{','.join(str(first + end) for end in part.ends)}]"
        rows = held.ask(session, numbers=numbers, **given)
        found.append(part.ending({number - first for (number,) in rows}))
        count, looked = count + len(found[-1]), looked + len(part)
        if count >= limit:
            return Keys.of_all(found)[:limit]
        # A handful at the head with the words in their own names say nothing of what comes after them.
        if 2 * count * GLANCE < least * looked and looked < len(among):
            return None
    return Keys.of_all(found) if most >= len(among) else None
