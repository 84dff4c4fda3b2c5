"""A network, the terms of reference that hold on a day, and its set-up from a profile."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.networks import Holiday, Network, TermsOfReference, TorState
from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind
from unnm_desktop.db.people import Office, OfficeKind
from unnm_desktop.db.tor_text import Objective, Theme, TorClause
from unnm_desktop.errors import UserError
from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import calendar, records, seeding, terms
from unnm_desktop.services.rules_in_force import in_effect, nearest_of, rules_of
from unnm_desktop.services.tor_profile import Profile
from unnm_desktop.services.tor_rules import Rules

_NETWORK_KEYS = ("launched", "name_en", "name_ar", "short_name", "currency", "time_zone")


class WorkCalendar(Frozen):
    """Where and on which days a network works."""

    zone: str
    weekend: frozenset[int]
    holidays: frozenset[date]


def all_networks(session: Session) -> list[Network]:
    """The networks of the workspace, oldest first."""
    return records.all_of(session, Network)


def network_of(session: Session, country: str | None) -> Network:
    """The network of that country; without a country the only one there is.

    Raises:
        UserError: there is none, or several and no country was given.

    """
    found = all_networks(session)
    if not found:
        raise UserError(N_("This workspace has no network yet. Set one up from its terms of reference."))
    codes = ", ".join(one.country for one in found)
    if country:
        chosen = [one for one in found if one.country == country.strip().upper()]
        if not chosen:
            raise UserError(
                N_("There is no network “{country}” in this workspace. Choose one of: {codes}."),
                country=country[:40],
                codes=codes,
            )
        return chosen[0]
    if len(found) > 1:
        raise UserError(N_("This workspace holds several networks. Say which one: {codes}."), codes=codes)
    return found[0]


def versions(session: Session, network_id: UUID) -> list[TermsOfReference]:
    """Every version of a network's terms of reference, oldest first."""
    return records.all_of(session, TermsOfReference, TermsOfReference.network_id == network_id)


def tor_on(session: Session, network_id: UUID, on: date) -> TermsOfReference | None:
    """The version in effect on that day, if any was."""
    return in_effect(versions(session, network_id), on, terms.launch_of(session, network_id))


def nearest_tor(session: Session, network_id: UUID, on: date) -> TermsOfReference:
    """The version in effect on that day, else the next that came, else the last there was.

    Raises:
        UserError: no version was ever in effect.

    """
    return nearest_of(versions(session, network_id), on, terms.launch_of(session, network_id))


def rules_on(session: Session, network_id: UUID, on: date) -> Rules:
    """What the terms of reference ask for on that day.

    Raises:
        UserError: no version was ever in effect.

    """
    return rules_of(json.dumps(nearest_tor(session, network_id, on).rules))


def objectives_on(session: Session, network_id: UUID, on: date) -> list[Objective]:
    """The objectives of the version in effect on that day, by number."""
    tor = nearest_tor(session, network_id, on)
    return records.all_of(session, Objective, Objective.tor_id == tor.id, order=(Objective.number, Objective.id))


def objectives_for(session: Session, network_id: UUID, on: date, chosen: UUID | None) -> tuple[Objective, ...]:
    """The same to choose from, with the one that is chosen already, though its version is past."""
    found = objectives_on(session, network_id, on)
    if chosen is not None and chosen not in {one.id for one in found}:
        found = [*found, records.get(session, Objective, chosen)]
    return tuple(found)


def themes_on(session: Session, network_id: UUID, on: date) -> list[Theme]:
    """The themes of the version in effect on that day that are not retired, in order."""
    tor = nearest_tor(session, network_id, on)
    found = records.all_of(session, Theme, Theme.tor_id == tor.id, order=(Theme.position, Theme.id))
    return [theme for theme in found if on <= terms.end_of(theme.retired)]


def clauses_of(session: Session, tor_id: UUID) -> list[TorClause]:
    """The text of a version, clause by clause."""
    return records.all_of(session, TorClause, TorClause.tor_id == tor_id, order=(TorClause.position, TorClause.id))


def calendar_of(session: Session, network_id: UUID) -> WorkCalendar:
    """The zone, weekend and holidays of a network."""
    network = records.get(session, Network, network_id)
    holidays = records.all_of(session, Holiday, Holiday.network_id == network_id)
    return WorkCalendar(
        network.time_zone, calendar.weekday_numbers(network.weekend), frozenset(one.day for one in holidays)
    )


def found(
    session: Session,
    profile: Profile,
    *,
    answers: Mapping[str, str] | None = None,
    records_from: date,
    on: date,
    seats: Sequence[str] | None = None,
) -> Network:
    """Set a network up from its terms of reference, with everything that is known from the start.

    Args:
        session: the step.
        profile: the terms of reference.
        answers: what the officer said to ``profile.unknowns()`` and to what is to confirm, by dotted key.
        records_from: no duty is judged for days before it.
        on: the day of the set-up.
        seats: the first members, where they are others than those the text seats.

    Raises:
        UserError: the country has a network already, or an answer cannot be used.

    """
    said = {key: value.strip() for key, value in (answers or {}).items() if value.strip()}
    rules_kept = _answered(profile.rules(), said)
    rules = Rules.from_dict(rules_kept)
    country = profile.network.country
    if records.first_of(session, Network, Network.country == country) is not None:
        raise UserError(
            N_("This workspace has a network for {country} already. Open it, or choose other terms of reference."),
            country=country,
        )
    network = _network(session, profile, said, records_from)
    tor = records.create(
        session,
        TermsOfReference,
        network_id=network.id,
        version=rules.tor.version,
        state=TorState.IN_EFFECT,
        approved=rules.tor.approved,
        # "Effective as soon as approved" (B-V1); with no approval known, since the launch.
        effective=rules.tor.approved,
        endorsed_by=rules.tor.endorsed_by,
        endorsed_on=rules.tor.approved if rules.tor.endorsed_by else "",
        rules=rules_kept,
        source_text=profile.original,
    )
    _text(session, profile, tor)
    seeding.seed_reference(session)
    seeding.seed_national_bodies(session, country)
    _seat(session, network, rules, rules.members.initial if seats is None else seats)
    _fill_offices(session, network, rules)
    session.flush()
    return network


