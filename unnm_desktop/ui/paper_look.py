"""How a paper looks, small: the first page of a PDF, or the picture that it is."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.ui.jobs import REPORTS
from unnm_desktop.ui.preview import measure, render

if TYPE_CHECKING:
    from unnm_desktop.db.attachments import Attachment
    from unnm_desktop.ui.desk import Desk

WIDE, HIGH = 240, 180
# Larger files, and pictures of more points, are not worth the wait.
LARGEST, POINTS = 20_000_000, 50_000_000
PDF, PICTURE = "application/pdf", "image/"


def first_look(get: Callable[[str], bytes], digest: str, media: str, box: QSize) -> QImage:
    """Draw the paper into so many points, on the reports' thread; a null image where that cannot be done."""
    try:
        data = get(digest)
    except (KeyError, UserError):
        # Whoever opens the file is told.
        return QImage()
    return _page(data, box) if media == PDF else _picture(data, box)


def _page(data: bytes, box: QSize) -> QImage:
    import pypdfium2  # as for the preview

    try:
        wide, high = measure(data).sizes[0]
        return render(data, 0, min(box.width() / wide, box.height() / high))
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError):
        # Damaged, locked by a password or without a page.
        return QImage()


def _picture(data: bytes, box: QSize) -> QImage:
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > POINTS:
        return QImage()
    image = reader.read()
    # As it lies after it was turned.
    small = image.width() <= box.width() and image.height() <= box.height()
    ways = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image if image.isNull() or small else image.scaled(box, *ways)


class PaperLook(QLabel):
    """Out of sight until it is drawn, and for good where the file has no look."""

    def __init__(
        self, desk: Desk, get: Callable[[str], bytes], file: Attachment, known: MutableMapping[str, QImage]
    ) -> None:
        """``known`` are the looks that were drawn already, by the hash of the file."""
        super().__init__()
        self._desk, self._get, self._known = desk, get, known
        self._digest, self._media = file.sha256, file.media_type
        self.setAccessibleName(desk.tr(N_("Small picture of {file}"), file=file.name))
        self.setAlignment(desk.look.start())
        self.hide()
        drawable = file.size <= LARGEST and (self._media == PDF or self._media.startswith(PICTURE))
        if self._digest in known:
            self._show(known[self._digest])
        elif drawable:
            box = QSize(WIDE, HIGH) * self.devicePixelRatioF()
            asked = (get, self._digest, self._media, box)
            desk.jobs.run(first_look, *asked, done=self._drawn, failed=self._failed, lane=REPORTS)

    def _drawn(self, image: QImage) -> None:
        self._known[self._digest] = image
        self._show(image)

    def _failed(self, error: Exception) -> None:
        # Not told once the panel is gone: a lock may have wiped the key meanwhile.
        raise error

    def _show(self, image: QImage) -> None:
        if image.isNull():
            return
        shown = QPixmap.fromImage(image)
        painter = QPainter(shown)
        # A white page would have no edge on a white panel.
        painter.setPen(self._desk.look.colour("edge"))
        painter.drawRect(shown.rect().adjusted(0, 0, -1, -1))
        painter.end()
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(shown)
        self.setVisible(True)
