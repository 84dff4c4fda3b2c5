"""Trash: what was removed of every kind, when and by whom; one or many are restored, and nothing expires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.interruption import Interruption
from unnm_desktop.i18n import N_
from unnm_desktop.progress import Cancelled
from unnm_desktop.services import periods, trash
from unnm_desktop.services.listing import Context
from unnm_desktop.ui import erasing
from unnm_desktop.ui.bulk import COPY, Bulk, Deed, copy_rows
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import NO_ROW, Command
from unnm_desktop.ui.everything import read_sheet
from unnm_desktop.ui.inspector import Head, Part, Tag
from unnm_desktop.ui.listing_source import Chip, Heading
from unnm_desktop.ui.narrowing import Offered
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.record_fields import fields_of
from unnm_desktop.ui.record_history import history_parts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.services.trash import Removed
    from unnm_desktop.ui.cells import CellView
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.row_source import RowSource

# SQLite's steps that a screen may wait for: some 40 milliseconds, in which 100,000 removed records are looked through.
_STEPS = 2_000_000
HEADINGS = (
    Heading("name", N_("Record"), "start", 320, "stretch"),
    Heading("removed", N_("Removed on"), "start", 140, "text"),
    Heading("officer", N_("By"), "start", 180, "text", 1),
)


class TrashSource:
    """The removed records as rows, the latest first."""

    columns = HEADINGS
    choices: tuple[Chip, ...] = ()
    tall = True
    words = ""
    enough = 240

    def __init__(self, desk: Desk) -> None:
        self._hub = desk.hub
        self._context = Context(desk.network_id, desk.language, desk.today())
        self.narrowed: Mapping[str, str] = {}
        self.found: dict[UUID, Removed] = {}
        self._reading = Interruption()

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The keys of all that fit, in order."""
        reading = self._reading = Interruption()
        return self._hub.read_until(reading, self._ids, text, sort, descending)

    def stop(self) -> None:
        """All that is being read on another thread is no longer wanted."""
        self._reading.ask()

    def first_ids(self, text: str, choice: str, sort: str, descending: bool, count: int) -> Sequence[UUID] | None:
        """The first keys that fit, in order; None when finding them is work for another thread."""
        latest_first = not sort or (sort == "removed" and descending)
        if text or not latest_first:
            return None
        within = Interruption(_STEPS)
        try:
            found = self._hub.read_until(within, self._removed, limit=count)
        except Cancelled:
            return None
        self.found = {one.id: one for one in found}
        return [one.id for one in found]

    def _removed(self, session: Session, words: str = "", limit: int = 0) -> list[Removed]:
        return trash.removed(
            session,
            self._context,
            words=words,
            table=self.narrowed.get("kind", ""),
            period=self.narrowed.get("period", ""),
            limit=limit,
        )

    def _ids(self, session: Session, text: str, sort: str, descending: bool) -> list[UUID]:
        found = self._removed(session, text)
        # Rows that are on the screen meanwhile were found before.
        self.found = self.found | {one.id: one for one in found}
        if sort == "name":
            called = trash.names(session, found, self._context)
            found.sort(key=lambda one: called[one.id].casefold(), reverse=descending)
        elif sort == "officer":
            told = trash.rows(session, found, self._context)
            officers = {one.id: row[2].text.casefold() for one, row in zip(found, told, strict=True)}
            found.sort(key=lambda one: officers[one.id], reverse=descending)
        elif sort == "removed" and not descending:
            found.reverse()
        return [one.id for one in found]

    def rows(self, ids: Sequence[UUID]) -> Sequence[Sequence[CellView]]:
        """The cells of these records."""
        return self._hub.read(trash.rows, [self.found[key] for key in ids], self._context)

    def offered(self) -> Sequence[Offered]:
        """The kinds that are here, and when they were removed."""
        tr = self._context.language.tr
        kinds = self._hub.read(trash.kinds, self._context)
        return (
            Offered("kind", tr(N_("Kind of record")), "choice", tuple((name, self._kind(name)) for name, _ in kinds)),
            Offered(
                "period", tr(N_("Removed on")), "period", tuple((name, tr(words)) for name, words in periods.MOVING)
            ),
        )

    def narrowed_words(self) -> Mapping[str, str]:
        """What is chosen, in words, by its title."""
        tr, told = self._context.language.tr, dict[str, str]()
        if self.narrowed.get("kind") in ENTITIES:
            told[tr(N_("Kind of record"))] = self._kind(self.narrowed["kind"])
        if "period" in self.narrowed:
            told[tr(N_("Removed on"))] = periods.told(self.narrowed["period"], self._context.language)
        return told

    def _kind(self, table: str) -> str:
        return self._context.language.tr(ENTITIES[table].NOUN)


