"""The words under one agenda item as blocks, with its decisions and action points at their place."""

from __future__ import annotations

from collections.abc import Iterable

from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import ActionFacts, DecisionFacts, Minuted, Text, Told
from unnm_desktop.services import minutes_text
from unnm_desktop.typeset.blocks import (
    ActionBox,
    Block,
    Bullets,
    Column,
    DecisionBox,
    Heading,
    ListItem,
    Paragraph,
    Rich,
    Span,
    Table,
    plain,
)


def words_of(language: Language, item: Minuted, told: Told) -> list[Block]:
    """The blocks of one agenda item; what no text of the meeting places follows the item's own words."""
    text, foreign = _text(language, item.text)
    blocks: list[Block] = []
    if foreign:
        blocks.append(Paragraph(foreign, "mark"))
    for block in minutes_text.parse(text):
        if isinstance(block, minutes_text.Reference):
            blocks += _referred(language, told, block)
        else:
            blocks.append(_block(block))
    blocks += [decision_box(language, told.decisions[key]) for key in item.decisions if key not in told.placed]
    blocks += [action_box(language, told.actions[key]) for key in item.actions if key not in told.placed]
    if not blocks:
        blocks.append(Paragraph(language.tr(N_("Nothing was recorded under this item.")), "small"))
    return blocks


def _text(language: Language, text: Text) -> tuple[str, str]:
    """The text to print, and the mark of the other language where this one is missing."""
    own, other = (text.ar, text.en) if language.rtl else (text.en, text.ar)
    if own.strip() or not other.strip():
        return own, ""
    return other, language.tr(N_("[English text]")) if language.rtl else language.tr(N_("[Arabic text]"))


def _referred(language: Language, told: Told, block: minutes_text.Reference) -> list[Block]:
    key = str(block.id)
    if block.kind == "decision" and key in told.decisions:
        return [decision_box(language, told.decisions[key])]
    if block.kind == "action" and key in told.actions:
        return [action_box(language, told.actions[key])]
    return []


def decision_box(language: Language, one: DecisionFacts) -> DecisionBox:
    """A decision at its place."""
    return DecisionBox(
        w.reference(one.reference),
        w.decision_words(language, one),
        language.tr(one.state.label),
        w.decision_tone(one.state),
    )


def action_box(language: Language, one: ActionFacts) -> ActionBox:
    """An action point at its place."""
    due = language.day(one.due) if one.due else language.tr(N_("no date set"))
    who = w.responsible(language, one) or language.tr(N_("Nobody named yet"))
    return ActionBox(w.reference(one.reference), w.said(language, one.task), who, due)


def _block(block: minutes_text.Block) -> Block:
    match block:
        case minutes_text.Heading():
            return Heading(plain(_rich(block.spans)), 3)
        case minutes_text.ItemList():
            items = tuple(ListItem(_rich(one.spans), one.level) for one in block.items)
            first = next((one.number for one in block.items if one.number is not None), 1)
            return Bullets(items, block.ordered, first)
        case minutes_text.Quote():
            return Paragraph(_rich(block.spans), "quote")
        case minutes_text.Table():
            columns = tuple(Column(plain(_rich(one))) for one in block.header)
            return Table(columns, tuple(tuple(_rich(cell) for cell in row) for row in block.rows))
        case minutes_text.Paragraph():
            return Paragraph(_rich(block.spans))
        case minutes_text.Reference():
            raise TypeError("a reference is not a text")


def _rich(spans: Iterable[minutes_text.Span]) -> Rich:
    return tuple(Span(one.text, one.bold, one.italic, one.link) for one in spans)
