"""Bring a spreadsheet in: choose kind and file, see what would happen row by row, then import it as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.headings import SHEETS
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.hub import WRITING
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.widgets import Card, ElidedLabel, button, label

if TYPE_CHECKING:
    from datetime import date

    from unnm_desktop.db.engine import Database
    from unnm_desktop.progress import Progress
    from unnm_desktop.services.exchange import ImportResult, Problem
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.jobs import Job
    from unnm_desktop.ui.listing_model import Index

KINDS = {
    "organisations": N_("Organisations and their seats"),
    "people": N_("People and their appointments"),
    "actions": N_("Action points"),
    "workplan": N_("Workplan activities"),
}
PAGE_OF = {"organisations": "members", "people": "people", "actions": "actions", "workplan": "workplan"}
FILES = N_("Spreadsheets (*.xlsx *.csv)")
HEADS = (N_("Row"), N_("Column"), N_("What was found"), N_("Then"))


def take_in(
    database: Database, kind: str, path: Path, network_id: UUID, on: date, *, progress: Progress
) -> tuple[ImportResult, frozenset[str]]:
    """Import a sheet as one step of its own, and say which kinds of record it touched; on a thread."""
    from unnm_desktop.services import exchange  # here and below: loaded with the first sheet, not with all pages

    with database.write(exchange.LABEL, network_id=network_id) as session:
        result = exchange.import_sheet(session, kind, path, network_id, on=on, progress=progress)
    return result, frozenset(session.info.get("touched", ()))


class Problems(QAbstractTableModel):
    """What was found in the rows of a sheet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.found: Sequence[Problem] = ()

    def show_problems(self, found: Sequence[Problem]) -> None:
        """Show these."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.found)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._desk.tr(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self._desk.look.start() | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self._desk.look.start() | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one, tr = self.found[index.row()], self._desk.tr
        then = tr(N_("The row is left out")) if one.skipped else tr(N_("The row is taken in"))
        texts = (self._desk.language.number(one.row), one.column, one.says.told(self._desk.language), then)
        return texts[index.column()]


class ExchangePage(Page):
    """A dry run first, then the import."""

    name = "exchange"
    place = "everything"
    title = N_("Import a spreadsheet")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        look, tr = desk.look, desk.tr
        self.path: Path | None = None
        self.kind = "organisations"
        self.result: ImportResult | None = None
        # Whether the file was taken in since it was chosen.
        self._imported_it = False
        self._job: Job | None = None
        self._handed_to: QWidget | None = None
        self.body.addWidget(self._file_card())
        self.summary = label(look, "", "strong", wrap=True)
        self.summary.hide()
        self.body.addWidget(self.summary)
        self.unread = label(look, "", "grey", wrap=True)
        self.unread.hide()
        self.body.addWidget(self.unread)
        self.progress_line = self._waiting_line()
        self.body.addWidget(self.progress_line)
        self.model = Problems(desk)
        self.list = self._findings()
        self.body.addWidget(self.list, 1)
        self.import_button = button(look, tr(N_("Import")), self.carry_out, "primary", "download")
        self.import_button.setEnabled(False)
        self.lack = label(look, tr(N_("Choose a file first.")), "grey")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.lack)
        foot.addWidget(self.import_button)
        self.body.addLayout(foot)
        self.rest = QVBoxLayout()
        self.body.addLayout(self.rest)
        self.body.addStretch(0)

    def _file_card(self) -> Card:
        """What a spreadsheet holds, and which it is."""
        look, tr = self.desk.look, self.desk.tr
        card = Card()
        self.choice = ChoiceField("kind", N_("What it holds"), self.kind, tuple(KINDS.items()))
        self.choice.bind(self.desk, self._choose_kind)
        card.column.addWidget(self.choice)
        line = QHBoxLayout()
        self.file_line = QLineEdit()
        self.file_line.setReadOnly(True)
        self.file_line.setPlaceholderText(tr(N_("No file chosen")))
        self.file_line.setAccessibleName(tr(N_("File")))
        self.file_line.setAlignment(look.start())
        line.addWidget(self.file_line, 1)
        self.choose = button(look, tr(N_("Choose a file")), self.ask_file, "", "folder-open")
        line.addWidget(self.choose)
        card.column.addLayout(line)
        words = tr(
            N_(
                "The first row holds the headings, in English or Arabic. Nothing is written before you have seen what "
                "would happen."
            )
        )
        card.column.addWidget(label(look, words, "grey", wrap=True))
        self.headings = label(look, self._known(), "grey", wrap=True)
        card.column.addWidget(self.headings)
        return card

    def _known(self) -> str:
        """The headings that a list of the chosen kind may have."""
        arabic = self.desk.look.rtl
        names = self.language.list([one.title(arabic=arabic) for one in SHEETS[self.kind]])
        return self.tr_(N_("Headings: {names}."), names=names)

    def _waiting_line(self) -> QWidget:
        """How far the reading is, and Cancel."""
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        self.progress_text = ElidedLabel(self.desk.look, "", "grey")
        line.addWidget(self.progress_text, 1)
        self.cancel_button = button(self.desk.look, self.desk.tr(N_("Cancel")), self.cancel)
        line.addWidget(self.cancel_button)
        made.hide()
        return made

    def _findings(self) -> QTableView:
        """What was found in the file, row by row."""
        made = QTableView()
        made.setModel(self.model)
        made.setAccessibleName(self.desk.tr(N_("What was found")))
        made.verticalHeader().hide()
        made.setShowGrid(False)
        made.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        made.setTabKeyNavigation(False)
        made.verticalHeader().setDefaultSectionSize(self.desk.look.row)
        head = made.horizontalHeader()
        for column, width in ((0, 70), (1, 200), (3, 200)):
            made.setColumnWidth(column, width)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        made.hide()
        return made

    def subline(self) -> str:
        return self.tr_(N_("Existing records are updated, never doubled; one undo takes the whole import back."))

    def commands(self) -> Sequence[Command]:
        return (Command("choose-file", N_("Choose a file"), self.ask_file, "folder-open", (), menu="file"),)

    def first_focus(self) -> QWidget | None:
        return self.choice

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        if not self._is_free():
            return
        kind = options.get("kind")
        if isinstance(kind, str) and kind in KINDS:
            self.choice.set(kind)
            self._choose_kind("kind", kind)
        # A spreadsheet that was dropped on the window.
        file = options.get("file")
        if isinstance(file, Path):
            self._take_file(file)

    def begun(self) -> object:
        if self.path is None or self._imported_it:
            return None
        return {"kind": self.kind, "path": str(self.path)}

    def go_on(self, begun: Any) -> None:
        self.kind = begun["kind"]
        self.choice.set(self.kind)
        self.headings.setText(self._known())
        self._take_file(Path(begun["path"]))

    # Choosing and the dry run ----------------------------------------------------------------------------------------

    def _choose_kind(self, _: str, value: str) -> None:
        if value != self.kind:
            self.kind = value
            self.headings.setText(self._known())
            self._rehearse()

    def ask_file(self) -> None:
        """Ask for the spreadsheet and rehearse its import."""
        if not self._is_free():
            return
        path = self.desk.ask.open_file(self.tr_(N_("Choose a spreadsheet")), self.tr_(FILES))
        if path is not None:
            self._take_file(path)

    def _is_free(self) -> bool:
        """Whether nothing is being imported just now; if so, that is said."""
        free = self.choose.isEnabled()
        if not free:
            self.bar.show_message(self.tr_(WRITING), "info")
        return free

    def _take_file(self, path: Path) -> None:
        self.path, self._imported_it = path, False
        self.file_line.setText(path.name)
        self.file_line.setToolTip(str(path))
        self._rehearse()

    def _rehearse(self) -> None:
        if self.path is None:
            return
        from unnm_desktop.services import exchange

        self._show(None)
        self._start(
            exchange.preview, self.hub.database, self.kind, self.path, self.desk.network_id, on=self.desk.today(),
            done=self._rehearsed, text=self.tr_(N_("Reading {file} …"), file=self.path.name),
        )  # fmt: skip

    def _rehearsed(self, result: ImportResult) -> None:
        self._ended()
        self._show(result)

    def _show(self, result: ImportResult | None) -> None:
        self.result = result
        self.bar.clear()
        self.model.show_problems(result.problems if result is not None else ())
        self.list.setVisible(bool(self.model.found))
        may = result is not None and result.created + result.updated > 0 and not self.hub.read_only
        self.import_button.setEnabled(may)
        self.lack.setVisible(self.path is None)
        self.summary.setVisible(result is not None)
        self.unread.setVisible(result is not None and bool(result.unread))
        if result is not None and result.unread:
            self.unread.setText(self._unread(result.unread))
        self.summary.setText(self._told(result, N_("Would be created: {created} · updated: {updated} · unchanged: "
                                                   "{unchanged} · left out: {skipped}")) if result else "")  # fmt: skip

    def _unread(self, headings: tuple[str, ...]) -> str:
        """Which columns were passed over; who speaks for a seat comes with the people."""
        told = self.tr_(N_("Columns that were not read: {names}."), names=self.language.list(headings))
        if self.kind != "organisations":
            return told
        people = N_("Who speaks for a member comes with “People and their appointments”: Name, Organisation, Role.")
        return f"{told} {self.tr_(people)}"

    def _told(self, result: ImportResult, sentence: str) -> str:
        return self.tr_(
            sentence,
            created=result.created,
            updated=result.updated,
            unchanged=result.unchanged,
            skipped=result.skipped,
        )

    # The import ------------------------------------------------------------------------------------------------------

    def carry_out(self) -> None:
        """Import what was rehearsed, as one step."""
        if self.path is None or self.result is None:
            return
        for one in (self.import_button, self.choose, self.choice):
            one.setEnabled(False)
        # Qt hands the keyboard on from a button that is off.
        self._handed_to = QApplication.focusWidget()
        self._start(
            self.hub.write_apart, take_in, self.kind, self.path, self.desk.network_id, self.desk.today(),
            done=self._imported, awaited=True, text=self.tr_(N_("Importing {file} …"), file=self.path.name),
        )  # fmt: skip

    def _imported(self, done: tuple[ImportResult, frozenset[str]]) -> None:
        result, touched = done
        self._imported_it = True
        self._ended()
        from unnm_desktop.services import exchange

        self.hub.announce(touched, exchange.LABEL)
        words = self._told(
            result,
            N_("Created: {created} · updated: {updated} · unchanged: {unchanged} · left out: {skipped}"),
        )
        self._show(result)
        self.import_button.setEnabled(False)
        self.summary.setText(words)
        self.desk.say_with_undo(words)
        kind = self.kind
        page = PAGE_OF[kind]
        self.bar.show_message(words, "good", self.tr_(N_("Show them")), lambda: self.desk.go(page))

    def _start(self, work: Any, *args: Any, done: Any, text: str, **kwargs: Any) -> None:
        if self._job is not None:
            # What it found is of another file or kind.
            self._job.abandon()
            self._job = None
        self.progress_text.setText(text)
        self.progress_line.show()
        job = self.desk.jobs.run(work, *args, done=done, failed=self._failed, progress=True, **kwargs)
        if self.progress_line.isHidden():
            # Done before run returned.
            return
        self._job = job
        job.progressed.connect(self._tell_progress)
        job.cancelled.connect(self._cancelled)

    def _tell_progress(self, done: int, total: int, text: str) -> None:
        if total:
            words = self.tr_(N_("{done} of {total}"), done=done, total=total)
            self.progress_text.setText(f"{self.tr_(text)} {words}" if text else words)

    def cancel(self) -> None:
        """Stop reading or importing; an import that is stopped has written nothing."""
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.progress_line.hide()
        for one in (self.choose, self.choice):
            one.setEnabled(True)

    def _cancelled(self) -> None:
        self._ended()
        self._show(self.result)
        self.bar.show_message(self.tr_(N_("Stopped. Nothing was imported.")), "info")

    def _failed(self, error: Exception) -> None:
        self._ended()
        if not isinstance(error, UserError):
            raise error
        # An import that found no room is tried again by the same button.
        self._show(self.result)
        if self.import_button.isEnabled() and QApplication.focusWidget() is self._handed_to:
            self.import_button.setFocus()
        self.trouble(error)
