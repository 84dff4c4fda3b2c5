"""How far a workspace's journal has come on this computer, and the stamp that a step's next changeset bears."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from unnm_desktop import __version__
from unnm_desktop.db import journal
from unnm_desktop.db.hybrid_clock import ahead, next_hlc
from unnm_desktop.db.schema import SCHEMA_REVISION
from unnm_desktop.db.text import clean

if TYPE_CHECKING:
    from unnm_desktop.db.device import Device
    from unnm_desktop.db.pending import Step
    from unnm_desktop.db.recalling import Known


class Reached:
    """The newest number of every device, the newest clock, and what this device has last said it had read."""

    def __init__(self, known: Known) -> None:
        self.last_seq = known.last_seq
        # The newest clock there is, and the newest that is not far ahead.
        self._latest, self._hlc = known.latest, known.hlc
        self.seen: Mapping[str, int] | None = None

    @property
    def untouched(self) -> bool:
        """Whether there is no step at all."""
        return not self._latest

    def last_change(self) -> datetime | None:
        """When the newest step was made by the clock of the computer that made it; None when there is none."""
        wall = self._latest.partition("-")[0]
        return datetime.fromtimestamp(int(wall) / 1000, UTC) if wall else None

    def mark(self, device: Device | None) -> str:
        """What is another after every step: a clock alone says nothing where it was set back."""
        own = {device.id: device.seq} if device is not None else {}
        return f"{self._hlc}/{sum({**self.last_seq, **own}.values())}"

    def stamp(self, step: Step, device: Device, officer: str, now: datetime) -> journal.Stamp:
        """The stamp of the changeset that the step is about to write, after those it has written already."""
        pending, purpose = step.pending, step.purpose
        hlc, read, said = self._hlc, dict(self.last_seq), self.seen
        for stamp, noted in step.noted:
            hlc, said = stamp.hlc, said if stamp.seen is None else stamp.seen
            read.update(noted.read)
        seen = {str(one): seq for one, seq in {**read, **pending.read}.items() if one != device.id}
        # A clock that is far ahead is not adopted.
        latest = max(hlc, pending.latest) if pending.latest < ahead(now) else hlc
        return journal.Stamp(
            device=device.id,
            seq=device.seq + 1 + len(step.noted),
            at=now,
            hlc=next_hlc(latest, now),
            officer=clean(officer),
            label=purpose.label,
            kind=purpose.kind,
            app_version=__version__,
            schema_rev=SCHEMA_REVISION,
            undoes=purpose.undoes,
            network_id=purpose.network_id,
            merge_id=purpose.merge_id,
            seen=None if seen == said else seen,
        )

    def take(self, step: Step, device: Device) -> None:
        """What the step has committed is where the next one begins."""
        for stamp, pending in step.noted:
            self._hlc = stamp.hlc
            self._latest = max(self._latest, stamp.hlc)
            self.seen = self.seen if stamp.seen is None else dict(stamp.seen)
            self.last_seq.update(pending.read)
            device.seq = stamp.seq
        if step.noted:
            device.named = True
            with suppress(OSError):  # a full disk must not undo what is already committed
                device.remember()
