"""Which program this is, and by whose libraries it lives."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop import __version__
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.licences import Library, libraries
from unnm_desktop.ui.mark import Mark
from unnm_desktop.ui.message_box import close_buttons
from unnm_desktop.ui.widgets import label


class About(QDialog):
    """Version and licences; the libraries are looked up once it is open."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        tr, look = desk.tr, desk.look
        self.setWindowTitle(tr(N_("About UNNM Desktop")))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(Mark(look, 44), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(look, tr(N_("UNNM Desktop")), "h1"))
        words.addWidget(label(look, tr(N_("Version {version}"), version=isolate(__version__)), "grey"))
        what = N_("The working tool of the secretariat of a UN Network on Migration. Its own licence is MIT.")
        words.addWidget(label(look, tr(what), wrap=True))
        top.addLayout(words, 1)
        column.addLayout(top)
        column.addWidget(label(look, tr(N_("Made with these libraries")), "h2"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr(N_("Made with these libraries")))
        self.list.setProperty("role", "framed")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr(N_("Text of the licence")))
        # Licences are written in English, in lines.
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.list.currentItemChanged.connect(self._show_text)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list, 3)
        # Wide enough for the eighty letters of a licence's line.
        both.addWidget(self.text, 5)
        column.addLayout(both, 1)
        buttons = close_buttons(desk.language)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        scale = look.text_size / 100
        self.resize(min(window.width() - 60, round(1060 * scale)), min(window.height() - 60, round(560 * scale)))
        self._job = desk.jobs.run(libraries, done=self._fill)

    def _fill(self, found: list[Library]) -> None:
        for one in found:
            licence = one.licence or self._desk.tr(N_("see its text"))
            item = QListWidgetItem(f"{isolate(f'{one.name} {one.version}')} · {isolate(licence)}")
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, one.text)
            item.setTextAlignment(self._desk.look.start() | Qt.AlignmentFlag.AlignVCenter)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _show_text(self, item: QListWidgetItem | None) -> None:
        text = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        self.text.setPlainText(text or self._desk.tr(N_("This library ships no text of its licence.")))
