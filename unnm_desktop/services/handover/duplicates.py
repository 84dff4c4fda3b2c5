"""Organisations and people that two officers may both have entered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.attachments import SavedView
from unnm_desktop.db.journal import REMOVED
from unnm_desktop.db.pending import cursor_of
from unnm_desktop.db.text import fold
from unnm_desktop.services import records

ASKED: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name_en", "name_ar", "acronym"),
    "person": ("name_en", "name_ar", "emails", "phones"),
}
"""The kinds that are looked at, and the fields that speak."""
LISTING = "duplicates"
_PAIR = "apart"
_FEWEST_DIGITS = 7
_HEARD = 1000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Possible:
    """Two records that may be one."""

    entity: str
    mine: UUID
    theirs: UUID
    titles: tuple[str, str]
    field: str
    """What is alike: a column's name."""


def signs(entity: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What identifies a record: (field, normalised text)."""
    for name in ASKED[entity]:
        text = str(values.get(name) or "")
        if name == "emails":
            yield from (("emails", fold(part.strip())) for part in text.split(";") if part.strip())
        elif name == "phones":
            for part in text.split(";"):
                digits = "".join(sign for sign in fold(part) if sign.isdigit()).lstrip("0")
                if len(digits) >= _FEWEST_DIGITS:
                    yield "phones", digits[-8:]
        else:
            # In any order, with or without a comma between.
            words = " ".join(sorted(_WORD.findall(fold(text))))
            country = values.get("country") or "" if entity == "organisation" else ""
            if words:
                yield name, f"{words}|{country}"


class Arriving(Protocol):
    """A new record."""

    @property
    def entity(self) -> str:
        """Its kind."""

    @property
    def key(self) -> str:
        """Its key, as the columns keep it."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Its values."""


def possible(cursor: Any, arriving: Iterable[Arriving], heard: Callable[[], object] = bool) -> list[Possible]:
    """Pairs of a record that is here and one that arrives.

    Args:
        cursor: the driver's, in a transaction.
        arriving: the new records; they are looked at one by one.
        heard: called from time to time; may stop the work.

    """
    found: dict[tuple[str, str], Possible] = {}
    here: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for number, one in enumerate(arriving):
        if number % _HEARD == 0:
            heard()
        if one.entity not in ASKED:
            continue
        if one.entity not in here:
            here[one.entity] = _index(cursor, one.entity)
        known = here[one.entity]
        if not known:
            continue
        values = one.values
        for sign in signs(one.entity, values) if values.get(REMOVED) is None else ():
            mine = known.get(sign)
            if mine is not None:
                titles = mine[1], _title(one.entity, values)
                pair = Possible(one.entity, UUID(mine[0]), UUID(one.key), titles, sign[0])
                found.setdefault((mine[0], one.key), pair)
    return list(found.values())


def found_here(session: Session) -> list[Possible]:
    """Pairs among the records in sight, the older one first; without those of which somebody said they are two."""
    cursor = cursor_of(session)
    apart = _apart(session)
    found: dict[frozenset[str], Possible] = {}
    for entity in ASKED:
        first: dict[tuple[str, str], tuple[str, str]] = {}
        for row, values in _present(cursor, entity):
            title = _title(entity, values)
            for sign in signs(entity, values):
                other, called = first.setdefault(sign, (row, title))
                pair = frozenset((other, row))
                if other != row and pair not in apart:
                    found.setdefault(pair, Possible(entity, UUID(other), UUID(row), (called, title), sign[0]))
    return list(found.values())


def keep_apart(session: Session, pair: Possible) -> None:
    """Remember that two records are not the same; they are offered no more, here and where the next package goes.

    Kept as a view of the list of duplicates: it travels, and undo takes it back.
    """
    records.create(session, SavedView, listing=LISTING, name="", settings={_PAIR: [str(pair.mine), str(pair.theirs)]})


def _apart(session: Session) -> set[frozenset[str]]:
    views = records.all_of(session, SavedView, SavedView.listing == LISTING)
    return {frozenset(UUID(key).hex for key in view.settings.get(_PAIR, ())) for view in views}


def _index(cursor: Any, entity: str) -> dict[tuple[str, str], tuple[str, str]]:
    """By sign, the record here that has it, with its title."""
    index: dict[tuple[str, str], tuple[str, str]] = {}
    for row, values in _present(cursor, entity):
        index.update(dict.fromkeys(signs(entity, values), (row, _title(entity, values))))
    return index


def _title(entity: str, values: Mapping[str, Any]) -> str:
    return next((str(values[name]) for name in ASKED[entity] if values.get(name)), "")


def _present(cursor: Any, entity: str) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [*ASKED[entity], *(["country"] if entity == "organisation" else [])]
    sql = f'SELECT id, {", ".join(names)} FROM "{entity}" WHERE removed_at IS NULL ORDER BY id'  # noqa: S608 - names of our own
    for row in cursor.execute(sql):
        yield row[0], dict(zip(names, row[1:], strict=True))
