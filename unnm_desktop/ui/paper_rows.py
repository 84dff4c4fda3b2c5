"""The papers of a meeting as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, papers
from unnm_desktop.services.listing import Cell
from unnm_desktop.services.papers import Paper
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.sizes import size_words

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.db.meetings import AgendaItem
    from unnm_desktop.ui.page_base import Page

_ICONS = (("image/", "file-image"), ("spreadsheet", "file-spreadsheet"), ("excel", "file-spreadsheet"),
          ("presentation", "presentation"), ("zip", "file-archive"), ("pdf", "file-text"), ("word", "file-text"),
          ("text/", "file-text"))  # fmt: skip


@dataclass(frozen=True)
class PapersSheet:
    """The papers of a meeting and the items they can be for."""

    papers: tuple[Paper, ...]
    items: tuple[AgendaItem, ...]


def read_papers(session: Session, meeting_id: UUID) -> PapersSheet:
    """Read the papers of a meeting whole."""
    return PapersSheet(tuple(papers.papers(session, meeting_id)), tuple(agendas.agenda(session, meeting_id)))


class PaperSource(FixedRows[Paper]):
    """One row a file."""

    columns = (
        Heading("name", N_("File"), "start", 320, "stretch"),
        Heading("item", N_("For item"), "start", 220, "text", 2),
        Heading("version", N_("Version"), "end", 84, "number", 1),
        Heading("size", N_("Size"), "end", 96, "number", 3),
    )
    enough = 230

    def __init__(self, page: Page, sheet: PapersSheet) -> None:
        super().__init__({one.attachment.id: one for one in sheet.papers})
        self._page = page

    def row(self, paper: Paper) -> tuple[Cell, ...]:
        language, file = self._page.language, paper.attachment
        icon = next((icon for part, icon in _ICONS if part in file.media_type), "file")
        if papers.may_run(file.name):
            icon = "triangle-alert"
        return (
            Cell(file.name, icon=icon),
            Cell(item_line(self._page, paper.item), "" if paper.item is not None else "neutral"),
            Cell(language.number(paper.version), number=True),
            Cell(size_words(language, file.size), number=True),
        )


def item_line(page: Page, item: AgendaItem | None) -> str:
    """What a paper is for, in one line."""
    if item is None:
        return page.desk.tr(N_("The whole meeting"))
    return f"{agendas.item_number(item, page.language)}. {page.language.pick(item, 'title')}"
