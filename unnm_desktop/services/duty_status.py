"""How a duty stands: its state, the day it is due, the clause, one plain sentence and the records that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_, Language, isolate
from unnm_desktop.services.says import Said

State = Literal["met", "due", "late", "not_required"]
STATES = {
    "met": N_("Met"),
    "due": N_("Falls due"),
    "late": N_("Late"),
    "not_required": N_("Not required by the ToR"),
}
TONES = {"met": "good", "due": "warn", "late": "bad", "not_required": "neutral"}
PROOFS = frozenset(
    {
        "network", "terms_of_reference", "tor_clause", "objective", "theme", "tor_review", "holiday", "organisation",
        "membership", "person", "appointment", "office", "meeting", "attendance", "decision", "position", "workplan",
        "report", "dispatch", "invitation",
    }
)  # fmt: skip
"""The tables whose records may prove a duty."""
TITLES = {
    "meeting_cadence": N_("Regular meetings"),
    "highlighted_meetings": N_("Highlighted meetings"),
    "guest_speakers": N_("Guest speakers"),
    "chairs": N_("Chairs and offices"),
    "focal_points": N_("Focal points"),
    "alternates": N_("Alternates"),
    "consensus": N_("Consensus on decisions"),
    "workplan": N_("Annual workplan"),
    "workplan_shared": N_("Workplan shared"),
    "progress_report": N_("Progress reports"),
    "tor_review": N_("Review of the ToR"),
    "requests": N_("Requests of the Resident Coordinator"),
    "updates": N_("Updates on programme delivery"),
}


class Evidence(Frozen):
    """A record that shows how a duty stands: its reference (or what names it), its table and key.

    Args:
        role: what it is here (a msgid), where its name alone does not say it.
        day: the day that tells it apart; a reader of any language gets it as days are written there.

    """

    text: str
    entity: str
    id: UUID
    role: str = ""
    day: date | None = None

    def told(self, language: Language) -> str:
        """The record as a reader of that language names it."""
        if not self.role:
            return self.text
        name = language.day(self.day, short=True) if self.day else isolate(language.figures(self.text))
        return language.tr(N_("{role}: {name}"), role=language.tr(self.role), name=name)


class DutyStatus(Frozen):
    """One duty of the terms of reference, judged for a day.

    Args:
        duty: its name, one of ``tor_rules.DUTIES``.
        state: met, due, late or not_required.
        due: the day it is due, or was; None where there is none or it is not known.
        clause: the place in the text that asks for it.
        says: one plain sentence.
        evidence: the records behind it.

    """

    duty: str
    state: State
    due: date | None
    clause: str
    says: Said
    evidence: tuple[Evidence, ...] = ()


class Judgement(Frozen):
    """What a judge finds; the name and the clause of the duty are put to it."""

    state: State
    says: Said
    due: date | None = None
    evidence: tuple[Evidence, ...] = ()


def evidence(record: Any, text: str, role: str = "", day: date | None = None) -> Evidence:
    """A record as evidence, with its role (a msgid) where the text alone does not say what it is."""
    return Evidence(text, record.__tablename__, record.id, role, day)


def by_deadline(on: date, deadline: date) -> State:
    """Due up to the deadline, late after it."""
    return "due" if on <= deadline else "late"


def vacant_since(
    held: Iterable[tuple[object, date, date]], on: date, floor: date | None, needed: int = 1
) -> date | None:
    """Since when fewer than the needed places are held; ask only where too few are held on the day.

    Args:
        held: who held a place, from when to when, both inclusive.
        on: the day.
        floor: no vacancy counts before it; None = not known.
        needed: how many places there are.

    """
    places = list(held)
    for after in sorted({end + timedelta(days=1) for _, _, end in places if end < on}, reverse=True):
        if filled(places, after - timedelta(days=1)) >= needed:
            return after if floor is None else max(after, floor)
    return floor


def filled(held: Iterable[tuple[object, date, date]], on: date) -> int:
    """How many different holders there are on a day."""
    return len({who for who, start, end in held if start <= on <= end})
