"""The papers of a meeting: dropped, pasted or chosen, kept by content, for the meeting or one of its items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget
from shiboken6 import isValid

from unnm_desktop.db.attachments import Attachment
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import papers, records
from unnm_desktop.ui.beside import Beside
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.drop_area import DropArea
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.inspector import Head, Inspector, Part, Tag
from unnm_desktop.ui.paper_look import PaperLook
from unnm_desktop.ui.paper_rows import PaperSource, PapersSheet, item_line, read_papers
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.row_menu import RowMenu
from unnm_desktop.ui.sizes import size_words
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.progress import Progress
    from unnm_desktop.services.papers import Paper, Stored
    from unnm_desktop.ui.jobs import Job
    from unnm_desktop.ui.page_base import Page


def _store_for(
    meeting: UUID, put: Callable[[bytes], str], files: list[Path], *, progress: Progress
) -> tuple[UUID, list[Stored]]:
    """Store them on a thread; another meeting may be shown when that is done."""
    return meeting, papers.store(put, files, progress)


class PapersTab(DropArea):
    """List of the files with the chosen one beside it; files can be dropped anywhere on it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.desk.look, page.desk.tr(N_("Drop to add to this meeting")))
        self.page, self.desk = page, page.desk
        tr, look = self.desk.tr, self.desk.look
        self.meeting_id: UUID | None = None
        self._sheet: PapersSheet | None = None
        self._shown: UUID | None = None
        self._looks: dict[str, QImage] = {}
        # What is being read, with the meeting it is for.
        self._reading: list[tuple[Job, UUID, list[Path]]] = []
        self.dropped.connect(self.take)
        self.table = RecordsTable(self.desk, tr(N_("Papers")))
        self.table.keep_order()
        self.add_button = button(look, tr(N_("Add files")), self.choose, "", "plus")
        hint = tr(N_("Drop or paste files here, up to 50 MB each. The same file is kept once."))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.add_button)
        line.addWidget(label(look, hint, "grey", wrap=True), 1)
        self.inspector = Inspector(self.desk, tr(N_("Paper")))
        splitter = Beside(look, self.inspector)
        splitter.column.addLayout(line)
        splitter.column.addWidget(self.table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(splitter)
        self.stack.addWidget(
            Empty(look, "paperclip", tr(N_("No papers yet")), hint, (tr(N_("Add files")), self.choose))
        )
        self.whole.addWidget(self.stack)
        self.table.current_changed.connect(self._show_paper)
        self.table.opened.connect(self.open)
        self._row_menu = RowMenu(page, self.inspector)
        self.table.menu_wanted.connect(self._row_menu.open)

    # Reading --------------------------------------------------------------------------------------------

    def show_meeting(self, meeting_id: UUID) -> None:
        """Read the papers."""
        if meeting_id != self.meeting_id:
            self._shown = None
        self.meeting_id = meeting_id
        self._sheet = sheet = self.page.hub.read(read_papers, meeting_id)
        source = PaperSource(self.page, sheet)
        self.table.show_rows(source)
        self.stack.setCurrentIndex(0 if sheet.papers else 1)
        self.add_button.setEnabled(not self.page.hub.read_only)
        self.setAcceptDrops(not self.page.hub.read_only)
        if self.table.current_id() is None:
            self.table.select_first()
        elif self._shown is not None:
            self.inspector.parts.update_parts(self._parts(self._shown), self._save)

    def choose_paper(self, key: UUID) -> None:
        """Show this paper beside the list."""
        self.table.select(key)
        self.table.setFocus()

    def _paper(self, key: UUID | None) -> Paper | None:
        found = self._sheet.papers if self._sheet is not None else ()
        return next((one for one in found if one.attachment.id == key), None)

    def _show_paper(self, key: UUID | None) -> None:
        self._shown = key
        if key is None:
            self.inspector.parts.clear()
        else:
            self.inspector.parts.show_parts(self._parts(key), self._save)

    def _parts(self, key: UUID) -> Sequence[Part]:
        paper = self._paper(key)
        if paper is None or self._sheet is None:
            return ()
        tr, file = self.desk.tr, paper.attachment
        tags = [Tag(tr(N_("Version {n}"), n=paper.version))] if paper.version > 1 else []
        if papers.may_run(file.name):
            tags.append(Tag(tr(N_("Starts a program")), "warn"))
        choices: list[tuple[UUID | None, str]] = [(None, item_line(self.page, None))]
        choices += [(item.id, item_line(self.page, item)) for item in self._sheet.items]
        parts: list[Part] = [
            Head(file.name, tags),
            PaperLook(self.desk, self.page.hub.database.blobs.get, file, self._looks),
            TextField("name", N_("Name"), file.name),
            ChoiceField("item", N_("For item"), paper.item.id if paper.item is not None else None, choices),
            ReadOnly("size", N_("Size"), size_words(self.page.language, file.size)),
        ]
        doable = [
            (tr(N_("Open the file")), self.open_current, "", "external-link"),
            (tr(N_("Save a copy")), self.save_copy, "", "download"),
        ]
        if not self.page.hub.read_only:
            doable.append((tr(N_("Remove the paper")), self.remove, "link", "trash"))
        return [*parts, ButtonList(self.desk.look, doable)]

    def _save(self, name: str, value: Any) -> object:
        if self._shown is None or self.meeting_id is None:
            return None
        if name == "item":
            return self.page.hub.step(N_("Say what a paper is for"), papers.assign, self._shown, self.meeting_id, value)
        if not str(value).strip():
            raise Invalid({"name": N_("Give the file a name.")})
        return self.page.hub.step(N_("Rename a paper"), papers.rename, self._shown, value)

    # Adding --------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files and keep them."""
        self.add_files(self.desk.ask.open_files(self.desk.tr(N_("Add papers")), self.desk.tr(N_("All files (*)"))))

    def add_files(self, files: list[Path]) -> None:
        """Keep these files, off the screen's thread; programs only when the officer is sure."""
        if self.meeting_id is None or self.page.hub.read_only or not files:
            return
        tr = self.desk.tr
        risky = [path.name for path in files if papers.may_run(path.name)]
        if risky and not self.desk.ask.sure(
            tr(N_("Keep a file that starts a program?")),
            tr(
                N_("{names}: opening such a file runs it. Keep it only if you know who made it."),
                names=self.page.language.list(risky),
            ),
            tr(N_("Keep it")),
            tr(N_("Leave it out")),
        ):
            files = [path for path in files if path.name not in risky]
        if files:
            self._read(self.meeting_id, files)

    def _read(self, meeting: UUID, files: list[Path]) -> None:
        job = self.desk.jobs.run(
            _store_for, meeting, self.page.hub.database.blobs.put, files,
            done=self._stored, failed=self._failed, progress=True, text=self.desk.tr(N_("Reading files")), awaited=True,
        )  # fmt: skip
        self._reading.append((job, meeting, files))

    def begun(self) -> list[tuple[str, list[str]]]:
        """The files that are being read, by meeting: a lock does not wait for them."""
        return [(str(meeting), list(map(str, files))) for job, meeting, files in self._reading if isValid(job)]

    def go_on(self, begun: Sequence[tuple[str, list[str]]]) -> None:
        """Read them again."""
        for meeting, files in begun:
            self._read(UUID(meeting), list(map(Path, files)))

    def _stored(self, found: tuple[UUID, list[Stored]]) -> None:
        self._keep(*found)

    def _keep(self, meeting: UUID, files: list[Stored]) -> None:
        made = self.page.attempt(N_("Add papers"), papers.add, meeting, files)
        if made is None:
            return
        left = len(files) - len(made)
        if left:
            text = self.page.language.ntr(
                "{n} file is among the papers already and was not kept again.",
                "{n} files are among the papers already and were not kept again.",
                left,
            )
            self.page.bar.show_message(text, "info")
        if made:
            if meeting == self.meeting_id:
                self.page.make_fresh()
                self.table.select(made[-1].id)
                self.table.setFocus()
            text = self.page.language.ntr("{n} paper added.", "{n} papers added.", len(made))
            self.desk.say_with_undo(text)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.page.trouble(error)

    def paste(self) -> None:
        """Keep the files or the picture of the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData() or QMimeData())

    def take(self, mime: QMimeData) -> None:
        """Keep what was pasted or dropped."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.add_files(files)
        elif mime.hasImage():
            image = mime.imageData()
            if isinstance(image, QImage) and self.meeting_id is not None:
                name = self.desk.tr(N_("Picture")) + ".png"
                self._keep(self.meeting_id, [papers.keep_bytes(self.page.hub.database.blobs.put, name, _png(image))])
        else:
            self.page.bar.show_message(self.desk.tr(N_("Copy files or a picture first, then paste them here.")), "info")

    # Doing --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove()
        else:
            super().keyPressEvent(event)

    def open_current(self) -> None:
        """Open the chosen paper with its own program."""
        key = self.table.current_id()
        if key is not None:
            self.open(key)

    def open(self, key: UUID) -> None:
        """Open a paper with its own program, from a copy that cannot be written."""
        paper, tr = self._paper(key), self.desk.tr
        if paper is None:
            return
        file = paper.attachment
        if papers.may_run(file.name):
            words = N_("{file} starts a program when it is opened, so it is not opened from here. Save a copy of it.")
            self.page.bar.show_message(tr(words, file=file.name), "warn", tr(N_("Save a copy")), self.save_copy)
            return
        hub = self.page.hub
        try:
            copy = papers.copy_into(hub.copies.folder(), file, hub.database.blobs.get)
        except OSError:
            words = N_("{file} cannot be written. Choose another folder or free some space.")
            self.page.trouble(UserError(words, file=file.name))
            return
        except UserError as error:
            self.page.trouble(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.page.bar.show_message(
                tr(N_("No program opens {file} here. Save a copy and open it elsewhere."), file=file.name), "warn"
            )

    def save_copy(self) -> None:
        """Write the chosen paper where the officer wants it."""
        paper = self._paper(self.table.current_id())
        if paper is None:
            return
        tr, name = self.desk.tr, paper.attachment.name
        path = self.desk.ask.save_file(tr(N_("Save the file as")), papers.safe_name(name), tr(N_("All files (*)")))
        if path is None:
            return
        try:
            path.write_bytes(self.page.hub.database.blobs.get(paper.attachment.sha256))
        except KeyError:
            self.page.trouble(
                UserError(N_("{file} is missing beside the workspace. Bring it back from a backup."), file=name)
            )
        except OSError:
            self.page.trouble(
                UserError(N_("{file} cannot be written. Choose another folder or free some space."), file=path.name)
            )
        else:
            self.desk.say(tr(N_("Saved: {file}"), file=path.name))

    def remove(self) -> None:
        """Take the chosen papers from sight; the toast takes it back."""
        chosen = self.table.selected_ids()
        if not chosen or self.page.hub.read_only:
            return
        if self.page.attempt(N_("Remove papers"), _remove_all, chosen) is not None:
            text = self.page.language.ntr("{n} paper removed.", "{n} papers removed.", len(chosen))
            self.desk.say_with_undo(text)


def _remove_all(session: Session, keys: Sequence[UUID]) -> int:
    for key in keys:
        records.remove(session, Attachment, key)
    return len(keys)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
