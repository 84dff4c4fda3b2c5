"""A document with every kind of block, in both languages, for tests and for looking at."""

from __future__ import annotations

from datetime import date

from unnm_desktop.typeset import blocks as b

_EN = {
    "title": "Half-year progress report, January to June 2026",
    "header": "UN Network on Migration in Kuwait",
    "contents": "Contents",
    "body": "The Network met six times between January and June 2026. Four of the meetings were regular and two were "
    "highlighted meetings on labour migration, with the Public Authority for Manpower (الهيئة العامة للقوى العاملة) as "
    "guest speaker. The Global Compact for Safe, Orderly and Regular Migration, adopted as A/RES/73/195, remains the "
    "frame of the workplan.",
    "lead": "Twelve of seventeen activities are on track; three decisions wait for the answer of one member.",
    "items": ("Agree on the list of highlighted meetings", "Share the adopted workplan with the Resident Coordinator"),
    "sub": "with a note on the two late activities",
    "org": ("International Organization for Migration", "World Health Organization", "Kuwait Society for Human Rights"),
    "people": ("Maryam Al-Sabah Example", "Jonas Muster", "Hessa Al-Mithal"),
    "states": ("Done", "Late", "Open"),
    "months": ("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    "words": {
        "meetings": "Meetings and attendance",
        "actions": "Action points",
        "plan": "Workplan",
        "annex": "Annex: register",
        "seat": "Seat",
        "person": "Person",
        "state": "State",
        "due": "Due",
        "task": "Task",
        "required": "Required, KWD",
        "available": "Available, KWD",
        "total": "Total",
        "held": "meetings held",
        "closed": "actions closed",
        "open": "decisions pending",
        "decision": "Decision KWT/2026/D04",
        "adopted": "Adopted by consensus",
        "action": "Action KWT/2026/A11",
        "who": "Responsible: Jonas Muster",
        "by": "Due 14 June 2026",
        "to": "To",
        "from": "From",
        "date": "Date",
        "ref": "Reference",
        "subject": "Subject",
        "name": "Name",
        "note": "The figures are those of 30 June 2026.",
        "quote": "Migration works when everybody is at the table.",
        "mark": "Only in English",
        "sign": "Reporting chair",
        "objective": "Objective",
        "group": "Working group on labour migration",
        "rc": "United Nations Resident Coordinator",
        "callout": "One objection is open: the decision stays not adopted until it is withdrawn.",
        "milestone": "Review",
        "present": "Present",
        "absent": "Absent",
        "apologies": "Apologies",
    },
}
_AR = {
    "title": "التقرير المرحلي نصف السنوي، كانون الثاني/يناير إلى حزيران/يونيو 2026",
    "header": "شبكة الأمم المتحدة المعنية بالهجرة في الكويت",
    "contents": "المحتويات",
    "body": "اجتمعت الشبكة ست مرات بين كانون الثاني/يناير وحزيران/يونيو 2026. وكانت أربعة من الاجتماعات عادية واثنان "
    "منها اجتماعين مواضيعيين بشأن هجرة اليد العاملة، بمشاركة الهيئة العامة للقوى العاملة (PAM) ضيفةً متحدثة. ولا يزال "
    "الاتفاق العالمي من أجل الهجرة الآمنة والمنظمة والنظامية، المعتمد بموجب القرار A/RES/73/195 (GCM)، "
    "إطاراً لخطة العمل.",
    "lead": "اثنا عشر نشاطاً من سبعة عشر تسير وفق الخطة؛ وثلاثة قرارات تنتظر رد عضو واحد.",
    "items": ("الاتفاق على قائمة الاجتماعات المواضيعية", "إطلاع المنسق المقيم على خطة العمل المعتمدة"),
    "sub": "مع مذكرة بشأن النشاطين المتأخرين",
    "org": ("المنظمة الدولية للهجرة", "منظمة الصحة العالمية", "الجمعية الكويتية لحقوق الإنسان"),
    "people": ("مريم الصباح المثال", "Jonas Muster", "حصة المثال"),
    "states": ("منجز", "متأخر", "مفتوح"),
    "months": ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    "words": {
        "meetings": "الاجتماعات والحضور",
        "actions": "نقاط العمل",
        "plan": "خطة العمل",
        "annex": "المرفق: السجل",
        "seat": "المقعد",
        "person": "الشخص",
        "state": "الحالة",
        "due": "الموعد",
        "task": "المهمة",
        "required": "المطلوب، د.ك",
        "available": "المتاح، د.ك",
        "total": "المجموع",
        "held": "اجتماعات معقودة",
        "closed": "نقاط عمل مغلقة",
        "open": "قرارات معلقة",
        "decision": "القرار \u2066KWT/2026/D04\u2069",
        "adopted": "اعتُمد بتوافق الآراء",
        "action": "نقطة العمل \u2066KWT/2026/A11\u2069",
        "who": "المسؤول: Jonas Muster",
        "by": "الموعد 14 حزيران/يونيو 2026",
        "to": "إلى",
        "from": "من",
        "date": "التاريخ",
        "ref": "المرجع",
        "subject": "الموضوع",
        "name": "الاسم",
        "note": "الأرقام كما في 30 حزيران/يونيو 2026.",
        "quote": "تنجح الهجرة حين يجلس الجميع إلى الطاولة.",
        "mark": "بالإنكليزية فقط",
        "sign": "الرئيس المكلف بالتقارير",
        "objective": "الهدف",
        "group": "الفريق العامل المعني بهجرة اليد العاملة",
        "rc": "المنسق المقيم للأمم المتحدة",
        "callout": "ثمة اعتراض واحد قائم: يبقى القرار غير معتمد إلى أن يُسحب.",
        "milestone": "استعراض",
        "present": "حاضر",
        "absent": "غائب",
        "apologies": "معتذر",
    },
}


