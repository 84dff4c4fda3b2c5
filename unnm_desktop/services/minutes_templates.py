"""Texts to begin an entry of minutes with: the standing ones in both languages, and those the officer keeps."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from unnm_desktop.db.attachments import SavedView
from unnm_desktop.db.meetings import AgendaItem
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import records

# Own texts are kept like saved views, so that they go along at a hand-over; this is the list they belong to.
LISTING = "minutes_template"
GENERAL, SPEAKER = "discussion", "speaker"


@dataclass(frozen=True)
class Template:
    """A text to begin with.

    Args:
        name: a msgid for the standing ones, the officer's own words for the others.
        text_en: in English; empty where there is none.
        text_ar: in Arabic.
        standing: the standing item it is made for, discussion or speaker; "" = the officer's own.
        id: the record of the officer's own.

    """

    name: str
    text_en: str
    text_ar: str
    standing: str = ""
    id: UUID | None = None


STANDING = (
    Template(
        N_("Opening"),
        "The Co-Chairs opened the meeting and welcomed the members.",
        "افتتح الرئيسان المشاركان الاجتماع ورحبا بالأعضاء.",
        "opening",
    ),
    Template(
        N_("Adoption of the agenda"),
        "The agenda was adopted as circulated.",
        "أُقر جدول الأعمال بالصيغة التي عُمم بها.",
        "adoption",
    ),
    Template(
        N_("Previous minutes"),
        "The minutes of the previous meeting were adopted without change.",
        "اعتُمد محضر الاجتماع السابق دون تعديل.",
        "previous_minutes",
    ),
    Template(
        N_("Follow-up on action points"),
        "The secretariat reported on the action points of the previous meeting.\n\n"
        "- Completed: …\n- Under way: …\n- Overdue, with the reason: …",
        "عرضت الأمانة ما آلت إليه إجراءات المتابعة المتفق عليها في الاجتماع السابق.\n\n"
        "- المنجزة: …\n- الجارية: …\n- المتأخرة وأسباب تأخرها: …",
        "action_points",
    ),
    Template(
        N_("Updates by members"),
        "| Member | Update | Next step |\n|---|---|---|\n| … | … | … |\n| … | … | … |",
        "| العضو | المستجدات | الخطوة التالية |\n|---|---|---|\n| … | … | … |\n| … | … | … |",
        "updates",
    ),
    Template(
        N_("Workplan and funding"),
        "The Network reviewed the workplan.\n\n- On track: …\n- Delayed, with the reason: …\n- Funding: …",
        "استعرضت الشبكة خطة العمل.\n\n- ما يسير وفق الخطة: …\n- ما تأخر وأسباب تأخره: …\n- التمويل: …",
        "workplan",
    ),
    Template(
        N_("Discussion"),
        "… presented …\n\nIn the discussion, members:\n\n- noted …\n- asked …\n- agreed …",
        "عرض(ت) …\n\nوفي المناقشة، قام الأعضاء بما يلي:\n\n- أحاطوا علماً بـ …\n- استفسروا عن …\n- اتفقوا على …",
        GENERAL,
    ),
    Template(
        N_("Guest speaker"),
        "… of … spoke on ….\n\nThe main points were:\n\n- …\n- …\n\nIn answer to questions, the speaker said that ….",
        "تحدث(ت) … من … عن ….\n\nوكانت أبرز النقاط:\n\n- …\n- …\n\nورداً على الأسئلة، أفاد(ت) المتحدث(ة) بأن ….",
        SPEAKER,
    ),
    Template(
        N_("Any other business"), "No other business was raised.", "لم تُطرح أي مسائل أخرى.", "other_business"
    ),
    Template(
        N_("Next meeting"),
        "The next meeting will be held on …, at ….",
        "يُعقد الاجتماع المقبل يوم … في ….",
        "next_meeting",
    ),
)  # fmt: skip


def suggested(item: AgendaItem) -> Template:
    """The standing text that fits an item best."""
    wanted = item.standing or (SPEAKER if "speaker" in item.title_en.casefold() else GENERAL)
    found = {one.standing: one for one in STANDING}
    return found.get(wanted) or found[GENERAL]


def own(session: Session) -> list[Template]:
    """The texts that the officer keeps, by name."""
    kept = records.all_of(session, SavedView, SavedView.listing == LISTING, order=(SavedView.name, SavedView.id))
    return [
        Template(one.name, str(one.settings.get("text_en", "")), str(one.settings.get("text_ar", "")), "", one.id)
        for one in kept
    ]


def keep(session: Session, name: str, **texts: str) -> SavedView:
    """Keep a text (``text_en``, ``text_ar``) under a name; the same name gets it in the other language too.

    Raises:
        Invalid: there is no name, or no text.

    """
    if not name.strip():
        raise Invalid({"name": N_("Give the template a name.")})
    if not any(text.strip() for text in texts.values()):
        raise Invalid({"name": N_("There is no text to keep yet.")})
    known = records.first_of(session, SavedView, SavedView.listing == LISTING, SavedView.name == name.strip())
    if known is not None:
        return records.update(session, SavedView, known.id, settings={**known.settings, **texts})
    return records.create(session, SavedView, listing=LISTING, name=name.strip(), settings=dict(texts))


def remove(session: Session, template_id: UUID) -> SavedView:
    """Take one of the officer's own texts from sight."""
    return records.remove(session, SavedView, template_id)
