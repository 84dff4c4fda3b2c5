"""How large a file is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.i18n import Language


def size_words(language: Language, size: int) -> str:
    """So many bytes in thousands or millions of them, as file managers count."""
    if size < 1_000_000:
        return language.tr(N_("{n} KB"), n=language.number(max(1, round(size / 1000))))
    return language.tr(N_("{n} MB"), n=language.number(size / 1_000_000, 1))
