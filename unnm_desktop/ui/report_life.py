"""The life of a progress report as the page of the documents offers it: written, signed off, submitted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from shiboken6 import isValid

from unnm_desktop.db.issued import ReportState
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.services import progress_reports
from unnm_desktop.ui.forms import LongTextField
from unnm_desktop.ui.inspector import Part, Section
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.report_words import Words, keep_words, read_words, with_report
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from unnm_desktop.i18n import Language
    from unnm_desktop.ui.jobs import Job
    from unnm_desktop.ui.report_wish import Wish
    from unnm_desktop.ui.reports import ReportsPage

T = TypeVar("T")
# How the fields of its sections are called.
SECTION = "section:"


class ReportLife:
    """What can be done with the report of the period that the page shows."""

    def __init__(self, page: ReportsPage, show: Callable[[], object]) -> None:
        self._page, self._desk, self._show = page, page.desk, show
        # Whether the words of a report were read once, and what was read of them and is not shown yet.
        self.begun = False
        self._at_hand: Words | None = None
        # What reads them for the first time.
        self._job: Job | None = None

    def begin(self) -> None:
        """Read the words for the first time, on a thread: they tell a half-year's figures."""
        if self.begun or not self._wanted():
            # Another document was asked for before this turn came.
            return
        self.forget()
        take = partial(self._take, self._page.wish)
        self._job = self._desk.jobs.run(self._desk.hub.read, read_words, *self._asked(), done=take, failed=self._failed)

    def complete(self) -> bool:
        """Read now the words that are being read; whether they were."""
        if self._job is None or not self._desk.hub.is_open:
            return False
        self.forget()
        if self._wanted():
            self._take(self._page.wish, self._read())
        return self.begun

    def forget(self) -> None:
        """What was read, or is being read, is no longer so."""
        self._at_hand = None
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _wanted(self) -> bool:
        return self._page.wish.kind == progress_reports.KIND and bool(self._page.wish.period)

    def _take(self, wish: Wish, words: Words) -> None:
        self._job = None
        # The window may have been replaced while they were read.
        if isValid(self._page) and wish == self._page.wish:
            self._at_hand, self.begun = words, True
            self._show()

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            raise error
        if isValid(self._page):
            self._page.trouble(error)

    def _asked(self) -> tuple[UUID, str, Language, date]:
        desk, wish = self._desk, self._page.wish
        return desk.network_id, wish.period, language_for(wish.code, paper=True), desk.today()

    def _read(self) -> Words:
        return self._desk.hub.read(read_words, *self._asked())

    def parts(self) -> list[Part]:
        """Its state, what may be done next, and the words of every section."""
        desk, look, tr = self._desk, self._desk.look, self._desk.tr
        words, self._at_hand = self._at_hand or self._read(), None
        state = words.report.state if words.report else ReportState.DRAFT
        parts: list[Part] = [Section(N_("State")), ReadOnly("state", N_("Report"), tr(state.label))]
        if not desk.hub.read_only:
            if state is ReportState.DRAFT:
                parts.append(button(look, tr(N_("Reporting chair signs off")), self._sign_off, "", "signature"))
            elif state is ReportState.SIGNED_OFF:
                parts.append(button(look, tr(N_("Note as submitted")), self._submit, "primary", "send"))
                parts.append(button(look, tr(N_("Take the sign-off back")), self._take_back, "link"))
        parts.append(Section(N_("Your words")))
        told = tr(N_("The program drafts each section; what you write replaces it."))
        parts.append(label(look, told, "grey", wrap=True))
        writable = state is ReportState.DRAFT and not desk.hub.read_only
        parts += [
            LongTextField(f"{SECTION}{one.section}", progress_reports.SECTIONS[one.section], one.text, enabled=writable)
            for one in words.texts
        ]
        return parts

    def keep(self, name: str, text: str) -> object:
        """Keep the words of the section whose field has this name."""
        wish = self._page.wish
        return self._desk.hub.step(
            N_("Write a section of the report"),
            keep_words,
            self._desk.network_id,
            wish.period,
            name.removeprefix(SECTION),
            wish.code,
            text,
        )

    # Begun and signed in one step: a refused sign-off leaves nothing behind, one undo takes back the whole.

    def _sign_off(self) -> None:
        self._do(N_("Sign the report off"), progress_reports.sign_off, self._desk.today())

    def _take_back(self) -> None:
        self._do(N_("Take the sign-off back"), progress_reports.take_back_sign_off)

    def _submit(self) -> None:
        desk = self._desk
        done = self._do(N_("Submit the report"), progress_reports.submit, now(desk))
        if done is not None:
            names = desk.language.list([one.addressee for one in done])
            desk.say_with_undo(desk.tr(N_("Noted as submitted to {names}."), names=names))

    def _do(self, label: str, verb: Callable[..., T], *args: object) -> T | None:
        return self._page.attempt(label, with_report, self._desk.network_id, self._page.wish.period, verb, *args)
