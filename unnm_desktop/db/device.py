"""This computer's identity in a workspace: a restored or copied file must never reuse numbers that others have seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from unnm_desktop import paths
from unnm_desktop.db.identity import uuid7


def _file() -> Path:
    return paths.data_folder() / "devices.json"


def _entries() -> dict[str, dict[str, object]]:
    try:
        entries = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


@dataclass
class Device:
    """Who writes: the device's key and the number of its last changeset."""

    workspace: UUID
    id: UUID
    seq: int

    @staticmethod
    def recognise(workspace: UUID, last_seq: dict[UUID, int]) -> Device:
        """The device this computer is in that workspace.

        Args:
            workspace: the workspace's key.
            last_seq: the highest number of each device in the file. A lower number than this computer remembers means
                the file was restored from an older copy; no memory of the workspace means it was copied here: both
                take a new identity.

        """
        entry = _entries().get(str(workspace), {})
        try:
            device, seq = UUID(str(entry["device"])), int(str(entry["seq"]))
        except (KeyError, ValueError):
            return Device(workspace, uuid7(), 0)
        known = last_seq.get(device, 0)
        return Device(workspace, uuid7(), 0) if known < seq else Device(workspace, device, known)

    def remember(self) -> None:
        """Note the number reached, so that an older copy is recognised."""
        target = _file()
        paths.private_folder(target.parent)
        entries = _entries()
        entries[str(self.workspace)] = {"device": str(self.id), "seq": self.seq}
        part = target.with_suffix(".part")
        part.write_text(json.dumps(entries), encoding="utf-8")
        part.replace(target)
