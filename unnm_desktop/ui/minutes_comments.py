"""What members say about circulated minutes, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.minutes import Comment, CommentKind, CommentOutcome, MinutesState
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.i18n import N_
from unnm_desktop.services import minutes
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.fixed_rows import FixedRows
from unnm_desktop.ui.folded_list import FoldedList
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import LongTextField
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.widgets import button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.meeting_minutes import MinutesTab
    from unnm_desktop.ui.minutes_sheet import MinutesSheet

KINDS = tuple((kind, kind.label) for kind in CommentKind)
OUTCOMES = tuple((outcome, outcome.label) for outcome in CommentOutcome)
TONES = {CommentOutcome.OPEN: "warn", CommentOutcome.ACCEPTED: "good", CommentOutcome.NOT_ACCEPTED: "bad"}


class CommentSource(FixedRows[tuple[Comment, Organisation | None]]):
    """One row a comment."""

    columns = (
        Heading("from", N_("From"), "start", 120, "text"),
        Heading("kind", N_("Kind"), "start", 110, "text", 2),
        Heading("text", N_("Comment"), "start", 220, "stretch"),
        Heading("received", N_("Received"), "start", 104, "text", 1),
        Heading("outcome", N_("Outcome"), "start", 124, "text"),
    )
    enough = 300

    def __init__(self, desk: Desk, comments: Sequence[tuple[Comment, Organisation | None]]) -> None:
        super().__init__({comment.id: (comment, body) for comment, body in comments})
        self._desk = desk

    def row(self, one: tuple[Comment, Organisation | None]) -> tuple[Cell, ...]:
        tr, (comment, body) = self._desk.tr, one
        return (
            Cell(body.short if body is not None else "–"),
            Cell(tr(comment.kind.label)),
            Cell(comment.text),
            Cell(self._desk.language.day(comment.received_on, short=True)),
            Cell(tr(comment.outcome.label), TONES[comment.outcome], "pill", tooltip=comment.reason),
        )


class CommentsPanel(FoldedList):
    """The comments under the text; there once the minutes have gone out."""

    def __init__(self, tab: MinutesTab) -> None:
        self._tab = tab
        tr, look = tab.desk.tr, tab.desk.look
        self.settle_button = button(look, tr(N_("Outcome")), self.settle)
        self.add_button = button(look, tr(N_("Add comment")), self.add, "", "plus")
        super().__init__(
            tab.desk,
            tr(N_("Comments")),
            tr(N_("Show or hide the comments")),
            tr(N_("No comment has come yet.")),
            self.settle_button,
            self.add_button,
        )
        self._open = True
        self._gives_way = False
        self._shown: tuple[UUID | None, int] = (None, 0)
        self.turned.connect(self._turn)
        self.table.opened.connect(lambda _key: self.settle())
        self.table.current_changed.connect(lambda key: self.settle_button.setEnabled(key is not None))

    def give_way(self, *, to_a_question: bool) -> None:
        """Leave the room to a question that waits for an answer, or take it again."""
        self._gives_way = to_a_question
        if self._tab.sheet is not None:
            self.show_sheet(self._tab.sheet)

    def _turn(self) -> None:
        self._open = not self._open
        sheet = self._tab.sheet
        if sheet is not None:
            self.show_sheet(sheet)

    def show_sheet(self, sheet: MinutesSheet) -> None:
        """Show the comments of these minutes."""
        version = (sheet.minutes.id if sheet.minutes is not None else None, len(sheet.comments))
        if version != self._shown:
            # Settled ones fold away: the room belongs to the text.
            self._shown = version
            self._open = any(comment.outcome is CommentOutcome.OPEN for comment, _ in sheet.comments)
        sent = sheet.minutes is not None and sheet.minutes.state is not MinutesState.DRAFT
        self.setVisible((sent or bool(sheet.comments)) and not self._gives_way)
        self.table.show_rows(CommentSource(self._desk, sheet.comments))
        still = sum(comment.outcome is CommentOutcome.OPEN for comment, _ in sheet.comments)
        self.show_count(len(sheet.comments), self._desk.language.ntr("{n} open", "{n} open", still) if still else "")
        self.none.setVisible(not sheet.comments)
        opened = self._open and bool(sheet.comments)
        self.show_folded(opened=opened)
        self.settle_button.setVisible(opened)
        if self.table.current_id() is None:
            self.table.select_first()
        self.settle_button.setEnabled(self.table.current_id() is not None)
        sealed = sheet.minutes is not None and sheet.minutes.state is MinutesState.SEALED
        self.add_button.setEnabled(sent and not sealed and not self._tab.page.hub.read_only)

    def add(self) -> None:
        """Ask who says what."""
        sheet = self._tab.sheet
        if sheet is None or sheet.minutes is None:
            return
        minutes_id = sheet.minutes.id
        entry = sheet.entries.get(self._tab.item_id) if self._tab.item_id is not None else None
        parts = (
            RecordField(
                "organisation_id", N_("From"), find=find_organisations(self._desk), hint=N_("Type an organisation")
            ),
            ChoiceField("kind", N_("Kind"), CommentKind.CORRECTION, KINDS),
            LongTextField("text", N_("Comment")),
            DateField("on", N_("Received"), self._desk.today()),
        )

        def accept(values: dict[str, Any]) -> Comment:
            return self._desk.hub.step(
                N_("Add a comment"), minutes.add_comment, minutes_id, values["on"] or self._desk.today(),
                values["text"], organisation_id=values["organisation_id"], kind=values["kind"],
                entry_id=entry.id if entry is not None else None,
            )  # fmt: skip

        FormDialog(self._desk, N_("Comment on the minutes"), parts, N_("Add"), accept, self._tab).run()

    def settle(self) -> None:
        """Ask what became of the current comment."""
        key = self.table.current_id()
        sheet = self._tab.sheet
        found = next((one for one, _ in sheet.comments if one.id == key), None) if sheet is not None else None
        if found is None or self._tab.page.hub.read_only:
            return
        comment = found
        parts = (
            ReadOnly("text", N_("Comment"), comment.text),
            ChoiceField("outcome", N_("Outcome"), comment.outcome, OUTCOMES),
            LongTextField("reason", N_("Reason"), comment.reason, hint=N_("Needed when it is not accepted")),
        )

        def accept(values: dict[str, Any]) -> Comment:
            return self._desk.hub.step(
                N_("Settle a comment"), minutes.settle_comment, comment.id, values["outcome"], values["reason"]
            )

        FormDialog(self._desk, N_("Outcome of the comment"), parts, N_("Keep"), accept, self._tab).run()
