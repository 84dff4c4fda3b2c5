"""One line of an inspector that opens to the fields of a part: a budget line, an indicator, a deliverable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.widgets import ElidedLabel, icon_button, label


class Fold(QWidget):
    """A title with a detail at its end; a click anywhere opens or closes it, a cross takes the part away."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        detail: str,
        toggle: Callable[[], object],
        *,
        opened: bool,
        remove: Callable[[], object] | None = None,
    ) -> None:
        """Texts are translated."""
        super().__init__()
        self.title = title
        self._toggle = toggle
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        look = desk.look
        says = N_("Hide {name}") if opened else N_("Show {name}")
        self.arrow = icon_button(
            look, "chevron-down" if opened else "chevron-right", desk.tr(says, name=title), toggle, 16
        )
        line.addWidget(self.arrow)
        line.addWidget(ElidedLabel(look, title, "strong" if opened else ""), 1)
        if detail:
            line.addWidget(label(look, detail, "grey"))
        if remove is not None:
            self.take_away = icon_button(look, "x", desk.tr(N_("Remove {name}"), name=title), remove, 14)
            line.addWidget(self.take_away)
        self.setFocusProxy(self.arrow)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            # Opening builds the column anew; this line must not vanish under its own event.
            QTimer.singleShot(0, self, self._toggle)
            return
        super().mouseReleaseEvent(event)
