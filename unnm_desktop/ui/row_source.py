"""Where a table gets its rows: what a source has to give, and what it may."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol, runtime_checkable
from uuid import UUID

from unnm_desktop.ui.cells import CellView


class ColumnHead(Protocol):
    """A column: titles are msgids, align "start" or "end", kind "text" unless the source knows better.

    Where there is little room it is at least ``least`` wide (0 = as its kind needs) with its ``short`` title, if there
    is one; the highest ``rank`` is left out first, rank 0 never.
    """

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def align(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def least(self) -> int: ...
    @property
    def rank(self) -> int: ...
    @property
    def short(self) -> str: ...


class FilterChoice(Protocol):
    """A chip over the list; the title is a msgid."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...


class RowSource(Protocol):
    """Where a table gets its rows; Qt-free, so that a report can read the same source.

    Two methods are optional: ``first_ids(text, choice, sort, descending, count)`` gives the first page early,
    ``groups(ids)`` the group title of each row.
    """

    @property
    def columns(self) -> Sequence[ColumnHead]: ...
    @property
    def choices(self) -> Sequence[FilterChoice]: ...
    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The ids of all rows that fit, in order."""

    def rows(self, ids: Sequence[UUID]) -> Sequence[Sequence[CellView]]:
        """The cells of these rows, in the order asked for."""


@runtime_checkable
class GroupedSource(Protocol):
    """A source whose rows stand in groups."""

    def groups(self, ids: Sequence[UUID]) -> Sequence[str]:
        """The group title of each row; rows without one stand before all groups."""


@runtime_checkable
class TallSource(Protocol):
    """A source whose rows are higher: ``tall`` ones have a second line under their titles.

    Where the column whose ``words`` are long ("" = the widest) is less than ``enough`` wide (logical pixels at text
    size 100 %), rows get one more.
    """

    tall: bool
    words: str
    enough: int


@runtime_checkable
class FittedSource(Protocol):
    """A source of which some columns are as wide as what they say; its rows get one line more where they cannot be."""

    fitted: Collection[str]


@runtime_checkable
class BareSource(Protocol):
    """A source of which some columns say nothing; they take no room."""

    bare: frozenset[str]


@runtime_checkable
class EarlySource(Protocol):
    """A source that can give its first rows before it knows them all."""

    def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> Sequence[UUID] | None:
        """The first ids that fit, in order; None when finding them is work for another thread."""


@runtime_checkable
class StoppableSource(Protocol):
    """A source whose reading of all ids on another thread can be ended."""

    def stop(self) -> None:
        """What is being read is no longer wanted."""


@runtime_checkable
class PlacedIds(Protocol):
    """Ids that know their places."""

    def place_of(self, key: UUID, /) -> int:
        """The place of an id, or -1."""
