"""Text of other programs made into the few things that minutes are made of: HTML, also Word's, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from unnm_desktop.db.text import clean
from unnm_desktop.progress import SILENT, Progress
from unnm_desktop.services.minutes_text import (
    Block,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Reference,
    Span,
    Spans,
    Table,
    plain_text,
    reference_line,
)

LEVEL = 3
# So many letters are read at a time: after each it can be stopped.
PORTION = 200_000
MOST_COLUMNS = 20
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKING = frozenset({"p", "div", "section", "article", "header", "footer", "address", "pre", "dt", "dd", "caption",
                       "figure", "center", "form", "body", "html", "hr", *_HEADINGS})  # fmt: skip
_SILENT = frozenset({"style", "script", "head", "title", "xml", "object", "template", "svg", "math", "noscript"})
_PICTURES = frozenset({"img", "picture", "video", "canvas", "v:imagedata"})
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite", "dfn"})
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>]{1,2000}", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list:[^;]*\blevel([0-9])", re.IGNORECASE)
_WORD_HEADING = re.compile(r"MsoTitle|MsoHeading|Heading[1-6]", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![-\w])font-weight:\s*(bold|bolder|normal|lighter|[0-9]+)", re.IGNORECASE)
_SLANT = re.compile(r"(?<![-\w])font-style:\s*(italic|oblique|normal)", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(?(?:[0-9٠-٩]+|[a-zA-Z]|[ivxlcdmIVXLCDM]+|[\u0621-\u064a])[.)-]\s*")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


@dataclass(frozen=True)
class Pasted:
    """What came of it: the blocks, and how many pictures were left out."""

    blocks: tuple[Block, ...]
    pictures: int = 0


def from_html(html: str, *, progress: Progress = SILENT) -> Pasted:
    """The blocks of a page of HTML; styles, scripts and pictures stay out, tables, lists and links come along."""
    reader, page, start = _Reader(), clean(html).replace("\ufffc", ""), 0
    while start < len(page):
        progress(start, len(page))
        # Up to the beginning of a tag, so that no word is read in two.
        end = page.find("<", start + PORTION)
        reader.feed(page[start : end if end >= 0 else len(page)])
        start = end if end >= 0 else len(page)
    reader.close()
    reader.end_paragraph()
    reader.end_list()
    return Pasted(tuple(reader.blocks), reader.pictures)


def from_plain(text: str) -> Pasted:
    """Each line a paragraph; nothing is read as a sign."""
    lines = clean(text).replace("\ufffc", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Pasted(tuple(Paragraph((Span(line.strip()),)) for line in lines if line.strip()))


@dataclass
class _Table:
    rows: list[list[Spans]] = field(default_factory=list)
    cell: list[Span] | None = None
    wide: int = 1


class _Reader(HTMLParser):
    """Reads tags into blocks; whatever it does not know is passed through as words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.pictures = 0
        self._spans: list[Span] = []
        self._items: list[ListItem] = []
        self._lists: list[str] = []
        self._tables: list[_Table] = []
        self._styles: list[tuple[str, bool, bool, str]] = []
        self._silent = 0
        self._heading = False
        self._quotes = 0
        self._item: tuple[int, bool] | None = None
        # Word writes bullets and numbers as words between two of its own marks.
        self._mark: list[str] | None = None

    # Tags --------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PICTURES:
            self.pictures += tag != "v:imagedata" or not self._silent
        if self._silent or tag in _SILENT:
            self._silent += tag in _SILENT
            return
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._add("\n")
        elif tag in _BREAKING:
            self._begin_paragraph(tag, values)
        elif tag == "li":
            self.end_paragraph()
            self._item = (max(0, len(self._lists) - 1), bool(self._lists) and self._lists[-1] == "ol")
        elif tag in ("ul", "ol"):
            self.end_paragraph()
            self._lists.append(tag)
        elif tag == "blockquote":
            self.end_paragraph()
            self.end_list()
            self._quotes += 1
        elif tag == "table":
            if not self._tables:
                self.end_paragraph()
                self.end_list()
            self._tables.append(_Table())
        elif tag in ("tr", "td", "th") and self._tables:
            self._begin_cell(tag, values)
        else:
            self._begin_style(tag, values)

    def _begin_paragraph(self, tag: str, values: dict[str, str]) -> None:
        self.end_paragraph()
        level = _WORD_LEVEL.search(values.get("style", ""))
        if level:
            self._item = (int(level[1]) - 1, False)
        elif not self._lists:
            self.end_list()
            self._item = None
        self._heading = tag in _HEADINGS or bool(_WORD_HEADING.search(values.get("class", "")))

    def _begin_cell(self, tag: str, values: dict[str, str]) -> None:
        table = self._tables[-1]
        if tag == "tr":
            self._end_cell()
            table.rows.append([])
            return
        self._end_cell()
        table.cell = []
        table.wide = min(MOST_COLUMNS, int(values["colspan"])) if values.get("colspan", "").isdecimal() else 1

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is not None:
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(_tidy(table.cell, lines=False))
            table.rows[-1].extend([()] * (table.wide - 1))
            table.cell = None

    def _begin_style(self, tag: str, values: dict[str, str]) -> None:
        _, bold, italic, link = self._styles[-1] if self._styles else ("", False, False, "")
        style = values.get("style", "")
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        bold, italic = bold or tag in _BOLD, italic or tag in _ITALIC
        if weight:
            said = weight[1].lower()
            bold = said in ("bold", "bolder") or (said.isdecimal() and int(said) >= 600)
        if slant:
            italic = slant[1].lower() != "normal"
        address = values.get("href", "").strip() if tag == "a" else ""
        if _ADDRESS.fullmatch(address):
            link = address
        if tag not in ("meta", "link", "input", "wbr", "col", "base", "o:p", *_PICTURES):
            self._styles.append((tag, bold, italic, link))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PICTURES or tag == "br":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if self._silent:
            return
        if tag in _BREAKING or tag == "li":
            self.end_paragraph()
            self._heading = False
            if tag == "li":
                self._item = None
        elif tag in ("ul", "ol"):
            self.end_paragraph()
            if self._lists:
                self._lists.pop()
            if not self._lists:
                self._item = None
                self.end_list()
        elif tag == "blockquote":
            self.end_paragraph()
            self._quotes = max(0, self._quotes - 1)
        elif tag in ("td", "th", "tr") and self._tables:
            self._end_cell()
        elif tag == "table" and self._tables:
            self._end_table()
        else:
            for place in range(len(self._styles) - 1, -1, -1):
                if self._styles[place][0] == tag:
                    del self._styles[place:]
                    break

    def handle_comment(self, data: str) -> None:
        # Word writes its marks as comments too, and Pythons mended in 2025 hand all of them over as such.
        if data.startswith("[") and data.endswith("]") and "<" not in data:
            self.unknown_decl(data[1:-1])

    def unknown_decl(self, data: str) -> None:
        if data.startswith("if !supportLists"):
            self._mark = []
        elif data.startswith("endif") and self._mark is not None:
            if self._item is not None and _NUMBERED.fullmatch("".join(self._mark)):
                self._item = (self._item[0], True)
            self._mark = None

    # Words --------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._mark is not None:
            self._mark.append(data)
            return
        self._add(_SPACES.sub(" ", data))

    def _add(self, text: str) -> None:
        _, bold, italic, link = self._styles[-1] if self._styles else ("", False, False, "")
        span = Span(text, bold, italic, link)
        if self._tables:
            cell = self._tables[-1].cell
            if cell is not None:
                cell.append(span)
            return
        self._spans.append(span)

    def end_paragraph(self) -> None:
        """The words so far are a block of their own."""
        if self._tables:
            if self._tables[-1].cell:
                self._tables[-1].cell.append(Span(" "))
            return
        spans = _tidy(self._spans, lines=True)
        self._spans = []
        if not spans:
            return
        if self._item is not None:
            level, ordered = self._item
            self._items.append(ListItem(spans, min(level, 5), len(self._items) + 1 if ordered else None))
            return
        self.end_list()
        if self._heading:
            self.blocks.append(Heading(LEVEL, (Span(plain_text(spans).replace("\n", " ")),)))
        else:
            self.blocks.append(Quote(spans) if self._quotes else Paragraph(spans))

    def end_list(self) -> None:
        """The items so far are a list."""
        if self._items:
            self.blocks.append(ItemList(tuple(self._items), ordered=self._items[0].number is not None))
            self._items = []

    def _end_table(self) -> None:
        self._end_cell()
        table = self._tables.pop()
        rows = [row for row in table.rows if any(plain_text(cell).strip() for cell in row)]
        if self._tables:
            # A table inside a cell is words of that cell.
            outer = self._tables[-1].cell
            if outer is not None:
                for row in rows:
                    for cell in row:
                        outer.extend([*cell, Span(" ")])
            return
        width = min(MOST_COLUMNS, max((len(row) for row in rows), default=0))
        if width <= 1:
            # A frame around text, as mail programs draw them.
            self.blocks.extend(Paragraph(row[0]) for row in rows)
        else:
            full = [tuple((row + [()] * width)[:width]) for row in rows]
            self.blocks.append(Table(full[0], tuple(full[1:])))


