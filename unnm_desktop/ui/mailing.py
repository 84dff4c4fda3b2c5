"""The program sends nothing: what is noted as sent the officer sends, and the addresses are at hand for that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from unnm_desktop.i18n import N_
from unnm_desktop.services.addressees import addressees

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.page_base import Page

COPY = N_("Copy the addresses")
AGENDA = N_("The program sends no mail. Save the agenda as PDF and send it with your mail program.")
MINUTES = N_("The program sends no mail. Save the minutes as PDF and send them with your mail program.")
REMINDER = N_("The program sends no mail. Write to those who have not answered with your mail program.")


def say_unsent(page: Page, meeting_id: UUID, words: str, *, silent: bool = False) -> None:
    """Say that the officer sends it, and offer the addresses; ``silent`` leaves out who has answered."""
    tr, run = page.desk.tr, partial(copy_addresses, page, meeting_id, silent=silent)
    page.bar.show_message(tr(words), "info", tr(COPY), run)


def copy_addresses(page: Page, meeting_id: UUID, *, silent: bool = False) -> None:
    """Put the addresses of those invited on the clipboard, and say for whom none is known."""
    desk, language = page.desk, page.language
    found = desk.hub.read(addressees, meeting_id, silent=silent)
    missing = language.list([one.short for one in found.missing])
    if not found.emails:
        desk.say(desk.tr(N_("No e-mail address is known. Add them under Members, to the focal points.")))
        return
    QGuiApplication.clipboard().setText("; ".join(found.emails))
    said = language.ntr("{n} address copied.", "{n} addresses copied.", len(found.emails))
    if missing:
        said += " " + desk.tr(N_("None is known for {names}."), names=missing)
    desk.say(said)
