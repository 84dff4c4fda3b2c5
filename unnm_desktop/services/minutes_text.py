"""The text of minutes: a Markdown subset read into blocks, whatever is typed; and the records that it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True)
class Span:
    """A run of words in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    spans: Spans


@dataclass(frozen=True)
class Paragraph:
    """Lines up to a blank one."""

    spans: Spans


@dataclass(frozen=True)
class ListItem:
    """One item; ``level`` counts how deep it is indented, ``number`` is set in a numbered list."""

    spans: Spans
    level: int = 0
    number: int | None = None


@dataclass(frozen=True)
class ItemList:
    """Bulleted or numbered items in a row."""

    items: tuple[ListItem, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quote:
    """A quoted paragraph."""

    spans: Spans


@dataclass(frozen=True)
class Table:
    """A table; every row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True)
class Reference:
    """A decision or an action point that stands at this place."""

    kind: str
    id: UUID


Block = Heading | Paragraph | ItemList | Quote | Table | Reference

_REFERENCE = re.compile(
    r"\{\{(decision|action)[ ]+"
    r"([0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12})[ ]*\}\}"
)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_BULLET = re.compile(r"([ \t]*)[-*+•][ \t]+(.*)")
_NUMBER = re.compile(r"([ \t]*)([0-9]{1,6})[.)][ \t]+(.*)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?(.*)")
_RULE = re.compile(r":?-+:?")
_DEEPEST = 5
_ESCAPABLE = frozenset("\\`*_{}[]()#+-.!|>~")


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text; whatever is not Markdown is a paragraph, so that no text is refused or lost."""
    return tuple(one_by_one(text))


def one_by_one(text: str) -> Iterator[Block]:
    """The blocks of a text as they are asked for."""
    return _blocks(_lines(text))


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def reference_line(kind: str, record_id: UUID) -> str:
    """The line that puts a decision or an action point at its place."""
    return f"{{{{{kind} {record_id}}}}}"


def references(text: str) -> list[tuple[str, UUID]]:
    """The decisions and action points that stand in a text, each once, in order."""
    found = (_reference(line) for line in _lines(text))
    return list(dict.fromkeys((one.kind, one.id) for one in found if one is not None))


def without(text: str, kind: str, record_id: UUID) -> str:
    """The text without the lines of that record."""
    kept = [line for line in _lines(text) if _reference(line) != Reference(kind, record_id)]
    return "\n".join(kept).strip("\n")


def with_line(text: str, line: str, after: int | None = None) -> str:
    """The text with a line of its own put in after line number ``after``; at the end where None."""
    lines = _lines(text.rstrip("\n")) if text.strip() else []
    place = len(lines) if after is None else max(0, min(after, len(lines)))
    before, behind = lines[:place], lines[place:]
    parts = ["\n".join(before).strip("\n"), line, "\n".join(behind).strip("\n")]
    return "\n\n".join(part for part in parts if part)


def _reference(line: str) -> Reference | None:
    match = _REFERENCE.fullmatch(line.strip())
    return Reference(match[1], UUID(match[2])) if match else None


def _blocks(lines: list[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place]
        reference, heading = _reference(line), _heading(line)
        if not line.strip():
            place += 1
        elif reference is not None:
            yield reference
            place += 1
        elif heading is not None:
            yield heading
            place += 1
        elif _is_table(lines, place):
            end = _run(lines, place + 2, lambda one: "|" in one and _reference(one) is None)
            yield _table(lines[place], lines[place + 2 : end])
            place = end
        elif _QUOTE.fullmatch(line):
            end = _run(lines, place, lambda one: _QUOTE.fullmatch(one) is not None)
            quoted = (match[1] for match in map(_QUOTE.fullmatch, lines[place:end]) if match)
            yield Quote(spans("\n".join(quoted).strip()))
            place = end
        elif _item(line):
            end = _end_of_list(lines, place)
            yield _list(lines[place:end])
            place = end
        else:
            end = _run(lines, place + 1, lambda one: bool(one.strip()) and not _begins_block(one))
            yield Paragraph(spans("\n".join(part.strip() for part in lines[place:end])))
            place = end


def _heading(line: str) -> Heading | None:
    match = _HEADING.fullmatch(line.strip())
    if match is None:
        return None
    words = match[2].rstrip("#")
    # Signs after a space close the heading; those of "C#" belong to it.
    words = words.rstrip() if not words or words[-1].isspace() else match[2]
    return Heading(len(match[1]), spans(words)) if words else None


def _run(lines: list[str], start: int, belongs: Callable[[str], bool]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _begins_block(line: str) -> bool:
    return bool(_reference(line) or _heading(line) or _QUOTE.fullmatch(line) or _item(line))


def _item(line: str) -> re.Match[str] | None:
    return _BULLET.fullmatch(line) or _NUMBER.fullmatch(line)


def _end_of_list(lines: list[str], start: int) -> int:
    ordered = _NUMBER.fullmatch(lines[start]) is not None
    end = start
    while end < len(lines):
        line = lines[end]
        item = _item(line)
        if item is None and (not line.strip() or not line[0].isspace() or _begins_block(line)):
            break
        if item is not None and not item[1] and (_NUMBER.fullmatch(line) is not None) != ordered:
            break
        end += 1
    return end


def _list(lines: list[str]) -> ItemList:
    raw: list[tuple[str, int, int | None]] = []
    for line in lines:
        number, bullet = _NUMBER.fullmatch(line), _BULLET.fullmatch(line)
        if number:
            raw.append((number[3], _level(number[1]), int(number[2])))
        elif bullet:
            raw.append((bullet[2], _level(bullet[1]), None))
        else:
            text, level, value = raw[-1]
            raw[-1] = (f"{text}\n{line.strip()}", level, value)
    items = tuple(ListItem(spans(text), level, number) for text, level, number in raw)
    return ItemList(items, ordered=items[0].number is not None)


def _level(indent: str) -> int:
    return min(len(indent.expandtabs(4)) // 2, _DEEPEST)


def _is_table(lines: list[str], place: int) -> bool:
    if place + 1 >= len(lines) or "|" not in lines[place]:
        return False
    below = lines[place + 1].strip()
    parts = below.removeprefix("|").removesuffix("|").split("|")
    return "|" in below and all(_RULE.fullmatch(part.strip()) for part in parts)


def _table(header: str, rows: Iterable[str]) -> Table:
    titles = _cells(header)
    width = len(titles)
    body = []
    for row in rows:
        cells = _cells(row)
        if len(cells) > width:
            # A cell too many is not thrown away: it stays with the last one.
            cells = [*cells[: width - 1], " | ".join(cells[width - 1 :])]
        body.append(tuple(spans(cell) for cell in cells + [""] * (width - len(cells))))
    return Table(tuple(spans(title) for title in titles), tuple(body))


def _cells(line: str) -> list[str]:
    cells, cell, escaped = [], "", False
    inner = line.strip().removeprefix("|")
    for sign in inner:
        if sign == "|" and not escaped:
            cells.append(cell.strip())
            cell = ""
        else:
            cell += sign
        escaped = sign == "\\" and not escaped
    return [*cells, cell.strip()] if cell.strip() or not cells else cells


def spans(text: str) -> Spans:
    """The styled runs of one piece of text: ``**bold**``, ``*italic*``, ``_italic_`` and ``[words](address)``."""
    found: list[Span] = []
    bold = italic = False
    plain: list[str] = []

    def flush() -> None:
        if words := "".join(plain):
            found.append(Span(words, bold, italic))
        plain.clear()

    closes = _Closers(text)
    place = 0
    while match := _SIGN.search(text, place):
        plain.append(text[place : match.start()])
        sign, place = match[0], match.start()
        if sign == "\\" and text[place + 1 : place + 2] in _ESCAPABLE and place + 1 < len(text):
            plain.append(text[place + 1])
            place += 2
        elif text.startswith("**", place) and closes.toggles(place, "**", on=bold):
            flush()
            bold = not bold
            place += 2
        elif sign in "*_" and closes.toggles(place, sign, on=italic):
            flush()
            italic = not italic
            place += 1
        elif sign == "[" and (link := _LINK.match(text, place)):
            flush()
            found.append(Span(_unescaped(link[1]), bold, italic, link[2]))
            place = link.end()
        else:
            plain.append(sign)
            place += 1
    plain.append(text[place:])
    flush()
    return tuple(_joined(found))


_SIGN = re.compile(r"[\\*_\[]")
_LINK = re.compile(r"\[([^\[\]\n]{1,2000})\]\(((?:https?://|mailto:)[^\s()<>]{1,2000})\)")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!|>~])", r"\1", text)


class _Closers:
    """Whether a sign begins or ends a style: it touches a word on the right side, and its pair follows somewhere."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last = {sign: text.rfind(sign) for sign in ("**", "*", "_")}

    def toggles(self, place: int, sign: str, *, on: bool) -> bool:
        before = self.text[place - 1 : place]
        after = self.text[place + len(sign) : place + len(sign) + 1]
        if sign == "_" and before.isalnum() and after.isalnum():
            return False
        if on:
            return bool(before) and not before.isspace()
        return bool(after) and not after.isspace() and self.last[sign] > place + len(sign)


def _joined(found: list[Span]) -> Iterator[Span]:
    waiting: Span | None = None
    for span in found:
        if waiting is not None and _same_style(span, waiting):
            waiting = replace(waiting, text=waiting.text + span.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def _same_style(one: Span, other: Span) -> bool:
    return not one.link and not other.link and (one.bold, one.italic) == (other.bold, other.italic)


def plain_text(runs: Spans) -> str:
    """The words alone."""
    return "".join(span.text for span in runs)


def to_text(blocks: Iterable[Block]) -> str:
    """The blocks as words without marks, for search, spreadsheets and golden files."""
    return "\n\n".join(_text_of(block) for block in blocks)


def _text_of(block: Block) -> str:
    if isinstance(block, Reference):
        return f"[{block.kind} {block.id}]"
    if isinstance(block, ItemList):
        lines = []
        for item in block.items:
            mark = f"{item.number}." if item.number is not None else "•"
            lines.append(f"{'  ' * item.level}{mark} {plain_text(item.spans)}")
        return "\n".join(lines)
    if isinstance(block, Table):
        return "\n".join(" | ".join(plain_text(cell) for cell in row) for row in (block.header, *block.rows))
    return plain_text(block.spans)
