"""The agenda of a meeting: its items in order, what each needs, and the time they take together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.db.meetings import AgendaItem, ItemKind, Meeting, MeetingState
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, networks, papers, records
from unnm_desktop.services.listing import Cell
from unnm_desktop.services.meetings import name_of
from unnm_desktop.services.units import MINUTES
from unnm_desktop.ui.agenda_table import AgendaTable
from unnm_desktop.ui.beside import Beside
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.fields import CheckField, ChoiceField, NumberField
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import STACK_FROM, BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Head, Inspector, Part, Section, Tag
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.lookups import all_meetings, meeting_line
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.row_menu import RowMenu, edit_details
from unnm_desktop.ui.widgets import ElidedLabel, button, icon_button

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QPoint
    from sqlalchemy.orm import Session

    from unnm_desktop.services.papers import Paper
    from unnm_desktop.ui.page_base import Page

KINDS = tuple((kind, kind.label) for kind in ItemKind)
TONES = {ItemKind.DECISION: "good", ItemKind.DISCUSSION: "info", ItemKind.INFORMATION: "neutral"}


@dataclass(frozen=True)
class AgendaSheet:
    """A meeting's agenda as the tab shows it."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    objectives: tuple[Objective, ...]
    # The earlier items that items were carried over from, with their meetings.
    origins: dict[UUID, tuple[AgendaItem, Meeting]]
    offered: int
    papers: tuple[Paper, ...]


def read_agenda(session: Session, meeting_id: UUID, on: date) -> AgendaSheet:
    """Read an agenda whole."""
    meeting = records.get(session, Meeting, meeting_id)
    items = agendas.agenda(session, meeting_id)
    earlier = records.by_id(session, AgendaItem, {item.carried_from_id for item in items if item.carried_from_id})
    held = records.by_id(session, Meeting, {item.meeting_id for item in earlier.values()})
    return AgendaSheet(
        meeting,
        tuple(items),
        tuple(networks.objectives_on(session, meeting.network_id, meeting.day)),
        {key: (item, held[item.meeting_id]) for key, item in earlier.items()},
        len(agendas.open_matters(session, meeting.network_id, on, meeting)),
        tuple(papers.papers(session, meeting_id)),
    )


def carry_over_all(session: Session, item_ids: Sequence[UUID], meeting_id: UUID, reason: str) -> None:
    """Take several earlier items up again."""
    for item_id in item_ids:
        agendas.carry_over(session, item_id, meeting_id, reason)


class AgendaSource(FixedRows[AgendaItem]):
    """The items as rows of a table, in their order."""

    columns = (
        Heading("number", N_("No."), "start", 52, "text", least=48),
        Heading("title", N_("Item"), "start", 300, "stretch"),
        Heading("kind", N_("For"), "start", 124, "text"),
        Heading("presenter", N_("Presented by"), "start", 120, "text", 2),
        Heading("minutes", N_("Time (min)"), "end", 96, "number", 1, least=64, short=N_("min")),
    )
    enough = 280

    def __init__(self, page: Page, sheet: AgendaSheet) -> None:
        super().__init__({item.id: item for item in sheet.items})
        self._tr, self._language = page.desk.tr, page.language

    def row(self, item: AgendaItem) -> tuple[Cell, ...]:
        language = self._language
        marks = []
        if item.closed:
            marks.append(self._tr(N_("members only")))
        if item.carried_from_id is not None:
            marks.append(self._tr(N_("carried over")))
        title = language.pick(item, "title")
        whole = f"{title} ({language.list(marks)})" if marks else title
        icon = "lock" if item.closed else "corner-down-right" if item.carried_from_id is not None else ""
        minutes = language.number(item.minutes) if item.minutes is not None else "–"
        return (
            Cell(agendas.item_number(item, language)),
            Cell(title, icon=icon, tooltip=whole),
            Cell(self._tr(item.kind.label), TONES[item.kind], "pill"),
            Cell(item.presenter),
            Cell(minutes, number=True),
        )


