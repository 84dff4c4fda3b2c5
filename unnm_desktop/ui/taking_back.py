"""Taking back an office that was handed over: the officer says why, and works in the workspace again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import office

if TYPE_CHECKING:
    from unnm_desktop.db.handed import Handed
    from unnm_desktop.ui.desk import Desk

LABEL = N_("Take the office back")


def handed_words(desk: Desk, handed: Handed) -> str:
    """To whom the office went, when, and with which package."""
    local = desk.language.local(handed.moment)
    words = N_(
        "This office was handed over to {to} on {day} with the package {file}. It can be read here, not changed."
    )
    return desk.tr(words, to=handed.to, day=desk.language.day(local.date()), file=handed.file)


def take_back(desk: Desk) -> bool:
    """Ask why and take the office back; whether that was done."""
    tr = desk.tr
    words = N_("Two people will then work apart until their work is brought together. Why is it taken back?")
    begun = ""
    # Until it is taken back, or she thinks better of it: what was typed stays.
    while (reason := desk.ask.text(tr(LABEL), tr(words), tr(N_("Take it back")), begun)) is not None:
        begun = reason
        try:
            office.take_back(desk.hub.database, reason)
        except UserError as error:
            desk.ask.trouble(error)
            continue
        tell(desk, LABEL)
        desk.say(tr(N_("The office is taken back. You can work in it again.")))
        return True
    return False


def tell(desk: Desk, label: str) -> None:
    """Let every page and the frame know that the workspace can be written now, or no more."""
    desk.hub.announce(frozenset({*ENTITIES, "conflict"}), label)
    desk.wishes.handed.emit()
