"""What changed of the agreed work from one version of a workplan to another: a simple list, activity by activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from unnm_desktop.db.base import Record
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import workplan_findings
from unnm_desktop.services.workplan_findings import ActivityFindings, PlanFindings

ADDED, TAKEN_OUT, CHANGED = N_("Added"), N_("Taken out"), N_("Changed")


@dataclass(frozen=True)
class Difference:
    """One thing that is different: as a sentence, and where it is a value, what it was and is."""

    told: str
    name: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Changed:
    """One activity with what is different about it; one that is gone is shown as the earlier version had it.

    Args:
        activity_id: the activity in the later version; None where it is gone.
        reference: its reference, the same in each version.
        title: what it is called.
        fate: ADDED, TAKEN_OUT or CHANGED, a msgid.
        differences: of one that changed, what is different.

    """

    activity_id: UUID | None
    reference: str
    title: str
    fate: str
    differences: tuple[Difference, ...] = ()

    def lines(self, language: Language) -> tuple[str, ...]:
        """What is different, a sentence each."""
        return tuple(one.told for one in self.differences) or (language.tr(self.fate),)


def compare(earlier: PlanFindings, later: PlanFindings, language: Language) -> list[Changed]:
    """The activities that were added, taken out or changed, in the order of the later plan, those gone last.

    An activity keeps its reference from version to version. What the year brought (status, progress, money spent,
    measurements) is no change of the plan.
    """
    before = {one.activity.reference: one for one in earlier.activities}
    after = {one.activity.reference for one in later.activities}
    found = []
    for one in later.activities:
        old = before.get(one.activity.reference)
        different = () if old is None else tuple(_differences(old, one, language))
        if old is None or different:
            fate = ADDED if old is None else CHANGED
            found.append(
                Changed(one.activity.id, one.activity.reference, _title(one.activity, language), fate, different)
            )
    for one in earlier.activities:
        if one.activity.reference not in after:
            found.append(Changed(None, one.activity.reference, _title(one.activity, language), TAKEN_OUT))
    return found


def _differences(old: ActivityFindings, new: ActivityFindings, language: Language) -> Iterator[Difference]:
    tr, money = language.tr, language.money
    pairs = (
        (N_("Activity"), _title(old.activity, language), _title(new.activity, language)),
        (N_("Objective"), _short(old.objective, language), _short(new.objective, language)),
        (N_("Output"), _title(old.output, language), _title(new.output, language)),
        (N_("Lead"), old.lead.short if old.lead else "", new.lead.short if new.lead else ""),
        (N_("Participating"), _bodies(old, language), _bodies(new, language)),
        (N_("Days"), _days(old, language), _days(new, language)),
        (
            N_("Required"),
            money(old.money.required, old.money.currency),
            money(new.money.required, new.money.currency),
        ),
    )
    for name, one, other in pairs:
        if one != other:
            yield _value(tr(name), one, other, language)
    handed = [_named(found.deliverables, "due", language) for found in (old, new)]
    yield from _parts(N_("Deliverable"), handed[0], handed[1], language)
    marks = [_named([one.indicator for one in found.indicators], "target", language) for found in (old, new)]
    yield from _parts(N_("Indicator"), marks[0], marks[1], language)


def _value(name: str, old: str, new: str, language: Language) -> Difference:
    told = language.tr(N_("{field}: {old} → {new}"), field=name, old=old or "–", new=new or "–")
    return Difference(told, name, old, new)


def _parts(name: str, old: Mapping[str, str], new: Mapping[str, str], language: Language) -> Iterator[Difference]:
    tr = language.tr
    for title, detail in new.items():
        if title not in old:
            yield Difference(tr(N_("{kind} added: {title}"), kind=tr(name), title=title))
        elif old[title] != detail:
            field = tr(N_("{kind} “{title}”"), kind=tr(name), title=title)
            yield _value(field, old[title], detail, language)
    for title in old:
        if title not in new:
            yield Difference(tr(N_("{kind} taken out: {title}"), kind=tr(name), title=title))


def _named(found: Sequence[Record], field: str, language: Language) -> dict[str, str]:
    named = {}
    for one in found:
        value = getattr(one, field)
        named[language.pick(one, "title")] = language.day(value, short=True) if isinstance(value, date) else value or ""
    return named


def _title(record: Record | None, language: Language) -> str:
    return language.pick(record, "title") if record is not None else ""


def _short(record: Record | None, language: Language) -> str:
    return language.pick(record, "short") if record is not None else ""


def _bodies(found: ActivityFindings, language: Language) -> str:
    return language.list([body.short for body in found.participants])


def _days(found: ActivityFindings, language: Language) -> str:
    days = workplan_findings.span(found.activity)
    if days is None:
        return ""
    told = [language.day(day, short=True) for day in days]
    return language.tr(N_("{start} to {end}"), start=told[0], end=told[1])
