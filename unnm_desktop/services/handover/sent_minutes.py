"""Minutes that were sent stay as they were sent: what somebody else wrote who did not know goes into a new version.

Two officers work apart; one circulates or seals the minutes, the other goes on writing in the same draft. Taken in as
any other edit, the late text would silently replace what members were sent. Which text that was is told by the journal:
what the change that sent the minutes had read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from unnm_desktop.db import storing
from unnm_desktop.db.causes import Change
from unnm_desktop.db.identity import link_id
from unnm_desktop.db.journal import WHOLE, Operation
from unnm_desktop.db.minutes import Minutes, MinutesEntry, MinutesState
from unnm_desktop.db.pending import Entry, Pending
from unnm_desktop.db.resolving import State, defaults, resolve
from unnm_desktop.db.storing import chunks, marks
from unnm_desktop.db.survey import Journal
from unnm_desktop.i18n import N_
from unnm_desktop.services.handover import settle

LABEL = N_("Keep minutes as they were sent")
TEXTS = ("text_en", "text_ar")
_ENTRY, _MINUTES = MinutesEntry.__tablename__, Minutes.__tablename__
_SENT = frozenset(state.value for state in MinutesState if state is not MinutesState.DRAFT)
_CORRECTED = frozenset((MinutesState.ADOPTED.value, MinutesState.SEALED.value))
"""What only a corrigendum changes."""


@dataclass(frozen=True)
class LateText:
    """A text of minutes that were sent already, written by somebody who did not know."""

    entry: str
    minutes: str
    """Both as the columns keep their keys."""
    item: UUID
    sent: Mapping[str, str]
    """The texts as they were sent."""
    late: Mapping[str, str]
    """The texts as they go into a new version."""
    heads: Mapping[str, Sequence[Change]]
    """What stands in the journal for the texts that differ."""


def late_texts(cursor: Any, journal: Journal, states: Iterable[State], plain: Iterable[Change]) -> list[LateText]:
    """What a package brings for minutes that were sent.

    Args:
        cursor: the driver's.
        journal: the workspace's, with the package.
        states: the records that the package touches, as they will be.
        plain: the records that it makes and that nothing else has a say in.

    """
    here = {row for (row,) in cursor.execute("SELECT id FROM minutes").fetchall()}
    if not here:
        return []
    entries = {one.row: one.values.get("minutes_id") for one in states if one.entity == _ENTRY and one.exists}
    entries |= {one.row: one.fields.get("minutes_id") for one in plain if one.entity == _ENTRY}
    touched = [one.row for one in states if one.entity == _MINUTES and one.row in here]
    for portion in chunks(touched):
        sql = f"SELECT id, minutes_id FROM minutes_entry WHERE minutes_id IN ({marks(portion)})"  # noqa: S608 - question marks
        entries |= {row: minutes for row, minutes in cursor.execute(sql, portion) if row not in entries}
    by_minutes: dict[str, list[str]] = {}
    for row, minutes in entries.items():
        if minutes is not None and (key := minutes.replace("-", "")) in here:
            by_minutes.setdefault(key, []).append(row)
    sent = {row: change for row, each in journal.changes(by_minutes).items() if (change := _sending(each)) is not None}
    wanted = {row: minutes for minutes in sent for row in by_minutes[minutes]}
    changes = journal.changes(wanted)
    found = (_late(journal, changes[row], sent[minutes]) for row, minutes in sorted(wanted.items()) if row in changes)
    return [one for one in found if one is not None]


def _sending(changes: Sequence[Change]) -> Change | None:
    """The change with which this version of minutes left its draft; None while it is one."""
    state = resolve(changes)
    if not state.exists or state.values.get("state") not in _SENT:
        return None
    draft = MinutesState.DRAFT.value
    leaving = [
        change
        for change in changes
        if change.live
        and "state" in change.fields
        and change.operation in (Operation.SET, Operation.CREATE)
        and change.value("state") in _SENT
        and (change.creates or change.fields["state"][0] == draft)
    ]
    return max(leaving, key=lambda change: change.order, default=None)


def _late(journal: Journal, changes: Sequence[Change], sending: Change) -> LateText | None:
    concurrent = journal.clocks.concurrent
    state = resolve(changes)
    heads: dict[str, Sequence[Change]] = {}
    late: dict[str, str] = {}
    for name in TEXTS:
        each = [change for change, _ in state.heads.get(name, state.heads.get(WHOLE, []))]
        unknown = [change for change in each if concurrent(change.step, sending.step)]
        if unknown:
            heads[name] = each
            shown = state.values.get(name) or ""
            newest = max(unknown, key=lambda change: change.order)
            # Two edits put together are the better text; of two that are not, the late one.
            together = any(key[0] == name and key[1] == "read" for key in state.clashes)
            late[name] = shown if together else newest.value(name) or ""
    if not heads:
        return None
    known = [change for change in changes if not concurrent(change.step, sending.step)]
    as_sent: Mapping[str, Any] = resolve(known).values if any(one.creates for one in known) else {}
    sent = {name: as_sent.get(name) or "" for name in TEXTS}
    if all(sent[name] == late[name] for name in late):
        return None
    item = UUID(str(state.values["agenda_item_id"]))
    minutes = str(state.values["minutes_id"]).replace("-", "")
    return LateText(state.row, minutes, item, sent, {**sent, **late}, heads)


def keep_sent(cursor: Any, pending: Pending, found: Iterable[LateText]) -> list[UUID]:
    """Put the texts back as they were sent, and what was written late into a new version; the keys of these.

    The same on each computer that brings the two together: a version is named after the texts that are in it.
    """
    by_minutes: dict[str, list[LateText]] = {}
    for one in found:
        by_minutes.setdefault(one.minutes, []).append(one)
    made = []
    for minutes, late in by_minutes.items():
        for one in late:
            _put_back(cursor, pending, one)
        made.append(_new_version(cursor, pending, minutes, late))
    return made


def _put_back(cursor: Any, pending: Pending, one: LateText) -> None:
    current = storing.told_of(_ENTRY, storing.rows(cursor, _ENTRY, [one.entry])[one.entry])
    fields = {name: [current.get(name), one.sent[name]] for name in one.heads}
    parents = {name: sorted([c.key.device, c.key.seq] for c in heads) for name, heads in one.heads.items()}
    settle.write(pending, Entry(MinutesEntry, UUID(one.entry), Operation.SET, fields, parents), [one.entry])


def _new_version(cursor: Any, pending: Pending, minutes: str, late: Sequence[LateText]) -> UUID:
    before = storing.told_of(_MINUTES, storing.rows(cursor, _MINUTES, [minutes])[minutes])
    heads = sorted({(c.key.device, c.key.seq) for one in late for each in one.heads.values() for c in each})
    key = link_id(f"late minutes {heads}", UUID(minutes), UUID(minutes))
    newest = cursor.execute(
        "SELECT max(version) FROM minutes WHERE meeting_id = ?", (before["meeting_id"].replace("-", ""),)
    ).fetchone()[0]
    _make(
        cursor, pending, Minutes, key,
        meeting_id=before["meeting_id"], version=newest + 1, corrigendum=before["state"] in _CORRECTED,
    )  # fmt: skip
    texts = _texts(cursor, minutes)
    texts |= {one.item: one.late for one in late}
    for item, each in texts.items():
        if any(each.values()):
            row = link_id(_ENTRY, key, item)
            _make(cursor, pending, MinutesEntry, row, minutes_id=str(key), agenda_item_id=str(item), **each)
    return key


def _texts(cursor: Any, minutes: str) -> dict[UUID, Mapping[str, str]]:
    lines = cursor.execute(
        "SELECT agenda_item_id, text_en, text_ar FROM minutes_entry WHERE minutes_id = ? AND removed_at IS NULL",
        (minutes,),
    ).fetchall()
    return {UUID(item): dict(zip(TEXTS, texts, strict=True)) for item, *texts in lines}


def _make(cursor: Any, pending: Pending, entity: type[Minutes] | type[MinutesEntry], key: UUID, **values: Any) -> None:
    """A new record, unless the other computer has made the very same already."""
    table = entity.__tablename__
    if storing.rows(cursor, table, [key.hex]):
        return
    settle.write(pending, Entry(entity, key, Operation.CREATE, {**defaults(table), **values}, {}), [key.hex])
