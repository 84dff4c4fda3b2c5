"""Sentences that services say, with values that each reader gets in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import ENGLISH, Language
from unnm_desktop.services.units import Unit


class Said(Frozen):
    """A sentence: a msgid with its values; one that is a value itself is translated with the sentence around it."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: Language) -> str:
        """The sentence in that language."""
        return language.tr(self.text, **self.values)

    def __str__(self) -> str:
        return self.told(ENGLISH)


class Moment(Frozen):
    """A moment inside a sentence, with its hour and zone."""

    at: datetime
    zone: str

    def told(self, language: Language) -> str:
        """The moment in that language and in its zone."""
        return language.moment(self.at, self.zone)

    def __str__(self) -> str:
        return self.told(ENGLISH)


class Year(Frozen):
    """A year inside a sentence: digits without separators."""

    year: int

    def told(self, language: Language) -> str:
        """The year in that language's digits."""
        return language.figures(str(self.year))

    def __str__(self) -> str:
        return str(self.year)


class Counted(Frozen):
    """A number with what it counts inside a sentence."""

    n: int
    unit: Unit

    def told(self, language: Language) -> str:
        """The number and the noun as that language counts."""
        return self.unit.counted(language, self.n)

    def __str__(self) -> str:
        return self.told(ENGLISH)


class Names(Frozen):
    """Several things inside a sentence: texts as they are, msgids of ``Said``, records by their name."""

    items: tuple[Any, ...]

    def told(self, language: Language) -> str:
        """The enumeration in that language."""
        return language.list([_name(item, language) for item in self.items])

    def __str__(self) -> str:
        return self.told(ENGLISH)


def _name(item: Any, language: Language) -> str:
    if isinstance(item, str):
        return item
    if told := getattr(item, "told", None):
        return str(told(language))
    return (item.name_ar if language.rtl else "") or item.short
