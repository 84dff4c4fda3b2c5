"""What a locked window shows: the same picture whatever the workspace holds, and no word of it anywhere in reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.locked import WORDS, in_reach, unlock, unlock_page
from tests.ui.walking import Findings, Walk
from unnm_desktop.app import App
from unnm_desktop.db import ENTITIES, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.making import new_workspace
from unnm_desktop.services import records
from unnm_desktop.settings import Settings

Start = Callable[..., App]
LOOKS = [
    Settings(officer="Amina Haddad"),
    Settings(officer="Amina Haddad", theme="dark"),
    Settings(officer="Amina Haddad", language="ar", digits="arab"),
    Settings(officer="Amina Haddad", language="ar", digits="arab", theme="dark"),
]


def texts(path: Path) -> set[str]:
    """Every text of every record."""
    found: set[str] = set()
    with Database(path, lock=False) as database, database.read() as session:
        for entity in ENTITIES.values():
            for record in records.all_of(session, entity):
                values = (getattr(record, column.name, None) for column in entity.__table__.columns)
                found.update(value.strip() for value in values if isinstance(value, str))
    return {text for text in found if len(text) > 5 and re.search(r"[^\W\d_]{4}", text)}


def picture(desktop: App) -> QImage:
    desktop.window.resize(1366, 768)
    QApplication.processEvents()
    return desktop.window.grab().toImage()


@pytest.mark.parametrize("look", LOOKS, ids=["en", "en dark", "ar", "ar dark"])
def test_a_locked_window_is_the_same_whatever_the_workspace_holds(
    start: Start, qtbot: QtBot, year_template: Path, tmp_path: Path, look: Settings
) -> None:
    # A caret that blinks is in one picture and not in the other.
    QApplication.setCursorFlashTime(0)
    full, empty = tmp_path / "full" / "office.unnm", tmp_path / "empty" / "office.unnm"
    for path in (full, empty):
        path.parent.mkdir()
    full.write_bytes(year_template.read_bytes())
    held = texts(full)
    assert len(held) > 100
    turning.protect(full, WORDS)
    with new_workspace(empty, "Amina Haddad", WORDS):
        pass
    desktop = start(full, look)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("actions"))
    for page in ("members", "actions"):
        desktop.window.go(page)
        qtbot.waitUntil(lambda: desktop.window.current is not None)
    shown = in_reach()
    assert any(text in shown for text in held)
    before = desktop.window
    desktop.locking.lock()
    qtbot.waitUntil(lambda: desktop.window is not before and not before_is_there(before))
    reach = in_reach()
    locked, pixels = {text for text in held if text in reach}, picture(desktop)
    desktop.window.close()
    desktop.close()
    other = start(empty, look)
    # A word of ours that is a record's text too is no leak: it stands on every locked window, and on one that was just
    # opened also on the page of the day, which is built unseen while the passphrase is typed.
    reach = in_reach()
    assert locked <= {text for text in held if text in reach}
    assert picture(other) == pixels
    assert not [one for one in QApplication.instance().children() if isinstance(one, QSystemTrayIcon)]  # type: ignore[union-attr]


def before_is_there(window: QWidget) -> bool:
    try:
        return window.isVisible()
    except RuntimeError:  # deleted
        return False


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_that_asks_for_the_passphrase_can_be_heard_hit_and_reached(
    start: Start, protected: Path, language: str
) -> None:
    desktop = start(protected, Settings(officer="Amina Haddad", language=language))
    walk = Walk(desktop.window, unlock_page(desktop).field)
    walk.look("unlock")
    assert walk.findings == Findings()
