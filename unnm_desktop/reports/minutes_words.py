"""The words under one agenda item as blocks, with its decisions and action points at their place."""

from __future__ import annotations

from unnm_desktop.i18n import N_, Language
from unnm_desktop.reports import words as w
from unnm_desktop.reports.facts import ActionFacts, DecisionFacts, Minuted, Text, Told
from unnm_desktop.reports.told import block_of
from unnm_desktop.services import minutes_text
from unnm_desktop.typeset.blocks import ActionBox, Block, DecisionBox, Paragraph


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
            blocks.append(block_of(block))
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
