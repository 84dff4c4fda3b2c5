"""One operation after the other with a disk that fails at its n-th write, sync or rename; what came of each, as JSON.

Run by itself, with the library of ``faulty.c`` loaded: ``python -m tests.faults.injecting PLACE FOLDER TRIALS``.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import traceback
from pathlib import Path

from tests.faults import looking
from tests.faults.work import OPERATIONS, Officer, Place
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError

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


def said(name: str, officer: Officer) -> str:
    """What the officer is told: nothing where all went well, else a sentence; an error of the program in full."""
    try:
        OPERATIONS[name](officer)
    except UserError as error:
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
    told: dict[str, object] = {"name": name, "kind": kind, "at": at, "error": os.strerror(error) if error else ""}
    try:
        _ = officer.database
        fault.arm(kind, at, error, lasting)
        told["said"] = said(name, officer)
        told["seen"] = fault.disarm()
        told["again"] = said(name, officer)
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
    """Do the trials that are asked for."""
    ready, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for name, kind, at, error, lasting in json.loads(sys.argv[3]):
        sys.stdout.write(json.dumps(trial(ready, folder, name, kind, at, error, lasting)) + "\n")


if __name__ == "__main__":
    main()
