"""Records for the search box: which page shows which kind, and where a record leads."""

from __future__ import annotations

from collections.abc import Sequence

from unnm_desktop.services import search
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.leads import ELSEWHERE, WHERE, lead_to
from unnm_desktop.ui.palette import Finder, Found


def finder_for(desk: Desk) -> Finder:
    """A function that finds records of the shown network by words."""

    def find(words: str) -> Sequence[Found]:
        return [
            Found(item.title, desk.tr(item.noun), _Go(desk, item), WHERE.get(item.entity, ELSEWHERE)[1])
            for item in desk.hub.read(search.find, words, desk.network_id)
        ]

    return find


class _Go:
    """Leads to a found record."""

    def __init__(self, desk: Desk, item: search.Found) -> None:
        self._desk, self._item = desk, item

    def __call__(self) -> None:
        lead_to(self._desk, self._item.entity, self._item.id)
