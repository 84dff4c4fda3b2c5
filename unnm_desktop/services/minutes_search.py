"""Where words stand in a text, whatever the letters' case, marks and forms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from unnm_desktop.db.text import fold

# So many letters are looked at one by one around a place that was found; the rest is folded as a whole.
_PIECE = 1000


def count(text: str, words: str) -> int:
    """How often the words stand in the text."""
    wanted = fold(words)
    return fold(text).count(wanted) if wanted.strip() else 0


def matches(text: str, words: str) -> list[tuple[int, int]]:
    """The places (start, end) of the words in the text, as Arabic and English are searched elsewhere."""
    wanted = fold(words)
    if not wanted.strip():
        return []
    pieces = [fold(text[start : start + _PIECE]) for start in range(0, len(text), _PIECE)]
    begins = list(accumulate(map(len, pieces), initial=0))
    known: dict[int, Sequence[int]] = {}

    def place_of(at: int) -> int:
        number = bisect_right(begins, at) - 1
        if number not in known:
            start = number * _PIECE
            signs = text[start : start + _PIECE]
            if all(len(fold(sign)) == 1 for sign in set(signs)):
                known[number] = range(start, start + len(signs))
            else:
                known[number] = [place for place, sign in enumerate(signs, start) for _ in fold(sign)]
        return known[number][at - begins[number]]

    whole = "".join(pieces)
    found, at = [], whole.find(wanted)
    while at >= 0:
        end = place_of(at + len(wanted) - 1) + 1
        # Vowel marks behind the last letter belong to it.
        while end < len(text) and not fold(text[end]) and text[end] not in "\u2029\u2028\ufffc":
            end += 1
        found.append((place_of(at), end))
        at = whole.find(wanted, at + len(wanted))
    return found
