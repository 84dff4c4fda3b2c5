"""This computer's identity in a workspace: a restored or copied file must never reuse numbers that others have seen."""

from __future__ import annotations

import getpass
import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from unnm_desktop import paths
from unnm_desktop.db.identity import uuid7

_LENGTH = 120
"""Bytes of a note; always as many, so that a later one is written over it in place."""


def _note(workspace: UUID) -> Path:
    return paths.data_folder() / "devices" / f"{workspace}.json"


def _login() -> str:
    """The name this computer knows its user by; in a container there may be none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # what each system and Python says
        return "?"


def name_of_this(officer: str) -> str:
    """What the file calls this computer: its own name, and whose it is."""
    return called(platform.node(), officer or _login())


def called(computer: str, officer: str) -> str:
    """A computer and whose it is, as far as that is known."""
    return f"{computer} ({officer})" if officer else computer


@dataclass
class Device:
    """Who writes: the device's key and the number of its last changeset."""

    workspace: UUID
    id: UUID
    seq: int
    named: bool = False
    """Whether the file is sure to know it by name; looked at with the first step of each opening."""

    def __post_init__(self) -> None:
        self._file = str(_note(self.workspace))

    @staticmethod
    def recognise(workspace: UUID, last_seq: dict[UUID, int]) -> Device:
        """The device this computer is in that workspace.

        Args:
            workspace: the workspace's key.
            last_seq: the highest number of each device in the file. A lower number than this computer remembers means
                the file was restored from an older copy; no memory of the workspace means it was copied here: both
                take a new identity.

        """
        try:
            entry = json.loads(_note(workspace).read_text(encoding="utf-8"))
            device, seq = UUID(str(entry["device"])), int(str(entry["seq"]))
        except (OSError, KeyError, TypeError, ValueError):
            return Device(workspace, uuid7(), 0)
        known = last_seq.get(device, 0)
        return Device(workspace, uuid7(), 0) if known < seq else Device(workspace, device, known)

    @staticmethod
    def forget(workspace: UUID) -> None:
        """Take a new identity at the next opening: the file has been put back to an older state."""
        _note(workspace).unlink(missing_ok=True)

    def remember(self) -> None:
        """Note the number reached, so that an older copy is recognised.

        Every edit does, so it is one short write in place. Of a note that is torn all the same, the next opening makes
        a new identity, which is safe.
        """
        note = f'{{"device": "{self.id}", "seq": {self.seq}}}'.ljust(_LENGTH).encode()
        try:
            file = _open(self._file)
        except FileNotFoundError:
            paths.private_folder(_note(self.workspace).parent)
            file = _open(self._file)
        try:
            os.write(file, note)
        finally:
            os.close(file)


def _open(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
