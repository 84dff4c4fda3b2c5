"""Terms of reference as data: the shipped profiles, a third one, and what is refused."""

from __future__ import annotations

import copy
import csv
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unnm_desktop import paths
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import tor_checking, tor_profile, tor_shape
from unnm_desktop.services.tor_checking import ProfileError
from unnm_desktop.services.tor_profile import Profile
from unnm_desktop.services.tor_rules import DUTIES, Rules

SHIPPED = ("bahrain", "kuwait")
RAW = {name: tomllib.loads(paths.resource("tor", f"{name}.toml").read_text("utf-8")) for name in SHIPPED}
# Duties that a text does not ask for (rules.md, section 6).
NOT_REQUIRED = {
    "kuwait": {"workplan", "workplan_shared", "progress_report", "tor_review", "requests", "focal_points", "alternates"}
    | {"guest_speakers"},
    "bahrain": {"highlighted_meetings"},
}
DEBRIS = re.compile(r"\^|SEP|, ,|such as the,|etc\., etc\.|follow up|laws standards|\s{2,}| [,.;]")
THIRD = """
[network]
country = "JOR"
name_en = "UN Network on Migration in Jordan"
time_zone = "Asia/Amman"

[tor]
version = "1"

[chairs]
model = "chair"
holders = ["IOM"]

[meetings]
every_months = 3

[consensus]
of = "members"

[[objectives]]
number = 1
text_en = "Coordinate the work of its members."
"""


@pytest.fixture(params=SHIPPED)
def profile(request: pytest.FixtureRequest) -> Profile:
    return tor_profile.load(request.param)


@pytest.fixture
def kuwait() -> Profile:
    return tor_profile.load("kuwait")


@pytest.fixture
def bahrain() -> Profile:
    return tor_profile.load("bahrain")


def rules_of(profile: Profile) -> Rules:
    return Rules.from_dict(json.loads(json.dumps(profile.rules())))


def write(folder: Path, text: str | bytes) -> str:
    file = folder / "mine.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


