"""What a package would do, as lists that open: new, changed, removed, in conflict, perhaps double."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import receiving
from unnm_desktop.services.handover.telling import MOST, Teller, ToldConflict, ToldRecord
from unnm_desktop.ui.block_words import with_block_words
from unnm_desktop.ui.change_line import change_line
from unnm_desktop.ui.conflict_card import WHY
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.record_history import field_name
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.widgets import Card, button, empty, label, row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.i18n import Language
    from unnm_desktop.services.handover.planning import Preview
    from unnm_desktop.services.handover.receiving import Arrived
    from unnm_desktop.ui.desk import Desk

_LETTERS = 60
PORTION = 25
"""So many lines of a list are added at once."""


class Told(NamedTuple):
    """A preview in words."""

    new: list[ToldRecord]
    changed: list[ToldRecord]
    removed: list[ToldRecord]
    conflicts: list[ToldConflict]


def tell(session: Session, language: Language, arrived: Arrived) -> Told:
    """Everything in words; called on a thread."""
    preview = arrived.preview
    teller = Teller(session, language, preview, receiving.computers(arrived.told))
    return Told(
        teller.arrived(sorted(preview.new, key=lambda one: one.entity)),
        teller.altered(sorted(preview.changed, key=lambda one: one.entity)),
        teller.altered(preview.removed),
        teller.conflicts(preview.conflicts),
    )


class Group(Card):
    """One list: how many, and a button that opens it."""

    def __init__(self, desk: Desk, icon: str, tone: str, title: str, lines: Sequence[str], rest: int) -> None:
        super().__init__()
        self.desk, self.title, self._lines, self._rest = desk, title, lines, rest
        self._told = 0
        self._portions: list[QLabel] = []
        look = desk.look
        self.column.setContentsMargins(14, 10, 14, 10)
        picture = label(look)
        picture.setPixmap(look.icons.pixmap(icon, look.tokens.tone(tone)[0], look.with_text(18)))
        self.toggle = button(look, desk.tr(N_("Show")), self.turn, "link")
        self.toggle.setAccessibleName(desk.tr(N_("Show {name}"), name=title))
        self.column.addWidget(row(picture, label(look, title, "strong"), self.toggle, spacing=10, stretch=1))
        # Not before it stands somewhere: shown by itself it would be a window of its own for a moment.
        self.toggle.setVisible(bool(lines))
        self.list = QWidget()
        self._shown = QVBoxLayout(self.list)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self._shown.setSpacing(2)
        self.list.hide()
        self.column.addWidget(self.list)
        self.more = button(look, desk.tr(N_("Show more")), self._show_more, "link")
        self.more.setAccessibleName(desk.tr(N_("Show more: {name}"), name=title))
        self._foot = row(self.more)
        self._foot.hide()
        self.column.addWidget(self._foot)

    def turn(self) -> None:
        """Open the list, or close it."""
        opened = self.list.isHidden()
        tr = self.desk.tr
        empty(self._shown)
        self._told, self._portions = 0, []
        self.list.setVisible(opened)
        self._foot.hide()
        if opened:
            self._show_more()
        self.toggle.setText(tr(N_("Hide") if opened else N_("Show")))
        name = N_("Hide {name}") if opened else N_("Show {name}")
        self.toggle.setAccessibleName(tr(name, name=self.title))

    def _show_more(self) -> None:
        """The next portion: a long text would hold up the window."""
        lines = list(self._lines[self._told : self._told + PORTION])
        self._told += len(lines)
        told_all = self._told >= len(self._lines)
        if told_all and self._rest:
            lines.append(self.desk.language.ntr("… and {n} more", "… and {n} more", self._rest))
        portion = label(self.desk.look, "\n".join(lines), "", wrap=True)
        portion.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown.addWidget(portion)
        self._portions.append(portion)
        self._foot.setVisible(not told_all)

    def text(self) -> str:
        """What is shown of the list."""
        return "\n".join(one.text() for one in self._portions)


def named(desk: Desk, found: Sequence[ToldRecord]) -> list[str]:
    """A line for each record: its kind and its name."""
    return [_head(desk, one) for one in found]


def with_fields(desk: Desk, found: Sequence[ToldRecord]) -> list[str]:
    """The same, with what changes on it below."""
    made = []
    for one in found:
        fields = []
        for each in one.fields:
            before, after = (with_block_words(desk, text) for text in (each.before, each.after))
            fields.append(f"{field_name(desk, each.name)}: {change_line(before, after, desk.look, _LETTERS)}")
        made.append("\n      ".join([_head(desk, one), *fields]))
    return made


def _head(desk: Desk, one: ToldRecord) -> str:
    return desk.tr(N_("{kind}: {name}"), kind=desk.tr(ENTITIES[one.entity].NOUN), name=one.name or "–")


class CompareList(ScrollColumn):
    """The lists of a preview, one below the other; of a package with nothing new, what to do instead."""

    another_wanted = Signal()
    prepare_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(spacing=10)
        self.desk = desk
        self.groups: dict[str, Group] = {}

    def show_preview(self, preview: Preview, told: Told) -> None:
        """Show what would happen."""
        empty(self.column)
        self.groups = {}
        if preview.nothing_new:
            self.column.addWidget(self._nothing(), 1)
            return
        ntr = self.desk.language.ntr
        counts = (len(preview.new), len(preview.changed), len(preview.removed))
        conflicts, doubles = len(preview.conflicts), len(preview.duplicates)
        pairs = [f"{one.titles[0]} · {one.titles[1]}" for one in preview.duplicates[:MOST]]
        titles = (
            ntr("{n} new record", "{n} new records", counts[0]),
            ntr("{n} record changed", "{n} records changed", counts[1]),
            ntr("{n} record goes to Trash", "{n} records go to Trash", counts[2]),
        )
        self._add("new", "plus", "good", titles[0], named(self.desk, told.new), counts[0])
        self._add("changed", "check", "info", titles[1], with_fields(self.desk, told.changed), counts[1])
        self._add("removed", "trash", "neutral", titles[2], named(self.desk, told.removed), counts[2])
        title = ntr("{n} needs your decision", "{n} need your decision", conflicts)
        self._add("conflicts", "triangle-alert", "warn", title, self._in_conflict(told.conflicts[:MOST]), conflicts)
        title = ntr("{n} pair that may be the same", "{n} pairs that may be the same", doubles)
        self._add("duplicates", "users", "neutral", title, pairs, doubles)
        late = len(preview.late)
        if late:
            title = ntr(
                "{n} text for minutes that were sent already: it goes into a new version",
                "{n} texts for minutes that were sent already: they go into a new version",
                late,
            )
            self._add("late", "file-text", "warn", title, (), late)
        if preview.erased:
            title = ntr("{n} record has its personal data erased for good",
                        "{n} records have their personal data erased for good", preview.erased)  # fmt: skip
            self._add("erased", "circle-alert", "bad", title, (), preview.erased)
        self.column.addStretch(1)

    def _nothing(self) -> QWidget:
        tr = self.desk.tr
        return Empty(
            self.desk.look, "circle-check", tr(N_("Nothing in this package is new here")),
            tr(N_("This computer knows all that it holds, and nothing was written. If you expected more, ask for a "
                  "newer package. What your colleague lacks goes with a package of your own.")),
            (tr(N_("Choose another package")), self.another_wanted.emit),
            (tr(N_("Prepare a stick")), self.prepare_wanted.emit),
        )  # fmt: skip

    def _add(self, name: str, icon: str, tone: str, title: str, lines: Sequence[str], total: int) -> None:
        if total:
            group = Group(self.desk, icon, tone, title, lines, total - len(lines) if lines else 0)
            self.groups[name] = group
            self.column.addWidget(group)

    def _in_conflict(self, found: Sequence[ToldConflict]) -> list[str]:
        made = []
        for one in found:
            conflict = one.conflict
            head = _head(self.desk, ToldRecord(conflict.entity, conflict.row, one.name))
            why = self.desk.tr(WHY[conflict.kind]) if conflict.kind in WHY else field_name(self.desk, conflict.field)
            made.append(f"{head} · {why}")
        return made
