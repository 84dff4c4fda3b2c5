"""Views of a list that the officer has named: words, chip, what it is narrowed to, order and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.attachments import SavedView
from unnm_desktop.db.text import fold
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import records


def of_list(session: Session, listing: str) -> list[SavedView]:
    """The views of a list, by name."""
    found = records.all_of(session, SavedView, SavedView.listing == listing)
    return sorted(found, key=lambda one: (fold(one.name), one.id))


def keep(session: Session, listing: str, name: str, settings: Mapping[str, Any]) -> SavedView:
    """Keep a view under a name; one of that name is replaced.

    Raises:
        Invalid: the name is empty.

    """
    name = _named(name)
    for known in of_list(session, listing):
        if fold(known.name) == fold(name):
            return records.update(session, SavedView, known.id, name=name, settings=dict(settings))
    return records.create(session, SavedView, listing=listing, name=name, settings=dict(settings))


def rename(session: Session, view_id: UUID, name: str) -> SavedView:
    """Give a view another name.

    Raises:
        Invalid: the name is empty, or another view of the list has it.

    """
    name, view = _named(name), records.get(session, SavedView, view_id)
    for other in of_list(session, view.listing):
        if other.id != view_id and fold(other.name) == fold(name):
            raise Invalid({"name": N_("Another view has this name.")})
    return records.update(session, SavedView, view_id, name=name)


def _named(name: str) -> str:
    if not name.strip():
        raise Invalid({"name": N_("Give the view a name.")})
    return name.strip()
