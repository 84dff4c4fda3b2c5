"""The rules of a version of the terms of reference in words: which there are, and which of them were changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from unnm_desktop.i18n import N_, Language, isolate_own
from unnm_desktop.services.field_names import FIELD_NAMES

# The network's own settings where the text is silent: what each is called, and its unit.
SETTINGS = {
    "reporting_chair": (N_("Reporting chair"), ""),
    "workplan_due_by": (N_("Workplan due by"), ""),
    "silence_hours": (N_("Silence, at least"), N_("hours")),
    "silence_working_days": (N_("Silence"), N_("working days")),
    "silence_working_days_documents": (N_("Silence on documents"), N_("working days")),
    "highlighted_per_year": (N_("Highlighted meetings"), N_("a year")),
    "guest_speaker_months": (N_("Remind of guest speakers after"), N_("months")),
    "vacancy_days": (N_("A vacancy is late after"), N_("days")),
    "shared_within_days": (N_("Workplan shared within"), N_("days")),
    "report_due_days": (N_("Report due within"), N_("days")),
    "updates_months": (N_("Updates at least every"), N_("months")),
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
    "duties.workplan": N_("Annual workplan"),
    "duties.progress_report": N_("Progress reports"),
    "duties.requests": N_("Requests of the Resident Coordinator"),
    "duties.updates": N_("Updates on programme delivery"),
    "modules": N_("Parts of the program"),
    "frame": N_("Currency, plans and wording"),
}


def told(kept: Mapping[str, Any], language: Language) -> str:
    """All rules by name and clause, then what the network has set itself."""
    found = [_called(path, rule, language) for path, rule in _rules(kept)]
    words = language.ntr(
        "{n} rule of the terms of reference: {names}",
        "{n} rules of the terms of reference: {names}",
        len(found),
        names=language.list(found),
    )
    return " · ".join([words, *_values(kept, language).values()])


def changed(before: Mapping[str, Any], after: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """What differs between two states of the rules, as it was and as it is."""
    was, now = _values(before, language), _values(after, language)
    names = [name for name in dict(was | now) if was.get(name) != now.get(name)]
    old, new = ([values[name] for name in names if name in values] for values in (was, now))
    rules, others = dict(_rules(before)), dict(_rules(after))
    for path in _RULES:
        one, other = rules.get(path), others.get(path)
        if one == other:
            continue
        if one is not None:
            old.append(_called(path, one, language))
        if other is None:
            new.append(language.tr(N_("{rule}: taken out"), rule=_called(path, one or {}, language)))
        else:
            words = N_("{rule}: put in") if one is None else N_("{rule}: changed")
            new.append(language.tr(words, rule=_called(path, other, language)))
    return " · ".join(old), " · ".join(new)


def _rules(kept: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each rule that the text has, without those that stand inside it and what is told with its value."""
    for path in _RULES:
        part: Any = kept
        for step in path.split("."):
            part = part.get(step) if isinstance(part, Mapping) else None
        if isinstance(part, Mapping):
            own = {name: value for name, value in part.items() if f"{path}.{name}" not in _RULES}
            yield path, {name: value for name, value in own.items() if path != "tor" or name not in _FACTS}


def _called(path: str, rule: Mapping[str, Any], language: Language) -> str:
    name, clause = language.tr(_RULES[path]), rule.get("clause")
    return language.tr(N_("{rule} ({clause})"), rule=name, clause=isolate_own(str(clause))) if clause else name


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
                words = language.figures(str(value))
                words = language.tr(N_("{number} {unit}"), number=words, unit=language.tr(unit)) if unit else words
                found[name] = _line(label, words, language)
    return found


def _line(name: str, words: str, language: Language) -> str:
    return language.tr(N_("{field}: {value}"), field=language.tr(name), value=isolate_own(words))
