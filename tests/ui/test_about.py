"""About names the version and every library with its licence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from unnm_desktop import __version__
from unnm_desktop.ui.about import About
from unnm_desktop.ui.licences import libraries


def test_every_library_the_program_runs_on_is_named_and_no_tool() -> None:
    names = {one.name.casefold().replace("_", "-") for one in libraries()}
    assert {"pyside6-essentials", "sqlalchemy", "reportlab", "fontpkg-ibm-plex-sans"} <= names
    assert not {"pytest", "ruff", "mypy"} & names


@pytest.mark.parametrize("rtl", [False, True], ids=["en", "ar"])
def test_about_shows_version_and_the_text_of_a_licence(make_desk: Callable[..., Any], qtbot: QtBot, rtl: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    about = About(make_desk(rtl=rtl), window)
    qtbot.addWidget(about)
    assert any(__version__ in label.text() for label in about.findChildren(QLabel))
    row = next(n for n in range(about.list.count()) if "SQLAlchemy" in about.list.item(n).text())
    about.list.setCurrentRow(row)
    assert "Permission is hereby granted" in about.text.toPlainText()
