"""Work that waits until what is on the screen has been painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def after_paint(owner: QObject, work: Callable[[], object], turns: int = 3) -> None:
    """Do this once the owner, shown just now, is painted; not at all if it goes away before."""
    # A shown window is painted in the first or second turn of the event loop from here.
    QTimer.singleShot(0, owner, work if turns == 1 else lambda: after_paint(owner, work, turns - 1))