def said(work: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        work()
    return str(caught.value)


# The two texts


def test_both_profiles_ship() -> None:
    assert tor_profile.names() == SHIPPED


def test_the_rules_are_kept_and_read_back_as_they_were(profile: Profile) -> None:
    rules = rules_of(profile)
    for part in ("tor", "chairs", "members", "meetings", "consensus", "duties", "settings", "modules"):
        assert getattr(rules, part) == getattr(profile, part)
    assert rules.problem_word == profile.network.problem_word
    assert not {"network", "objectives", "themes", "clauses"} & set(profile.rules())


def test_what_is_kept_is_a_copy(kuwait: Profile) -> None:
    kuwait.rules()["meetings"]["every_months"] = 99
    assert kuwait.rules()["meetings"]["every_months"] == 1


def test_each_text_asks_for_its_own_duties() -> None:
    for name in SHIPPED:
        rules = rules_of(tor_profile.load(name))
        assert {duty for duty in DUTIES if not rules.required(duty)} == NOT_REQUIRED[name]


def test_every_duty_names_a_clause_that_is_in_the_text(profile: Profile) -> None:
    rules = rules_of(profile)
    for duty in DUTIES:
        codes = [code for code in re.split(r",\s*", rules.clause_of(duty)) if code]
        assert bool(codes) == rules.required(duty), duty
        for code in codes:
            assert profile.clause(code) is not None, (duty, code)


def test_every_clause_named_anywhere_is_in_the_text() -> None:
    def clauses(raw: object) -> Iterator[str]:
        if isinstance(raw, dict):
            for key, value in raw.items():
                if key == "invite_clauses":
                    yield from value.values()
                elif key.endswith("clause"):
                    yield value
                else:
                    yield from clauses(value)
        elif isinstance(raw, list):
            for item in raw:
                yield from clauses(item)

    for name in SHIPPED:
        loaded = tor_profile.load(name)
        for text in clauses(RAW[name]):
            for code in re.split(r",\s*", re.sub(r" \(.*\)", "", text)):
                assert loaded.clause(code) is not None, (name, code)


def test_every_clause_of_the_requirements_has_its_words() -> None:
    wanted = {
        "kuwait": "K1 K2 K3 K4 K5 K6 K7 K8 K9 K10 K11 K-O1a K-O1b K-O1c K-O2 K-O2m K-O2w K-O3a K-O3b K-O4 K-O4w K-O5a "
        "K-O5b K-O5c K-O6 K-O7 K-C1 K-C2 K-C3 K-M1 K-M2 K-M3 K-G1 K-P K-F1 K-F2 K-D",
        "bahrain": "K2 K3 K4 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B-O1 B-O2 B-O3a B-O3b B-O4 B-O5 B-O6 B-O7 B-O7b B-O8 "
        "B-C1 B-C2 B-C3 B-C4 B-M1 B-M2 B-G1 B-G2 B-G3 B-P B-F B-D B-W1 B-W2 B-R1 B-R2 B-R3 B-V1 B-V2 B-V3 "
        "B-V4 B-V5 B-V6",
    }
    for name, codes in wanted.items():
        loaded = tor_profile.load(name)
        for code in codes.split():
            found = loaded.clause(code)
            assert found is not None, code
            assert found.text_en, code


def test_both_languages_are_there(profile: Profile) -> None:
    assert profile.network.name_ar
    for objective in profile.objectives:
        assert objective.short_en
        assert objective.short_ar
        assert objective.text_ar
        assert objective.asks
        assert len(objective.short_en) <= 60
    for theme in profile.themes:
        assert theme.name_ar
        assert theme.gcm
    for clause in profile.clauses:
        assert clause.heading_ar
        assert clause.text_ar
    for texts, arabic in (("levels", "levels_ar"), ("levels_on_request", "levels_on_request_ar")):
        assert len(getattr(profile.members, texts)) == len(getattr(profile.members, arabic))


def test_the_clauses_are_the_words_of_the_untouched_text(profile: Profile) -> None:
    original = " ".join(profile.original.split())
    letters = re.sub(r"[^a-z0-9]", "", original.lower())
    for clause in profile.clauses:
        if clause.heading_en in ("Title",):
            continue
        words = re.sub(r"follow-up and", "follow up and", clause.text_en.lower()).replace(
            "law standards", "laws standards"
        )
        words = re.sub(r"[^a-z0-9]", "", words)
        # A sentence that runs over a page of the text has the page's furniture in its middle: look for its two ends.
        assert words[:60] in letters, clause.code
        assert words[-30:] in letters, clause.code


def test_acronyms_are_those_of_the_reference_lists(profile: Profile) -> None:
    with paths.resource("reference", "un_entities.csv").open(encoding="utf-8", newline="") as file:
        entities = {row["acronym"] for row in csv.DictReader(file)}
    with paths.resource("reference", "stakeholders.csv").open(encoding="utf-8", newline="") as file:
        bodies = {
            value
            for row in csv.DictReader(file)
            if row["country"] == profile.network.country
            for value in (row["acronym"], row["name_en"])
        }
    chairs = profile.chairs
    held = {*chairs.holders, chairs.coordinator, chairs.secretariat, chairs.auspices, *profile.members.initial} - {""}
    assert held <= entities
    if highlighted := profile.meetings.highlighted:
        assert set(highlighted.co_chairs) <= entities | bodies
        assert set(highlighted.invite) <= bodies


def test_a_clause_gives_all_its_codes_in_one_line(bahrain: Profile) -> None:
    clause = bahrain.clause("B-R2")
    assert clause is not None
    assert clause.codes == "B-R1, B-R2"


def test_defaults_stand_where_the_text_and_the_profile_are_silent(kuwait: Profile) -> None:
    rules = rules_of(kuwait)
    assert rules.setting("report_due_days") == 31
    assert rules.workplan_due(2027) == date(2027, 1, 31)
    assert rules.setting("reporting_chair") == ""
    assert not rules.module("referrals")


# The traps of requirements.md, section 7


def test_trap_1_the_two_counts_of_votes_stay_two_sentences(bahrain: Profile) -> None:
    adopted, voted = bahrain.clause("B11"), bahrain.clause("B-N1")
    assert adopted
    assert voted
    assert "165" in adopted.text_en
    assert "152" in voted.text_en


def test_trap_4_dates_keep_the_precision_of_the_text() -> None:
    assert tor_profile.load("kuwait").network.launched == "2019-12"
    assert tor_profile.load("bahrain").network.launched == "2020-09"


def test_trap_5_the_name_is_that_of_the_title() -> None:
    assert tor_profile.load("kuwait").network.name_en == "UN Migration Network in Kuwait"
    assert tor_profile.load("bahrain").network.name_en == "UN Migration Network in Bahrain"


def test_trap_6_acronyms_of_the_text_are_kept_as_they_stand(kuwait: Profile, bahrain: Profile) -> None:
    assert "UNSCF" in kuwait.network.alignment
    assert "UNSDCF" in bahrain.network.alignment
    assert kuwait.chairs.auspices == "UNRC"


def test_trap_7_the_invitation_list_is_the_union_with_the_clause_of_each(kuwait: Profile) -> None:
    highlighted = kuwait.meetings.highlighted
    assert highlighted is not None
    assert len(highlighted.invite) == 8
    assert set(highlighted.invite_clauses) == set(highlighted.invite)
    in_frequency = {name for name, clause in highlighted.invite_clauses.items() if "K-F2" in clause}
    assert in_frequency == {"MoFA", "MoEA", "MoI", "SCPD", "PAM"}
    assert "MoEAL" in highlighted.invite_clauses["MoEA"]


def test_trap_8_highlighted_meetings_have_no_frequency_but_a_target_of_ours(kuwait: Profile) -> None:
    assert rules_of(kuwait).setting("highlighted_per_year") == 2
    assert kuwait.meetings.highlighted is not None
    assert kuwait.meetings.highlighted.co_chairs == ("MoFA", "UNRC")


def test_trap_9_and_10_cadences_are_numbers_and_the_ambiguous_ones_are_confirmed(
    kuwait: Profile, bahrain: Profile
) -> None:
    assert rules_of(kuwait).every_months == 1
    assert rules_of(bahrain).every_months == 2
    assert rules_of(bahrain).duty("progress_report").every_months == 6
    assert bahrain.tor.to_confirm == ("meetings.every_months", "duties.progress_report.every_months")


def test_trap_11_and_18_what_the_text_leaves_out_is_asked_for(kuwait: Profile, bahrain: Profile) -> None:
    assert bahrain.unknowns() == ("tor.approved", "settings.reporting_chair")
    assert kuwait.unknowns() == ("tor.approved",)


def test_trap_12_offices_are_roles_that_one_entity_can_hold_together(bahrain: Profile) -> None:
    assert bahrain.chairs.holders == ("IOM", "ILO")
    assert bahrain.chairs.coordinator == bahrain.chairs.secretariat == "IOM"


def test_trap_14_added_is_a_seat_by_decision_and_invited_is_none(kuwait: Profile) -> None:
    assert kuwait.members.kinds == ("un_entity",)
    assert "ngo" in kuwait.members.kinds_by_decision
    assert "government" not in kuwait.members.kinds_by_decision
    assert rules_of(kuwait).invitation_needs("ngo") == "members_agree"
    assert rules_of(kuwait).invitation_needs("government") == "invitation"


def test_trap_15_the_media_take_part_on_invitation_in_bahrain(bahrain: Profile) -> None:
    assert rules_of(bahrain).invitation_needs("media") == "invitation"


def test_trap_16_silence_is_a_setting_and_no_duty(profile: Profile) -> None:
    assert "silence_hours" in profile.rules()["settings"]
    assert not any("silence" in duty for duty in DUTIES)


def test_trap_17_sharing_reporting_and_endorsing_are_three_things(bahrain: Profile) -> None:
    assert bahrain.duties.workplan is not None
    assert bahrain.duties.workplan.shared_with == ("UNCT",)
    assert bahrain.duties.progress_report is not None
    assert bahrain.duties.progress_report.to == ("RC", "UNCT Heads of Agencies")
    assert bahrain.tor.endorsed_by == "UNCT"
    assert bahrain.tor.amendment == ("consultation", "members_agree", "unct_endorses")


def test_trap_20_expired_references_are_in_the_alignment(bahrain: Profile) -> None:
    assert "Government Action Plan 2019-2022" in bahrain.network.alignment
    assert any("COVID-19" in theme.name_en for theme in bahrain.themes)


def test_trap_21_the_name_of_the_requested_report_is_data(bahrain: Profile) -> None:
    assert rules_of(bahrain).duty("requests").names == ("UNCT Annual Coordination Framework report",)


def test_trap_22_the_texts_are_clean_and_the_originals_are_not(profile: Profile) -> None:
    texts = [text for one in profile.objectives for text in (one.text_en, one.text_ar, one.short_en, one.short_ar)]
    texts += [text for clause in profile.clauses for text in (clause.text_en, clause.text_ar)]
    for text in texts:
        assert not DEBRIS.search(text), text
    for file in SHIPPED:
        assert DEBRIS.search(tor_profile.load(file).original)


def test_trap_23_objectives_belong_to_their_own_text(kuwait: Profile, bahrain: Profile) -> None:
    assert [one.number for one in kuwait.objectives] == list(range(1, 8))
    assert [one.number for one in bahrain.objectives] == list(range(1, 9))
    assert len(kuwait.themes) == 13


def test_trap_24_updates_go_to_whom_each_text_says(kuwait: Profile, bahrain: Profile) -> None:
    assert rules_of(kuwait).duty("updates").to == ("UNCT",)
    assert rules_of(bahrain).duty("updates").to == ("government",)
    assert "update_to_unct" in kuwait.objectives[2].asks
    assert "update_to_government" in bahrain.objectives[2].asks


def test_trap_25_only_the_representatives_are_on_request(kuwait: Profile) -> None:
    assert kuwait.members.levels_on_request == ("Country Representative",)
    assert rules_of(kuwait).levels == ("Programme Manager", "Specialist", "Country Representative")


def test_trap_28_referrals_are_for_bahrain_alone(kuwait: Profile, bahrain: Profile) -> None:
    assert rules_of(bahrain).module("referrals")
    assert not rules_of(kuwait).module("referrals")


def test_consensus_is_of_all_members_only_in_bahrain(kuwait: Profile, bahrain: Profile) -> None:
    assert rules_of(bahrain).all_members
    assert not rules_of(kuwait).all_members


# Anyone's own profile


def test_a_third_profile_works(tmp_path: Path) -> None:
    loaded = tor_profile.load(write(tmp_path, THIRD))
    rules = rules_of(loaded)
    assert loaded.network.country == "JOR"
    assert loaded.unknowns() == ()
    assert {duty for duty in DUTIES if rules.required(duty)} == {"meeting_cadence", "chairs", "consensus"}
    assert rules.invitation_needs("ngo") == "invitation"
    assert rules.setting("silence_hours") == 72
    assert loaded.original == ""
    assert loaded.objectives[0].short_en == "Coordinate the work of its members."


def test_the_example_of_the_documentation_works(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "tor_profile.md").read_text("utf-8")
    examples = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert examples
    for example in examples:
        assert tor_profile.load(write(tmp_path, example)).objectives


def test_the_documentation_names_every_key_and_every_ask() -> None:
    page = (Path(__file__).parents[2] / "docs" / "tor_profile.md").read_text("utf-8")

    def keys(table: tor_checking.Table) -> Iterator[str]:
        for name, part in table.keys.items():
            yield name
            if isinstance(part, tor_checking.Table):
                yield from keys(part)

    for word in {*keys(tor_shape.PROFILE_SHAPE), *tor_shape.ASKS, *tor_shape.KINDS}:
        assert f"`{word}`" in page, word


def test_the_text_beside_a_profile_is_kept_untouched(tmp_path: Path) -> None:
    file = write(tmp_path, THIRD)
    Path(file).with_suffix(".txt").write_bytes(b"Terms\r\nof  reference\r\n")
    assert tor_profile.load(file).original == "Terms\r\nof  reference\r\n"


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    assert tor_profile.load(write(tmp_path, b"\xef\xbb\xbf" + THIRD.encode())).tor.version == "1"


def test_a_duty_that_is_left_out_is_not_required_and_an_empty_text_is_asked_for(tmp_path: Path) -> None:
    text = THIRD + '[duties.progress_report]\nto = ["RC"]\nthrough = "reporting_chair"\n'
    text = text.replace('[tor]\nversion = "1"', '[tor]\nversion = "1"\nreview_every_months = 12')
    assert tor_profile.load(write(tmp_path, text)).unknowns() == ("tor.approved", "settings.reporting_chair")
    launched = THIRD.replace('country = "JOR"', 'country = "JOR"\nlaunched = ""')
    assert tor_profile.load(write(tmp_path, launched)).unknowns() == ("network.launched",)


def test_rules_of_a_newer_program_are_read_as_far_as_they_are_known(bahrain: Profile) -> None:
    kept = bahrain.rules()
    kept["quorum"] = {"of": 3}
    kept["meetings"]["venue"] = "rotating"
    kept["settings"]["colour"] = "blue"
    assert Rules.from_dict(kept) == rules_of(bahrain)


def test_damaged_rules_are_told_by_their_key(bahrain: Profile) -> None:
    kept = bahrain.rules()
    kept["meetings"]["every_months"] = "two"
    assert "meetings.every_months" in said(lambda: Rules.from_dict(kept))


# What is refused


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ('country = "JOR"', 'country = "Jordan"', ["network.country", "ISO 3166-1", "Jordan"]),
        ('country = "JOR"\n', "", ["network.country", "found nothing"]),
        ('country = "JOR"', 'country = "JOR"\ncurrency = "dinar"', ["network.currency", "ISO 4217", "dinar"]),
        ('country = "JOR"', 'country = "JOR"\nlaunched = "2020-13"', ["network.launched", "2020-13"]),
        ('country = "JOR"', 'country = "JOR"\nlaunched = 2020-09-01', ["network.launched", "2020-09-01", "in quotes"]),
        ('country = "JOR"', 'country = "JOR"\nweekend = ["friday"]', ["network.weekend", "mon, tue", "friday"]),
        (
            'country = "JOR"',
            'country = "JOR"\nweekend = ["mon","tue","wed","thu","fri","sat","sun"]',
            ["network.weekend", "at most six"],
        ),
        ('country = "JOR"', 'country = "JOR"\ncolour = "blue"', ["network.colour", "no profile has this key"]),
        ('country = "JOR"', 'country = "JOR"\nlaunch = "2020"', ["network.launch", "launched"]),
        ("Asia/Amman", "Asia", ["network.time_zone", "Asia/Kuwait"]),
        ("Asia/Amman", "../../etc/passwd", ["network.time_zone"]),
        ('version = "1"', "version = 1", ["tor.version", "found 1"]),
        ('version = "1"', 'version = "1"\napproved = "soon"', ["tor.approved", "soon"]),
        ('version = "1"', 'version = "1"\namendment = ["vote"]', ["tor.amendment", "consultation", "vote"]),
        ('version = "1"', 'version = "1"\nto_confirm = ["meetings.days"]', ["tor.to_confirm", "meetings.days"]),
        ('model = "chair"', 'model = "president"', ["chairs.model", "chair, co-chairs", "president"]),
        ('holders = ["IOM"]', 'holders = ["IOM", "ILO"]', ["chairs.holders", "one holder"]),
        ('holders = ["IOM"]', "holders = []", ["chairs.holders", "at least one"]),
        (
            "[meetings]",
            '[members]\ninitial = ["IOM", "UNHRC"]\n[meetings]',
            ["members.initial.2", "UNHCR", "UNHRC", "acronym of a UN entity"],
        ),
        ("every_months = 3", "every_months = 0", ["meetings.every_months", "from 1 to 120", "found 0"]),
        ("every_months = 3", "every_months = true", ["meetings.every_months", "found true"]),
        ("every_months = 3", "every_months = 2.0", ["meetings.every_months", "found 2.0"]),
        ('of = "members"', 'of = "majority"', ["consensus.of", "members, all_members", "majority"]),
        ("[consensus]", "[voting]\n[consensus]", ["voting", "no profile has this key"]),
        ("number = 1", 'number = "one"', ["objectives.1.number", "one"]),
        ("number = 1", 'number = 1\nasks = ["coffee"]', ["objectives.1.asks", "joint_entities", "coffee"]),
        ("Coordinate the work of its members.", " ", ["objectives.1.text_en", "not empty"]),
        ("Coordinate", "Coordinate \\u0000", ["objectives.1.text_en"]),
        ("[[objectives]]", "[objectives]", ["objectives", "[[…]]"]),
        ("[[objectives]]", "[[clauses]]", ["objectives", "found nothing"]),
    ],
)
def test_each_wrong_key_is_told_with_what_is_expected_and_found(
    tmp_path: Path, old: str, new: str, names: list[str]
) -> None:
    assert old in THIRD
    file = write(tmp_path, THIRD.replace(old, new))
    told = said(lambda: tor_profile.load(file))
    for name in ["mine.toml", *names]:
        assert name in told


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ('[[objectives]]\nnumber = 1\ntext_en = "Again"\n', ["objectives.2.number", "objectives.1"]),
        ("[duties.progress_report]\nevery_months = 5\n", ["duties.progress_report.every_months", "3, 6 or 12"]),
        ('[settings]\nreporting_chair = "ILO"\n', ["settings.reporting_chair", "IOM", "ILO"]),
        ('[settings]\nworkplan_due_by = "02-29"\n', ["settings.workplan_due_by", "02-29"]),
        ('[meetings.highlighted.invite_clauses]\nMoI = "F2"\n', ["meetings.highlighted.invite_clauses", "MoI"]),
        ('[members]\nlevels = ["A", "B"]\nlevels_ar = ["أ"]\n', ["members.levels_ar", "members.levels"]),
        ('[members]\nkinds = ["friends"]\n', ["members.kinds", "friends"]),
        ('[modules]\nreferrals = "yes"\n', ["modules.referrals", "true or false"]),
        ('[[clauses]]\ncode = "A"\n', ["clauses.1.text_en"]),
        ('[[clauses]]\ncode = "A"\nobjective = 9\n', ["clauses.1.objective", "9"]),
        ('[[themes]]\nname_en = "x"\ngcm = [24]\n', ["themes.1.gcm", "1 to 23"]),
        ("[duties]\nworkplan = true\n", ["duties.workplan", "a table"]),
    ],
)
def test_each_wrong_addition_is_told(tmp_path: Path, more: str, names: list[str]) -> None:
    file = write(tmp_path, THIRD + more)
    told = said(lambda: tor_profile.load(file))
    for name in names:
        assert name in told


