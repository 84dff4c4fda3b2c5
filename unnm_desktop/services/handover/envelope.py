"""Keys of age v1 (age-encryption.org/v1), and what was sealed with them opened; what it means is known elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from unnm_desktop.services.handover import limits, sealing

_FACTOR = re.compile(r"[1-9][0-9]?")
_BODY = re.compile(r"[A-Za-z0-9+/]*")
_COLUMNS = 64


class Reader(Protocol):
    """Where bytes come from."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes; none at the end."""


class Writer(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> int:
        """Take all of them."""


class NotOpened(Exception):
    """The key does not fit."""


class Damaged(Exception):
    """It is no age file, or not whole."""


def new_identity() -> tuple[str, str]:
    """A new pair of keys: the secret one and the code that others seal with."""
    import pyrage  # 5 MB of native code; only a hand-over needs it

    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def code_of(identity: str) -> str:
    """The code (``age1…``) that belongs to a secret key.

    Raises:
        Damaged: it is no secret key.

    """
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as error:
        raise Damaged from error


def is_code(text: str) -> bool:
    """Whether somebody can seal with it."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def open_sealed(source: Reader, target: Writer, identities: Sequence[str]) -> None:
    """Open what was sealed; the target gets bytes before the end is proven and must not use them until this returns.

    Raises:
        NotOpened: none of the keys fits.
        Damaged: bytes were lost or changed.

    """
    import pyrage

    keys = [pyrage.x25519.Identity.from_str(one) for one in identities]
    caught = sealing.Guarded(target.write)
    try:
        pyrage.decrypt_io(source, caught, keys)
    except (pyrage.DecryptError, OSError, ValueError) as error:
        # Damage at the end of a chunk is an OSError, in the header a DecryptError; what the target raised is its own.
        if caught.raised is not None:
            raise caught.raised from None
        if "No matching keys" in str(error):
            raise NotOpened from error
        raise Damaged from error
    if caught.raised is not None:
        raise caught.raised


def open_with_words(data: bytes, passphrase: str) -> bytes:
    """Open what ``sealing.seal_with_words`` or ``age -p`` has sealed; its header must have been looked at before.

    Raises:
        NotOpened: the passphrase is another, or bytes were changed: the two cannot be told apart.

    """
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except (pyrage.DecryptError, OSError, ValueError) as error:
        raise NotOpened from error


def look_at_key(data: bytes) -> None:
    """Look, before it is tried, whether it is sealed with one passphrase of bearable work.

    Raises:
        Damaged: it is not.

    """
    stanzas = _stanzas(data[: limits.HEADER])
    if len(stanzas) != 1 or stanzas[0][0] != "scrypt" or len(stanzas[0]) != 3:
        raise Damaged
    factor = stanzas[0][2]
    if not _FACTOR.fullmatch(factor) or int(factor) > limits.HARDEST:
        raise Damaged


def look_at_sealed(head: bytes) -> int:
    """Look, before it is tried, whether it is sealed for a few codes; for how many.

    Raises:
        Damaged: it is not.

    """
    kinds = [stanza[0] for stanza in _stanzas(head[: limits.HEADER])]
    count = kinds.count("X25519")
    # Writers of age files add a stanza without meaning, so that readers learn to pass over unknown ones.
    meaningless = sum(kind.endswith("-grease") for kind in kinds)
    if not 1 <= count <= limits.RECIPIENTS or meaningless > 1 or count + meaningless != len(kinds):
        raise Damaged
    return count


def _stanzas(head: bytes) -> list[list[str]]:
    end = head.find(b"\n--- ")
    if end < 0 or b"\r" in head[:end]:
        raise Damaged
    try:
        first, *lines = head[:end].decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise Damaged from error
    if first != sealing.VERSION:
        raise Damaged
    found: list[list[str]] = []
    complete = True
    for line in lines:
        if complete:
            words: list[str] = line.split(" ")
            if words[0] != "->" or len(words) < 2 or not all(words):
                raise Damaged
            found.append(words[1:])
            complete = False
        elif len(line) > _COLUMNS or not _BODY.fullmatch(line):
            raise Damaged
        else:
            complete = len(line) < _COLUMNS
    if not complete or not found:
        raise Damaged
    return found
