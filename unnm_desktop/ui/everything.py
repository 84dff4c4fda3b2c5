"""Every record of every kind: find it, read its history, change it, move it to Trash and bring it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import any_record, record_changes, records
from unnm_desktop.services.listing import Context
from unnm_desktop.services.record_changes import Setting
from unnm_desktop.ui import erasing
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.fields import Choices
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Chip, Heading
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.reading_fields import LinkField
from unnm_desktop.ui.record_fields import field_for, fields_of
from unnm_desktop.ui.sizes import size_words
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.db.attachments import Attachment
    from unnm_desktop.db.base import Record
    from unnm_desktop.ui.cells import CellView
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.row_source import RowSource

TRASH = "trash"
LARGEST_FILE = 50_000_000
HEADINGS = (
    Heading("name", N_("Record"), "start", 320, "stretch"),
    Heading("state", N_("State or kind"), "start", 150, "text"),
    Heading("day", N_("Day"), "start", 110, "text"),
    Heading("part", N_("Part of"), "start", 170, "text", 1),
)


@dataclass(frozen=True)
class Sheet:
    """A record with what its inspector shows beside its columns."""

    record: Record
    title: str
    names: Mapping[UUID, str]
    files: tuple[Attachment, ...]


def read_sheet(session: Session, table: str, record_id: UUID, desk: Desk) -> Sheet:
    """Read a record of any kind, with the names of what it points at."""
    entity = ENTITIES[table]
    record = records.get(session, entity, record_id)
    wanted: dict[str, list[UUID | None]] = {table: [record_id]}
    for one in any_record.shapes(entity):
        if one.kind == "reference":
            wanted.setdefault(one.target, []).append(getattr(record, one.name))
    names = any_record.names(session, wanted, desk.language)
    return Sheet(
        record,
        names[record_id],
        names,
        tuple(record_changes.attachments(session, record_id)),
    )


class KindSource:
    """The records of one kind as rows."""

    # Names take a second line where there is little room.
    tall = False
    words = ""
    enough = 280
    columns = HEADINGS
    choices = (Chip("", N_("In use")), Chip(TRASH, N_("Trash")))

    def __init__(self, desk: Desk, table: str) -> None:
        self._hub = desk.hub
        self._entity = ENTITIES[table]
        self._context = Context(desk.network_id, desk.language, desk.today())
        has = {
            "state": any_record.state_column(self._entity),
            "day": any_record.day_column(self._entity),
            "part": any_record.parent_column(self._entity),
        }
        self.bare = frozenset(name for name, column in has.items() if column is None)

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The keys of all records that fit, in order."""
        return self._ids(text, choice, sort, descending, None)

    def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> Sequence[UUID]:
        """The first keys that fit, in order."""
        return self._ids(text, choice, sort, descending, count)

    def _ids(self, text: str, choice: str, sort: str, descending: bool, limit: int | None) -> Sequence[UUID]:
        return self._hub.read(
            any_record.ids,
            self._entity,
            self._context,
            words=text,
            removed=choice == TRASH,
            sort=sort,
            descending=descending,
            limit=limit,
        )

    def rows(self, ids: Sequence[UUID]) -> Sequence[Sequence[CellView]]:
        """The cells of these records."""
        return self._hub.read(any_record.rows, self._entity, self._context, ids)


