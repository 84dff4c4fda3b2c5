"""The pages of a PDF as they are: rendered off the screen's thread, drawn under each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.jobs import REPORTS

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

GAP = 14
KEPT_AROUND = 4
OUT_OF_SIGHT = 5000
"""Milliseconds after which pages that nobody sees let go of their pixels: on a sharp screen some ten MiB each."""
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True)
class Paper:
    """A PDF and the sizes of its pages in points."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]


def measure(data: bytes) -> Paper:
    """Read the sizes of the pages; on the reports' thread, pdfium knows only one."""
    import pypdfium2  # 9 MB: with the first preview, not with the window

    document = pypdfium2.PdfDocument(data)
    try:
        return Paper(data, tuple(document.get_page_size(n) for n in range(len(document))))
    finally:
        document.close()


def render(data: bytes, number: int, scale: float) -> QImage:
    """One page as an image, so many pixels a point; on the reports' thread."""
    import pypdfium2  # as above

    document = pypdfium2.PdfDocument(data)
    try:
        bitmap = document[number].render(scale=scale, rev_byteorder=True)
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        kind = QImage.Format.Format_RGBA8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
        # The copy outlives the bitmap, whose buffer the first image only looks at.
        return QImage(bitmap.buffer, wide, high, stride, kind).copy()
    finally:
        document.close()


Box = tuple[float, float, float, float]


