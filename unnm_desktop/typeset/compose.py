"""Blocks turned into boxes: which style, which colours, which tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.chart import Figures, bar_chart, progress_bars
from unnm_desktop.typeset.cleaning import one_line
from unnm_desktop.typeset.ink import Ink
from unnm_desktop.typeset.layout import Box, Fixed, Framed, Stack, Together
from unnm_desktop.typeset.paragraph import TextBox
from unnm_desktop.typeset.pill import PillBox
from unnm_desktop.typeset.side_by_side import SideBySide
from unnm_desktop.typeset.styles import BLUE, DEEP, FAINT, GREY, INK, MM, RULE, TALLEST_WHOLE, TONES, Style, TextStyle
from unnm_desktop.typeset.table import TableBox, cell_count
from unnm_desktop.typeset.tags import Element
from unnm_desktop.typeset.timeline import TimelineBox

_HEADING_ROLES = {1: "H1", 2: "H2", 3: "H3"}


class Composer:
    """Makes the boxes of one document."""

    def __init__(
        self, style: Style, root: Element | None, on_heading: Callable[[str, b.Heading, Ink, float], None]
    ) -> None:
        self.style = style
        self._on_heading = on_heading
        self._headings = 0
        self.rtl = style.rtl
        self.root = root

    def _element(self, role: str, parent: Element | None = None) -> Element | None:
        above = parent or self.root
        return above.child(role) if above is not None else None

    def text(
        self, rich: b.Rich, style: TextStyle, parent: Element | None = None, role: str = "P", sign: str = ""
    ) -> TextBox:
        """A paragraph with its tag."""
        return TextBox(rich, style, self.rtl, sign=sign, element=self._element(role, parent))

    def boxes(self, block: b.Block) -> list[Box]:
        """The boxes of one block; page breaks, sections and contents are the document's affair."""
        match block:
            case b.Heading():
                return [self.heading(block)]
            case b.Paragraph():
                return [self._paragraph(block)]
            case b.Bullets():
                return self._bullets(block)
            case b.Facts():
                return [self._facts(block.rows)]
            case b.Table():
                return self._table(block)
            case b.Figures():
                return [Figures(block, self.style, self._element("P"))]
            case b.BarChart():
                return [bar_chart(block, self.style, self._element("Figure"))]
            case b.ProgressBars():
                return [progress_bars(block, self.style, self.root)]
            case b.Timeline():
                return self._timeline(block)
            case b.DecisionBox():
                return [self._entry(block.number, block.status, block.text, (), block.tone)]
            case b.ActionBox():
                return [self._entry(block.number, "", block.text, (block.who, block.due), block.tone)]
            case b.Callout():
                return [self._callout(block)]
            case b.ScanCode():
                return [self._scan_code(block)]
            case b.Space():
                return [Fixed(max(0.0, block.height_mm) * MM, lambda ink, x, top, width: None)]
            case b.SignatureLines():
                return [self._signatures(block)]
            case b.LetterHead():
                return [self._letter_head(block)]
            case b.KeepTogether():
                inner = [box for each in block.blocks for box in self.boxes(each)]
                return [Together(inner)] if inner else []
            case b.PageBreak() | b.Section() | b.Contents():
                return []

    def heading(self, block: b.Heading) -> Box:
        """A heading; it stays with what follows, and says where it was drawn."""
        level = min(3, max(1, block.level))
        self._headings += 1
        key = f"h{self._headings}"
        style = self.style.headings[level - 1]
        inner = TextBox(one_line(block.text), style, self.rtl, element=self._element(_HEADING_ROLES[level]))

        def behind(ink: Ink, x: float, y: float, width: float, height: float) -> None:
            self._on_heading(key, block, ink, y + height)

        made = Framed(inner, (0, 0, 0, 0), behind, style.before, style.after)
        made.keep_with_next = True
        return made

    def _paragraph(self, block: b.Paragraph) -> Box:
        style: TextStyle = getattr(self.style, block.style)
        if block.style == "quote":
            inner = self.text(block.text, style, role="BlockQuote")
            return self._barred(inner, RULE, style.before, style.after)
        if block.style == "note":
            inner = self.text(block.text, style, role="Note")
            return self._barred(inner, BLUE, style.before, style.after)
        return self.text(block.text, style)

    def _barred(self, inner: Box, colour: str, before: float, after: float) -> Box:
        def behind(ink: Ink, x: float, y: float, width: float, height: float) -> None:
            ink.rectangle(x + width - 2 if self.rtl else x, y, 2, height, fill=colour)

        return Framed(inner, (0, 1, 0, 1), behind, before, after)

    def _bullets(self, block: b.Bullets) -> list[Box]:
        parent = self._element("L")
        number = block.start
        made: list[Box] = []
        for item in block.items:
            level = max(0, min(5, item.level)) if isinstance(item, b.ListItem) else 0
            rich = item.text if isinstance(item, b.ListItem) else item
            if block.numbered and level == 0:
                sign, number = f"{number}.", number + 1
            else:
                sign = "•" if level == 0 else "–"
            step = 20.0 if block.numbered else 14.0
            style = TextStyle(
                self.style.item.size,
                self.style.item.leading,
                align="start",
                after=self.style.item.after,
                indent=step + 14.0 * level,
            )
            body = self._element("LBody", self._element("LI", parent)) if parent else None
            made.append(TextBox(rich, style, self.rtl, sign=sign, element=body))
        if made:
            made[-1].after = self.style.body.after
        return made

    def _facts(self, rows: Sequence[tuple[str, b.Rich]]) -> Box:
        label_style, value_style = self.style.label, self.style.box
        boxes: list[Box] = []
        for label, value in rows:
            left = self.text(label, TextStyle(label_style.size, value_style.leading, colour=GREY))
            right = self.text(value, value_style)
            boxes.append(SideBySide([(left, 0.27), (right, 0.73)], 8.0, self.rtl, after=2.0))
        return Stack(boxes, 2.0, 8.0)

    def _letter_head(self, block: b.LetterHead) -> Box:
        fields = (block.to, block.from_, block.date, block.reference, block.subject)
        rows: list[Box] = []
        for place, (label, value) in enumerate(fields):
            if not label:
                continue
            bold = place == len(fields) - 1
            face = self.style.box.face if not bold else "semibold"
            value_style = TextStyle(10.5, self.style.box.leading, face=face)
            left = self.text(label, TextStyle(9, self.style.box.leading, colour=GREY))
            rows.append(SideBySide([(left, 0.18), (self.text(value, value_style), 0.82)], 8.0, self.rtl, after=3.0))

        def behind(ink: Ink, x: float, y: float, width: float, height: float) -> None:
            ink.line(x, y, x + width, y, RULE, 0.6)
            ink.line(x, y + height, x + width, y + height, DEEP, 1.2)

        return Framed(Stack(rows), (0, 8, 0, 6), behind, 4.0, 12.0)

    def _table(self, block: b.Table) -> list[Box]:
        made: list[Box] = []
        if block.caption:
            caption = self.text(block.caption, self.style.caption, role="P")
            caption.keep_with_next = True
            made.append(caption)
        made.append(TableBox(block, self.style, self._element("Table")))
        return made

    def _timeline(self, block: b.Timeline) -> list[Box]:
        made: list[Box] = []
        if block.title:
            caption = self.text(block.title, self.style.caption)
            caption.keep_with_next = True
            made.append(caption)
        made.append(TimelineBox(block, self.style, self._element("Figure")))
        return made

    def _edged(self, inner: Box, tone: b.Tone) -> Box:
        _, back, edge = TONES[tone]

        def behind(ink: Ink, x: float, y: float, width: float, height: float) -> None:
            ink.rectangle(x, y, width, height, fill=back)
            ink.rectangle(x + width - 3 if self.rtl else x, y, 3, height, fill=edge)

        left, right = (10.0, 13.0) if self.rtl else (13.0, 10.0)
        return Together([Framed(inner, (left, 6, right, 7), behind, 4.0, 8.0)], TALLEST_WHOLE)

    def _entry(self, number: str, status: str, text: b.Rich, foot: tuple[str, ...], tone: b.Tone) -> Box:
        """A decision or action as it stands in minutes."""
        words, _, _ = TONES[tone]
        parent = self._element("Sect")
        head_style = TextStyle(
            self.style.box_head.size, self.style.box_head.leading, face="semibold", colour=words, after=1.0
        )
        head = self.text(number, head_style, parent)
        boxes: list[Box] = []
        if status:
            pill = PillBox(status, tone, self.style, "end", self._element("P", parent), solid=True)
            boxes.append(SideBySide([(head, 0.6), (pill, 0.4)], 8.0, self.rtl, after=2.0))
        else:
            boxes.append(head)
        boxes.append(self.text(text, self.style.box, parent))
        said = [words for words in foot if words]
        if said:
            foot_style = TextStyle(
                self.style.box_head.size, self.style.box_head.leading, face="semibold", colour=words, before=2.0
            )
            boxes.append(
                SideBySide([(self.text(each, foot_style, parent), 1 / len(said)) for each in said], 8.0, self.rtl)
            )
        return self._edged(Stack(boxes), tone)

    def _callout(self, block: b.Callout) -> Box:
        words, _, _ = TONES[block.tone]
        style = TextStyle(self.style.box.size, self.style.box.leading, colour=words if block.tone != "neutral" else INK)
        return self._edged(self.text(block.text, style), block.tone)

    def _scan_code(self, block: b.ScanCode) -> Box:
        from unnm_desktop.typeset.scan_code import SHARE, scan_code  # one document has one

        inner = [box for each in block.blocks for box in self.boxes(each)]
        code = scan_code(block, self.root)
        return SideBySide([(Stack(inner), 1 - SHARE), (code, SHARE)], 14.0, self.rtl, after=8.0)

    def _signatures(self, block: b.SignatureLines) -> Box:
        rows: list[Box] = [self._signature(label, name) for label, name in block.rows]
        pairs: list[Box] = []
        for at in range(0, len(rows), 2):
            two = rows[at : at + 2]
            pairs.append(SideBySide([(row, 0.5) for row in two], 24.0, self.rtl, after=10.0))
        return Stack(pairs, 14.0, 8.0)

    def _signature(self, label: str, name: str) -> Box:
        def rule(ink: Ink, x: float, top: float, width: float) -> None:
            ink.line(x, top - 26, x + width, top - 26, FAINT, 0.6)

        under = TextStyle(9, self.style.label.leading, colour=GREY)
        return Together(
            [Fixed(30.0, rule), self.text(name, TextStyle(10, self.style.box.leading)), self.text(label, under)]
        )


def count_cells(blocks: b.Blocks) -> int:
    """How many table cells a document has: very long ones are not tagged."""
    total = 0
    for block in blocks:
        if isinstance(block, b.Table):
            total += cell_count(block)
        elif isinstance(block, (b.KeepTogether, b.ScanCode)):
            total += count_cells(block.blocks)
    return total
