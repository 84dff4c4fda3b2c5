"""The Global Compact and the Sustainable Development Goals, with which a workspace is seeded."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Record
from unnm_desktop.i18n import N_


class GcmObjective(Record):
    """One of the 23 objectives of the Global Compact (A/RES/73/195)."""

    __tablename__ = "gcm_objective"
    NOUN = N_("GCM objective")
    SEARCHED = ("title_en", "title_ar", "short_en")

    number: Mapped[int]
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    title_ar_checked: Mapped[bool] = mapped_column(default=False)
    short_en: Mapped[str] = mapped_column(default="")
    round_table: Mapped[int | None] = mapped_column(default=None)


class GcmPrinciple(Record):
    """One of the ten guiding principles of the Global Compact (paragraph 15)."""

    __tablename__ = "gcm_principle"
    NOUN = N_("GCM guiding principle")
    SEARCHED = ("title_en", "title_ar", "paragraph")

    paragraph: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    title_ar: Mapped[str] = mapped_column(default="")
    title_ar_checked: Mapped[bool] = mapped_column(default=False)


class SdgGoal(Record):
    """One Sustainable Development Goal with the codes of its targets."""

    __tablename__ = "sdg_goal"
    NOUN = N_("Sustainable Development Goal")
    SEARCHED = ("short_en", "short_ar")

    number: Mapped[int]
    short_en: Mapped[str] = mapped_column(default="")
    short_ar: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(String(7), default="")
    targets: Mapped[list[str]] = mapped_column(default=list)


class SdgTarget(Record):
    """One SDG target that concerns migration."""

    __tablename__ = "sdg_target"
    NOUN = N_("SDG target")
    SEARCHED = ("code", "subject_en")

    code: Mapped[str]
    subject_en: Mapped[str] = mapped_column(default="")
    direct: Mapped[bool] = mapped_column(default=False)
