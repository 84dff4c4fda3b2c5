"""What a package brings, read and checked: nothing of it is believed before it is understood."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern
from typing import Any
from uuid import UUID

from unnm_desktop import garbage
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.causes import Change, Key, Origin
from unnm_desktop.db.journal import SAME_AS, Kind, Operation, stored_moment
from unnm_desktop.db.letting_go import let_go
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.db.storing import checks, columns, is_key, references
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT, Progress

_CLOCK = re.compile(r"^[0-9]{14}-[0-9]{6,9}\Z")
_HIGHEST = 1 << 40
_READING = N_("Reading the package")
_LONGEST_NAME = 1000
_ENCODE = json.JSONEncoder().encode
_KINDS = frozenset(kind.value for kind in Kind)
_OPERATIONS = frozenset(operation.value for operation in Operation)
_FIELDS = frozenset(
    ("device", "seq", "at", "hlc", "officer", "label", "kind", "undoes", "network", "app", "schema", "seen", "size")
) | {"changes"}


class Refused(UserError):
    """The package is not taken in; nothing was changed."""


def _not_ours(what: str) -> Refused:
    return Refused(
        N_("The package holds what this program cannot read ({what}). Nothing was changed. Ask for a new one."),
        what=what,
    )


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let the garbage collector rest: hundreds of thousands of small things are made here, and no circles of them.

    It does not look at them later either: a look at all of a large package would hold up the window for a second. They
    go when nothing refers to them any more.
    """
    with garbage.at_rest():
        try:
            yield
        finally:
            gc.freeze()


@dataclass(frozen=True)
class Changeset:
    """One step of another computer."""

    step: Origin
    row: tuple[Any, ...]
    """Its line of the journal, as the columns keep it."""
    seen: Mapping[str, int] | None
    size: int


@dataclass
class Incoming:
    """The changesets of a package."""

    changesets: dict[Key, Changeset] = field(default_factory=dict)
    changes: dict[Key, dict[int, Change]] = field(default_factory=dict)
    """By changeset, by place."""
    targets: dict[str, set[str]] = field(default_factory=dict)
    """By kind, the records that something in the package refers to."""

    def close(self) -> None:
        """Let go of everything."""
        let_go(self.changes, self.changesets, self.targets)

    @staticmethod
    def read(told: Iterable[Mapping[str, Any]], total: int = 0, progress: Progress = SILENT) -> Incoming:
        """Take in changesets as ``exported`` gives them, one at a time.

        Args:
            told: the changesets.
            total: how many there are, for the progress.
            progress: hears of changesets; may stop the work.

        Raises:
            Cancelled: the officer asked to stop.
            Refused: something in it is not what this program writes; nothing was changed.

        """
        incoming = Incoming()
        with no_collecting():
            for done, one in enumerate(told):
                progress(done, total, _READING)
                try:
                    incoming._add(one)
                except (LookupError, ArithmeticError, TypeError, ValueError, AttributeError, RecursionError) as error:
                    raise _not_ours(type(error).__name__) from error
        return incoming

    def _add(self, told: Mapping[str, Any]) -> None:
        if not told.keys() <= _FIELDS:
            raise _not_ours("changeset")
        schema = _number(told["schema"], 1)
        if schema > SCHEMA_REVISION:
            raise Refused(
                N_("The package was made with a newer version of this program. Update the program, then open it again.")
            )
        key = Key(_key(told["device"]), _number(told["seq"], 1))
        if key in self.changesets:
            raise _not_ours("changeset twice")
        if not _CLOCK.match(told["hlc"]) or told["kind"] not in _KINDS:
            raise _not_ours("clock")
        at = stored_moment(datetime.fromisoformat(told["at"]))
        step = Origin(key, told["hlc"], at, schema)
        undone = told["undoes"]
        seen = None
        if told["seen"] is not None:
            seen = {_key(device): _number(seq, 0) for device, seq in told["seen"].items()}
        changes = told["changes"]
        size = _number(told["size"], 0)
        row = (
            UUID(key.device).hex,
            key.seq,
            at,
            told["hlc"],
            *(_text(told[name]) for name in ("officer", "label", "kind")),
            *((UUID(_key(undone[0])).hex, _number(undone[1], 1)) if undone else (None, None)),
            UUID(_key(told["network"])).hex if told["network"] else None,
            _text(told["app"])[:20],
            schema,
            None if seen is None else json.dumps(seen),
        )
        self.changesets[key] = Changeset(step, row, seen, size)
        mine = self.changes[key] = {}
        touched = set()
        for change in changes:
            made = self._change(step, change)
            mine[made.n] = made
            touched.add((made.row, made.operation))
        if len(mine) != len(changes) or len(mine) > size or len(touched) != len(mine) or max(mine, default=-1) >= size:
            raise _not_ours("changeset")

    def _change(self, step: Origin, told: Mapping[str, Any]) -> Change:
        entity, operation, fields, parents = told["entity"], told["op"], told["fields"], told["parents"]
        if entity not in ENTITIES or operation not in _OPERATIONS:
            raise _not_ours("kind of record")
        created = operation == Operation.CREATE
        if created:
            may_be = checks(entity)
            for name, value in fields.items():
                if value is not None and not may_be[name](value):
                    raise _not_ours("value")
        else:
            if operation == Operation.SAME_AS and fields.keys() != {SAME_AS}:
                raise _not_ours("field")
            for name, pair in fields.items():
                _look(entity, operation, name, pair)
        for heads in parents.values():
            for device, seq in heads:
                parent = Key(_key(device), _number(seq, 1))
                if parent.device == step.key.device and parent.seq >= step.key.seq:
                    raise _not_ours("order")
        for column, target in references(entity):
            value = fields.get(column)
            value = value if created else value and value[1]
            if value is not None:
                self.targets.setdefault(target, set()).add(value.replace("-", ""))
        knew = json.dumps(parents) if parents else "{}"
        row = _key(told["row"]).replace("-", "")
        return Change(step, entity, row, operation, _ENCODE(fields), knew, _number(told["n"], 0))


def _look(entity: str, operation: str, name: str, pair: Any) -> None:
    """Refuse an edit of a field that is none, or to what it cannot hold."""
    if type(pair) is not list or len(pair) != 2:
        raise _not_ours("field")
    if operation == Operation.SAME_AS:
        if any(value is not None and not is_key(value) for value in pair):
            raise _not_ours("field")
        return
    column = columns(entity)[name]
    if any(value is not None and not column.check(value) for value in pair) or (
        pair[1] is None and not column.nullable
    ):
        raise _not_ours("value")


def _key(value: Any) -> str:
    if not is_key(value):
        raise ValueError("a key is written in one way")
    return intern(value)


def _number(value: Any, least: int) -> int:
    if type(value) is not int or not least <= value < _HIGHEST:
        raise ValueError("a number out of bounds")
    return value


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > _LONGEST_NAME:
        raise ValueError("a text out of bounds")
    value.encode("utf-8")
    return value
