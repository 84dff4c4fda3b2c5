"""The rules of one version of the terms of reference: what the text asks for, and our settings where it is silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from unnm_desktop.frozen import Frozen
from unnm_desktop.i18n import N_
from unnm_desktop.services import tor_checking, tor_shape
from unnm_desktop.services.says import Said
from unnm_desktop.services.tor_checking import ProfileError, UnknownKey
from unnm_desktop.services.tor_contradictions import contradictions
from unnm_desktop.services.tor_shape import KINDS

# The duties that the compliance page judges, in its order.
DUTIES = (
    *("meeting_cadence", "highlighted_meetings", "guest_speakers", "chairs", "focal_points", "alternates", "consensus"),
    *("workplan", "workplan_shared", "progress_report", "tor_review", "requests", "updates"),
)
# Keys of a profile's [network] that are rules, and so belong to the version.
FRAME = ("currency", "alignment", "alignment_ar", "problem_word", "problem_word_ar")
_Part = TypeVar("_Part")


class Tor(Frozen):
    """The life of the text itself."""

    version: str
    approved: str = ""
    endorsed_by: str = ""
    review_every_months: int = 0
    review_clause: str = ""
    amendment: tuple[str, ...] = ()
    terminated_by: str = ""
    to_confirm: tuple[str, ...] = ()
    clause: str = ""


class Chairs(Frozen):
    """Who leads, and how that changes."""

    model: str
    holders: tuple[str, ...]
    auspices: str = ""
    changed_by: str = ""
    coordinator: str = ""
    secretariat: str = ""
    clause: str = ""


class Members(Frozen):
    """Who can hold a seat, and who speaks for it."""

    kinds: tuple[str, ...] = ("un_entity",)
    kinds_by_decision: tuple[str, ...] = ()
    initial: tuple[str, ...] = ()
    focal_point: bool = False
    alternates: int = 0
    focal_point_clause: str = ""
    nominated_through: str = ""
    levels: tuple[str, ...] = ()
    levels_ar: tuple[str, ...] = ()
    levels_on_request: tuple[str, ...] = ()
    levels_on_request_ar: tuple[str, ...] = ()
    clause: str = ""


class Highlighted(Frozen):
    """Meetings with the Government at the table."""

    co_chairs: tuple[str, ...] = ()
    invite: tuple[str, ...] = ()
    invite_clauses: Mapping[str, str] = field(default_factory=dict)
    clause: str = ""


class GuestSpeakers(Frozen):
    """Government officials who speak as guests from time to time."""

    clause: str = ""


class InvitationNeeds(Frozen):
    """What must be recorded before somebody who is not a member attends."""

    default: str = "invitation"
    by_kind: Mapping[str, str] = field(default_factory=dict)
    clause: str = ""


class Meetings(Frozen):
    """How often the network meets, and which meetings are special."""

    every_months: int
    as_needed: bool = False
    highlighted: Highlighted | None = None
    guest_speakers: GuestSpeakers | None = None
    invitation_needs: InvitationNeeds = field(default_factory=InvitationNeeds)
    clause: str = ""


class Consensus(Frozen):
    """Whose agreement a decision needs: ``members`` present, or ``all_members``."""

    of: str
    clause: str = ""


class WorkplanDuty(Frozen):
    """A workplan is made, and shared with these."""

    every_months: int = 12
    shared_with: tuple[str, ...] = ()
    shared_clause: str = ""
    clause: str = ""


class ProgressReportDuty(Frozen):
    """Progress is reported to these, through that office."""

    every_months: int = 6
    to: tuple[str, ...] = ()
    through: str = ""
    clause: str = ""


class RequestsDuty(Frozen):
    """Inputs are given to these reports when asked."""

    names: tuple[str, ...] = ()
    clause: str = ""


class UpdatesDuty(Frozen):
    """Updates on delivery go to these from time to time."""

    to: tuple[str, ...] = ()
    clause: str = ""


class Duties(Frozen):
    """What the text obliges to; None is what it does not ask for."""

    workplan: WorkplanDuty | None = None
    progress_report: ProgressReportDuty | None = None
    requests: RequestsDuty | None = None
    updates: UpdatesDuty | None = None
    clause: str = ""


class Settings(Frozen):
    """Our values where the text is silent; the officer can change each."""

    reporting_chair: str = ""
    silence_hours: int = 72
    silence_working_days: int = 3
    silence_working_days_documents: int = 5
    highlighted_per_year: int = 2
    guest_speaker_months: int = 6
    vacancy_days: int = 30
    workplan_due_by: str = "01-31"
    shared_within_days: int = 31
    report_due_days: int = 31
    updates_months: int = 6
    clause: str = ""


class Rules(Frozen):
    """What a version of the terms of reference asks for, as it is kept with the version."""

    tor: Tor
    chairs: Chairs
    members: Members
    meetings: Meetings
    consensus: Consensus
    duties: Duties
    settings: Settings
    modules: Mapping[str, bool]
    currency: str = ""
    alignment: tuple[str, ...] = ()
    alignment_ar: tuple[str, ...] = ()
    problem_word: str = "challenge"
    problem_word_ar: str = "تحدٍّ"

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Rules:
        """The rules that ``Profile.rules`` gave, read back; keys of a newer program are passed over.

        Raises:
            ProfileError: the kept values are not rules.

        """
        found = tor_checking.problems_of(kept, tor_shape.RULES_SHAPE)
        problems = tuple(one for one in islice(found, 100) if not isinstance(one, UnknownKey))
        problems = problems or tuple(contradictions(kept))
        if problems:
            raise ProfileError(Said(N_("What is kept of the terms of reference")), problems)
        frame = {name: frozen(value) for name, value in kept.get("frame", {}).items() if name in FRAME}
        return cls(**parts(kept), **frame)

    @property
    def every_months(self) -> int:
        """A regular meeting is due every so many months."""
        return self.meetings.every_months

    @property
    def highlighted(self) -> Highlighted | None:
        """The highlighted meetings, or None where the text has none."""
        return self.meetings.highlighted

    @property
    def guest_speakers(self) -> GuestSpeakers | None:
        """The guest speakers, or None where the text has none."""
        return self.meetings.guest_speakers

    @property
    def all_members(self) -> bool:
        """Whether absent members must be heard too before a decision is adopted."""
        return self.consensus.of == "all_members"

    @property
    def focal_point(self) -> bool:
        """Whether each seat must name a focal point."""
        return self.members.focal_point

    @property
    def alternates(self) -> int:
        """How many alternates each seat must name."""
        return self.members.alternates

    @property
    def levels(self) -> tuple[str, ...]:
        """The participation levels, those on request last."""
        return self.members.levels + self.members.levels_on_request

    @property
    def levels_in_arabic(self) -> dict[str, str]:
        """The Arabic word of each participation level that has one; kept is the English one."""
        members = self.members
        return {
            **dict(zip(members.levels, members.levels_ar, strict=False)),
            **dict(zip(members.levels_on_request, members.levels_on_request_ar, strict=False)),
        }

    def invitation_needs(self, kind: str) -> str:
        """What an organisation of that kind needs before it attends: ``invitation`` or ``members_agree``."""
        return self.meetings.invitation_needs.by_kind.get(kind, self.meetings.invitation_needs.default)

    def duty(self, name: str) -> Any:
        """The duty ``workplan``, ``progress_report``, ``requests`` or ``updates``; None where not required."""
        return getattr(self.duties, name)

    def required(self, duty: str) -> bool:
        """Whether the text asks for that duty of ``DUTIES`` at all."""
        return {
            "highlighted_meetings": self.highlighted is not None,
            "guest_speakers": self.guest_speakers is not None,
            "focal_points": self.focal_point,
            "alternates": self.alternates > 0,
            "workplan": self.duties.workplan is not None,
            "workplan_shared": self.duties.workplan is not None and bool(self.duties.workplan.shared_with),
            "progress_report": self.duties.progress_report is not None,
            "tor_review": self.tor.review_every_months > 0,
            "requests": self.duties.requests is not None,
            "updates": self.duties.updates is not None,
        }.get(duty, True)

    def clause_of(self, duty: str) -> str:
        """The place in the text that asks for that duty of ``DUTIES``; "" where it is not required."""
        if not self.required(duty):
            return ""
        workplan, highlighted, speakers = self.duties.workplan, self.highlighted, self.guest_speakers
        members, tor = self.members, self.tor
        return {
            "meeting_cadence": self.meetings.clause,
            "highlighted_meetings": highlighted.clause if highlighted else "",
            "guest_speakers": speakers.clause if speakers else "",
            "chairs": self.chairs.clause,
            "focal_points": members.focal_point_clause or members.clause,
            "alternates": members.focal_point_clause or members.clause,
            "consensus": self.consensus.clause,
            "workplan_shared": (workplan.shared_clause or workplan.clause) if workplan else "",
            "tor_review": tor.review_clause or tor.clause,
            "workplan": workplan.clause if workplan else "",
            "progress_report": self.duties.progress_report.clause if self.duties.progress_report else "",
            "requests": self.duties.requests.clause if self.duties.requests else "",
            "updates": self.duties.updates.clause if self.duties.updates else "",
        }[duty]

    def setting(self, name: str) -> Any:
        """The network's value of that setting, else ours."""
        return getattr(self.settings, name)

    def workplan_due(self, year: int) -> date:
        """The day by which the workplan of that year is to be adopted."""
        return date.fromisoformat(f"{year:04}-{self.settings.workplan_due_by}")

    def module(self, name: str) -> bool:
        """Whether that part of the program is there for this network (``referrals``)."""
        return self.modules.get(name, False)


