"""Decisions and action points of the minutes: written down, changed, and asked about when their line goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import minutes
from unnm_desktop.ui.action_forms import ask_action
from unnm_desktop.ui.decision_forms import ask_decision
from unnm_desktop.ui.minutes_block_forms import BlockForm
from unnm_desktop.ui.minutes_blocks import Key
from unnm_desktop.ui.minutes_insert import own_blocks, references_of
from unnm_desktop.ui.minutes_sheet import trash_block

if TYPE_CHECKING:
    from datetime import date

    from unnm_desktop.ui.meeting_minutes import MinutesTab


class Cards(QObject):
    """What can be done with the cards of the text that is shown."""

    def __init__(self, tab: MinutesTab) -> None:
        super().__init__(tab)
        self._tab, self._desk = tab, tab.desk
        self._gone: list[Key] = []

    def _ready(self) -> bool:
        if self._tab.editor.isReadOnly() or self._tab.item_id is None or not self._tab.settle():
            return False
        try:
            return self._tab.entry_key() is not None
        except UserError as error:
            self._tab.page.trouble(error)
            return False

    def add_decision(self) -> None:
        """Ask for a decision and put it into the text and the register at once."""
        words, place = self._place()
        if not self._ready():
            return

        def keep(on: date, values: dict[str, Any]) -> Decision:
            return self._tab.page.hub.step(
                N_("New decision"), minutes.add_decision_block, *self._where(), on, after=place,
                language=self._tab.field[-2:], **values,
            )  # fmt: skip

        arabic = self._tab.field == "text_ar"
        made = ask_decision(self._desk, self._tab, wording=words, arabic=arabic, keep=keep, on=self._day())
        self._after(made, "decision")

    def add_action(self) -> None:
        """Ask for an action point and put it into the text and the list at once."""
        words, place = self._place()
        if not self._ready():
            return

        def keep(values: dict[str, Any], responsible: list[tuple[UUID, UUID | None]]) -> ActionPoint:
            return self._tab.page.hub.step(
                N_("New action point"), minutes.add_action_block, *self._where(), self._day(), after=place,
                language=self._tab.field[-2:], responsible=responsible, **values,
            )  # fmt: skip

        made = ask_action(self._desk, self._tab, keep, wording=words, arabic=self._tab.field == "text_ar")
        self._after(made, "action")

    def _place(self) -> tuple[str, int]:
        words = self._tab.editor.textCursor().selectedText().replace("\u2029", "\n").strip()
        return words, self._tab.editor.line_here()

    def _where(self) -> tuple[UUID, UUID]:
        if self._tab.sheet is None or self._tab.sheet.minutes is None or self._tab.item_id is None:
            raise LookupError("no minutes are shown")
        return self._tab.sheet.minutes.id, self._tab.item_id

    def _day(self) -> Any:
        held = self._tab.sheet.meeting.day if self._tab.sheet is not None else self._desk.today()
        return min(held, self._desk.today())

    def _after(self, made: Decision | ActionPoint | None, kind: str) -> None:
        if made is None:
            self._tab.editor.setFocus()
            return
        self._tab.page.make_fresh()
        self._tab.editor.go_below((kind, made.id))
        self._tab.editor.setFocus()

    def open(self, key: Key) -> None:
        """Change a card where it stands; in a text that stays as it is, go to its list."""
        if not self._tab.commit():
            return
        if self._tab.editor.isReadOnly() or self._tab.sheet is None or key not in self._tab.sheet.views:
            self._desk.go("decisions" if key[0] == "decision" else "actions", key[1])
            return
        BlockForm(self._desk, self._tab, key).run()
        self._tab.page.make_fresh()
        self._tab.editor.setFocus()

    def taken_out(self, gone: list[Key]) -> None:
        """The last change took these cards out of the text: what shall become of their records?"""
        # Asked after the change is made, never in the middle of leaving the editor.
        self._gone += gone
        QTimer.singleShot(0, self, self._ask_about)

    def _ask_about(self) -> None:
        gone, self._gone = self._gone, []
        if self._tab.sheet is None or not gone:
            return
        # A card that waits on the clipboard is on its way to another place.
        moving = references_of(own_blocks(QGuiApplication.clipboard().mimeData(), ()) or ())
        known = [self._tab.sheet.views[key] for key in gone if key in self._tab.sheet.views and key not in moving]
        if not known:
            return
        tr = self._desk.tr
        names = self._tab.page.language.list([view.title for view in known])
        if self._desk.ask.sure(
            tr(N_("Take {names} off the register too?"), names=names),
            tr(N_("It no longer stands in the minutes. Kept, it stays in its list.")),
            tr(N_("Move to Trash")),
            tr(N_("Keep it")),
        ):
            self._tab.page.attempt(N_("Remove from the minutes"), trash_block, [view.key for view in known])
            self._desk.say_with_undo(tr(N_("Moved to Trash.")))
