"""Names and their letters: initials and colour of an avatar, direction, and the mark after a cut text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import bidirectional
from zlib import crc32

from unnm_desktop.i18n import isolate

# What many names of bodies share.
_SHARED = (("United Nations", "UN"), ("الأمم المتحدة", "الأمم المتحدة"))
# A word of so many letters is parted after every ten; the joined letters of Arabic stay joined across this sign.
_ENDLESS, _PIECE, _SOFT_HYPHEN = 30, 10, "\u00ad"
_PLACES = frozenset("/\\-–—@_.\u00ad")

# Letters, and the mark of a text that runs from the right.
_ARABIC = re.compile("[\u0590-\u08ff\u200f]")

# What just fits by its advance is still cut by Qt, which looks at the ink.
INK = 3
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


def shorter(name: str, fits: Callable[[str], bool]) -> str:
    """A name of a body that is too long, with room given to what tells it apart from others that begin alike."""
    if fits(name):
        return name
    for shared, short in _SHARED:
        before, found, after = name.partition(shared)
        if not found:
            continue
        if not before.strip():
            return f"{short}{after}"
        head, words = before.split()[0], after.split()
        for place in range(len(words)):
            tail = " ".join(words[place:])
            if fits(f"{head} … {tail}"):
                return f"{head} … {tail}"
    return name


def from_the_right(text: str) -> str:
    """The text marked so that it runs from right to left, though it begins with a reference in Latin letters."""
    return f"\u200f{text}" if not is_rtl(text) and any(bidirectional(letter) == "AL" for letter in text) else text


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for letter in text:
        direction = bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def has_arabic(text: str) -> bool:
    """Whether anything in the text runs from right to left, though it may begin with an acronym."""
    return _ARABIC.search(text) is not None


def keeping_its_end(text: str) -> str:
    """A text for an Arabic line: without Arabic it is one unit, whose full stop stays at its own end (UAX#9)."""
    return text if has_arabic(text) else isolate(text)


def breakable(text: str) -> str:
    """The text with places at which a word that is longer than any line may be parted; for the eye only."""
    if len(text) < _ENDLESS:
        return text
    return "\n".join(" ".join(map(_parted, line.split(" "))) for line in text.split("\n"))


def unparted(text: str) -> str:
    """A text that was made breakable, as it was written."""
    return text.replace(_SOFT_HYPHEN, "")


def _parted(word: str) -> str:
    # Words with a dash and addresses have places of their own, and the sums of files are compared as they stand.
    if len(word) < _ENDLESS or not _PLACES.isdisjoint(word) or sum(map(str.isalpha, word)) < len(word) * 0.9:
        return word
    return _SOFT_HYPHEN.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def shortened(text: str, most: int) -> str:
    """The text, or its beginning with dots."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def cut_mark(text: str) -> str:
    """The invisible mark that keeps the dots of a cut text at that text's end in a page of the other direction."""
    return "\u200f" if is_rtl(text) else "\u200e"


def avatar_tone(name: str) -> str:
    """The same colour for the same name on every computer."""
    return _AVATARS[crc32(name.encode()) % len(_AVATARS)]


def in_lines(text: str, width: int, most: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """The text in so many lines at most, of which the last may still be too long."""
    made: list[str] = []
    words = text.split()
    while len(made) < most - 1 and len(words) > 1 and measure(" ".join(words)) > width:
        count = 1
        while count < len(words) and measure(" ".join(words[: count + 1])) <= width:
            count += 1
        made.append(" ".join(words[:count]))
        words = words[count:]
    return (*made, " ".join(words)) if words or not made else tuple(made)
