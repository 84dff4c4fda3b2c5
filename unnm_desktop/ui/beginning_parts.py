"""What a package holds for who begins with it, and where the new workspace is to be kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit

from unnm_desktop.i18n import N_, isolate
from unnm_desktop.services.handover import beginning
from unnm_desktop.ui.setup_pages import place_problem
from unnm_desktop.ui.tick_box import TickBox
from unnm_desktop.ui.widgets import Card, ElidedLabel, button, empty, label, row

if TYPE_CHECKING:
    from unnm_desktop.services.handover.receiving import Arrived
    from unnm_desktop.ui.desk import Desk

_KINDS = ("organisation", "person", "meeting", "decision", "action_point")


class Held(Card):
    """From whom a package is, when it was made and what is in it; six words to compare with a stranger."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(20)
        self.desk = desk
        look, tr = desk.look, desk.tr
        self.column.addWidget(label(look, tr(N_("What the package holds")), "h2"))
        self.told = label(look, "", "", wrap=True)
        self.column.addWidget(self.told)
        self._counts = QGridLayout()
        self._counts.setSpacing(6)
        self.column.addLayout(self._counts)
        self.counted: list[str] = []
        self.office = label(look, "", "grey", wrap=True)
        self.column.addWidget(self.office)
        self.column.addSpacing(4)
        self.who = label(look, "", "", wrap=True)
        self.column.addWidget(self.who)
        self.six = label(look, "", "strong", wrap=True)
        self.column.addWidget(self.six)
        self.same_words = TickBox(look, tr(N_("The words are the same")))
        self.column.addWidget(self.same_words)

    def show_arrived(self, arrived: Arrived) -> None:
        """Tell of this one."""
        tr, language, told = self.desk.tr, self.desk.language, arrived.told
        by = isolate(arrived.by)
        made = language.local(datetime.fromisoformat(told.made_at))
        lines = [
            tr(N_("A package made on {day} by {by}"), day=language.day(made.date()), by=by),
            tr(N_("Networks: {networks}"), networks=language.list([isolate(code) for code in told.scope.networks])),
        ]
        self.told.setText("\n".join(lines))
        self._count(arrived)
        self.office.setVisible(told.scope.office)
        self.office.setText(tr(N_("The office is handed over with it to {to}."), to=isolate(told.to)))
        self.same_words.setChecked(False)
        for one in (self.six, self.same_words):
            one.setVisible(arrived.stranger)
        if arrived.stranger:
            words = N_("The signer {by} is not known to this computer. Compare these words by phone:")
            self.who.setText(tr(words, by=by))
            self.six.setText(isolate(arrived.package.words))
        else:
            self.who.setText(tr(N_("Signed by {by}."), by=by))

    def _count(self, arrived: Arrived) -> None:
        look, ntr = self.desk.look, self.desk.language.ntr
        number = beginning.counts(arrived, _KINDS)
        files = beginning.files(arrived)
        bodies, people, meetings, decisions, actions = number.values()
        found = (
            ("building", bodies, ntr("{n} organisation", "{n} organisations", bodies)),
            ("contact", people, ntr("{n} person", "{n} people", people)),
            ("calendar-days", meetings, ntr("{n} meeting", "{n} meetings", meetings)),
            ("gavel", decisions, ntr("{n} decision", "{n} decisions", decisions)),
            ("circle-check", actions, ntr("{n} action point", "{n} action points", actions)),
            ("file-text", files, ntr("{n} file", "{n} files", files)),
        )
        empty(self._counts)
        self.counted = [words for _, many, words in found if many]
        there = [(icon, words) for icon, many, words in found if many]
        for place, (icon, words) in enumerate(there):
            sign = label(look)
            sign.setPixmap(look.icons.pixmap(icon, look.tokens.accent, look.with_text(18)))
            self._counts.addWidget(row(sign, label(look, words), spacing=10, stretch=1), *divmod(place, 2))


class Place(Card):
    """Where the new workspace is kept, and who works in it; nothing that exists is written over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(20)
        self.desk = desk
        self.path = Path()
        look, tr = desk.look, desk.tr
        self.column.addWidget(label(look, tr(N_("Where shall the workspace be kept?")), "h2", wrap=True))
        self.file = label(look, "", "strong", wrap=True)
        self.folder = ElidedLabel(look, "", "grey")
        self.column.addWidget(self.file)
        self.column.addWidget(self.folder)
        self.other = button(look, tr(N_("Choose another place…")), self._choose, "", "folder-open")
        self.column.addWidget(row(self.other))
        self.column.addSpacing(6)
        name = label(look, tr(N_("Your name")), "strong")
        self.column.addWidget(name)
        self.officer = QLineEdit()
        self.officer.setAlignment(look.start())
        self.officer.setPlaceholderText(tr(N_("Stands in the history of every change")))
        name.setBuddy(self.officer)
        self.column.addWidget(self.officer)

    def offer(self, path: Path, officer: str) -> None:
        """Keep it there, unless the officer says otherwise."""
        self.keep_at(path)
        if not self.officer.text():
            self.officer.setText(officer)

    def keep_at(self, path: Path) -> None:
        """This is the place."""
        self.path = path
        self.file.setText(isolate(path.name))
        self.folder.setText(isolate(str(path.parent)))

    def _choose(self) -> None:
        desk = self.desk
        path = desk.ask.save_file(
            desk.tr(N_("Where to keep the workspace")),
            self.path.name,
            desk.tr(N_("Workspaces (*.unnm)")),
            self.path.parent,
        )
        if path is not None:
            self.keep_at(path if path.suffix == ".unnm" else path.with_name(f"{path.name}.unnm"))

    def problem(self) -> str:
        """What keeps the workspace from being made there, in the officer's language."""
        if not self.officer.text().strip():
            self.officer.setFocus()
            return self.desk.tr(N_("The history needs a name."))
        return place_problem(self.desk, self.path)
