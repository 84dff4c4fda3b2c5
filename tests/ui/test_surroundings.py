"""What the desktop around the program changes, and Qt's own words."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from unnm_desktop.ui.surroundings import Surroundings


def test_each_fresh_window_lets_go_of_the_words_of_the_one_before(qapp: QApplication, qtbot: QtBot) -> None:
    owner = QObject()
    around = Surroundings(qapp, owner)
    for _ in range(3):
        around.speak("ar")
    qtbot.waitUntil(lambda: len(around.findChildren(QTranslator)) <= 2)
    around.speak("en")
    qtbot.waitUntil(lambda: not around.findChildren(QTranslator))


def said(dialog: QDialog) -> set[str]:
    """All that it shows or hints at."""
    found = {one.text() for kind in (QLabel, QAbstractButton) for one in dialog.findChildren(kind)}
    found |= {one.title() for one in dialog.findChildren(QGroupBox)}
    found |= {one.currentText() for one in dialog.findChildren(QComboBox) if one.objectName() == "fileTypeCombo"}
    for view in dialog.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None:
            found |= {str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())}
    return {one for one in found | {one.toolTip() for one in dialog.findChildren(QWidget)} if one}


def test_qt_s_own_dialogs_for_files_and_printing_speak_arabic(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    owner = QObject()
    around = Surroundings(qapp, owner)
    around.speak("ar")
    printer = QPrinter()
    printing = QPrintDialog(printer)
    qtbot.addWidget(printing)
    dialogs: list[QDialog] = [printing]
    for mode in (QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory):
        dialog = QFileDialog(None, "", str(tmp_path), "مساحات العمل (*.unnm)")
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(mode)
        dialog.setViewMode(QFileDialog.ViewMode.Detail)
        if mode is QFileDialog.FileMode.AnyFile:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.show()
        dialogs.append(dialog)
    english = {words for one in dialogs for words in said(one) if re.search("[A-Za-z]{3}", words.replace(".unnm", ""))}
    assert english == set()
    assert {"الم&كان:", "&نوع الملفات:", "ا&ختيار", "إلغاء"} <= said(dialogs[-1])
    around.speak("en")
    plain = QFileDialog(None, "", str(tmp_path))
    qtbot.addWidget(plain)
    plain.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert "&Look in:" in said(plain)


def test_the_menu_of_a_text_speaks_as_the_program_does(qapp: QApplication, qtbot: QtBot) -> None:
    owner = QObject()
    around = Surroundings(qapp, owner)
    around.speak("ar")
    for field in (QLineEdit("text"), QPlainTextEdit("text")):
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        qtbot.addWidget(menu)
        names = {action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()}
        assert {"تراجع", "إعادة", "قص", "نسخ", "لصق", "حذف", "تحديد الكل"} <= names
    around.speak("en")
