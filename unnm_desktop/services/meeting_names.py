"""What a meeting is called, in both languages: "31st regular meeting"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from unnm_desktop.db.states import MeetingKind
from unnm_desktop.i18n import ENGLISH, Language
from unnm_desktop.services import ordinals

if TYPE_CHECKING:
    from unnm_desktop.db.meetings import Meeting
    from unnm_desktop.services.seen import SeenMeeting

# What a meeting is called is content in both languages, not a text of the screen.
_NAMES = {
    MeetingKind.REGULAR: ("{ordinal} regular meeting", "الاجتماع العادي {ordinal}", "Regular meeting", "اجتماع عادي"),
    MeetingKind.HIGHLIGHTED: (
        *("{ordinal} highlighted meeting", "الاجتماع البارز {ordinal}"),
        *("Highlighted meeting", "اجتماع بارز"),
    ),
    MeetingKind.AD_HOC: ("{ordinal} ad hoc meeting", "الاجتماع المخصص {ordinal}", "Ad hoc meeting", "اجتماع مخصص"),
}


def name_of(meeting: Meeting | SeenMeeting, language: Language) -> str:
    """What the meeting is called: "31st regular meeting", "الاجتماع العادي الحادي والثلاثون"."""
    return called(meeting.kind, meeting.ordinal, language.figures, rtl=language.rtl)


def called(
    kind: MeetingKind, ordinal: int | None, figures: Callable[[str], str] = ENGLISH.figures, *, rtl: bool
) -> str:
    """The name of a meeting of that kind and number; without a number the kind alone."""
    counted_en, counted_ar, plain_en, plain_ar = _NAMES[kind]
    if ordinal is None:
        return plain_ar if rtl else plain_en
    text = ordinals.arabic(ordinal) if rtl else ordinals.english(ordinal)
    return (counted_ar if rtl else counted_en).format(ordinal=figures(text))
