"""Blocks as readable plain text, for golden tests and for reading without a viewer."""

from __future__ import annotations

from datetime import date

from unnm_desktop.typeset import blocks as b

_MARKS: dict[str, str] = {
    "present": "●", "alternate": "◐", "absent": "×", "apologies": "○", "yes": "✓", "no": "×", "box": "☐",
}  # fmt: skip
_HEADING_RULES = {1: "=", 2: "-", 3: ""}


def _cell(cell: b.Cell) -> str:
    if isinstance(cell, b.Mark):
        return f"{_MARKS[cell.kind]} {cell.label}".rstrip()
    if isinstance(cell, b.Pill):
        return f"[{cell.text}]"
    return " / ".join(line.strip() for line in b.plain(cell).splitlines() if line.strip())


def _rich(rich: b.Rich) -> str:
    """Inline text with its links; bold and italic show as in Markdown so that a golden text sees them change."""
    if isinstance(rich, str):
        return rich
    words = []
    for span in rich:
        word = f"**{span.text}**" if span.bold else span.text
        word = f"*{word}*" if span.italic else word
        words.append(f"{word} <{span.link}>" if span.link and span.link != span.text else word)
    return "".join(words)


def _table(table: b.Table) -> list[str]:
    lines = [table.caption] if table.caption else []
    lines.append(" | ".join(column.title for column in table.columns).rstrip())
    for row in table.rows:
        if isinstance(row, b.GroupRow):
            lines.append(f"-- {row.text} --")
        else:
            lines.append(" | ".join(_cell(cell) for cell in row).rstrip())
    if not table.rows and table.empty:
        lines.append(table.empty)
    if table.total is not None:
        lines.append("= " + " | ".join(_cell(cell) for cell in table.total).rstrip())
    return lines


def _bullets(bullets: b.Bullets) -> list[str]:
    lines = []
    number = bullets.start
    for item in bullets.items:
        level = item.level if isinstance(item, b.ListItem) else 0
        sign = f"{number}." if bullets.numbered and level == 0 else "-"
        number += level == 0
        lines.append("  " * level + f"{sign} {_rich(item.text if isinstance(item, b.ListItem) else item)}")
    return lines


def _days(start: date, end: date) -> str:
    return f"{start.isoformat()} – {end.isoformat()}"


def _timeline(timeline: b.Timeline) -> list[str]:
    lines = [f"[timeline] {timeline.title} | {_days(timeline.start, timeline.end)}"]
    if timeline.today:
        lines[0] += f" | today {timeline.today.isoformat()}"
    group = ""
    for row in timeline.rows:
        if row.group and row.group != group:
            lines.append(f"-- {row.group} --")
        group = row.group
        line = f"{row.label} | {_days(row.start, row.end)} | {row.progress:.0%}"
        line += " | late" if row.late else ""
        lines.append(line + "".join(f" | ◆ {day.isoformat()} {name}".rstrip() for day, name in row.milestones))
    return lines


def _chart(chart: b.BarChart) -> list[str]:
    lines = [f"[chart] {chart.title}" + (f" ({chart.unit})" if chart.unit else "")]
    for name, values in chart.series:
        pairs = (f"{category}: {value:g}" for category, value in zip(chart.categories, values, strict=False))
        lines.append(f"{name} | " + " | ".join(pairs))
    return lines


def _contents(all_blocks: b.Blocks) -> list[str]:
    lines = []
    for block in all_blocks:
        if isinstance(block, b.Heading):
            lines.append("  " * block.level + block.text)
        elif isinstance(block, b.KeepTogether):
            lines += _contents(block.blocks)
    return lines


def _boxed(block: b.DecisionBox | b.ActionBox | b.Callout) -> list[str]:
    if isinstance(block, b.DecisionBox):
        return [f"[{block.number} | {block.status}]", _rich(block.text)]
    if isinstance(block, b.ActionBox):
        return [f"[{block.number} | {block.who} | {block.due}]", _rich(block.text)]
    return [f"! {_rich(block.text)}"]


def _lines(block: b.Block, everything: b.Blocks) -> list[str]:
    match block:
        case b.Heading():
            rule = _HEADING_RULES.get(block.level, "")
            return [block.text, rule * max(3, len(block.text))] if rule else [f"### {block.text}"]
        case b.Paragraph():
            sign = {"quote": "> ", "note": "* ", "mark": "~ "}.get(block.style, "")
            return [sign + _rich(block.text)]
        case b.Bullets():
            return _bullets(block)
        case b.Facts():
            return [f"{label}: {_rich(value)}" for label, value in block.rows]
        case b.Table():
            return _table(block)
        case b.Figures():
            return [" | ".join(f"{value} {label}" for value, label in block.items)]
        case b.BarChart():
            return _chart(block)
        case b.ScanCode():
            return [line for each in block.blocks for line in [*_lines(each, everything), ""]][:-1]
        case b.ProgressBars():
            return [f"{label} | {fraction:.0%} | {shown}" for label, fraction, shown in block.rows]
        case b.Timeline():
            return _timeline(block)
        case b.DecisionBox() | b.ActionBox() | b.Callout():
            return _boxed(block)
        case b.PageBreak():
            return ["~~~ page ~~~"]
        case b.Section():
            return ["~~~ landscape ~~~" if block.landscape else "~~~ portrait ~~~"]
        case b.Contents():
            return [f"[contents] {block.title}", *_contents(everything)]
        case b.Space():
            return []
        case b.SignatureLines():
            return [f"{label}: ____________ {name}" for label, name in block.rows]
        case b.LetterHead():
            fields = (block.to, block.from_, block.date, block.reference, block.subject)
            return [f"{label}: {_rich(value)}" for label, value in fields if label]
        case b.KeepTogether():
            return "\n\n".join("\n".join(_lines(inner, everything)) for inner in block.blocks).split("\n")


def _head(furniture: b.Furniture | None) -> list[str]:
    if furniture is None:
        return []
    marks = " | ".join(part for part in (furniture.classification, furniture.mark) if part)
    return [
        f"# {furniture.title}",
        f"{furniture.header} | {furniture.symbol}".rstrip(" |"),
        *([marks] if marks else []),
    ]


def as_text(blocks: b.Blocks, furniture: b.Furniture | None = None) -> str:
    """The document as plain text: one block per paragraph, tables as ``a | b | c``."""
    parts = ["\n".join(_head(furniture))] if furniture else []
    parts += ["\n".join(lines) for block in blocks if (lines := _lines(block, blocks))]
    return "\n\n".join(parts) + "\n"
