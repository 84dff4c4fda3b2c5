"""The rows of the spreadsheets that are both written and read again: one value a heading, from the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionResponsible, ActionStatus
from unnm_desktop.db.base import Choice
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Membership, Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.db.plan_parts import ActivityParticipant, Output
from unnm_desktop.db.text import fold
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import Activity, BudgetLine, Workplan
from unnm_desktop.i18n import N_, Language, european_digits
from unnm_desktop.services import records, terms
from unnm_desktop.services.gathering import belonging
from unnm_desktop.services.headings import SHEETS
from unnm_desktop.services.money import line_money, major_units, total
from unnm_desktop.services.sheets import NoValue, Value, shown

_PARTS = re.compile("[;؛\n]")
_COMMAS = re.compile("[,،/]")
ENGLISH, ARABIC = N_("English"), N_("Arabic")


@dataclass(frozen=True)
class Spelled:
    """A word that is written in the reader's language and read again in either."""

    english: str
    arabic: str

    @classmethod
    def of(cls, label: str, rank: int = 0) -> Spelled:
        """The spellings of a label, with its rank where it has one."""
        words = (Language("en").tr(label), Language("ar").tr(label))
        return cls(*(f"{word} {rank}" if rank else word for word in words))

    def told(self, language: Language) -> str:
        """The word in that language."""
        return self.arabic if language.rtl else self.english


Cell = str | date | Decimal | Spelled | None
SheetRow = Mapping[str, Cell]


@dataclass(frozen=True)
class Scope:
    """For which network and day a sheet is written or read."""

    network: Network
    on: date


class Bodies:
    """The organisations of a workspace as a network names them."""

    def __init__(self, session: Session, network: Network) -> None:
        self._by_acronym: dict[str, Organisation] = {}
        self._by_name: dict[str, Organisation] = {}
        found = records.all_of(session, Organisation)
        # A national body is meant before one of the United Nations; one of another country is never meant.
        for one in sorted(found, key=lambda one: one.country == "", reverse=True):
            if one.country in ("", network.country):
                self.add(one)
        seats = records.all_of(session, Membership, Membership.network_id == network.id)
        self._seated = {one.organisation_id for one in seats}

    def add(self, one: Organisation) -> None:
        """Let an organisation be found."""
        if one.acronym.strip():
            self._by_acronym[fold(one.acronym.strip())] = one
        for name in (one.name_en, one.name_ar):
            if name.strip():
                self._by_name[fold(name.strip())] = one
        for alias in _PARTS.split(one.aliases):
            if alias.strip():
                self._by_name.setdefault(fold(alias.strip()), one)

    def find(self, text: str) -> Organisation | None:
        """The organisation of that acronym, else of that name or alias."""
        key = fold(text.strip())
        return self._by_acronym.get(key) or self._by_name.get(key)

    def by_acronym(self, text: str) -> Organisation | None:
        """The organisation of that acronym."""
        return self._by_acronym.get(fold(text.strip()))

    def by_name(self, text: str) -> Organisation | None:
        """The organisation of that name or alias."""
        return self._by_name.get(fold(text.strip()))

    def written(self, one: Organisation) -> str:
        """How it is written so that it is found again."""
        spellings = [one.acronym, one.name_en, one.name_ar]
        return next((word for word in spellings if word.strip() and self.find(word) is one), one.short)

    def split(self, text: str) -> list[str]:
        """The organisations named in one cell, separated by ; or, where that names nobody, by commas."""
        if self.find(text):
            return [text.strip()]
        found: list[str] = []
        for part in _PARTS.split(text):
            whole = part.strip()
            if not whole:
                continue
            pieces = [piece.strip() for piece in _COMMAS.split(whole) if piece.strip()]
            found += [whole] if self.find(whole) or len(pieces) < 2 else pieces
        return list(dict.fromkeys(found))

    def mistaken_for(self, one: Organisation) -> Organisation | None:
        """The seat whose acronym has the same letters as this one of a body without a seat: IOM for IMO."""
        if one.id in self._seated or not one.acronym:
            return None
        letters = sorted(fold(one.acronym))
        turned = (body for key, body in self._by_acronym.items() if sorted(key) == letters)
        return next((body for body in turned if body.id in self._seated), None)

    def close(self, text: str, most: int = 3) -> list[str]:
        """Known organisations whose acronym or name is near: a slip of the pen, or letters that changed places."""
        from difflib import get_close_matches  # a rare need

        key = fold(text.strip())
        turned = [name for name in self._by_acronym if sorted(name) == sorted(key)]
        near = get_close_matches(key, self._by_acronym, most, 0.6) + get_close_matches(key, self._by_name, most, 0.75)
        bodies = [self._by_acronym.get(name) or self._by_name[name] for name in (*turned, *near)]
        return list(dict.fromkeys(self.written(one) for one in bodies))[:most]


