"""The minutes of a meeting: one text per agenda item, kept while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, drafts, minutes, minutes_text
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.action_forms import ask_action
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.decision_forms import ask_decision
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.minutes_blocks import Key
from unnm_desktop.ui.minutes_comments import CommentsPanel
from unnm_desktop.ui.minutes_editor import EditorTools, MinutesEditor
from unnm_desktop.ui.minutes_sheet import MinutesSheet, keep_entry, read_minutes, trash_block
from unnm_desktop.ui.minutes_state import StateLine
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import ElidedLabel, button, label, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unnm_desktop.ui.page_base import Page

DRAFT_AFTER = 2500
CHANGE_AFTER = 30_000


class OutlineSource:
    """The agenda items as an outline; a dot marks those with words."""

    columns = (Heading("number", N_("No."), "start", 44, "text"), Heading("title", N_("Item"), "start", 150, "stretch"))
    choices = ()

    def __init__(self, page: Page, sheet: MinutesSheet) -> None:
        self._page, self._sheet = page, sheet
        self._items = {item.id: item for item in sheet.items}

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The items in their order."""
        return list(self._items)

    def rows(self, ids: Sequence[UUID]) -> Sequence[tuple[Cell, ...]]:
        """The cells of these items."""
        return [self._row(key) for key in ids]

    def _row(self, key: UUID) -> tuple[Cell, ...]:
        item, language = self._items[key], self._page.language
        written = bool(self._sheet.text(key, "text_en").strip() or self._sheet.text(key, "text_ar").strip())
        title = language.pick(item, "title")
        words = self._page.desk.tr(N_("written")) if written else self._page.desk.tr(N_("nothing written"))
        number = Cell(agendas.item_number(item, language), "" if written else "neutral")
        return (number, Cell(title, "" if written else "neutral", tooltip=f"{title} · {words}"))


