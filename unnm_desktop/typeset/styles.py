"""The house style: colours, sizes and distances, for pages of either direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from unnm_desktop.typeset.blocks import Tone
from unnm_desktop.typeset.fonts import Face

MM = 72 / 25.4
# A box or row that is taller may be split in the middle of a page; a lower one moves to the next page whole.
TALLEST_WHOLE = 220.0
A4 = (210 * MM, 297 * MM)

DEEP = "#0077A8"
BLUE = "#009EDB"
INK = "#14222E"
GREY = "#5B6873"
FAINT = "#8A96A0"
RULE = "#D5DCE2"
PALE = "#F3F7FA"
WASH = "#E6F3F9"
WHITE = "#FFFFFF"
RED = "#B3261E"

# tone → (text, background, edge)
TONES: Mapping[Tone, tuple[str, str, str]] = {
    "neutral": ("#44525D", "#EDF1F4", "#8A96A0"),
    "good": ("#1B6B3A", "#E4F3E9", "#2E8B57"),
    "warn": ("#7A4B00", "#FCF0D9", "#D98E04"),
    "bad": ("#9B1C14", "#FBE7E5", "#C8362B"),
    "info": ("#005A80", "#E0F2FA", "#009EDB"),
}
# The colours of series, and of words upon them.
SERIES = (DEEP, "#7CC4E4", "#D98E04", "#2E8B57", "#8A96A0", "#7A5BA6")
ON_SERIES = (WHITE, INK, INK, WHITE, INK, WHITE)

Setting: TypeAlias = Literal["start", "justify", "end", "center"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph is set."""

    size: float
    leading: float
    face: Face = "regular"
    bold: Face = "semibold"
    colour: str = INK
    align: Setting = "start"
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """All paragraph styles of one direction; Arabic wants more leading."""

    rtl: bool
    body: TextStyle
    lead: TextStyle
    small: TextStyle
    note: TextStyle
    mark: TextStyle
    quote: TextStyle
    signature: TextStyle
    item: TextStyle
    headings: tuple[TextStyle, TextStyle, TextStyle]
    cell: TextStyle
    head: TextStyle
    caption: TextStyle
    label: TextStyle
    figure: TextStyle
    tiny: TextStyle
    pill: TextStyle
    contents: tuple[TextStyle, TextStyle, TextStyle]
    box: TextStyle
    box_head: TextStyle


def _style(rtl: bool) -> Style:
    def text(size: float, ratio: float = 0.0, **values: object) -> TextStyle:
        leading = size * (ratio or (1.62 if rtl else 1.45))
        return TextStyle(size, round(leading, 1), **values)  # type: ignore[arg-type]  # the fields' own values

    body = text(10, align="justify", after=6)
    cell = text(8.5, 1.5 if rtl else 1.35)
    return Style(
        rtl=rtl,
        body=body,
        lead=text(12, colour=DEEP, after=8),
        small=text(8.5, after=4, colour=GREY),
        note=text(9, after=6, colour=GREY, indent=10),
        mark=text(8, after=4, colour=FAINT, face="italic"),
        quote=text(10, after=8, before=2, indent=16, colour="#33424E"),
        signature=text(10, after=2),
        item=replace(body, after=3, align="start"),
        headings=(
            text(16, 1.5, face="bold", colour=DEEP, before=16, after=6),
            text(12.5, 1.5, face="semibold", colour=INK, before=12, after=4),
            text(10.5, 1.5, face="semibold", colour=DEEP, before=8, after=3),
        ),
        cell=cell,
        head=text(8.5, 1.5 if rtl else 1.3, face="semibold", colour=WHITE),
        caption=text(9, face="semibold", colour=INK, before=6, after=4),
        label=text(8.5, 1.6 if rtl else 1.45, colour=GREY),
        figure=text(20, 1.35, face="semibold", colour=DEEP),
        tiny=text(7, 1.5, colour=GREY),
        pill=text(7.5, 1.5, face="semibold"),
        contents=(
            text(10.5, 1.9, face="semibold"),
            text(10, 1.75),
            text(9.5, 1.7, colour=GREY),
        ),
        box=text(10),
        box_head=text(8.5, 1.6 if rtl else 1.5, face="semibold"),
    )


LTR_STYLE = _style(False)
RTL_STYLE = _style(True)
