"""This computer's preferences: language, digits, theme, text size and the officer's name; no Apply."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.inspector import Part, PartsView, Section
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.widgets import Card

# Names of languages stay in their own language, so that a reader who lands in the other one finds home.
LANGUAGES = (("en", "English"), ("ar", "العربية"))
DIGITS = (("latn", "123"), ("arab", "١٢٣"))
THEMES = (("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))
SIZES = tuple((size, f"{size} %") for size in range(90, 160, 10))
DENSITIES = (("comfortable", N_("Comfortable")), ("compact", N_("Compact")))


class PreferencesPage(Page):
    """Each change holds at once; the window is rebuilt where it must be."""

    name = "preferences"
    title = N_("Preferences")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        card = Card(4)
        card.setMaximumWidth(640)
        self.parts = PartsView(desk)
        card.column.addWidget(self.parts)
        line = QHBoxLayout()
        line.addWidget(card, 1)
        line.addStretch(1)
        line.setStretch(0, 3)
        self.body.addLayout(line, 1)
        settings = desk.settings
        parts: tuple[Part, ...] = (
            TextField("officer", N_("Your name"), settings.officer, hint=N_("Stands in the history of every change")),
            Section(N_("Language")),
            ChoiceField("language", N_("Language"), settings.language, LANGUAGES),
            ChoiceField("digits", N_("Digits"), settings.digits, DIGITS),
            Section(N_("Appearance")),
            ChoiceField("theme", N_("Theme"), settings.theme, THEMES),
            ChoiceField("text_size", N_("Text size"), settings.text_size, SIZES),
            ChoiceField("density", N_("Rows"), settings.density, DENSITIES),
        )
        self.parts.show_parts(parts, self._save)

    def subline(self) -> str:
        return self.desk.tr(N_("They hold on this computer only."))

    def _save(self, name: str, value: Any) -> None:
        if name == "officer" and not value:
            raise Invalid({name: N_("The history needs a name.")})
        self.desk.settings = replace(self.desk.settings, **{name: value})
        self.desk.wishes.settings_wanted.emit(self.desk.settings)
