"""The picture at the head of a document: drawn once, at the start side, the same bytes twice; bad ones are refused."""

from __future__ import annotations

import io
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image

from unnm_desktop.errors import UserError
from unnm_desktop.typeset import picture
from unnm_desktop.typeset.blocks import Furniture, Paragraph
from unnm_desktop.typeset.document import render_bytes


def png(width: int, height: int, mode: str = "RGBA") -> bytes:
    made = io.BytesIO()
    colour = (0, 110, 160, 128) if mode == "RGBA" else (0, 110, 160)
    Image.new(mode, (width, height), colour).save(made, "PNG")
    return made.getvalue()


def pdf(logo: bytes, language: str = "en") -> bytes:
    around = Furniture("Minutes", "UN Network on Migration", language=language, logo=logo)
    return render_bytes([Paragraph("Words under it.")] * 60, around)


def boxes(data: bytes) -> list[list[tuple[float, float, float, float]]]:
    document = pypdfium2.PdfDocument(data)
    try:
        image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        return [[one.get_bounds() for one in page.get_objects([image])] for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_logo_heads_the_first_page_at_the_start_side(mode: str, language: str) -> None:
    data = pdf(png(300, 100, mode), language)
    first, *others = boxes(data)
    assert others
    assert all(page == [] for page in others)
    ((left, bottom, right, top),) = first
    assert right - left == pytest.approx(3 * (top - bottom), rel=0.02)
    assert (left + right) / 2 < 297 if language == "en" else (left + right) / 2 > 297
    assert pdf(png(300, 100, mode), language) == data


def test_a_document_without_a_logo_has_no_picture() -> None:
    assert all(page == [] for page in boxes(pdf(b"")))


def test_a_wide_logo_stays_within_the_page() -> None:
    ((left, _, right, _),) = boxes(pdf(png(3000, 60)))[0]
    assert right - left < 300


def bomb() -> bytes:
    """A small file that says it is 60,000 by 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    parts = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")):
        parts += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return parts


@pytest.mark.parametrize("data", [b"x", b"GIF89a" + bytes(50), png(40, 40)[:60], bomb(), b"<svg/>", bytes(3 << 20)])
def test_what_is_no_picture_for_paper_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserError):
        picture.read(data)


def test_a_picture_of_too_many_pixels_is_refused_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="million pixels"):
        picture.read(bomb())
    monkeypatch.setattr(picture, "MOST_PIXELS", 1599)
    with pytest.raises(UserError, match="million pixels"):
        picture.read(png(40, 40))