class EverythingPage(RecordsPage):
    """One kind of record at a time, chosen on top."""

    name = "everything"
    title = N_("All records")
    kinds = frozenset(ENTITIES)
    new_text = N_("New record")
    filter_text = N_("Filter these records")
    removed_text = N_("Record moved to Trash.")
    empty_icon = "database"
    empty_title = N_("No records of this kind")
    empty_text = N_("They appear here when they are made, on their own page or with “New record”.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chosen = self.kind = "organisation"
        self.chooser = Choices(desk.look)
        self.chooser.setProperty("quiet", False)
        self.chooser.setAccessibleName(desk.tr(N_("Kind of record")))
        self.chooser.setMaxVisibleItems(24)
        for table in sorted(ENTITIES, key=lambda one: desk.tr(ENTITIES[one].NOUN).casefold()):
            self.chooser.addItem(desk.tr(ENTITIES[table].NOUN), table)
        self.chooser.setMinimumWidth(round(260 * desk.look.text_size / 100))
        self.chooser.activated.connect(lambda _index: self.show_kind(self.chooser.currentData()))
        line = QHBoxLayout()
        line.addWidget(label(desk.look, desk.tr(N_("Kind of record")), "small"))
        line.addWidget(self.chooser)
        line.addStretch(1)
        # Above the list and its empty page, so that it stays when a kind has no record.
        self.body.insertLayout(1, line)

    def subline(self) -> str:
        if self.table.model() is None:
            return ""
        return self.language.ntr("{n} record", "{n} records", self.table.listing.count)

    def source(self) -> RowSource:
        return KindSource(self.desk, self.chosen)

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command(
                "restore",
                N_("Restore from Trash"),
                self.bring_back,
                "undo-2",
                (),
                self._is_removed,
                "edit",
                why=N_("Only a record in Trash is restored."),
            ),
            Command("attach", N_("Attach a file"), self._attach, "paperclip", (), self.can_remove, "edit"),
            Command("erase-person", erasing.TEXT, self._erase, erasing.ICON, (), self._can_erase, "edit"),
        )

    def _can_erase(self) -> bool:
        return self.chosen == "person" and not self.hub.read_only and self.current() is not None

    def _erase(self) -> None:
        chosen = self.current()
        if chosen is not None:
            erasing.ask_erase(self, chosen)

    def refresh(self) -> None:
        self.chooser.setCurrentIndex(self.chooser.findData(self.chosen))
        super().refresh()

    def show_kind(self, table: str) -> None:
        """Show the records of another kind."""
        if table == self.chosen:
            return
        # What is half typed belongs to the old kind, and so does the row.
        self._show_record(None)
        self.table.setCurrentIndex(QModelIndex())
        self.chosen = self.kind = table
        self.filter_box.clear()
        self.refresh()
        self.table.room.fit()

    def leads_back(self) -> Mapping[str, object]:
        return {**super().leads_back(), "entity": self.chosen}

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        table = options.get("entity")
        if isinstance(table, str) and table in ENTITIES:
            self.show_kind(table)
        super().open_record(record_id, options)

    def can_create(self) -> bool:
        return super().can_create() and not record_changes.why_not_made(self.chosen)

    # The inspector ---------------------------------------------------------------------------------------------------

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        sheet = self.hub.read(read_sheet, self.chosen, record_id, self.desk)
        entity, removed = ENTITIES[self.chosen], sheet.record.removed_at is not None
        tags = [Tag(self.tr_(entity.NOUN), "info")]
        if removed:
            tags.append(Tag(self.tr_(N_("In Trash")), "warn"))
        parts: list[Part] = [Head(sheet.title, tuple(tags))]
        if not self.hub.read_only:
            doable: list[Doable] = [(self.tr_(N_("Attach a file")), self._attach, "link", "paperclip")]
            if removed:
                doable = [(self.tr_(N_("Restore from Trash")), self.bring_back, "primary", "undo-2")]
            parts.append(ButtonList(self.desk.look, doable))
        free = {one.name for one in record_changes.editable(entity)} if not (removed or self.hub.read_only) else set()
        parts += fields_of(self.desk, sheet.record, free, sheet.names)
        if sheet.files:
            parts.append(Section(N_("Files")))
            parts += [self._file(one) for one in sheet.files]
        if self._can_erase():
            parts.append(ButtonList(self.desk.look, [(self.tr_(erasing.TEXT), self._erase, "danger", erasing.ICON)]))
        return parts

    def _file(self, one: Attachment) -> Part:
        return LinkField(
            f"file:{one.id}", size_words(self.language, one.size), one.name, lambda: self._save_file(one)
        ).across()

    # Changes ---------------------------------------------------------------------------------------------------------

    def _setting(self) -> Setting:
        return Setting(self.desk.network_id, self.desk.today(), now(self.desk))

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        return self.hub.step(
            N_("Change a record"), record_changes.change, self.chosen, record_id, self._setting(), **{name: value}
        )

    def make_new(self) -> UUID | None:
        why = record_changes.why_not_made(self.chosen)
        if why:
            raise UserError(why)
        entity = ENTITIES[self.chosen]
        parts: list[Part] = [field_for(self.desk, entity, one, fresh=True) for one in record_changes.asked(entity)]
        table = self.chosen

        def accept(values: dict[str, Any]) -> Record:
            return self.hub.step(N_("New record"), record_changes.create, table, self._setting(), **values)

        made = FormDialog(self.desk, entity.NOUN, parts, N_("Add"), accept, self).run()
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Move a record to Trash"), record_changes.remove, self.chosen, record_id)

    def _is_removed(self) -> bool:
        return not self.hub.read_only and self.current() is not None and self.chips.current == TRASH

    def can_remove(self) -> bool:
        return super().can_remove() and self.chips.current != TRASH

    def bring_back(self) -> None:
        """Bring the record out of the trash and show it among those in use."""
        chosen = self.current()
        if chosen is None:
            return
        done = self.attempt(N_("Restore a record"), record_changes.restore, self.chosen, chosen)
        if done is not None:
            self.desk.say_with_undo(self.tr_(N_("Record restored.")))

    def _attach(self) -> None:
        chosen = self.current()
        if chosen is None:
            return
        path = self.desk.ask.open_file(self.tr_(N_("Attach a file")), self.tr_(N_("All files (*)")))
        if path is None:
            return
        try:
            if path.stat().st_size > LARGEST_FILE:
                self.trouble(UserError(N_("{file} is larger than 50 MB. Keep it elsewhere."), file=path.name))
                return
            data = path.read_bytes()
        except OSError:
            self.trouble(UserError(N_("{file} cannot be read. Check that you may open it."), file=path.name))
            return
        put = self.hub.database.blobs.put
        done = self.attempt(N_("Attach a file"), record_changes.attach, put, self.chosen, chosen, path.name, data)
        if done is not None:
            self.desk.say_with_undo(self.tr_(N_("Attached: {file}"), file=path.name))

    def _save_file(self, one: Attachment) -> None:
        path = self.desk.ask.save_file(self.tr_(N_("Save the file as")), one.name, self.tr_(N_("All files (*)")))
        if path is None:
            return
        try:
            path.write_bytes(self.hub.database.blobs.get(one.sha256))
        except KeyError:
            self.trouble(
                UserError(N_("{file} is missing beside the workspace. Bring it back from a backup."), file=one.name)
            )
        except OSError:
            self.trouble(
                UserError(N_("{file} cannot be written. Choose another folder or free some space."), file=path.name)
            )
        else:
            self.desk.say(self.tr_(N_("Saved: {file}"), file=path.name))

    def first_focus(self) -> QWidget | None:
        return self.table if self.views.currentWidget() is self.splitter else self.chooser
