"""A table described once: the screen, the spreadsheet, the command line and the paper read the same description."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, overload
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Uuid,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    type_coerce,
)
from sqlalchemy.orm import Session

from unnm_desktop.db.base import Choice, Record
from unnm_desktop.db.text import fold
from unnm_desktop.i18n import Language


@dataclass(frozen=True)
class Cell:
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


@dataclass(frozen=True)
class Context:
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
        return isinstance(key, UUID) and key.hex in self._texts

    def index(self, key: UUID, start: int = 0, stop: int | None = None) -> int:
        """The place of a key.

        Raises:
            ValueError: it is not among them.

        """
        return self._texts.index(key.hex, start, len(self._texts) if stop is None else stop)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._texts))


@dataclass(frozen=True)
class Column:
    """One column.

    Args:
        name: key in JSON and in saved views.
        title: heading (a msgid), also the heading of spreadsheets.
        value: an SQL expression on the listing's record; or
        load: a function giving the values of a page of records (for what several records make together).
        show: how a value is shown.
        sort: what orders by this column; none = ``value``; loaded columns without one cannot be sorted.
        width: relative width.
        also_ar: for a text pair: the expression of the Arabic twin, shown to readers of Arabic.
        listed: False keeps the column to exports.

    """

    name: str
    title: str
    value: Any = None
    load: Load | None = None
    show: Show = plain
    sort: Any = None
    width: float = 1.0
    also_ar: Any = None
    kind: str = "text"
    listed: bool = True

    def expression(self, language: Language) -> Any:
        """The SQL expression for a reader of that language; an empty text gives the other language's."""
        if self.also_ar is None:
            return self.value
        first, second = (self.also_ar, self.value) if language.rtl else (self.value, self.also_ar)
        return func.coalesce(func.nullif(first, literal_column("''")), second)


@dataclass(frozen=True)
class Filter:
    """A chip above a list: its name, title (msgid) and what it lets through."""

    name: str
    title: str
    clause: Callable[[Context], ColumnElement[bool]]


Option = tuple[str, str]
"""A value that a list can be narrowed to, and its words in the reader's language."""


@dataclass(frozen=True)
class Facet:
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


@dataclass(frozen=True)
class Listing:
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
    in_order: Callable[[Context], Select[Any]] | None = None
    """The same rows as ``current``, asked for so that a first page in the default order needs no sorting."""
    words_of: type[Record] | None = None
    """Whose words are searched, where they are not the listed record's own."""
    group: Callable[[Session, Sequence[UUID], Context], Sequence[str]] | None = None
    facets: tuple[Facet, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(found for found in self.columns if found.name == name)

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
        # Only the default order comes out of an index; in any other the whole list is sorted before its first page.
        first_page = limit is not None and sort in ("", self.default_sort) and descending in (None, self.descending)
        reading = first_page and (not asked or is_frequent(session, self.words_of or self.entity, asked))
        query = self.in_order(context) if reading and self.in_order is not None else self.current(context)
        for chosen in self.filters:
            if chosen.name == choice:
                query = query.where(chosen.clause(context))
        for facet in self.facets:
            if narrowed and facet.name in narrowed:
                query = query.where(facet.clause(narrowed[facet.name], context))
        query = query.where(*self._holding(asked, reading=reading))
        by = next((c for c in self.columns if c.name == (sort or self.default_sort)), None)
        if by is not None:
            order = by.sort if by.sort is not None else by.expression(context.language)
            if order is not None:
                down = self.descending if descending is None else descending
                query = query.order_by(order.desc() if down else order)
        query = query.order_by(self.entity.id)
        if limit is not None:
            query = query.limit(limit)
        return Keys(session.scalars(query.with_only_columns(type_coerce(self.entity.id, String(32)))).all())

    def _holding(self, words: Sequence[str], *, reading: bool) -> list[ColumnElement[bool]]:
        if reading:
            return [self.scan(word) if self.scan else looked_through(self.entity, word) for word in words]
        if self.search:
            return [self.search(word) for word in words]
        return [found_in_index(self.entity, *words)] if words else []

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
        for made in columns:
            if made.load is not None:
                loaded = made.load(session, ids, context)
                for key, row_values in rows.items():
                    row_values[made.name] = loaded.get(key)
        return [{"id": key, **rows[key]} for key in ids if key in rows]

    def rows(self, session: Session, context: Context, ids: Sequence[UUID]) -> list[tuple[Cell, ...]]:
        """The cells of these rows, in the order of the keys."""
        columns = [c for c in self.columns if c.listed]
        return [
            tuple(shown.show(values.get(shown.name), context) for shown in columns)
            for values in self.values(session, context, ids)
        ]


_INDEX = table("search_index", column("record_id", Uuid(native_uuid=False)))
_SHORTEST = 3
"""Letters of a trigram: shorter words are looked for in the index's rows."""
_FREQUENT = 3000
"""Records that hold the words, beyond which the first page of a list is found faster by looking than by the index."""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def in_index(words: Sequence[str], entity: type[Record] | None = None) -> ColumnElement[bool]:
    """The clause on the search index for folded words, in records of one kind or of any; all of them must be there."""
    long_ones = [word for word in words if len(word) >= _SHORTEST]
    clauses: list[ColumnElement[bool]] = [
        literal_column("search_index.folded").contains(word, autoescape=True) for word in words if len(word) < _SHORTEST
    ]
    match = [f"folded:{_quoted(word)}" for word in long_ones]
    if entity is not None and match:
        match.insert(0, f"kind:{_quoted(f'[{entity.__tablename__}]')}")
    elif entity is not None:
        clauses.insert(0, literal_column("search_index.entity") == entity.__tablename__)
    if match:
        clauses.insert(0, literal_column("search_index").op("MATCH", is_comparison=True)(" AND ".join(match)))
    return and_(*clauses)


def found_in_index(entity: type[Record], *folded: str) -> ColumnElement[bool]:
    """Whether the record holds the folded words, also inside its words."""
    return entity.id.in_(select(_INDEX.c.record_id).select_from(_INDEX).where(in_index(folded, entity)))


def looked_through(entity: type[Record], folded: str) -> ColumnElement[bool]:
    """Whether the record holds the folded word, found by reading it."""
    words: Any = literal_column("''")
    for name in entity.SEARCHED:
        words = words + func.coalesce(getattr(entity, name), "") + " "
    return func.instr(func.fold(words), folded) > 0


def is_frequent(session: Session, entity: type[Record], words: Sequence[str]) -> bool:
    """Whether so many records hold the words that a first page is found faster by looking through the list."""
    held: Select[Any] = select(literal_column("1")).select_from(_INDEX).where(in_index(words, entity))
    some = held.limit(_FREQUENT + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > _FREQUENT


def any_of(*clauses: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether one of the clauses holds."""
    return or_(*clauses)
