"""What the members say about a decision, as fields; of very many those that are looked for."""

from __future__ import annotations

from collections.abc import Sequence

from unnm_desktop.db.decisions import Position
from unnm_desktop.db.organisations import Organisation
from unnm_desktop.db.text import fold
from unnm_desktop.i18n import N_
from unnm_desktop.ui.desk import Desk
from unnm_desktop.ui.forms import TextField
from unnm_desktop.ui.inspector import Part
from unnm_desktop.ui.position_field import NEEDS_REASON, PositionField
from unnm_desktop.ui.reading_fields import Passage
from unnm_desktop.ui.widgets import label

Said = tuple[Position, Organisation]

# A field for each of a thousand members would keep the window busy for seconds.
MOST = 40
SOUGHT = "sought"


def position_parts(desk: Desk, said: Sequence[Said], sought: str) -> list[Part]:
    """A field for each member; of more than fit, whoever objects or is looked for."""
    if len(said) <= MOST:
        return [_part(desk, one) for one in said]
    wanted = fold(sought).split()
    found = [one for one in said if _bears(one[1], wanted)]
    # Stable: within both groups the order of the names stays.
    found.sort(key=lambda one: one[0].stance not in NEEDS_REASON)
    shown = found[:MOST]
    told = desk.tr(N_("{shown} of {count} members are shown."), shown=len(shown), count=len(said))
    return [
        TextField(SOUGHT, N_("Find a member"), sought),
        label(desk.look, told, "grey", wrap=True),
        *(_part(desk, one) for one in shown),
    ]


def _bears(body: Organisation, wanted: Sequence[str]) -> bool:
    names = fold(f"{body.acronym} {body.name_en} {body.name_ar}")
    return all(word in names for word in wanted)


def _part(desk: Desk, said: Said) -> Part:
    position, body = said
    day = desk.language.day(position.said_on)
    if position.late:
        words = desk.tr(N_("{stance}, late, on {day}"), stance=desk.tr(position.stance.label), day=day)
        return Passage(f"late:{position.id}", body.short, f"{words}\n{position.reason}".strip())
    value = (position.stance, position.reason, position.would_resolve)
    full = desk.language.pick(body, "name")
    return PositionField(f"position:{body.id}", body.short, value, full_name=full, said_on=day)