def _tidy(spans: list[Span], *, lines: bool) -> Spans:
    """Runs of one style joined, spaces single, none at the ends."""
    joined: list[Span] = []
    for span in spans:
        text = span.text if lines else span.text.replace("\n", " ")
        before = joined[-1].text[-1:] if joined else " "
        if before in (" ", "\n"):
            text = text.lstrip(" ")
        if not text:
            continue
        last = joined[-1] if joined else None
        if last is not None and (last.bold, last.italic, last.link) == (span.bold, span.italic, span.link):
            joined[-1] = Span(last.text + text, span.bold, span.italic, span.link)
        else:
            joined.append(Span(text, span.bold, span.italic, span.link))
    while joined:
        last = joined.pop()
        if text := last.text.rstrip():
            joined.append(Span(text, last.bold, last.italic, last.link))
            break
    return tuple(joined)


def to_html(blocks: tuple[Block, ...], names: dict[tuple[str, object], str]) -> str:
    """The blocks as plain HTML, for other programs; ``names`` says what stands for a decision or an action point."""
    return "".join(_html(block, names) for block in blocks)


def _html(block: Block, names: dict[tuple[str, object], str]) -> str:
    if isinstance(block, Reference):
        return f"<p><b>{_safe(names.get((block.kind, block.id), reference_line(block.kind, block.id)))}</b></p>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{_inline(block.spans)}</h{block.level}>"
    if isinstance(block, Quote):
        return f"<blockquote><p>{_inline(block.spans)}</p></blockquote>"
    if isinstance(block, ItemList):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>{''.join(f'<li>{_inline(item.spans)}</li>' for item in block.items)}</{tag}>"
    if isinstance(block, Table):
        rows = "".join(
            f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in (block.header, *block.rows)
        )
        return f'<table border="1">{rows}</table>'
    return f"<p>{_inline(block.spans)}</p>"


def _inline(spans: Spans) -> str:
    found = []
    for span in spans:
        text = _safe(span.text).replace("\n", "<br>")
        text = f"<b>{text}</b>" if span.bold else text
        text = f"<i>{text}</i>" if span.italic else text
        found.append(f'<a href="{_safe(span.link)}">{text}</a>' if span.link else text)
    return "".join(found)


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
