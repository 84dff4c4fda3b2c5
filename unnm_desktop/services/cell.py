"""What a table says in one cell, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.base import Choice
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import Language


# Decorated: lists make it by the thousand, and the start does without it.
@dataclass(frozen=True)
class Cell:
    """What is shown of one value.

    Args:
        text: the words; a colour or shape never says it alone.
        tone: "", neutral, good, warn, bad, info or violet.
        shape: "" (plain), pill, dots (one character a dot: ● ○ ×) or avatar.
        second: a smaller line under the words, where rows have room for one.
        brief: what a pill says where there is no room for its words.

    """

    text: str
    tone: str = ""
    shape: str = ""
    icon: str = ""
    tooltip: str = ""
    number: bool = False
    second: str = ""
    brief: str = ""


class Context(Frozen):
    """For whom and for which day a table is read; the officer by the name that this computer knows."""

    network_id: UUID
    language: Language
    on: date
    officer: str = ""


Show = Callable[[Any, Context], Cell]
Load = Callable[[Session, Sequence[UUID], Context], Mapping[UUID, Any]]


def in_runs(titles: Sequence[str]) -> Sequence[str]:
    """The titles of the groups that rows are in; none where their order would tear one apart."""
    runs = sum(1 for before, title in zip([None, *titles], titles, strict=False) if before != title)
    return titles if runs == len(set(titles)) else [""] * len(titles)


def plain(value: Any, context: Context) -> Cell:
    """Show a value as its text, number, day or label."""
    language = context.language
    if value is None or value == "":
        return Cell("")
    if isinstance(value, Choice):
        return Cell(language.tr(value.label))
    if isinstance(value, datetime):
        return Cell(language.moment(value, "UTC"))
    if isinstance(value, date):
        return Cell(language.day(value, short=True))
    if isinstance(value, bool):
        return Cell(language.tr("Yes") if value else language.tr("No"))
    if isinstance(value, int):
        return Cell(language.number(value), number=True)
    return Cell(str(value))
