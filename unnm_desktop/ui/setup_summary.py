"""What terms of reference say, in plain words that mean one thing only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_, Language, isolate
from unnm_desktop.reports import words
from unnm_desktop.services import units

if TYPE_CHECKING:
    from unnm_desktop.services.tor_profile import Profile

REPORTS = {3: N_("every quarter"), 6: N_("twice a year"), 12: N_("once a year")}


def summary(language: Language, profile: Profile) -> list[tuple[str, str]]:
    """Pairs of what is spoken of and what the text says of it, in the officer's language."""
    tr = language.tr
    lines = [
        (tr(N_("Launched")), language.day(profile.network.launched) or tr(N_("not said"))),
        (tr(N_("Meets")), _meets(language, profile)),
        (tr(N_("Chaired by")), _chairs(language, profile)),
        (tr(N_("Decides")), _decides(language, profile)),
        (tr(N_("Workplan")), _workplan(language, profile)),
        (tr(N_("Reports")), _reports(language, profile)),
    ]
    if profile.meetings.highlighted is not None:
        lines.append((tr(N_("With the Government")), tr(N_("Highlighted meetings, with ministries invited"))))
    if profile.meetings.guest_speakers is not None:
        lines.append((tr(N_("Guests")), tr(N_("Government officials as guest speakers from time to time"))))
    objectives = language.ntr("{n} objective", "{n} objectives", len(profile.objectives))
    if profile.modules.get("referrals"):
        objectives = tr(N_("{objectives}, among them the referral of individual cases"), objectives=objectives)
    lines.append((tr(N_("Works for")), objectives))
    return lines


def _meets(language: Language, profile: Profile) -> str:
    cadence = units.cadence(language, profile.meetings.every_months)
    if profile.meetings.as_needed:
        return language.tr(N_("{cadence}, and whenever it is needed"), cadence=cadence)
    return cadence


def _chairs(language: Language, profile: Profile) -> str:
    chairs = profile.chairs
    holders = [_body(language, one) for one in chairs.holders]
    who = language.list(holders)
    if chairs.model == "co-chairs" and len(holders) == 2:
        who = language.tr(N_("{one} and {other} together"), one=holders[0], other=holders[1])
    elif chairs.model == "co-chairs":
        who = language.tr(N_("{who}, together"), who=who)
    if chairs.auspices:
        patron = words.addressee(language, chairs.auspices)
        return language.tr(N_("{who}, under the auspices of the {patron}"), who=who, patron=patron)
    return who


def _decides(language: Language, profile: Profile) -> str:
    if profile.consensus.of == "all_members":
        return language.tr(N_("by consensus of all members; those who are absent are heard too"))
    return language.tr(N_("by consensus of the members"))


def _workplan(language: Language, profile: Profile) -> str:
    duty = profile.duties.workplan
    if duty is None:
        return language.tr(N_("not asked for"))
    if not duty.shared_with:
        return language.tr(N_("one every year"))
    to = language.list([words.addressee(language, one) for one in duty.shared_with])
    return language.tr(N_("one every year, shared with: {to}"), to=to)


def _reports(language: Language, profile: Profile) -> str:
    duty = profile.duties.progress_report
    if duty is None:
        return language.tr(N_("not asked for"))
    often = language.tr(REPORTS[duty.every_months])
    to = language.list([words.addressee(language, one) for one in duty.to])
    return language.tr(N_("{often}, to: {to}"), often=often, to=to) if to else often


def _body(language: Language, acronym: str) -> str:
    return isolate(acronym) if language.rtl else acronym