def _answered(rules: dict[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    for key, value in answers.items():
        if key.startswith("network."):
            if key == "network.currency":
                rules.setdefault("frame", {})["currency"] = value
            elif key.partition(".")[2] not in _NETWORK_KEYS:
                raise UserError(N_("{key} is not asked for at set-up."), key=key[:60])
            continue
        *path, name = key.split(".")
        table: Any = rules
        for step in path:
            table = table.setdefault(step, {}) if isinstance(table, dict) else None
        if not path or not isinstance(table, dict):
            raise UserError(N_("{key} is not asked for at set-up."), key=key[:60])
        table[name] = int(value) if isinstance(table.get(name), int) and value.isdecimal() else value
    return rules


def _network(session: Session, profile: Profile, said: Mapping[str, str], records_from: date) -> Network:
    told = profile.network
    values = {name: said.get(f"network.{name}", getattr(told, name)) for name in _NETWORK_KEYS}
    return records.create(
        session,
        Network,
        **{**values, "currency": values["currency"] or "USD"},
        country=told.country,
        weekend=list(told.weekend),
        alignment=list(told.alignment),
        problem_word=told.problem_word,
        records_from=records_from,
    )


def _text(session: Session, profile: Profile, tor: TermsOfReference) -> None:
    records.create_many(
        session,
        TorClause,
        [
            {
                "tor_id": tor.id,
                "position": position,
                "code": ", ".join((one.code, *one.covers)),
                "heading_en": one.heading_en,
                "heading_ar": one.heading_ar,
                "text_en": one.text_en,
                "text_ar": one.text_ar,
            }
            for position, one in enumerate(profile.clauses)
        ],
    )
    records.create_many(
        session,
        Objective,
        [
            {
                "tor_id": tor.id,
                "number": one.number,
                "short_en": one.short_en,
                "short_ar": one.short_ar,
                "text_en": one.text_en,
                "text_ar": one.text_ar,
                "asks": list(one.asks),
            }
            for one in profile.objectives
        ],
    )
    records.create_many(
        session,
        Theme,
        [
            {
                "tor_id": tor.id,
                "position": position,
                "name_en": one.name_en,
                "name_ar": one.name_ar,
                "gcm": list(one.gcm),
            }
            for position, one in enumerate(profile.themes)
        ],
    )


def _body(session: Session, network: Network, name: str, kind: OrganisationKind) -> Organisation:
    found_one = seeding.find(session, name, network.country)
    if found_one is not None:
        return found_one
    country = "" if kind is OrganisationKind.UN_ENTITY else network.country
    return records.create(session, Organisation, acronym="", name_en=name, kind=kind, country=country)


def _seat(session: Session, network: Network, rules: Rules, members: Sequence[str]) -> None:
    """The seats of the first members, and the bodies to invite to highlighted meetings, which hold none."""
    asked = rules.members.kinds[0] if rules.members.kinds else OrganisationKind.UN_ENTITY.value
    kind = next(one for one in OrganisationKind if one.value == asked)
    presence = seeding.presence(network.country)
    seated: set[UUID] = set()

    def add(body: Organisation, **values: Any) -> None:
        if not body.holds_no_seat and body.id not in seated:
            seated.add(body.id)
            records.create(session, Membership, network_id=network.id, organisation_id=body.id, **values)

    for name in members:
        body = _body(session, network, name, kind)
        add(body, residency=presence.get(body.acronym, "unknown"))
    if rules.highlighted is None:
        return
    for name in rules.highlighted.invite:
        clause = rules.highlighted.invite_clauses.get(name, rules.highlighted.clause)
        add(_body(session, network, name, OrganisationKind.GOVERNMENT), category=Category.INVITED, note=clause)


def _fill_offices(session: Session, network: Network, rules: Rules) -> None:
    chairs = rules.chairs
    leading = OfficeKind.CHAIR if chairs.model == "chair" else OfficeKind.CO_CHAIR
    named = [(leading, holder) for holder in chairs.holders]
    named += [(OfficeKind.COORDINATOR, chairs.coordinator), (OfficeKind.SECRETARIAT, chairs.secretariat)]
    named.append((OfficeKind.PATRON, chairs.auspices))
    report = rules.duties.progress_report
    if report is not None and report.through == "reporting_chair":
        only = chairs.holders[0] if len(chairs.holders) == 1 else ""
        named.append((OfficeKind.REPORTING_CHAIR, rules.settings.reporting_chair or only))
    for kind, name in named:
        if name:
            body = _body(session, network, name, OrganisationKind.UN_ENTITY)
            records.create(session, Office, network_id=network.id, kind=kind, organisation_id=body.id)


def copy_of(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules as a copy that may be changed without touching the version they came from."""
    return copy.deepcopy(dict(rules))
