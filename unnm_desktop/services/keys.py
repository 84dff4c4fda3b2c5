"""The keys of a long list."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain, compress, count, islice
from typing import Self, overload
from uuid import UUID

from unnm_desktop.db.search_index import KEY_END

_SIZE = 16
"""Bytes of a key."""
_ASKED_OFTEN = 64
"""Places that are looked for one by one, before all are written down."""
_RUN = 512
"""Keys that are passed over together where none of them is looked for."""


class Keys(Sequence[UUID]):
    """The keys of a long list, sixteen bytes each; a UUID is made of one when it is asked for.

    100,000 UUID objects take a second to make, their texts nine megabytes to keep, and a screen shows thirty of them.
    """

    def __init__(self, told: bytes) -> None:
        self._told = told
        self._places: dict[bytes, int] = {}
        self._looks = 0
        # The first of them with words that begin so, as the newest question found them (services/among.py).
        self.begun: dict[tuple[str, ...], Keys] = {}

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> Self:
        """Keys as the columns keep them (hexadecimal)."""
        return cls(bytes.fromhex("".join(texts)))

    def __len__(self) -> int:
        return len(self._told) // _SIZE

    @overload
    def __getitem__(self, place: int) -> UUID: ...
    @overload
    def __getitem__(self, place: slice) -> Keys: ...
    def __getitem__(self, place: int | slice) -> UUID | Keys:
        places = range(len(self))[place]
        if isinstance(places, int):
            return UUID(bytes=self._key(places))
        if places.step == 1:
            return Keys(self._told[places.start * _SIZE : places.stop * _SIZE])
        return Keys(b"".join(map(self._key, places)))

    def _key(self, place: int) -> bytes:
        return self._told[place * _SIZE : (place + 1) * _SIZE]

    def __iter__(self) -> Iterator[UUID]:
        return (UUID(bytes=self._key(place)) for place in range(len(self)))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, UUID) and self.place_of(key) >= 0

    def place_of(self, key: UUID) -> int:
        """The place of a key, or -1."""
        self._looks += 1
        if self._looks > _ASKED_OFTEN:
            if not self._places:
                self._places = {self._key(place): place for place in range(len(self))}
            return self._places.get(key.bytes, -1)
        at = self._told.find(key.bytes)
        # What is found across the border of two keys is neither of them.
        while at % _SIZE and at >= 0:
            at = self._told.find(key.bytes, at + 1)
        return at // _SIZE

    @classmethod
    def of_all(cls, parts: Iterable[Keys]) -> Self:
        """The keys of these, one after the other."""
        return cls(b"".join(part._told for part in parts))  # noqa: SLF001 - one of its own kind

    def texts(self) -> list[str]:
        """The keys as the columns keep them."""
        told = self._told.hex()
        return [told[at : at + 2 * _SIZE] for at in range(0, len(told), 2 * _SIZE)]

    def ending(self, ends: AbstractSet[int], limit: int | None = None) -> Keys:
        """Of these keys the first so many whose ends are among these, without Python between one key and the next."""
        places = chain.from_iterable(self._places_ending(ends)) if ends else ()
        return Keys(b"".join(map(self._key, islice(places, limit))))

    def _places_ending(self, ends: AbstractSet[int]) -> Iterator[Iterator[int]]:
        for start in range(0, len(self), _RUN):
            run = self.ends[start : start + _RUN]
            # Hits often stand together: to learn that a run has none takes three fifths of asking key by key.
            if not ends.isdisjoint(run):
                yield compress(count(start), map(ends.__contains__, run))

    @cached_property
    def ends(self) -> array[int]:
        """The end of each key, as it stands in the row numbers of the search index; costs as much as to read them."""
        words = array("Q", self._told)[1::2]
        if sys.byteorder == "little":
            words.byteswap()
        return array("Q", map(KEY_END.__and__, words))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._told)
