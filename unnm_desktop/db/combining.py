"""Two edits of one text put together by paragraph, where they do not touch the same ones."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

_BREAK = "\n\n"


class _Hunk(NamedTuple):
    """Paragraphs from ``start`` to before ``end`` of the old text, and what took their place."""

    start: int
    end: int
    new: tuple[str, ...]


def _paragraphs(text: str) -> list[str]:
    return text.split(_BREAK) if text else []


def _hunks(old: list[str], new: list[str]) -> list[_Hunk]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [_Hunk(i1, i2, tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _touch(one: _Hunk, other: _Hunk) -> bool:
    if one.start == other.start:
        return True
    first, second = sorted((one, other))
    # What is put in just before or after a changed paragraph has no certain place either.
    return second.start < first.end or (second.start == first.end and second.start == second.end)


def combined(ancestor: str, one: str, other: str) -> str | None:
    """Both edits in one text; None where both changed the same paragraphs in different ways."""
    old = _paragraphs(ancestor)
    ours, theirs = _hunks(old, _paragraphs(one)), _hunks(old, _paragraphs(other))
    theirs = [hunk for hunk in theirs if hunk not in ours]
    if any(_touch(mine, his) for mine in ours for his in theirs):
        return None
    made: list[str] = []
    place = 0
    for hunk in sorted(ours + theirs):
        made += old[place : hunk.start]
        made += hunk.new
        place = hunk.end
    return _BREAK.join(made + old[place:])
