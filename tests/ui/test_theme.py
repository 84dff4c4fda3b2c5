"""Colours can be read, the one font family is there, icons are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontInfo, QFontMetrics, QPainterPath
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QMainWindow, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from unnm_desktop.ui import fonts, icons, theme
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.file_dialog import file_dialog
from unnm_desktop.ui.stylesheet import stylesheet
from unnm_desktop.ui.theme import DARK, LIGHT, Look, Tokens
from unnm_desktop.ui.widgets import label

TEXTS = (
    ("text", "bg"), ("text", "surface"), ("text", "sunken"), ("text", "sidebar"), ("text", "selection"),
    ("text", "hover"),
    ("text2", "bg"), ("text2", "surface"), ("text2", "sunken"), ("text2", "sidebar"), ("text2", "hover"),
    ("accent_text", "surface"), ("accent_text", "bg"), ("accent_text", "selection"), ("primary_text", "primary"),
    ("red", "red_bg"), ("amber", "amber_bg"), ("green", "green_bg"), ("violet", "violet_bg"),
    ("red", "surface"), ("amber", "surface"), ("green", "surface"), ("amber", "selection"), ("surface", "text"),
)  # fmt: skip
EDGES = (("edge", "surface"), ("edge", "bg"), ("ring", "surface"), ("ring", "bg"), ("accent", "surface"))


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_reach_four_and_a_half_to_one(tokens: Tokens) -> None:
    weak = [(a, b) for a, b in TEXTS if contrast(getattr(tokens, a), getattr(tokens, b)) < 4.5]
    assert weak == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_the_focus_ring_reach_three_to_one(tokens: Tokens) -> None:
    weak = [(a, b) for a, b in EDGES if contrast(getattr(tokens, a), getattr(tokens, b)) < 3]
    assert weak == []


def test_the_style_sheet_has_every_colour_and_size_filled_in() -> None:
    sheet = stylesheet(LIGHT._asdict(), 10)
    assert "@" not in sheet
    assert "{1" not in sheet.replace("{ ", "")
    assert "font-size: 17.00pt" in sheet


@pytest.mark.parametrize("kind", [QComboBox, QSpinBox])
def test_boxes_of_qt_s_own_dialogs_have_their_arrows(
    make_desk: Callable[..., Desk], qtbot: QtBot, kind: type[QWidget]
) -> None:
    make_desk()
    box = kind()
    qtbot.addWidget(box)
    box.show()
    picture = box.grab().toImage()
    strip = [QPoint(x, y) for x in range(box.width() - 14, box.width() - 4) for y in range(6, box.height() - 6)]
    darkest = min(picture.pixelColor(at).lightness() for at in strip)
    lightest = max(picture.pixelColor(at).lightness() for at in strip)
    assert lightest - darkest > 60


def test_buttons_of_boxes_have_words_and_none_of_qt_s_signs(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    make_desk(dark=True)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Ok)
    qtbot.addWidget(box)
    assert [one.icon().isNull() for one in box.buttons()] == [True, True]


def test_the_ways_of_qt_s_own_file_dialog_are_seen_in_the_dark(
    make_desk: Callable[..., Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.desk = make_desk(dark=True)  # type: ignore[attr-defined]
    dialog = file_dialog(window, "Open", tmp_path)
    up = dialog.findChild(QToolButton, "toParentButton")
    drawn = up.icon().pixmap(18).toImage()
    pixels = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    assert max(one.lightness() for one in pixels if one.alpha() > 200) > 200


def test_the_style_sheet_knows_no_left_and_right() -> None:
    sheet = stylesheet(LIGHT._asdict(), 10)
    assert not any(word in sheet for word in ("-left", "-right", "text-align"))


def test_the_family_has_both_scripts(qapp: QApplication) -> None:
    assert fonts.load()
    assert QFontInfo(Look().font()).family() == fonts.FAMILY


def test_text_size_scales_every_font(qapp: QApplication) -> None:
    assert Look(text_size=150).font(1.7).pointSizeF() == pytest.approx(25.5)


def test_every_icon_used_is_in_the_package() -> None:
    import re
    from pathlib import Path

    import unnm_desktop.ui

    folder = Path(unnm_desktop.ui.__file__).parent
    names = set(icons.MIRRORED)
    for path in folder.glob("*.py"):
        names |= set(re.findall(r"(?:pixmap|icon)\(\s*\"([a-z0-9-]+)\"", path.read_text(encoding="utf-8")))
    from unnm_desktop.ui.places import PLACES

    names |= {place.icon for place in PLACES}
    assert all(icons.drawing(name) for name in sorted(names))


def test_only_icons_that_point_are_mirrored(qapp: QApplication) -> None:
    plain, mirrored = Look().icons, Look(rtl=True).icons
    assert plain.pixmap("chevron-left", "#000000").toImage() != mirrored.pixmap("chevron-left", "#000000").toImage()
    for name in ("clock", "check", "search", "printer"):
        assert plain.pixmap(name, "#000000").toImage() == mirrored.pixmap(name, "#000000").toImage()


def test_a_theme_of_ones_own_overrides_the_system() -> None:
    assert theme.is_dark("dark")
    assert not theme.is_dark("light")


def test_lines_of_a_label_stand_below_one_another_on_an_arabic_page(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    made = label(make_desk(rtl=True).look, "سجل جديد\nتعارض واحد", wrap=True)
    qtbot.addWidget(made)
    made.resize(300, 60)
    picture = made.grab().toImage()
    ground = picture.pixelColor(0, 0)
    columns = range(picture.width())
    inked = [y for y in range(picture.height()) if any(picture.pixelColor(x, y) != ground for x in columns)]
    assert inked[-1] - inked[0] > made.fontMetrics().lineSpacing() * 1.5


@pytest.mark.parametrize("role", ["h1", "h2"])
def test_the_marks_over_an_arabic_heading_are_not_cut_off(
    make_desk: Callable[..., Desk], qtbot: QtBot, role: str
) -> None:
    heading = label(make_desk(rtl=True).look, "ما يتركه النص مفتوحاً", role)
    qtbot.addWidget(heading)
    heading.show()
    heading.resize(heading.sizeHint())
    shape = QPainterPath()
    shape.addText(0, 0, heading.font(), heading.text())
    above = QFontMetrics(heading.font()).ascent() + heading.contentsRect().top()
    assert -shape.boundingRect().top() <= above
