"""A network of the sample before its work begins: founded from its terms of reference, with its days off and people."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Holiday
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, tor_profile
from unnm_desktop.services.calendar import add_months, first_day
from unnm_desktop.services.sample_days import Season, Working, days_off, season
from unnm_desktop.services.sample_people import add_people, known_bodies
from unnm_desktop.services.sample_rows import Keys, Rows
from unnm_desktop.services.sample_world import SEED, World, words

_GIVEN = ("MoFA", "UNRC", "UNCT", "RCO")


def found(
    database: Database, country: str, on: date, years: int, keys: Keys, counts: Counter[str], first_name: int
) -> World:
    """Set one network of the sample up.

    Args:
        database: the workspace.
        country: which network.
        on: the last day of the sample.
        years: how many years of work it will have.
        keys: gives new keys.
        counts: takes the number of records made.
        first_name: which invented name is the first.

    """
    shared = words("shared")
    own = shared["networks"][country]
    profile = tor_profile.load(own["profile"])
    records_from = add_months(on, -12 * years) + timedelta(days=1)
    # A workspace whose records begin before the launch (many years, for measuring) needs terms that hold by then.
    early = records_from < first_day(own["approved"])
    answers = {"tor.approved": records_from.isoformat() if early else own["approved"]}
    if profile.rules().get("duties", {}).get("progress_report"):
        answers["settings.reporting_chair"] = "IOM"
    with database.write(N_("Set up the sample network")) as session:
        network = networks.found(session, profile, answers=answers, records_from=records_from, on=on)
        network.sample = True
        off = list(
            days_off(shared["holidays"], country, range(min(2020, records_from.year - 1), max(2030, on.year + 1) + 1))
        )
        rows = Rows(keys, counts)
        for day, en, ar in off:
            rows.add(Holiday, network_id=network.id, day=day, name_en=en, name_ar=ar)
        rows.write(session)
        counts["network"] += 1
        stem = own["profile"]
        rules = networks.rules_on(session, network.id, on)
        invited = list(rules.highlighted.invite) if rules.highlighted else []
        named = [*own["members"], *own["participating"], *own["observers"], *invited, *_GIVEN]
        named += [speaker["body"] for speaker in shared["speakers"]] if rules.guest_speakers else []
        world = World(
            network_id=network.id,
            country=country,
            name_ar=network.name_ar,
            currency=network.currency,
            launched=network.launched,
            all_members=rules.all_members,
            working=Working.of(network.time_zone, list(network.weekend), [day for day, _, _ in off]),
            on=on,
            shared=shared,
            own=own,
            topics=words(f"{stem}_topics"),
            plan=words(f"{stem}_plan"),
            bodies=known_bodies(session, country, list(dict.fromkeys(named))),
            objectives={one.number: one.id for one in networks.objectives_on(session, network.id, on)},
            themes=[one.id for one in networks.themes_on(session, network.id, on)],
            invited=invited,
            keys=keys,
            counts=counts,
            random=Random(f"{SEED} {country}"),  # noqa: S311 - the same words every time are what is wanted
        )
    joined = _joining(world, seasons_of(world, years)[-1])
    with database.write(N_("Add members and their people"), network_id=world.network_id) as session:
        add_people(
            session, world, since=records_from.isoformat() if early else "", joined=joined, first_name=first_name
        )
    return world


def seasons_of(world: World, years: int) -> list[Season]:
    """The seasons of the sample, oldest first."""
    step = world.own["step_months"]
    return [
        season(world.working, add_months(world.on, -12 * back), step, past=back > 0)
        for back in range(years - 1, -1, -1)
    ]


def _joining(world: World, last: Season) -> date:
    """The day of the meeting at which the newest member is welcomed."""
    topics = world.topics["topics"]
    place = next((index for index, topic in enumerate(topics) if "joins" in topic), 0)
    return last.regular[next(i for i in range(len(last.regular)) if place < (i + 1) * len(topics) // len(last.regular))]
