"""The manual: the same chapters in both languages, every link and picture there, found by words, read by keys."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from unnm_desktop.db.engine import Database
from unnm_desktop.ui.chapters import chapters
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.manual import ManualPage

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
KEYS = re.compile(r"`((?:Ctrl|Alt|Shift|F\d)[^`]*)`")


@pytest.fixture(params=["en", "ar"])
def page(request: pytest.FixtureRequest, make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot) -> ManualPage:
    desk = make_desk(rtl=request.param == "ar")
    desk.hub.open(bahrain)
    page = ManualPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    return page


def titles(page: ManualPage) -> list[str]:
    return [page.table.listing.index(row, 0).data() for row in range(page.table.listing.rowCount())]


def test_both_languages_have_the_same_chapters_headings_pictures_and_keys() -> None:
    english, arabic = chapters("en"), chapters("ar")
    assert [one.name for one in english] == [one.name for one in arabic]
    for one, other in zip(english, arabic, strict=True):
        assert one.text.count("\n## ") == other.text.count("\n## "), one.name
        assert len(PICTURE.findall(one.text)) == len(PICTURE.findall(other.text)), one.name
        assert sorted(KEYS.findall(one.text)) == sorted(KEYS.findall(other.text)), one.name
        assert not re.search("[؀-ۿ]{3}", one.title), one.name
        assert re.search("[؀-ۿ]{3}", other.title), other.name


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_link_and_picture_of_the_manual_is_there(code: str) -> None:
    for one in chapters(code):
        for target in (*LINK.findall(one.text), *PICTURE.findall(one.text)):
            assert (one.folder / target).is_file(), f"{one.name}: {target}"


def test_the_first_chapter_is_shown_at_once(page: ManualPage) -> None:
    assert len(titles(page)) == len(chapters(page.language.code))
    assert page.reader.toPlainText().startswith(titles(page)[0])


def test_a_chapter_is_found_by_its_words(page: ManualPage) -> None:
    # Inserted: QTest has no keys for Arabic letters.
    page.filter_box.insert("المستدامة" if page.desk.look.rtl else "SDG")
    assert len(titles(page)) == 1
    assert page.reader.toPlainText().startswith(titles(page)[0])
    assert page.reader.textCursor().selectedText()
    page.filter_box.clear()
    assert len(titles(page)) == len(chapters(page.language.code))


def test_arrows_walk_the_chapters_and_a_link_leads_on(page: ManualPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.reader.toPlainText().startswith(titles(page)[1])
    page.reader.anchorClicked.emit(QUrl("12-nothing-is-lost.md"))
    assert page.reader.toPlainText().startswith(titles(page)[11])
