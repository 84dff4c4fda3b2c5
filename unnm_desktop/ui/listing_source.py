"""A Listing of the services as the rows of a table."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.interruption import Interruption, LongRead
from unnm_desktop.i18n import N_
from unnm_desktop.progress import Cancelled
from unnm_desktop.services import facets
from unnm_desktop.services.listing import Context
from unnm_desktop.ui.cells import CellView
from unnm_desktop.ui.narrowing import Offered
from unnm_desktop.ui.row_source import GroupedSource

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.services.keys import Keys
    from unnm_desktop.services.listing import Cell, Listing
    from unnm_desktop.ui.desk import Desk

# A column of relative width 1 is so many logical pixels wide.
UNIT = 110
# So much wider are days with months of two words (كانون الأول).
_TWO_WORDS = 1.35
# In so much room most titles are whole.
ENOUGH = 230
# SQLite's steps that a screen may wait for: some 20 to 50 milliseconds.
_STEPS = 1_500_000


@dataclass(frozen=True)
class Heading:
    """A column as the table wants it."""

    name: str
    title: str
    align: str
    width: int
    kind: str
    rank: int = 0
    least: int = 0
    short: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter as the table wants it."""

    name: str
    title: str


@dataclass(frozen=True)
class Layout:
    """How the columns of a listing stand in a table.

    Args:
        stretch: the column that takes the rest; the widest one otherwise.
        below: columns whose words stand under another's, by that other; given, rows have room for two lines.
        beside: columns whose words stand after another's, by that other, where one line has room for both.
        words: the column by whose width rows get one more line; the widest one otherwise.
        enough: how wide that column is to be; narrower, rows get one more line.
        fitted: columns as wide as the longest that they say; where these have no room, rows get one more line.

    """

    stretch: str = ""
    below: Mapping[str, str] | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    enough: int = ENOUGH
    fitted: Collection[str] = ()


