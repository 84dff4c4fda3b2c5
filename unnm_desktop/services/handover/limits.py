"""How large a package and its parts may be, and the sentences of a package that is refused."""

from __future__ import annotations

from pathlib import Path

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

ENDING = ".unnmx"
LARGEST = (4 << 30) - 2
"""Bytes of a package: the most that a FAT32 stick holds in one file."""
MANIFEST = 1 << 20
JOURNAL_PACKED = 64 << 20
JOURNAL = 512 << 20
RATIO = 200
"""How many times larger the journal may be than its packed bytes."""
LINE = 4 << 20
DEPTH = 20
BLOB = 500 << 20
MEMBERS = 100_000
READ_ME = 64 << 10
KEY = 4 << 10
RECIPIENTS = 15
"""One stanza more is added by the writer of age files, and more than 16 take long to look through."""
HEADER = 8 << 10
HARDEST = 19
"""The highest work factor of a passphrase that is tried: 512 MB of memory."""


class BadPackage(UserError):
    """The package is not taken: what is wrong with it, and what to do; nothing was changed."""


class Shut(BadPackage):
    """It is whole as far as can be seen, but does not open with what is at hand."""


def not_ours(path: Path) -> BadPackage:
    """It is some other file."""
    return BadPackage(
        N_("{file} is not a hand-over package. Nothing was changed. Choose a file that ends in .unnmx."),
        file=path.name,
    )


def damaged(path: Path) -> BadPackage:
    """Bytes were lost or changed, or it was never made by this program."""
    return BadPackage(
        N_("{file} is damaged. Nothing was changed. Copy it again from the stick, or ask for a new package."),
        file=path.name,
    )


def too_large(path: Path) -> BadPackage:
    """Something in it is larger than this program takes."""
    return BadPackage(
        N_("{file} holds more than this program takes in. Nothing was changed. Ask for a new package."),
        file=path.name,
    )


def newer(path: Path) -> BadPackage:
    """A later version of the program made it."""
    return BadPackage(
        N_("{file} was made with a newer version of this program. Update the program, then open it again."),
        file=path.name,
    )


def wrong_key(path: Path) -> Shut:
    """It is sealed for somebody else, or the words are wrong."""
    return Shut(
        N_("These words do not open {file}. Nothing was changed. Ask its sender for the passphrase by phone."),
        file=path.name,
    )


def needs_words(path: Path) -> Shut:
    """It was made with a passphrase, and none was given."""
    return Shut(
        N_("{file} needs its passphrase. Nothing was changed. Ask its sender for the six words by phone."),
        file=path.name,
    )


def not_for_us(path: Path) -> Shut:
    """It is sealed with other offices' codes only."""
    return Shut(
        N_("{file} was made for another office. Nothing was changed. Give its sender this computer's code."),
        file=path.name,
    )


def unsigned(path: Path) -> BadPackage:
    """Nobody answers for what it holds."""
    return BadPackage(
        N_("{file} is not signed by its sender. Nothing was changed. Ask for a new package."), file=path.name
    )


def forged(path: Path) -> BadPackage:
    """The signature is not over what it holds."""
    return BadPackage(
        N_("The signature of {file} is false: somebody has changed it. Nothing was changed. Ask for a new package."),
        file=path.name,
    )
