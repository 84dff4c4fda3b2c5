"""The window is painted before anything heavy is imported, and then opens the workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests import patience
from unnm_desktop import settings
from unnm_desktop.db.engine import Database
from unnm_desktop.services import sample
from unnm_desktop.settings import Settings

FIRST_PAINT = """
import gc, sys
gc.disable()
import unnm_desktop.ui
from PySide6 import QtWidgets
from unnm_desktop.app import App, application
from unnm_desktop.deferred import Deferred
app = application()
desktop = App(app, None)
heavy = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "PIL", "numpy", "asyncio", "pypdfium2", "uharfbuzz"}
heavy |= {"lucide", "sqlite3", "sqlcipher3", "zoneinfo", "decimal", "tomllib", "uuid", "PySide6.QtSvg"}
heavy |= {"argparse", "bz2", "gettext", "json", "logging", "lzma", "shutil", "tempfile", "traceback"}
heavy |= {"shibokensupport.signature." + name for name in ("errorhandler", "layout", "parser", "lib.pyi_generator")}
def painted():
    # Classes that Qt makes for Python only when one of all widgets, styles or dialogs is asked for.
    loaded = {name for name, one in sys.modules.items() if not isinstance(one, Deferred)}
    slow = {"QWizard", "QStyle", "QMessageBox"} & set(vars(QtWidgets))
    print("painted", sorted(heavy & loaded), sorted(slow), "collected" if gc.isenabled() else "")
    app.quit()
desktop._load = painted
desktop.window.draw_icons = lambda: None
desktop.start()
app.exec()
"""

OPENS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from unnm_desktop.app import App, application
app = application()
desktop = App(app, Path(sys.argv[1]))
desktop.ready.connect(lambda: (print(desktop.window.status.saved.text()), QTimer.singleShot(0, app.quit)))
desktop.start()
app.exec()
desktop.close()
"""

# Every class of widget costs ten milliseconds and more: one of them asked for as a plain widget is enough.
SHOWS = """
import sys
from pathlib import Path
from PySide6 import QtWidgets
from unnm_desktop.app import App, application
app = application()
desktop = App(app, Path(sys.argv[1]))
heavy = {"alembic", "asyncio", "email", "hashlib", "openpyxl", "PIL", "pikepdf", "reportlab", "socket", "ssl"}
# Records, lists and duties that Today is shown without.
heavy |= {"unnm_desktop.db." + name for name in ("entities", "actions", "meetings", "organisations", "people")}
heavy |= {"unnm_desktop.db.networks", "unnm_desktop.db.workplans", "unnm_desktop.services.today_queries"}
heavy |= {"unnm_desktop.services." + name for name in ("compliance", "facets", "listing", "networks", "organisations")}
def shown():
    from unnm_desktop.db.base import Base
    print({"QWizard", "QMessageBox"} & set(vars(QtWidgets)) or "few classes", sorted(heavy & set(sys.modules)))
    # SQLAlchemy has looked at none of the classes of records.
    print([mapper.class_.__name__ for mapper in Base.registry.mappers])
    app.quit()
desktop.shown.connect(shown)
desktop.start()
app.exec()
desktop.close()
"""

# What words them is put off, and SQLAlchemy copies what lists say of themselves.
WRONG = """
import unnm_desktop.ui
from PySide6.QtCore import QMimeData, QPoint
said = list.append.__doc__
for wrong in (lambda: QPoint("a"), lambda: QMimeData().setText(QPoint())):
    try:
        wrong()
    except TypeError as error:
        print(str(error).splitlines()[-1].strip())
print(QPoint.manhattanLength.__doc__.splitlines()[0], "-", said == list.append.__doc__)
"""


def run(code: str, home: Path, *arguments: str) -> str:
    environment = {**os.environ, "UNNM_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=patience.SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_first_paint_imports_nothing_heavy(home: Path) -> None:
    settings.save(Settings(officer="Amina"))
    assert run(FIRST_PAINT, home) == "painted [] [] \n"


def test_a_wrong_call_is_told_in_the_words_of_qt(home: Path) -> None:
    assert run(WRONG, home).splitlines() == [
        "PySide6.QtCore.QPoint.__init__(xpos: int, ypos: int, /)",
        "PySide6.QtCore.QMimeData.setText(text: str, /)",
        "manhattanLength(self, /) -> int - True",
    ]


def test_a_workspace_opens_after_the_first_paint(home: Path, template: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.unnm"
    path.write_bytes(template.read_bytes())
    Database(path).close()
    assert "All changes saved" in run(OPENS, home, str(path))


def test_today_is_shown_with_few_classes_and_modules(home: Path, template: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.unnm"
    path.write_bytes(template.read_bytes())
    with Database(path) as made:
        sample.build(made, on=datetime.now(UTC).date(), years=1)
    assert run(SHOWS, home, str(path)) == "few classes []\n[]\n"


def test_a_file_that_is_no_workspace_is_told_in_words(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "letter.unnm"
    path.write_text("Dear all")
    code = OPENS.replace(
        "desktop.window.status.saved.text()",
        "desktop.window.stack.guest.bar.message()",
    )
    assert "letter.unnm is not a UNNM workspace" in run(code, home, str(path))
