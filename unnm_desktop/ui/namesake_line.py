"""The quiet line under the name of a new person who may be on the list already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.i18n import N_
from unnm_desktop.services import records
from unnm_desktop.services.namesakes import people_called
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.people import Person
    from unnm_desktop.ui.desk import Desk


def _known(session: Session, name: str) -> tuple[Person, str] | None:
    found = people_called(session, name)
    if not found:
        return None
    bodies = records.by_id(session, Organisation, [one.organisation_id for one in found if one.organisation_id])
    body = bodies.get(found[0].organisation_id) if found[0].organisation_id else None
    return found[0], body.short if body is not None else ""


class NamesakeLine(QWidget):
    """Says who is called so already, and takes that person instead; adding another one stays possible."""

    def __init__(self, desk: Desk, take: Callable[[Person], object]) -> None:
        super().__init__()
        self._desk, self._take = desk, take
        self._person: Person | None = None
        self.words = label(desk.look, "", "small", wrap=True)
        self.instead = button(desk.look, desk.tr(N_("Take the person on the list")), self._choose, "link")
        # Enter adds the person: a button that could answer to it, even hidden, takes it from the dialog's own.
        self.instead.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(row(self.instead))
        self.hide()

    def look_for(self, _field: str, name: object) -> None:
        """Look whether somebody is called so."""
        found = self._desk.hub.read(_known, str(name or ""))
        self._person = found[0] if found is not None else None
        self.setVisible(found is not None)
        if found is not None:
            tr, person = self._desk.tr, self._desk.language.pick(found[0], "name")
            whom = tr(N_("{name} ({body}) is on the list already."), name=person, body=found[1])
            self.words.setText(whom if found[1] else tr(N_("{name} is on the list already."), name=person))
            announce(self, self.words.text())

    def _choose(self) -> None:
        if self._person is not None:
            self._take(self._person)
