"""What a workplan is called."""

from __future__ import annotations

from unnm_desktop.db import Activity, Meeting
from unnm_desktop.db.workplans import Workplan
from unnm_desktop.i18n import Language
from unnm_desktop.services import any_record
from unnm_desktop.services.plan_names import title_of

ARABIC = Language("ar", digits="arab")


def test_the_usual_title_has_the_digits_that_are_preferred() -> None:
    plan = Workplan(year=2026, title_en="Annual workplan 2026", title_ar="خطة العمل السنوية لعام 2026")
    assert title_of(plan, ARABIC) == "خطة العمل السنوية لعام ٢٠٢٦"
    assert title_of(plan, Language("en")) == "Annual workplan 2026"


def test_the_usual_title_is_said_in_arabic_where_only_its_english_was_written() -> None:
    plan = Workplan(year=2026, title_en="Annual workplan 2026", title_ar="")
    assert title_of(plan, ARABIC) == "خطة العمل السنوية لعام ٢٠٢٦"


def test_a_history_tells_titles_times_and_lists_as_arabic_writes_them() -> None:
    title = any_record.shape(Workplan, "title_ar")
    assert any_record.told("خطة العمل السنوية لعام 2017", title, ARABIC, {}) == "خطة العمل السنوية لعام ٢٠١٧"
    assert any_record.told("خطتنا لعام 2017", title, ARABIC, {}) == "خطتنا لعام 2017"
    assert any_record.told("10:00", any_record.shape(Meeting, "starts"), ARABIC, {}) == "١٠:٠٠"
    assert any_record.told(["8.8", "10.7"], any_record.shape(Activity, "sdg_targets"), ARABIC, {}) == "٨.٨؛ ١٠.٧"


def test_the_officers_own_title_stays_as_it_was_typed() -> None:
    plan = Workplan(year=2026, title_en="Plan 2026", title_ar="خطتنا 2026")
    assert title_of(plan, ARABIC) == "خطتنا 2026"
    assert title_of(Workplan(year=2026, title_en="", title_ar=""), ARABIC) == ""
