"""Requests are filled in as an officer expects, and refused in words."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.reports.sample_year import ON
from unnm_desktop import reports
from unnm_desktop.db.meetings import Meeting
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.services import networks, records


def bahrain(session: Session) -> Network:
    return networks.network_of(session, "BHR")


def request(session: Session, kind: str, on: date = ON, **values: object) -> reports.Request:
    network = bahrain(session)
    return reports.request_for(session, kind, network_id=network.id, on=on, language=Language("en"), **values)


def reference(session: Session, asked: reports.Request) -> str:
    assert asked.meeting_id
    return records.get(session, Meeting, asked.meeting_id).reference


def test_agenda_is_of_the_next_meeting_and_minutes_of_the_last(sample: Session) -> None:
    assert reference(sample, request(sample, "agenda")) == "BHR/2026/M05"
    assert reference(sample, request(sample, "sign-in")) == "BHR/2026/M05"
    assert reference(sample, request(sample, "minutes")) == "BHR/2026/M04"
    assert reference(sample, request(sample, "minutes", date(2026, 3, 30))) == "BHR/2026/M02"


@pytest.mark.parametrize("given", ["BHR/2026/M02", "UNNM/BHR/2026/M02", " unnm/bhr/2026/m02 "])
def test_a_meeting_is_found_by_its_reference(sample: Session, given: str) -> None:
    assert reference(sample, request(sample, "agenda", meeting=given)) == "BHR/2026/M02"


def test_period_is_the_last_half_year_that_ended(sample: Session) -> None:
    assert request(sample, "progress-report").period.code == "2026-H1"
    assert request(sample, "progress-report", date(2027, 1, 1)).period.code == "2026-H2"
    assert request(sample, "progress-report", date(2026, 3, 1)).period.code == "2026-H1"
    assert request(sample, "progress-report", period="2026-q2").period.code == "2026-Q2"


def test_year_is_that_of_the_day(sample: Session) -> None:
    assert request(sample, "workplan").year == 2026
    assert request(sample, "decisions", year=2025).year == 2025
    assert request(sample, "agenda").year is None


def test_arabic_documents_take_the_network_s_digits_and_months(sample: Session) -> None:
    network = bahrain(sample)
    records.update(sample, Network, network.id, paper_digits="arab", paper_months=False)
    asked = reports.request_for(sample, "actions", network_id=network.id, on=ON, language=Language("ar"))
    assert (asked.language.digits, asked.language.paper) == ("arab", False)
    assert "٢١ نوفمبر ٢٠٢٦" in reports.as_text(reports.make(sample, "actions", asked))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("novel", {}),
        ("agenda", {"meeting": "BHR/2026/M99"}),
        ("agenda", {"meeting": "KWT/2026/M01"}),
        ("progress-report", {"period": "last week"}),
    ],
)
def test_what_does_not_exist_is_refused_in_words(sample: Session, kind: str, values: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        request(sample, kind, **values)
    assert str(caught.value)


def test_the_list_of_documents_loads_nothing_heavy() -> None:
    code = "import sys, unnm_desktop.reports as r; assert len(r.REPORTS) == 10; print([m for m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("'sqlalchemy'", "'reportlab'", "'PySide6'"):
        assert heavy not in done.stdout
