"""Which columns of a table there is room for, and how wide each is: what matters least gives way first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics

from unnm_desktop.frozen import Frozen
from unnm_desktop.ui.row_source import BareSource, FittedSource

if TYPE_CHECKING:
    from unnm_desktop.ui.row_source import ColumnHead
    from unnm_desktop.ui.table import RecordsTable

# Logical pixels at text size 100 %: the title's least width, and a column's usual one.
TITLE, USUAL = 180, 120
# The part of its width in which words are still of use; figures, days and states are kept whole.
_USEFUL = 0.72
# Where even what stays has no room: the title's last width, and the part of theirs that the others keep.
_PINCHED_TITLE, _PINCHED = 112, 0.8
# Room beside the words of a header: its padding and the arrow of the order.
_HEADER = 22
# At text size 100 %: so wide the longest name may make its column.
_LONGEST = 200
# The part of it that is enough for the title of a record.
_TITLE_ENOUGH = 0.75


class Want(Frozen):
    """What a column asks for: its width, the least that is of use, and its rank (0 stays, the highest goes first).

    Pinched it is still less: before the table scrolls sideways.
    """

    width: int
    least: int
    rank: int = 0
    pinched: int = 0


def left_out(wants: Sequence[Want], room: int) -> set[int]:
    """The columns for which there is no room: by rank, of equal rank the later one first."""
    gone: set[int] = set()
    needed = sum(want.least for want in wants)
    for number, want in sorted(enumerate(wants), key=lambda each: (each[1].rank, each[0]), reverse=True):
        if needed <= room or want.rank == 0:
            break
        gone.add(number)
        needed -= want.least
    return gone


def shared(wants: Sequence[Want], stretch: int, room: int) -> list[int]:
    """The widths of columns that share this room: each its least, then its width, and one takes the rest.

    States, days and figures have their width before longer words have more than their least.
    """
    least = [want.least for want in wants]
    over = sum(least) - room
    if over > 0:
        slack = [want.least - want.pinched for want in wants]
        part = min(1.0, over / sum(slack)) if any(slack) else 0.0
        return [low - ceil(loose * part) for low, loose in zip(least, slack, strict=True)]
    widths = least
    whole = [number for number, want in enumerate(wants) if want.rank == 0 and number != stretch]
    for some in (whole, [number for number in range(len(wants)) if number not in whole]):
        spare = room - sum(widths)
        asked = sum(max(0, wants[number].width - wants[number].least) for number in some)
        part = min(1.0, spare / asked) if asked else 0.0
        for number in some:
            widths[number] += int(max(0, wants[number].width - wants[number].least) * part)
    if sum(widths) < room:
        widths[stretch] += room - sum(widths)
    # In a very wide window the title has more than it can use, and longer words beside it still take two lines.
    plenty = widths[stretch] - 2 * wants[stretch].width
    longer = [number for number in range(len(wants)) if number not in whole and number != stretch]
    for number in longer if plenty > 0 else ():
        more = min(widths[number] // 2, plenty // len(longer))
        widths[number] += more
        widths[stretch] -= more
    return widths


def want_of(head: ColumnHead, scale: float, own: float) -> Want:
    """What a column asks for at that text size; a width the officer gave it is kept."""
    width = head.width or USUAL
    if own > 0:
        drawn = round(own * scale)
        return Want(drawn, drawn, head.rank, drawn)
    if head.least:
        least = head.least
    elif head.kind == "stretch":
        least = min(width, max(TITLE, round(width * 0.6)))
    else:
        least = round(width * _USEFUL) if head.rank and head.kind == "text" else width
    pinched = min(least, _PINCHED_TITLE) if head.kind == "stretch" else least * _PINCHED
    return Want(round(max(width, least) * scale), round(least * scale), head.rank, round(pinched * scale))


class ColumnRoom:
    """The columns of one table: what the officer chose of them, and what there is room for."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table
        # By name: hidden by the officer; shown whatever the room; so wide as she drew them, at text size 100 %.
        self.hidden: set[str] = set()
        self.kept: set[str] = set()
        self.own: dict[str, float] = {}
        # Names of those for which there is no room.
        self.gone: set[str] = set()
        self.stretch = 0
        # How wide the longest of what fitted columns said is, and nine in ten, by name; both only grow, or filtering
        # would move columns.
        self._longest: dict[str, int] = {}
        self._usual: dict[str, int] = {}
        self._fitting = False
        # What the columns were fitted to last.
        self._fitted: tuple[object, ...] = ()
        # How wide headings are, by their titles.
        self._headings: dict[str, int] = {}

    @property
    def heads(self) -> Sequence[ColumnHead]:
        """All columns of the table."""
        return self._table.listing.source.columns

    def begin(self) -> None:
        """Begin with the columns of another source."""
        self.stretch = next((n for n, head in enumerate(self.heads) if head.kind == "stretch"), 0)
        self._longest, self._usual, self._fitted = {}, {}, ()

    def measure(self) -> None:
        """Look how wide those columns must be that are as wide as what they say."""
        listing, natural = self._table.listing, self._table.delegate.natural
        if not isinstance(listing.source, FittedSource) or not listing.source.fitted:
            return
        most = round(_LONGEST * self._table.desk.look.text_size / 100)
        before = dict(self._longest)
        for number, head in enumerate(self.heads):
            if head.name in listing.source.fitted:
                cells = (listing.cell_at(row, number) for row in range(min(listing.rowCount(), listing.in_sight)))
                wide = sorted(min(most, natural(cell)) for cell in cells if cell is not None and cell.text)
                if wide:
                    title = self._across(head.title)
                    self._longest[head.name] = max(self._longest.get(head.name, title), wide[-1])
                    usual = wide[(len(wide) - 1) * 9 // 10]
                    if number == self.stretch:
                        # The panel beside has the record's own name whole.
                        usual = min(usual, round(most * _TITLE_ENOUGH))
                    self._usual[head.name] = max(self._usual.get(head.name, 0), usual)
        if before != self._longest:
            self.fit()

    def lacks(self, widths: Mapping[int, int]) -> bool:
        """Whether columns so wide have no room for nearly all that they say in one line."""
        return any(0 < widths.get(number, 0) < self._usual.get(head.name, 0) for number, head in enumerate(self.heads))

    def may_go(self, number: int) -> bool:
        """Whether a column can be hidden: the titles of groups begin in the first, the widest is the record's own."""
        return number > 0 and number != self.stretch

    def choose(self, hidden: Iterable[str], kept: Iterable[str] = ()) -> None:
        """Take what the officer wants hidden, and what she wants shown whatever the room."""
        free = {head.name for number, head in enumerate(self.heads) if self.may_go(number)}
        self.hidden = set(hidden) & free
        self.kept = (set(kept) & free) - self.hidden
        self.fit()

    def drawn(self, column: int, width: int) -> bool:
        """Note a width that the officer gave a column; False where it is the table's own doing."""
        if self._fitting or width <= 0 or column == self.stretch:
            return False
        self.own[self.heads[column].name] = width * 100 / self._table.desk.look.text_size
        self.fit()
        return True

    def fit(self) -> None:
        """Show what there is room for."""
        if self._fitting:
            return
        heads, table, source = self.heads, self._table, self._table.listing.source
        scale, room = table.desk.look.text_size / 100, table.viewport().width()
        away = self.hidden | source.bare if isinstance(source, BareSource) else set(self.hidden)
        # One line more may bring the scroll bar, which takes room of its own: the lines are asked for as if it was
        # there, or the table would go to and fro without end.
        beside_bar = table.maximumViewportSize().width() - table.verticalScrollBar().sizeHint().width()
        wants = [self._want(head, scale) for head in heads]
        fitted = source, room, beside_bar, away, set(self.kept), wants, dict(self._usual)
        if fitted == self._fitted:
            # Asked thrice before a list is first seen.
            return
        self._fitted = fitted
        gone, widths = self._share(wants, away, room)
        self.gone = {heads[number].name for number in gone}
        self._fitting = True
        before = [table.columnWidth(number) for number in range(len(heads))]
        # Told of it, Qt would paint the table once more a moment later.
        header = table.horizontalHeader()
        blocked = header.blockSignals(True)
        for number in range(len(heads)):
            if table.isColumnHidden(number) != (number not in widths):
                table.setColumnHidden(number, number not in widths)
        for number, width in widths.items():
            table.setColumnWidth(number, width)
        header.blockSignals(blocked)
        self._fitting = False
        table.fit_rows(self._share(wants, away, beside_bar)[1])
        table.listing.leave_out(sorted(gone), self.stretch, self._without_room(widths))
        if before != [table.columnWidth(number) for number in range(len(heads))]:
            # Last: a scroll bar that comes or goes has the columns fitted anew.
            table.updateGeometries()
            table.viewport().update()

    def _share(self, wants: Sequence[Want], away: set[str], room: int) -> tuple[set[int], dict[int, int]]:
        """The columns that get nothing of this room, and the widths of the others; those ``away`` are not asked."""
        shown = [number for number, head in enumerate(self.heads) if head.name not in away]
        # What she brought back costs no other column its place: then the table scrolls.
        gone = {shown[place] for place in left_out([wants[number] for number in shown], room)}
        gone = {number for number in gone if self.heads[number].name not in self.kept}
        shown = [number for number in shown if number not in gone]
        widths = self._widths(wants, shown, room)
        least = max(shown, key=lambda number: (wants[number].rank, number))
        if wants[least].rank and self.heads[least].name not in self.kept and self.lacks(widths):
            # Names in one line are worth more than the column that matters least.
            without = self._widths(wants, [number for number in shown if number != least], room)
            if not self.lacks(without):
                return gone | {least}, without
        return gone, widths

    def _widths(self, wants: Sequence[Want], shown: Sequence[int], room: int) -> dict[int, int]:
        """The widths of these columns."""
        widths = shared([wants[number] for number in shown], shown.index(self.stretch), room)
        return dict(zip(shown, widths, strict=True))

    def _want(self, head: ColumnHead, scale: float) -> Want:
        """What a column asks for; pinched it is still as wide as its heading."""
        want = want_of(head, scale, self.own.get(head.name, 0))
        longest = self._longest.get(head.name, 0)
        if longest and head.name not in self.own:
            least = min(want.least, longest)
            # The title has what the names leave, which is all the rest.
            width = least if head.kind == "stretch" else longest
            want = replace(want, width=width, least=least, pinched=min(want.pinched, longest))
        if head.kind == "stretch":
            return want
        return replace(want, pinched=min(want.least, max(want.pinched, self._across(head.short or head.title))))

    def _across(self, title: str) -> int:
        """How wide a heading is."""
        if title not in self._headings:
            font = self._table.desk.look.font(0.9, QFont.Weight.DemiBold)
            self._headings[title] = QFontMetrics(font).horizontalAdvance(self._table.desk.tr(title)) + _HEADER
        return self._headings[title]

    def _without_room(self, widths: dict[int, int]) -> frozenset[int]:
        """The columns whose headings do not fit."""
        return frozenset(
            number
            for number, width in widths.items()
            if self.heads[number].short and self._across(self.heads[number].title) > width
        )