class AgendaTab(QWidget):
    """List and inspector of the items."""

    title = N_("Agenda")

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        tr, look = self.desk.tr, self.desk.look
        self.meeting_id: UUID | None = None
        self._sheet: AgendaSheet | None = None
        self._shown: UUID | None = None
        self.table = AgendaTable(self)
        self.add_button = button(look, tr(N_("Add item")), self.add, "", "plus")
        self.carry_button = button(look, tr(N_("From earlier meetings")), self.take_up, "", "corner-down-right")
        self.up = icon_button(look, "arrow-up", tr(N_("Move up (Alt+↑)")), lambda: self.move_item(-1))
        self.down = icon_button(look, "arrow-down", tr(N_("Move down (Alt+↓)")), lambda: self.move_item(1))
        self.off = icon_button(look, "trash", tr(N_("Take the item off the agenda")), self.remove)
        self.clock = ElidedLabel(look)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for widget in (self.add_button, self.carry_button, self.up, self.down, self.off):
            tools.addWidget(widget)
        tools.addStretch(1)
        self.empty = Empty(
            look, "list-ordered", tr(N_("No items yet")), tr(N_("Add what the members will talk about.")),
            (tr(N_("Add item")), self.add),
        )  # fmt: skip
        self.inspector = Inspector(self.desk, tr(N_("Agenda item")))
        splitter = Beside(look, self.inspector)
        splitter.column.addLayout(tools)
        # Large text leaves no room for it behind the buttons.
        if look.text_size >= STACK_FROM:
            splitter.column.addWidget(self.clock)
        else:
            tools.addWidget(self.clock, 1000)
        splitter.column.addWidget(self.table, 1)
        splitter.column.addWidget(self.empty, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)
        self.table.current_changed.connect(self._show_item)
        self.table.opened.connect(lambda _id: self.inspector.parts.focus())
        self._row_menu = RowMenu(page, self.inspector, ("up", "down"), ("take-off",))
        self.table.menu_wanted.connect(self._open_menu)

    def _open_menu(self, place: QPoint) -> None:
        self._row_menu.open(place, [edit_details(self.desk, self.inspector)])

    # Reading --------------------------------------------------------------------------------------------

    def show_meeting(self, meeting_id: UUID) -> None:
        """Read the agenda."""
        changed = meeting_id != self.meeting_id
        self.meeting_id = meeting_id
        self._sheet = sheet = self.page.hub.read(read_agenda, meeting_id, self.desk.today())
        source = AgendaSource(self.page, sheet)
        if changed:
            self._shown = None
        self.table.show_rows(source)
        self.table.setVisible(bool(sheet.items))
        self.empty.setVisible(not sheet.items)
        self.inspector.setVisible(bool(sheet.items))
        if self.table.current_id() is None:
            self.table.select_first()
        elif self._shown is not None:
            self.inspector.parts.update_parts(self._parts(self._shown), self._save)
        over = sheet.meeting.state in (MeetingState.CLOSED, MeetingState.CANCELLED)
        for widget in (self.add_button, self.up, self.down, self.off, self.carry_button):
            widget.setEnabled(not over and not self.page.hub.read_only)
        self.carry_button.setVisible(bool(sheet.offered))
        self._show_clock(sheet)

    def _show_clock(self, sheet: AgendaSheet) -> None:
        total = sum(item.minutes or 0 for item in sheet.items)
        length = _minutes(sheet.meeting.ends) - _minutes(sheet.meeting.starts)
        tr, over = self.desk.tr, total > length
        text = self.desk.language.ntr("{total} of {n} min", "{total} of {n} min", length, total=total)
        if over:
            # What is too much comes first: it is read even where the rest is cut.
            text = self.desk.language.ntr(
                "{n} min too many ({total} of {length})",
                "{n} min too many ({total} of {length})",
                total - length, total=total, length=length,
            )  # fmt: skip
        self.clock.setText(text)
        self.clock.setMaximumWidth(self.clock.sizeHint().width())
        self.clock.setAccessibleDescription(tr(N_("The time of all items against the length of the meeting")))
        self.clock.setStyleSheet(f"color: {self.desk.look.tokens.tone('warn' if over else '')[0]};")

    def _show_item(self, item_id: UUID | None) -> None:
        self._shown = item_id
        if item_id is None or self._sheet is None:
            self.inspector.parts.clear()
        else:
            self.inspector.show_record(partial(self._parts, item_id), self._save)

    def _item(self, item_id: UUID) -> AgendaItem | None:
        return next((item for item in self._sheet.items if item.id == item_id), None) if self._sheet else None

    def _parts(self, item_id: UUID) -> Sequence[Part]:
        item, sheet = self._item(item_id), self._sheet
        if item is None or sheet is None:
            return ()
        tr, language = self.desk.tr, self.page.language
        number = agendas.display_number(sheet.meeting, item, language)
        choices: list[tuple[UUID | None, str]] = [(None, N_("None"))]
        choices += [
            (one.id, f"{language.number(one.number)}. {language.pick(one, 'short')}") for one in sheet.objectives
        ]
        tags = [Tag(tr(item.kind.label), TONES[item.kind])]
        if item.closed:
            tags.append(Tag(tr(N_("Members only")), "warn"))
        parts: list[Part] = [
            Head(tr(N_("Item {number}"), number=number), tags),
            BilingualField("title", N_("Title"), item.title_en, item.title_ar),
            ChoiceField("kind", N_("For"), item.kind, KINDS),
            TextField("presenter", N_("Presented by"), item.presenter),
            NumberField("minutes", N_("Time"), item.minutes, minimum=0, maximum=600, unit=MINUTES),
            ChoiceField("objective_id", N_("Objective"), item.objective_id, choices),
            CheckField("closed", N_("Closed item"), item.closed, hint=N_("For members only")),
            *self._papers(item_id, sheet),
            Section(N_("Purpose")),
            BilingualField(
                "purpose", "", item.purpose_en, item.purpose_ar, long=True, hint=N_("What the members should come to")
            ),
        ]
        if not self.page.hub.read_only:
            later = (tr(N_("Carry over to a later meeting")), self.carry_on, "link", "corner-down-right")
            parts.append(ButtonList(self.desk.look, [later]))
        if item.carried_from_id in sheet.origins:
            earlier, held = sheet.origins[item.carried_from_id]
            cited = f"{agendas.display_number(held, earlier, language)} · {name_of(held, language)}"
            parts += [
                Section(N_("Carried over")),
                ReadOnly("carried_from", N_("From"), cited),
                LongTextField("carried_reason", N_("Reason"), item.carried_reason),
            ]
        return parts

    def _papers(self, item_id: UUID, sheet: AgendaSheet) -> Sequence[Part]:
        """The files for this item, which lead to where they are kept."""
        files = [one.attachment for one in sheet.papers if one.item is not None and one.item.id == item_id]
        if not files:
            return ()
        links = [(file.name, partial(self._to_papers, file.id), "link", "paperclip") for file in files]
        return (Section(N_("Papers"), N_("All papers"), self._to_papers), ButtonList(self.desk.look, links))

    def _to_papers(self, paper: UUID | None = None) -> None:
        self.desk.go("meeting", self.meeting_id, tab="papers", paper=paper)

    def _save(self, name: str, value: Any) -> object:
        if self._shown is None:
            return None
        return self.page.hub.step(N_("Change agenda item"), records.update, AgendaItem, self._shown, **{name: value})

    # Changes --------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a title and put the item before the closing ones."""
        meeting_id = self.meeting_id
        if meeting_id is None:
            return
        parts = (
            BilingualField("title", N_("Title")),
            ChoiceField("kind", N_("For"), ItemKind.DISCUSSION, KINDS),
            TextField("presenter", N_("Presented by")),
            NumberField("minutes", N_("Time"), 15, minimum=0, maximum=600, unit=MINUTES),
        )

        def accept(values: dict[str, Any]) -> AgendaItem:
            return self.page.hub.step(N_("Add agenda item"), agendas.add_item, meeting_id, **values)

        made = FormDialog(self.desk, N_("Add agenda item"), parts, N_("Add"), accept, self).run()
        if made is not None:
            self.page.make_fresh()
            self.table.select(made.id)
            self.table.setFocus()

    def take_up(self) -> None:
        """Offer the open matters of earlier meetings; the chosen ones come on this agenda with a reason."""
        if self.meeting_id is None or self._sheet is None:
            return
        meeting_id, language, tr = self.meeting_id, self.page.language, self.desk.tr
        meeting = self._sheet.meeting
        found = self.page.hub.read(agendas.open_matters, meeting.network_id, self.desk.today(), meeting)
        boxes = []
        for number, matter in enumerate(found[:20]):
            cited = agendas.display_number(matter.meeting, matter.item, language)
            why = language.list([tr(reason) for reason in matter.why])
            title = f"{language.pick(matter.item, 'title')} – {why}"
            boxes.append(CheckField(f"item{number}", cited, False, hint=title))
        parts = (*boxes, LongTextField("carried_reason", N_("Reason"), tr(found[0].why[0]) if found else ""))

        def accept(values: dict[str, Any]) -> bool:
            wanted = [matter.item.id for number, matter in enumerate(found[:20]) if values[f"item{number}"]]
            if not wanted:
                raise UserError(N_("Tick the items to take up again."))
            self.page.hub.step(N_("Carry items over"), carry_over_all, wanted, meeting_id, values["carried_reason"])
            return True

        FormDialog(self.desk, N_("Items from earlier meetings"), parts, N_("Carry over"), accept, self).run()

    def carry_on(self) -> None:
        """Carry the current item over to a later meeting, with a reason."""
        chosen, sheet = self.table.current_id(), self._sheet
        if chosen is None or sheet is None:
            return
        known = self.page.hub.read(all_meetings, sheet.meeting.network_id)
        later = [one for one in known if one.day >= sheet.meeting.day and one.id != sheet.meeting.id
                 and one.state not in (MeetingState.CLOSED, MeetingState.CANCELLED)]  # fmt: skip
        if not later:
            self.page.bar.show_message(
                self.desk.tr(N_("There is no later meeting yet. Plan it first, then carry the item over.")), "warn"
            )
            return
        choices = [(one.id, meeting_line(self.desk, one)) for one in reversed(later)]
        parts = (
            ChoiceField("meeting_id", N_("Meeting"), choices[0][0], choices),
            LongTextField("carried_reason", N_("Reason")),
        )

        def accept(values: dict[str, Any]) -> AgendaItem:
            return self.page.hub.step(
                N_("Carry an item over"), agendas.carry_over, chosen, values["meeting_id"], values["carried_reason"]
            )

        made = FormDialog(self.desk, N_("Carry the item over"), parts, N_("Carry over"), accept, self).run()
        if made is not None:
            self.desk.say_with_undo(self.desk.tr(N_("Carried over. This item stays where it was.")))

    @property
    def can_change(self) -> bool:
        """Whether the agenda may still change."""
        return self.add_button.isEnabled()

    def move_item(self, step: int) -> None:
        """Put the current item one place up or down."""
        chosen = self.table.current_id()
        row = self.table.listing.row_of(chosen) if chosen is not None else -1
        if chosen is not None and 0 <= row + step < self.table.listing.rowCount():
            self.put_item(chosen, row + step)

    def put_item(self, item_id: UUID, row: int) -> None:
        """Put an item into that row; the others make room."""
        if self.page.attempt(N_("Move agenda item"), agendas.move_item, item_id, row + 1) is not None:
            self.page.make_fresh()
            self.table.select(item_id)

    def remove(self) -> None:
        """Take the current item off the agenda."""
        chosen = self.table.current_id()
        if chosen is None:
            return
        try:
            self.page.hub.step(N_("Remove agenda item"), agendas.remove_item, chosen)
        except UserError as error:
            self.page.trouble(error)
            return
        self.desk.say_with_undo(self.desk.tr(N_("Item taken off the agenda.")))


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)
