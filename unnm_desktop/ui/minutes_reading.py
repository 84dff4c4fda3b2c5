"""The document of minutes read back into the Markdown subset; a paragraph that stays as it is, is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QTextBlock, QTextCursor, QTextDocument, QTextListFormat, QTextTable

from unnm_desktop.services import minutes_text
from unnm_desktop.ui.minutes_document import OBJECT, QUOTE_PROPERTY, SOFT_BREAK, reference_in

# So many paragraphs are read in one turn of the window, where a long text came in at once.
PORTION = 200
_SPACES = f" \t\u00a0{SOFT_BREAK}"
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>]+")
_STARTS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-+*][ \t]|>|\||:?-+:?[ \t]*\|)")
_CLOSING, _ESCAPED = re.compile(r"(^|\s)(#+)$"), r"\1\\\2"
_NUMBERED = re.compile(r"([ \t]*[0-9]{1,6})([.)])([ \t])")
_SIGNS = re.compile(r"[\\*_\[]")


class _Piece(NamedTuple):
    """What one paragraph or table says; the number of an item is known only among its neighbours."""

    kind: str
    words: str
    depth: int = 0
    # What the first of its neighbours in a numbered list is counted from.
    start: int | None = None
    # Whether numbers begin anew behind it.
    apart: bool = False


class Reading(QObject):
    """The words of a document that is being written in."""

    # All that came in at once has been read.
    caught_up = Signal()

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        # One for each paragraph; None was not read since it changed.
        self._pieces: list[_Piece | None] = [None] * document.blockCount()
        self._next = 0
        self._ahead = QTimer(self)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._read_ahead)
        document.contentsChange.connect(self._changed)

    @property
    def behind(self) -> bool:
        """Whether a part of what came in at once is still to be read."""
        return self._ahead.isActive()

    def text(self, until: QTextBlock | None = None) -> str:
        """The document in the Markdown subset; with ``until`` only as far as the end of that block."""
        end = len(self._pieces) if until is None else until.blockNumber() + 1
        found, number = [], 0
        while number < end:
            piece = self._pieces[number]
            if piece is None:
                piece, number = self._read(number)
            else:
                number += 1
            found.append(piece)
        return _joined(found)

    def _read(self, number: int) -> tuple[_Piece, int]:
        """What stands in a paragraph, and the number of the next; a table is read whole, and each time."""
        block = self._document.findBlockByNumber(number)
        table = QTextCursor(block).currentTable()
        if table is not None:
            return _Piece("table", _table_text(table)), table.lastCursorPosition().block().blockNumber() + 1
        piece = self._pieces[number] = _piece(block)
        return piece, number + 1

    def _changed(self, start: int, _removed: int, added: int) -> None:
        document, count = self._document, self._document.blockCount()
        first, end = document.findBlock(start).blockNumber(), document.findBlock(start + added)
        last = end.blockNumber() if end.isValid() else count - 1
        before = last + len(self._pieces) - count
        self._pieces[first : before + 1] = [None] * (last + 1 - first)
        self._next = min(self._next, first)
        if last - first >= PORTION:
            self._ahead.start()

    def _read_ahead(self) -> None:
        """Read a part of what came in, so that nobody waits for the whole when it is kept."""
        end = min(self._next + PORTION, len(self._pieces))
        while self._next < end:
            self._next = self._next + 1 if self._pieces[self._next] else self._read(self._next)[1]
        if self._next >= len(self._pieces):
            self._ahead.stop()
            self.caught_up.emit()


def text_of(document: QTextDocument) -> str:
    """A document in the Markdown subset."""
    return Reading(document).text()


def _joined(pieces: Iterable[_Piece]) -> str:
    found: list[str] = []
    numbers: dict[int, int] = {}
    before = ""
    for piece in pieces:
        kind, words, depth, start, apart = piece
        if apart:
            numbers.clear()
        if not words:
            continue
        if kind == "item":
            for deeper in [one for one in numbers if one > depth]:
                del numbers[deeper]
            mark = "-"
            if start is not None:
                numbers[depth] = numbers.get(depth, start - 1) + 1
                mark = f"{numbers[depth]}."
            words = f"{'  ' * depth}{mark} {words}"
        if found:
            found.append("\n" if kind == before == "item" else "\n\n")
        found.append(words)
        before = kind
    return "".join(found)


def _piece(block: QTextBlock) -> _Piece:
    reference = reference_in(block)
    if reference is not None:
        return _Piece("record", minutes_text.reference_line(*reference))
    shape = block.blockFormat()
    level = shape.headingLevel()
    words = _inline(block, plain=bool(level)).replace(SOFT_BREAK, "\n").strip()
    found = block.textList()
    apart = found is None
    if not words:
        return _Piece("blank", "", apart=apart)
    if level:
        # Signs at the end would be read as those that close a heading.
        line = _CLOSING.sub(_ESCAPED, " ".join(words.split()))
        return _Piece("heading", f"{'#' * level} {line}", apart=apart)
    if found is not None:
        listed = found.format()
        depth = max(0, listed.indent() - 1)
        hanging = f"\n{'  ' * depth}   "
        lines = [_safe_start(line.strip()) if number else line.strip() for number, line in enumerate(words.split("\n"))]
        start = listed.start() if listed.style() == QTextListFormat.Style.ListDecimal else None
        return _Piece("item", hanging.join(lines), depth, start)
    lines = [_safe_start(line.strip()) for line in words.split("\n") if line.strip()]
    if shape.property(QUOTE_PROPERTY):
        return _Piece("quote", "\n".join(f"> {line}" for line in lines), apart=True)
    return _Piece("paragraph", "\n".join(lines), apart=True)


def _table_text(table: QTextTable) -> str:
    rows = []
    for row in range(table.rows()):
        cells = []
        for column in range(table.columns()):
            words: list[str] = []
            block = table.cellAt(row, column).firstCursorPosition().block()
            last = table.cellAt(row, column).lastCursorPosition().block()
            while block.isValid():
                words.append(" ".join(_inline(block).replace(SOFT_BREAK, " ").split()))
                if block == last:
                    break
                block = block.next()
            cells.append(" ".join(words).strip().replace("|", "\\|"))
        rows.append(f"| {' | '.join(cells)} |")
    rows.insert(1, f"|{'---|' * table.columns()}")
    return "\n".join(rows)


def _safe_start(line: str) -> str:
    """A line of plain words that must not be read as a heading, a list, a quote or a table."""
    if _STARTS.match(line):
        stripped = line.lstrip(" \t")
        return f"\\{stripped}" if not stripped.startswith("\\") else stripped
    return _NUMBERED.sub(r"\1\\\2\3", line, count=1) if _NUMBERED.match(line) else line


def _inline(block: QTextBlock, *, plain: bool = False) -> str:
    """The words of a block with their styles; a heading is bold anyway."""
    runs: list[tuple[str, bool, bool, str]] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            shape = fragment.charFormat()
            bold = not plain and shape.fontWeight() >= QFont.Weight.Bold.value
            run = (fragment.text().replace(OBJECT, ""), bold, shape.fontItalic(), shape.anchorHref())
            if runs and runs[-1][1:] == run[1:]:
                runs[-1] = (runs[-1][0] + run[0], *run[1:])
            else:
                runs.append(run)
        iterator += 1
    whole = "".join(text for text, *_ in runs)
    return _marked(runs, links="](" in whole)


def _marked(runs: list[tuple[str, bool, bool, str]], *, links: bool) -> str:
    """The runs with signs where a style begins or ends; spaces stay outside, where the signs would not be read."""
    text, spaces = "", ""
    bold_now = italic_now = False
    for words, bold, italic, link in runs:
        core = words.strip(_SPACES)
        if not core:
            spaces += words
            continue
        start = words.index(core)
        closing = ("**" if bold_now and not bold else "") + ("*" if italic_now and not italic else "")
        opening = ("**" if bold and not bold_now else "") + ("*" if italic and not italic_now else "")
        text += f"{closing}{spaces}{words[:start]}{opening}{_linked(core, link, links=links)}"
        spaces = words[start + len(core) :]
        bold_now, italic_now = bold, italic
    return f"{text}{'**' if bold_now else ''}{'*' if italic_now else ''}{spaces}"


def _linked(core: str, link: str, *, links: bool) -> str:
    words = _escaped(core, links=links)
    whole = link and not set(f"[]\n{SOFT_BREAK}") & set(core) and _ADDRESS.fullmatch(link)
    return f"[{words}]({link})" if whole else words


def _escaped(text: str, *, links: bool) -> str:
    def safe(match: re.Match[str]) -> str:
        sign, place = match[0], match.start()
        inside = sign == "_" and text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
        return sign if inside or (sign == "[" and not links) else f"\\{sign}"

    return _SIGNS.sub(safe, text)
