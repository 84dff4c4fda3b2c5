"""The agenda items beside the minutes; what is still empty stands back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.db.meetings import AgendaItem
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.forms import STACK_FROM
from unnm_desktop.ui.listing_source import Heading

if TYPE_CHECKING:
    from unnm_desktop.ui.minutes_sheet import MinutesSheet
    from unnm_desktop.ui.page_base import Page


class OutlineSource(FixedRows[AgendaItem]):
    """The agenda items as an outline, a line each: all of a usual agenda are in sight at once.

    In large letters little of a title is seen in one line; there it has two.
    """

    # Titles are cut rather than scrolled aside, however large the text; the one that is chosen stands whole beside.
    columns = (
        Heading("number", N_("No."), "start", 38, "text", least=38),
        Heading("title", N_("Item"), "start", 100, "stretch", least=40),
    )

    def __init__(self, page: Page, sheet: MinutesSheet) -> None:
        super().__init__({item.id: item for item in sheet.items})
        self._page, self._sheet = page, sheet
        self.tall = page.desk.look.text_size >= STACK_FROM

    def row(self, item: AgendaItem) -> tuple[Cell, ...]:
        language, key = self._page.language, item.id
        written = bool(self._sheet.text(key, "text_en").strip() or self._sheet.text(key, "text_ar").strip())
        title = language.pick(item, "title")
        words = self._page.desk.tr(N_("written")) if written else self._page.desk.tr(N_("nothing written"))
        number = Cell(agendas.item_number(item, language), "" if written else "neutral")
        return (number, Cell(title, "" if written else "neutral", tooltip=f"{title} · {words}"))
