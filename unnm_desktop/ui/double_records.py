"""Two records of one organisation or person beside each other: which stays, and which value of each field it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services import any_record, record_changes, records
from unnm_desktop.services.handover import joining
from unnm_desktop.ui.announce import announce
from unnm_desktop.ui.choice_card import ChoiceCard
from unnm_desktop.ui.dialog_foot import DialogFoot
from unnm_desktop.ui.on_screen import room_for
from unnm_desktop.ui.record_history import field_name
from unnm_desktop.ui.scroll_column import ScrollColumn
from unnm_desktop.ui.side_card import SideCard
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from unnm_desktop.i18n import Language
    from unnm_desktop.services.handover.duplicates import Possible
    from unnm_desktop.ui.desk import Desk

_SHORT = 36
"""Letters that have room in one line of a card."""


class Side(NamedTuple):
    """One of two records: its name, how many records refer to it, and its values with what they say."""

    id: UUID
    name: str
    used: int
    values: Mapping[str, tuple[Any, str]]


def read_sides(session: Session, pair: Possible, language: Language) -> tuple[Side, Side]:
    """Both records as they are now.

    Raises:
        UserError: one of them was removed meanwhile.

    """
    first, second = (_side(session, pair.entity, key, language) for key in (pair.mine, pair.theirs))
    return first, second


def _side(session: Session, table: str, key: UUID, language: Language) -> Side:
    entity = ENTITIES[table]
    record = records.get(session, entity, key)
    if record.removed_at is not None:
        raise UserError(N_("A removed record cannot be joined. Restore it first."))
    shapes = record_changes.editable(entity)
    wanted: dict[str, list[UUID | None]] = {table: [key]}
    for one in shapes:
        if one.kind == "reference":
            wanted.setdefault(one.target, []).append(getattr(record, one.name))
    names = any_record.names(session, wanted, language)
    values = {}
    for one in shapes:
        value: Any = getattr(record, one.name)
        values[one.name] = value, any_record.told(value, one, language, names)
    return Side(key, names[key], joining.used(session, table, key), values)


class JoinDialog(QDialog):
    """Asks which of two records stays and, where they differ, whose value it has."""

    def __init__(self, desk: Desk, pair: Possible, sides: tuple[Side, Side], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._pair, self._sides = desk, pair, sides
        look, tr = desk.look, desk.tr
        title = tr(N_("Make one record of two"))
        self.setWindowTitle(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 14)
        area = ScrollColumn(margins=(18, 18, 18, 4), spacing=8)
        area.column.addWidget(label(look, title, "h2"))
        words = N_(
            "What refers to the other one refers to the one that stays. It can be undone, and taken apart later."
        )
        area.column.addWidget(label(look, tr(words), "grey", wrap=True))
        self.stays = QButtonGroup(self)
        self.fields: dict[str, QButtonGroup] = {}
        area.column.addLayout(self._beside_each_other())
        first = self.stays.button(int(sides[1].used > sides[0].used))
        first.setChecked(True)
        if self.fields:
            words = N_("Where both say the same, nothing is asked.")
        else:
            words = N_("Both say the same in every field.")
        area.column.addWidget(label(look, tr(words), "grey", wrap=True))
        self.problem = label(look, "", "problem", wrap=True)
        self.problem.hide()
        area.column.addWidget(self.problem)
        area.column.addStretch(1)
        whole.addWidget(area, 1)
        foot = DialogFoot(self, whole, desk.language, tr(N_("Join them")), self._try)
        foot.setContentsMargins(18, 0, 18, 0)
        self.go = foot.go
        wide = round(720 * max(1.0, look.text_size / 110))
        high = area.inside.heightForWidth(wide - 20)
        self.resize(wide, min(room_for(self).height(), high + foot.sizeHint().height() + 40))
        first.setFocus()
        self._begun = self.typed()

    def _beside_each_other(self) -> QGridLayout:
        """The two records, and under them each field in which they differ."""
        desk, sides = self._desk, self._sides
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(desk.look, desk.tr(N_("Which record stays?")), "strong"), 0, 0, 1, 2)
        for place, side in enumerate(sides):
            used = desk.language.ntr("{n} record refers to it", "{n} records refer to it", side.used)
            card = ChoiceCard(desk.look, side.name, used)
            self.stays.addButton(card, place)
            grid.addWidget(card, 1, place)
        line = 2
        for name in sides[0].values:
            told = [side.values[name][1] for side in sides]
            if told[0] != told[1]:
                line = self._offer(grid, line, name, told)
        return grid

    def typed(self) -> list[Any]:
        """What is chosen now."""
        return [group.checkedId() for group in (self.stays, *self.fields.values())]

    def changed(self) -> bool:
        """Whether anything else is chosen than was offered."""
        return self.typed() != self._begun

    def type_in(self, typed: Sequence[Any]) -> None:
        """Let that be chosen again."""
        for group, chosen in zip((self.stays, *self.fields.values()), typed, strict=True):
            group.button(chosen).setChecked(True)

    def _offer(self, grid: QGridLayout, line: int, name: str, told: list[str]) -> int:
        desk, nothing = self._desk, self._desk.tr(N_("Nothing"))
        grid.addWidget(label(desk.look, field_name(desk, name), "strong"), line, 0, 1, 2)
        group = QButtonGroup(self)
        short = all(len(words) <= _SHORT and "\n" not in words for words in told)
        for place, words in enumerate(told):
            card = _card(desk, self._sides[place].name, words or nothing, short=short)
            group.addButton(card, place)
            grid.addWidget(card, line + 1, place)
        group.button(0 if told[0] else 1).setChecked(True)
        self.fields[name] = group
        return line + 2

    def _try(self) -> None:
        stays = self.stays.checkedId()
        kept, gone = self._sides[stays], self._sides[1 - stays]
        values = {
            name: self._sides[group.checkedId()].values[name][0]
            for name, group in self.fields.items()
            if group.checkedId() != stays
        }
        hub = self._desk.hub
        try:
            hub.step(joining.LABEL, joining.join_with, self._pair.entity, gone.id, kept.id, values)
        except Invalid as error:
            self._say(" ".join(self._desk.tr(text) for text in error.problems.values()))
        except UserError as error:
            self._say(self._desk.tr(error.message, **error.values))
        else:
            self.accept()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        announce(self, text, urgent=True)


def _card(desk: Desk, whose: str, words: str, *, short: bool) -> QRadioButton:
    """A value to take: in one line where both are short, else whole under the name of its record."""
    if short:
        card: QRadioButton = ChoiceCard(desk.look, words)
        card.setAccessibleDescription(whose)
        return card
    return SideCard(desk.look, whose, words, "")
