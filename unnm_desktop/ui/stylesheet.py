"""The one style sheet, generated from colour tokens and the base text size."""

from __future__ import annotations

from collections.abc import Mapping

# Horizontal padding is symmetric and borders are whole: Qt mirrors neither alone (right-to-left pages). Outside a
# dialog Enter presses no button by itself (autoDefault). Only the drop-down that draws its own arrow (Choices) is
# dressed: under a sheet Qt's, and the boxes of figures in its own dialogs, would have none.
_SHEET = """
QWidget { color: @text; }
QMainWindow, QDialog, #page, #canvas { background: @bg; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="h1"] { font-size: {1.7}pt; font-weight: 700; }
QLabel[role="h2"] { font-size: {1.15}pt; font-weight: 600; }
QLabel[role="number"] { font-size: {2.4}pt; font-weight: 700; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="grey"] { color: @text2; }
QLabel[role="small"] { color: @text2; font-size: {0.9}pt; }
QLabel[role="problem"] { color: @red; font-size: {0.9}pt; }
QLabel[role="late"] { color: @red; }
QLabel[role="drop"] { background: @surface; border: 2px solid @ring; border-radius: 8px; padding: 8px 16px; }
QLabel[role="hint"] { color: @text2; font-size: {0.9}pt; }
QLabel[role="keycap"] { color: @text2; background: @sunken; border: 1px solid @line; border-radius: 4px;
  font-size: {0.82}pt; padding: 1px 6px; }
QFrame[role="card"] { background: @surface; border: 1px solid @line; border-radius: 10px; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
#sidebar { background: @sidebar; border: none; }
#sidebarEdge { background: @line; }
#sidebar QListView { background: transparent; border: none; outline: none; }
QPushButton { background: @surface; border: 1px solid @line; border-radius: 7px; padding: 5px 13px;
  min-height: {line}px; font-weight: 400; qproperty-autoDefault: true; }
QPushButton:hover { background: @hover; border-color: @edge; }
QPushButton:pressed { background: @selection; }
QPushButton:focus { border: 2px solid @ring; padding: 4px 12px; }
QPushButton:disabled { color: @edge; background: @sunken; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[role="primary"] { background: @primary; color: @primary_text; border-color: @primary; font-weight: 600; }
QPushButton[role="primary"]:hover { border-color: @text; }
QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled { background: @sunken; color: @edge; border-color: @line; }
QPushButton[role="danger"] { color: @red; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent_text;
  padding: 3px 5px; min-width: 14px; }
QPushButton[role="link"]:hover { background: @hover; }
QPushButton[role="link"]:focus { border: 2px solid @ring; padding: 2px 4px; }
QPushButton[role="link"]:disabled { background: transparent; color: @text2; }
QPushButton[role="chip"] { border-radius: 14px; padding: 3px 13px; min-height: {line}px; color: @text2; }
QPushButton[role="chip"]:focus { border: 2px solid @ring; padding: 2px 12px; }
QPushButton[role="chip"]:checked { background: @selection; border-color: @accent; color: @text; }
QPushButton[role="tab"] { background: transparent; border: none; border-bottom: 2px solid transparent;
  border-radius: 0; padding: 6px 4px; color: @text2; }
QPushButton[role="tab"]:hover { color: @text; }
QPushButton[role="tab"]:checked { color: @accent_text; border-bottom: 2px solid @accent; font-weight: 500; }
QPushButton[role="tab"]:focus { border: 2px solid @ring; border-radius: 4px; padding: 4px 2px 6px 2px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 3px; }
QToolButton:hover, QToolButton:checked { background: @hover; }
QToolButton:focus { border: 2px solid @ring; padding: 2px; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QPlainTextEdit, QTextEdit, Choices { background: @surface; border: 1px solid @edge;
  border-radius: 7px; padding: 4px 8px; min-height: {line}px; selection-background-color: @primary;
  selection-color: @primary_text; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, Choices:focus { border: 2px solid @ring;
  padding: 3px 7px; }
Choices { padding: 4px 10px; }
Choices:focus { padding: 3px 9px; }
QLineEdit:read-only { color: @text; background: transparent; border-color: transparent; padding: 4px 0; }
QLineEdit:read-only:focus { border-color: @ring; padding: 3px 0; }
QLineEdit[quiet="true"], QPlainTextEdit[quiet="true"], Choices[quiet="true"] { background: transparent;
  border-color: transparent; }
QLineEdit[quiet="true"] { padding: 1px 3px; min-width: 48px; }
QPlainTextEdit[quiet="true"] { padding: 1px 3px; }
Choices[quiet="true"] { padding: 1px 5px; max-height: {line}px; }
QLineEdit[quiet="true"]:hover, QPlainTextEdit[quiet="true"]:hover, Choices[quiet="true"]:hover {
  border-color: @edge; background: @hover; }
QLineEdit[quiet="true"]:focus, QPlainTextEdit[quiet="true"]:focus, Choices[quiet="true"]:focus {
  border: 2px solid @ring; background: @surface; }
QLineEdit[quiet="true"]:focus { padding: 0 2px; }
QPlainTextEdit[quiet="true"]:focus { padding: 0 2px; }
Choices[quiet="true"]:focus { padding: 0 4px; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], Choices[bad="true"] { border: 1px solid @red; }
QLineEdit#search { border-color: @line; padding: 5px 8px; }
QLineEdit#search:focus { border: 2px solid @ring; padding: 4px 7px; }
Choices::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView, QListView[role="popup"] { background: @surface; border: 1px solid @line; outline: none;
  selection-background-color: @selection; selection-color: @text; padding: 4px; }
QTableView { background: @surface; border: 1px solid @line; border-radius: 10px; outline: none; padding: 1px;
  selection-background-color: @selection; selection-color: @text; }
QListWidget[role="framed"] { background: @surface; border: 1px solid @edge; border-radius: 7px; padding: 3px;
  outline: none;
  selection-background-color: @selection; selection-color: @text; }
QListWidget[role="framed"]:focus { border: 2px solid @ring; padding: 2px; }
QListWidget[role="framed"]::item { padding: 3px 5px; border-radius: 4px; }
QListWidget[role="framed"]::item:selected { background: @selection; color: @text; }
QListWidget#documents { background: @surface; border: 1px solid @line; border-radius: 10px; padding: 4px;
  outline: none; }
QListWidget#documents:focus { border: 2px solid @ring; padding: 3px; }
QListWidget#documents::item { padding: 4px 6px; border-radius: 6px; }
QListWidget#documents::item:hover { background: @hover; }
QListWidget#documents::item:selected { background: @selection; color: @text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @text2; border: none; border-bottom: 1px solid @line;
  padding: 8px 10px; font-weight: 600; font-size: {0.9}pt; }
QHeaderView::section:hover { color: @text; }
QCheckBox { spacing: 8px; min-height: 24px; }
QCheckBox:focus { color: @accent_text; }
QScrollArea, QScrollArea > QWidget > QWidget#inside { background: transparent; border: none; }
QScrollArea[role="reading"], QListWidget { border: 2px solid transparent; border-radius: 7px; }
QScrollArea[role="reading"]:focus, QListWidget:focus { border: 2px solid @ring; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: @line; border-radius: 4px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @line; }
QMenuBar { background: @sidebar; border: none; font-size: {0.9}pt; }
QMenuBar::item { padding: 3px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @selection; }
QMenu { background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 14px; border-radius: 4px; }
QMenu[role="ticks"]::item { padding: 6px 24px; }
QMenu { icon-size: {icon}px; }
QMenu::icon { padding: 0 8px; }
QMenu[role="ticks"]::indicator { width: {tick}px; height: {tick}px; border: none; }
QMenu[role="ticks"]::right-arrow, QMenu[role="ticks"]::left-arrow { width: {tick}px; height: {tick}px; border: none; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @edge; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
#statusBar { background: @sidebar; border: none; border-top: 1px solid @line; }
#statusBar QLabel, #statusBar QPushButton { font-size: {0.9}pt; color: @text2; }
#statusBar QPushButton { background: transparent; border: 1px solid transparent; border-radius: 4px;
  padding: 0 6px; min-height: 22px; }
#statusBar QPushButton:hover { background: @hover; color: @text; }
#statusBar QPushButton:focus { border: 2px solid @ring; padding: 0 5px; }
#toast { background: @text; border-radius: 8px; }
#toast QLabel { color: @surface; }
#toast QPushButton { background: transparent; color: @surface; border: 1px solid @text2; }
#toast QPushButton:focus { border: 2px solid @surface; }
#palette { background: @surface; border: 1px solid @edge; border-radius: 10px; }
#palette QLineEdit { border: none; background: transparent; padding: 4px 0; }
#palette QListView { background: transparent; border: none; outline: none; }
QFrame[role="bar"][tone="bad"] { background: @red_bg; border: 1px solid @red; border-radius: 7px; }
QFrame[role="bar"][tone="warn"] { background: @amber_bg; border: 1px solid @amber; border-radius: 7px; }
QFrame[role="bar"][tone="good"] { background: @green_bg; border: 1px solid @green; border-radius: 7px; }
QFrame[role="bar"][tone="info"] { background: @selection; border: 1px solid @accent; border-radius: 7px; }
QProgressBar { background: @sunken; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QListView[role="lines"] { background: transparent; border: none; outline: none; }
QCalendarWidget QAbstractItemView { background: @surface; selection-background-color: @primary;
  selection-color: @primary_text; border: none; outline: none; }
QCalendarWidget, QCalendarWidget #qt_calendar_navigationbar { background: @surface; }
"""

# Marks over an alef or lam reach above the line of the font, and the dots of a yeh under it: without room they are cut.
ARABIC = """
QLabel[role="h1"] { padding-top: 4px; padding-bottom: 2px; }
QLabel[role="h2"] { padding-top: 2px; }
"""


def stylesheet(colours: Mapping[str, str], base: float) -> str:
    """The style sheet for these colours and this base size in points."""
    sheet = _SHEET
    for name in sorted(colours, key=len, reverse=True):
        sheet = sheet.replace(f"@{name};", f"{colours[name]};").replace(f"@{name} ", f"{colours[name]} ")
    for scale in ("2.4", "1.7", "1.15", "0.9", "0.82"):
        sheet = sheet.replace("{" + scale + "}", f"{base * float(scale):.2f}")
    # What stands beside words grows with them.
    sheet = sheet.replace("{icon}", str(max(16, round(1.6 * base)))).replace("{tick}", str(max(15, round(1.5 * base))))
    # No field is squeezed below a line of its text, however full the panel it stands in.
    return sheet.replace("{line}", str(max(20, round(2 * base))))
