"""The fonts of one document: which clusters were used, and the subset, widths and ToUnicode written for them."""

from __future__ import annotations

import io
import zlib
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from unnm_desktop.typeset.fonts import GlyphFont
from unnm_desktop.typeset.shaping import Components, Glyphs

_MOST_REMEMBERED = 60_000
_LAST_CID = 0xFFFE
_DROPPED_TABLES = (b"GSUB", b"GPOS", b"GDEF", b"STAT", b"DSIG", b"kern", b"BASE", b"post", b"name", b"OS/2")
# (components, text it stands for, advance or None for the font's own)
_Row = tuple[Components, str, "int | None"]


class FontUse:
    """What one document uses of one font: a character id for each distinct cluster and text."""

    def __init__(self, font: GlyphFont, name: str) -> None:
        self.font = font
        self.name = name
        self.rows: list[_Row] = [(((0, 0, 0),), "", None)]
        self._ids: dict[_Row, int] = {}

    def cid(self, row: _Row) -> int:
        """The id of a cluster; 0 is the font's empty box."""
        found = self._ids.get(row)
        if found is None:
            if len(self.rows) > _LAST_CID:
                return 0
            found = self._ids[row] = len(self.rows)
            self.rows.append(row)
        return found

    def operands(self, glyphs: Glyphs) -> str:
        """A shaped word as the pieces of a TJ array."""
        font = self.font
        parts: list[str] = []
        run = ""
        for components, advance, text in glyphs.clusters:
            glyph, x, y = components[0]
            own = font.advance(glyph)
            # Viewers turn right-to-left runs round letter by letter: what a ligature stands for is given in
            # visual order, so that it comes out logical.
            said = text[::-1] if glyphs.rtl and len(text) > 1 else text
            if len(components) == 1 and not x and not y and (advance or not own):
                run += f"{self.cid((components, said, None)):04X}"
                kern = (own - advance) * font.scale
                if abs(kern) > 0.5:
                    parts += [f"<{run}>", f"{kern:.0f}"]
                    run = ""
            else:
                run += f"{self.cid((components, said, advance)):04X}"
        if run:
            parts.append(f"<{run}>")
        return " ".join(parts)


class FontBook:
    """All fonts of one document."""

    def __init__(self) -> None:
        self._uses: dict[GlyphFont, FontUse] = {}
        # The word itself is kept beside its operands: its identity is the key.
        self._operands: dict[int, tuple[str, Glyphs]] = {}

    def _use(self, font: GlyphFont) -> FontUse:
        found = self._uses.get(font)
        if found is None:
            found = self._uses[font] = FontUse(font, f"F{len(self._uses) + 1}")
        return found

    def name(self, font: GlyphFont) -> str:
        """The name of the font in the pages' resources."""
        return self._use(font).name

    def operands(self, glyphs: Glyphs) -> str:
        """A shaped word as the pieces of a TJ array, remembered."""
        found = self._operands.get(id(glyphs))
        if found is None:
            if len(self._operands) >= _MOST_REMEMBERED:
                self._operands.clear()
            found = self._operands[id(glyphs)] = (self._use(glyphs.font).operands(glyphs), glyphs)
        return found[0]

    def missing(self) -> list[str]:
        """The texts that were set although no font has a glyph for them."""
        return sorted(
            {
                text
                for use in self._uses.values()
                for parts, text, _ in use.rows[1:]
                if any(not part[0] for part in parts)
            }
        )

    def embed(self, document: Any) -> dict[str, Any]:
        """Write all used fonts into a ReportLab document: name → reference."""
        return {use.name: _embed(document, use) for use in self._uses.values()}


def _tag(use: FontUse) -> str:
    letters, value = "", zlib.crc32(repr((use.font.name, use.rows)).encode("utf-8", "backslashreplace"))
    for _ in range(6):
        letters, value = letters + chr(65 + value % 26), value // 26
    return letters


