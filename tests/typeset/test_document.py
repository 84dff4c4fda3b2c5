"""The file: pages, contents, bookmarks, metadata, tags, sameness."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.typeset import sample
from tests.typeset.reading import all_text, furniture, made, page_text
from unnm_desktop.progress import Cancelled
from unnm_desktop.typeset import blocks as b
from unnm_desktop.typeset import document
from unnm_desktop.typeset.document import render, render_bytes

ROOT = Path(__file__).parents[2]
HASHES = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from tests.typeset import sample
from unnm_desktop.typeset.document import render_bytes
made = {language: render_bytes(sample.blocks(language), sample.furniture(language)) for language in sys.argv[2:]}
print(*(hashlib.sha256(made[language]).hexdigest() for language in sorted(made)))
"""


def hashes(seed: str, *languages: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", HASHES, str(ROOT), *languages],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return done.stdout


def test_the_same_blocks_give_the_same_bytes():
    first = hashes("1", "ar", "en")
    assert first == hashes("77", "en", "ar")
    here = render_bytes(sample.blocks("ar"), sample.furniture("ar"))
    assert here == render_bytes(sample.blocks("ar"), sample.furniture("ar"))
    assert here != render_bytes(sample.blocks("ar")[:-1], sample.furniture("ar"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_in_the_sample_is_on_paper(language):
    text = all_text(render_bytes(sample.blocks(language), sample.furniture(language)))
    words = (sample._AR if language == "ar" else sample._EN)["words"]
    flat = "".join(text.split())
    for name in ("meetings", "actions", "plan", "annex", "objective", "total", "held", "adopted", "callout", "group"):
        assert "".join(words[name].split()).strip(".") in flat, name


def test_the_contents_name_the_page_of_each_heading():
    blocks: list[b.Block] = [b.Contents("Contents")]
    for number in range(12):
        blocks += [
            b.Heading(f"Chapter {number}x", 1 + number % 3),
            b.Paragraph("words " * (number * 60)),
            b.PageBreak(),
        ]
        if number % 3 == 0:
            blocks.append(b.KeepTogether((b.Heading(f"Inner {number}x", 2), b.Paragraph("kept"))))
    data = render_bytes(blocks, furniture())
    listed = dict(re.findall(r"((?:Chapter|Inner) \d+x)\s+(\d+)", page_text(data, 0)))
    assert len(listed) == 16
    for title, page in listed.items():
        assert title in page_text(data, int(page) - 1).replace("Contents", ""), title
    assert len(set(listed.values())) > 8


def test_every_page_says_which_it_is_of_how_many():
    data = render_bytes([b.Paragraph("words " * 4000)], b.Furniture("t", "h", language="en"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
    assert count > 3
    for page in range(count):
        assert f"page {page + 1} of {count}" in page_text(data, page)


def test_classification_stands_in_capitals_above_and_below():
    data = render_bytes([b.Paragraph("x")], b.Furniture("t", "h", classification="Restricted", mark="Draft"))
    assert page_text(data).count("RESTRICTED") == 2
    assert "Draft" in page_text(data)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_file_says_what_it_is(language):
    around = sample.furniture(language)
    with pikepdf.open(io.BytesIO(render_bytes(sample.blocks(language), around))) as pdf:
        root = pdf.Root
        assert str(root.Lang) == language
        assert str(pdf.docinfo["/Title"]) == around.title
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260630")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            assert len(outline.root[0].children) == 1
        assert titles == [
            block.text for block in sample.blocks(language) if isinstance(block, b.Heading) and block.level == 1
        ]
        assert not pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else not pdf.check()


def test_all_fonts_are_embedded_and_no_other_is_named():
    with pikepdf.open(io.BytesIO(render_bytes(sample.blocks("ar"), sample.furniture("ar")))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        assert len(fonts) >= 4
        for font in fonts.values():
            assert "/ToUnicode" in font
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert "Helvetica" not in str(font.BaseFont)


def test_a_section_turns_its_pages():
    data = made(b.Paragraph("a"), b.Section(True), b.Paragraph("b"), b.Section(False), b.Paragraph("c"))
    pages = pypdfium2.PdfDocument(data)
    assert [round(page.get_width()) for page in pages] == [595, 842, 595]
    pages.close()


def test_a_document_may_begin_in_landscape():
    pages = pypdfium2.PdfDocument(made(b.Section(True), b.Paragraph("b")))
    assert [round(page.get_width()) for page in pages] == [842]
    pages.close()


def test_a_heading_stays_with_its_text():
    for lead in range(200, 250, 2):
        data = made(b.Space(lead), b.Heading("Heading"), b.Heading("Second", 2), b.Paragraph("following " * 60))
        page = next(number for number in (0, 1) if "Heading" in page_text(data, number))
        assert "Second" in page_text(data, page)
        assert "following" in page_text(data, page)


def test_blocks_kept_together_stand_on_one_page():
    for lead in range(150, 250, 10):
        kept = b.KeepTogether((b.Paragraph("first."), b.Space(40), b.Paragraph("last.")))
        data = made(b.Space(lead), kept)
        page = next(number for number in (0, 1) if "first." in page_text(data, number))
        assert "last." in page_text(data, page)


def test_no_file_is_left_when_something_breaks(tmp_path, monkeypatch):
    target = tmp_path / "report.pdf"

    def stop(done: int, total: int, text: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render([b.Paragraph("words " * 9000)], furniture(), target, stop)
    with pytest.raises(ValueError, match="cells"):
        render([b.Table((b.Column("a"),), (("a", "b"),))], furniture(), target)

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="space"):
        render([b.Paragraph("x")], furniture(), target)
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_until_the_new_one_is_whole(tmp_path):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match="cells"):
        render([b.Table((b.Column("a"),), (("a", "b"),))], furniture(), target)
    assert target.read_bytes() == b"old"
    written = render([b.Paragraph("new")], furniture(), target)
    import hashlib

    assert hashlib.sha256(target.read_bytes()).hexdigest() == written.sha256
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def elements(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Dictionary]]:
    found = []

    def walk(element: pikepdf.Object) -> None:
        found.append((str(element.S), element))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def test_the_structure_names_headings_lists_tables_and_figures():
    with pikepdf.open(io.BytesIO(render_bytes(sample.blocks("en"), sample.furniture("en")))) as pdf:
        found = elements(pdf)
        roles = [role for role, _ in found]
        for role in (
            "/Document",
            "/H1",
            "/H2",
            "/P",
            "/L",
            "/LI",
            "/LBody",
            "/Table",
            "/TR",
            "/TH",
            "/TD",
            "/TOC",
            "/TOCI",
        ):
            assert role in roles
        heads = [element for role, element in found if role == "/TH"]
        assert all(str(head.A.Scope) == "/Column" for head in heads)
        assert len(heads) == 8 + 5 + 3 + 4 + 2
        for role, element in found:
            if role == "/Figure":
                assert len(str(element.Alt)) > 10
        for page in pdf.pages:
            depth, marks = 0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    depth += 1
                    assert depth == 1
                    if str(operator) == "BDC":
                        marks.append(int(operands[1].MCID))
                elif str(operator) == "EMC":
                    depth -= 1
                elif str(operator) in ("TJ", "f", "S", "B"):
                    assert depth == 1
            assert sorted(marks) == list(range(len(marks)))
            owners = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * int(page.StructParents) + 1]
            assert len(owners) == len(marks)


def test_a_register_of_thousands_of_rows_is_not_tagged(monkeypatch):
    monkeypatch.setattr(document, "_MOST_TAGGED_CELLS", 5)
    table = b.Table((b.Column("a"), b.Column("b")), (("x", "y"), ("x", "y")))
    with pikepdf.open(io.BytesIO(made(table))) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_an_action_of_ordinary_length_stands_on_one_page():
    box = b.ActionBox("UNNM/BHR/2026/A63", "Check the numbers in the study.", "UN-Habitat", "17 December 2026")
    for lead in range(20, 45):
        data = made(*[b.Paragraph("Words.")] * lead, box, *[b.Paragraph("Words.")] * 40)
        (page,) = (number for number in range(2) if "A63" in page_text(data, number))
        assert "17 December" in page_text(data, page), lead
