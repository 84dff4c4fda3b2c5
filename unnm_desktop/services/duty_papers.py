"""Judges of the duties about workplan, reports, reviews, requests and updates."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from unnm_desktop.db.dispatches import Dispatch
from unnm_desktop.db.workplans import Workplan
from unnm_desktop.i18n import N_, Day
from unnm_desktop.services import calendar
from unnm_desktop.services.calendar import Period, add_months
from unnm_desktop.services.duty_facts import Facts, reaches
from unnm_desktop.services.duty_status import Evidence, Judgement, State, by_deadline, evidence
from unnm_desktop.services.says import Counted, Names, Said, Year
from unnm_desktop.services.units import DAYS, MONTHS

FIRST_PLAN_DAYS = 60
REVIEW_NOTICE = 30


def workplan(facts: Facts) -> Judgement:
    """The plan of the day's period is adopted."""
    frame = facts.frame
    year = frame.on.year
    if facts.plans:
        plan = facts.plans[0]
        if plan.adopted_on is None:
            says = Said(N_("The workplan for {year} is adopted."), {"year": Year(plan.year)})
        else:
            says = Said(
                N_("The workplan for {year} was adopted on {day}."),
                {"year": Year(plan.year), "day": Day(plan.adopted_on)},
            )
        return Judgement("met", says, evidence=(_plan(plan),))
    own, since = frame.rules.workplan_due(year), frame.since("workplan")
    due = own if since is None else max(own, since + timedelta(days=FIRST_PLAN_DAYS))
    state = by_deadline(frame.on, due)
    late = N_(
        "No workplan for {year} is adopted; it was due by {due}. "
        "The ToR gives no date; the network's own setting is {own}."
    )
    coming = N_(
        "No workplan for {year} is adopted yet; it is due by {due}. "
        "The ToR gives no date; the network's own setting is {own}."
    )
    values: dict[str, object] = {"year": Year(year), "due": Day(due), "own": Day(own)}
    return Judgement(state, Said(late if state == "late" else coming, values), due)


def workplan_shared(facts: Facts) -> Judgement:
    """The adopted version went to each addressee."""
    frame = facts.frame
    duty = frame.rules.duties.workplan
    to = duty.shared_with if duty else ()
    if not facts.plans:
        says = N_("The workplan for {year} is shared with {to} once it is adopted. Enter the day of its adoption then.")
        return Judgement("due", Said(says, {"year": Year(frame.on.year), "to": Names(to)}))
    plan = facts.plans[0]
    sent = [one for one in facts.plan_dispatches if one.workplan_id == plan.id]
    missing = tuple(one for one in to if not any(reaches(dispatch, one, facts.names) for dispatch in sent))
    shown = (_plan(plan), *(_dispatch(facts, one) for one in sent))
    values: dict[str, object] = {"year": Year(plan.year), "to": Names(missing or to)}
    if not missing:
        return Judgement("met", Said(N_("The workplan for {year} was shared with {to}."), values), evidence=shown)
    days = frame.rules.settings.shared_within_days
    if plan.adopted_on is None:
        says = N_("The workplan for {year} is not shared with {to} yet. Enter the day on which it was adopted.")
        return Judgement("due", Said(says, values), evidence=shown)
    since = frame.since("workplan_shared")
    due = max(plan.adopted_on, since or plan.adopted_on) + timedelta(days=days)
    state = by_deadline(frame.on, due)
    late = N_(
        "The workplan for {year} is not shared with {to}; it was due by {due}. "
        "The ToR gives no date; the network's own setting is {days} after adoption."
    )
    coming = N_(
        "The workplan for {year} is not shared with {to} yet; it is due by {due}. "
        "The ToR gives no date; the network's own setting is {days} after adoption."
    )
    values |= {"due": Day(due), "days": Counted(days, DAYS)}
    return Judgement(state, Said(late if state == "late" else coming, values), due, shown)


def progress_report(facts: Facts) -> Judgement:
    """Every period that has ended since records are kept is reported."""
    frame = facts.frame
    duty, since = frame.rules.duties.progress_report, frame.since("progress_report")
    if duty is None or since is None:
        says = N_("Enter the day from which records are kept: the first period to report on counts from it.")
        return Judgement("due", Said(says))
    days = frame.rules.settings.report_due_days
    submitted = {one.period: one for one in facts.reports}
    ended = calendar.periods_ended_since(since, frame.on, duty.every_months)
    still_open = [period for period in ended if period.code not in submitted]
    shown = tuple(
        evidence(submitted[period.code], period.code, N_("Report")) for period in ended if period.code in submitted
    )
    if not still_open:
        running = calendar.period_of(frame.on, duty.every_months)
        following = running.following() if ended and ended[-1] == running else running
        due = following.end + timedelta(days=days)
        if not ended:
            says = N_("No period to report on has ended since records are kept; the first report is due by {due}.")
        else:
            says = N_("Every period that has ended is reported; the next report is due by {due}.")
        return Judgement("met", Said(says, {"due": Day(due)}), due, shown)
    oldest = still_open[0]
    due = oldest.end + timedelta(days=days)
    state = by_deadline(frame.on, due)
    late = [one for one in still_open if frame.on > one.end + timedelta(days=days)]
    values: dict[str, object] = {
        "period": _period(oldest),
        "due": Day(due),
        "days": Counted(days, DAYS),
        "n": len(late) - 1,
    }
    return Judgement(state, Said(_report_sentence(state, len(late)), values), due, shown)


