"""Words drawn by chance: for a passphrase to be told by phone, and to compare a key by phone."""

from __future__ import annotations

import hashlib

from unnm_desktop.db import passphrases


def passphrase() -> str:
    """A new passphrase of six words."""
    return passphrases.offered()


def words_of(key: bytes) -> str:
    """The six words that stand for a public key, the same on every computer."""
    words = passphrases.words()
    number = int.from_bytes(hashlib.sha256(key).digest(), "big")
    found = []
    for _ in range(passphrases.WORDS):
        number, place = divmod(number, len(words))
        found.append(words[place])
    return " ".join(found)


def tidied(passphrase: str) -> str:
    """A passphrase as it is used: what a hand or a file adds around and between the words does not count.

    Its letters stay as they are, unlike a workspace's: other programs that open a package know no such rule.
    """
    return " ".join(passphrase.split())


def in_small_letters(words: str) -> str:
    """Six words of our list that somebody wrote with a capital, as they were drawn; nothing where they are no such."""
    plain = words.lower()
    known = plain != words and set(plain.split()) <= set(passphrases.words())
    return plain if known else ""
