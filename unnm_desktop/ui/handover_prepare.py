"""Preparing a stick: what goes, what opens it, where to; then it is written, read back, and may be removed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import generated_words, outside
from unnm_desktop.services.handover import content, keys, office, package
from unnm_desktop.ui import inputs
from unnm_desktop.ui.choice_card import ChoiceCard
from unnm_desktop.ui.handover_office import OfficeChoice
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.sizes import size_words
from unnm_desktop.ui.stick_choice import StickChoice
from unnm_desktop.ui.taking_back import tell
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.titled_card import TitledCard
from unnm_desktop.ui.widgets import Card, button, label, row

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.progress import Progress
    from unnm_desktop.services.handover.package import Packed
    from unnm_desktop.ui.jobs import Job
    from unnm_desktop.ui.page_base import Page

ASKING, WRITTEN = range(2)
HAND_OVER = N_("Hand over the office")


def _write(
    database: Database,
    chosen: Collection[str],
    folder: Path,
    on: date,
    now: datetime,
    *,
    words: str,
    code: str,
    files: bool,
    office_to: str = "",
    progress: Progress,
) -> Packed:
    """Make the package and write it, on the thread that typesets."""
    from unnm_desktop.reports import handing_over

    newest = database.newest_change()
    with database.read() as session:
        networks = content.chosen_networks(session, list(chosen))
        papers = handing_over.papers(session, networks, on, progress=progress)
        made = package.pack(
            content.contents(database, session, networks, papers=papers, files=files, office_to=office_to),
            folder,
            passphrase=words,
            codes=(code,) if code else (),
            now=now,
            progress=progress,
        )
    if made.manifest.scope.whole:
        outside.note(database.id, made.path, newest, now.date())
    return made


def _write_and_leave(database: Database, /, *args: Any, office_to: str, **kw: Any) -> Packed:
    """The same, and hand the office over once the package is proven; nothing may be written meanwhile."""
    made = _write(database, *args, office_to=office.name_of(office_to), **kw)
    office.hand_over(database, made, datetime.now(UTC))
    return made


class PreparePanel(QWidget):
    """The questions on one page, then what was written."""

    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._passphrase = ""
        # Of what was written: its name, its size, and to whom the office went with it.
        self._told = "", 0, ""
        self._job: Job | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.views = QStackedWidget()
        column.addWidget(self.views)
        self.views.addWidget(self._asking_view())
        self.views.addWidget(self._written_view())

    # The parts -------------------------------------------------------------------------------------------------------

    def _asking_view(self) -> QWidget:
        look, tr = self.desk.look, self.desk.tr
        view = QWidget()
        whole = QVBoxLayout(view)
        whole.setContentsMargins(0, 0, 0, 0)
        self.area = ScrollColumn()
        whole.addWidget(self.area, 1)
        column = self.area.column
        self.what = TitledCard(self.desk, tr(N_("What goes")))
        self.networks: dict[str, TickBox] = {}
        self.files = TickBox(look, tr(N_("With attachments and issued documents")))
        self.files.setChecked(True)
        self.what.column.addWidget(self.files)
        words = N_("The full history goes too, and a state-of-play memo of each network in both languages.")
        self.what.column.addWidget(label(look, tr(words), "grey", wrap=True))
        column.addWidget(self.what)
        self.office = OfficeChoice(self.desk)
        self.office.changed.connect(self._tell_state)
        self.office.named.connect(self._show_name)
        column.addWidget(self.office)
        opens = TitledCard(self.desk, tr(N_("What opens it")))
        self.by_words = ChoiceCard(look, tr(N_("Six words")), tr(N_("Made now; tell them by phone.")))
        self.by_code = ChoiceCard(look, tr(N_("The receiving office's code")), tr(N_("It begins with age1.")))
        self.by_words.setChecked(True)
        self._ways = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(12)
        for way in (self.by_words, self.by_code):
            self._ways.addButton(way)
            line.addWidget(way, 1)
        opens.column.addLayout(line)
        self.code = QLineEdit()
        self.code.setPlaceholderText("age1…")
        self.code.setAccessibleName(tr(N_("The receiving office's code")))
        self.code.setAlignment(look.start())
        self.code.textChanged.connect(self._tell_state)
        opens.column.addWidget(self.code)
        self._ways.buttonToggled.connect(self._tell_state)
        column.addWidget(opens)
        column.addStretch(1)
        # Beneath what is scrolled: what is asked for last is in sight, however long the questions are.
        where = Card(10)
        self.stick = StickChoice(self.desk)
        self.stick.chosen.connect(self._chosen)
        where.column.addWidget(row(label(look, tr(N_("Where to")), "strong"), self.stick, spacing=12, stretch=1))
        whole.addWidget(where)
        self.back_button = button(look, tr(N_("Back")), self.leave)
        self.write_button = button(look, tr(N_("Write the package")), self.write, "primary", "usb")
        self.lack = label(look, "", "grey", wrap=True)
        whole.addWidget(row(self.back_button, self.write_button, self.lack, stretch=2))
        return view

    def _written_view(self) -> QWidget:
        look, tr = self.desk.look, self.desk.tr
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        card = TitledCard(self.desk, tr(N_("Safe to remove")))
        self.written_line = label(look, "", "", wrap=True)
        card.column.addWidget(self.written_line)
        self.words_title = label(look, tr(N_("Its passphrase, shown until you have written it down")), "strong")
        self.words_line = label(look, "", "h2", wrap=True)
        by_hand = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.words_line.setTextInteractionFlags(by_hand)
        self.words_line.setProperty("secret", True)
        words = N_("Tell it by phone. Never write it on the stick or send it with the package.")
        self.words_hint = label(look, tr(words), "grey", wrap=True)
        for one in (self.words_title, self.words_line, self.words_hint):
            card.column.addWidget(one)
        self.handed_line = label(look, "", "strong", wrap=True)
        card.column.addWidget(self.handed_line)
        self.own_words = label(look, "", "", wrap=True)
        self.own_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addWidget(self.own_words)
        self.done_button = button(look, tr(N_("Back to the hand-over")), self.leave, "primary")
        card.column.addSpacing(6)
        card.column.addWidget(row(self.done_button))
        column.addWidget(card)
        column.addStretch(1)
        return view

    # Asking ----------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask anew, with the networks there are now."""
        for box in self.networks.values():
            self.what.column.removeWidget(box)
            box.deleteLater()
        self.networks = {}
        found = self.desk.hub.read(content.chosen_networks, ())
        if len(found) > 1:
            for place, one in enumerate(found):
                box = TickBox(self.desk.look, self.desk.language.pick(one, "name") or one.country)
                box.setChecked(True)
                box.toggled.connect(self._tell_state)
                self.what.column.insertWidget(1 + place, box)
                self.networks[one.country] = box
        self.office.begin()
        self.views.setCurrentIndex(ASKING)
        self._tell_state()

    @property
    def shows_words(self) -> bool:
        """Whether words are shown that nobody has said to have written down."""
        return bool(self._passphrase) and self.views.currentIndex() == WRITTEN

    def begun(self) -> dict[str, Any]:
        """What is asked for or was written, as it can be written down."""
        if self.views.currentIndex() == WRITTEN:
            return {"written": self._told, "words": self._passphrase}
        return {"folder": str(self.stick.folder or ""), "held": inputs.held(self)}

    def go_on(self, begun: Mapping[str, Any]) -> None:
        """Go on with that."""
        if "written" in begun:
            self._passphrase = begun["words"]
            self._show_written(*begun["written"])
            return
        self.begin()
        inputs.give(self, begun["held"])
        if begun["folder"]:
            self.stick.take(Path(begun["folder"]))

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        if self.views.currentIndex() != ASKING:
            # It comes while she types or presses something else: the words are not sent away by that.
            return self.words_line if self._passphrase else self.done_button
        return self.write_button if self.write_button.isEnabled() else self.stick.choose

    def chosen(self) -> list[str]:
        """The networks that go; none where all of them do."""
        if self.office.chosen:
            return []
        ticked = [country for country, box in self.networks.items() if box.isChecked()]
        return [] if len(ticked) == len(self.networks) else ticked

    def _tell_state(self, *_: object) -> None:
        self.code.setVisible(self.by_code.isChecked())
        for box in self.networks.values():
            box.setEnabled(not self.office.chosen)
        some = self.office.chosen or not self.networks or any(box.isChecked() for box in self.networks.values())
        opens = self.by_words.isChecked() or self.code.text().strip().startswith("age1")
        self.write_button.setEnabled(self._job is None and some and not self._lacking(some=some, opens=opens))
        self.back_button.setEnabled(self._job is None)
        self.lack.setText(self.desk.tr(self._lacking(some=some, opens=opens)) if self._job is None else "")

    def _lacking(self, *, some: bool, opens: bool) -> str:
        """What is asked for before the package can be written."""
        if not some:
            return N_("Tick at least one network.")
        if self.office.chosen and not self.office.name:
            return N_("Enter the name of the successor.")
        if not opens:
            return N_("Enter the receiving office's code.")
        return N_("Choose the stick first.") if self.stick.folder is None else ""

    def _show_name(self) -> None:
        self.area.settle()
        self.area.ensureWidgetVisible(self.office.to)

    def _chosen(self) -> None:
        self._tell_state()
        self.write_button.setFocus()

    def leave(self) -> None:
        """Back to the doors; the words are forgotten."""
        self._passphrase = ""
        self.words_line.clear()
        self.left.emit()

    # Writing ---------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the package, with progress and a way to stop."""
        if self.stick.folder is None or not self.write_button.isEnabled():
            return
        from unnm_desktop.ui.jobs import REPORTS

        self.page.bar.clear()
        by_words = self.by_words.isChecked()
        self._passphrase = generated_words.passphrase() if by_words else ""
        # A button that cannot be used gives the keyboard away, to what lies outside the page.
        self.stick.choose.setFocus()
        self.write_button.setEnabled(False)
        # While the office goes, nothing is written: what comes after the package would stay behind.
        hub = self.desk.hub
        work: Callable[..., Packed] = partial(_write, hub.database)
        if self.office.chosen:
            work = partial(hub.write_apart, _write_and_leave, office_to=self.office.name)
        job = self.desk.jobs.run(
            work, self.chosen(), self.stick.folder, self.desk.today(), self.desk.clock(),
            words=self._passphrase, code="" if by_words else self.code.text().strip(), files=self.files.isChecked(),
            done=self._written, failed=self._failed, progress=True, lane=REPORTS, awaited=self.office.chosen,
            text=self.desk.tr(N_("Writing the package")),
        )  # fmt: skip
        if self.views.currentIndex() == ASKING and not self.page.bar.message():
            self._job = job
            job.cancelled.connect(self._cancelled)
            self._tell_state()

    def _written(self, made: Packed) -> None:
        self._job = None
        scope = made.manifest.scope
        self._show_written(made.path.name, made.size, made.manifest.to if scope.office else "")
        if scope.office:
            tell(self.desk, HAND_OVER)

    def _show_written(self, file: str, size: int, office_to: str) -> None:
        self._told = file, size, office_to
        tr, language = self.desk.tr, self.desk.language
        words = N_("{file} ({size}) is on the stick and was read back whole. The stick may be removed.")
        self.written_line.setText(tr(words, file=file, size=size_words(language, size)))
        self.words_line.setText(self._passphrase)
        for one in (self.words_title, self.words_line, self.words_hint):
            one.setVisible(bool(self._passphrase))
        words = N_("Who receives it for the first time compares these words with you by phone: {words}")
        self.own_words.setText(tr(words, words=keys.words(keys.public_key())))
        self.handed_line.setVisible(bool(office_to))
        words = N_("The office is handed over to {to}. What is on this computer can only be read from now on.")
        self.handed_line.setText(tr(words, to=office_to))
        written_down, back = N_("I have written them down"), N_("Back to the hand-over")
        self.done_button.setText(tr(written_down if self._passphrase else back))
        self.views.setCurrentIndex(WRITTEN)
        self.first_focus().setFocus()

    def _cancelled(self) -> None:
        self._job = None
        self._tell_state()
        self.page.bar.show_message(self.desk.tr(N_("Stopped. Nothing was left on the stick.")), "info")

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._tell_state()
        if not isinstance(error, UserError):
            raise error
        self.page.trouble(error)
