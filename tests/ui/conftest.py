"""Fixtures for windows and pages: a desk without a screen, answers to questions, a list to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import TODAY
from unnm_desktop.i18n import Language
from unnm_desktop.settings import Settings
from unnm_desktop.ui import fonts, theme
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.hub import Hub
from unnm_desktop.ui.jobs import AtOnce
from unnm_desktop.ui.theme import Look


class Answers:
    """Answers the questions of ``ask`` as a test says, and remembers what was asked."""

    def __init__(self) -> None:
        self._given: dict[str, list[Any]] = {}
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def give(self, question: str, *answers: Any) -> None:
        """Answer this kind of question (sure, text, choice, open_file, save_file, folder) so."""
        self._given.setdefault(question, []).extend(answers)

    def attach(self, window: Any) -> None:
        """There is nothing to ask over."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def answer(*args: Any, **_: Any) -> Any:
            self.asked.append((name, args))
            given = self._given.get(name)
            if given:
                return given.pop(0)
            if name in ("tell", "trouble"):
                return None
            raise AssertionError(f"nobody answers {name}{args}")

        return answer


def arabic() -> Language:
    """Arabic, or English written from the right where the catalogue is not built yet."""
    return Language("ar", "arab")


@pytest.fixture
def answers() -> Answers:
    """What is answered to questions."""
    return Answers()


@pytest.fixture
def make_desk(qapp: QApplication, answers: Answers) -> Iterator[Callable[..., Desk]]:
    """A desk in any look: ``make_desk(rtl=True, dark=True)``."""
    fonts.load()
    made: list[Desk] = []

    def make(*, rtl: bool = False, dark: bool = False, text_size: int = 100) -> Desk:
        look = Look(dark=dark, text_size=text_size, rtl=rtl)
        theme.apply(qapp, look)
        settings = Settings(language="ar" if rtl else "en", text_size=text_size, officer="Test Officer")
        language = arabic() if rtl else Language()
        desk = Desk(Hub(), language, look, AtOnce(), settings, answers, lambda: TODAY)  # type: ignore[arg-type]
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.hub.close()
    theme.apply(qapp, Look())


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """An English, light desk without a workspace; open one with ``desk.hub.open(database)``."""
    return make_desk()
