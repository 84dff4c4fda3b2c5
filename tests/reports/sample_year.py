"""A compact fictitious year of two networks, small enough to count by hand, for the documents' tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.actions import ActionPoint
from unnm_desktop.db.decisions import Decision, DecisionAct, DecisionSubject, Stance
from unnm_desktop.db.dispatches import DispatchKind
from unnm_desktop.db.meetings import AgendaItem, Capacity, ItemKind, Meeting, MeetingKind, Presence
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Membership, Organisation, OrganisationKind
from unnm_desktop.db.people import AppointmentRole, Office, OfficeKind, Person
from unnm_desktop.db.plan_parts import Deliverable, Indicator
from unnm_desktop.db.results import Challenge
from unnm_desktop.db.tor_text import Objective
from unnm_desktop.db.workplans import ActivityStatus, BudgetLine, WorkplanState
from unnm_desktop.services import (
    actions,
    agendas,
    attendance,
    decisions,
    invitations,
    issued,
    meetings,
    minutes,
    networks,
    organisations,
    people,
    progress_reports,
    records,
    tor_profile,
    workplans,
)
from unnm_desktop.services.minutes_text import reference_line

ON = date(2026, 11, 21)
START = date(2026, 1, 1)

# Fictitious people: name, Arabic name, position, Arabic position.
PEOPLE = {
    "IOM": ("Amina Haddad", "أمينة حداد", "Chief of Mission", "رئيسة البعثة"),
    "IOM2": ("Omar Salem", "عمر سالم", "Programme Officer", "موظف برامج"),
    "ILO": ("Jonas Weber", "يوناس فيبر", "Country Representative", "الممثل القطري"),
    "ILO2": ("Mona Idris", "منى إدريس", "Migration Specialist", "أخصائية هجرة"),
    "UNDP": ("Leila Nasser", "ليلى ناصر", "Deputy Resident Representative", "نائبة الممثل المقيم"),
    "WHO": ("Karim Daoud", "كريم داود", "Technical Officer", "موظف تقني"),
    "UNHCR": ("Sara Lind", "سارة ليند", "Protection Officer", "موظفة حماية"),
}


def at(day: date, hour: int = 8) -> datetime:
    """A moment of that day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class Year:
    """One network of the sample and the records that tests ask for."""

    session: Session
    network: Network
    bodies: dict[str, Organisation] = field(default_factory=dict)
    seats: dict[str, Membership] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    objectives: dict[int, Objective] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The network's key."""
        return self.network.id

    def body(self, short: str, name: str = "") -> Organisation:
        """An organisation of the lists, or one made for the sample."""
        found = self.bodies.get(short) or organisations.find(self.session, short, self.network.country)
        if found is None:
            found = records.create(
                self.session,
                Organisation,
                acronym=short,
                name_en=name or short,
                name_ar="جمعية خيالية لرعاية العمال",
                kind=OrganisationKind.NGO,
                country=self.network.country,
            )
        self.bodies[short] = found
        return found

    def person(self, key: str) -> Person:
        """Somebody of the cast."""
        if key not in self.people:
            name_en, name_ar, position_en, position_ar = PEOPLE[key]
            mailbox = name_en.lower().replace(" ", ".")
            self.people[key] = records.create(
                self.session,
                Person,
                organisation_id=self.body(key.rstrip("2")).id,
                name_en=name_en,
                name_ar=name_ar,
                position_en=position_en,
                position_ar=position_ar,
                emails=f"{mailbox}@example.org",
                phones="+973 0000 0000",
            )
        return self.people[key]

    def seat(self, short: str, category: Category = Category.MEMBER, start: str = "") -> Membership:
        """A seat, made where the terms of reference did not give it."""
        body = self.body(short)
        found = records.first_of(
            self.session, Membership, Membership.network_id == self.id, Membership.organisation_id == body.id
        )
        self.seats[short] = found or records.create(
            self.session, Membership, network_id=self.id, organisation_id=body.id, category=category, start=start
        )
        return self.seats[short]

    def meet(self, day: date, kind: MeetingKind = MeetingKind.REGULAR, **values: object) -> Meeting:
        """Plan a meeting."""
        made = meetings.plan_next(self.session, self.id, day, kind, day)
        records.update(self.session, Meeting, made.id, **{"title_en": "", "title_ar": "", **values})
        self.meetings[made.reference] = made
        return made

    def sit(self, meeting: Meeting, **seats: str) -> None:
        """Record attendance: f = focal point, a = alternate, s = stand-in, p = apologies, x = absent."""
        for short, how in seats.items():
            ways = {
                "f": (Capacity.FOCAL_POINT, Presence.PRESENT),
                "a": (Capacity.ALTERNATE, Presence.PRESENT),
                "s": (Capacity.STAND_IN, Presence.PRESENT),
                "p": (Capacity.FOCAL_POINT, Presence.APOLOGIES),
                "x": (Capacity.FOCAL_POINT, Presence.ABSENT),
            }
            capacity, presence = ways[how]
            name = "Rana Aziz" if how == "s" else ""
            attendance.record_attendance(
                self.session, meeting.id, self.body(short).id, capacity, presence, person_name=name
            )

    def item(self, meeting: Meeting, en: str, ar: str, **values: object) -> AgendaItem:
        """An item on an agenda."""
        return agendas.add_item(self.session, meeting.id, title_en=en, title_ar=ar, **values)

    def decide(
        self, meeting: Meeting | None, day: date, en: str, ar: str, said: dict[str, Stance], **values: object
    ) -> Decision:
        """A decision put to the members, with what they said the same day."""
        if meeting is not None:
            values["meeting_id"] = meeting.id
        made = decisions.propose(self.session, self.id, day, text_en=en, text_ar=ar, **values)
        decisions.put_to_members(self.session, made.id, day)
        for short, stance in said.items():
            reason = "The budget is not secured." if stance in (Stance.OBJECTS, Stance.RESERVATION) else ""
            resolve = "A confirmed contribution." if stance is Stance.OBJECTS else ""
            decisions.take_position(
                self.session, made.id, self.body(short).id, stance, at(day), reason=reason, would_resolve=resolve
            )
        return made

    def promise(
        self, meeting: Meeting, en: str, ar: str, who: tuple[str, ...], due: date | None, **values: object
    ) -> ActionPoint:
        """An action point given at a meeting."""
        owners = [(self.body(short).id, self.people[short].id if short in self.people else None) for short in who]
        return actions.create_action(
            self.session,
            self.id,
            meeting.day,
            responsible=owners,
            task_en=en,
            task_ar=ar,
            due=due,
            meeting_id=meeting.id,
            **values,
        )


