"""Lucide icons, read from the icon package's data file and tinted with the theme's colours."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform

if TYPE_CHECKING:
    import sqlcipher3

STROKE = "1.8"
APART = 4
# Icons that point along the line of reading; clocks, ticks and magnifiers stay as they are.
MIRRORED = frozenset(
    {
        "arrow-left", "arrow-right", "arrow-left-right", "book-open", "chart-gantt", "chevron-left", "chevron-right",
        "external-link", "file-text", "list", "list-ordered", "list-checks", "log-out", "panel-left", "panel-right",
        "redo-2", "send", "undo-2",
    }
)  # fmt: skip


@lru_cache(maxsize=1)
def data_file() -> Path | None:
    """The package's SQLite file of drawings, found without importing the package (its import is slow)."""
    spec = find_spec("lucide")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "data" / "lucide-icons.db"
    return path if path.exists() else None


@lru_cache(maxsize=1)
def _drawings() -> sqlcipher3.Connection | None:
    # The workspace's own engine: a second SQLite beside it would cost two megabytes. Here and below: no icon is drawn
    # before the first paint.
    import sqlcipher3

    path = data_file()
    return None if path is None else sqlcipher3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


@lru_cache(maxsize=256)
def drawing(name: str) -> str:
    """The SVG text of an icon; empty where the package of drawings is not installed.

    Raises:
        LookupError: the package has no drawing of that name.

    """
    database = _drawings()
    if database is None:
        return ""
    row = database.execute("SELECT svg FROM icons WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise LookupError(name)
    return str(row[0]).replace('stroke-width="2"', f'stroke-width="{STROKE}"')


class Icons:
    """Tinted icons for one direction, each drawn once."""

    def __init__(self, rtl: bool) -> None:
        self._rtl = rtl
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int = 18, ratio: float = 0.0) -> QPixmap:
        """The icon as a square pixmap of ``size`` logical pixels, for the screen's pixel ratio."""
        ratio = ratio or QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]  # there is one
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, size: int = 18) -> QIcon:
        """The icon for buttons and menus."""
        return QIcon(self.pixmap(name, colour, size))

    def beside_words(self, name: str, colour: str, disabled: str, size: int = 16) -> QIcon:
        """The icon of a button with words, ``APART`` wider than high; ``disabled`` is its colour while it rests."""
        icon = QIcon(self._apart(name, colour, size))
        icon.addPixmap(self._apart(name, disabled, size), QIcon.Mode.Disabled)
        return icon

    def _apart(self, name: str, colour: str, size: int) -> QPixmap:
        # Qt puts the words four pixels from an icon, and nothing changes that but a wider icon.
        drawn = self.pixmap(name, colour, size)
        ratio = drawn.devicePixelRatio()
        whole = QPixmap(QSize(size + APART, size) * ratio)
        whole.setDevicePixelRatio(ratio)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.drawPixmap(APART if self._rtl else 0, 0, drawn)
        painter.end()
        return whole

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        svg = drawing(name)
        if svg:
            from PySide6.QtSvg import QSvgRenderer

            painter = QPainter(pixmap)
            renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
            renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
            painter.end()
        if self._rtl and name in MIRRORED:
            pixmap = pixmap.transformed(QTransform().scale(-1, 1))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
