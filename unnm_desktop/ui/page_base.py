"""The base of every page; alone, because the first page needs no list and comes without what lists need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import Touched
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.later import after_paint

if TYPE_CHECKING:
    from unnm_desktop.i18n import Language
    from unnm_desktop.ui.unwritten import Place

T = TypeVar("T")


class Page(QWidget):
    """One place of the window. Subclasses put widgets into ``body`` and fill in what they need."""

    name: ClassVar[str] = ""
    # The sidebar item that is lit while this page shows; its own name when empty.
    place: ClassVar[str] = ""
    title: ClassVar[str] = ""
    # Tables whose change makes this page read again.
    kinds: ClassVar[frozenset[str]] = frozenset()
    # A page with its own header (a whole meeting) hides the window's.
    own_header: ClassVar[bool] = False
    # Ids of the commands shown as buttons in the header.
    primary: ClassVar[str] = ""
    secondary: ClassVar[tuple[str, ...]] = ()

    header_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.room)
        self.desk = desk
        self.hub = desk.hub
        self.tr_ = desk.tr
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.heading())
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 4, 24, 16)
        self.body.setSpacing(12)
        self.bar = InlineBar(desk)
        self.body.addWidget(self.bar)
        self._stale = True
        # What is late, soon or possible depends on the day: a page of yesterday is read again.
        self._read_on: date | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._refresh_now)
        self.hub.changed.connect(self._heard)
        self._left: list[Callable[[], object]] = []

    @property
    def language(self) -> Language:
        """How the officer is spoken to; by the clock of the network that is shown."""
        return self.desk.language

    # What pages fill in ----------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """The H1, in the officer's language."""
        return self.desk.tr(self.title)

    def subline(self) -> str:
        """The grey line under the H1."""
        return ""

    @property
    def void(self) -> bool:
        """Whether it holds nothing at all, and its middle says what to do first: nothing else need say so."""
        return False

    @property
    def counted(self) -> bool:
        """Whether the grey line can be told: its number may still be on the way."""
        return True

    def commands(self) -> Sequence[Command]:
        """What can be asked for while this page shows."""
        return ()

    def refresh(self) -> None:
        """Read again and show; called when the page is first shown and when its kinds change."""

    def rehearse(self, found: Any) -> None:
        """Show what nobody sees, so that the first real showing is quick; only a first page can."""

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        """Go to a record or filter; called by ``desk.go``."""

    def leads_back(self) -> Mapping[str, object]:
        """The options that, with the record, lead back to what is shown now."""
        return {}

    def first_focus(self) -> QWidget | None:
        """Where the keyboard starts."""
        return None

    def take_keyboard(self) -> None:
        """Go on from where the keyboard starts: what it was on is gone, and Qt would go on outside the page."""
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_close(self) -> bool:
        """Whether nothing typed would be lost if the window closed now; called after the focus has left its field."""
        return True

    def hand_on(self) -> None:
        """A fresh window takes this one's place: leave for it what is begun and not in the workspace."""

    def begun(self) -> object:
        """What is begun here and is no record, to go on with in another window or after a lock; None where nothing is.

        It is kept as JSON, and only where nobody else can read it.
        """
        return None

    def only_here(self) -> bool:
        """Whether a secret is shown that is nowhere else, and that nobody has said to have written down."""
        return False

    def go_on(self, begun: Any) -> None:
        """Go on with that; called before the page is shown."""

    def let_go(self) -> None:
        """The window goes: close what is held open outside the workspace."""

    def unwritten(self) -> Mapping[Place, str]:
        """Texts of minutes that are neither a change nor a draft on the disk."""
        return {}

    # What pages use --------------------------------------------------------------------------------------------------

    def attempt(self, label: str, work: Callable[..., T], *args: Any, **kwargs: Any) -> T | None:
        """A step whose trouble is shown on top of the page; None when it was refused."""
        try:
            result = self.hub.step(label, work, *args, **kwargs)
        except UserError as error:
            self.trouble(error)
            return None
        self.bar.clear()
        return result

    def trouble(self, error: UserError) -> None:
        """Say on top of the page what went wrong."""
        problems = getattr(error, "problems", None)
        text = " ".join(self.desk.tr(line) for line in problems.values()) if problems else ""
        self.bar.show_message(text or self.desk.tr(error.message, **error.values), "bad")

    def refresh_soon(self) -> None:
        """Read again once the present event is over; several calls make one reading."""
        self._stale = True
        if self.isVisible():
            self._soon.start(0)

    def later(self, *works: Callable[[], object]) -> None:
        """Do these once the page is painted, each in a turn of its own, so that no key waits for all of them."""
        self._left += works
        after_paint(self, self._do_next)

    def complete(self) -> None:
        """Do now whatever was left for later."""
        # The workspace may have been locked or left meanwhile.
        while self._left and self.hub.is_open:
            self._left.pop(0)()

    def _do_next(self) -> None:
        if self._left and self.hub.is_open:
            try:
                self._left.pop(0)()
            except UserError as error:
                self.trouble(error)
            after_paint(self, self._do_next, turns=2)

    def _heard(self, touched: Touched) -> None:
        if touched.kinds & self.kinds:
            self.refresh_soon()

    def _refresh_now(self) -> None:
        today = self.desk.today()
        if (self._stale or self._read_on != today) and self.hub.is_open:
            self._stale, self._read_on = False, today
            try:
                self.refresh()
            except UserError as error:
                # The stick was pulled or the share is gone: what was read stays on the screen, and is read again later.
                self._stale = True
                self.trouble(error)
            self.header_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_now()

    def make_fresh(self) -> None:
        """Read now if anything changed since, or another day has begun."""
        self._soon.stop()
        self._refresh_now()
