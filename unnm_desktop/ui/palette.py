"""Search and commands in one list under one box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from unnm_desktop.i18n import N_
from unnm_desktop.ui.commands import Commands
from unnm_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
FoundRole = int(Qt.ItemDataRole.UserRole) + 1
MOST_COMMANDS = 8


@dataclass(frozen=True)
class Found:
    """One line of the list: what it is, what it leads to."""

    title: str
    kind: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""


Finder = Callable[[str], Sequence[Found]]


class _FoundModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []

    def show_found(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self.found = list(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.found[index.row()]
        if role == FoundRole:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{item.title}, {item.kind}"
        return None


class _FoundDelegate(QStyledItemDelegate):
    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._look = desk.look
        self._plain, self._small = desk.look.font(), desk.look.font(0.9)
        self._keys = desk.look.font(0.82, QFont.Weight.Medium)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, item = self._look, index.data(FoundRole)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 7, 7)
        middle = Qt.AlignmentFlag.AlignVCenter
        if item.icon:
            at = QStyle.visualRect(self._direction(), box, QRect(box.left() + 16, box.center().y() - 8, 17, 17))
            painter.drawPixmap(at, look.icons.pixmap(item.icon, look.tokens.text2, 17))
        end = f"{item.kind}   \u2066{item.keys}\u2069" if item.keys else item.kind
        width = QFontMetrics(self._small).horizontalAdvance(end) + 4
        after = QStyle.visualRect(
            self._direction(), box, QRect(box.right() - 16 - width, box.top(), width, box.height())
        )
        painter.setFont(self._small)
        painter.setPen(look.colour("text2"))
        painter.drawText(after, int(look.end() | middle), end)
        room = QRect(box.left() + 44, box.top(), max(20, box.width() - 44 - 28 - width), box.height())
        text = QStyle.visualRect(self._direction(), box, room)
        painter.setFont(self._plain)
        painter.setPen(look.colour("text"))
        cut = QFontMetrics(self._plain).elidedText(item.title, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, int(look.start() | middle), cut)
        painter.restore()

    def _direction(self) -> Qt.LayoutDirection:
        return Qt.LayoutDirection.RightToLeft if self._look.rtl else Qt.LayoutDirection.LeftToRight


class Palette(QDialog):
    """Ctrl+K: commands and records, best first; ">" looks among commands only."""

    def __init__(self, desk: Desk, commands: Commands, finder: Finder | None, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._commands, self._finder = desk, commands, finder
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        self.box = QLineEdit()
        text = desk.tr(N_("Search or type a command"))
        self.box.setPlaceholderText(text)
        self.box.setAccessibleName(text)
        self.box.setAlignment(desk.look.start())
        column.addWidget(self.box)
        self.list = QListView()
        self.list.setAccessibleName(desk.tr(N_("Results")))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = _FoundModel()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_FoundDelegate(desk, self.list))
        self.list.clicked.connect(self._take)
        column.addWidget(self.list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(40)
        self._soon.timeout.connect(self.look_up)
        self.box.textChanged.connect(lambda _text: self._soon.start())
        self.box.returnPressed.connect(lambda: self._take(self.list.currentIndex()))
        width = min(620, window.width() - 80)
        self.setFixedSize(width, min(440, window.height() - 140))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + 96)
        self.look_up()
        self.box.setFocus()

    def results(self) -> list[Found]:
        """What is listed now."""
        return list(self._model.found)

    def look_up(self) -> None:
        """Fill the list for what is typed."""
        self._soon.stop()
        typed = self.box.text().strip()
        words = typed.lstrip(">").casefold().split()
        found: list[Found] = []
        if not typed.startswith(">") and typed and self._finder is not None:
            found.extend(self._finder(typed))
        kind = self._desk.tr(N_("Command"))
        for command in self._commands.all():
            text = self._commands.text(command)
            if command.id != "palette" and command.enabled() and all(word in text.casefold() for word in words):
                run = lambda name=command.id: self._commands.run(name)  # noqa: E731 - binds the loop's name
                found.append(Found(text, kind, run, command.icon or "command", self._commands.keys(command)))
                if typed and len(found) > 40:
                    break
        if not found:
            found.append(Found(self._desk.tr(N_("Nothing matches “{text}”."), text=typed), "", lambda: None, "search"))
        self._model.show_found(found)
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _take(self, index: Index) -> None:
        item = index.data(FoundRole) if index.isValid() else None
        self.close()
        if item is not None:
            item.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in steps:
            row = min(self._model.rowCount() - 1, max(0, self.list.currentIndex().row() + steps[Qt.Key(event.key())]))
            self.list.setCurrentIndex(self._model.index(row, 0))
            return
        super().keyPressEvent(event)
