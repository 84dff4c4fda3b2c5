"""The keys of this computer: with one it signs its packages, with the other it opens those made for it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db.disk import sync_folder
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import generated_words
from unnm_desktop.services.handover import envelope

_SIGNING, _OFFICE, _KNOWN = "signing-key", "office-key", "known-signers.json"


@dataclass(frozen=True)
class Signer:
    """Somebody whose packages were believed once, after the words were compared."""

    label: str
    since: str


def _folder() -> Path:
    return paths.private_folder(paths.data_folder() / "handover")


def _kept(name: str, fresh: str) -> str:
    """The key of that name; ``fresh`` is kept as such where there is none yet."""
    path = _folder() / name
    try:
        # One program after the other, so that two that start at once have the same key.
        with FileLock(path.with_name(f"{name}.lock"), mode=0o600):
            return _read(path) or _keep(path, fresh)
    except OSError as error:
        raise _not_kept(name, error) from error


def _not_kept(name: str, error: OSError) -> UserError:
    return UserError(
        N_("{file}, a file of this computer's own, could not be kept ({why}). Make room, then try again."),
        file=name,
        why=Cause(error),
    )


def _read(path: Path) -> str:
    """The key; nothing where there is none, or an earlier program was cut off before it wrote any of it."""
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _keep(path: Path, fresh: str) -> str:
    """Write a key so that it has its name only when it is whole: half a one would be in the way for ever."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    return fresh


def _unreadable(name: str) -> UserError:
    return UserError(
        N_("This computer's key {file} cannot be read. Move it away; the program makes a new one."),
        file=str(_folder() / name),
    )


def _signing() -> bytes:
    try:
        key = bytes.fromhex(_kept(_SIGNING, os.urandom(32).hex()))
    except ValueError as error:
        raise _unreadable(_SIGNING) from error
    if len(key) != 32:
        raise _unreadable(_SIGNING)
    return key


def public_key() -> bytes:
    """What others know this computer's signature by."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # only a hand-over needs it

    return Ed25519PrivateKey.from_private_bytes(_signing()).public_key().public_bytes_raw()


def sign(data: bytes) -> bytes:
    """This computer's signature of the bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_signing()).sign(data)


def is_signed(data: bytes, signature: bytes, key: bytes) -> bool:
    """Whether the signature is of these bytes, by that key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def office_identity() -> str:
    """The secret with which this computer opens what was sealed for its office."""
    kept = _kept(_OFFICE, envelope.new_identity()[0])
    try:
        envelope.code_of(kept)
    except envelope.Damaged as error:
        raise _unreadable(_OFFICE) from error
    return kept


def office_code() -> str:
    """What others seal with, for this computer's office: ``age1…``."""
    return envelope.code_of(office_identity())


def _signers() -> dict[str, Signer]:
    try:
        told = json.loads((_folder() / _KNOWN).read_text(encoding="utf-8"))
        return {str(key): Signer(str(one["label"]), str(one["since"])) for key, one in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        # Forgetting whom we knew is safe: the words are compared once more.
        return {}


def known(key: bytes) -> Signer | None:
    """Who signs with that key, where this computer has believed them before; it knows itself."""
    if key == public_key():
        return Signer("", "")
    return _signers().get(key.hex())


def trust(key: bytes, label: str, on: date) -> None:
    """Believe that key from now on: its words were compared with its owner's."""
    signers = {**_signers(), key.hex(): Signer(label, on.isoformat())}
    told = {name: {"label": one.label, "since": one.since} for name, one in signers.items()}
    path = _folder() / _KNOWN
    part = path.with_suffix(".part")
    try:
        part.touch(mode=0o600)
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise _not_kept(path.name, error) from error


def words(key: bytes) -> str:
    """The six words by which two people compare a key by phone."""
    return generated_words.words_of(key)
