"""Which version of the terms of reference holds on a day, and the rules it gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.states import TorState
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import terms
from unnm_desktop.services.tor_rules import Rules
from unnm_desktop.services.written_ahead import written_ahead

if TYPE_CHECKING:
    from unnm_desktop.db.networks import TermsOfReference

_versions_read = written_ahead("versions")

IN_FORCE = (TorState.IN_EFFECT, TorState.SUPERSEDED, TorState.TERMINATED)
# A version as a record, or what is read of one.
_VersionT = TypeVar("_VersionT", "TermsOfReference", "_Version")


def in_effect(all_versions: Sequence[_VersionT], on: date, launched: str) -> _VersionT | None:
    """Of these versions the one in effect on that day; an unknown first day is the network's launch."""
    holding = [
        one for one in all_versions if one.state in IN_FORCE and terms.holds(one.effective, one.ended, on, launched)
    ]
    return max(holding, key=lambda one: (terms.begin_of(one.effective, launched), one.id), default=None)


def nearest_of(all_versions: Sequence[_VersionT], on: date, launched: str) -> _VersionT:
    """Of these versions the one in effect on that day, else the next that came, else the last there was.

    Raises:
        UserError: no version was ever in effect.

    """
    known = [one for one in all_versions if one.state in IN_FORCE]
    if not known:
        raise UserError(N_("This network has no terms of reference in effect. Put a version in effect first."))
    found = in_effect(known, on, launched)
    if found is not None:
        return found
    known.sort(key=lambda one: (terms.begin_of(one.effective, launched), one.id))
    later = [one for one in known if terms.begin_of(one.effective, launched) > on]
    return later[0] if later else known[-1]


def rules_read(session: Session, network_id: UUID, on: date) -> tuple[Rules, str]:
    """What the terms of reference ask for on that day, and when the network was launched; no record is made of either.

    Raises:
        UserError: no version was ever in effect.

    """
    rows = _versions_read().rows(session, network=network_id)
    launched = rows[0][-1] if rows else ""
    return rules_of(nearest_of([_Version(*row[:-1]) for row in rows], on, launched).rules), launched


class _Version(NamedTuple):
    id: UUID
    state: TorState
    effective: str
    ended: str
    rules: str


@lru_cache(maxsize=16)
def rules_of(kept: str) -> Rules:
    """Every list asks for the rules, and to look whether they are well-formed takes longer than to read them."""
    return Rules.from_dict(json.loads(kept))
