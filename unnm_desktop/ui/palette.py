"""Ctrl+K: records and commands in one list under one box, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from unnm_desktop.db.text import fold
from unnm_desktop.i18n import N_, language_for
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.commands import Commands
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.keyboard import keycap
from unnm_desktop.ui.matching import fit
from unnm_desktop.ui.palette_list import Found, FoundDelegate, FoundModel, FoundRole, Index, row_height
from unnm_desktop.ui.widgets import label, rule

if TYPE_CHECKING:
    from unnm_desktop.ui.finding import Finder

WIDTH, TOP = 620, 96
MOST_ROWS = 10
# An Arabic line shows the first sign as its mirror image, so whichever is typed is meant.
PREFIXES = {">": ">", "<": ">", "@": "@", "#": "#"}
DIM = 0.35


class Palette(QWidget):
    """Lies over the whole window and dims it; ">" looks among commands, "@" among members, "#" among action points."""

    def __init__(
        self,
        desk: Desk,
        commands: Commands,
        finder: Finder | None,
        window: QWidget,
        text: str = "",
        page: QWidget | None = None,
    ) -> None:
        """``page`` is what is looked at: its buttons are found like commands."""
        super().__init__(window)
        self._desk, self._commands, self._finder = desk, commands, finder
        self._before = QApplication.focusWidget()
        self._turn, self._answered = 0, 0
        self._enter = False
        self._gone = False
        self._pointer = QCursor.pos()
        self._everything = False
        other = language_for("en" if desk.look.rtl else "ar")
        self._command_words = [
            (command, fold(commands.text(command)), fold(other.tr(command.text, **command.values)))
            for command in commands.all()
            if command.id != "palette"
        ]
        # What a button is called says more than its word where that is short: Organisation: ESCWA, Show 3 records.
        self._button_words = (
            [(one, one.accessibleName() or _plain(one.text())) for one in _pressable(page)] if page is not None else []
        )
        self.setAccessibleName(desk.tr(N_("Search or type a command")))
        # Seen through, every key would have the whole page painted anew; a picture of it is as good and at once there.
        self._picture: QPixmap | None = window.grab()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._build(text)
        window.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)
        self._look_up()

    def _build(self, text: str) -> None:
        desk, look = self._desk, self._desk.look
        self.card = QFrame(self)
        self.card.setObjectName("palette")
        column = QVBoxLayout(self.card)
        column.setContentsMargins(6, 8, 6, 6)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setContentsMargins(14, 2, 12, 2)
        line.setSpacing(12)
        glass = QLabel()
        glass.setPixmap(look.icons.pixmap("search", look.tokens.text2, look.with_text(20)))
        line.addWidget(glass)
        self.box = QLineEdit(text)
        self.box.setFont(look.font(1.2))
        words = desk.tr(N_("Search or type a command"))
        self.box.setPlaceholderText(words)
        self.box.setAccessibleName(words)
        self.box.setAccessibleDescription(
            desk.tr(N_("Type > for commands, @ for members and people, # for action points."))
        )
        self.box.setAlignment(look.start())
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._typed)
        line.addWidget(self.box, 1)
        line.addWidget(label(look, keycap("Esc"), "keycap"), 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(line)
        column.addWidget(rule())
        self.list = QListView()
        self.list.setAccessibleName(desk.tr(N_("Results")))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self._model = FoundModel()
        self.list.setModel(self._model)
        self.list.setItemDelegate(FoundDelegate(desk, self.list))
        self.list.entered.connect(self._pointed)
        self.list.clicked.connect(self._take)
        column.addWidget(self.list)
        self.hint = label(look, desk.tr(N_("> commands   @ members and people   # action points")), "small")
        self.hint.setContentsMargins(14, 2, 14, 4)
        column.addWidget(self.hint)

    # Looking up ------------------------------------------------------------------------------------------------------

    def results(self) -> list[Found]:
        """What is listed now."""
        return list(self._model.found)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._answered != self._turn

    def _asked(self) -> tuple[str, str]:
        """The prefix and the words that were typed."""
        typed = self.box.text().strip()
        prefix = PREFIXES.get(typed[:1], "")
        return prefix, typed[len(prefix) :].strip()

    def _typed(self) -> None:
        self._everything = False
        self._look_up()

    def _show_everything(self) -> None:
        self._everything = True
        self._look_up()

    def _look_up(self) -> None:
        # One search at a time: keys typed meanwhile are answered together, by one more for what stands there then.
        busy = self.waiting
        self._turn += 1
        if not busy:
            self._ask()

    def _ask(self) -> None:
        turn = self._turn
        prefix, words = self._asked()

        def answered(records: list[Found], more: bool) -> None:
            if isValid(self) and not self._gone:
                self._answer(turn, prefix, words, records, self._rest() if more else ())

        if self._finder is None or prefix == ">":
            answered([], False)
        elif self._everything:
            self._finder.look_up_all(words, prefix, answered)
        else:
            self._finder.look_up(words, prefix, answered)

    def _rest(self) -> tuple[Found, ...]:
        said = self._desk.tr(N_("Show everything that was found"))
        return (Found(said, "", self._show_everything, "list", stays=True),)

    def _answer(self, turn: int, prefix: str, words: str, records: list[Found], rest: Sequence[Found]) -> None:
        if turn != self._turn:
            self._ask()
            return
        self._answered = turn
        folded = fold(words)
        found = [*records, *(self._fitting(folded) if prefix in ("", ">") else ())]
        if words:
            # Stable: records stand before commands that fit alike.
            found.sort(key=lambda one: one.fit)
        self._show([*found, *rest] or self._nothing(prefix, words), folded.split())
        if self._enter:
            self._enter = False
            self._take(self.list.currentIndex())

    def _fitting(self, folded: str) -> list[Found]:
        kind, found, seen = self._desk.tr(N_("Command")), [], set()
        for command, words, other in self._command_words:
            fits = [how for how in (fit(folded, words), fit(folded, other)) if how is not None]
            if fits and command.enabled() and words not in seen:
                seen.add(words)
                run = lambda name=command.id: self._commands.run(name)  # noqa: E731 - binds the loop's name
                keys = self._commands.keys(command)
                found.append(Found(self._commands.text(command), kind, run, command.icon or "command", keys, min(fits)))
        return [*found, *self._fitting_buttons(folded, kind, seen)]

    def _fitting_buttons(self, folded: str, kind: str, seen: set[str]) -> list[Found]:
        found = []
        for made, words in self._button_words:
            how = fit(folded, fold(words))
            # The page may have been read anew under the open list.
            if how is not None and isValid(made) and made.isEnabled() and fold(words) not in seen:
                seen.add(fold(words))
                found.append(Found(words, kind, partial(_click, made), "command", "", how))
        return found

    def _nothing(self, prefix: str, words: str) -> list[Found]:
        tr = self._desk.tr
        said = tr(N_("Nothing matches “{text}”."), text=words) if words else tr(N_("Nothing was looked at lately."))
        found = [Found(said, "", None, "search")]
        finder = self._finder
        if words and prefix in ("", "#") and finder is not None and finder.can_create():
            title = tr(N_("New action point “{text}”"), text=words)
            found.append(Found(title, "", lambda: finder.create_action(words), "plus"))
        return found

    def _show(self, found: Sequence[Found], words: Sequence[str]) -> None:
        self._model.show_found(found, words)
        first = next((row for row, one in enumerate(found) if one.run is not None), 0)
        self.list.setCurrentIndex(self._model.index(first, 0))
        self._fit()
        if self._asked()[1]:
            count = sum(one.run is not None for one in found)
            first_one = str(self._model.index(first, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            counted = self._desk.language.ntr("{n} result", "{n} results", count)
            announce(self, f"{counted}. {first_one}")

    # Choosing --------------------------------------------------------------------------------------------------------

    def _take(self, index: Index) -> None:
        item = index.data(FoundRole) if index.isValid() else None
        if item is not None and item.run is not None:
            if not item.stays:
                self.leave()
            item.run()

    def _pointed(self, index: Index) -> None:
        # Rows that the keys scroll under a pointer at rest enter it too; the keys go on from where they are.
        if QCursor.pos() != self._pointer:
            self._pointer = QCursor.pos()
            self.list.setCurrentIndex(index)

    def _step(self, step: int) -> None:
        row = min(self._model.rowCount() - 1, max(0, self.list.currentIndex().row() + step))
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        announce(self, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def leave(self) -> None:
        """Close and give the keyboard back to where it was."""
        if self._gone:
            return
        self._gone = True
        self.hide()
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._key(Qt.Key(event.key()) if event.key() in _KEYS else None)
            if event.type() == QEvent.Type.FocusOut:
                # After the event: what took the keyboard may be this very list, or another window for a moment.
                QTimer.singleShot(0, self, self._leave_if_left)
        elif event.type() == QEvent.Type.Resize:
            self._picture = None
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
            self._fit()
        return super().eventFilter(watched, event)

    def _leave_if_left(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and now is not self.box and now.window() is self.window():
            self._before = None
            self.leave()

    def _key(self, key: Qt.Key | None) -> bool:
        if key is None:
            return False
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # What is listed may still be the answer to fewer letters.
            if self.waiting:
                self._enter = True
            else:
                self._take(self.list.currentIndex())
        else:
            self._step(_KEYS[key])
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    # Shape -----------------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        window = self.window()
        self.setGeometry(window.rect())
        scale = min(1.3, max(1.0, self._desk.look.text_size / 100))
        width = min(round(WIDTH * scale), window.width() - 80)
        row, room = row_height(self._desk.look.text_size), window.height() - TOP - 40
        # What stands above and below the list keeps its place in a low window with large text.
        self.list.setFixedHeight(row)
        fitting = 1 + max(0, room - self.card.sizeHint().height()) // row
        rows = min(MOST_ROWS, fitting, max(1, self._model.rowCount()))
        self.list.setFixedHeight(rows * row + 2)
        height = min(self.card.sizeHint().height(), room)
        self.card.setGeometry((window.width() - width) // 2, TOP, width, height)
        # Qt paints anew what the card left, not the shadow around it.
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is not None:
            painter.drawPixmap(0, 0, self._picture)
        dim = QColor("black") if self._desk.look.dark else self._desk.look.colour("text")
        dim.setAlphaF(DIM)
        painter.fillRect(self.rect(), dim)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 9))
        for far in range(2, 18, 3):
            shadow = QRectF(self.card.geometry()).adjusted(-far, 6 - far, far, far + 6)
            painter.drawRoundedRect(shadow, 10 + far, 10 + far)


def _pressable(page: QWidget) -> list[QPushButton]:
    """What can be pressed on a page beside its commands; chips narrow the list, they do nothing."""
    return [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and one.text() and one.property("role") != "chip"
    ]


def _click(made: QPushButton) -> None:
    if isValid(made):
        made.click()


def _plain(words: str) -> str:
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


_KEYS = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8, Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1, Qt.Key.Key_Return: 0, Qt.Key.Key_Enter: 0, Qt.Key.Key_Escape: 0,
}  # fmt: skip
