"""The inspector of an activity: every field of the plan's paper, in the order an officer needs them."""

from __future__ import annotations

from unnm_desktop.db.goals import GcmObjective
from unnm_desktop.db.text import fold
from unnm_desktop.db.workplans import ActivityStatus, ActivityType
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import numbering
from unnm_desktop.services.units import PER_CENT
from unnm_desktop.services.workplan_findings import STATUS_TONES, ActivityFindings
from unnm_desktop.ui.activity_parts import CodesField, Hands, deliverable_parts, indicator_parts, money_parts
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField, NumberField
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.plan_sheet import PlanSheet
from unnm_desktop.ui.reading_fields import Passage, ReadOnly
from unnm_desktop.ui.record_field import Named, RecordField, RecordsField
from unnm_desktop.ui.widgets import label
from unnm_desktop.ui.workplan_forms import objective_choices, output_choices

STATUSES = tuple((one, one.label) for one in ActivityStatus)
TYPES = tuple((one, one.label) for one in ActivityType)
MARKERS: tuple[tuple[int | None, str], ...] = (
    (None, N_("Not set")),
    (0, N_("0 · no contribution")),
    (1, N_("1 · limited")),
    (2, N_("2 · significant")),
    (3, N_("3 · the main aim")),
)
# What is read in sentences, by its name.
SENTENCES = frozenset({"title", "gcm", "value_added", "women", "gender_justification", "rights_justification"})
LOCKED = N_("The plan is adopted: only status, progress, money available and spent, measurements and narrative change.")


def activity_parts(found: ActivityFindings, sheet: PlanSheet, hands: Hands) -> list[Part]:
    """An activity whole: what it is, its money, what it delivers, how it is read, what it is for."""
    one, desk = found.activity, hands.desk
    look, tr, language = desk.look, desk.tr, desk.language
    free, told = not (hands.locked or hands.read_only), not hands.read_only
    tags = [Tag(tr(one.status.label), STATUS_TONES[one.status])]
    if not found.on_track and one.status not in (ActivityStatus.DELAYED, ActivityStatus.CANCELLED):
        tags.append(Tag(tr(N_("Late")), "bad"))
    parts: list[Part] = [Head(language.pick(one, "title"), tuple(tags))]
    parts.append(label(look, numbering.printed(one.reference), "grey"))
    if hands.locked:
        parts.append(label(look, tr(LOCKED), "grey", wrap=True))
    parts += [label(look, warned.says.told(language), "problem", wrap=True) for warned in found.warnings]
    parts += [
        ChoiceField("status", N_("Status"), one.status, STATUSES, enabled=told),
        NumberField("progress", N_("Progress"), one.progress, minimum=0, maximum=100, unit=PER_CENT, enabled=told),
    ]
    parts += _plan(found, sheet, hands) if free else _agreed(found, language)
    parts += money_parts(found, sheet.findings.workplan.currency, hands)
    parts += deliverable_parts(found, hands)
    parts += indicator_parts(found, hands)
    parts += _purpose(found, sheet, language) if free else _agreed_purpose(found, sheet, language)
    parts += [
        Section(N_("What happened")),
        BilingualField("narrative", N_("Narrative"), one.narrative_en, one.narrative_ar, long=True, enabled=told),
    ]
    return parts


def _plan(found: ActivityFindings, sheet: PlanSheet, hands: Hands) -> list[Part]:
    """What the members agree to, while it is being worked on."""
    one, find = found.activity, find_organisations(hands.desk)
    lead = (found.lead.id, found.lead.short) if found.lead else (None, "")
    return [
        BilingualField("title", N_("Activity"), one.title_en, one.title_ar),
        ChoiceField("output_id", N_("Output"), one.output_id, output_choices(hands.desk, sheet.outputs)),
        ChoiceField("objective_id", N_("Objective"), one.objective_id, objective_choices(hands.desk, sheet.objectives)),
        RecordField("lead_id", N_("Lead agency"), *lead, find=find),
        RecordsField(
            "participants", N_("Participating agencies"), [(body.id, body.short) for body in found.participants],
            find=find,
        ),
        DateField("start", N_("Start"), one.start, year=hands.year),
        DateField("end", N_("End"), one.end, year=hands.year),
    ]  # fmt: skip


