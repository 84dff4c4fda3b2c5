"""The questions asked before a decision is made, put under silence, extended or acted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionSubject
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import decisions, records
from unnm_desktop.services.listing import Context
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, LongTextField
from unnm_desktop.ui.inspector import Part
from unnm_desktop.ui.moments import moment_of, now
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.time_field import TimeField

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

Keep = Callable[["date", dict[str, Any]], Decision]
SUBJECTS = tuple((subject, subject.label) for subject in DecisionSubject)
ACT_TITLES = {
    DecisionAct.DEFERRED: (N_("Defer the decision"), N_("Defer")),
    DecisionAct.WITHDRAWN: (N_("Withdraw the decision"), N_("Withdraw")),
    DecisionAct.ESCALATED: (N_("Escalate to the Resident Coordinator and the UNCT"), N_("Escalate")),
}


def ask_decision(
    desk: Desk,
    parent: QWidget,
    *,
    keep: Keep,
    on: date | None = None,
    wording: str = "",
    arabic: bool = False,
    meetings: Sequence[tuple[UUID | None, str]] = (),
) -> Decision | None:
    """Ask for the wording of a new decision; ``keep(on, values)`` writes it down. None when thought better of."""
    parts: list[Part] = [
        BilingualField("text", N_("Wording"), "" if arabic else wording, wording if arabic else "", long=True),
        ChoiceField("subject", N_("Subject"), DecisionSubject.GENERAL, SUBJECTS),
    ]
    if meetings:
        parts.append(ChoiceField("meeting_id", N_("Meeting"), None, meetings))
    parts.append(DateField("on", N_("Day"), on or desk.today()))

    def accept(values: dict[str, Any]) -> Decision:
        day = values.pop("on")
        if day is None:
            raise Invalid({"on": N_("Give the day of the decision.")})
        if not values["text_en"] and not values["text_ar"]:
            raise Invalid({"text_ar" if desk.look.rtl else "text_en": N_("Write what is to be decided.")})
        return keep(day, values)

    return FormDialog(desk, N_("New decision"), parts, N_("Write it down"), accept, parent).run()


def ask_silence(desk: Desk, parent: QWidget, decision_id: UUID, zone: str) -> Decision | None:
    """Show when the silence procedure would end, and start it."""
    at = now(desk)
    until: datetime = desk.hub.read(decisions.silence_end, decision_id, at)
    language = desk.language
    parts = (
        ReadOnly("starts", N_("It starts"), language.moment(at, zone)),
        ReadOnly("until", N_("It ends"), f"{language.weekday(until.weekday())} · {language.moment(until, zone)}"),
        ReadOnly(
            "means",
            N_("What it means"),
            desk.tr(
                N_("Members not heard by then have no objection. One objection before the end breaks the silence.")
            ),
        ),
    )

    def accept(_: dict[str, Any]) -> Decision:
        return desk.hub.step(N_("Start silence procedure"), decisions.start_silence, decision_id, at)

    return FormDialog(desk, N_("Start silence procedure"), parts, N_("Start it now"), accept, parent).run()


def ask_extension(desk: Desk, parent: QWidget, decision: Decision, zone: str) -> Decision | None:
    """Ask for a later end of the silence procedure and why."""
    ends = decision.silence_until.astimezone(ZoneInfo(zone)) if decision.silence_until else now(desk)
    parts = (
        DateField("day", N_("New last day"), ends.date()),
        TimeField("time", N_("Hour"), f"{ends:%H:%M}"),
        LongTextField("silence_extension", N_("Reason"), hint=N_("It stands in the register")),
    )

    def accept(values: dict[str, Any]) -> Decision:
        if values["day"] is None or not values["time"]:
            raise Invalid({"day": N_("Give the day and the hour of the new end.")})
        until = moment_of(values["day"], values["time"], zone)
        try:
            return desk.hub.step(
                N_("Extend silence procedure"), decisions.extend_silence, decision.id, until,
                values["silence_extension"], now(desk),
            )  # fmt: skip
        except Invalid as error:
            if "silence_until" in error.problems:
                raise Invalid({"day": error.problems["silence_until"]}) from None
            raise

    return FormDialog(desk, N_("Extend silence procedure"), parts, N_("Extend"), accept, parent).run()


def ask_act(desk: Desk, parent: QWidget, decision_id: UUID, what: DecisionAct) -> Decision | None:
    """Ask for the reason of a deferral, withdrawal or escalation and note it."""
    title, verb = ACT_TITLES[what]
    parts = (
        LongTextField("act_reason", N_("Reason"), hint=N_("It stands in the register")),
        DateField("on", N_("Day"), desk.today()),
    )

    def accept(values: dict[str, Any]) -> Decision:
        on = values["on"] or desk.today()
        return desk.hub.step(title, decisions.act, decision_id, what, on, values["act_reason"])

    return FormDialog(desk, title, parts, verb, accept, parent).run()


def find_decisions(session: Session, network_id: UUID, text: str, desk: Desk) -> list[tuple[UUID, str]]:
    """Decisions of the network whose words or number fit, as (id, name), newest first."""
    context = Context(network_id, desk.language, desk.today())
    ids = decisions.DECISIONS.ids(session, context, words=text, limit=12)
    found = records.by_id(session, Decision, ids)
    return [(key, name_of(desk, found[key])) for key in ids]


def name_of(desk: Desk, decision: Decision) -> str:
    """A decision in one line: its number and how its wording begins."""
    words = " ".join(desk.language.pick(decision, "text").split())
    short = words if len(words) <= 60 else words[:59].rstrip() + "…"
    return f"{decision.reference} · {short}" if short else decision.reference
