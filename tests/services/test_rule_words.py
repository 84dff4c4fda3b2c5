"""What was changed in the rules of terms of reference is told field by field, in the officer's words."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from unnm_desktop.i18n import Language, language_for
from unnm_desktop.services import rule_values, rule_words, tor_profile, tor_shape
from unnm_desktop.services.tor_checking import Table

_MARKS = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
ENGLISH = Language()


def changed(path: str, value: Any, language: Language = ENGLISH, name: str = "bahrain") -> tuple[str, str]:
    """What is said when that key of a profile gets that value, without the marks that keep words together."""
    before = tor_profile.load(name).rules()
    after = copy.deepcopy(before)
    *steps, key = path.split(".")
    part = after
    for step in steps:
        part = part.setdefault(step, {})
    if value is None:
        del part[key]
    else:
        part[key] = value
    was, now = rule_words.changed(before, after, language)
    return was.translate(_MARKS), now.translate(_MARKS)


@pytest.mark.parametrize(
    ("path", "value", "was", "now"),
    [
        (
            "meetings.every_months",
            3,
            "Regular meetings, How often: every two months",
            "Regular meetings, How often: every 3 months",
        ),
        (
            "consensus.of",
            "members",
            "Consensus on decisions, Whose agreement: All members",
            "Consensus on decisions, Whose agreement: The members who are heard",
        ),
        (
            "duties.progress_report.through",
            "secretariat",
            "Progress reports, Reports go through: Reporting chair",
            "Progress reports, Reports go through: Secretariat",
        ),
        (
            "members.kinds",
            ["un_entity", "ngo"],
            "Members, Who can hold a seat: UN entity",
            "Members, Who can hold a seat: UN entity, Non-governmental organization",
        ),
        ("modules.referrals", False, "Parts of the program, Referrals: Yes", "Parts of the program, Referrals: No"),
        ("meetings.guest_speakers", None, "Guest speakers: in the text\nGuest speakers, Clause: B-G1",
         "Guest speakers: not in the text"),
        ("meetings.clause", "B-F9", "Regular meetings, Clause: B-F", "Regular meetings, Clause: B-F9"),
        ("duties.clause", "B-X", "Duties of the network, Clause: –", "Duties of the network, Clause: B-X"),
        ("meetings.invitation_needs.ngo", "members_agree", "Invitations, Non-governmental organization: –",
         "Invitations, Non-governmental organization: An invitation and the agreement of the members"),
        ("settings.silence_hours", 96, "Silence, at least: 72 hours", "Silence, at least: 96 hours"),
        ("meetings.of_a_newer_program", "yes", "Regular meetings, of_a_newer_program: –",
         "Regular meetings, of_a_newer_program: yes"),
    ],
)  # fmt: skip
def test_a_changed_field_says_what_it_was_and_what_it_is(path: str, value: Any, was: str, now: str) -> None:
    assert changed(path, value) == (was, now)


def test_the_same_in_arabic_has_the_forms_of_its_numbers() -> None:
    was, now = changed("meetings.every_months", 6, language_for("ar", "arab"))
    assert (was, now) == ("اجتماعات عادية، الوتيرة: كل شهرين", "اجتماعات عادية، الوتيرة: كل ٦ أشهر")


def test_of_three_states_each_says_what_is_not_the_same_in_all() -> None:
    first = tor_profile.load("bahrain").rules()
    second, third = copy.deepcopy(first), copy.deepcopy(first)
    second["meetings"]["every_months"] = 1
    third["tor"]["terminated_by"] = "RC"
    told = [one.translate(_MARKS).splitlines() for one in rule_words.apart((first, second, third), ENGLISH)]
    assert [len(one) for one in told] == [2, 2, 2]
    assert "Life of the terms of reference, Ended by: UNCT" in told[1]
    assert "Regular meetings, How often: every two months" in told[2]


def keys(shape: Table, path: str = "") -> Iterator[tuple[str, str]]:
    for name, one in shape.keys.items():
        inner = f"{path}.{name}".strip(".")
        if isinstance(one, Table) and one.keys:
            yield from keys(one, inner)
        else:
            yield path, name


def test_every_field_of_a_profile_has_a_name_of_its_own() -> None:
    own = {*rule_words.SETTINGS, "version", "approved"}
    nameless = [
        f"{path}.{key}"
        for path, key in keys(tor_shape.RULES_SHAPE)
        if path and key not in own and rule_values.name_of(path, key) == key
    ]
    assert nameless == []
