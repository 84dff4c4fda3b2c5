"""Erasing a person's data for good: the question with all it reaches and does not reach, and the work on a thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import erasure
from unnm_desktop.services.handover import erasing
from unnm_desktop.ui import recents
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.on_screen import room_for
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.widgets import Card, label

if TYPE_CHECKING:
    from unnm_desktop.services.erasure import Erased, Reach
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.page_base import Page

TEXT = N_("Erase this person's data")
ICON = "eraser"


class EraseDialog(QDialog):
    """What goes, what stays, and two verbs; the safe one is what Enter and Esc mean."""

    def __init__(self, desk: Desk, reach: Reach, copies: int, parent: QWidget | None = None) -> None:
        """``copies``: how many older copies of the workspace this computer has."""
        super().__init__(parent)
        self._desk = desk
        look, tr = desk.look, desk.tr
        title = tr(N_("Erase the data of {name} for good?"), name=reach.name)
        self.setWindowTitle(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        area = ScrollColumn(margins=(18, 18, 18, 4), spacing=10)
        column = area.column
        column.addWidget(label(look, title, "h2", wrap=True))
        words = N_(
            "This cannot be undone. It goes along with every package, and no older package brings the data back."
        )
        column.addWidget(label(look, tr(words), "grey", wrap=True))
        for heading, lines in ((N_("What is erased"), self._goes(reach)), (N_("What stays"), self._stays(reach))):
            card = Card(14)
            card.column.setSpacing(4)
            card.column.addWidget(label(look, tr(heading), "strong"))
            for line in lines:
                card.column.addWidget(label(look, f"• {line}", wrap=True))
            column.addWidget(card)
        older = desk.language.ntr(
            "Delete the {n} older copy on this computer, too",
            "Delete the {n} older copies on this computer, too",
            copies,
        )
        self.drop_older = TickBox(look, older)
        self.drop_older.setChecked(copies > 0)
        hint = N_(
            "They still hold the data. They go once a new backup was read through, and with them the way back to an"
            " earlier day. Otherwise they are thinned out within a year."
        )
        self.hint = label(look, tr(hint), "grey", wrap=True)
        for one in (self.drop_older, self.hint):
            column.addWidget(one)
            # Shown before it stands here, it would be a window of its own for a moment.
            one.setVisible(copies > 0)
        column.addStretch(1)
        whole.addWidget(area, 1)
        box = QDialogButtonBox()
        box.setContentsMargins(18, 0, 18, 0)
        self.go = box.addButton(tr(N_("Erase the data")), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.go.setProperty("role", "danger")
        self.go.setAutoDefault(False)
        self.keep = box.addButton(tr(N_("Keep it")), QDialogButtonBox.ButtonRole.RejectRole)
        self.go.clicked.connect(self.accept)
        box.rejected.connect(self.reject)
        whole.addWidget(box)
        # Not before it stands in the dialog: Qt would take the first button on the way of the keyboard for Enter.
        self.keep.setDefault(True)
        wide = round(560 * max(1.0, look.text_size / 110))
        high = area.inside.heightForWidth(wide - 20)
        self.resize(wide, min(room_for(self).height(), high + box.sizeHint().height() + 30))
        self.keep.setFocus()

    def _goes(self, reach: Reach) -> Iterator[str]:
        tr, ntr = self._desk.tr, self._desk.language.ntr
        yield tr(N_("Name, position, addresses, numbers and notes, with all earlier values in the history."))
        yield tr(N_("The seat and the office that the person holds today; earlier ones stay without a name."))
        if reach.joined:
            yield ntr("{n} record that was joined to this one.", "{n} records that were joined to this one.",
                      reach.joined)  # fmt: skip
        if reach.doings:
            yield ntr(
                "The notes on {n} appointment, invitation or attendance.",
                "The notes on {n} appointments, invitations and attendances.",
                reach.doings,
            )
        if reach.files:
            yield ntr("{n} file kept with the person.", "{n} files kept with the person.", reach.files)
        if reach.views:
            yield ntr("{n} saved view that names the person.", "{n} saved views that name the person.", reach.views)
        if reach.drafts:
            yield ntr("{n} text that is half typed.", "{n} texts that are half typed.", reach.drafts)

    def _stays(self, reach: Reach) -> Iterator[str]:
        tr, language = self._desk.tr, self._desk.language
        named = sum(reach.mentions.values())
        if named:
            kinds = [
                tr(N_("{kind} ({n})"), kind=tr(ENTITIES[table].NOUN), n=language.number(count))
                for table, count in sorted(reach.mentions.items())
            ]
            told = language.ntr(
                "{n} text that names the person: {kinds}. Change it like any other.",
                "{n} texts that name the person: {kinds}. Change them like any other.",
                named,
                kinds=language.list(kinds),
            )
            yield told
        if reach.issued:
            yield language.ntr(
                "{n} issued document: what was issued is never changed.",
                "{n} issued documents: what was issued is never changed.",
                reach.issued,
            )
        yield tr(N_("Packages, copies, papers and spreadsheets that were given away or kept elsewhere."))
        yield tr(N_("Who did what in this program, under the officer's own name."))


class Erasure(QObject):
    """An erasure that is under way; the page holds it until it is over."""

    def __init__(self, page: Page, person: UUID) -> None:
        super().__init__(page)
        self._page, self._person = page, person

    def start(self, *, drop_older: bool) -> None:
        """Begin: a backup, the erasure, and perhaps a new backup and the older ones taken away."""
        page, desk = self._page, self._page.desk
        page.bar.clear()
        job = desk.jobs.run(
            page.hub.write_apart, erasure.carry_out, self._person, desk.today(),
            folder=folder_of(desk), drop_older=drop_older, now=datetime.now(UTC),
            done=self._done, failed=self._failed, progress=True, awaited=True, text=desk.tr(N_("Erasing the data")),
        )  # fmt: skip
        job.cancelled.connect(self._cancelled)

    def _done(self, erased: Erased) -> None:
        page, desk = self._page, self._page.desk
        recents.forget(erased.person)
        desk.wishes.backed_up.emit()
        page.hub.announce(frozenset({*ENTITIES, "conflict"}), erasing.LABEL)
        words = desk.tr(N_("The data were erased for good."))
        if erased.backups:
            gone = desk.language.ntr("{n} older copy was deleted.", "{n} older copies were deleted.", erased.backups)
            words = f"{words} {gone}"
        page.bar.show_message(words, "good")
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self.deleteLater()
        if not isinstance(error, UserError):
            raise error
        # What was begun may be done but for the older copies: the lists are read again.
        self._page.hub.announce(frozenset({*ENTITIES, "conflict"}), erasing.LABEL)
        self._page.trouble(error)

    def _cancelled(self) -> None:
        self._page.bar.show_message(self._page.desk.tr(N_("Stopped. Nothing was changed.")), "info")
        self.deleteLater()


def ask_erase(page: Page, person: UUID) -> None:
    """Ask, and erase when the officer says so."""
    desk, hub = page.desk, page.hub
    try:
        reach = hub.read(erasure.reach, person, desk.language)
        copies = len(erasure.older_copies(hub.database, folder_of(desk)))
    except UserError as error:
        page.trouble(error)
        return
    dialog = EraseDialog(desk, reach, copies, page)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    drop_older = dialog.drop_older.isChecked()
    dialog.deleteLater()
    if agreed:
        Erasure(page, person).start(drop_older=drop_older)