def found(session: Session, name: str, answers: dict[str, str]) -> Year:
    """A network with its objectives, as its profile gives it."""
    profile = tor_profile.load(name)
    network = networks.found(session, profile, answers=answers, records_from=START, on=START)
    records.update(session, Network, network.id, sample=True)
    year = Year(session, network)
    year.objectives = {one.number: one for one in networks.objectives_on(session, network.id, ON)}
    return year


def bahrain(session: Session) -> Year:
    """Five meetings of Bahrain, six decisions, seven action points, a workplan of four activities."""
    year = found(session, "bahrain", {"tor.approved": "2025-12-01", "settings.reporting_chair": "IOM"})
    for short in ("IOM", "ILO", "UNDP", "WHO"):
        year.seat(short)
        people.appoint(session, year.seats[short].id, year.person(short).id, start="2025-01-01")
    for short in ("IOM", "ILO"):
        alternate = year.person(f"{short}2")
        people.appoint(session, year.seats[short].id, alternate.id, AppointmentRole.ALTERNATE, start="2025-01-01")
    year.seat("UNHCR", Category.PARTICIPATING)
    people.appoint(session, year.seats["UNHCR"].id, year.person("UNHCR").id, start="2025-01-01")
    for office in records.all_of(session, Office, Office.network_id == year.id):
        owner = next((one.acronym for one in year.bodies.values() if one.id == office.organisation_id), "IOM")
        key = f"{owner}2" if office.kind is OfficeKind.SECRETARIAT else owner
        records.update(session, Office, office.id, person_id=year.person(key).id)
    _bahrain_plan(year)
    _bahrain_first_half(year)
    _bahrain_second_half(year)
    _bahrain_words(year)
    return year


