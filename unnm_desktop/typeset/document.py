"""A document: blocks flowed into pages with running heads, bookmarks and contents, written in one go."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset import pdffile
from unnm_desktop.typeset.cleaning import one_line, shorten
from unnm_desktop.typeset.compose import Composer, count_cells
from unnm_desktop.typeset.contents import ContentsBox, Entry, PageNumberPlace
from unnm_desktop.typeset.embedding import FontBook
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import ENDLESS, Box
from unnm_desktop.typeset.packing import packed
from unnm_desktop.typeset.paragraph import TextBox, set_line, text_width
from unnm_desktop.typeset.picture import read
from unnm_desktop.typeset.styles import A4, BLUE, DEEP, GREY, LTR_STYLE, MM, RED, RTL_STYLE, RULE, TextStyle
from unnm_desktop.typeset.tags import Element

_SIDE = 20 * MM
_TOP = 26 * MM
_BOTTOM = 22 * MM
_LOGO_HEIGHT, _LOGO_WIDTH = 18 * MM, 70 * MM
# Every tagged cell costs an object of the file; a register of thousands of rows is not tagged.
_MOST_TAGGED_CELLS = 12_000
_REPORT_EVERY = 5


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was written."""

    pages: int
    sha256: str
    warnings: tuple[str, ...]


