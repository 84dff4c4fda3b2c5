"""A table described once: the screen, the spreadsheet, the command line and the paper read the same description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    UnaryExpression,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import custom_op

from unnm_desktop.db.base import Record
from unnm_desktop.db.text import fold
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import Language
from unnm_desktop.services.among import first_with, with_words
from unnm_desktop.services.among import looked_at as looked_among
from unnm_desktop.services.cell import Cell as Cell
from unnm_desktop.services.cell import Context as Context
from unnm_desktop.services.cell import Load, Show
from unnm_desktop.services.cell import plain as plain
from unnm_desktop.services.keys import Keys
from unnm_desktop.services.prepared import Prepared, Recipe, keys_given, written
from unnm_desktop.services.word_clauses import (
    found_in_index,
    is_frequent,
    looked_at,
    looked_through,
    only_indexed,
    walked_past,
)


class Leg(Frozen):
    """A part of a list that is in order by itself; the next leg comes after it, whichever way the list is sorted.

    Args:
        rows: the keys of what belongs to it.
        order: what orders it, beside the key.
        turned: it goes the other way round than the list.
        walk: the same rows, asked for so that they come in that order out of an index and a first page needs no
            sorting; none = there is no such index.

    """

    rows: Select[Any]
    order: tuple[Any, ...]
    turned: bool = False
    walk: Select[Any] | None = None


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
        least: relative width below which it is of no use; 0 = as its kind needs.
        rank: how soon it is left out where there is little room: the highest first, 0 never.
        also_ar: for a text pair: the expression of the Arabic twin, shown to readers of Arabic.
        listed: False keeps the column to exports.
        walk: the listing's ``current``, asked for as ``Leg.walk`` is.
        legs: the parts of an order that is not one piece; where they depend on the reader's language, an empty
            sequence leaves that language to ``sort``.

    """

    name: str
    title: str
    value: Any = None
    load: Load | None = None
    part: Callable[[Any], Any] | None = None
    show: Show = plain
    sort: Any = None
    width: float = 1.0
    least: float = 0.0
    rank: int = 0
    also_ar: Any = None
    kind: str = "text"
    listed: bool = True
    walk: Callable[[Context], Select[Any]] | None = None
    legs: Callable[[Context], Sequence[Leg]] | None = None

    def expression(self, language: Language) -> Any:
        """The SQL expression for a reader of that language; an empty text gives the other language's."""
        return _in_language(self.value, self.also_ar, rtl=language.rtl)


def _in_language(value: Any, also_ar: Any, *, rtl: bool) -> Any:
    if also_ar is None:
        return value
    first, second = (also_ar, value) if rtl else (value, also_ar)
    return func.coalesce(func.nullif(first, literal_column("''")), second)


@lru_cache(maxsize=64)
def _page_of(entity: type[Record], shown: tuple[tuple[Any, Any], ...], code: str) -> Prepared:
    """What is read of a page of records: these values, or their Arabic twins, for readers of that language."""
    values = [_in_language(value, also_ar, rtl=code == "ar").label(None) for value, also_ar in shown]
    return Prepared(select(entity.id, *values).where(entity.id.in_(keys_given())))


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


_LOOKED = 1500
"""Rows that are looked at for a first page of words that stand in many."""
_SHORT = 4
"""Times as many among keys that are known, for words too short for the index to tell."""


