"""ReportLab's writer of PDF objects, loaded without Pillow: eight megabytes for pictures, which we read ourselves."""

from __future__ import annotations

from unnm_desktop.deferred import Deferred, standing_in

_PILLOW = Deferred("PIL")
vars(_PILLOW)["Image"] = Deferred("PIL.Image")
with standing_in(_PILLOW):
    from reportlab.pdfbase import pdfdoc

__all__ = ["pdfdoc"]