def frozen(value: Any) -> Any:
    """Lists as tuples, tables as copies."""
    return tuple(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value


def built(kind: type[_Part], table: Mapping[str, Any]) -> _Part:
    """One of our dataclasses out of a checked table; keys that it does not know are passed over."""
    return kind(**{name: frozen(value) for name, value in table.items() if name in kind.__annotations__})


def parts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of the rules out of checked tables, by their field names."""
    meetings, duties = dict(raw["meetings"]), dict(raw.get("duties", {}))
    for name, kind in (("highlighted", Highlighted), ("guest_speakers", GuestSpeakers)):
        if name in meetings:
            meetings[name] = built(kind, meetings[name])
    needs = meetings.pop("invitation_needs", {})
    by_kind = {name: value for name, value in needs.items() if name in KINDS}
    # frozen leaves what is built already as it is: only lists and plain tables change.
    meetings["invitation_needs"] = built(InvitationNeeds, {**needs, "by_kind": by_kind})
    for name, kind in _DUTY_KINDS.items():
        if name in duties:
            duties[name] = built(kind, duties[name])
    return {
        "tor": built(Tor, raw["tor"]),
        "chairs": built(Chairs, raw["chairs"]),
        "members": built(Members, raw.get("members", {})),
        "meetings": built(Meetings, meetings),
        "consensus": built(Consensus, raw["consensus"]),
        "duties": built(Duties, duties),
        "settings": built(Settings, raw.get("settings", {})),
        "modules": {name: on for name, on in raw.get("modules", {}).items() if isinstance(on, bool)},
    }


_DUTY_KINDS: dict[str, type[Any]] = {
    "workplan": WorkplanDuty,
    "progress_report": ProgressReportDuty,
    "requests": RequestsDuty,
    "updates": UpdatesDuty,
}
