"""Takes passphrases and recovery codes from the clipboard again: half a minute is enough to paste them."""

from __future__ import annotations

from PySide6.QtCore import QCryptographicHash, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

MARKED = "secret"
"""The property of a widget whose text is one."""
STAYS = 30_000
"""Milliseconds."""
_SHORTEST = 6
"""Fewer letters are no passphrase, though one may have them in it."""
# What clipboard histories look for, on Windows and in KDE.
_HINTS = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "x-kde-passwordManagerHint": b"secret",
}


class ClipboardCare(QObject):
    """One for the program; looks at what comes to the clipboard while a secret can be copied."""

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        # Not the text itself: it would be in memory once more.
        self._kept = b""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS)
        self.timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._look)
        app.aboutToQuit.connect(self.clear)

    def _look(self) -> None:
        clipboard, secrets = self._clipboard, _secrets()
        # What others copy is read only while a secret is on the screen: it may be large and come slowly.
        text = clipboard.text() if secrets else ""
        if len(text) < _SHORTEST or _digest(text) == self._kept or not any(text in one for one in secrets):
            return
        self._kept = _digest(text)
        told = QMimeData()
        told.setText(text)
        for name, value in _HINTS.items():
            told.setData(name, value)
        clipboard.setMimeData(told)
        self.timer.start()

    def clear(self) -> None:
        """Empty the clipboard, if what was copied is still there."""
        kept, self._kept = self._kept, b""
        if not kept:
            return
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if _digest(self._clipboard.text(mode)) == kept:
                self._clipboard.clear(mode)


def _digest(text: str) -> bytes:
    told = QCryptographicHash.hash(text.encode("utf-8", "surrogatepass"), QCryptographicHash.Algorithm.Sha256)
    return bytes(told.data())


def _secrets() -> list[str]:
    return [text for widget in QApplication.allWidgets() if widget.property(MARKED) and (text := _text(widget))]


def _text(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QLineEdit)):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""