class TrashPage(RecordsPage):
    """Everything that was removed, in one list."""

    name = "trash"
    title = N_("Trash")
    kinds = frozenset(ENTITIES)
    filter_text = N_("Filter the trash")
    empty_icon = "trash"
    empty_title = N_("Trash is empty")
    empty_text = N_("What you remove waits here and can be restored at any time. Nothing in it expires.")
    # The panel beside has the button.
    primary = ""

    def source(self) -> RowSource:
        return TrashSource(self.desk)

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        return self.tr_(N_("Go to all records")), lambda: self.desk.go("everything")

    def subline(self) -> str:
        if self.table.model() is None:
            return ""
        count = self.table.listing.count
        return self.language.ntr("{n} record", "{n} records", count) if count else ""

    def commands(self) -> Sequence[Command]:
        dropped = ("remove", "edit")
        return (
            *(command for command in super().commands() if command.id not in dropped),
            Command(
                "restore",
                N_("Restore from Trash"),
                self.restore_marked,
                "undo-2",
                (),
                self._can_restore,
                "edit",
                why=NO_ROW,
            ),
        )

    def _can_restore(self) -> bool:
        return self.hub.is_open and not self.hub.read_only and bool(self.marked())

    def bulk(self) -> Sequence[Bulk]:
        found = [Bulk(COPY, self._copy, "copy", "link")]
        if not self.hub.read_only:
            found.insert(0, Bulk(N_("Restore them all"), self.restore_all, "undo-2", "primary"))
        return found

    def _copy(self, ids: Sequence[UUID]) -> None:
        copy_rows(self, ids)

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        found = self._found()[record_id]
        sheet = self.hub.read(read_sheet, found.table, record_id, self.desk)
        tags = (Tag(self.tr_(ENTITIES[found.table].NOUN), "info"), Tag(self.tr_(N_("In Trash")), "warn"))
        parts: list[Part] = [Head(sheet.title, tags)]
        if not self.hub.read_only:
            doable: list[Doable] = [(self.tr_(N_("Restore from Trash")), self.restore_marked, "primary", "undo-2")]
            if found.table == "person":
                erase = partial(erasing.ask_erase, self, record_id)
                doable.append((self.tr_(erasing.TEXT), erase, "danger", erasing.ICON))
            parts.append(ButtonList(self.desk.look, doable))
        return [*parts, *fields_of(self.desk, sheet.record, set(), sheet.names)]

    def history(self, record_id: UUID) -> list[Part]:
        return history_parts(self.desk, self._found()[record_id].table, record_id)

    def _found(self) -> dict[UUID, Removed]:
        source: Any = self.table.listing.source
        return source.found  # type: ignore[no-any-return]  # this page's own source

    def restore_marked(self) -> None:
        """Bring the selected records back."""
        chosen = self.marked()
        if chosen:
            self.restore_all(chosen)

    def restore_all(self, ids: Sequence[UUID]) -> None:
        """Bring these records back, as one step."""
        found = self._found()
        tables = {key: found[key].table for key in ids if key in found}
        label = N_("Restore a record") if len(tables) == 1 else N_("Restore records")
        Deed(self, label, self._restored).start(trash.restorer(tables), list(tables))

    def _restored(self, n: int) -> str:
        return self.language.ntr("{n} record restored.", "{n} records restored.", n)
