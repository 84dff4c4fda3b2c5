"""The difference of two texts, word by word: what is said adds up to both."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from unnm_desktop.services.differences import GONE, NEW, SAME, Part, differences

TEXTS = st.lists(st.sampled_from(["IOM", "agreed", "العضو", "a", "b", "\n\n"]), max_size=12).map(" ".join)


def words(parts: list[Part], *kinds: str) -> list[str]:
    """The words of these kinds in a row."""
    return " ".join(part.text for part in parts if part.kind in kinds).split()


@given(TEXTS, TEXTS)
def test_the_parts_add_up_to_both_texts(before: str, after: str) -> None:
    parts = differences(before, after)
    assert words(parts, SAME, GONE) == before.split()
    assert words(parts, SAME, NEW) == after.split()


def test_only_the_words_around_a_change_are_shown() -> None:
    long = " ".join(f"word{n}" for n in range(100))
    parts = differences(f"{long} old {long}", f"{long} new {long}")
    assert [part.kind for part in parts] == [SAME, GONE, NEW, SAME]
    assert sum(len(part.text.split()) for part in parts) < 30
