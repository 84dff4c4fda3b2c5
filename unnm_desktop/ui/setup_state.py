"""What the officer has said so far while a network is set up; it outlives the window that a new language replaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from unnm_desktop.services.tor_profile import Profile

LANGUAGE, NETWORK, OPEN, PLACE, MEMBERS = range(5)


@dataclass
class Said:
    """A first member as it stands in the list: ticked or not, and who speaks for it."""

    ticked: bool = False
    focal_point: str = ""
    alternate: str = ""


@dataclass
class SetupState:
    """Nothing of it is on the disk before the last page is finished."""

    step: int = LANGUAGE
    officer: str = ""
    # A profile that comes with the program, by name, or the path of the officer's own.
    source: str = ""
    profile: Profile | None = None
    answers: dict[str, str] = field(default_factory=dict)
    records_from: date | None = None
    weekend: tuple[str, ...] = ()
    first_weekday: str = "sun"
    place: Path | None = None
    # Whether the new workspace shall be protected, and what protects it; empty leaves it a plain file.
    protect: bool = False
    passphrase: str = field(default="", repr=False)
    members: dict[str, Said] = field(default_factory=dict)

    def take_profile(self, source: str, profile: Profile) -> None:
        """Set this network up; what was answered for another one is forgotten."""
        if source == self.source and self.profile is not None:
            return
        self.source, self.profile = source, profile
        self.answers, self.members, self.place = {}, {}, None
        self.weekend = profile.network.weekend
        self.first_weekday = "mon" if "sun" in profile.network.weekend else "sun"
