"""Boxes that tell something in a page of either direction."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from unnm_desktop.ui.message_box import message_box


@pytest.mark.parametrize(("side", "mark"), [("RightToLeft", "\u200f"), ("LeftToRight", "")])
def test_a_message_that_begins_with_a_file_runs_as_its_page_does(
    qapp: QApplication, qtbot: QtBot, side: str, mark: str
) -> None:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(Qt.LayoutDirection[side])
    try:
        box = message_box(None, "UNNM", "demo.unnm تالف.", "demo.unnm محمي.")
        qtbot.addWidget(box)
        assert (box.text(), box.informativeText()) == (f"{mark}demo.unnm تالف.", f"{mark}demo.unnm محمي.")
    finally:
        qapp.setLayoutDirection(before)
