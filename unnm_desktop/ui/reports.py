"""The documents: choose one, see its real pages, write its words, save, print or issue it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QSplitter, QWidget

from unnm_desktop import reports
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import calendar, issued, progress_reports, records
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.inspector import IN_ONE_TURN, Part, PartsView, Section
from unnm_desktop.ui.jobs import REPORTS, Job
from unnm_desktop.ui.lookups import all_meetings, meeting_line
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.paper_view import PaperView
from unnm_desktop.ui.preview import Paper, measure
from unnm_desktop.ui.reading_fields import LinkField
from unnm_desktop.ui.report_life import SECTION, ReportLife
from unnm_desktop.ui.report_wish import Wish, build, issue_document, request_of
from unnm_desktop.ui.widgets import Card

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

# Every record may stand in a document, so any step may change what the pages show.
EVERYTHING = frozenset(
    {
        "network", "terms_of_reference", "objective", "organisation", "membership", "person", "appointment", "office",
        "meeting", "meeting_chair", "agenda_item", "invitation", "attendance", "minutes", "minutes_entry", "comment",
        "decision", "position", "action_point", "action_responsible", "action_note", "workplan", "output", "activity",
        "activity_participant", "deliverable", "indicator", "measurement", "budget_line", "challenge", "report",
        "report_section", "issued_document", "dispatch",
    }
)  # fmt: skip
# The width from which the page has three columns, what the documents take of it, both, and both in one column.
THREE_COLUMNS, DOCUMENTS, SIDES, SIDE = 1060, 200, 500, 320
WIDEST = (1 << 24) - 1
NO_PAGES = N_("The pages are not there yet.")
LANGUAGES = (("en", N_("English")), ("ar", N_("Arabic")))


class ReportsPage(Page):
    """Every document of the network with its live pages."""

    name = "reports"
    title = N_("Reports")
    kinds = EVERYTHING
    primary = "save"
    secondary = ("issue", "print")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.wish = Wish("progress-report", desk.language.code)
        self._job: Job | None = None
        self._shown: Wish | None = None
        self.life = ReportLife(self, self._add_words)
        self._saved = Path()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.body.addWidget(self.splitter, 1)
        side = QWidget()
        self.splitter.addWidget(side)
        self.list = _document_list(desk)
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.list.setMaximumHeight(_high(self.list))
        options = Card(0)
        self.options = PartsView(desk, 12)
        options.column.addWidget(self.options)
        # In two columns where there is room, else one under the other.
        self.side = QBoxLayout(QBoxLayout.Direction.TopToBottom, side)
        self.side.setContentsMargins(0, 0, 1 if desk.look.rtl else 0, 0)
        self.side.setSpacing(14)
        self.side.addWidget(self.list, 3)
        self.side.addWidget(options, 2)
        side.setMinimumWidth(260)
        self.pages = PaperView(desk)
        self.preview = self.pages.preview
        self.splitter.addWidget(self.pages)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([320, 740])
        self.splitter.setHandleWidth(14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Documents, options and pages are three columns where there is room for them."""
        scale = max(1.0, self.desk.look.text_size / 100)
        wide = self.width() >= THREE_COLUMNS * scale
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction == self.side.direction():
            return
        self.side.setDirection(direction)
        self.list.setMaximumSize(round(DOCUMENTS * scale) if wide else WIDEST, WIDEST if wide else _high(self.list))
        side = round((SIDES if wide else SIDE) * scale)
        self.splitter.setSizes([side, max(1, self.splitter.width() - side)])

    def subline(self) -> str:
        return self.tr_(N_("What you see is what is printed."))

    def commands(self) -> Sequence[Command]:
        return (
            Command(
                "save", N_("Save as PDF"), self.save_as, "download", ("Ctrl+S",), self._has_paper, "file", why=NO_PAGES
            ),
            Command("print", N_("Print"), self.print, "printer", ("Ctrl+P",), self._has_paper, "file", why=NO_PAGES),
            Command(
                "find-in-pages",
                N_("Find in the pages"),
                self.pages.find_words,
                "search",
                ("Ctrl+F",),
                self._has_paper,
                "edit",
            ),
            Command("issue", N_("Keep as issued"), self.issue, "stamp", (), self._may_issue, "file", why=NO_PAGES),
        )

    def _has_paper(self) -> bool:
        return self.preview.paper is not None

    def _may_issue(self) -> bool:
        # What is looked at as it went out is not issued a second time.
        return self._has_paper() and self._shown == self.wish and not self.hub.read_only

    def first_focus(self) -> QWidget | None:
        return self.list

    def leads_back(self) -> Mapping[str, object]:
        wish = self.wish
        return {
            "kind": wish.kind, "meeting": wish.meeting, "period": wish.period, "year": wish.year, "on": wish.on,
        }  # fmt: skip

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        kind = str(options.get("kind", self.wish.kind))
        meeting = str(options.get("meeting", ""))
        period = str(options.get("period", ""))
        year, on = options.get("year"), options.get("on")
        year = year if isinstance(year, int) else None
        wish = Wish(kind, self.wish.code, meeting, period, year, on if isinstance(on, date) else None)
        now = self.wish
        other = (kind, meeting, period, wish.on) != (now.kind, now.meeting, now.period, now.on)
        if other or year not in (None, now.year):
            self.wish = wish
            self.refresh_soon()

    def complete(self) -> None:
        super().complete()
        if self.life.complete():
            super().complete()

    # Choosing --------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        rows = [self.list.item(n) for n in range(self.list.count())]
        chosen = next((one for one in rows if one.data(Qt.ItemDataRole.UserRole) == self.wish.kind), None)
        self.list.blockSignals(True)
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        self.list.blockSignals(False)
        # All is shown anew.
        self._left.clear()
        self.life.forget()
        self._fill_in()
        self._show_options()
        self._show_pages()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._change(kind=item.data(Qt.ItemDataRole.UserRole))

    def _change(self, **values: Any) -> None:
        self.complete()
        if "kind" in values:
            # Each document begins with today.
            values["on"] = None
        self.wish = replace(self.wish, **values)
        self._fill_in()
        self._show_options()
        self._show_pages()

    def _fill_in(self) -> None:
        """Say in the choice what the program would take by itself, so that the fields show it."""
        try:
            request = self.hub.read(request_of, self.wish, self.desk.network_id, self.desk.today())
        except UserError:
            return
        meeting = self.wish.meeting
        if request.meeting_id is not None and not meeting:
            meeting = self.hub.read(records.get, Meeting, request.meeting_id).reference
        period = request.period.code if request.period else self.wish.period
        self.wish = replace(self.wish, meeting=meeting, period=period, year=request.year or self.wish.year)

    def _show_options(self) -> None:
        needs = reports.REPORTS[self.wish.kind].needs
        parts: list[Part] = [ChoiceField("code", N_("Language"), self.wish.code, LANGUAGES)]
        if "meeting" in needs:
            held = self.hub.read(all_meetings, self.desk.network_id)
            parts.append(
                ChoiceField(
                    "meeting", N_("Meeting"), self.wish.meeting,
                    tuple((one.reference, meeting_line(self.desk, one)) for one in held),
                )
            )  # fmt: skip
        if "period" in needs:
            parts.append(ChoiceField("period", N_("Period"), self.wish.period, self._periods()))
        if "year" in needs:
            year = self.desk.today().year
            years = tuple((one, self.language.figures(str(one))) for one in range(year + 1, year - 10, -1))
            parts.append(ChoiceField("year", N_("Year"), self.wish.year, years))
        if "day" in needs:
            parts.append(DateField("on", N_("As at"), self.wish.on or self.desk.today()))
        if self.wish.kind == progress_reports.KIND and self.wish.period:
            if not self.life.begun:
                # The choices and the pages are there before.
                self.options.update_parts(parts, self._save)
                self.later(self.life.begin)
                return
            parts += self.life.parts()
        parts += self._issued()
        self.options.update_parts(parts, self._save)

    def _add_words(self) -> None:
        """Show below the choices what was left for later, a few fields in each turn."""
        parts = [*self.life.parts(), *self._issued()]
        some = (parts[n : n + IN_ONE_TURN] for n in range(0, len(parts), IN_ONE_TURN))
        self.later(*(partial(self.options.add_parts, few, self._save) for few in some))

    def _periods(self) -> Sequence[tuple[str, str]]:
        now_half = calendar.half_year(self.desk.today())
        found, one = [], now_half
        for _ in range(8):
            first, last = (self.language.day(day.isoformat()[:7], short=True) for day in (one.start, one.end))
            found.append((one.code, self.language.span(first, last)))
            one = one.previous()
        if self.wish.period and self.wish.period not in {code for code, _ in found}:
            found.append((self.wish.period, self.wish.period))
        return found

    def _issued(self) -> list[Part]:
        kept = self.hub.read(lambda session: issued.issued_for(session, self.desk.network_id, self.wish.kind))
        if not kept:
            return []
        parts: list[Part] = [Section(N_("Issued so far"))]
        for one in kept[:8]:
            words = self.tr_(
                N_("Version {n}, {language}"), n=one.version, language=self.tr_(dict(LANGUAGES)[one.language])
            )
            parts.append(
                LinkField(
                    f"issued:{one.id}", self.language.day(one.issued_on, short=True), words,
                    lambda key=one.id: self._show_issued(key),  # type: ignore[misc] # the loop's document is meant
                )
            )  # fmt: skip
        return parts

    def _save(self, name: str, value: Any) -> object:
        if name.startswith(SECTION):
            return self.life.keep(name, value)
        if name == "on" and value == self.desk.today():
            value = None
        self._change(**{name: value})
        return None

    # Pages -----------------------------------------------------------------------------------------------------------

    def _show_pages(self) -> None:
        if self._job is not None:
            self._job.abandon()
        if self._shown != self.wish:
            self.preview.say(self.tr_(N_("The pages are being set …")))
        self._job = self.desk.jobs.run(
            build,
            self.hub.database,
            self.wish,
            self.desk.network_id,
            self.desk.today(),
            done=self._take_paper,
            failed=self._failed,
            progress=True,
            text=self.tr_(N_("Setting the pages")),
            lane=REPORTS,
        )
        self._job.cancelled.connect(self._stopped)

    def _stopped(self) -> None:
        if self.sender() is self._job and self.preview.paper is None:
            self.preview.say(self.tr_(N_("Stopped. Choose a document to set its pages.")))

    def _take_paper(self, made: tuple[Wish, Paper]) -> None:
        wish, paper = made
        if wish != self.wish:
            # Another document was chosen while this one was on its way.
            return
        same = self._shown == wish
        self._shown = wish
        self.preview.show_paper(paper, keep_place=same)
        self.header_changed.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.preview.say(self.tr_(error.message, **error.values))
        self.header_changed.emit()

    def _show_issued(self, issued_id: UUID) -> None:
        try:
            data = self.hub.read(issued.content, self.hub.database.blobs.get, issued_id)
        except UserError as error:
            self.trouble(error)
            return
        if self._job is not None:
            self._job.abandon()
        self._shown = None
        self._job = self.desk.jobs.run(measure, data, done=self._take_issued, lane=REPORTS)

    def _take_issued(self, paper: Paper) -> None:
        self.preview.show_paper(paper)
        self.bar.show_message(
            self.tr_(N_("This is the document as it was issued.")),
            "info",
            self.tr_(N_("Show it as it is today")),
            self._show_today,
        )
        self.header_changed.emit()

    def _show_today(self) -> None:
        self.bar.clear()
        self._show_pages()

    # What goes out ---------------------------------------------------------------------------------------------------

    def _file_name(self) -> str:
        wish, needs = self.wish, reports.REPORTS[self.wish.kind].needs
        network = self.hub.read(records.get, Network, self.desk.network_id)
        # What was chosen for another document is still in the wish.
        told = {
            "meeting": wish.meeting.removeprefix(f"{network.country}/").replace("/", "-"),
            "period": wish.period,
            "year": str(wish.year or ""),
            "day": (wish.on or self.desk.today()).isoformat(),
        }
        about = next((words for need, words in told.items() if need in needs and words), "")
        return "-".join(part for part in (wish.kind, network.country, about, wish.code) if part) + ".pdf"

    def save_as(self) -> None:
        """Write the pages that are shown into a file."""
        paper = self.preview.paper
        path = self.desk.ask.save_file(self.tr_(N_("Save as PDF")), self._file_name(), "PDF (*.pdf)")
        if paper is None or path is None:
            return
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(reports.packed(paper.data))
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            self.trouble(
                UserError(N_("{file} cannot be written. Choose another folder or free some space."), file=path.name)
            )
            return
        self._saved = path
        self.desk.say(self.tr_(N_("Saved: {file}"), file=path.name), self.tr_(N_("Open it")), self._open_saved)

    def _open_saved(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def print(self) -> None:
        """Print the pages that are shown."""
        if self.preview.print_all(self):
            self.desk.say(self.tr_(N_("Sent to the printer.")))

    def issue(self) -> None:
        """Keep the document's exact bytes in the workspace."""
        kept = self.attempt(
            N_("Issue a document"),
            issue_document,
            self.hub.database,
            self.wish,
            self.desk.network_id,
            self.desk.today(),
        )
        if kept is not None:
            self.desk.say_with_undo(self.tr_(N_("Kept as issued, version {n}."), n=kept.version))


def _document_list(desk: Desk) -> QListWidget:
    """Every document there is, by its title."""
    made = QListWidget()
    made.setAccessibleName(desk.tr(N_("Documents")))
    made.setObjectName("documents")
    made.setFrameShape(QListWidget.Shape.NoFrame)
    made.setSpacing(1)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for name, kind in reports.REPORTS.items():
        item = QListWidgetItem(desk.tr(kind.title))
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setTextAlignment(desk.look.start())
        made.addItem(item)
    return made


def _high(documents: QListWidget) -> int:
    """As high as its lines; on a small window it gives room to the options under it and scrolls."""
    return (documents.sizeHintForRow(0) + 2 * documents.spacing()) * documents.count() + 12
