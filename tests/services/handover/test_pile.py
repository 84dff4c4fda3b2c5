"""What is packed while it waits comes out as it came in, in pieces, as often as wanted, and takes little memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from itertools import repeat
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.services.handover import forging
from unnm_desktop.services.handover import opening
from unnm_desktop.services.handover.pile import Pile


@given(pieces=st.lists(st.binary(max_size=3000), max_size=8))
def test_it_comes_out_as_it_came_in_and_again(pieces: list[bytes]) -> None:
    pile = Pile()
    for piece in pieces:
        pile.write(piece)
    pile.finish()
    whole = b"".join(pieces)
    assert b"".join(pile.pieces()) == b"".join(pile.pieces()) == whole
    assert (pile.size, pile.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())


def test_a_long_table_is_never_whole_in_memory() -> None:
    line = b"Action point,Invite the ministry,Due,2026-11-26,0198f2c4\r\n" * 1000
    tracemalloc.start()
    pile = Pile()
    for piece in repeat(line, 1000):
        pile.write(piece)
    pile.finish()
    size = sum(len(piece) for piece in pile.pieces())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 1_000_000 * len(b"Action point,Invite the ministry,Due,2026-11-26,0198f2c4\r\n")
    assert peak < size / 10


def test_a_package_holds_what_came_in_pieces(stick: Path) -> None:
    pile = Pile()
    for number in range(3000):
        pile.write(f"line {number}\r\n".encode())
    pile.finish()
    made = forging.pack(forging.contents(readable={"register.csv": pile}), stick)
    with opening.opened(made.path) as found:
        assert found.readable() == {"register.csv": b"".join(pile.pieces())}
