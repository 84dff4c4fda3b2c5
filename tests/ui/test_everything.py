"""All records: every kind shows, is made, changed, removed, restored, and tells its history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import in_dialog, press, show
from unnm_desktop.db import ENTITIES
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Holiday, Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.errors import UserError
from unnm_desktop.services import organisations, records
from unnm_desktop.services.field_names import FIELD_NAMES
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.everything import EverythingPage
from unnm_desktop.ui.form_dialog import FormDialog


@pytest.fixture
def page(desk: Desk, bahrain: Database, qtbot: QtBot) -> Iterator[EverythingPage]:
    secretariat.open_in(desk, bahrain)
    made = EverythingPage(desk)
    show(made, qtbot)
    yield made
    made.close()


def words(page: EverythingPage) -> str:
    return "\n".join(one.text() for one in page.inspector.findChildren(QLabel))


def line_of(page: EverythingPage, name: str) -> QLineEdit:
    line = page.inspector.parts.field(name).findChild(QLineEdit)
    assert line is not None
    return line


def test_every_column_has_a_name() -> None:
    columns = {column.name for entity in ENTITIES.values() for column in entity.__table__.columns}
    assert columns - FIELD_NAMES.keys() == set()
    assert FIELD_NAMES.keys() - columns == set()


def test_every_kind_can_be_chosen_and_shows_its_records(page: EverythingPage, desk: Desk) -> None:
    secretariat.plan(desk)
    assert {page.chooser.itemData(n) for n in range(page.chooser.count())} == set(ENTITIES)
    for table in ENTITIES:
        page.show_kind(table)
        page.table.listing.complete()
        if page.table.listing.count:
            assert page.current() is not None, table
            assert page.inspector.parts.fields, table
        # Each kind is a turn of its own.
        QApplication.processEvents()


def test_the_chooser_changes_the_kind(page: EverythingPage, qtbot: QtBot) -> None:
    page.chooser.setFocus()
    page.chooser.setCurrentIndex(page.chooser.findData("tor_clause"))
    page.chooser.activated.emit(page.chooser.currentIndex())
    assert page.chosen == "tor_clause"
    # The number of a long list is told once it is known.
    assert not page.counted
    qtbot.waitUntil(lambda: page.counted)
    assert page.table.listing.count > 20


def test_a_field_is_typed_kept_and_told_in_the_history(page: EverythingPage, desk: Desk, qtbot: QtBot) -> None:
    iom = desk.hub.read(organisations.find, "IOM")
    assert iom is not None
    page.open_record(iom.id, {"entity": "organisation"})
    line = line_of(page, "website")
    line.setFocus()
    qtbot.keyClicks(line, "example.org")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.hub.read(records.get, Organisation, iom.id).website == "example.org"
    qtbot.waitUntil(lambda: "Website: – → example.org" in words(page))
    assert "Test Officer" in words(page)


def test_a_filter_finds_words_inside(page: EverythingPage, qtbot: QtBot) -> None:
    page.show_kind("tor_clause")
    whole = page.table.listing.count
    qtbot.keyClicks(page.filter_box, "consensus")
    qtbot.waitUntil(lambda: 0 < page.table.listing.count < whole)


def test_a_record_is_made_moved_to_trash_and_brought_back(page: EverythingPage, desk: Desk, qtbot: QtBot) -> None:
    page.show_kind("holiday")

    def fill(dialog: FormDialog[object]) -> None:
        for name, text in (("day", "2026-12-16"), ("name_en", "National Day")):
            line = dialog.parts.field(name).findChild(QLineEdit)
            assert line is not None
            line.setText(text)

    in_dialog(fill)
    page.new()
    made = page.current()
    assert made is not None
    assert desk.hub.read(records.get, Holiday, made).name_en == "National Day"
    page.table.setFocus()
    page.remove_selected()
    qtbot.waitUntil(lambda: page.table.listing.count == 0)
    page.chips.choose("trash")
    qtbot.waitUntil(lambda: page.current() == made)
    assert "In Trash" in words(page)
    press(qtbot, page.inspector, "Restore from Trash")
    assert desk.hub.read(records.get, Holiday, made).removed_at is None
    page.chips.choose("")
    qtbot.waitUntil(lambda: page.table.listing.count == 1)


def test_the_words_of_the_terms_of_reference_in_force_are_refused_under_the_field(
    page: EverythingPage, desk: Desk, qtbot: QtBot
) -> None:
    page.show_kind("objective")
    field = page.inspector.parts.field("text_en")
    field.box.setPlainText("Other words")  # type: ignore[attr-defined]  # a long text
    assert not field.commit()
    assert "in force" in field.problem_line.text()
    chosen = page.current()
    assert chosen is not None
    assert desk.hub.read(records.get, Objective, chosen).text_en != "Other words"


def test_a_network_is_not_made_here(page: EverythingPage) -> None:
    page.show_kind("network")
    assert not page.can_create()
    with pytest.raises(UserError, match="terms of reference"):
        page.make_new()


def test_a_file_is_attached_and_saved_again(
    page: EverythingPage, desk: Desk, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    file, copy = tmp_path / "letter.txt", tmp_path / "copy.txt"
    file.write_bytes(b"words")
    page.show_kind("organisation")
    answers.give("open_file", file)
    press(qtbot, page.inspector, "Attach a file")
    qtbot.waitUntil(lambda: any("letter.txt" in one.text() for one in page.inspector.findChildren(QPushButton)))
    answers.give("save_file", copy)
    press(qtbot, page.inspector, "letter.txt")
    assert copy.read_bytes() == b"words"


def test_looking_at_a_list_of_texts_leaves_its_digits_as_they_were_typed(
    make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> None:
    desk = make_desk(rtl=True)
    assert desk.language.digits == "arab"
    secretariat.open_in(desk, bahrain)
    kept = desk.hub.read(records.get, Network, desk.network_id).alignment
    assert any("2030" in one for one in kept)
    page = EverythingPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_record(desk.network_id, {"entity": "network"})
    page.open_record(None, {"entity": "person"})
    assert desk.hub.read(records.get, Network, desk.network_id).alignment == kept
    page.close()


def test_a_column_that_a_kind_has_nothing_for_takes_no_room(page: EverythingPage) -> None:
    def shown() -> list[str]:
        heads = page.table.listing.source.columns
        return [head.name for number, head in enumerate(heads) if not page.table.isColumnHidden(number)]

    assert "day" not in shown()
    page.show_kind("meeting")
    assert "day" in shown()
    page.show_kind("organisation")
    assert "day" not in shown()