def _bahrain_plan(year: Year) -> None:
    session = year.session
    plan = workplans.create_plan(
        session, year.id, 2026, title_en="Annual workplan 2026", title_ar="خطة العمل السنوية لعام 2026"
    )
    output = workplans.add_output(
        session,
        plan.id,
        objective_id=year.objectives[1].id,
        title_en="Joint research is available",
        title_ar="إتاحة البحوث المشتركة",
    )
    study = workplans.add_activity(
        session,
        plan.id,
        output_id=output.id,
        title_en="Joint study on recruitment costs",
        title_ar="دراسة مشتركة عن تكاليف الاستقدام",
        lead_id=year.body("IOM").id,
        start=date(2026, 2, 1),
        end=date(2026, 6, 30),
        status=ActivityStatus.COMPLETED,
        progress=100,
        gender_marker=2,
        gender_justification="Half of those asked are women.",
        rights_marker=3,
        rights_justification="The study rests on the right to decent work.",
        women_en="Costs borne by women domestic workers are counted apart.",
        women_ar="تُحتسب على حدة التكاليف التي تتحملها العاملات المنزليات.",
        sdg_targets=["10.7", "8.8"],
        gcm_objectives=[6, 3],
        narrative_en="Two hundred workers were interviewed.",
        narrative_ar="أُجريت مقابلات مع مئتي عامل.",
    )
    workplans.set_participants(session, study.id, [year.body("ILO").id, year.body("UNDP").id])
    workplans.add_to_activity(
        session,
        Deliverable,
        study.id,
        title_en="Study report",
        title_ar="تقرير الدراسة",
        due=date(2026, 6, 15),
        delivered_on=date(2026, 6, 10),
    )
    indicator = workplans.add_to_activity(
        session,
        Indicator,
        study.id,
        title_en="Workers interviewed",
        title_ar="عدد العمال المستطلعة آراؤهم",
        baseline="0",
        baseline_year=2025,
        target="150",
        verification="Survey data",
    )
    workplans.measure(session, indicator.id, date(2026, 5, 31), "200", women="98", men="102", source="IOM")
    workplans.add_to_activity(
        session,
        BudgetLine,
        study.id,
        title_en="Survey",
        title_ar="المسح",
        required=12_500_500,
        available=10_000_250,
    )
    clinic = workplans.add_activity(
        session,
        plan.id,
        objective_id=year.objectives[2].id,
        title_en="Health outreach to migrant workers",
        title_ar="التوعية الصحية للعمال المهاجرين",
        lead_id=year.body("WHO").id,
        start=date(2026, 4, 1),
        end=date(2026, 12, 31),
        status=ActivityStatus.ONGOING,
        progress=50,
        gender_marker=1,
        gender_justification="Some sessions are for women.",
        sdg_targets=["3.8"],
        gcm_objectives=[15],
    )
    workplans.add_to_activity(
        session,
        Deliverable,
        clinic.id,
        title_en="Outreach material in five languages",
        title_ar="مواد توعية بخمس لغات",
        due=date(2026, 12, 10),
    )
    workplans.add_to_activity(
        session, BudgetLine, clinic.id, title_en="Outreach", title_ar="", required=4_000_000, available=4_500_000
    )
    workplans.add_activity(
        session,
        plan.id,
        objective_id=year.objectives[2].id,
        title_en="Training of labour inspectors",
        title_ar="",
        lead_id=year.body("ILO").id,
        start=date(2026, 3, 1),
        end=date(2026, 9, 30),
        status=ActivityStatus.DELAYED,
        progress=30,
        rights_marker=2,
        rights_justification="Inspection protects rights at work.",
    )
    workplans.add_activity(
        session,
        plan.id,
        objective_id=year.objectives[4].id,
        title_en="Policy brief for the regional Network",
        title_ar="موجز سياسات للشبكة الإقليمية",
        lead_id=year.body("UNDP").id,
        start=date(2026, 9, 1),
        end=date(2026, 12, 31),
        status=ActivityStatus.YET_TO_START,
        progress=0,
    )
    adopted = year.decide(
        None,
        date(2026, 1, 20),
        "The Network adopts the workplan for 2026.",
        "تعتمد الشبكة خطة العمل لعام 2026.",
        dict.fromkeys(("IOM", "ILO", "UNDP", "WHO"), Stance.AGREES),
        title_en="Workplan 2026",
        title_ar="خطة العمل لعام 2026",
        subject=DecisionSubject.WORKPLAN,
    )
    records.update(
        session,
        type(plan),
        plan.id,
        state=WorkplanState.SHARED,
        adopted_on=date(2026, 1, 20),
        decision_id=adopted.id,
    )
    issued.record_dispatch(session, year.id, DispatchKind.WORKPLAN, "UNCT", at(date(2026, 2, 3)), workplan_id=plan.id)


