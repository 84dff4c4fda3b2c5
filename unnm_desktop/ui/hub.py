"""The one gate between screen and records: read, step, undo, and the news of what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.interruption import Interruption
    from unnm_desktop.services.undo import UndoEntry

P = ParamSpec("P")
T = TypeVar("T")


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
        # The network shown; steps are journalled as belonging to it.
        self.network_id: UUID | None = None
        # Steps of an earlier sitting are named before they are undone.
        self._sure = False

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
        """Whether the workspace can only be read."""
        return self._database is not None and self._database.read_only

    @property
    def protected(self) -> bool:
        """Whether the workspace can be read with its key only."""
        return self._database is not None and self._database.key is not None

    def open(self, database: Database) -> None:
        """Work on this workspace from now on."""
        self._database = database
        self._sure = False
        self.opened.emit()

    def close(self) -> None:
        """Let go of the workspace."""
        if self._database is not None:
            self._database.close()
            self._database = None

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

    # Not a ParamSpec as in read: a verb that takes **values cannot be typed by one.
    def step(self, label: str, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Do one thing, kept whole or not at all; tell everyone what it touched.

        Raises:
            Invalid: a value breaks a rule; nothing was written.
            UserError: it could not be written; nothing was.

        """
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
        from unnm_desktop.db.journal import Kind
        from unnm_desktop.services import undo

        again = entry.kind == Kind.UNDO
        try:
            with self.database.write(entry.label, kind=Kind.REDO if again else Kind.UNDO, undoes=entry.key) as session:
                undo.take_back(session, entry)
        except UserError as error:
            self.failed.emit(error)
            raise
        self._tell(frozenset(session.info.get("touched", ())), entry.label)
        self.taken_back.emit(entry.key)
        return TakenBack(entry.label, entry.at, done=True)

    def undo(self) -> TakenBack | None:
        """Take back the newest step; the first time after opening it is only named."""
        return self._named_first(self.newest())

    def redo(self) -> TakenBack | None:
        """Do again what was taken back last."""
        from unnm_desktop.services import undo

        device = self.database.device
        return self._named_first(None if device is None else self.read(undo.next_redo, device.id))

    def _named_first(self, entry: UndoEntry | None) -> TakenBack | None:
        if entry is None:
            return None
        if not self._sure:
            self._sure = True
            return TakenBack(entry.label, entry.at, done=False)
        return self.take_back(entry)

    def _tell(self, touched: frozenset[str], label: str) -> None:
        from datetime import UTC, datetime

        now = datetime.now(UTC)
        self.saved.emit(now)
        if touched:
            self.changed.emit(Touched(touched, label, now))
