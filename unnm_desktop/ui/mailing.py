"""The program sends nothing: what is noted as sent the officer sends, and the addresses are at hand for that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from unnm_desktop.i18n import N_
from unnm_desktop.services.addressees import addressees, to_remind

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.services.addressees import Addressees
    from unnm_desktop.ui.page_base import Page

    Whom = Callable[[Session, UUID], Addressees]

COPY = N_("Copy the addresses")
AGENDA = N_("The program sends no mail. Save the agenda as PDF and send it with your mail program.")
MINUTES = N_("The program sends no mail. Save the minutes as PDF and send them with your mail program.")
REMINDER = N_("The program sends no mail. Write to those who have not answered with your mail program.")


def say_unsent(page: Page, meeting_id: UUID, words: str, whom: Whom = addressees) -> None:
    """Say that the officer sends it, and offer the addresses."""
    tr, run = page.desk.tr, partial(copy_addresses, page, meeting_id, whom)
    page.bar.show_message(tr(words), "info", tr(COPY), run)


def say_unreminded(page: Page, meeting_id: UUID) -> None:
    """The same of a reminder, which goes to those alone who have not answered."""
    say_unsent(page, meeting_id, REMINDER, to_remind)


def copy_addresses(page: Page, meeting_id: UUID, whom: Whom = addressees) -> None:
    """Put the addresses of those invited on the clipboard, and say for whom none is known."""
    desk, language = page.desk, page.language
    found = desk.hub.read(whom, meeting_id)
    missing = language.list([one.short for one in found.missing])
    if not found.emails:
        desk.say(desk.tr(N_("No e-mail address is known. Add them under Members, to the focal points.")))
        return
    QGuiApplication.clipboard().setText("; ".join(found.emails))
    said = language.ntr("{n} address copied.", "{n} addresses copied.", len(found.emails))
    if missing:
        said += " " + desk.tr(N_("None is known for {names}."), names=missing)
    desk.say(said)
