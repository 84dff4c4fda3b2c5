"""The text of a version clause by clause, and its objectives, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unnm_desktop.db.networks import TermsOfReference
from unnm_desktop.db.tor_text import Objective, TorClause
from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services import networks, records
from unnm_desktop.services.coded_texts import ASKS
from unnm_desktop.services.tor_versions import OPEN_STATES
from unnm_desktop.ui.chips import Chips
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.forms import BilingualField
from unnm_desktop.ui.inspector import PartsView
from unnm_desktop.ui.leads import ELSEWHERE
from unnm_desktop.ui.memory import memory
from unnm_desktop.ui.reading_fields import Passage
from unnm_desktop.ui.scroll_column import ReadingColumn
from unnm_desktop.ui.widgets import Card, Pill, icon_button, label, rule

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from unnm_desktop.ui.inspector import Part
    from unnm_desktop.ui.page_base import Page
    from unnm_desktop.ui.theme import Look

LANGUAGES = (("", N_("Both languages")), ("en", N_("English")), ("ar", N_("Arabic")))


def all_versions(session: Session, network_id: UUID, on: date) -> tuple[list[TermsOfReference], UUID | None]:
    """The versions of a network, the newest first, and the one in effect."""
    known = networks.versions(session, network_id)[::-1]
    now = networks.tor_on(session, network_id, on)
    return known, now.id if now is not None else (known[0].id if known else None)


def read_objectives(session: Session, tor_id: UUID) -> list[Objective]:
    """The objectives of a version by number."""
    return records.all_of(session, Objective, Objective.tor_id == tor_id, order=(Objective.number, Objective.id))


def place_of(wanted: str, codes: Sequence[str]) -> int | None:
    """Which of the clauses carries that code; one that is part of a longer clause is found in it."""
    held = [(part.strip(), place) for place, code in enumerate(codes) for part in code.split(",") if part.strip()]
    for code in (part.strip() for part in wanted.split(",")):
        # "B-O3a" is said in "B-O3"; "B-W2" stands beside "B-W1".
        family = code.rstrip("0123456789abcdefghijklmnopqrstuvwxyz")
        for found in (
            [place for part, place in held if part == code],
            [place for part, place in held if code.startswith(part)],
            [place for part, place in held if len(family) > 1 and part.startswith(family)],
        ):
            if found:
                return found[0]
    return None


class VersionChooser(QWidget):
    """Which version is shown; the one in effect at first."""

    def __init__(self, page: Page, changed: Callable[[], object]) -> None:
        super().__init__()
        self._page = page
        self.tor_id: UUID | None = None
        self._changed = changed
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addStretch(1)
        self._field: ChoiceField | None = None
        self._known: list[tuple[UUID, str]] = []

    def refresh(self) -> None:
        """Offer the versions there are."""
        desk = self._page.desk
        known, now = desk.hub.read(all_versions, desk.network_id, desk.today())
        if self.tor_id not in {one.id for one in known}:
            self.tor_id = now
        offered = [
            (
                one.id,
                desk.tr(
                    N_("Version {version} · {state}"),
                    version=desk.language.figures(one.version),
                    state=desk.tr(one.state.label),
                ),
            )
            for one in known
        ]
        if offered == self._known:
            return
        self._known = offered
        if self._field is not None:
            self._line.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
        self._field = ChoiceField("version", N_("Version"), self.tor_id, offered)
        self._field.bind(desk, self._choose)
        self._field.step_in()
        # Beside other choices its words stay whole.
        self._field.combo.setMinimumContentsLength(max(len(words) for _, words in offered) if offered else 0)
        self._field.setMaximumWidth(round(420 * desk.look.text_size / 100))
        self._line.insertWidget(0, self._field, 1)

    def _choose(self, _: str, value: UUID) -> None:
        self.tor_id = value
        self._changed()


class TextView(QWidget):
    """Clause by clause in the words of the terms of reference."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.chooser = VersionChooser(page, self.refresh)
        self.languages = Chips(page.desk)
        self.languages.offer([(name, page.desk.tr(title)) for name, title in LANGUAGES])
        self.languages.choose(str(memory().value("tor/text", "")))
        self.languages.chosen.connect(self._choose_language)
        top = QHBoxLayout()
        top.addWidget(self.chooser)
        top.addWidget(self.languages)
        top.addStretch(1)
        column.addLayout(top)
        self._heads: list[QWidget] = []
        self._codes: list[str] = []
        self.area = ReadingColumn(self._desk.tr(N_("Text of the terms of reference")))
        column.addWidget(self.area, 1)

    def refresh(self) -> None:
        """Read the clauses again."""
        self.chooser.refresh()
        card = Card(20)
        card.column.setSpacing(6)
        tor_id = self.chooser.tor_id
        clauses = self._desk.hub.read(networks.clauses_of, tor_id) if tor_id is not None else []
        self._heads, self._codes = [], [clause.code for clause in clauses]
        for number, clause in enumerate(clauses):
            if number:
                card.column.addWidget(rule())
            self._add(card, clause)
        if not clauses:
            words = self._desk.tr(N_("This version has no text yet."))
            card.column.addWidget(label(self._desk.look, words, "grey"))
        card.column.addStretch(1)
        self.area.renew(card)

    def _add(self, card: Card, clause: TorClause) -> None:
        desk = self._desk
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        if clause.code:
            line.addWidget(Pill(desk.look, isolate(clause.code), "info"))
        line.addWidget(label(desk.look, desk.language.pick(clause, "heading"), "h2", wrap=True), 1)
        name = desk.tr(N_("Change this clause or add its Arabic"))
        line.addWidget(icon_button(desk.look, "pencil", name, lambda: self._change(clause.id), 16))
        card.column.addWidget(head)
        self._heads.append(head)
        texts = [(clause.text_ar, True), (clause.text_en, False)]
        wanted = self.languages.current
        for text, arabic in texts if desk.look.rtl else texts[::-1]:
            # A clause without words in the language chosen is shown in the other.
            alone = not (clause.text_ar and clause.text_en)
            if text and (alone or wanted in ("", "ar" if arabic else "en")):
                card.column.addWidget(_words(desk.look, text, arabic=arabic))

    def _choose_language(self, name: str) -> None:
        memory().setValue("tor/text", name)
        self.refresh()

    def show_clause(self, code: str) -> None:
        """Scroll to the clause of that code."""
        place = place_of(code, self._codes)
        if place is None:
            return
        # The column has its height one event after it is built.
        QTimer.singleShot(0, self, lambda: self._scroll_to(place))

    def _scroll_to(self, place: int) -> None:
        if place < len(self._heads):
            top = self._heads[place].mapTo(self.area.inside, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(max(0, top - 12))

    def _change(self, clause_id: UUID) -> None:
        self._desk.go(ELSEWHERE[0], clause_id, entity="tor_clause")


def _words(look: Look, text: str, *, arabic: bool) -> QLabel:
    made = label(look, text, wrap=True)
    side = Qt.AlignmentFlag.AlignRight if arabic else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft if arabic else Qt.LayoutDirection.LeftToRight)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class ObjectivesView(QWidget):
    """The objectives of a version: number, short title, full text, and what each asks for."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.chooser = VersionChooser(page, self.refresh)
        column.addWidget(self.chooser)
        card = Card(4)
        self.parts = PartsView(self._desk)
        card.column.addWidget(self.parts)
        card.setMaximumWidth(round(900 * self._desk.look.text_size / 100))
        column.addWidget(card, 1)

    def refresh(self) -> None:
        """Read the objectives again."""
        self.chooser.refresh()
        tor_id = self.chooser.tor_id
        if tor_id is None:
            self.parts.clear()
            return
        desk = self._desk
        tor = desk.hub.read(records.get, TermsOfReference, tor_id)
        parts: list[Part] = []
        for number, one in enumerate(desk.hub.read(read_objectives, tor_id)):
            if number:
                parts.append(rule())
            title = desk.tr(N_("Objective {n}"), n=one.number)
            parts.append(label(desk.look, title, "h2"))
            parts.append(BilingualField(f"{one.id}:short", N_("Short title"), one.short_en, one.short_ar))
            if tor.state in OPEN_STATES:
                parts.append(BilingualField(f"{one.id}:text", N_("Full text"), one.text_en, one.text_ar, long=True))
            else:
                parts += self._in_force(one)
            if one.asks:
                words = desk.language.list([desk.tr(ASKS.get(ask, ask)) for ask in one.asks])
                parts.append(Passage(f"{one.id}:asks", N_("Asks for"), words))
        self.parts.update_parts(parts, self._save)

    def _in_force(self, one: Objective) -> list[Part]:
        """The words of a version in force stay; their Arabic may still be put right."""
        english = _words(self._desk.look, one.text_en, arabic=False)
        arabic = BilingualField(f"{one.id}:text", N_("Arabic text"), "", one.text_ar, long=True).arabic
        arabic.label = N_("Arabic text")
        return [arabic, english] if self._desk.look.rtl else [english, arabic]

    def _save(self, name: str, value: Any) -> object:
        key, _, field = name.partition(":")
        return self._desk.hub.step(N_("Change an objective"), records.update, Objective, UUID(key), **{field: value})
