"""The recovery sheet: what a scanner types out of its square is what the eye reads, and opens the workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL.Image import Image

from tests.reports import qr_reading
from unnm_desktop.db import recovery
from unnm_desktop.db.keys import Key
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import language_for
from unnm_desktop.reports import recovery_sheet

ON = date(2026, 11, 26)


def printed(key: Key, path: Path, language: str, digits: str = "latn") -> tuple[Image, str]:
    recovery_sheet.write(key, "bahrain", ON, language_for(language, digits), path)
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == 1
        page = document[0]
        return page.render(scale=3).to_pil(), page.get_textpage().get_text_range()


@pytest.mark.parametrize(("language", "digits"), [("en", "latn"), ("ar", "latn"), ("ar", "arab")])
def test_the_square_on_the_sheet_says_the_groups_beside_it(tmp_path: Path, language: str, digits: str) -> None:
    for number in range(3):
        key = Key(bytes((number * 37 + at * 11) % 256 for at in range(32)))
        picture, words = printed(key, tmp_path / "sheet.pdf", language, digits)
        typed = qr_reading.read(qr_reading.squares(picture))
        assert typed.split(" ") == list(recovery.code(key))
        assert all(group in words for group in recovery.code(key)), "by hand, too"
        # A scanner ends with Enter.
        assert recovery.key_of(f"{typed}\r\n").data == key.data


def test_a_sheet_as_text_has_the_groups_and_nothing_that_only_a_scanner_reads(tmp_path: Path) -> None:
    key = Key(bytes(range(32)))
    recovery_sheet.write(key, "bahrain", ON, language_for("en"), tmp_path / "sheet.txt")
    text = (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert all(group in text for group in recovery.code(key))


def test_an_arabic_keyboard_is_named_and_its_digits_are_read() -> None:
    code = " ".join(recovery.code(Key(bytes(range(32)))))
    arabic = code.translate({ord("0") + n: 0x660 + n for n in range(10)})
    assert recovery.key_of(arabic).data == bytes(range(32))
    with pytest.raises(UserError, match="Set the keyboard to English"):
        recovery.key_of("شسيب" + code[4:])
