"""Rows that are all read already and stand in an order of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from unnm_desktop.services.listing import Cell
    from unnm_desktop.ui.listing_source import Heading

T = TypeVar("T")


class FixedRows(Generic[T]):
    """The base of small tables: what each row shows is filled in."""

    columns: ClassVar[tuple[Heading, ...]] = ()
    choices = ()
    # How high the rows are, as of a TallSource.
    tall = False
    words = ""
    enough = 0

    def __init__(self, records: Mapping[UUID, T]) -> None:
        self.records = records

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """All rows, in their order."""
        return list(self.records)

    def rows(self, ids: Sequence[UUID]) -> Sequence[tuple[Cell, ...]]:
        """The cells of these rows."""
        return [self.row(self.records[key]) for key in ids]

    def row(self, record: T, /) -> tuple[Cell, ...]:
        """The cells of one row."""
        raise NotImplementedError
