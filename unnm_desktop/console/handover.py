"""The commands of the hand-over: ``handover pack``, ``handover show`` and ``handover code``."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from unnm_desktop.console import call
from unnm_desktop.console.call import Answer
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language

if TYPE_CHECKING:
    from unnm_desktop.services.handover.opening import Package
    from unnm_desktop.services.handover.package import Packed

_LONGEST = 4096


def pack(chosen: argparse.Namespace, language: Language) -> Answer:
    """Write a package; its passphrase is shown once, where it was made here."""
    from unnm_desktop.db import disk, passphrases
    from unnm_desktop.reports import handing_over
    from unnm_desktop.services import generated_words, outside
    from unnm_desktop.services.handover import content, office, package

    to = office.name_of(chosen.office) if chosen.office else ""
    words, shown = "", False
    if chosen.passphrase_file:
        words = _read_words(chosen.passphrase_file)
        # Whoever finds the stick can try as long as they like.
        passphrases.want_good(words)
    elif not chosen.to:
        words, shown = generated_words.passphrase(), True
    progress = call.progress()
    # Beside an open window, too: a package is one consistent moment and needs no lock. An office goes only when nobody
    # works in it.
    with call.opened(chosen, language, lock=bool(to)) as database:
        if to and database.handed is not None:
            raise database.handed.refusal()
        newest = database.newest_change()
        with database.read() as session:
            networks = content.chosen_networks(session, chosen.network)
            # A name tells the hour by the network's clock, as the window does.
            now = datetime.now(ZoneInfo(networks[0].time_zone))
            papers = handing_over.papers(session, networks, call.today(chosen), only=chosen.lang, progress=progress)
            made = package.pack(
                content.contents(
                    database,
                    session,
                    networks,
                    papers=papers,
                    files=not chosen.without_files,
                    office_to=to,
                ),
                chosen.output,
                passphrase=words,
                codes=tuple(chosen.to),
                now=now,
                progress=progress,
            )
        digest = disk.digest(made.path)
        if made.manifest.scope.whole:
            outside.note(database.id, made.path, newest, now.date())
        if to:
            office.hand_over(database, made, now)
    return _packed(made, digest, to, words if shown else "", chosen.file.name, language)


def _packed(made: Packed, digest: str, to: str, words: str, file: str, language: Language) -> Answer:
    """What is said of a package; ``words`` only where they were made here and nobody else knows them."""
    from unnm_desktop.services.handover import keys

    told = made.manifest
    result: dict[str, Any] = {
        "path": str(made.path),
        "package": told.package_id,
        "sha256": digest,
        "size": made.size,
        "networks": list(told.scope.networks),
        "changesets": told.changesets,
        "verified": True,
        "office_to": to,
    }
    lines = [language.tr(N_("Written and read back: {file}. The stick may be removed."), file=str(made.path))]
    if words:
        result["passphrase"] = words
        lines += [
            language.tr(N_("Its passphrase, shown this once: {words}"), words=words),
            language.tr(N_("Tell it by phone. Never write it on the stick or send it with the package.")),
        ]
    if to:
        words_of = N_("The office is handed over to {to}. {file} can only be read from now on.")
        lines.append(language.tr(words_of, to=to, file=file))
    result["signing_words"] = keys.words(keys.public_key())
    asked = N_("Who receives it for the first time compares these words with you by phone: {words}")
    lines.append(language.tr(asked, words=result["signing_words"]))
    return result, lines, ""


def show(chosen: argparse.Namespace, language: Language) -> Answer:
    """Tell what a package holds; bad where nobody answers for it."""
    from unnm_desktop.services.handover import opening
    from unnm_desktop.services.handover.limits import BadPackage

    call.want_there(chosen.package)
    opening.look_over(chosen.package)
    words = words_for(chosen, language)
    with opening.opened(chosen.package, words, call.progress()) as found:
        result, lines = _told(found, language)
        try:
            found.want_signature()
        except BadPackage as error:
            return result, lines, language.tr(error.message, **error.values)
    return result, lines, ""


def take_back(chosen: argparse.Namespace, language: Language) -> Answer:
    """Work again in a workspace that was handed over."""
    from unnm_desktop.services.handover import office

    with call.opened(chosen, language, lock=True) as database:
        handed = database.handed
        office.take_back(database, chosen.reason)
    result = {"workspace": str(chosen.file), "taken_back": True, "from": handed.to if handed is not None else ""}
    return result, [language.tr(N_("The office is taken back. You can work in it again."))], ""


def code(_chosen: argparse.Namespace, language: Language) -> Answer:
    """This computer's code."""
    from unnm_desktop.services import generated_words
    from unnm_desktop.services.handover import keys

    found = keys.office_code()
    words = generated_words.words_of(found.encode())
    lines = [found, language.tr(N_("Its words, to compare by phone: {words}"), words=words)]
    return {"code": found, "words": words}, lines, ""


def _told(found: Package, language: Language) -> tuple[dict[str, Any], list[str]]:
    told = found.manifest
    by = f"{told.sender.label} ({told.sender.officer})" if told.sender.officer else told.sender.label
    files = sum(member.name.startswith("blobs/") for member in told.members)
    result = {
        "package": told.package_id,
        "made": told.made_at,
        "by": by,
        "networks": list(told.scope.networks),
        "scope": {
            "whole": told.scope.whole,
            "referrals": told.scope.referrals,
            "personal_notes": told.scope.personal_notes,
            "files": told.scope.files,
            "office": told.scope.office,
        },
        "to": told.to,
        "signature": found.signature.value,
        "words": found.words,
        "changesets": told.changesets,
        "files": files,
        "size": sum(member.size for member in told.members),
        "app_version": told.app_version,
        "schema": told.schema_rev,
        "whole": True,
    }
    made = language.local(datetime.fromisoformat(told.made_at))
    signed = {
        "known": N_("Signed by {by}, known to this computer."),
        "unknown": N_("Signed by {by}, not known to this computer. Compare these words by phone: {words}"),
        "none": N_("Not signed."),
        "bad": N_("The signature is false."),
    }
    lines = [
        language.tr(N_("The package is whole.")),
        language.tr(N_("Made on {day} by {by}."), day=language.day(made.date()), by=by),
        language.tr(N_("Networks: {networks}"), networks=", ".join(told.scope.networks)),
        language.tr(
            N_("Steps of the journal: {steps}; files: {files}"),
            steps=language.number(told.changesets),
            files=language.number(files),
        ),
        language.tr(signed[found.signature.value], by=by, words=found.words),
    ]
    if told.scope.office:
        lines.append(language.tr(N_("The office is handed over with it to {to}."), to=told.to))
    return result, lines


def words_for(chosen: argparse.Namespace, language: Language) -> str:
    """The passphrase of a package, from its file or asked for."""
    return _read_words(chosen.passphrase_file) if chosen.passphrase_file else _ask(language)


def _read_words(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        words = file.read(_LONGEST).strip()
    if not words:
        raise UserError(N_("{file} holds no passphrase. Write its words into it, on one line."), file=path.name)
    return words


def _ask(language: Language) -> str:
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass(language.tr(N_("Passphrase (empty where the package was made for this office): ")))
