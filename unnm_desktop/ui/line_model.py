"""The lines of a short list as Qt's model of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from unnm_desktop.frozen import Frozen

Index = QModelIndex | QPersistentModelIndex
LineRole = int(Qt.ItemDataRole.UserRole) + 1


class Line(Frozen):
    """One line; one without a key is the heading of those below it.

    Args:
        key: what it stands for.
        text: its words.
        owner: a few grey words, with an avatar before them.
        pill: its words at the end, in the tone.
        ticked: None = it has no tick box.
        icon: a sign before the words, in the tone.
        spoken: the whole line for screen readers and the tooltip.

    """

    text: str
    key: UUID | str | None = None
    owner: str = ""
    avatar: str = ""
    pill: str = ""
    tone: str = "neutral"
    ticked: bool | None = None
    icon: str = ""
    spoken: str = ""
    tooltip: str = ""


class LinesModel(QAbstractListModel):
    """The lines as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def take(self, lines: Sequence[Line]) -> None:
        """Show these lines; where only their looks change, the chosen one stays chosen."""
        new = tuple(lines)
        if [line.key for line in new] == [line.key for line in self.lines]:
            self.lines = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.beginResetModel()
        self.lines = new
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LineRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken or line.text
        return line.tooltip if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.lines[index.row()].key is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
