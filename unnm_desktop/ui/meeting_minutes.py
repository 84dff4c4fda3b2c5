"""The minutes of a meeting: one text per agenda item, kept while it is typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import agendas, minutes, minutes_text
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.minutes_blocks import Key
from unnm_desktop.ui.minutes_cards import Cards
from unnm_desktop.ui.minutes_comments import CommentsPanel
from unnm_desktop.ui.minutes_editor import MinutesEditor
from unnm_desktop.ui.minutes_find import FindBar
from unnm_desktop.ui.minutes_keeping import Keeping
from unnm_desktop.ui.minutes_outline import Outline, OutlineSource
from unnm_desktop.ui.minutes_restore import RestoreBar
from unnm_desktop.ui.minutes_sheet import MinutesSheet, read_minutes
from unnm_desktop.ui.minutes_state import StateLine
from unnm_desktop.ui.minutes_template_menu import TemplateButton
from unnm_desktop.ui.minutes_tools import EditorTools
from unnm_desktop.ui.widgets import ElidedLabel, button, label, rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unnm_desktop.db.meetings import AgendaItem
    from unnm_desktop.ui.page_base import Page
    from unnm_desktop.ui.unwritten import Place

# Under so many logical pixels (at text size 100 %) there is no room for everything below one another.
LITTLE = 420


class MinutesTab(QWidget):
    """Outline at the start, the text beside it, the comments below."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        tr, look = self.desk.tr, self.desk.look
        self.meeting_id: UUID | None = None
        self.item_id: UUID | None = None
        self.sheet: MinutesSheet | None = None
        self.field = self._own_field = "text_ar" if look.rtl else "text_en"
        self._loading = False
        self.outline = Outline(self.desk)
        self.editor = MinutesEditor(self.desk)
        self.editor.setPlaceholderText(tr(N_("Nothing written for this item. Start typing, or insert the template.")))
        self.tools = EditorTools(self.desk, self.editor)
        self.templates = TemplateButton(self)
        self.begin_button = button(look, tr(N_("Insert the template")), self._insert_template, "link")
        self.keeping = Keeping(self)
        self.cards = Cards(self)
        self.finder = FindBar(self)
        self.state = StateLine(self)
        self.waiting = RestoreBar(self.desk, self._restore, self._discard)
        self.notice = InlineBar(self.desk)
        self.languages = Chips(self.desk)
        self.languages.offer([("text_en", "English"), ("text_ar", "العربية")])
        self.languages.choose(self.field)
        self.decision_button = button(look, tr(N_("Decision")), self.cards.add_decision, "", "gavel")
        self.action_button = button(look, tr(N_("Action point")), self.cards.add_action, "", "circle-check")
        self.decision_button.setToolTip(tr(N_("Decision under this item (Ctrl+Shift+D)")))
        self.action_button.setToolTip(tr(N_("Action point under this item (Ctrl+Shift+A)")))
        self.comments = CommentsPanel(self)
        self.waiting.asked.connect(self._make_room)
        self.heading = ElidedLabel(look, "", "h2")
        self.empty = Empty(
            look, "notebook-pen", tr(N_("The agenda is empty")), tr(N_("Minutes are written under agenda items.")),
        )  # fmt: skip
        self._build()
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.commit)
        self.editor.coming.whole.connect(self.keeping.shown)
        self.editor.coming.whole.connect(self.finder.mark)
        self.editor.refused.connect(self._say)
        self.editor.locked.connect(self._say_locked)
        self.keeping.taken_out.connect(self.cards.taken_out)
        self.editor.block_opened.connect(self.cards.open)
        self.outline.current_changed.connect(self._choose_item)
        self.outline.opened.connect(lambda _id: self.editor.setFocus())
        self.languages.chosen.connect(self._choose_language)

    def _build(self) -> None:
        start = self._outline_card()
        side = QWidget()
        below = QVBoxLayout(side)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        below.addWidget(self.state)
        below.addWidget(self.notice)
        below.addWidget(self.waiting)
        below.addWidget(self._text_card(), 1)
        below.addWidget(self.comments)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(start)
        self.splitter.addWidget(side)
        # In a wide window a part of the room goes to the titles, which would be cut beside an empty page.
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 4)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(14)
        scale = min(1.25, max(1.0, self.desk.look.text_size / 100))
        self.splitter.setSizes([round(262 * scale), 850])
        start.setMinimumWidth(round(180 * scale))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        whole.addWidget(self.empty)
        # One of the two shows; until it is known which, they must not ask for the room of both.
        self.empty.hide()

    def _outline_card(self) -> QFrame:
        """The items of the agenda."""
        look = self.desk.look
        start = QFrame()
        start.setProperty("role", "card")
        column = QVBoxLayout(start)
        column.setContentsMargins(6, 10, 6, 6)
        title = label(look, self.desk.tr(N_("Agenda")), "h2")
        title.setContentsMargins(12, 0, 12, 4)
        column.addWidget(title)
        column.addWidget(self.outline, 1)
        return start

    def _text_card(self) -> QFrame:
        """The text of the item that is chosen, under its tools."""
        card = QFrame()
        card.setProperty("role", "card")
        text = QVBoxLayout(card)
        text.setContentsMargins(1, 1, 1, 1)
        text.setSpacing(0)
        self.tools.add(self.templates.tool)
        self.tools.line.addSpacing(8)
        self.tools.line.addWidget(self.languages)
        self.tools.line.addSpacing(8)
        self.tools.line.addWidget(self.decision_button)
        self.tools.line.addSpacing(4)
        self.tools.line.addWidget(self.action_button)
        self.tools.give_way(self.decision_button, self.action_button)
        text.addWidget(self.tools)
        text.addWidget(rule())
        above = QHBoxLayout()
        above.setContentsMargins(15, 10, 15, 0)
        above.setSpacing(10)
        above.addWidget(self.heading, 1)
        above.addWidget(self.begin_button)
        above.addWidget(self.keeping.line)
        text.addWidget(self.finder)
        text.addLayout(above)
        self.editor.setStyleSheet("QTextEdit { border: none; background: transparent; padding: 0; }")
        text.addWidget(self.editor, 1)
        return card

    # Reading --------------------------------------------------------------------------------------------

    def show_meeting(self, meeting_id: UUID) -> None:
        """Read the minutes; a text being typed stays as it is."""
        if meeting_id != self.meeting_id:
            self.commit()
            self.item_id = None
        self.meeting_id = meeting_id
        self.sheet = sheet = self.page.hub.read(read_minutes, meeting_id, self.desk)
        source = OutlineSource(self.page, sheet)
        self.outline.show_rows(source)
        self.splitter.setVisible(bool(sheet.items))
        self.empty.setVisible(not sheet.items)
        locked = sheet.locked or self.page.hub.read_only
        self.editor.setReadOnly(locked)
        if not locked:
            self.notice.clear()
        self.tools.lock(locked)
        for widget in (self.decision_button, self.action_button, self.templates.tool):
            widget.setEnabled(not locked)
        self.state.show_sheet(sheet)
        self.comments.show_sheet(sheet)
        if self.outline.current_id() is None:
            self.outline.select_first()
        if self.item_id is None or all(item.id != self.item_id for item in sheet.items):
            self._choose_item(self.outline.current_id())
        elif not self.dirty and sheet.text(self.item_id, self.field) != self.keeping.kept_text:
            self._load()
        else:
            self.editor.show_views(sheet.views)
            self._offer_draft(sheet)
        self.finder.mark()

    def item(self) -> AgendaItem | None:
        """The item whose text is shown."""
        items = self.sheet.items if self.sheet is not None else ()
        return next((one for one in items if one.id == self.item_id), None)

    def _choose_item(self, item_id: UUID | None) -> None:
        if item_id == self.item_id:
            return
        if not self.commit():
            # What could not be kept stays in the editor, and so does its item; a click marks its row after this.
            self.outline.select(self.item_id)
            QTimer.singleShot(0, self.outline, partial(self.outline.select, self.item_id))
            return
        if self.item_id is not None:
            self._reread()
        self.item_id = item_id
        self._load()

    def choose_item(self, item_id: UUID) -> None:
        """Show the text under an item."""
        self.outline.select(item_id)

    def _choose_language(self, field: str) -> None:
        if field == self.field:
            return
        if not self.commit():
            self.languages.choose(self.field)
            return
        self.field = field
        self._reread()
        self._load()
        self.editor.setFocus()

    def choose_language(self, field: str) -> None:
        """Show the text in that language (text_en or text_ar)."""
        self.languages.choose(field)

    def _load(self) -> None:
        """Show the text of the item as it is kept, and offer what was typed and never kept."""
        sheet, item = self.sheet, self.item()
        if sheet is None or item is None:
            self.editor.setReadOnly(True)
            self.heading.setText("")
            return
        kept = sheet.text(item.id, self.field)
        self.keeping.begin(kept)
        self._show(kept)
        number = agendas.item_number(item, self.page.language)
        title = getattr(item, f"title_{self.field[-2:]}") or self.page.language.pick(item, "title")
        self.heading.setText(f"{number}. {title}")
        said = self.desk.tr(N_("Minutes of item"))
        self.editor.setAccessibleName(f"{said} {number}. {title}")
        self.notice.clear()
        self._offer_draft(sheet)
        self._take_unwritten(sheet)
        self.finder.mark()

    def _take_unwritten(self, sheet: MinutesSheet) -> None:
        """Words that could not be written when the workspace was locked stand in the editor again."""
        place = self._place()
        if place not in self.desk.unwritten.minutes or sheet.locked or self.page.hub.read_only:
            return
        self._show(self.desk.unwritten.minutes.pop(place))
        self.waiting.hide()
        self.keeping.typed()

    def leads_back(self) -> Mapping[str, object]:
        """The item that is shown, and its language where it is not the window's, or words of it wait to be kept."""
        back: dict[str, object] = {} if self.item_id is None else {"item": self.item_id}
        return back if self.field == self._own_field and not self.dirty else {**back, "field": self.field}

    def _place(self) -> Place | None:
        return (self.meeting_id, self.item_id, self.field) if self.meeting_id and self.item_id else None

    def unwritten(self) -> Mapping[Place, str]:
        """The words in the editor that are neither a change nor a draft, and where they belong."""
        place = self._place()
        return {place: self.editor.text()} if place is not None and self.dirty else {}

    def _show(self, text: str) -> None:
        self._loading = True
        try:
            self.editor.beginning.set_language(self.field[-2:])
            self.editor.show_text(text, self.sheet.views if self.sheet is not None else {})
        finally:
            self._loading = False
        self._offer_template()

    def _offer_template(self) -> None:
        self.begin_button.setVisible(self.editor.document().isEmpty() and not self.editor.isReadOnly())

    def _insert_template(self) -> None:
        item = self.item()
        if item is not None:
            self.templates.insert_suggested(item)

    def _offer_draft(self, sheet: MinutesSheet) -> None:
        draft = sheet.waiting(self.item_id, self.field) if self.item_id is not None else None
        if draft is None or sheet.locked or self.dirty:
            self.waiting.hide()
            return
        local = draft.typed_at.astimezone(ZoneInfo(sheet.zone))
        moment = self.page.language.time(local.time())
        if local.date() != self.desk.today():
            moment = self.page.language.list([self.page.language.day(local.date(), short=True), moment])
        question = self.desk.tr(N_("Restore what you were typing at {time}?"), time=moment)
        words = self.editor.cards.names()
        self.waiting.offer(question, _readable(self.keeping.kept_text, words), _readable(draft.typed, words))

    def _restore(self) -> None:
        draft = self.sheet.waiting(self.item_id, self.field) if self.sheet is not None and self.item_id else None
        self._answered()
        if draft is not None:
            self._show(draft.typed)
            self.keeping.typed()
            self.commit()
        self.editor.setFocus()

    def _make_room(self, asked: bool) -> None:
        """In a low window the comments leave their room to the question, so that the text keeps its own."""
        little = self.height() < LITTLE * self.desk.look.text_size / 100
        self.comments.give_way(to_a_question=asked and little)

    def _answered(self) -> None:
        """The question is answered, also where the page asked it on top."""
        self.waiting.hide()
        self.page.bar.clear()

    def _discard(self) -> None:
        self._answered()
        key = self.entry_key()
        if key is not None:
            self.keeping.forget(key, self.field)
            self._reread()
        self.editor.setFocus()

    # Keeping --------------------------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether the editor holds words that are not kept yet."""
        return self.keeping.dirty

    def _typed(self) -> None:
        self._offer_template()
        if self.editor.coming.filling:
            return
        if not self._loading and not self.editor.isReadOnly():
            self.waiting.hide()
            self.keeping.typed()
        self.finder.mark()

    def entry_key(self) -> UUID | None:
        """The key that the shown entry has or will have; minutes are begun where there are none.

        Raises:
            UserError: they could not be begun.

        """
        if self.sheet is None or self.item_id is None or self.meeting_id is None:
            return None
        if self.sheet.minutes is None:
            # A draft belongs to an entry, and an entry to minutes.
            self._begin()
        return self.sheet.entry_key(self.item_id)

    def _begin(self) -> None:
        if self.meeting_id is not None:
            self.page.hub.step(N_("Begin the minutes"), minutes.open_minutes, self.meeting_id)
            self._reread()

    def _reread(self) -> None:
        """What is shown next is as it is kept now; the page itself reads again only when this event is over."""
        if self.meeting_id is not None:
            self.sheet = self.page.hub.read(read_minutes, self.meeting_id, self.desk)

    def commit(self) -> bool:
        """Make what is typed one change; False when it was refused, and then it stays in the editor."""
        return self.keeping.commit()

    def _say(self, text: str) -> None:
        self.notice.show_message(self.desk.tr(text), "info")

    def _say_locked(self) -> None:
        """Somebody types into a text that stays as it is: why, and what comes next."""
        version = self.sheet.minutes if self.sheet is not None else None
        if version is None or self.page.hub.read_only:
            return
        try:
            minutes.refuse_locked(version)
        except UserError as error:
            step = self.state.next_version(version)
            action, run = (self.desk.tr(step[0]), step[1]) if step is not None else ("", None)
            self.notice.show_message(self.desk.tr(error.message, **error.values), "info", action, run)

    def settle(self) -> bool:
        """Keep what is typed and read again, before something is done with the minutes as they are kept."""
        kept = self.commit()
        self.page.make_fresh()
        return kept

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def open_find(self) -> None:
        """Find words in the minutes."""
        self.finder.open()


def _readable(text: str, names: Mapping[Key, str]) -> str:
    """The text with what its cards are called in the place of their lines."""
    for (kind, record_id), name in names.items():
        text = text.replace(minutes_text.reference_line(kind, record_id), f"[{name}]")
    return text
