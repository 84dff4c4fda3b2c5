"""The key of a protected workspace: slots that open it, a sheet that opens it, and no way in besides."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unnm_desktop import paths
from unnm_desktop.db import keys, passphrases, recovery
from unnm_desktop.db.keys import Holder, Key, KeyFile, WrongPassphrase
from unnm_desktop.db.passphrases import Strength
from unnm_desktop.errors import UserError

OLD, NEW = "the old words of the officer", "quite another set of words"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "work.unnm"


@pytest.fixture
def key(workspace: Path) -> Key:
    key = Key.make()
    keys.write(workspace, KeyFile.make(key, OLD))
    return key


def test_the_passphrase_opens_and_no_other_does(workspace: Path, key: Key) -> None:
    assert keys.unlock(workspace, OLD).data == key.data
    assert keys.unlock(workspace, "  the old  words of the officer ").data == key.data
    for wrong in ("", "the old words of the office", "The Old Words of the Officer"):
        with pytest.raises(WrongPassphrase, match="does not open this file"):
            keys.unlock(workspace, wrong)


def test_every_wrong_passphrase_is_told_the_same_whatever_slots_there_are(workspace: Path, key: Key) -> None:
    with pytest.raises(WrongPassphrase) as one:
        keys.unlock(workspace, "wrong")
    keys.add(workspace, key, NEW, Holder.SUCCESSOR)
    with pytest.raises(WrongPassphrase) as two:
        keys.unlock(workspace, "wrong")
    assert str(one.value) == str(two.value)


def test_both_copies_are_the_owners_only_and_either_one_opens(workspace: Path, key: Key) -> None:
    main, copy = paths.key_files(workspace)
    assert [path.stat().st_mode & 0o777 for path in (main, copy)] == [0o600, 0o600]
    main.write_text("{}", encoding="utf-8")
    assert keys.unlock(workspace, OLD).data == key.data
    main.unlink()
    assert keys.unlock(workspace, OLD).data == key.data
    copy.write_text(copy.read_text(encoding="utf-8").replace("officer", "Officer"), encoding="utf-8")
    with pytest.raises(UserError, match=r"work\.unnm-keys is missing or damaged"):
        keys.unlock(workspace, OLD)


def test_neither_key_nor_passphrase_stands_in_the_key_file(workspace: Path, key: Key) -> None:
    for path in paths.key_files(workspace):
        text = path.read_bytes()
        assert OLD.encode() not in text
        assert key.data not in text
        assert key.data.hex().encode() not in text.lower()


def test_a_successor_gets_a_slot_and_the_officer_leaves(workspace: Path, key: Key) -> None:
    mine = keys.read(workspace).slots[0]
    slot = keys.add(workspace, key, NEW, Holder.SUCCESSOR)
    assert [one.label for one in keys.read(workspace).slots] == [Holder.OFFICER, Holder.SUCCESSOR]
    assert keys.unlock(workspace, OLD).data == keys.unlock(workspace, NEW).data == key.data
    keys.drop(workspace, mine.id)
    with pytest.raises(WrongPassphrase):
        keys.unlock(workspace, OLD)
    with pytest.raises(UserError, match="last passphrase"):
        keys.drop(workspace, slot.id)
    assert keys.unlock(workspace, NEW).data == key.data


def test_a_changed_passphrase_ends_the_old_one_in_both_copies(workspace: Path, key: Key) -> None:
    keys.change(workspace, OLD, NEW)
    for path in paths.key_files(workspace):
        others = [other for other in paths.key_files(workspace) if other != path]
        kept = others[0].read_bytes()
        others[0].unlink()
        assert keys.unlock(workspace, NEW).data == key.data
        with pytest.raises(WrongPassphrase):
            keys.unlock(workspace, OLD)
        others[0].write_bytes(kept)


def test_a_changed_passphrase_keeps_its_place_among_the_others(workspace: Path, key: Key) -> None:
    keys.add(workspace, key, NEW, Holder.SUCCESSOR)
    keys.change(workspace, OLD, "the officer took these words")
    assert [one.label for one in keys.read(workspace).slots] == [Holder.OFFICER, Holder.SUCCESSOR]


def test_a_short_or_wrong_passphrase_changes_nothing(workspace: Path, key: Key) -> None:
    before = paths.key_files(workspace)[0].read_bytes()
    with pytest.raises(WrongPassphrase):
        keys.change(workspace, "wrong words here", NEW)
    with pytest.raises(UserError, match="Too short"):
        keys.change(workspace, OLD, "short")
    assert paths.key_files(workspace)[0].read_bytes() == before


def test_a_slot_of_another_file_opens_nothing(workspace: Path, key: Key, tmp_path: Path) -> None:
    other = tmp_path / "other.unnm"
    keys.write(other, KeyFile.make(Key.make(), NEW))
    mixed = KeyFile(keys.read(workspace).key_id, keys.read(other).slots)
    keys.write(workspace, mixed)
    with pytest.raises(WrongPassphrase):
        keys.unlock(workspace, NEW)


def test_a_key_file_made_to_harm_is_refused(workspace: Path, key: Key) -> None:
    held = keys.read(workspace)
    told = json.loads(paths.key_files(workspace)[0].read_text(encoding="utf-8"))
    assert told["keys"]["slots"][0]["memory"] == held.slots[0].memory
    for cost in ({"memory": 1 << 30}, {"rounds": 10**9}, {"lanes": 500}):
        slot = keys.Slot(**{**{name: getattr(held.slots[0], name) for name in told["keys"]["slots"][0]}, **cost})
        for path in paths.key_files(workspace):
            path.write_text(keys._told(KeyFile(held.key_id, (slot,))), encoding="utf-8")
        with pytest.raises(UserError, match="missing or damaged"):
            keys.read(workspace)


def test_slots_that_would_not_be_read_again_never_replace_those_that_hold(workspace: Path, key: Key) -> None:
    dear = dataclasses.replace(keys.read(workspace).slots[0], memory=1 << 30)
    with pytest.raises(UserError, match=r"could not be written .* The old one holds"):
        keys.write(workspace, KeyFile(key.id, (dear,)))
    assert keys.unlock(workspace, OLD).data == key.data
    assert not list(workspace.parent.glob("*.part"))


def test_a_workspace_with_all_its_passphrases_takes_no_more_and_each_can_still_be_changed(
    workspace: Path, key: Key
) -> None:
    for number in range(7):
        keys.add(workspace, key, f"{NEW} {number}", Holder.SUCCESSOR)
    with pytest.raises(UserError, match=r"work\.unnm has as many passphrases as it can have"):
        keys.add(workspace, key, "one more set of words", Holder.SUCCESSOR)
    keys.change(workspace, OLD, "again another set of words")
    assert len(keys.read(workspace).slots) == 8
    assert keys.unlock(workspace, "again another set of words").data == key.data
    with pytest.raises(WrongPassphrase):
        keys.unlock(workspace, OLD)


def test_five_tries_are_free_then_waiting_doubles() -> None:
    assert [keys.wait_after(n) for n in range(9)] == [0, 0, 0, 0, 0, 2, 4, 8, 16]
    assert keys.wait_after(100) == 300


def test_the_real_cost_is_what_a_laptop_bears() -> None:
    cost = keys.Cost()
    assert cost.memory == 64 * 1024


# --- passphrases ---


def test_six_words_are_offered_and_are_strong() -> None:
    one, two = passphrases.offered(), passphrases.offered()
    assert len(one.split()) == passphrases.WORDS
    assert one != two
    assert passphrases.strength(one) is Strength.STRONG


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("short", Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnopqrst", Strength.WEAK),
        ("123456789012", Strength.WEAK),
        ("kuwait-kuwait-1", Strength.WEAK),
        ("Kuwait-Network-2026", Strength.FAIR),
        ("harbour harbour harbour harbour harbour", Strength.WEAK),
        ("zebra-Lamp-92-Orchid-fjord", Strength.STRONG),
        ("x7$Kq9!vB2m&Lp4w", Strength.STRONG),
        ("البحر يحمل سفينة زرقاء نحو الجبل", Strength.STRONG),
    ],
)
def test_strength_is_said_in_words(words: str, said: Strength) -> None:
    assert passphrases.strength(words) is said
    assert said.label


# --- the recovery sheet ---


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=50)
def test_a_sheet_is_read_back_however_it_is_typed(data: bytes) -> None:
    groups = recovery.code(Key(data))
    assert len(groups) == recovery.GROUPS
    assert {len(group) for group in groups} == {recovery.GROUP}
    for typed in (" ".join(groups), "".join(groups).lower(), "-".join(groups).replace("O", "0").replace("I", "1")):
        assert recovery.key_of(typed).data == data


def test_a_typing_error_is_found_and_its_group_is_told() -> None:
    dice = random.Random(11)  # noqa: S311 - the same moments each time
    for _ in range(20):
        text = "".join(recovery.code(Key(dice.randbytes(32))))
        at = dice.randrange(len(text))
        letter = dice.choice([sign for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if sign != text[at]])
        with pytest.raises(UserError, match=f"typing error in group {at // 4 + 1}\\."):
            recovery.key_of(text[:at] + letter + text[at + 1 :])


def test_a_code_that_is_cut_or_strange_is_refused() -> None:
    text = "".join(recovery.code(Key.make()))
    with pytest.raises(UserError, match="52 were typed"):
        recovery.key_of(text[:52])
    with pytest.raises(UserError, match="The sign 9 does not occur"):
        recovery.key_of("9" + text[1:])


def test_a_wiped_key_is_gone(key: Key) -> None:
    key.wipe()
    with pytest.raises(ValueError, match="wiped"):
        key.pragma()
    assert "Key(" in repr(key)
