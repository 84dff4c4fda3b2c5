"""How large the window is, and its sidebar with it; remembered on this computer."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.on_screen import room_for
from unnm_desktop.ui.sidebar import Sidebar

# Logical pixels.
FIRST_SIZE = QSize(1366, 768)
LEAST_SIZE = QSize(1100, 640)
NARROW_BELOW = 1180

# What she wants of the sidebar, as it is kept.
_KEPT = {None: "", True: "true", False: "open"}


class WindowShape:
    """A narrow window folds its sidebar to icons unless the officer wants it otherwise."""

    def __init__(self, window: QWidget, sidebar: Sidebar, text_size: int) -> None:
        self._window, self._sidebar = window, sidebar
        # Large text needs the room sooner.
        self._least = round(NARROW_BELOW * (0.5 + 0.5 * max(100, text_size) / 100))
        # What the officer wants of the sidebar where it differs from what the width asks for.
        self.folded: bool | None = None

    def _little(self) -> bool:
        return self._window.width() < self._least

    def fit(self) -> None:
        """Fold or unfold the sidebar as the width and the officer ask for it."""
        little = self._little()
        if self.folded is False and not little:
            self.folded = None
        narrow = little if self.folded is None else self.folded
        if narrow != self._sidebar.narrow:
            self._sidebar.set_narrow(narrow)

    def fold(self) -> None:
        """Fold the sidebar to its icons, or unfold it."""
        narrow = not self._sidebar.narrow
        self.folded = None if narrow == self._little() else narrow
        self.fit()

    def restore(self) -> None:
        """Take the shape of the last time; the first time as large as the screen allows."""
        store = memory()
        told = store.value("window/folded", "")
        self.folded = next((wish for wish, kept in _KEPT.items() if kept == told), None)
        state = store.value("window/geometry")
        if state is None or not self._window.restoreGeometry(state):
            # Qt gives up where the screen is much larger or smaller than the one before; the size is still wanted.
            size = store.value("window/size")
            wanted = size if isinstance(size, QSize) else FIRST_SIZE
            # Its title bar too must find room: else the line at the bottom lies below the edge of a small screen.
            self._window.resize(wanted.boundedTo(room_for(self._window)).expandedTo(LEAST_SIZE))
            if store.value("window/largest") == "true":
                self._window.setWindowState(Qt.WindowState.WindowMaximized)
        self.fit()

    def remember(self) -> None:
        """Keep the shape for the next time."""
        store = memory()
        store.setValue("window/geometry", self._window.saveGeometry())
        store.setValue("window/size", self._window.normalGeometry().size())
        store.setValue("window/largest", "true" if self._window.isMaximized() else "false")
        store.setValue("window/folded", _KEPT[self.folded])
