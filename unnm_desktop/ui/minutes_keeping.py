"""Keeps what is typed in the minutes: on disk within seconds, one change once the entry is left or rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from unnm_desktop.db.identity import link_id
from unnm_desktop.db.minutes import MinutesEntry
from unnm_desktop.db.trouble import Gone, OutOfReach
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import drafts, minutes_text
from unnm_desktop.ui.minutes_sheet import keep_entry
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from uuid import UUID

    from unnm_desktop.ui.meeting_minutes import MinutesTab

DRAFT_AFTER = 2500
CHANGE_AFTER = 30_000


class Keeping(QObject):
    """The words of the shown entry on their way from the keys to the disk; ``line`` says how far they are."""

    # The cards that the last change took out of the text.
    taken_out = Signal(object)

    def __init__(self, tab: MinutesTab) -> None:
        super().__init__(tab)
        self._tab, self._page, self._desk = tab, tab.page, tab.desk
        self.line = label(self._desk.look, "", "small")
        # The text as it was shown: what differs from it is not kept yet. None until it is there to its end.
        self._shown_text: str | None = ""
        # The same text as the record has it; an older spelling of a list is no change by itself.
        self.kept_text = ""
        # Whether the page says that words could not be kept; while typing goes on, it says so once.
        self._refused = False
        self._draft_soon, self._change_soon = QTimer(self), QTimer(self)
        for timer, rest, call in (
            (self._draft_soon, DRAFT_AFTER, self.keep_draft),
            (self._change_soon, CHANGE_AFTER, self.commit),
        ):
            timer.setSingleShot(True)
            timer.setInterval(rest)
            timer.timeout.connect(call)

    def begin(self, kept: str) -> None:
        """Another text comes into the editor, which the record has like this."""
        self.kept_text, self._shown_text = kept, None
        self._rest()
        self.line.setText("")

    def shown(self) -> None:
        """The text is in the editor to its end."""
        if self._shown_text is None:
            self._shown_text = self._tab.editor.text()

    def _rest(self) -> None:
        self._draft_soon.stop()
        self._change_soon.stop()

    @property
    def dirty(self) -> bool:
        """Whether the editor holds words that are no change yet."""
        return self._unkept() is not None

    def _unkept(self) -> str | None:
        """The words in the editor where they are no change yet; writing a long text down takes its time."""
        tab = self._tab
        if tab.item_id is None or tab.editor.isReadOnly() or self._shown_text is None:
            return None
        text = tab.editor.text()
        return text if text != self._shown_text else None

    def typed(self) -> None:
        """A key changed the text."""
        if self._shown_text is None:
            self._shown_text = self.kept_text
        # Counted from the first key, so that a fast typist's words reach the disk too.
        if not self._draft_soon.isActive():
            self._draft_soon.start()
        self._change_soon.start()

    def keep_draft(self) -> None:
        """Put what is typed on disk, outside the journal; where that fails it is tried again."""
        field, text = self._tab.field, self._unkept()
        if text is None:
            return
        try:
            key = self._tab.entry_key()
            if key is not None:
                drafts.keep(self._page.hub.database, MinutesEntry.__tablename__, key, field, text)
        except UserError as error:
            if not self._refused:
                self._page.hub.failed.emit(error)
                self._say_refused(error)
            self._draft_soon.start()
        else:
            self._say_saved()

    def commit(self) -> bool:
        """Make what is typed one change; False when it was refused, and then it stays in the editor."""
        self._rest()
        tab, hub = self._tab, self._page.hub
        if self._shown_text is None:
            return True
        tab.editor.coming.complete()
        text, item_id, field = self._unkept(), tab.item_id, tab.field
        if text is None or item_id is None or tab.meeting_id is None or tab.sheet is None:
            return True
        standing = minutes_text.references(text)
        gone = [key for key in minutes_text.references(self._shown_text) if key not in standing]
        minutes_id = tab.sheet.minutes.id if tab.sheet.minutes is not None else None
        try:
            kept = hub.step(N_("Write minutes"), keep_entry, minutes_id, tab.meeting_id, item_id, field, text, gone)
        except UserError as error:
            self._say_refused(error)
            self.keep_draft()
            return False
        self._shown_text = self.kept_text = text
        self.forget(link_id("minutes_entry", kept.id, item_id), field)
        self._say_saved()
        if gone:
            self.taken_out.emit(gone)
        return True

    def forget(self, key: UUID, field: str) -> None:
        """Drop the draft of an entry: its words are a change, or were given up."""
        drafts.forget(self._page.hub.database, MinutesEntry.__tablename__, key, field)

    def _say_saved(self) -> None:
        desk = self._desk
        if self._refused:
            self._refused = False
            self._page.bar.clear()
            # The window says it too, and what is a draft so far still becomes a change.
            self._page.hub.saved.emit(desk.clock())
            if self.dirty:
                self._change_soon.start()
        self._show(desk.tr(N_("Last saved {time}"), time=desk.language.time(desk.clock().time())), "")

    def _say_refused(self, error: UserError) -> None:
        self._refused = True
        tr = self._desk.tr
        stays = tr(N_("What you typed stays here and is saved as soon as that is possible."))
        # What is wrong with the file, the window says itself, with what helps.
        told = stays if isinstance(error, Gone | OutOfReach) else f"{tr(error.message, **error.values)} {stays}"
        self._page.bar.show_message(told, "bad")
        self._show(tr(N_("Not saved")), "bad")

    def _show(self, text: str, tone: str) -> None:
        self.line.setText(text)
        self.line.setStyleSheet(f"color: {self._desk.look.tokens.tone(tone)[0]};" if tone else "")
