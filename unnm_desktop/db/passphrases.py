"""Passphrases: six random words to offer, and in words how hard one is to guess."""

from __future__ import annotations

import math
import re
import secrets
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from unnm_desktop import paths
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

WORDS = 6
LEAST = 12
"""Letters that an own passphrase has at least."""

# Words of the list that nobody wants to read aloud in an office for migration.
_UNFIT = frozenset(
    (
        "alienable", "alienate", "aliens", "badass", "boozy", "deport", "groin", "handgun", "smuggler", "smuggling",
        "stinking", "stinky", "thong", "undead", "unisexual",
    )
)  # fmt: skip


_WORD = re.compile(r"[^\W\d_]{4,}")
"""Letters that are read as a word, however they are joined to the next."""


class Strength(StrEnum):
    """How long guessing would take."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"

    @property
    def label(self) -> str:
        """The strength in words (a msgid)."""
        return _STRENGTHS[self]


_STRENGTHS = {
    Strength.SHORT: N_("Too short: use twelve letters or more, best several words."),
    Strength.WEAK: N_("Weak: a program would guess it within days. Add words that have nothing to do with each other."),
    Strength.FAIR: N_("Fair: it withstands a thief, not somebody with many computers. One more word makes it strong."),
    Strength.STRONG: N_("Strong: nobody guesses it in a lifetime."),
}


def told(passphrase: str) -> str:
    """The passphrase as it is meant: one space between words, one form of each letter."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def told_bytes(passphrase: str) -> bytes:
    """The same as bytes."""
    return told(passphrase).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """The list they are drawn from, in its order (EFF's long list: 7,776 that are not mistaken for each other)."""
    return tuple(paths.resource("words", "passphrase.txt").read_text(encoding="ascii").split())


def offered() -> str:
    """Six random words: about 77 bits."""
    fit = [word for word in words() if word not in _UNFIT]
    return " ".join(secrets.choice(fit) for _ in range(WORDS))


def strength(passphrase: str) -> Strength:
    """How hard it is to guess."""
    text = told(passphrase)
    if len(text) < LEAST:
        return Strength.SHORT
    # The same word once more is nothing new.
    bits = sum(_bits(part) for part in dict.fromkeys(_parts(text.casefold())))
    if bits < 40:
        return Strength.WEAK
    return Strength.FAIR if bits < 60 else Strength.STRONG


def _parts(text: str) -> list[str]:
    """Its words and what stands between them; signs that make no words stay together."""
    parts = []
    for piece in text.split(" "):
        words = _WORD.findall(piece)
        parts += [*words, _WORD.sub("", piece)] if words else [piece]
    return [part for part in parts if part]


def _bits(word: str) -> float:
    """What one word adds: as one of a dictionary, or by the letters that are not foretold by the one before."""
    if word.isalpha():
        by_letters = 2.6 * _surprising(word)
        return min(13.0, by_letters) if word.isascii() else min(15.0, by_letters)
    pool = sum(
        size
        for size, has in (
            (26, any(sign.isalpha() for sign in word)),
            (10, any(sign.isdigit() for sign in word)),
            (30, any(not sign.isalnum() for sign in word)),
        )
        if has
    )
    return math.log2(max(pool, 2)) * _surprising(word) * 0.75


def _surprising(word: str) -> int:
    """Letters that neither repeat nor count on from the one before; of few different ones at most twice as many."""
    steps = [ord(b) - ord(a) for a, b in pairwise(word)]
    fresh = 1 + sum(step not in (-1, 0, 1) for step in steps)
    return min(fresh, 2 * len(set(word)))


def want_good(passphrase: str) -> None:
    """Refuse a passphrase that is too short.

    Raises:
        UserError: it is.

    """
    if strength(passphrase) is Strength.SHORT:
        raise UserError(_STRENGTHS[Strength.SHORT])
