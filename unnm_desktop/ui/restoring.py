"""Bringing a backup back: what opens it is asked for, what it holds is said, and where it is to stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from unnm_desktop import paths
from unnm_desktop.db import copies, keys, recovery
from unnm_desktop.db.engine import Database
from unnm_desktop.db.keys import KeyFile
from unnm_desktop.db.making import free_name
from unnm_desktop.db.trouble import Damaged
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import backup, backup_state, restoring, whereabouts
from unnm_desktop.services.restoring import Access
from unnm_desktop.ui.passphrase_dialog import Given, PassphraseDialog
from unnm_desktop.ui.setup_pages import documents

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.settings import Settings
    from unnm_desktop.ui.desk import Desk

Then = Callable[[Access], object]
OPEN_NOW = N_("{file} is open. Give what is restored another name; both stay.")


def by_passphrase(copy: Path, given: Given) -> Access:
    """What opens a copy, with the passphrase of its day.

    Raises:
        WrongPassphrase: no slot opens with it.

    """
    return Access(key=keys.unlock(copy, given.current))


def by_sheet(copy: Path, given: Given) -> Access:
    """What opens a copy, with the recovery sheet; where a new passphrase was asked for, the slots that it opens.

    Raises:
        UserError: the code holds a typing error, or is another workspace's.

    """
    key = recovery.key_of(given.code)
    try:
        copies.contents(copy, key)
    except Damaged as error:
        raise UserError(N_("This sheet belongs to another workspace, or {file} is damaged."), file=copy.name) from error
    return Access(key=key, slots=KeyFile.make(key, given.new) if given.new else None)


def ask_passphrase(desk: Desk, copy: Path, then: Then, window: QWidget, other: Callable[[], object]) -> None:
    """Ask for the passphrase of a protected copy; ``other`` is the way of who has the sheet only."""
    texts = (
        N_("Open a protected backup"),
        N_("It opens with the passphrase that the workspace had when the backup was made."),
        N_("Open it"),
    )
    _ask(PassphraseDialog(desk, texts, frozenset({"copy"}), partial(by_passphrase, copy), then, window, other))


def ask_sheet(desk: Desk, copy: Path, then: Then, window: QWidget, *, chooses: bool) -> None:
    """Ask for the code of the sheet; with ``chooses`` also for the passphrase that opens what is restored."""
    whole = N_("Type the code of the sheet, then choose a new passphrase for what is restored.")
    texts = (
        N_("Use the recovery sheet"),
        whole if chooses else N_("Type the code of the sheet that was printed when the backup was made."),
        N_("Open it"),
    )
    asks = frozenset({"code", "new"} if chooses else {"code"})
    _ask(PassphraseDialog(desk, texts, asks, partial(by_sheet, copy), then, window))


def _ask(dialog: PassphraseDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class Restoring(QObject):
    """Brings a backup back from anywhere: on another computer, or when a passphrase is forgotten."""

    # The restored workspace, open.
    restored = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, window: QWidget, locked: Path | None) -> None:
        """``locked`` is the workspace whose passphrase is awaited, where one is."""
        super().__init__(window)
        self._desk, self._over, self._locked = desk, window, locked
        self._copy, self._target = Path(), Path()
        self._access = Access()

    def begin(self) -> None:
        """Ask for the backup."""
        desk = self._desk
        root = backup.root_folder(desk.settings.backup_folder)
        folder = root if self._locked is None else backup_state.folder_of_key(self._locked, root)
        title, kinds = desk.tr(N_("Choose a backup")), desk.tr(N_("Workspaces (*.unnm)"))
        # With a workspace open the page Backups lists its own; what is sought then lies elsewhere.
        elsewhere = self._locked is None and desk.hub.is_open
        copy = desk.ask.open_file(title, kinds, folder if folder.is_dir() and not elsewhere else None)
        if copy is None:
            return
        self._copy = copy
        if paths.is_protected(copy):
            ask_passphrase(desk, copy, self._look, self._over, self._use_sheet)
        elif paths.looks_sealed(copy):
            self._use_sheet()
        else:
            self._look(Access())

    def _use_sheet(self) -> None:
        ask_sheet(self._desk, self._copy, self._look, self._over, chooses=True)

    def _look(self, access: Access) -> None:
        self._access = access
        text = self._desk.tr(N_("Reading the backup…"))
        self._run(copies.contents, self._copy, access.key, done=self._show, text=text)

    def _show(self, held: copies.Contents) -> None:
        desk = self._desk
        if not desk.ask.sure(
            desk.tr(N_("Restore this backup?")),
            "\n".join(told(desk, held)),
            desk.tr(N_("Restore it…")),
            desk.tr(N_("Leave it")),
        ):
            return
        self._ask_target()

    def _ask_target(self) -> None:
        desk, kinds = self._desk, self._desk.tr(N_("Workspaces (*.unnm)"))
        recent = desk.settings.recent
        before = self._locked or (Path(recent[0]) if recent else None)
        offered = free_name(documents(), before.stem if before is not None else desk.tr(N_("Restored")))
        target = desk.ask.save_file(desk.tr(N_("Where to keep the workspace")), offered.name, kinds, offered.parent)
        if target is None:
            return
        self._target = target if target.suffix == ".unnm" else target.with_name(f"{target.name}.unnm")
        if desk.hub.is_open and desk.hub.database.path == self._target:
            self.failed.emit(UserError(OPEN_NOW, file=self._target.name))
            return
        try:
            whereabouts.want_safe(self._target)
        except UserError as error:
            self.failed.emit(error)
            return
        text = desk.tr(N_("Restoring a backup"))
        self._run(_restored, self._copy, self._target, desk.settings, self._access, done=self._done, text=text)

    def _done(self, database: Database) -> None:
        self.restored.emit(database)

    def _trouble(self, error: Exception) -> None:
        self.failed.emit(error)

    def _run(self, work: Callable[..., object], *args: object, done: Callable[..., object], text: str) -> None:
        self._desk.jobs.run(work, *args, done=done, failed=self._trouble, text=text)


def _restored(copy: Path, target: Path, settings: Settings, access: Access) -> Database:
    now = datetime.now(UTC)
    restoring.restore(copy, target, now=now, chosen=settings.backup_folder, access=access)
    return Database(target, settings.officer, key=access.key)


def told(desk: Desk, held: copies.Contents) -> list[str]:
    """In words what a copy holds: its records, its last step, when and by whom."""
    tr, language = desk.tr, desk.language
    lines = [language.ntr("It holds {n} record.", "It holds {n} records.", held.records)]
    if held.last_at is not None:
        local = language.local(held.last_at)
        when = language.list([language.day(local.date()), language.time(local.time())])
        words = N_("Its last step: {step} ({when}, {officer})")
        lines.append(tr(words, step=tr(held.last_label), when=when, officer=isolate(held.last_officer)))
    lines.append(tr(N_("What stands in the place you choose is backed up before.")))
    return lines