def _embed(document: Any, use: FontUse) -> Any:
    font, rows = use.font, use.rows
    data, glyph_of, box = _compact(_subset(font, rows), rows)
    base = pdfdoc.PDFName(f"{_tag(use)}+{font.name}")
    compress = [pdfdoc.PDFZCompress]

    def reference(thing: Any) -> Any:
        return document.Reference(thing)

    file = pdfdoc.PDFStream(content=data, filters=compress)
    file.dictionary["Length1"] = len(data)
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": base,
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray(box),
            "Ascent": round(font.ascent),
            "Descent": round(font.descent),
            "CapHeight": 698,
            "ItalicAngle": -11 if "Italic" in font.name else 0,
            "StemV": 80,
            "FontFile2": reference(file),
        }
    )
    widths = [
        round((font.advance(components[0][0]) if advance is None else advance) * font.scale)
        for components, _, advance in rows
    ]
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": base,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": reference(descriptor),
            "DW": 0,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            "CIDToGIDMap": reference(
                pdfdoc.PDFStream(content=b"".join(g.to_bytes(2, "big") for g in glyph_of), filters=compress)
            ),
        }
    )
    return reference(
        pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([reference(descendant)]),
                "ToUnicode": reference(pdfdoc.PDFStream(content=_to_unicode(rows), filters=compress)),
            }
        )
    )


def _subset(font: GlyphFont, rows: list[_Row]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({glyph for components, _, _ in rows for glyph, _, _ in components} | {0})
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.RETAIN_GIDS
    wanted.drop_table_tag_set.update(int.from_bytes(table, "big") for table in _DROPPED_TABLES)
    return bytes(hb.subset(font.hb_face, wanted).blob.data)


def _compact(data: bytes, rows: list[_Row]) -> tuple[bytes, list[int], list[int]]:
    """Renumber a subset: one glyph per distinct cluster, those of several or moved glyphs as composites.

    A composite stays on the base line: viewers tear words apart at raised or pulled-back marks.
    """
    from fontTools.ttLib import TTFont  # heavy, and only needed when a file is written

    font = TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False)
    glyf, metrics = font["glyf"], font["hmtx"].metrics
    order = font.getGlyphOrder()
    place_in_order = {name: place for place, name in enumerate(order)}
    names: list[str] = []
    new_metrics: dict[str, tuple[int, int]] = {}
    new_glyphs: dict[str, Any] = {}
    index: dict[object, int] = {}

    def add(key: object, name: str, glyph: Any, measures: tuple[int, int]) -> int:
        index[key] = len(names)
        names.append(name)
        new_metrics[name], new_glyphs[name] = measures, glyph
        return index[key]

    def keep(glyph: int) -> int:
        name = order[glyph]
        if name not in index:
            outline = glyf[name]
            add(name, name, outline, metrics[name])
            if outline.isComposite():
                for component in outline.components:
                    keep(place_in_order[component.glyphName])
        return index[name]

    keep(0)
    glyph_of: list[int] = []
    for components, _, advance in rows:
        own = [keep(glyph) for glyph, _, _ in components]
        if advance is None:
            glyph_of.append(own[0])
            continue
        key = (components, advance)
        if key not in index:
            made, measures = _composite(glyf, order, components, advance)
            add(key, f"cluster{len(names)}", made, measures)
        glyph_of.append(index[key])
    font.setGlyphOrder(names)
    glyf.glyphs, glyf.glyphOrder = new_glyphs, names
    font["hmtx"].metrics = new_metrics
    profile = font["maxp"]
    profile.numGlyphs = len(names)
    profile.maxComponentDepth = max(2, profile.maxComponentDepth)
    profile.maxComponentElements = max(8, profile.maxComponentElements)
    for table in ("cmap", "GDEF", "hdmx", "VDMX", "LTSH"):
        if table in font:
            del font[table]
    out = io.BytesIO()
    font.save(out)
    head = font["head"]
    scale = 1000.0 / head.unitsPerEm
    return out.getvalue(), glyph_of, [round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]


def _composite(glyf: Any, order: list[str], components: Components, advance: int) -> tuple[Any, tuple[int, int]]:
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    made = Glyph()
    parts = [(order[glyph], x, y) for glyph, x, y in components if glyf[order[glyph]].numberOfContours != 0]
    if not parts:
        made.numberOfContours = 0
        return made, (advance, 0)
    made.numberOfContours, made.components = -1, []
    boxes = []
    for name, x, y in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y = name, x, y
        component.flags = 0x4 | 0x2  # ROUND_XY_TO_GRID | ARGS_ARE_XY_VALUES
        made.components.append(component)
        outline = glyf[name]
        boxes.append((outline.xMin + x, outline.yMin + y, outline.xMax + x, outline.yMax + y))
    made.xMin, made.yMin = min(box[0] for box in boxes), min(box[1] for box in boxes)
    made.xMax, made.yMax = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return made, (advance, made.xMin)


def _to_unicode(rows: list[_Row]) -> bytes:
    entries = [
        f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>" for cid, (_, text, _) in enumerate(rows) if text
    ]
    out = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(entries), 100):
        part = entries[start : start + 100]
        out += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    out.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(out).encode("ascii")
