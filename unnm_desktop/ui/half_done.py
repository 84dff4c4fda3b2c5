"""What is half done when the workspace is locked: dialogs that are being filled in, and what pages have begun.

It is told as text, which the workspace keeps (``services/half_done.py``); whoever unlocks it finds all as it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from shiboken6 import isValid

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import half_done
from unnm_desktop.ui import inputs
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.widgets import AT_WORK

if TYPE_CHECKING:
    from unnm_desktop.ui.main_window import MainWindow

_KEY, _COMMAND, _BUTTON = "$key", "command", "button"


@runtime_checkable
class Fillable(Protocol):
    """A dialog that says what it holds, and takes it back."""

    def typed(self) -> list[Any]:
        """What it holds now."""

    def changed(self) -> bool:
        """Whether it is anything else than at the beginning."""

    def type_in(self, typed: Sequence[Any]) -> None:
        """Let it hold that again."""


class Filled(NamedTuple):
    """A dialog that was open: what kind of, with which fields, what they held, and where the keyboard was."""

    kind: str
    names: list[str]
    title: str
    typed: list[Any]
    place: inputs.Place | None

    @staticmethod
    def of(dialog: QDialog) -> Filled | None:
        """What this one holds; None for one that asks nothing to be typed."""
        if not isinstance(dialog, Fillable):
            return None
        return Filled(type(dialog).__name__, _names(dialog), dialog.windowTitle(), dialog.typed(), inputs.place(dialog))

    def fits(self, dialog: object) -> bool:
        """Whether this is the same question again."""
        return type(dialog).__name__ == self.kind and _names(dialog) == self.names

    def give(self, dialog: QDialog) -> None:
        """Put all back where it was."""
        if isinstance(dialog, Fillable):
            dialog.type_in(self.typed)
        if self.place is not None:
            inputs.go_to(dialog, self.place)


def _names(dialog: object) -> list[str]:
    return [field.name for field in dialog.parts.fields] if isinstance(dialog, FormDialog) else []


class HalfDone(NamedTuple):
    """All that is half done in a window."""

    page: str
    record: UUID | None
    options: Mapping[str, object]
    # The outermost first.
    dialogs: Sequence[Filled]
    # How the first was asked for: a command or a button, by its name and its number among those of that name.
    asked_by: tuple[str, str, int] | None
    # What pages have begun, by their names.
    begun: Mapping[str, object]
    # A workspace that is being made from a package (``ui/beginning.py``).
    beginning: Mapping[str, Any] | None = None

    def told(self) -> str:
        """As text."""
        return json.dumps(self._asdict(), default=_told)

    @staticmethod
    def heard(text: str) -> HalfDone:
        """From text."""
        found = json.loads(text, object_hook=_heard)
        found["dialogs"] = [Filled(*one) for one in found["dialogs"]]
        found["options"] = {
            name: tuple(one) if isinstance(one, list) else one for name, one in found["options"].items()
        }
        return HalfDone(**found)


def _told(value: object) -> object:
    # A lock is never kept from being made.
    return {_KEY: str(value)} if isinstance(value, UUID) else str(value)


def _heard(found: dict[str, Any]) -> object:
    return UUID(found[_KEY]) if _KEY in found else found


class Gathering:
    """Notes what is half done while one dialog after the other is closed for the lock."""

    def __init__(self, window: MainWindow) -> None:
        self._asked_by = _asked_by(window)
        self._dialogs: list[Filled] = []
        # One that nobody has touched is not worth coming back to.
        self._changed = False

    def note(self, dialog: QDialog) -> None:
        """The one on top, before it is closed."""
        filled = Filled.of(dialog)
        if filled is not None and isinstance(dialog, Fillable):
            self._dialogs.insert(0, filled)
            self._changed = self._changed or dialog.changed()

    def told(self, window: MainWindow, beginning: Mapping[str, Any] | None) -> str:
        """All that is half done, as text; nothing where nothing is."""
        stop, begun = window.navigation.here(), window.stack.begun_on_pages()
        dialogs = self._dialogs if self._changed else []
        if stop is None or not (dialogs or begun or beginning):
            return ""
        return HalfDone(stop.page, stop.record_id, stop.options, dialogs, self._asked_by, begun, beginning).told()


def _asked_by(window: MainWindow) -> tuple[str, str, int] | None:
    if window.commands.at_work:
        return _COMMAND, window.commands.at_work[0], 0
    page = window.current
    for one in page.findChildren(QAbstractButton) if page is not None else ():
        if one.property(AT_WORK):
            return _BUTTON, _name(one), _buttons(page, _name(one)).index(one)
    return None


def _buttons(page: QWidget | None, name: str) -> list[QAbstractButton]:
    return [one for one in page.findChildren(QAbstractButton) if _name(one) == name] if page is not None else []


def _name(one: QAbstractButton) -> str:
    return one.accessibleName() or one.text()


class Return(QObject):
    """Asks again what was asked, and fills it in; what nobody can ask by itself is filled when the officer asks it."""

    def __init__(self, window: MainWindow, half: HalfDone) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._half = half
        self._waiting = list(half.dialogs)
        application = QApplication.instance()
        if self._waiting and isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._look)
        # Some desktops give a window that nobody has clicked for no focus.
        self._often = QTimer(self)
        self._often.setInterval(50)
        self._often.timeout.connect(self._look)

    def start(self) -> None:
        """Go on at once where the officer is again where she was; else offer it."""
        shown = self._window.current
        if not self._waiting:
            self._forget()
        elif shown is not None and shown.name == self._half.page and not shown.bar.message():
            shown.complete()
            self._ask_again()
        else:
            self._offer()

    def _offer(self) -> None:
        page = self._window.current
        if page is None or page.bar.message():
            return
        words = N_("“{title}” was half filled in when the workspace was locked. What was typed is kept.")
        page.bar.show_message(
            self._desk.tr(words, title=self._half.dialogs[0].title),
            "info",
            self._desk.tr(N_("Go on with it")),
            self._go,
        )

    def _go(self) -> None:
        half = self._half
        if self._window.current is not None:
            self._window.current.bar.clear()
        self._window.go(half.page, half.record, half.options)
        if self._window.current is not None:
            self._window.current.complete()
        QTimer.singleShot(0, self, self._ask_again)

    def _ask_again(self) -> None:
        how, name, number = self._half.asked_by or ("", "", 0)
        buttons = _buttons(self._window.current, name)
        self._often.start()
        if how == _COMMAND:
            self._window.commands.run(name)
        elif how == _BUTTON and number < len(buttons):
            buttons[number].click()
        if isValid(self):
            self._often.stop()
            if self._waiting:
                self._tell()

    def _tell(self) -> None:
        page = self._window.current
        if page is not None:
            words = N_("Open “{title}” again: what you had typed before the lock is still there.")
            page.bar.show_message(self._desk.tr(words, title=self._waiting[0].title), "info")

    def _look(self, _window: object = None) -> None:
        """A dialog opened: is it the one that waits?"""
        dialog = QApplication.activeModalWidget()
        if not self._waiting or not isinstance(dialog, QDialog) or not self._waiting[0].fits(dialog):
            return
        page = self._window.current
        if page is not None:
            page.bar.clear()
        self._waiting.pop(0).give(dialog)
        if self._waiting:
            # It was about a record that did not exist yet; the dialog for it stood above.
            QTimer.singleShot(0, dialog, self._deeper)
        else:
            self._forget()

    def _deeper(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FormDialog):
            typed = next((one for one in dialog.parts.fields if one.isAncestorOf(dialog.focusWidget() or one)), None)
            if typed is not None:
                typed.commit()

    def _forget(self) -> None:
        # Where it cannot be, it was never written there, or it is offered once more.
        with suppress(UserError):
            half_done.forget(self._desk.hub.database)
