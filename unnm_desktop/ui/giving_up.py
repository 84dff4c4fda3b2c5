"""The questions before something goes that is on no disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unnm_desktop.i18n import N_

if TYPE_CHECKING:
    from unnm_desktop.ui.desk import Desk

_HERE = N_("Something you typed is not on the disk yet. Stay, make room or copy it elsewhere first.")
_LOCKED = N_("What you typed before the workspace was locked is not on the disk yet. Make room, then unlock it.")


def gives_up(desk: Desk) -> bool:
    """Whether the officer lets go of what could not be saved."""
    tr = desk.tr
    return desk.ask.sure(
        tr(N_("Close and lose what could not be saved?")),
        tr(_LOCKED if desk.unwritten.sealed else _HERE),
        tr(N_("Close anyway")),
        tr(N_("Stay")),
    )


def gives_up_words(desk: Desk) -> bool:
    """Whether the officer lets go of words that are shown only now."""
    tr = desk.tr
    return desk.ask.sure(
        tr(N_("Close before the words are written down?")),
        tr(N_("Nothing else opens the package, and they are shown nowhere else.")),
        tr(N_("Close anyway")),
        tr(N_("Stay")),
    )
