"""Values that do not change: frozen dataclasses whose methods are written once many values of a kind are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, dataclass_transform

_WRITING = RLock()
FEW = 100
"""So many values of a kind are made without methods of its own: to write them takes as long as making 500 values."""


class _Shape(NamedTuple):
    """The fields of a kind, and what stands for those that are not given."""

    names: tuple[str, ...]
    known: frozenset[str]
    defaults: dict[str, Any]
    makers: dict[str, Callable[[], Any]]
    number: Iterator[int]


_SHAPES: dict[type, _Shape] = {}


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """What derives from it is a frozen dataclass, without the half millisecond that each costs.

    The decorator compiles six methods for every class. The start imports eighty such classes, and of most it makes few
    values: those are made, compared and shown by the methods that all kinds share.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # Such a class would find the finished __init__ of the other and never be written itself.
        if Frozen not in cls.__bases__:
            _write(cls)

    def __init__(self, *values: Any, **named: Any) -> None:
        kind = type(self)
        shape = _SHAPES.get(kind) or _shape_of(kind)
        if next(shape.number) >= FEW:
            _write(kind)
            kind.__init__(self, *values, **named)
            return
        own = self.__dict__
        own.update(shape.defaults)
        own.update(zip(shape.names, values, strict=False))
        own.update(named)
        for name, make in shape.makers.items():
            if name not in own:
                own[name] = make()
        twice = values and named and not named.keys().isdisjoint(shape.names[: len(values)])
        if twice or len(values) > len(shape.names) or own.keys() != shape.known:
            raise TypeError(f"{kind.__name__} takes {', '.join(shape.names)}")

    def __eq__(self, other: object) -> bool:
        return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __repr__(self) -> str:
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compared(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, one.name) for one in fields(value) if one.compare)


def _shape_of(kind: type[Frozen]) -> _Shape:
    """Find the fields of a kind; several threads may make the first value at once."""
    with _WRITING:
        if kind not in _SHAPES:
            # This compiles nothing.
            dataclass(init=False, repr=False, eq=False)(kind)
            known = fields(kind)
            _SHAPES[kind] = _Shape(
                tuple(one.name for one in known),
                frozenset(one.name for one in known),
                {one.name: one.default for one in known if one.default is not MISSING},
                {one.name: one.default_factory for one in known if one.default_factory is not MISSING},
                count(),
            )
        return _SHAPES[kind]


def _write(kind: type[Frozen]) -> None:
    """Make it the dataclass that it says it is."""
    with _WRITING:
        for one in reversed(kind.__mro__):
            if issubclass(one, Frozen) and one is not Frozen and "__init__" not in vars(one):
                for known in vars(one).get("__dataclass_fields__", {}).values():
                    # The decorator took them for itself when the fields were looked for.
                    setattr(one, known.name, known)
                dataclass(frozen=True)(one)
