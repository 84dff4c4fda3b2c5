"""Spreadsheets in and out, with real files, good and hostile."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.services.workplan_fixtures import (
    ON,
    World,
    adopted_decision,
    bahrain,
    person,
    plan_with_work,
    seat,
)
from unnm_desktop.db.actions import ActionNote, ActionPoint, ActionResponsible, ActionStatus
from unnm_desktop.db.engine import Database
from unnm_desktop.db.networks import Network
from unnm_desktop.db.organisations import Category, Membership, Organisation, Residency
from unnm_desktop.db.people import Appointment, AppointmentRole, Person
from unnm_desktop.db.plan_parts import Output
from unnm_desktop.db.text import clean
from unnm_desktop.db.workplans import Activity, ActivityStatus, BudgetLine
from unnm_desktop.errors import UserError
from unnm_desktop.i18n import Language
from unnm_desktop.progress import Cancelled
from unnm_desktop.services import action_list, actions, exchange, organisations, people, people_list, records, workplans
from unnm_desktop.services.exchange import ImportResult
from unnm_desktop.services.listing import Context

ACTION_HEADS = ["Reference", "Task", "Task (Arabic)", "Responsible", "Due", "Status", "Note"]


def workbook(path: Path, rows: Sequence[Sequence[Any]], **more: Any) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merged in more.get("merge", ()):
        sheet.merge_cells(merged)
    book.save(path)
    return path


def bring(session: Session, world: World, kind: str, path: Path, on: date = ON) -> ImportResult:
    return exchange.import_sheet(session, kind, path, world.id, on=on)


def counts(result: ImportResult) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged


def said(result: ImportResult) -> list[str]:
    return [f"{one.row} {one.column}: {one.says}" for one in result.problems]


def all_actions(session: Session) -> list[ActionPoint]:
    return records.all_of(session, ActionPoint, order=ActionPoint.reference)


# --- action points ---


def test_action_points_come_in_by_heading_in_any_order(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ["Follow-up of the 3rd meeting"],
            [],
            [" due ", "RESPONSIBLE", "task", "Status", "note", "Something else"],
            [date(2026, 3, 4), "IOM; ILO", "Write the brief", "in progress", "Half done", "x"],
            ["2026-05-06", "UNHCR", "Call the ministry", "", "", ""],
            [None, None, None],
        ],
    )
    result = bring(session, world, "actions", path)
    assert counts(result) == (2, 0, 0)
    assert said(result) == []
    first, second = all_actions(session)
    assert (first.reference, second.reference) == ("BHR/2026/A01", "BHR/2026/A02")
    assert (first.task_en, first.due, first.status) == ("Write the brief", date(2026, 3, 4), ActionStatus.IN_PROGRESS)
    assert {body.acronym for body, _ in actions.responsible_of(session, [first.id])[first.id]} == {"IOM", "ILO"}
    assert [one.text for one in records.all_of(session, ActionNote)] == ["Half done"]
    assert first.given_on == ON
    again = bring(session, world, "actions", path)
    assert counts(again) == (0, 0, 2)
    assert len(all_actions(session)) == 2


def test_arabic_headings_digits_and_words_are_read(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "ع.xlsx",
        [
            ["المُهمّة (بالعربية)", "الجهة المسؤولة", "تستحق في"],
            ["إعداد موجز السياسات", "IOM؛ ILO", "٣١/٠٣/٢٠٢٦"],
            ["الاتصال بالوزارة", "المنظمة الدولية للهجرة", "٥ نيسان/أبريل ٢٠٢٦"],
        ],
    )
    result = bring(session, world, "actions", path)
    assert said(result) == []
    assert [(one.task_ar, one.due) for one in all_actions(session)] == [
        ("إعداد موجز السياسات", date(2026, 3, 31)),
        ("الاتصال بالوزارة", date(2026, 4, 5)),
    ]
    assert len(records.all_of(session, ActionResponsible)) == 3


def test_a_known_reference_updates_its_record(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    action = actions.create_action(session, world.id, ON, task_en="Old", due=date(2026, 3, 1))
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ACTION_HEADS,
            ["UNNM/BHR/2026/A01", "New", None, "ILO", None, "Done", "Finished early"],
            ["BHR/2025/A77", "Unknown reference", None, None, None, None, None],
        ],
    )
    result = bring(session, world, "actions", path)
    assert counts(result) == (1, 1, 0)
    assert "added as a new record" in said(result)[0]
    assert (action.task_en, action.due, action.status, action.done_on) == ("New", None, ActionStatus.DONE, ON)
    assert counts(bring(session, world, "actions", path)) == (0, 0, 2)
    records.remove(session, ActionPoint, action.id)
    gone = bring(session, world, "actions", path)
    assert counts(gone) == (0, 0, 1)
    assert "was removed" in said(gone)[0]


def test_unknown_acronyms_name_what_is_near(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "a.xlsx",
        [["Task", "Responsible"], ["Slip", "IOMM"], ["Far", "Zzyzx"], ["Good", "IOM, ILO"], ["Turned", "IMO"]],
    )
    result = bring(session, world, "actions", path)
    assert counts(result) == (2, 0, 0)
    lines = said(result)
    assert lines[0].startswith("2 Responsible: “IOMM” is not a known organisation. Was one of these meant: ")
    assert "IOM" in lines[0].split("meant: ")[1]
    assert lines[1].startswith("3 Responsible: “Zzyzx” is not a known organisation. Add it first")
    assert lines[2] == (
        "5 Responsible: “IMO” is International Maritime Organization, which holds no seat here. "
        "If IOM is meant, put it right."
    )


def test_bad_cells_are_told_with_row_and_column_and_their_row_left_out(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "a.xlsx",
        [
            ACTION_HEADS,
            [None, "A", None, None, "31/02/2026", None, None],
            [None, "B", None, None, 46000, None, None],
            [None, "C", None, None, "soon", None, None],
            [None, "D", None, None, True, None, None],
            [None, "E", None, None, None, "Nearly", None],
            [None, None, None, "IOM", None, None, None],
            [None, "F", None, None, "=TODAY()", None, None],
            [None, "G", None, None, "#REF!", None, None],
            [None, "H", None, None, None, "Dropped", None],
            [None, "I", None, None, None, None, None],
            [None, "i", None, None, None, None, None],
        ],
    )
    result = bring(session, world, "actions", path)
    assert counts(result) == (1, 0, 0)
    assert result.skipped == 10
    lines = said(result)
    assert lines[0] == "2 Due: “31/02/2026” is not a day of the calendar. Write it like 2026-04-03."
    assert lines[1].startswith("3 Due: “46000” is a number")
    assert lines[2].startswith("4 Due: “soon” is not a day")
    assert lines[3].startswith("5 Due: ")
    assert lines[4] == "6 Status: “Nearly” is none of: Open, In progress, Done, Dropped."
    assert lines[5] == "7 Task: Say what is to be done."
    assert lines[6].startswith("8 Due: ")
    assert lines[7].startswith("9 Due: ")
    assert lines[8] == "10 Note: Say why it was dropped."
    assert lines[9] == "12 Task: The row says the same as row 11 and was not imported twice."


def test_formulas_without_a_value_are_told(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(tmp_path / "a.xlsx", [["Task", "Note"], ['="A"&"B"', "x"], ["Fine", "=1+1"]])
    result = bring(session, world, "actions", path)
    assert counts(result) == (0, 0, 0)
    assert [one.row for one in result.problems] == [2, 3]
    assert all("formula without a value" in line for line in said(result))


def test_the_cached_value_of_a_formula_is_read(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(tmp_path / "a.xlsx", [["Task"], ["=A9"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = (
        sheet.replace(b'<c r="A2">', b'<c r="A2" t="str">')
        .replace(b"<v />", b"<v>From a formula</v>")
        .replace(b"<v></v>", b"<v>From a formula</v>")
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    bring(session, world, "actions", path)
    assert [one.task_en for one in all_actions(session)] == ["From a formula"]


def test_merged_cells_count_for_every_row_they_cover(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    rows = [
        ["Title over all", None, None],
        ["Responsible", "Task", "Due"],
        ["IOM", "A", date(2026, 3, 1)],
        [None, "B", None],
        [None, "C", None],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, merge=["A1:C1", "A3:A5", "C3:C4"])
    bring(session, world, "actions", path)
    found = all_actions(session)
    assert [(one.task_en, one.due) for one in found] == [
        ("A", date(2026, 3, 1)),
        ("B", date(2026, 3, 1)),
        ("C", None),
    ]
    assert len(records.all_of(session, ActionResponsible)) == 3


@pytest.mark.parametrize(
    ("texts", "days", "told"),
    [
        (["03/04/2026", "25/04/2026"], [date(2026, 4, 3), date(2026, 4, 25)], ""),
        (["03/04/2026", "04/25/2026"], [date(2026, 3, 4), date(2026, 4, 25)], ""),
        (["03/04/2026", "05-06-26"], [date(2026, 4, 3), date(2026, 6, 5)], "“03/04/2026” as 3 April 2026"),
        (["04.04.2026", "2026-12-01"], [date(2026, 4, 4), date(2026, 12, 1)], ""),
        (["3 Apr 2026", "April 5, 2026"], [date(2026, 4, 3), date(2026, 4, 5)], ""),
        (["Wed 3-Apr-2026", "1st May 2026"], [date(2026, 4, 3), date(2026, 5, 1)], ""),
    ],
)
def test_days_are_decided_for_the_whole_column(
    session: Session, tmp_path: Path, texts: list[str], days: list[date], told: str
) -> None:
    world = bahrain(session)
    path = workbook(tmp_path / "a.xlsx", [["Task", "Due"], *([f"T{n}", text] for n, text in enumerate(texts))])
    result = bring(session, world, "actions", path)
    assert [one.due for one in all_actions(session)] == days
    assert told in " ".join(said(result))
    assert bool(result.problems) is bool(told)


def test_a_column_that_mixes_both_orders_leaves_the_doubtful_rows_out(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    rows = [["Task", "Due"], ["A", "25/04/2026"], ["B", "04/25/2026"], ["C", "03/04/2026"]]
    result = bring(session, world, "actions", workbook(tmp_path / "a.xlsx", rows))
    assert said(result)[-1].startswith("4 Due: “03/04/2026” can be read two ways, and the column mixes both.")
    assert [one.task_en for one in all_actions(session)] == ["A", "B"]


def test_a_near_heading_is_asked_about(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    result = bring(session, world, "actions", workbook(tmp_path / "a.xlsx", [["Task", "Responsable"], ["A", "IOM"]]))
    assert said(result) == [
        "1 Responsable: The column “Responsable” was not read. If it is “Responsible”, write that above it."
    ]


# --- the dry run and its step ---


def test_a_preview_changes_nothing_and_tells_the_same(database: Database, tmp_path: Path) -> None:
    with database.write("Set up") as session:
        world = bahrain(session)
    path = workbook(tmp_path / "a.xlsx", [["Task", "Responsible"], ["A", "IOM"], ["B", "IMO"]])
    shown = exchange.preview(database, "actions", path, world.id, on=ON)
    with database.read() as session:
        assert all_actions(session) == []
    with database.write(exchange.LABEL) as session:
        done = bring(session, world, "actions", path)
    assert session.info["changeset"] is not None
    assert (counts(shown), said(shown)) == (counts(done), said(done))
    assert database.check() == []


def test_a_cancelled_import_leaves_nothing(database: Database, tmp_path: Path) -> None:
    with database.write("Set up") as session:
        world = bahrain(session)
    path = workbook(tmp_path / "a.xlsx", [["Task"], *([f"T{n}"] for n in range(300))])

    def stop(done: int, total: int, text: str = "") -> None:
        if done >= 200:
            raise Cancelled

    def run() -> None:
        with database.write(exchange.LABEL) as session:
            exchange.import_sheet(session, "actions", path, world.id, on=ON, progress=stop)

    with pytest.raises(Cancelled):
        run()
    with database.read() as session:
        assert all_actions(session) == []


def test_ten_thousand_rows_take_seconds(database: Database, tmp_path: Path) -> None:
    with database.write("Set up") as session:
        world = bahrain(session)
    rows = [[f"Task {n}", "IOM; ILO", date(2026, 1 + n % 12, 1 + n % 28), "Open"] for n in range(10_000)]
    path = workbook(tmp_path / "a.xlsx", [["Task", "Responsible", "Due", "Status"], *rows])
    before = time.process_time()
    with database.write(exchange.LABEL) as session:
        assert counts(bring(session, world, "actions", path)) == (10_000, 0, 0)
    taken = time.process_time() - before
    assert taken < 20, taken


# --- organisations and people ---


def test_organisations_and_their_seats(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "o.xlsx",
        [
            ["Name", "Name (Arabic)", "Acronym", "Kind", "Residency", "Category", "From"],
            ["Ministry of Sample", "وزارة العينة", "MoS", "Government", "", "", ""],
            ["Migrant Help Society", "", "MHS", "ngo", "resident", "Observer", "December 2025"],
            ["Children's Fund", "", "UNICEF", "UN entity", "Resident", "Member", 2025],
            ["UNHCR", "", "UNHCR", "", "", Language("ar").tr("Member"), "2026-01-15"],
        ],
    )
    result = bring(session, world, "organisations", path)
    assert counts(result) == (2, 2, 0)
    kept = [line for line in said(result) if "that name was kept" in line]
    assert len(kept) == 2
    by_acronym = {one.acronym: one for one in records.all_of(session, Organisation)}
    assert by_acronym["MoS"].country == "BHR"
    assert by_acronym["UNICEF"].name_en == "United Nations Children's Fund"
    seats = {one.organisation_id: one for one in records.all_of(session, Membership, Membership.network_id == world.id)}
    observer = seats[by_acronym["MHS"].id]
    assert (observer.category, observer.residency, observer.start) == (Category.OBSERVER, Residency.RESIDENT, "2025-12")
    assert seats[by_acronym["UNICEF"].id].start == "2025"
    assert counts(bring(session, world, "organisations", path)) == (0, 0, 4)


def test_a_new_category_from_a_later_day_is_a_new_term(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    held = seat(session, world, "UNHCR", category=Category.OBSERVER, start="2025-01")
    path = workbook(
        tmp_path / "o.xlsx", [["Acronym", "Name", "Category", "From"], ["UNHCR", "", "Member", "2026-01-10"]]
    )
    assert counts(bring(session, world, "organisations", path)) == (0, 1, 0)
    assert (held.category, held.end) == (Category.OBSERVER, "2026-01-09")
    (newer,) = records.all_of(
        session, Membership, Membership.organisation_id == held.organisation_id, Membership.end == ""
    )
    assert (newer.category, newer.start) == (Category.MEMBER, "2026-01-10")
    office = workbook(tmp_path / "p.xlsx", [["Acronym", "Name", "Category"], ["UNRC", "", "Member"]])
    if "UNRC" in world.bodies:
        assert "holds no seat" in said(bring(session, world, "organisations", office))[0]


def test_people_and_their_appointments(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "p.xlsx",
        [
            ["Full name", "Agency", "Role", "From", "Email", "Telephone", "Language", "Position", "Level"],
            [
                "Abdul Rahman bin Ali Al-Sabah",
                "IOM",
                "Focal point",
                "2025-11",
                "a@example.org, b@example.org",
                96512345,
                "Arabic",
                "مدير",
                "Deputy",
            ],
            ["Zoë O'Neil", "iom", "Alternate", "", "mailto:z@example.org", "+965 1234 5678", "", "Officer", "Director"],
            ["Ann Other", "ILO", "Alternate 2", "", "", "", "English", "", ""],
            ["Bob Second", "IOM", "focal_point", "", "", "", "", "", ""],
            ["Cara Third", "UNHCR", "Alternate", "", "", "", "", "", ""],
            ["Dee Fourth", "IOM", "Boss", "", "not an address", "", "", "", ""],
        ],
    )
    result = bring(session, world, "people", path)
    assert counts(result) == (5, 0, 0)
    lines = " | ".join(said(result))
    assert "IOM has a focal point already: Abdul Rahman bin Ali Al-Sabah" in lines
    assert "“Director” is not a participation level" in lines
    assert "“Boss” is none of: Focal point, Alternate." in lines
    found = {one.name_en: one for one in records.all_of(session, Person)}
    first = found["Abdul Rahman bin Ali Al-Sabah"]
    assert (first.emails, first.phones, first.letter_language) == ("a@example.org; b@example.org", "96512345", "ar")
    assert (first.position_ar, first.position_en, first.level) == ("مدير", "", "Deputy")
    roles = {(one.person_id, one.role, one.rank, one.start) for one in records.all_of(session, Appointment)}
    assert (first.id, AppointmentRole.FOCAL_POINT, 1, "2025-11") in roles
    assert (found["Ann Other"].id, AppointmentRole.ALTERNATE, 2, "") in roles
    again = bring(session, world, "people", path)
    assert counts(again) == (0, 0, 5)
    assert len(records.all_of(session, Person)) == 5


# --- workplan ---

PLAN_HEADS = ["Objective", "Output", "Activity", "Lead", "Participating", "Start", "End", "Status"]
PLAN_HEADS += ["Required", "Available", "Currency", "GCM objectives", "SDG targets"]


def test_a_workplan_comes_in_with_its_plan(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = workbook(
        tmp_path / "w.xlsx",
        [
            PLAN_HEADS,
            [
                1,
                "Research",
                "Study",
                "IOM",
                "ILO; UNHCR",
                date(2026, 1, 1),
                "30/06/2026",
                "Ongoing",
                1250.5,
                "٥٠٠",
                "",
                "2, 5",
                "10.7; 8.8",
            ],
            ["Objective 1", "research", "Survey", "ILO", "", "", "", "", "", "", "", "", 10.7],
            ["9", "", "Bad objective", "IOM", "", "", "", "", "", "", "", "", ""],
            ["2", "", "Bad money", "IOM, ILO", "", "", "", "", "1.2345", "-5", "", "24", "99.9"],
            ["2", "", "Backwards", "IOM", "", "2026-05-01", "2026-04-01", "", "", "", "Dinar", "", ""],
            ["2", "", "Dollars", "IOM", "", "", "", "", 100, 50, "usd", "", ""],
        ],
    )
    result = bring(session, world, "workplan", path)
    assert counts(result) == (3, 0, 0)
    plan = workplans.current_plan(session, world.id, 2026)
    assert plan is not None
    study, survey, dollars = records.all_of(session, Activity, order=Activity.position)
    assert (study.reference, study.objective_id) == ("BHR/2026/W01", world.objectives[1].id)
    assert (study.gcm_objectives, study.sdg_targets, study.end) == ([2, 5], ["10.7", "8.8"], date(2026, 6, 30))
    assert study.output_id == survey.output_id
    assert len(records.all_of(session, Output)) == 1
    line = records.all_of(session, BudgetLine, BudgetLine.activity_id == study.id)[0]
    assert (line.required, line.available, line.currency) == (1_250_500, 500_000, "BHD")
    lines = said(result)
    assert any("4 Objective: “9” is no objective" in one for one in lines)
    assert any("BHD has 3 decimals" in one for one in lines)
    assert any("never negative" in one for one in lines)
    assert any("“24” is no objective of the Global Compact" in one for one in lines)
    assert any("“99.9” is no SDG target" in one for one in lines)
    assert any("end lies before the start" in one for one in lines)
    assert any("“DINAR” is no currency" in one for one in lines)
    assert any("Name one lead agency" in one for one in lines)
    assert any("without a rate to BHD" in one for one in lines)
    assert dollars.title_en == "Dollars"
    assert counts(bring(session, world, "workplan", path)) == (0, 0, 3)


def test_an_adopted_plan_takes_in_only_what_the_year_brings(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    plan, _, (first, second) = plan_with_work(session, world)
    workplans.add_to_activity(session, BudgetLine, first.id, required=1_000)
    workplans.adopt(session, plan.id, adopted_decision(session, world).id, ON)
    path = workbook(
        tmp_path / "w.xlsx",
        [
            ["Reference", "Activity", "Status", "Available", "Required"],
            [first.reference, first.title_en, "Completed", 0.5, 1],
            [second.reference, "Renamed", "Ongoing", None, None],
            ["", "Brand new", "", None, None],
        ],
    )
    result = bring(session, world, "workplan", path)
    assert counts(result) == (0, 1, 0)
    assert first.status is ActivityStatus.COMPLETED
    assert workplans.money(session, plan.id).available == 500
    assert [one.row for one in result.problems] == [3, 4]
    assert all("Make a new version" in line for line in said(result))


# --- bad files ---


def trouble(session: Session, world: World, path: Path) -> str:
    with pytest.raises(UserError) as refused:
        bring(session, world, "actions", path)
    return str(refused.value)


def test_files_that_are_no_sheet_are_refused_in_words(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    ole = bytes.fromhex("d0cf11e0a1b11ae1")

    def file(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    assert "There is no file" in trouble(session, world, tmp_path / "none.xlsx")
    assert "is a folder" in trouble(session, world, tmp_path)
    assert "is empty" in trouble(session, world, file("empty.csv", b""))
    assert "is empty" in trouble(session, world, workbook(tmp_path / "blank.xlsx", []))
    assert "protected by a password" in trouble(
        session, world, file("p.xlsx", ole + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    )
    assert "old Excel format" in trouble(session, world, file("old.xlsx", ole + b"\0" * 600))
    assert "not an Excel workbook" in trouble(session, world, file("html.xlsx", b"<html>"))
    assert "not an Excel workbook" in trouble(session, world, file("doc.xlsx", _zipped({"word/document.xml": b"x"})))
    assert "is damaged" in trouble(session, world, file("cut.xlsx", b"PK\x03\x04" + b"x" * 500))
    assert "is damaged" in trouble(session, world, file("bad.xlsx", _zipped({"xl/workbook.xml": b"<not"})))
    assert "no known row of headings" in trouble(session, world, file("n.csv", b"a,b\n1,2\n"))
    assert "no known row of headings" in trouble(session, world, workbook(tmp_path / "h.xlsx", [[1, 2], [3, 4]]))
    assert "not a spreadsheet" in trouble(session, world, file("x.csv", b"ab\0cdefg" * 500))
    assert "larger than 25 MB" in trouble(session, world, file("big.csv", b"Task\n" + b"x" * (25 * 1024 * 1024)))
    bomb = _zipped({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"\0" * 30_000_000})
    assert "unpacks to far more" in trouble(session, world, file("bomb.xlsx", bomb))
    with pytest.raises(UserError, match="cannot be imported"):
        bring(session, world, "meetings", tmp_path)
    assert all_actions(session) == []


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_every_make_is_read(session: Session, tmp_path: Path, encoding: str, delimiter: str) -> None:
    world = bahrain(session)
    text = delimiter.join(["Task", "Task (Arabic)", "Due"]) + "\r\n"
    text += delimiter.join(["Write", "كتابة الموجز", "2026-03-01"]) + "\r\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    bring(session, world, "actions", path)
    assert [(one.task_en, one.task_ar, one.due) for one in all_actions(session)] == [
        ("Write", "كتابة الموجز", date(2026, 3, 1))
    ]


def test_western_csv_keeps_its_accents(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = tmp_path / "a.csv"
    path.write_bytes("sep=;\r\nTask;Note\r\nPréparer l'été;à côté\r\n".encode("cp1252"))
    bring(session, world, "actions", path)
    assert all_actions(session)[0].task_en == "Préparer l'été"


def test_a_hundred_thousand_rows_are_read(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    path = tmp_path / "a.csv"
    path.write_text("Task,Due\n" + "".join(f"T{n},2026-03-01\n" for n in range(100_000)), encoding="utf-8")
    assert exchange.read_table(path, lambda found: int("Task" in found)).rows[-1].number == 100_001
    path.write_text("Task\n" + "x\n" * 200_001, encoding="utf-8")
    assert "more than 200,000 rows" in trouble(session, world, path) or "200000" in trouble(session, world, path)


def test_hostile_texts_come_in_as_texts(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    hostile = [
        "<b>bold</b> & more",
        "=cmd|' /C calc'!A0",
        "\u202eevil",
        "😀🇧🇭",
        "x" * 1_000_000,
        "+965 1234",
        "@SUM(1)",
        "'=1",
    ]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Task"], *([text] for text in hostile), ["nul\0inside"]])
    assert bring(session, world, "actions", path).created == 9
    tasks = {one.task_en for one in all_actions(session)}
    assert {"<b>bold</b> & more", "=cmd|' /C calc'!A0", "evil", "😀🇧🇭", "x" * 1_000_000, "nulinside"} <= tasks


def test_a_sheet_with_a_far_away_cell_is_read_quickly(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Task"])
    sheet.append(["A"])
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "far.xlsx")
    result = bring(session, world, "actions", tmp_path / "far.xlsx")
    assert result.created == 1


# --- out, and in again ---


def context(world: World, code: str = "en") -> Context:
    return Context(world.id, Language(code), ON)


def filled(session: Session, world: World) -> None:
    first = actions.create_action(
        session, world.id, ON, task_en="=1+1", task_ar="مهمة", due=date(2026, 3, 4),
        responsible=[(world.bodies["IOM"].id, None), (world.bodies["ILO"].id, None)],
    )  # fmt: skip
    actions.note(session, first.id, ON, "A note,\nwith two lines; and <b>")
    actions.mark_done(session, actions.create_action(session, world.id, ON, task_en=" spaced ").id, ON)
    actions.drop(session, actions.create_action(session, world.id, ON, task_ar="أُلغيت").id, "No money")
    seat(session, world, "UNHCR", category=Category.OBSERVER, start="2025-12")
    records.create(session, Organisation, name_en="Ministry; of commas, and /", country="BHR")
    one = person(session, world, "Zoë O'Neil", "IOM", phones="+965 1234", emails="z@example.org")
    iom = next(s for s in organisations.seats_on(session, world.id, ON) if s.organisation.acronym == "IOM")
    people.appoint(session, iom.membership.id, one.id, start="2025-11")
    two = person(session, world, "-Dash Name", "IOM", letter_language="ar", position_ar="مدير")
    people.appoint(session, iom.membership.id, two.id, AppointmentRole.ALTERNATE, rank=2)
    person(session, world, "Nobody", "UNRC" if "UNRC" in world.bodies else "IOM")
    _, _, (activity, other) = plan_with_work(session, world)
    workplans.set_participants(session, activity.id, [world.bodies["ILO"].id])
    workplans.change(session, Activity, activity.id, sdg_targets=["10.7", "8.8"], gcm_objectives=[2, 23])
    workplans.add_to_activity(session, BudgetLine, activity.id, required=1_250_500, available=1)
    workplans.add_to_activity(session, BudgetLine, other.id, required=5_00, currency="USD", rate="0.376")
    workplans.add_to_activity(session, BudgetLine, other.id, required=7)


LISTS = {
    "actions": (action_list.ACTIONS, "actions"),
    "members": (organisations.MEMBERS if hasattr(organisations, "MEMBERS") else None, "organisations"),
    "organisations": (organisations.ORGANISATIONS, "organisations"),
    "people": (people_list.PEOPLE, "people"),
    "workplan": (workplans.ACTIVITIES, "workplan"),
}


@pytest.mark.parametrize("name", [name for name, (listing, _) in LISTS.items() if listing is not None])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("code", ["en", "ar"])
def test_what_a_list_writes_is_read_again_without_a_change(
    session: Session, tmp_path: Path, name: str, ending: str, code: str
) -> None:
    world = bahrain(session)
    filled(session, world)
    listing, kind = LISTS[name]
    assert listing is not None
    path = tmp_path / f"out.{ending}"
    written = exchange.export_listing(session, listing, context(world, code), path)
    assert written > 0
    result = bring(session, world, kind, path)
    assert said(result) == []
    assert counts(result) == (0, 0, written)


def test_an_edited_list_changes_only_what_was_edited(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    filled(session, world)
    path = tmp_path / "out.xlsx"
    exchange.export_listing(session, action_list.ACTIONS, context(world), path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[heads.index("Task")].value == "=1+1":
            row[heads.index("Due")].value = date(2026, 9, 9)
            row[heads.index("Responsible")].value = "ILO"
            row[heads.index("Task (Arabic)")].value = None
    book.save(path)
    assert counts(bring(session, world, "actions", path)) == (0, 1, 2)
    changed = next(one for one in all_actions(session) if one.task_en == "=1+1")
    assert (changed.due, changed.task_ar) == (date(2026, 9, 9), "")
    assert [body.acronym for body, _ in actions.responsible_of(session, [changed.id])[changed.id]] == ["ILO"]


def test_cells_are_texts_days_and_numbers_never_formulas(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    filled(session, world)
    path = tmp_path / "out.xlsx"
    exchange.export_listing(session, action_list.ACTIONS, context(world, "ar"), path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert sheet["A1"].value == "المرجع"
    assert sheet["A1"].font.b
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    formula = next(cell for cell in cells if cell.value == "=1+1")
    assert formula.data_type == "s"
    assert formula.quotePrefix
    assert any(cell.is_date for cell in cells)
    money = tmp_path / "w.xlsx"
    exchange.export_listing(session, workplans.ACTIVITIES, context(world), money)
    sheet = openpyxl.load_workbook(money).active
    assert sheet is not None
    amounts = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.number_format == "#,##0.000"]
    assert 1250.5 in [cell.value for cell in amounts]


def test_csv_keeps_formulas_harmless_and_phones_readable(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    filled(session, world)
    path = tmp_path / "p.csv"
    exchange.export_listing(session, people_list.PEOPLE, context(world), path)
    text = path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ",+965 1234," in text
    assert "'-Dash Name" in text
    exchange.export_listing(session, action_list.ACTIONS, context(world), path)
    assert "'=1+1" in path.read_text("utf-8-sig")


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_and_not_read_again(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    action = actions.create_action(session, world.id, ON, task_en="y" * 100_000)
    path = tmp_path / "out.xlsx"
    exchange.export_listing(session, action_list.ACTIONS, context(world), path)
    assert counts(bring(session, world, "actions", path)) == (0, 0, 1)
    assert len(action.task_en) == 100_000


def test_writing_troubles_are_told(session: Session, tmp_path: Path) -> None:
    world = bahrain(session)
    with pytest.raises(UserError, match=r"neither \.xlsx nor \.csv"):
        exchange.export_listing(session, action_list.ACTIONS, context(world), tmp_path / "out.pdf")
    with pytest.raises(UserError, match=r"cannot be written \(there is no such file or folder\)\. Make room"):
        exchange.export_listing(session, action_list.ACTIONS, context(world), tmp_path / "none" / "out.csv")
    exchange.export_listing(session, action_list.ACTIONS, context(world), tmp_path / "empty.xlsx")
    assert [path.name for path in tmp_path.glob("*.part")] == []
    assert counts(bring(session, world, "actions", tmp_path / "empty.xlsx")) == (0, 0, 0)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, st.dates(date(1901, 1, 1), date(2199, 12, 31)) | st.none()), max_size=6),
    ending=st.sampled_from(["xlsx", "csv"]),
    code=st.sampled_from(["en", "ar"]),
)
def test_any_text_survives_the_way_out_and_in(
    database: Database, tmp_path: Path, rows: list[tuple[str, str, date | None]], ending: str, code: str
) -> None:
    class Undo(Exception):
        pass

    def body() -> None:
        with database.write("Property") as session:
            network = records.create(session, Network, country="BHR", name_en="Bahrain")
            world = World(network, {}, {})
            for english, arabic, due in rows:
                if clean(english).strip():
                    actions.create_action(session, network.id, ON, task_en=english, task_ar=arabic, due=due)
            path = tmp_path / f"out.{ending}"
            written = exchange.export_listing(session, action_list.ACTIONS, context(world, code), path)
            result = bring(session, world, "actions", path)
            assert said(result) == []
            assert counts(result) == (0, 0, written)
            raise Undo

    with pytest.raises(Undo):
        body()
