"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
AROUND = 8
MOST_WORDS = 6000
_WORDS = re.compile(r"\S+\s*|^\s+")


@dataclass(frozen=True)
class Part:
    """Some words in a row: the same in both texts, gone from the first, or new in the second."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The parts from one text to the other.

    Spaces do not count; long passages that are the same are cut to the words around a change.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    head, tail = new[:start], new[len(new) - end :]
    parts = [Part(SAME, "".join(head))]
    parts += _middle(old[start : len(old) - end], new[start : len(new) - end])
    parts.append(Part(SAME, "".join(tail)))
    found = [part for part in parts if part.text]
    return [_short(part, first=n == 0, last=n == len(found) - 1) for n, part in enumerate(found)]


def _alike(old: list[str], new: list[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one.strip() != other.strip():
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> Iterator[Part]:
    if len(old) + len(new) > MOST_WORDS:
        # Word by word would take longer than anybody waits.
        yield Part(GONE, "".join(old))
        yield Part(NEW, "".join(new))
        return
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    for name, a, b, c, d in SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes():
        if name == "equal":
            yield Part(SAME, "".join(new[c:d]))
            continue
        yield Part(GONE, "".join(old[a:b]))
        yield Part(NEW, "".join(new[c:d]))


def _short(part: Part, *, first: bool, last: bool) -> Part:
    words = _WORDS.findall(part.text)
    if part.kind != SAME or len(words) <= 2 * AROUND + 4:
        return part
    start = "" if first else "".join(words[:AROUND])
    end = "" if last else "".join(words[-AROUND:])
    return Part(SAME, f"{start.rstrip()} … {end}".strip(" ") if first or last else f"{start.rstrip()} … {end}")
