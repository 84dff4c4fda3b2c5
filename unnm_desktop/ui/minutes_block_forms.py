"""A decision or an action point changed where it stands in the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision
from unnm_desktop.i18n import N_
from unnm_desktop.services import action_list, actions, decisions, records
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField
from unnm_desktop.ui.inspector import Part
from unnm_desktop.ui.lookups import find_organisations, organisation_name
from unnm_desktop.ui.minutes_blocks import Key
from unnm_desktop.ui.record_field import RecordsField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from unnm_desktop.ui.desk import Desk


class BlockForm:
    """The few fields of a card; the register has the rest, one click away."""

    def __init__(self, desk: Desk, parent: QWidget, key: Key) -> None:
        self._desk, self._key = desk, key
        decision = key[0] == "decision"
        title = N_("Decision in the minutes") if decision else N_("Action in the minutes")
        parts = self._decision_parts() if decision else self._action_parts()
        there = N_("Show it in the register") if decision else N_("Show it in the list")
        more = ButtonList(desk.look, [(desk.tr(there), self._leave, "link", "arrow-right")])
        accept = self._keep_decision if decision else self._keep_action
        self._dialog: FormDialog[object] = FormDialog(desk, title, (*parts, more), N_("Keep"), accept, parent)
        self._wanted = False

    def run(self) -> None:
        """Ask; afterwards go to the register where that was wanted."""
        self._dialog.run()
        if self._wanted:
            self._desk.go("decisions" if self._key[0] == "decision" else "actions", self._key[1])

    def _leave(self) -> None:
        self._wanted = True
        self._dialog.reject()

    def _decision_parts(self) -> list[Part]:
        decision = self._desk.hub.read(records.get, Decision, self._key[1])
        return [BilingualField("text", N_("Wording"), decision.text_en, decision.text_ar, long=True)]

    def _keep_decision(self, values: dict[str, Any]) -> object:
        return self._desk.hub.step(N_("Change the wording"), decisions.change_text, self._key[1], **values)

    def _action_parts(self) -> list[Part]:
        desk, key = self._desk, self._key[1]
        action = desk.hub.read(records.get, ActionPoint, key)
        known = desk.hub.read(action_list.responsible_of, [key])[key]
        self._persons = {body.id: person.id if person is not None else None for body, person in known}
        bodies = [(body.id, organisation_name(desk, body)) for body, _ in known]
        return [
            BilingualField("task", N_("What is to be done"), action.task_en, action.task_ar, long=True),
            RecordsField("responsible", N_("Responsible"), bodies, find=find_organisations(desk)),
            DateField("due", N_("Due"), action.due),
        ]

    def _keep_action(self, values: dict[str, Any]) -> object:
        wanted = [(body, self._persons.get(body)) for body in values.pop("responsible")]
        return self._desk.hub.step(N_("Change action point"), _change_action, self._key[1], wanted, values)


def _change_action(
    session: Session, action_id: UUID, responsible: Sequence[actions.Responsible], values: dict[str, Any]
) -> ActionPoint:
    actions.set_responsible(session, action_id, responsible)
    return records.update(session, ActionPoint, action_id, **values)
