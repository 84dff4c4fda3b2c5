"""The key of a protected workspace, and the slots whose passphrases open it: ``NAME.unnm-keys``."""

from __future__ import annotations

import base64
import errno
import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.db.disk import sync_folder
from unnm_desktop.db.passphrases import told_bytes, want_good
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

FORMAT = 1
LENGTH = 32
FREE_TRIES = 5
_LONGEST_WAIT = 300
_MEMORY = 64 * 1024
"""KiB an unlocking takes: what a laptop of 4 GB can spare, and what makes guessing dear."""
_AIM = 0.5
"""Seconds that unlocking should take on the computer that made the slot."""
_TUNING = 3
"""Rounds of which the time is taken."""
_MOST_MEMORY, _MOST_ROUNDS, _MOST_LANES = 1 << 20, 64, 16
_MOST_SLOTS = 8


class Locked(UserError):
    """The workspace is protected, and no key was given."""

    def __init__(self, workspace: Path) -> None:
        super().__init__(N_("{file} is protected. Give its passphrase."), file=workspace.name)
        self.workspace = workspace


class WrongPassphrase(UserError):
    """No slot opens with it; which slots there are is not told."""

    def __init__(self) -> None:
        super().__init__(N_("That passphrase does not open this file. Check Caps Lock and try again."))


class Key:
    """The 256 bits that a workspace is written with; wiped when the workspace is locked."""

    def __init__(self, data: bytes | bytearray) -> None:
        if len(data) != LENGTH:
            raise ValueError("a key has 32 bytes")
        self._data = bytearray(data)
        # Names the key without telling anything of it: what was written with another key lies under another name.
        self.id = hmac.new(self._data, b"unnm key name", hashlib.sha256).hexdigest()[:16]

    @classmethod
    def make(cls) -> Self:
        """A new random key."""
        return cls(secrets.token_bytes(LENGTH))

    def __repr__(self) -> str:
        return f"Key({self.id})"

    @property
    def data(self) -> bytes:
        """The key itself.

        Raises:
            ValueError: it was wiped.

        """
        if not self._data:
            raise ValueError("the key was wiped")
        return bytes(self._data)

    def pragma(self) -> str:
        """How SQLCipher is handed the key: raw, so that opening takes no derivation."""
        return f"\"x'{self.data.hex()}'\""

    def copy(self) -> Key:
        """The same key, which outlives the wiping of this one."""
        return Key(self._data)

    def wipe(self) -> None:
        """Forget the key. Copies that Python made on the way are beyond reach."""
        for at in range(len(self._data)):
            self._data[at] = 0
        self._data.clear()


class Holder(StrEnum):
    """Whose passphrase a slot is."""

    OFFICER = "officer"
    SUCCESSOR = "successor"

    @property
    def label(self) -> str:
        """The holder in words (a msgid)."""
        return _HOLDERS[self]


_HOLDERS = {Holder.OFFICER: N_("The officer"), Holder.SUCCESSOR: N_("The successor")}


@dataclass(frozen=True)
class Cost:
    """What one try of a passphrase costs: KiB of memory, rounds, lanes."""

    memory: int = _MEMORY
    rounds: int = 3
    lanes: int = 1


def tuned() -> Cost:
    """The rounds that take about half a second on this computer."""
    # The first try also loads the library and asks the system for the memory; it would count for too much.
    _derived("tuning", b"0" * 16, Cost(rounds=1))
    took = []
    for _ in range(2):
        began = time.perf_counter()
        _derived("tuning", b"0" * 16, Cost(rounds=_TUNING))
        took.append(time.perf_counter() - began)
    return Cost(rounds=min(_MOST_ROUNDS, max(2, round(_AIM / max(min(took) / _TUNING, 0.001)))))


def wait_after(failed: int) -> int:
    """Seconds to wait before the next try: none for the first five, then twice as long each time."""
    return 0 if failed < FREE_TRIES else min(_LONGEST_WAIT, 2 ** (failed - FREE_TRIES + 1))


