"""Ctrl+Z and Ctrl+Shift+Z over the whole workspace, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import TakenBack


def undo(desk: Desk) -> None:
    """Take back the newest step and say which."""
    _say(desk, desk.hub.undo, N_("Nothing to undo."), N_("Undone: {label}"),
         N_("Undo “{label}” of {moment}? Press Ctrl+Z again."))  # fmt: skip


def redo(desk: Desk) -> None:
    """Do again what was taken back last."""
    _say(desk, desk.hub.redo, N_("Nothing to redo."), N_("Done again: {label}"),
         N_("Redo “{label}” of {moment}? Press Ctrl+Shift+Z again."))  # fmt: skip


def _say(desk: Desk, run: Callable[[], TakenBack | None], nothing: str, done: str, named: str) -> None:
    tr, language = desk.tr, desk.language
    try:
        result = run()
    except UserError as error:
        desk.say(tr(error.message, **error.values))
        return
    if result is None:
        desk.say(tr(nothing))
    elif result.done:
        desk.say(tr(done, label=tr(result.label)))
    else:
        local = result.at.astimezone(desk.clock().tzinfo)
        moment = f"{language.day(local.date(), short=True)} {language.time(local.time())}"
        desk.say(tr(named, label=tr(result.label), moment=moment))
