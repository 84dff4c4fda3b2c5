"""What a damaged or hostile journal holds is refused with a sentence, and nothing is changed."""

from __future__ import annotations

import copy as copying
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.handover.world import Base, copies
from unnm_desktop.errors import UserError
from unnm_desktop.services import handover
from unnm_desktop.services.handover.incoming import Incoming

Package = list[dict[str, Any]]


def last(package: Package) -> dict[str, Any]:
    return package[-1]["changes"][0]


def deep(_: Package) -> Any:
    made: Any = []
    for _ in range(5000):
        made = [made]
    return made


BAD: dict[str, Callable[[Package], Any]] = {
    "an unknown kind of record": lambda p: last(p).update(entity="sqlite_master"),
    "an unknown field": lambda p: last(p)["fields"].update(id=["a", "b"]),
    "an unknown operation": lambda p: last(p).update(op="drop"),
    "a number for a text": lambda p: last(p)["fields"].update(phones=["", 5]),
    "nothing where something must be": lambda p: last(p)["fields"].update(phones=["", None]),
    "a key that is none": lambda p: last(p).update(row="../../etc"),
    "a lone surrogate": lambda p: last(p)["fields"].update(phones=["", "\ud800"]),
    "a parent of tomorrow": lambda p: last(p)["parents"].update(phones=[[p[-1]["device"], p[-1]["seq"]]]),
    "a step twice": lambda p: p.append(copying.deepcopy(p[-1])),
    "a change twice": lambda p: p[-1]["changes"].append(copying.deepcopy(last(p))),
    "a clock that is none": lambda p: p[-1].update(hlc="9"),
    "a number below one": lambda p: p[-1].update(seq=0),
    "a number beyond all bounds": lambda p: p[-1].update(seq=1 << 70),
    "not a number": lambda p: p[-1].update(seq=float("nan")),
    "a newer program's": lambda p: p[-1].update(schema=99),
    "fields that nobody knows": lambda p: p[-1].update(run="rm"),
    "a depth without end": lambda p: last(p)["fields"].update(phones=deep(p)),
    "an edit of a record that is nowhere": lambda p: last(p).update(row=str(UUID(int=7))),
    "a moment without a zone": lambda p: last(p)["fields"].update(removed_at=[None, "2026-01-01T00:00:00"]),
    "a choice that is none": lambda p: last(p)["fields"].update(letter_language=["en", 4]),
    "a reference to nowhere": lambda p: last(p)["fields"].update(organisation_id=[None, str(UUID(int=9))]),
    "a duplicate of nobody": lambda p: last(p).update(op="same_as", fields={}),
    "a duplicate with another field": lambda p: last(p).update(op="same_as"),
    "no fields at all": lambda p: last(p).pop("fields"),
    "half of a step undone": lambda p: p[-1].update(undoes=[p[-1]["device"]]),
    "a moment before all time": lambda p: p[-1].update(at="0001-01-01T00:00:00+23:00"),
    "another clock under a known number": lambda p: p[0].update(hlc="00000000000001-000000"),
    "another's value under a known number": lambda p: p[0]["changes"][0]["fields"].update(name_en="Changed"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_package_is_refused_and_changes_nothing(base: Base, bad: str) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        package = [json.loads(line) for line in other.package().splitlines()]
        BAD[bad](package)
        before = one.state()
        with pytest.raises(UserError):
            handover.apply(one.database, Incoming.read(package))
        assert one.state() == before


def test_a_change_of_a_record_that_nobody_made_is_told_by_the_preview(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        package = [json.loads(line) for line in other.package().splitlines()]
        last(package).update(row=str(UUID(int=7)))
        with pytest.raises(handover.Refused, match="an earlier one"), one.database.read() as session:
            handover.plan(session, Incoming.read(package), None)


def test_references_to_nowhere_are_told_by_the_preview_where_they_would_stay(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], organisation_id=base.keys["ilo"])
        package = [json.loads(line) for line in other.package().splitlines()]
        last(package)["fields"].update(organisation_id=[None, str(UUID(int=9))])
        with pytest.raises(handover.Refused, match="neither in it nor here"), one.database.read() as session:
            handover.plan(session, Incoming.read(package), None)
        # A later edit of the same field leads to somebody who is here.
        other.update("person", base.keys["amal"], organisation_id=None)
        whole = [json.loads(line) for line in other.package().splitlines()]
        whole[-2]["changes"][0]["fields"].update(organisation_id=[None, str(UUID(int=9))])
        assert not handover.apply(one.database, Incoming.read(whole)).preview.nothing_new


def test_changes_that_follow_each_other_in_a_circle_are_refused(base: Base) -> None:
    with copies(base, 2) as (one, other):
        other.update("person", base.keys["amal"], phones="+973 5")
        package = [json.loads(line) for line in other.package().splitlines()]
        first, second = package[-1], copying.deepcopy(package[-1])
        second["device"] = str(UUID(int=5))
        first["changes"][0]["parents"]["phones"] = [[second["device"], second["seq"]]]
        second["changes"][0]["parents"]["phones"] = [[first["device"], first["seq"]]]
        before = one.state()
        with pytest.raises(handover.Refused):
            handover.apply(one.database, Incoming.read([*package, second]))
        assert one.state() == before
