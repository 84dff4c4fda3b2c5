"""People: everybody the secretariat writes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Person
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, people_list, records
from unnm_desktop.ui import erasing
from unnm_desktop.ui.button_list import ButtonList, Doable
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.empty import way_to_import
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Head, Part, Section
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.member_forms import (
    ask_person,
)
from unnm_desktop.ui.page import RecordsPage
from unnm_desktop.ui.record_field import RecordField

if TYPE_CHECKING:
    from unnm_desktop.ui.row_source import RowSource


# The level is read beside the list.
LISTED = laid_out(
    people_list.PEOPLE, {"name": 1.8, "organisation": 1.45, "role": 1.3, "emails": 2.1}, ("position", "phones")
)


class PeoplePage(RecordsPage):
    """Everybody the secretariat writes to."""

    name = "people"
    kind = "person"
    place = "members"
    title = N_("People")
    kinds = frozenset({"person", "appointment", "office", "organisation"})
    new_text = N_("Add person")
    filter_text = N_("Filter people")
    removed_text = N_("Person moved to Trash.")
    empty_icon = "contact"
    empty_title = N_("No people yet")
    empty_text = N_("Add the focal points and alternates of the members, or bring them in from a spreadsheet.")
    secondary = ("members",)

    def source(self) -> RowSource:
        return source_of(
            self.desk, LISTED, Layout(stretch="name", below={"name": "position", "emails": "phones"}, enough=180)
        )

    def subline(self) -> str:
        if self.table.model() is None:
            return ""
        return self.language.ntr("{n} person", "{n} people", self.table.listing.count)

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command("members", N_("Members"), lambda: self.desk.go("members"), "users", menu="go"),
            Command("erase-person", erasing.TEXT, self._erase, erasing.ICON, (), self._can_erase, "edit"),
        )

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        return way_to_import(self.desk)

    def _can_erase(self) -> bool:
        return self.can_remove() and self.current() is not None

    def _erase(self) -> None:
        chosen = self.current()
        if chosen is not None:
            erasing.ask_erase(self, chosen)

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        person = self.hub.read(records.get, Person, record_id)
        body = self.hub.read(records.by_id, Organisation, [person.organisation_id]).get(person.organisation_id)  # type: ignore[arg-type] # None finds nothing
        rules = self.hub.read(networks.rules_on, self.desk.network_id, self.desk.today())
        told = rules.levels_in_arabic if self.language.rtl else {}
        levels = [("", N_("Not given"))] + [
            (level, told.get(level, level)) for level in dict.fromkeys((*rules.levels, person.level)) if level
        ]
        return (
            Head(self.language.pick(person, "name"), avatar=self.language.pick(person, "name")),
            BilingualField("name", N_("Name"), person.name_en, person.name_ar),
            RecordField(
                "organisation_id",
                N_("Organisation"),
                person.organisation_id,
                body.short if body else "",
                find=find_organisations(self.desk),
            ),
            BilingualField("position", N_("Position"), person.position_en, person.position_ar),
            ChoiceField("level", N_("Level"), person.level, levels),
            TextField("emails", N_("E-mail"), person.emails, ltr=True).across(),
            TextField("phones", N_("Phone"), person.phones, ltr=True),
            ChoiceField(
                "letter_language",
                N_("Letters in"),
                person.letter_language,
                (("en", N_("English")), ("ar", N_("Arabic"))),
            ),
            Section(N_("Note")),
            LongTextField("note", "", person.note),
            *(() if self.hub.read_only else (ButtonList(self.desk.look, [self._erasable()]),)),
        )

    def _erasable(self) -> Doable:
        return self.tr_(erasing.TEXT), self._erase, "danger", erasing.ICON

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        return self.hub.step(N_("Change person"), records.update, Person, record_id, **{name: value})

    def make_new(self) -> UUID | None:
        made = ask_person(self.desk, self)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove person"), records.remove, Person, record_id)
