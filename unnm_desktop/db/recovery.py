"""The recovery sheet's code: the key itself in letters that can be typed, with a check that finds typing errors."""

from __future__ import annotations

import base64
import hashlib

from unnm_desktop.db.keys import Key
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

GROUP = 4
GROUPS = 14
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# What is read for another letter: none of these three is in the alphabet. An Arabic keyboard may type its own digits.
_MEANT = str.maketrans(
    {"0": "O", "1": "I", "8": "B"} | {chr(first + n): "OI234567B9"[n] for first in (0x660, 0x6F0) for n in range(10)}
)
_CODE = GROUP * (GROUPS - 1)


def code(key: Key) -> tuple[str, ...]:
    """Thirteen groups of four letters that are the key, and one that checks them."""
    text = base64.b32encode(key.data).decode("ascii").rstrip("=")
    text += _check(text)
    return tuple(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def _check(text: str) -> str:
    digest = hashlib.sha256(f"unnm recovery {text}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:GROUP]


def key_of(typed: str) -> Key:
    """The key that a typed code means.

    Raises:
        UserError: it is too short or too long, or holds a typing error; it says in which group where that can be told.

    """
    if any("\u0621" <= sign <= "\u064a" for sign in typed):
        # A scanner presses keys: what they write is for the keyboard's language to say.
        raise UserError(N_("These are Arabic letters. Set the keyboard to English, then type or scan the code again."))
    text = "".join(sign for sign in typed.upper().translate(_MEANT) if sign.isalnum())
    strange = next((sign for sign in text if sign not in _LETTERS), None)
    if strange is not None:
        raise UserError(N_("The sign {sign} does not occur in a recovery code. Look at the sheet again."), sign=strange)
    if len(text) != GROUP * GROUPS:
        raise UserError(
            N_("A recovery code has {whole} letters in {groups} groups; {n} were typed. Look at the sheet again."),
            whole=GROUP * GROUPS,
            groups=GROUPS,
            n=len(text),
        )
    if not _holds(text):
        group = _wrong_group(text)
        if group:
            raise UserError(N_("There is a typing error in group {group}. Look at the sheet again."), group=group)
        raise UserError(N_("There are typing errors in this recovery code. Look at the sheet again."))
    return Key(_decoded(text))


def _decoded(text: str) -> bytes:
    return base64.b32decode(text[:_CODE] + "====")


def _holds(text: str) -> bool:
    # The last letter of the key carries only one of its five bits; the others are nought.
    return _check(text[:_CODE]) == text[_CODE:]


def _wrong_group(text: str) -> int:
    """The group in which changing one letter, or swapping two neighbours, makes the check hold; 0 when none does."""
    for at in range(len(text)):
        for letter in _LETTERS:
            if letter != text[at] and _holds(text[:at] + letter + text[at + 1 :]):
                return at // GROUP + 1
        if _holds(text[:at] + text[at : at + 2][::-1] + text[at + 2 :]) and text[at : at + 1] != text[at + 1 : at + 2]:
            return at // GROUP + 1
    return 0
