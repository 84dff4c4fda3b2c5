"""The blocks of a minutes' text in words: which decision or action point stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.i18n import isolate
from unnm_desktop.services import minutes_text, records

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk

_KINDS: dict[str, type[Decision | ActionPoint]] = {"decision": Decision, "action": ActionPoint}


def _references(session: Session, found: list[tuple[str, UUID]]) -> dict[UUID, str]:
    told: dict[UUID, str] = {}
    for kind, entity in _KINDS.items():
        known = records.by_id(session, entity, [key for name, key in found if name == kind])
        told.update((key, one.reference) for key, one in known.items())
    return told


def block_words(desk: Desk, text: str) -> dict[str, str]:
    """By the code of each block of a text, its kind and reference; one that is not here yet has its kind only."""
    found = minutes_text.references(text)
    if not found:
        return {}
    known = desk.hub.read(_references, found)
    told = {}
    for kind, key in found:
        words = " ".join(part for part in (desk.tr(_KINDS[kind].NOUN), isolate(known.get(key, ""))) if part)
        told[minutes_text.reference_line(kind, key)] = f"▪ {words}"
    return told


def with_block_words(desk: Desk, text: str) -> str:
    """The text with its blocks in words."""
    for code, words in block_words(desk, text).items():
        text = text.replace(code, words)
    return text
