"""What a package brings, counted, each with the sign of its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import empty, label, row

if TYPE_CHECKING:
    from unnm_desktop.i18n import Language
    from unnm_desktop.services.handover.planning import Preview


class Counts(QWidget):
    """New, changed, and what needs a decision; what there is none of is left out."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_preview(self, preview: Preview, language: Language, undecided: int) -> None:
        """Count what this one holds, and how much of it is still to be decided."""
        empty(self._column)
        new, changed = len(preview.new), len(preview.changed)
        ntr = language.ntr
        if new:
            self._add("plus", "good", ntr("{n} new record", "{n} new records", new))
        if changed:
            self._add("check", "info", ntr("{n} record changed", "{n} records changed", changed))
        if undecided:
            self._add("triangle-alert", "warn", ntr("{n} needs your decision", "{n} need your decision", undecided))
        elif preview.conflicts:
            self._add("circle-check", "good", language.tr(N_("All are decided")))

    def _add(self, icon: str, tone: str, words: str) -> None:
        look = self._look
        sign = label(look)
        sign.setPixmap(look.icons.pixmap(icon, look.tokens.tone(tone)[0], look.with_text(18)))
        self._column.addWidget(row(sign, label(look, words, wrap=True), spacing=10, stretch=1))
