"""Records for the search box: which page shows which kind, and where a record leads."""

from __future__ import annotations

from collections.abc import Sequence

from unnm_desktop.services import search
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.pages import PAGES
from unnm_desktop.ui.palette import Finder, Found

# Kind of record → the pages that can show it (the first that exists is taken), and its icon.
WHERE: dict[str, tuple[tuple[str, ...], str]] = {
    "meeting": (("meeting", "meetings"), "calendar-days"),
    "organisation": (("organisations", "members"), "landmark"),
    "person": (("people", "members"), "user"),
    "decision": (("decisions",), "gavel"),
    "action_point": (("actions",), "circle-check"),
    "activity": (("workplan",), "chart-gantt"),
    "terms_of_reference": (("tor",), "scale"),
    "tor_clause": (("tor",), "scale"),
    "issued_document": (("reports",), "file-text"),
}


def finder_for(desk: Desk) -> Finder:
    """A function that finds records of the shown network by words; kinds no page shows are left out."""
    known = {page.name for page in PAGES}

    def find(words: str) -> Sequence[Found]:
        found = []
        for item in desk.hub.read(search.find, words, desk.network_id):
            pages, icon = WHERE.get(item.entity, ((), ""))
            page = next((name for name in pages if name in known), None)
            if page is not None:
                found.append(Found(item.title, desk.tr(item.noun), _Go(desk, page, item), icon))
        return found

    return find


class _Go:
    """Leads to a found record."""

    def __init__(self, desk: Desk, page: str, item: search.Found) -> None:
        self._desk, self._page, self._item = desk, page, item

    def __call__(self) -> None:
        self._desk.go(self._page, self._item.id, entity=self._item.entity)
