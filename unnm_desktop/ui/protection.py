"""Protection: whether the workspace can be read without a passphrase, and everything that changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unnm_desktop.db import keys
from unnm_desktop.db.keys import Holder, Key
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate, language_for
from unnm_desktop.services import old_copies
from unnm_desktop.ui import closed_work
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.closed_work import ClosedWork
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.old_backups import OldBackups
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.passphrase_dialog import Given, PassphraseDialog
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.widgets import Card, Pill, button, label, row

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

WIDTH = 760
_CHANGE = "change"
_GOES = {
    Holder.OFFICER: N_(
        "The officer's passphrase will open only backups made before. To remove it, give a passphrase that stays."
    ),
    Holder.SUCCESSOR: N_(
        "The successor's passphrase will open only backups made before. To remove it, give a passphrase that stays."
    ),
}
_SHEETS = (("en", "English"), ("ar", "العربية"))
"""Names of languages stay in their own language."""


class ProtectionPage(Page):
    """One card says how the workspace stands; the others what can be done about it."""

    name = "protection"
    place = "preferences"
    title = N_("Protection")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._area = ScrollColumn(margins=(0, 0, 0, 0))
        self.body.addWidget(self._area, 1)
        self._first: QWidget | None = None
        # What asks for a passphrase, by names that outlive a reading of the page.
        self._asking: dict[str, QWidget] = {}
        self.dialog: QDialog | None = None
        desk.wishes.backed_up.connect(self.refresh_soon)

    def subline(self) -> str:
        return self.desk.tr(N_("Who can read this workspace if the computer or a stick is lost."))

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "protect", N_("Protect with a passphrase"), self.ask_protect, "shield", (), self._can_protect, "file"
            ),
        )

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        self.make_fresh()

    def first_focus(self) -> QWidget | None:
        return self._first

    def refresh(self) -> None:
        now = self.window().focusWidget()
        pressed = next((name for name, one in self._asking.items() if one is now), "")
        self._asking = {}
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setMaximumWidth(round(WIDTH * max(1.0, self.desk.look.text_size / 100)))
        across.addWidget(holder, 100)
        across.addStretch(1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        if self._key() is None:
            self._tell_plain(column)
        else:
            self._tell_protected(column)
        column.addStretch(1)
        self._area.renew(whole)
        if pressed and self._asking:
            # What was pressed, or if that is gone what stood beside it.
            self._asking.get(pressed, self._asking[_CHANGE]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_button(self, name: str, text: str, ask: Callable[[], object], role: str = "", icon: str = "") -> QWidget:
        made = button(self.desk.look, self.desk.tr(text), ask, role, icon)
        self._asking[name] = made
        return made

    def _key(self) -> Key | None:
        return self.hub.database.key if self.hub.is_open else None

    def _can_protect(self) -> bool:
        return self.hub.is_open and not self.hub.read_only and self._key() is None

    # What is shown ---------------------------------------------------------------------------------------------------

    def _card(self, column: QVBoxLayout, title: str, text: str, pill: Pill | None = None) -> Card:
        card = Card(18)
        head = QHBoxLayout()
        head.addWidget(label(self.desk.look, self.desk.tr(title), "h2"))
        if pill is not None:
            head.addWidget(pill)
        head.addStretch(1)
        card.column.addLayout(head)
        if text:
            card.column.addWidget(label(self.desk.look, self.desk.tr(text), "grey", wrap=True))
        column.addWidget(card)
        return card

    def _tell_plain(self, column: QVBoxLayout) -> None:
        look, tr = self.desk.look, self.desk.tr
        card = self._card(
            column,
            N_("This workspace is a plain file"),
            N_(
                "Whoever has the file, a backup or the computer's disk can read every name and every note in it."
                " With a passphrase nobody can: not in the file, its attachments, its backups or a copy on a stick."
            ),
            Pill(look, tr(N_("Not protected")), "warn"),
        )
        go = button(look, tr(N_("Protect with a passphrase…")), self.ask_protect, "primary", "shield")
        go.setEnabled(self._can_protect())
        card.column.addWidget(row(go))
        self._first = go
        steps = self._card(column, N_("What will happen"), "")
        for text in (
            N_("You choose a passphrase: six random words are offered."),
            N_("A protected copy is written beside the workspace, read through, and takes its place."),
            N_("You print a recovery sheet for the safe. Without it a forgotten passphrase loses everything."),
            N_("Backups made before stay plain until you replace them here."),
        ):
            steps.column.addWidget(self._line(tr(text)))

    def _line(self, text: str) -> QWidget:
        look = self.desk.look
        sign = QLabel()
        sign.setPixmap(look.icons.pixmap("check", look.tokens.text2, look.with_text(16)))
        return row(sign, label(look, text, "", wrap=True), stretch=1)

    def _tell_protected(self, column: QVBoxLayout) -> None:
        look, tr = self.desk.look, self.desk.tr
        card = self._card(
            column,
            N_("This workspace is protected"),
            N_(
                "The file, its attachments and every new backup can be read with a passphrase or the recovery sheet"
                " only. It does not help against somebody who uses the computer while the workspace is unlocked."
            ),
            Pill(look, tr(N_("Protected")), "good"),
        )
        lock = button(look, tr(N_("Lock now")), self.desk.wishes.lock_wanted.emit, "", "lock", tooltip="Ctrl+L")
        card.column.addWidget(row(lock))
        # It is what has to be done next, and nothing that is said at the foot of the window covers it.
        sheet = self._card(
            column,
            N_("Recovery sheet"),
            N_(
                "A page with a code that opens the workspace and its newest backup on any computer. Print it, seal it,"
                " keep it in the safe of the office, then delete the file."
            ),
        )
        made = [self._ask_button(code, name, partial(self.ask_sheet, code), "", "printer") for code, name in _SHEETS]
        sheet.column.addWidget(row(*made))
        # One key too many after protecting asks where to keep the sheet, and locks nobody out.
        self._first = made[0]
        found = old_copies.readable(self.hub.database, folder_of(self.desk))
        if found:
            column.addWidget(OldBackups(self, found))
        self._tell_slots(column)
        fresh = self._card(
            column,
            N_("New key"),
            N_(
                "For when a passphrase or the sheet may be in wrong hands. The workspace is written anew: every other"
                " passphrase and every sheet made before end. Backups made before keep the old key until you replace"
                " them here."
            ),
        )
        new_key = self._ask_button("new-key", N_("Give it a new key…"), self.ask_new_key, "", "refresh-cw")
        fresh.column.addWidget(row(new_key))
        off = self._card(
            column, N_("Take protection off"), N_("The workspace becomes a plain file that anybody can read.")
        )
        plain = self._ask_button("off", N_("Take protection off…"), self.ask_unprotect, "danger", "shield-off")
        off.column.addWidget(row(plain))

    def _tell_slots(self, column: QVBoxLayout) -> None:
        look, tr = self.desk.look, self.desk.tr
        card = self._card(
            column,
            N_("Passphrases"),
            N_("Each opens the whole workspace. Changing one does not rewrite it and keeps the recovery sheet good."),
        )
        slots = self.hub.database.key_file().slots
        for slot in slots:
            parts: list[QWidget] = [label(look, tr(slot.label.label), "strong")]
            if len(slots) > 1:
                drop = self._ask_button(slot.id, N_("Remove…"), partial(self.ask_drop, slot.id, slot.label), "link")
                drop.setAccessibleName(tr(N_("Remove {name}"), name=tr(slot.label.label)))
                parts.append(drop)
            card.column.addWidget(row(*parts))
        buttons = [self._ask_button(_CHANGE, N_("Change passphrase…"), self.ask_change, "", "key-round")]
        if len(slots) < 4:
            more = N_("Add a successor's passphrase…")
            buttons.append(self._ask_button("successor", more, self.ask_successor, "", "user-plus"))
        card.column.addWidget(row(*buttons))

    # What is asked ---------------------------------------------------------------------------------------------------

    def _ask(
        self,
        texts: tuple[str, str, str],
        asks: frozenset[str],
        work: Callable[[Given], object],
        done: Callable[[object], object],
    ) -> None:
        self.dialog = PassphraseDialog(self.desk, texts, asks, work, done, self.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()

    def ask_protect(self) -> None:
        """Ask for a passphrase and protect the workspace."""
        if not self._can_protect():
            return
        texts = (
            N_("Protect with a passphrase"),
            N_("Write the words down until you know them. Nobody can find out a passphrase that is forgotten."),
            N_("Protect"),
        )
        self._ask(texts, frozenset({"new"}), _new, self._protect)

    def _protect(self, passphrase: object) -> None:
        self.desk.wishes.closed_work_wanted.emit(
            ClosedWork(
                partial(closed_work.protect, str(passphrase)),
                N_("Protecting the workspace"),
                N_("The workspace is protected. Print its recovery sheet now."),
            )
        )

    def ask_unprotect(self) -> None:
        """Ask for the passphrase and make the workspace a plain file."""
        texts = (
            N_("Take protection off"),
            N_("Whoever has the file can read it then. Backups made until now stay protected."),
            N_("Take protection off"),
        )
        self._ask(texts, frozenset({"current"}), self._prove, self._unprotect)

    def _unprotect(self, _key: object) -> None:
        self.desk.wishes.closed_work_wanted.emit(
            ClosedWork(
                closed_work.unprotect,
                N_("Taking protection off"),
                N_("The workspace is a plain file now. Anybody who has it can read it."),
            )
        )

    def ask_change(self) -> None:
        """Ask for the present passphrase and a new one."""
        texts = (N_("Change passphrase"), N_("The present one ends. Backups made before keep it."), N_("Change it"))
        path = self.hub.database.path
        self._ask(
            texts,
            frozenset({"current", "new"}),
            lambda given: keys.change(path, given.current, given.new),
            partial(self._told, N_("The passphrase is changed.")),
        )

    def ask_new_key(self) -> None:
        """Ask for the present passphrase and a new one, and write the workspace with another key."""
        texts = (
            N_("New key"),
            N_("The new passphrase will be the only one. Others who use the workspace need to be told theirs anew."),
            N_("Give it a new key"),
        )
        self._ask(texts, frozenset({"current", "new"}), self._proven_new, self._change_key)

    def _proven_new(self, given: Given) -> str:
        self._prove(given).wipe()
        return given.new

    def _change_key(self, passphrase: object) -> None:
        self.desk.wishes.closed_work_wanted.emit(
            ClosedWork(
                partial(closed_work.change_key, str(passphrase)),
                N_("Giving the workspace a new key"),
                N_("The workspace has a new key. Print a new recovery sheet now and destroy the old one."),
            )
        )

    def ask_successor(self) -> None:
        """Ask for a passphrase of somebody else's own."""
        texts = (
            N_("Add a successor's passphrase"),
            N_("Let your successor type it. When you leave, they remove yours."),
            N_("Add it"),
        )
        self._ask(
            texts,
            frozenset({"current", "new"}),
            self._add_successor,
            partial(self._told, N_("The successor's passphrase opens the workspace.")),
        )

    def _add_successor(self, given: Given) -> None:
        keys.add(self.hub.database.path, self._prove(given), given.new, Holder.SUCCESSOR)

    def ask_drop(self, slot: str, whose: Holder) -> None:
        """Ask for a passphrase that stays, and end another one."""
        texts = (N_("Remove a passphrase"), _GOES[whose], N_("Remove it"))
        self._ask(
            texts,
            frozenset({"current"}),
            partial(self._drop, slot),
            partial(self._told, N_("The passphrase is removed.")),
        )

    def _drop(self, slot: str, given: Given) -> None:
        path = self.hub.database.path
        every = keys.read(path)
        left = every.without([slot])
        if left.opened(given.current) is None and every.opened(given.current) is not None:
            raise UserError(N_("This is the passphrase that would be removed. Give the one that stays."))
        left.unlock(given.current).wipe()
        keys.drop(path, slot)

    def _prove(self, given: Given) -> Key:
        return keys.unlock(self.hub.database.path, given.current)

    def _told(self, words: str, _result: object) -> None:
        self.desk.say(self.desk.tr(words))
        self.refresh()
        now = self.window().focusWidget()
        if now is None or not self.isAncestorOf(now):
            self.take_keyboard()

    def ask_sheet(self, code: str) -> None:
        """Ask for the passphrase and write the recovery sheet in that language."""
        texts = (
            N_("Recovery sheet"),
            N_("Whoever has the sheet and the file can read everything, so the passphrase is asked for."),
            N_("Make the sheet"),
        )
        self._ask(texts, frozenset({"current"}), self._prove, partial(self._write_sheet, code))

    def _write_sheet(self, code: str, key: object) -> None:
        from unnm_desktop.reports import recovery_sheet  # seldom wanted

        stem, title = self.hub.database.path.stem, self.desk.tr(N_("Recovery sheet"))
        path = self.desk.ask.save_file(
            self.desk.tr(N_("Where to keep the sheet until it is printed")),
            f"{stem} – {title}.pdf",
            self.desk.tr(N_("PDF documents (*.pdf)")),
        )
        if path is None or not isinstance(key, Key):
            return
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            recovery_sheet.write(key, stem, self.desk.today(), language_for(code), path)
        except UserError as error:
            self.trouble(error)
            return
        finally:
            key.wipe()
        words = self.desk.tr(N_("{file} is written. Print it, seal it, then delete the file."), file=isolate(path.name))
        self.desk.say(words, self.desk.tr(N_("Open it")), partial(_open, path))


def _new(given: Given) -> str:
    return given.new


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
