"""Words that wait in memory while the workspace is locked, readable with its own key only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key

_NONCE = 12


def seal(key: Key, words: bytes) -> bytes:
    """Close the words up; whoever has the key again can open them."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # loaded already where a workspace is protected

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_own(key)).encrypt(nonce, words, None)


def unseal(key: Key, sealed: bytes) -> bytes | None:
    """The words; None where they were closed up with another key."""
    from cryptography.exceptions import InvalidTag  # as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_own(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except InvalidTag:
        return None


def _own(key: Key) -> bytes:
    # SQLCipher has the key itself; the same bytes do not serve two ciphers.
    return hmac.new(key.data, b"unnm words that wait", hashlib.sha256).digest()
