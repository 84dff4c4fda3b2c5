"""The fonts of one document: which clusters were used, and the subset, widths and ToUnicode written for them."""

from __future__ import annotations

import zlib
from typing import Any

from unnm_desktop.typeset.fonts import GlyphFont
from unnm_desktop.typeset.lean import pdfdoc
from unnm_desktop.typeset.shaping import Glyphs
from unnm_desktop.typeset.subset import Row, subset

_MOST_REMEMBERED = 60_000
_LAST_CID = 0xFFFE


class FontUse:
    """What one document uses of one font: a character id for each distinct cluster and text."""

    def __init__(self, font: GlyphFont, name: str) -> None:
        self.font = font
        self.name = name
        self.rows: list[Row] = [(((0, 0, 0),), "", None)]
        self._ids: dict[Row, int] = {}

    def cid(self, row: Row) -> int:
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
    made = subset(font, rows)
    base = pdfdoc.PDFName(f"{_tag(use)}+{font.name}")
    compress = [pdfdoc.PDFZCompress]

    def reference(thing: Any) -> Any:
        return document.Reference(thing)

    file = pdfdoc.PDFStream(content=made.data, filters=compress)
    file.dictionary["Length1"] = len(made.data)
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": base,
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray(list(made.box)),
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
                pdfdoc.PDFStream(content=b"".join(g.to_bytes(2, "big") for g in made.glyph_of), filters=compress)
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


def _to_unicode(rows: list[Row]) -> bytes:
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
