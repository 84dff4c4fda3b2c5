"""Backups: what copies there are, what each holds beside what is here now, and bringing one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from unnm_desktop import paths
from unnm_desktop.db import ENTITIES, copies
from unnm_desktop.db.trouble import TAKEN
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import backup, backup_state
from unnm_desktop.services.backup import Backup
from unnm_desktop.services.backup_rotation import SHORT
from unnm_desktop.services.backup_state import Looked, State
from unnm_desktop.services.listing import Cell
from unnm_desktop.services.restoring import Access
from unnm_desktop.ui import closed_work, restoring
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.backup_since import Compared, SinceBackup
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.closed_work import ClosedWork
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.inspector import Head, Inspector, Part, Section, Tag
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.row_menu import RowMenu
from unnm_desktop.ui.sizes import size_words
from unnm_desktop.ui.table import RecordsTable

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key
    from unnm_desktop.ui.desk import Desk

# What an officer counts by; the rest of the records belongs to these.
TOLD = ("meeting", "minutes_entry", "decision", "action_point", "membership", "person", "activity", "issued_document")
INSPECTOR = 340
WORDS_BEFORE = N_("What is here now is backed up before. You can go back to it.")
_TONES = {State.WHOLE: "good", State.SEALED: "info", State.DAMAGED: "bad"}
BACK = "archive-restore"


class BackupSource(FixedRows[Backup]):
    """The copies as rows, the newest first."""

    columns = (
        Heading("at", N_("Made"), "start", 240, "stretch"),
        Heading("state", N_("State"), "start", 145, "text"),
        Heading("records", N_("Records"), "end", 80, "number", 2),
        Heading("size", N_("Size"), "end", 85, "number", 1),
    )

    # The reason stands under the moment.
    tall = True

    def __init__(self, desk: Desk, found: Sequence[Backup], looked: Looked | None = None) -> None:
        """``looked`` is what reading the copies through has found until now."""
        super().__init__({uuid5(NAMESPACE_URL, one.path.name): one for one in found})
        self._desk, self._looked = desk, looked or {}
        self._doubtful = backup.doubtful(found, datetime.now(UTC))

    def row(self, one: Backup) -> tuple[Cell, ...]:
        language = self._desk.language
        return (
            Cell(made_at(self._desk, one.at), second=self._reason(one)),
            self._state(one),
            Cell(language.number(one.records), number=True),
            Cell(size_words(language, one.size), number=True),
        )

    def _reason(self, one: Backup) -> str:
        reason = self._desk.tr(one.reason.label)
        if one.path in self._doubtful:
            return self._desk.tr(N_("{reason} · the clock was wrong"), reason=reason)
        return reason

    def _state(self, one: Backup) -> Cell:
        key = self._desk.hub.database.key if self._desk.hub.is_open else None
        state = backup_state.state_of(one, key, self._looked)
        return Cell("") if state is None else Cell(self._desk.tr(state.label), _TONES[state], "pill")


class BackupsPage(Page):
    """The copies at the start side, the chosen one beside what is here now."""

    name = "backups"
    place = "preferences"
    title = N_("Backups")
    # What is here now stands beside each copy.
    kinds = frozenset(ENTITIES)
    primary = "backup-now"
    secondary = ("copy-backup",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.views = QStackedWidget()
        self.body.addWidget(self.views, 1)
        both = QWidget()
        self.views.addWidget(both)
        self.table = RecordsTable(desk, self.heading())
        self.table.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.inspector = Inspector(desk, desk.tr(N_("Details")))
        self.inspector.setFixedWidth(round(INSPECTOR * min(1.25, max(1.0, desk.look.text_size / 100))))
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        line.addWidget(self.table, 1)
        line.addWidget(self.inspector)
        self.empty = Empty(
            desk.look,
            "archive",
            desk.tr(N_("No backup yet")),
            desk.tr(N_("One is made every half hour while you work and when you close the program.")),
            (desk.tr(N_("Make the first backup")), desk.wishes.backup_wanted.emit),
        )
        self.views.addWidget(self.empty)
        self._source = BackupSource(desk, ())
        self._looked: Looked = {}
        self._here: dict[str, int] = {}
        # How the copies differ from what is here, by the newest change here, and what says so of the chosen one.
        self._compared: Compared = {}
        self._since: SinceBackup | None = None
        self._shown: UUID | None = None
        self._short = False
        self.table.current_changed.connect(self._show)
        self._row_menu = RowMenu(self, None, ("restore-backup",))
        self.table.menu_wanted.connect(self._row_menu.open)
        desk.wishes.backed_up.connect(self.refresh_soon)

    def subline(self) -> str:
        return self.desk.tr(N_("Each was read through."))

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "restore-backup",
                N_("Restore this backup"),
                self.restore,
                BACK,
                (),
                self._can_restore,
                "file",
                why=N_("Choose a backup first."),
            ),
            Command("copy-backup", N_("Copy the workspace to a stick"), self.ask_copy, "usb", (), menu="file"),
            Command("open-backups", N_("Open their folder"), self.open_folder, "folder-open", menu="file"),
        )

    def refresh(self) -> None:
        found = backup.listed(folder_of(self.desk))
        self.views.setCurrentIndex(0 if found else 1)
        self._here = self.hub.read(backup.counts, TOLD)
        self._put(found)
        if found and not self.table.select(self._shown):
            self.table.select_first()
        self._compare()
        self._tell_room()
        self.desk.jobs.run(backup_state.look, found, self._looked, done=self._note)

    def _tell_room(self) -> None:
        """Where copies go before their time that is said as long as it is so; once dismissed, not again."""
        room = backup.room(folder_of(self.desk))
        short = room is not None and room.is_short
        words = self.desk.tr(SHORT)
        if short and not self._short:
            self.bar.show_message(words, "warn", self.desk.tr(N_("Choose another folder")), self._to_preferences)
        elif not short and self.bar.message() == words:
            self.bar.clear()
        self._short = short

    def _to_preferences(self) -> None:
        self.desk.go("preferences", None, find=self.desk.tr(N_("Backups")))

    def _put(self, found: Sequence[Backup]) -> None:
        self._source = BackupSource(self.desk, found, self._looked)
        self.table.show_rows(self._source)

    def _note(self, looked: Looked) -> None:
        if looked != self._looked and self.hub.is_open:
            self._looked = looked
            self._put(tuple(self._source.records.values()))
            self.table.select(self._shown)

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        self.make_fresh()

    def first_focus(self) -> QWidget | None:
        return self.table

    # The chosen copy -------------------------------------------------------------------------------------------------

    def chosen(self) -> Backup | None:
        """The copy that is shown."""
        return self._source.records.get(self._shown) if self._shown is not None else None

    def _can_restore(self) -> bool:
        one = self.chosen()
        if one is None or self.hub.read_only:
            return False
        known = self._looked.get(one.path)
        return known is None or known[1]

    def _show(self, key: UUID | None) -> None:
        self._shown = key
        self.let_go()
        one = self.chosen()
        if one is None:
            self.inspector.parts.show_parts((), self._keep_nothing)
            return
        self.desk.jobs.run(_read, one, self.hub.database.key, done=self._tell, failed=self._tell_trouble)

    def _tell_trouble(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        chosen = self.chosen()
        if chosen is not None:
            self._tell(Found(chosen, State.DAMAGED))

    def _tell(self, found: Found) -> None:
        one, held = found.copy, found.held
        if one != self.chosen():
            return
        desk, tr, language = self.desk, self.desk.tr, self.language
        tag = Tag(tr(found.state.label), _TONES[found.state])
        parts: list[Part] = [Head(made_at(desk, one.at), (tag, Tag(tr(one.reason.label), "neutral")))]
        if found.state is State.SEALED:
            parts.append(ButtonList(desk.look, [(tr(N_("Restore this backup…")), self.restore, "primary", BACK)]))
            parts.append(ReadOnly("how", "", tr(N_("It opens with the passphrase or the recovery sheet of its day."))))
            after = N_("The workspace will then be protected with that passphrase.")
            parts.append(ReadOnly("then", "", tr(WORDS_BEFORE if self.hub.protected else after)))
            parts.append(ReadOnly("records", N_("Records"), language.number(one.records)))
        elif held is None:
            parts.append(ReadOnly("why", "", tr(N_("This copy has changed since it was made. Choose another one."))))
        else:
            parts.append(ButtonList(desk.look, [(tr(N_("Restore this backup")), self.restore, "primary", BACK)]))
            parts.append(ReadOnly("then", "", tr(WORDS_BEFORE)))
            if held.last_at is not None:
                parts.append(Section(N_("Its last step")))
                parts.append(ReadOnly("label", N_("Step"), tr(held.last_label)))
                parts.append(ReadOnly("at", N_("Day and time"), made_at(desk, held.last_at)))
                parts.append(ReadOnly("officer", N_("Who"), held.last_officer))
            self._since = SinceBackup(desk)
            parts += [Section(N_("What came since")), self._since]
            parts.append(Section(N_("It holds, beside what is here now")))
            for kind in TOLD:
                then, now = held.kinds.get(kind, 0), self._here.get(kind, 0)
                if then or now:
                    words = tr(N_("{then} · now {now}"), then=language.number(then), now=language.number(now))
                    parts.append(ReadOnly(kind, ENTITIES[kind].NOUN, words))
        self.inspector.parts.show_parts(parts, self._keep_nothing)
        self._compare()

    def _compare(self) -> None:
        """The chosen copy with what is here, which has changed perhaps."""
        one = self.chosen()
        if self._since is not None and one is not None:
            self._since.compare(one.path, self._compared)

    def let_go(self) -> None:
        if self._since is not None:
            self._since.leave()
            self._since = None

    def _keep_nothing(self, _name: str, _value: Any) -> None:
        """Nothing of a copy is changed here."""

    # What can be done ------------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Ask the program to put the chosen copy in the workspace's place."""
        one = self.chosen()
        if one is None:
            return
        if not backup_state.is_sealed(one.path, self.hub.database.key):
            self._put_back(one, Access())
        elif paths.is_protected(one.path):
            then, other = partial(self._put_back, one), partial(self._ask_sheet, one)
            restoring.ask_passphrase(self.desk, one.path, then, self.window(), other)
        else:
            self._ask_sheet(one)

    def _ask_sheet(self, one: Backup) -> None:
        # A plain workspace takes over the copy's protection, and needs a passphrase that is known.
        then, chooses = partial(self._put_back, one), not self.hub.protected
        restoring.ask_sheet(self.desk, one.path, then, self.window(), chooses=chooses)

    def _put_back(self, one: Backup, access: Access) -> None:
        self.desk.wishes.closed_work_wanted.emit(
            ClosedWork(
                partial(closed_work.restore, one.path, self.desk.settings.backup_folder, access),
                N_("Restoring a backup"),
                N_("The backup is restored. What was here before is the newest backup."),
            )
        )

    def ask_copy(self) -> None:
        """Write a copy that stands by itself to a stick or another folder."""
        stem = self.hub.database.path.stem
        name = f"{stem}-{self.desk.clock():%Y%m%d-%H%M}.unnm"
        path = self.desk.ask.save_file(
            self.desk.tr(N_("Where to keep the copy")), name, self.desk.tr(N_("Workspaces (*.unnm)"))
        )
        if path is None:
            return
        if path.exists():
            self.trouble(UserError(TAKEN, file=path.name))
            return
        job = self.desk.jobs.run(
            backup.write_copy,
            self.hub.database,
            path,
            done=self._copied,
            failed=self._not_copied,
            progress=True,
            text=self.desk.tr(N_("Making a backup")),
        )
        job.cancelled.connect(self._stopped)

    def _stopped(self) -> None:
        self.desk.say(self.desk.tr(N_("Stopped. No copy was written.")))

    def _copied(self, made: Backup) -> None:
        plain = N_("{file} is written and was read through. Keep it in a safe place: it is not protected.")
        guarded = N_("{file} is written and was read through. It opens with the workspace's passphrase.")
        words = plain if self.hub.database.key is None else guarded
        self.desk.say(self.desk.tr(words, file=made.path.name))

    def _not_copied(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.trouble(error)

    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder_of(self.desk))))


class Found(NamedTuple):
    """A copy, how it stands, and what it holds where this can be read."""

    copy: Backup
    state: State
    held: copies.Contents | None = None


def _read(one: Backup, key: Key | None) -> Found:
    """Read a copy through: its bytes must be those that were verified."""
    if not one.whole():
        return Found(one, State.DAMAGED)
    if backup_state.is_sealed(one.path, key):
        return Found(one, State.SEALED)
    return Found(one, State.WHOLE, copies.contents(one.path, key))


def made_at(desk: Desk, at: datetime) -> str:
    """Day and hour on the network's clock."""
    local = desk.language.local(at.replace(tzinfo=at.tzinfo or UTC))
    return desk.language.list([desk.language.day(local.date()), desk.language.time(local.time())])
