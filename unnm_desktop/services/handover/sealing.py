"""Bytes sealed as age v1 (age-encryption.org/v1), written over ``cryptography``; ``envelope`` opens them.

pyrage seals too, but asks for eight kilobytes at a time, which costs more than the sealing, and chooses the work of a
passphrase by the speed of the sender's computer.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator, Sequence

VERSION = "age-encryption.org/v1"
_WORK = 18
"""The work factor that age itself uses: 256 MB of memory. The receiver's computer may be much slower and smaller than
this one."""
_CHUNK = 64 << 10
"""Bytes that age seals at a time; only the last of a file may be shorter."""
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""The digits of a code, in their order (Bech32)."""


def sealed(pieces: Iterable[bytes], codes: Sequence[str]) -> Iterator[bytes]:
    """Seal the pieces for those whose codes these are, piece by piece; ``envelope.is_code`` has looked at each."""
    file_key = os.urandom(16)
    yield _head(file_key, [_for_code(file_key, code) for code in codes])
    yield from _body(file_key, pieces)


def seal_with_words(data: bytes, passphrase: str) -> bytes:
    """Seal a few bytes with a passphrase, as ``age -p`` does."""
    file_key = os.urandom(16)
    return b"".join([_head(file_key, [_for_words(file_key, passphrase)]), *_body(file_key, [data])])


def _head(file_key: bytes, stanzas: Sequence[str]) -> bytes:
    told = "".join([f"{VERSION}\n", *stanzas, "---"]).encode()
    proof = hmac.digest(_derived(file_key, b"", b"header"), told, "sha256")
    return told + b" " + _plain64(proof).encode() + b"\n"


def _for_code(file_key: bytes, code: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once, theirs = X25519PrivateKey.generate(), _point(code)
    share = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(theirs))
    wrapping = _derived(shared, share + theirs, f"{VERSION}/X25519".encode())
    return f"-> X25519 {_plain64(share)}\n{_wrapped(file_key, wrapping)}\n"


def _for_words(file_key: bytes, passphrase: str) -> str:
    salt = os.urandom(16)
    wrapping = hashlib.scrypt(
        passphrase.encode(),
        salt=f"{VERSION}/scrypt".encode() + salt,
        n=1 << _WORK,
        r=8,
        p=1,
        maxmem=(1 << _WORK) * 1024 + (1 << 20),
        dklen=32,
    )
    return f"-> scrypt {_plain64(salt)} {_WORK}\n{_wrapped(file_key, wrapping)}\n"


def _wrapped(file_key: bytes, wrapping: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # 60 ms; only a hand-over needs it

    # A wrapping key is used once, so its number is always nought.
    return _plain64(ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None))


def _body(file_key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(16)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    yield nonce
    number, waiting = 0, bytearray()
    for piece in pieces:
        waiting += piece
        # A whole chunk waits until more has come: the last one is marked as such.
        while len(waiting) > _CHUNK:
            yield cipher.encrypt(number.to_bytes(11, "big") + b"\0", waiting[:_CHUNK], None)
            del waiting[:_CHUNK]
            number += 1
    yield cipher.encrypt(number.to_bytes(11, "big") + b"\1", waiting, None)


def _point(code: str) -> bytes:
    """The 32 bytes of a code ``age1…``: 256 bits and four of padding, before six letters of proof."""
    number = 0
    for letter in code.lower()[4:-6]:
        number = number << 5 | _LETTERS.index(letter)
    return (number >> 4).to_bytes(32, "big")


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def _plain64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