def _bahrain_first_half(year: Year) -> None:
    session = year.session
    place = {"place_en": "UN House, Manama", "place_ar": "بيت الأمم المتحدة، المنامة"}
    first = year.meet(date(2026, 1, 28), ordinal=30, **place)
    item = year.item(first, "Priorities for 2026", "أولويات عام 2026", objective_id=year.objectives[1].id, minutes=20)
    agendas.circulate_agenda(session, first.id, at(date(2026, 1, 20)))
    year.sit(first, IOM="f", ILO="f", UNDP="f", WHO="f", UNHCR="f")
    meetings.hold(session, first.id, first.day)
    year.decide(
        first,
        first.day,
        "The Network makes recruitment costs its first priority.",
        "تجعل الشبكة تكاليف الاستقدام أولى أولوياتها.",
        {"IOM": Stance.AGREES, "ILO": Stance.AGREES, "UNDP": Stance.AGREES, "WHO": Stance.RESERVATION},
        title_en="First priority",
        title_ar="الأولوية الأولى",
        agenda_item_id=item.id,
        objective_id=year.objectives[1].id,
    )
    done = year.promise(
        first,
        "Share the questionnaire of the study",
        "تعميم استبيان الدراسة",
        ("IOM",),
        date(2026, 2, 28),
        agenda_item_id=item.id,
        objective_id=year.objectives[1].id,
    )
    actions.mark_done(session, done.id, date(2026, 2, 20), "Sent by e-mail to all members.")
    _bahrain_minutes(year, first, item)

    second = year.meet(date(2026, 3, 25))
    labour = year.item(
        second,
        "Labour migration governance",
        "حوكمة هجرة اليد العاملة",
        kind=ItemKind.DECISION,
        objective_id=year.objectives[2].id,
        minutes=45,
    )
    society = year.body("MWA", "Migrant Workers Aid (fictitious)")
    invitations.invite(
        session,
        second.id,
        society.id,
        as_speaker=True,
        topic_en="Shelter for domestic workers",
        topic_ar="مأوى العمال المنزليين",
    )
    year.sit(second, IOM="f", ILO="a", UNDP="p", WHO="f", UNHCR="x")
    attendance.record_guest(
        session, second.id, Capacity.GUEST_SPEAKER, organisation_id=society.id, person_name="Huda Marwan"
    )
    meetings.hold(session, second.id, second.day)
    year.decide(
        second,
        second.day,
        "The Network supports a hotline for domestic workers.",
        "تدعم الشبكة إنشاء خط ساخن للعمال المنزليين.",
        {"IOM": Stance.AGREES, "ILO": Stance.AGREES, "WHO": Stance.OBJECTS},
        agenda_item_id=labour.id,
        objective_id=year.objectives[2].id,
    )
    late = year.promise(
        second, "Draft the terms of the hotline", "صياغة شروط الخط الساخن", ("ILO", "UNDP"), date(2026, 5, 15)
    )
    actions.remind(session, late.id, date(2026, 6, 1))
    actions.note(session, late.id, date(2026, 6, 3), "A first draft is with ILO legal.")

    third = year.meet(date(2026, 5, 20))
    year.sit(third, IOM="f", ILO="f", UNDP="s", WHO="x", UNHCR="p")
    meetings.hold(session, third.id, third.day)
    silent = year.decide(
        third,
        third.day,
        "The Network names IOM as contact for the regional review.",
        "تسمي الشبكة المنظمة الدولية للهجرة جهة اتصال للاستعراض الإقليمي.",
        {"IOM": Stance.AGREES, "ILO": Stance.AGREES, "UNDP": Stance.AGREES},
    )
    decisions.start_silence(session, silent.id, at(date(2026, 5, 21)))
    decisions.implement(session, silent.id, date(2026, 6, 20))
    closed = year.promise(third, "Inform the regional Network", "إبلاغ الشبكة الإقليمية", ("IOM",), date(2026, 7, 31))
    actions.mark_done(session, closed.id, date(2026, 7, 15), "Letter sent.")
    records.create(
        session,
        Challenge,
        network_id=year.id,
        objective_id=year.objectives[2].id,
        organisation_id=year.body("WHO").id,
        title_en="No data on migrants' health insurance",
        title_ar="غياب البيانات عن التأمين الصحي للمهاجرين",
        text_en="Figures by sex and status are not published.",
        text_ar="لا تُنشر أرقام مصنفة حسب الجنس والوضع.",
        asked_en="Raise access to data with the ministry.",
        asked_ar="إثارة مسألة الوصول إلى البيانات مع الوزارة.",
        raised_on=date(2026, 5, 20),
    )


