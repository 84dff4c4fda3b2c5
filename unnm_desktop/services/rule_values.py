"""The fields of the rules of terms of reference: what each is called, and its value in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from unnm_desktop.db.people import OfficeKind
from unnm_desktop.db.states import OrganisationKind
from unnm_desktop.i18n import N_, Language, isolate_own
from unnm_desktop.services.coded_texts import PROBLEM_WORDS
from unnm_desktop.services.units import cadence

_OFTEN = N_("How often")
# By the rule and its key.
_NAMES: Mapping[str, str] = {
    "tor.endorsed_by": N_("Endorsed by"),
    "tor.review_every_months": N_("Review"),
    "tor.review_clause": N_("Clause of the review"),
    "tor.amendment": N_("Gates of an amendment"),
    "tor.terminated_by": N_("Ended by"),
    "tor.to_confirm": N_("Readings to be confirmed"),
    "chairs.model": N_("Leadership"),
    "chairs.holders": N_("Held by"),
    "chairs.auspices": N_("Under the auspices of"),
    "chairs.changed_by": N_("A chair changes by"),
    "chairs.coordinator": N_("Coordinator"),
    "chairs.secretariat": N_("Secretariat"),
    "members.kinds": N_("Who can hold a seat"),
    "members.kinds_by_decision": N_("Who can be added by a decision"),
    "members.initial": N_("First seats"),
    "members.focal_point": N_("Focal point required"),
    "members.alternates": N_("Alternates required"),
    "members.focal_point_clause": N_("Clause of focal points and alternates"),
    "members.nominated_through": N_("Nominations go through"),
    "members.levels": N_("Participation levels"),
    "members.levels_ar": N_("Participation levels in Arabic"),
    "members.levels_on_request": N_("Levels on request"),
    "members.levels_on_request_ar": N_("Levels on request in Arabic"),
    "meetings.every_months": _OFTEN,
    "meetings.as_needed": N_("Further meetings when needed"),
    "meetings.highlighted.co_chairs": N_("Co-Chairs to be named"),
    "meetings.highlighted.invite": N_("Who is invited"),
    "meetings.highlighted.invite_clauses": N_("Clauses of those invited"),
    "meetings.invitation_needs.default": N_("Needed before somebody attends"),
    "consensus.of": N_("Whose agreement"),
    "duties.workplan.every_months": _OFTEN,
    "duties.workplan.shared_with": N_("Shared with"),
    "duties.workplan.shared_clause": N_("Clause of sharing"),
    "duties.progress_report.every_months": _OFTEN,
    "duties.progress_report.to": N_("Addressees"),
    "duties.progress_report.through": N_("Reports go through"),
    "duties.requests.names": N_("Reports asked for"),
    "duties.updates.to": N_("Addressees"),
    "modules.referrals": N_("Referrals"),
    "frame.currency": N_("Currency"),
    "frame.alignment": N_("Frames that the text cites"),
    "frame.alignment_ar": N_("Frames that the text cites, in Arabic"),
    "frame.problem_word": N_("Word for a challenge"),
    "frame.problem_word_ar": N_("Word for a challenge, in Arabic"),
}
_KINDS: Mapping[str, str] = {one.value: one.label for one in OrganisationKind}
_NEEDS = {
    "invitation": N_("An invitation"),
    "members_agree": N_("An invitation and the agreement of the members"),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "tor.amendment": {
        "consultation": N_("Consultation"),
        "members_agree": N_("Agreement of the members"),
        "unct_endorses": N_("Endorsement by the UNCT"),
    },
    "chairs.model": {"chair": N_("One chair"), "co-chairs": N_("Co-Chairs")},
    "chairs.changed_by": {
        "consensus": N_("Consensus of the members"),
        "unct_endorsement": N_("Endorsement by the UNCT"),
    },
    "members.kinds": _KINDS,
    "members.kinds_by_decision": _KINDS,
    "consensus.of": {"members": N_("The members who are heard"), "all_members": N_("All members")},
    "duties.progress_report.through": {one.value: one.label for one in OfficeKind},
    "frame.problem_word": dict(PROBLEM_WORDS),
    "duties.updates.to": {"government": N_("The Government")},
}


def name_of(rule: str, key: str) -> str:
    """What a field is called (a msgid); one of a newer program by its key."""
    if key == "clause":
        return N_("Clause")
    if rule == "meetings.invitation_needs" and key in _KINDS:
        return _KINDS[key]
    return _NAMES.get(f"{rule}.{key}", key)


def told(rule: str, key: str, value: Any, language: Language) -> str:
    """A value as it is read; nothing gives ""."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return language.tr(N_("Yes") if value else N_("No"))
    if isinstance(value, int):
        return cadence(language, value) if key.endswith("every_months") else language.number(value)
    if isinstance(value, Mapping):
        pairs = ((isolate_own(str(name)), isolate_own(str(each))) for name, each in value.items())
        return language.list([language.tr(N_("{field}: {value}"), field=name, value=each) for name, each in pairs])
    in_words = _codes(rule, key, language)
    if isinstance(value, list):
        return language.list([in_words(str(one)) for one in value])
    return in_words(str(value))


def _codes(rule: str, key: str, language: Language) -> Callable[[str], str]:
    codes = _NEEDS if rule == "meetings.invitation_needs" and key != "clause" else _CODES.get(f"{rule}.{key}", {})
    if f"{rule}.{key}" == "tor.to_confirm":
        # Each is the path of another field.
        codes = _NAMES
    return lambda code: language.tr(codes[code]) if code in codes else code
