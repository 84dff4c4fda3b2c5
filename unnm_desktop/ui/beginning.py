"""A successor begins from a colleague's package: chosen, looked into, and made a new workspace of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from unnm_desktop.db import keys
from unnm_desktop.db.engine import Database
from unnm_desktop.db.making import free_name
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import beginning, receiving
from unnm_desktop.ui.beginning_parts import Held, Place
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.mark import Mark
from unnm_desktop.ui.package_choice import PackageChoice
from unnm_desktop.ui.protection_card import ProtectionCard
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.setup_pages import documents
from unnm_desktop.ui.widgets import button, label

if TYPE_CHECKING:
    from unnm_desktop.progress import Progress
    from unnm_desktop.services.handover.receiving import Arrived
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.jobs import Job

CHOOSE, LOOK = range(2)
WIDTH, WIDE = 620, 1000


def _begun(arrived: Arrived, target: Path, officer: str, passphrase: str, *, progress: Progress) -> Database:
    """Make the workspace and open it, on a thread."""
    beginning.begin(arrived, target, officer, now=datetime.now(UTC), passphrase=passphrase, progress=progress)
    return Database(target, officer, key=keys.unlock(target, passphrase) if passphrase else None)


class Begin(QWidget):
    """Two steps; nothing is on the disk before the second is finished."""

    # The new workspace, open.
    begun = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, path: Path | None = None) -> None:
        """``path`` is the package, where it was dropped on the window."""
        super().__init__()
        self.desk = desk
        self.choice = PackageChoice(desk, 20)
        self.arrived: Arrived | None = None
        self._job: Job | None = None
        # With what the package was opened, and where one goes on once it is opened again.
        self._opened_with = ""
        self._left_at: Mapping[str, Any] | None = None
        tr = desk.tr
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr(N_("Begin from a colleague's package")))
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 20, 24, 20)
        across.addStretch(1)
        self._middle = middle = QWidget()
        across.addWidget(middle, 30)
        across.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(self._head())
        self.bar = InlineBar(desk)
        column.addWidget(self.bar)
        self.views = QStackedWidget()
        self.held, self.place, self.protection = Held(desk), Place(desk), ProtectionCard(desk)
        self.protection.opened.connect(self._show_words)
        self.held.same_words.toggled.connect(self._tell_buttons)
        self.views.addWidget(self._choose_view())
        self.views.addWidget(self._look_view())
        column.addWidget(self.views, 1)
        column.addLayout(self._foot())
        if path is not None:
            self.take_file(path)
        self._tell_buttons()

    # The parts -------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        look, tr = self.desk.look, self.desk.tr
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Mark(look, 44))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(look, tr(N_("Begin from a colleague's package")), "h1", wrap=True))
        line = N_("It becomes a workspace on this computer, with its whole history. The package stays as it is.")
        words.addWidget(label(look, tr(line), "grey", wrap=True))
        head.addLayout(words, 1)
        return head

    def _choose_view(self) -> QWidget:
        self.choice.chosen.connect(self.take_file)
        area = ScrollColumn(margins=(0, 0, 0, 0))
        area.column.addWidget(self.choice)
        area.column.addStretch(1)
        return area

    def _look_view(self) -> QWidget:
        self.area = ScrollColumn(margins=(0, 0, 0, 0), spacing=12)
        # Side by side where there is room, so that nothing has to be scrolled for.
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(12)
        mine = QVBoxLayout()
        mine.setSpacing(12)
        mine.addWidget(self.place)
        mine.addWidget(self.protection)
        self._both.addWidget(self.held, 1, Qt.AlignmentFlag.AlignTop)
        self._both.addLayout(mine, 1)
        self.area.column.addLayout(self._both)
        self.area.column.addStretch(1)
        return self.area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """One column to choose in; two to look at where both have room."""
        scale = max(1.0, self.desk.look.text_size / 110)
        wide = self.views.currentIndex() == LOOK and self.width() >= WIDE * scale
        self._middle.setMaximumWidth(round((WIDE if wide else WIDTH) * scale))
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _show_words(self) -> None:
        self.area.ensureWidgetVisible(self.protection.choice.second)

    def _foot(self) -> QHBoxLayout:
        look, tr = self.desk.look, self.desk.tr
        foot = QHBoxLayout()
        foot.setSpacing(10)
        self.leave_button = button(look, tr(N_("Leave")), self.leave, "link")
        self.back_button = button(look, tr(N_("Back")), self.back)
        self.next_button = button(look, tr(N_("Look inside")), self.forward, "primary")
        self.lack = label(look, "", "grey", wrap=True)
        self.lack.setAlignment(look.end() | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.lack, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        return foot

    # Where one is ----------------------------------------------------------------------------------------------------

    def _tell_buttons(self) -> None:
        self._stand()
        idle, looking = self._job is None, self.views.currentIndex() == LOOK
        lack = self._lacking()
        self.leave_button.setEnabled(idle)
        self.back_button.setVisible(looking)
        self.back_button.setEnabled(idle)
        self.next_button.setText(self.desk.tr(N_("Create the workspace") if looking else N_("Look inside")))
        self.next_button.setEnabled(not lack and idle)
        self.lack.setText(self.desk.tr(lack) if lack and idle else "")
        self.views.setEnabled(idle)

    def _lacking(self) -> str:
        """What is asked for before one can go on."""
        if self.views.currentIndex() == CHOOSE:
            return "" if self.choice.path is not None else N_("Choose the package first.")
        compared = self.arrived is None or not self.arrived.stranger or self.held.same_words.isChecked()
        return "" if compared else N_("Compare the words, then tick that they are the same.")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choice.first.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # A window that is made small keeps its place; one that shows something else has left it.
        if not event.spontaneous():
            if self._job is not None:
                self._job.cancel()
            self._let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forward()
        else:
            super().keyPressEvent(event)

    def forward(self) -> None:
        """Look into the package; from there, make the workspace."""
        if not self.next_button.isEnabled():
            return
        if self.views.currentIndex() == CHOOSE:
            self._look_inside()
        else:
            self._make()

    def back(self) -> None:
        """To the choice of the package; from there out."""
        if self._job is not None:
            return
        if self.views.currentIndex() == CHOOSE:
            self.leave()
            return
        self._let_go()
        self.bar.clear()
        self.views.setCurrentIndex(CHOOSE)
        self._tell_buttons()
        self.choice.words.setFocus()

    def leave(self) -> None:
        """Leave everything as it is."""
        self._let_go()
        self.left.emit()

    def half_done(self) -> dict[str, Any] | None:
        """What was chosen and typed so far, as it can be written down; no passphrase of the workspace to be made."""
        if self.choice.path is None:
            return None
        return {
            "path": str(self.choice.path),
            "words": self.choice.words.text() or self._opened_with,
            "package": self.arrived.told.package_id if self.arrived is not None else "",
            "same_words": self.held.same_words.isChecked(),
            "officer": self.place.officer.text(),
            "place": str(self.place.path),
            "guarded": self.protection.guarded.isChecked(),
        }

    def go_on(self, half: Mapping[str, Any]) -> None:
        """Choose and type that again, and look into the package where it was looked into."""
        self.take_file(Path(half["path"]))
        self.choice.words.setText(half["words"])
        self.place.officer.setText(half["officer"])
        self.protection.guarded.setChecked(half["guarded"])
        if half["package"]:
            self._left_at = half
            # Once it is seen: what is found for a page that is gone is let go.
            QTimer.singleShot(0, self, self._look_inside)

    def _find_place(self, arrived: Arrived) -> None:
        left, self._left_at = self._left_at, None
        if left is not None and left["package"] == arrived.told.package_id:
            self.held.same_words.setChecked(left["same_words"])
            self.place.keep_at(Path(left["place"]))

    def _let_go(self) -> None:
        self._opened_with = ""
        if self.arrived is not None:
            self.arrived.close()
            self.arrived = None

    # Choosing and looking --------------------------------------------------------------------------------------------

    def take_file(self, path: Path) -> None:
        """This is the package."""
        if self._job is not None:
            return
        self._let_go()
        self.bar.clear()
        self.views.setCurrentIndex(CHOOSE)
        self.choice.take(path)
        self._tell_buttons()

    def _look_inside(self) -> None:
        if self.choice.path is not None:
            text = self.desk.tr(N_("Reading {file} …"), file=self.choice.path.name)
            self._opened_with = self.choice.words.text()
            self._start(beginning.look, self.choice.path, self._opened_with, done=self._looked, text=text)

    def _looked(self, arrived: Arrived) -> None:
        self._job = None
        if not self.isVisible():
            arrived.close()
            return
        self.arrived = arrived
        self.choice.words.clear()
        self.held.show_arrived(arrived)
        settings, told = self.desk.settings, arrived.told
        # Whom the office goes to is most likely who sits here.
        self.place.offer(free_name(documents(), _name_for(told.scope.networks)), settings.officer or told.to)
        self._find_place(arrived)
        self.views.setCurrentIndex(LOOK)
        self._tell_buttons()
        (self.held.same_words if arrived.stranger else self.next_button).setFocus()

    # Making ----------------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        wrong = self.place.problem() or self.protection.problem()
        if wrong:
            self.bar.show_message(wrong, "warn")
        elif self.arrived is not None:
            text = self.desk.tr(N_("Making the workspace…"))
            officer, words = self.place.officer.text().strip(), self.protection.value()
            self._start(_begun, self.arrived, self.place.path, officer, words, done=self._made, text=text)

    def _made(self, database: Database) -> None:
        self._job = None
        if self.arrived is not None and self.arrived.stranger:
            # The workspace is made; what is known of its sender is only a convenience for the next package.
            with suppress(OSError):
                receiving.believe(self.arrived, self.desk.today())
        self._let_go()
        self.begun.emit(database)

    # Work on a thread ------------------------------------------------------------------------------------------------

    def _start(self, work: Callable[..., Any], *args: Any, done: Callable[[Any], object], text: str) -> None:
        self.bar.clear()
        job = self.desk.jobs.run(work, *args, done=done, failed=self._failed, progress=True, text=text)
        job.cancelled.connect(self._cancelled)
        self._job = job
        self._tell_buttons()

    def _cancelled(self) -> None:
        self._job = None
        self._tell_buttons()
        self.bar.show_message(self.desk.tr(N_("Stopped. Nothing was changed.")), "info")

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._tell_buttons()
        if not isinstance(error, UserError):
            raise error
        self.bar.show_message(self.desk.tr(error.message, **error.values), "bad")
        if self.views.currentIndex() == CHOOSE:
            self.choice.words.setFocus()
            self.choice.words.selectAll()
        else:
            # While it was made nothing could be used, and nothing has the keyboard.
            self.next_button.setFocus()


def _name_for(networks: tuple[str, ...]) -> str:
    return "-".join(("UNNM", *networks))
