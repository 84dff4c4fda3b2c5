"""Pages of the set-up: which network, and what its terms of reference leave open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import tor_profile
from unnm_desktop.services.coded_texts import WEEKDAYS
from unnm_desktop.services.money import currency_problem
from unnm_desktop.services.tor_checking import value_of
from unnm_desktop.services.tor_profile import Profile
from unnm_desktop.ui.choice_card import ChoiceCard
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.field_grid import CAPTION
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import STACK_FROM, Field, TextField
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.setup_pages import SetupPage
from unnm_desktop.ui.setup_state import SetupState
from unnm_desktop.ui.setup_summary import REPORTS, summary
from unnm_desktop.ui.tor_network import WEEKENDS
from unnm_desktop.ui.widgets import Card, empty, label, rule

OWN: Final = ""


class NetworkPage(SetupPage):
    """A network that comes with the program, or terms of reference in a file of the officer's own."""

    step = N_("Network")
    title = N_("Which network?")
    line = N_("Its terms of reference are read here; the program then watches what they ask for.")

    def __init__(self, desk: Desk, state: SetupState) -> None:
        super().__init__(desk, state)
        both = QHBoxLayout()
        both.setSpacing(14)
        cards = QVBoxLayout()
        cards.setSpacing(10)
        self._group = QButtonGroup(self)
        self.cards: dict[str, ChoiceCard] = {}
        self._profiles = {name: tor_profile.load(name) for name in tor_profile.names()}
        for name, profile in self._profiles.items():
            cards.addWidget(self._card(name, _country(desk, profile), _called(desk, profile)))
        cards.addWidget(self._card(OWN, desk.tr(N_("Another network")), desk.tr(N_("From a profile file of your own"))))
        self.trouble = label(desk.look, "", "problem", wrap=True)
        self.trouble.hide()
        cards.addWidget(self.trouble)
        cards.addStretch(1)
        both.addLayout(cards, 2)
        self._told = Card(20)
        both.addWidget(self._told, 3)
        self.column.addLayout(both, 1)
        if state.profile is None and self._profiles:
            first = next(iter(self._profiles))
            state.take_profile(first, self._profiles[first])
        self._show()

    def _card(self, name: str, title: str, line: str) -> ChoiceCard:
        made = ChoiceCard(self.desk.look, title, line)
        made.clicked.connect(lambda _=False: self._take(name))
        self._group.addButton(made)
        self.cards[name] = made
        return made

    def _take(self, name: str) -> None:
        self._say("")
        if name != OWN:
            self.state.take_profile(name, self._profiles[name])
        else:
            self._ask_file()
        self._show()

    def _ask_file(self) -> None:
        desk = self.desk
        path = desk.ask.open_file(desk.tr(N_("Terms of reference as a file")), desk.tr(N_("Profiles (*.toml)")))
        if path is None:
            return
        try:
            self.state.take_profile(str(path), tor_profile.load(str(path)))
        except UserError as error:
            self._say(desk.tr(error.message, **error.values))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _show(self) -> None:
        desk, profile = self.desk, self.state.profile
        chosen = self.state.source if self.state.source in self._profiles else OWN
        self.cards[chosen].setChecked(True)
        if chosen == OWN and profile is not None:
            self.cards[OWN].show_line(_called(desk, profile))
        column = self._told.column
        empty(column)
        if profile is not None:
            column.addWidget(label(desk.look, _called(desk, profile), "h2", wrap=True))
            column.addWidget(label(desk.look, desk.tr(N_("What its terms of reference say")), "grey"))
            column.addWidget(rule())
            column.addWidget(self._lines(profile), 1)

    def _lines(self, profile: Profile) -> QWidget:
        desk = self.desk
        area = ScrollColumn(margins=(0, 4, 0, 4))
        grid = QGridLayout()
        area.column.addLayout(grid)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        pairs = summary(desk.language, profile)
        for place, (what, said) in enumerate(pairs):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(desk.look, what, "grey"), place, 0, top)
            grid.addWidget(label(desk.look, said, wrap=True), place, 1, top)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(pairs), 1)
        return area

    def problem(self) -> str:
        if self.state.profile is None:
            return self.desk.tr(N_("Choose a network first."))
        return ""

    def first(self) -> QWidget | None:
        return next(card for card in self.cards.values() if card.isChecked())


