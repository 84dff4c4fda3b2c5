"""The page before any workspace is open: set one up, open one, look around, or go on with a recent one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from unnm_desktop import paths
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.inline_bar import InlineBar
from unnm_desktop.ui.link import Link
from unnm_desktop.ui.mark import Mark
from unnm_desktop.ui.recent_menu import GONE, missing
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.widgets import Card, ElidedLabel, Pill, button, icon_button, label, row

if TYPE_CHECKING:
    from unnm_desktop.errors import UserError

# A switch to the other language is written in that language.
OTHER_LANGUAGE = {"en": ("ar", "العربية"), "ar": ("en", "English")}


@dataclass(frozen=True)
class Doors:
    """What can be done here."""

    new: Callable[[], object]
    begin: Callable[[], object]
    open_one: Callable[[], object]
    open_path: Callable[[Path], object]
    restore: Callable[[], object]
    look_around: Callable[[], object]
    sample_anew: Callable[[], object]
    forget: Callable[[str], object]


class Welcome(QWidget):
    """Four doors at the start side, the recent workspaces at the end side."""

    def __init__(self, desk: Desk, doors: Doors, trouble: UserError | None = None, path: Path | None = None) -> None:
        """``trouble`` is why there is no workspace, and ``path`` which one was meant."""
        super().__init__()
        self.desk, self.doors = desk, doors
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(desk.tr(N_("Welcome")))
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 24)
        column.setSpacing(14)
        column.addLayout(self._top())
        self.bar = InlineBar(desk)
        column.addWidget(self.bar)
        if trouble is not None:
            self._say(trouble, path)
        area = ScrollColumn(margins=(0, 0, 0, 0))
        column.addWidget(area, 1)
        area.column.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(32)
        across.addStretch(1)
        across.addWidget(self._doors(), 6)
        self._recent_lines: dict[str, _RecentLine] = {}
        if desk.settings.recent:
            across.addWidget(self._recent(), 5)
        across.addStretch(1)
        area.column.addLayout(across)
        area.column.addStretch(2)
        if desk.settings.recent:
            desk.jobs.run(missing, tuple(desk.settings.recent), done=self._mark_missing)

    def _top(self) -> QHBoxLayout:
        code, name = OTHER_LANGUAGE[self.desk.language.code]
        line = QHBoxLayout()
        line.addStretch(1)
        self.other_language = button(self.desk.look, name, lambda: self._speak(code), "link", "languages")
        line.addWidget(self.other_language)
        return line

    def _speak(self, code: str) -> None:
        digits = "arab" if code == "ar" else "latn"
        self.desk.wishes.settings_wanted.emit(replace(self.desk.settings, language=code, digits=digits))

    def _say(self, trouble: UserError, path: Path | None) -> None:
        text = self.desk.tr(trouble.message, **trouble.values)
        if path is None:
            self.bar.show_message(text, "bad")
        else:
            again = self.desk.tr(N_("Try again"))
            self.bar.show_message(text, "bad", again, lambda: self.doors.open_path(path))

    def _doors(self) -> QWidget:
        look, tr = self.desk.look, self.desk.tr
        holder = QWidget()
        holder.setMaximumWidth(round(460 * max(1.0, look.text_size / 100)))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Mark(look, 56))
        column.addSpacing(6)
        column.addWidget(label(look, tr(N_("Welcome")), "h1"))
        words = tr(
            N_("The working tool of the secretariat of a UN Network on Migration. It works without the internet.")
        )
        column.addWidget(label(look, words, "grey", wrap=True))
        column.addSpacing(10)
        self.new = button(look, tr(N_("Set up a network")), self.doors.new, "primary", "plus")
        self.open_one = button(look, tr(N_("Open a workspace…")), self.doors.open_one, "", "folder-open")
        begin = tr(N_("Begin from a colleague's package…"))
        self.begin = button(look, begin, self.doors.begin, "", "download")
        self.look_around = button(look, tr(N_("Look around with sample data")), self.doors.look_around, "", "eye")
        for one in (self.new, self.begin, self.open_one, self.look_around):
            one.setMinimumHeight(round(36 * max(1.0, look.text_size / 100)))
            column.addWidget(one)
        column.addWidget(
            label(look, tr(N_("The sample is a file of its own; nothing in it is real.")), "small", wrap=True)
        )
        made = paths.sample_workspace()
        if made.exists():
            self.anew = button(look, tr(N_("Make the sample anew, up to today")), self.doors.sample_anew, "link")
            column.addWidget(row(self.anew))
        self.restore = button(look, tr(N_("Restore a backup…")), self.doors.restore, "link", "archive-restore")
        column.addWidget(row(self.restore))
        words = tr(N_("A workspace or a package can also be dropped on this window."))
        column.addWidget(label(look, words, "small", wrap=True))
        return holder

    # Recent workspaces -----------------------------------------------------------------------------------------------

    def _recent(self) -> QWidget:
        desk = self.desk
        card = Card(16)
        card.column.setSpacing(4)
        card.column.addWidget(label(desk.look, desk.tr(N_("Recent workspaces")), "h2"))
        for path in desk.settings.recent:
            line = _RecentLine(self, path)
            self._recent_lines[path] = line
            card.column.addWidget(line)
        card.column.addStretch(1)
        return card

    def _mark_missing(self, missing: frozenset[str]) -> None:
        for path in missing:
            if path in self._recent_lines:
                self._recent_lines[path].show_missing()

    def forget(self, path: str) -> None:
        """Take a workspace out of the list; the file itself is left alone."""
        self.doors.forget(path)
        line = self._recent_lines.pop(path, None)
        if line is not None:
            line.hide()
            line.deleteLater()

    def busy(self, *, making: bool) -> None:
        """While the sample is made, nothing else is begun."""
        for one in (self.new, self.begin, self.open_one, self.look_around):
            one.setEnabled(not making)


class _RecentLine(QWidget):
    """A workspace opened before: its name, where it lies, and a cross to take it out of the list."""

    def __init__(self, page: Welcome, path: str) -> None:
        super().__init__()
        self._page, self._path = page, path
        desk, name = page.desk, Path(path).stem
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.link = Link()
        self.link.setProperty("role", "link")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.show_text(name)
        self.link.setToolTip(isolate(path))
        self.link.setAccessibleName(name)
        self.link.clicked.connect(self._open)
        words.addWidget(row(self.link))
        self.where = ElidedLabel(desk.look, isolate(str(Path(path).parent)), "small")
        self.where.setContentsMargins(8, 0, 8, 0)
        words.addWidget(self.where)
        line.addLayout(words, 1)
        self.pill = Pill(desk.look, desk.tr(N_("Not there now")), "warn")
        self.pill.setMinimumWidth(self.pill.sizeHint().width())
        self.pill.hide()
        line.addWidget(self.pill)
        forget = desk.tr(N_("Take {name} out of this list"), name=name)
        self.cross = icon_button(desk.look, "x", forget, self._forget, 16)
        line.addWidget(self.cross)

    def _open(self) -> None:
        self._page.doors.open_path(Path(self._path))

    def _forget(self) -> None:
        self._page.forget(self._path)

    def show_missing(self) -> None:
        """The file is not where it was; its stick or folder may come back."""
        desk = self._page.desk
        self.link.setEnabled(False)
        self.pill.show()
        words = desk.tr(GONE)
        self.setToolTip(words)
        self.link.setAccessibleDescription(words)
