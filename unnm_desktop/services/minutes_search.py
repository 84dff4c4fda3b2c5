"""Where words stand in a text, whatever the letters' case, marks and forms."""

from __future__ import annotations

from unnm_desktop.db.text import fold


def matches(text: str, words: str) -> list[tuple[int, int]]:
    """The places (start, end) of the words in the text, as Arabic and English are searched elsewhere."""
    wanted = fold(words)
    if not wanted.strip():
        return []
    folded, places = [], []
    for place, sign in enumerate(text):
        for letter in fold(sign):
            folded.append(letter)
            places.append(place)
    whole = "".join(folded)
    found, at = [], whole.find(wanted)
    while at >= 0:
        end = places[at + len(wanted) - 1] + 1
        # Vowel marks behind the last letter belong to it.
        while end < len(text) and not fold(text[end]) and text[end] not in "\u2029\u2028\ufffc":
            end += 1
        found.append((places[at], end))
        at = whole.find(wanted, at + len(wanted))
    return found
