"""The manual: the same chapters in both languages, every link and picture there, found by words, read by keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages import pofile
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from unnm_desktop.db.engine import Database
from unnm_desktop.ui.chapters import CHAPTER_OF, chapters
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.manual import ManualPage
from unnm_desktop.ui.pages import PAGES

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
EMPHASIS = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)")
CATALOGUE = Path(__file__).parents[2] / "resources" / "i18n" / "ar.po"
# Keys of lists and of the mouse stand in no menu; the lock is there once a workspace is protected.
TYPED = ("Ctrl+A", "Ctrl+C", "Shift", "Ctrl", "Ctrl+L")
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


@pytest.mark.parametrize("code", ["en", "ar"])
def test_what_the_manual_says_to_press_is_a_text_of_the_program(code: str) -> None:
    known = re.compile("|".join(sorted(texts(code), key=len, reverse=True)), re.IGNORECASE)
    for one in chapters(code):
        for words in EMPHASIS.findall(one.text):
            for step in words.split(" ▸ "):
                assert known.fullmatch(step), f"{one.name}: {step}"


def texts(code: str) -> set[str]:
    """Every text of the program in a language, as a pattern that takes any value in its place."""
    with CATALOGUE.open("rb") as file:
        entries = [entry.id if code == "en" else entry.string for entry in pofile.read_po(file, locale="ar")]
    found = {form for entry in entries for form in (entry if isinstance(entry, list | tuple) else (entry,)) if form}
    return {re.sub(r"\\\{\w+\\\}", ".+", re.escape(text.replace("&", ""))) for text in found}


def test_every_key_of_the_manual_is_one_of_the_program(
    make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> None:
    desk = make_desk()
    secretariat.open_in(desk, bahrain)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.take_pages(PAGES)
    window.show_workspace((), desk.network)
    known = set(TYPED)
    for kind in PAGES:
        window.go(kind.name)
        known |= {keys for command in window.commands.all() for keys in command.shortcuts}
    for one in chapters("en"):
        for keys in KEYS.findall(one.text):
            arrows = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down"}
            named = "".join(arrows.get(letter, letter) for letter in keys)
            assert named in known, f"{one.name}: {keys}"


def test_every_page_has_a_chapter_that_is_there() -> None:
    assert set(CHAPTER_OF.values()) <= {one.name for one in chapters("en")}
    assert {name.partition(":")[0] for name in CHAPTER_OF} == {one.name for one in PAGES} - {"manual", "everything"}


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


def test_a_picture_does_not_glare_in_a_dark_window(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    lit = []
    for dark in (False, True):
        desk = make_desk(dark=dark)
        page = ManualPage(desk)
        qtbot.addWidget(page)
        page.refresh()
        page.open_record(None, {"chapter": "02-today"})
        picture = page.reader.loadResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl("../pictures/en/today.png")
        ).toImage()
        lit.append(max(picture.pixelColor(x, picture.height() // 2).lightness() for x in range(picture.width())))
    assert lit[0] > 250
    assert lit[1] < 215