def _report_sentence(state: State, late: int) -> str:
    if state != "late":
        return N_(
            "The report for {period} is not submitted yet; it is due by {due}. "
            "The ToR gives no date; the network's own setting is {days} after the period."
        )
    if late > 1:
        return N_(
            "The report for {period} is not submitted; it was due by {due}. Further reports late: {n}. "
            "The ToR gives no date; the network's own setting is {days} after the period."
        )
    return N_(
        "The report for {period} is not submitted; it was due by {due}. "
        "The ToR gives no date; the network's own setting is {days} after the period."
    )


def tor_review(facts: Facts) -> Judgement:
    """The text is reviewed so many months after its last review, or its approval."""
    frame, months = facts.frame, facts.frame.rules.tor.review_every_months
    review, approved = facts.last_review, frame.tor.approved
    if review is None and not approved:
        says = N_(
            "The approval date of the ToR is not known. Enter it, so that the yearly review can be counted from it."
        )
        return Judgement("due", Said(says), evidence=(_version(facts),))
    if review is not None:
        due = add_months(review.reviewed_on, months)
        shown = (evidence(review, review.reviewed_on.isoformat(), N_("Review"), review.reviewed_on),)
        values: dict[str, object] = {"last": Day(review.reviewed_on), "due": Day(due)}
        late, coming = (
            N_("The ToR was last reviewed on {last}; the next review was due by {due}."),
            N_("The ToR was last reviewed on {last}; the next review is due by {due}."),
        )
    else:
        due = deadline_after(approved, months)
        shown = (_version(facts),)
        values = {"approved": Day(approved), "due": Day(due)}
        late, coming = (
            N_("The ToR was approved in or on {approved} and not reviewed since; the review was due by {due}."),
            N_("The ToR was approved in or on {approved}; its review is due by {due}."),
        )
    state: State = "met" if (due - frame.on).days > REVIEW_NOTICE else by_deadline(frame.on, due)
    return Judgement(state, Said(late if state == "late" else coming, values), due, shown)


def requests(_: Facts) -> Judgement:
    """No request of the Resident Coordinator waits; requests are not kept in this release."""
    return Judgement("met", Said(N_("No request of the Resident Coordinator is open.")))


def updates(facts: Facts) -> Judgement:
    """An update on programme delivery went out from time to time."""
    frame, last = facts.frame, facts.update
    months, duty = frame.rules.settings.updates_months, frame.rules.duties.updates
    to = Names(tuple(Said(N_("the Government")) if one == "government" else one for one in (duty.to if duty else ())))
    values: dict[str, object] = {"to": to, "months": Counted(months, MONTHS)}
    if last is None:
        says = N_(
            "No update to {to} is on record. Send one. "
            "The ToR gives no date; the network's own setting is one in {months}."
        )
        return Judgement("due", Said(says, values))
    day = last.sent_at.astimezone(ZoneInfo(frame.network.time_zone)).date()
    until, shown = add_months(day, months), (_dispatch(facts, last),)
    values["last"] = Day(day)
    if until >= frame.on:
        says = N_(
            "An update went to {to} on {last}. The ToR gives no date; the network's own setting is one in {months}."
        )
        return Judgement("met", Said(says, values), until, shown)
    says = N_(
        "The last update went to {to} on {last}. Send another. "
        "The ToR gives no date; the network's own setting is one in {months}."
    )
    return Judgement("due", Said(says, values), evidence=shown)


def deadline_after(partial: str, months: int) -> date:
    """The last day of a partial date so many months later: a month stays a month, a year a year."""
    moved = add_months(calendar.first_day(partial), months)
    return (
        calendar.last_day(moved.isoformat()[: len(partial)])
        if len(partial) > 4
        else add_months(date(int(partial), 12, 31), months)
    )


def _period(period: Period) -> Said:
    months = {"start": Day(period.start.isoformat()[:7]), "end": Day(period.end.isoformat()[:7])}
    return Said(N_("{start} to {end}"), months)


def _plan(plan: Workplan) -> Evidence:
    return evidence(plan, f"{plan.year}/v{plan.version}", N_("Workplan"))


def _dispatch(facts: Facts, dispatch: Dispatch) -> Evidence:
    body = facts.names.get(dispatch.organisation_id) if dispatch.organisation_id else None
    day = dispatch.sent_at.astimezone(ZoneInfo(facts.frame.network.time_zone)).date()
    to = dispatch.addressee or (body.short if body else "")
    return evidence(dispatch, f"{to} {day.isoformat()}".strip(), to, day)


def _version(facts: Facts) -> Evidence:
    return evidence(facts.frame.tor, facts.frame.tor.version, N_("Version"))
