"""Write the list that a page shows into a spreadsheet, filtered and in the order shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.listing import Context
from unnm_desktop.services.listings import LISTINGS

if TYPE_CHECKING:
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
    context = Context(desk.network_id, desk.language, desk.today())
    keys = ids if ids is not None else model.source.ids(model.text, model.choice, model.sort_by, model.descending)
    path = path if path.suffix else path.with_suffix(".xlsx")
    from unnm_desktop.services import exchange  # it brings the imports, too

    try:
        count = desk.hub.read(exchange.export_listing, LISTINGS[page.name], context, path, ids=keys)
    except UserError as error:
        page.trouble(error)
        return
    desk.say(desk.language.ntr("{n} row written to {file}", "{n} rows written to {file}", count, file=path.name))
