"""History and Trash: seen from every inspector, values and records brought back by a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import secretariat
from tests.ui.conftest import Answers
from tests.ui.hands import in_dialog, press, reads, show
from tests.ui.test_narrowing import item
from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import TermsOfReference
from unnm_desktop.services import actions, decisions, minutes_text, organisations, records
from unnm_desktop.ui.actions import ActionsPage
from unnm_desktop.ui.block_words import with_block_words
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.folded_text import FoldedText
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.history import HistoryPage
from unnm_desktop.ui.main_window import MainWindow
from unnm_desktop.ui.pages import PAGES
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.trash import TrashPage
from unnm_desktop.ui.word_difference import difference

BEFORE = "The proposals of twelve members were collected in one table and sent to the chairs."
AFTER = "The proposals of all fourteen members were collected in one table and sent to both chairs."


@pytest.fixture
def promise(desk: Desk, bahrain: Database) -> UUID:
    """An action point whose evidence was rewritten."""
    secretariat.open_in(desk, bahrain)
    made = desk.hub.step(
        "New action point", actions.create_action, desk.network_id, date(2026, 11, 1), task_en="Send the data sheet",
        due=date(2026, 11, 10), evidence=BEFORE,
    )  # fmt: skip
    desk.hub.step("Change action point", records.update, ActionPoint, made.id, evidence=AFTER)
    return made.id


@pytest.fixture
def history(desk: Desk, promise: UUID, qtbot: QtBot) -> Iterator[HistoryPage]:
    page = HistoryPage(desk)
    show(page, qtbot)
    page.open_record(promise, {"entity": "action_point"})
    yield page
    page.close()


def words(page: HistoryPage | ActionsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_a_rewritten_text_shows_its_difference_by_words(history: HistoryPage) -> None:
    told = next(one for one in history.findChildren(QLabel) if "<s " in one.text())
    assert ">twelve </s>" in told.text()
    assert ">all fourteen </u>" in told.text()
    assert told.accessibleName().startswith("Evidence: The proposals of twelve")
    assert history.subline().startswith("Action point: BHR/2026/A01")


def test_a_value_is_put_back_by_its_button_and_undone(history: HistoryPage, promise: UUID, qtbot: QtBot) -> None:
    press(qtbot, history, "Restore this value")
    assert history.hub.read(records.get, ActionPoint, promise).evidence == BEFORE
    entry = history.hub.newest()
    assert entry is not None
    history.hub.take_back(entry)
    qtbot.waitUntil(lambda: "Undone: Restore a value" in words(history))
    assert history.hub.read(records.get, ActionPoint, promise).evidence == AFTER


def test_a_removed_record_is_brought_back_from_its_history(history: HistoryPage, promise: UUID, qtbot: QtBot) -> None:
    history.hub.step("Remove action point", records.remove, ActionPoint, promise)
    qtbot.waitUntil(lambda: history.bar.message() == "This record is in Trash.")
    press(qtbot, history, "Restore from Trash")
    assert history.hub.read(records.get, ActionPoint, promise).removed_at is None


def test_every_inspector_ends_with_the_newest_steps(desk: Desk, promise: UUID, qtbot: QtBot) -> None:
    page = ActionsPage(desk)
    show(page, qtbot)
    qtbot.waitUntil(lambda: "Change action point" in words(page))
    gone: list[tuple[str, object, object]] = []
    desk.wishes.went.connect(lambda name, key, options: gone.append((name, key, options)))
    press(qtbot, page.inspector, "See all")
    assert gone == [("history", promise, {"entity": "action_point"})]
    page.close()


def test_history_without_a_record_says_how_to_get_there(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = HistoryPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.make_fresh()
    assert page.empty.isVisible()
    (button,) = page.empty.findChildren(QPushButton)
    with qtbot.waitSignal(desk.wishes.went) as went:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert went.args[0] == "everything"


def test_a_difference_is_never_told_by_colour_alone() -> None:
    rich = difference("one <b> two", "one <b> three", Look())
    assert rich.count("<s ") == rich.count("<u ") == 1
    assert "&lt;b&gt;" in rich
    assert 'dir="rtl"' in difference("قرار", "قرار جديد", Look(rtl=True))


# Trash ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def trash(desk: Desk, promise: UUID, qtbot: QtBot) -> Iterator[TrashPage]:
    """An action point and two decisions, removed."""
    for text in ("To meet.", "To meet twice."):
        made = desk.hub.step("New", decisions.propose, desk.network_id, date(2026, 11, 2), text_en=text)
        desk.hub.step("Remove decision", records.remove, Decision, made.id)
    desk.hub.step("Remove action point", records.remove, ActionPoint, promise)
    page = TrashPage(desk)
    show(page, qtbot)
    yield page
    page.close()


def test_the_trash_lists_every_kind_the_latest_first(trash: TrashPage, promise: UUID) -> None:
    assert trash.table.listing.count == 3
    assert trash.table.listing.id_at(0) == promise
    item(trash.narrowing.menu(), "Kind of record", "Decision").trigger()
    assert trash.table.listing.count == 2
    assert trash.narrowing.words.text() == "Kind of record: Decision"


def test_one_is_restored_by_the_button_beside_it(trash: TrashPage, promise: UUID, qtbot: QtBot) -> None:
    trash.table.select(promise)
    press(qtbot, trash.inspector, "Restore from Trash")
    assert trash.hub.read(records.get, ActionPoint, promise).removed_at is None
    trash.make_fresh()
    assert trash.table.listing.count == 2


def test_many_are_restored_as_one_step(trash: TrashPage, qtbot: QtBot) -> None:
    trash.table.setFocus()
    qtbot.keyClick(trash.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(trash.selection.ids) == 3)
    press(qtbot, trash.inspector, "Restore them all")
    trash.make_fresh()
    assert trash.table.listing.count == 0
    entry = trash.hub.newest()
    assert entry is not None
    trash.hub.take_back(entry)
    trash.make_fresh()
    assert trash.table.listing.count == 3


def test_an_empty_trash_says_that_nothing_expires(desk: Desk, bahrain: Database, qtbot: QtBot) -> None:
    secretariat.open_in(desk, bahrain)
    page = TrashPage(desk)
    show(page, qtbot)
    shown = page.views.currentWidget()
    assert "Nothing in it expires" in "\n".join(one.text() for one in shown.findChildren(QLabel))
    page.close()


def test_the_trash_stands_in_the_sidebar_and_history_has_a_key(
    make_desk: Callable[..., Desk], bahrain: Database, qtbot: QtBot
) -> None:
    desk = make_desk(rtl=True)
    secretariat.open_in(desk, bahrain)
    ilo = desk.hub.read(organisations.find, "ILO")
    assert ilo is not None
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.take_pages(PAGES)
    window.show()
    window.go("organisations", ilo.id)
    qtbot.waitUntil(lambda: window.commands.action("history").isEnabled())
    window.commands.run("history")
    assert window.current is not None
    assert window.current.name == "history"
    window.go("trash")
    assert window.current is not None
    assert window.current.name == "trash"
    window.close()


def test_a_block_of_minutes_is_told_as_its_reference(desk: Desk, promise: UUID) -> None:
    reference = desk.hub.read(records.get, ActionPoint, promise).reference
    missing = minutes_text.reference_line("decision", UUID(int=5))
    told = with_block_words(desk, f"Agreed.\n\n{minutes_text.reference_line('action', promise)}\n\n{missing}")
    assert told == f"Agreed.\n\n▪ Action point \u2066{reference}\u2069\n\n▪ Decision"


def test_the_whole_history_is_written_as_pdf_for_the_days_asked_for(
    desk: Desk, promise: UUID, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.take_pages(PAGES)
    window.show()
    window.go("everything")
    path = tmp_path / "trail.pdf"
    answers.give("save_file", path)
    today = desk.clock().date()

    def fill(dialog: FormDialog[Any]) -> None:
        first, last, *_ = dialog.parts.fields
        first.type_in(today.isoformat())
        last.type_in((today - timedelta(days=1)).isoformat())
        dialog.try_accept()
        assert reads(dialog, "It lies before the first day.")
        last.type_in(today.isoformat())

    in_dialog(fill)
    window.commands.run("history-paper")
    qtbot.waitUntil(path.exists)
    with pypdfium2.PdfDocument(path) as document:
        words = document[len(document) - 1].get_textpage().get_text_range()
    assert "Change action point" in words
    assert "both chairs" in words
    window.close()


def test_a_text_that_fills_pages_is_told_in_short_and_whole_when_it_is_asked_for(
    desk: Desk, bahrain: Database, qtbot: QtBot
) -> None:
    secretariat.open_in(desk, bahrain)
    version = desk.hub.read(records.all_of, TermsOfReference)[0]
    middle = version.source_text.index("migrants")
    amended = f"{version.source_text[:middle]}people{version.source_text[middle + len('migrants') :]}"
    desk.hub.step("Amend", records.update, TermsOfReference, version.id, source_text=amended)
    page = HistoryPage(desk)
    show(page, qtbot)
    page.open_record(version.id, {"entity": "terms_of_reference"})
    changed, *_, made = page.findChildren(FoldedText)
    for one, differs in ((changed, True), (made, False)):
        (short,) = one.findChildren(QLabel)
        assert ("paragraphs as before" in short.text()) is differs
        assert (" words in all)" in short.text()) is not differs
        assert len(short.text()) < len(amended) / 2
        qtbot.mouseClick(one.link, Qt.MouseButton.LeftButton)
        assert short.isHidden()
        whole = one.findChildren(QLabel)[-1].text()
        assert "Working Better Together" in whole
        assert len(whole) > len(amended) - 10
        qtbot.mouseClick(one.link, Qt.MouseButton.LeftButton)
        assert not short.isHidden()
    page.close()