def rows_of(session: Session, kind: str, ids: Sequence[UUID], scope: Scope) -> dict[UUID, SheetRow]:
    """The values under the headings of that kind of sheet, by record."""
    return _ROWS[kind](session, ids, scope)


def same(kind: str, name: str, cell: Value, held: Cell) -> bool:
    """Whether a cell still says what would be written into it."""
    if isinstance(cell, NoValue):
        return False
    text = normal(cell)
    if isinstance(held, Spelled):
        return fold(text) in (fold(held.english), fold(held.arabic))
    if isinstance(held, Decimal):
        try:
            return Decimal(european_digits(text).replace(",", "")) == held
        except InvalidOperation:
            return False
    if isinstance(held, date):
        return text == held.isoformat()
    return text == normal(held)


def normal(value: Value) -> str:
    """A text as it comes back from a spreadsheet: one kind of line end, nothing around it."""
    return shown(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _choice(value: Choice | None) -> Cell:
    return Spelled.of(value.label) if value is not None else None


def _joined(parts: Iterable[object]) -> str:
    return "; ".join(str(part) for part in parts)


def _actions(session: Session, ids: Sequence[UUID], scope: Scope) -> dict[UUID, SheetRow]:
    found = records.by_id(session, ActionPoint, set(ids))
    links = belonging(session, ActionResponsible, "action_id", found)
    notes = belonging(session, ActionNote, "action_id", found, "noted_on")
    held = records.by_id(session, Organisation, {one.organisation_id for group in links.values() for one in group})
    bodies = Bodies(session, scope.network)
    return {
        key: {
            "reference": one.reference,
            "task_en": one.task_en,
            "task_ar": one.task_ar,
            "responsible": _joined(sorted({bodies.written(held[link.organisation_id]) for link in links[key]})),
            "due": one.due,
            "status": _choice(one.status),
            "note": one.dropped_reason
            if one.status is ActionStatus.DROPPED
            else (notes[key][-1].text if notes[key] else ""),
        }
        for key, one in found.items()
    }


def seats_of(session: Session, scope: Scope) -> dict[UUID, Membership]:
    """The seat of each organisation in the network: the one that holds on the day, else the next to come."""
    best: dict[UUID, Membership] = {}
    for one in records.all_of(session, Membership, Membership.network_id == scope.network.id):
        if terms.end_of(one.end) < scope.on:
            continue
        held = best.get(one.organisation_id)
        launched = scope.network.launched
        if held is None or terms.begin_of(one.start, launched) < terms.begin_of(held.start, launched):
            best[one.organisation_id] = one
    return best


def _organisations(session: Session, ids: Sequence[UUID], scope: Scope) -> dict[UUID, SheetRow]:
    found = records.by_id(session, Organisation, set(ids))
    seats = seats_of(session, scope)
    rows: dict[UUID, SheetRow] = {}
    for key, one in found.items():
        seat = seats.get(key)
        rows[key] = {
            "name_en": one.name_en,
            "name_ar": one.name_ar,
            "acronym": one.acronym,
            "kind": _choice(one.kind),
            "residency": _choice(seat.residency) if seat else None,
            "category": _choice(seat.category) if seat else None,
            "from": _partial(seat.start) if seat else None,
            "reference": str(key),
        }
    return rows


def _partial(text: str) -> Cell:
    return date.fromisoformat(text) if len(text) == 10 else text


def appointments_of(session: Session, scope: Scope) -> dict[UUID, list[Appointment]]:
    """Each person's appointments to seats of the network that have not ended by the day, focal point first."""
    seats = [one.id for one in records.all_of(session, Membership, Membership.network_id == scope.network.id)]
    found: dict[UUID, list[Appointment]] = {}
    for group in belonging(session, Appointment, "membership_id", seats, "rank").values():
        for one in group:
            if terms.end_of(one.end) >= scope.on:
                found.setdefault(one.person_id, []).append(one)
    for mine in found.values():
        mine.sort(key=lambda one: (one.role is not AppointmentRole.FOCAL_POINT, one.rank, one.start, one.id))
    return found


def role_of(appointment: Appointment) -> Spelled:
    """A role with its rank from the second alternate on."""
    ranked = appointment.role is AppointmentRole.ALTERNATE and appointment.rank > 1
    return Spelled.of(appointment.role.label, appointment.rank if ranked else 0)


def _people(session: Session, ids: Sequence[UUID], scope: Scope) -> dict[UUID, SheetRow]:
    found = records.by_id(session, Person, set(ids))
    held = records.by_id(session, Organisation, [one.organisation_id for one in found.values()])
    appointed = appointments_of(session, scope)
    bodies = Bodies(session, scope.network)
    rows: dict[UUID, SheetRow] = {}
    for key, one in found.items():
        first = next(iter(appointed.get(key, ())), None)
        rows[key] = {
            "name_en": one.name_en,
            "name_ar": one.name_ar,
            "organisation": bodies.written(held[one.organisation_id]) if one.organisation_id in held else "",
            "position_en": one.position_en or one.position_ar,
            "level": one.level,
            "role": role_of(first) if first else None,
            "from": _partial(first.start) if first else None,
            "emails": one.emails,
            "phones": one.phones,
            "letter_language": Spelled.of(ARABIC if one.letter_language == "ar" else ENGLISH),
            "reference": str(key),
        }
    return rows


def _workplan(session: Session, ids: Sequence[UUID], scope: Scope) -> dict[UUID, SheetRow]:
    found = records.by_id(session, Activity, set(ids))
    plans = records.by_id(session, Workplan, {one.workplan_id for one in found.values()})
    objectives = records.by_id(session, Objective, [one.objective_id for one in found.values()])
    outputs = records.by_id(session, Output, [one.output_id for one in found.values()])
    links = belonging(session, ActivityParticipant, "activity_id", found)
    lines = belonging(session, BudgetLine, "activity_id", found)
    wanted = [one.lead_id for one in found.values()]
    held = records.by_id(
        session, Organisation, [*wanted, *(one.organisation_id for group in links.values() for one in group)]
    )
    bodies = Bodies(session, scope.network)
    rows: dict[UUID, SheetRow] = {}
    for key, one in found.items():
        required, available, currency = amounts(lines[key], plans[one.workplan_id].currency)
        output = outputs.get(one.output_id) if one.output_id else None
        rows[key] = {
            "reference": one.reference,
            "objective": str(objectives[one.objective_id].number) if one.objective_id in objectives else "",
            "output": (output.title_en or output.title_ar) if output else "",
            "title_en": one.title_en,
            "title_ar": one.title_ar,
            "lead": bodies.written(held[one.lead_id]) if one.lead_id in held else "",
            "participating": _joined(sorted({bodies.written(held[link.organisation_id]) for link in links[key]})),
            "start": one.start,
            "end": one.end,
            "status": _choice(one.status),
            "required": required,
            "available": available,
            "currency": currency,
            "gcm_objectives": _joined(one.gcm_objectives),
            "sdg_targets": _joined(one.sdg_targets),
        }
    return rows


def amounts(lines: Sequence[BudgetLine], plan_currency: str) -> tuple[Decimal | None, Decimal | None, str]:
    """What a sheet shows of an activity's lines: the one line as it is, several summed in the plan's currency."""
    if not lines:
        return None, None, plan_currency
    if len(lines) == 1:
        line = lines[0]
        return major_units(line.required, line.currency), major_units(line.available, line.currency), line.currency
    sums = total((line_money(line, plan_currency) for line in lines), plan_currency)
    return major_units(sums.required, plan_currency), major_units(sums.available, plan_currency), plan_currency


_ROWS: Mapping[str, Callable[[Session, Sequence[UUID], Scope], dict[UUID, SheetRow]]] = {
    "actions": _actions,
    "organisations": _organisations,
    "people": _people,
    "workplan": _workplan,
}
KINDS = tuple(SHEETS)
