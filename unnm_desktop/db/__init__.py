"""What is kept: every record class of a workspace, by table name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unnm_desktop.db import lean  # noqa: F401 - before anything else imports SQLAlchemy

if TYPE_CHECKING:
    from unnm_desktop.db.entities import *  # noqa: F403 - what __getattr__ gives


def __getattr__(name: str) -> Any:
    """The record classes, made when the first of all of them is asked for: the start needs half, and waits for it."""
    # Modules of this floor begin with a small letter.
    if name[0].isupper():
        from unnm_desktop.db import entities

        return getattr(entities, name)
    raise AttributeError(name)
