"""A time of day as people type it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.moments import time_of_day


class TimeField(TextField):
    """Hours and minutes; "" where none is given."""

    def make_input(self) -> QWidget:
        made = super().make_input()
        if not self.hint:
            self.line.setPlaceholderText(self.desk.tr(N_("For example 10:00")))
        return made

    def show_value(self, value: Any) -> None:
        super().show_value(self.desk.language.time(value))

    def read_input(self) -> Any:
        text = self.line.text().strip()
        return time_of_day(text) if text else ""