def _told(*parts: tuple[str, str, str]) -> list[Part]:
    """Values that stand still, whole and wrapped; those that say nothing are left out."""
    return [(Passage if name in SENTENCES else ReadOnly)(name, title, text) for name, title, text in parts if text]


def _agreed(found: ActivityFindings, language: Language) -> list[Part]:
    """What the members agreed to, to be read."""
    one = found.activity
    other = one.title_en if language.rtl else one.title_ar
    objective = found.objective
    goal = f"{language.number(objective.number)}. {language.pick(objective, 'short')}" if objective else ""
    return _told(
        ("title", N_("In English") if language.rtl else N_("In Arabic"), other),
        ("output", N_("Output"), language.pick(found.output, "title") if found.output else ""),
        ("objective", N_("Objective"), goal),
        ("lead", N_("Lead agency"), found.lead.short if found.lead else ""),
        ("participants", N_("Participating agencies"), language.list([body.short for body in found.participants])),
        ("start", N_("Start"), language.day(one.start, short=True)),
        ("end", N_("End"), language.day(one.end, short=True)),
    )


def _agreed_purpose(found: ActivityFindings, sheet: PlanSheet, language: Language) -> list[Part]:
    """What the activity is for, to be read."""
    one = found.activity
    marks = dict(MARKERS)
    numbers = {goal.number: goal for goal in sheet.gcm}
    goals = "\n".join(_goal(numbers[n], language) for n in one.gcm_objectives if n in numbers)
    gender, rights = one.gender_marker, one.rights_marker
    return [
        Section(N_("Purpose")),
        *_told(
            ("kind", N_("Kind of work"), language.tr(one.kind.label)),
            ("theme", N_("Theme"), language.pick(found.theme, "name") if found.theme else ""),
            ("partners", N_("Partners"), one.partners),
            ("value_added", N_("Why this is done jointly"), one.value_added),
            ("women", N_("Specific priorities of women"), language.pick(one, "women")),
            ("gender_marker", N_("Gender marker"), language.tr(marks[gender]) if gender is not None else ""),
            ("gender_justification", N_("Why this gender marker"), one.gender_justification),
            ("rights_marker", N_("Human-rights marker"), language.tr(marks[rights]) if rights is not None else ""),
            ("rights_justification", N_("Why this human-rights marker"), one.rights_justification),
            ("sdg_targets", N_("SDG targets"), language.list([language.figures(it) for it in one.sdg_targets])),
            ("gcm", N_("GCM objectives"), goals),
        ),
    ]


def _purpose(found: ActivityFindings, sheet: PlanSheet, language: Language) -> list[Part]:
    one = found.activity
    themes = [(None, N_("None")), *((theme.id, language.pick(theme, "name")) for theme in sheet.themes)]
    if found.theme is not None and found.theme.id not in {key for key, _ in themes}:
        themes.append((found.theme.id, language.pick(found.theme, "name")))
    numbers = {goal.number: goal for goal in sheet.gcm}
    gcm = [(numbers[n].id, _goal(numbers[n], language)) for n in one.gcm_objectives if n in numbers]

    def find(text: str) -> list[Named]:
        named = [(goal.id, _goal(goal, language)) for goal in sheet.gcm]
        return [item for item in named if fold(text) in fold(item[1])]

    return [
        Section(N_("Purpose")),
        ChoiceField("kind", N_("Kind of work"), one.kind, TYPES),
        ChoiceField("theme_id", N_("Theme"), one.theme_id, themes),
        TextField("partners", N_("Partners"), one.partners).across(),
        LongTextField("value_added", N_("Why this is done jointly"), one.value_added),
        BilingualField("women", N_("Specific priorities of women"), one.women_en, one.women_ar, long=True),
        ChoiceField("gender_marker", N_("Gender marker"), one.gender_marker, MARKERS),
        LongTextField("gender_justification", N_("Why this gender marker"), one.gender_justification),
        ChoiceField("rights_marker", N_("Human-rights marker"), one.rights_marker, MARKERS),
        LongTextField("rights_justification", N_("Why this human-rights marker"), one.rights_justification),
        CodesField("sdg_targets", N_("SDG targets"), one.sdg_targets, hint=N_("For example 8.8, 10.7")),
        RecordsField("gcm", N_("GCM objectives"), gcm, find=find, hint=N_("Add an objective")),
    ]


def _goal(goal: GcmObjective, language: Language) -> str:
    return f"{language.number(goal.number)}. {language.pick(goal, 'title')}"