class _PageView(QLabel):
    def __init__(self, desk: Desk, number: int, total: int, points: tuple[float, float]) -> None:
        super().__init__()
        self._points = points
        self._mark, self._mark_now = desk.look.colour("accent"), desk.look.colour("violet")
        self._marks: list[tuple[Box, bool]] = []
        self.setAccessibleName(desk.tr(N_("Page {page} of {pages}"), page=number + 1, pages=total))
        self.image: QImage | None = None
        self.wanted = QSize()

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def let_go(self) -> None:
        """Forget the pixels; they are made again when the page comes into sight."""
        self.image, self.wanted = None, QSize()

    def show_marks(self, marks: list[tuple[Box, bool]]) -> None:
        """Mark these boxes (in points); true for the one that is looked at."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def box(self, box: Box) -> QRectF:
        """A box in points, on this view."""
        across, up = self.width() / self._points[0], self.height() / self._points[1]
        start, bottom, end, top = box
        return QRectF(start * across, self.height() - top * up, (end - start) * across, (top - bottom) * up)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self.image)
        for box, now in self._marks:
            colour = QColor(self._mark_now if now else self._mark)
            # Not by colour alone: the place that is looked at has a frame.
            painter.setPen(colour if now else Qt.PenStyle.NoPen)
            colour.setAlpha(70)
            painter.setBrush(colour)
            painter.drawRect(self.box(box).adjusted(-1, -1, 1, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.GlobalColor.lightGray)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Preview(QScrollArea):
    """The pages; only those in sight are rendered."""

    page_changed = Signal(int, int)
    paper_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._paper: Paper | None = None
        self._views: list[_PageView] = []
        self._marks: tuple[tuple[int, tuple[Box, ...]], ...] = ()
        self._zoom = 0.0
        self._turn = 0
        self.setWidgetResizable(True)
        self.setAccessibleName(desk.tr(N_("Preview")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("preview")
        self.setProperty("role", "reading")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._render_visible)
        self._unseen = QTimer(self)
        self._unseen.setSingleShot(True)
        self._unseen.timeout.connect(self._let_go)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self._message(desk.tr(N_("Choose a document.")))

    @property
    def paper(self) -> Paper | None:
        """The PDF now shown."""
        return self._paper

    def _message(self, text: str) -> None:
        said = QLabel(text)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        said.setWordWrap(True)
        self._paper, self._views = None, []
        self.setWidget(said)
        self.page_changed.emit(0, 0)
        self.paper_changed.emit()

    def say(self, text: str) -> None:
        """Show a sentence instead of pages (translated)."""
        self._turn += 1
        self._message(text)

    def show_paper(self, paper: Paper, *, keep_place: bool = False) -> None:
        """Show this PDF; ``keep_place`` stays where the reader was, as after a small edit."""
        self._turn += 1
        place = self.verticalScrollBar().value() if keep_place and self._views else 0
        self._paper = paper
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        self._views = [_PageView(self._desk, n, len(paper.sizes), size) for n, size in enumerate(paper.sizes)]
        for view in self._views:
            layout.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self._lay_out()
        # Laid out first: a column without height would take the reader back to its top.
        layout.activate()
        self.setWidget(column)
        self.verticalScrollBar().setValue(place)
        self._moved()
        self.paper_changed.emit()

    def mark(self, places: tuple[tuple[int, tuple[Box, ...]], ...]) -> None:
        """Mark these places: the page from 0 and its boxes in points."""
        self._marks = places
        self._draw_marks(-1)

    def show_mark(self, number: int) -> None:
        """Bring the place of that number into sight and let it stand out."""
        page, boxes = self._marks[number]
        self._draw_marks(number)
        if boxes and page < len(self._views):
            view = self._views[page]
            place = view.box(boxes[0]).translated(view.pos().x(), view.pos().y())
            self.ensureVisible(round(place.center().x()), round(place.center().y()), 60, self.viewport().height() // 4)

    def _draw_marks(self, shown: int) -> None:
        by_page: dict[int, list[tuple[Box, bool]]] = {}
        for number, (page, boxes) in enumerate(self._marks):
            by_page.setdefault(page, []).extend((box, number == shown) for box in boxes)
        for page, view in enumerate(self._views):
            view.show_marks(by_page.get(page, []))

    def go_to_page(self, number: int) -> None:
        """Bring the head of a page into sight, counted from 0."""
        if self._views:
            view = self._views[max(0, min(number, len(self._views) - 1))]
            self.verticalScrollBar().setValue(view.y() - GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def zoom_by(self, step: int) -> None:
        """One step larger or smaller; 0 fits each page to the width again."""
        if step == 0:
            self._zoom = 0.0
        else:
            seen = self._visible()
            now = self._scale(seen[0] if seen else 0)
            larger = [zoom for zoom in ZOOMS if zoom > now + 0.01]
            smaller = [zoom for zoom in ZOOMS if zoom < now - 0.01]
            self._zoom = (larger[0] if larger else ZOOMS[-1]) if step > 0 else (smaller[-1] if smaller else ZOOMS[0])
        self._lay_out()

    def _scale(self, page: int) -> float:
        if self._zoom or self._paper is None or not self._paper.sizes:
            return self._zoom or 1.0
        # Each page by its own width: one table across would make all others too small to read.
        return max(0.2, (self.viewport().width() - 2 * GAP - 4) / (self._paper.sizes[page][0] * 96 / 72))

    def _lay_out(self) -> None:
        if self._paper is None:
            return
        for number, (view, (width, height)) in enumerate(zip(self._views, self._paper.sizes, strict=True)):
            scale = self._scale(number) * 96 / 72
            view.setFixedSize(round(width * scale), round(height * scale))
        self._soon.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._unseen.start(OUT_OF_SIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._unseen.stop()
        self._soon.start(0)

    def _let_go(self) -> None:
        for view in self._views:
            view.let_go()

    def _moved(self) -> None:
        self._soon.start(30)
        shown = self._visible()
        if shown:
            self.page_changed.emit(shown[0] + 1, len(self._views))

    def _visible(self) -> list[int]:
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        return [n for n, view in enumerate(self._views) if view.y() < top + height and view.y() + view.height() > top]

    def _render_visible(self) -> None:
        paper = self._paper
        if paper is None:
            return
        shown = self._visible()
        for number, view in enumerate(self._views):
            # Pages far from sight let go of their pixels: a long document would fill the memory.
            if shown and not shown[0] - KEPT_AROUND <= number <= shown[-1] + KEPT_AROUND:
                view.let_go()
        for number in shown:
            view = self._views[number]
            size = view.size() * self.devicePixelRatioF()
            if view.wanted == size:
                continue
            view.wanted = size
            scale = size.width() / paper.sizes[number][0]
            take = _Take(self, self._turn, number)
            self._desk.jobs.run(render, paper.data, number, scale, done=take, lane=REPORTS)

    def take(self, turn: int, number: int, image: QImage) -> None:
        """A page has been rendered; one of an earlier document is dropped."""
        if turn == self._turn and number < len(self._views):
            self._views[number].show_image(image)

    def print_all(self, parent: QWidget) -> bool:
        """Ask for a printer and print the pages as they are; False when the officer thought better of it."""
        paper = self._paper
        if paper is None:
            return False
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # who prints has time

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, parent)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        print_pages(paper, printer)
        return True


class _Take:
    """Hands a rendered page to the preview it was asked for."""

    def __init__(self, preview: Preview, turn: int, number: int) -> None:
        self._preview, self._turn, self._number = preview, turn, number

    def __call__(self, image: QImage) -> None:
        # The page may have been left while its picture was made.
        if isValid(self._preview):
            self._preview.take(self._turn, self._number, image)


def print_pages(paper: Paper, printer: QPrinter) -> None:
    """Draw every page onto the printer's pages; what is printed is what was previewed."""
    painter = QPainter(printer)
    try:
        for number in range(len(paper.sizes)):
            if number:
                printer.newPage()
            image = render(paper.data, number, min(300, printer.resolution()) / 72)
            page = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
            turned = (image.width() > image.height()) != (page.width() > page.height())
            painter.save()
            if turned:
                painter.translate(page.width(), 0)
                painter.rotate(90)
                page = QRectF(0, 0, page.height(), page.width())
            scale = min(page.width() / image.width(), page.height() / image.height())
            painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
            painter.restore()
    finally:
        painter.end()
