"""The columns of the spreadsheets that are read and written, by their headings in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from unnm_desktop.db.text import fold

_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Heading:
    """One column of a spreadsheet.

    The Arabic stands here and not among the translations: it is how sheets are read again, so it stays when a
    translation is improved.

    Args:
        name: the field it fills.
        kind: text, date, partial, money, list or choice; how its cells are read and written.
        also: other headings under which people write it.

    """

    name: str
    english: str
    arabic: str
    kind: str = "text"
    also: tuple[str, ...] = ()
    width: int = 18

    def title(self, *, arabic: bool) -> str:
        """The heading as it is written."""
        return self.arabic if arabic else self.english


REFERENCE = Heading("reference", "Reference", "المرجع", also=("Ref", "Ref.", "الرقم المرجعي"), width=16)
_FROM = Heading("from", "From", "من تاريخ", "partial", ("Since", "Member since", "منذ"), 12)

SHEETS: Mapping[str, tuple[Heading, ...]] = {
    "actions": (
        REFERENCE,
        Heading("task_en", "Task", "المهمة", also=("Action", "Action point", "إجراء المتابعة"), width=50),
        Heading("task_ar", "Task (Arabic)", "المهمة (بالعربية)", width=50),
        Heading("responsible", "Responsible", "الجهة المسؤولة", "list", ("Owner", "Who", "المسؤول"), 20),
        Heading("due", "Due", "تستحق في", "date", ("Due date", "Deadline", "تاريخ الاستحقاق", "الموعد النهائي"), 12),
        Heading("status", "Status", "الحالة", "choice", width=14),
        Heading("note", "Note", "ملاحظة", also=("Notes", "Remarks", "ملاحظات"), width=40),
    ),
    "organisations": (
        Heading("name_en", "Name", "الاسم", also=("Organisation", "Organization", "المنظمة"), width=46),
        Heading("name_ar", "Name (Arabic)", "الاسم (بالعربية)", width=46),
        Heading("acronym", "Acronym", "المختصر", also=("Abbreviation", "Short name", "الاسم المختصر"), width=14),
        Heading("kind", "Kind", "النوع", "choice", ("Type",), 22),
        Heading("residency", "Residency", "الإقامة", "choice", width=16),
        Heading("category", "Category", "الفئة", "choice", ("Membership", "Joins as", "Belongs as", "العضوية"), 20),
        _FROM,
        REFERENCE,
    ),
    "people": (
        Heading("name_en", "Name", "الاسم", also=("Full name", "الاسم الكامل"), width=32),
        Heading("name_ar", "Name (Arabic)", "الاسم (بالعربية)", width=32),
        Heading(
            "organisation", "Organisation", "المنظمة", also=("Organization", "Agency", "الجهة", "الوكالة"), width=18
        ),
        Heading("position_en", "Position", "المنصب", also=("Title", "Job title", "المسمى الوظيفي"), width=30),
        Heading("level", "Level", "المستوى", width=20),
        Heading("role", "Role", "الدور", "choice", width=16),
        _FROM,
        Heading("emails", "E-mail", "البريد الإلكتروني", also=("Email", "Mail", "E-mails"), width=30),
        Heading("phones", "Phone", "الهاتف", also=("Telephone", "Mobile", "Phones", "الجوال"), width=20),
        Heading("letter_language", "Language", "اللغة", "choice", width=12),
        REFERENCE,
    ),
    "workplan": (
        REFERENCE,
        Heading("objective", "Objective", "الهدف", width=10),
        Heading("output", "Output", "الناتج", width=36),
        Heading("title_en", "Activity", "النشاط", width=50),
        Heading("title_ar", "Activity (Arabic)", "النشاط (بالعربية)", width=50),
        Heading("lead", "Lead", "الجهة الرائدة", also=("Lead agency", "الوكالة الرائدة"), width=12),
        Heading(
            "participating", "Participating", "الجهات المشاركة", "list", ("Participating agencies", "Partners"), 20
        ),
        Heading("start", "Start", "البداية", "date", ("Start date", "تاريخ البدء"), 12),
        Heading("end", "End", "النهاية", "date", ("End date", "تاريخ الانتهاء"), 12),
        Heading("status", "Status", "الحالة", "choice", width=14),
        Heading("required", "Required", "المطلوب", "money", ("Budget", "المبلغ المطلوب"), 14),
        Heading("available", "Available", "المتاح", "money", ("المبلغ المتاح",), 14),
        Heading("currency", "Currency", "العملة", width=10),
        Heading("gcm_objectives", "GCM objectives", "أهداف الاتفاق العالمي", "list", ("GCM objective", "GCM"), 16),
        Heading("sdg_targets", "SDG targets", "غايات أهداف التنمية المستدامة", "list", ("SDG target", "SDGs"), 16),
    ),
}
# One of these is there, or the sheet is not of this kind.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "actions": ("task_en", "task_ar", "reference"),
    "organisations": ("name_en", "name_ar", "acronym", "reference"),
    "people": ("name_en", "name_ar", "reference"),
    "workplan": ("title_en", "title_ar", "reference"),
}


def comparable(heading: str) -> str:
    """A heading without case, spacing, marks and vowels."""
    return _NOISE.sub("", fold(heading))


def recognise(kind: str, headings: Sequence[str]) -> int:
    """How many different headings of that kind of sheet are among these."""
    known = _known(kind)
    found = {known[key] for heading in headings if (key := comparable(heading)) in known}
    return len(found) if found & set(NEEDED[kind]) else 0


def placed(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """Where each field's column lies; of two columns with the same heading the first counts."""
    known = _known(kind)
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = known.get(comparable(heading))
        if name is not None:
            places.setdefault(name, place)
    return places


def heading_of(kind: str, name: str) -> Heading:
    """The column of a field."""
    return next(one for one in SHEETS[kind] if one.name == name)


def nearly(kind: str, heading: str, missing: Sequence[str]) -> Heading | None:
    """The missing column that an unknown heading probably means."""
    spellings = {
        comparable(word): one
        for one in SHEETS[kind]
        if one.name in missing
        for word in (one.english, one.arabic, *one.also)
    }
    close = get_close_matches(comparable(heading), spellings, n=1, cutoff=0.8)
    return spellings[close[0]] if close else None


def _known(kind: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for one in SHEETS[kind]:
        for word in (one.english, one.arabic):
            known[comparable(word)] = one.name
    for one in SHEETS[kind]:
        for word in one.also:
            known.setdefault(comparable(word), one.name)
    return known
