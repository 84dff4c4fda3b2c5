"""The inspector of an activity: every field of the plan's paper, in the order an officer needs them."""

from __future__ import annotations

from unnm_desktop.db.networks import GcmObjective
from unnm_desktop.db.text import fold
from unnm_desktop.db.workplans import ActivityStatus, ActivityType
from unnm_desktop.i18n import N_, Language
from unnm_desktop.services import numbering
from unnm_desktop.services.workplan_findings import STATUS_TONES, ActivityFindings
from unnm_desktop.ui.activity_parts import CodesField, Hands, deliverable_parts, indicator_parts, money_parts
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField, NumberField
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.plan_sheet import PlanSheet
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
LOCKED = N_(
    "The plan is adopted: only status, progress, money available and spent, measurements and narrative change here. "
    "Make a new version to change the rest."
)


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
    lead = (found.lead.id, found.lead.short) if found.lead else (None, "")
    parts += [
        ChoiceField("status", N_("Status"), one.status, STATUSES, enabled=told),
        NumberField(
            "progress", N_("Progress"), one.progress, minimum=0, maximum=100, unit=N_("per cent"), enabled=told
        ),
        BilingualField("title", N_("Activity"), one.title_en, one.title_ar, enabled=free),
        ChoiceField("output_id", N_("Output"), one.output_id, output_choices(desk, sheet.outputs), enabled=free),
        ChoiceField(
            "objective_id", N_("Objective"), one.objective_id, objective_choices(desk, sheet.objectives), enabled=free
        ),
        RecordField("lead_id", N_("Lead agency"), *lead, find=find_organisations(desk), enabled=free),
        RecordsField(
            "participants",
            N_("Participating agencies"),
            [(body.id, body.short) for body in found.participants],
            find=find_organisations(desk),
            enabled=free,
        ),
        DateField("start", N_("Start"), one.start, enabled=free),
        DateField("end", N_("End"), one.end, enabled=free),
    ]
    parts += money_parts(found, sheet.findings.workplan.currency, hands)
    parts += deliverable_parts(found, hands)
    parts += indicator_parts(found, hands)
    parts += _purpose(found, sheet, language, free=free)
    parts += [
        Section(N_("What happened")),
        BilingualField("narrative", N_("Narrative"), one.narrative_en, one.narrative_ar, long=True, enabled=told),
    ]
    return parts


def _purpose(found: ActivityFindings, sheet: PlanSheet, language: Language, *, free: bool) -> list[Part]:
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
        ChoiceField("kind", N_("Kind of work"), one.kind, TYPES, enabled=free),
        ChoiceField("theme_id", N_("Theme"), one.theme_id, themes, enabled=free),
        TextField("partners", N_("Partners"), one.partners, enabled=free),
        LongTextField("value_added", N_("Why this is done jointly"), one.value_added, enabled=free),
        BilingualField(
            "women", N_("Specific priorities of women"), one.women_en, one.women_ar, long=True, enabled=free
        ),
        ChoiceField("gender_marker", N_("Gender marker"), one.gender_marker, MARKERS, enabled=free),
        LongTextField("gender_justification", N_("Why this gender marker"), one.gender_justification, enabled=free),
        ChoiceField("rights_marker", N_("Human-rights marker"), one.rights_marker, MARKERS, enabled=free),
        LongTextField(
            "rights_justification", N_("Why this human-rights marker"), one.rights_justification, enabled=free
        ),
        CodesField("sdg_targets", N_("SDG targets"), one.sdg_targets, hint=N_("For example 8.8, 10.7"), enabled=free),
        RecordsField("gcm", N_("GCM objectives"), gcm, find=find, enabled=free),
    ]


def _goal(goal: GcmObjective, language: Language) -> str:
    return f"{language.number(goal.number)}. {language.pick(goal, 'title')}"
