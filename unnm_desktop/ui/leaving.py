"""A window goes: what is typed is kept or given up, and the next one is told where the officer was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QApplication

from unnm_desktop.ui.desk import NetworkName
from unnm_desktop.ui.giving_up import gives_up, gives_up_words
from unnm_desktop.ui.keeping import Hand, hand_on, refused_on
from unnm_desktop.ui.way import Way

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.ui.main_window import MainWindow


class Kept(NamedTuple):
    """What a fresh window takes over from the one before it."""

    network: NetworkName | None
    way: Way
    hand: Hand | None
    # What fields could not keep.
    typed: tuple[Hand, ...]
    folded: bool | None
    # What pages have begun, by their names.
    begun: Mapping[str, object]


class Leaving:
    """Of one window: whether it may go, and what it leaves behind."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._desk, self._pages = window, window.desk, window.stack
        self._kept: Kept | None = None

    def commit_focus(self) -> None:
        """What is half typed is kept before something else happens."""
        now = QApplication.focusWidget()
        if now is not None and self._window.isAncestorOf(now):
            now.clearFocus()

    def may_close(self) -> bool:
        """Whether everything typed is kept, or the officer lets go of what could not be."""
        hand, pages = QApplication.focusWidget(), self._pages.made()
        may = (
            self._all_kept()
            and (not any(map(refused_on, pages)) or gives_up(self._desk))
            and (not any(page.only_here() for page in pages) or gives_up_words(self._desk))
        )
        return may or self._stays(hand)

    def may_renew(self) -> bool:
        """The same for a fresh window over the same workspace: what fields and minutes could not keep comes along."""
        hand = QApplication.focusWidget()
        self.commit_focus()
        pages = self._pages.made()
        return all(page.may_close() or page.unwritten() for page in pages) or gives_up(self._desk) or self._stays(hand)

    def _all_kept(self) -> bool:
        self.commit_focus()
        return all(page.may_close() for page in self._pages.made()) or gives_up(self._desk)

    def _stays(self, hand: QWidget | None) -> bool:
        """The window does not go: the keyboard is where it was before."""
        if hand is not None and self._window.isAncestorOf(hand):
            hand.setFocus()
        return False

    def keep(self) -> Kept | None:
        """Where the officer is, for the fresh window in this one's place; of the page only a picture stays.

        None when something typed could not be kept and she wants to stay with it.

        """
        if self._kept is None:
            hand = hand_on(self._pages.current)
            if not self.may_renew():
                return None
            for page in self._pages.made():
                self._desk.unwritten.minutes |= page.unwritten()
                page.hand_on()
            self._kept = self._keep(hand)
        return self._kept

    def keep_unasked(self) -> Kept:
        """The same at once and without a question, because the workspace is locked: what cannot be written comes along.

        The texts of minutes among it are in ``desk.unwritten``; the window itself keeps no word.

        """
        hand = hand_on(self._pages.current)
        self.commit_focus()
        for page in self._pages.made():
            if not page.may_close():
                self._desk.unwritten.minutes |= page.unwritten()
        kept = self._keep(hand)
        self._kept = kept._replace(hand=None, typed=(), begun={})
        return kept

    def _keep(self, hand: Hand | None) -> Kept:
        window = self._window
        window.navigation.here()
        kept = Kept(
            self._desk.network,
            window.navigation.way,
            hand,
            refused_on(self._pages.current),
            window.shape.folded,
            self._pages.begun_on_pages(),
        )
        window.freeze()
        return kept
