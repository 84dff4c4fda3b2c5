"""What a viewer sees in a PDF: characters by place, words, and its own search."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2

from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset.document import render_bytes

_FOLD = str.maketrans("([{«<“‘", ")]}»>”’")
_INVISIBLE = re.compile("[\u200b-\u200f\u061c\u2066-\u2069\ufeff\u00ad]")


def furniture(language: str = "en", **values: Any) -> b.Furniture:
    return b.Furniture(title="", header="", language=language, page_words="{page}/{pages}", **values)


def made(*blocks: b.Block, language: str = "en") -> bytes:
    return render_bytes(blocks, furniture(language))


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def fold(text: str) -> str:
    """Compatibility letters, brackets without a side, no marks of direction, no spaces."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_FOLD)
    return "".join(text.split())


def page_text(data: bytes, page: int = 0) -> str:
    with opened(data) as document:
        text_page = document[page].get_textpage()
        try:
            return text_page.get_text_range().replace("\r\n", "\n")
        finally:
            text_page.close()


def all_text(data: bytes) -> str:
    with opened(data) as document:
        count = len(document)
    return "\n".join(page_text(data, page) for page in range(count))


def characters(data: bytes, page: int = 0) -> list[tuple[float, float, str]]:
    """(x centre, base line, character) of all visible characters; letters of one ligature share their place."""
    out = []
    with opened(data) as document:
        text_page = document[page].get_textpage()
        try:
            for index in range(text_page.count_chars()):
                character = text_page.get_text_range(index, 1)
                if not character.strip() or _INVISIBLE.search(character):
                    continue
                left, bottom, right, _ = text_page.get_charbox(index, loose=True)
                out.append(((left + right) / 2, bottom, index, character))
        finally:
            text_page.close()
    return [(x, y, c) for x, y, _, c in out]


def body_lines(data: bytes, page: int = 0) -> list[str]:
    """The lines of the page's body, each from left to right as the eye sees it."""
    rows: dict[int, list[tuple[float, int, str]]] = {}
    for index, (x, y, character) in enumerate(characters(data, page)):
        if 70 < y < 775:
            rows.setdefault(round(y / 3), []).append((x, index, character))
    lines = []
    for key in sorted(rows, reverse=True):
        ordered = sorted(rows[key], key=lambda each: (round(each[0], 1), _ligature_order(each)))
        lines.append("".join(character for _, _, character in ordered))
    return lines


def _ligature_order(each: tuple[float, int, str]) -> int:
    """Letters of one glyph share a box: right-to-left ones are seen last first."""
    right = unicodedata.bidirectional(each[2]) in ("R", "AL", "NSM")
    return -each[1] if right else each[1]


def poppler_text(data: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return re.findall(r"\w[\w\u064b-\u0652]*", text)


def recall(expected: str, got: str) -> float:
    """The share of the words that come back, each as often as it was written."""
    left = words(got)
    wanted = words(expected)
    found = 0
    for word in wanted:
        if word in left:
            left.remove(word)
            found += 1
    return found / len(wanted)


def found_by_search(data: bytes, phrase: str) -> bool:
    with opened(data) as document:
        for page in document:
            text_page = page.get_textpage()
            try:
                if text_page.search(phrase).get_next() is not None:
                    return True
            finally:
                text_page.close()
    return False
