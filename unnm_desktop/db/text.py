"""Folding of Arabic and English, so that search and sorting ignore marks, letter forms and digits' shape."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ـ": None,
        "ک": "ك",
        "ی": "ي",
        **{chr(0x0660 + n): str(n) for n in range(10)},
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        **dict.fromkeys(
            map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C)), None
        ),
    }
)


class _Folded(dict[int, str]):
    """What becomes of each character, learnt as they are met: as marks go, none minds its neighbours."""

    def __missing__(self, character: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(character).translate(_LETTERS).casefold())
        # Compatibility forms may hide capitals: 𝕊 → S → s.
        folded = unicodedata.normalize("NFKD", folded.translate(_LETTERS).casefold())
        bare = "".join(one for one in folded if not unicodedata.combining(one))
        self[character] = bare.translate(_LETTERS)
        return self[character]


_FOLDED = _Folded()


def fold(text: str | None) -> str:
    """The text as it is searched and sorted: no case, no vowel marks, one form of alef, ya, ta marbuta and digits."""
    if not text:
        return ""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return text.translate(_FOLDED)


# Names come again and again; each state of the minutes comes once, and thousands of them would fill the memory.
_LONGEST_REMEMBERED = 200
_remembered = lru_cache(maxsize=20_000)(_fold)


# With those that turn the letters behind them round: they come unseen with names and numbers copied from telephones
# and letters, reach beyond their own text, and an address that holds one leads nowhere.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0x202A, 0x202F), 0xFEFF))
_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"
_ISOLATES = dict.fromkeys(map(ord, _OPENS + _CLOSES))


def clean(text: str) -> str:
    """Typed or imported text without NUL, other control characters, lone surrogates and what turns other text round."""
    if text.isprintable():
        return text
    found = text.translate(_CONTROLS).encode("utf-8", "ignore").decode("utf-8")
    if sum(map(found.count, _OPENS)) != found.count(_CLOSES):
        # One that is left open would take the rest of a sentence with it.
        return found.translate(_ISOLATES)
    return found
