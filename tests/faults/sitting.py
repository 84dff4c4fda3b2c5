"""Sittings of the real program while the computer's clock is wrong; run with faketime's library loaded.

``python -m tests.faults.sitting CLOCK desk SCRIPT`` runs commands of the command line, ``… window WISH`` opens it.
CLOCK is the file in which the library reads the time.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests import patience
from unnm_desktop.db import Network
from unnm_desktop.services import records


class Clock:
    """The computer's clock and its zone."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def turn(self, to: str) -> None:
        """``-1d`` is a day behind, ``+1y`` a year ahead, ``+0`` right."""
        self._file.write_text(to, encoding="ascii")

    @staticmethod
    def move_to(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()


def desk(clock: Clock, script: list[dict[str, Any]]) -> list[Any]:
    """One command after the other, each at its office and with its office's clock; status and what was said."""
    from unnm_desktop import cli
    from unnm_desktop.db.engine import Database

    told: list[Any] = []
    for one in script:
        os.environ["UNNM_HOME"] = one["home"]
        clock.turn(one.get("clock", "+0"))
        clock.move_to(one.get("zone", "UTC"))
        if "edit" in one:
            with Database(Path(one["edit"]), one["home"]) as database, database.write("Change network") as session:
                network = records.all_of(session, Network)[0]
                records.update(session, Network, network.id, **one["values"])
            told.append(datetime.now(UTC).isoformat())
            continue
        said, trouble = io.StringIO(), io.StringIO()
        with redirect_stdout(said), redirect_stderr(trouble):
            status = cli.main([*one["run"], "--json"])
        told.append([status, json.loads(said.getvalue()) if said.getvalue() else None, trouble.getvalue()])
    return told


def window(clock: Clock, workspace: Path, turns: list[str]) -> list[str]:
    """A sitting in the window: what its notice said when it opened, after each step, and when it was drawn anew.

    The clock stands as the first of ``turns`` says when it opens, and is turned before each step.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    from unnm_desktop.app import App, application

    app = application()
    loaded: list[bool] = []

    def wait(desktop: App) -> None:
        """Until the window has done what it does after it was painted."""
        loop, often, last = QEventLoop(), QTimer(), time.monotonic() + patience.SECONDS

        def look() -> None:
            if (loaded and desktop.window.finder is not None) or time.monotonic() > last:
                loop.quit()

        often.timeout.connect(look)
        often.start(5)
        loop.exec()
        often.stop()
        assert desktop.window.finder is not None

    clock.turn(turns[0])
    desktop = App(app, workspace)
    desktop.ready.connect(lambda: loaded.append(True))
    desktop.start()
    wait(desktop)
    heard = [desktop.window.notice.message()]
    hub = desktop._hub
    network = hub.read(records.all_of, Network)[0].id
    for number, turn in enumerate(turns[1:]):
        desktop.window.notice.clear()
        clock.turn(turn)
        hub.step("Change network", records.update, Network, network, short_name=f"{turns} {number}")
        heard.append(desktop.window.notice.message())
    desktop.window.notice.clear()
    desktop.windows.renew()
    wait(desktop)
    heard.append(desktop.window.notice.message())
    for number in reversed(range(len(turns) - 2)):
        assert hub.undo() is not None
        assert hub.read(records.get, Network, network).short_name == f"{turns} {number}"
    assert hub.database.check() == []
    desktop.close()
    return heard


def main(arguments: list[str]) -> None:
    """Sit down."""
    file, what, given = arguments
    clock = Clock(Path(file))
    try:
        wish = json.loads(given)
        told = desk(clock, wish) if what == "desk" else window(clock, Path(wish["file"]), wish["turns"])
    except BaseException:  # noqa: BLE001 - the window would tell it in a dialog and wait
        sys.stderr.write(traceback.format_exc())
        sys.stderr.flush()
        os._exit(1)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