def _bahrain_minutes(year: Year, meeting: Meeting, item: AgendaItem) -> None:
    session = year.session
    taken = records.all_of(session, Decision, Decision.meeting_id == meeting.id)[0]
    given = records.all_of(session, ActionPoint, ActionPoint.meeting_id == meeting.id)[0]
    version = minutes.open_minutes(session, meeting.id)
    text_en = "\n\n".join(
        (
            "The **co-chair** presented the priorities <draft> & the figures of 2025.",
            "- Recruitment costs are high;\n- data are *scarce*.",
            reference_line("decision", taken.id),
            "IOM offered to share its questionnaire.",
            reference_line("action", given.id),
        )
    )
    text_ar = "\n\n".join(
        (
            "عرض **الرئيس المشارك** الأولويات وأرقام عام 2025 (IOM).",
            "- تكاليف الاستقدام مرتفعة؛\n- والبيانات *شحيحة*.",
            reference_line("decision", taken.id),
            "عرضت المنظمة الدولية للهجرة تعميم استبيانها.",
            reference_line("action", given.id),
        )
    )
    minutes.write_entry(session, version.id, item.id, text_en=text_en, text_ar=text_ar)
    opening = agendas.agenda(session, meeting.id)[0]
    minutes.write_entry(session, version.id, opening.id, text_en="The agenda was adopted.")
    records.update(session, Meeting, meeting.id, minute_taker_id=year.person("IOM2").id)


