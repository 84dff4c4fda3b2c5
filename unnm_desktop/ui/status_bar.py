"""The line at the foot of the window: what is saved, and how the file is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.icons import APART
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from datetime import datetime

HEIGHT = 26
OLD_DAYS = 7


class StatusBar(QFrame):
    """Saved state at the start, notes about the file at the end."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self._desk = desk
        self.setFixedHeight(max(HEIGHT, round(HEIGHT * desk.look.text_size / 100)))
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(6)
        self._sign = QLabel()
        self.saved = label(desk.look)
        line.addWidget(self._sign)
        line.addWidget(self.saved)
        line.addStretch(1)
        self.note = QPushButton()
        self.note.setFlat(True)
        self.note.clicked.connect(self._go_to_protection)
        self.note.hide()
        line.addWidget(self.note)
        self.backup = QPushButton()
        self.backup.setFlat(True)
        self.backup.clicked.connect(self._go_to_backups)
        self.backup.hide()
        line.addSpacing(10)
        line.addWidget(self.backup)
        desk.hub.saved.connect(self.say_saved)
        desk.hub.failed.connect(self.say_failed)

    def _show(self, icon: str, tone: str, text: str) -> None:
        look = self._desk.look
        self._sign.setPixmap(look.icons.pixmap(icon, look.tokens.tone(tone)[0], look.with_text(15)))
        self.saved.setText(text)

    def say_opened(self, *, read_only: bool) -> None:
        """The workspace was opened and nothing is unsaved."""
        if read_only:
            self._show("lock", "warn", self._desk.tr(N_("This workspace can only be read")))
        else:
            self._show("check", "good", self._desk.tr(N_("All changes saved")))
        look, tr = self._desk.look, self._desk.tr
        protected = self._desk.hub.protected
        sign, colour = ("shield-check", look.tokens.tone("good")[0]) if protected else ("shield-off", look.tokens.text2)
        self._put_sign(self.note, sign, colour)
        self.note.setText(tr(N_("Protected")) if protected else tr(N_("Not protected")))
        plain = N_("This workspace is a plain file: whoever has the file can read it. Keep it in a safe place.")
        guarded = N_("It can be read with its passphrase or its recovery sheet only. Ctrl+L locks it.")
        self.note.setToolTip(tr(guarded if protected else plain))
        self.note.show()

    def draw_ahead(self) -> None:
        """The signs of a protected workspace, as long as nobody waits for them."""
        look = self._desk.look
        good, size = look.tokens.tone("good")[0], look.with_text(15)
        look.icons.pixmap("check", good, size)
        look.icons.beside_words("shield-check", good, look.tokens.edge, size)

    def say_waiting(self, words: str) -> None:
        """The workspace is being opened, or closed for a moment; translated words say for what."""
        # No sign: icons are drawn after the first paint, and this is seen in it.
        self._sign.clear()
        self.saved.setText(words)

    def say_none(self) -> None:
        """No workspace is open."""
        self._sign.clear()
        self.saved.setText(self._desk.tr(N_("No workspace is open")))

    def say_saved(self, moment: datetime) -> None:
        """A step is on the disk since this moment; one of another day is told with its day."""
        language, now = self._desk.language, self._desk.clock()
        local = language.local(moment)
        time = language.time(local.time())
        if local.date() != now.date():
            time = f"{language.day(local.date(), short=True)} {time}"
        if local.date() > now.date():
            time = self._desk.tr(N_("{moment}, by a clock that was ahead"), moment=time)
        self.saved.setToolTip("")
        self._show("check", "good", self._desk.tr(N_("All changes saved {time}"), time=time))

    def say_failed(self, error: UserError) -> None:
        """A step could not be kept."""
        self._show("triangle-alert", "bad", self._desk.tr(N_("The last change was not saved")))
        self.saved.setToolTip(self._desk.tr(error.message, **error.values))

    def say_backup(self, at: datetime | None) -> None:
        """When the newest verified backup was made; one older than a week stands out."""
        tr, language, now = self._desk.tr, self._desk.language, self._desk.clock()
        if at is None:
            self._show_backup("archive", "warn", tr(N_("No backup yet")))
            return
        local = language.local(at)
        if local.date() == now.date():
            text = tr(N_("Last backup today {time}"), time=language.time(local.time()))
        else:
            text = tr(N_("Last backup {day}"), day=language.day(local.date(), short=True))
        self._show_backup("archive", "warn" if (now - local).days >= OLD_DAYS else "neutral", text)

    def say_no_backup(self, error: UserError) -> None:
        """A backup could not be made."""
        self._show_backup("triangle-alert", "bad", self._desk.tr(N_("The last backup failed")))
        self.backup.setToolTip(self._desk.tr(error.message, **error.values))

    def _show_backup(self, icon: str, tone: str, text: str) -> None:
        look = self._desk.look
        colour = look.tokens.text2 if tone == "neutral" else look.tokens.tone(tone)[0]
        self._put_sign(self.backup, icon, colour)
        self.backup.setText(text)
        self.backup.setToolTip(self._desk.tr(N_("Show the backups")))
        self.backup.show()

    def _put_sign(self, made: QPushButton, icon: str, colour: str) -> None:
        look = self._desk.look
        size = look.with_text(15)
        made.setIcon(look.icons.beside_words(icon, colour, look.tokens.edge, size))
        made.setIconSize(QSize(size + APART, size))

    def say_locked(self) -> None:
        """A workspace waits for its passphrase; nothing is told of it."""
        self._sign.clear()
        self.saved.setText(self._desk.tr(N_("Locked")))

    def _go_to_protection(self) -> None:
        self._desk.go("protection")

    def _go_to_backups(self) -> None:
        self._desk.go("backups")
