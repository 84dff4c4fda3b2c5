"""The blocks of a minutes' text in words: which decision or action point stands there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.i18n import Language, isolate
from unnm_desktop.services import minutes_text, records

_KINDS: dict[str, type[Decision | ActionPoint]] = {"decision": Decision, "action": ActionPoint}


def block_words(session: Session, found: Iterable[tuple[str, UUID]], language: Language) -> dict[str, str]:
    """By the code of each block, its kind and reference; one that is not here yet has its kind only."""
    blocks = list(found)
    known: dict[UUID, str] = {}
    for kind, entity in _KINDS.items():
        here = records.by_id(session, entity, [key for name, key in blocks if name == kind])
        known.update((key, one.reference) for key, one in here.items())
    told = {}
    for kind, key in blocks:
        words = " ".join(part for part in (language.tr(_KINDS[kind].NOUN), isolate(known.get(key, ""))) if part)
        told[minutes_text.reference_line(kind, key)] = f"▪ {words}"
    return told


def with_block_words(session: Session, text: str, language: Language) -> str:
    """The text with its blocks in words."""
    found = minutes_text.references(text)
    for code, words in block_words(session, found, language).items() if found else ():
        text = text.replace(code, words)
    return text
