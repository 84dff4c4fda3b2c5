"""A protected workspace in the window: unlocked, locked, protected and turned back, and nothing seen while locked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests import patience
from tests.ui.hands import press as press_button
from tests.ui.hands import reads
from tests.ui.locked import CTRL, NEW, WORDS, give, unlock, unlock_page
from unnm_desktop import paths, settings
from unnm_desktop.app import App
from unnm_desktop.db import files, keys, recovery, turning
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.services import records
from unnm_desktop.settings import Settings
from unnm_desktop.ui import closed_work, opened_copies
from unnm_desktop.ui.closed_work import ClosedWork
from unnm_desktop.ui.idle import Idle
from unnm_desktop.ui.opened_copies import OpenedCopies
from unnm_desktop.ui.passphrase_dialog import PassphraseDialog
from unnm_desktop.ui.unlock import Unlock

Start = Callable[..., App]


def words_on(window: QWidget) -> str:
    labels = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    lines = [one.text() for one in window.findChildren(QLineEdit)]
    return "\n".join([window.windowTitle(), *labels, *lines])


def test_a_start_asks_for_the_passphrase_and_shows_nothing_before(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected)
    page = unlock_page(desktop)
    assert page.field.echoMode() == QLineEdit.EchoMode.Password
    assert "year" in words_on(desktop.window)
    assert "Bahrain" not in words_on(desktop.window)
    give(desktop, qtbot, "wrong words")
    qtbot.waitUntil(page.problem.isVisible)
    assert page.problem.text() == "That passphrase does not open this file. Check Caps Lock and try again."
    assert page.field.text() == ""
    unlock(desktop, qtbot)
    assert "Bahrain" in desktop.window.windowTitle()
    assert desktop.window.status.note.text() == "Protected"


def test_what_was_waited_for_is_gone_before_the_page_of_the_day_is_laid_out(
    start: Start, qtbot: QtBot, protected: Path
) -> None:
    desktop = start(protected)
    line, seen = desktop.window.jobs_line, []
    desktop._hub.opened.connect(lambda: seen.append(line.isVisible()))
    give(desktop, qtbot, WORDS)
    # The key takes longer on a slow computer.
    line.show()
    assert "Opening" in line.text.text()
    qtbot.waitUntil(lambda: desktop.window.current is not None)
    assert seen == [False]


def test_after_five_wrong_ones_the_next_has_to_wait(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected)
    page = unlock_page(desktop)
    for _ in range(keys.FREE_TRIES):
        qtbot.waitUntil(page.go.isEnabled)
        give(desktop, qtbot, "wrong")
        qtbot.waitUntil(page.problem.isVisible)
    qtbot.waitUntil(lambda: "Too many tries" in page.problem.text())
    assert not page.go.isEnabled()
    # Whoever types on meanwhile types into the same field, and Enter opens nothing else.
    assert page.field.hasFocus()
    give(desktop, qtbot, WORDS)
    assert page.field.text() == WORDS
    assert QApplication.activeModalWidget() is None
    for _ in range(2):
        page._tick()
    assert page.go.isEnabled()
    page.field.clear()
    unlock(desktop, qtbot)


def test_leaving_the_page_and_coming_back_shortens_no_wait(
    start: Start, qtbot: QtBot, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So long that it is not over before the test comes back, however slow its machine is.
    monkeypatch.setattr(keys, "wait_after", lambda failed: 0 if failed < keys.FREE_TRIES else patience.SECONDS)
    desktop = start(protected)
    for _ in range(keys.FREE_TRIES):
        qtbot.waitUntil(unlock_page(desktop).go.isEnabled)
        give(desktop, qtbot, "wrong")
        qtbot.waitUntil(unlock_page(desktop).problem.isVisible)
    first = unlock_page(desktop)
    desktop.open(protected)
    page = unlock_page(desktop)
    assert page is not first
    assert not page.go.isEnabled()
    assert "Too many tries" in page.problem.text()


def test_caps_lock_is_told_by_the_letters_it_makes(start: Start, qtbot: QtBot, protected: Path) -> None:
    page = unlock_page(start(protected))
    for text, modifier, told in (
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("7", Qt.KeyboardModifier.NoModifier, True),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("ش", Qt.KeyboardModifier.NoModifier, True),
    ):
        press_key = QKeyEvent(QEvent.Type.KeyPress, 0, modifier, text)
        QApplication.sendEvent(page.field, press_key)
        assert page.caps.isVisible() is told, text
    qtbot.keyClick(page.field, Qt.Key.Key_CapsLock)
    assert not page.caps.isVisible()


def test_a_menu_in_the_way_of_a_lock_is_closed(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    menu = QMenu(desktop.window)
    menu.addAction("Canary record")
    menu.popup(desktop.window.pos())
    desktop.locking.lock()
    assert not desktop._hub.is_open
    assert QApplication.activePopupWidget() is None
    assert isinstance(desktop.window.stack.currentWidget(), Unlock)


def test_the_first_touch_after_a_sleep_locks_and_changes_nothing(qapp: Any, qtbot: QtBot) -> None:
    now = [1000.0]
    field = QLineEdit()
    qtbot.addWidget(field)
    idle = Idle(qapp, field, lambda: now[0])
    field.show()
    idle._listen(field.windowHandle())
    now[0] += 3600
    with qtbot.waitSignal(idle.gone):
        qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert field.text() == ""


def test_papers_that_other_programs_show_go_with_the_lock_and_those_of_a_killed_program_with_the_next_start(
    start: Start, qtbot: QtBot, protected: Path
) -> None:
    killed = OpenedCopies()
    killed.folder().joinpath("left.txt").write_text("canary of a killed program")
    lock = killed._lock
    assert lock is not None
    lock.release()
    living = OpenedCopies()
    living.folder().joinpath("shown.txt").write_text("another window shows it")
    desktop = start(protected)
    assert not list(opened_copies.root().rglob("left.txt"))
    assert len(list(opened_copies.root().rglob("shown.txt"))) == 1
    unlock(desktop, qtbot)
    folder = desktop._hub.copies.folder()
    assert folder.stat().st_mode & 0o077 == 0
    paper = folder / "paper.txt"
    paper.write_text("canary paper")
    paper.chmod(0o400)
    held = paper.open("rb")
    desktop.locking.lock()
    assert not folder.exists()
    # What another name or an open program still holds is written over.
    assert held.read().strip(b"\0") == b""
    held.close()
    living.clear()
    assert list(opened_copies.root().iterdir()) == []


def test_a_new_key_is_given_in_the_window(start: Start, qtbot: QtBot, protected: Path) -> None:
    old = keys.unlock(protected, WORDS)
    desktop = start(protected)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("protection"))
    desktop.window.go("protection")
    page: Any = desktop.window.current
    press_button(qtbot, page, "Give it a new key…")
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, WORDS)
    type_new(qtbot, dialog, NEW)
    first = desktop.window
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop.window is not first and desktop.window.current is not None)
    key = desktop._hub.database.key
    assert key is not None
    assert key.id != old.id
    assert keys.unlock(protected, NEW).id == key.id
    assert desktop._hub.read(records.all_of, Network)


def test_locking_keeps_what_is_typed_hides_everything_and_comes_back_to_the_place(
    start: Start, qtbot: QtBot, protected: Path
) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    desktop.window.go("tor", None, {"tab": "network"})
    key = desktop._hub.database.key
    assert key is not None
    before = desktop.window
    qtbot.keyClick(before, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: desktop.window is not before)
    assert not desktop._hub.is_open
    with pytest.raises(ValueError, match="wiped"):
        key.pragma()
    window = desktop.window
    assert "Bahrain" not in words_on(window)
    assert window.current is None
    assert not window.sidebar.isVisible()
    assert not window.header.isVisible()
    assert window.stack.made() == []
    assert window.finder is None
    # No lock is held: a second program may open it.
    Database(protected, key=keys.unlock(protected, WORDS)).close()
    unlock(desktop, qtbot)
    assert desktop.window.current is not None
    assert desktop.window.current.name == "tor"


def test_a_dialog_in_the_way_of_a_lock_is_closed(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    dialog = QDialog(desktop.window)
    dialog.open()
    desktop.locking.lock()
    qtbot.waitUntil(lambda: not desktop._hub.is_open)
    assert isinstance(desktop.window.stack.currentWidget(), Unlock)


def test_idle_and_sleep_lock_and_a_hand_keeps_it_open(qapp: Any, qtbot: QtBot) -> None:
    now = [1000.0]
    parent = QWidget()
    qtbot.addWidget(parent)
    idle = Idle(qapp, parent, lambda: now[0])
    idle.minutes = 10
    gone: list[bool] = []
    idle.gone.connect(lambda: gone.append(True))
    parent.show()
    window = parent.windowHandle()
    idle._listen(window)

    def pass_by(seconds: int) -> None:
        for _ in range(seconds // 15):
            now[0] += 15
            idle.look()

    pass_by(9 * 60)
    qtbot.keyClick(window, Qt.Key.Key_A)
    pass_by(9 * 60)
    assert gone == []
    pass_by(2 * 60)
    assert gone == [True]
    # The computer slept: the clock goes on by an hour between two looks.
    now[0] += 3600
    idle.look()
    assert gone == [True, True]
    idle.minutes = 0
    pass_by(3600)
    assert gone == [True, True]


def dialog_of(desktop: App) -> PassphraseDialog:
    return next(one for one in desktop.window.findChildren(PassphraseDialog) if one.isVisible())


def type_new(qtbot: QtBot, dialog: PassphraseDialog, words: str) -> None:
    assert dialog.choice is not None
    for field in (dialog.choice.first, dialog.choice.second):
        qtbot.keyClicks(field, words)


def press(qtbot: QtBot, dialog: PassphraseDialog) -> None:
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def test_a_plain_workspace_is_protected_and_made_plain_again(start: Start, qtbot: QtBot, plain: Path) -> None:
    desktop = start(plain)
    qtbot.mouseClick(desktop.window.status.note, Qt.MouseButton.LeftButton)
    page: Any = desktop.window.current
    assert page.name == "protection"
    qtbot.mouseClick(page.first_focus(), Qt.MouseButton.LeftButton)
    dialog = dialog_of(desktop)
    assert dialog.choice is not None
    assert len(dialog.choice.words.text().split()) == 6
    qtbot.keyClicks(dialog.choice.first, "short")
    assert dialog.choice.strength.text().startswith("Too short")
    dialog.choice.first.clear()
    qtbot.keyClicks(dialog.choice.first, dialog.choice.words.text())
    assert dialog.choice.strength.text().startswith("Strong")
    press(qtbot, dialog)
    assert "not the same" in dialog.problem.text()
    assert dialog.focusWidget() is dialog.choice.second, "what is typed on goes where it is asked for"
    qtbot.keyClicks(dialog.choice.second, dialog.choice.words.text())
    words = dialog.choice.words.text()
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop._hub.protected)
    assert paths.is_protected(plain)
    assert keys.unlock(plain, words)
    qtbot.waitUntil(lambda: desktop.window.status.note.text() == "Protected")
    assert desktop.window.current is not None
    assert desktop.window.current.name == "protection"
    again: Any = desktop.window.current
    keyboard = desktop.window.focusWidget()
    assert keyboard is again.first_focus()
    assert keyboard.text() == "English", "the sheet to print next: Space or Enter must not lock her out"
    again.ask_unprotect()
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, words)
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop._hub.is_open and not desktop._hub.protected)
    assert paths.is_plain(plain)


def test_a_change_under_way_cannot_be_cancelled_and_is_told(
    start: Start, qtbot: QtBot, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, go = keys.change, Event()

    def waiting(path: Path, old: str, new: str) -> None:
        assert go.wait(patience.SECONDS)
        change(path, old, new)

    monkeypatch.setattr(keys, "change", waiting)
    desktop = start(protected)
    unlock(desktop, qtbot)
    desktop.window.go("protection")
    page: Any = desktop.window.current
    page.ask_change()
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, WORDS)
    type_new(qtbot, dialog, NEW)
    press(qtbot, dialog)
    cancel = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Cancel")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog.current, Qt.Key.Key_Escape)
    assert not dialog.close()
    assert dialog.isVisible()
    go.set()
    qtbot.waitUntil(lambda: bool(desktop.window.toasts.shown()))
    assert [toast.text.text() for toast in desktop.window.toasts.shown()] == ["The passphrase is changed."]


def test_a_protection_that_the_disk_does_not_let_end_is_told_as_it_is_and_ends_at_the_next_opening(
    start: Start, qtbot: QtBot, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database(plain) as database:
        digest = database.blobs.put(b"canary paper")
    desktop = start(plain)
    replace, trouble = files.replace_database, OSError(28, "No space left on device")

    def fails_for_attachments(new: Path, old: Path) -> None:
        if old.name.endswith("-files"):
            raise trouble
        replace(new, old)

    with monkeypatch.context() as full:
        full.setattr(turning, "replace_database", fails_for_attachments)
        full.setattr(files, "replace_database", fails_for_attachments)
        work = ClosedWork(partial(closed_work.protect, WORDS), "Protecting", "Protected")
        desktop.window.desk.wishes.closed_work_wanted.emit(work)
        qtbot.waitUntil(lambda: "was written anew, but not all" in desktop.window.notice.message())
    assert paths.is_protected(plain)
    desktop.open(plain)
    give(desktop, qtbot, WORDS)
    qtbot.waitUntil(lambda: desktop._hub.is_open)
    assert desktop._hub.database.blobs.get(digest) == b"canary paper"
    assert not paths.is_plain(files.files_path(plain))


def ask(qtbot: QtBot, page: QWidget, text: str) -> None:
    """Go to the first button of that text by the keyboard, and press it."""
    found = next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)


def test_passphrases_are_changed_added_and_removed(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("protection"))
    desktop.window.go("protection")
    page: Any = desktop.window.current
    ask(qtbot, page, "Change passphrase…")
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, "wrong")
    type_new(qtbot, dialog, NEW)
    press(qtbot, dialog)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "does not open this file" in dialog.problem.text()
    assert dialog.current.hasFocus()
    offered = dialog.choice.words.text()
    qtbot.keyClicks(dialog.current, WORDS)
    # Enter answers; it does not ask for other words.
    qtbot.keyClick(dialog.choice.second, Qt.Key.Key_Return)
    assert dialog.choice.words.text() in ("", offered)
    qtbot.waitUntil(lambda: not desktop.window.findChildren(PassphraseDialog))
    assert keys.unlock(protected, NEW)
    assert desktop.window.focusWidget().text() == "Change passphrase…", "the keyboard is where it was pressed"
    ask(qtbot, page, "Add a successor's passphrase…")
    dialog = dialog_of(desktop)
    qtbot.keyClicks(dialog.current, NEW)
    type_new(qtbot, dialog, "the successor has these words")
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: not desktop.window.findChildren(PassphraseDialog))
    slots = keys.read(protected).slots
    assert [slot.label for slot in slots] == [keys.Holder.OFFICER, keys.Holder.SUCCESSOR]
    assert desktop.window.focusWidget().text() == "Add a successor's passphrase…"
    ask(qtbot, page, "Remove…")
    dialog = dialog_of(desktop)
    assert reads(dialog, "The officer's passphrase will open only")
    qtbot.keyClicks(dialog.current, NEW)
    press(qtbot, dialog)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "would be removed" in dialog.problem.text()
    dialog.current.clear()
    qtbot.keyClicks(dialog.current, "the successor has these words")
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: not desktop.window.findChildren(PassphraseDialog))
    assert [slot.label for slot in keys.read(protected).slots] == [keys.Holder.SUCCESSOR]
    assert desktop.window.focusWidget().text() == "Change passphrase…", "its own button is gone"


def test_the_sheet_opens_what_nobody_remembers(start: Start, qtbot: QtBot, protected: Path) -> None:
    code = " ".join(recovery.code(keys.unlock(protected, WORDS)))
    desktop = start(protected)
    desktop.entrance._ask_sheet()
    dialog = dialog_of(desktop)
    dialog.code.setPlainText(code[:-1])
    type_new(qtbot, dialog, NEW)
    press(qtbot, dialog)
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "55 were typed" in dialog.problem.text()
    # A scanner types what the square on the sheet says, then Enter: nothing is done before the officer is ready.
    dialog.code.clear()
    qtbot.keyClicks(dialog.code, code)
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.isVisible()
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop.window.current is not None)
    assert keys.unlock(protected, NEW)
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(protected, WORDS)


def test_opening_a_protected_file_leaves_the_open_one_behind_it(
    start: Start, qtbot: QtBot, protected: Path, bahrain_template: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.unnm"
    other.write_bytes(bahrain_template.read_bytes())
    desktop = start(other)
    desktop.open(protected)
    page = unlock_page(desktop)
    assert page.ways.back is not None
    page.ways.back()
    assert desktop.window.current is not None
    assert desktop._hub.database.path == other
    desktop.open(protected)
    first = desktop.window
    give(desktop, qtbot, WORDS)
    qtbot.waitUntil(lambda: desktop.window is not first and desktop.window.current is not None)
    assert desktop._hub.database.path == protected
    assert desktop._hub.read(records.all_of, Network)


def test_the_minutes_until_it_locks_are_a_preference(start: Start, qtbot: QtBot, protected: Path) -> None:
    desktop = start(protected, Settings(officer="Amina Haddad", lock_after=5))
    assert desktop._idle.minutes == 5
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: desktop.window.knows("preferences"))
    desktop.window.go("preferences")
    page: Any = desktop.window.current
    page._save("lock_after", 0)
    assert desktop._idle.minutes == 0
    assert settings.load().lock_after == 0


def test_neither_passphrase_nor_code_stands_in_settings_or_log(
    start: Start, qtbot: QtBot, protected: Path, home: Path
) -> None:
    desktop = start(protected)
    give(desktop, qtbot, "canary wrong words")
    qtbot.waitUntil(unlock_page(desktop).problem.isVisible)
    unlock(desktop, qtbot)
    qtbot.keyClick(desktop.window, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: not desktop._hub.is_open)
    for file in home.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert WORDS.encode() not in data
            assert b"canary" not in data


def test_a_workspace_in_a_cloud_folder_is_moved_out_of_it(
    start: Start, qtbot: QtBot, protected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = tmp_path / "Dropbox" / "office.unnm"
    cloud.parent.mkdir()
    for suffix in ("", "-keys", "-keys-copy"):
        protected.with_name(protected.name + suffix).rename(cloud.with_name(cloud.name + suffix))
    desktop = start(cloud)
    unlock(desktop, qtbot)
    qtbot.waitUntil(lambda: "a cloud service keeps in step" in desktop.window.notice.message())
    target = tmp_path / "here" / "office.unnm"
    target.parent.mkdir()
    monkeypatch.setattr(desktop.window.desk.ask, "save_file", lambda *_: target)
    move = next(one for one in desktop.window.notice.findChildren(QPushButton) if one.text() == "Move it…")
    qtbot.mouseClick(move, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop._hub.is_open and desktop._hub.database.path == target)
    assert list(cloud.parent.iterdir()) == []
    assert keys.unlock(target, WORDS)
    assert desktop._hub.read(records.all_of, Network)
    assert desktop.window.notice.message() == ""


def test_a_backup_without_its_key_file_is_opened_with_the_sheet(start: Start, qtbot: QtBot, protected: Path) -> None:
    code = " ".join(recovery.code(keys.unlock(protected, WORDS)))
    keys.remove(protected)
    desktop = start(None)
    desktop.open(protected)
    give(desktop, qtbot, WORDS)
    qtbot.waitUntil(unlock_page(desktop).problem.isVisible)
    assert "use the recovery sheet" in unlock_page(desktop).problem.text()
    desktop.entrance._ask_sheet()
    dialog = dialog_of(desktop)
    dialog.code.setPlainText(code)
    type_new(qtbot, dialog, NEW)
    press(qtbot, dialog)
    qtbot.waitUntil(lambda: desktop.window.current is not None)
    assert keys.unlock(protected, NEW)
