"""Spreadsheets made to harm: each is refused in one sentence or read as plain values, soon and in little memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from unnm_desktop.errors import UserError
from unnm_desktop.services import sheets

SHEET, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
Parts = dict[str, bytes]


def parts(rows: int = 2) -> Parts:
    """The parts of a small workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["Task", "Due"], *([f"Task {n}", "2026-03-01"] for n in range(rows))]:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(path: Path, made: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(name, data)
    return path


def heading(found: object) -> int:
    return int("Task" in found) if isinstance(found, list) else 0


def read(path: Path) -> sheets.Table:
    return sheets.read_table(path, heading)


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def _with(name: str, declared: str, inside: str) -> Callable[[Parts], None]:
    """Put a document type before a part's root, and a use of it into the first text."""

    def change(made: Parts) -> None:
        text = made[name].decode()
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        body = text[start:].replace("Task 0", inside).replace('name="Sheet"', f'name="{inside}"')
        made[name] = f"{text[:start]}{declared}{body}".encode()

    return change


@pytest.mark.parametrize("part", [SHEET, WORKBOOK, "[Content_Types].xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    ("declared", "inside"),
    [
        (f"{LAUGHS}]>", "&j;"),
        ('<!DOCTYPE x [<!ENTITY a "' + "x" * 50_000 + '">]>', "&a;" * 200),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://192.0.2.1/x">%a;]>', "x"),
    ],
    ids=["laughs", "one large word many times", "a file of this computer", "something from elsewhere"],
)
def test_entities_are_never_followed(tmp_path: Path, part: str, declared: str, inside: str) -> None:
    made = parts()
    before = [row.values for row in read(saved(tmp_path / "proper.xlsx", made)).rows]
    _with(part, declared, inside)(made)
    path = saved(tmp_path / "x.xlsx", made)
    try:
        # Where lxml is there, entities beside the cells are left as they are; else the whole part is refused.
        found = [row.values for row in read(path).rows]
    except UserError as error:
        assert "is damaged" in str(error)  # noqa: PT017 - either is right
    else:
        assert part != SHEET
        assert found == before


def test_a_workbook_with_macros_is_read_as_values_and_nothing_of_them_is_kept(tmp_path: Path) -> None:
    made = parts()
    made["xl/vbaProject.bin"] = b"\xcc\x61" * 500
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    for name in ("macros.xlsm", "renamed.xlsx"):
        table = read(saved(tmp_path / name, made))
        assert [row.values for row in table.rows] == [("Task 0", "2026-03-01"), ("Task 1", "2026-03-01")]
    assert {path.name for path in tmp_path.iterdir()} == {"macros.xlsm", "renamed.xlsx"}


def test_what_a_file_is_counts_and_not_how_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "workbook.csv").write_bytes(saved(tmp_path / "x.xlsx", parts()).read_bytes())
    assert len(read(tmp_path / "workbook.csv").rows) == 2
    for name, data, said in (
        ("text.xlsx", b"Task\nOne\n", "not an Excel workbook"),
        ("paper.xlsx", b"%PDF-1.7\n", "not an Excel workbook"),
        ("letter.csv", saved(tmp_path / "y", {"word/document.xml": b"<w/>"}).read_bytes(), "not an Excel workbook"),
        ("open.ods", saved(tmp_path / "z", {"content.xml": b"<o/>"}).read_bytes(), "not an Excel workbook"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(2000), "not a spreadsheet"),
        ("program.csv", b"MZ\x90\0" + bytes(2000), "not a spreadsheet"),
    ):
        (tmp_path / name).write_bytes(data)
        assert said in refused(tmp_path / name), name


def test_a_directory_that_lies_of_sizes_gains_nothing(tmp_path: Path) -> None:
    made = parts()
    made[SHEET] = made[SHEET].replace(b"</sheetData>", b"<!--" + b" " * 3_000_000 + b"--></sheetData>")
    path = saved(tmp_path / "x.xlsx", made)
    size = struct.pack("<L", len(made[SHEET]))
    data = path.read_bytes()
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, struct.pack("<L", 2000)))
    assert "is damaged" in refused(path)


def test_a_million_rows_are_not_taken_in(tmp_path: Path) -> None:
    made = parts()
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(4, 1_000_001))
    made[SHEET] = made[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(UserError, match="more than"):
        read(saved(tmp_path / "x.xlsx", made))


def test_rows_that_reach_to_the_last_column_fill_no_memory(tmp_path: Path) -> None:
    made = parts()
    for cell in (b"<v>1</v>", b"", b"<f>1+1</f>"):
        rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="XFD%d">%s</c></row>' % (n, n, n, n, cell)
                        for n in range(4, 3_000))  # fmt: skip
        merged = b'</sheetData><mergeCells><mergeCell ref="XFD4:XFD3000"/></mergeCells>'
        sheet = made[SHEET].replace(b"</sheetData>", rows + merged)
        table = read(saved(tmp_path / "x.xlsx", {**made, SHEET: sheet}))
        assert len(table.rows) == 2_998
        assert sum(len(row.values) for row in table.rows) < 10_000


def test_a_line_of_millions_of_commas_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Task,Due\nOne," + "," * 5_000_000 + "\nTwo,," + "x," * 20_000 + "\n", encoding="utf-8")
    first, second = read(path).rows
    assert first.values == ("One",)
    assert len(second.values) == sheets.MOST_COLUMNS
