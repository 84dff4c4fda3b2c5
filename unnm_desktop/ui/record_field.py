"""Fields that point at other records: found by typing, chosen from a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from unnm_desktop.i18n import N_
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.forms import TEXT_INSET, Field, Unreadable
from unnm_desktop.ui.widgets import empty, icon_button

Named = tuple[UUID, str]
Find = Callable[[str], Sequence[Named]]


class _Finder(CutLine):
    """A line that offers the records whose names fit what is typed; ↓ or a click opens the whole list."""

    def __init__(self, find: Find, chosen: Callable[[Named], object]) -> None:
        super().__init__()
        self._find, self._chosen = find, chosen
        self.offered: list[Named] = []
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        popup = QListView()
        # A bar below would hide the last name.
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setProperty("role", "popup")
        completer.setPopup(popup)
        self._popup = popup
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]  # an overloaded signal
        self.setCompleter(completer)
        self.textEdited.connect(self.offer)

    def offer(self, text: str) -> None:
        """Ask for the records that fit and list them."""
        self.offered = list(self._find(text.strip()))
        self._names.setStringList([name for _, name in self.offered])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.offer("")
            self.completer().complete()
            return
        super().keyPressEvent(event)

    def match(self) -> Named | None:
        """The record whose name is exactly what is typed, or the only one that fits."""
        found = self._exact()
        if found is None:
            self.offer(self.text())
            found = self._exact()
        if found is None and len(self.offered) == 1:
            return self.offered[0]
        return found

    def _exact(self) -> Named | None:
        # Of two of the same name, the one that was chosen is the only one offered.
        text = self.text().strip().casefold()
        return next((item for item in self.offered if item[1].casefold() == text), None)

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.offered):
            self._chosen(self.offered[index.row()])


class RecordField(Field):
    """One other record, or none."""

    def __init__(
        self,
        name: str,
        label: str,
        value: UUID | None = None,
        shown: str = "",
        *,
        find: Find,
        create: Callable[[str], UUID | None] | None = None,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        """``find(text)`` gives (id, name) pairs; ``create(text)`` makes a record of a name nobody has yet."""
        super().__init__(name, label, value, hint=hint, enabled=enabled)
        self._shown, self._find, self._create = shown, find, create

    def make_input(self) -> QWidget:
        self.line = _Finder(self._find, self._choose)
        self.dress(self.line)
        self.line.setAlignment(self.desk.look.start())
        self.line.setPlaceholderText(self.desk.tr(self.hint or N_("Type a name")))
        return self.line

    def show_value(self, value: Any) -> None:
        self.line.setText(self._shown if value else "")
        self.line.setCursorPosition(0)

    def set_named(self, value: UUID | None, shown: str) -> None:
        """Show another record with its name."""
        if not self.dirty:
            self._shown = shown
        self.set(value)

    @property
    def shown(self) -> str:
        """The name of the record now kept."""
        return self._shown

    def _choose(self, item: Named) -> None:
        self.line.setText(item[1])
        self.line.offered = [item]
        self.commit()

    def read_input(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        if self._value is not None and text == self._shown:
            return self._value
        found = self.line.match()
        if found is None:
            raise Unreadable(N_("Nothing has this name. Choose one from the list."))
        return found[0]

    def typed(self) -> Any:
        return [self.line.text(), str(self._value or ""), self._shown]

    def type_in(self, typed: Any) -> None:
        text, key, self._shown = typed
        self._value = UUID(key) if key else None
        self.line.setText(text)

    def _commit(self) -> bool:
        text = self.line.text().strip()
        if text and text != self._shown and self.line.match() is None and self._create is not None:
            made = self._create(text)
            if made is not None:
                self.line.offered = [(made, text)]
        found = self.line.match() if text and text != self._shown else None
        if found is not None:
            before, self._shown = self._shown, found[1]
            if super()._commit():
                return True
            self._shown = before
            return False
        return super()._commit()


class RecordsField(Field):
    """Several other records, in their order."""

    def __init__(
        self,
        name: str,
        label: str,
        value: Sequence[Named] = (),
        *,
        find: Find,
        hint: str = "",
        enabled: bool = True,
    ) -> None:
        """``value`` are (id, name) pairs; ``get`` and ``save`` speak of lists of ids."""
        super().__init__(name, label, [item[0] for item in value], hint=hint, enabled=enabled)
        self._names = dict(value)
        self._find = find

    def make_input(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(2)
        self.line = _Finder(self._find, self._add)
        self.dress(self.line)
        self.line.setAlignment(self.desk.look.start())
        self.line.setPlaceholderText(self.desk.tr(self.hint or N_("Add an organisation")))
        self.line.setAccessibleName(self.label_text())
        self.line.returnPressed.connect(self._add_typed)
        column.addLayout(self.rows)
        column.addWidget(self.line)
        holder.setFocusProxy(self.line)
        return holder

    def set_named(self, value: Sequence[Named]) -> None:
        """Show other records with their names."""
        self._names.update(dict(value))
        self._value = [item[0] for item in value]
        self.show_value(self._value)

    def named(self) -> list[Named]:
        """The records now kept, with their names."""
        return [(record_id, self._names.get(record_id, "")) for record_id in self._value]

    def show_value(self, value: Any) -> None:
        empty(self.rows)
        for record_id in value:
            self.rows.addWidget(self._row(record_id))

    def _row(self, record_id: UUID) -> QWidget:
        name = self._names.get(record_id, "")
        row = QWidget()
        line = QHBoxLayout(row)
        # Under what is typed below; Qt mirrors what lies in a layout, not the margins around it.
        line.setContentsMargins(*((0, 0, TEXT_INSET, 0) if self.desk.look.rtl else (TEXT_INSET, 0, 0, 0)))
        text = QLabel(name)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setAlignment(self.desk.look.start() | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(text, 1)
        words = self.desk.tr(N_("Remove {name}"), name=name)
        line.addWidget(icon_button(self.desk.look, "x", words, partial(self._take_away, record_id), 14, 24))
        return row

    def _take_away(self, record_id: UUID) -> None:
        self._keep([item for item in self._value if item != record_id])

    def read_input(self) -> Any:
        return self._value

    def typed(self) -> Any:
        return [self.line.text(), [[str(key), name] for key, name in self.named()]]

    def type_in(self, typed: Any) -> None:
        text, chosen = typed
        self.set_named([(UUID(key), name) for key, name in chosen])
        self.line.setText(text)

    @property
    def dirty(self) -> bool:
        return bool(self.line.text().strip())

    def revert(self) -> None:
        self.line.clear()
        super().revert()

    def _add(self, item: Named) -> None:
        self._names[item[0]] = item[1]
        # The completer writes the chosen name into the line after this; the line is cleared once it has.
        QTimer.singleShot(0, self.line, self.line.clear)
        if item[0] not in self._value:
            self._keep([*self._value, item[0]])

    def _add_typed(self) -> None:
        if not self.line.text().strip():
            return
        found = self.line.match()
        if found is None:
            self.problem(self.desk.tr(N_("Nothing has this name. Choose one from the list.")))
        else:
            self._add(found)

    def _keep(self, value: list[UUID]) -> None:
        self.line.clear()
        self.keep(value)

    def _commit(self) -> bool:
        # Names are added one by one; a half-typed one is no change.
        return True
