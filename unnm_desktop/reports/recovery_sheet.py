"""The recovery sheet: the code that opens a workspace, and its newest backup, when every passphrase is forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from unnm_desktop import reports
from unnm_desktop.db import recovery
from unnm_desktop.db.keys import Key
from unnm_desktop.i18n import N_, Language
from unnm_desktop.keeping_apart import close_to_others
from unnm_desktop.reports import words as w
from unnm_desktop.typeset.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Facts,
    Heading,
    Paragraph,
    ScanCode,
    Space,
    Table,
    ltr,
)

_ACROSS = 7
"""Groups of a line: two lines hold the code."""


def compose(key: Key, workspace: str, on: date, language: Language) -> reports.Document:
    """What is said on the sheet, in that language; the code itself is the same in both."""
    tr = language.tr
    title = tr(N_("Recovery sheet"))
    groups = recovery.code(key)
    numbered = [(language.number(n), ltr(group)) for n, group in enumerate(groups, 1)]
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        Paragraph(tr(N_("This code opens the workspace, and every backup of it, without a passphrase.")), "lead"),
        Facts(
            (
                (tr(N_("Workspace")), ltr(workspace)),
                (tr(N_("Printed on")), language.day(on)),
                (tr(N_("Key")), ltr(key.id)),
            )
        ),
        Space(4),
        Heading(tr(N_("The code")), 2),
        ScanCode(
            " ".join(groups),
            tr(N_("The same code for a scanner")),
            tuple(_line(numbered[at : at + _ACROSS]) for at in range(0, len(numbered), _ACROSS)),
        ),
        Paragraph(tr(N_("Read it from group 1 to group 14. The last group finds typing errors.")), "small"),
        Paragraph(
            tr(
                N_(
                    "A scanner that is plugged into the computer types the same code out of the square. Do not read it"
                    " with a telephone: it may keep or send what it reads."
                )
            ),
            "small",
        ),
        Space(4),
        Callout(
            tr(
                N_(
                    "Whoever has this sheet and the file can read everything. Seal it in an envelope and keep it in the"
                    " safe of the office, never beside the laptop, and never as a photograph or file."
                )
            ),
            "warn",
        ),
        Heading(tr(N_("When it is needed")), 2),
        Bullets(
            (
                tr(N_("Install the program on any computer and bring the newest backup there.")),
                tr(N_("Choose “Restore a backup” on the first page, take the backup, then “Use the recovery sheet”.")),
                tr(N_("Type the code or scan it, then choose a new passphrase. The code stays good.")),
            ),
            numbered=True,
        ),
    )
    furniture = w.workspace_furniture(language, title, on, N_("Keep sealed"))
    return reports.Document(furniture, blocks)


def _line(groups: list[tuple[str, str]]) -> Block:
    columns = tuple(Column(number, align="center", kind="code") for number, _ in groups)
    return Table(columns, (tuple(group for _, group in groups),))


def write(key: Key, workspace: str, on: date, language: Language, path: Path) -> None:
    """Write the sheet as PDF, readable by its owner only where the place knows such a thing.

    Raises:
        UserError: the file cannot be written, or is not named .pdf or .txt.

    """
    reports.write(compose(key, workspace, on, language), path)
    close_to_others(path)
