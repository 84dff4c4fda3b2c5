"""The one gate between screen and records: read, step, undo, and the news of what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.progress import SILENT
from unnm_desktop.ui.opened_copies import OpenedCopies

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.interruption import Interruption
    from unnm_desktop.progress import Progress
    from unnm_desktop.services.undo import UndoEntry
    from unnm_desktop.services.whereabouts import Danger

WRITING = N_("Many records are being written just now. Wait until that is done, or cancel it.")

P = ParamSpec("P")
T = TypeVar("T")


@cache
def _clock() -> Callable[[], datetime]:
    """What tells the moment. Imported once: PySide stands before every import, and an edit would wait for it."""
    from datetime import UTC, datetime  # not for the first paint

    return partial(datetime.now, UTC)


class Touched(NamedTuple):
    """What a step touched: table names, the step's label and when."""

    kinds: frozenset[str]
    label: str
    moment: datetime


class TakenBack(NamedTuple):
    """The answer to undo or redo: which step, of when, and whether it was done or only named."""

    label: str
    at: datetime
    done: bool


class Hub(QObject):
    """Reads and steps over one open workspace."""

    changed = Signal(object)
    saved = Signal(object)
    failed = Signal(object)
    opened = Signal()
    # The key of a step that was taken back just now.
    taken_back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database: Database | None = None
        # Why the workspace may not be worked on where it lies: on a stick, a network drive or in a cloud's folder.
        self.danger: Danger | None = None
        # The network shown; steps are journalled as belonging to it.
        self.network_id: UUID | None = None
        # Steps of an earlier sitting are named before they are undone.
        self._sure = False
        # Whether a job is writing on its own thread.
        self._apart = False
        # Counted up with every change: what was read before it may be out of date.
        self.edition = 0
        # Papers that other programs show; they go with the workspace.
        self.copies = OpenedCopies()

    @property
    def database(self) -> Database:
        """The open workspace.

        Raises:
            UserError: none is open.

        """
        if self._database is None:
            raise UserError(N_("No workspace is open. Open one from the File menu."))
        return self._database

    @property
    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self._database is not None

    @property
    def read_only(self) -> bool:
        """Whether the workspace can only be read: where it lies, or because it was handed over."""
        database = self._database
        return database is not None and (database.read_only or database.handed is not None or self.danger is not None)

    @property
    def protected(self) -> bool:
        """Whether the workspace can be read with its key only."""
        return self._database is not None and self._database.key is not None

    def open(self, database: Database) -> None:
        """Work on this workspace from now on."""
        from unnm_desktop.services import whereabouts  # as below

        self._database = database
        self.edition += 1
        self.danger = whereabouts.danger_of(database.path)
        self._sure = False
        self.opened.emit()

    def close(self) -> None:
        """Let go of the workspace."""
        if self._database is not None:
            self._database.close()
            self._database = None
        self.copies.clear()

    def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function over one consistent moment."""
        with self.database.read() as session:
            return work(session, *args, **kwargs)

    def read_until(
        self, interruption: Interruption, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same, but it may be ended before it is done.

        Raises:
            Cancelled: it was ended.

        """
        with self.database.read(interruption) as session:
            return work(session, *args, **kwargs)

    def write_apart(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a job that writes the workspace on its own thread; what it did is announced afterwards.

        The screen would stand still until such a step is done: its own are refused meanwhile.
        """
        self._refuse_here()
        self._apart = True
        try:
            return work(self.database, *args, **kwargs)
        finally:
            self._apart = False

    @property
    def written_apart(self) -> bool:
        """Whether a job is writing on its own thread."""
        return self._apart

    def _refuse_beside(self) -> None:
        if self._apart:
            raise UserError(WRITING)
        self._refuse_here()

    def _refuse_here(self) -> None:
        if self.danger is not None:
            raise UserError(self.danger.words, file=self.database.path.name)

    # Not a ParamSpec as in read: a verb that takes **values cannot be typed by one.
    def step(self, label: str, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Do one thing, kept whole or not at all; tell everyone what it touched.

        Raises:
            Invalid: a value breaks a rule; nothing was written.
            UserError: it could not be written; nothing was.

        """
        self._refuse_beside()
        try:
            with self.database.write(label, network_id=self.network_id) as session:
                result = work(session, *args, **kwargs)
            touched = frozenset(session.info.get("touched", ()))
        except Invalid:
            raise
        except UserError as error:
            self.failed.emit(error)
            raise
        self._sure = True
        self._tell(touched, label)
        return result

    def announce(self, touched: frozenset[str], label: str) -> None:
        """Tell everyone of a step that a job has made on its own thread."""
        self._sure = True
        self._tell(touched, label)

    def newest(self) -> UndoEntry | None:
        """The step an undo would take back now."""
        # Loaded here and below: the shell imports no lower floor before the first paint.
        from unnm_desktop.services import undo

        device = self.database.device
        return None if device is None else self.read(undo.next_undo, device.id)

    def take_back(self, entry: UndoEntry) -> TakenBack:
        """Take back this very step, or do it again if it is an undo itself.

        Raises:
            UserError: what it changed has been changed again since.

        """
        self._refuse_beside()
        try:
            touched = write_back(self.database, entry)
        except UserError as error:
            self.failed.emit(error)
            raise
        return self.announce_taken(entry, touched)

    def announce_taken(self, entry: UndoEntry, touched: frozenset[str]) -> TakenBack:
        """Tell everyone that this step was taken back, perhaps by a job on its own thread."""
        self._tell(touched, entry.label)
        self.taken_back.emit(entry.key)
        return TakenBack(entry.label, entry.at, done=True)

    def newest_undone(self) -> UndoEntry | None:
        """The undo that a redo would take back now."""
        from unnm_desktop.services import undo

        device = self.database.device
        return None if device is None else self.read(undo.next_redo, device.id)

    def is_large(self, entry: UndoEntry) -> bool:
        """Whether taking it back takes longer than the screen may wait."""
        from unnm_desktop.services import undo

        return self.read(undo.is_large, entry)

    def named_first(self, entry: UndoEntry) -> TakenBack | None:
        """The first undo after opening only names its step; None from then on."""
        sure, self._sure = self._sure, True
        return None if sure else TakenBack(entry.label, entry.at, done=False)

    def undo(self) -> TakenBack | None:
        """Take back the newest step; the first time after opening it is only named."""
        entry = self.newest()
        return None if entry is None else self.named_first(entry) or self.take_back(entry)

    def redo(self) -> TakenBack | None:
        """Do again what was taken back last."""
        entry = self.newest_undone()
        return None if entry is None else self.named_first(entry) or self.take_back(entry)

    def _tell(self, touched: frozenset[str], label: str) -> None:
        self.edition += 1
        now = _clock()()
        self.saved.emit(now)
        if touched:
            self.changed.emit(Touched(touched, label, now))


def write_back(database: Database, entry: UndoEntry, progress: Progress = SILENT) -> frozenset[str]:
    """Take back this step as one of its own, and say which kinds of record that touched."""
    from unnm_desktop.db.journal import Kind  # as above
    from unnm_desktop.services import undo

    kind = Kind.REDO if entry.kind == Kind.UNDO else Kind.UNDO
    with database.write(entry.label, kind=kind, undoes=entry.key) as session:
        undo.take_back(session, entry, progress)
    return frozenset(session.info.get("touched", ()))
