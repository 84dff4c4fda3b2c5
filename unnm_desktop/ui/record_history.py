"""The newest steps of a record, at the end of its inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.db import ENTITIES
from unnm_desktop.db.journal import Kind
from unnm_desktop.db.journal_order import Doubt
from unnm_desktop.i18n import N_
from unnm_desktop.services import record_story
from unnm_desktop.services.field_names import FIELD_NAMES
from unnm_desktop.ui.block_words import with_block_words
from unnm_desktop.ui.change_line import change_line
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.inspector import Part, Section
from unnm_desktop.ui.widgets import label

if TYPE_CHECKING:
    from datetime import datetime

    from unnm_desktop.services.record_story import FieldStory, StepStory

SHOWN = 3
FIELDS_SHOWN = 3
LONGEST = 48


def history_parts(desk: Desk, table: str, record_id: UUID) -> list[Part]:
    """A section with the newest steps, and the way to all of them."""
    told = desk.hub.read(record_story.story, table, record_id, desk.language, limit=SHOWN)

    def see_all() -> None:
        desk.go("history", record_id, entity=table)

    return [Section(N_("History"), action=N_("See all"), run=see_all), Newest(desk, told.steps)]


class Newest(QWidget):
    """A few steps in grey lines; one widget, so that an edit does not build the whole panel anew."""

    def __init__(self, desk: Desk, steps: tuple[StepStory, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for step in steps:
            lines = [f"{when(desk, step)} · {step.officer}".rstrip(" ·"), deed(desk, step)]
            if step.about:
                lines.append(about(desk, step))
            if not step.created:
                changed = [line(desk, one) for one in step.fields if one.name != "removed_at"]
                lines += changed[:FIELDS_SHOWN]
                if len(changed) > FIELDS_SHOWN:
                    lines.append("…")
            column.addWidget(label(desk.look, "\n".join(lines), "grey", wrap=True))


def moment(desk: Desk, at: datetime) -> str:
    """A moment of the journal by the network's clock, as the status bar tells it."""
    return desk.language.short_moment(at)


def when(desk: Desk, step: StepStory) -> str:
    """The moment of a step, and whether it can be right."""
    told = moment(desk, step.at)
    if step.doubt is Doubt.AHEAD:
        return desk.tr(N_("{moment}, by a clock that was ahead"), moment=told)
    if step.doubt is Doubt.SET_BACK:
        return desk.tr(N_("{moment}, by a clock that was set back"), moment=told)
    return told


def deed(desk: Desk, step: StepStory) -> str:
    """What the step was called, and whether it took another back."""
    label = desk.tr(step.label)
    if step.kind == Kind.UNDO:
        return desk.tr(N_("Undone: {label}"), label=label)
    if step.kind == Kind.REDO:
        return desk.tr(N_("Done again: {label}"), label=label)
    return label


def about(desk: Desk, step: StepStory) -> str:
    """Which part of the record the step changed, and whether it made or took it away."""
    name = desk.tr(N_("{kind}: {name}"), kind=desk.tr(ENTITIES[step.part].NOUN), name=step.about)
    gone = next((one for one in step.fields if one.name == "removed_at"), None)
    if gone is not None:
        return desk.tr(N_("{name} · taken away") if gone.after else N_("{name} · brought back"), name=name)
    return desk.tr(N_("{name} · added"), name=name) if step.created else name


def field_name(desk: Desk, name: str) -> str:
    """What the officer calls a column."""
    return desk.tr(FIELD_NAMES.get(name, name))


def line(desk: Desk, one: FieldStory) -> str:
    """A field before and after in one line."""
    before, after = (with_block_words(desk, text) for text in (one.before, one.after))
    return f"{field_name(desk, one.name)}: {change_line(before, after, desk.look, LONGEST)}"
