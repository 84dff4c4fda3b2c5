"""The documents: choose one, see its real pages, write its words, save, print or issue it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from unnm_desktop import reports
from unnm_desktop.db.issued import ReportState
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.services import calendar, issued, progress_reports, records
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import LongTextField
from unnm_desktop.ui.inspector import Part, PartsView, Section
from unnm_desktop.ui.jobs import REPORTS, Job
from unnm_desktop.ui.lookups import all_meetings, meeting_line
from unnm_desktop.ui.moments import now
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.preview import Paper, Preview, measure
from unnm_desktop.ui.preview_find import FindLine
from unnm_desktop.ui.reading_fields import LinkField, ReadOnly
from unnm_desktop.ui.report_wish import Wish, build, issue_document, request_of
from unnm_desktop.ui.report_words import Words, keep_words, read_words, with_report
from unnm_desktop.ui.widgets import Card, button, icon_button, label, row

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

T = TypeVar("T")

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
        self._wish = Wish("progress-report", desk.language.code)
        self._job: Job | None = None
        self._shown: Wish | None = None
        # Whether the words of a report were read once, and what was read of them and is not shown yet.
        self._begun = False
        self._at_hand: Words | None = None
        self._saved = Path()
        self.list = QListWidget()
        self.list.setAccessibleName(desk.tr(N_("Documents")))
        self.list.setObjectName("documents")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setSpacing(1)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, kind in reports.REPORTS.items():
            item = QListWidgetItem(desk.tr(kind.title))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setTextAlignment(desk.look.start())
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        # As high as its lines; on a small window it gives room to the options under it and scrolls.
        self.list.setMaximumHeight((self.list.sizeHintForRow(0) + 2 * self.list.spacing()) * self.list.count() + 12)
        options = Card(0)
        self.options = PartsView(desk, 12)
        options.column.addWidget(self.options)
        side = QWidget()
        # In two columns where there is room, else one under the other.
        self.side = QBoxLayout(QBoxLayout.Direction.TopToBottom, side)
        self.side.setContentsMargins(0, 0, 1 if desk.look.rtl else 0, 0)
        self.side.setSpacing(14)
        self.side.addWidget(self.list, 3)
        self.side.addWidget(options, 2)
        side.setMinimumWidth(260)
        self.preview = Preview(desk)
        look, tr = desk.look, desk.tr
        self.page_line = label(look, "", "grey")
        self.find_line = FindLine(desk, self.preview)
        self._page = 0
        self.preview.page_changed.connect(self._tell_place)
        tools = row(
            icon_button(look, "zoom-out", tr(N_("Smaller")), lambda: self.preview.zoom_by(-1)),
            icon_button(look, "zoom-in", tr(N_("Larger")), lambda: self.preview.zoom_by(1)),
            button(look, tr(N_("Fit width")), lambda: self.preview.zoom_by(0), "link"),
            self.page_line,
            icon_button(look, "arrow-up", tr(N_("Page before")), lambda: self.preview.go_to_page(self._page - 2)),
            icon_button(look, "arrow-down", tr(N_("Next page")), lambda: self.preview.go_to_page(self._page)),
            icon_button(look, "search", tr(N_("Find in the pages")), self.find_words),
            stretch=2,
        )
        pages = QWidget()
        right = QVBoxLayout(pages)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(tools)
        right.addWidget(self.find_line)
        right.addWidget(self.preview, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(side)
        self.splitter.addWidget(pages)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([320, 740])
        self.splitter.setHandleWidth(14)
        self.body.addWidget(self.splitter, 1)

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
        lines = (self.list.sizeHintForRow(0) + 2 * self.list.spacing()) * self.list.count() + 12
        self.list.setMaximumSize(round(DOCUMENTS * scale) if wide else WIDEST, WIDEST if wide else lines)
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
                self.find_words,
                "search",
                ("Ctrl+F",),
                self._has_paper,
                "edit",
            ),
            Command("issue", N_("Keep as issued"), self.issue, "stamp", (), self._may_issue, "file", why=NO_PAGES),
        )

    def find_words(self) -> None:
        """Find words in the pages."""
        self.find_line.ask()

    def _has_paper(self) -> bool:
        return self.preview.paper is not None

    def _may_issue(self) -> bool:
        # What is looked at as it went out is not issued a second time.
        return self._has_paper() and self._shown == self._wish and not self.hub.read_only

    def first_focus(self) -> QWidget | None:
        return self.list

    def leads_back(self) -> Mapping[str, object]:
        wish = self._wish
        return {"kind": wish.kind, "meeting": wish.meeting, "period": wish.period, "on": wish.on}

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        kind = str(options.get("kind", self._wish.kind))
        meeting = str(options.get("meeting", ""))
        period = str(options.get("period", ""))
        on = options.get("on")
        wish = Wish(kind, self._wish.code, meeting, period, on=on if isinstance(on, date) else None)
        now = self._wish
        if (kind, meeting, period, wish.on) != (now.kind, now.meeting, now.period, now.on):
            self._wish = wish
            self.refresh_soon()

    # Choosing --------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        rows = [self.list.item(n) for n in range(self.list.count())]
        chosen = next((one for one in rows if one.data(Qt.ItemDataRole.UserRole) == self._wish.kind), None)
        self.list.blockSignals(True)
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        self.list.blockSignals(False)
        self._at_hand = None
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
        self._wish = replace(self._wish, **values)
        self._fill_in()
        self._show_options()
        self._show_pages()

    def _fill_in(self) -> None:
        """Say in the choice what the program would take by itself, so that the fields show it."""
        try:
            request = self.hub.read(request_of, self._wish, self.desk.network_id, self.desk.today())
        except UserError:
            return
        meeting = self._wish.meeting
        if request.meeting_id is not None and not meeting:
            meeting = self.hub.read(records.get, Meeting, request.meeting_id).reference
        period = request.period.code if request.period else self._wish.period
        self._wish = replace(self._wish, meeting=meeting, period=period, year=request.year or self._wish.year)

    def _show_options(self) -> None:
        needs = reports.REPORTS[self._wish.kind].needs
        parts: list[Part] = [ChoiceField("code", N_("Language"), self._wish.code, LANGUAGES)]
        if "meeting" in needs:
            held = self.hub.read(all_meetings, self.desk.network_id)
            parts.append(
                ChoiceField(
                    "meeting", N_("Meeting"), self._wish.meeting,
                    tuple((one.reference, meeting_line(self.desk, one)) for one in held),
                )
            )  # fmt: skip
        if "period" in needs:
            parts.append(ChoiceField("period", N_("Period"), self._wish.period, self._periods()))
        if "year" in needs:
            year = self.desk.today().year
            years = tuple((one, self.language.figures(str(one))) for one in range(year + 1, year - 10, -1))
            parts.append(ChoiceField("year", N_("Year"), self._wish.year, years))
        if "day" in needs:
            parts.append(DateField("on", N_("As at"), self._wish.on or self.desk.today()))
        if self._wish.kind == progress_reports.KIND and self._wish.period:
            if self._begun:
                parts += self._words()
            else:
                # They tell a half-year's figures; the choices and the pages are there before.
                self.later(self._read_first, self._show_options)
        parts += self._issued()
        self.options.update_parts(parts, self._save)

    def _periods(self) -> Sequence[tuple[str, str]]:
        now_half = calendar.half_year(self.desk.today())
        found, one = [], now_half
        for _ in range(8):
            first, last = (self.language.day(day.isoformat()[:7], short=True) for day in (one.start, one.end))
            found.append((one.code, f"{first} – {last}"))
            one = one.previous()
        if self._wish.period and self._wish.period not in {code for code, _ in found}:
            found.append((self._wish.period, self._wish.period))
        return found

    def _read_first(self) -> None:
        self._begun = True
        self._at_hand = self._read_words()

    def _read_words(self) -> Words:
        language = language_for(self._wish.code, paper=True)
        return self.hub.read(read_words, self.desk.network_id, self._wish.period, language, self.desk.today())

    def _words(self) -> list[Part]:
        tr = self.tr_
        words, self._at_hand = self._at_hand or self._read_words(), None
        state = words.report.state if words.report else ReportState.DRAFT
        parts: list[Part] = [Section(N_("State")), ReadOnly("state", N_("Report"), tr(state.label))]
        if not self.hub.read_only:
            look = self.desk.look
            if state is ReportState.DRAFT:
                parts.append(button(look, tr(N_("Reporting chair signs off")), self._sign_off, "", "signature"))
            elif state is ReportState.SIGNED_OFF:
                parts.append(button(look, tr(N_("Note as submitted")), self._submit, "primary", "send"))
                parts.append(button(look, tr(N_("Take the sign-off back")), self._take_back, "link"))
        parts.append(Section(N_("Your words")))
        parts.append(
            label(
                self.desk.look,
                tr(N_("The program drafts each section; what you write replaces it.")),
                "grey",
                wrap=True,
            )
        )
        for text in words.texts:
            title = progress_reports.SECTIONS[text.section]
            field = LongTextField(
                f"section:{text.section}",
                title,
                text.text,
                enabled=state is ReportState.DRAFT and not self.hub.read_only,
            )
            parts.append(field)
        return parts

    def _issued(self) -> list[Part]:
        kept = self.hub.read(lambda session: issued.issued_for(session, self.desk.network_id, self._wish.kind))
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
        if name.startswith("section:"):
            return self.hub.step(
                N_("Write a section of the report"),
                keep_words,
                self.desk.network_id,
                self._wish.period,
                name.partition(":")[2],
                self._wish.code,
                value,
            )
        if name == "on" and value == self.desk.today():
            value = None
        self._change(**{name: value})
        return None

    # Pages -----------------------------------------------------------------------------------------------------------

    def _show_pages(self) -> None:
        if self._job is not None:
            self._job.abandon()
        if self._shown != self._wish:
            self.preview.say(self.tr_(N_("The pages are being set …")))
        self._job = self.desk.jobs.run(
            build,
            self.hub.database,
            self._wish,
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
        if wish != self._wish:
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

    def _tell_place(self, page: int, pages: int) -> None:
        self._page = page
        self.page_line.setText(self.tr_(N_("Page {page} of {pages}"), page=page, pages=pages) if pages else "")

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
        network = self.hub.read(records.get, Network, self.desk.network_id)
        about = (
            self._wish.meeting.replace("/", "-")
            or self._wish.period
            or str(self._wish.year or "")
            or (self._wish.on.isoformat() if self._wish.on else "")
        )
        return "-".join(part for part in (self._wish.kind, network.country, about, self._wish.code) if part) + ".pdf"

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
            self._wish,
            self.desk.network_id,
            self.desk.today(),
        )
        if kept is not None:
            self.desk.say_with_undo(self.tr_(N_("Kept as issued, version {n}."), n=kept.version))

    # Begun and signed in one step: a refused sign-off leaves nothing behind, one undo takes back the whole.

    def _sign_off(self) -> None:
        self._on_report(N_("Sign the report off"), progress_reports.sign_off, self.desk.today())

    def _take_back(self) -> None:
        self._on_report(N_("Take the sign-off back"), progress_reports.take_back_sign_off)

    def _submit(self) -> None:
        done = self._on_report(N_("Submit the report"), progress_reports.submit, now(self.desk))
        if done is not None:
            names = self.language.list([one.addressee for one in done])
            self.desk.say_with_undo(self.tr_(N_("Noted as submitted to {names}."), names=names))

    def _on_report(self, label: str, verb: Callable[..., T], *args: object) -> T | None:
        return self.attempt(label, with_report, self.desk.network_id, self._wish.period, verb, *args)
