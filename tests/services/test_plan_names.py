"""What a workplan is called."""

from __future__ import annotations

from unnm_desktop.db.workplans import Workplan
from unnm_desktop.i18n import Language
from unnm_desktop.services.plan_names import title_of

ARABIC = Language("ar", digits="arab")


def test_the_usual_title_has_the_digits_that_are_preferred() -> None:
    plan = Workplan(year=2026, title_en="Annual workplan 2026", title_ar="خطة العمل السنوية لعام 2026")
    assert title_of(plan, ARABIC) == "خطة العمل السنوية لعام ٢٠٢٦"
    assert title_of(plan, Language("en")) == "Annual workplan 2026"


def test_the_officers_own_title_stays_as_it_was_typed() -> None:
    plan = Workplan(year=2026, title_en="Plan 2026", title_ar="خطتنا 2026")
    assert title_of(plan, ARABIC) == "خطتنا 2026"
    assert title_of(Workplan(year=2026, title_en="", title_ar=""), ARABIC) == ""
