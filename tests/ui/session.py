"""A whole sitting on a protected workspace in a process of its own, with real keys; it waits to be killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from tests import patience
from tests.ui.hands import when_asked
from unnm_desktop.app import App, application
from unnm_desktop.db import Person
from unnm_desktop.services import backup, drafts, papers, records
from unnm_desktop.ui import list_export
from unnm_desktop.ui.crash import details
from unnm_desktop.ui.palette import Palette

WRONG = "quince words that open nothing"
MINUTES = "The marzipan witnesses were heard."
UNSAVED = "An obsidian draft that nobody kept"
PERSON = "Zuleikha Canarian"
SEARCHED = "quokka"
SECRETS = (WRONG, "marzipan", "obsidian", "zuleikha", "canarian", SEARCHED, "Bahrain Network", "البحرين")
"""What may be read nowhere without the key."""


class Sitting:
    """What the officer does, one after the other; each step waits until it is seen to be done."""

    def __init__(self, workspace: Path, meeting: UUID, place: Path, outside: Path) -> None:
        """``place`` is looked through afterwards; ``outside`` holds what the officer takes out herself."""
        self.app = application()
        self.meeting, self.place, self.outside = meeting, place, outside
        self.desktop = App(self.app, workspace)
        # What another program would be shown.
        self.opened: list[Path] = []
        setattr(QDesktopServices, "openUrl", self.show_elsewhere)  # noqa: B010 - a type checker knows it cannot be set

    @property
    def window(self) -> Any:
        """The window that shows now."""
        return self.desktop.window

    def show_elsewhere(self, url: QUrl) -> bool:
        """Stand in for the program of a paper."""
        self.opened.append(Path(url.toLocalFile()))
        return True

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Let the program work until something is seen."""
        late = QDeadlineTimer(patience.MILLISECONDS)
        while not true():
            if late.hasExpired():
                raise AssertionError(f"never came: {what}")
            QTest.qWait(10)

    def give(self, words: str) -> None:
        """Type a passphrase."""
        page = self.window.stack.currentWidget()
        QTest.keyClicks(page.field, words)
        page.go.click()

    def unlock(self, words: str) -> None:
        """Give the right one."""
        self.give(words)
        self.until(lambda: self.window.current is not None, "the workspace")

    def go_through(self, words: str) -> None:
        """The whole sitting, up to the moment at which the power goes."""
        self.give(WRONG)
        self.until(lambda: self.window.stack.currentWidget().problem.isVisible(), "the refusal")
        self.unlock(words)
        self.until(lambda: bool(self.window.knows("reports")), "every page")
        self.write_minutes()
        self.add_person()
        self.attach_paper()
        self.search()
        self.print_and_export()
        self.crash()
        self.back_up()
        self.lock()
        self.unlock(words)
        self.type_on()

    def write_minutes(self) -> None:
        """Minutes that become a step."""
        self.window.go("meeting", self.meeting, {"tab": "minutes"})
        editor = self.window.current.minutes.editor
        QTest.keyClicks(editor, MINUTES)
        self.window.leaving.commit_focus()
        self.window.go("today")

    def add_person(self) -> None:
        """Somebody new."""
        hub = self.desktop._hub
        hub.step("Add a person", records.create, Person, name_en=PERSON, emails="zuleikha@example.org")

    def attach_paper(self) -> None:
        """A paper that is then opened with another program."""
        paper = self.outside / f"{PERSON}.txt"
        self.window.go("meeting", self.meeting, {"tab": "papers"})
        page = self.window.current
        page.papers.add_files([paper])
        self.until(lambda: bool(self.desktop._hub.read(papers.papers, self.meeting)), "the paper")
        page.make_fresh()
        page.papers.open(self.desktop._hub.read(papers.papers, self.meeting)[0].attachment.id)
        assert self.opened[0].read_bytes() == paper.read_bytes()

    def search(self) -> None:
        """Words in the palette."""
        self.window.commands.run("palette")
        self.until(lambda: bool(self.window.finder), "the search")
        palette = self.window.findChildren(Palette)[-1]
        QTest.keyClicks(palette.box, SEARCHED)
        self.until(lambda: not palette.waiting, "an answer")
        QTest.keyClick(palette.box, Qt.Key.Key_Escape)

    def print_and_export(self) -> None:
        """The pages of a document, and a list as a spreadsheet where the officer wants it."""
        self.window.go("reports", None, {"kind": "minutes"})
        page = self.window.current
        self.until(lambda: page.preview.paper is not None, "the pages")
        self.window.go("members")
        self.window.desk.ask.save_file = lambda *_: self.outside / "members.xlsx"
        list_export.export_page(self.window.current)
        self.until((self.outside / "members.xlsx").exists, "the spreadsheet")

    def crash(self) -> None:
        """A bug whose error carries a name; what could be sent is kept for the look."""
        error = ValueError(PERSON)

        when_asked(QMessageBox, lambda box: box.buttons()[0].click())
        sys.excepthook(ValueError, error, None)
        (self.place / "report.txt").write_text(details(error) + QApplication.clipboard().text(), encoding="utf-8")

    def back_up(self) -> None:
        """A backup by hand."""
        folder = backup.folder_for(self.desktop._hub.database.id)
        self.window.commands.run("backup-now")
        self.until(lambda: bool(backup.listed(folder)), "the backup")

    def lock(self) -> None:
        """Lock by key; the papers that were open elsewhere are gone."""
        self.window.commands.run("lock")
        self.until(lambda: not self.desktop._hub.is_open, "the lock")
        assert not self.opened[0].exists()

    def type_on(self) -> None:
        """More minutes, which are a draft on the disk when the power goes."""
        self.window.go("meeting", self.meeting, {"tab": "minutes"})
        QTest.keyClicks(self.window.current.minutes.editor, UNSAVED)
        self.until(lambda: bool(self.desktop._hub.read(drafts.waiting)), "the draft")


def main() -> None:
    """Sit down, work, say that all is done, and wait."""
    sitting = Sitting(Path(sys.argv[1]), UUID(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
    words = os.environ.pop("SESSION_WORDS")
    sitting.desktop.ready.connect(lambda: QTimer.singleShot(0, sitting.app, work))

    def work() -> None:
        try:
            sitting.go_through(words)
            sys.stdout.write("done\n")
        except BaseException as error:  # noqa: BLE001 - the one who waits is told
            sys.stdout.write(f"failed: {error!r}\n")
            sitting.app.exit(1)
        sys.stdout.flush()

    sitting.desktop.start()
    sitting.app.exec()


if __name__ == "__main__":
    main()
