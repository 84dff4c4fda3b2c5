"""The commands that take records out and bring them in: ``list`` and ``import``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from unnm_desktop.console import call
from unnm_desktop.console.call import Answer
from unnm_desktop.i18n import N_, Language, language_for


def show(chosen: argparse.Namespace, language: Language) -> Answer:
    """Show the rows of a list, or write them into a sheet."""
    from unnm_desktop.services import exchange, facets
    from unnm_desktop.services.listing import Context
    from unnm_desktop.services.listings import LISTINGS

    call.want_known(chosen.kind, list(LISTINGS))
    listing = LISTINGS[chosen.kind]
    reader = language_for(chosen.lang, language.digits)
    with call.opened(chosen, language, lock=False) as database, database.read() as session:
        network = call.network(session, chosen)
        reader = replace(reader, clock=ZoneInfo(network.time_zone))
        context = Context(network.id, reader, call.today(chosen))
        narrowed = facets.read(session, listing, chosen.where, context)
        ids = listing.ids(session, context, words=chosen.words, narrowed=narrowed)
        values = listing.values(session, context, ids, exported=True)
        if chosen.output:
            exchange.export_listing(session, listing, context, chosen.output, ids=ids, progress=call.progress())
        columns = [column for column in listing.columns if column.listed]
        lines = [" | ".join(reader.tr(column.title) for column in columns)] + [
            " | ".join(column.show(row.get(column.name), context).text for column in columns) for row in values
        ]
        rows = [_json_row(row) for row in values]
    result = {"kind": chosen.kind, "network": network.country, "rows": rows}
    if chosen.output:
        lines = call.written(language, chosen.output)
        result["path"] = str(chosen.output)
    return result, lines, ""


def take_in(chosen: argparse.Namespace, language: Language) -> Answer:
    """Make records from the rows of a sheet, or tell what would become of them."""
    from unnm_desktop.db.journal import Kind
    from unnm_desktop.services import exchange

    call.want_known(chosen.kind, exchange.KINDS)
    with call.opened(chosen, language, lock=True) as database:
        with database.read() as session:
            network_id = call.network(session, chosen).id
        on, progress = call.today(chosen), call.progress()
        if chosen.dry_run:
            done = exchange.preview(database, chosen.kind, chosen.sheet, network_id, on=on, progress=progress)
        else:
            with database.write(exchange.LABEL, kind=Kind.IMPORT, network_id=network_id) as session:
                done = exchange.import_sheet(session, chosen.kind, chosen.sheet, network_id, on=on, progress=progress)
    problems = [
        {"row": problem.row, "column": problem.column, "says": language.tr(problem.says.text, **problem.says.values)}
        for problem in done.problems
    ]
    result = {"created": done.created, "updated": done.updated, "unchanged": done.unchanged, "problems": problems}
    head = N_("Would create {created}, update {updated}; {unchanged} unchanged.")
    told = head if chosen.dry_run else N_("Created {created}, updated {updated}; {unchanged} unchanged.")
    lines = [language.tr(told, created=done.created, updated=done.updated, unchanged=done.unchanged)]
    lines += [
        language.tr(N_("Row {row}, {column}: {says}"), row=item["row"], column=item["column"] or "–", says=item["says"])
        for item in problems
    ]
    return result, lines, ""


def _json_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A list's row as JSON has it; its money as minor units, all of it in the row's currency."""
    from unnm_desktop.services.money import Money  # as above

    made: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, Money):
            made[name] = value.part(name)
            made["currency"] = value.currency
        else:
            made[name] = _json_value(value)
    return made


def _json_value(value: Any) -> Any:
    """A list's value as JSON has it: days as ISO dates, choices by their value, keys as text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_json_value(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else call.plain(value)
