"""The shape of a profile: its tables, their keys, and what each value must be."""

from __future__ import annotations

import difflib
import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any

from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import calendar

SHOWN = 8

# The kinds of organisation of the workspace, in the order of the design.
KINDS = (
    *("un_entity", "government", "ngo", "cso", "academia", "private_sector", "workers_organisation"),
    *("employers_organisation", "development_partner", "media", "migrants_diaspora", "faith_based", "local_authority"),
    *("parliament", "nhri", "red_cross_red_crescent", "embassy", "other"),
)
# What the programme checks for an objective; docs/tor_profile.md says what each means.
ASKS = (
    *("joint_entities", "value_added", "women", "priority_areas", "theme_coverage", "refugee_compact"),
    *("update_to_unct", "update_to_government", "challenges", "product_to_unct", "product_to_network"),
    *("government_invited", "good_practices", "government_partner", "engagement", "referrals", "funding", "synergies"),
)
OFFICES = ("chair", "co_chair", "coordinator", "secretariat", "reporting_chair")
GATES = ("consultation", "members_agree", "unct_endorses")
_NEEDS = ("members_agree", "invitation")


class Said(Frozen):
    """A text inside a sentence, translated when the sentence is."""

    text: str

    def __str__(self) -> str:
        return self.text

    def told(self, language: Language) -> str:
        """The text in that language."""
        return language.tr(self.text)


class Problems(Frozen):
    """Several sentences, one a line, translated when the sentence around them is."""

    lines: tuple[UserError, ...]

    def __str__(self) -> str:
        return "\n".join(f"– {line}" for line in self.lines)

    def told(self, language: Language) -> str:
        """The sentences in that language."""
        return "\n".join(f"– {language.tr(line.message, **line.values)}" for line in self.lines)


class ProfileError(UserError):
    """A profile that cannot be used, with each thing that is wrong in it."""

    def __init__(self, file: object, problems: tuple[UserError, ...]) -> None:
        shown, further = Problems(problems[:SHOWN]), len(problems) - SHOWN
        if further > 0:
            super().__init__(
                N_("{file} cannot be used as terms of reference. Correct it:\n{problems}\nFurther: {n}."),
                file=file,
                problems=shown,
                n=further,
            )
        else:
            super().__init__(
                N_("{file} cannot be used as terms of reference. Correct it:\n{problems}"),
                file=file,
                problems=shown,
            )
        self.problems = problems


class UnknownKey(UserError):
    """A key that no profile has."""


class Rule(Frozen):
    """What a value must be, and the sentence that says so."""

    says: str
    accepts: Callable[[Any], bool]
    values: Mapping[str, object] = field(default_factory=dict)


class Key(Frozen):
    """One key of a table."""

    rule: Rule
    required: bool = False


class Table(Frozen):
    """A table: its keys; ``many`` for an array of tables, ``names`` where the writer names the keys."""

    keys: Mapping[str, Key | Table] = field(default_factory=dict)
    required: bool = False
    many: bool = False
    names: Rule | None = None


def _clean(text: object) -> bool:
    return type(text) is str and not any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text)


def _line(text: object) -> bool:
    return _clean(text) and len(str(text)) <= 300 and "\n" not in str(text)


def _name(text: object) -> bool:
    return _line(text) and bool(str(text).strip())


def _names(items: object) -> bool:
    return isinstance(items, list) and all(_name(item) for item in items) and len(set(items)) == len(items)


def _zone(name: object) -> bool:
    try:
        zoneinfo.ZoneInfo(name) if type(name) is str and name else None
    except (OSError, ValueError, KeyError):  # no such zone, a folder of zones, or a path that leaves the zones
        return False
    return type(name) is str and bool(name)


def _day_of_year(text: object) -> bool:
    try:
        # 2001 was no leap year: a due date must exist every year.
        return (
            type(text) is str
            and bool(re.fullmatch(r"[0-9]{2}-[0-9]{2}", text))
            and bool(date.fromisoformat(f"2001-{text}"))
        )
    except ValueError:
        return False


def choice(*options: str) -> Rule:
    """One of these words."""
    return Rule(
        N_("{key}: expected one of {options}; found {found}."),
        lambda value: type(value) is str and value in options,
        {"options": ", ".join(options)},
    )


def choices(*options: str) -> Rule:
    """A list of words out of these."""
    return Rule(
        N_("{key}: expected a list of words out of {options}, each once; found {found}."),
        lambda value: _names(value) and set(value) <= set(options),
        {"options": ", ".join(options)},
    )


def whole(low: int, high: int) -> Rule:
    """A whole number between two others."""
    return Rule(
        N_("{key}: expected a whole number from {low} to {high}; found {found}."),
        lambda value: type(value) is int and low <= value <= high,
        {"low": str(low), "high": str(high)},
    )


