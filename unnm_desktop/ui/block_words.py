"""The blocks of a minutes' text in the officer's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.services import block_words as services
from unnm_desktop.services import minutes_text

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk


def block_words(desk: Desk, text: str) -> dict[str, str]:
    """By the code of each block of a text, its kind and reference."""
    found = minutes_text.references(text)
    return desk.hub.read(services.block_words, found, desk.language) if found else {}


def with_block_words(desk: Desk, text: str) -> str:
    """The text with its blocks in words; nothing is read where it has none."""
    for code, words in block_words(desk, text).items():
        text = text.replace(code, words)
    return text
