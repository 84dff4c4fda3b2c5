"""A stick is checked without taking anything in, and what a broken writing left there can be removed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.services.handover import forging
from unnm_desktop.services.handover import checking, envelope, keys, limits

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def test_each_package_is_proven_as_far_as_it_opens(stick: Path) -> None:
    stranger = envelope.new_identity()[1]
    ours, others, torn = (
        forging.pack(forging.contents(), stick, codes=[code]).path for code in (keys.office_code(), stranger, stranger)
    )
    data = bytearray(torn.read_bytes())
    data[len(data) // 2] ^= 1
    torn.write_bytes(data)
    (stick / "unnm-not-one.unnmx").write_bytes(b"PK nothing")
    found = {one.path: one for one in checking.check(stick)}
    assert len(found) == 4
    assert found[ours].trouble is None
    assert found[ours].by, "opened, so that its signer is known"
    assert found[others].trouble is None
    assert found[others].by == "", "only its sums were compared"
    trouble = found[torn].trouble
    assert trouble is not None
    assert trouble.message == limits.damaged(torn).message
    assert found[stick / "unnm-not-one.unnmx"].trouble is not None


def test_only_old_leftovers_of_this_program_are_offered(stick: Path) -> None:
    old = stick / "unnm-BHR-20261120-0900-1a2b.unnmx.part"
    probe = stick / "unnm-1a2b3c4d.part"
    fresh = stick / "unnm-BHR-20261126-0900-1a2b.unnmx.part"
    foreign = stick / "holiday.part"
    for path in (old, probe, fresh, foreign):
        path.write_bytes(b"half")
    before = (NOW - timedelta(days=2)).timestamp()
    for path in (old, probe, foreign):
        os.utime(path, (before, before))
    os.utime(fresh, (NOW.timestamp(), NOW.timestamp()))
    found = checking.leftovers(stick, NOW)
    assert found == sorted((old, probe))
    assert checking.drop(found) == 2
    assert sorted(stick.iterdir()) == sorted((fresh, foreign))
    assert checking.leftovers(stick / "pulled", NOW) == []
