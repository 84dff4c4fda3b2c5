"""The manual: its chapters at the start side, found by their words, and the chosen one with its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QPainter,
    QPainterPath,
    QPixmap,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from unnm_desktop.db.text import fold
from unnm_desktop.i18n import N_
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.chapters import Chapter, chapters
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.listing_source import Heading
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.table import RecordsTable
from unnm_desktop.ui.widgets import Card

WIDEST_PICTURE = 900
RESIZE_REST = 150
RADIUS, DIM = 8, 0.22


class ChapterSource:
    """The chapters as a list; a filter keeps those that hold all its words."""

    columns = (Heading("title", N_("Chapter"), "start", 200, "stretch"),)
    choices = ()

    def __init__(self, found: Sequence[Chapter]) -> None:
        self._chapters = {one.id: one for one in found}
        self._folded = {one.id: fold(one.text) for one in found}

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        """The chapters that hold the words, in their order."""
        words = fold(text).split()
        return [key for key, folded in self._folded.items() if all(word in folded for word in words)]

    def rows(self, ids: Sequence[UUID]) -> Sequence[tuple[Cell, ...]]:
        """The titles."""
        return [(Cell(self._chapters[key].title, tooltip=self._chapters[key].title),) for key in ids]


class Reader(QTextBrowser):
    """A chapter as it is read; pictures never wider than the room."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chapter: Chapter | None = None
        self._shown_width = 0
        self.setOpenLinks(False)
        # The card around it has the border; the ring of the focus stays.
        self.setStyleSheet("QTextBrowser:!focus { border: 2px solid transparent; }")
        self.setAccessibleName(desk.tr(N_("Text of the manual")))
        self.document().setDocumentMargin(18)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESIZE_REST)
        self._rest.timeout.connect(self._fit)

    def read(self, chapter: Chapter) -> None:
        """Show this chapter from its beginning."""
        self._chapter = chapter
        self._set()
        self.verticalScrollBar().setValue(0)

    def find_words(self, text: str) -> None:
        """Mark the first of the words, where the text holds it as it was typed."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if text and not self.find(text):
            for word in text.split():
                if self.find(word):
                    break

    def _set(self) -> None:
        if self._chapter is None:
            return
        self._shown_width = self.viewport().width()
        document = self.document()
        option = QTextOption(document.defaultTextOption())
        rtl = self._desk.look.rtl
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        option.setAlignment(self._desk.look.start())
        document.setDefaultTextOption(option)
        document.setDefaultFont(self._desk.look.font(1.0))
        document.setMarkdown(self._chapter.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)

    def _fit(self) -> None:
        if self._shown_width != self.viewport().width():
            place = self.verticalScrollBar().value()
            self._set()
            self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest.start()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind == QTextDocument.ResourceType.ImageResource.value and self._chapter is not None:
            picture = QPixmap(str((self._chapter.folder / QUrl(name).toString()).resolve()))
            if picture.isNull():
                return picture
            ratio = self.devicePixelRatioF()
            width = min(WIDEST_PICTURE, picture.width(), max(200, self.viewport().width() - 60))
            made = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            made.setDevicePixelRatio(ratio)
            return self._framed(made)
        return super().loadResource(kind, name)

    def _framed(self, picture: QPixmap) -> QPixmap:
        """With an edge, and dimmed in a dark window: all pictures are of a light one."""
        look = self._desk.look
        framed = QPixmap(picture.size())
        framed.setDevicePixelRatio(picture.devicePixelRatio())
        framed.fill(Qt.GlobalColor.transparent)
        half = 0.5
        room = QRectF(QPointF(0, 0), framed.deviceIndependentSize()).adjusted(half, half, -half, -half)
        edge = QPainterPath()
        edge.addRoundedRect(room, RADIUS, RADIUS)
        painter = QPainter(framed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(edge)
        painter.drawPixmap(0, 0, picture)
        if look.dark:
            dim = look.colour("bg")
            dim.setAlphaF(DIM)
            painter.fillRect(room, dim)
        painter.setClipping(False)
        painter.setPen(look.colour("line"))
        painter.drawPath(edge)
        painter.end()
        return framed

    def sizeHint(self) -> QSize:
        return QSize(600, 400)


class ManualPage(Page):
    """Reading and finding; F1 leads here from anywhere."""

    name = "manual"
    title = N_("Manual")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found = {one.id: one for one in chapters(desk.language.code)}
        self._by_name = {one.name: one for one in self._found.values()}
        self.filter_box = QLineEdit()
        hint = desk.tr(N_("Find in the manual"))
        self.filter_box.setPlaceholderText(hint)
        self.filter_box.setAccessibleName(hint)
        self.filter_box.setAlignment(desk.look.start())
        self.filter_box.setClearButtonEnabled(True)
        self.table = RecordsTable(desk, desk.tr(N_("Chapters")))
        self.table.horizontalHeader().hide()
        self.table.setSelectionMode(RecordsTable.SelectionMode.SingleSelection)
        self.reader = Reader(desk)
        card = Card(1)
        card.column.addWidget(self.reader)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filter_box)
        column.addWidget(self.table, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(side)
        self.splitter.addWidget(card)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([260, 820])
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        line = QHBoxLayout()
        line.addWidget(self.splitter)
        self.body.addLayout(line, 1)
        self.table.show_source(ChapterSource(tuple(self._found.values())))
        self.filter_box.textChanged.connect(self._filter)
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(self._focus_text)
        self.reader.anchorClicked.connect(self._follow)

    def refresh(self) -> None:
        if not self.table.listing.count:
            self.table.reload()
            self.open_record(None, {})

    def subline(self) -> str:
        return self.desk.tr(N_("It lies on this computer; no internet is needed."))

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        """Show the chapter named in ``options``, or the first one when none is shown yet."""
        self.make_fresh()
        chapter = self._by_name.get(str(options.get("chapter", "")))
        key = record_id or (chapter.id if chapter is not None else None)
        if key is None and self.table.current_id() is None:
            key = next(iter(self._found), None)
        if key in self._found:
            self.table.select(key)

    def first_focus(self) -> QWidget | None:
        return self.filter_box

    def _filter(self, text: str) -> None:
        self.table.filter(text, "")
        first = self.table.listing.id_at(0)
        if first is not None:
            self.table.select(first)
            self.reader.find_words(text.strip())

    def _show(self, key: UUID | None) -> None:
        if key in self._found:
            self.reader.read(self._found[key])

    def _focus_text(self, _key: UUID) -> None:
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, link: QUrl) -> None:
        chapter = self._by_name.get(Path(link.path()).stem)
        if chapter is not None:
            self.filter_box.clear()
            self.table.select(chapter.id)
