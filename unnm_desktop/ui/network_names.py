"""The networks of the open workspace as the window calls them."""

from __future__ import annotations

from unnm_desktop.db.networks import Network
from unnm_desktop.services import records
from unnm_desktop.ui.desk import Desk, NetworkName


def network_names(desk: Desk) -> tuple[NetworkName, ...]:
    """The networks of the open workspace, by country."""
    found = desk.hub.read(records.all_of, Network, order=Network.country)
    return tuple(
        NetworkName(
            one.id, desk.language.pick(one, "name"), one.short_name or one.country, one.time_zone, sample=one.sample
        )
        for one in found
    )
