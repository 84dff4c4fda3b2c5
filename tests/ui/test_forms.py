"""Fields keep what is typed when they are left, say what is wrong, and lose nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.services.units import DAYS, PER_CENT
from unnm_desktop.ui.button_list import ButtonList
from unnm_desktop.ui.cut_line import CutLine
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.fields import CheckField, ChoiceField, MoneyField, NumberField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import BilingualField, Field, LongTextField, TextField
from unnm_desktop.ui.inspector import Part, PartsView
from unnm_desktop.ui.read_text import ReadText
from unnm_desktop.ui.reading_fields import ReadOnly
from unnm_desktop.ui.record_field import RecordField, RecordsField
from unnm_desktop.ui.record_fields import MomentField
from unnm_desktop.ui.text_dialog import TextDialog

IOM, ILO = UUID(int=1), UUID(int=2)
PEOPLE = ((IOM, "Amina Haddad"), (ILO, "Farah Nasser"))


class Kept:
    """Remembers what was saved and refuses what a test says."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, Any]] = []
        self.refuse = ""

    def __call__(self, name: str, value: Any) -> None:
        if self.refuse:
            raise Invalid({name: self.refuse})
        self.saved.append((name, value))


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot, kept: Kept) -> Callable[..., PartsView]:
    views = []

    def show(*parts: Part) -> PartsView:
        view = PartsView(desk)
        views.append(view)
        qtbot.addWidget(view)
        view.show_parts(parts, kept)
        view.resize(400, 500)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        return view

    return show


def line(field: Field) -> QLineEdit:
    found: QLineEdit = field.line  # type: ignore[attr-defined]
    return found


