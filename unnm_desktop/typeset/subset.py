"""The part of a TrueType face that one document needs, in which every cluster is one glyph."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import uharfbuzz as hb

from unnm_desktop.typeset.fonts import GlyphFont
from unnm_desktop.typeset.shaping import Components

# (components, text it stands for, advance or None for the font's own)
Row: TypeAlias = tuple[Components, str, "int | None"]

_DROPPED_TABLES = (
    b"GSUB", b"GPOS", b"GDEF", b"STAT", b"DSIG", b"kern", b"BASE", b"post", b"name", b"OS/2", b"cmap", b"hdmx",
    b"VDMX", b"LTSH",
)  # fmt: skip
_WORDS, _XY, _ROUND, _MORE = 0x1, 0x2, 0x4, 0x20
_BOX = struct.Struct(">4h")
_COMPONENT = struct.Struct(">HHhh")
_CHECKSUM_MAGIC = 0xB1B0AFBA


@dataclass(frozen=True)
class Subset:
    """A font file; the glyph of each row; the box of all glyphs in thousandths of the size."""

    data: bytes
    glyph_of: Sequence[int]
    box: Sequence[int]


def subset(font: GlyphFont, rows: Sequence[Row]) -> Subset:
    """The font of these rows: clusters of several or moved glyphs become composites on the base line.

    Viewers tear words apart at raised or pulled-back marks.
    """
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({glyph for components, _, _ in rows for glyph, _, _ in components} | {0})
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.drop_table_tag_set.update(int.from_bytes(table, "big") for table in _DROPPED_TABLES)
    plan = hb.SubsetPlan(font.hb_face, wanted)
    face = plan.execute()
    place_of: Mapping[int, int] = dict(plan.old_to_new_glyph_mapping)
    glyph_of = [place_of[components[0][0]] if advance is None else -1 for components, _, advance in rows]
    data = bytes(face.blob.data)
    if -1 in glyph_of:
        tables = {tag: bytes(face.reference_table(tag).data) for tag in face.table_tags}
        composites = _Composites(tables, place_of)
        for place, (components, _, advance) in enumerate(rows):
            if advance is not None:
                glyph_of[place] = composites.glyph(components, advance)
        composites.finish()
        data = _file(tables)
    box = _BOX.unpack_from(face.reference_table("head").data, 36)
    return Subset(data, glyph_of, [round(edge * font.scale) for edge in box])


class _Composites:
    """Adds composite glyphs to the tables of a face."""

    def __init__(self, tables: dict[str, bytes], place_of: Mapping[int, int]) -> None:
        self._tables = tables
        self._place_of = place_of
        self._glyf = bytearray(tables["glyf"])
        long_offsets = struct.unpack_from(">h", tables["head"], 50)[0]
        count = len(tables["loca"]) // (4 if long_offsets else 2)
        offsets = struct.unpack(f">{count}{'I' if long_offsets else 'H'}", tables["loca"])
        self._offsets = list(offsets) if long_offsets else [2 * offset for offset in offsets]
        self._metrics = bytearray(self._whole_metrics())
        self._made: dict[tuple[Components, int], int] = {}
        self._most = 0

    def _whole_metrics(self) -> bytes:
        """The advance and side bearing of each glyph; in the file, equal advances at the end are left out."""
        data, count = self._tables["hmtx"], struct.unpack_from(">H", self._tables["hhea"], 34)[0]
        advance = data[4 * count - 4 : 4 * count - 2]
        bearings = data[4 * count :]
        rest = (advance + bearings[at : at + 2] for at in range(0, len(bearings), 2))
        return data[: 4 * count] + b"".join(rest)

    def glyph(self, components: Components, advance: int) -> int:
        """The glyph of this cluster."""
        key = (components, advance)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._add(components, advance)
        return found

    def _add(self, components: Components, advance: int) -> int:
        parts: list[tuple[int, int, int]] = []
        boxes: list[tuple[int, int, int, int]] = []
        for glyph, x, y in components:
            place = self._place_of[glyph]
            start, end = self._offsets[place : place + 2]
            if start != end:
                left, bottom, right, top = _BOX.unpack_from(self._glyf, start + 2)
                parts.append((place, x, y))
                boxes.append((left + x, bottom + y, right + x, top + y))
        left = 0
        if parts:
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            left = min(lefts)
            self._glyf += struct.pack(">5h", -1, left, min(bottoms), max(rights), max(tops))
            for number, part in enumerate(parts, 1):
                self._glyf += _COMPONENT.pack(_WORDS | _XY | _ROUND | (_MORE if number < len(parts) else 0), *part)
            self._glyf += bytes(-len(self._glyf) % 4)
            self._most = max(self._most, len(parts))
        self._offsets.append(len(self._glyf))
        self._metrics += struct.pack(">Hh", advance, left)
        return len(self._offsets) - 2

    def finish(self) -> None:
        """Write the tables that know of the glyphs."""
        tables, count = self._tables, len(self._offsets) - 1
        tables["glyf"] = bytes(self._glyf)
        tables["loca"] = struct.pack(f">{count + 1}I", *self._offsets)
        tables["hmtx"] = bytes(self._metrics)
        head, heads, profile = bytearray(tables["head"]), bytearray(tables["hhea"]), bytearray(tables["maxp"])
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">H", heads, 34, count)
        points, outlines, composite_points, composite_outlines = struct.unpack_from(">4H", profile, 6)
        elements, depth = struct.unpack_from(">2H", profile, 28)
        struct.pack_into(">H", profile, 4, count)
        struct.pack_into(
            ">2H",
            profile,
            10,
            min(0xFFFF, max(points, composite_points) * max(1, self._most)),
            min(0xFFFF, max(outlines, composite_outlines) * max(1, self._most)),
        )
        struct.pack_into(">2H", profile, 28, max(elements, self._most), depth + 1)
        tables["head"], tables["hhea"], tables["maxp"] = bytes(head), bytes(heads), bytes(profile)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF


def _file(tables: Mapping[str, bytes]) -> bytes:
    """A TrueType file of these tables."""
    head = bytearray(tables["head"])
    struct.pack_into(">I", head, 8, 0)
    padded = [
        (tag, len(data), data + bytes(-len(data) % 4)) for tag, data in sorted({**tables, "head": bytes(head)}.items())
    ]
    count = len(padded)
    power = count.bit_length() - 1
    directory = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    starts = [12 + 16 * count]
    for _, _, data in padded:
        starts.append(starts[-1] + len(data))
    for (tag, length, data), (start, _) in zip(padded, pairwise(starts), strict=True):
        directory += struct.pack(">4sIII", tag.encode("ascii"), _checksum(data), start, length)
    out = bytearray(directory + b"".join(data for _, _, data in padded))
    at = next(start for (tag, _, _), start in zip(padded, starts, strict=False) if tag == "head")
    struct.pack_into(">I", out, at + 8, (_CHECKSUM_MAGIC - _checksum(bytes(out))) & 0xFFFFFFFF)
    return bytes(out)
