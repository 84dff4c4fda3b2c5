"""The bidirectional algorithm against Unicode's own tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unnm_desktop.typeset import bidi

UNICODE = Path("/usr/share/unicode")


def lines_of(name: str) -> Iterator[str]:
    path = UNICODE / name
    if not path.exists():
        pytest.fail(f"{path} is missing: run `apt install unicode-data`, then test again.")
    with path.open(encoding="utf-8") as file:
        yield from file


ISOLATES = ("LRI", "RLI", "FSI", "PDI")
REMOVED = ("RLE", "LRE", "RLO", "LRO", "PDF", "BN")


def line_levels(classes: Sequence[str], result: Sequence[int], base: int) -> list[int]:
    """Rule L1 for one line: separators, and white space before them or at the end, take the paragraph's level."""
    out = list(result)
    trailing = True
    for index in range(len(out) - 1, -1, -1):
        kind = classes[index]
        if kind in ("B", "S"):
            out[index] = base
            trailing = True
        elif kind == "WS" or kind in ISOLATES:
            if trailing:
                out[index] = base
        elif kind not in REMOVED:
            trailing = False
    return out


def test_every_case_of_bidi_character_test_has_its_levels_and_order():
    cases = 0
    for line in lines_of("BidiCharacterTest.txt"):
        if not line.strip() or line.startswith("#"):
            continue
        codes, direction, expected_base, expected_levels, expected_order = line.strip().split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        base, levels = bidi.levels(text, {"0": 0, "1": 1, "2": None}[direction])
        levels = line_levels([bidi.bidi_class(c) for c in text], levels, base)
        assert base == int(expected_base), line
        assert levels == [-1 if level == "x" else int(level) for level in expected_levels.split()], line
        assert bidi.visual_order(levels) == [int(place) for place in expected_order.split()], line
        cases += 1
    assert cases > 90_000


def test_every_case_of_bidi_test_has_its_levels_and_order():
    cases = 0
    wanted_levels: list[int] = []
    wanted_order: list[int] = []
    for line in lines_of("BidiTest.txt"):
        if line.startswith("@Levels:"):
            wanted_levels = [-1 if level == "x" else int(level) for level in line[8:].split()]
        elif line.startswith("@Reorder:"):
            wanted_order = [int(place) for place in line[9:].split()]
        elif line[0] not in "#@\n":
            kinds, bits = line.split(";")
            classes = kinds.split()
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits, 16) & bit:
                    level, result = bidi.levels(None, base, classes)
                    result = line_levels(classes, result, level)
                    assert result == wanted_levels, (line, base)
                    assert bidi.visual_order(result) == wanted_order, (line, base)
                    cases += 1
    assert cases > 770_000


LETTERS = st.text(
    alphabet="ab 12,.()[]%+/-אבالعتُ١٢٣\u2066\u2067\u2068\u2069\u202a\u202b\u202d\u202e\u202c\u200f\u200e\n"
)


@given(LETTERS, st.sampled_from([None, 0, 1]))
@example("\u20661\n\u2069", None)
@example("\u2067a\n\u2066ب\u2069\n\u2069", 1)
def test_every_text_is_reordered_as_a_permutation_with_levels_of_the_right_parity(text, base):
    level, result = bidi.levels(text, base)
    assert len(result) == len(text)
    shown = [index for index, value in enumerate(result) if value >= 0]
    assert sorted(bidi.visual_order(result)) == shown
    for character, value in zip(text, result, strict=True):
        assert -1 <= value <= bidi.MAX_DEPTH + 1
        if value >= 0 and not set(text) & set("\u202d\u202e"):
            kind = bidi.bidi_class(character)
            assert value >= level
            if kind in ("R", "AL"):
                assert value % 2 == 1
            elif kind == "L":
                assert value % 2 == 0


@given(st.text(alphabet="abcde fgh,.", max_size=40))
def test_latin_text_keeps_its_order(text):
    assert bidi.visual_order(bidi.levels(text, 0)[1]) == list(range(len(text)))


@given(st.text(alphabet="ابتث جح،", min_size=1, max_size=40))
def test_arabic_text_is_turned_round(text):
    assert bidi.visual_order(bidi.levels(text, 1)[1]) == list(range(len(text)))[::-1]
