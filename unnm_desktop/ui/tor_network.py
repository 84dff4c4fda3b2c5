"""The network itself: names and habits, who holds its offices, its own settings, and its holidays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import available_timezones

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from unnm_desktop import reports
from unnm_desktop.cause import Cause
from unnm_desktop.db.networks import Holiday, Network
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Office, OfficeKind, Person
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, people, records, terms, tor_versions
from unnm_desktop.services.coded_texts import DIGITS, PROBLEM_WORDS, WEEKDAYS
from unnm_desktop.services.money import currency_problem
from unnm_desktop.services.rule_words import SETTINGS
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import CheckField, ChoiceField, NumberField
from unnm_desktop.ui.forms import BilingualField, TextField
from unnm_desktop.ui.inspector import PartsView, Section
from unnm_desktop.ui.lookups import find_organisations, find_people, organisation_name
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.record_field import RecordField
from unnm_desktop.ui.record_fields import ListField
from unnm_desktop.ui.tor_forms import ask_holiday, ask_office
from unnm_desktop.ui.widgets import Card, ElidedLabel, button, icon_button, label, row

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.services.tor_rules import Rules
    from unnm_desktop.ui.inspector import Part
    from unnm_desktop.ui.page_base import Page

WEEKENDS = (
    (("fri", "sat"), N_("Friday and Saturday")),
    (("sat", "sun"), N_("Saturday and Sunday")),
    (("thu", "fri"), N_("Thursday and Friday")),
    (("fri",), N_("Friday")),
    (("sun",), N_("Sunday")),
)
# Settings of the network where the text of the ToR is silent: name, least, most.
NUMBERS = (
    ("silence_hours", 1, 720),
    ("silence_working_days", 1, 60),
    ("silence_working_days_documents", 1, 60),
    ("highlighted_per_year", 0, 12),
    ("guest_speaker_months", 1, 36),
    ("vacancy_days", 0, 366),
    ("shared_within_days", 0, 366),
    ("report_due_days", 0, 366),
    ("updates_months", 1, 36),
)


LOGO = QSize(120, 40)


@dataclass(frozen=True)
class Sheet:
    """A network with its offices and holidays, and the rules of the day."""

    network: Network
    offices: tuple[people.OfficeHolder, ...]
    past: tuple[people.OfficeHolder, ...]
    holidays: tuple[Holiday, ...]
    rules: Rules | None


def read_sheet(session: Session, network_id: UUID, on: date) -> Sheet:
    """Read the network whole."""
    held = tuple(people.offices_on(session, network_id, on))
    now = {one.office.id for one in held}
    others = [one for one in records.all_of(session, Office, Office.network_id == network_id) if one.id not in now]
    bodies = records.by_id(session, Organisation, [one.organisation_id for one in others])
    persons = records.by_id(session, Person, [one.person_id for one in others])
    launched = terms.launch_of(session, network_id)
    others.sort(key=lambda one: terms.begin_of(one.start, launched), reverse=True)
    in_effect = networks.tor_on(session, network_id, on)
    return Sheet(
        records.get(session, Network, network_id),
        held,
        tuple(
            people.OfficeHolder(
                one,
                bodies.get(one.organisation_id) if one.organisation_id else None,
                persons.get(one.person_id) if one.person_id else None,
            )
            for one in others
        ),
        tuple(records.all_of(session, Holiday, Holiday.network_id == network_id, order=(Holiday.day, Holiday.id))),
        networks.rules_on(session, network_id, on) if in_effect is not None else None,
    )


class NetworkView(QWidget):
    """Facts and settings at the start side, offices and holidays at the end side."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        self.facts, self.offices = PartsView(self._desk), PartsView(self._desk)
        for view in (self.facts, self.offices):
            card = Card(4)
            card.column.addWidget(view)
            line.addWidget(card, 1)

    def refresh(self) -> None:
        """Read again and show."""
        sheet = self._desk.hub.read(read_sheet, self._desk.network_id, self._desk.today())
        self.facts.update_parts(self._facts(sheet), self._save_fact)
        self.offices.update_parts(self._offices(sheet) + self._holidays(sheet), self._save_office)

    # The network -----------------------------------------------------------------------------------------------------

    def _facts(self, sheet: Sheet) -> list[Part]:
        network, desk = sheet.network, self._desk
        weekend = tuple(network.weekend)
        weekends = list(WEEKENDS)
        if weekend not in dict(WEEKENDS):
            days = dict(WEEKDAYS)
            weekends.append((weekend, desk.language.list([desk.tr(days.get(one, one)) for one in weekend])))
        parts: list[Part] = [
            label(desk.look, desk.tr(N_("The network")), "h2"),
            BilingualField("name", N_("Name"), network.name_en, network.name_ar),
            TextField("short_name", N_("Short name"), network.short_name),
            ReadOnly("country", N_("Country code"), network.country),
            DateField("launched", N_("Launched"), network.launched, partial=True),
            DateField("records_from", N_("Records begin on"), network.records_from),
            TextField("currency", N_("Currency"), network.currency, ltr=True),
            TextField("time_zone", N_("Time zone"), network.time_zone, ltr=True),
            ChoiceField("weekend", N_("Weekend"), weekend, weekends),
            ChoiceField("first_weekday", N_("First day of the week"), network.first_weekday, WEEKDAYS),
            ListField("alignment", N_("Aligned with"), network.alignment),
            ChoiceField("problem_word", N_("Word for a challenge"), network.problem_word, PROBLEM_WORDS),
            Section(N_("On paper")),
            ChoiceField("paper_digits", N_("Digits in Arabic"), network.paper_digits, DIGITS),
            CheckField(
                "paper_months", N_("Months in Arabic"), network.paper_months, hint=N_("Both names of each month")
            ),
        ]
        parts.append(self._logo(network))
        if sheet.rules is None:
            return parts
        settings = sheet.rules.settings
        parts.append(Section(N_("The network's own settings")))
        words = desk.tr(N_("The text of the terms of reference is silent here; these days and numbers are ours."))
        parts.append(label(desk.look, words, "grey", wrap=True))
        parts.append(TextField("setting:reporting_chair", SETTINGS["reporting_chair"][0], settings.reporting_chair))
        parts.append(
            TextField(
                "setting:workplan_due_by", SETTINGS["workplan_due_by"][0], settings.workplan_due_by, ltr=True,
                hint=N_("Month and day, for example 01-31"),
            )
        )  # fmt: skip
        parts += [
            NumberField(
                f"setting:{name}",
                SETTINGS[name][0],
                getattr(settings, name),
                minimum=least,
                maximum=most,
                unit=SETTINGS[name][1],
            )
            for name, least, most in NUMBERS
        ]
        return parts

    def _logo(self, network: Network) -> QWidget:
        """The picture on the papers, of the officer's own choice; none is shipped."""
        desk, tr = self._desk, self._desk.tr
        shown = QLabel()
        data = desk.hub.read(reports.logo, network.id, desk.hub.database.blobs.get)
        picture = QPixmap()
        if data and picture.loadFromData(data):
            ratio = self.devicePixelRatioF()
            size = LOGO * ratio
            picture = picture.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(ratio)
            shown.setPixmap(picture)
            shown.setAccessibleName(tr(N_("The logo on the papers")))
        else:
            shown.setText(tr(N_("No logo")))
        widgets: list[QWidget] = [label(desk.look, tr(N_("Logo")), "grey"), shown]
        if not desk.hub.read_only:
            widgets.append(button(desk.look, tr(N_("Choose a picture")), self._choose_logo, "link"))
            if data:
                widgets.append(button(desk.look, tr(N_("Take it away")), self._drop_logo, "link"))
        return row(*widgets)

    def _choose_logo(self) -> None:
        desk = self._desk
        path = desk.ask.open_file(desk.tr(N_("A picture for the papers")), desk.tr(N_("Pictures (*.png *.jpg *.jpeg)")))
        if path is None:
            return
        try:
            data = path.read_bytes()
        except OSError as error:
            words = N_("{file} cannot be read ({why}). Choose another one.")
            self._page.trouble(UserError(words, file=path.name, why=Cause(error)))
            return
        self._keep_logo(N_("Set the logo on the papers"), data)

    def _drop_logo(self) -> None:
        self._keep_logo(N_("Take the logo off the papers"), b"")

    def _keep_logo(self, label: str, data: bytes) -> None:
        desk = self._desk
        self._page.attempt(label, reports.keep_logo, desk.hub.database.blobs.put, desk.network_id, data)

    def _save_fact(self, name: str, value: Any) -> object:
        desk = self._desk
        kind, _, setting = name.partition(":")
        if kind == "setting":
            if value is None:
                raise Invalid({name: N_("This cannot be left empty.")})
            return desk.hub.step(
                N_("Change a setting of the network"),
                tor_versions.change_setting,
                desk.network_id,
                setting,
                value,
                desk.today(),
            )
        if name == "time_zone" and value not in available_timezones():
            raise Invalid({name: N_("This time zone is not known. Write it like Asia/Bahrain.")})
        if name == "currency":
            value = value.upper()
            problem = currency_problem(value)
            if problem:
                raise Invalid({name: problem})
        if name == "weekend":
            value = list(value)
        return desk.hub.step(N_("Change the network"), records.update, Network, desk.network_id, **{name: value})

    # Offices ---------------------------------------------------------------------------------------------------------

    def _offices(self, sheet: Sheet) -> list[Part]:
        desk, look = self._desk, self._desk.look
        parts: list[Part] = [label(look, desk.tr(N_("Offices")), "h2")]
        if not desk.hub.read_only:
            fill = button(look, desk.tr(N_("Fill an office")), lambda: ask_office(desk, self), "", "plus")
            parts.append(row(fill))
        for one in sheet.offices:
            parts += self._office(one)
        if not sheet.offices:
            parts.append(label(look, desk.tr(N_("No office is held today.")), "grey"))
        if sheet.past:
            parts.append(Section(N_("Earlier and later terms")))
            parts += [label(look, self._told(one), "grey", wrap=True) for one in sheet.past]
        return parts

    def _office(self, one: people.OfficeHolder) -> list[Part]:
        desk, office = self._desk, one.office
        hand = N_("Hand over") if not desk.hub.read_only else ""
        parts: list[Part] = [
            Section(office.kind.label, hand, lambda: ask_office(desk, self, office)),
            RecordField(
                f"body:{office.id}",
                N_("Organisation"),
                office.organisation_id,
                organisation_name(desk, one.organisation) if one.organisation is not None else "",
                find=find_organisations(desk),
                # A change of the body is a hand-over.
                enabled=office.organisation_id is None and office.kind not in (OfficeKind.CHAIR, OfficeKind.CO_CHAIR),
            ),
            RecordField(
                f"person:{office.id}",
                N_("Person"),
                office.person_id,
                desk.language.pick(one.person, "name") if one.person is not None else "",
                find=find_people(desk),
            ),
            DateField(f"start:{office.id}", N_("From"), office.start, partial=True),
            DateField(f"end:{office.id}", N_("Until"), office.end, partial=True),
        ]
        if office.endorsed_on or office.kind in (OfficeKind.CHAIR, OfficeKind.CO_CHAIR):
            parts.append(
                DateField(f"endorsed_on:{office.id}", N_("Endorsed by the UNCT on"), office.endorsed_on, partial=True)
            )
        return parts

    def _told(self, one: people.OfficeHolder) -> str:
        desk, language = self._desk, self._desk.language
        who = [one.organisation.short] if one.organisation is not None else []
        who += [language.pick(one.person, "name")] if one.person is not None else []
        begin, end = language.day(one.office.start, short=True), language.day(one.office.end, short=True)
        return f"{desk.tr(one.office.kind.label)} · {language.list(who)} · {begin or '…'} – {end or '…'}"

    def _save_office(self, name: str, value: Any) -> object:
        desk = self._desk
        kind, _, key = name.partition(":")
        if kind == "person":
            step = N_("Name the person of an office")
            return desk.hub.step(step, people.set_office_person, UUID(key), value, desk.today())
        field = "organisation_id" if kind == "body" else kind
        return desk.hub.step(
            N_("Change an office"), records.update, Office, UUID(key), **{field: value if value is not None else ""}
        )

    # Holidays --------------------------------------------------------------------------------------------------------

    def _holidays(self, sheet: Sheet) -> list[Part]:
        desk = self._desk
        add = N_("Add a holiday") if not desk.hub.read_only else ""
        parts: list[Part] = [Section(N_("Holidays"), add, lambda: ask_holiday(desk, self))]
        parts += [self._holiday(one) for one in sheet.holidays]
        if not sheet.holidays:
            words = desk.tr(N_("None yet. Working days are counted without them."))
            parts.append(label(desk.look, words, "grey", wrap=True))
        return parts

    def _holiday(self, one: Holiday) -> QWidget:
        desk, look = self._desk, self._desk.look
        words = f"{desk.language.weekday_day(one.day, short=True)} · {desk.language.pick(one, 'name')}"
        said = ElidedLabel(look, words)
        if desk.hub.read_only:
            return row(said, stretch=0)
        change = icon_button(
            look, "pencil", desk.tr(N_("Change {name}"), name=words), lambda: ask_holiday(desk, self, one), 16
        )
        away = icon_button(look, "x", desk.tr(N_("Remove {name}"), name=words), lambda: self._take_away(one), 16)
        return row(said, change, away, stretch=0)

    def _take_away(self, one: Holiday) -> None:
        done = self._page.attempt(N_("Remove a holiday"), records.remove, Holiday, one.id)
        if done is not None:
            self._desk.say_with_undo(self._desk.tr(N_("Holiday moved to Trash.")))
