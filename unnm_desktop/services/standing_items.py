"""The items that every meeting of a kind begins and ends with, in both languages (practice.md, section 3.2)."""

from __future__ import annotations

from unnm_desktop.db.meetings import ItemKind, MeetingKind
from unnm_desktop.frozen import Frozen


class StandingItem(Frozen):
    """One item that a new agenda is filled with; its texts are content, kept in both languages."""

    standing: str
    title_en: str
    title_ar: str
    kind: ItemKind = ItemKind.INFORMATION
    minutes: int | None = None


_ADOPTION = StandingItem("adoption", "Adoption of the agenda", "إقرار جدول الأعمال", ItemKind.DECISION, 5)
_PREVIOUS = StandingItem(
    "previous_minutes",
    "Adoption of the minutes of the previous meeting",
    "اعتماد محضر الاجتماع السابق",
    ItemKind.DECISION,
    5,
)
_ACTIONS = StandingItem(
    "action_points", "Follow-up on action points", "استعراض إجراءات المتابعة المتفق عليها", ItemKind.DISCUSSION, 15
)
_UPDATES = StandingItem("updates", "Updates by members", "مستجدات الأعضاء", ItemKind.INFORMATION, 20)
_WORKPLAN = StandingItem("workplan", "Workplan and funding", "خطة العمل والتمويل", ItemKind.DISCUSSION, 20)
_OTHER = StandingItem("other_business", "Any other business", "ما يستجد من أعمال", ItemKind.DISCUSSION, 10)
_NEXT = StandingItem("next_meeting", "Date of the next meeting", "موعد الاجتماع المقبل", ItemKind.DECISION, 5)
_OPENING = StandingItem("opening", "Opening remarks by the Co-Chairs", "كلمة الافتتاح للرئيسين المشاركين", minutes=10)

STANDING: dict[MeetingKind, tuple[StandingItem, ...]] = {
    MeetingKind.REGULAR: (_ADOPTION, _PREVIOUS, _ACTIONS, _UPDATES, _WORKPLAN, _OTHER, _NEXT),
    MeetingKind.HIGHLIGHTED: (_OPENING, _ADOPTION, _ACTIONS, _OTHER),
    MeetingKind.AD_HOC: (_ADOPTION, _OTHER),
}

# A new item is added before these, which end every agenda.
CLOSING = ("other_business", "next_meeting")