def test_all_problems_are_collected_and_eight_are_shown(tmp_path: Path) -> None:
    file = write(tmp_path, "".join(f"k{number} = 1\n" for number in range(9)))
    with pytest.raises(ProfileError) as caught:
        tor_profile.load(file)
    told = str(caught.value)
    assert told.count("\n– ") == 8
    assert f"Further: {len(caught.value.problems) - 8}." in told
    assert len(caught.value.problems) > 15


def test_files_that_are_no_profile_are_told_apart(tmp_path: Path) -> None:
    assert "bahrain, kuwait" in said(lambda: tor_profile.load("oman"))
    assert "is a folder" in said(lambda: tor_profile.load(str(tmp_path)))
    assert "not a TOML file" in said(lambda: tor_profile.load(write(tmp_path, "country: KWT")))
    assert "UTF-8" in said(lambda: tor_profile.load(write(tmp_path, THIRD.encode("utf-16"))))
    assert "1 MB" in said(lambda: tor_profile.load(write(tmp_path, "# " + "x" * 1_000_000)))
    assert "nested" in said(lambda: tor_profile.load(write(tmp_path, "a = " + "[" * 100_000)))
    assert "TOML" in said(lambda: tor_profile.load(write(tmp_path, "a = " + "9" * 5000)))
    assert "TOML" in said(lambda: tor_profile.load(write(tmp_path, "[network]\n[network]\n")))
    assert "network.country" in said(lambda: tor_profile.load(write(tmp_path, "")))
    for odd in ("", "\0", "x" * 5000, os.devnull, "kuwait.toml", "../kuwait"):
        assert said(lambda odd=odd: tor_profile.load(odd))