def _bahrain_second_half(year: Year) -> None:
    session = year.session
    fourth = year.meet(date(2026, 9, 23))
    year.sit(fourth, IOM="f", ILO="a", UNDP="f", WHO="f")
    meetings.hold(session, fourth.id, fourth.day)
    put_off = year.item(fourth, "Referral pathways", "مسارات الإحالة", objective_id=year.objectives[6].id)
    deferred = year.decide(
        fourth, fourth.day, "The Network adopts common referral forms.", "تعتمد الشبكة نماذج إحالة موحدة.", {}
    )
    decisions.act(session, deferred.id, DecisionAct.DEFERRED, date(2026, 9, 23), "The forms need legal clearance.")
    year.decide(
        fourth,
        fourth.day,
        "The Network meets once a year with development partners.",
        "تجتمع الشبكة مرة في السنة مع الشركاء الإنمائيين.",
        {"IOM": Stance.AGREES, "ILO": Stance.AGREES},
    )
    year.promise(fourth, "Update the list of focal points", "تحديث قائمة جهات التنسيق", ("IOM",), date(2026, 11, 30))
    year.promise(fourth, "Map shelters <list> & hotlines", "", ("UNDP", "WHO"), date(2027, 1, 31))
    year.promise(fourth, "Prepare the review of the terms of reference", "إعداد استعراض الاختصاصات", (), None)
    dropped = year.promise(fourth, "Rent a larger room", "استئجار قاعة أكبر", ("IOM",), date(2026, 10, 1))
    actions.drop(session, dropped.id, "The usual room is large enough.")

    fifth = year.meet(date(2026, 11, 25))
    agendas.carry_over(session, put_off.id, fifth.id, "Legal clearance was outstanding.")
    year.item(
        fifth,
        "Election of the contact group",
        "اختيار فريق الاتصال",
        kind=ItemKind.DECISION,
        closed=True,
        minutes=15,
        presenter="ILO",
        purpose_en="Agree on three members.",
        purpose_ar="الاتفاق على ثلاثة أعضاء.",
    )
    decisions.propose(
        session,
        year.id,
        ON,
        text_en="The Network forms a contact group of three members.",
        text_ar="تنشئ الشبكة فريق اتصال من ثلاثة أعضاء.",
        meeting_id=fifth.id,
    )


def _bahrain_words(year: Year) -> None:
    session = year.session
    report = progress_reports.open_report(session, year.id, "2026-H1")
    progress_reports.write_section(
        session,
        report.id,
        "context",
        text_en="A new wage protection system was announced in March.",
        text_ar="أُعلن في آذار/مارس عن نظام جديد لحماية الأجور.",
    )
    progress_reports.sign_off(session, report.id, date(2026, 7, 10))
    progress_reports.submit(session, report.id, at(date(2026, 7, 12)))


def kuwait(session: Session) -> Year:
    """Two meetings of Kuwait, one of them highlighted, without a workplan."""
    year = found(session, "kuwait", {"tor.approved": "2019-12"})
    for short in ("IOM", "ILO"):
        year.seat(short)
        people.appoint(session, year.seats[short].id, year.person(short).id, start="2025-01-01")
    first = year.meet(date(2026, 2, 11), ordinal=12)
    year.sit(first, IOM="f", ILO="p")
    meetings.hold(session, first.id, first.day)
    year.decide(
        first,
        first.day,
        "The Network invites the Public Authority for Manpower to its next highlighted meeting.",
        "تدعو الشبكة الهيئة العامة للقوى العاملة إلى اجتماعها البارز المقبل.",
        {"IOM": Stance.AGREES},
        objective_id=year.objectives[5].id,
    )
    year.promise(first, "Prepare a note on women migrants", "إعداد مذكرة عن المهاجرات", ("ILO",), date(2026, 3, 1))
    high = year.meet(
        date(2026, 4, 15), MeetingKind.HIGHLIGHTED, place_en="Ministry of Foreign Affairs", place_ar="وزارة الخارجية"
    )
    ministry = year.body("MoFA")
    resident = year.body("UNRC")
    meetings.name_chair(session, high.id, ministry.id)
    meetings.name_chair(session, high.id, resident.id)
    year.sit(high, IOM="f", ILO="f")
    invitations.invite(session, high.id, ministry.id)
    attendance.record_guest(
        session,
        high.id,
        Capacity.GUEST,
        organisation_id=ministry.id,
        person_name="Director of International Organizations",
    )
    meetings.hold(session, high.id, high.day)
    return year
