"""Finding words in the pages that are shown: a line above them, every place marked, one after the other in sight."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import REPORTS
from unnm_desktop.ui.preview import Paper, Preview
from unnm_desktop.ui.widgets import icon_button, label

PAUSE = 120
MOST = 1000


@dataclass(frozen=True)
class Place:
    """Where words stand: the page from 0, and rectangles in points (start, bottom, end, top) from its lower left."""

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


def find(paper: Paper, words: str) -> tuple[Paper, str, tuple[Place, ...]]:
    """Every place of the words, as pdfium's own search finds them; on the reports' thread."""
    import pypdfium2  # with the first preview, not with the window

    found: list[Place] = []
    document = pypdfium2.PdfDocument(paper.data)
    try:
        for number in range(len(document)):
            text = document[number].get_textpage()
            search = text.search(words)
            while (hit := search.get_next()) is not None and len(found) < MOST:
                index, count = hit
                boxes = tuple(text.get_rect(n) for n in range(text.count_rects(index, count)))
                found.append(Place(number, boxes))
    finally:
        document.close()
    return paper, words, tuple(found)


class FindLine(QWidget):
    """The words, how many places there are, and the way from one to the next; Esc closes it."""

    def __init__(self, desk: Desk, preview: Preview) -> None:
        super().__init__()
        self._desk, self._preview = desk, preview
        self._places: tuple[Place, ...] = ()
        self._at = 0
        look, tr = desk.look, desk.tr
        self.box = QLineEdit()
        hint = tr(N_("Find in the pages"))
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(hint)
        self.box.setAlignment(look.start())
        self.box.setClearButtonEnabled(True)
        self.box.installEventFilter(self)
        self.told = label(look, "", "grey")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.box, 1)
        line.addWidget(self.told)
        line.addWidget(icon_button(look, "chevron-up", tr(N_("The place before")), self.back))
        line.addWidget(icon_button(look, "chevron-down", tr(N_("The next place")), self.on))
        line.addWidget(icon_button(look, "x", tr(N_("Close")), self.leave))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.look_up)
        self.box.textChanged.connect(self._typed)
        preview.paper_changed.connect(self.look_up)
        self.hide()

    def ask(self) -> None:
        """Open the line, or take the keyboard back to it."""
        self.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def leave(self) -> None:
        """Close the line; the marks go with it."""
        self.box.clear()
        self.hide()
        self._preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_up(self) -> None:
        """Look for what is typed in the pages that are shown now."""
        self._soon.stop()
        paper, words = self._preview.paper, self.box.text().strip()
        if paper is None or not words:
            self._show(())
            return
        self._desk.jobs.run(find, paper, words, done=self._take, lane=REPORTS)

    def on(self) -> None:
        """Go to the next place; after the last comes the first."""
        self._go(self._at + 1)

    def back(self) -> None:
        """Go to the place before."""
        self._go(self._at - 1)

    def _typed(self, _text: str) -> None:
        self._soon.start()

    def _take(self, found: tuple[Paper, str, tuple[Place, ...]]) -> None:
        paper, words, places = found
        # Another document or other words may have come meanwhile.
        if paper is self._preview.paper and words == self.box.text().strip():
            self._show(places)

    def _show(self, places: tuple[Place, ...]) -> None:
        self._places, self._at = places, 0
        self._preview.mark(tuple((one.page, one.boxes) for one in places))
        if places:
            self._go(0)
        else:
            words = self.box.text().strip()
            self.told.setText(self._desk.tr(N_("Not found")) if words and self._preview.paper is not None else "")

    def _go(self, at: int) -> None:
        if not self._places:
            return
        self._at = at % len(self._places)
        number = self._desk.language.number
        self.told.setText(
            self._desk.tr(N_("{at} of {count}"), at=number(self._at + 1), count=number(len(self._places)))
        )
        self._preview.show_mark(self._at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self.back()
                else:
                    self.on()
                return True
        return super().eventFilter(watched, event)
