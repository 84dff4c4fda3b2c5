"""The shape of a profile: its tables, their keys, and which rule each value follows."""

from __future__ import annotations

from unnm_desktop.db.states import OrganisationKind
from unnm_desktop.services.tor_checking import Key, Table
from unnm_desktop.services.tor_values import (
    COUNTRY,
    CURRENCY,
    DAY,
    DAY_OF_YEAR,
    DAYS,
    FULL,
    GCM,
    LINE,
    LINES,
    MONTHS,
    NAME,
    PERIOD,
    SOME,
    TEXT,
    WEEKEND,
    YES_NO,
    ZONE,
    choice,
    choices,
    whole,
)

KINDS = tuple(kind.value for kind in OrganisationKind)
# What the programme checks for an objective; docs/tor_profile.md says what each means.
ASKS = (
    *("joint_entities", "value_added", "women", "priority_areas", "theme_coverage", "refugee_compact"),
    *("update_to_unct", "update_to_government", "challenges", "product_to_unct", "product_to_network"),
    *("government_invited", "good_practices", "government_partner", "engagement", "referrals", "funding", "synergies"),
)
OFFICES = ("chair", "co_chair", "coordinator", "secretariat", "reporting_chair")
GATES = ("consultation", "members_agree", "unct_endorses")
_NEEDS = ("members_agree", "invitation")


def _table(**keys: Key | Table) -> Table:
    return Table({**keys, "clause": Key(LINE)})


def _must(**keys: Key | Table) -> Table:
    return Table({**keys, "clause": Key(LINE)}, required=True)


def _many(*, required: bool, **keys: Key | Table) -> Table:
    return Table({**keys, "clause": Key(LINE)}, required=required, many=True)


_FRAME: dict[str, Key | Table] = {
    "currency": Key(CURRENCY),
    "alignment": Key(LINES),
    "alignment_ar": Key(LINES),
    "problem_word": Key(LINE),
    "problem_word_ar": Key(LINE),
}
_SETTINGS: dict[str, Key | Table] = {
    "reporting_chair": Key(LINE),
    "silence_hours": Key(whole(1, 2160)),
    "silence_working_days": Key(whole(1, 90)),
    "silence_working_days_documents": Key(whole(1, 90)),
    "highlighted_per_year": Key(whole(0, 366)),
    "guest_speaker_months": Key(MONTHS),
    "vacancy_days": Key(DAYS),
    "workplan_due_by": Key(DAY_OF_YEAR),
    "shared_within_days": Key(DAYS),
    "report_due_days": Key(DAYS),
    "updates_months": Key(MONTHS),
}
_RULES: dict[str, Key | Table] = {
    "tor": _must(
        version=Key(NAME, required=True),
        approved=Key(DAY),
        endorsed_by=Key(LINE),
        review_every_months=Key(MONTHS),
        review_clause=Key(LINE),
        amendment=Key(choices(*GATES)),
        terminated_by=Key(LINE),
        to_confirm=Key(LINES),
    ),
    "chairs": _must(
        model=Key(choice("chair", "co-chairs"), required=True),
        holders=Key(SOME, required=True),
        auspices=Key(LINE),
        changed_by=Key(choice("consensus", "unct_endorsement", "")),
        coordinator=Key(LINE),
        secretariat=Key(LINE),
    ),
    "members": _table(
        kinds=Key(choices(*KINDS)),
        kinds_by_decision=Key(choices(*KINDS)),
        initial=Key(LINES),
        focal_point=Key(YES_NO),
        alternates=Key(whole(0, 9)),
        focal_point_clause=Key(LINE),
        nominated_through=Key(LINE),
        levels=Key(LINES),
        levels_ar=Key(LINES),
        levels_on_request=Key(LINES),
        levels_on_request_ar=Key(LINES),
    ),
    "meetings": _must(
        every_months=Key(MONTHS, required=True),
        as_needed=Key(YES_NO),
        highlighted=_table(
            co_chairs=Key(LINES),
            invite=Key(LINES),
            invite_clauses=Table(names=LINE),
        ),
        guest_speakers=_table(),
        invitation_needs=_table(**{kind: Key(choice(*_NEEDS)) for kind in ("default", *KINDS)}),
    ),
    "consensus": _must(of=Key(choice("members", "all_members"), required=True)),
    "duties": _table(
        workplan=_table(every_months=Key(MONTHS), shared_with=Key(LINES), shared_clause=Key(LINE)),
        progress_report=_table(
            every_months=Key(PERIOD),
            to=Key(LINES),
            through=Key(choice(*OFFICES, "")),
        ),
        requests=_table(names=Key(LINES)),
        updates=_table(to=Key(LINES)),
    ),
    "settings": _table(**_SETTINGS),
    "modules": _table(referrals=Key(YES_NO)),
}

# What is kept with a version of the terms of reference.
RULES_SHAPE = Table({"frame": _table(**_FRAME), **_RULES})
# A whole profile.
PROFILE_SHAPE = Table(
    {
        "network": _must(
            country=Key(COUNTRY, required=True),
            country_name_en=Key(LINE),
            country_name_ar=Key(LINE),
            government_en=Key(LINE),
            government_ar=Key(LINE),
            name_en=Key(NAME, required=True),
            name_ar=Key(LINE),
            short_name=Key(LINE),
            launched=Key(DAY),
            time_zone=Key(ZONE, required=True),
            weekend=Key(WEEKEND),
            **_FRAME,
        ),
        **_RULES,
        "objectives": _many(
            required=True,
            number=Key(whole(1, 999), required=True),
            short_en=Key(LINE),
            short_ar=Key(LINE),
            text_en=Key(FULL, required=True),
            text_ar=Key(TEXT),
            asks=Key(choices(*ASKS)),
        ),
        "themes": _many(required=False, name_en=Key(NAME, required=True), name_ar=Key(LINE), gcm=Key(GCM)),
        "clauses": _many(
            required=False,
            code=Key(NAME, required=True),
            covers=Key(LINES),
            heading_en=Key(LINE),
            heading_ar=Key(LINE),
            text_en=Key(TEXT),
            text_ar=Key(TEXT),
            objective=Key(whole(1, 999)),
        ),
    }
)
