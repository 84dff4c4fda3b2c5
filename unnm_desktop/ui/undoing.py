"""Ctrl+Z and Ctrl+Shift+Z over the whole workspace, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import WRITING, write_back

if TYPE_CHECKING:
    from unnm_desktop.services.undo import UndoEntry


def undo(desk: Desk) -> None:
    """Take back the newest step and say which."""
    _take(desk, desk.hub.newest, N_("Nothing to undo."), N_("Undone: {label}"),
          N_("Undo “{label}” of {moment}? Press Ctrl+Z again."))  # fmt: skip


def redo(desk: Desk) -> None:
    """Do again what was taken back last."""
    _take(desk, desk.hub.newest_undone, N_("Nothing to redo."), N_("Done again: {label}"),
          N_("Redo “{label}” of {moment}? Press Ctrl+Shift+Z again."))  # fmt: skip


def _take(desk: Desk, find: Callable[[], UndoEntry | None], nothing: str, done: str, named: str) -> None:
    tr = desk.tr
    try:
        entry = find()
    except UserError as error:
        _say_trouble(desk, error)
        return
    if entry is None:
        desk.say(tr(nothing))
        return
    asked = desk.hub.named_first(entry)
    if asked is None:
        take_back(desk, entry, done)
        return
    desk.say(tr(named, label=tr(asked.label), moment=desk.language.short_moment(asked.at)))


def take_back(desk: Desk, entry: UndoEntry, done: str = "") -> None:
    """Take back this very step and say ``done`` (a msgid); one of many records off the screen's thread."""
    hub = desk.hub
    # One that was begun may still wait for its thread.
    if hub.written_apart or any(not many.over for many in hub.findChildren(_Many)):
        desk.say(desk.tr(WRITING))
        return
    try:
        if hub.is_large(entry):
            _Many(desk, entry, done).start()
            return
        hub.take_back(entry)
    except UserError as error:
        _say_trouble(desk, error)
        return
    _say_done(desk, entry, done)


def _say_trouble(desk: Desk, error: UserError) -> None:
    desk.say(desk.tr(error.message, **error.values))


def _say_done(desk: Desk, entry: UndoEntry, done: str) -> None:
    if done:
        desk.say(desk.tr(done, label=desk.tr(entry.label)))


class _Many(QObject):
    """A step of many records that is being taken back; the hub, which outlives windows, holds it until it is over."""

    def __init__(self, desk: Desk, entry: UndoEntry, done: str) -> None:
        super().__init__(desk.hub)
        self._desk, self._entry, self._words = desk, entry, done
        self.over = False

    def start(self) -> None:
        """Begin; what is cancelled has changed nothing."""
        desk = self._desk
        job = desk.jobs.run(
            desk.hub.write_apart, write_back, self._entry, done=self._done, failed=self._failed, progress=True,
            awaited=True, text=desk.tr(N_("Taking back: {label}"), label=desk.tr(self._entry.label)),
        )  # fmt: skip
        job.cancelled.connect(self._cancelled)

    def _end(self) -> None:
        # Qt deletes it a turn later, and the officer may press Ctrl+Z before that.
        self.over = True
        self.deleteLater()

    def _done(self, touched: frozenset[str]) -> None:
        self._end()
        self._desk.hub.announce_taken(self._entry, touched)
        _say_done(self._desk, self._entry, self._words)

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, UserError):
            raise error
        self._desk.hub.failed.emit(error)
        _say_trouble(self._desk, error)

    def _cancelled(self) -> None:
        self._end()
        self._desk.say(self._desk.tr(N_("Stopped. Nothing was changed.")))
