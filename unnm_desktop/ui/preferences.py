"""Preferences on one page: no Apply, everything holds at once; the network's own facts are one click away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from unnm_desktop import paths
from unnm_desktop.db.networks import Holiday, Network
from unnm_desktop.db.text import fold
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import backup, records, spelling
from unnm_desktop.services.coded_texts import WEEKDAYS
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.field_icon import FieldIcon
from unnm_desktop.ui.fields import CheckField, ChoiceField
from unnm_desktop.ui.forms import BilingualField, Field, TextField
from unnm_desktop.ui.inspector import IN_ONE_TURN, Part, PartsView, Section
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.sizes import size_words
from unnm_desktop.ui.widgets import Card, button, label, row

# Names of languages stay in their own language, so that a reader who lands in the other one finds home.
LANGUAGES = (("en", "English"), ("ar", "العربية"))
DIGITS = (("latn", "123"), ("arab", "١٢٣"))
MONTHS = (("gregorian", "ديسمبر"), ("levantine", "كانون الأول"))
THEMES = (("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))
DENSITIES = (("comfortable", N_("Comfortable")), ("compact", N_("Compact")))


class _Group:
    """A card of preferences that is gone while nothing in it fits what is looked for."""

    def __init__(self, desk: Desk, save: Callable[[str, Any], object] | None) -> None:
        self._desk, self._save = desk, save
        self.card = Card(4)
        self.parts = PartsView(desk)
        self.parts.setSizeAdjustPolicy(PartsView.SizeAdjustPolicy.AdjustToContents)
        self.card.column.addWidget(self.parts)
        self._left: list[Part] = []

    def show(self, parts: Sequence[Part], wanted: str) -> None:
        """The parts that fit the words, under their headings."""
        kept = self._kept(parts, wanted)
        self.card.setVisible(bool(kept))
        self.parts.update_parts(kept, self._save)

    def begin(self, parts: Sequence[Part], wanted: str) -> None:
        """The first of them; ``go_on`` shows the others."""
        kept = self._kept(parts, wanted)
        self.card.setVisible(bool(kept))
        self.parts.show_parts(kept[:IN_ONE_TURN], self._save)
        self._left = kept[IN_ONE_TURN:]

    def go_on(self) -> None:
        """Show those that ``begin`` left."""
        left, self._left = self._left, []
        if left:
            self.parts.add_parts(left, self._save)

    def _kept(self, parts: Sequence[Part], wanted: str) -> list[Part]:
        kept: list[Part] = []
        heading: Part | None = None
        whole = False
        for part in parts:
            if isinstance(part, Section):
                heading, whole = part, self._fits(self._desk.tr(part.title), wanted)
                if whole:
                    kept.append(part)
            elif whole or self._fits(self._told(part), wanted):
                if heading is not None and heading not in kept:
                    kept.append(heading)
                kept.append(part)
        if kept and isinstance(kept[0], Section):
            # Nothing stands above the first heading that a line would keep apart from it.
            kept[0] = replace(kept[0], first=True)
        return kept

    @staticmethod
    def _fits(text: str, wanted: str) -> bool:
        return not wanted or wanted in fold(text)

    def _told(self, part: Part) -> str:
        tr = self._desk.tr
        if isinstance(part, BilingualField):
            return tr(part.english.label)
        if isinstance(part, Field):
            choices = " ".join(tr(text) for _, text in getattr(part, "choices", ()))
            return f"{tr(part.label)} {tr(part.hint)} {choices}"
        return str(getattr(part, "words", ""))


class PreferencesPage(Page):
    """What holds on this computer at the start side; the network and the file at the end side."""

    name = "preferences"
    title = N_("Preferences")
    kinds = frozenset({"network", "holiday"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.search = QLineEdit()
        self.search.setPlaceholderText(desk.tr(N_("Find a preference")))
        self.search.setAccessibleName(desk.tr(N_("Find a preference")))
        self.search.setAlignment(desk.look.start())
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(round(320 * desk.look.text_size / 100))
        self.glass = FieldIcon(self.search, desk.look)
        self.glass.draw("search")
        self.search.textChanged.connect(self._show)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addStretch(1)
        self.body.addLayout(line)
        self._own, self._theirs = _Group(desk, self._save), _Group(desk, None)
        self.parts = self._own.parts
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(self._own.card, 1)
        across.addWidget(self._theirs.card, 1)
        self.nothing = label(desk.look, desk.tr(N_("No preference is called that.")), "grey")
        self.nothing.hide()
        self.body.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(across, 1)
        self._network: Network | None = None
        self._holidays = 0
        self._begun = False
        if not self.hub.is_open:
            # Without a workspace nothing is read anew, and what holds on this computer can be chosen all the same.
            self._show()

    def subline(self) -> str:
        return self.desk.tr(N_("Everything holds at once; there is nothing to apply."))

    def first_focus(self) -> QWidget | None:
        return self.search

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        find = options.get("find")
        if isinstance(find, str):
            self.search.setText(find)

    def commands(self) -> Sequence[Command]:
        return (Command("filter", N_("Find a preference"), self._to_search, "search", ("Ctrl+F",), menu="view"),)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def refresh(self) -> None:
        try:
            if self.desk.network is not None:
                key = self.desk.network_id
                self._network = self.hub.read(records.get, Network, key)
                self._holidays = self.hub.read(records.count_of, Holiday, Holiday.network_id == key)
        finally:
            # What holds on this computer can be chosen also where the workspace cannot be read.
            if self._begun:
                self._show()
            else:
                self._begun = True
                self._own.begin(self._general(), self._wanted())
                self.later(self._own.go_on, self._show_theirs)

    def _wanted(self) -> str:
        return fold(self.search.text().strip())

    def _show(self, _text: str = "") -> None:
        self._own.show(self._general(), self._wanted())
        self._show_theirs()

    def _show_theirs(self) -> None:
        self._theirs.show([*self._of_network(), *self._storage(), *self._about()], self._wanted())
        self.nothing.setVisible(self._own.card.isHidden() and self._theirs.card.isHidden())

    # This computer ---------------------------------------------------------------------------------------------------

    def _general(self) -> Sequence[Part]:
        kept, today = self.desk.settings, self.desk.today()
        found = spelling.dictionaries() if spelling.is_installed() else None
        sizes = tuple((size, self.language.percent(size)) for size in range(90, 160, 10))
        hijri = self.desk.tr(
            N_("Today is {day}. Reckoned; the sighting can differ by a day."), day=self.language.hijri(today)
        )
        return (
            Section(N_("You")),
            TextField("officer", N_("Your name"), kept.officer, hint=N_("Stands in the history of every change")),
            Section(N_("Language")),
            ChoiceField("language", N_("Language"), kept.language, LANGUAGES),
            ChoiceField("digits", N_("Digits"), kept.digits, DIGITS),
            ChoiceField("months", N_("Months in Arabic"), kept.months, MONTHS),
            CheckField("hijri", N_("Hijri dates"), kept.hijri, hint=N_("Beside the Gregorian ones")),
            _words(self.desk, hijri),
            Section(N_("Spelling")),
            CheckField(
                "spelling", N_("In minutes"), kept.spelling and bool(found), hint=N_("Underline"), enabled=bool(found)
            ),
            _words(self.desk, self._told(found)),
            Section(N_("Templates")),
            _words(self.desk, self.desk.tr(N_("Texts for minutes are chosen and kept where minutes are written."))),
            Section(N_("Appearance")),
            ChoiceField("theme", N_("Light or dark"), kept.theme, THEMES),
            ChoiceField("text_size", N_("Text size"), kept.text_size, sizes),
            ChoiceField("density", N_("Rows"), kept.density, DENSITIES),
            Section(N_("Protection"), N_("Passphrases"), self._to_protection),
            ChoiceField("lock_after", N_("Lock by itself"), kept.lock_after, self._waits()),
            *self._of_backups(),
        )

    def _of_backups(self) -> Sequence[Part]:
        desk, chosen = self.desk, self.desk.settings.backup_folder
        other = button(desk.look, desk.tr(N_("Choose another folder")), self._choose_folder, "", "folder-open")
        usual = (button(desk.look, desk.tr(N_("The usual folder")), self._usual_folder),) if chosen else ()
        return (
            Section(N_("Backups"), N_("Go to the backups"), self._to_backups),
            ReadOnly("backup_folder", N_("Folder"), isolate(paths.as_read(backup.root_folder(chosen)))),
            row(other, *usual),
        )

    def _to_backups(self) -> None:
        self.desk.go("backups")

    def _choose_folder(self) -> None:
        now = backup.root_folder(self.desk.settings.backup_folder)
        folder = self.desk.ask.folder(self.desk.tr(N_("Folder for backups")), now)
        if folder is not None and folder != now:
            self._keep_backups_in(str(folder))

    def _usual_folder(self) -> None:
        self._keep_backups_in("")

    def _keep_backups_in(self, folder: str) -> None:
        self._save("backup_folder", folder)
        self._show()
        self.desk.say(self.desk.tr(N_("Backups go there from now on; those made before stay where they are.")))
        if self.hub.is_open and not self.hub.read_only:
            # Whether they can be written there is known at once, and there is one to go back to.
            self.desk.wishes.backup_wanted.emit()

    def _told(self, found: Collection[str] | None) -> str:
        """Which dictionaries there are (None where nothing could read them), or how to get some."""
        tr, names = self.desk.tr, {"en": N_("English"), "ar": N_("Arabic")}
        if found is None:
            return tr(N_("Install the program with its spelling part: pip install “unnm-desktop[spelling]”."))
        if found:
            there = self.language.list([tr(names[code]) for code in found])
            return tr(N_("Dictionaries on this computer: {names}."), names=there)
        words = N_("No dictionary is on this computer. Put a pair of .aff and .dic files (en_GB, ar) into {folder}.")
        return tr(words, folder=isolate(str(spelling.own_folder())))

    def _waits(self) -> tuple[tuple[int, str], ...]:
        minutes = (1, 2, 5, 10, 15, 30, 60)
        after = ((n, self.language.ntr("after {n} minute", "after {n} minutes", n)) for n in minutes)
        return (*after, (0, N_("Never")))

    def _to_protection(self) -> None:
        self.desk.go("protection")

    def _save(self, name: str, value: Any) -> None:
        if name == "officer" and not value:
            raise Invalid({name: N_("The history needs a name.")})
        self.desk.settings = replace(self.desk.settings, **{name: value})
        self.desk.wishes.settings_wanted.emit(self.desk.settings)

    # The network, the file, the program ------------------------------------------------------------------------------

    def _of_network(self) -> Sequence[Part]:
        network, desk = self._network, self.desk
        if network is None:
            return ()
        days = dict(WEEKDAYS)
        weekend = desk.language.list([desk.tr(days[one]) for one in network.weekend])
        counted = desk.language.ntr("{n} day", "{n} days", self._holidays)
        holidays = counted if self._holidays else desk.tr(N_("none yet"))
        zone = network.time_zone
        return (
            Section(N_("The network"), N_("Change"), self._to_network),
            ReadOnly("name", N_("Name"), desk.language.pick(network, "name")),
            ReadOnly("records_from", N_("Records begin on"), desk.language.day(network.records_from)),
            ReadOnly("weekend", N_("Weekend"), weekend),
            ReadOnly("first_weekday", N_("First day of the week"), desk.tr(days[network.first_weekday])),
            ReadOnly("holidays", N_("Holidays"), holidays),
            ReadOnly("currency", N_("Currency"), network.currency),
            ReadOnly("time_zone", N_("Time zone"), f"{desk.language.zone(zone)} · {isolate(zone)}"),
        )

    def _to_network(self) -> None:
        self.desk.go("tor", None, tab="network")

    def _storage(self) -> Sequence[Part]:
        if not self.hub.is_open:
            return ()
        desk, path = self.desk, self.hub.database.path
        folder = button(desk.look, desk.tr(N_("Open its folder")), self._open_folder, "", "folder-open")
        return (
            Section(N_("Storage")),
            ReadOnly("file", N_("Workspace"), isolate(path.name)),
            ReadOnly("folder", N_("Folder"), isolate(paths.as_read(path.parent))),
            ReadOnly("size", N_("Size"), _size(desk, path)),
            ReadOnly("settings", N_("Preferences in"), isolate(paths.as_read(paths.config_folder()))),
            row(folder),
        )

    def _open_folder(self) -> None:
        folder = self.hub.database.path.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = N_("This computer shows no folders. The workspace lies in {folder}.")
            self.desk.say(self.desk.tr(words, folder=isolate(str(folder))))

    def _about(self) -> Sequence[Part]:
        about = button(self.desk.look, self.desk.tr(N_("About UNNM Desktop")), self._tell_about, "", "info")
        return (Section(N_("Program")), row(about))

    def _tell_about(self) -> None:
        from unnm_desktop.ui.about import About  # only when first asked for

        About(self.desk, self.window()).exec()


def _words(desk: Desk, text: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label(desk.look, text, "small", wrap=True))
    return holder


def _size(desk: Desk, path: Path) -> str:
    """How large the file is with the one beside it."""
    beside = path.with_name(f"{path.name}-files")
    try:
        size = path.stat().st_size + (beside.stat().st_size if beside.exists() else 0)
    except OSError:
        return desk.tr(N_("cannot be read just now"))
    return size_words(desk.language, size)
