"""What was taken in, newest first, each with its report in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate, language_for
from unnm_desktop.ui.backups import made_at
from unnm_desktop.ui.jobs import REPORTS
from unnm_desktop.ui.widgets import button, empty, label, row

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.handover.merge import PastMerge
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.page_base import Page

SHOWN = 5
"""So many past merges are listed."""


def _write(database: Database, merge_id: UUID, on: date, zone: tzinfo | None, code: str, path: Path) -> Path:
    from unnm_desktop.reports import merge_report  # seldom wanted

    return merge_report.write(database, merge_id, on, zone, language_for(code, paper=True), path).path


def told(desk: Desk, one: PastMerge) -> str:
    """A merge in one line: when, what, and whether it was undone."""
    ntr, counts = desk.language.ntr, one.counts
    new, changed, removed, open_ = (counts.get(name, 0) for name in ("new", "changed", "removed", "conflicts"))
    found = (
        (new, ntr("{n} new record", "{n} new records", new)),
        (changed, ntr("{n} record changed", "{n} records changed", changed)),
        (removed, ntr("{n} record went to Trash", "{n} records went to Trash", removed)),
        (open_, ntr("{n} conflict", "{n} conflicts", open_)),
    )
    words = desk.language.list([text for number, text in found if number])
    moment = made_at(desk, one.at)
    if one.by:
        line = desk.tr(N_("{moment}, from {by}: {what}"), moment=moment, by=isolate(one.by), what=words)
    else:
        line = desk.tr(N_("{moment}: {what}"), moment=moment, what=words)
    return line if one.undone_at is None else desk.tr(N_("{merge} · undone"), merge=line)


def may_undo(desk: Desk, one: PastMerge) -> bool:
    """Ask before a merge of another hour is taken back."""
    consequence = desk.tr(N_("Work that was done since stays. A backup is made before."))
    return desk.ask.sure(
        desk.tr(N_("Undo the last merge?")),
        "\n".join((told(desk, one), consequence)),
        desk.tr(N_("Undo it")),
        desk.tr(N_("Keep it")),
    )


class ReportButtons(QWidget):
    """The report of a merge, in the officer's language first."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, merge: str) -> None:
        """``merge`` says which, to those who do not see where the buttons stand."""
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._buttons: list[QPushButton] = []
        offered = [
            (N_("Report in English"), N_("Report in English: {merge}"), self._english),
            (N_("Report in Arabic"), N_("Report in Arabic: {merge}"), self._arabic),
        ]
        for words, whole, run in reversed(offered) if desk.language.rtl else offered:
            made = button(desk.look, desk.tr(words), run, "link" if merge else "", "" if merge else "download")
            if merge:
                made.setAccessibleName(desk.tr(whole, merge=merge))
            line.addWidget(made)
            self._buttons.append(made)

    def focus(self) -> None:
        """Give the keyboard to the first."""
        self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _english(self) -> None:
        self.wanted.emit("en")

    def _arabic(self) -> None:
        self.wanted.emit("ar")


class _Line(QWidget):
    wanted = Signal(object, str)

    def __init__(self, desk: Desk, one: PastMerge) -> None:
        super().__init__()
        self._id = one.id
        words = told(desk, one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.words = label(desk.look, words, "", wrap=True)
        buttons = ReportButtons(desk, words)
        buttons.wanted.connect(self._want)
        column.addWidget(row(self.words, buttons, stretch=0))

    def _want(self, code: str) -> None:
        self.wanted.emit(self._id, code)


class PastMerges(QWidget):
    """The newest merges, one below the other."""

    wanted = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.lines: list[_Line] = []

    def show_merges(self, past: Sequence[PastMerge]) -> None:
        """Show these."""
        empty(self._column)
        self.lines = [_Line(self.desk, one) for one in past[:SHOWN]]
        for line in self.lines:
            line.wanted.connect(self.wanted)
            self._column.addWidget(line)

    def text(self) -> str:
        """What is told."""
        return "\n".join(line.words.text() for line in self.lines)


class ReportSaver:
    """Asks for a file and writes the report of a merge into it."""

    def __init__(self, page: Page) -> None:
        self._page, self._desk = page, page.desk

    def save(self, merge_id: UUID, code: str) -> None:
        """Write the report on a thread; where to is asked."""
        desk = self._desk
        name = f"merge-{desk.today().isoformat()}-{code}.pdf"
        path = desk.ask.save_file(desk.tr(N_("Save the report")), name, "PDF (*.pdf)")
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".pdf")
        desk.jobs.run(
            _write, desk.hub.database, merge_id, desk.today(), desk.clock().tzinfo, code, path,
            done=self._saved, failed=self._failed, text=desk.tr(N_("Writing the report")), lane=REPORTS,
        )  # fmt: skip

    def _saved(self, path: Path) -> None:
        self._path, tr = path, self._desk.tr
        self._desk.say(tr(N_("Saved: {file}"), file=isolate(path.name)), tr(N_("Open it")), self._open)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._page.trouble(error)