def furniture(language: str) -> b.Furniture:
    """The running heads of the sample."""
    t = _AR if language == "ar" else _EN
    return b.Furniture(
        title=t["title"],
        header=t["header"],
        symbol="UNNM/KWT/2026/R01",
        classification="للاستخدام الداخلي" if language == "ar" else "Internal",
        mark="عينة" if language == "ar" else "Sample",
        page_words="الصفحة {page} من {pages}" if language == "ar" else "page {page} of {pages}",
        author=t["header"],
        subject=t["words"]["plan"],
        language=language,
        on="2026-06-30",
    )


def blocks(language: str, rows: int = 30) -> list[b.Block]:
    """Every kind of block."""
    t = _AR if language == "ar" else _EN
    w = t["words"]
    day = "30 June 2026" if language == "en" else "30 حزيران/يونيو 2026"
    site = b.Span("migrationnetwork.un.org", link="https://migrationnetwork.un.org")
    attendance = b.Table(
        (b.Column(w["seat"], 3), b.Column(w["person"], 2.4), *(b.Column(m, 0.7, "center") for m in t["months"])),
        tuple((t["org"][n % 3], t["people"][n % 3], *(b.Mark(k, w["present"]) for k in _marks(n))) for n in range(6)),
        caption=w["meetings"],
    )
    actions = b.Table(
        (
            b.Column("#", 1.2, kind="code"),
            b.Column(w["task"], 4),
            b.Column(w["person"], 1.8),
            b.Column(w["due"], 1.3, kind="code"),
            b.Column(w["state"], 1, kind="pill"),
        ),
        (
            b.GroupRow(w["group"]),
            *(
                (f"A{n:02d}", t["items"][n % 2], t["people"][n % 3], "2026-06-14", _state(t["states"], n))
                for n in range(rows)
            ),
            b.GroupRow("Coordination team" if language == "en" else "فريق التنسيق"),
            ("A99", "Prepare the English note for the visit of the delegation.", "UNHCR", "2026-07-01", "Open"),
        ),
        caption=w["actions"],
    )
    money = b.Table(
        (
            b.Column(w["objective"], 3),
            b.Column(w["required"], 1, "end", "number"),
            b.Column(w["available"], 1, "end", "number"),
        ),
        tuple((t["org"][n], f"{(n + 1) * 12500:,}.500", f"{n * 8000:,}.000") for n in range(3)),
        total=(w["total"], "75,001.500", "24,000.000"),
        style="plain",
    )
    timeline = b.Timeline(
        w["plan"],
        date(2026, 1, 1),
        date(2026, 6, 30),
        tuple(
            b.TimelineRow(
                t["items"][n % 2],
                date(2026, 1 + n % 4, 5),
                date(2026, 3 + n % 4, 20),
                (n % 5) / 4,
                n == 3,
                ((date(2026, 4, 15), w["milestone"]),) if n % 4 == 1 else (),
                w["group"] if n < 4 else w["rc"],
            )
            for n in range(8)
        ),
        date(2026, 5, 11),
        t["months"],
    )
    return [
        b.LetterHead(
            (w["to"], w["rc"]),
            (w["from"], t["header"]),
            (w["date"], day),
            (w["ref"], b.ltr("UNNM/KWT/2026/R01")),
            (w["subject"], t["title"]),
        ),
        b.Paragraph(t["body"]),
        b.SignatureLines(((w["sign"], t["people"][0]), (w["rc"], t["people"][1]))),
        b.PageBreak(),
        b.Contents(t["contents"]),
        b.Heading(w["meetings"], 1),
        b.Paragraph(t["lead"], "lead"),
        b.Figures((("6", w["held"]), ("41", w["closed"]), ("3", w["open"]), ("62%", w["plan"]))),
        b.Paragraph(
            (
                b.Span(t["body"][:60], bold=True),
                b.Span(t["body"][60:]),
                b.Span(" "),
                site,
                b.Span(". "),
                b.Span(t["body"], italic=True),
            )
        ),
        b.Bullets((*t["items"], b.ListItem(t["sub"], 1), t["items"][0])),
        b.Bullets((*t["items"], b.ListItem(t["sub"], 1), t["items"][0]), numbered=True),
        attendance,
        b.Heading(w["actions"], 2),
        b.DecisionBox(w["decision"], t["body"], w["adopted"]),
        b.ActionBox(w["action"], t["items"][1], w["who"], w["by"], "warn"),
        b.Callout(w["callout"], "bad"),
        b.Paragraph(w["quote"], "quote"),
        b.Paragraph(w["note"], "note"),
        b.Paragraph(w["mark"], "mark"),
        b.Facts(((w["date"], "2026-06-30"), (w["seat"], t["org"][0]), (w["subject"], t["body"]))),
        actions,
        b.Heading(w["plan"], 1),
        money,
        b.BarChart(w["plan"], tuple(t["months"]), (("2025", (3, 4, 2, 5, 6, 1)), ("2026", (5, 2, 7, 4, 3, 6)))),
        b.ProgressBars(tuple((t["org"][n], 0.3 * (n + 1), f"{30 * (n + 1)}%") for n in range(3))),
        timeline,
        b.Section(landscape=True),
        b.Heading(w["annex"], 1),
        b.KeepTogether((b.Heading(w["seat"], 2), b.Paragraph(t["body"]))),
        b.Table(
            (b.Column("#", 0.4), b.Column(w["name"], 2), b.Column(w["seat"], 3), b.Column(w["sign"], 3)),
            tuple((str(n + 1), t["people"][n % 3], t["org"][n % 3], "") for n in range(12)),
            row_height_mm=11,
        ),
        b.BarChart(
            w["plan"],
            tuple(t["months"]),
            (("A", (30, 40, 20, 50, 60, 10)), ("B", (50, 20, 70, 40, 30, 60))),
            unit="%",
            stacked=True,
        ),
        b.Section(landscape=False),
        b.Table((b.Column(w["name"]), b.Column(w["seat"])), (), empty="–"),
    ]


def _state(states: tuple[str, ...], n: int) -> b.Pill:
    tones: tuple[b.Tone, ...] = ("good", "bad", "info")
    return b.Pill(states[n % 3], tones[n % 3])


def _marks(n: int) -> tuple[b.MarkKind, ...]:
    kinds: tuple[b.MarkKind, ...] = ("present", "alternate", "absent", "apologies", "yes", "box")
    return tuple(kinds[(n + at) % 6] for at in range(6))
