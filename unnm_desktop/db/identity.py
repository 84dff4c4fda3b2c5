"""Keys that two computers never give twice: UUIDv7 for records, UUIDv5 for links."""

from __future__ import annotations

import os
import time
from uuid import UUID, SafeUUID, uuid5

_LINKS = UUID("6f1c2a4e-5d0b-5f6e-9a57-0d6f3c1b7e21")


def uuid7() -> UUID:
    """A new time-ordered key (RFC 9562, section 5.7), its next bits finer than milliseconds (section 6.2, method 3).

    So what is made first stands first, also of two records made in one step.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    finer = rest * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") & (1 << 62) - 1
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | finer << 64 | 0x2 << 62 | random)


def key_of(kept: str | None) -> UUID | None:
    """A key from the hexadecimal text that the columns keep; every record that is read has half a dozen."""
    if kept is None:
        return None
    # What UUID does itself, after looking through all the other ways to make one: a quarter of the time.
    key = object.__new__(UUID)
    object.__setattr__(key, "int", int(kept, 16))
    object.__setattr__(key, "is_safe", SafeUUID.unknown)
    return key


def dashed(key: str) -> str:
    """A key as the journal's JSON has it, from the one the columns keep."""
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def link_id(kind: str, start: UUID, end: UUID) -> UUID:
    """The key of a link row: both sides that add the same link make the same row."""
    return uuid5(_LINKS, f"{kind}:{start}:{end}")
