"""The terms of reference: how the network complies, their text, objectives and versions, and the network itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from unnm_desktop.db.networks import Network
from unnm_desktop.i18n import N_
from unnm_desktop.services import compliance, networks, records
from unnm_desktop.ui.commands import Command
from unnm_desktop.ui.page_base import Page
from unnm_desktop.ui.record_header import Tabs
from unnm_desktop.ui.tor_compliance import ComplianceView
from unnm_desktop.ui.tor_life import VersionsView
from unnm_desktop.ui.tor_network import NetworkView
from unnm_desktop.ui.tor_text import ObjectivesView, TextView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from unnm_desktop.ui.desk import Desk

TABS = ("compliance", "text", "objectives", "versions", "network")


class TorPage(Page):
    """The terms of reference of the network shown."""

    name = "tor"
    title = N_("Terms of reference")
    kinds = compliance.PROOFS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.tabs = Tabs(desk, desk.tr(self.title))
        self.compliance = ComplianceView(self)
        self.text = TextView(self)
        self.objectives = ObjectivesView(self)
        self.versions = VersionsView(self)
        self.network = NetworkView(self)
        self._views = (self.compliance, self.text, self.objectives, self.versions, self.network)
        titles = (N_("Compliance"), N_("Text"), N_("Objectives"), N_("Versions"), N_("Network"))
        for title, view in zip(titles, self._views, strict=True):
            self.tabs.add(title, view)
        self._read: set[int] = set()
        self._begun = False
        self.tabs.chosen.connect(self._show)
        self.compliance.clause_wanted.connect(self._show_clause)
        self.body.addWidget(self.tabs, 1)

    def heading(self) -> str:
        if not self.hub.is_open or self.desk.network is None:
            return self.desk.tr(self.title)
        return self.language.pick(self.hub.read(records.get, Network, self.desk.network_id), "name")

    def subline(self) -> str:
        if not self.hub.is_open or self.desk.network is None:
            return ""
        tor = self.hub.read(networks.tor_on, self.desk.network_id, self.desk.today())
        if tor is None:
            return self.tr_(N_("No terms of reference are in effect today."))
        if not tor.approved:
            return self.tr_(
                N_("Terms of reference, version {version}, in effect; their approval date is not known"),
                version=self.language.figures(tor.version),
            )
        return self.tr_(
            N_("Terms of reference, version {version}, in effect since {day}"),
            version=self.language.figures(tor.version),
            day=self.language.day(tor.effective or tor.approved),
        )

    def commands(self) -> Sequence[Command]:
        return (
            Command("save", N_("Save the compliance page as PDF"), self.compliance.save_as, "download", ("Ctrl+S",),
                    menu="file"),
            Command("preview", N_("Preview the compliance page"), self.compliance.preview, "printer", ("Ctrl+P",),
                    menu="file"),
        )  # fmt: skip

    def first_focus(self) -> QWidget | None:
        return self.compliance.area if self.tabs.current == 0 else self._views[self.tabs.current]

    def refresh(self) -> None:
        self._read.clear()
        if self._begun:
            self._judge()
        else:
            self._begun = True
            self.later(self._judge)

    def _judge(self) -> None:
        self._show(self.tabs.current)
        late = sum(one.state == "late" for one in self._judged())
        self.tabs.count(0, late or None)
        self.desk.set_badge("tor", late)

    def _judged(self) -> list[compliance.DutyStatus]:
        if self.compliance.on == self.desk.today() and 0 in self._read:
            return self.compliance.found
        return self.hub.read(compliance.duties, self.desk.network_id, self.desk.today())

    def _show(self, number: int) -> None:
        if number not in self._read:
            self._read.add(number)
            self._views[number].refresh()

    def leads_back(self) -> Mapping[str, object]:
        return {"tab": TABS[self.tabs.current]}

    def _show_clause(self, code: str) -> None:
        self.tabs.choose(TABS.index("text"))
        self.text.show_clause(code)

    def open_record(self, record_id: UUID | None, options: Mapping[str, object]) -> None:
        tab = options.get("tab")
        if isinstance(tab, str) and tab in TABS:
            self.tabs.choose(TABS.index(tab))
        elif options.get("entity") == "terms_of_reference":
            self.tabs.choose(TABS.index("versions"))
        elif options.get("entity") == "office":
            self.tabs.choose(TABS.index("network"))
