"""Finished pages written as a PDF file: fonts, links, outline, metadata and the structure tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from unnm_desktop.typeset.blocks import Furniture
from unnm_desktop.typeset.cleaning import without_controls
from unnm_desktop.typeset.embedding import FontBook
from unnm_desktop.typeset.ink import Ink, number, picture_name
from unnm_desktop.typeset.lean import pdfdoc
from unnm_desktop.typeset.picture import Picture
from unnm_desktop.typeset.tags import Element

_PDF_VERSION = (1, 7)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PRODUCER = "UNNM Desktop"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading: its place in the file and its line in the outline."""

    key: str
    title: str
    level: int
    page: int
    top: float


class _Writer:
    """Collects the objects of one file."""

    def __init__(self, pages: Sequence[Ink], furniture: Furniture) -> None:
        self.pages = pages
        self.furniture = furniture
        document: Any = pdfdoc.PDFDocument(invariant=1, compression=1, pdfVersion=_PDF_VERSION, lang=furniture.language)
        self.document = document
        self.page_objects = [pdfdoc.PDFDictionary() for _ in pages]
        self.page_references = [self.reference(page) for page in self.page_objects]
        # Links that the structure tree names: (page index, link index) → dictionary
        self.annotations: dict[tuple[int, int], Any] = {}

    def reference(self, thing: Any) -> Any:
        return self.document.Reference(thing)

    def destination(self, page: int, top: float) -> Any:
        return pdfdoc.PDFArray([self.page_references[page], "/XYZ", "null", number(top), "null"])

    def write_pages(self, book: FontBook, bookmarks: Mapping[str, Bookmark]) -> None:
        contents = [page.content().encode("latin-1") for page in self.pages]
        # ReportLab gives all fonts one dictionary; ours are written once all pages are known.
        told = {"Font": pdfdoc.PDFDictionary(book.embed(self.document)), "ProcSet": pdfdoc.PDFArray(["/PDF", "/Text"])}
        pictures = self._pictures()
        if pictures:
            told["XObject"] = pdfdoc.PDFDictionary(pictures)
            told["ProcSet"] = pdfdoc.PDFArray(["/PDF", "/Text", "/ImageC"])
        resources = self.reference(pdfdoc.PDFDictionary(told))
        parent = self.reference(self.document.Pages)
        for index, (page, content) in enumerate(zip(self.pages, contents, strict=True)):
            self.document.updateSignature(content)
            stream = pdfdoc.PDFStream(content=content + b"\n", filters=[pdfdoc.PDFZCompress])
            values = self.page_objects[index]
            values["Type"] = "/Page"
            values["Parent"] = parent
            values["MediaBox"] = pdfdoc.PDFArray([0, 0, number(page.width), number(page.height)])
            values["Resources"] = resources
            values["Contents"] = self.reference(stream)
            links = self._links(page, index, bookmarks)
            if links:
                values["Annots"] = pdfdoc.PDFArray(links)
            self.document.Pages.addPage(values)

    def _pictures(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for page in self.pages:
            for place, picture in enumerate(page.pictures):
                colours = self._pixels(picture, picture.rgb, "/DeviceRGB")
                if picture.alpha:
                    colours.dictionary["SMask"] = self.reference(self._pixels(picture, picture.alpha, "/DeviceGray"))
                made[picture_name(page.index, place)] = self.reference(colours)
        return made

    def _pixels(self, picture: Picture, data: bytes, space: str) -> Any:
        self.document.updateSignature(data)
        stream = pdfdoc.PDFStream(content=data, filters=[pdfdoc.PDFZCompress])
        values = {"Type": "/XObject", "Subtype": "/Image", "Width": picture.width, "Height": picture.height}
        for name, value in {**values, "ColorSpace": space, "BitsPerComponent": 8}.items():
            stream.dictionary[name] = value
        return stream

    def _links(self, page: Ink, index: int, bookmarks: Mapping[str, Bookmark]) -> list[Any]:
        made = []
        for place, (box, target) in enumerate(page.links):
            values: dict[str, Any] = {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pdfdoc.PDFArray([number(edge) for edge in box]),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "F": 4,
            }
            if target.startswith("#"):
                mark = bookmarks.get(target[1:])
                if mark is None:
                    continue
                values["Dest"] = self.destination(mark.page, mark.top)
                values["Contents"] = pdfdoc.PDFString(without_controls(mark.title))
            else:
                action = {"S": "/URI", "URI": pdfdoc.PDFString(target.encode("ascii", "ignore").decode())}
                values["A"] = pdfdoc.PDFDictionary(action)
                values["Contents"] = pdfdoc.PDFString(target)
            self.annotations[index, place] = pdfdoc.PDFDictionary(values)
            made.append(self.reference(self.annotations[index, place]))
        return made

    def write_outline(self, bookmarks: Sequence[Bookmark]) -> None:
        catalog = self.document.Catalog
        catalog.Outlines = None
        if not bookmarks:
            return
        root = pdfdoc.PDFDictionary({"Type": "/Outlines"})
        # (level, dictionary, number of children) from the root to the last entry
        path: list[tuple[int, Any]] = [(0, root)]
        last_child: dict[int, Any] = {}
        counts: dict[int, int] = {}
        for mark in bookmarks:
            while path[-1][0] >= mark.level:
                path.pop()
            parent = path[-1][1]
            entry = pdfdoc.PDFDictionary(
                {
                    "Title": pdfdoc.PDFString(without_controls(mark.title) or "–"),
                    "Parent": self.reference(parent),
                    "Dest": self.destination(mark.page, mark.top),
                }
            )
            previous = last_child.get(id(parent))
            if previous is None:
                parent["First"] = self.reference(entry)
            else:
                previous["Next"] = self.reference(entry)
                entry["Prev"] = self.reference(previous)
            parent["Last"] = self.reference(entry)
            last_child[id(parent)] = entry
            counts[id(parent)] = counts.get(id(parent), 0) + 1
            # Entries below the first level stay folded until the reader opens them.
            parent["Count"] = counts[id(parent)] * (1 if parent is root else -1)
            path.append((mark.level, entry))
        catalog.Outlines = root
        catalog.setPageMode("UseOutlines" if len(bookmarks) > 3 else "UseNone")

    def write_metadata(self) -> None:
        furniture, document = self.furniture, self.document
        title = without_controls(furniture.title) or without_controls(furniture.header) or _PRODUCER
        values = {
            "Title": title,
            "Author": without_controls(furniture.author),
            "Subject": without_controls(furniture.subject),
            "Keywords": without_controls(furniture.keywords),
            "Producer": _PRODUCER,
            "Creator": _PRODUCER,
        }
        entries: dict[str, Any] = {name: pdfdoc.PDFString(value) for name, value in values.items() if value}
        day = _DAY.match(furniture.on)
        if day:
            entries["CreationDate"] = entries["ModDate"] = f"(D:{''.join(day.groups())}000000Z)"
        for value in values.values():
            document.updateSignature(value.encode("utf-8", "replace"))
        document.info = pdfdoc.PDFDictionary(entries)
        catalog = document.Catalog
        # No /Direction /R2L: pdfium (Chrome, Edge) then turns round the Latin words of every line, and a search for a
        # reference such as A/RES/73/195 finds nothing. It would only bind two-page spreads at the right.
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        metadata = pdfdoc.PDFStream(content=_xmp(title, values, furniture.language).encode(), filters=[])
        metadata.dictionary["Type"] = "/Metadata"
        metadata.dictionary["Subtype"] = "/XML"
        catalog.Metadata = metadata

    def number_of(self, reference: Any) -> str:
        """A reference as it is written."""
        written: bytes = reference.format(self.document)
        return written.decode("ascii")

    def write_structure(self, root: Element) -> None:
        """Write the structure tree; elements of which nothing was drawn are left out."""
        tree = pdfdoc.PDFDictionary({"Type": "/StructTreeRoot"})
        writer = _StructureWriter(self, self.number_of(self.reference(tree)))
        tree["K"] = writer.element(root, writer.tree)[0]
        numbers: list[Any] = []
        for index, page in enumerate(self.page_objects):
            page["StructParents"] = index
            page["Tabs"] = "/S"
            owners = writer.by_page.get(index, {})
            numbers += [index, f"[{' '.join(owners[mark] for mark in range(len(owners)))}]"]
        following = len(self.page_objects)
        for annotation, owner in writer.links:
            annotation["StructParent"] = following
            numbers += [following, owner]
            following += 1
        tree["ParentTree"] = self.reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = following
        self.document.Catalog.StructTreeRoot = tree
        self.document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


class _Raw(pdfdoc.PDFObject):
    """An object whose text is made here: there are thousands of structure elements."""

    __RefOnly__ = 1
    text = ""

    def format(self, document: Any) -> bytes:
        return self.text.encode("latin-1")


class _StructureWriter:
    """Writes the elements of one structure tree."""

    def __init__(self, writer: _Writer, tree: str) -> None:
        self._writer = writer
        self._pages = [writer.number_of(reference) for reference in writer.page_references]
        self.tree = tree
        # page index → marked content id → the element it belongs to
        self.by_page: dict[int, dict[int, str]] = {}
        # (link dictionary, its element)
        self.links: list[tuple[Any, str]] = []

    def _said(self, text: str) -> str:
        written: bytes = pdfdoc.PDFString(without_controls(text)).format(self._writer.document)
        return written.decode("latin-1")

    def element(self, element: Element, parent: str) -> tuple[str, bool]:
        """Write an element and all below it: its reference, and whether anything of it was drawn."""
        raw = _Raw()
        own = self._writer.number_of(self._writer.reference(raw))
        kids: list[str] = []
        drawn = False
        for page, mark in element.pieces:
            self.by_page.setdefault(page, {})[mark] = own
            kids.append(f"<</Type/MCR/Pg {self._pages[page]}/MCID {mark}>>")
        for place in element.links:
            kids += self._link(place, own)
        drawn = bool(kids)
        cells = element.role == "TR"
        for child in element.children:
            made, has_ink = self.element(child, own)
            drawn = drawn or has_ink
            # An empty cell is still a cell of its row.
            if has_ink or cells:
                kids.append(made)
        values = [f"<</Type/StructElem/S/{element.role}/P {parent}/K[{' '.join(kids)}]"]
        if element.alternative:
            values.append(f"/Alt{self._said(element.alternative)}")
        if element.language:
            values.append(f"/Lang({element.language})")
        if element.scope or element.span > 1:
            scope = f"/Scope/{element.scope}" if element.scope else ""
            span = f"/ColSpan {element.span}" if element.span > 1 else ""
            values.append(f"/A<</O/Table{scope}{span}>>")
        raw.text = "".join(values) + ">>"
        return own, drawn

    def _link(self, place: tuple[int, int], parent: str) -> list[str]:
        annotation = self._writer.annotations.get(place)
        if annotation is None:
            return []
        raw = _Raw()
        own = self._writer.number_of(self._writer.reference(raw))
        number = self._writer.number_of(self._writer.reference(annotation))
        raw.text = f"<</Type/StructElem/S/Link/P {parent}/K<</Type/OBJR/Obj {number}/Pg {self._pages[place[0]]}>>>>"
        self.links.append((annotation, own))
        return [own]


def _xmp(title: str, values: Mapping[str, str], language: str) -> str:
    def alternative(name: str, text: str) -> str:
        item = f'<rdf:li xml:lang="x-default">{escape(text, quote=False)}</rdf:li>'
        return f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>"

    parts = [alternative("title", title)]
    if values["Subject"]:
        parts.append(alternative("description", values["Subject"]))
    if values["Author"]:
        author = escape(values["Author"], quote=False)
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>")
    parts.append(f"<dc:language><rdf:Bag><rdf:li>{escape(language, quote=False)}</rdf:li></rdf:Bag></dc:language>")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        + "".join(parts)
        + '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>\n'
    )


def write(
    pages: Sequence[Ink], book: FontBook, bookmarks: Sequence[Bookmark], furniture: Furniture, root: Element | None
) -> bytes:
    """The bytes of the file, not packed yet; the same pages give the same bytes."""
    writer = _Writer(pages, furniture)
    writer.write_pages(book, {mark.key: mark for mark in bookmarks})
    writer.write_outline(bookmarks)
    writer.write_metadata()
    if root is not None:
        writer.write_structure(root)
    made: bytes = writer.document.format()
    return made
