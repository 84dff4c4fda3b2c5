"""What can be done to many selected records at once: one step, one undo, off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.inspector import Head, Part
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.progress import Progress
    from unnm_desktop.services.bulk import Outcome, Verb
    from unnm_desktop.ui.page import RecordsPage


COPY = N_("Copy the rows")


@dataclass(frozen=True)
class Bulk:
    """One thing that can be done to all: a button (msgid), what it does with the ids, its icon and role."""

    text: str
    run: Callable[[Sequence[UUID]], object]
    icon: str = ""
    role: str = ""


class Selection(QObject):
    """Follows what is selected in a page's list; its inspector shows several records as one thing."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        self.ids: tuple[UUID, ...] = ()
        # Shift and an arrow change it row by row; the panel follows once the event is over.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.show)
        page.table.selection_changed.connect(self._changed)

    def takes_over(self) -> bool:
        """Whether the inspector belongs to several records now."""
        several = self._page.table.selected_count() > 1
        if not several:
            self.ids = ()
        return several

    def show(self) -> None:
        """Show what can be done to all, or the record that is left."""
        page = self._page
        offered = page.bulk() if page.table.selected_count() > 1 else ()
        if not offered:
            if self.ids:
                self.ids = ()
                page.show_current()
            return
        self.ids = tuple(page.table.selected_ids())
        page.inspector.parts.show_parts(self._parts(offered))

    def _parts(self, offered: Sequence[Bulk]) -> list[Part]:
        page = self._page
        many = page.language.ntr("{n} selected", "{n} selected", len(self.ids))
        told = page.tr_(N_("What you choose here is done to all of them, and one undo takes it back."))
        doable = [(page.tr_(one.text), _Run(one, self.ids), one.role, one.icon) for one in offered]
        return [Head(many), label(page.desk.look, told, "grey", wrap=True), ButtonList(page.desk.look, doable)]

    def _changed(self) -> None:
        if self._page.table.selected_count() > 1 or self.ids:
            self._soon.start(0)


class _Run:
    """Does it to the ids that were selected when the button was drawn."""

    def __init__(self, bulk: Bulk, ids: Sequence[UUID]) -> None:
        self._bulk, self._ids = bulk, ids

    def __call__(self) -> None:
        self._bulk.run(self._ids)


def write_all(
    database: Database, network_id: UUID | None, label: str, verb: Verb, ids: Sequence[UUID], *, progress: Progress
) -> tuple[Outcome, frozenset[str]]:
    """Do it to each as one step, and say which kinds of record that touched; on a thread."""
    from unnm_desktop.services import bulk  # the base of every page does without it until it is asked for

    with database.write(label, network_id=network_id) as session:
        outcome = bulk.to_each(session, ids, verb, progress)
    return outcome, frozenset(session.info.get("touched", ()))


class Deed(QObject):
    """A step over many records that is under way; the page holds it until it is over."""

    def __init__(self, page: RecordsPage, label: str, told: Callable[[int], str] | None = None) -> None:
        """``label`` names the step (a msgid); ``told`` says of how many records what was done to them."""
        super().__init__(page)
        self._page, self._label, self._told = page, label, told

    def start(self, verb: Verb, ids: Sequence[UUID]) -> None:
        """Begin; the list is not touched until it is over or cancelled."""
        page = self._page
        page.bar.clear()
        page.views.setEnabled(False)
        job = page.desk.jobs.run(
            page.hub.write_apart, write_all, page.hub.network_id, self._label, verb, tuple(ids),
            done=self._done, failed=self._failed, progress=True, text=page.tr_(self._label), awaited=True,
        )  # fmt: skip
        job.cancelled.connect(self._cancelled)

    def _done(self, result: tuple[Outcome, frozenset[str]]) -> None:
        outcome, touched = result
        page = self._page
        self._over()
        page.hub.announce(touched, self._label)
        done = page.language.ntr("Done for {n} record.", "Done for {n} records.", outcome.done)
        if outcome.refused:
            left = page.language.ntr(
                "{n} record does not allow it and stays as it was.",
                "{n} records do not allow it and stay as they were.",
                outcome.refused,
            )
            page.bar.show_message(left, "warn")
        page.desk.say_with_undo(self._told(outcome.done) if self._told is not None else done)
        page.table.setFocus()

    def _failed(self, error: Exception) -> None:
        self._over()
        if not isinstance(error, UserError):
            raise error
        self._page.trouble(error)

    def _over(self) -> None:
        self._page.views.setEnabled(True)
        self.deleteLater()

    def _cancelled(self) -> None:
        self._over()
        self._page.bar.show_message(self._page.tr_(N_("Stopped. Nothing was changed.")), "info")


def copy_rows(page: RecordsPage, ids: Sequence[UUID]) -> None:
    """Put these rows on the clipboard as the columns shown, for a spreadsheet or a letter; never as formulas."""
    from unnm_desktop.services.sheet_writing import never_formula  # as above

    source, table = page.table.listing.source, page.table
    # Also those for which the window has no room.
    shown = [number for number, head in enumerate(source.columns) if head.name not in table.room.hidden]
    lines = ["\t".join(page.tr_(source.columns[number].title) for number in shown)]
    for start in range(0, len(ids), 500):
        for row in source.rows(ids[start : start + 500]):
            lines.append("\t".join(never_formula(" ".join(row[number].text.split())) for number in shown))
    QGuiApplication.clipboard().setText("\n".join(lines if len(ids) > 1 else lines[-1:]))
    page.desk.say(page.language.ntr("{n} row copied.", "{n} rows copied.", len(ids)))


def remove_all(page: RecordsPage, ids: Sequence[UUID]) -> None:
    """Move these records to the trash, as one step."""
    from unnm_desktop.services import bulk  # as above

    def told(n: int) -> str:
        return page.language.ntr("{n} record moved to Trash.", "{n} records moved to Trash.", n)

    Deed(page, N_("Move records to Trash"), told).start(bulk.remover(page.kind), ids)


def usual(page: RecordsPage) -> Sequence[Bulk]:
    """What can be done to records of every kind."""
    from unnm_desktop.ui.list_export import can_export, export_page  # as above

    found = [Bulk(COPY, lambda ids: copy_rows(page, ids), "copy", "link")]
    if can_export(page):
        found.append(Bulk(N_("Export the rows"), lambda ids: export_page(page, ids), "file-spreadsheet", "link"))
    if page.kind and page.hub.is_open and not page.hub.read_only:
        found.append(Bulk(N_("Move to Trash"), lambda ids: remove_all(page, ids), "trash", "link"))
    return found
