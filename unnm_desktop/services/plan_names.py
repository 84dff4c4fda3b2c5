"""What a workplan is called: the officer's own title as it was typed, the usual one in the preferred digits."""

from __future__ import annotations

from unnm_desktop.db.workplans import Workplan
from unnm_desktop.i18n import N_, Language

USUAL = N_("Annual workplan {year}")


def title_of(plan: Workplan, language: Language) -> str:
    """The title of a plan, or nothing."""
    title = language.pick(plan, "title")
    if title != language.tr(USUAL, year=str(plan.year)):
        return title
    return language.tr(USUAL, year=language.figures(str(plan.year)))
