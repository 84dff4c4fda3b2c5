"""Finished pages written as a PDF file: fonts, links, outline, metadata and the structure tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from unnm_desktop.typeset.blocks import Furniture
from unnm_desktop.typeset.cleaning import without_controls
from unnm_desktop.typeset.embedding import FontBook
from unnm_desktop.typeset.ink import Ink, number
from unnm_desktop.typeset.tags import Element

_PDF_VERSION = (1, 7)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PRODUCER = "UNNM Desktop"
# ASCII85 armour would make every stream a quarter larger.
rl_config.useA85 = 0


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
        resources = self.reference(
            pdfdoc.PDFDictionary(
                {"Font": pdfdoc.PDFDictionary(book.embed(self.document)), "ProcSet": pdfdoc.PDFArray(["/PDF", "/Text"])}
            )
        )
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

    def write_structure(self, root: Element) -> None:
        """Write the structure tree; elements of which nothing was drawn are left out."""
        tree = pdfdoc.PDFDictionary({"Type": "/StructTreeRoot"})
        tree_reference = self.reference(tree)
        by_page: dict[int, dict[int, Any]] = {}
        link_parents: list[tuple[Any, Any]] = []
        top, _ = self._element(root, tree_reference, by_page, link_parents)
        tree["K"] = top
        numbers: list[Any] = []
        for index, page in enumerate(self.page_objects):
            page["StructParents"] = index
            page["Tabs"] = "/S"
            owners = by_page.get(index, {})
            numbers += [index, self.reference(pdfdoc.PDFArray([owners[mark] for mark in range(len(owners))]))]
        following = len(self.page_objects)
        for annotation, owner in link_parents:
            annotation["StructParent"] = following
            numbers += [following, owner]
            following += 1
        tree["ParentTree"] = self.reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = following
        self.document.Catalog.StructTreeRoot = tree
        self.document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})

    def _element(
        self, element: Element, parent: Any, by_page: dict[int, dict[int, Any]], link_parents: list[tuple[Any, Any]]
    ) -> tuple[Any, bool]:
        values = pdfdoc.PDFDictionary({"Type": "/StructElem", "S": f"/{element.role}", "P": parent})
        own = self.reference(values)
        kids: list[Any] = []
        for page, mark in element.pieces:
            by_page.setdefault(page, {})[mark] = own
            piece = {"Type": "/MCR", "Pg": self.page_references[page], "MCID": mark}
            kids.append(pdfdoc.PDFDictionary(piece))
        for place in element.links:
            annotation = self.annotations.get(place)
            if annotation is None:
                continue
            thing = pdfdoc.PDFDictionary(
                {"Type": "/OBJR", "Obj": self.reference(annotation), "Pg": self.page_references[place[0]]}
            )
            link = pdfdoc.PDFDictionary({"Type": "/StructElem", "S": "/Link", "P": own, "K": thing})
            kids.append(self.reference(link))
            link_parents.append((annotation, self.reference(link)))
        for child in element.children:
            made, drawn = self._element(child, own, by_page, link_parents)
            if drawn:
                kids.append(made)
        values["K"] = pdfdoc.PDFArray(kids)
        if element.alternative:
            values["Alt"] = pdfdoc.PDFString(without_controls(element.alternative))
        if element.language:
            values["Lang"] = pdfdoc.PDFString(element.language)
        if element.scope or element.span > 1:
            table: dict[str, Any] = {"O": "/Table"}
            if element.scope:
                table["Scope"] = f"/{element.scope}"
            if element.span > 1:
                table["ColSpan"] = element.span
            values["A"] = pdfdoc.PDFDictionary(table)
        # A cell may be empty and is still a cell, if its row was drawn; other elements without content say nothing.
        if element.role == "TR":
            return own, any(each.pieces for each in element.walk())
        return own, bool(kids) or element.role in ("TD", "TH", "Document")


def _xmp(title: str, values: Mapping[str, str], language: str) -> str:
    def alternative(name: str, text: str) -> str:
        item = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
        return f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>"

    parts = [alternative("title", title)]
    if values["Subject"]:
        parts.append(alternative("description", values["Subject"]))
    if values["Author"]:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(values['Author'])}</rdf:li></rdf:Seq></dc:creator>")
    parts.append(f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>")
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
    """The bytes of the file; the same pages give the same bytes."""
    writer = _Writer(pages, furniture)
    writer.write_pages(book, {mark.key: mark for mark in bookmarks})
    writer.write_outline(bookmarks)
    writer.write_metadata()
    if root is not None:
        writer.write_structure(root)
    made = writer.document.format()
    return made if isinstance(made, bytes) else bytes(made, "latin-1")
