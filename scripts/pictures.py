"""Makes the manual's pictures: the real window over the sample workspace, in both languages (``make pictures``)."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

ON = date(2026, 11, 22)
SIZE = (1280, 720)
# Pages fill in turns; on a busy computer the last one comes late.
SETTLE = 2000
COLOURS = 128
# What says where a program's files lie, before the home does.
_PLACES = ("UNNM_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "manual" / "pictures"


def _take(code: str) -> None:
    """All pictures in one language."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QEventLoop, QTimer

    from unnm_desktop import settings
    from unnm_desktop.app import App, application
    from unnm_desktop.db import Decision, Meeting
    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.meetings import MeetingState
    from unnm_desktop.services import records, sample
    from unnm_desktop.settings import Settings
    from unnm_desktop.ui.palette import Palette

    digits = "arab" if code == "ar" else "latn"
    settings.save(Settings(officer="Amina Haddad", language=code, digits=digits, theme="light"))
    workspace = Path.home() / "Documents" / "sample.unnm"
    workspace.parent.mkdir()
    with Database.create(workspace, "Amina Haddad") as database:
        sample.build(database, on=ON, years=1)

    def wait(milliseconds: int, until: Callable[..., object] | None = None) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        if until is not None:
            until(loop.quit)
        loop.exec()

    app = application()
    desktop = App(app, workspace, today=lambda: ON)
    desktop.start()
    wait(60_000, desktop.ready.connect)
    # The window's own shows a dialog, which nobody here could close.
    sys.excepthook = sys.__excepthook__
    window = desktop.window
    window.resize(*SIZE)

    def keep(name: str) -> None:
        wait(SETTLE)
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        window.grab().save(buffer, "PNG")
        picture = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
        target = FOLDER / code / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)

    def page(name: str) -> None:
        window.go(name, None, {})
        wait(SETTLE)
        table = getattr(window.stack.page(name), "table", None)
        if table is not None:
            table.select_first()
        keep(name)

    pages = ("today", "meetings", "decisions", "actions", "members", "workplan", "tor", "preferences", "handover")
    for name in pages:
        page(name)
    window.go("reports", None, {})
    paper = window.stack.page("reports").preview  # type: ignore[attr-defined]  # the page of reports has one
    # However slow the computer is: first all pages are set, then the first is drawn.
    while paper.paper is None:
        wait(SETTLE)
    wait(2 * SETTLE)
    keep("reports")
    closed = Meeting.state == MeetingState.CLOSED
    held = window.desk.hub.read(records.all_of, Meeting, closed, order=Meeting.day.desc())
    here = next(one for one in held if one.network_id == window.desk.network_id)
    made = window.desk.hub.read(records.all_of, Decision, Decision.meeting_id == here.id, order=Decision.reference)
    # An item with a decision in its text.
    window.go("meeting", here.id, {"tab": "minutes", "item": made[0].agenda_item_id})
    keep("minutes")
    window.go("meeting", here.id, {"tab": "details"})
    keep("meeting")
    window.go("actions", None, {})
    wait(SETTLE)
    window.commands.run("palette")
    palette = next(one for one in window.findChildren(Palette) if one.isVisible())
    palette.box.setText("data" if code == "en" else "بيانات")
    wait(SETTLE)
    keep("palette")
    desktop.close()


def main() -> None:
    """Each language in a process of its own: Qt has one application."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("code", nargs="?", choices=("en", "ar"))
    chosen = parser.parse_args().code
    if chosen is not None:
        _take(chosen)
        return
    for code in ("en", "ar"):
        with tempfile.TemporaryDirectory() as home:
            # A home of its own, so that no folder of this computer is seen.
            elsewhere = {name: value for name, value in os.environ.items() if name not in _PLACES}
            environment = {**elsewhere, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
            subprocess.run([sys.executable, __file__, code], check=True, env=environment)  # noqa: S603 - this very script


if __name__ == "__main__":
    main()
