"""Values that do not change: frozen dataclasses whose methods are written when the first value is made."""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

_WRITING = RLock()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """What derives from it is a frozen dataclass, without the half millisecond that each costs at its import.

    The decorator compiles six methods for every class, and the start imports eighty classes of which it needs a dozen.
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
        _write(kind)
        kind.__init__(self, *values, **named)


def _write(kind: type[Frozen]) -> None:
    """Make it the dataclass that it says it is; several threads may make the first value at once."""
    with _WRITING:
        for one in reversed(kind.__mro__):
            if issubclass(one, Frozen) and one is not Frozen and "__dataclass_fields__" not in vars(one):
                dataclass(frozen=True)(one)
