"""What is out of the ordinary with the file that is open, and what helps: a copy, or another place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate

if TYPE_CHECKING:
    from datetime import datetime

    from unnm_desktop.db.engine import Database
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.entrance import Entrance
    from unnm_desktop.ui.hub import Hub
    from unnm_desktop.ui.jobs import Jobs


class FileCare(QObject):
    """Speaks up when a workspace opens, and when a step could not be kept."""

    def __init__(self, entrance: Entrance, hub: Hub, jobs: Jobs) -> None:
        super().__init__(entrance)
        self._entrance, self._hub, self._jobs = entrance, hub, jobs
        self._target: Path | None = None
        self._told_clock: Database | None = None
        # What the bar says of a file that is gone, or takes nothing.
        self._gone = ""
        hub.failed.connect(self._not_kept)
        hub.saved.connect(self._kept)
        hub.changed.connect(self._look_at_clock)

    @property
    def _desk(self) -> Desk:
        return self._entrance.desk

    def tell_state(self) -> None:
        """Say on top of the window what is out of the ordinary with the workspace that is open."""
        database, tr = self._hub.database, self._desk.tr
        if database.handed is not None:
            from unnm_desktop.ui.taking_back import handed_words  # a workspace is open: after the first paint

            words = handed_words(self._desk, database.handed)
            self._entrance.window.notice.show_message(words, "warn", tr(N_("Take it back…")), self._take_back)
            return
        if database.read_only:
            words = tr(
                N_("{file} can only be read where it lies. You can look and print; to change it, work on a copy."),
                file=isolate(database.path.name),
            )
            self._entrance.window.notice.show_message(words, "warn", tr(N_("Work on a copy…")), self.keep_copy)
            return
        if self._hub.danger is not None:
            why = tr(self._hub.danger.words, file=isolate(database.path.name))
            words = tr(N_("{why} Until it is moved, it can only be read."), why=why)
            self._entrance.window.notice.show_message(words, "warn", tr(N_("Move it…")), self.move)
            return
        self._look_at_clock()

    def _look_at_clock(self) -> None:
        """A clock that was set back is told once, when the workspace opens or at the first step after it."""
        if not self._hub.is_open or self._told_clock is self._hub.database:
            return
        from datetime import UTC, datetime, timedelta  # as above

        tr, last, now = self._desk.tr, self._hub.database.last_change(), datetime.now(UTC)
        if last is not None and last > now + timedelta(hours=1):
            self._told_clock = self._hub.database
            words = tr(
                N_("This computer's clock says {now}, but a change was made on {last}. Check the date."),
                now=self._day(now),
                last=self._day(last),
            )
            self._entrance.window.notice.show_message(words, "warn")

    def _take_back(self) -> None:
        from unnm_desktop.ui.taking_back import take_back  # as above

        take_back(self._desk)

    def _day(self, moment: datetime) -> str:
        local = self._desk.language.local(moment)
        return f"{self._desk.language.day(local.date())} {self._desk.language.time(local.time())}"

    def _not_kept(self, error: UserError) -> None:
        from unnm_desktop.db.trouble import Gone, OutOfReach  # a workspace is open: loaded

        if isinstance(error, Gone | OutOfReach):
            self._gone = self._desk.tr(error.message, **error.values)
            keep = self._desk.tr(N_("Keep a copy…"))
            self._entrance.window.notice.show_message(self._gone, "bad", keep, self.keep_copy)

    def _kept(self) -> None:
        """The file is in its place again: the bar no longer says that nothing can be saved."""
        gone, self._gone = self._gone, ""
        if gone and self._entrance.window.notice.message() == gone:
            self._entrance.window.notice.clear()

    def _ask_target(self, title: str) -> Path | None:
        from unnm_desktop.db.making import free_name  # seldom needed
        from unnm_desktop.ui.setup_pages import documents  # as above

        desk = self._desk
        offered = free_name(documents(), self._hub.database.path.stem)
        kinds = desk.tr(N_("Workspaces (*.unnm)"))
        target = desk.ask.save_file(desk.tr(title), offered.name, kinds, offered.parent)
        if target is None:
            return None
        self._target = target if target.suffix == ".unnm" else target.with_name(f"{target.name}.unnm")
        return self._target if self._entrance.is_safe(self._target) else None

    def move(self) -> None:
        """Keep the workspace in another folder from now on; the old file goes once the new one is open."""
        from unnm_desktop.db.copying import move  # seldom needed

        target = self._ask_target(N_("Where to keep the workspace"))
        if target is None:
            return
        text = self._desk.tr(N_("Moving the workspace…"))
        self._jobs.run(move, self._hub.database, target, done=self._moved, failed=self._failed, text=text)

    def _moved(self, database: Database) -> None:
        from unnm_desktop.db.files import discard  # as above

        old = self._hub.database.path
        self._entrance.take(database)
        if self._hub.database.path == database.path:
            try:
                discard(old)
            except OSError:
                words = N_("The workspace is moved; the old file {file} could not be removed. Remove it by hand.")
                self._desk.say(self._desk.tr(words, file=isolate(str(old))))

    def keep_copy(self) -> None:
        """Keep what is open under another name and go on there."""
        from unnm_desktop.db.copying import keep_copy  # seldom needed

        desk = self._desk
        target = self._ask_target(N_("Keep a copy of the workspace"))
        if target is None:
            return
        self._jobs.run(
            keep_copy,
            self._hub.database,
            target,
            done=self._entrance.open,
            failed=self._failed,
            text=desk.tr(N_("Copying the workspace…")),
        )

    def _failed(self, error: Exception) -> None:
        self._entrance.tell(error, self._target)
