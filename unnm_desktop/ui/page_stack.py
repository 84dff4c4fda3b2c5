"""The pages of a window, each made when it is first asked for; now and then something else stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk
    from unnm_desktop.ui.page_base import Page
    from unnm_desktop.ui.theme import Look


class PageStack(QStackedWidget):
    """Knows which pages there are, which are made, and what is shown."""

    # The page that is shown says something else of itself.
    header_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        desk.room = self
        self._kinds: dict[str, type[Page]] = {}
        self._made: dict[str, Page] = {}
        # The page that is shown, or will be once the guest is gone.
        self.current: Page | None = None
        # Something other than a page, such as the welcome.
        self.guest: QWidget | None = None
        # What pages that are not made yet go on with, by their names.
        self.begun: dict[str, object] = {}
        self._wait = waiting(desk.look, "")
        self.addWidget(self._wait)

    # Pages -----------------------------------------------------------------------------------------------------------

    def take(self, kinds: Sequence[type[Page]]) -> bool:
        """These pages can be made from now on; whether any of them is news."""
        known = {kind.name: kind for kind in kinds}
        before, self._kinds = self._kinds, known
        return known != before

    def knows(self, name: str) -> bool:
        """Whether there is a page of that name."""
        return name in self._kinds

    def made(self) -> list[Page]:
        """The pages that are made."""
        return list(self._made.values())

    def page(self, name: str) -> Page:
        """The page of that name, made now if need be."""
        if name not in self._made:
            page = self._kinds[name](self._desk)
            page.header_changed.connect(self.header_changed)
            self._made[name] = page
            self.addWidget(page)
            begun = self.begun.pop(name, None)
            if begun is not None:
                page.go_on(begun)
        return self._made[name]

    def begun_on_pages(self) -> dict[str, object]:
        """What pages have begun, by their names, shown since or not."""
        return self.begun | {name: begun for name, page in self._made.items() if (begun := page.begun()) is not None}

    def freeze(self) -> None:
        """Let go of every page; a picture of what was seen stays."""
        # Qt dresses every widget there is anew, those of the old pages too: they go first.
        picture = QLabel()
        picture.setPixmap(self.grab())
        self.addWidget(picture)
        self.setCurrentWidget(picture)
        self.current = None
        for page in self._made.values():
            page.let_go()
            self.removeWidget(page)
            page.deleteLater()
        self._made.clear()

    # Something else --------------------------------------------------------------------------------------------------

    def receive(self, guest: QWidget) -> None:
        """Show this in the pages' place."""
        self.dismiss()
        self.guest = guest
        self.addWidget(guest)
        self.setCurrentWidget(guest)

    def dismiss(self) -> None:
        """What stood in the pages' place goes."""
        if self.guest is not None:
            self.removeWidget(self.guest)
            self.guest.deleteLater()
            self.guest = None

    def say_waiting(self, words: str) -> None:
        """Say what is waited for while there is no page."""
        self._wait.setText(words)


def waiting(look: Look, words: str) -> QLabel:
    """A line in the middle that says what is waited for."""
    made = label(look, words, "grey")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
