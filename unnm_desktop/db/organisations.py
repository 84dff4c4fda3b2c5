"""Organisations and the seats they hold in a network."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.partial import check_partial, check_span, partial_date
from unnm_desktop.db.states import OrganisationKind as OrganisationKind
from unnm_desktop.i18n import N_


class Category(Choice):
    """How an organisation belongs to a network."""

    MEMBER = "member", N_("Member")
    PARTICIPATING = "participating", N_("Participating entity")
    OBSERVER = "observer", N_("Observer")
    INVITED = "invited", N_("By invitation")
    """Listed as somebody to invite, such as the ministries of a highlighted meeting: holds no seat."""


class Residency(Choice):
    """Whether an organisation has an office in the country."""

    RESIDENT = "resident", N_("Resident")
    NON_RESIDENT = "non_resident", N_("Non-resident")
    REGIONAL = "regional", N_("Regional")
    UNKNOWN = "unknown", N_("Not known")


class Channel(Choice):
    """How an organisation is written to: a note verbale only to a ministry of foreign affairs (ST/DCS/4/Rev.1)."""

    LETTER = "letter", N_("Letter")
    EMAIL = "email", N_("E-mail")
    NOTE_VERBALE = "note_verbale", N_("Note verbale")


class Organisation(Record):
    """One body; UN entities are shared by networks, national bodies carry a country."""

    __tablename__ = "organisation"
    NOUN = N_("Organisation")
    SEARCHED = ("name_en", "name_ar", "acronym", "aliases")
    __table_args__ = (
        # The orders of lists. What the lists ask of every row stands behind the order: a filter that lets few
        # through looks at the index alone.
        Index(
            "ix_organisation_short",
            text("coalesce(nullif(acronym, ''), name_en) COLLATE NOCASE"),
            "id",
            "kind",
            "removed_at",
        ),
        Index(
            "ix_organisation_name",
            text("coalesce(nullif(name_en, ''), name_ar) COLLATE NOCASE"),
            "id",
            "kind",
            "country",
            "removed_at",
        ),
        Index("ix_organisation_kind", "kind", "id", "country", "removed_at"),
        Index("ix_organisation_channel", "channel", "id", "country", "removed_at"),
    )

    name_en: Mapped[str] = mapped_column(default="")
    name_ar: Mapped[str] = mapped_column(default="")
    name_ar_checked: Mapped[bool] = mapped_column(default=False)
    acronym: Mapped[str] = mapped_column(default="", index=True)
    aliases: Mapped[str] = mapped_column(default="")
    kind: Mapped[OrganisationKind] = choice(OrganisationKind, OrganisationKind.OTHER)
    country: Mapped[str] = mapped_column(String(3), default="")
    """"" = a body of the United Nations system or an international one."""
    holds_no_seat: Mapped[bool] = mapped_column(default=False)
    """UNRC, RCO, UNCT: office-holders and bodies, never members (rules.md, section 4)."""
    channel: Mapped[Channel] = choice(Channel, Channel.LETTER)
    mandate: Mapped[str] = mapped_column(default="")
    role_note: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    @property
    def short(self) -> str:
        """The acronym, or the name where there is none."""
        return self.acronym or self.name_en or self.name_ar

    def problems(self) -> dict[str, str]:
        """A name, and never a note verbale to a body that is not a ministry."""
        found: dict[str, str] = {}
        if not self.name_en.strip() and not self.name_ar.strip():
            found["name_en"] = N_("Give the organisation a name in English or in Arabic.")
        if self.channel is Channel.NOTE_VERBALE and self.kind not in (
            OrganisationKind.GOVERNMENT,
            OrganisationKind.EMBASSY,
        ):
            found["channel"] = N_("A note verbale goes only to a ministry of foreign affairs or a mission.")
        return found


class Membership(Record):
    """A seat: an organisation's dated place in a network."""

    __tablename__ = "membership"
    NOUN = N_("Membership")
    __table_args__ = (
        Index("ix_membership_category", "category", "id"),
        # Everything the list of members asks of a seat, found from its organisation.
        Index("ix_membership_seat", "organisation_id", "network_id", "removed_at", "start", "end", "category", "id"),
    )

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    category: Mapped[Category] = choice(Category, Category.MEMBER)
    residency: Mapped[Residency] = choice(Residency, Residency.UNKNOWN)
    start: Mapped[str] = partial_date()
    """"" = since the network's launch."""
    end: Mapped[str] = partial_date()
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """Dates, and their order."""
        return check_span(self)


class NominationRequest(Record):
    """The Resident Coordinator Office's request to name a focal point and an alternate (B-M2)."""

    __tablename__ = "nomination_request"
    NOUN = N_("Nomination request")

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    asked_on: Mapped[str] = partial_date()
    answered_on: Mapped[str] = partial_date()
    through: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """Dates."""
        return check_partial(self, "asked_on", "answered_on")
