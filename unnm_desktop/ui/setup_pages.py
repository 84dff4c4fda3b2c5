"""Pages of the set-up: the base of each, the language and the officer, and where the workspace lies."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from unnm_desktop.db.making import free_name
from unnm_desktop.db.trouble import NO_PLACE, TAKEN
from unnm_desktop.i18n import N_, isolate, language_for
from unnm_desktop.services import whereabouts
from unnm_desktop.ui.ask import documents as documents
from unnm_desktop.ui.choice_card import ChoiceCard
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.forms import Field, TextField
from unnm_desktop.ui.protection_card import ProtectionCard
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.setup_state import SetupState
from unnm_desktop.ui.widgets import Card, ElidedLabel, button, label, row


class SetupPage(QWidget):
    """One page: it shows what was said so far, and keeps what is said now."""

    # Msgids: the name among the steps, the heading, the grey line under it.
    step: ClassVar[str] = ""
    title: ClassVar[str] = ""
    line: ClassVar[str] = ""

    def __init__(self, desk: Desk, state: SetupState) -> None:
        super().__init__()
        self.desk, self.state = desk, state
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.fields: list[Field] = []

    def keep(self) -> None:
        """Take over what the fields hold, as far as it can be read."""

    def problem(self) -> str:
        """What is missing on this page before the next can come, in the officer's language."""
        return ""

    def first(self) -> QWidget | None:
        """Where the keyboard starts; nowhere means on the button that goes on."""
        return None

    def bound(self, field: Field) -> Field:
        """The field, built, with an edge that shows where to type."""
        field.bind(self.desk)
        for kind in (QLineEdit, QComboBox):
            for box in field.findChildren(kind):
                box.setProperty("quiet", False)
        self.fields.append(field)
        return field

    def all_kept(self) -> bool:
        """Whether each field holds something that can be read; one that does not says so."""
        whole = True
        for field in self.fields:
            whole = field.commit() and whole
        return whole


class LanguagePage(SetupPage):
    """English or Arabic, which digits, and whose name stands in the history."""

    step = N_("Language")
    title = N_("Welcome")
    line = N_("Five short pages, then you can begin. Everything can be changed later.")

    def __init__(self, desk: Desk, state: SetupState) -> None:
        super().__init__(desk, state)
        card = Card(20)
        card.column.setSpacing(8)
        # Names of languages stay in their own language.
        self.languages = self._cards(card, N_("Language"), (("en", "English", ""), ("ar", "العربية", "")), self._speak)
        today = desk.today()
        code = desk.language.code
        digits = tuple(
            (name, sign, language_for(code, name).day(today)) for name, sign in (("latn", "123"), ("arab", "١٢٣"))
        )
        card.column.addSpacing(8)
        self.digits = self._cards(card, N_("Digits"), digits, self._write)
        self.languages[desk.settings.language].setChecked(True)
        self.digits[desk.settings.digits].setChecked(True)
        card.column.addSpacing(8)
        self.officer = self.bound(
            TextField("officer", N_("Your name"), state.officer, hint=N_("Stands in the history of every change"))
        )
        card.column.addWidget(self.officer)
        words = desk.tr(N_("Light or dark follows this computer; Preferences has the choice."))
        card.column.addWidget(label(desk.look, words, "grey", wrap=True))
        area = ScrollColumn(margins=(0, 0, 0, 0))
        area.column.addWidget(card)
        area.column.addStretch(1)
        self.column.addWidget(area, 1)

    def _cards(
        self, card: Card, title: str, choices: tuple[tuple[str, str, str], ...], chosen: Callable[[str], object]
    ) -> dict[str, ChoiceCard]:
        desk = self.desk
        card.column.addWidget(label(desk.look, desk.tr(title), "strong"))
        group = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(10)
        found: dict[str, ChoiceCard] = {}
        for name, text, sub in choices:
            found[name] = ChoiceCard(desk.look, text, sub)
            group.addButton(found[name])
            found[name].clicked.connect(lambda _=False, name=name: chosen(name))
            line.addWidget(found[name], 1)
        card.column.addLayout(line)
        return found

    def _speak(self, code: str) -> None:
        if code != self.desk.settings.language:
            self.keep()
            # Each language brings its own digits; the choice below changes them.
            digits = "arab" if code == "ar" else "latn"
            self._settle(language=code, digits=digits)

    def _write(self, digits: str) -> None:
        if digits != self.desk.settings.digits:
            self.keep()
            self._settle(digits=digits)

    def _settle(self, **changed: str) -> None:
        self.desk.settings = replace(self.desk.settings, **changed)  # type: ignore[arg-type]  # all three are texts
        self.desk.wishes.settings_wanted.emit(self.desk.settings)

    def keep(self) -> None:
        self.state.officer = str(self.officer.read_input())

    def problem(self) -> str:
        if self.state.officer:
            if self.state.officer != self.desk.settings.officer:
                self._settle(officer=self.state.officer)
            return ""
        self.officer.problem(self.desk.tr(N_("The history needs a name.")))
        self.officer.setFocus()
        return self.desk.tr(N_("Write your name; it stands beside every change you make."))

    def first(self) -> QWidget | None:
        return self.languages[self.desk.settings.language] if self.state.officer else self.officer


