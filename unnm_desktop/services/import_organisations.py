"""Organisations and their seats out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind, Residency
from unnm_desktop.db.text import fold
from unnm_desktop.i18n import N_
from unnm_desktop.progress import Progress
from unnm_desktop.services import records, terms
from unnm_desktop.services.calendar import first_day
from unnm_desktop.services.import_actions import NEW_REFERENCE, SAME_RECORD, TWICE
from unnm_desktop.services.sheet_entries import Entries, Entry, ImportResult, Tally
from unnm_desktop.services.sheet_rows import Bodies, Scope, normal, rows_of, seats_of

_FIELDS = ("name_en", "name_ar", "acronym")
NAME_KEPT = N_("“{acronym}” is known as “{name}”, and that name was kept. Give its reference to rename it.")
NO_SEAT = N_("“{name}” is an office or a body of the United Nations and holds no seat.")
KNOWN_ONLY = N_("{name} is known already. To make it a member, write what it is under “Category”, such as Member.")
NO_CATEGORY = N_("The row has no seat yet, and no category was given, so none was made.")


def import_organisations(session: Session, entries: Entries, scope: Scope, progress: Progress) -> ImportResult:
    """Update the organisations that are known, create the others; a category makes a seat in the network."""
    work = _Work(session, entries, scope)
    matched = [(entry, *work.match(entry)) for entry in entries.rows(progress)]
    work.read_held([body.id for _, body, _ in matched if body is not None])
    for entry, body, known in matched:
        if not entry.good:
            continue
        if body is None:
            work.create(entry)
        else:
            work.update(entry, body, known=known)
    records.create_many(session, Organisation, work.new)
    records.create_many(session, Membership, work.new_seats)
    return entries.result(work.tally)


def record_key(text: str) -> UUID | None:
    """The key of a record, where the reference of a row is one."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


