"""Beside a backup: what is here and would be lost by restoring it, as lists that open, and what it would bring back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import since_backup
from unnm_desktop.services.audit_trail import step_words
from unnm_desktop.services.since_backup import COMPARING, Since
from unnm_desktop.ui.handover_compare import Group, named, with_fields
from unnm_desktop.ui.widgets import empty, label

if TYPE_CHECKING:
    from datetime import date

    from unnm_desktop.services.since_backup import Step
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.jobs import Job

Compared = dict[tuple[Path, str], Since]
"""What was found, by the copy and the newest change here."""


class SinceBackup(QWidget):
    """Counts first; the names, and the steps by their days, where one opens them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._at = Path(), ""
        self._compared: Compared = {}
        self._job: Job | None = None
        self.groups: dict[str, Group] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.say(desk.tr(COMPARING))

    def compare(self, copy: Path, compared: Compared) -> None:
        """Look, on a thread, unless it was ``compared`` since the last step here."""
        self.leave()
        database = self._desk.hub.database
        self._at, self._compared = (copy, database.newest_change()), compared
        if self._at in compared:
            self.show_since(compared[self._at])
            return
        self._job = self._desk.jobs.run(
            since_backup.since, database, copy, database.key, self._desk.language,
            done=self._done, failed=self._failed, progress=True, text=self._desk.tr(COMPARING),
        )  # fmt: skip
        self._job.cancelled.connect(self._cancelled)

    def leave(self) -> None:
        """Nobody waits for it any more."""
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _done(self, since: Since) -> None:
        self._job = None
        self._compared[self._at] = since
        self.show_since(since)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self.say(self._desk.tr(error.message, **error.values))

    def _cancelled(self) -> None:
        self._job = None
        self.say(self._desk.tr(N_("Stopped. It was not compared with what is here.")))

    def say(self, words: str) -> None:
        """Show these translated words and no list."""
        empty(self._column)
        self.groups = {}
        self._column.addWidget(label(self._desk.look, words, "grey", wrap=True))

    def show_since(self, since: Since) -> None:
        """Show what came since the backup was made."""
        desk, tr, ntr = self._desk, self._desk.tr, self._desk.language.ntr
        if since.nothing:
            self.say(tr(N_("Nothing was done since: what is here is what it holds.")))
            return
        self.say(tr(N_("Restoring takes this back. It stays in the backup that is made before.")))
        added, changed, removed = since.added, since.changed, since.removed
        title = ntr("{n} record added", "{n} records added", added.count)
        self._add("added", "plus", "warn", title, named(desk, added.told), added.count)
        title = ntr("{n} record changed", "{n} records changed", changed.count)
        self._add("changed", "pencil", "warn", title, with_fields(desk, changed.told), changed.count)
        title = ntr("{n} record removed", "{n} records removed", removed.count)
        self._add("removed", "trash", "neutral", title, named(desk, removed.told), removed.count)
        title = ntr("{n} step since", "{n} steps since", since.number)
        rest = since.number - len(since.steps)
        self._add("steps", "file-clock", "neutral", title, self._by_day(since.steps), since.number, rest)
        if since.only_there:
            words = ntr(
                "{n} step is only in this backup: it was made before an earlier day was brought back.",
                "{n} steps are only in this backup: they were made before an earlier day was brought back.",
                since.only_there,
            )
            self._column.addWidget(label(desk.look, words, "grey", wrap=True))

    def _add(
        self, name: str, icon: str, tone: str, title: str, lines: Sequence[str], count: int, rest: int | None = None
    ) -> None:
        if count:
            group = Group(self._desk, icon, tone, title, lines, count - len(lines) if rest is None else rest)
            self.groups[name] = group
            self._column.addWidget(group)

    def _by_day(self, steps: Sequence[Step]) -> list[str]:
        return ["\n".join(lines) for lines in self._days(steps)]

    def _days(self, steps: Sequence[Step]) -> Iterator[list[str]]:
        language = self._desk.language
        for day, found in groupby(steps, self._day):
            lines = [language.weekday_day(day)]
            for one in found:
                time = language.time(language.local(one.at).time())
                lines.append(" · ".join([time, step_words(one.kind, one.label, language), isolate(one.officer)]))
            yield lines

    def _day(self, one: Step) -> date:
        return self._desk.language.local(one.at).date()
