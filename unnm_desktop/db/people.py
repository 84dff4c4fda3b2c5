"""People, their dated appointments to seats, and the offices of a network."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Choice, Record, choice
from unnm_desktop.db.partial import check_span, partial_date
from unnm_desktop.db.states import NAMELESS as NAMELESS
from unnm_desktop.i18n import N_


class AppointmentRole(Choice):
    """What a person is for a seat."""

    FOCAL_POINT = "focal_point", N_("Focal point")
    ALTERNATE = "alternate", N_("Alternate")


class OfficeKind(Choice):
    """An office of the network; roles, not entities, drive signatures (trap 12)."""

    CHAIR = "chair", N_("Chair")
    CO_CHAIR = "co_chair", N_("Co-Chair")
    COORDINATOR = "coordinator", N_("Coordinator")
    SECRETARIAT = "secretariat", N_("Secretariat")
    REPORTING_CHAIR = "reporting_chair", N_("Reporting chair")
    PATRON = "patron", N_("Under the auspices of")


def _order_of(column: str) -> Index:
    return Index(f"ix_person_{column}", text(f"lower({column})"), "id", sqlite_where=text(f"{column} <> ''"))


class Person(Record):
    """Somebody the secretariat writes to, meets or records."""

    __tablename__ = "person"
    NOUN = N_("Person")
    NAMELESS = NAMELESS
    SEARCHED = ("name_en", "name_ar", "position_en", "position_ar", "emails", "phones")
    __table_args__ = (
        # The order of lists, with what they ask of every row.
        Index(
            "ix_person_name",
            text("coalesce(nullif(name_en, ''), name_ar) COLLATE NOCASE"),
            "id",
            "removed_at",
            "organisation_id",
        ),
        # An order each, of those who have something there; nobody's edit pays for a column that is empty.
        _order_of("position_en"),
        _order_of("position_ar"),
        _order_of("level"),
        _order_of("emails"),
        _order_of("phones"),
    )

    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None, index=True)
    name_en: Mapped[str] = mapped_column(default="")
    name_ar: Mapped[str] = mapped_column(default="")
    position_en: Mapped[str] = mapped_column(default="")
    position_ar: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    """One of the participation levels of the network's ToR."""
    emails: Mapped[str] = mapped_column(default="")
    """Several, separated by ";"."""
    phones: Mapped[str] = mapped_column(default="")
    letter_language: Mapped[str] = mapped_column(String(2), default="en")
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """A name, and addresses that look like ones."""
        found: dict[str, str] = {}
        if not self.name_en.strip() and not self.name_ar.strip():
            found["name_en"] = N_("Give the person a name in English or in Arabic.")
        if any("@" not in part for part in self.emails.split(";") if part.strip()):
            found["emails"] = N_("An e-mail address has an @; separate several by a semicolon.")
        return found


class Appointment(Record):
    """A person's dated place on a seat: ended, never overwritten."""

    __tablename__ = "appointment"
    NOUN = N_("Appointment")
    __table_args__ = (
        Index("ix_appointment_of_person", "person_id", "removed_at", "membership_id", "role", "start", "end"),
    )

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[AppointmentRole] = choice(AppointmentRole, AppointmentRole.FOCAL_POINT)
    rank: Mapped[int] = mapped_column(default=1)
    """Order among the alternates of a seat."""
    start: Mapped[str] = partial_date()
    end: Mapped[str] = partial_date()
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """Dates, and their order."""
        return check_span(self)


class Office(Record):
    """Who holds an office of the network, from when to when."""

    __tablename__ = "office"
    NOUN = N_("Office")
    __table_args__ = (Index("ix_office_network_id_kind", "network_id", "kind"),)

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"))
    kind: Mapped[OfficeKind] = choice(OfficeKind, OfficeKind.CHAIR)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    start: Mapped[str] = partial_date()
    end: Mapped[str] = partial_date()
    endorsed_on: Mapped[str] = partial_date()
    """UNCT endorsement (B-C1)."""
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decision.id"), default=None)
    """The consensus decision behind a change of chair (K-C2)."""

    def problems(self) -> dict[str, str]:
        """Dates, and their order."""
        return check_span(self, "endorsed_on")
