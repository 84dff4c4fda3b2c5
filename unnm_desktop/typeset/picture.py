"""A picture for the head of a document: looked at before it is kept, small enough for paper, drawn at its own shape."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_

MOST_BYTES = 2 << 20
MOST_PIXELS = 25_000_000
# 18 mm at 300 dots an inch; more is never seen on paper.
TALLEST = 400
WIDEST = 1400


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a picture: RGB in rows from the top, and how much each is seen (nothing when all are)."""

    width: int
    height: int
    rgb: bytes
    alpha: bytes = b""


def read(data: bytes) -> Picture:
    """The pixels of a PNG or JPEG.

    Raises:
        UserError: it is no such picture, or too large; the sentence says what to do.

    """
    from PIL import Image  # with the first document that has a picture

    if len(data) > MOST_BYTES:
        raise UserError(N_("This picture is larger than {limit} MB. Choose a smaller one."), limit=MOST_BYTES >> 20)
    unusable = UserError(N_("This is not a PNG or JPEG picture that can be printed. Choose another one."))
    endless = UserError(
        N_("This picture has more than {limit} million pixels. Make it smaller, and choose it again."),
        limit=MOST_PIXELS // 10**6,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise endless
                made = opened.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise endless from error
    except (OSError, ValueError, SyntaxError) as error:
        raise unusable from error
    made.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    alpha = made.getchannel("A").tobytes()
    seen = alpha.count(b"\xff") == len(alpha)
    return Picture(made.width, made.height, made.convert("RGB").tobytes(), b"" if seen else alpha)
