"""Words drawn by chance: for a passphrase to be told by phone, and to compare a key by phone."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from unnm_desktop import paths

WORDS = 6
"""Of 7,776: 77 bits, beyond what can be guessed, and still said in one breath."""


@cache
def known() -> tuple[str, ...]:
    """The list they are drawn from, in its order (EFF's long list: 7,776 that are not mistaken for each other)."""
    return tuple(paths.resource("words", "passphrase.txt").read_text(encoding="ascii").split())


def passphrase() -> str:
    """A new passphrase of six words."""
    return " ".join(secrets.choice(known()) for _ in range(WORDS))


def words_of(key: bytes) -> str:
    """The six words that stand for a public key, the same on every computer."""
    words = known()
    number = int.from_bytes(hashlib.sha256(key).digest(), "big")
    found = []
    for _ in range(WORDS):
        number, place = divmod(number, len(words))
        found.append(words[place])
    return " ".join(found)


def tidied(passphrase: str) -> str:
    """A passphrase as it is used: what a hand or a file adds around and between the words does not count."""
    return " ".join(passphrase.split())
