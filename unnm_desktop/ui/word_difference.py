"""The difference of two texts by words, as rich text: what went is struck through, what came is underlined."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

from unnm_desktop.ui.theme import Look

_PIECES = re.compile(r"\s*\S+\s*")
# Beyond so many words a difference takes longer than a reader has; the two texts are then shown one after the other.
_MOST_WORDS = 4000


def difference(before: str, after: str, look: Look) -> str:
    """Both texts in one; colour is never all that tells them apart."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return _whole([_gone(before, look), "\n\n", _came(after, look)], after or before)
    parts: list[str] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(escape("".join(old[i1:i2])))
            continue
        if i1 < i2:
            parts.append(_gone("".join(old[i1:i2]), look))
        if j1 < j2:
            parts.append(_came("".join(new[j1:j2]), look))
    return _whole(parts, after or before)


def _gone(text: str, look: Look) -> str:
    return f'<s style="color:{look.tokens.red};background:{look.tokens.red_bg}">{escape(text)}</s>'


def _came(text: str, look: Look) -> str:
    return f'<u style="color:{look.tokens.green};background:{look.tokens.green_bg}">{escape(text)}</u>'


def _whole(parts: list[str], words: str) -> str:
    # A paragraph stands as its own first strong letter says, whatever the window's direction.
    first = next((letter for letter in words if letter.isalpha()), "a")
    direction = "rtl" if "\u0590" <= first <= "\u08ff" else "ltr"
    body = "".join(parts).replace("\n", "<br>")
    return f'<p dir="{direction}" style="margin:0">{body}</p>'
