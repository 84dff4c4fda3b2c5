"""A dialog of fields for what must be known before a record can be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.dialog_foot import DialogFoot
from unnm_desktop.ui.forms import STACK_FROM, Unreadable
from unnm_desktop.ui.inspector import Part, PartsView
from unnm_desktop.ui.on_screen import room_for
from unnm_desktop.ui.widgets import label

T = TypeVar("T")
# Room for a line under a field that says what is wrong.
_SAYING = 24


class FormDialog(QDialog, Generic[T]):
    """Asks, and stays open with each problem beside its field until it is accepted or left."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        parts: Sequence[Part],
        button: str,
        accept: Callable[[dict[str, Any]], T],
        parent: QWidget | None = None,
    ) -> None:
        """``title`` and ``button`` are msgids; ``accept(values)`` makes the record or raises Invalid."""
        super().__init__(parent)
        self._desk = desk
        self._accept = accept
        self.result_value: T | None = None
        self.setWindowTitle(desk.tr(title))
        # Captions beside the fields keep their room while the text grows, until they stand above them.
        self.setMinimumWidth(desk.look.with_text(480) if desk.look.text_size < STACK_FROM else 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(label(desk.look, desk.tr(title), "h2"))
        self.parts = PartsView(desk, 0)
        self.parts.show_parts(parts)
        self.parts.verticalScrollBar().rangeChanged.connect(self._grow)
        column.addWidget(self.parts, 1)
        self.problem = label(desk.look, "", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.go = DialogFoot(self, column, desk.language, desk.tr(button), self.try_accept).go
        # Enter begins a line in a long text; with Ctrl it answers from anywhere.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.try_accept)
        self.parts.focus()
        if self.focusWidget() is None:
            self.go.setFocus()
        self._begun = self.typed()

    def showEvent(self, event: QShowEvent) -> None:
        # Not before: until it is shown, its widgets do not know the sizes that the style sheet gives them.
        content, column = self.parts.widget(), self.layout()
        if not event.spontaneous() and content is not None and column is not None:
            self.resize(520, self.height())
            column.activate()
            across = self.parts.viewport().width()
            high = content.heightForWidth(across) if content.hasHeightForWidth() else content.sizeHint().height()
            whole = self.height() - self.parts.viewport().height() + high + _SAYING
            self.resize(520, min(whole, room_for(self).height()))
        super().showEvent(event)

    def _grow(self, _least: int, beyond: int) -> None:
        """Make room for what came under a field: what was understood of a date is read without scrolling for it."""
        if not self.isVisible() or beyond <= 0:
            return
        self.resize(self.width(), min(self.height() + beyond, room_for(self).height()))
        over = self.frameGeometry().bottom() - self.screen().availableGeometry().bottom()
        if over > 0:
            self.move(self.x(), self.y() - over)

    def typed(self) -> list[Any]:
        """What the fields hold now."""
        return [field.typed() for field in self.parts.fields]

    def changed(self) -> bool:
        """Whether they hold anything else than at the beginning."""
        return self.typed() != self._begun

    def type_in(self, typed: Sequence[Any]) -> None:
        """Let the fields hold that again."""
        for field, held in zip(self.parts.fields, typed, strict=True):
            field.type_in(held)

    def try_accept(self) -> None:
        """Take the values; on trouble say where."""
        values: dict[str, Any] = {}
        well = True
        for field in self.parts.fields:
            # Enter leaves no field: a name nobody has yet is made a record here as it is on Tab.
            field.commit()
            try:
                values[field.name] = field.read_input()
                field.problem("")
            except Unreadable as error:
                field.problem(self._desk.tr(str(error)))
                well = False
        if not well:
            return
        try:
            self.result_value = self._accept(values)
        except Invalid as error:
            self._show(error)
            return
        except UserError as error:
            self._say(self._desk.tr(error.message, **error.values))
            return
        self.accept()

    def answer(self, value: T) -> None:
        """Leave with this instead of what the fields hold."""
        self.result_value = value
        self.accept()

    def _show(self, error: Invalid) -> None:
        left = dict(error.problems)
        for field in self.parts.fields:
            if field.name in left:
                field.problem(self._desk.tr(left.pop(field.name)))
        self._say(" ".join(self._desk.tr(text) for text in left.values()))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            announce(self, text, urgent=True)

    def run(self) -> T | None:
        """Show the dialog; what ``accept`` made, or None."""
        self.exec()
        return self.result_value
