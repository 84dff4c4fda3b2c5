"""The commands that keep a workspace safe: ``backup``, ``restore``, ``protect`` and ``unprotect``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import paths, settings
from unnm_desktop.console import access, call
from unnm_desktop.console.call import Answer
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language, language_for

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key


def back_up(chosen: argparse.Namespace, language: Language) -> Answer:
    """Make a verified copy of the workspace."""
    from unnm_desktop.services import backup  # SQLAlchemy takes half a second; --help does not wait for it
    from unnm_desktop.services.backup_rotation import SHORT

    now, short = datetime.now(UTC), False
    # Beside an open window, too: a copy is one consistent moment and needs no lock.
    with call.opened(chosen, language, lock=False) as database:
        if chosen.output:
            try:
                chosen.output.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise backup.no_copy(chosen.output, error) from error
            target = chosen.output / f"{chosen.file.stem}-{now:%Y%m%d-%H%M%S}.unnm"
            made = backup.write_copy(database, target, progress=call.progress())
        else:
            folder = backup.folder_for(database.id, settings.load().backup_folder)
            made = backup.make(database, folder, backup.Reason.ASKED, now=now, progress=call.progress())
            room = backup.room(folder)
            short = room is not None and room.is_short
    result, lines, bad = _proven(made.path, made.records, language)
    return {**result, "short_of_room": short}, [*lines, *([language.tr(SHORT)] if short else [])], bad


def restore(chosen: argparse.Namespace, language: Language) -> Answer:
    """Put a copy in the place of the workspace, after a backup of what is there."""
    from unnm_desktop.services import restoring  # as above

    call.want_there(chosen.copy)
    if not (paths.is_plain(chosen.copy) or paths.is_protected(chosen.copy) or paths.looks_sealed(chosen.copy)):
        raise UserError(
            N_("{file} is not a UNNM workspace. Choose a file made by this program."), file=chosen.copy.name
        )
    call.want_safe(chosen.file)
    held = restoring.restore(
        chosen.copy,
        chosen.file,
        now=datetime.now(UTC),
        chosen=settings.load().backup_folder,
        access=access.of_restore(chosen, language),
    )
    return _proven(chosen.file, held.records, language)


def protect(chosen: argparse.Namespace, language: Language) -> Answer:
    """Write the workspace anew with a passphrase."""
    from unnm_desktop.db import turning
    from unnm_desktop.db.engine import Database

    # Looked at first: what is no workspace is refused with the words for that.
    Database(chosen.file, lock=False).close()
    call.want_safe(chosen.file)
    key = turning.protect(chosen.file, access.passphrase(chosen, language, chosen.file))
    return _with_sheet(chosen, language, key)


def change_key(chosen: argparse.Namespace, language: Language) -> Answer:
    """Write a protected workspace anew with another key."""
    from unnm_desktop.db import turning

    old = _own_key(chosen, language)
    new = turning.change_key(chosen.file, old, access.text_of(chosen.new_passphrase_file))
    old.wipe()
    return _with_sheet(chosen, language, new)


def _with_sheet(chosen: argparse.Namespace, language: Language, key: Key) -> Answer:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.services import backup, old_copies

    written = [chosen.file]
    with Database(chosen.file, settings.load().officer, key=key) as database:
        folder = backup.folder_for(database.id, settings.load().backup_folder)
        gone = 0
        if chosen.replace_backups:
            gone = old_copies.replace(database, folder, now=datetime.now(UTC), progress=call.progress())
        left = len(old_copies.readable(database, folder).files)
    if chosen.output:
        from unnm_desktop.reports import recovery_sheet

        recovery_sheet.write(key, chosen.file.stem, call.today(chosen), language_for(chosen.lang), chosen.output)
        written.append(chosen.output)
    key.wipe()
    result, lines, bad = _turned(chosen.file, written, language)
    if gone:
        lines.append(
            language.ntr(
                "{n} backup was taken away; three new ones were read through.",
                "{n} backups were taken away; three new ones were read through.",
                gone,
            )
        )
    if left:
        lines.append(
            language.ntr(
                "{n} backup made before can still be read without the new key."
                " --replace-backups makes new ones instead.",
                "{n} backups made before can still be read without the new key."
                " --replace-backups makes new ones instead.",
                left,
            )
        )
    return {**result, "readable_backups": left, "replaced_backups": gone}, lines, bad


def unprotect(chosen: argparse.Namespace, language: Language) -> Answer:
    """Write the workspace anew as a plain file."""
    from unnm_desktop.db import turning

    key = _own_key(chosen, language)
    turning.unprotect(chosen.file, key)
    key.wipe()
    return _turned(chosen.file, [chosen.file], language)


def _own_key(chosen: argparse.Namespace, language: Language) -> Key:
    with call.opened(chosen, language, lock=True) as database:
        key = database.key
    if key is None:
        raise UserError(N_("{file} is not protected."), file=chosen.file.name)
    return key


def _turned(path: Path, written: Sequence[Path], language: Language) -> Answer:
    result = {"workspace": str(path), "protected": paths.is_protected(path), "written": [str(file) for file in written]}
    return result, call.written(language, *written), ""


def _proven(path: Path, records: int, language: Language) -> Answer:
    text = language.ntr("{file}: verified, {n} record", "{file}: verified, {n} records", records, file=str(path))
    return {"path": str(path), "verified": True, "records": records}, [text], ""