class PlacePage(SetupPage):
    """Where the file is kept; nothing that exists is ever written over."""

    step = N_("File")
    title = N_("Where shall the workspace be kept?")
    line = N_("A workspace is one file on this computer; a second one beside it holds the attachments.")

    def __init__(self, desk: Desk, state: SetupState) -> None:
        super().__init__(desk, state)
        if state.place is None:
            state.place = free_name(documents(), self._name())
        card = Card(20)
        self.file = label(desk.look, "", "h2", wrap=True)
        self.folder = ElidedLabel(desk.look, "", "grey")
        card.column.addWidget(self.file)
        card.column.addWidget(self.folder)
        self.other = button(desk.look, desk.tr(N_("Choose another place…")), self._choose, "", "folder-open")
        card.column.addWidget(row(self.other))
        card.column.addSpacing(8)
        for text in (
            N_(
                "Best in a folder of this computer. Two computers that keep one folder in step can mix two versions up."
            ),
            N_("The program works without the internet and sends nothing anywhere by itself."),
        ):
            card.column.addWidget(label(desk.look, desk.tr(text), "grey", wrap=True))
        self.area = ScrollColumn(margins=(0, 0, 0, 0), spacing=12)
        self.area.column.addWidget(card)
        self.protection = ProtectionCard(desk, state.passphrase)
        self.protection.opened.connect(self._show_words)
        if state.protect:
            # Also where its passphrase is still to be typed: who went back has not thought better of it.
            self.protection.guarded.setChecked(True)
        self.area.column.addWidget(self.protection)
        self.area.column.addStretch(1)
        self.column.addWidget(self.area, 1)
        self._show()

    def _show_words(self) -> None:
        self.area.ensureWidgetVisible(self.protection.choice.second)

    def keep(self) -> None:
        self.state.protect = self.protection.guarded.isChecked()
        self.state.passphrase = self.protection.value()

    def _name(self) -> str:
        profile = self.state.profile
        name = (profile.network.short_name or profile.network.country) if profile is not None else "UNNM"
        # Signs that some system or other allows in no file name.
        return "".join(sign for sign in name if sign.isalnum() or sign in " -_.").strip(" .") or "UNNM"

    def _show(self) -> None:
        place = self.state.place
        if place is not None:
            self.file.setText(isolate(place.name))
            self.folder.setText(isolate(str(place.parent)))

    def _choose(self) -> None:
        desk, place = self.desk, self.state.place
        path = desk.ask.save_file(
            desk.tr(N_("Where to keep the workspace")),
            place.name if place is not None else "",
            desk.tr(N_("Workspaces (*.unnm)")),
            place.parent if place is not None else None,
        )
        if path is not None:
            self.state.place = path if path.suffix == ".unnm" else path.with_name(f"{path.name}.unnm")
            self._show()

    def problem(self) -> str:
        desk, place = self.desk, self.state.place
        wrong = place_problem(desk, place) if place is not None else ""
        if wrong:
            return wrong
        return self.protection.problem()


def place_problem(desk: Desk, place: Path) -> str:
    """Why a new workspace cannot be kept there, in the officer's language; "" where it can."""
    name = isolate(place.name)
    if place.exists():
        return desk.tr(TAKEN, file=name)
    folder = next(one for one in (place.parent, *place.parent.parents) if one.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return desk.tr(NO_PLACE, file=name)
    danger = whereabouts.danger_of(place)
    return desk.tr(danger.words, file=name) if danger is not None else ""
