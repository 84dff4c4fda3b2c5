"""What the program seals is opened by the public readers of age, whatever its length and however it came."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from unnm_desktop.services.handover import envelope, sealing

CHUNK = 64 << 10
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 77)


def data(length: int) -> bytes:
    return bytes(n * 131 % 251 for n in range(length))


def sealed(pieces: Iterable[bytes], *codes: str) -> bytes:
    made: list[bytes] = []
    sealing.seal(pieces, made.append, codes)
    return b"".join(made)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("piece", [1000, CHUNK, 1 << 20])
def test_our_own_reader_opens_it_for_each_office(length: int, piece: int) -> None:
    whole = data(length)
    offices = [envelope.new_identity() for _ in range(3)]
    pieces = (whole[at : at + piece] for at in range(0, length, piece))
    made = sealed(pieces, *(code for _, code in offices))
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
    made = sealed([data(length)], code)
    opened = subprocess.run(["age", "-d", "-i", key], input=made, capture_output=True, check=True)
    assert opened.stdout == data(length)


def test_what_stops_the_making_is_told_as_it_is() -> None:
    _, code = envelope.new_identity()

    def broken() -> Iterator[bytes]:
        yield bytes(3 * CHUNK)
        raise KeyError("a file that is gone")

    def full(_piece: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(KeyError):
        sealing.seal(broken(), list[bytes]().append, [code])
    with pytest.raises(OSError, match="No space left"):
        sealing.seal([bytes(3 * CHUNK)], full, [code])