class Question(Frozen):
    """What is asked of a list."""

    words: tuple[str, ...] = ()
    choice: str = ""
    sort: str = ""
    descending: bool | None = None
    narrowed: Mapping[str, str] = field(default_factory=dict)


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
    scan: Callable[[Any], ColumnElement[bool]] | None = None
    """The same, of a word that may be any expression, by reading rows in order for a first page of frequent words; none
    = in the record's own words."""
    words_of: tuple[type[Record], ...] = ()
    """Whose words are searched, where they are not the listed record's own."""
    group: Callable[[Session, Sequence[UUID], Context], Sequence[str]] | None = None
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
        among: Keys | None = None,
    ) -> Keys:
        """The keys of the rows, in order; ``among`` are those of the same question without words, where known."""
        question = Question(tuple(fold(words).split()), choice, sort, descending, narrowed or {})
        early = None if limit is None else self._first(session, context, question, limit, among)
        if early is not None:
            return early
        if among is not None and self._told_by_index(question):
            return with_words(session, self.entity, among, question.words)
        past = self._told_by_index(question) and self._walks(question) and self._common(session, question)
        holding = (walked_past(self.entity, *question.words),) if past else self._holding(question)
        queries = self._queries(context, question, walked=past or not self._found_first(question))
        return Keys(b"".join(self._all(session, query.where(*holding)) for query in queries))[:limit]

    def first_ids(
        self,
        session: Session,
        context: Context,
        limit: int,
        *,
        words: str = "",
        choice: str = "",
        sort: str = "",
        descending: bool | None = None,
        narrowed: Mapping[str, str] | None = None,
        among: Keys | None = None,
    ) -> Keys | None:
        """The keys of the first rows; None where most of the list must be looked through to know them."""
        question = Question(tuple(fold(words).split()), choice, sort, descending, narrowed or {})
        return self._first(session, context, question, limit, among)

    def _first(
        self, session: Session, context: Context, asked: Question, limit: int, among: Keys | None
    ) -> Keys | None:
        if not asked.words:
            found: list[str] = []
            for statement in self._written(context, asked, self._limited):
                if len(found) < limit:
                    found += [key for (key,) in statement.ask(session, limit=limit - len(found))]
            return Keys.of_texts(found)
        told, common = self._told_by_index(asked), cache(partial(self._common, session, asked))
        if among is not None and told:
            return first_with(session, self.entity, among, asked.words, limit, _LOOKED)
        if among is not None and self.search is None and common():
            return looked_among(session, self.entity, among, asked.words, limit, _LOOKED * _SHORT)
        if self._walks(asked):
            seen = self._walked(session, context, asked, limit, common)
            if seen is not None:
                return Keys.of_texts(seen)
            if common():
                return self._first_past(session, context, asked, limit) if told else None
        queries = self._queries(context, asked, walked=False)
        return Keys.of_texts(self._first_of((query.where(*self._holding(asked)) for query in queries), session, limit))

    def _walked(
        self, session: Session, context: Context, asked: Question, limit: int, common: Callable[[], bool]
    ) -> list[str] | None:
        """The first keys with the words by looking through the list in its order; None where it is not worth it."""
        words = {f"word{place}": word for place, word in enumerate(asked.words)}
        found: list[str] = []
        left = _LOOKED // 3 if self._told_by_index(asked) else _LOOKED
        for statement in self._written(context, asked, self._looking):
            if len(found) == limit:
                break
            seen, left = looked_at(statement.ask(session, **words), limit - len(found), left, common)
            if seen is None:
                return None
            found += seen
        return found

    def _first_past(self, session: Session, context: Context, asked: Question, limit: int) -> Keys:
        past = walked_past(self.entity, *asked.words)
        queries = self._queries(context, asked, walked=True)
        return Keys.of_texts(self._first_of((query.where(past) for query in queries), session, limit))

    def _told_by_index(self, asked: Question) -> bool:
        """Whether the search index alone can tell, by row numbers, which records of the list hold the words."""
        return bool(asked.words) and self.search is None and only_indexed(asked.words)

    def _first_of(self, queries: Iterable[Select[Any]], session: Session, limit: int) -> list[str]:
        found: list[str] = []
        for query in queries:
            if len(found) < limit:
                keys = query.with_only_columns(self._key).limit(limit - len(found))
                found += session.connection().scalars(keys)
        return found

    def _written(
        self, context: Context, asked: Question, how: Callable[[Select[Any], Question], Select[Any]]
    ) -> Sequence[Prepared]:
        """The statements of a question, ready for any words."""
        by = self._by(asked.sort)
        order = () if by is None else (by.walk, by.legs, by.sort, by.value, by.also_ar)
        clauses = tuple(chosen.clause for chosen in self.filters if chosen.name == asked.choice)
        facets = tuple((one.clause, asked.narrowed[one.name]) for one in self.facets if one.name in asked.narrowed)
        rows = (self.entity, self.current, self.scan, self.descending, how.__name__, len(asked.words))
        parts = (*rows, order, clauses, facets, asked.descending, context)
        return written(
            Recipe(parts, lambda: (how(query, asked) for query in self._queries(context, asked, walked=True)))
        )

    def _limited(self, query: Select[Any], _asked: Question) -> Select[Any]:
        return query.with_only_columns(self._key).limit(bindparam("limit", value=0))

    def _looking(self, query: Select[Any], asked: Question) -> Select[Any]:
        """Beside each key whether the row holds the words."""
        words = [bindparam(f"word{place}", value="", type_=String()) for place in range(len(asked.words))]
        holds = and_(*map(self.scan, words)) if self.scan else looked_through(self.entity, words)
        return query.with_only_columns(self._key, holds)

    @property
    def _key(self) -> Any:
        """The key as text: SQLAlchemy would make a UUID of each."""
        return type_coerce(self.entity.id, String(32))

    def _queries(self, context: Context, asked: Question, *, walked: bool) -> Iterator[Select[Any]]:
        """What the list consists of, leg by leg, each in order; walked, in the order of its index."""
        down = self.descending if asked.descending is None else asked.descending
        for leg in self._legs(context, self._by(asked.sort)):
            query = leg.walk if walked and leg.walk is not None else leg.rows
            for chosen in self.filters:
                if chosen.name == asked.choice:
                    query = query.where(chosen.clause(context))
            for facet in self.facets:
                if facet.name in asked.narrowed:
                    query = query.where(facet.clause(asked.narrowed[facet.name], context))
            # The whole order turned round, so that one index serves both directions.
            order = (*leg.order, self.entity.id)
            yield query.order_by(*((one.desc() for one in order) if down is not leg.turned else order))

    def _legs(self, context: Context, by: Column | None) -> Sequence[Leg]:
        if by is None:
            return (Leg(self.current(context), ()),)
        legs = by.legs(context) if by.legs is not None else ()
        if legs:
            return legs
        order = by.sort if by.sort is not None else by.expression(context.language)
        walk = by.walk(context) if by.walk is not None else None
        return (Leg(self.current(context), () if order is None else (order,), walk=walk),)

    def _walks(self, asked: Question) -> bool:
        """Whether the list can be looked through in its order."""
        by = self._by(asked.sort)
        return by is not None and (by.walk is not None or by.legs is not None)

    def _found_first(self, asked: Question) -> bool:
        """Whether few may fit: found before they are put in order, where walking would look at every row.

        The legs of the usual order are made for the chips, and are walked.
        """
        by = self._by(asked.sort)
        usual = by is not None and by.legs is not None and by.name == self.default_sort
        return bool(asked.words) or (bool(asked.choice or asked.narrowed) and not usual)

    def _common(self, session: Session, asked: Question) -> bool:
        """Whether many records hold the words, or may do so."""
        return any(is_frequent(session, one, asked.words) for one in self.words_of or (self.entity,))

    def _holding(self, asked: Question) -> Sequence[ColumnElement[bool]]:
        if self.search:
            return [self.search(word) for word in asked.words]
        return [found_in_index(self.entity, *asked.words)] if asked.words else ()

    def _all(self, session: Session, query: Select[Any]) -> bytes:
        """All keys as one value: SQLite puts it together in one step, while other threads go on."""
        ordered = query.with_only_columns(self._key.label("key")).subquery("asked")
        told = session.connection().execute(select(func.group_concat(ordered.c.key, literal_column("''")))).scalar()
        return bytes.fromhex(told or "")

    def values(
        self, session: Session, context: Context, ids: Sequence[UUID], *, exported: bool = False
    ) -> list[dict[str, Any]]:
        """The raw values of these rows by column name, in the order of the keys."""
        columns = [c for c in self.columns if c.listed or exported]
        direct = [c for c in columns if c.load is None]
        names = [c.name for c in direct]
        page = _page_of(self.entity, tuple((c.value, c.also_ar) for c in direct), context.language.code)
        rows = {key: dict(zip(names, told, strict=True)) for key, *told in page.rows(session, keys=ids)}
        together: dict[Load, list[Column]] = {}
        for made in columns:
            if made.load is not None:
                together.setdefault(made.load, []).append(made)
        for load, made_of_it in together.items():
            found = load(session, ids, context)
            for key, row_values in rows.items():
                value = found.get(key)
                for made in made_of_it:
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
