"""The first page when no workspace is open: make one from terms of reference, or open one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unnm_desktop.db.engine import Database, discard
from unnm_desktop.db.networks import Network
from unnm_desktop.errors import Invalid
from unnm_desktop.i18n import N_
from unnm_desktop.services import networks, records, tor_profile
from unnm_desktop.ui.date_field import DateField
from unnm_desktop.ui.desk import Desk, NetworkName
from unnm_desktop.ui.empty import Empty
from unnm_desktop.ui.fields import ChoiceField
from unnm_desktop.ui.form_dialog import FormDialog
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.widgets import button, label

MOST_RECENT = 4


def network_names(desk: Desk) -> tuple[NetworkName, ...]:
    """The networks of the open workspace."""
    found = desk.hub.read(records.all_of, Network, order=Network.country)
    return tuple(
        NetworkName(one.id, desk.language.pick(one, "name"), place_of(desk, one), one.time_zone) for one in found
    )


def place_of(desk: Desk, network: Network) -> str:
    """The grey line under the network's name."""
    name = network.short_name or network.country
    return desk.tr(N_("{place} · Sample"), place=name) if network.sample else name


class Welcome(QWidget):
    """What to begin with; texts in the officer's language."""

    def __init__(
        self,
        desk: Desk,
        trouble: str,
        new: Callable[[], object],
        open_one: Callable[[], object],
        open_path: Callable[[Path], object],
    ) -> None:
        super().__init__()
        tr = desk.tr
        self.setObjectName("page")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        if trouble:
            line = label(desk.look, trouble, "problem", wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addWidget(
            Empty(
                desk.look,
                "folder-open",
                tr(N_("Welcome")),
                tr(N_("A workspace is one file. Make one from the terms of reference of a network, or open one.")),
                (tr(N_("New workspace")), new),
                (tr(N_("Open a workspace")), open_one),
            ),
            3,
        )
        recent = [Path(path) for path in desk.settings.recent if Path(path).exists()][:MOST_RECENT]
        for path in recent:
            link = button(desk.look, path.stem, lambda path=path: open_path(path), "link", "file", tooltip=str(path))  # type: ignore[misc]  # mypy cannot infer a default's type
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)


def new_workspace(desk: Desk, window: QWidget) -> Path | None:
    """Ask which network and where, and make its workspace; the path, or None when left."""
    profiles = {name: tor_profile.load(name) for name in tor_profile.names()}
    rtl = desk.look.rtl
    choices = tuple(
        (name, profile.network.name_ar if rtl else profile.network.name_en) for name, profile in profiles.items()
    )

    def make(values: dict[str, Any]) -> Path | None:
        if not values["officer"]:
            raise Invalid({"officer": N_("The history needs a name.")})
        if values["records_from"] is None:
            raise Invalid({"records_from": N_("Say from which day this workspace keeps records.")})
        path = desk.ask.save_file(
            desk.tr(N_("Where to keep the workspace")), f"{values['profile']}.unnm", desk.tr(N_("Workspaces (*.unnm)"))
        )
        if path is None:
            return None
        path = path if path.suffix == ".unnm" else path.with_name(f"{path.name}.unnm")
        with Database.create(path, values["officer"]) as database:
            try:
                with database.write(N_("Found the network")) as session:
                    profile, first = profiles[values["profile"]], values["records_from"]
                    networks.found(session, profile, records_from=first, on=desk.today())
            except BaseException:
                database.close()
                discard(path)
                raise
        if values["officer"] != desk.settings.officer:
            desk.wishes.settings_wanted.emit(replace(desk.settings, officer=values["officer"]))
        return path

    return FormDialog(
        desk,
        N_("New workspace"),
        (
            ChoiceField("profile", N_("Network"), choices[0][0] if choices else None, choices),
            TextField(
                "officer", N_("Your name"), desk.settings.officer, hint=N_("Stands in the history of every change")
            ),
            DateField("records_from", N_("Records from"), desk.today()),
        ),
        N_("Choose where to keep it"),
        make,
        window,
    ).run()
