"""Where the command line takes a passphrase from: a file, a variable or the prompt; never an argument."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from unnm_desktop import paths
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, Language

if TYPE_CHECKING:
    from unnm_desktop.db.keys import Key
    from unnm_desktop.services.restoring import Access

VARIABLE = "UNNM_PASSPHRASE"
_MOST = 4096


def text_of(file: Path) -> str:
    """The passphrase or code that a file holds.

    Raises:
        UserError: it cannot be read.

    """
    try:
        with file.open(encoding="utf-8-sig") as opened:
            return opened.read(_MOST).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(N_("{file} cannot be read. Check that you may open it."), file=file.name) from error


def passphrase(chosen: argparse.Namespace, language: Language, file: Path) -> str:
    """The passphrase for a workspace.

    Raises:
        UserError: none was given, and there is nobody to ask.

    """
    if chosen.workspace_passphrase_file is not None:
        return text_of(chosen.workspace_passphrase_file)
    said = os.environ.get(VARIABLE)
    if said is not None:
        return said
    if not sys.stdin.isatty():
        raise UserError(
            N_(
                "{file} is protected. Give its passphrase with --workspace-passphrase-file, UNNM_PASSPHRASE"
                " or at the prompt."
            ),
            file=file.name,
        )
    return getpass.getpass(language.tr(N_("Passphrase of {file}: "), file=file.name))


def key(chosen: argparse.Namespace, language: Language, file: Path) -> Key | None:
    """What opens this workspace or copy; None where it is plain.

    Raises:
        WrongPassphrase: no slot opens with the passphrase.
        UserError: there is no passphrase, or the recovery code holds an error.

    """
    if paths.is_plain(file) or not file.is_file():
        return None
    if chosen.recovery_file is not None:
        from unnm_desktop.db import recovery  # SQLAlchemy takes half a second; --help does not wait for it

        return recovery.key_of(text_of(chosen.recovery_file))
    if not paths.is_protected(file):
        return None
    from unnm_desktop.db import keys  # as above

    return keys.unlock(file, passphrase(chosen, language, file))


def _key_of_copy(chosen: argparse.Namespace, language: Language) -> Key | None:
    if chosen.copy_passphrase_file is None or not paths.is_protected(chosen.copy):
        return key(chosen, language, chosen.copy)
    from unnm_desktop.db import keys  # as above

    return keys.unlock(chosen.copy, text_of(chosen.copy_passphrase_file))


def of_restore(chosen: argparse.Namespace, language: Language) -> Access:
    """What a restore needs: the copy's key, the workspace's, and slots where the sheet opens a copy without any.

    Raises:
        UserError: as ``key``.

    """
    from unnm_desktop.db import keys, passphrases  # as above
    from unnm_desktop.services.restoring import Access

    opened = _key_of_copy(chosen, language)
    if opened is None and paths.looks_sealed(chosen.copy):
        keys.read(chosen.copy)
    if opened is None:
        return Access(own=key(chosen, language, chosen.file))
    slots = None
    if chosen.recovery_file is not None and not paths.is_protected(chosen.file):
        new = passphrase(chosen, language, chosen.file)
        passphrases.want_good(new)
        slots = keys.KeyFile.make(opened, new)
    own = None
    if chosen.recovery_file is None and paths.is_protected(chosen.file):
        # The copy may have been made before the passphrase was changed; then the same key opens both.
        try:
            own = keys.unlock(chosen.file, passphrase(chosen, language, chosen.file))
        except keys.WrongPassphrase:
            own = None
    return Access(opened, own, slots)
