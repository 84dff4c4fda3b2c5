"""Terms of reference as data: a profile read from its file, and the rules that are kept with a version."""

from __future__ import annotations

import copy
import csv
import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import Any

from unnm_desktop import paths
from unnm_desktop.cause import Cause
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import tor_checking, tor_shape
from unnm_desktop.services.tor_checking import ProfileError, shown, value_of
from unnm_desktop.services.tor_contradictions import contradictions
from unnm_desktop.services.tor_rules import (
    FRAME,
    Chairs,
    Consensus,
    Duties,
    Meetings,
    Members,
    Settings,
    Tor,
    built,
    parts,
)

LARGEST = 1_000_000
# Keys whose empty text means "unknown, asked for at set-up"; elsewhere an empty text is simply none.
_ASKED = (
    *("network.name_ar", "network.short_name", "network.launched", "network.currency", "tor.approved"),
    *("tor.endorsed_by", "chairs.changed_by", "chairs.coordinator", "chairs.secretariat", "members.nominated_through"),
    *("duties.progress_report.through", "settings.reporting_chair"),
)


class Network(Frozen):
    """Who the network is: facts that outlive a version of its terms of reference."""

    country: str
    name_en: str
    time_zone: str
    name_ar: str = ""
    short_name: str = ""
    country_name_en: str = ""
    country_name_ar: str = ""
    government_en: str = ""
    government_ar: str = ""
    launched: str = ""
    weekend: tuple[str, ...] = ("sat", "sun")
    currency: str = ""
    alignment: tuple[str, ...] = ()
    alignment_ar: tuple[str, ...] = ()
    problem_word: str = "challenge"
    problem_word_ar: str = "تحدٍّ"
    clause: str = ""


class Objective(Frozen):
    """One objective in the words of the text, with a short title."""

    number: int
    text_en: str
    short_en: str = ""
    short_ar: str = ""
    text_ar: str = ""
    asks: tuple[str, ...] = ()
    clause: str = ""


class Theme(Frozen):
    """A key issue that the text names."""

    name_en: str
    name_ar: str = ""
    gcm: tuple[int, ...] = ()
    clause: str = ""


class Clause(Frozen):
    """A piece of the text under its code, with the further codes that lie in the same words."""

    code: str
    covers: tuple[str, ...] = ()
    heading_en: str = ""
    heading_ar: str = ""
    text_en: str = ""
    text_ar: str = ""

    @property
    def codes(self) -> str:
        """All its codes in one line, as a record of the clause keeps them: "B-R1, B-R2"."""
        return ", ".join((self.code, *self.covers))


class Profile(Frozen):
    """A whole profile: the network, its rules, its objectives, themes and text."""

    network: Network
    tor: Tor
    chairs: Chairs
    members: Members
    meetings: Meetings
    consensus: Consensus
    duties: Duties
    settings: Settings
    modules: Mapping[str, bool]
    objectives: tuple[Objective, ...]
    themes: tuple[Theme, ...] = ()
    clauses: tuple[Clause, ...] = ()
    # The text as it came, where a file of the same name and the ending .txt lies beside the profile.
    original: str = ""
    _kept: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _asked: tuple[str, ...] = ()

    def rules(self) -> dict[str, Any]:
        """What is kept with the version: everything but the network's identity, objectives, themes and text."""
        return copy.deepcopy(dict(self._kept))

    def unknowns(self) -> tuple[str, ...]:
        """The keys whose values the text does not give and set-up asks for, such as ``tor.approved``."""
        return self._asked

    def clause(self, code: str) -> Clause | None:
        """The piece of the text that has that code."""
        return next((one for one in self.clauses if code == one.code or code in one.covers), None)


def names() -> tuple[str, ...]:
    """The profiles that come with the program."""
    return tuple(sorted(path.stem for path in paths.resource("tor").glob("*.toml")))


def load(name_or_path: str) -> Profile:
    """Read a profile that comes with the program, by its name, or anyone's own, by its path.

    Raises:
        UserError: there is no such file, or it cannot be read.
        ProfileError: the file is not a profile; every problem is named.

    """
    shipped = name_or_path in names()
    path = paths.resource("tor", f"{name_or_path}.toml") if shipped else Path(name_or_path)
    text = _text(path, name_or_path)
    try:
        raw = tomllib.loads(text)
    except RecursionError as error:
        raise UserError(N_("{file} is not a profile: its brackets are nested too deeply."), file=path.name) from error
    except ValueError as error:
        raise UserError(
            N_("{file} is not a TOML file: {reason}. docs/tor_profile.md shows what a profile looks like."),
            file=path.name,
            reason=str(error)[:200],
        ) from error
    return parse(raw, path.name, _original(path.with_suffix(".txt")))


