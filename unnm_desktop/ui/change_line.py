"""A value before and after in one line: of a long text, what differs; each read in its own direction."""

from __future__ import annotations

from itertools import takewhile

from unnm_desktop.i18n import isolate_own
from unnm_desktop.ui.theme import Look

_CONTEXT = 16
"""So much of what is the same is shown before the first difference."""


def onward(look: Look) -> str:
    """The arrow from what was to what is."""
    return "←" if look.rtl else "→"


def change_line(before: str, after: str, look: Look, most: int) -> str:
    """``before → after``, each in no more than so many letters."""
    shown = [one or "–" for one in _cut(" ".join(before.split()), " ".join(after.split()), most)]
    return f" {onward(look)} ".join(_apart(one, look) for one in shown)


def _cut(before: str, after: str, most: int) -> tuple[str, str]:
    if max(len(before), len(after)) <= most:
        return before, after
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    # Where a word begins; the difference may lie inside one.
    start = before.rfind(" ", 0, max(0, same - _CONTEXT)) + 1 if same > most // 2 else 0
    return _from(before, start, most), _from(after, start, most)


def _from(text: str, start: int, most: int) -> str:
    found = text[start:]
    found = found if len(found) <= most else f"{found[: most - 1]}…"
    return f"…{found}" if start and found else found


def _apart(text: str, look: Look) -> str:
    """Kept together where it runs against the line: the arrow would else be read as part of it."""
    other = any(("\u0590" <= letter <= "\u08ff") != look.rtl for letter in text if letter.isalpha())
    return isolate_own(text) if other else text
