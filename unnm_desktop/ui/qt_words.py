"""What Qt's own dialogs say where its translation lacks words or speaks otherwise than the program does."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from unnm_desktop.i18n import N_, Language

# The menu of a text, in fields of one line and of many.
_TEXT_MENU = (
    ("&Undo", N_("&Undo")),
    ("&Redo", N_("&Redo")),
    ("Cu&t", N_("Cu&t")),
    ("&Copy", N_("&Copy")),
    ("Copy &Link Location", N_("Copy the address of the &link")),
    ("&Paste", N_("&Paste")),
    ("Delete", N_("Delete")),
    ("Select All", N_("Select all")),
)
_WORDS = (
    *((context, source, text) for context in ("QLineEdit", "QWidgetTextControl") for source, text in _TEXT_MENU),
    # Choosing files: on Linux the dialog is Qt's own, unless a desktop has another.
    ("QFileDialog", "&Look in:", N_("&Look in:")),
    ("QFileDialog", "Files of &type:", N_("Files of &type:")),
    ("QFileDialog", "&Open", N_("&Open")),
    ("QFileDialog", "&Save", N_("&Save")),
    ("QFileDialog", "&Choose", N_("&Choose")),
    ("QPlatformTheme", "Cancel", N_("Cancel")),
    ("QAbstractFileIconProvider", "Folder", N_("a folder")),
    ("QAbstractFileIconProvider", "File Folder", N_("a folder")),
    ("QAbstractFileIconProvider", "Drive", N_("a drive")),
    ("QAbstractFileIconProvider", "File", N_("a file")),
    ("QAbstractFileIconProvider", "Shortcut", N_("a shortcut")),
    ("QAbstractFileIconProvider", "Alias", N_("a shortcut")),
    ("QAbstractFileIconProvider", "Unknown", N_("unknown")),
    (
        "QFileSystemModel",
        '<b>The name "%1" cannot be used.</b><p>Try using another name, with fewer characters or no punctuation marks.',
        N_('<b>The name "%1" cannot be used.</b><p>Choose a shorter one, without punctuation marks.'),
    ),
    # Printing.
    ("QPrintSettingsOutput", "Double Sided Printing", N_("Both sides of the paper")),
    ("QPrintSettingsOutput", "Off", N_("One side only")),
    ("QPrintSettingsOutput", "Long side binding", N_("Turned over the long side")),
    ("QPrintSettingsOutput", "Short side binding", N_("Turned over the short side")),
    ("QPrintSettingsOutput", "Pages", N_("Pages:")),
    ("QPrintSettingsOutput", "Page &Set:", N_("Which of &them:")),
    (
        "QPrintSettingsOutput",
        "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen."
        " E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.",
        N_("Pages and ranges with commas between them: 3,5-7,9 prints the pages 3, 5, 6, 7 and 9."),
    ),
    ("QPrintDialog", "Invalid Pages Definition", N_("These pages cannot be read")),
    (
        "QPrintDialog",
        "%1 does not follow the correct syntax. Please use ',' to separate ranges and pages, '-' to define ranges and"
        " make sure ranges do not intersect with each other.",
        N_("%1 cannot be read. Put commas between pages and ranges, write a range as 5-7, and name no page twice."),
    ),
    ("QPrintDialog", "Duplex Settings Conflicts", N_("The sides of the paper do not go together")),
    (
        "QPrintDialog",
        "There are conflicts in duplex settings. Do you want to fix them?",
        N_("What is chosen for the sides of the paper does not go together. Mend it?"),
    ),
    ("QPrintPropertiesDialog", "Page Setup Conflicts", N_("The page does not go together")),
    (
        "QPrintPropertiesDialog",
        "There are conflicts in page setup options. Do you want to fix them?",
        N_("What is chosen for the page does not go together. Mend it?"),
    ),
    ("QPrintPropertiesDialog", "Advanced Option Conflicts", N_("Some options do not go together")),
    (
        "QPrintPropertiesDialog",
        "There are conflicts in some advanced options. Do you want to fix them?",
        N_("Some of the further options do not go together. Mend them?"),
    ),
    (
        "QPrintPropertiesWidget",
        "There are conflicts in some options. Please fix them.",
        N_("Some options do not go together. Choose others."),
    ),
    ("QPrintPropertiesWidget", "Advanced", N_("Further options")),
    ("QPageSetupWidget", "Centimeters (cm)", N_("Centimetres (cm)")),
    ("QPageSetupWidget", "Page &order:", N_("Page &order:")),
    ("QPageSetupWidget", "Pages &per sheet:", N_("Pages &per sheet:")),
    ("QCupsJobWidget", "Job &priority:", N_("&Priority:")),
    ("QCupsJobWidget", "Scheduled &printing:", N_("Print &when:")),
    ("QCupsJobWidget", "&Billing information:", N_("&Billed to:")),
    ("QCupsJobWidget", "&Start:", N_("&First page:")),
    ("QCupsJobWidget", "&End:", N_("&Last page:")),
)
"""Where Qt asks, its own text, and ours."""

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7


def words(language: Language) -> bytes:
    """Our words in this language as Qt reads them, so that no thread of Qt's has to ask Python."""
    return _compiled((context, source, language.tr(text)) for context, source, text in _WORDS)


def _compiled(told: Iterable[tuple[str, str, str]]) -> bytes:
    """A file of messages (.qm) of these contexts, sources and translations; its numbers are big-endian."""
    messages, places = b"", []
    for context, source, text in told:
        places.append((_hash(source.encode()), len(messages)))
        parts = (_TRANSLATION, text.encode("utf-16-be")), (_SOURCE, source.encode()), (_CONTEXT, context.encode())
        messages += b"".join(struct.pack(">BI", tag, len(part)) + part for tag, part in parts) + bytes([_END])
    hashes = b"".join(struct.pack(">II", *one) for one in sorted(places))
    sections = (_HASHES, hashes), (_MESSAGES, messages)
    return _MAGIC + b"".join(struct.pack(">BI", tag, len(part)) + part for tag, part in sections)


def _hash(source: bytes) -> int:
    """The sum by which Qt finds a text (that of ELF's symbol tables)."""
    found = 0
    for byte in source:
        found = (found << 4) + byte
        high = found & 0xF0000000
        if high:
            found ^= high >> 24
        found &= ~high & 0xFFFFFFFF
    return found or 1
