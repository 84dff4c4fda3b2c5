"""The reference data of a workspace: Global Compact, Sustainable Development Goals, UN entities, national bodies."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from unnm_desktop import paths
from unnm_desktop.db.base import Record
from unnm_desktop.db.goals import GcmObjective, GcmPrinciple, SdgGoal, SdgTarget
from unnm_desktop.db.organisations import Channel, Organisation, OrganisationKind, Residency
from unnm_desktop.db.text import fold
from unnm_desktop.services import records

_PRESENCE = {"KWT": "kuwait_presence", "BHR": "bahrain_presence"}
_RESIDENCY = {
    "resident": Residency.RESIDENT,
    "non-resident": Residency.NON_RESIDENT,
    "regional": Residency.REGIONAL,
}
_PUBLIC = ("government", "national machinery", "service provider")


def seed_reference(session: Session) -> None:
    """Fill the tables that every network shares, once: what an officer has changed or removed stays so."""
    if not _filled(session, GcmObjective):
        records.create_many(
            session,
            GcmObjective,
            [
                {
                    "number": int(row["number"]),
                    "title_en": row["title_en"],
                    "title_ar": row["title_ar"],
                    "title_ar_checked": _yes(row["title_ar_checked"]),
                    "short_en": row["short_en"],
                    "round_table": int(row["round_table"]) if row["round_table"] else None,
                }
                for row in _rows("gcm_objectives")
            ],
        )
    if not _filled(session, GcmPrinciple):
        records.create_many(
            session,
            GcmPrinciple,
            [{**row, "title_ar_checked": _yes(row["title_ar_checked"])} for row in _rows("gcm_principles")],
        )
    if not _filled(session, SdgGoal):
        targets = {row["goal"]: row["targets"].split() for row in _rows("sdg_target_codes")}
        records.create_many(
            session,
            SdgGoal,
            [
                {
                    "number": int(row["goal"]),
                    "short_en": row["short_en"],
                    "short_ar": row["short_ar"],
                    "colour": row["colour"],
                    "targets": [f"{row['goal']}.{code}" for code in targets.get(row["goal"], [])],
                }
                for row in _rows("sdg_goals")
            ],
        )
    if not _filled(session, SdgTarget):
        records.create_many(
            session,
            SdgTarget,
            [
                {"code": row["code"], "subject_en": row["subject_en"], "direct": row["link"] == "direct"}
                for row in _rows("sdg_targets_migration")
            ],
        )
    known = _known(session, "")
    records.create_many(
        session,
        Organisation,
        [
            {
                "acronym": row["acronym"],
                "name_en": row["name_en"],
                "name_ar": row["name_ar"],
                "name_ar_checked": _yes(row["name_ar_checked"]),
                "kind": OrganisationKind.UN_ENTITY,
                "channel": Channel.EMAIL,
                # The Resident Coordinator, the Country Team and the like are office-holders and bodies, never members.
                "holds_no_seat": row["kind"] != "un_entity",
                "mandate": row["mandate"],
                "role_note": row["global_network_role"],
            }
            for row in _rows("un_entities")
            if fold(row["acronym"]) not in known
        ],
    )


def seed_national_bodies(session: Session, country: str) -> None:
    """The bodies of that country in the reference list; its kinds and collective names are no organisations."""
    known = _known(session, country)
    records.create_many(
        session,
        Organisation,
        [
            {
                "acronym": row["acronym"],
                "name_en": row["name_en"],
                "name_ar": row["name_ar"],
                # Notes in brackets are the list's own, no part of a name.
                "aliases": re.sub(r"\s*\(.*?\)", "", row["aliases"]).strip(),
                "kind": OrganisationKind.GOVERNMENT if row["type"].startswith(_PUBLIC) else OrganisationKind.OTHER,
                "country": country,
                "channel": Channel.NOTE_VERBALE if row["invitation_channel"] == "note verbale" else Channel.LETTER,
                "role_note": row["role"],
            }
            for row in _rows("stakeholders")
            if row["country"] == country and not _is_kind(row) and fold(row["name_en"]) not in known
        ],
    )


def presence(country: str) -> dict[str, Residency]:
    """Which UN entities reside in that country, as far as the reference list says, by acronym."""
    column = _PRESENCE.get(country)
    if column is None:
        return {}
    return {row["acronym"]: _RESIDENCY.get(row[column], Residency.UNKNOWN) for row in _rows("un_entities")}


def seatable() -> list[tuple[str, str, str]]:
    """Acronym and names of the UN entities of the reference list that can hold a seat."""
    return [
        (row["acronym"], row["name_en"], row["name_ar"])
        for row in _rows("un_entities")
        if row["kind"] == OrganisationKind.UN_ENTITY.value
    ]


def find(session: Session, text: str, country: str = "") -> Organisation | None:
    """The organisation of that acronym in that country or of the United Nations, else of that name or alias."""
    wanted = fold(text.strip())
    if not wanted:
        return None
    places = (country, "") if country else ("",)
    in_place = (Organisation.removed_at.is_(None), Organisation.country.in_(places))
    names = (func.fold(Organisation.name_en), func.fold(Organisation.name_ar))
    candidates = list(
        session.scalars(
            select(Organisation).where(
                *in_place,
                or_(
                    func.fold(Organisation.acronym) == wanted,
                    *(name == wanted for name in names),
                    func.fold(Organisation.aliases).contains(wanted, autoescape=True),
                ),
            )
        )
    )
    # A national body is meant before one of the United Nations of the same acronym.
    return min(
        (one for one in candidates if _closeness(one, wanted) < 3),
        key=lambda one: (_closeness(one, wanted), one.country == "", one.id),
        default=None,
    )


def _closeness(one: Organisation, wanted: str) -> int:
    if fold(one.acronym) == wanted:
        return 0
    if wanted in (fold(one.name_en), fold(one.name_ar)):
        return 1
    aliases = (fold(alias.strip()) for alias in re.split("[;,؛،]", one.aliases))
    return 2 if wanted in aliases else 3


def _rows(name: str) -> list[dict[str, str]]:
    with paths.resource("reference", f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]


def _is_kind(row: Mapping[str, str]) -> bool:
    return _yes(row["is_kind"]) or "(collective)" in row["type"] or row["type"].startswith("stakeholder group")


def _yes(text: str) -> bool:
    return text == "yes"


def _filled(session: Session, entity: type[Record]) -> bool:
    return session.scalar(select(entity.id).limit(1)) is not None


def _known(session: Session, country: str) -> set[str]:
    """Acronyms and names of what is there already, also of what was removed from sight."""
    rows: Any = session.execute(
        select(Organisation.acronym, Organisation.name_en).where(Organisation.country == country)
    )
    return {fold(text) for row in rows for text in row if text}