class _Document:
    """One document being made."""

    def __init__(self, blocks: b.Blocks, furniture: b.Furniture, progress: Progress) -> None:
        self.blocks = blocks
        self.furniture = furniture
        self.progress = progress
        self.style = RTL_STYLE if furniture.rtl else LTR_STYLE
        self.rtl = furniture.rtl
        self.book = FontBook()
        self.pages: list[Ink] = []
        self.bookmarks: list[pdffile.Bookmark] = []
        self.places: list[PageNumberPlace] = []
        tagged = count_cells(blocks) <= _MOST_TAGGED_CELLS
        self.root = Element("Document") if tagged else None
        self.composer = Composer(self.style, self.root, self._mark)
        self.landscape = False
        self._y = self._gap = 0.0
        self._chain: list[Box] = []

    def warnings(self) -> tuple[str, ...]:
        """What could not be set as it was written."""
        lost = self.book.missing()
        if not lost:
            return ()
        named = ", ".join(f"{character} (U+{ord(character[0]):04X})" for character in lost[:20])
        return (f"No font has these characters: {named}",)

    # -- pages

    @property
    def size(self) -> tuple[float, float]:
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def text_width(self) -> float:
        return self.size[0] - 2 * _SIDE

    def _new_page(self) -> Ink:
        if self.pages:
            self.pages[-1].close()
        ink = Ink(self.book, len(self.pages), self.size)
        self.pages.append(ink)
        self._y = self.size[1] - _TOP
        self._gap = 0.0
        self._draw_head(ink)
        ink.begin_body()
        if len(self.pages) % _REPORT_EVERY == 0:
            self.progress(len(self.pages), 0)
        return ink

    def _draw_head(self, ink: Ink) -> None:
        width, height = ink.width, ink.height
        left, right = _SIDE, width - _SIDE
        start, end = (right, left) if self.rtl else (left, right)
        furniture, rtl = self.furniture, self.rtl
        quiet = TextStyle(8, 12, colour=GREY)
        strong = TextStyle(8, 12, "semibold", colour=DEEP)
        y = height - 17 * MM
        symbol = one_line(furniture.symbol)
        used = set_line(ink, b.ltr(symbol), quiet, rtl, end, y, "end", 200) + 12 if symbol else 0.0
        set_line(ink, one_line(furniture.header), strong, rtl, start, y, width=right - left - used)
        ink.line(left, y - 5, right, y - 5, BLUE, 0.8)
        self._draw_classification(ink, height - 10 * MM)

    def _draw_classification(self, ink: Ink, y: float) -> None:
        words = one_line(self.furniture.classification).upper()
        mark = one_line(self.furniture.mark)
        if words:
            style = TextStyle(8, 12, "semibold", colour=RED)
            set_line(ink, words, style, self.rtl, ink.width / 2, y, "center", ink.width - 2 * _SIDE - 120)
        if mark:
            style = TextStyle(8, 12, "semibold", colour=GREY)
            own = min(text_width(mark, style, self.rtl), 120.0) + 14
            x = _SIDE if self.rtl else ink.width - _SIDE - own
            ink.capsule(x, y - 4, own, 13, 6.5, stroke=GREY, line_width=0.6)
            set_line(ink, mark, style, self.rtl, x + own / 2, y, "center", 120)

    def _draw_feet(self) -> None:
        """Write what needs the number of pages: feet and the numbers in the contents."""
        total = len(self.pages)
        quiet = TextStyle(8, 12, colour=GREY)
        furniture = self.furniture
        title = one_line(furniture.title)
        figures = {ord(one): own for one, own in zip("0123456789", one_line(furniture.figures), strict=False)}

        def number(page: int) -> str:
            return str(page).translate(figures)

        for ink in self.pages:
            left, right = _SIDE, ink.width - _SIDE
            start, end = (right, left) if self.rtl else (left, right)
            y = 13 * MM
            ink.line(left, y + 12, right, y + 12, RULE, 0.5)
            said = furniture.page_words.replace("{page}", number(ink.index + 1)).replace("{pages}", number(total))
            used = set_line(ink, said, quiet, self.rtl, end, y, "end")
            set_line(ink, title, quiet, self.rtl, start, y, width=right - left - used - 16)
            if furniture.classification:
                words = one_line(furniture.classification).upper()
                style = TextStyle(8, 12, "semibold", colour=RED)
                set_line(ink, words, style, self.rtl, ink.width / 2, 7 * MM, "center", right - left)
        page_of = {mark.key: mark.page for mark in self.bookmarks}
        for place in self.places:
            with place.ink.filling(place.place), place.ink.tagged(place.element):
                said = number(page_of[place.key] + 1)
                set_line(place.ink, said, place.style, self.rtl, place.x, place.y, "end")

    # -- flow

    def run(self) -> bytes:
        """Flow all blocks and give the bytes of the file."""
        self._new_page()
        self._place_logo()
        for block in self.blocks:
            if isinstance(block, b.Section):
                self._turn(block.landscape)
            elif isinstance(block, b.PageBreak):
                self._break_page()
            elif isinstance(block, b.Contents):
                self._add(self._contents(block))
            else:
                self._add(self.composer.boxes(block))
        self._place_chain()
        self.pages[-1].close()
        self._draw_feet()
        self.progress(len(self.pages), len(self.pages))
        return pdffile.write(self.pages, self.book, self.bookmarks, self.furniture, self.root)

    def _place_logo(self) -> None:
        """The picture that heads the first page, at its start side."""
        if not self.furniture.logo:
            return
        picture = read(self.furniture.logo)
        height = min(_LOGO_HEIGHT, _LOGO_WIDTH * picture.height / picture.width)
        width = height * picture.width / picture.height
        ink = self.pages[-1]
        x = ink.width - _SIDE - width if self.rtl else _SIDE
        element = self.root.child("Figure", alternative=self.furniture.header) if self.root is not None else None
        with ink.tagged(element):
            ink.picture(picture, x, self._y - height, width, height)
        self._y -= height
        self._gap = 4 * MM

    def _contents(self, block: b.Contents) -> list[Box]:
        made: list[Box] = []
        if block.title:
            element = self.root.child("P") if self.root is not None else None
            made.append(TextBox(block.title, self.style.headings[0], self.rtl, element=element, keep_with_next=True))
        entries = [
            Entry(f"h{place + 1}", shorten(one_line(heading.text)), min(3, max(1, heading.level)) - 1)
            for place, heading in enumerate(_headings(self.blocks))
        ]
        made.append(ContentsBox(entries, self.style, self.places.append, self.root))
        return made

    def _mark(self, key: str, heading: b.Heading, ink: Ink, top: float) -> None:
        """Remember where a heading stands; one that goes on over a page counts once."""
        if not self.bookmarks or all(mark.key != key for mark in self.bookmarks[-1:]):
            title = one_line(heading.text)
            self.bookmarks.append(pdffile.Bookmark(key, title, heading.level, ink.index, min(top + 8, ink.height)))

    @property
    def _page_is_empty(self) -> bool:
        return self._y >= self.pages[-1].height - _TOP - 0.01

    def _turn(self, landscape: bool) -> None:
        self._place_chain()
        if landscape == self.landscape:
            return
        self.landscape = landscape
        if self._page_is_empty and self.pages[-1].untouched:
            self.pages.pop()
            self._new_page()
        else:
            self._new_page()

    def _break_page(self) -> None:
        self._place_chain()
        if not self._page_is_empty:
            self._new_page()

    def _add(self, boxes: Sequence[Box]) -> None:
        for box in boxes:
            self._chain.append(box)
            if not box.keep_with_next:
                self._place_chain()

    def _place_chain(self) -> None:
        """Place boxes that stay together with the one after them, on a new page if they do not fit here."""
        chain, self._chain = self._chain, []
        if len(chain) > 1 and not self._page_is_empty and not self._begins_here(chain):
            self._new_page()
        for box in chain:
            self._place(box)

    def _begins_here(self, chain: Sequence[Box]) -> bool:
        """Whether all kept boxes and the beginning of the last fit on this page."""
        room, gap = self._y - _BOTTOM, self._gap
        for box in chain[:-1]:
            piece, _ = box.fit(self.text_width, ENDLESS, True)
            room -= max(gap, box.before) + (piece.height if piece else 0.0)
            gap = box.after
        piece, _ = chain[-1].fit(self.text_width, room - max(gap, chain[-1].before), False)
        return piece is not None

    def _place(self, box: Box) -> None:
        rest: Box | None = box
        while rest is not None:
            empty = self._page_is_empty
            space = 0.0 if empty else max(self._gap, rest.before)
            top = self._y - space
            piece, following = rest.fit(self.text_width, top - _BOTTOM, empty)
            if piece is not None:
                piece.draw(self.pages[-1], _SIDE, top)
                self._y = top - piece.height
                # What was drawn without height still counts as drawn.
                self._gap = rest.after if following is None else 0.0
            if following is not None:
                if piece is None and empty:
                    message = f"{type(rest).__name__} does not end"
                    raise AssertionError(message)
                self._new_page()
            rest = following


