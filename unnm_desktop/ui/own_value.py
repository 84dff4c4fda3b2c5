"""A value of the officer's own for a field in conflict, typed into the field that its kind needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES, journal
from unnm_desktop.services import any_record, records
from unnm_desktop.ui.block_words import block_words
from unnm_desktop.ui.forms import LongTextField, TextField, Unreadable
from unnm_desktop.ui.record_fields import field_for, title_of

if TYPE_CHECKING:
    from unnm_desktop.services.handover.telling import ToldConflict
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.forms import Field


def can_be_typed(told: ToldConflict) -> bool:
    """Whether there is a field for it: structured data is decided by taking a side."""
    one = told.conflict
    shapes = any_record.shapes(ENTITIES[one.entity])
    return any(shape.name == one.field and shape.kind != "data" for shape in shapes)


class OwnValue(QWidget):
    """The field; what it holds is an answer as long as it can be read."""

    changed = Signal()
    # Enter, or Ctrl+Enter where the text has several lines.
    taken = Signal()

    def __init__(self, desk: Desk, told: ToldConflict, value: Any) -> None:
        """``value`` is what it begins with, as the journal keeps it."""
        super().__init__()
        one = told.conflict
        self._desk, self._row = desk, one.row
        self._entity, self._name = ENTITIES[one.entity], one.field
        self._blocks: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.field = self._field(desk, told, journal.decode(self._entity, one.field, value))
        self.field.bind(desk)
        self.field.changed.connect(self._tell)
        self._typed = self.field.input.focusProxy() or self.field.input
        self._typed.installEventFilter(self)
        column.addWidget(self.field)

    def _field(self, desk: Desk, told: ToldConflict, value: Any) -> Field:
        shape = any_record.shape(self._entity, self._name)
        if shape.kind != "text" or not (told.long or self._name.endswith("_ar")):
            names = {side.value: words for side, words in ((told.conflict.mine, told.mine),
                                                           (told.conflict.theirs, told.theirs)) if side}  # fmt: skip
            shown = names.get(str(value), "") if shape.kind == "reference" else ""
            return field_for(desk, self._entity, shape, value, shown=shown, currency=told.currency)
        # Where a decision or an action point stands in minutes is a code that nobody shall have to type.
        self._blocks = block_words(desk, value or "")
        for code, words in self._blocks.items():
            value = value.replace(code, words)
        made = (LongTextField if told.long else TextField)(self._name, title_of(shape), value)
        if self._name.endswith("_ar"):
            made.in_arabic()
        return made

    def value(self) -> Any:
        """What it holds, as the journal keeps it.

        Raises:
            Unreadable: it cannot be read as such a value.

        """
        found = journal.encode(self.field.read_input())
        for code, words in self._blocks.items():
            found = found.replace(words, code)
        # The same rules as in the record's own form.
        typed = journal.decode(self._entity, self._name, found)
        problem = self._desk.hub.read(records.problem_with, self._entity, self._row, self._name, typed)
        if problem:
            raise Unreadable(problem)
        return found

    def readable(self) -> bool:
        """Whether what it holds is a value."""
        try:
            self.value()
        except Unreadable:
            return False
        return True

    def focus(self) -> None:
        """Give it the keyboard."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, *_: object) -> None:
        self._may_stand()
        self.changed.emit()

    def _may_stand(self) -> bool:
        """Whether it breaks no rule; under the field stands which it does."""
        try:
            self.value()
        except Unreadable as error:
            self.field.problem(self._desk.tr(str(error)))
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._goes_on(event):
            (self.taken if self.field.commit() and self._may_stand() else self.changed).emit()
            return True
        return super().eventFilter(watched, event)

    def _goes_on(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        return not isinstance(self.field, LongTextField) or self.field.enter_commits(event)
