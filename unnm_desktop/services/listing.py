"""A table described once: the screen, the spreadsheet, the command line and the paper read the same description."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from functools import partial
from typing import Any, overload
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, UnaryExpression, and_, func, literal_column, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import custom_op

from unnm_desktop.db.base import Choice, Record
from unnm_desktop.db.text import fold
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import Language
from unnm_desktop.services.word_clauses import found_in_index, is_frequent, looked_through, only_indexed, walked_past


class Cell(Frozen):
    """What is shown of one value.

    Args:
        text: the words; a colour or shape never says it alone.
        tone: "", neutral, good, warn, bad, info or violet.
        shape: "" (plain), pill, dots (one character a dot: ● ○ ×) or avatar.
        second: a smaller line under the words, where rows have room for one.

    """

    text: str
    tone: str = ""
    shape: str = ""
    icon: str = ""
    tooltip: str = ""
    number: bool = False
    second: str = ""


class Context(Frozen):
    """For whom and for which day a table is read."""

    network_id: UUID
    language: Language
    on: date


Show = Callable[[Any, Context], Cell]
Load = Callable[[Session, Sequence[UUID], Context], Mapping[UUID, Any]]


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


class Keys(Sequence[UUID]):
    """The keys of a long list: kept as text, a UUID is made of one when it is asked for.

    Making 100,000 UUID objects takes a second, and a screen shows thirty of them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> UUID: ...
    @overload
    def __getitem__(self, place: slice) -> Keys: ...
    def __getitem__(self, place: int | slice) -> UUID | Keys:
        return Keys(self._texts[place]) if isinstance(place, slice) else UUID(self._texts[place])

    def __iter__(self) -> Iterator[UUID]:
        return map(UUID, self._texts)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, UUID) and self.place_of(key) >= 0

    def place_of(self, key: UUID) -> int:
        """The place of a key, or -1."""
        if not self._places:
            self._places = dict(zip(self._texts, range(len(self._texts)), strict=True))
        return self._places.get(key.hex, -1)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._texts))


class Column(Frozen):
    """One column.

    Args:
        name: key in JSON and in saved views.
        title: heading (a msgid), also the heading of spreadsheets.
        value: an SQL expression on the listing's record; or
        load: a function giving the values of a page of records (for what several records make together).
        part: what this column takes of the loaded value; columns with one ``load`` are loaded together.
        show: how a value is shown.
        sort: what orders by this column; none = ``value``; loaded columns without one cannot be sorted.
        width: relative width.
        also_ar: for a text pair: the expression of the Arabic twin, shown to readers of Arabic.
        listed: False keeps the column to exports.
        walk: the listing's ``current``, asked for so that its rows come in this column's order out of an index and a
            first page needs no sorting; none = there is no such index.

    """

    name: str
    title: str
    value: Any = None
    load: Load | None = None
    part: Callable[[Any], Any] | None = None
    show: Show = plain
    sort: Any = None
    width: float = 1.0
    also_ar: Any = None
    kind: str = "text"
    listed: bool = True
    walk: Callable[[Context], Select[Any]] | None = None

    def expression(self, language: Language) -> Any:
        """The SQL expression for a reader of that language; an empty text gives the other language's."""
        if self.also_ar is None:
            return self.value
        first, second = (self.also_ar, self.value) if language.rtl else (self.value, self.also_ar)
        return func.coalesce(func.nullif(first, literal_column("''")), second)


class Filter(Frozen):
    """A chip above a list: its name, title (msgid) and what it lets through."""

    name: str
    title: str
    clause: Callable[[Context], ColumnElement[bool]]


GROUPED = 2000
"""Rows of a list that are still looked through for its groups."""
Option = tuple[str, str]
"""A value that a list can be narrowed to, and its words in the reader's language."""


class Facet(Frozen):
    """Something a list can be narrowed by beside words and chips.

    Args:
        name: key in saved views.
        title: what it is called (a msgid).
        clause: what a value lets through; a value is text, so that it can be saved.
        options: values that are offered.
        kind: choice; or organisation, person, period, for which a value can also be given by hand.
        called: what one value is called; none = its words among the options.

    """

    name: str
    title: str
    clause: Callable[[str, Context], ColumnElement[bool]]
    options: Callable[[Session, Context], Sequence[Option]]
    kind: str = "choice"
    called: Callable[[Session, str, Context], str] | None = None


_LOOKED = 6000
"""Rows that are looked at for a first page before the index is asked after all; a quarter, where it answers fast."""


