"""What a workplan is called: the officer's own title as it was typed, the usual one in the preferred digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unnm_desktop.i18n import ENGLISH, N_, Language

if TYPE_CHECKING:
    from unnm_desktop.db.workplans import Workplan

USUAL = N_("Annual workplan {year}")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def title_of(plan: Workplan, language: Language) -> str:
    """The title of a plan, or nothing; the usual one is said in the reader's language whatever it was made in."""
    title = language.pick(plan, "title")
    usual = {one.tr(USUAL, year=str(plan.year)) for one in (language, ENGLISH)}
    return _said(str(plan.year), language) if title in usual else title


def in_digits(title: str, language: Language) -> str:
    """A title in this language: the usual one of any year in the preferred digits, another as it was typed."""
    year = _YEAR.search(title)
    usual = year is not None and title == language.tr(USUAL, year=year[0])
    return _said(year[0], language) if year is not None and usual else title


def _said(year: str, language: Language) -> str:
    return language.tr(USUAL, year=language.figures(year))
