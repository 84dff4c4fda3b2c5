"""Organisations: every body that this network can meet, with or without a seat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.organisations import Channel, Organisation, Residency
from unnm_desktop.i18n import N_
from unnm_desktop.services import organisations, records
from unnm_desktop.services.listing import Cell, Context
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.empty import way_to_import
from unnm_desktop.ui.fields import CheckField, ChoiceField
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Layout, laid_out, source_of
from unnm_desktop.ui.member_forms import (
    KINDS,
    ask_organisation,
)
from unnm_desktop.ui.page import RecordsPage

if TYPE_CHECKING:
    from unnm_desktop.ui.row_source import RowSource


def _known(value: Residency | None, context: Context) -> Cell:
    # Under the category "Not known" would say nothing of what.
    return Cell(context.language.tr(value.label) if value and value is not Residency.UNKNOWN else "")


LISTED = laid_out(
    replace(
        organisations.ORGANISATIONS,
        columns=tuple(
            replace(one, show=_known) if one.name == "residency" else one for one in organisations.ORGANISATIONS.columns
        ),
    ),
    {"name": 2.2, "kind": 1.35, "category": 1.3, "channel": 1.0},
    ("acronym", "residency"),
)


class OrganisationsPage(RecordsPage):
    """Every body this network can meet, with or without a seat."""

    name = "organisations"
    kind = "organisation"
    place = "members"
    title = N_("Organisations")
    kinds = frozenset({"organisation", "membership"})
    new_text = N_("Add organisation")
    filter_text = N_("Filter organisations")
    removed_text = N_("Organisation moved to Trash.")
    empty_icon = "building"
    empty_title = N_("No organisations yet")
    empty_text = N_("Add those the network works with, or bring them in from a spreadsheet.")
    secondary = ("members",)

    def source(self) -> RowSource:
        return source_of(
            self.desk, LISTED, Layout(stretch="name", below={"name": "acronym", "category": "residency"}, enough=260)
        )

    def subline(self) -> str:
        if self.table.model() is None:
            return ""
        return self.language.ntr("{n} organisation", "{n} organisations", self.table.listing.count)

    def commands(self) -> Sequence[Command]:
        return (
            *super().commands(),
            Command("members", N_("Members"), lambda: self.desk.go("members"), "users", menu="go"),
        )

    def empty_second(self) -> tuple[str, Callable[[], object]] | None:
        return way_to_import(self.desk)

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        body = self.hub.read(records.get, Organisation, record_id)
        tags = [Tag(self.tr_(body.kind.label), "info")]
        if body.name_ar and not body.name_ar_checked:
            tags.append(Tag(self.tr_(N_("Arabic to be confirmed")), "warn"))
        return (
            Head(self.language.pick(body, "name"), tuple(tags), avatar=body.short),
            BilingualField("name", N_("Name"), body.name_en, body.name_ar),
            CheckField("name_ar_checked", N_("Arabic name"), body.name_ar_checked, hint=N_("Confirmed")),
            TextField("acronym", N_("Acronym"), body.acronym, ltr=True),
            TextField("aliases", N_("Also called"), body.aliases).across(),
            ChoiceField("kind", N_("Kind"), body.kind, KINDS),
            TextField("country", N_("Country code"), body.country, ltr=True, hint=N_("None for UN bodies")),
            CheckField("holds_no_seat", N_("Never a member"), body.holds_no_seat, hint=N_("Yes")),
            ChoiceField("channel", N_("Written to by"), body.channel, tuple((one, one.label) for one in Channel)),
            TextField("mandate", N_("Mandate"), body.mandate).across(),
            TextField("role_note", N_("Role"), body.role_note).across(),
            TextField("website", N_("Website"), body.website, ltr=True).across(),
            Section(N_("Note")),
            LongTextField("note", "", body.note),
        )

    def save(self, record_id: UUID, name: str, value: Any) -> object:
        return self.hub.step(N_("Change organisation"), records.update, Organisation, record_id, **{name: value})

    def make_new(self) -> UUID | None:
        made = ask_organisation(self.desk, self)
        return made.id if made is not None else None

    def remove(self, record_id: UUID) -> object:
        return self.hub.step(N_("Remove organisation"), records.remove, Organisation, record_id)
