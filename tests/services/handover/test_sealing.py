"""What the program seals is opened by the two public readers of age, whatever its length and however it came."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest

from unnm_desktop.services.handover import envelope, sealing

CHUNK = 64 << 10
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 77)


def data(length: int) -> bytes:
    return bytes(n * 131 % 251 for n in range(length))


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("piece", [1000, CHUNK, 1 << 20])
def test_our_own_reader_opens_it_for_each_office(length: int, piece: int) -> None:
    whole = data(length)
    offices = [envelope.new_identity() for _ in range(3)]
    pieces = (whole[at : at + piece] for at in range(0, length, piece))
    made = b"".join(sealing.sealed(pieces, [code for _, code in offices]))
    assert envelope.look_at_sealed(made) == 3
    for identity, _ in offices:
        out = io.BytesIO()
        envelope.open_sealed(io.BytesIO(made), out, [identity])
        assert out.getvalue() == whole
    with pytest.raises(envelope.NotOpened):
        envelope.open_sealed(io.BytesIO(made), io.BytesIO(), [envelope.new_identity()[0]])


@pytest.mark.parametrize("length", LENGTHS)
def test_the_age_program_opens_it(length: int, tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("NOT TESTED: age is not installed")
    identity, code = envelope.new_identity()
    key = tmp_path / "key"
    key.write_text(f"{identity}\n", encoding="ascii")
    made = b"".join(sealing.sealed([data(length)], [code]))
    opened = subprocess.run(["age", "-d", "-i", key], input=made, capture_output=True, check=True)
    assert opened.stdout == data(length)


def test_no_two_seals_of_the_same_bytes_have_anything_in_common() -> None:
    _, code = envelope.new_identity()
    one, other = (b"".join(sealing.sealed([bytes(3 * CHUNK)], [code])) for _ in range(2))
    lines = [set(made[:300].split(b"\n")[1:4]) for made in (one, other)]
    assert not lines[0] & lines[1]
    # The same bytes thrice: neither the chunks of one file nor those of two are alike.
    parts = [made[at : at + 64] for made in (one, other) for at in range(len(made) - 3 * CHUNK, len(made) - 64, CHUNK)]
    assert len(set(parts)) == len(parts)
