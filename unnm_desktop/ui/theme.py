"""How the window looks: colour tokens, palette and the one generated style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from unnm_desktop.ui.contrast import SYSTEM_SHEET, high_contrast, system_tokens
from unnm_desktop.ui.fonts import FAMILY
from unnm_desktop.ui.stylesheet import ARABIC, stylesheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from unnm_desktop.settings import Settings
    from unnm_desktop.ui.icons import Icons
    from unnm_desktop.ui.stamps import Stamps

BASE_PT = 10.0


class Tokens(NamedTuple):
    """Every colour of the window, by use; nothing else names a colour."""

    bg: str
    surface: str
    sunken: str
    sidebar: str
    text: str
    text2: str
    line: str
    edge: str
    accent: str
    accent_text: str
    ring: str
    primary: str
    primary_text: str
    selection: str
    hover: str
    red: str
    red_bg: str
    amber: str
    amber_bg: str
    green: str
    green_bg: str
    violet: str
    violet_bg: str

    def tone(self, name: str) -> tuple[str, str]:
        """Text and background of a tone: neutral, good, warn, bad, info or violet."""
        return {
            "good": (self.green, self.green_bg),
            "warn": (self.amber, self.amber_bg),
            "bad": (self.red, self.red_bg),
            "info": (self.accent_text, self.selection),
            "violet": (self.violet, self.violet_bg),
        }.get(name, (self.text2, self.sunken))


LIGHT = Tokens(
    bg="#F4F7FA", surface="#FFFFFF", sunken="#EEF2F6", sidebar="#EAF0F5", text="#14222E", text2="#51626F",
    line="#DDE4EA", edge="#7A8A97", accent="#009EDB", accent_text="#006B99", ring="#0077A8", primary="#0077A8",
    primary_text="#FFFFFF", selection="#DDF1FA", hover="#F0F5F9", red="#B42318", red_bg="#FEECEA", amber="#8A5A00",
    amber_bg="#FFF4DC", green="#17713F", green_bg="#E4F5EA", violet="#5B4BB7", violet_bg="#EFECFB",
)  # fmt: skip
DARK = Tokens(
    bg="#10171D", surface="#18222B", sunken="#131C23", sidebar="#0C1318", text="#E6EDF3", text2="#9FB0BD",
    line="#2A3844", edge="#6E8291", accent="#2CB1E8", accent_text="#5CC8F4", ring="#5CC8F4", primary="#4CC2F1",
    primary_text="#06222F", selection="#12394D", hover="#1F2B35", red="#FF9B8F", red_bg="#3A1D1C", amber="#F2C063",
    amber_bg="#352811", green="#7BD8A3", green_bg="#12301F", violet="#B9AEFF", violet_bg="#262144",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One theme, text size and direction, fixed for the life of a window; a change builds a fresh window."""

    dark: bool = False
    text_size: int = 100
    rtl: bool = False
    compact: bool = False
    # The system's own colours, where it asks for high contrast.
    system: Tokens | None = None

    @property
    def tokens(self) -> Tokens:
        """The colours of this theme."""
        return self.system or (DARK if self.dark else LIGHT)

    @property
    def base(self) -> float:
        """The base size in points."""
        return BASE_PT * self.text_size / 100

    @property
    def row(self) -> int:
        """Height of a table row; never below what the text needs."""
        return round((32 if self.compact else 40) * max(1.0, self.text_size / 100))

    @property
    def tall_row(self) -> int:
        """Height of a table row that has room for a second line."""
        return round((44 if self.compact else 50) * max(1.0, self.text_size / 100))

    @property
    def high_row(self) -> int:
        """Height of a table row that has room for a third line."""
        return round((58 if self.compact else 62) * max(1.0, self.text_size / 100))

    @cached_property
    def icons(self) -> Icons:
        """The icons of this theme and direction."""
        from unnm_desktop.ui.icons import Icons  # none is drawn before the first paint

        return Icons(self.rtl)

    @cached_property
    def stamps(self) -> Stamps:
        """The pills, avatars and dots that lists of this look have drawn."""
        from unnm_desktop.ui.stamps import Stamps  # none before the first paint either

        return Stamps(self.rtl)

    def with_text(self, pixels: int) -> int:
        """So many pixels at the normal size of text; what stands beside words grows with them."""
        return round(pixels * max(1.0, self.text_size / 100))

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The interface font at a multiple of the base size."""
        font = QFont(FAMILY)
        font.setPointSizeF(self.base * scale)
        font.setWeight(weight)
        return font

    def colour(self, token: str) -> QColor:
        """A token as a colour."""
        return QColor(getattr(self.tokens, token))

    def tone(self, name: str) -> tuple[QColor, QColor]:
        """Text and background colours of a tone."""
        text, back = self.tokens.tone(name)
        return QColor(text), QColor(back)

    def start(self) -> Qt.AlignmentFlag:
        """Start-aligned whatever the direction of the text itself: Qt aligns labels by their words otherwise."""
        return (
            Qt.AlignmentFlag.AlignRight if self.rtl else Qt.AlignmentFlag.AlignLeft
        ) | Qt.AlignmentFlag.AlignAbsolute

    def end(self) -> Qt.AlignmentFlag:
        """End-aligned whatever the direction of the text itself."""
        return (
            Qt.AlignmentFlag.AlignLeft if self.rtl else Qt.AlignmentFlag.AlignRight
        ) | Qt.AlignmentFlag.AlignAbsolute


def is_dark(theme: str) -> bool:
    """Whether the chosen theme (system, light, dark) is dark just now."""
    if theme in ("light", "dark"):
        return theme == "dark"
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def look_for(settings: Settings, rtl: bool) -> Look:
    """The look these preferences ask for."""
    size = min(150, max(90, settings.text_size))
    compact = settings.density == "compact"
    if high_contrast():
        # A palette set by us before stands in front of the system's; an empty one gives way to it.
        QGuiApplication.setPalette(QPalette())
        own = system_tokens(QGuiApplication.palette(), LIGHT)
        return Look(QColor(own.bg).lightness() < 128, size, rtl, compact, own)
    return Look(is_dark(settings.theme), size, rtl, compact)


def palette(tokens: Tokens) -> QPalette:
    """The palette for what the style sheet does not touch."""
    result = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, tokens.bg), (role.WindowText, tokens.text), (role.Base, tokens.surface),
        (role.AlternateBase, tokens.sunken), (role.Text, tokens.text), (role.PlaceholderText, tokens.text2),
        (role.Button, tokens.surface), (role.ButtonText, tokens.text), (role.BrightText, tokens.red),
        (role.Highlight, tokens.selection), (role.HighlightedText, tokens.text), (role.Link, tokens.accent_text),
        (role.LinkVisited, tokens.accent_text), (role.ToolTipBase, tokens.surface), (role.ToolTipText, tokens.text),
        (role.Light, tokens.surface), (role.Midlight, tokens.hover), (role.Mid, tokens.line), (role.Dark, tokens.edge),
        (role.Shadow, tokens.line), (role.Accent, tokens.primary),
    ):  # fmt: skip
        result.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.edge))
    return result


def apply(app: QApplication, look: Look) -> None:
    """Dress the whole application; done only when theme, text size or language change.

    Qt dresses every widget there is anew for each of these, so what is the same already is left alone.
    """
    if app.font() != look.font():
        app.setFont(look.font())
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if look.rtl else Qt.LayoutDirection.LeftToRight)
    sheet = SYSTEM_SHEET if look.system is not None else stylesheet(look.tokens._asdict(), look.base)
    if look.rtl:
        sheet += ARABIC
    if app.styleSheet() != sheet:
        if look.system is None:
            app.setPalette(palette(look.tokens))
        app.setStyleSheet(sheet)
