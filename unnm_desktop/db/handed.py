"""The mark of a workspace that was handed over: it is read from then on, until it is taken back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_, DayOf

FACT = "handed_over"
"""Its name among the workspace's own facts: it belongs to this file and is never packed."""


@dataclass(frozen=True)
class Handed:
    """To whom the office went, when, and with which package."""

    to: str
    at: str
    """UTC, ISO 8601."""
    file: str
    package_id: str

    @property
    def moment(self) -> datetime:
        """When."""
        return datetime.fromisoformat(self.at).astimezone(UTC)

    def told(self) -> str:
        """As the fact is kept."""
        return json.dumps(asdict(self))

    @staticmethod
    def read(told: str) -> Handed:
        """Read what ``told`` has written; whatever cannot be read still says that it was handed over."""
        found: Any
        try:
            found = json.loads(told)
            made = Handed(*(str(found[name]) for name in ("to", "at", "file", "package_id")))
            datetime.fromisoformat(made.at)
        except (ValueError, KeyError, TypeError):
            return Handed("?", datetime(1970, 1, 1, tzinfo=UTC).isoformat(), "?", "")
        return made

    def refusal(self) -> UserError:
        """What every writing command is told."""
        return UserError(
            N_(
                "This workspace was handed over to {to} on {day} with the package {file}, so it can only be read."
                " To work in it again, take it back under Hand-over."
            ),
            to=self.to,
            day=DayOf(self.moment),
            file=self.file,
        )
