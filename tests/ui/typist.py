"""Types into minutes in a process of its own and says when the words are on the disk; it waits to be killed."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from unnm_desktop.app import App, application
from unnm_desktop.services import drafts


def main(workspace: Path, meeting_id: UUID, words: str) -> None:
    """Open the workspace, go to the minutes, type, and tell when the draft is there."""
    app = application()
    desktop = App(app, workspace)
    watch = QTimer(app)

    def look() -> None:
        if desktop._hub.read(drafts.waiting):
            watch.stop()
            sys.stdout.write("on disk\n")
            sys.stdout.flush()

    def type_words() -> None:
        desktop.window.go("meeting", meeting_id, {"tab": "minutes"})
        QTest.keyClicks(desktop.window.current.minutes.editor, words)  # type: ignore[union-attr]
        watch.start(50)

    watch.timeout.connect(look)
    desktop.ready.connect(type_words)
    desktop.start()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3])
