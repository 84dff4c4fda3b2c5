"""What comes into the document of minutes: the text that is shown, then what is pasted; long ones piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from unnm_desktop.services.minutes_text import Block
from unnm_desktop.ui.minutes_document import Shapes
from unnm_desktop.ui.minutes_insert import filling, pasting
from unnm_desktop.ui.minutes_reading import Reading


class Insertion(QObject):
    """A text on its way into the document: a portion in each turn of the window, one step of the editor's undo."""

    over = Signal()

    def __init__(self, cursor: QTextCursor, portions: Iterator[bool]) -> None:
        """``portions`` puts the next in with that cursor, and says whether more follow."""
        super().__init__(cursor.document())
        self._document, self._cursor, self._portions = cursor.document(), cursor, portions
        # Whether it is being put in just now, and nobody is typing.
        self.at_work = False
        self._soon = QTimer(self)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.go_on)
        self._steps = 0

    @property
    def going_on(self) -> bool:
        """Whether a part is still to come."""
        return self._soon.isActive()

    def stop(self) -> None:
        """Leave out what is still to come."""
        self._soon.stop()

    def finish(self) -> None:
        """Put in at once what is still to come."""
        while self.going_on:
            self.go_on()

    def go_on(self) -> None:
        """Put the next portion in."""
        if self._document.availableUndoSteps() < self._steps:
            # What came in was taken back; the rest does not come after it.
            self.stop()
            return
        self._cursor.setKeepPositionOnInsert(False)
        self.at_work = True
        more = next(self._portions, False)
        self.at_work = False
        # What is typed at its end meanwhile comes behind it.
        self._cursor.setKeepPositionOnInsert(True)
        self._steps = self._document.availableUndoSteps()
        if more:
            self._soon.start()
        else:
            self.stop()
            self.over.emit()


class Coming(QObject):
    """One text at a time; whoever needs it to its end has it at once."""

    # The text to be shown is in the document to its end; and it has been read, too.
    filled, whole = Signal(), Signal()

    def __init__(self, reading: Reading, shapes: Shapes) -> None:
        super().__init__(reading)
        self._reading, self._shapes = reading, shapes
        self._insertion: Insertion | None = None
        # Whether what comes is the text to be shown; a paste that is still coming is no part of the text yet.
        self.showing = False
        self._reading.caught_up.connect(self._say_whole)

    @property
    def filling(self) -> bool:
        """Whether the text to be shown is being put in just now, and nobody is typing."""
        return self.showing and self._insertion is not None and self._insertion.at_work

    @property
    def going_on(self) -> bool:
        """Whether a part is still to come."""
        return self._insertion is not None and self._insertion.going_on

    def show(self, cursor: QTextCursor, text: str) -> None:
        """Let this text take the place of all that is there."""
        self._begin(Insertion(cursor, filling(cursor, text, self._shapes)), showing=True)

    def put(self, cursor: QTextCursor, blocks: Sequence[Block]) -> None:
        """Put these in at the cursor, behind what is still to come."""
        self.complete()
        self._begin(Insertion(cursor, pasting(cursor, blocks, self._shapes)), showing=False)

    def _begin(self, insertion: Insertion, *, showing: bool) -> None:
        if self._insertion is not None:
            self._insertion.stop()
            self._insertion.deleteLater()
        self._insertion, self.showing = insertion, showing
        insertion.over.connect(self._over)
        insertion.go_on()

    def _over(self) -> None:
        if self.showing:
            self.filled.emit()
            self._say_whole()

    def _say_whole(self) -> None:
        if self.showing and not self.going_on and not self._reading.behind:
            self.showing = False
            self.whole.emit()

    def complete(self) -> None:
        """Put in at once what is still to come."""
        if self._insertion is not None:
            self._insertion.finish()
