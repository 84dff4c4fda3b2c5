"""Spelling of English and Arabic words by Hunspell, with the dictionaries of this computer; all of it optional."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from unnm_desktop import paths

# Which of a language's dictionaries is taken first: UN documents spell English as Oxford does, on the British one.
PREFERRED = {"en": ("en_GB", "en_US", "en_"), "ar": ("ar", "ar_BH", "ar_KW", "ar_")}
SUGGESTIONS = 5
_WORD = re.compile(r"[^\W\d_]+(?:[’'\u0640\u064B-\u0652\u0670]+[^\W\d_]+)*[\u064B-\u0652\u0670]*")
_PIECE = re.compile(r"\S+")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_ARABIC = re.compile("[\u0621-\u064a]")


@dataclass(frozen=True)
class Word:
    """A word of a text: where it begins, how long it is, and how it is written."""

    start: int
    length: int
    text: str


def words(text: str) -> Iterator[Word]:
    """The words of a text that have a spelling: no numbers, references, acronyms or addresses."""
    for piece in _PIECE.finditer(text):
        # "BHR/2026/D04", "name@example.org" and "SDG10" are no words, and neither is "IOM".
        if any(sign in "@/\\_#" or sign.isdigit() for sign in piece.group()):
            continue
        for found in _WORD.finditer(piece.group()):
            written = found.group()
            acronym = written.isascii() and any(letter.isupper() for letter in written[1:])
            if len(written) > 1 and not acronym:
                yield Word(piece.start() + found.start(), len(written), written)


def is_installed() -> bool:
    """Whether the library is there; it is not loaded by asking."""
    return find_spec("hunspell") is not None


def own_folder() -> Path:
    """Where the officer may put dictionaries (pairs of .aff and .dic) that the system does not bring."""
    return paths.data_folder() / "dictionaries"


def folders() -> tuple[Path, ...]:
    """Where dictionaries are looked for, the officer's own first."""
    places = [own_folder()]
    if sys.platform == "win32":
        for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
            office = Path(os.environ.get(name, "")) / "LibreOffice" / "share" / "extensions"
            places += [office / "dict-en", office / "dict-ar" / "dictionaries", office / "dict-ar"]
    elif sys.platform == "darwin":
        office = Path("/Applications/LibreOffice.app/Contents/Resources/extensions")
        places += [
            Path.home() / "Library" / "Spelling",
            Path("/Library/Spelling"),
            office / "dict-en",
            office / "dict-ar",
        ]
    else:
        places += [Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/usr/share/myspell")]
    return tuple(places)


def dictionaries() -> dict[str, Path]:
    """The dictionary for each language that has one here: code → its path without ending."""
    found: dict[str, Path] = {}
    for code, names in PREFERRED.items():
        for folder in folders():
            stems = sorted(path.with_suffix("") for path in folder.glob(f"{code}*.dic") if _has_rules(path))
            best = next((stem for name in names for stem in stems if stem.name.startswith(name)), None)
            if best is not None:
                found[code] = best
                break
    return found


def _has_rules(path: Path) -> bool:
    return path.with_suffix(".aff").exists()


class Speller:
    """The dictionaries, loaded when a word first asks for them, and the officer's own words."""

    def __init__(self) -> None:
        self._stems = dictionaries()
        self._known: dict[str, bool] = {}

    @cached_property
    def _loaded(self) -> dict[str, Any]:
        from hunspell import Hunspell  # a second for the Arabic one; only where spelling is wanted

        return {code: Hunspell(stem.name, hunspell_data_dir=str(stem.parent)) for code, stem in self._stems.items()}

    @cached_property
    def _own(self) -> set[str]:
        try:
            return set(_own_words().read_text(encoding="utf-8").splitlines())
        except (OSError, UnicodeDecodeError):
            return set()

    def load(self) -> Speller:
        """Load all that is needed now; for a thread."""
        self.is_right("a")
        self.is_right("و")
        return self

    def is_right(self, word: str) -> bool:
        """Whether a word is spelt right, or belongs to a language without a dictionary here."""
        if word not in self._known:
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> bool:
        plain = _MARKS.sub("", word).replace("’", "'")
        checker = self._loaded.get("ar" if _ARABIC.search(plain) else "en")
        return checker is None or plain.casefold() in self._own or bool(checker.spell(plain))

    def suggestions(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""
        checker = self._loaded.get("ar" if _ARABIC.search(word) else "en")
        return tuple(checker.suggest(_MARKS.sub("", word)))[:SUGGESTIONS] if checker is not None else ()

    def learn(self, word: str) -> None:
        """Take a word as right from now on, on this computer.

        Raises:
            OSError: it cannot be written; it holds until the program is closed.

        """
        plain = _MARKS.sub("", word).casefold()
        self._own.add(plain)
        self._known.clear()
        path = _own_words()
        paths.private_folder(path.parent)
        with path.open("a", encoding="utf-8") as file:
            file.write(plain + "\n")


def _own_words() -> Path:
    return own_folder() / "own-words.txt"
