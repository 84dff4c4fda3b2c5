"""The words of a page: plain descriptions of headings, tables, charts and boxes, free of any layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

LEFT_TO_RIGHT_ISOLATE = "\u2066"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"

ParagraphStyle: TypeAlias = Literal["body", "lead", "small", "note", "mark", "quote", "signature"]
Align: TypeAlias = Literal["start", "end", "center"]
ColumnKind: TypeAlias = Literal["text", "number", "code", "pill"]
MarkKind: TypeAlias = Literal["present", "alternate", "absent", "apologies", "yes", "no", "box"]
Tone: TypeAlias = Literal["neutral", "good", "warn", "bad", "info"]


def ltr(text: str) -> str:
    """Isolate a phone number, code, reference or range so that it reads from left to right in Arabic too."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}" if text else ""


def isolated(text: str) -> str:
    """Isolate words of an unknown language, so that they do not disturb the order of the words around them."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of inline text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Rich: TypeAlias = str | tuple[Span, ...]


def plain(rich: Rich) -> str:
    """The words of an inline text without their look."""
    return rich if isinstance(rich, str) else "".join(span.text for span in rich)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3, a bookmark and a line of the contents."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: Rich
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list, ``level`` steps deep."""

    text: Rich
    level: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list with bullets or numbers."""

    items: tuple[Rich | ListItem, ...]
    numbered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and its value, without a grid."""

    rows: tuple[tuple[str, Rich], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn sign such as ● or ✓; the label says it in words."""

    kind: MarkKind
    label: str


@dataclass(frozen=True, slots=True)
class Pill:
    """A short state in a coloured capsule."""

    text: str
    tone: Tone = "neutral"


Cell: TypeAlias = Rich | Mark | Pill


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; ``width`` is relative to the other columns."""

    title: str
    width: float = 1.0
    align: Align = "start"
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row that names the rows below it, over all columns; level 2 names a part of a group."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under repeated column heads; columns run from the start side."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...] | GroupRow, ...]
    caption: str = ""
    total: tuple[Cell, ...] | None = None
    empty: str = ""
    style: Literal["grid", "plain"] = "grid"
    row_height_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of large numbers: (value, label)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars over categories; several series stand side by side, or on top of each other when stacked."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""
    maximum: float | None = None
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class ProgressBars:
    """Horizontal bars: (label, fraction from 0 to 1, what is shown)."""

    rows: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One bar of a timeline."""

    label: str
    start: date
    end: date
    progress: float = 0.0
    late: bool = False
    milestones: tuple[tuple[date, str], ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars over months; ``months`` are the labels of the calendar months from ``start`` to ``end``."""

    title: str
    start: date
    end: date
    rows: tuple[TimelineRow, ...]
    today: date | None
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionBox:
    """A decision as it stands in minutes."""

    number: str
    text: Rich
    status: str
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class ActionBox:
    """An action point as it stands in minutes."""

    number: str
    text: Rich
    who: str
    due: str
    tone: Tone = "info"


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark that stands out."""

    text: Rich
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class ScanCode:
    """A QR code of a text, at the end side of blocks that say the same to the eye; ``label`` stands for it."""

    text: str
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Go on at the top of a new page."""


@dataclass(frozen=True, slots=True)
class Section:
    """Go on with pages of this orientation."""

    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents stands here."""

    title: str


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height."""

    height_mm: float


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines to sign on: (label, name)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The head of a memo: each field is (label, value); a field with an empty label is left out."""

    to: tuple[str, Rich]
    from_: tuple[str, Rich]
    date: tuple[str, Rich]
    reference: tuple[str, Rich]
    subject: tuple[str, Rich]


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stay on one page if they fit on one."""

    blocks: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | Facts
    | Table
    | Figures
    | BarChart
    | ProgressBars
    | Timeline
    | DecisionBox
    | ActionBox
    | Callout
    | ScanCode
    | PageBreak
    | Section
    | Contents
    | Space
    | SignatureLines
    | LetterHead
    | KeepTogether
)
Blocks: TypeAlias = Sequence[Block]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the text of a document: running head and foot, marks, and what the file says of itself.

    ``page_words`` is a pattern with ``{page}`` and ``{pages}``; ``on`` is the document's day as YYYY-MM-DD; ``logo`` is
    a PNG or JPEG that heads the first page; ``figures`` are the ten of page numbers.
    """

    title: str
    header: str
    symbol: str = ""
    classification: str = ""
    mark: str = ""
    page_words: str = "page {page} of {pages}"
    author: str = ""
    subject: str = ""
    language: str = "en"
    keywords: str = ""
    on: str = ""
    logo: bytes = b""
    figures: str = "0123456789"

    @property
    def rtl(self) -> bool:
        """Whether the pages run from right to left."""
        return self.language.split("-")[0] in ("ar", "fa", "ur", "he")