def test_enter_and_leaving_keep_a_text(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    view = shown(TextField("a", "A", "old"), TextField("b", "B", ""))
    a, b = view.fields
    a.setFocus()
    line(a).selectAll()
    qtbot.keyClicks(line(a), "new")
    qtbot.keyClick(line(a), Qt.Key.Key_Return)
    assert kept.saved == [("a", "new")]
    qtbot.keyClicks(line(a), "er")
    qtbot.keyClick(line(a), Qt.Key.Key_Tab)
    assert kept.saved[-1] == ("a", "newer")
    assert b.isAncestorOf(view.window().focusWidget())


def test_nothing_is_saved_when_nothing_changed(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    view = shown(
        TextField("a", "A", "old"), DateField("d", "D", date(2026, 11, 25)), MoneyField("m", "M", 5, currency="BHD")
    )
    for field in view.fields:
        field.setFocus()
        assert field.commit()
    assert kept.saved == []


def test_several_lines_pasted_into_one_are_one_line(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    field = shown(TextField("name", "Name", "Old")).field("name")
    QApplication.clipboard().setText("General\r\nSecretariat\nof\tMigration\u2028Affairs\n")
    line(field).selectAll()
    qtbot.keyClick(line(field), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert kept.saved == [("name", "General Secretariat of Migration Affairs")]
    assert line(field).text() == "General Secretariat of Migration Affairs"


def test_a_hundred_thousand_letters_in_one_line_are_kept_whole(
    shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept
) -> None:
    endless = "x" * 100_000
    field = shown(TextField("name", "Name", endless)).field("name")
    line(field).setFocus()
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert (kept.saved, field.dirty) == ([], False)
    line(field).clear()
    QApplication.clipboard().setText(f"y{endless}")
    qtbot.keyClick(line(field), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert kept.saved == [("name", f"y{endless}")]


def test_a_name_that_came_with_breaks_is_not_changed_by_being_looked_at(
    shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept
) -> None:
    field = shown(TextField("name", "Name", "General\nSecretariat ")).field("name")
    line(field).setFocus()
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert (kept.saved, field.dirty) == ([], False)


def test_a_refusal_stands_under_the_field_and_the_text_stays(
    shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept
) -> None:
    view = shown(TextField("a", "A", "old"))
    field = view.fields[0]
    kept.refuse = "Too short."
    field.setFocus()
    line(field).selectAll()
    qtbot.keyClicks(line(field), "x")
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert field.problem_line.text() == "Too short."
    assert field.problem_line.isVisible()
    assert line(field).text() == "x"
    assert field.get() == "old"
    kept.refuse = ""
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert not field.problem_line.isVisible()
    assert kept.saved == [("a", "x")]


def test_escape_brings_back_what_was_kept(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    view = shown(TextField("a", "A", "old"))
    field = view.fields[0]
    field.setFocus()
    qtbot.keyClicks(line(field), "more")
    qtbot.keyClick(line(field), Qt.Key.Key_Escape)
    assert line(field).text() == "old"
    field.commit()
    assert kept.saved == []


def test_a_date_shows_what_it_understood(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    view = shown(DateField("due", "Due"))
    field = view.field("due")
    assert isinstance(field, DateField)
    field.setFocus()
    qtbot.keyClicks(field.line, "wed")
    assert field.understood.text() == "Wed 25 Nov 2026"
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert kept.saved == [("due", date(2026, 11, 25))]
    assert field.line.text() == "Wed 25 Nov 2026"
    field.line.setText("someday")
    assert not field.commit()
    assert "not a date" in field.problem_line.text()
    assert field.get() == date(2026, 11, 25)
    field.line.clear()
    assert field.commit()
    assert kept.saved[-1] == ("due", None)


def test_a_partial_date_is_text(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    field = shown(DateField("since", "Since", "2019-12", partial=True)).field("since")
    assert line(field).text() == "December 2019"
    line(field).setText("٢٠٢٠")
    assert field.commit()
    line(field).clear()
    field.commit()
    assert kept.saved == [("since", "2020"), ("since", "")]


@pytest.mark.parametrize("typed", ["1/1/0001", "31 dec 9999", "2201-01-01", "1899-12-31", "+9999m"])
def test_a_year_far_away_is_said_in_words(shown: Callable[..., PartsView], kept: Kept, typed: str) -> None:
    """Weeks that are added to such a day would lead out of the calendar."""
    for partial in (False, True):
        field = shown(DateField("due", "Due", partial=partial)).field("due")
        line(field).setText(typed)
        assert not field.commit()
        assert "between 1900 and 2200" in field.problem_line.text()
    assert kept.saved == []


@pytest.mark.parametrize("typed", ["9" * 20, "-" + "9" * 20, "9" * 5000, "٩" * 5000])
def test_a_number_without_end_is_said_in_words(shown: Callable[..., PartsView], kept: Kept, typed: str) -> None:
    field = shown(NumberField("days", "Days", unit=DAYS)).field("days")
    line(field).setText(typed)
    assert not field.commit()
    assert field.problem_line.text()
    assert kept.saved == []


@pytest.mark.parametrize(
    ("typed", "minor"), [("1,250.5", 1250500), ("١٬٢٥٠٫٥٠٠", 1250500), ("0", 0), ("", None), ("BHD 12", 12000)]
)
def test_money_has_the_decimals_of_its_currency(
    shown: Callable[..., PartsView], kept: Kept, typed: str, minor: int | None
) -> None:
    field = shown(MoneyField("sum", "Sum", 7, currency="BHD")).field("sum")
    assert line(field).text() == "0.007"
    line(field).setText(typed)
    assert field.commit()
    assert kept.saved == [("sum", minor)]


@pytest.mark.parametrize("typed", ["1.2345", "much", "nan", "inf", "1e99", "9e999999"])
def test_what_is_no_amount_is_said(shown: Callable[..., PartsView], kept: Kept, typed: str) -> None:
    field = shown(MoneyField("sum", "Sum", currency="KWD")).field("sum")
    line(field).setText(typed)
    assert not field.commit()
    assert field.problem_line.text()
    assert kept.saved == []


def test_numbers_stay_in_bounds(shown: Callable[..., PartsView], kept: Kept) -> None:
    field = shown(NumberField("progress", "Progress", 10, minimum=0, maximum=100, unit=PER_CENT)).field("progress")
    line(field).setText("١٠١")
    assert not field.commit()
    line(field).setText("٩٥")
    assert field.commit()
    assert kept.saved == [("progress", 95)]


def test_the_unit_beside_a_number_agrees_with_it_while_it_is_typed(
    make_desk: Callable[..., Desk], qtbot: QtBot, kept: Kept
) -> None:
    view = PartsView(make_desk(rtl=True))
    qtbot.addWidget(view)
    view.show_parts([NumberField("days", "Days", 2, minimum=0, maximum=100, unit=DAYS)], kept)
    field = view.field("days")
    (said,) = (one for one in field.findChildren(QLabel) if one.text() == "يومان")
    for typed, unit in (("٥", "أيام"), ("31", "يوماً"), ("1", "يوم")):
        line(field).setText(typed)
        assert said.text() == unit


def test_a_choice_and_a_tick_are_kept_at_once(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    view = shown(
        ChoiceField("kind", "Kind", "b", (("a", "First"), ("b", "Second"))), CheckField("on", "On", False, hint="Yes")
    )
    kind, on = view.fields
    assert isinstance(kind, ChoiceField)
    kind.combo.setFocus()
    qtbot.keyClick(kind.combo, Qt.Key.Key_Up)
    assert isinstance(on, CheckField)
    on.box.setFocus()
    qtbot.keyClick(on.box, Qt.Key.Key_Space)
    assert kept.saved == [("kind", "a"), ("on", True)]


def find(text: str) -> Sequence[tuple[UUID, str]]:
    return [item for item in PEOPLE if text.casefold() in item[1].casefold()]


def test_a_record_is_found_by_typing(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    field = shown(RecordField("person", "Person", IOM, "Amina Haddad", find=find)).field("person")
    line(field).setFocus()
    line(field).selectAll()
    qtbot.keyClicks(line(field), "farah")
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert kept.saved == [("person", ILO)]
    assert line(field).text() == "Farah Nasser"
    line(field).setText("Nobody")
    assert not field.commit()
    line(field).clear()
    assert field.commit()
    assert kept.saved[-1] == ("person", None)


def test_a_name_nobody_has_makes_a_record_where_allowed(shown: Callable[..., PartsView], kept: Kept) -> None:
    made = UUID(int=9)
    field = shown(RecordField("person", "Person", find=find, create=lambda _: made)).field("person")
    line(field).setText("Omar Saleh")
    assert field.commit()
    assert kept.saved == [("person", made)]


def test_several_records_are_added_and_taken_away(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    from PySide6.QtWidgets import QToolButton

    field = shown(RecordsField("leads", "Leads", [PEOPLE[0]], find=find)).field("leads")
    qtbot.keyClicks(line(field), "farah")
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert kept.saved == [("leads", [IOM, ILO])]

    def remove() -> list[QToolButton]:
        buttons = field.findChildren(QToolButton)
        return [b for b in buttons if b.accessibleName() == "Remove Amina Haddad" and b.isVisible()]

    qtbot.waitUntil(lambda: bool(remove()))
    qtbot.mouseClick(remove()[0], Qt.MouseButton.LeftButton)
    assert kept.saved[-1] == ("leads", [ILO])


def test_the_line_is_empty_again_after_a_name_of_the_list_is_taken(
    shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept
) -> None:
    field = shown(RecordsField("leads", "Leads", [], find=find)).field("leads")
    qtbot.keyClicks(line(field), "a")
    popup = line(field).completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not line(field).text())
    assert kept.saved == [("leads", [IOM])]


def test_escape_takes_a_half_typed_name_away_and_then_leaves_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    field = RecordsField("leads", "Leads", [], find=find)
    dialog = FormDialog(desk, "Invite", [field], "Invite", lambda values: values)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClicks(field.line, "zzz")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert (field.line.text(), dialog.isVisible()) == ("", True)
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("typed", ["0001-01-01 00:00", "9999-12-31 23:59", "0000-01-01 00:00", "31/2", "-5"])
def test_a_moment_at_the_edge_of_time_is_kept_or_said_in_words(
    desk: Desk, shown: Callable[..., PartsView], kept: Kept, typed: str
) -> None:
    """The network's clock is hours away from UTC, in which moments are kept."""
    desk.language = replace(desk.language, clock=ZoneInfo("Asia/Bahrain"))
    field = shown(MomentField("at", "At")).field("at")
    line(field).setText(typed)
    assert field.commit() == typed.startswith("9999")
    assert len(kept.saved) == typed.startswith("9999")
    assert bool(field.problem_line.text()) != typed.startswith("9999")


def test_both_languages_stand_together(make_desk: Callable[..., Desk], qtbot: QtBot, kept: Kept) -> None:
    for rtl in (False, True):
        view = PartsView(make_desk(rtl=rtl))
        qtbot.addWidget(view)
        view.show_parts((BilingualField("name", "Name", "Labour", "العمل"),), kept)
        assert [field.name for field in view.fields] == (["name_ar", "name_en"] if rtl else ["name_en", "name_ar"])
        arabic = view.field("name_ar")
        assert line(arabic).layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_scrolling_over_a_choice_neither_takes_the_focus_nor_changes_it(
    shown: Callable[..., PartsView], kept: Kept
) -> None:
    field = shown(ChoiceField("kind", "Kind", 1, ((1, "One"), (2, "Two")))).field("kind")
    assert isinstance(field, ChoiceField)
    assert not field.combo.focusPolicy() & ~Qt.FocusPolicy.StrongFocus
    field.setFocus()
    middle = QPointF(field.combo.rect().center())
    down = QWheelEvent(
        middle, field.combo.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field.combo, down)
    assert field.combo.currentText() == "One"
    assert kept.saved == []


def test_long_text_is_drafted_before_it_is_kept(shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept) -> None:
    drafts: list[tuple[str, str]] = []
    field = shown(LongTextField("notes", "Notes", "", draft=lambda name, text: drafts.append((name, text)))).field(
        "notes"
    )
    assert isinstance(field, LongTextField)
    field.setFocus()
    qtbot.keyClicks(field.box, "Hello")
    assert field._short.interval() == 3000
    field._short.timeout.emit()
    assert drafts == [("notes", "Hello")]
    assert kept.saved == []
    qtbot.keyClick(field.box, Qt.Key.Key_Tab)
    field.commit()
    assert kept.saved == [("notes", "Hello")]


def test_an_update_leaves_half_typed_text_and_focus_alone(
    shown: Callable[..., PartsView], qtbot: QtBot, kept: Kept
) -> None:
    view = shown(TextField("a", "A", "one"), TextField("b", "B", "two"))
    view.focus("b")
    qtbot.keyClicks(line(view.field("b")), "!")
    view.update_parts((TextField("a", "A", "changed"), TextField("b", "B", "elsewhere")), kept)
    assert line(view.field("a")).text() == "changed"
    assert "!" in line(view.field("b")).text()
    view.update_parts((TextField("a", "A", "again"), ReadOnly("c", "C", "x"), TextField("b", "B", "two")), kept)
    assert view.field("b").isAncestorOf(view.window().focusWidget())


def test_a_dialog_stays_open_until_all_is_well(desk: Desk, qtbot: QtBot) -> None:
    def accept(values: dict[str, Any]) -> str:
        if not values["name"]:
            raise Invalid({"name": "Say its name.", "other": "And this."})
        return str(values["name"])

    dialog: FormDialog[str] = FormDialog(
        desk, "Add", (TextField("name", "Name"), DateField("day", "Day")), "Add", accept
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.parts.field("name").problem_line.text() == "Say its name."
    assert dialog.problem.text() == "And this."
    qtbot.keyClicks(line(dialog.parts.field("name")), "IOM")
    qtbot.keyClick(line(dialog.parts.field("name")), Qt.Key.Key_Return)
    assert dialog.result_value == "IOM"
    assert not dialog.isVisible()


def test_control_enter_answers_a_dialog_from_a_long_text(desk: Desk, qtbot: QtBot) -> None:
    dialog: FormDialog[str] = FormDialog(
        desk, "Add", (LongTextField("wording", "Wording"),), "Add", lambda values: str(values["wording"])
    )
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    field = dialog.parts.field("wording")
    assert isinstance(field, LongTextField)
    qtbot.keyClicks(field.box, "We agree.")
    qtbot.keyClick(field.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result_value == "We agree."
    assert not dialog.isVisible()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_long_text_stands_where_its_language_begins(
    make_desk: Callable[..., Desk], qtbot: QtBot, kept: Kept, code: str
) -> None:
    view = PartsView(make_desk(rtl=code == "ar"))
    qtbot.addWidget(view)
    field = LongTextField("text", "Comment")
    view.show_parts((field,), kept)
    view.resize(400, 200)
    view.show()

    def begins() -> int:
        cursor = field.box.textCursor()
        cursor.setPosition(0)
        field.box.setTextCursor(cursor)
        return field.box.cursorRect().x()

    middle = field.box.viewport().width() / 2
    assert (begins() > middle) == (code == "ar")
    field.box.setPlainText("يرجى التوضيح.")
    assert begins() > middle
    field.box.setPlainText("Please explain.")
    assert begins() < middle


def test_arabic_that_is_only_read_begins_at_the_right(shown: Callable[..., PartsView]) -> None:
    view = shown(ReadOnly("en", "Task", "Write the leaflet"), ReadOnly("ar", "Task (Arabic)", "كتابة النشرة"))
    english, arabic = (view.field(name).input for name in ("en", "ar"))
    assert isinstance(english, QLabel)
    assert isinstance(arabic, QLabel)
    # Of the page, not of the words: Qt would turn it round.
    sides = Qt.AlignmentFlag
    assert english.alignment() & sides.AlignHorizontal_Mask == sides.AlignLeft | sides.AlignAbsolute
    assert arabic.alignment() & sides.AlignHorizontal_Mask == sides.AlignRight | sides.AlignAbsolute


@pytest.mark.parametrize("text_size", [100, 150])
def test_a_dialog_opens_as_high_as_its_fields(make_desk: Callable[..., Desk], qtbot: QtBot, text_size: int) -> None:
    desk = make_desk(text_size=text_size)
    fields = [TextField(f"line{number}", "Name") for number in range(5)]
    dialog: FormDialog[str] = FormDialog(desk, "Add", fields, "Add", lambda _: "")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    content = dialog.parts.widget()
    assert dialog.parts.verticalScrollBar().maximum() == 0
    assert content.sizeHint().height() <= dialog.parts.viewport().height() < content.sizeHint().height() + 40


def test_a_dialog_grows_for_what_was_understood_of_its_dates(desk: Desk, qtbot: QtBot) -> None:
    fields = [DateField(f"day{number}", "Day") for number in range(4)]
    dialog: FormDialog[str] = FormDialog(desk, "Add", fields, "Add", lambda _: "")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    before = dialog.height()
    for field in fields:
        qtbot.keyClicks(field.line, "+7")
    qtbot.waitUntil(lambda: dialog.height() > before and dialog.parts.verticalScrollBar().maximum() == 0)
    said = fields[-1].understood
    assert said.visibleRegion().boundingRect() == said.rect()


def test_a_dialog_grows_with_what_comes_into_it(desk: Desk, qtbot: QtBot) -> None:
    def accept(_: dict[str, Any]) -> str:
        raise UserError("An appointment of this seat begins on that day. Choose a later day, or remove it. " * 3)

    found = [(uuid4(), f"Body {number}") for number in range(6)]
    several = RecordsField("bodies", "Responsible", (), find=lambda _: found)
    dialog: FormDialog[str] = FormDialog(desk, "Add", (several, DateField("due", "Due")), "Add", accept)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    for _, name in found:
        field = several.findChild(QLineEdit)
        assert field is not None
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.parts.verticalScrollBar().maximum() == 0)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.problem.isVisible()
    qtbot.waitUntil(lambda: dialog.parts.verticalScrollBar().maximum() == 0)


def test_a_choice_that_changes_the_whole_column_lives_until_it_is_kept(desk: Desk, qtbot: QtBot) -> None:
    view = PartsView(desk)
    qtbot.addWidget(view)
    choices = (("a", "A"), ("b", "B"))

    def save(name: str, value: Any) -> None:
        view.update_parts((ChoiceField(name, "Period", value, choices), TextField("new", "New", "")), save)

    view.show_parts((ChoiceField("period", "Period", "a", choices),), save)
    combo = view.field("period").findChild(QComboBox)
    assert combo is not None
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert [field.name for field in view.fields] == ["period", "new"]
    assert view.field("period").get() == "b"


def test_a_value_too_long_for_its_field_is_whole_in_the_tooltip(desk: Desk, qtbot: QtBot) -> None:
    view = PartsView(desk)
    qtbot.addWidget(view)
    long = "The Joint Standing Committee for the Coordination of Migration Affairs " * 3
    view.show_parts((TextField("name", "Name", long),))
    view.resize(320, 200)
    view.show()
    box = line(view.field("name"))
    at = box.rect().center()
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, at, box.mapToGlobal(at)))
    assert QToolTip.text() == long
    QToolTip.hideText()


def told(widget: QWidget) -> str:
    """The tooltip that comes where the pointer rests."""
    at = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    text = QToolTip.text()
    QToolTip.hideText()
    return text


def test_a_choice_and_a_record_that_are_too_long_are_whole_in_the_tooltip(desk: Desk, qtbot: QtBot) -> None:
    view = PartsView(desk)
    qtbot.addWidget(view)
    long = "The first half of the year in which the members met for the second time " * 2
    view.show_parts(
        (
            ChoiceField("period", "Period", "a", [("a", long)]),
            RecordField("who", "Who", IOM, long, find=lambda _text: PEOPLE),
        )
    )
    view.resize(320, 200)
    view.show()
    combo = view.findChild(QComboBox)
    assert combo is not None
    assert told(combo) == long
    assert told(line(view.field("who"))) == long


def test_where_a_caption_stands_is_by_the_kind_of_its_value_and_the_width(shown: Callable[..., PartsView]) -> None:
    view = shown(
        TextField("short", "Name", "WHO"),
        TextField("long", "Name", "Economic and Social Commission for Asia"),
        LongTextField("note", "Note", "Two words"),
        RecordsField("bodies", "Bodies", (), find=lambda _text: PEOPLE),
    )
    every = {"short", "long", "note", "bodies"}
    for width, above in ((260, every), (320, {"note"}), (900, set()), (320, {"note"}), (260, every)):
        view.resize(width, 500)
        QApplication.processEvents()
        assert {field.name for field in view.fields if field.input.y() > field.caption.y()} == above
        assert {field.name for field in view.fields if field.input.x() > field.caption.x()} == every - above


def test_a_long_text_is_read_whole_however_narrow_its_panel(shown: Callable[..., PartsView]) -> None:
    view = shown(LongTextField("note", "Note", "The members agreed to meet again before the end of the year. " * 3))
    for width in (900, 320):
        view.resize(width, 500)
        QApplication.processEvents()
        box = view.findChild(QPlainTextEdit)
        assert box is not None
        lines = box.document().size().height()
        assert box.viewport().height() >= lines * box.fontMetrics().lineSpacing()


def test_an_endless_word_is_read_whole_and_copied_as_it_was_written(
    shown: Callable[..., PartsView], qtbot: QtBot
) -> None:
    endless = "Donaudampfschifffahrtsgesellschaftskapitaen" * 3
    view = shown(ReadOnly("name", "Name", endless))
    text = view.field("name").input
    assert isinstance(text, ReadText)
    assert text.width() <= 400
    assert text.heightForWidth(text.width()) > 3 * text.fontMetrics().height()
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == endless


def test_a_line_is_asked_for_with_a_verb(desk: Desk, qtbot: QtBot) -> None:
    dialog = TextDialog(None, desk.language, "Stand-in", "Who sat there?", "Record", "Amina")
    qtbot.addWidget(dialog)
    dialog.show()
    assert [one.text() for one in dialog.findChildren(QPushButton)] == ["Record", "Cancel"]
    qtbot.keyClicks(dialog.line, "Maya Chen")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert (dialog.result(), dialog.line.text()) == (QDialog.DialogCode.Accepted, "Maya Chen")


def test_a_form_to_fill_in_shows_where_to_write(desk: Desk, qtbot: QtBot, shown: Callable[..., PartsView]) -> None:
    read = shown(TextField("name", "Name", "IOM"), DateField("day", "Day"))
    assert all(line(field).property("quiet") for field in read.fields)
    form = FormDialog(
        desk, "Add", (TextField("name", "Name"), LongTextField("text", "Text"), DateField("day", "Day")), "Add", dict
    )
    qtbot.addWidget(form)
    inputs = [one for field in form.parts.fields for one in field.findChildren(QWidget) if one.property("quiet")]
    assert inputs == []


def test_the_hijri_day_stands_under_the_gregorian_where_it_is_wanted(desk: Desk, qtbot: QtBot) -> None:
    desk.settings = replace(desk.settings, hijri=True)
    view = PartsView(desk)
    qtbot.addWidget(view)
    view.show_parts((DateField("day", "Day", date(2026, 11, 25)), DateField("month", "Month", "2026-11", partial=True)))
    day, month = view.field("day"), view.field("month")
    assert isinstance(day, DateField)
    assert isinstance(month, DateField)
    assert day.understood.text() == "14 Jumada II 1448 AH"
    # A month has no one Hijri day.
    assert month.understood.text() == ""


def test_a_day_leaves_its_weekday_out_before_a_digit_of_its_year(desk: Desk, qtbot: QtBot) -> None:
    line_of_day = CutLine()
    qtbot.addWidget(line_of_day)
    line_of_day.setText("Wednesday, 25 November 2026")
    line_of_day.set_brief("Wednesday, 25 November 2026", "25 Nov 2026")
    room = line_of_day.fontMetrics().horizontalAdvance
    line_of_day.resize(room("25 November 2026"), 30)
    assert line_of_day.shown() == "25 Nov 2026"
    line_of_day.resize(room("Wednesday, 25 November 2026") + 40, 30)
    assert line_of_day.shown() == "Wednesday, 25 November 2026"


def test_enter_means_the_button_that_answers_and_no_link_on_the_way_to_it(desk: Desk, qtbot: QtBot) -> None:
    gone: list[str] = []
    more = ButtonList(desk.look, [("Show it in the list", lambda: gone.append("link"), "link", "")])
    name = TextField("name", "Name")
    dialog = FormDialog(desk, "New", (name, more), "Keep", lambda values: values["name"])
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    qtbot.keyClicks(name.line, "Rami")
    qtbot.keyClick(name.line, Qt.Key.Key_Return)
    assert (gone, dialog.result_value) == ([], "Rami")


@pytest.mark.parametrize("size", [90, 100, 125, 150])
def test_a_form_is_as_high_as_its_fields_at_any_size_of_text(
    make_desk: Callable[..., Desk], qtbot: QtBot, size: int
) -> None:
    desk = make_desk(text_size=size)
    fields = (TextField("name", "Name"), DateField("day", "Day"), LongTextField("reason", "Reason"))
    dialog = FormDialog(desk, "Postpone", fields, "Postpone", dict)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.parts.verticalScrollBar().maximum() == 0
    assert len({field.input.y() > field.caption.y() for field in dialog.parts.fields}) == 1


def test_a_panel_that_is_filled_later_is_never_painted_squeezed(shown: Callable[..., PartsView]) -> None:
    view = shown(TextField("first", "Name", "WHO"))
    view.resize(320, 120)
    QApplication.processEvents()
    view.add_parts([TextField(f"field{number}", "Name", "WHO") for number in range(12)])
    assert view.inside.height() >= view.inside.layout().totalMinimumSize().height()
    assert view.verticalScrollBar().maximum() > 0
