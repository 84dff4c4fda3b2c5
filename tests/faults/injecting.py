"""One operation after the other with a disk that fails at its n-th write, sync or rename; what came of each, as JSON.

Run by itself, with the library of ``faulty.c`` loaded: ``python -m tests.faults.injecting PLACE FOLDER NAME SAMPLES``.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from tests.faults import looking
from tests.faults.work import CANARY, OPERATIONS, Officer, Operation, Place, migrate, restore, take_in, turn
from unnm_desktop.db import Person
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.services import records
from unnm_desktop.services.handover import erasing


def somebody(officer: Officer) -> str:
    """A person to be erased."""
    with officer.database.write("Make") as session:
        return str(records.create(session, Person, name_en=f"{CANARY} to erase").id)


def erase_them(officer: Officer) -> str:
    """That person erased; nothing where it is done already."""
    with officer.database.read() as session:
        found = [one.id for one in records.all_of(session, Person) if one.name_en == f"{CANARY} to erase"]
    for person in found:
        erasing.erase(officer.database, person, datetime.now(UTC).date())
    return ""


Prepared = tuple[Operation | None, Operation]
"""What comes before with a disk that is well, and what fails."""
CASES: dict[str, Prepared] = {
    **{name: (None, OPERATIONS[name]) for name in ("commit", "attach", "back_up", "change_words", "pack")},
    "erase": (somebody, erase_them),
    "take_in": (None, take_in),
    "take_back": (take_in, take_in),
    "restore": (None, restore),
    "unprotect": (None, turn),
    "protect": (turn, turn),
    "migrate": (None, migrate),
}
JOURNALLED = ("commit", "attach", "erase", "take_in", "take_back")
"""What is told to have failed has changed no record."""
KINDS = {"write": 1, "sync": 2, "rename": 4}


class Fault:
    """The failing disk."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(None)
        self._folder = str(folder).encode()

    def arm(self, kind: str, at: int, error: int, lasting: bool) -> None:
        self._library.faulty_arm(self._folder, KINDS[kind], at, error, int(lasting))

    def disarm(self) -> int:
        """How many such calls there were."""
        return int(self._library.faulty_seen())


def said(operation: Operation, officer: Officer) -> str:
    """What the officer is told: nothing where all went well, else a sentence; an error of the program in full."""
    try:
        operation(officer)
    except UserError as error:
        if isinstance(error, erasing.Remains):
            return f"DONE: {error}"
        if isinstance(error, Damaged):
            return f"DAMAGED: {error}"
        return str(error)
    except BaseException:  # noqa: BLE001 - told to the test
        return f"ERROR: {traceback.format_exc()[-2500:]}"
    return ""


def trial(ready: Path, folder: Path, name: str, kind: str, at: int, error: int, lasting: bool) -> dict[str, object]:
    """One failure: what was said, what was found afterwards, and whether the next try succeeds."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ready, folder)
    place = Place(folder)
    place.live_here()
    officer, fault = Officer(place), Fault(folder)
    before, operation = CASES[name]
    told: dict[str, object] = {"name": name, "kind": kind, "at": at, "error": os.strerror(error) if error else ""}
    try:
        if before is not None:
            before(officer)
        journal = officer.database.newest_change()
        fault.arm(kind, at, error, lasting)
        told["said"] = said(operation, officer)
        told["seen"] = fault.disarm()
        told["changed"] = name in JOURNALLED and officer.database.newest_change() != journal
        told["again"] = said(operation, officer)
        officer.close()
        looking.sound(place).close()
        looking.nothing_staged()
    except BaseException:  # noqa: BLE001 - as above
        told["found"] = traceback.format_exc()[-2500:]
    finally:
        fault.disarm()
        officer.close()
    return told


def main() -> None:
    """Count the calls of an operation, then let so many of each kind fail, spread over all of them."""
    ready, folder, name, samples = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])

    def tell(kind: str, at: int, error: int) -> int:
        # What is full stays full; what fails once may go on.
        told = trial(ready, folder, name, kind, at, error, error == errno.ENOSPC)
        sys.stdout.write(json.dumps(told) + "\n")
        return int(str(told.get("seen", 0)))

    for kind in KINDS:
        count = tell(kind, 0, 0)
        tries = min(count, samples)
        for at in sorted({one * count // tries for one in range(tries)}):
            for error in (errno.ENOSPC, errno.EIO):
                tell(kind, at, error)


if __name__ == "__main__":
    main()
