"""A question for a passphrase, for a new one, or for the code of the recovery sheet; the work runs on a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.dialog_foot import DialogFoot
from unnm_desktop.ui.on_screen import room_for
from unnm_desktop.ui.passphrase_choice import PassphraseChoice
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.secret_field import SecretField
from unnm_desktop.ui.widgets import button, label, row


class Given(NamedTuple):
    """What was typed: the passphrase that holds, the new one, the code of the sheet."""

    current: str = ""
    new: str = ""
    code: str = ""


class PassphraseDialog(QDialog):
    """Asks for what is named, and stays open until the work has been done or the officer leaves."""

    def __init__(
        self,
        desk: Desk,
        texts: tuple[str, str, str],
        asks: frozenset[str],
        work: Callable[[Given], Any],
        done: Callable[[Any], object],
        parent: QWidget | None = None,
        sheet: Callable[[], object] | None = None,
    ) -> None:
        """``texts`` are msgids: title, line, button; ``work`` runs on a thread.

        ``asks`` names fields of ``Given``, or "copy" for the passphrase of a copy. ``sheet`` is the way of who has
        forgotten it.
        """
        super().__init__(parent)
        self._desk, self._work, self._done = desk, work, done
        look, tr = desk.look, desk.tr
        title, line, go = texts
        self.setWindowTitle(tr(title))
        self.setMinimumWidth(round(480 * max(1.0, look.text_size / 110)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        self._area = ScrollColumn(margins=(18, 18, 18, 4), spacing=8)
        column = self._area.column
        column.addWidget(label(look, tr(title), "h2"))
        column.addWidget(label(look, tr(line), "grey", wrap=True))
        self.code = QPlainTextEdit()
        of_copy = "copy" in asks
        present = tr(N_("Passphrase of the backup") if of_copy else N_("Present passphrase"))
        self.current = SecretField(desk, present)
        self.choice = PassphraseChoice(desk) if "new" in asks else None
        if "code" in asks:
            self._ask_code(column)
        if of_copy or "current" in asks:
            column.addWidget(label(look, present, "strong"))
            column.addWidget(self.current)
        self._sheet = sheet
        if sheet is not None:
            column.addWidget(row(button(look, tr(N_("Use the recovery sheet…")), self._use_sheet, "link")))
        if self.choice is not None:
            column.addWidget(self.choice)
        self.problem = label(look, "", "problem", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        column.addStretch(1)
        whole.addWidget(self._area, 1)
        foot = DialogFoot(self, whole, desk.language, tr(go), self.try_accept)
        foot.setContentsMargins(18, 0, 18, 0)
        self.go, self._buttons = foot.go, foot
        self._foot = foot.sizeHint().height() + 30
        self._fit()
        self._asks = asks
        self._first().setFocus()

    def _ask_code(self, column: QVBoxLayout) -> None:
        look, words = self._desk.look, self._desk.tr(N_("Recovery code"))
        self.code.setAccessibleName(words)
        self.code.setTabChangesFocus(True)
        self.code.setProperty("secret", True)
        self.code.setFixedHeight(round(74 * max(1.0, look.text_size / 100)))
        column.addWidget(label(look, words, "strong"))
        column.addWidget(self.code)

    def _first(self) -> QWidget:
        """Where the keyboard starts, and where it is put right."""
        if "code" in self._asks:
            return self.code
        if self.choice is not None and not self._asks & {"copy", "current"}:
            return self.choice.first
        return self.current

    def _fit(self) -> None:
        """As high as what is asked and said, and never lower than before."""
        wide, column = self.minimumWidth() + 40, self._area.column
        high = column.heightForWidth(wide) if column.hasHeightForWidth() else column.sizeHint().height()
        self.resize(
            wide, max(self.height() if self.isVisible() else 0, min(high + self._foot, room_for(self).height()))
        )

    def try_accept(self) -> None:
        """Do the work with what was typed; on trouble say so and stay."""
        wrong = self.choice.problem() if self.choice is not None else ""
        self._say(wrong)
        if wrong and self.choice is not None:
            # A space that belongs to the words would press the button again.
            self.choice.type_again()
            return
        new = self.choice.value() if self.choice is not None else ""
        # What is under way is done whatever is pressed now: Cancel would say that it is not.
        self._first().setFocus()
        self._buttons.setEnabled(False)
        given = Given(self.current.text(), new, self.code.toPlainText())
        self._desk.jobs.run(self._work, given, done=self._well, failed=self._failed)

    def _well(self, result: Any) -> None:
        self._wipe()
        if self.choice is not None:
            self.choice.taken()
        self.accept()
        self._done(result)

    def _failed(self, error: Exception) -> None:
        self._buttons.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.current.clear()
        self._say(self._desk.tr(error.message, **error.values))
        self._first().setFocus()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            announce(self, text, urgent=True)
            # Once it has its place, it may stand below what is seen.
            QTimer.singleShot(0, self, self._show_problem)

    def _show_problem(self) -> None:
        self._fit()
        self._area.ensureWidgetVisible(self.problem)

    def _use_sheet(self) -> None:
        self.reject()
        if self._sheet is not None:
            self._sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._buttons.isEnabled() or event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._buttons.isEnabled():
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        self._wipe()
        super().reject()

    def _wipe(self) -> None:
        self.current.clear()
        self.code.clear()
        if self.choice is not None:
            self.choice.first.clear()
            self.choice.second.clear()
            self.choice.words.clear()
