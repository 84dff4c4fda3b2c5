"""The commands that make and judge a workspace: ``new``, ``add-network``, ``demo`` and ``check``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import settings
from unnm_desktop.console import call
from unnm_desktop.console.call import Answer
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.duty_status import DutyStatus


def make(chosen: argparse.Namespace, language: Language) -> Answer:
    """Make a workspace from a network's terms of reference."""
    from unnm_desktop.db.engine import Database
    from unnm_desktop.db.files import discard
    from unnm_desktop.services import networks, tor_profile

    profile = tor_profile.load(chosen.tor)
    call.want_safe(chosen.file)
    with Database.create(chosen.file, settings.load().officer) as database:
        try:
            with database.write(N_("Set up the network")) as session:
                network = networks.found(session, profile, records_from=call.today(chosen), on=call.today(chosen))
        except BaseException:
            database.close()
            discard(chosen.file)
            raise
    return _made(chosen.file, [network.country], [chosen.file], language)


def add_network(chosen: argparse.Namespace, language: Language) -> Answer:
    """Add a network to a workspace."""
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import networks, records, tor_profile

    profile = tor_profile.load(chosen.tor)
    with call.opened(chosen, language, lock=True) as database, database.write(N_("Add a network")) as session:
        networks.found(session, profile, records_from=call.today(chosen), on=call.today(chosen))
        countries = [network.country for network in records.all_of(session, Network)]
    return _made(chosen.file, countries, [chosen.file], language)


def make_demo(chosen: argparse.Namespace, language: Language) -> Answer:
    """Make the demo workspace and its documents."""
    from unnm_desktop import demo

    if not 1 <= chosen.years <= 50:
        raise UserError(N_("Give a number of years from 1 to 50."))
    made = demo.make(chosen.folder, on=call.today(chosen), years=chosen.years, progress=call.progress())
    return _made(made.workspace, made.networks, made.written, language)


def check(chosen: argparse.Namespace, language: Language) -> Answer:
    """Tell whether the file is whole, and how each duty of the terms of reference stands."""
    from unnm_desktop.db.trouble import DAMAGED, Damaged
    from unnm_desktop.services import compliance

    on = call.today(chosen)
    damaged = language.tr(DAMAGED, file=chosen.file.name)
    networks: list[tuple[str, list[DutyStatus]]] = []
    problems: list[str] = []
    try:
        with call.opened(chosen, language, lock=False) as database:
            problems = database.check()
            try:
                networks = _judged(database, chosen, on)
            except UserError:
                raise
            except Exception:
                if not problems:
                    raise
    except Damaged:
        problems = problems or [damaged]
    lines = [language.tr(N_("The file is whole.")) if not problems else language.tr(N_("The file is damaged:"))]
    lines += [f"  {problem}" for problem in problems]
    found = []
    for country, duties in networks:
        rows = []
        lines.append(f"{country}, {language.day(on)}")
        for duty in duties:
            says = language.tr(duty.says.text, **duty.says.values)
            rows.append(
                {
                    "duty": duty.duty,
                    "state": duty.state,
                    "due": duty.due.isoformat() if duty.due else None,
                    "clause": duty.clause,
                    "says": says,
                    "evidence": [item.text for item in duty.evidence],
                }
            )
            clause = f" [{duty.clause}]" if duty.clause else ""
            title, state = language.tr(compliance.TITLES[duty.duty]), language.tr(compliance.STATES[duty.state])
            lines.append(f"  {title} · {state}: {says}{clause}")
        found.append({"country": country, "on": on.isoformat(), "duties": rows})
    result = {"integrity": {"ok": not problems, "problems": problems}, "networks": found}
    return result, lines, damaged if problems else ""


def _judged(database: Database, chosen: argparse.Namespace, on: date) -> list[tuple[str, list[DutyStatus]]]:
    from unnm_desktop.db.networks import Network
    from unnm_desktop.services import compliance, records

    with database.read() as session:
        judged = [call.network(session, chosen)] if chosen.network else records.all_of(session, Network)
        return [(network.country, compliance.duties(session, network.id, on)) for network in judged]


def _made(path: Path, countries: Sequence[str], written: Sequence[Path], language: Language) -> Answer:
    result = {"workspace": str(path), "networks": list(countries), "written": [str(file) for file in written]}
    return result, call.written(language, *written), ""
