"""A list of members that lives in memory, to look at the window and to try its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.services.listing import Cell
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField, MoneyField
from unnm_desktop.ui.forms import BilingualField, LongTextField, TextField
from unnm_desktop.ui.hub import Touched
from unnm_desktop.ui.inspector import Head, Part, Section, Tag
from unnm_desktop.ui.listing_source import Chip, Heading
from unnm_desktop.ui.page import RecordsPage

MEMBERS = (
    ("IOM", "Amina Haddad", "Luis Ortega", "Co-Chair", "●●●●●●", 3),
    ("ILO", "Farah Nasser", "Mark Jensen", "Co-Chair", "●●○●●●", 2),
    ("UNDP", "Omar Saleh", "Ines Rocha", "Member", "●×●●●●", 1),
    ("UNHCR", "Leila Karim", "", "Member", "●●×●○●", 2),
    ("UNODC", "Yusuf Amin", "Clara Weiss", "Member", "●●●○●●", 0),
    ("UNFPA", "Dina Fouad", "Sara Lindh", "Member", "×●●●●●", 0),
    ("World Health Organization", "Hassan Ali", "", "Member", "××●×●○", 4),
    ("UN Women", "Maya Chen", "Rana Aziz", "Member", "●●●●●●", 1),
    ("Resident Coordinator Office", "Peter Okello", "Huda Salem", "Member", "●●●●●●", 1),
    ("UNICEF", "Nora Blake", "Samir Hanna", "Member", "●●×●●●", 0),
    ("Labour Market Regulatory Authority of the Kingdom", "Khalid Ebrahim", "Mona Yusuf", "By invitation", "●●", 1),
    ("جامعة البحرين", "د. سلمى جابر", "", "By invitation", "●○", 0),
)


@dataclass
class MemorySource:
    """Rows in memory, as many as wanted."""

    count: int = len(MEMBERS)
    grouped: bool = False
    reads: int = 0

    columns = (
        Heading("name", "Organisation", "start", 200, "stretch"),
        Heading("focal", "Focal point", "start", 116, "text"),
        Heading("alternate", "Alternate", "start", 124, "text"),
        Heading("type", "Type", "start", 110, "text"),
        Heading("seen", "Last 6 meetings", "start", 116, "text"),
        Heading("open", "Open", "end", 60, "number"),
    )
    choices = (Chip("", "All"), Chip("Member", "Member"), Chip("By invitation", "By invitation"))

    def ids(self, text: str, choice: str, sort: str, descending: bool) -> Sequence[UUID]:
        found = [n for n in range(self.count) if self.fits(n, text, choice)]
        if sort == "name":
            found.sort(key=lambda n: MEMBERS[n % len(MEMBERS)][0], reverse=descending)
        return [UUID(int=n + 1) for n in found]

    def fits(self, n: int, text: str, choice: str) -> bool:
        row = MEMBERS[n % len(MEMBERS)]
        return text.casefold() in row[0].casefold() and choice in ("", row[3])

    def rows(self, ids: Sequence[UUID]) -> Sequence[tuple[Cell, ...]]:
        self.reads += 1
        return [self.row(item.int - 1) for item in ids]

    def row(self, n: int) -> tuple[Cell, ...]:
        name, focal, alternate, kind, seen, number = MEMBERS[n % len(MEMBERS)]
        tone = {"Co-Chair": "info", "Member": "neutral"}.get(kind, "violet")
        return (
            Cell(name, shape="avatar"),
            Cell(focal),
            Cell(alternate) if alternate else Cell("No alternate", "warn", icon="triangle-alert"),
            Cell(kind, tone, "pill"),
            Cell(seen, shape="dots", tooltip="present, absent, …"),
            Cell(str(number) if number else "–", number=True),
        )


class GroupedMemorySource(MemorySource):
    """The same with groups by type."""

    def groups(self, ids: Sequence[UUID]) -> Sequence[str]:
        return [MEMBERS[(item.int - 1) % len(MEMBERS)][3] for item in ids]


class DemoPage(RecordsPage):
    """Members in memory."""

    name = "members"
    title = "Members"
    kinds = frozenset({"member"})
    new_text = "Add member"
    filter_text = "Filter members"
    empty_icon = "users"
    empty_title = "No members yet"
    empty_text = "Add the organisations in the network. Each can have a focal point and an alternate."
    rows: Any = None

    def __init__(self, desk: Any) -> None:
        self.values: dict[tuple[UUID, str], Any] = {}
        self.saves: list[tuple[UUID, str, Any]] = []
        super().__init__(desk)

    def source(self) -> Any:
        if self.rows is None:
            self.rows = MemorySource()
        return self.rows

    def subline(self) -> str:
        return "14 members · 3 by invitation"

    def can_create(self) -> bool:
        return True

    def build_inspector(self, record_id: UUID) -> Sequence[Part]:
        name, focal, _, kind, _, _ = MEMBERS[(record_id.int - 1) % len(MEMBERS)]

        def kept(field: str, value: Any) -> Any:
            return self.values.get((record_id, field), value)

        return (
            Head(name, (Tag(kind), Tag("No alternate", "warn")), avatar=name),
            BilingualField("name", "Name", kept("name_en", name), kept("name_ar", "منظمة الصحة العالمية")),
            TextField("focal", "Focal point", kept("focal", focal)),
            TextField("email", "Email", kept("email", "h.ali@example.org"), ltr=True),
            DateField("joined", "Member since", kept("joined", "2020-09"), partial=True),
            ChoiceField(
                "kind",
                "Type",
                kept("kind", kind),
                (("Co-Chair", "Co-Chair"), ("Member", "Member"), ("By invitation", "By invitation")),
            ),
            MoneyField("pledge", "Pledge", kept("pledge", 1250500), currency="BHD"),
            Section("Notes"),
            LongTextField(
                "notes", "", kept("notes", "Prefers papers in Arabic. Copy the programme assistant on invitations.")
            ),
        )

    def save(self, record_id: UUID, name: str, value: Any) -> None:
        if name == "focal" and not value:
            raise Invalid({"focal": "A member needs a focal point."})
        self.values[record_id, name] = value
        self.saves.append((record_id, name, value))
        self.hub.changed.emit(Touched(frozenset({"member"}), "Change member", None))  # type: ignore[arg-type]

    def make_new(self) -> UUID:
        self.source().count += 1
        return UUID(int=self.source().count)

    def remove(self, record_id: UUID) -> None:
        self.source().count -= 1


class ReadyHub:
    """A workspace that is open but holds nothing."""

    read_only = False
    handed = None
    device = None
    key = None
    path = Path("ready.unnm")

    def read(self) -> Any:
        """There is nothing to read."""
        raise UserError("This workspace holds nothing.")

    def close(self) -> None:
        """Nothing to close."""


def show(window: QWidget) -> None:
    """Let the window be seen."""
    window.show()
