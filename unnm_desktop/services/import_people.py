"""People and their appointments out of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.db.text import fold
from unnm_desktop.i18n import N_, Language, european_digits
from unnm_desktop.progress import Progress
from unnm_desktop.services import networks, records
from unnm_desktop.services.import_actions import NEW_REFERENCE, SAME_RECORD, TWICE, bodies_named
from unnm_desktop.services.import_organisations import record_key
from unnm_desktop.services.says import Names, Said
from unnm_desktop.services.sheet_entries import Entries, Entry, ImportResult, Tally
from unnm_desktop.services.sheet_rows import ARABIC, ENGLISH, Bodies, Scope, appointments_of, normal, rows_of, seats_of

_PLAIN = ("name_en", "name_ar", "phones")
_RANKED = re.compile(r"(.*?)\s*(\d{1,2})?")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_Key = tuple[str, UUID | None]
ONE_BODY = N_("Name one organisation; a person speaks for one.")
NO_SEAT = N_("{body} holds no seat in the network, so nobody was appointed. Give it a seat first.")
NO_BODY = N_("Name the organisation for which the person is appointed.")
TAKEN = N_("{body} has a focal point already: {name}. The person was imported without the role.")
NO_LEVEL = N_("“{text}” is not a participation level of the terms of reference ({levels}). It was kept as it is.")


def import_people(session: Session, entries: Entries, scope: Scope, progress: Progress) -> ImportResult:
    """Update the people that are known, create the others; a role appoints to the seat of their organisation."""
    work = _Work(session, entries, scope)
    matched = [(entry, *work.match(entry)) for entry in entries.rows(progress)]
    work.read_held([person.id for _, person, _, _ in matched if person is not None])
    for entry, person, body, known in matched:
        if not entry.good:
            continue
        if person is None:
            work.create(entry, body)
        else:
            work.update(entry, person, body, known=known)
    records.create_many(session, Person, work.new)
    records.create_many(session, Appointment, work.new_appointments)
    return entries.result(work.tally)


class _Work:
    """One import while it is done."""

    def __init__(self, session: Session, entries: Entries, scope: Scope) -> None:
        self.session, self.entries, self.scope = session, entries, scope
        self.tally = Tally()
        self.bodies = Bodies(session, scope.network)
        people = records.all_of(session, Person)
        self.by_key = {one.id: one for one in people}
        self.names = {one.id: one.title() for one in people}
        self.by_name: dict[_Key, Person] = {}
        for one in people:
            for name in (one.name_en, one.name_ar):
                if name.strip():
                    self.by_name.setdefault((_folded(name), one.organisation_id), one)
        self.seats = seats_of(session, scope)
        self.appointed = appointments_of(session, scope)
        present = [held for mine in self.appointed.values() for held in mine]
        self.focal = {
            held.membership_id: held.person_id for held in present if held.role is AppointmentRole.FOCAL_POINT
        }
        self.ranks: dict[UUID, int] = {}
        for held in present:
            if held.role is AppointmentRole.ALTERNATE:
                self.ranks[held.membership_id] = max(self.ranks.get(held.membership_id, 0), held.rank)
        rules = networks.rules_on(session, scope.network.id, scope.on)
        self.levels = rules.levels
        self.level_words = {fold(word): word for word in rules.levels}
        self.level_words |= {fold(word): english for english, word in rules.levels_in_arabic.items()}
        self.roles = _spellings()
        self.seen: dict[UUID, int] = {}
        self.made: dict[_Key, int] = {}
        self.new: list[dict[str, Any]] = []
        self.new_appointments: list[dict[str, Any]] = []

    def match(self, entry: Entry) -> tuple[Person | None, Organisation | None, bool]:
        """The person a row is about, their organisation, and whether the row's reference says so."""
        key = record_key(entry.text("reference"))
        person = self.by_key.get(key) if key else None
        known = person is not None
        named = bodies_named(entry, "organisation", self.bodies) if entry.text("organisation") else []
        if len(named) > 1:
            entry.bad("organisation", ONE_BODY)
        body = named[0] if named else None
        if person is None:
            keys = [(_folded(name), body.id if body else None) for name in self._names(entry)]
            person = next((self.by_name[one] for one in keys if one in self.by_name), None)
        if person is not None:
            if person.id in self.seen:
                entry.bad("reference" if known else "name_en", SAME_RECORD, n=self.seen[person.id])
            self.seen.setdefault(person.id, entry.number)
        return person, body, known

    def _names(self, entry: Entry) -> list[str]:
        return [name for name in (entry.text("name_en"), entry.text("name_ar")) if name]

    def read_held(self, ids: Sequence[UUID]) -> None:
        """Read what a sheet would show of the matched people."""
        self.held = rows_of(self.session, "people", ids, self.scope)

    def create(self, entry: Entry, body: Organisation | None) -> None:
        """Take a row in as a new person."""
        values: dict[str, Any] = {name: entry.text(name) for name in _PLAIN}
        values |= {"emails": self._emails(entry), "level": self._level(entry)}
        values |= self._position(entry) | {"organisation_id": body.id if body else None}
        if language := self._language(entry):
            values["letter_language"] = language
        for name, says in Person(**values).problems().items():
            entry.bad(name, says)
        keys = [(_folded(name), body.id if body else None) for name in self._names(entry)]
        before = next((self.made[one] for one in keys if one in self.made), None)
        if before is not None:
            entry.bad("name_en", TWICE, n=before)
        made = records.new_id()
        role = self._role(entry)
        if not entry.good:
            return
        if reference := entry.text("reference"):
            entry.note("reference", NEW_REFERENCE, text=reference[:60])
        self.made |= dict.fromkeys(keys, entry.number)
        self.names[made] = values["name_en"] or values["name_ar"]
        self.new.append({"id": made, **values})
        self._appoint(entry, made, body, role)
        self.tally.created += 1

    def update(self, entry: Entry, person: Person, body: Organisation | None, *, known: bool) -> None:
        """Change the person of a row, and their appointment, where the row says something else."""
        entry.compare(self.held[person.id])
        values: dict[str, Any] = {name: entry.text(name) for name in _PLAIN if entry.given(name, empty=known)}
        if entry.given("emails", empty=known):
            values["emails"] = self._emails(entry)
        if entry.given("level", empty=known):
            values["level"] = self._level(entry)
        if entry.given("position_en", empty=known):
            values |= self._position(entry)
        if entry.given("letter_language"):
            values["letter_language"] = self._language(entry) or person.letter_language
        if entry.given("organisation", empty=known):
            values["organisation_id"] = body.id if body else None
        values = {name: value for name, value in values.items() if _kept(getattr(person, name)) != value}
        future = Person(**{c.key: getattr(person, c.key) for c in Person.__table__.columns} | values)
        for name, says in future.problems().items():
            entry.bad(name, says)
        role = self._role(entry) if entry.given("role") or entry.given("from") else None
        if not entry.good:
            return
        if values:
            records.update(self.session, Person, person.id, **values)
        home = body or (self.bodies_by_id().get(person.organisation_id) if person.organisation_id else None)
        if self._appoint(entry, person.id, home, role) or values:
            self.tally.updated += 1
        else:
            self.tally.unchanged += 1

    def bodies_by_id(self) -> dict[UUID, Organisation]:
        """The organisations of the seats, by key."""
        if not hasattr(self, "_bodies_by_id"):
            self._bodies_by_id = records.by_id(self.session, Organisation, list(self.seats))
        return self._bodies_by_id

    def _appoint(
        self, entry: Entry, person_id: UUID, body: Organisation | None, role: tuple[AppointmentRole, int] | None
    ) -> bool:
        """Give the person the role of the row, unless they hold it; whether anything changed."""
        if role is None:
            return False
        if body is None:
            entry.note("role", NO_BODY)
            return False
        seat = self.seats.get(body.id)
        if seat is None:
            entry.note("role", NO_SEAT, body=body.short)
            return False
        kind, rank = role
        start = entry.day("from") or ""
        mine = [one for one in self.appointed.get(person_id, ()) if one.membership_id == seat.id and one.role is kind]
        if mine:
            return self._put_right(entry, mine[0], start, rank)
        if kind is AppointmentRole.FOCAL_POINT:
            holder = self.focal.setdefault(seat.id, person_id)
            if holder != person_id:
                entry.note("role", TAKEN, body=body.short, name=self.names.get(holder, ""))
                return False
        else:
            rank = rank or self.ranks.get(seat.id, 0) + 1
            self.ranks[seat.id] = max(rank, self.ranks.get(seat.id, 0))
        self.new_appointments.append(
            {"membership_id": seat.id, "person_id": person_id, "role": kind, "rank": rank or 1, "start": start}
        )
        return True

    def _put_right(self, entry: Entry, held: Appointment, start: str, rank: int) -> bool:
        values: dict[str, Any] = {}
        if start and start != held.start and entry.given("from"):
            values["start"] = start
        if rank and rank != held.rank and entry.given("role"):
            values["rank"] = rank
        future = Appointment(**{c.key: getattr(held, c.key) for c in Appointment.__table__.columns} | values)
        for says in future.problems().values():
            entry.note("from", says)
            return False
        if values:
            records.update(self.session, Appointment, held.id, **values)
        return bool(values)

    def _role(self, entry: Entry) -> tuple[AppointmentRole, int] | None:
        text = entry.text("role")
        if not text:
            return None
        match = _RANKED.fullmatch(european_digits(text))
        role = self.roles.get(fold(match[1])) if match else None
        if match is None or role is None:
            labels = Names(tuple(Said(one.label) for one in AppointmentRole))
            entry.bad("role", N_("“{text}” is none of: {labels}."), text=text[:60], labels=labels)
            return None
        return role, int(match[2] or 0)

    def _emails(self, entry: Entry) -> str:
        parts = [part.removeprefix("mailto:").strip() for part in entry.parts("emails")]
        return "; ".join(part for part in parts if part)

    def _level(self, entry: Entry) -> str:
        text = entry.text("level")
        level = self.level_words.get(fold(text))
        if text and level is None and self.levels:
            entry.note("level", NO_LEVEL, text=text[:60], levels=Names(self.levels))
        return level or text

    def _position(self, entry: Entry) -> dict[str, str]:
        text = entry.text("position_en")
        if not text:
            return {"position_en": "", "position_ar": ""} if "position_en" in self.entries.places else {}
        return {"position_ar" if _ARABIC_LETTER.search(text) else "position_en": text}

    def _language(self, entry: Entry) -> str:
        text = fold(entry.text("letter_language"))
        if not text:
            return ""
        for code, label in (("en", ENGLISH), ("ar", ARABIC)):
            if text in (code, *(fold(Language(one).tr(label)) for one in ("en", "ar")), fold(_OWN_NAMES[code])):
                return code
        labels = Names((Said(ENGLISH), Said(ARABIC)))
        entry.bad("letter_language", N_("“{text}” is none of: {labels}."), text=text[:60], labels=labels)
        return ""


_OWN_NAMES = {"en": "English", "ar": "العربية"}


def _folded(name: str) -> str:
    """A name without case, marks and doubled spaces: "Al-Sabah" and "al sabah" are one."""
    return " ".join(re.split(r"[\s\-‐-―’'ʼ]+", fold(name).strip()))


def _kept(value: Any) -> Any:
    return normal(value) if isinstance(value, str) else value


def _spellings() -> dict[str, AppointmentRole]:
    arabic = Language("ar")
    return {
        fold(word): one
        for one in AppointmentRole
        for word in (str(one.value), one.label, arabic.tr(one.label), str(one.value).replace("_", " "))
    }
