"""Reads a QR code of version 5 from the pixels of a printed page, by the standard and without the encoder.

ISO/IEC 18004: where the squares are, the mask, the order of the bytes, letters in pairs. Nothing is corrected, so one
wrong square is found.
"""

from __future__ import annotations

from PIL.Image import Image

SIDE = 37
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
_BLOCKS = (15, 15, 16, 16)
"""Bytes of data of the four blocks of version 5, correction Q."""


def squares(page: Image) -> list[list[bool]]:
    """The squares of the one code of a page; the code is what is dark and no table, at the side away from it."""
    grey = page.convert("L").point(lambda value: 255 if value < 60 else 0)
    left, top, right, bottom = _code(grey)
    step_x, step_y = (right - left) / SIDE, (bottom - top) / SIDE
    return [
        [grey.getpixel((left + (c + 0.5) * step_x, top + (r + 0.5) * step_y)) != 0 for c in range(SIDE)]
        for r in range(SIDE)
    ]


def _code(grey: Image) -> tuple[int, int, int, int]:
    """Where the code is: the finder patterns' long dark edges begin and end it."""
    width, height = grey.size
    for left, right in ((0, width * 2 // 7), (width * 5 // 7, width)):
        part = grey.crop((left, height // 5, right, height * 9 // 20))
        for at in range(part.height):
            row = [x for x in range(part.width) if part.getpixel((x, at))]
            if len(row) > 40:
                found = part.crop((0, at, part.width, part.height)).crop(
                    (row[0], 0, row[-1] + 1, min(row[-1] + 1 - row[0], part.height - at))
                )
                if abs(found.width - found.height) < 3 and found.histogram()[255] > found.width * found.height // 3:
                    return (left + row[0], height // 5 + at, left + row[-1] + 1, height // 5 + at + found.width)
    raise AssertionError("no code on the page")


def _reserved(r: int, c: int) -> bool:
    corner = (r < 9 and (c < 9 or c >= SIDE - 8)) or (r >= SIDE - 8 and c < 9)
    return corner or r == 6 or c == 6 or (28 <= r <= 32 and 28 <= c <= 32)


def read(code: list[list[bool]]) -> str:
    """The text of the squares."""
    for r, c in ((0, 0), (0, SIDE - 7), (SIDE - 7, 0)):
        ring = [code[r + y][c + x] for y in range(7) for x in range(7)]
        assert ring == [max(abs(y - 3), abs(x - 3)) != 2 for y in range(7) for x in range(7)], "a finder pattern"
    form = [code[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [code[r][8] for r in (7, 5, 4, 3, 2, 1, 0)]
    told = int("".join("1" if one else "0" for one in form), 2) ^ 0b101010000010010
    assert told >> 13 == 0b11, "correction Q"
    mask = _MASKS[told >> 10 & 0b111]
    bits = []
    upwards = True
    for right in (*range(SIDE - 1, 6, -2), 5, 3, 1):
        for r in range(SIDE - 1, -1, -1) if upwards else range(SIDE):
            bits += [code[r][c] ^ mask(r, c) for c in (right, right - 1) if not _reserved(r, c)]
        upwards = not upwards
    words = [int("".join("1" if bit else "0" for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    blocks: list[list[int]] = [[], [], [], []]
    waiting = iter(words)
    for place in range(max(_BLOCKS)):
        for block, size in zip(blocks, _BLOCKS, strict=True):
            if place < size:
                block.append(next(waiting))
    stream = "".join(f"{word:08b}" for block in blocks for word in block)
    assert stream[:4] == "0010", "letters in pairs"
    count, at, text = int(stream[4:13], 2), 13, ""
    while len(text) < count:
        size = 11 if count - len(text) > 1 else 6
        value = int(stream[at : at + size], 2)
        text += _LETTERS[value // 45] + _LETTERS[value % 45] if size == 11 else _LETTERS[value]
        at += size
    return text
