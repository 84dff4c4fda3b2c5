"""What every record has: its key, its removal from sight, its column types and the naming of constraints."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from threading import RLock
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from sqlalchemy import JSON, Date, DateTime, Dialect, MetaData, String, Text, Uuid, event
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, Mapped, class_mapper, mapped_column
from sqlalchemy.orm.attributes import instance_dict
from sqlalchemy.orm.decl_api import DeclarativeAttributeIntercept
from sqlalchemy.types import NullType, TypeDecorator

from unnm_desktop.db.identity import uuid7

R = TypeVar("R", bound="Record")


class Choice(str, Enum):  # noqa: UP042 - StrEnum members cannot carry a label
    """A state or kind: stored by its value, shown by its label (a msgid)."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("moments are kept in UTC; a naive one was given")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class ChoiceText(TypeDecorator[Choice]):
    """A Choice stored by its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__()
        self.choices = choices
        # Asked for every value of every row that is read.
        self._members = {str(member.value): member for member in choices}

    def member(self, value: str) -> Choice:
        """The choice of that value."""
        return self._members[value]

    def process_bind_param(self, value: Choice | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.member(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Choice | None:
        return None if value is None else self.member(value)


def choice(choices: type[Choice], default: Choice | None = None) -> Any:
    """A column holding one of the choices."""
    return mapped_column(ChoiceText(choices), default=default, nullable=default is None)


class _MadeWhenAsked(DeclarativeAttributeIntercept):
    """Has SQLAlchemy look at a record class when something of it is first asked for.

    A class costs it two milliseconds and more, and the first page is shown without any of them.
    """

    def __getattribute__(cls, name: str) -> Any:
        if cls in _WAITING and name not in _KNOWN_BEFORE:
            _make(cls)
        return super().__getattribute__(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls in _WAITING:
            _make(cls)
        return super().__call__(*args, **kwargs)


_ASKED = frozenset({"__getattribute__", "__call__"})
_WAITING: set[type] = set()
_AT_WORK: list[type] = []
_MAKING = RLock()
# What Python and its type hints ask of any class.
_KNOWN_BEFORE = frozenset({"__bases__", "__module__", "__mro__", "__name__", "__qualname__"})


def _make(entity: Any) -> None:
    # Another thread that asks for it meanwhile waits until it is whole.
    with _MAKING:
        if entity in _WAITING and entity not in _AT_WORK:
            _AT_WORK.append(entity)
            try:
                entity.make()
            finally:
                _AT_WORK.remove(entity)
                _WAITING.discard(entity)


def all_made() -> None:
    """Once all are known and made: asking for anything of a class costs no look at those that wait from now on."""
    for asked in _ASKED & vars(_MadeWhenAsked).keys():
        delattr(_MadeWhenAsked, asked)


class Base(DeclarativeBase, metaclass=_MadeWhenAsked):
    """All tables of a workspace."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        UUID: Uuid(native_uuid=False),
        date: Date(),
        datetime: UtcDateTime(),
        list[str]: JSON(),
        list[int]: JSON(),
        list[dict[str, str]]: JSON(),
        dict[str, Any]: JSON(),
    }

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "__tablename__" not in type.__getattribute__(cls, "__dict__"):
            super().__init_subclass__(**kwargs)
        elif vars(_MadeWhenAsked).keys() >= _ASKED:
            _WAITING.add(cls)
        else:
            cls.make()

    @classmethod
    def make(cls) -> None:
        """Make table and mapping of a record class; asking for any of its fields does."""
        super().__init_subclass__()
        # SQLAlchemy takes the type of a reference from the table it points at, and it has none until that one's module
        # is loaded: statements that are written before would bring keys as text.
        for column in cls.__table__.columns:
            if column.foreign_keys and isinstance(column.type, NullType):
                column.type = cls.type_annotation_map[UUID]


@cache
def _fields(entity: "type[Record]") -> tuple[frozenset[str], tuple[tuple[str, Callable[[Any], Any] | None, Any], ...]]:
    """The names of an entity's columns; and of those with a default: name, what makes it, or the value itself."""
    columns = entity.__table__.columns
    defaults: list[tuple[str, Callable[[Any], Any] | None, Any]] = []
    for column in columns:
        default = column.default
        if default is not None:
            made = default.is_callable
            defaults.append((column.key, default.arg if made else None, None if made else default.arg))
    return frozenset(columns.keys()), tuple(defaults)


@cache
def _unfilled(entity: "type[Record]") -> tuple[dict[str, Any], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """The fields of a new record without the given ones; and what makes the defaults that no two records share."""
    class_mapper(entity)  # has the columns readable on a record, where none was made or read yet
    defaults = _fields(entity)[1]
    blank = dict.fromkeys(entity.__table__.columns.keys())
    blank.update({name: value for name, make, value in defaults if make is None})
    return blank, tuple((name, make) for name, make, _ in defaults if make is not None)


def filled(entity: type[R], values: Mapping[str, Any]) -> tuple[R, dict[str, Any]]:
    """A record that can be asked and not changed, for it is none that SQLAlchemy follows; and all its fields in order.

    A tenth of the time that a record takes which a session can keep; an import makes tens of thousands.
    """
    blank, made = _unfilled(entity)
    own = {**blank, **values}
    if len(own) != len(blank):
        raise TypeError(f"{entity.__name__} has no field {next(name for name in own if name not in blank)}")
    for name, make in made:
        if name not in values:
            own[name] = make(None)
    record = object.__new__(entity)
    record.__dict__ = own
    return record, own


class Record(Base):
    """One journalled noun of the workspace. Records are never deleted, only removed from sight."""

    __abstract__ = True

    NOUN: ClassVar[str] = ""
    """What the officer calls it (a msgid)."""
    SEARCHED: ClassVar[tuple[str, ...]] = ()
    """Columns that search looks into; the first ones make the title."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-2)
    removed_at: Mapped[datetime | None] = mapped_column(default=None, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        known, defaults = _fields(type(self))
        for name in values:
            if name not in known:
                raise TypeError(f"{type(self).__name__} has no field {name}")
        # A record that no session knows yet has no history to keep: its values need not pass the attributes one by one.
        own = instance_dict(self)
        for name, make, default in defaults:
            if name not in values:
                own[name] = default if make is None else make(None)
        own.update(values)

    def problems(self) -> dict[str, str]:
        """What is wrong with the record's own values: field → msgid."""
        return {}

    def title(self) -> str:
        """How the record is named in lists, history and search, in whatever language it has."""
        values = (getattr(self, name, "") for name in self.SEARCHED)
        return next((str(value) for value in values if value), "")


# Registered before any entity is mapped: placed later it would silently miss entities already imported.
@event.listens_for(Record, "attribute_instrument", propagate=True)
def _keep_old_values(_class: type, _key: str, attribute: Any) -> None:
    if isinstance(attribute.property, ColumnProperty):
        attribute.impl.active_history = True
