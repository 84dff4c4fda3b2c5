"""User text made safe to set: no controls, no lone surrogates, no bidi control that reaches beyond its own line."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Overrides and embeddings are dropped; marks (LRM, RLM, ALM) and paired isolates are kept.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u206a-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
    + "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile("[ \t\u1680\u2000-\u200a\u205f\u3000]+")
_SPACE_AT_END = re.compile(" *\n *")
_ISOLATES = re.compile("[\u2066-\u2069]")
_PLAIN = re.compile("[ -~\n\u00a1-\u00ac\u00ae-\u05ff\u0600-\u061b\u061d-\u06ff\u0750-\u077f‐-‧‰-⁞₠-⏏]*")
_DEEPEST_ISOLATE = 60
_POP = "\u2069"
# So many letters fit into a bookmark or the title of a bar.
_ONE_PLACE = 300
# Stands between pieces while their isolates are paired; no clean text has it.
_JOINT = "\x00"


def _pair_isolates(line: str) -> str:
    """Drop closers that close nothing and close what is left open."""
    out = []
    depth = 0
    for character in line:
        if character == _POP:
            if not depth:
                continue
            depth -= 1
        elif "\u2066" <= character <= "\u2068":
            if depth == _DEEPEST_ISOLATE:
                continue
            depth += 1
        out.append(character)
    return "".join(out) + _POP * depth


def clean(text: str) -> str:
    """The text as it may be set: one sort of line end, single white space, no controls."""
    return _paired(_bare(text))


def clean_all(texts: Sequence[str]) -> list[str]:
    """Pieces of one text, each as it may be set; isolates pair across them."""
    return _paired(_JOINT.join(map(_bare, texts))).split(_JOINT)


def _bare(text: str) -> str:
    if not _PLAIN.fullmatch(text):
        text = _UNWANTED.sub("", _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text)))
    text = _SPACES.sub(" ", text)
    return _SPACE_AT_END.sub("\n", text) if "\n" in text else text


def _paired(text: str) -> str:
    return "\n".join(map(_pair_isolates, text.split("\n"))) if _ISOLATES.search(text) else text


def one_line(text: str) -> str:
    """The cleaned text on one line, for headings, running heads and metadata."""
    return clean(text).replace("\n", " ").strip()


def shorten(text: str) -> str:
    """The beginning of a text that has to fit into one place, with an ellipsis."""
    return text if len(text) <= _ONE_PLACE else text[:_ONE_PLACE].rstrip() + "…"


def without_controls(text: str) -> str:
    """One line without any direction marks either, for the file's title and bookmarks."""
    return re.sub("[\u200b-\u200f\u061c\u2060\u2066-\u2069\u00ad]", "", one_line(text))
