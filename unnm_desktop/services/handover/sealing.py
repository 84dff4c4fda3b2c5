"""Bytes sealed as age v1 (age-encryption.org/v1); ``envelope`` opens them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

VERSION = "age-encryption.org/v1"
_WORK = 18
"""The work factor that age itself uses: 256 MB of memory. pyrage would choose one by the speed of the sender's
computer, and the receiver's may be much slower and smaller."""
_AT_A_TIME = 1 << 20
"""pyrage asks for eight kilobytes at a time: they come out of a larger piece without a step of Python each."""


def seal(pieces: Iterable[bytes], give: Callable[[bytes], object], codes: Sequence[str]) -> None:
    """Seal the pieces for those whose codes these are; ``give`` takes what comes of it.

    Raises:
        what the pieces or ``give`` raise, as it is.

    """
    import pyrage  # 5 MB of native code; only a hand-over needs it

    source, target = _Source(iter(pieces)), Guarded(give)
    recipients = [pyrage.x25519.Recipient.from_str(code) for code in codes]
    try:
        pyrage.encrypt_io(io.BufferedReader(source, _AT_A_TIME), target, recipients)
    except BaseException as error:
        # pyrage may dress up what came from outside.
        raised = source.raised or target.raised
        if raised is None or raised is error:
            raise
        raise raised from None


class _Source(io.RawIOBase):
    """The pieces as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = memoryview(b"")
        self.raised: BaseException | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = memoryview(buffer)
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return 0
        except BaseException as error:
            self.raised = error
            raise
        count = min(len(room), len(self._left))
        room[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


class Guarded:
    """A function as a file; keeps what it raises, which pyrage may dress up, and gives it nothing more."""

    def __init__(self, give: Callable[[bytes], object]) -> None:
        self._give = give
        self.raised: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Give these bytes on."""
        if self.raised is None:
            try:
                self._give(data)
            except BaseException as error:
                self.raised = error
                raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


def seal_with_words(data: bytes, passphrase: str) -> bytes:
    """Seal a few bytes with a passphrase, as ``age -p`` does."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # 60 ms; only a hand-over needs it

    if len(data) > 1 << 16:
        raise ValueError("one chunk only")
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = hashlib.scrypt(
        passphrase.encode(),
        salt=f"{VERSION}/scrypt".encode() + salt,
        n=1 << _WORK,
        r=8,
        p=1,
        maxmem=(1 << _WORK) * 1024 + (1 << 20),
        dklen=32,
    )
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    header = f"{VERSION}\n-> scrypt {_plain64(salt)} {_WORK}\n{_plain64(wrapped)}\n---".encode()
    proof = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    # The one chunk is the last: eleven bytes count, the twelfth says so.
    sealed = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\1", data, None)
    return header + b" " + _plain64(proof).encode() + b"\n" + nonce + sealed


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def _plain64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