TEXT = Rule(N_("{key}: expected a text; found {found}."), _clean)
FULL = Rule(
    N_("{key}: expected a text that is not empty; found {found}."), lambda value: _clean(value) and value.strip()
)
LINE = Rule(N_("{key}: expected one line of text in quotes; found {found}."), _line)
NAME = Rule(N_("{key}: expected one line of text in quotes, not empty; found {found}."), _name)
LINES = Rule(N_("{key}: expected a list of texts in quotes, none empty and none twice; found {found}."), _names)
SOME = Rule(
    N_("{key}: expected a list of at least one text in quotes, none empty and none twice; found {found}."),
    lambda value: _names(value) and value,
)
YES_NO = Rule(N_("{key}: expected true or false; found {found}."), lambda value: type(value) is bool)
COUNTRY = Rule(
    N_("{key}: expected the three capital letters of a country (ISO 3166-1), such as KWT; found {found}."),
    lambda value: type(value) is str and bool(re.fullmatch(r"[A-Z]{3}", value)),
)
CURRENCY = Rule(
    N_("{key}: expected the three capital letters of a currency (ISO 4217), such as KWD; found {found}."),
    lambda value: type(value) is str and bool(re.fullmatch(r"([A-Z]{3})?", value)),
)
ZONE = Rule(N_("{key}: expected the name of a time zone, such as Asia/Kuwait; found {found}."), _zone)
DAY = Rule(
    N_(
        "{key}: expected a date in quotes, such as 2019, 2019-12 or 2019-12-31, or nothing between them; found {found}."
    ),
    lambda value: type(value) is str and (not value or calendar.valid_partial(value)),
)
DAY_OF_YEAR = Rule(N_("{key}: expected a month and day in quotes, such as 01-31; found {found}."), _day_of_year)
WEEKEND = Rule(
    N_("{key}: expected a list of at most six weekdays out of {options}, each once; found {found}."),
    lambda value: _names(value) and set(value) <= set(calendar.WEEKDAYS) and len(value) < 7,
    {"options": ", ".join(calendar.WEEKDAYS)},
)
GCM = Rule(
    N_("{key}: expected a list of GCM objectives, numbers from 1 to 23; found {found}."),
    lambda value: isinstance(value, list) and all(type(one) is int and 1 <= one <= 23 for one in value),
)
MONTHS = whole(1, 120)
DAYS = whole(0, 3660)
_TABLE = N_("{key}: expected a table; found {found}.")
_TABLES = N_("{key}: expected one or more tables, each under its own [[…]] heading; found {found}.")
_UNKNOWN = N_("{key}: no profile has this key. Remove it, or correct its spelling.")
_NEARLY = N_("{key}: no profile has this key. Perhaps {nearest} is meant.")
_NOTHING = Said(N_("nothing"))


def value_of(raw: Mapping[str, Any], key: str) -> Any:
    """The value under a dotted key; None where it is absent."""
    found: Any = raw
    for name in key.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


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
            every_months=Key(
                Rule(
                    N_("{key}: expected 3, 6 or 12 months; found {found}."),
                    lambda value: type(value) is int and value in calendar.PERIOD_MONTHS,
                )
            ),
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


def shown(value: object) -> object:
    """A value as a problem quotes it: short, on one line."""
    if isinstance(value, str):
        text = f"“{value}”"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, list):
        text = "[" + ", ".join(str(shown(item)) for item in value[:4]) + (", …]" if len(value) > 4 else "]")
    elif isinstance(value, dict):
        text = "{" + ", ".join(list(value)[:4]) + (", …}" if len(value) > 4 else "}")
    else:
        text = str(value) if not isinstance(value, int) or abs(value) < 10**40 else "…"
    return _plain(text)


def _plain(text: str, longest: int = 60) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[:200]).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def problems_of(raw: object, shape: Table, path: str = "") -> Iterator[UserError]:
    """Everything about the table that is not as the shape asks, in the order of the shape."""
    if not isinstance(raw, dict):
        yield UserError(_TABLE, key=path, found=shown(raw))
        return
    prefix = f"{path}." if path else ""
    for name in raw:
        if shape.names is not None:
            if not shape.names.accepts(raw[name]):
                yield UserError(shape.names.says, key=_plain(prefix + name, 160), found=shown(raw[name]))
        elif name not in shape.keys:
            nearest = difflib.get_close_matches(name, shape.keys, 1)
            told = {"nearest": nearest[0]} if nearest else {}
            yield UnknownKey(_NEARLY if nearest else _UNKNOWN, key=_plain(prefix + name, 160), **told)
    for name, part in shape.keys.items():
        yield from _problems_of_part(raw, name, part, prefix + name)


def _problems_of_part(raw: Mapping[str, Any], name: str, part: Key | Table, path: str) -> Iterator[UserError]:
    if isinstance(part, Key):
        if name not in raw:
            if part.required:
                yield UserError(part.rule.says, key=path, found=_NOTHING, **part.rule.values)
        elif not part.rule.accepts(raw[name]):
            yield UserError(part.rule.says, key=path, found=shown(raw[name]), **part.rule.values)
    elif part.many:
        yield from _problems_of_many(raw, name, part, path)
    elif name in raw:
        yield from problems_of(raw[name], part, path)
    elif part.required:
        # An absent table is told by the keys it must have, so that the writer knows what to write.
        yield from problems_of({}, part, path)


def _problems_of_many(raw: Mapping[str, Any], name: str, part: Table, path: str) -> Iterator[UserError]:
    items = raw.get(name, [])
    if not isinstance(items, list) or (part.required and not items):
        yield UserError(_TABLES, key=path, found=shown(items) if name in raw else _NOTHING)
        return
    for place, item in enumerate(items, 1):
        yield from problems_of(item, part, f"{path}.{place}")
