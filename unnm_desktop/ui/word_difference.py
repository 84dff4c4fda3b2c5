"""The difference of two texts by words, as rich text: what went is struck through, what came is underlined."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from html import escape

from unnm_desktop.ui.theme import Look

_BREAK = "\n\n"
# What is not longer needs no fold.
_SHORT = 160
_PIECES = re.compile(r"\s*\S+\s*")
# Beyond so many words a difference takes longer than a reader has; the two texts are then shown one after the other.
_MOST_WORDS = 4000


def difference(before: str, after: str, look: Look, fold: Callable[[int], str] | None = None) -> str:
    """Both texts in one; colour is never all that tells them apart.

    ``fold`` says in words that so many paragraphs are as before; it stands in their place where they are long.

    """
    old, new = before.split(_BREAK), after.split(_BREAK)
    parts: list[str] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = _BREAK.join(new[j1:j2])
        if what == "replace" and i2 - i1 == j2 - j1:
            parts += [_words(one, other, look) for one, other in zip(old[i1:i2], new[j1:j2], strict=True)]
        elif what != "equal":
            parts.append(_words(_BREAK.join(old[i1:i2]), same, look))
        elif fold is not None and len(same) > _SHORT:
            parts.append(f'<span style="color:{look.tokens.text2}">{escape(fold(j2 - j1))}</span>')
        else:
            parts.append(escape(same))
    return _whole(_BREAK.join(parts), after or before)


def _words(before: str, after: str, look: Look) -> str:
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return f"{_gone(before, look)}{_BREAK}{_came(after, look)}"
    parts: list[str] = []
    # A word is the same whether a space follows it or the end.
    bare_old, bare_new = ([piece.strip(" ") for piece in each] for each in (old, new))
    for what, i1, i2, j1, j2 in SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(escape("".join(new[j1:j2])))
            continue
        if i1 < i2:
            parts.append(_gone("".join(old[i1:i2]), look))
        if j1 < j2:
            parts.append(_came("".join(new[j1:j2]), look))
    return "".join(parts)


def _gone(text: str, look: Look) -> str:
    return f'<s style="color:{look.tokens.red};background:{look.tokens.red_bg}">{escape(text)}</s>'


def _came(text: str, look: Look) -> str:
    return f'<u style="color:{look.tokens.green};background:{look.tokens.green_bg}">{escape(text)}</u>'


def _whole(html: str, words: str) -> str:
    # A paragraph stands as its own first strong letter says, whatever the window's direction.
    first = next((letter for letter in words if letter.isalpha()), "a")
    direction, side = ("rtl", "right") if "\u0590" <= first <= "\u08ff" else ("ltr", "left")
    body = html.replace("\n", "<br>")
    return f'<p dir="{direction}" align="{side}" style="margin:0">{body}</p>'
