"""Fields that look like text until they are touched and keep what is typed when they are left."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Self

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.field_grid import FieldGrid
from unnm_desktop.ui.growing_text import GrowingText
from unnm_desktop.ui.inputs import give, held
from unnm_desktop.ui.letters import is_rtl

# Text so large leaves no room for two columns.
STACK_FROM = 130
# How far the text of an input that is read as text stands from its edge; the style sheet knows it, too.
TEXT_INSET = 6
# What stands in an empty value that is read as text.
NOTHING = "–"
# What a text of several lines, or cells of a table, brings along when it is pasted into one line.
_BREAKS = re.compile("\\s*[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\\s*")
Save = Callable[[str, Any], object]


class Unreadable(Exception):
    """What was typed cannot be understood; the msgid says what would be."""


class Field(QWidget):
    """A label, an input and the line that says what is wrong; commits when left or on Enter.

    ``bind`` builds it inside a form or an inspector; ``get`` and ``set`` work before and after.
    """

    changed = Signal(str, object)
    # Whether its values are sentences, which want the width of a narrow panel for themselves.
    long = False

    def __init__(self, name: str, label: str, value: Any = None, *, hint: str = "", enabled: bool = True) -> None:
        super().__init__()
        self.name = name
        self.label = label
        self.hint = hint
        self._value = value
        self._usable = enabled
        self._save: Save | None = None
        self._bound = False
        # The section it stands in names a field without a label.
        self.section = ""
        self._committing = False

    def across(self) -> Self:
        """Let it have the width of a narrow panel for itself: its values are sentences, names or addresses."""
        self.long = True
        return self

    # What kinds of field fill in -------------------------------------------------------------------------------------

    def make_input(self) -> QWidget:
        """Build the input widget."""
        raise NotImplementedError

    def make_under(self) -> QWidget | None:
        """Build what stands right under the input, if anything does."""
        return None

    def show_value(self, value: Any) -> None:
        """Put a value into the input."""
        raise NotImplementedError

    def read_input(self) -> Any:
        """The value the input holds now; raises Unreadable."""
        raise NotImplementedError

    # What everyone uses ----------------------------------------------------------------------------------------------

    def bind(self, desk: Desk, save: Save | None = None) -> None:
        """Build the field; ``save(name, value)`` keeps each change, without it the form collects them."""
        self.desk = desk
        self._save = save
        text = self.label_text()
        self.caption = QLabel(text)
        self.caption.setProperty("role", "small")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(desk.look.start() | Qt.AlignmentFlag.AlignVCenter)
        self.input = self.make_input()
        self.input.setAccessibleName(text or desk.tr(self.section or self.hint))
        self.input.setEnabled(self._usable)
        self.caption.setBuddy(self.input)
        self.problem_line = QLabel()
        self.problem_line.setProperty("role", "problem")
        self.problem_line.setWordWrap(True)
        self.problem_line.setAlignment(desk.look.start())
        self.problem_line.hide()
        self.setFocusProxy(self.input)
        parts = (self.input, self.make_under(), self.problem_line)
        self._grid = FieldGrid(self, self.caption, parts, desk.look.text_size)
        self.stand(above=desk.look.text_size >= STACK_FROM)
        if not self.caption.text():
            self.caption.hide()
        self.input.installEventFilter(self)
        self._bound = True
        self.show_value(self._value)

    def stand(self, *, above: bool) -> None:
        """Put the caption above the input, or beside it."""
        self._grid.arrange(above=above)

    def step_in(self) -> None:
        """Let caption and problem begin where the words of the input do, not where its edge is."""
        self._grid.step_in(TEXT_INSET)
        self.problem_line.setContentsMargins(TEXT_INSET, 0, TEXT_INSET, 0)

    def placeholder(self) -> str:
        """What stands in the empty input: its hint, or where values are read as text the sign for nothing."""
        if self.hint:
            return self.desk.tr(self.hint)
        return NOTHING if self._save is not None else ""

    def dress(self, made: QWidget) -> None:
        """Let an input look like text where it is read; a form that is filled in shows where to write."""
        made.setProperty("quiet", self._save is not None)

    def label_text(self) -> str:
        """The label in the officer's language."""
        return self.desk.tr(self.label)

    def get(self) -> Any:
        """The value as it was last kept."""
        return self._value

    def set(self, value: Any) -> None:
        """Show this value, unless the officer is just typing another."""
        if self._bound and self.dirty:
            return
        self._value = value
        if self._bound:
            self.show_value(value)

    @property
    def usable(self) -> bool:
        """Whether the value can be changed here."""
        return self._usable

    @property
    def dirty(self) -> bool:
        """Whether the input holds something that is not kept yet."""
        try:
            return bool(self.read_input() != self._value)
        except Unreadable:
            return True

    @property
    def refused(self) -> bool:
        """Whether the input holds something that could not be kept; the line below says why."""
        return self._bound and self._save is not None and bool(self.problem_line.text()) and self.dirty

    def commit(self) -> bool:
        """Keep what the input holds; False when it cannot be kept, which the line below explains."""
        if self._committing or not self._bound:
            return True
        self._committing = True
        try:
            return self._commit()
        finally:
            self._committing = False

    def _commit(self) -> bool:
        try:
            value = self.read_input()
        except Unreadable as error:
            self.problem(self.desk.tr(str(error)))
            return False
        if value == self._value:
            self.problem("")
            self.show_value(value)
            return True
        return self.keep(value)

    def keep(self, value: Any) -> bool:
        """Save this value and show it; False when it is refused, which the line below explains."""
        try:
            if self._save is not None:
                self._save(self.name, value)
        except Invalid as error:
            self.problem(self.desk.tr(error.problems.get(self.name) or next(iter(error.problems.values()), "")))
            return False
        except UserError as error:
            self.problem(self.desk.tr(error.message, **error.values))
            return False
        self._value = value
        self.problem("")
        self.show_value(value)
        self.changed.emit(self.name, value)
        return True

    def typed(self) -> Any:
        """What the input holds, readable or not, as it can be written down."""
        return held(self.input)

    def type_in(self, typed: Any) -> None:
        """Let the input hold that again."""
        give(self.input, typed)

    def revert(self) -> None:
        """Forget what was typed and show the kept value."""
        self.problem("")
        self.show_value(self._value)

    def problem(self, text: str) -> None:
        """Say under the field what is wrong; an empty text clears it."""
        self.problem_line.setText(text)
        self.problem_line.setVisible(bool(text))
        # Where the keyboard is: some inputs are a line and a button.
        typed = self.input.focusProxy() or self.input
        typed.setAccessibleDescription(text)
        if text:
            announce(typed, text, urgent=True)
        if bool(typed.property("bad")) != bool(text):
            typed.setProperty("bad", bool(text))
            typed.style().unpolish(typed)
            typed.style().polish(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
                self.commit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.enter_commits(event):
            self.commit()
            return True
        if event.key() == Qt.Key.Key_Escape and self.dirty:
            self.revert()
            return True
        return False

    def enter_commits(self, event: QKeyEvent) -> bool:
        """Whether Enter keeps the value here; in a dialog without ``save`` it goes on to the default button."""
        return self._save is not None


class TextField(Field):
    """One line of text."""

    def __init__(
        self, name: str, label: str, value: str | None = "", *, hint: str = "", enabled: bool = True, ltr: bool = False
    ) -> None:
        """``ltr``: e-mail, phone, address of a page: read from left to right in any language."""
        super().__init__(name, label, value or "", hint=hint, enabled=enabled)
        self._ltr = ltr
        self._rtl = False

    def make_input(self) -> QWidget:
        self.line = CutLine()
        self.dress(self.line)
        self.line.setPlaceholderText(self.placeholder())
        self.line.setAlignment(self.desk.look.start())
        if self._ltr:
            self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self._rtl:
            self.line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        return self.line

    def in_arabic(self) -> None:
        """Write from the right whatever the language of the window."""
        self._rtl = True

    def show_value(self, value: Any) -> None:
        text = value or ""
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def read_input(self) -> Any:
        text = self.line.text()
        # A value that came with breaks (in a sheet, from a stick) is not changed by being looked at.
        return text if text == self._value else _BREAKS.sub(" ", text).strip()


class LongTextField(TextField):
    """Several lines; a draft after three seconds of rest, a change when left or after thirty."""

    long = True

    def __init__(
        self,
        name: str,
        label: str,
        value: str | None = "",
        *,
        hint: str = "",
        enabled: bool = True,
        draft: Callable[[str, str], object] | None = None,
    ) -> None:
        """``draft(name, text)`` keeps what is typed before it becomes a change."""
        super().__init__(name, label, value, hint=hint, enabled=enabled)
        self._draft = draft

    def make_input(self) -> QWidget:
        # As the style sheet has it: two pixels of edge, four of the document, and what it keeps free inside.
        self.box = GrowingText(2, 16) if self._save is None else GrowingText(1, 8)
        self.dress(self.box)
        self.box.setPlaceholderText(self.placeholder())
        if self._rtl:
            self.box.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        option = self.box.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LayoutDirectionAuto)
        if self._rtl:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.box.document().setDefaultTextOption(option)
        if not self._rtl:
            self.box.textChanged.connect(self._begin_where_it_is_read)
            self._begin_where_it_is_read()
        self._short, self._long = QTimer(self), QTimer(self)
        for timer, rest, call in ((self._short, 3000, self._keep_draft), (self._long, 30_000, self.commit)):
            timer.setSingleShot(True)
            timer.setInterval(rest)
            timer.timeout.connect(call)
            self.box.textChanged.connect(timer.start)
        return self.box

    def _begin_where_it_is_read(self) -> None:
        """A text in Arabic stands at the right in any window; an empty one where the language of the window begins."""
        document = self.box.document()
        rtl = self.desk.look.rtl if document.isEmpty() else is_rtl(document.toPlainText())
        side = (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignAbsolute
        option = document.defaultTextOption()
        if option.alignment() != side:
            option.setAlignment(side)
            document.setDefaultTextOption(option)

    def _keep_draft(self) -> None:
        if self._draft is not None and self.dirty:
            self._draft(self.name, self.box.toPlainText())

    def show_value(self, value: Any) -> None:
        if self.box.toPlainText() != (value or ""):
            self.box.setPlainText(value or "")
        self._short.stop()
        self._long.stop()

    def read_input(self) -> Any:
        return self.box.toPlainText().strip()

    def enter_commits(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class BilingualField(QWidget):
    """One content in both languages, ``name_en`` and ``name_ar``; the officer's language first."""

    def __init__(
        self,
        name: str,
        label: str,
        en: str | None = "",
        ar: str | None = "",
        *,
        long: bool = False,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        super().__init__()
        kind = LongTextField if long else TextField
        self.name = name
        self.english = kind(f"{name}_en", label, en, hint=hint, enabled=enabled)
        self.arabic = kind(f"{name}_ar", label, ar, hint=hint, enabled=enabled)
        self.arabic.in_arabic()
        # Also of one line: names and titles are longer than a day or a choice.
        self.english.across()
        self.arabic.across()

    def in_order(self, rtl: bool) -> tuple[Field, Field]:
        """The two fields, the officer's language first, the other saying which it is."""
        if rtl:
            self.english.label = N_("In English")
            return self.arabic, self.english
        self.arabic.label = N_("In Arabic")
        return self.english, self.arabic
