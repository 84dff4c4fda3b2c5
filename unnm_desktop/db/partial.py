"""Partial dates ("December 2019"): real dates with a precision, kept as YYYY, YYYY-MM or YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import mapped_column

from unnm_desktop.i18n import N_

_FORM = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def partial_date() -> Any:
    """A column for a partial date; "" = unknown."""
    return mapped_column(String(10), default="")


def is_partial_date(text: str) -> bool:
    """Whether the text is a partial date that exists in the calendar."""
    match = _FORM.match(text)
    if match is None:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def check_partial(record: Any, *names: str) -> dict[str, str]:
    """The problems of a record's partial dates."""
    wrong = (name for name in names if getattr(record, name) and not is_partial_date(getattr(record, name)))
    return dict.fromkeys(wrong, N_("Give a year, a month and year, or a full date."))


def check_span(record: Any, *names: str) -> dict[str, str]:
    """The problems of a record's start and end, and of more partial dates."""
    found = check_partial(record, "start", "end", *names)
    # As far as both are known: 2026 does not end before 2026-03 begins.
    if not found and record.start and record.end and record.end < record.start[: len(record.end)]:
        found["end"] = N_("The end lies before the start.")
    return found
