"""Backups that open without the workspace's present key, and new ones in their place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import old_copies
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import Pill, button, label, row

if TYPE_CHECKING:
    from unnm_desktop.services.old_copies import Readable
    from unnm_desktop.ui.page_base import Page


class OldBackups(TitledCard):
    """Shown as long as there are any: after protection was put on, and after a new key."""

    def __init__(self, page: Page, found: Readable) -> None:
        super().__init__(page.desk, page.desk.tr(N_("Backups others can still read")))
        self._page = page
        desk, look, ntr = page.desk, page.desk.look, page.desk.language.ntr
        self.top.insertWidget(1, Pill(look, desk.language.number(len(found.files)), "warn"))
        if found.plain:
            words = ntr(
                "{n} backup was made before the workspace was protected, and anybody can read it.",
                "{n} backups were made before the workspace was protected, and anybody can read them.",
                len(found.plain),
            )
            self.column.addWidget(label(look, words, "", wrap=True))
        if found.other:
            words = ntr(
                "{n} backup has an earlier key: whoever has its passphrase or its sheet can read it.",
                "{n} backups have an earlier key: whoever has their passphrase or their sheet can read them.",
                len(found.other),
            )
            self.column.addWidget(label(look, words, "", wrap=True))
        hint = N_(
            "New ones are made and read through until there are three; then these go, and with them the way back to an"
            " earlier day. Copies on sticks stay as they are."
        )
        self.column.addWidget(label(look, desk.tr(hint), "grey", wrap=True))
        self.go = button(look, desk.tr(N_("Replace them with new ones…")), self._ask, "danger", "refresh-cw")
        self.go.setEnabled(not page.hub.read_only)
        self.column.addWidget(row(self.go))

    def _ask(self) -> None:
        page, tr = self._page, self._page.desk.tr
        if page.desk.ask.sure(
            tr(N_("Replace the backups that others can still read?")),
            tr(N_("What they hold of older days cannot be brought back then. Three new ones are read through first.")),
            tr(N_("Replace them")),
            tr(N_("Keep them")),
        ):
            self.go.setEnabled(False)
            Replacing(page).start()


class Replacing(QObject):
    """The work on a thread; the card that asked may be gone before it is done."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def start(self) -> None:
        """Begin."""
        page, desk = self._page, self._page.desk
        page.bar.clear()
        job = desk.jobs.run(
            old_copies.replace, page.hub.database, folder_of(desk), now=datetime.now(UTC),
            done=self._done, failed=self._failed, progress=True, text=desk.tr(N_("Making new backups")),
        )  # fmt: skip
        job.cancelled.connect(self._cancelled)

    def _done(self, gone: int) -> None:
        page, desk = self._page, self._page.desk
        words = desk.language.ntr(
            "{n} backup was taken away; three new ones were read through.",
            "{n} backups were taken away; three new ones were read through.",
            gone,
        )
        page.bar.show_message(words, "good")
        desk.wishes.backed_up.emit()
        self.deleteLater()

    def _cancelled(self) -> None:
        words = self._page.desk.tr(N_("Stopped. No backup was taken away."))
        self._page.bar.show_message(words, "info")
        self._page.refresh_soon()
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self.deleteLater()
        if not isinstance(error, UserError):
            raise error
        self._page.trouble(error)
        self._page.refresh_soon()
