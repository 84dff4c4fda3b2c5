"""What the desktop around the program changes while it runs (colours, contrast, screens), and Qt's own words."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QGuiApplication

from unnm_desktop.i18n import Language
from unnm_desktop.ui import qt_words


class Surroundings(QObject):
    """Hears what the system changes."""

    colours = Signal()
    contrast = Signal()
    screen_gone = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._translators: list[QTranslator] = []
        # Qt reads them where they lie.
        self._own_words = b""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._coloured)
        # Held, because the hints let go of it.
        self._contrast = hints.accessibility()
        if self._contrast is not None:
            self._contrast.contrastPreferenceChanged.connect(self._contrasted)
        app.screenRemoved.connect(self._removed)

    def _coloured(self, _scheme: object) -> None:
        self.colours.emit()

    def _contrasted(self, _preference: object) -> None:
        self.contrast.emit()

    def _removed(self, _screen: object) -> None:
        self.screen_gone.emit()

    def speak(self, code: str) -> None:
        """Let Qt's own dialogs and buttons speak the officer's language."""
        for one in self._translators:
            self._app.removeTranslator(one)
            one.deleteLater()
        self._translators = []
        if code != "en":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            qt, own = QTranslator(self), QTranslator(self)
            self._own_words = qt_words.words(Language(code))
            # The last one is asked first.
            self._add(qt, found=qt.load(QLocale(code), "qtbase", "_", folder))
            self._add(own, found=own.load(self._own_words))

    def _add(self, one: QTranslator, *, found: bool) -> None:
        if found:
            self._app.installTranslator(one)
            self._translators.append(one)
