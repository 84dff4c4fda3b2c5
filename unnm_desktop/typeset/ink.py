"""One page being drawn: text, lines and shapes as PDF operators, each inside its tag or marked as an artifact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from unnm_desktop.typeset.shaping import SPACE, Token

if TYPE_CHECKING:
    from unnm_desktop.typeset.embedding import FontBook
    from unnm_desktop.typeset.picture import Picture
    from unnm_desktop.typeset.tags import Element

_CIRCLE = 0.5522847498
# Stands in the content stream until the page is finished; a comment to PDF.
_RESERVED = "%reserved {}%"


def number(value: float) -> str:
    """A number as short as it can be written."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=256)
def rgb(colour: str) -> str:
    """``#RRGGBB`` as PDF operands."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for at in (1, 3, 5))


def picture_name(page: int, place: int) -> str:
    """What a picture of a page is called in the file's resources."""
    return f"P{page}x{place}"


class Ink:
    """The content of one page. Measures are points from the lower left corner."""

    def __init__(self, book: FontBook, index: int, size: tuple[float, float]) -> None:
        self.book = book
        self.index = index
        self.width, self.height = size
        self.links: list[tuple[tuple[float, float, float, float], str]] = []
        self.pictures: list[Picture] = []
        self.marked = 0
        self._body = 0
        self._code: list[str] = []
        self._reserved: list[str] = []
        self._fill = self._stroke = ""
        self._font = ""
        self._line_width = -1.0
        self._in_text = False
        self._in_artifact = False
        self._element: Element | None = None

    # -- structure

    @contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """Draw as a piece of this element; with None as an artifact."""
        if element is None or self._element is not None:
            yield
            return
        self._leave()
        self._code.append(f"/{element.role} <</MCID {self.marked}>> BDC")
        element.pieces.append((self.index, self.marked))
        self.marked += 1
        self._element = element
        try:
            yield
        finally:
            self._leave_text()
            self._code.append("EMC")
            self._element = None

    def _leave_text(self) -> None:
        if self._in_text:
            self._code.append("ET")
            self._in_text = False

    def _leave(self) -> None:
        self._leave_text()
        if self._in_artifact:
            self._code.append("EMC")
            self._in_artifact = False

    def _enter(self, text: bool) -> None:
        if self._element is None and not self._in_artifact:
            self._leave_text()
            self._code.append("/Artifact BMC")
            self._in_artifact = True
        if text != self._in_text:
            self._code.append("BT" if text else "ET")
            self._in_text = text

    def begin_body(self) -> None:
        """What is drawn from here on is the page's own text."""
        self._leave()
        self._body = len(self._code)

    @property
    def untouched(self) -> bool:
        """Whether nothing but the running head was drawn."""
        return len(self._code) == self._body

    def reserve(self) -> int:
        """Keep a place in the order of reading for what is only known later."""
        self._leave()
        self._reserved.append("")
        self._code.append(_RESERVED.format(len(self._reserved) - 1))
        return len(self._reserved) - 1

    @contextmanager
    def filling(self, place: int) -> Iterator[None]:
        """Draw into a kept place."""
        self._leave()
        kept, self._code = self._code, []
        self._forget()
        try:
            yield
        finally:
            self._leave()
            # What follows on the page relies on the colours and font set before the place.
            self._reserved[place] = "\n".join(["q", *self._code, "Q"])
            self._code = kept
            self._forget()

    def _forget(self) -> None:
        self._fill = self._stroke = self._font = ""
        self._line_width = -1.0

    def content(self) -> str:
        """The finished content stream."""
        self.close()
        code = self._code[0]
        for place, late in enumerate(self._reserved):
            code = code.replace(_RESERVED.format(place), late, 1)
        return code

    def close(self) -> None:
        """Fold the operators of a full page into one string; drawing may go on later."""
        self._leave()
        self._code = ["\n".join(self._code)]

    # -- text

    def text(self, tokens: Sequence[Token], x: float, y: float, extra: float = 0.0) -> None:
        """Draw tokens in visual order from x on the base line y; every space is wider by ``extra``."""
        if not tokens:
            return
        self._enter(text=True)
        code = self._code
        code.append(f"1 0 0 1 {number(x)} {number(y)} Tm")
        pieces: list[str] = []
        current: tuple[object, ...] = ()
        for token in tokens:
            glyphs = token.glyphs
            if glyphs is None:
                continue
            look = token.look
            key = (glyphs.font, look.size, look.colour)
            if key != current:
                if pieces:
                    code.append(f"[{' '.join(pieces)}] TJ")
                    pieces = []
                self._use(f"/{self.book.name(glyphs.font)} {number(look.size)} Tf", look.colour)
                current = key
            pieces.append(self.book.operands(glyphs))
            if extra and token.kind == SPACE:
                pieces.append(number(-extra * 1000.0 / look.size))
        if pieces:
            code.append(f"[{' '.join(pieces)}] TJ")

    def _use(self, font: str, colour: str) -> None:
        if font != self._font:
            self._code.append(font)
            self._font = font
        if colour != self._fill:
            self._code.append(f"{rgb(colour)} rg")
            self._fill = colour

    def link(self, box: tuple[float, float, float, float], target: str, element: Element | None = None) -> None:
        """Make a rectangle lead to an address, or to a heading by ``#key``."""
        if element is not None:
            element.links.append((self.index, len(self.links)))
        self.links.append((box, target))

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture with its lower left corner at (x, y)."""
        self._enter(text=False)
        self.pictures.append(picture)
        place = f"{number(width)} 0 0 {number(height)} {number(x)} {number(y)} cm"
        self._code.append(f"q {place} /{picture_name(self.index, len(self.pictures) - 1)} Do Q")

    # -- shapes

    def _paint(self, path: str, fill: str, stroke: str, line_width: float) -> None:
        self._enter(text=False)
        code = self._code
        if fill and fill != self._fill:
            code.append(f"{rgb(fill)} rg")
            self._fill = fill
        if stroke:
            if stroke != self._stroke:
                code.append(f"{rgb(stroke)} RG")
                self._stroke = stroke
            if line_width != self._line_width:
                code.append(f"{number(line_width)} w")
                self._line_width = line_width
        code.append(f"{path} {'B' if fill and stroke else 'f' if fill else 'S'}")

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str = "", stroke: str = "") -> None:
        """A rectangle from its lower left corner."""
        if width <= 0 or height <= 0:
            return
        self._paint(f"{number(x)} {number(y)} {number(width)} {number(height)} re", fill, stroke, 0.5)

    def rectangles(self, boxes: Sequence[tuple[float, float, float, float]], fill: str) -> None:
        """Rectangles that touch, filled as one shape, so that no light shows between them."""
        self._paint(" ".join(f"{' '.join(map(number, box))} re" for box in boxes), fill, "", 0.0)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, line_width: float = 0.5, dash: str = ""
    ) -> None:
        """A straight line; ``dash`` is a PDF dash array such as ``[1 2]``."""
        if dash:
            self._enter(text=False)
            self._code.append(f"{dash} 0 d")
        self._paint(f"{number(x1)} {number(y1)} m {number(x2)} {number(y2)} l", "", stroke, line_width)
        if dash:
            self._code.append("[] 0 d")

    def polygon(self, points: Sequence[tuple[float, float]], fill: str = "", stroke: str = "") -> None:
        """A closed shape."""
        steps = [f"{number(x)} {number(y)} {'l' if place else 'm'}" for place, (x, y) in enumerate(points)]
        self._paint(" ".join(steps) + " h", fill, stroke, 0.8)

    def capsule(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        radius: float,
        fill: str = "",
        stroke: str = "",
        line_width: float = 0.5,
    ) -> None:
        """A rectangle with round corners."""
        if width <= 0 or height <= 0:
            return
        radius = min(radius, width / 2, height / 2)
        pull = radius * (1 - _CIRCLE)
        right, top = x + width, y + height
        corners = (
            (right - radius, y, right - pull, y, right, y + pull, right, y + radius),
            (right, top - radius, right, top - pull, right - pull, top, right - radius, top),
            (x + radius, top, x + pull, top, x, top - pull, x, top - radius),
            (x, y + radius, x, y + pull, x + pull, y, x + radius, y),
        )
        steps = [f"{number(x + radius)} {number(y)} m"]
        for start_x, start_y, *curve in corners:
            steps.append(f"{number(start_x)} {number(start_y)} l {' '.join(map(number, curve))} c")
        self._paint(" ".join(steps) + " h", fill, stroke, line_width)

    def circle(
        self, x: float, y: float, radius: float, fill: str = "", stroke: str = "", line_width: float = 0.8
    ) -> None:
        """A circle about a point."""
        self.capsule(x - radius, y - radius, 2 * radius, 2 * radius, radius, fill, stroke, line_width)
