"""The commands ``handover merge``, ``handover report`` and ``handover undo``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from unnm_desktop import settings
from unnm_desktop.console import call
from unnm_desktop.console.call import Answer
from unnm_desktop.console.handover import words_for
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services.handover.conflicts import Conflict, Side
    from unnm_desktop.services.handover.planning import Preview
    from unnm_desktop.services.handover.receiving import Arrived, Taken
    from unnm_desktop.services.handover.telling import ToldConflict


def merge(chosen: argparse.Namespace, language: Language) -> Answer:
    """Take a package into a workspace; a file that does not exist is made from it."""
    call.want_there(chosen.package)
    words = words_for(chosen, language)
    if chosen.file.exists():
        with call.opened(chosen, language, lock=True) as database:
            return _merged(chosen, language, database, words, anew=False)
    if chosen.dry_run:
        return _looked(chosen, language, words)
    from unnm_desktop.db.making import new_workspace

    call.want_safe(chosen.file)
    with new_workspace(chosen.file, settings.load().officer) as database:
        return _merged(chosen, language, database, words, anew=True)


def _looked(chosen: argparse.Namespace, language: Language, words: str) -> Answer:
    """Say what a workspace made from the package would hold."""
    from unnm_desktop.services.handover import beginning

    arrived = beginning.look(chosen.package, words, call.progress())
    try:
        return _result(arrived, None, []), _lines(language, arrived, (), None), ""
    finally:
        arrived.close()


def _merged(chosen: argparse.Namespace, language: Language, database: Database, words: str, *, anew: bool) -> Answer:
    from unnm_desktop.services import backup
    from unnm_desktop.services.handover import deciding, receiving
    from unnm_desktop.services.handover.deciding import Pick
    from unnm_desktop.services.handover.telling import Teller

    progress = call.progress()
    arrived = receiving.look(database, chosen.package, words, progress)
    try:
        preview = arrived.preview
        taken = None
        with database.read() as session:
            told = Teller(session, replace(language, clock=call.clock(session)), preview).conflicts(preview.conflicts)
        if not chosen.dry_run:
            if not chosen.other_workspace:
                receiving.want_own(arrived)
            taken = receiving.take_in(
                database,
                arrived,
                deciding.all_of(preview.conflicts, Pick(chosen.resolve)) if chosen.resolve else (),
                folder=None if anew else backup.folder_for(database.id, settings.load().backup_folder),
                now=datetime.now(UTC),
                progress=progress,
            )
        same = _same(database) if taken is not None else []
        lines = _lines(language, arrived, told, taken)
        for one in same:
            words = N_("The number {reference} stands on several records. In the window one can be given {next}.")
            lines.append(language.tr(words, reference=one["reference"], next=one["next"]))
        return _result(arrived, taken, same), lines, ""
    finally:
        arrived.close()


def report(chosen: argparse.Namespace, language: Language) -> Answer:
    """Write the report of the newest merge, also of one that was undone."""
    from unnm_desktop.i18n import language_for
    from unnm_desktop.reports import merge_report
    from unnm_desktop.services.handover import merge as merging

    with call.opened(chosen, language, lock=False) as database:
        with database.read() as session:
            last, clock = next(iter(merging.merges(session)), None), call.clock(session)
        if last is None:
            raise UserError(N_("Nothing was ever taken into this workspace."))
        paper = language_for(chosen.lang, paper=True)
        done = merge_report.write(database, last.id, call.today(chosen), clock, paper, chosen.output)
    result = {"path": str(done.path), "pages": done.pages, "sha256": done.sha256, "package": last.package_id}
    return result, call.written(language, done.path), ""


def undo(chosen: argparse.Namespace, language: Language) -> Answer:
    """Take the last merge back; work done since stays."""
    from unnm_desktop.services import backup
    from unnm_desktop.services.handover import receiving

    with call.opened(chosen, language, lock=True) as database:
        with database.read() as session:
            last = receiving.last_merge(session)
        if last is None:
            raise UserError(N_("No merge is left to take back in this workspace."))
        folder = backup.folder_for(database.id, settings.load().backup_folder)
        done = receiving.undo(database, last.id, folder=folder, now=datetime.now(UTC), progress=call.progress())
    result = {
        "package": last.package_id,
        "undone": True,
        "changed": done.changed,
        "stays": done.stays,
        "erased": done.erased,
    }
    lines = [
        language.ntr(
            "The merge is taken back: {n} record is as it was before.",
            "The merge is taken back: {n} records are as they were before.",
            done.changed,
        )
    ]
    if done.stays:
        lines.append(
            language.ntr(
                "{n} record was worked on since and stays, as a conflict.",
                "{n} records were worked on since and stay, as conflicts.",
                done.stays,
            )
        )
    if done.erased:
        lines.append(language.tr(N_("What the package erased for good cannot come back.")))
    return result, lines, ""


def _same(database: Database) -> list[dict[str, Any]]:
    """The numbers that stand on several records."""
    from unnm_desktop.services import numbering

    with database.read() as session:
        return [
            {
                "reference": pair.reference,
                "entity": pair.entity.__tablename__,
                "records": [str(key) for key in pair.ids],
                "next": numbering.offered(session, pair.ids[0]),
            }
            for pair in numbering.every_duplicate(session)
        ]


def _result(arrived: Arrived, taken: Taken | None, same: list[dict[str, Any]]) -> dict[str, Any]:
    preview = arrived.preview
    return {
        "package": arrived.told.package_id,
        "by": arrived.by,
        "signature": arrived.package.signature.value,
        "new": len(preview.new),
        "changed": len(preview.changed),
        "removed": len(preview.removed),
        "unchanged": preview.unchanged,
        "erased": preview.erased,
        "conflicts": [_conflict(one) for one in preview.conflicts],
        "duplicates": [
            {
                "entity": one.entity,
                "mine": str(one.mine),
                "theirs": str(one.theirs),
                "titles": list(one.titles),
                "field": one.field,
            }
            for one in preview.duplicates
        ],
        "nothing_new": preview.nothing_new,
        "late": len(preview.late),
        "same_numbers": same,
        "other_workspace": arrived.foreign,
        "decided": taken.decided if taken is not None else 0,
        "backup": str(taken.backup) if taken is not None and taken.backup is not None else None,
        "applied": taken is not None and taken.merge_id is not None,
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "record": str(one.row),
        "title": one.title,
        "field": one.field,
        "kind": one.kind,
        "mine": _value(one.mine),
        "theirs": _value(one.theirs),
        "ancestor": one.ancestor,
    }


def _value(side: Side | None) -> Any:
    return side.value if side is not None else None


def _lines(language: Language, arrived: Arrived, told: Sequence[ToldConflict], taken: Taken | None) -> list[str]:
    preview = arrived.preview
    if preview.nothing_new:
        return [language.tr(N_("Nothing in the package is new here. Nothing was changed."))]
    lines = [_counted(language, preview, done=taken is not None)]
    if arrived.stranger:
        lines.append(
            language.tr(
                N_("Signed by {by}, not known to this computer. Compare these words by phone: {words}"),
                by=arrived.by,
                words=arrived.package.words,
            )
        )
    if arrived.foreign:
        lines.append(language.tr(N_("It comes from another workspace, not from a copy of this one.")))
    lines += [_question(language, one) for one in told]
    if preview.late:
        lines.append(
            language.ntr(
                "{n} text for minutes that were sent already: it goes into a new version",
                "{n} texts for minutes that were sent already: they go into a new version",
                len(preview.late),
            )
        )
    for pair in preview.duplicates:
        lines.append(
            language.tr(N_("Perhaps the same: {mine} and {theirs}"), mine=pair.titles[0], theirs=pair.titles[1])
        )
    if taken is None:
        lines.append(language.tr(N_("Nothing was changed: this was a dry run.")))
    elif taken.open:
        lines.append(
            language.ntr(
                "{n} conflict stays open until somebody decides it in the window.",
                "{n} conflicts stay open until somebody decides them in the window.",
                taken.open,
            )
        )
    if taken is not None and taken.backup is not None:
        lines.append(language.tr(N_("Backed up before: {file}"), file=str(taken.backup)))
    return lines


def _counted(language: Language, preview: Preview, *, done: bool) -> str:
    text = N_("Taken in: {new} new, {changed} changed, {removed} removed, {conflicts} in conflict.")
    dry = N_("Would take in: {new} new, {changed} changed, {removed} removed, {conflicts} in conflict.")
    return language.tr(
        text if done else dry,
        new=language.number(len(preview.new)),
        changed=language.number(len(preview.changed)),
        removed=language.number(len(preview.removed)),
        conflicts=language.number(len(preview.conflicts)),
    )


def _question(language: Language, one: ToldConflict) -> str:
    """A conflict in the words of the window."""
    from unnm_desktop.services.field_names import FIELD_NAMES
    from unnm_desktop.services.handover import account, deciding
    from unnm_desktop.services.handover.deciding import Pick

    conflict = one.conflict
    if deciding.is_over_removal(conflict):
        mine, theirs = (
            language.tr(account.GOES if deciding.removes(conflict, pick) else account.STAYS)
            for pick in (Pick.MINE, Pick.THEIRS)
        )
        return language.tr(
            N_("In conflict: {record}: mine {mine}, theirs {theirs}"), record=_name(one), mine=mine, theirs=theirs
        )
    return language.tr(
        N_("In conflict: {record}, {field}: mine {mine}, theirs {theirs}"),
        record=_name(one),
        field=language.tr(FIELD_NAMES[conflict.field]),
        mine=_shown(one.mine),
        theirs=_shown(one.theirs),
    )


def _name(one: ToldConflict) -> str:
    return one.name or one.conflict.title or one.conflict.entity


def _shown(value: str) -> str:
    text = " ".join(value.split()) or "–"
    return text if len(text) <= 60 else f"{text[:59]}…"
