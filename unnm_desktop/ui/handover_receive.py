"""Receiving a stick in four steps: choose, compare, decide, done; nothing is written before the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import merge, receiving
from unnm_desktop.services.handover.deciding import Pick
from unnm_desktop.services.handover.incoming import no_collecting
from unnm_desktop.ui import handover_compare
from unnm_desktop.ui.backup_keeper import folder_of
from unnm_desktop.ui.drop_area import DropArea
from unnm_desktop.ui.handover_compare import CompareList, Told
from unnm_desktop.ui.handover_decide import DecideList
from unnm_desktop.ui.handover_done import DoneList
from unnm_desktop.ui.handover_side import CHOOSE, COMPARE, DECIDE, DONE, ReceiveSide
from unnm_desktop.ui.package_choice import PackageChoice
from unnm_desktop.ui.steps import Steps
from unnm_desktop.ui.widgets import button, label, row

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.i18n import Language
    from unnm_desktop.progress import Progress
    from unnm_desktop.services.handover.receiving import Arrived, Taken
    from unnm_desktop.ui.jobs import Job
    from unnm_desktop.ui.page_base import Page

_STEPS = (N_("Choose"), N_("Compare"), N_("Decide"), N_("All done"))


def _look(
    database: Database, path: Path, words: str, language: Language, *, progress: Progress
) -> tuple[Arrived, Told]:
    """Open and compare, on a thread."""
    arrived = receiving.look(database, path, words, progress)
    try:
        with no_collecting(), database.read() as session:
            return arrived, handover_compare.tell(session, language, arrived)
    except BaseException:
        arrived.close()
        raise


class Reception(NamedTuple):
    """A package that is being looked at, what was decided, the step, and what the officer has confirmed."""

    path: Path
    arrived: Arrived
    decided: list[list[Any]]
    step: int
    clear: tuple[bool, bool]
    workspace: Path
    """With which it was compared."""


class ReceivePanel(QWidget):
    """The four steps; the package stays on this computer until the officer leaves them."""

    left = Signal()
    # A package of one's own instead.
    prepare_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.choice = PackageChoice(self.desk)
        self.arrived: Arrived | None = None
        self._compared_with = Path()
        self.taken: Taken | None = None
        self._job: Job | None = None
        self._step = CHOOSE
        # With what the package was opened, and what is gone on with once it is opened again.
        self._opened_with = ""
        self._left_at: Mapping[str, Any] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._steps = self._new_steps()
        self._column.addWidget(self._steps)
        both = QHBoxLayout()
        both.setSpacing(14)
        self._column.addLayout(both, 1)
        self.views = QStackedWidget()
        both.addWidget(self.views, 1)
        self.compare = CompareList(self.desk)
        self.decide = DecideList(self.desk)
        self.done = DoneList(self.desk)
        for one in (self._choose_view(), self.compare, self._decide_view(), self.done):
            self.views.addWidget(one)
        self.side = ReceiveSide(self.desk)
        self.back_button, self.next_button = self.side.back_button, self.side.next_button
        both.addWidget(self.side)
        self.side.confirmed.connect(self._tell_side)
        self.side.obstacles.taken_back.connect(self._focus_forward)
        self.side.went_back.connect(self.back)
        self.side.went_on.connect(self.forward)
        self.compare.another_wanted.connect(self._begin_anew)
        self.compare.prepare_wanted.connect(self._prepare_instead)
        self.decide.answered.connect(self._tell_open)
        self.decide.finished.connect(self._focus_forward)
        # Nobody is told: the page asks for what is received, which is still being made.
        self._place(CHOOSE)

    # The parts -------------------------------------------------------------------------------------------------------

    def _new_steps(self) -> Steps:
        return Steps(self.desk, [self.desk.tr(name) for name in _STEPS], self._step)

    def _choose_view(self) -> QWidget:
        area = DropArea(self.desk.look)
        area.dropped.connect(self._dropped)
        self.choice.chosen.connect(self.take_file)
        self.choice.entered.connect(self.forward)
        area.whole.addWidget(self.choice)
        area.whole.addStretch(1)
        return area

    def _decide_view(self) -> QWidget:
        look, tr = self.desk.look, self.desk.tr
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        self.mine_for_all = button(look, tr(N_("Mine for all")), self._mine)
        self.theirs_for_all = button(look, tr(N_("Theirs for all")), self._theirs)
        self.open_line = label(look, "", "grey")
        column.addWidget(row(self.mine_for_all, self.theirs_for_all, self.open_line))
        column.addWidget(self.decide, 1)
        return view

    # Where one is ----------------------------------------------------------------------------------------------------

    def _show(self, step: int) -> None:
        self._place(step)
        self.page.header_changed.emit()

    def _place(self, step: int) -> None:
        self._step = step
        fresh = self._new_steps()
        self._column.replaceWidget(self._steps, fresh)
        self._steps.hide()
        self._steps.deleteLater()
        self._steps = fresh
        self.views.setCurrentIndex(step)
        self._tell_side()

    def subline(self) -> str:
        """What is being received."""
        if self.arrived is None:
            return self.desk.tr(N_("Receive a stick"))
        made = self.desk.language.local(datetime.fromisoformat(self.arrived.told.made_at))
        words = N_("A package made on {day} by {by}")
        return self.desk.tr(words, day=self.desk.language.day(made.date()), by=self.arrived.by)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        if self._step == CHOOSE:
            return self.choice.first
        if self.side.asks:
            return self.side.same_words
        # After a merge that was cancelled, one key too many must not begin it again.
        writes = self._step != DONE and not self.side.brings_nothing
        return self.back_button if writes else self.next_button

    def _tell_side(self) -> None:
        self.side.show_of(self._step, self.arrived)
        self._tell_buttons()

    def _tell_buttons(self) -> None:
        self.side.tell_buttons(chosen=self.choice.path is not None, idle=self._job is None)

    def _tell_open(self) -> None:
        left = len(self.decide.open_conflicts())
        words = self.desk.language.ntr("{n} left for later", "{n} left for later", left)
        self.open_line.setText(words if left else self.desk.tr(N_("All are decided")))
        self.side.count(left)

    def _focus_forward(self) -> None:
        self.next_button.setFocus()

    # Going on and back -----------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """The next step; the last one writes."""
        if not self.next_button.isEnabled():
            return
        if self._step == CHOOSE:
            self._look_inside()
        elif self._step == DONE or self.side.brings_nothing:
            self.leave()
        elif self._step == COMPARE and self.arrived is not None and self.arrived.preview.conflicts:
            self._show(DECIDE)
            self.decide.first_focus()
        else:
            self._finish()

    def back(self) -> None:
        """The step before; from the first one back to the doors."""
        if self._step == CHOOSE:
            self.leave()
            return
        if self._step == COMPARE:
            self._let_go()
        self._show(self._step - 1)

    def leave(self) -> None:
        """Leave everything as it is."""
        self._let_go()
        self.taken = None
        self.choice.forget()
        self._show(CHOOSE)
        self.left.emit()

    def _begin_anew(self) -> None:
        self.back()
        self.choice.forget()
        self._tell_buttons()
        self.choice.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prepare_instead(self) -> None:
        self.leave()
        self.prepare_wanted.emit()

    def hand_on(self) -> None:
        """Another language or look: the fresh page goes on with the package and with what was decided."""
        if self.choice.path is not None and self.arrived is not None and self._job is None:
            self.desk.unwritten.let_go()
            self.desk.unwritten.reception = Reception(
                self.choice.path,
                self.arrived,
                self.decide.begun(),
                self._step,
                self.side.ticks(),
                self._compared_with,
            )
            self.arrived = None

    def begun(self) -> dict[str, Any] | None:
        """What is being received, as it can be written down; the package itself is let go."""
        if self.choice.path is None or self._step == DONE or self.desk.unwritten.reception is not None:
            return None
        arrived = self.arrived
        return {
            "path": str(self.choice.path),
            "words": self.choice.words.text() or self._opened_with,
            "package": arrived.told.package_id if arrived is not None else "",
            "step": self._step,
            "answers": self.decide.begun(),
            "clear": self.side.ticks(),
        }

    def go_on(self, begun: Mapping[str, Any]) -> None:
        """Look into that package again, and go on where it was left."""
        self.take_file(Path(begun["path"]))
        self.choice.words.setText(begun["words"])
        if begun["package"]:
            self._left_at = begun
            self.page.later(self._look_inside)

    def _find_place(self, arrived: Arrived) -> None:
        """Where this very package was left, if it is the one."""
        left, self._left_at = self._left_at, None
        if left is not None and left["package"] == arrived.told.package_id:
            self.decide.go_on(left["answers"])
            self._tell_open()
            self.side.tick(left["clear"])
            self._show(left["step"])

    def take_up(self) -> bool:
        """Go on with what the page before this one was looking at, where it was."""
        left, self.desk.unwritten.reception = self.desk.unwritten.reception, None
        if left is None:
            return False
        if left.workspace != self.desk.hub.database.path:
            left.arrived.close()
            return False
        with self.desk.hub.database.read() as session:
            told = handover_compare.tell(session, self.desk.language, left.arrived)
        self.take_file(left.path)
        self._looked((left.arrived, told))
        self.decide.go_on(left.decided)
        self._tell_open()
        self.side.tick(left.clear)
        self._show(left.step)
        return True

    def let_go(self) -> None:
        """The page goes: no copy of a package stays behind."""
        if self._job is not None:
            self._job.cancel()
        if self.arrived is not None:
            # At once: of a window that is closed no work is begun any more.
            self.arrived.close()
        self._let_go()

    def _let_go(self) -> None:
        self._opened_with = ""
        if self.arrived is not None:
            self.desk.jobs.run(self.arrived.forget)
            self.arrived = None
        self.side.forget()

    # Choosing --------------------------------------------------------------------------------------------------------

    def begin_with(self, path: Path) -> None:
        """Look into this package next, unless one is being taken in."""
        if self._job is None:
            self._let_go()
            self._show(CHOOSE)
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """This is the package."""
        self.page.bar.clear()
        self.choice.take(path)
        self._tell_buttons()

    def _dropped(self, data: QMimeData) -> None:
        path = next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)
        if path is not None:
            self.take_file(path)

    def _look_inside(self) -> None:
        if self.choice.path is None:
            return
        text = self.desk.tr(N_("Reading {file} …"), file=self.choice.path.name)
        self._opened_with = self.choice.words.text()
        self._start(
            _look, self.desk.hub.database, self.choice.path, self.choice.words.text(), self.desk.language,
            done=self._looked, text=text,
        )  # fmt: skip

    def _looked(self, found: tuple[Arrived, Told]) -> None:
        self._job = None
        self.arrived, told = found
        self._compared_with = self.desk.hub.database.path
        preview = self.arrived.preview
        self.choice.words.clear()
        self.compare.show_preview(preview, told)
        self.decide.show_conflicts(told.conflicts)
        self._tell_open()
        self._show(COMPARE)
        self.page.bar.clear()
        self._find_place(self.arrived)
        # The button that was pressed slept meanwhile, and the keyboard went elsewhere.
        if self.isVisible():
            self.first_focus().setFocus()

    # Writing ---------------------------------------------------------------------------------------------------------

    def _mine(self) -> None:
        self.decide.answer_all(Pick.MINE)

    def _theirs(self) -> None:
        self.decide.answer_all(Pick.THEIRS)

    def _finish(self) -> None:
        if self.arrived is None:
            return
        self._start(
            self.desk.hub.write_apart, receiving.take_in, self.arrived, self.decide.answers(),
            folder=folder_of(self.desk), now=datetime.now(UTC),
            done=self._finished, awaited=True, text=self.desk.tr(N_("Taking in the package")),
        )  # fmt: skip

    def _finished(self, taken: Taken) -> None:
        self._job = None
        self.taken = taken
        arrived = self.arrived
        if arrived is not None:
            if arrived.stranger:
                receiving.believe(arrived, self.desk.today())
            self.done.show_taken(taken, arrived.preview.duplicates)
        self._let_go()
        self._show(DONE)
        # Not left to chance: a key that was meant for the step before joins or undoes nothing.
        self.done.first_focus()
        self.desk.wishes.backed_up.emit()
        self.desk.hub.announce(frozenset({*ENTITIES, "conflict"}), merge.LABEL)

    # Work on a thread ------------------------------------------------------------------------------------------------

    def _start(self, work: Callable[..., Any], *args: Any, done: Callable[[Any], object], text: str, **kw: Any) -> None:
        self.page.bar.clear()
        self.next_button.setEnabled(False)
        self.back_button.setEnabled(False)
        job = self.desk.jobs.run(work, *args, done=done, failed=self._failed, progress=True, text=text, **kw)
        if not self.next_button.isEnabled() and not self.back_button.isEnabled():
            self._job = job
            job.cancelled.connect(self._cancelled)

    def _cancelled(self) -> None:
        self._job = None
        self._tell_buttons()
        self.page.bar.show_message(self.desk.tr(N_("Stopped. Nothing was changed.")), "info")

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._tell_buttons()
        if not isinstance(error, UserError):
            raise error
        self.page.trouble(error)
        if self._step == CHOOSE:
            self.choice.words.setFocus()
            self.choice.words.selectAll()
