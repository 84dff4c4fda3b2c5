"""The networks of the open workspace as the window calls them."""

from __future__ import annotations

from unnm_desktop.services.network_rows import network_rows
from unnm_desktop.ui.desk import Desk, NetworkName


def network_names(desk: Desk) -> tuple[NetworkName, ...]:
    """The networks of the open workspace, by country."""
    found = desk.hub.read(network_rows)
    return tuple(
        NetworkName(
            one.id, desk.language.pick(one, "name"), one.short_name or one.country, one.time_zone, sample=one.sample
        )
        for one in found
    )
