"""The questions asked before an action point is written down, and before several get another day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import actions
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField
from unnm_desktop.ui.lookups import find_organisations
from unnm_desktop.ui.record_field import RecordsField

if TYPE_CHECKING:
    from unnm_desktop.services.bulk import Verb

# How much later, in days and calendar months.
LATER = (
    ((1, 0), N_("1 day")),
    ((7, 0), N_("1 week")),
    ((14, 0), N_("2 weeks")),
    ((0, 1), N_("1 month")),
    ((0, 3), N_("3 months")),
)

Keep = Callable[[dict[str, Any], list[tuple[UUID, UUID | None]]], ActionPoint]


def ask_action(
    desk: Desk, parent: QWidget, keep: Keep, *, wording: str = "", arabic: bool = False
) -> ActionPoint | None:
    """Ask what is to be done, by whom and by when; ``keep(values, responsible)`` writes it down."""
    parts = (
        BilingualField(
            "task", N_("What is to be done"), "" if arabic else wording, wording if arabic else "", long=True
        ),
        RecordsField("responsible", N_("Responsible"), (), find=find_organisations(desk)),
        DateField("due", N_("Due")),
    )

    def accept(values: dict[str, Any]) -> ActionPoint:
        if not values["task_en"] and not values["task_ar"]:
            raise Invalid({"task_ar" if desk.look.rtl else "task_en": N_("Say what is to be done.")})
        responsible: list[tuple[UUID, UUID | None]] = [(key, None) for key in values.pop("responsible")]
        return keep(values, responsible)

    return FormDialog(desk, N_("New action point"), parts, N_("Write it down"), accept, parent).run()


def ask_move(desk: Desk, parent: QWidget) -> Verb | None:
    """Ask how much later each is due, or the one day for all; what to do to each of them."""
    parts = (
        ChoiceField("by", N_("Each later by"), (7, 0), LATER),
        DateField("due", N_("Or all on"), None, hint=N_("One day for all")),
    )

    def accept(values: dict[str, Any]) -> Verb:
        (days, months), due = values["by"], values["due"]
        if due is not None:
            return lambda session, key: actions.move_date(session, key, due)
        return lambda session, key: actions.move_later(session, key, days, months)

    return FormDialog(desk, N_("Move the date"), parts, N_("Move the date"), accept, parent).run()