def parse(raw: Mapping[str, Any], file: str, original: str = "") -> Profile:
    """Build a profile from the tables of its file.

    Raises:
        ProfileError: the tables are not a profile; every problem is named.

    """
    problems = tuple(islice(tor_checking.problems_of(raw, tor_shape.PROFILE_SHAPE), 100))
    problems = problems or (*contradictions(raw), *_unlisted(raw))
    if problems:
        raise ProfileError(file, problems)
    network = raw["network"]
    kept = {name: copy.deepcopy(raw[name]) for name in tor_shape.RULES_SHAPE.keys if name in raw}
    kept["frame"] = {name: copy.deepcopy(network[name]) for name in FRAME if name in network}
    objectives = tuple(_objective(one) for one in raw["objectives"])
    return Profile(
        network=built(Network, network),
        **parts(raw),
        objectives=objectives,
        themes=tuple(built(Theme, one) for one in raw.get("themes", [])),
        clauses=tuple(_clause(one, objectives) for one in raw.get("clauses", [])),
        original=original,
        _kept=kept,
        _asked=tuple(_unknowns(raw)),
    )


def _unlisted(raw: Mapping[str, Any]) -> Iterator[UserError]:
    """Acronyms of first members that no UN entity has, where only UN entities hold a seat; a full name is anyone's."""
    members = raw.get("members", {})
    if any(kind != "un_entity" for kind in members.get("kinds", [])):
        return
    with paths.resource("reference", "un_entities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = tuple(csv.DictReader(file))
    known = {row[name].casefold(): row["acronym"] for row in rows for name in ("acronym", "name_en")}
    for place, name in enumerate(members.get("initial", []), 1):
        if " " not in name.strip() and name.strip().casefold() not in known:
            near = difflib.get_close_matches(name.strip().casefold(), known, 3)
            yield UserError(
                N_("{key}: expected the acronym of a UN entity, such as {options}, or a full name; found {found}."),
                **{
                    "key": f"members.initial.{place}",
                    "options": ", ".join(known[one] for one in near) or "IOM, ILO, UNHCR",
                    "found": shown(name),
                },
            )


def _text(path: Path, given: str) -> str:
    try:
        if path.is_dir():
            raise UserError(N_("{file} is a folder. Name the profile file in it."), file=given)
        if not path.exists():
            raise UserError(
                N_("{file} is neither a profile that comes with the program ({names}) nor a file that exists."),
                file=given[:200],
                names=", ".join(names()),
            )
        if not path.is_file():
            raise UserError(N_("{file} is not a file that can be read as a profile. Name another."), file=given[:200])
        if path.stat().st_size > LARGEST:
            raise UserError(N_("{file} is too large for a profile: at most 1 MB is read."), file=path.name)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = Cause(error) if isinstance(error, OSError) else str(error)
        raise UserError(
            N_("{file} cannot be read: {reason}. Check its name and your permission to read it."),
            file=given[:200].replace("\0", "�"),
            reason=reason,
        ) from error
    try:
        return data.decode("utf-8-sig")  # a byte order mark is what Windows editors leave
    except UnicodeDecodeError as error:
        raise UserError(
            N_("{file} is not written in UTF-8. Save it as UTF-8 in your editor and try again."), file=path.name
        ) from error


def _original(path: Path) -> str:
    try:
        whole = path.is_file() and path.stat().st_size <= LARGEST
        return path.read_bytes().decode("utf-8", "replace") if whole else ""
    except OSError:
        return ""  # the text beside the profile is a courtesy; the profile stands without it


def _objective(table: Mapping[str, Any]) -> Objective:
    # Without a short title the text itself has to serve in tables.
    titles = {f"short_{code}": table.get(f"short_{code}") or table.get(f"text_{code}", "") for code in ("en", "ar")}
    return built(Objective, {**table, **titles})


def _clause(table: Mapping[str, Any], objectives: tuple[Objective, ...]) -> Clause:
    clause = built(Clause, table)
    told = next((one for one in objectives if one.number == table.get("objective")), None)
    if told is None:
        return clause
    return Clause(clause.code, clause.covers, clause.heading_en, clause.heading_ar, told.text_en, told.text_ar)


def _unknowns(raw: Mapping[str, Any]) -> Iterator[str]:
    reviewed = bool(value_of(raw, "tor.review_every_months"))
    designated = value_of(raw, "duties.progress_report.through") == "reporting_chair"
    for key in _ASKED:
        value = value_of(raw, key)
        # The yearly review counts from the approval, and a report waits for the chair it goes through.
        needed = (key == "tor.approved" and reviewed) or (key == "settings.reporting_chair" and designated)
        if value == "" or (needed and not value):
            yield key
