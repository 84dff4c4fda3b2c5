"""Values that do not change: frozen dataclasses that share their methods instead of having some compiled for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, dataclass_transform

_put = object.__setattr__


class _Shape(NamedTuple):
    """The fields of a kind, what stands for those that are not given, and those by which values are compared."""

    names: tuple[str, ...]
    defaults: dict[str, Any]
    makers: dict[str, Callable[[], Any]]
    compared: attrgetter[Any]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """What derives from it is a frozen dataclass, without the half millisecond that each costs.

    The decorator compiles six methods for every class, and the start imports eighty such classes. A value takes twice
    as long to make, which is a millionth of a second: a kind that lists make by the thousand is better decorated.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _shape: ClassVar[_Shape]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # This finds the fields and compiles nothing.
        dataclass(init=False, repr=False, eq=False)(cls)
        known = fields(cls)
        names = tuple(one.name for one in known)
        cls._shape = _Shape(
            names,
            {one.name: one.default for one in known if one.default is not MISSING},
            {one.name: one.default_factory for one in known if one.default_factory is not MISSING},
            attrgetter(*(one.name for one in known if one.compare)),
        )

    def __init__(self, *values: Any, **named: Any) -> None:
        shape, given = self._shape, len(values) + len(named)
        named.update(zip(shape.names, values, strict=False))
        whole = shape.defaults | named
        # One by one and in one order: so all values of a kind share their names, and one takes half the memory.
        for name in shape.names:
            if name in whole:
                _put(self, name, whole[name])
            elif name in shape.makers:
                _put(self, name, shape.makers[name]())
            else:
                raise self._refusal()
        # One was given twice, or too many, or one that is none.
        if len(named) != given or len(whole) > len(shape.names):
            raise self._refusal()

    def _refusal(self) -> TypeError:
        return TypeError(f"{type(self).__name__} takes {', '.join(self._shape.names)}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        compared = self._shape.compared
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        return hash(self._shape.compared(self))

    def __repr__(self) -> str:
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")