class MinutesTab(QWidget):
    """Outline at the start, the text beside it, the comments below."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        tr, look = self.desk.tr, self.desk.look
        self.meeting_id: UUID | None = None
        self.item_id: UUID | None = None
        self.sheet: MinutesSheet | None = None
        self.field = "text_ar" if look.rtl else "text_en"
        # The text as it was shown: what differs from it is not kept yet.
        self._shown_text = ""
        self._kept_text = ""
        self._loading = False
        self.outline = RecordsTable(self.desk, tr(N_("Agenda items")))
        self.outline.horizontalHeader().hide()
        self.outline.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.editor = MinutesEditor(self.desk)
        self.editor.setPlaceholderText(tr(N_("Nothing written for this item. Start typing.")))
        self.tools = EditorTools(self.desk, self.editor)
        self.state = StateLine(self)
        self.waiting = InlineBar(self.desk)
        self.languages = Chips(self.desk)
        self.languages.offer([("text_en", "English"), ("text_ar", "العربية")])
        self.languages.choose(self.field)
        self.decision_button = button(look, tr(N_("Decision")), self.add_decision, "", "gavel")
        self.action_button = button(look, tr(N_("Action point")), self.add_action, "", "circle-check")
        self.decision_button.setToolTip(tr(N_("Decision under this item (Ctrl+Shift+D)")))
        self.action_button.setToolTip(tr(N_("Action point under this item (Ctrl+Shift+A)")))
        self.comments = CommentsPanel(self)
        self.heading = ElidedLabel(look, "", "h2")
        self.empty = Empty(
            look, "notebook-pen", tr(N_("The agenda is empty")), tr(N_("Minutes are written under agenda items.")),
        )  # fmt: skip
        self._build()
        self._draft_soon, self._change_soon = QTimer(self), QTimer(self)
        for timer, rest, call in (
            (self._draft_soon, DRAFT_AFTER, self.keep_draft),
            (self._change_soon, CHANGE_AFTER, self.commit),
        ):
            timer.setSingleShot(True)
            timer.setInterval(rest)
            timer.timeout.connect(call)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.commit)
        self.editor.block_opened.connect(self._open_block)
        self.outline.current_changed.connect(self._choose_item)
        self.outline.opened.connect(lambda _id: self.editor.setFocus())
        self.languages.chosen.connect(self._choose_language)

    def _build(self) -> None:
        look = self.desk.look
        start = QFrame()
        start.setProperty("role", "card")
        column = QVBoxLayout(start)
        column.setContentsMargins(2, 10, 2, 2)
        title = label(look, self.desk.tr(N_("Agenda")), "h2")
        title.setContentsMargins(12, 0, 12, 4)
        column.addWidget(title)
        column.addWidget(self.outline, 1)
        self.outline.setFrameShape(QFrame.Shape.NoFrame)
        self.outline.setStyleSheet("QTableView { border: none; } QTableView:focus { border: none; }")
        card = QFrame()
        card.setProperty("role", "card")
        text = QVBoxLayout(card)
        text.setContentsMargins(1, 1, 1, 1)
        text.setSpacing(0)
        self.tools.line.addWidget(self.languages)
        self.tools.line.addSpacing(8)
        self.tools.line.addWidget(self.decision_button)
        self.tools.line.addSpacing(4)
        self.tools.line.addWidget(self.action_button)
        text.addWidget(self.tools)
        text.addWidget(rule())
        above = QHBoxLayout()
        above.setContentsMargins(15, 10, 15, 0)
        above.addWidget(self.heading)
        text.addLayout(above)
        self.editor.setStyleSheet("QTextEdit { border: none; background: transparent; padding: 0; }")
        text.addWidget(self.editor, 1)
        side = QWidget()
        below = QVBoxLayout(side)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        below.addWidget(self.state)
        below.addWidget(self.waiting)
        below.addWidget(card, 5)
        below.addWidget(self.comments, 3)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(start)
        self.splitter.addWidget(side)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(14)
        self.splitter.setSizes([236, 850])
        start.setMinimumWidth(180)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        whole.addWidget(self.empty)

    # Reading --------------------------------------------------------------------------------------------

    def show_meeting(self, meeting_id: UUID) -> None:
        """Read the minutes; a text being typed stays as it is."""
        if meeting_id != self.meeting_id:
            self.commit()
            self.item_id = None
        self.meeting_id = meeting_id
        self.sheet = sheet = self.page.hub.read(read_minutes, meeting_id, self.desk)
        source = OutlineSource(self.page, sheet)
        if self.outline.model() is None:
            self.outline.show_source(source)
        else:
            self.outline.listing.source = source
        self.outline.reload()
        self.splitter.setVisible(bool(sheet.items))
        self.empty.setVisible(not sheet.items)
        locked = sheet.locked or self.page.hub.read_only
        self.editor.setReadOnly(locked)
        self.tools.lock(locked)
        for widget in (self.decision_button, self.action_button):
            widget.setEnabled(not locked)
        self.state.show_sheet(sheet)
        self.comments.show_sheet(sheet)
        if self.outline.current_id() is None:
            self.outline.select_first()
        if self.item_id is None or all(item.id != self.item_id for item in sheet.items):
            self._choose_item(self.outline.current_id())
        elif not self.dirty and sheet.text(self.item_id, self.field) != self._kept_text:
            self._load()
        else:
            self.editor.show_views(sheet.views)

    def _choose_item(self, item_id: UUID | None) -> None:
        if item_id == self.item_id:
            return
        self.commit()
        self.item_id = item_id
        self._load()

    def choose_item(self, item_id: UUID) -> None:
        """Show the text under an item."""
        self.outline.select(item_id)

    def _choose_language(self, field: str) -> None:
        self.commit()
        self.field = field
        self._load()
        self.editor.setFocus()

    def _load(self) -> None:
        """Show the text of the item as it is kept, and offer what was typed and never kept."""
        sheet = self.sheet
        item = next((one for one in sheet.items if one.id == self.item_id), None) if sheet is not None else None
        if sheet is None or item is None:
            self.editor.setReadOnly(True)
            self.heading.setText("")
            return
        self._kept_text = sheet.text(item.id, self.field)
        self._show(self._kept_text)
        # The same text read back: an older spelling of a list is no change by itself.
        self._shown_text = self.editor.text()
        number = agendas.item_number(item, self.page.language)
        title = getattr(item, f"title_{self.field[-2:]}") or self.page.language.pick(item, "title")
        self.heading.setText(f"{number}. {title}")
        said = self.desk.tr(N_("Minutes of item"))
        self.editor.setAccessibleName(f"{said} {number}. {title}")
        self._offer_draft(sheet, item.id)

    def _show(self, text: str) -> None:
        self._loading = True
        try:
            self.editor.show_text(text, self.sheet.views if self.sheet is not None else {})
        finally:
            self._loading = False
        self._draft_soon.stop()
        self._change_soon.stop()

    def _offer_draft(self, sheet: MinutesSheet, item_id: UUID) -> None:
        typed = sheet.waiting(item_id, self.field)
        self.waiting.clear()
        if typed is None or sheet.locked:
            return
        self.waiting.show_message(
            self.desk.tr(N_("A text typed here was not kept when the program ended.")), "warn",
            self.desk.tr(N_("Restore it")), lambda: self._restore(typed),
        )  # fmt: skip

    def _restore(self, typed: str) -> None:
        self._show(typed)
        self.waiting.clear()
        self.commit()
        self.editor.setFocus()

    # Keeping --------------------------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether the editor holds words that are not kept yet."""
        return self.item_id is not None and not self.editor.isReadOnly() and self.editor.text() != self._shown_text

    def _typed(self) -> None:
        if self._loading or self.editor.isReadOnly():
            return
        # Counted from the first key, so that a fast typist's words reach the disk too.
        if not self._draft_soon.isActive():
            self._draft_soon.start()
        self._change_soon.start()

    def keep_draft(self) -> None:
        """Put what is typed on disk, outside the journal."""
        key = self._entry_key()
        if self.dirty and key is not None:
            try:
                drafts.keep(self.page.hub.database, MinutesEntry.__tablename__, key, self.field, self.editor.text())
            except UserError as error:
                self.page.trouble(error)

    def _entry_key(self) -> UUID | None:
        if self.sheet is None or self.item_id is None or self.meeting_id is None:
            return None
        if self.sheet.minutes is None:
            # A draft belongs to an entry, and an entry to minutes.
            self._begin()
        return self.sheet.entry_key(self.item_id)

    def _begin(self) -> None:
        if self.meeting_id is not None:
            self.page.attempt(N_("Begin the minutes"), minutes.open_minutes, self.meeting_id)
            self.sheet = self.page.hub.read(read_minutes, self.meeting_id, self.desk)

    def commit(self) -> bool:
        """Make what is typed one change; False when it was refused, and then it stays in the editor."""
        self._draft_soon.stop()
        self._change_soon.stop()
        if not self.dirty or self.item_id is None or self.meeting_id is None or self.sheet is None:
            return True
        text, item_id, field = self.editor.text(), self.item_id, self.field
        gone = [key for key in minutes_text.references(self._shown_text) if key not in minutes_text.references(text)]
        minutes_id = self.sheet.minutes.id if self.sheet.minutes is not None else None
        try:
            kept = self.page.hub.step(
                N_("Write minutes"), keep_entry, minutes_id, self.meeting_id, item_id, field, text, gone
            )
        except UserError as error:
            self.keep_draft()
            self.page.trouble(error)
            return False
        self._shown_text = self._kept_text = text
        entry = link_id("minutes_entry", kept.id, item_id)
        drafts.forget(self.page.hub.database, MinutesEntry.__tablename__, entry, field)
        self.waiting.clear()
        if gone:
            # Asked after the change is made, never in the middle of leaving the editor.
            QTimer.singleShot(0, self, lambda: self._ask_about(gone))
        return True

    def settle(self) -> bool:
        """Keep what is typed and read again, before something is done with the minutes as they are kept."""
        kept = self.commit()
        self.page.make_fresh()
        return kept

    def _ask_about(self, gone: list[Key]) -> None:
        if self.sheet is None:
            return
        known = [self.sheet.views[key] for key in gone if key in self.sheet.views]
        if not known:
            return
        tr = self.desk.tr
        names = self.page.language.list([view.title for view in known])
        if self.desk.ask.sure(
            tr(N_("Take {names} off the register too?"), names=names),
            tr(N_("It no longer stands in the minutes. Kept, it stays in its list.")),
            tr(N_("Move to Trash")),
            tr(N_("Keep it")),
        ):
            self.page.attempt(N_("Remove from the minutes"), trash_block, [view.key for view in known])
            self.desk.say_with_undo(tr(N_("Moved to Trash.")))

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    # Cards --------------------------------------------------------------------------------------------

    def _ready(self) -> bool:
        if self.editor.isReadOnly() or self.item_id is None or not self.settle():
            return False
        if self.sheet is not None and self.sheet.minutes is None:
            self._begin()
        return self.sheet is not None and self.sheet.minutes is not None

    def add_decision(self) -> None:
        """Ask for a decision and put it into the text and the register at once."""
        words, place = self._place()
        if not self._ready():
            return
        made = ask_decision(
            self.desk, self, wording=words, arabic=self.field == "text_ar", keep=lambda on, values: self.page.hub.step(
                N_("New decision"), minutes.add_decision_block, *self._where(), on, after=place,
                language=self.field[-2:], **values,
            ), on=self._day(),
        )  # fmt: skip
        self._after(made, "decision")

    def add_action(self) -> None:
        """Ask for an action point and put it into the text and the list at once."""
        words, place = self._place()
        if not self._ready():
            return

        def keep(values: dict[str, Any], responsible: list[tuple[UUID, UUID | None]]) -> ActionPoint:
            return self.page.hub.step(
                N_("New action point"), minutes.add_action_block, *self._where(), self._day(), after=place,
                language=self.field[-2:], responsible=responsible, **values,
            )  # fmt: skip

        made = ask_action(self.desk, self, keep, wording=words, arabic=self.field == "text_ar")
        self._after(made, "action")

    def _place(self) -> tuple[str, int]:
        return self.editor.textCursor().selectedText().replace("\u2029", "\n").strip(), self.editor.line_here()

    def _where(self) -> tuple[UUID, UUID]:
        if self.sheet is None or self.sheet.minutes is None or self.item_id is None:
            raise LookupError("no minutes are shown")
        return self.sheet.minutes.id, self.item_id

    def _day(self) -> Any:
        held = self.sheet.meeting.day if self.sheet is not None else self.desk.today()
        return min(held, self.desk.today())

    def _after(self, made: Decision | ActionPoint | None, kind: str) -> None:
        if made is None:
            self.editor.setFocus()
            return
        self.page.make_fresh()
        self.editor.go_below((kind, made.id))
        self.editor.setFocus()

    def _open_block(self, key: Key) -> None:
        self.commit()
        self.desk.go("decisions" if key[0] == "decision" else "actions", key[1])