class OpenPage(SetupPage):
    """What the text leaves open, and what can be read in two ways; each with its reason."""

    step = N_("Open points")
    title = N_("What the text leaves open")
    line = N_("Leave a date empty when nobody knows it; a year or a month is enough.")

    def __init__(self, desk: Desk, state: SetupState) -> None:
        super().__init__(desk, state)
        card = Card(20)
        self.area = ScrollColumn(margins=(0, 0, 0, 0), spacing=5)
        for part in self._parts():
            self.area.column.addWidget(self.bound(part) if isinstance(part, Field) else part)
        self.area.column.addStretch(1)
        card.column.addWidget(self.area)
        self.column.addWidget(card, 1)

    def _profile(self) -> Profile:
        if self.state.profile is None:
            raise LookupError("no network was chosen")
        return self.state.profile

    def _parts(self) -> Iterator[QWidget]:
        desk, profile = self.desk, self._profile()
        for key in profile.unknowns():
            yield from self._unknown(key)
        for key in profile.tor.to_confirm:
            yield from self._twofold(key)
        yield rule()
        day = self.state.records_from or desk.today()
        yield DateField("records_from", N_("Records from"), day)
        yield self._why(N_("No duty is called late for days before it."))
        weekends = tuple(WEEKENDS)
        if self.state.weekend not in dict(WEEKENDS):
            days = dict(WEEKDAYS)
            weekends += ((self.state.weekend, desk.language.list([desk.tr(days[one]) for one in self.state.weekend])),)
        yield ChoiceField("weekend", N_("Weekend"), self.state.weekend, weekends)
        yield ChoiceField("first_weekday", N_("First day of the week"), self.state.first_weekday, WEEKDAYS)
        known, said = profile.network, self.state.answers
        if "network.currency" not in profile.unknowns():
            currency = said.get("network.currency", known.currency)
            yield TextField("network.currency", N_("Currency"), currency, ltr=True)
        yield TextField("network.time_zone", N_("Time zone"), said.get("network.time_zone", known.time_zone), ltr=True)

    def _why(self, text: str) -> QWidget:
        """The reason, under the box it belongs to."""
        look = self.desk.look
        said = label(look, self.desk.tr(text), "small", wrap=True)
        beside = look.text_size < STACK_FROM
        indent = round(CAPTION * look.text_size / 100) + 12 if beside else 4
        said.setContentsMargins(0 if look.rtl else indent, 0, indent if look.rtl else 0, 6)
        return said

    def _unknown(self, key: str) -> Iterator[QWidget]:
        said, chairs = self.state.answers.get(key, ""), self._profile().chairs.holders
        if key == "tor.approved":
            yield DateField(key, N_("Approved on"), said, partial=True)
            review = self._profile().tor.review_every_months
            yield self._why(
                N_("The terms of reference hold from this day, and their yearly review counts from it.")
                if review
                else N_("The terms of reference hold from this day; without it, since the launch.")
            )
        elif key == "settings.reporting_chair":
            bodies = tuple((one, one) for one in chairs)
            yield ChoiceField(key, N_("Reporting chair"), said or chairs[0], bodies)
            yield self._why(N_("Reports go out through one chair; the text does not say which."))
        elif key == "network.launched":
            yield DateField(key, N_("Launched"), said, partial=True)
        elif key == "chairs.changed_by":
            ways = (("consensus", N_("Consensus of the members")), ("unct_endorsement", N_("Endorsement by the UNCT")))
            yield ChoiceField(key, N_("A chair changes by"), said, ways)
        elif key == "duties.progress_report.through":
            through = (("reporting_chair", N_("Reporting chair")), ("secretariat", N_("Secretariat")))
            yield ChoiceField(key, N_("Reports go through"), said, through)
        else:
            yield TextField(key, _NAMES.get(key, key), said, ltr=key == "network.currency")

    def _twofold(self, key: str) -> Iterator[QWidget]:
        """Words that can be read in two ways: our reading, and why it is asked."""
        value = value_of(self._profile().rules(), key)
        said = int(self.state.answers.get(key, value))
        if key == "meetings.every_months":
            ways = ((1, N_("Every month")), (2, N_("Every two months")), (3, N_("Every three months")))
            yield ChoiceField(key, N_("Regular meetings"), said, ways)
            yield self._why(
                N_("“Bi-monthly” can mean every two months or twice a month. Choose what your network does.")
            )
        elif key == "duties.progress_report.every_months":
            reports = tuple((months, _CAPITAL[months]) for months in sorted(REPORTS))
            yield ChoiceField(key, N_("Progress reports"), said, reports)
            yield self._why(N_("“Bi-annually” can mean twice a year or every two years. We read it as twice a year."))

    def keep(self) -> None:
        for field in self.fields:
            field.commit()
            self._take(field.name, field.get())

    def _take(self, name: str, value: Any) -> None:
        if name == "records_from":
            self.state.records_from = value
        elif name == "weekend":
            self.state.weekend = tuple(value)
        elif name == "first_weekday":
            self.state.first_weekday = value
        elif name == "network.currency":
            self.state.answers[name] = str(value).upper()
        else:
            self.state.answers[name] = str(value if value is not None else "")

    def problem(self) -> str:
        said = "" if self.all_kept() else self.desk.tr(N_("Correct what is marked below."))
        wrong = next((one for one in self.fields if one.dirty), None)
        for field in self.fields:
            words = self._wrong(field)
            if words:
                # On top too: the mark beside the field goes as soon as it is left.
                said = said or self.desk.tr(words)
                field.problem(self.desk.tr(words))
                wrong = wrong or field
        if wrong is not None:
            wrong.setFocus()
            # The bar on top takes its room one event later.
            QTimer.singleShot(0, self.area, partial(self.area.ensureWidgetVisible, wrong))
        return said

    def _wrong(self, field: Field) -> str:
        value = field.get()
        if field.name == "records_from" and value is None:
            return N_("Say from which day this workspace keeps records.")
        if field.name == "network.time_zone" and value not in available_timezones():
            return N_("This time zone is not known. Write it like Asia/Bahrain.")
        if field.name == "network.currency" and value:
            return currency_problem(str(value))
        return ""

    def first(self) -> QWidget | None:
        return self.fields[0]


_CAPITAL = {3: N_("Every quarter"), 6: N_("Twice a year"), 12: N_("Once a year")}
_NAMES = {
    "network.name_ar": N_("Name in Arabic"),
    "network.short_name": N_("Short name"),
    "network.currency": N_("Currency"),
    "tor.endorsed_by": N_("Endorsed by"),
    "chairs.coordinator": N_("Coordinator"),
    "chairs.secretariat": N_("Secretariat"),
    "members.nominated_through": N_("Nominations go through"),
}


def _called(desk: Desk, profile: Profile) -> str:
    return desk.language.pick(profile.network, "name")


def _country(desk: Desk, profile: Profile) -> str:
    return desk.language.pick(profile.network, "country_name") or isolate(profile.network.country)
