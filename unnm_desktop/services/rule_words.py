"""The rules of a version of the terms of reference in words: which there are, and which of them were changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from unnm_desktop.i18n import N_, Language, isolate_own
from unnm_desktop.services import rule_values
from unnm_desktop.services.field_names import FIELD_NAMES
from unnm_desktop.services.units import A_YEAR, DAYS, HOURS, MONTHS, WORKING_DAYS, Unit

# The network's own settings where the text is silent: what each is called, and its unit.
SETTINGS: Mapping[str, tuple[str, Unit | None]] = {
    "reporting_chair": (N_("Reporting chair"), None),
    "workplan_due_by": (N_("Workplan due by"), None),
    "silence_hours": (N_("Silence, at least"), HOURS),
    "silence_working_days": (N_("Silence"), WORKING_DAYS),
    "silence_working_days_documents": (N_("Silence on documents"), WORKING_DAYS),
    "highlighted_per_year": (N_("Highlighted meetings"), A_YEAR),
    "guest_speaker_months": (N_("Remind of guest speakers after"), MONTHS),
    "vacancy_days": (N_("A vacancy is late after"), DAYS),
    "shared_within_days": (N_("Workplan shared within"), DAYS),
    "report_due_days": (N_("Report due within"), DAYS),
    "updates_months": (N_("Updates at least every"), MONTHS),
}
# What else the program itself changes: each is told with its value.
_FACTS = ("version", "approved")
_RULES = {
    "tor": N_("Life of the terms of reference"),
    "chairs": N_("Chairs and offices"),
    "members": N_("Members"),
    "meetings": N_("Regular meetings"),
    "meetings.highlighted": N_("Highlighted meetings"),
    "meetings.guest_speakers": N_("Guest speakers"),
    "meetings.invitation_needs": N_("Invitations"),
    "consensus": N_("Consensus on decisions"),
    "duties": N_("Duties of the network"),
    "duties.workplan": N_("Annual workplan"),
    "duties.progress_report": N_("Progress reports"),
    "duties.requests": N_("Requests of the Resident Coordinator"),
    "duties.updates": N_("Updates on programme delivery"),
    "settings": N_("The network's own settings"),
    "modules": N_("Parts of the program"),
    "frame": N_("Currency, plans and wording"),
}
# They hold others, and are told by them.
_HOLDERS = frozenset({"duties", "settings"})


def told(kept: Mapping[str, Any], language: Language) -> str:
    """All rules by name and clause, then what the network has set itself."""
    found = [_called(path, rule, language) for path, rule in _rules(kept) if path not in _HOLDERS]
    words = language.ntr(
        "{n} rule of the terms of reference: {names}",
        "{n} rules of the terms of reference: {names}",
        len(found),
        names=language.list(found),
    )
    return " · ".join([words, *_values(kept, language).values()])


def changed(before: Mapping[str, Any], after: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """What differs between two states of the rules, field by field, as it was and as it is; one line each."""
    was, now = apart((before, after), language)
    return was, now


def apart(states: Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    """Of states of the rules, what each says where they are not all the same; one line for each field."""
    lines: list[list[str]] = [[] for _ in states]
    values = [_values(kept, language) for kept in states]
    for name in dict.fromkeys(name for one in values for name in one):
        if len({one.get(name) for one in values}) > 1:
            for own, one in zip(lines, values, strict=True):
                own += [one[name]] if name in one else []
    rules = [dict(_rules(kept)) for kept in states]
    for path in dict.fromkeys(path for one in rules for path in one):
        each = [one.get(path) for one in rules]
        if all(one == each[0] for one in each):
            continue
        fields = dict.fromkeys(name for one in each if one is not None for name in one)
        differing = [name for name in fields if any(_of(one, name) != _of(each[0], name) for one in each)]
        anew = any(one is None for one in each)
        for own, rule in zip(lines, each, strict=True):
            if anew:
                words = N_("{rule}: not in the text") if rule is None else N_("{rule}: in the text")
                own.append(language.tr(words, rule=language.tr(_name(path))))
            if rule is not None:
                own += [_field(path, name, rule.get(name), language) for name in differing if name in rule or not anew]
    return ["\n".join(one) for one in lines]


def _of(rule: Mapping[str, Any] | None, name: str) -> Any:
    return None if rule is None else rule.get(name)


def _rules(kept: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each rule that the text has, without those that stand inside it and what is told with its value."""
    for path in (*_RULES, *(name for name in kept if name not in _RULES)):
        part: Any = kept
        for step in path.split("."):
            part = part.get(step) if isinstance(part, Mapping) else None
        if isinstance(part, Mapping):
            own = {name: value for name, value in part.items() if f"{path}.{name}" not in _RULES}
            apart_told = _FACTS if path == "tor" else SETTINGS if path == "settings" else ()
            yield path, {name: value for name, value in own.items() if name not in apart_told}


def _name(path: str) -> str:
    """What a rule is called; one of a newer program by its key."""
    return _RULES.get(path, path)


def _called(path: str, rule: Mapping[str, Any], language: Language) -> str:
    name, clause = language.tr(_name(path)), rule.get("clause")
    return language.tr(N_("{rule} ({clause})"), rule=name, clause=isolate_own(str(clause))) if clause else name


def _field(path: str, name: str, value: Any, language: Language) -> str:
    words = rule_values.told(path, name, value, language) or "–"
    field = rule_values.name_of(path, name)
    return language.tr(
        N_("{rule}, {field}: {value}"),
        rule=language.tr(_name(path)),
        field=language.tr(field),
        value=isolate_own(words),
    )


def _values(kept: Mapping[str, Any], language: Language) -> dict[str, str]:
    """The network's settings and the facts of the version, each with its value in words."""
    tor, settings = (kept.get(name) for name in ("tor", "settings"))
    found = {}
    if isinstance(tor, Mapping):
        for name in _FACTS:
            if value := tor.get(name):
                words = language.day(str(value), short=True) if name == "approved" else language.figures(str(value))
                found[name] = _line(FIELD_NAMES[name], words, language)
    if isinstance(settings, Mapping):
        for name, (label, unit) in SETTINGS.items():
            value = settings.get(name, "")
            if value != "":
                found[name] = _line(label, _setting(name, value, unit, language), language)
    return found


def _setting(name: str, value: Any, unit: Unit | None, language: Language) -> str:
    if unit is not None and isinstance(value, int):
        return unit.counted(language, value)
    month, dash, day = str(value).partition("-")
    if name == "workplan_due_by" and dash and month.isdecimal() and 1 <= int(month) <= 12 and day.isdecimal():
        return f"{language.figures(str(int(day)))} {language.month(int(month))}"
    return language.figures(str(value))


def _line(name: str, words: str, language: Language) -> str:
    return language.tr(N_("{field}: {value}"), field=language.tr(name), value=isolate_own(words))
