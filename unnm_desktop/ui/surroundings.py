"""What the desktop around the program changes while it runs (colours, contrast, screens), and Qt's own words."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QGuiApplication


class Surroundings(QObject):
    """Hears what the system changes."""

    colours = Signal()
    contrast = Signal()
    screen_gone = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._translator: QTranslator | None = None
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
        """Let Qt's own buttons speak the officer's language."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator.deleteLater()
            self._translator = None
        if code != "en":
            translator = QTranslator(self)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if translator.load(QLocale(code), "qtbase", "_", folder):
                self._app.installTranslator(translator)
                self._translator = translator
