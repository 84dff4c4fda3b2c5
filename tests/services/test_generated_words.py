"""Words to be told by phone."""

from __future__ import annotations

from unnm_desktop.db import passphrases
from unnm_desktop.services import generated_words


def test_six_of_many_different_words_make_a_passphrase() -> None:
    known = passphrases.words()
    assert len(set(known)) == 7_776
    first, second = generated_words.passphrase(), generated_words.passphrase()
    assert first != second
    assert len(first.split()) == 6
    assert set(first.split()) <= set(known)


def test_a_key_has_the_same_words_everywhere_and_another_key_others() -> None:
    assert generated_words.words_of(bytes(32)) == "jawless zero darkening keenness handpick almighty"
    assert generated_words.words_of(bytes(31) + b"\1") != generated_words.words_of(bytes(32))


def test_spaces_around_and_between_words_do_not_count() -> None:
    assert generated_words.tidied("  one two\u00a0 three\n") == "one two three"