class Listing(Frozen):
    """A table of records of one kind."""

    name: str
    entity: type[Record]
    columns: tuple[Column, ...]
    current: Callable[[Context], Select[Any]]
    """``select(Entity.id)`` with everything that belongs to the list on that day."""
    filters: tuple[Filter, ...] = ()
    default_sort: str = ""
    descending: bool = False
    search: Callable[[str], ColumnElement[bool]] | None = None
    """Where a folded word is looked for; none = in the record's own row of the search index."""
    scan: Callable[[str], ColumnElement[bool]] | None = None
    """The same by reading rows in order, for a first page of frequent words; none = in the record's own words."""
    words_of: tuple[type[Record], ...] = ()
    """Whose words are searched, where they are not the listed record's own."""
    group: Callable[[Session, Sequence[UUID], Context], Sequence[str]] | None = None
    regroup: Callable[[Session, Sequence[UUID], Context], Sequence[UUID]] | None = None
    """The rows of a list of at most ``GROUPED`` in the order of its groups, where its own order would tear them."""
    facets: tuple[Facet, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(found for found in self.columns if found.name == name)

    def _by(self, sort: str) -> Column | None:
        return next((c for c in self.columns if c.name == (sort or self.default_sort)), None)

    def ids(
        self,
        session: Session,
        context: Context,
        *,
        words: str = "",
        choice: str = "",
        sort: str = "",
        descending: bool | None = None,
        limit: int | None = None,
        narrowed: Mapping[str, str] | None = None,
    ) -> Keys:
        """The keys of the rows, in order."""
        asked = fold(words).split()
        by = self._by(sort)
        down = self.descending if descending is None else descending

        def asking(rows: Callable[[Context], Select[Any]]) -> Select[Any]:
            query = self._narrowed(rows(context), context, choice, narrowed or {})
            return self._ordered(query, context, by, down=down)

        walk = None if by is None else by.walk
        if not asked:
            return Keys(self._keys(session, asking(walk or self.current).limit(limit)))
        if limit is not None and walk is not None and self._frequent(session, asked):
            quick = self.search is None and only_indexed(asked)
            seen = self._looked_at(session, asking(walk), asked, limit, _LOOKED // 4 if quick else _LOOKED)
            if seen is not None:
                return Keys(seen)
            if quick:
                return Keys(self._keys(session, asking(walk).where(walked_past(self.entity, *asked)).limit(limit)))
        return Keys(self._keys(session, asking(self.current).where(*self._holding(asked)).limit(limit)))

    def _narrowed(self, query: Select[Any], context: Context, choice: str, narrowed: Mapping[str, str]) -> Select[Any]:
        for chosen in self.filters:
            if chosen.name == choice:
                query = query.where(chosen.clause(context))
        for facet in self.facets:
            if facet.name in narrowed:
                query = query.where(facet.clause(narrowed[facet.name], context))
        return query

    def _ordered(self, query: Select[Any], context: Context, by: Column | None, *, down: bool) -> Select[Any]:
        order = None if by is None else by.sort if by.sort is not None else by.expression(context.language)
        key = self.entity.id
        if order is None:
            return query.order_by(key)
        # The whole order turned round, so that one index serves both directions.
        return query.order_by(order.desc(), key.desc()) if down else query.order_by(order, key)

    def _frequent(self, session: Session, words: Sequence[str]) -> bool:
        return any(is_frequent(session, one, words) for one in self.words_of or (self.entity,))

    def _holding(self, words: Sequence[str]) -> list[ColumnElement[bool]]:
        if self.search:
            return [self.search(word) for word in words]
        return [found_in_index(self.entity, *words)] if words else []

    def _keys(self, session: Session, query: Select[Any]) -> list[str]:
        # From the driver: SQLAlchemy would make a row object of each of 100,000 keys.
        result = session.connection().execute(query.with_only_columns(type_coerce(self.entity.id, String(32))))
        cursor: Any = result.cursor
        keys = [key for (key,) in cursor]
        result.close()
        return keys

    def _looked_at(
        self, session: Session, query: Select[Any], words: Sequence[str], limit: int, most: int
    ) -> list[str] | None:
        """The first keys that hold the words, by looking at row after row; None when too many do not."""
        holds = and_(*((self.scan or partial(looked_through, self.entity))(word) for word in words))
        result = session.connection().execute(query.with_only_columns(type_coerce(self.entity.id, String(32)), holds))
        cursor: Any = result.cursor
        found: list[str] = []
        for _ in range(most):
            row = cursor.fetchone()
            if row is None or len(found) == limit:
                result.close()
                return found
            if row[1]:
                found.append(row[0])
        result.close()
        return None

    def values(
        self, session: Session, context: Context, ids: Sequence[UUID], *, exported: bool = False
    ) -> list[dict[str, Any]]:
        """The raw values of these rows by column name, in the order of the keys."""
        columns = [c for c in self.columns if c.listed or exported]
        direct = [c for c in columns if c.load is None]
        rows: dict[UUID, dict[str, Any]] = {}
        expressions = [c.expression(context.language).label(c.name) for c in direct]
        for start in range(0, len(ids), 500):
            query = select(self.entity.id.label("_id"), *expressions).where(
                self.entity.id.in_(ids[start : start + 500])
            )
            for row in session.execute(query).mappings():
                rows[row["_id"]] = {c.name: row[c.name] for c in direct}
        loaded = {load: load(session, ids, context) for load in {c.load: None for c in columns} if load is not None}
        for made in columns:
            if made.load is not None:
                found = loaded[made.load]
                for key, row_values in rows.items():
                    value = found.get(key)
                    row_values[made.name] = made.part(value) if made.part and value is not None else value
        return [{"id": key, **rows[key]} for key in ids if key in rows]

    def rows(self, session: Session, context: Context, ids: Sequence[UUID]) -> list[tuple[Cell, ...]]:
        """The cells of these rows, in the order of the keys."""
        columns = [c for c in self.columns if c.listed]
        return [
            tuple(shown.show(values.get(shown.name), context) for shown in columns)
            for values in self.values(session, context, ids)
        ]


def aside(column: Any) -> Any:
    """The column for a comparison that is never to be looked up in its index (SQLite's unary plus).

    A page of rows is found by its keys; by the index on the network SQLite would look through all of the network's.
    """
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type)