@dataclass(frozen=True)
class Slot:
    """The key, wrapped for one passphrase."""

    id: str
    label: Holder
    memory: int
    rounds: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str

    @staticmethod
    def make(key: Key, passphrase: str, label: Holder, cost: Cost) -> Slot:
        """Wrap the key for a passphrase."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 30 ms; only what is protected needs it

        name, salt, nonce = secrets.token_hex(8), secrets.token_bytes(16), secrets.token_bytes(12)
        wrapped = AESGCM(_derived(passphrase, salt, cost)).encrypt(nonce, key.data, _bound(key.id, name))
        return Slot(name, label, cost.memory, cost.rounds, cost.lanes, _text(salt), _text(nonce), _text(wrapped))

    def open(self, key_id: str, passphrase: str) -> Key | None:
        """The key, or None where it is another passphrase."""
        from cryptography.exceptions import InvalidTag  # as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        derived = _derived(passphrase, _bytes(self.salt), Cost(self.memory, self.rounds, self.lanes))
        try:
            key = Key(AESGCM(derived).decrypt(_bytes(self.nonce), _bytes(self.wrapped), _bound(key_id, self.id)))
        except InvalidTag:
            return None
        return key if key.id == key_id else None


def load_ahead() -> None:
    """Bring what a slot is opened with while the passphrase is still typed."""
    from cryptography.hazmat.primitives.ciphers import aead  # noqa: F401 - as above
    from cryptography.hazmat.primitives.kdf import argon2  # noqa: F401


def _bound(key_id: str, slot: str) -> bytes:
    """What a slot is bound to: one taken from another file, or renamed, opens nothing."""
    return f"{key_id}|{slot}".encode()


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # as above

    kdf = Argon2id(salt=salt, length=LENGTH, iterations=cost.rounds, lanes=cost.lanes, memory_cost=cost.memory)
    return kdf.derive(told_bytes(passphrase))


@dataclass(frozen=True)
class KeyFile:
    """The slots of one workspace; nothing in it is secret without a passphrase."""

    key_id: str
    slots: tuple[Slot, ...]

    @staticmethod
    def make(key: Key, passphrase: str, label: Holder = Holder.OFFICER) -> KeyFile:
        """A first slot for the key, its cost tuned on this computer."""
        return KeyFile(key.id, (Slot.make(key, passphrase, label, tuned()),))

    def unlock(self, passphrase: str) -> Key:
        """The key.

        Raises:
            WrongPassphrase: no slot opens with it.

        """
        found = self.opened(passphrase)
        if found is None:
            raise WrongPassphrase
        return found[1]

    def opened(self, passphrase: str) -> tuple[Slot, Key] | None:
        """The slot that opens with it and the key, or None."""
        # Every slot is tried, so that the time tells nothing of which one it was.
        tried = [(slot, slot.open(self.key_id, passphrase)) for slot in self.slots]
        return next(((slot, key) for slot, key in tried if key is not None), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The slots with one more."""
        return replace(self, slots=(*self.slots, slot))

    def without(self, names: Sequence[str]) -> KeyFile:
        """The slots without these."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.id not in names))


def read(workspace: Path) -> KeyFile:
    """The key file beside a workspace, from the first of its two copies that is whole.

    Raises:
        UserError: there is none, or neither copy can be read.

    """
    for path in (*_new_slots(workspace), *paths.key_files(workspace)):
        with suppress(OSError, ValueError, KeyError, TypeError):
            return _parsed(path.read_text(encoding="utf-8"))
    raise UserError(
        N_(
            "The key file {keys} is missing or damaged, so {file} cannot be opened with a passphrase."
            " Put the key file of a backup beside it, or use the recovery sheet."
        ),
        keys=paths.key_files(workspace)[0].name,
        file=workspace.name,
    )


def _new_slots(workspace: Path) -> tuple[Path, ...]:
    """The slots of a new key that was given just before the power went: the workspace has it once it waits no more."""
    waiting = paths.turning(workspace)
    return () if waiting.exists() else paths.key_files(waiting)


def write(workspace: Path, keys: KeyFile) -> None:
    """Keep the slots beside a workspace: two copies, each replaced in one step once both are proven on the disk.

    Raises:
        UserError: they are too many or could not be written; those that were there hold.

    """
    if len(keys.slots) > _MOST_SLOTS:
        raise UserError(N_("{file} has as many passphrases as it can have. Remove one first."), file=workspace.name)
    try:
        _write(workspace, keys)
    except OSError as error:
        raise UserError(
            N_("The key file of {file} could not be written ({why}). The old one holds. Make room, then try again."),
            file=workspace.name,
            why=Cause(error),
        ) from error


def _write(workspace: Path, keys: KeyFile) -> None:
    files = paths.key_files(workspace)
    parts = [path.with_name(f"{path.name}.part") for path in files]
    try:
        for part in parts:
            part.unlink(missing_ok=True)
            number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(_told(keys))
                file.flush()
                os.fsync(file.fileno())
            _prove(part, keys)
        for part, path in zip(parts, files, strict=True):
            part.replace(path)
    except OSError:
        for part in parts:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        raise
    sync_folder(workspace.parent)


def _prove(part: Path, keys: KeyFile) -> None:
    """Read what a later opening would read, so that nothing else ever takes the place of slots that hold."""
    with suppress(ValueError, KeyError, TypeError):
        if _parsed(part.read_text(encoding="utf-8")) == keys:
            return
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def remove(workspace: Path) -> None:
    """Take the key file away: the workspace is plain."""
    for path in paths.key_files(workspace):
        path.unlink(missing_ok=True)


def unlock(workspace: Path, passphrase: str) -> Key:
    """The key of a protected workspace.

    Raises:
        WrongPassphrase: no slot opens with it.
        UserError: the key file is missing or damaged.

    """
    return read(workspace).unlock(passphrase)


def add(workspace: Path, key: Key, passphrase: str, label: Holder) -> Slot:
    """Add a slot that opens the key.

    Raises:
        UserError: the passphrase is too short, there are too many, or it could not be kept; the others hold.

    """
    want_good(passphrase)
    slot = Slot.make(key, passphrase, label, tuned())
    write(workspace, read(workspace).with_slot(slot))
    return slot


def change(workspace: Path, old: str, new: str) -> None:
    """Another passphrase for the slot that the old one opens, which goes in the same step.

    Raises:
        WrongPassphrase: no slot opens with the old one.
        UserError: the new one is too short or could not be kept; the old one holds.

    """
    want_good(new)
    held = read(workspace)
    opened = held.opened(old)
    if opened is None:
        raise WrongPassphrase
    slot, key = opened
    try:
        made = Slot.make(key, new, slot.label, tuned())
        # In the same place: the list of them is what the officer removes one from.
        write(workspace, replace(held, slots=tuple(made if one.id == slot.id else one for one in held.slots)))
    finally:
        key.wipe()


def drop(workspace: Path, name: str) -> None:
    """Remove a slot; the last one stays.

    Raises:
        UserError: it is the last.

    """
    left = read(workspace).without([name])
    if not left.slots:
        raise UserError(N_("This is the last passphrase of the workspace. Add another one first."))
    write(workspace, left)


def renew(workspace: Path, key: Key, passphrase: str) -> None:
    """A first slot anew, for a key that came from the recovery sheet; every other passphrase ends.

    Raises:
        UserError: the passphrase is too short.

    """
    want_good(passphrase)
    write(workspace, KeyFile.make(key, passphrase))


def carry(workspace: Path, other: Path) -> None:
    """Put the slots of one workspace beside another file of it.

    Raises:
        OSError: they could not be written; whoever writes the other file says so.

    """
    _write(other, read(workspace))


def _told(keys: KeyFile) -> str:
    content = {"format": FORMAT, "key": keys.key_id, "slots": [asdict(slot) for slot in keys.slots]}
    body = json.dumps(content, sort_keys=True)
    return json.dumps({"check": hashlib.sha256(body.encode()).hexdigest(), "keys": content}, indent=1)


def _parsed(text: str) -> KeyFile:
    told: dict[str, Any] = json.loads(text)
    content = told["keys"]
    body = json.dumps(content, sort_keys=True)
    if told["check"] != hashlib.sha256(body.encode()).hexdigest() or content["format"] != FORMAT:
        raise ValueError("check")
    slots = tuple(Slot(**{**slot, "label": Holder(slot["label"])}) for slot in content["slots"])
    for slot in slots:
        # A file made to harm must not eat the memory or the hours of who opens it.
        if not (
            8 <= slot.memory <= _MOST_MEMORY and 1 <= slot.rounds <= _MOST_ROUNDS and 1 <= slot.lanes <= _MOST_LANES
        ):
            raise ValueError("cost")
    if not slots or len(slots) > _MOST_SLOTS:
        raise ValueError("slots")
    return KeyFile(str(content["key"]), slots)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