class ListingSource:
    """Reads the columns that are listed for the window's network, language and day."""

    def __init__(self, desk: Desk, listing: Listing, layout: Layout) -> None:
        self._hub = desk.hub
        self._listing = listing
        self._sort = ""
        self.narrowed: Mapping[str, str] = {}
        self._reading = LongRead()
        self._whole: tuple[Hashable, Keys | None] = (None, None)
        self._context = Context(desk.network_id, desk.language, desk.today(), desk.settings.officer)
        self.tall, self.words, self.enough = layout.below is not None, layout.words, layout.enough
        self.fitted = layout.fitted
        self._below = {**(layout.below or {}), **layout.beside}
        listed = [column for column in listing.columns if column.listed]
        self._places = {column.name: number for number, column in enumerate(listed)}
        shown = [column for column in listed if column.name not in self._below.values()]
        widest = layout.stretch or max(shown, key=lambda column: column.width).name
        long_months = desk.language.rtl and desk.language.months == "levantine"
        self.columns = tuple(
            Heading(
                column.name,
                column.title,
                "end" if column.kind in ("number", "money") else "start",
                round(column.width * UNIT * (_TWO_WORDS if long_months and column.kind == "date" else 1)),
                "stretch" if column.name == widest else column.kind,
                column.rank,
                round(column.least * UNIT),
            )
            for column in shown
        )
        self.choices = (
            (Chip("", N_("All")), *(Chip(chosen.name, chosen.title) for chosen in listing.filters))
            if listing.filters
            else ()
        )

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The ids of all rows that fit, in order."""
        reading = self._reading = LongRead()
        asked, whole = self._asked(text, choice, sort, descending), self._question(choice, sort, descending)
        known = self._known(whole) if text else None
        found = self._hub.read_until(reading, self._listing.ids, self._context, **asked, among=known)
        if not text:
            found.ends  # noqa: B018 - worked out here, not when the first letter is typed
            self._whole = (whole, found)
        return found

    def _question(self, choice: str, sort: str, descending: bool) -> Hashable:
        """What is asked beside words, and of which state of the workspace."""
        return self._hub.edition, choice, sort, descending, tuple(self.narrowed.items())

    def _known(self, question: Hashable) -> Keys | None:
        """All ids without words, where they were read already: words are found among them at once."""
        asked, found = self._whole
        return found if asked == question else None

    def stop(self) -> None:
        """All ids that are being read on another thread are no longer wanted."""
        self._reading.ask()

    def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> Sequence[UUID] | None:
        """The first ids that fit, in order; None when finding them is work for another thread."""
        asked = self._asked(text, choice, sort, descending)
        within = Interruption(_STEPS)
        known = self._known(self._question(choice, sort, descending)) if text else None
        try:
            return self._hub.read_until(within, self._listing.first_ids, self._context, count, **asked, among=known)
        except Cancelled:
            return None

    def _asked(self, text: str, choice: str, sort: str, descending: bool) -> dict[str, Any]:
        self._sort = sort
        order = descending if sort else None
        return {"words": text, "choice": choice, "sort": sort, "descending": order, "narrowed": self.narrowed}

    def offered(self) -> Sequence[Offered]:
        """What the list can be narrowed by now."""
        return self._hub.read(self._offered)

    def _offered(self, session: Session) -> list[Offered]:
        tr, context = self._context.language.tr, self._context
        found = [
            Offered(facet.name, tr(facet.title), facet.kind, tuple(facet.options(session, context)))
            for facet in self._listing.facets
        ]
        # A choice among nothing is none; bodies, people and periods can be given by hand.
        return [one for one in found if one.options or one.kind != "choice"]

    def narrowed_words(self) -> Mapping[str, str]:
        """What the list is narrowed to, in words, by title."""
        found = self._hub.read(facets.words_of, self._listing, self.narrowed, self._context)
        tr = self._context.language.tr
        return {tr(facet.title): found[facet.name] for facet in self._listing.facets if facet.name in found}

    def rows(self, ids: Sequence[UUID]) -> Sequence[Sequence[CellView]]:
        """The cells of these rows."""
        rows = self._hub.read(self._listing.rows, self._context, ids)
        return [self._stacked(row) for row in rows] if self._below else rows

    def _stacked(self, row: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a row, those that stand under others put there."""
        cells = []
        for head in self.columns:
            cell = row[self._places[head.name]]
            under = self._below.get(head.name)
            if under is not None:
                words = row[self._places[under]].text
                if words and words != cell.text:
                    cell = replace(cell, second=words, tooltip=cell.tooltip or f"{cell.text}\n{words}")
            cells.append(cell)
        return cells


class GroupedListingSource(ListingSource, GroupedSource):
    """A listing whose rows stand in groups."""

    def groups(self, ids: Sequence[UUID]) -> Sequence[str]:
        """The group title of each row; rows in another order than the groups' own stand in none."""
        group = self._listing.group
        if group is None or self._sort not in ("", self._listing.default_sort):
            return [""] * len(ids)
        return self._hub.read(group, ids, self._context)


def source_of(desk: Desk, listing: Listing, layout: Layout | None = None) -> ListingSource:
    """The rows of a listing, grouped where it says how."""
    kind = ListingSource if listing.group is None else GroupedListingSource
    return kind(desk, listing, layout or Layout())


def laid_out(listing: Listing, widths: Mapping[str, float], shown: Sequence[str] = ()) -> Listing:
    """The listing with these columns on the screen, so wide and in this order; the rest is left to exports.

    ``shown`` names what a wide column has under it.
    """
    known = {column.name: column for column in listing.columns}
    first = [replace(known[name], listed=True, width=width) for name, width in widths.items()]
    first += [replace(known[name], listed=True) for name in shown]
    rest = [replace(one, listed=False) for one in listing.columns if one.name not in {each.name for each in first}]
    return replace(listing, columns=(*first, *rest))
