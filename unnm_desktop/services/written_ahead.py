"""Statements of the first page that are in the program as SQLAlchemy has written them, so that no start waits for it.

They are written from the queries beside which they are named, by ``make statements``; a test compares both.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Date, Select, Uuid
from sqlalchemy.types import NullType, TypeEngine

from unnm_desktop import paths
from unnm_desktop.db.base import ChoiceText, UtcDateTime
from unnm_desktop.services.prepared import DIALECT, Prepared, Words, reader

_Write: TypeAlias = Callable[[], Select[*tuple[Any, ...]]]
FILE = ("statements", "today.json")
AHEAD: dict[str, _Write] = {}
"""What writes them, by name."""
_KINDS: dict[str, TypeEngine[Any]] = {
    "": NullType(),
    "key": Uuid(native_uuid=False),
    "day": Date(),
    "moment": UtcDateTime(),
    "yes or no": Boolean(),
}
"""How values are kept, by the word for it; nothing where as they are. Choices go by the name of their class."""


def written_ahead(write: _Write) -> Callable[[], Prepared]:
    """Have this query in the program; where it is not yet, it is written when it is first asked."""
    name = f"{write.__module__.rpartition('.')[2]}.{write.__name__.lstrip('_')}"
    AHEAD[name] = write

    @cache
    def prepared() -> Prepared:
        told = _told().get(name)
        return Prepared(write() if told is None else _words(told))

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
