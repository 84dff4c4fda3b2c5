"""The set-up of a workspace: five pages inside the window, and nothing on the disk before the last is finished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from unnm_desktop.db.making import new_workspace
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import founding
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.mark import Mark
from unnm_desktop.ui.setup_members import MembersPage
from unnm_desktop.ui.setup_network import NetworkPage, OpenPage
from unnm_desktop.ui.setup_pages import LanguagePage, PlacePage, SetupPage
from unnm_desktop.ui.setup_state import PLACE, SetupState
from unnm_desktop.ui.steps import Steps
from unnm_desktop.ui.widgets import button, label

PAGES: tuple[type[SetupPage], ...] = (LanguagePage, NetworkPage, OpenPage, PlacePage, MembersPage)
WIDTH = 940


def make(state: SetupState, place: Path, on: date, *, with_members: bool) -> Path:
    """Make the workspace as the officer said; called on a thread of its own.

    Raises:
        UserError: it cannot be made there, or an answer cannot be used; nothing is left behind.

    """
    profile = state.profile
    if profile is None:
        raise LookupError("no network was chosen")
    seats = [
        founding.FirstSeat(body, said.focal_point, said.alternate)
        for body, said in state.members.items()
        if said.ticked
    ]
    with (
        new_workspace(place, state.officer, state.passphrase) as database,
        database.write(N_("Found the network")) as session,
    ):
        founding.found(
            session,
            profile,
            answers=state.answers,
            records_from=state.records_from or on,
            on=on,
            weekend=state.weekend,
            first_weekday=state.first_weekday,
            seats=seats if with_members else None,
        )
    return place


class Wizard(QWidget):
    """One page at a time; Esc goes back, Enter goes on, and leaving leaves nothing behind."""

    def __init__(
        self, desk: Desk, state: SetupState, made: Callable[[Path], object], left: Callable[[], object]
    ) -> None:
        """``made`` is told where the new workspace lies, ``left`` that the officer thought better of it."""
        super().__init__()
        self.desk, self.state = desk, state
        self._made, self._left = made, left
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(desk.tr(N_("Set up a network")))
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 20, 24, 20)
        across.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(round(WIDTH * max(1.0, desk.look.text_size / 110)))
        across.addWidget(middle, 30)
        across.addStretch(1)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._holder: QWidget | None = None
        self.page: SetupPage | None = None
        self._show()

    # What is shown ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        desk, look = self.desk, self.desk.look
        if self._holder is not None:
            self._column.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        kind = PAGES[self.state.step]
        column.addLayout(self._head(kind))
        column.addWidget(Steps(desk, [desk.tr(one.step) for one in PAGES], self.state.step))
        self.bar = InlineBar(desk)
        column.addWidget(self.bar)
        self.page = kind(desk, self.state)
        column.addWidget(self.page, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        # At once: a button that belongs nowhere yet would be shown as a window of its own.
        column.addLayout(foot)
        self.leave_button = button(look, desk.tr(N_("Leave the set-up")), self._leave, "link")
        foot.addWidget(self.leave_button)
        foot.addStretch(1)
        self.back_button = button(look, desk.tr(N_("Back")), self.back)
        last = self.state.step == len(PAGES) - 1
        self.skip_button = button(look, desk.tr(N_("Skip this page")), self._skip)
        words = N_("Create the workspace") if last else N_("Next")
        self.next_button = button(look, desk.tr(words), self.forward, "primary")
        for one in (self.back_button, self.skip_button, self.next_button):
            foot.addWidget(one)
        self.back_button.setVisible(self.state.step > 0)
        self.skip_button.setVisible(last)
        self._column.addWidget(self._holder, 1)
        if self.isVisible():
            # Layouts show their widgets one event later; the focus cannot wait so long.
            self._holder.show()
        self._focus()

    def _head(self, kind: type[SetupPage]) -> QHBoxLayout:
        desk, look = self.desk, self.desk.look
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Mark(look, 44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(look, desk.tr(kind.title), "h1", wrap=True))
        words.addWidget(label(look, desk.tr(kind.line), "grey", wrap=True))
        head.addLayout(words, 1)
        return head

    def _focus(self) -> None:
        if self.page is not None and self.isVisible():
            (self.page.first() or self.next_button).setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: object) -> None:
        self._focus()

    # Where it goes ---------------------------------------------------------------------------------------------------

    def back(self) -> None:
        """The page before; what was said here stays."""
        if self.page is not None and self.state.step > 0 and self.isEnabled():
            self.page.keep()
            self.state.step -= 1
            self._show()

    def forward(self) -> None:
        """The next page, or the workspace; what is missing here is said first."""
        if self._ready():
            if self.state.step < len(PAGES) - 1:
                self.state.step += 1
                self._show()
            else:
                self._make(with_members=True)

    def _skip(self) -> None:
        self._make(with_members=False)

    def _ready(self) -> bool:
        if self.page is None:
            return False
        self.page.keep()
        wrong = self.page.problem()
        if wrong:
            self.bar.show_message(wrong, "warn")
        else:
            self.bar.clear()
        return not wrong

    def _leave(self) -> None:
        self._left()

    def _make(self, *, with_members: bool) -> None:
        place = self.state.place
        if place is None:
            return
        self.setEnabled(False)
        self.desk.jobs.run(
            make,
            self.state,
            place,
            self.desk.today(),
            with_members=with_members,
            done=self._made,
            failed=self._failed,
            text=self.desk.tr(N_("Making the workspace…")),
        )

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        # What is wrong now is most often the place: it was taken, filled up or unplugged meanwhile.
        if "file" in error.values:
            self.state.step = PLACE
        self._show()
        self.bar.show_message(self.desk.tr(error.message, **error.values), "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            if self.state.step > 0:
                self.back()
            else:
                self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(now, QAbstractButton) and not isinstance(now, QCheckBox | QRadioButton):
                now.click()
            else:
                self.forward()
        else:
            super().keyPressEvent(event)