class _Work:
    """One import while it is done."""

    def __init__(self, session: Session, entries: Entries, scope: Scope) -> None:
        self.session, self.entries, self.scope = session, entries, scope
        self.tally = Tally()
        self.bodies = Bodies(session, scope.network)
        self.by_key = {one.id: one for one in records.all_of(session, Organisation)}
        self.seats = seats_of(session, scope)
        self.seen: dict[UUID, int] = {}
        self.new: list[dict[str, Any]] = []
        self.new_seats: list[dict[str, Any]] = []
        self.made: dict[str, int] = {}

    def match(self, entry: Entry) -> tuple[Organisation | None, bool]:
        """The organisation a row is about, and whether its reference says so."""
        key = record_key(entry.text("reference"))
        body = self.by_key.get(key) if key else None
        known = body is not None
        if body is None:
            body = self._by_words(entry)
        if body is not None:
            if body.id in self.seen:
                entry.bad("reference" if known else "name_en", SAME_RECORD, n=self.seen[body.id])
            self.seen.setdefault(body.id, entry.number)
        return body, known

    def _by_words(self, entry: Entry) -> Organisation | None:
        if acronym := entry.text("acronym"):
            return self.bodies.by_acronym(acronym) or self._without_acronym(entry)
        return self._by_name(entry)

    def _by_name(self, entry: Entry) -> Organisation | None:
        names = (entry.text("name_en"), entry.text("name_ar"))
        return next((body for name in names if name and (body := self.bodies.by_name(name))), None)

    def _without_acronym(self, entry: Entry) -> Organisation | None:
        """Of the same name and with no acronym yet: then the row brings it."""
        body = self._by_name(entry)
        return body if body is not None and not body.acronym else None

    def read_held(self, ids: Sequence[UUID]) -> None:
        """Read what a sheet would show of the matched organisations."""
        self.held = rows_of(self.session, "organisations", ids, self.scope)

    def create(self, entry: Entry) -> None:
        """Take a row in as a new organisation."""
        kind = entry.choice("kind", OrganisationKind) or OrganisationKind.OTHER
        values: dict[str, Any] = {name: entry.text(name) for name in _FIELDS}
        # United Nations entities are shared by the networks; other bodies belong to their country.
        country = "" if kind is OrganisationKind.UN_ENTITY else self.scope.network.country
        values |= {"id": records.new_id(), "kind": kind, "country": country}
        if not values["name_en"] and not values["name_ar"]:
            values["name_en"] = values["acronym"]
        body = Organisation(**values)
        for name, says in body.problems().items():
            entry.bad(name, says)
        words = [fold(values[name]) for name in ("acronym", "name_en", "name_ar") if values[name]]
        before = next((self.made[word] for word in words if word in self.made), None)
        if before is not None:
            entry.bad("name_en", TWICE, n=before)
        seat = self._seat(entry, body)
        if not entry.good:
            return
        if reference := entry.text("reference"):
            entry.note("reference", NEW_REFERENCE, text=reference[:60])
        self.made |= dict.fromkeys(words, entry.number)
        self.new.append(values)
        if seat is not None:
            self.new_seats.append(seat)
        self.tally.created += 1

    def update(self, entry: Entry, body: Organisation, *, known: bool) -> None:
        """Change the organisation of a row, and its seat, where the row says something else."""
        entry.compare(self.held[body.id])
        values: dict[str, Any] = {}
        for name in _FIELDS:
            if entry.given(name, empty=known):
                values[name] = entry.text(name)
        if entry.given("kind"):
            values["kind"] = entry.choice("kind", OrganisationKind) or body.kind
        if not known and body.country == "":
            self._keep_name(entry, body, values)
        seat = self.seats.get(body.id)
        fresh = self._seat(entry, body) if seat is None else None
        seat_values = self._seat_values(entry, seat) if seat is not None else {}
        values = {name: value for name, value in values.items() if normal(getattr(body, name)) != value}
        future = Organisation(**{c.key: getattr(body, c.key) for c in Organisation.__table__.columns} | values)
        for name, says in future.problems().items():
            entry.bad(name if name in _FIELDS else "name_en", says)
        if not entry.good:
            return
        if not values and fresh is None and not seat_values:
            if seat is None and not known and not body.holds_no_seat:
                entry.note("category", KNOWN_ONLY, name=body.short)
            self.tally.unchanged += 1
            return
        if values:
            records.update(self.session, Organisation, body.id, **values)
        if fresh is not None:
            self.new_seats.append(fresh)
        if seat is not None and seat_values:
            self._change_seat(seat, seat_values)
        self.tally.updated += 1

    def _keep_name(self, entry: Entry, body: Organisation, values: dict[str, Any]) -> None:
        """An acronym alone never renames a body that all networks share: IOM is not IMO with a slip of the pen."""
        other = [name for name in ("name_en", "name_ar") if values.get(name) and getattr(body, name)]
        for name in other:
            if fold(values[name]) != fold(getattr(body, name)):
                entry.note(name, NAME_KEPT, acronym=body.acronym, name=getattr(body, name))
            del values[name]
        values.pop("kind", None)

    def _seat(self, entry: Entry, body: Organisation) -> dict[str, Any] | None:
        category = entry.choice("category", Category)
        residency = entry.choice("residency", Residency)
        start = entry.day("from") or ""
        if category is None:
            if start or residency:
                entry.note("category", NO_CATEGORY)
            return None
        if body.holds_no_seat:
            entry.bad("category", NO_SEAT, name=body.short)
        return {
            "network_id": self.scope.network.id,
            "organisation_id": body.id,
            "category": category,
            "residency": residency or Residency.UNKNOWN,
            "start": start,
        }

    def _seat_values(self, entry: Entry, seat: Membership) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if entry.given("category"):
            values["category"] = entry.choice("category", Category) or seat.category
        if entry.given("residency"):
            values["residency"] = entry.choice("residency", Residency) or seat.residency
        if entry.given("from"):
            values["start"] = entry.day("from") or seat.start
        changed = {name: value for name, value in values.items() if getattr(seat, name) != value}
        if changed:
            future = Membership(**{c.key: getattr(seat, c.key) for c in Membership.__table__.columns} | changed)
            for says in future.problems().values():
                entry.bad("from", says)
        return changed

    def _change_seat(self, seat: Membership, values: dict[str, Any]) -> None:
        """Put a seat right; another category from a later day is a new term, and the old one ends the day before."""
        start = values.get("start", "")
        begins = terms.begin_of(seat.start, self.scope.network.launched)
        if "category" in values and start and first_day(start) > begins:
            kept = {
                c.key: getattr(seat, c.key) for c in Membership.__table__.columns if c.key not in ("id", "removed_at")
            }
            records.update(self.session, Membership, seat.id, end=terms.day_before(first_day(start)))
            self.new_seats.append({**kept, **values})
            return
        records.update(self.session, Membership, seat.id, **values)