def _headings(blocks: b.Blocks) -> list[b.Heading]:
    """All headings in reading order."""
    found: list[b.Heading] = []
    for block in blocks:
        if isinstance(block, b.Heading):
            found.append(block)
        elif isinstance(block, b.KeepTogether):
            found += _headings(block.blocks)
    return found


def _make(blocks: b.Blocks, furniture: b.Furniture, progress: Progress) -> tuple[bytes, _Document]:
    document = _Document(blocks, furniture, progress)
    return document.run(), document


def render_bytes(blocks: b.Blocks, furniture: b.Furniture, progress: Progress = SILENT) -> bytes:
    """The PDF of these blocks; the same blocks give the same bytes."""
    return packed(_make(blocks, furniture, progress)[0])


def drawn_bytes(blocks: b.Blocks, furniture: b.Furniture) -> bytes:
    """The same document as it is drawn, not packed: to be looked at and printed."""
    return _make(blocks, furniture, SILENT)[0]


def render(blocks: b.Blocks, furniture: b.Furniture, path: Path, progress: Progress = SILENT) -> Rendered:
    """Write the PDF of these blocks; the file appears only when it is whole."""
    drawn, document = _make(blocks, furniture, progress)
    made = packed(drawn)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(made)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Rendered(len(document.pages), hashlib.sha256(made).hexdigest(), document.warnings())
