"""Packages for the tests: proper ones, and ones whose every layer can be made wrong."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.services.handover import inner, keys, outer, package, sealing
from unnm_desktop.services.handover.manifest import JOURNAL, Manifest, Member, Scope, Sender
from unnm_desktop.services.handover.pile import Pile

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
WORKSPACE, DEVICE = UUID(int=1), UUID(int=2)
STEPS: tuple[dict[str, Any], ...] = tuple(
    {"device": str(DEVICE), "seq": seq, "changes": [{"n": 0, "fields": {"name": "اسم " * seq}}]} for seq in range(1, 9)
)
FILES = (b"first file", bytes(range(256)) * 300)
READABLE = {"register.csv": b"\xef\xbb\xbfKind,Record\r\n"}


def contents(
    steps: Sequence[Mapping[str, Any]] = STEPS,
    files: Sequence[bytes] = FILES,
    readable: Mapping[str, bytes | Pile] = READABLE,
) -> package.Contents:
    """What goes into a small package."""
    kept = {hashlib.sha256(data).hexdigest(): data for data in files}
    return package.Contents(
        workspace=WORKSPACE,
        device=DEVICE,
        label="Manama laptop",
        officer="N. Haddad",
        scope=Scope(("BHR",)),
        changesets=steps,
        blobs={digest: len(data) for digest, data in kept.items()},
        blob=lambda digest: (kept[digest],),
        readable=readable,
    )


def pack(made_of: package.Contents, folder: Path, **options: Any) -> package.Packed:
    """A package for this computer's own office."""
    return package.pack(made_of, folder, **{"codes": [keys.office_code()], "now": NOW, **options})


def journal(lines: Sequence[bytes]) -> tuple[bytes, int]:
    """The journal of these lines, packed, and its size unpacked."""
    data = b"".join(line + b"\n" for line in lines)
    return gzip.compress(data, mtime=0), len(data)


def manifest(members: Mapping[str, bytes], journal_size: int = 0, **changed: Any) -> Manifest:
    """A proper manifest of these members."""
    made = Manifest(
        package_id=str(UUID(int=3)),
        made_at=NOW.isoformat(timespec="seconds"),
        app_version="0.1.0",
        schema_rev=SCHEMA_REVISION,
        workspace=str(WORKSPACE),
        sender=Sender(str(DEVICE), "Manama laptop", "N. Haddad", keys.public_key().hex()),
        scope=Scope(("BHR",)),
        recipients=(keys.office_code(),),
        members=tuple(Member(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in members.items()),
        journal_size=journal_size,
    )
    return replace(made, **changed)


def tar(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A tar as the program writes it."""
    return b"".join(inner.packed((inner.Member(name, len(data)), (data,)) for name, data in members))


def signed(told: bytes, members: Mapping[str, bytes]) -> bytes:
    """The inside of a package with that manifest, properly signed."""
    return tar([("manifest.json", told), ("manifest.sig", keys.sign(told)), *members.items()])


def sealed(plain: bytes, codes: Sequence[str] = ()) -> bytes:
    """Sealed for these, or this computer's office."""
    made: list[bytes] = []
    sealing.seal([plain], made.append, codes or [keys.office_code()])
    return b"".join(made)


def whole(body: bytes, key: bytes | None = None, read_me: bytes = b"read me") -> bytes:
    """A package of these parts in the proper outer form."""
    named = [(outer.READ_ME, read_me), *([(outer.KEY, key)] if key is not None else []), (outer.BODY, body)]
    parts = [outer.Part(name, len(data), crc32(data)) for name, data in named]
    return b"".join(outer.head(part) + data for part, (_, data) in zip(parts, named, strict=True)) + outer.tail(parts)


def with_journal(lines: Sequence[bytes], **changed: Any) -> bytes:
    """A whole package whose journal has these lines."""
    packed, size = journal(lines)
    members = {JOURNAL: packed}
    return whole(sealed(signed(manifest(members, **{"journal_size": size, **changed}).encoded(), members)))


def line(value: Any) -> bytes:
    """A line of the journal."""
    return json.dumps(value).encode()