def test_problems_are_told_in_the_language_of_the_officer() -> None:
    class Shouting(Language):
        def tr(self, text: str, **values: object) -> str:
            return super().tr(text.replace("expected", "EXPECTED").replace("nothing", "NOTHING"), **values)

    with pytest.raises(UserError) as caught:
        tor_profile.parse({}, "mine.toml")
    told = Shouting().tr(caught.value.message, **caught.value.values)
    assert "mine.toml" in told
    assert "network.country: EXPECTED" in told
    assert "found NOTHING" in told


# Any change of a shipped profile loads, or is refused with the name of its key


def places(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(raw, dict):
        for name, value in raw.items():
            yield from places(value, (*path, name))
    elif isinstance(raw, list) and raw and isinstance(raw[0], dict):
        for number, value in enumerate(raw):
            yield from places(value, (*path, number))


PLACES = [(name, path) for name in SHIPPED for path in places(RAW[name])]
scalars = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.just(""),
    st.just(0),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def dotted(path: tuple[Any, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def judge(raw: dict[str, Any], path: tuple[Any, ...]) -> None:
    try:
        loaded = tor_profile.parse(raw, "changed.toml")
    except UserError as error:
        told = str(error)
        assert "changed.toml" in told
        # An objective that is gone or renumbered is told by the clause that leans on it.
        assert dotted(path) in told or (path[0] == "objectives" and "clauses." in told), told
        return
    json.dumps(loaded.rules())
    rules = Rules.from_dict(loaded.rules())
    assert rules.tor == loaded.tor
    assert all(isinstance(rules.clause_of(duty), str) for duty in DUTIES)


def at(raw: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        raw = raw[part]
    return raw


@pytest.mark.parametrize("name", SHIPPED)
def test_dropping_any_key_loads_or_is_told(name: str) -> None:
    for profile, path in PLACES:
        if profile == name:
            raw = copy.deepcopy(RAW[name])
            del at(raw, path[:-1])[path[-1]]
            judge(raw, path)


@pytest.mark.parametrize("value", [7, [], {"x": 1}])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_wrong_type_at_any_key_loads_or_is_told(name: str, value: Any) -> None:
    for profile, path in PLACES:
        if profile == name:
            raw = copy.deepcopy(RAW[name])
            at(raw, path[:-1])[path[-1]] = value
            judge(raw, path)


@given(st.sampled_from(PLACES), values)
@settings(max_examples=300, deadline=None)
def test_retyping_any_key_loads_or_is_told(place: tuple[str, tuple[Any, ...]], value: Any) -> None:
    name, path = place
    raw = copy.deepcopy(RAW[name])
    at(raw, path[:-1])[path[-1]] = value
    judge(raw, path)


@given(st.sampled_from(PLACES), st.text(max_size=10), values)
@settings(max_examples=200, deadline=None)
def test_an_added_key_loads_or_is_told(place: tuple[str, tuple[Any, ...]], key: str, value: Any) -> None:
    name, path = place
    raw = copy.deepcopy(RAW[name])
    table = at(raw, path)
    if isinstance(table, dict):
        table[key] = value
        judge(raw, path)


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_never_falls_over(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(paths.resource("tor", "kuwait.toml").read_bytes())
    start = data.draw(st.integers(0, len(whole) - 1))
    whole[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    told = "mine.toml"
    try:
        tor_profile.load(write(tmp_path, bytes(whole)))
    except UserError as error:
        told = str(error)
    assert "mine.toml" in told
