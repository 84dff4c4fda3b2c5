"""The top of the content: H1, one grey line, the search box and the page's buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from unnm_desktop.i18n import N_, Language
from unnm_desktop.ui.commands import Command, Commands
from unnm_desktop.ui.field_icon import FieldIcon
from unnm_desktop.ui.keyboard import keycap
from unnm_desktop.ui.letters import from_the_right
from unnm_desktop.ui.theme import Look
from unnm_desktop.ui.widgets import ElidedLabel, empty, put_icon

if TYPE_CHECKING:
    from unnm_desktop.ui.page_base import Page


GAP = 10


class SearchBox(QLineEdit):
    """The one search box; typing in it opens the palette."""

    def __init__(self, language: Language, look: Look) -> None:
        super().__init__()
        self.setObjectName("search")
        text = self._whole = language.tr(N_("Search or type a command"))
        # Where there is no room for all of it.
        self._short = language.tr(N_("Search"))
        self.setPlaceholderText(text)
        self.setAccessibleName(text)
        self.setAlignment(look.start())
        self._glass = FieldIcon(self, look)
        self._cap = QLabel(keycap("Ctrl+K"), self)
        self._cap.setProperty("role", "keycap")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rtl = look.rtl
        self.textChanged.connect(lambda text: self._cap.setHidden(bool(text)))
        self._least, self._most = 170, round(300 * look.text_size / 100)
        self.setMinimumWidth(self._least)
        self.setMaximumWidth(self._most)

    def draw_icon(self) -> None:
        """The glass at the start."""
        self._glass.draw("search")

    def sizeHint(self) -> QSize:
        return QSize(300, super().sizeHint().height())

    def leave(self, room: int) -> None:
        """Be no wider than this, as far as it can be."""
        self.setMaximumWidth(max(self._least, min(self._most, room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        x = 8 if self._rtl else self.width() - size.width() - 8
        self._cap.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
        words = self.fontMetrics().horizontalAdvance(self._whole)
        self._cap.setHidden(bool(self.text()) or self.width() < words + size.width() + 60)
        self.setPlaceholderText(self._whole if self.width() >= words + 50 else self._short)


class Header(QWidget):
    """What the shown page is, and what can be done first."""

    def __init__(self, language: Language, look: Look, commands: Commands) -> None:
        super().__init__()
        self._look, self._commands = look, commands
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(24, 16, 24, 10)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self.title = ElidedLabel(look, "", "h1")
        self.subline = ElidedLabel(look, "", "grey")
        self.search = SearchBox(language, look)
        buttons = QWidget()
        self._buttons = QHBoxLayout(buttons)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(GAP)
        self._tools = (self.search, buttons)
        # Whether the grey line has the whole width, under the search box and the buttons.
        self._across: bool | None = None
        grid.addWidget(self.title, 0, 0)
        self._stand(across=False)
        self.buttons: dict[str, QPushButton] = {}
        # The page whose grey line stands here.
        self._told: Page | None = None

    def _running(self, words: str) -> str:
        """Words of an Arabic window that begin with a currency run from the right all the same."""
        return from_the_right(words) if self._look.rtl else words

    def show_page(self, page: Page) -> None:
        """What this page says of itself, and buttons for the commands it names."""
        if page.counted:
            self._told, words = page, "" if page.void else self._running(page.subline())
        else:
            # The number before stays until the new one is known; of another page its place is kept.
            words = self.subline.text() if page is self._told else "\u00a0"
        self.title.setText(page.heading())
        self.subline.setText(words)
        self.subline.setVisible(bool(words))
        known = {command.id: command for command in self._commands.all()}
        # What is done first stands in the middle of an empty page.
        primary = None if page.void else known.get(page.primary)
        self._show_buttons([known[name] for name in page.secondary if name in known], primary)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Make room for the words about the page: the search box gives way before they are cut."""
        title = self.title.sizeHint().width()
        grey = self.subline.sizeHint().width() if self.subline.text() else 0
        beside = sum(one.sizeHint().width() + GAP for one in self.buttons.values())
        # A layout whose parts have changed forgets its place.
        margins = self._grid.contentsMargins()
        room = self.width() - margins.left() - margins.right() - GAP - beside
        self._stand(across=grey > room - self.search.minimumWidth())
        self.search.leave(room - (title if self._across else max(title, grey)))

    def _stand(self, *, across: bool) -> None:
        """Let the grey line stand beside the search box, or across under it where it would be cut."""
        if across == self._across:
            return
        self._across = across
        rows, columns = (1, 3) if across else (2, 1)
        for one in (self.subline, *self._tools):
            self._grid.removeWidget(one)
        self._grid.addWidget(self.subline, 1, 0, 1, columns)
        for column, one in enumerate(self._tools, 1):
            self._grid.addWidget(one, 0, column, rows, 1, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Ask again whether the buttons can be pressed."""
        for command in self._commands.all():
            if command.id in self.buttons:
                self.buttons[command.id].setEnabled(command.enabled())

    def _show_buttons(self, secondary: Sequence[Command], primary: Command | None) -> None:
        wanted = [*secondary, *([primary] if primary is not None else [])]
        if list(self.buttons) != [command.id for command in wanted]:
            empty(self._buttons)
            self.buttons = {}
            for command in wanted:
                made = QPushButton()
                role = "primary" if command is primary else ""
                if role:
                    made.setProperty("role", role)
                if command.icon:
                    put_icon(self._look, made, command.icon, role)
                made.clicked.connect(lambda _=False, name=command.id: self._commands.run(name))
                self._buttons.addWidget(made)
                self.buttons[command.id] = made
        for command in wanted:
            made = self.buttons[command.id]
            made.setText(self._commands.text(command).replace("&", "&&"))
            why = self._commands.why_not(command)
            made.setToolTip("\n".join(part for part in (self._commands.tooltip(command), why) if part))
            made.setAccessibleDescription(why)
            made.setEnabled(command.enabled())
