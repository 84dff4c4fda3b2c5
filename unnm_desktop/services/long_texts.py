"""Long texts told in short: what changed of them with the words around it, or how they begin, and how many words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from unnm_desktop.i18n import Language, isolate_own
from unnm_desktop.services.differences import GONE, NEW, SAME, Part, differences

LONG = 120
"""Words; a shorter text is told whole."""
_BEGINNING = 40
_RUN = 60
"""Words of one changed passage that are told."""
_PASSAGES = 12
"""So many changed passages are told; the numbers count them all."""


class Excerpt(NamedTuple):
    """Some of a long text: what is said before it, and its parts; what changed is told apart from what did not."""

    head: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return f"{self.head} {''.join(part.text for part in self.parts)}".strip()


def is_long(text: str) -> bool:
    """Whether so long a text is told in short."""
    return len(text) > LONG and len(text.split()) > LONG


def changed(before: str, after: str, language: Language) -> tuple[str | Excerpt, str | Excerpt]:
    """Both states of a text; of long ones only what differs, word by word."""
    if not is_long(before) and not is_long(after):
        return before, after
    if not before or not after:
        return beginning(before, language), beginning(after, language)
    parts = differences(before, after)
    return _told(before, parts, GONE, language), _told(after, parts, NEW, language)


def beginning(text: str, language: Language) -> str:
    """How a long text begins, and how many words it has; another is told whole."""
    if not is_long(text):
        return text
    words = text.split()
    start = " ".join(words[:_BEGINNING])
    return language.ntr(
        "{text} … ({n} word in all)", "{text} … ({n} words in all)", len(words), text=isolate_own(start)
    )


def _told(text: str, parts: list[Part], kind: str, language: Language) -> Excerpt:
    many, count = len(text.split()), sum(len(part.text.split()) for part in parts if part.kind == kind)
    said = language.ntr(
        "{n} word, of which {changed} changed:",
        "{n} words, of which {changed} changed:",
        many,
        changed=count,
    )
    if not count:
        said = language.ntr("{n} word, as before:", "{n} words, as before:", many)
    return Excerpt(said, tuple(_shown(parts, kind)))


def _shown(parts: list[Part], kind: str) -> Iterator[Part]:
    """The changed passages of one state with what stands around them, each in one line."""
    passages = 0
    for part in parts:
        if part.kind == kind:
            passages += 1
            if passages > _PASSAGES:
                yield Part(SAME, "…")
                return
            words = part.text.split()
            yield Part(kind, " ".join(words if len(words) <= _RUN else (*words[:_RUN], "…")) + " ")
        elif part.kind == SAME:
            yield Part(SAME, " ".join(part.text.split()) + " ")
