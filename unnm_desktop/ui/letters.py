"""Names and their letters: initials and colour of an avatar, direction, and the mark after a cut text."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import bidirectional
from zlib import crc32

# Not red: red means late.
_AVATARS = ("good", "neutral", "violet", "warn", "info")


@lru_cache(maxsize=2048)
def initials(name: str) -> str:
    """Two letters for an avatar; what nearly all share ("UN", the article) tells nobody apart and is left out."""
    words = [word.removeprefix("ال") if len(word) > 3 else word for word in name.split() if word[:1].isalnum()]
    if words[1:] and words[0] == "UN":
        words = words[1:2]
    if not words:
        return ""
    if is_rtl(words[0]):
        # Two Arabic letters would join into a syllable.
        return words[0][:1]
    if len(words) == 1 or words[0].isupper():
        return (words[0].removeprefix("UN").lstrip("-‑") if len(words[0]) > 3 else words[0])[:2].upper()
    return (words[0][0] + words[1][0]).upper()


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for letter in text:
        direction = bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def cut_mark(text: str) -> str:
    """The invisible mark that keeps the dots of a cut text at that text's end in a page of the other direction."""
    return "\u200f" if is_rtl(text) else "\u200e"


def avatar_tone(name: str) -> str:
    """The same colour for the same name on every computer."""
    return _AVATARS[crc32(name.encode()) % len(_AVATARS)]
