"""The window that is shown, and the fresh one that another language, look or network puts in its place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from unnm_desktop import settings
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.settings import Settings
from unnm_desktop.ui import fonts, theme
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType

    from unnm_desktop.ui.crash import Crash
    from unnm_desktop.ui.hub import Hub
    from unnm_desktop.ui.jobs import Jobs
    from unnm_desktop.ui.page_base import Page
    from unnm_desktop.ui.unwritten import Unwritten


class Windows(QObject):
    """One window at a time, as the officer's preferences want it."""

    window: MainWindow

    # A window is built, and not shown yet.
    built = Signal(object)
    # A fresh one will be made; the old one still shows all.
    parting = Signal()
    # A fresh one stands in the place of another; with what that one handed over.
    renewed = Signal(object)
    # Other preferences hold from now on.
    preferred = Signal()

    def __init__(
        self,
        app: QApplication,
        hub: Hub,
        jobs: Jobs,
        unwritten: Unwritten,
        today: Callable[[], date] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._app, self._hub, self._jobs, self._unwritten, self._today = app, hub, jobs, unwritten, today
        self.settings = _first_settings(settings.load())
        # What is loaded of them.
        self.pages: tuple[type[Page], ...] = ()
        # Whether preferences could not be written and nobody was told yet.
        self._unkept = False
        self._hook = sys.excepthook
        self._crash: Crash | None = None
        self._around = Surroundings(app, self)
        self._around.colours.connect(self._system_theme)
        self._around.contrast.connect(self.renew_soon)
        self._around.screen_gone.connect(self._screen_gone)
        fonts.load()

    def build(self) -> None:
        """A window from nothing; the one before, if any, is not looked after."""
        language = language_for(self.settings.language, self.settings.digits, months=self.settings.months)
        look = theme.look_for(self.settings, language.rtl)
        self._around.speak(language.code)
        theme.apply(self._app, look)
        desk = Desk(self._hub, language, look, self._jobs, self.settings, None, self._today, self._unwritten)
        desk.wishes.settings_wanted.connect(self._prefer)
        self.window = MainWindow(desk)
        sys.excepthook = self._crashed
        self._crash = None
        self.built.emit(self.window)

    def take_pages(self, pages: tuple[type[Page], ...]) -> None:
        """These are loaded: this window and those after it can show them."""
        self.pages = pages
        self.window.take_pages(pages)

    def close(self) -> None:
        """No other window follows."""
        sys.excepthook = self._hook
        self.window.deleteLater()

    def _crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from unnm_desktop.ui.crash import Crash  # its dialog is seldom needed, and never before the first paint

        self._crash = self._crash or Crash(self.window.desk.language, self.window)
        self._crash(kind, error, trace)

    # A fresh one -----------------------------------------------------------------------------------------------------

    def renew(self) -> None:
        """A fresh window in the same place."""
        old = self.window
        kept = old.leaving.keep()
        if kept is None:
            # What could not be kept lives in the old window; it stays, and says why.
            return
        geometry = old.saveGeometry()
        self.build()
        self.window.restoreGeometry(geometry)
        if not self.window.isMaximized() and not self.window.isFullScreen():
            # Qt cuts a window that reaches over its screen; another language is no reason to.
            self.window.resize(old.size())
        self.window.draw_icons()
        self.window.show()
        old.replaced = True
        old.close()
        old.deleteLater()
        self.window.take_pages(self.pages)
        self.renewed.emit(kept)
        self._say_unkept()

    def renew_once_told(self) -> None:
        """At once, or when this window has heard the answers that it must."""
        if self._jobs.awaited:
            self.renew_soon()
        else:
            self.renew()

    def renew_soon(self) -> None:
        """After the event that asked for it: the field that sent it lives in the old window."""
        QTimer.singleShot(0, self, self._make_way)

    def _make_way(self) -> None:
        if QApplication.activeModalWidget() is not None or self._jobs.awaited:
            # Somebody answers a question over the old window, or it waits for an answer itself; it stays until then.
            QTimer.singleShot(200, self, self._make_way)
            return
        self.parting.emit()
        if self.window.leaving.keep() is not None:
            QTimer.singleShot(0, self, self.renew)

    # Why -------------------------------------------------------------------------------------------------------------

    def _prefer(self, changed: Settings) -> None:
        before, self.settings = self.settings, changed
        try:
            settings.save(changed)
        except OSError:
            self._unkept = True
        self.preferred.emit()
        if _seen(before) != _seen(changed):
            # The fresh window says what there is to say: of this one it would be seen for a moment.
            self.renew_soon()
        else:
            self._say_unkept()

    def _say_unkept(self) -> None:
        if self._unkept:
            self._unkept = False
            desk = self.window.desk
            desk.say(desk.tr(N_("The preferences could not be kept. They hold until the program is closed.")))

    def note(self, changed: Settings) -> None:
        """Keep what nobody chose and no window shows, such as the workspace opened last."""
        self.settings = changed
        self.window.desk.settings = changed
        try:
            settings.save(changed)
        except OSError:
            import logging  # not before the first paint

            # Only the list of recent files is lost; the workspace is open.
            logging.getLogger("unnm").warning("the preferences could not be written")

    def _system_theme(self) -> None:
        if self.settings.theme == "system" and theme.is_dark("system") != self.window.desk.look.dark:
            self.renew_soon()

    def _screen_gone(self) -> None:
        from unnm_desktop.ui.on_screen import gather  # screens are seldom unplugged

        # Once Qt has forgotten the screen.
        QTimer.singleShot(0, self, gather)


def _seen(kept: Settings) -> Settings:
    """The preferences without those that change nothing in the window."""
    return replace(kept, officer="", recent=(), lock_after=0, backup_folder="")


def _first_settings(found: Settings) -> Settings:
    """The preferences of a first start: the language of this computer, where it is one of ours."""
    from PySide6.QtCore import QLocale  # only a first start asks

    if settings.kept() or QLocale.system().language() != QLocale.Language.Arabic:
        return found
    return replace(found, language="ar", digits="arab")
