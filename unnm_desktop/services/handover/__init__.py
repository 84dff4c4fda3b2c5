"""Handing over: the journal out of one workspace and into another, with nothing lost and nothing decided by clocks.

``exporting`` gives the journal as plain data; ``incoming`` reads and checks it; ``planning`` says what it would do;
``merge`` does it in one transaction and takes it back; ``conflicts`` lists what is open and ``settle`` decides it;
``duplicates`` and ``joining`` make one record of two; ``erasing`` takes a person's data away for good.
"""

from __future__ import annotations

from unnm_desktop.services.handover.conflicts import open_conflicts
from unnm_desktop.services.handover.exporting import devices, exported, known
from unnm_desktop.services.handover.incoming import Incoming, Refused
from unnm_desktop.services.handover.merge import apply, merges, undo_merge
from unnm_desktop.services.handover.planning import Preview, plan
from unnm_desktop.services.handover.sifting import Cloned

__all__ = [
    "Cloned",
    "Incoming",
    "Preview",
    "Refused",
    "apply",
    "devices",
    "exported",
    "known",
    "merges",
    "open_conflicts",
    "plan",
    "undo_merge",
]
