"""The whole history of a time as PDF: which days and language are asked, then it is written with a way to stop it."""

from __future__ import annotations

from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_, isolate, language_for
from unnm_desktop.services.audit_trail import LARGE
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.jobs import REPORTS

if TYPE_CHECKING:
    from unnm_desktop.db.engine import Database
    from unnm_desktop.progress import Progress
    from unnm_desktop.ui.main_window import MainWindow

TITLE = N_("Save the history as PDF")
COUNTED, EVERY = "counted", "every"
_LARGE = (
    (COUNTED, N_("Counted, with the first records")),
    (EVERY, N_("Every record (may be thousands of pages)")),
)
_LANGUAGES = (("en", N_("English")), ("ar", N_("Arabic")))


def _write(
    database: Database,
    days: tuple[date, date, tzinfo | None],
    on: date,
    code: str,
    digits: str,
    path: Path,
    large: int | None,
    *,
    progress: Progress,
) -> Path:
    from unnm_desktop.reports import audit_trail  # seldom wanted

    language = language_for(code, digits, paper=True)
    return audit_trail.write(database, audit_trail.Days(*days), on, language, path, progress, large).path


def _days(values: dict[str, Any]) -> dict[str, Any]:
    """What was chosen, once it makes sense."""
    problems = {name: N_("Enter a day.") for name in ("first", "last") if values[name] is None}
    if not problems and values["last"] < values["first"]:
        problems["last"] = N_("It lies before the first day.")
    if problems:
        raise Invalid(problems)
    return values


class HistoryPaper(QObject):
    """One for each wish; it goes when the file is written."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._path = Path()

    def ask(self) -> None:
        """Ask for days, language and place, then write."""
        desk, today = self._desk, self._desk.today()
        parts = (
            DateField("first", N_("From"), today.replace(month=1 if today.month < 7 else 7, day=1)),
            DateField("last", N_("To"), today),
            ChoiceField("code", N_("Language"), desk.language.code, _LANGUAGES),
            ChoiceField("large", N_("Imports and other large steps"), COUNTED, _LARGE),
        )
        chosen = FormDialog(desk, TITLE, parts, N_("Choose where"), _days, self._window).run()
        if chosen is None:
            self.deleteLater()
            return
        name = f"history-{chosen['first'].isoformat()}-{chosen['last'].isoformat()}-{chosen['code']}.pdf"
        path = desk.ask.save_file(desk.tr(TITLE), name, "PDF (*.pdf)")
        if path is None:
            self.deleteLater()
            return
        days = (chosen["first"], chosen["last"], desk.clock().tzinfo)
        digits = desk.language.digits if chosen["code"] == desk.language.code else "latn"
        desk.jobs.run(
            _write,
            desk.hub.database,
            days,
            today,
            chosen["code"],
            digits,
            path if path.suffix else path.with_suffix(".pdf"),
            LARGE if chosen["large"] == COUNTED else None,
            done=self._written,
            failed=self._failed,
            progress=True,
            lane=REPORTS,
            text=desk.tr(N_("Writing the history")),
        )

    def _written(self, path: Path) -> None:
        self._path = path
        self._desk.say(
            self._desk.tr(N_("Saved: {file}"), file=isolate(path.name)), self._desk.tr(N_("Open it")), self._open
        )

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.notice.show_message(self._desk.tr(error.message, **error.values), "bad")


def save_history(window: MainWindow) -> None:
    """Write the history as PDF; what is to be in it is asked."""
    HistoryPaper(window).ask()
