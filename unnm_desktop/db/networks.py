"""Networks, the versions of their terms of reference, and their holidays."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from unnm_desktop.db.base import Record, choice
from unnm_desktop.db.partial import check_partial, partial_date
from unnm_desktop.db.states import TorState as TorState
from unnm_desktop.i18n import N_


class Network(Record):
    """One country-level UN Network on Migration."""

    __tablename__ = "network"
    NOUN = N_("Network")
    SEARCHED = ("name_en", "name_ar", "short_name", "country")

    country: Mapped[str] = mapped_column(String(3))
    name_en: Mapped[str] = mapped_column(default="")
    name_ar: Mapped[str] = mapped_column(default="")
    short_name: Mapped[str] = mapped_column(default="")
    launched: Mapped[str] = partial_date()
    time_zone: Mapped[str] = mapped_column(default="UTC")
    weekend: Mapped[list[str]] = mapped_column(default=lambda: ["fri", "sat"])
    first_weekday: Mapped[str] = mapped_column(default="sun")
    currency: Mapped[str] = mapped_column(String(3), default="USD")
    alignment: Mapped[list[str]] = mapped_column(default=list)
    problem_word: Mapped[str] = mapped_column(default="challenge")
    records_from: Mapped[date | None] = mapped_column(default=None)
    """No duty is judged for days before it (rules.md, section 2)."""
    paper_digits: Mapped[str] = mapped_column(String(4), default="latn")
    paper_months: Mapped[bool] = mapped_column(default=True)
    """Arabic documents print the double month names (كانون الأول/ديسمبر)."""
    sample: Mapped[bool] = mapped_column(default=False)
    """An illustrative network: every document is marked Sample."""
    logo_sha256: Mapped[str] = mapped_column(String(64), default="")

    def problems(self) -> dict[str, str]:
        """Country code, names and the launch date."""
        found = check_partial(self, "launched")
        if len(self.country) != 3 or not self.country.isupper():
            found["country"] = N_("Give the three-letter country code, for example BHR.")
        if not self.name_en and not self.name_ar:
            found["name_en"] = N_("Give the network a name.")
        return found


class TermsOfReference(Record):
    """One version of a network's terms of reference; its rules are dated with it."""

    __tablename__ = "terms_of_reference"
    NOUN = N_("Terms of reference")
    SEARCHED = ("version",)

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    version: Mapped[str]
    state: Mapped[TorState] = choice(TorState, TorState.DRAFT)
    approved: Mapped[str] = partial_date()
    effective: Mapped[str] = partial_date()
    endorsed_by: Mapped[str] = mapped_column(default="")
    endorsed_on: Mapped[str] = partial_date()
    consulted_on: Mapped[str] = partial_date()
    agreed_on: Mapped[str] = partial_date()
    agreed_by_decision: Mapped[UUID | None] = mapped_column(default=None)
    """The decision by which members agreed (B-V5); no foreign key, as decisions refer to objectives of a version."""
    submitted_on: Mapped[str] = partial_date()
    ended: Mapped[str] = partial_date()
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The profile's tables and settings as `services.tor_rules.Rules` reads them."""
    source_text: Mapped[str] = mapped_column(default="")
    """The untouched original."""
    note: Mapped[str] = mapped_column(default="")

    def problems(self) -> dict[str, str]:
        """Partial dates, and endorsement before a version is in effect (B-V6)."""
        return check_partial(
            self, "approved", "effective", "endorsed_on", "consulted_on", "agreed_on", "submitted_on", "ended"
        )


class Holiday(Record):
    """A day of a network's calendar on which nobody works."""

    __tablename__ = "holiday"
    NOUN = N_("Holiday")
    SEARCHED = ("name_en", "name_ar")

    network_id: Mapped[UUID] = mapped_column(ForeignKey("network.id"), index=True)
    day: Mapped[date]
    name_en: Mapped[str] = mapped_column(default="")
    name_ar: Mapped[str] = mapped_column(default="")
