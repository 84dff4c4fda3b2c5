"""How well a typed text fits a line, and which part of the line to emphasise; marks and letter forms do not count."""

from __future__ import annotations

from collections.abc import Sequence

# The same steps as for records (services.search): a line begins with it, words begin with it, it is inside.
BEGINS, WORDS, INSIDE = 1, 2, 3


def fit(typed: str, folded_line: str) -> int | None:
    """How well the folded text fits the folded line; None when it does not."""
    words = typed.split()
    if folded_line.startswith(typed):
        return BEGINS
    if all(f" {word}" in f" {folded_line}" for word in words):
        return WORDS
    return INSIDE if all(word in folded_line for word in words) else None


def spans(line: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of what matches in the line, in order and without overlaps."""
    from unnm_desktop.db.text import fold  # the folding stands beside the database, loaded by now

    # Letter by letter only where one may fold to none or to several.
    told = list(line.casefold()) if line.isascii() else [fold(letter) for letter in line]
    folded = "".join(told)
    places = [place for place, letters in enumerate(told) for _ in letters]
    marked: set[int] = set()
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            marked.update(places[at : at + len(word)])
            at = folded.find(word, at + len(word))
    # Vowel marks fold to nothing and belong to the letter before them.
    for place in range(1, len(line)):
        if place - 1 in marked and not told[place] and not line[place].isspace():
            marked.add(place)
    found: list[tuple[int, int]] = []
    for place in sorted(marked):
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
