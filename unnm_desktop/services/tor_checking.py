"""What a profile is checked by: rules for values, keys and tables, and everything that is not as they ask."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services.says import Said

SHOWN = 8

_TABLE = N_("{key}: expected a table; found {found}.")
_TABLES = N_("{key}: expected one or more tables, each under its own [[…]] heading; found {found}.")
_UNKNOWN = N_("{key}: no profile has this key. Remove it, or correct its spelling.")
_NEARLY = N_("{key}: no profile has this key. Perhaps {nearest} is meant.")
_NOTHING = Said(N_("nothing"))


class Problems(Frozen):
    """Several sentences, one a line, translated when the sentence around them is."""

    lines: tuple[UserError, ...]

    def __str__(self) -> str:
        return "\n".join(f"– {line}" for line in self.lines)

    def told(self, language: Language) -> str:
        """The sentences in that language."""
        return "\n".join(f"– {language.tr(line.message, **line.values)}" for line in self.lines)


class ProfileError(UserError):
    """A profile that cannot be used, with each thing that is wrong in it."""

    def __init__(self, file: object, problems: tuple[UserError, ...]) -> None:
        shown, further = Problems(problems[:SHOWN]), len(problems) - SHOWN
        if further > 0:
            super().__init__(
                N_("{file} cannot be used as terms of reference. Correct it:\n{problems}\nFurther: {n}."),
                file=file,
                problems=shown,
                n=further,
            )
        else:
            super().__init__(
                N_("{file} cannot be used as terms of reference. Correct it:\n{problems}"),
                file=file,
                problems=shown,
            )
        self.problems = problems


class UnknownKey(UserError):
    """A key that no profile has."""


class Rule(Frozen):
    """What a value must be, and the sentence that says so."""

    says: str
    accepts: Callable[[Any], bool]
    values: Mapping[str, object] = field(default_factory=dict)


class Key(Frozen):
    """One key of a table."""

    rule: Rule
    required: bool = False


class Table(Frozen):
    """A table: its keys; ``many`` for an array of tables, ``names`` where the writer names the keys."""

    keys: Mapping[str, Key | Table] = field(default_factory=dict)
    required: bool = False
    many: bool = False
    names: Rule | None = None


def value_of(raw: Mapping[str, Any], key: str) -> Any:
    """The value under a dotted key; None where it is absent."""
    found: Any = raw
    for name in key.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def shown(value: object) -> object:
    """A value as a problem quotes it: short, on one line."""
    if isinstance(value, str):
        text = f"“{value}”"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, list):
        text = "[" + ", ".join(str(shown(item)) for item in value[:4]) + (", …]" if len(value) > 4 else "]")
    elif isinstance(value, dict):
        text = "{" + ", ".join(list(value)[:4]) + (", …}" if len(value) > 4 else "}")
    else:
        text = str(value) if not isinstance(value, int) or abs(value) < 10**40 else "…"
    return _plain(text)


def _plain(text: str, longest: int = 60) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[:200]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def problems_of(raw: object, shape: Table, path: str = "") -> Iterator[UserError]:
    """Everything about the table that is not as the shape asks, in the order of the shape."""
    if not isinstance(raw, dict):
        yield UserError(_TABLE, key=path, found=shown(raw))
        return
    prefix = f"{path}." if path else ""
    for name in raw:
        if shape.names is not None:
            if not shape.names.accepts(raw[name]):
                yield UserError(shape.names.says, key=_plain(prefix + name, 160), found=shown(raw[name]))
        elif name not in shape.keys:
            nearest = difflib.get_close_matches(name, shape.keys, 1)
            told = {"nearest": nearest[0]} if nearest else {}
            yield UnknownKey(_NEARLY if nearest else _UNKNOWN, key=_plain(prefix + name, 160), **told)
    for name, part in shape.keys.items():
        yield from _problems_of_part(raw, name, part, prefix + name)


def _problems_of_part(raw: Mapping[str, Any], name: str, part: Key | Table, path: str) -> Iterator[UserError]:
    if isinstance(part, Key):
        if name not in raw:
            if part.required:
                yield UserError(part.rule.says, key=path, found=_NOTHING, **part.rule.values)
        elif not part.rule.accepts(raw[name]):
            yield UserError(part.rule.says, key=path, found=shown(raw[name]), **part.rule.values)
    elif part.many:
        yield from _problems_of_many(raw, name, part, path)
    elif name in raw:
        yield from problems_of(raw[name], part, path)
    elif part.required:
        # An absent table is told by the keys it must have, so that the writer knows what to write.
        yield from problems_of({}, part, path)


def _problems_of_many(raw: Mapping[str, Any], name: str, part: Table, path: str) -> Iterator[UserError]:
    items = raw.get(name, [])
    if not isinstance(items, list) or (part.required and not items):
        yield UserError(_TABLES, key=path, found=shown(items) if name in raw else _NOTHING)
        return
    for place, item in enumerate(items, 1):
        yield from problems_of(item, part, f"{path}.{place}")
