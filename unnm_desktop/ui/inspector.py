"""The panel at the end side that shows one record and lets it be edited where it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.ui.button_list import ButtonList, Pressable, deed
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.flow import Flow
from unnm_desktop.ui.forms import STACK_FROM, TEXT_INSET, BilingualField, Field, Save
from unnm_desktop.ui.later import after_paint
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.widgets import Avatar, Pill, label, row, rule

LONGEST_TITLE = 400
# Parts of a record that are made in one turn; twice as many are seen without scrolling.
IN_ONE_TURN = 7
# At text size 100 %: so wide a column has room for captions beside short values, and so wide beside long texts, too.
BESIDE_FROM, LONG_FROM = 284, 430


@dataclass(frozen=True)
class Tag:
    """A pill of the head: translated text and tone."""

    text: str
    tone: str = "neutral"


@dataclass(frozen=True)
class Head:
    """The top of an inspector: title, pills and the letters of its avatar."""

    title: str
    tags: Sequence[Tag] = ()
    avatar: str = ""


@dataclass(frozen=True)
class Section:
    """A heading between fields (msgid), perhaps with one button at its end (msgid and what it does).

    The ``first`` of a card has no line over it.
    """

    title: str
    action: str = ""
    run: Callable[[], object] | None = None
    first: bool = False


Part = Head | Section | Field | BilingualField | QWidget


class PartsView(ScrollColumn):
    """Fields, sections and other widgets in one column; an update keeps focus and half-typed text.

    Inputs that look like text reach a little over the column's edges, so that all words in it begin at one line.
    """

    def __init__(self, desk: Desk, margin: int = 16) -> None:
        self._inset = TEXT_INSET if margin >= TEXT_INSET else 0
        across = margin - self._inset
        super().__init__(margins=(across, margin, across, margin), spacing=8)
        self.desk = desk
        self._room = 0
        self.fields: list[Field] = []
        self._keys: list[object] = []
        self._widgets: list[QWidget] = []
        # The heading under which the next field stands.
        self._title = ""
        self._start()

    def _start(self) -> None:
        self.renew()
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = self.viewport().width() * 100 // self.desk.look.text_size
        for field in self.fields:
            field.stand(above=self._above(field))

    def _above(self, field: Field) -> bool:
        """Whether its caption stands above the value: by what kind of value it is, not by how long this one is."""
        return self.desk.look.text_size >= STACK_FROM or self._room < (LONG_FROM if field.long else BESIDE_FROM)

    def clear(self) -> None:
        """Show nothing."""
        for field in self.fields:
            field.commit()
        self.fields, self._keys, self._widgets, self._title = [], [], [], ""
        self._start()

    def show_parts(self, parts: Sequence[Part], save: Save | None = None) -> None:
        """Show another record; what is half typed in the old one is kept first."""
        self.clear()
        self.add_parts(parts, save)

    def add_parts(self, parts: Sequence[Part], save: Save | None = None) -> None:
        """Show these below what is there."""
        self._build(self._flat(parts), save)

    def update_parts(self, parts: Sequence[Part], save: Save | None = None) -> None:
        """Show the same record as it is now; the field being typed in is left alone."""
        parts = self._flat(parts)
        keys = [_key(part) for part in parts]
        pressed = self._pressed()
        if keys != self._keys:
            focused = self._focused()
            place = self.verticalScrollBar().value()
            self.fields, self._keys, self._widgets, self._title = [], [], [], ""
            self._start()
            self._build(parts, save)
            if focused:
                self.focus(focused)
            self.go_back_to(place)
        else:
            for number, part in enumerate(parts):
                self._renew(number, part, save)
        if pressed is not None:
            self._press_again(*pressed)

    def _renew(self, number: int, part: Head | Section | Field | QWidget, save: Save | None) -> None:
        old = self._widgets[number]
        if isinstance(part, Field) and isinstance(old, Field):
            _take_over(old, part)
            part.deleteLater()
        elif not isinstance(part, Section):
            new = self._widget(part, save)
            self.column.replaceWidget(old, new)
            old.hide()
            old.deleteLater()
            self._widgets[number] = new

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: none is shown.

        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def focus(self, name: str = "") -> None:
        """Put the keyboard into that field, or the first that takes it."""
        for field in self.fields:
            taker = field.input.focusProxy() or field.input
            # A text that is only read takes the keyboard from a click, and shows no ring.
            if field.name == name or (not name and taker.focusPolicy() & Qt.FocusPolicy.TabFocus):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(field)
                return

    def pressable(self) -> list[Pressable]:
        """What can be done with what is shown."""
        return [one for part in self._widgets if isinstance(part, ButtonList) for one in part.pressable]

    def values(self) -> dict[str, Any]:
        """What all fields hold, for a form that saves at once."""
        return {field.name: field.read_input() for field in self.fields}

    def _focused(self) -> str:
        now = self.window().focusWidget()
        return next((field.name for field in self.fields if now is not None and field.isAncestorOf(now)), "")

    def _stops(self) -> list[tuple[type[QWidget], QWidget]]:
        """What takes the keyboard and is no field, in its order, with the kind of part that it belongs to."""
        parts = [part for part in self._widgets if not isinstance(part, Field)]
        return [
            (type(part), one)
            for part in parts
            for one in (part, *part.findChildren(QAbstractButton))
            if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    def _pressed(self) -> tuple[str, type[QWidget], int] | None:
        """The words and the place of what has the keyboard, also while the dialog that it opened is in front."""
        now, these = self.window().focusWidget(), self._stops()
        kind = next((kind for kind, one in these if one is now), None)
        if now is None or kind is None:
            return None
        return _words(now), kind, [one for of, one in these if of is kind].index(now)

    def _press_again(self, words: str, kind: type[QWidget], number: int) -> None:
        """Give the keyboard to what stands in the place of what had it; left alone, Qt gives it to the sidebar."""
        these = self._stops()
        there = [one for of, one in these if of is kind] or [one for _, one in these]
        if there:
            same = (one for _, one in these if _words(one) == words)
            next(same, there[min(number, len(there) - 1)]).setFocus(Qt.FocusReason.OtherFocusReason)

    def _flat(self, parts: Sequence[Part]) -> list[Head | Section | Field | QWidget]:
        flat: list[Head | Section | Field | QWidget] = []
        for part in parts:
            if isinstance(part, BilingualField):
                flat.extend(part.in_order(self.desk.look.rtl))
                # The two fields find a new parent; the pair itself is never shown.
                part.deleteLater()
            else:
                flat.append(part)
        return flat

    def _build(self, parts: Sequence[Head | Section | Field | QWidget], save: Save | None) -> None:
        made = []
        for part in parts:
            if isinstance(part, Section):
                self._title = part.title
            elif isinstance(part, Field):
                part.section = self._title
            made.append(self._widget(part, save))
        for number, widget in enumerate(made, len(self._widgets)):
            self.column.insertWidget(number, widget)
            if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                # Layouts show their widgets one event later; the focus and who looks for a button cannot wait so long.
                widget.show()
        self._keys += [_key(part) for part in parts]
        self._widgets += made
        self.fields += [widget for widget in made if isinstance(widget, Field)]
        if self.isVisible():
            self.settle()

    def _widget(self, part: Head | Section | Field | QWidget, save: Save | None) -> QWidget:
        if isinstance(part, Field):
            part.bind(self.desk, save)
            part.stand(above=self._above(part))
            if self._inset:
                part.step_in()
            return part
        if isinstance(part, Head):
            return self._stepped_in(self._head(part))
        return self._stepped_in(self._section(part) if isinstance(part, Section) else part)

    def _stepped_in(self, part: QWidget) -> QWidget:
        """The part with its words where those of the fields begin."""
        if isinstance(part, QPushButton):
            if part.property("role") == "link":
                return part
            # A button takes no notice of margins of its own.
            part = row(part, stretch=0)
        room = part.contentsMargins()
        part.setContentsMargins(room.left() + self._inset, room.top(), room.right() + self._inset, room.bottom())
        return part

    def _head(self, head: Head) -> QWidget:
        look = self.desk.look
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 8)
        line.setSpacing(12)
        if head.avatar:
            line.addWidget(Avatar(look, head.avatar), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        # A longer one would push all fields out of sight; the field of the name holds it whole.
        title = head.title if len(head.title) <= LONGEST_TITLE else f"{head.title[:LONGEST_TITLE].rstrip()}…"
        column.addWidget(label(look, title, "h2", wrap=True))
        if head.tags:
            # Those that do not fit beside the others stand under them, whole.
            pills = QWidget()
            flow = Flow(pills, 6, 4)
            for tag in head.tags:
                flow.addWidget(Pill(look, tag.text, tag.tone))
            column.addWidget(pills)
        line.addLayout(column, 1)
        return holder

    def _section(self, section: Section) -> QWidget:
        look = self.desk.look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0 if section.first else 8, 0, 0)
        column.setSpacing(6)
        if not section.first:
            column.addWidget(rule())
        line = QHBoxLayout()
        line.addWidget(label(look, self.desk.tr(section.title), "h2"), 1)
        if section.action and section.run is not None:
            line.addWidget(deed(look, self.desk.tr(section.action), section.run))
        column.addLayout(line)
        return holder


class Inspector(QFrame):
    """The card around the parts of one record."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self._hub = desk.hub
        self._parts = PartsView(desk)
        column.addWidget(self._parts)
        self._filled = False
        self._read: Callable[[], Sequence[Part]] | None = None
        # What was read and is not shown yet, and whether a beginning of it is.
        self._made: Sequence[Part] | None = None
        self._begun = False
        self._save: Save | None = None

    @property
    def parts(self) -> PartsView:
        """What is shown; whoever asks for it finds it filled."""
        self.complete()
        return self._parts

    def show_record(self, read: Callable[[], Sequence[Part]], save: Save | None = None) -> None:
        """Show the parts that this brings; a first record in later turns, once the list beside it is painted."""
        self._read, self._made, self._begun, self._save = read, None, False, save
        if self._filled:
            self.complete()
        else:
            after_paint(self, self._make)

    def _make(self) -> None:
        if self._read is not None and self._made is None and self._hub.is_open:
            try:
                self._made = self._read()
            except UserError:
                # The record went away while the list beside it was painted.
                self._made = ()
            after_paint(self, self._begin, turns=2)

    def _begin(self) -> None:
        """Show the first of what is in sight."""
        if self._made is not None and not self._begun:
            self._parts.show_parts(self._made[:IN_ONE_TURN], self._save)
            self._made, self._begun = self._made[IN_ONE_TURN:], True
            after_paint(self, self._go_on, turns=2)

    def _go_on(self) -> None:
        """Show the next of it."""
        if self._made is None or not self._begun:
            return
        if len(self._made) <= IN_ONE_TURN or not self._hub.is_open:
            self.complete()
            return
        self._parts.add_parts(self._made[:IN_ONE_TURN], self._save)
        self._made = self._made[IN_ONE_TURN:]
        after_paint(self, self._go_on, turns=2)

    def complete(self) -> None:
        """Show now what was left for later."""
        # The workspace may have been locked or left before the list beside was painted.
        if self._read is None or not self._hub.is_open:
            return
        left, show = self._made, self._parts.add_parts if self._begun else self._parts.show_parts
        if left is None:
            left = self._read()
        self._read, self._made, self._begun, self._filled = None, None, False, True
        show(left, self._save)


def _key(part: Head | Section | Field | QWidget) -> object:
    if isinstance(part, Field):
        # A field of another currency or one that is locked now is built anew.
        return (type(part), part.name, part.label, part.usable, _choices(part), getattr(part, "currency", ""))
    if isinstance(part, Section):
        return (Section, part.title, part.action, part.first)
    return type(part)


def _words(part: QWidget) -> str:
    return part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")


def _choices(field: Field) -> object:
    return getattr(field, "choices", None)


def _take_over(old: Field, new: Field) -> None:
    """Let a shown field show what a fresh one of the same kind was made with."""
    if isinstance(old, RecordField) and isinstance(new, RecordField):
        old.set_named(new.get(), new.shown)
    elif isinstance(old, RecordsField) and isinstance(new, RecordsField):
        old.set_named(new.named())
    else:
        old.set(new.get())
