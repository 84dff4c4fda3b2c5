"""Write the list that a page shows into a spreadsheet, filtered and in the order shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.listing import Context
from unnm_desktop.services.listings import LISTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from unnm_desktop.ui.page import RecordsPage


def can_export(page: RecordsPage) -> bool:
    """Whether the page shows a list that can be written."""
    return page.name in LISTINGS and page.hub.is_open


def export_page(page: RecordsPage, ids: Sequence[UUID] | None = None) -> None:
    """Ask where to, and write these rows, or all that are shown."""
    desk, model = page.desk, page.table.listing
    name = f"{page.name}-{desk.today().isoformat()}.xlsx"
    path = desk.ask.save_file(desk.tr(N_("Export this list")), name, desk.tr(N_("Excel (*.xlsx);;Text (*.csv)")))
    if path is None:
        return
    keys = ids if ids is not None else model.source.ids(model.text, model.choice, model.sort_by, model.descending)
    _Writing(page, path if path.suffix else path.with_suffix(".xlsx")).start(keys)


class _Writing(QObject):
    """A sheet that is being written, on a thread; the page holds it until it is over."""

    def __init__(self, page: RecordsPage, path: Path) -> None:
        super().__init__(page)
        self._page, self._path = page, path

    def start(self, keys: Sequence[UUID]) -> None:
        """Write the rows of these records."""
        from unnm_desktop.services import exchange  # it brings the imports, too

        page, desk = self._page, self._page.desk
        context = Context(desk.network_id, desk.language, desk.today())
        job = desk.jobs.run(
            page.hub.read, exchange.export_listing, LISTINGS[page.name], context, self._path, ids=keys,
            done=self._done, failed=self._failed, progress=True, text=desk.tr(N_("Export this list")), awaited=True,
        )  # fmt: skip
        job.cancelled.connect(self._cancelled)

    def _done(self, count: int) -> None:
        desk, file = self._page.desk, self._path.name
        desk.say(desk.language.ntr("{n} row written to {file}", "{n} rows written to {file}", count, file=file))
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        self.deleteLater()
        if not isinstance(error, UserError):
            raise error
        self._page.trouble(error)

    def _cancelled(self) -> None:
        self._page.bar.show_message(self._page.tr_(N_("Stopped. Nothing was changed.")), "info")
        self.deleteLater()
