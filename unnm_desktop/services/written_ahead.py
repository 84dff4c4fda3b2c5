"""Statements of the first page that are in the program as SQLAlchemy has written them, so that no start waits for it.

They are written from the queries of ``today_queries``, by ``make statements``; a test compares both.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Date, Uuid
from sqlalchemy.types import NullType, TypeEngine

from unnm_desktop import paths
from unnm_desktop.db.base import ChoiceText, UtcDateTime
from unnm_desktop.services.prepared import DIALECT, Prepared, Words, reader

FILE = ("statements", "today.json")
MOST_ROWS = 12
"""So many action points the first page shows."""
SEATED = 3
"""So many seats and a network has members."""
_KINDS: dict[str, TypeEngine[Any]] = {
    "": NullType(),
    "key": Uuid(native_uuid=False),
    "day": Date(),
    "moment": UtcDateTime(),
    "yes or no": Boolean(),
}
"""How values are kept, by the word for it; nothing where as they are. Choices go by the name of their class."""


def written_ahead(name: str) -> Callable[[], Prepared]:
    """The statement of that name; one that is not in the program is written from its query when it is first asked."""

    @cache
    def prepared() -> Prepared:
        told = _told().get(name)
        if told is not None:
            return Prepared(_words(told))
        from unnm_desktop.services import today_queries  # classes of records and all: no start waits for it

        return Prepared(getattr(today_queries, name)())

    return prepared


@cache
def _told() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(paths.resource(*FILE).read_bytes())
    return told


def _words(told: Mapping[str, Any]) -> Words:
    return Words(
        told["text"],
        told["names"],
        told["values"],
        {name: _kind(word).bind_processor(DIALECT) for name, word in told["given"].items()},
        [reader(_kind(word)) for word in told["told"]],
    )


@cache
def _kind(word: str) -> TypeEngine[Any]:
    if word in _KINDS:
        return _KINDS[word].dialect_impl(DIALECT)
    module, _, name = word.rpartition(".")
    return ChoiceText(getattr(importlib.import_module(module), name)).dialect_impl(DIALECT)
