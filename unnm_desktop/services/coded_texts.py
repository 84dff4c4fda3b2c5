"""Texts that are one of a few codes, and what each is called on the screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from unnm_desktop.i18n import N_, Language
from unnm_desktop.services.plan_names import in_digits

WEEKDAYS = (
    ("mon", N_("Monday")), ("tue", N_("Tuesday")), ("wed", N_("Wednesday")), ("thu", N_("Thursday")),
    ("fri", N_("Friday")), ("sat", N_("Saturday")), ("sun", N_("Sunday")),
)  # fmt: skip
LANGUAGES = (("en", N_("English")), ("ar", N_("Arabic")))
DIGITS = (("latn", N_("123")), ("arab", N_("١٢٣")))
PROBLEM_WORDS = (("challenge", N_("Challenge")), ("impediment", N_("Impediment")))
# What an objective asks for besides its words, as the rules know it.
ASKS = {
    "joint_entities": N_("Two entities or more"),
    "value_added": N_("Why the work is joint"),
    "women": N_("Priorities of women migrants"),
    "priority_areas": N_("Priority areas"),
    "theme_coverage": N_("Coverage of the themes"),
    "refugee_compact": N_("Global Compact on Refugees"),
    "update_to_unct": N_("Updates to the UNCT"),
    "update_to_government": N_("Updates to the Government"),
    "challenges": N_("Challenges for the UNCT"),
    "product_to_unct": N_("Products for the UNCT"),
    "product_to_network": N_("Products for the network"),
    "government_invited": N_("Government invited"),
    "good_practices": N_("Good practices"),
    "government_partner": N_("Government as partner"),
    "engagement": N_("Engagement of stakeholders"),
    "referrals": N_("Referrals"),
    "funding": N_("Joint funding"),
    "synergies": N_("Synergies with other groups"),
}
_STANDING = {
    "adoption": N_("Adoption of the agenda"),
    "previous_minutes": N_("Adoption of the minutes of the previous meeting"),
    "action_points": N_("Follow-up on action points"),
    "updates": N_("Updates by members"),
    "workplan": N_("Workplan and funding"),
    "other_business": N_("Any other business"),
    "next_meeting": N_("Date of the next meeting"),
    "opening": N_("Opening remarks by the Co-Chairs"),
}
_FILES = {"application/pdf": N_("PDF")}
_OF_ALL: Mapping[str, Mapping[str, str]] = {
    "first_weekday": dict(WEEKDAYS),
    "weekend": dict(WEEKDAYS),
    "letter_language": dict(LANGUAGES),
    "language": dict(LANGUAGES),
    "paper_digits": dict(DIGITS),
    "problem_word": dict(PROBLEM_WORDS),
    "asks": ASKS,
    "standing": _STANDING,
    "media_type": _FILES,
}
_OBJECTIVE = "objective-"
_TIMES = frozenset({"starts", "ends", "arrived", "left"})
_TITLES_OF_PLANS = frozenset({("workplan", "title_en"), ("workplan", "title_ar")})


def in_words(table: str, column: str, code: str, language: Language) -> str:
    """The text of a column as it is read: a code in words, any other as it is."""
    if column == "section" and code.startswith(_OBJECTIVE):
        return language.tr(N_("Objective {n}"), n=language.figures(code.removeprefix(_OBJECTIVE)))
    if column in _TIMES:
        return language.time(code)
    if (table, column) in _TITLES_OF_PLANS:
        return in_digits(code, language)
    words = (_OF_ALL.get(column) or _of(table, column)).get(code)
    return language.tr(words) if words else code


@lru_cache(maxsize=64)
def _of(table: str, column: str) -> Mapping[str, str]:
    # Only the history of few records asks, and these rooms know much else.
    if (table, column) in (("issued_document", "kind"), ("report", "kind")):
        from unnm_desktop.services.issued import KINDS

        return KINDS
    if (table, column) == ("report_section", "section"):
        from unnm_desktop.services.progress_words import SECTIONS

        return SECTIONS
    if (table, column) in (("attachment", "entity"), ("saved_view", "listing")):
        from unnm_desktop.db import ENTITIES

        return {name: entity.NOUN for name, entity in ENTITIES.items()}
    return {}
