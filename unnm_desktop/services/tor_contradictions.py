"""What is wrong between values of a profile that are right each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from unnm_desktop.errors import UserError
from unnm_desktop.i18n import N_
from unnm_desktop.services.tor_checking import shown, value_of


def contradictions(raw: Mapping[str, Any]) -> Iterator[UserError]:
    """Every contradiction in a profile, or in rules that are kept, whose shape is right."""
    frame = "network" if "network" in raw else "frame"
    for key, other in (
        ("members.levels_ar", "members.levels"),
        ("members.levels_on_request_ar", "members.levels_on_request"),
        (f"{frame}.alignment_ar", f"{frame}.alignment"),
    ):
        expected = len(value_of(raw, other) or [])
        if (found := len(value_of(raw, key) or [])) and found != expected:
            yield UserError(
                N_("{key}: expected as many texts as {other} has, {expected}; found {found}."),
                **{"key": key, "other": other, "expected": expected, "found": found},
            )
    holders = raw["chairs"]["holders"]
    if raw["chairs"]["model"] == "chair" and len(holders) > 1:
        yield UserError(
            N_("chairs.holders: expected one holder, because chairs.model is “chair”; found {found}."),
            found=shown(holders),
        )
    chair = value_of(raw, "settings.reporting_chair")
    if chair and chair not in holders:
        yield UserError(
            N_("settings.reporting_chair: expected one of chairs.holders ({options}); found {found}."),
            **{"options": ", ".join(holders), "found": shown(chair)},
        )
    invited = value_of(raw, "meetings.highlighted.invite") or []
    for name in value_of(raw, "meetings.highlighted.invite_clauses") or {}:
        if name not in invited:
            yield UserError(
                N_("meetings.highlighted.invite_clauses: {found} is not one of meetings.highlighted.invite."),
                found=shown(name),
            )
    for key in raw["tor"].get("to_confirm", []):
        if value_of(raw, key) is None:
            yield UserError(N_("tor.to_confirm: {found} is not a key of this profile."), found=shown(key))
    yield from _repeated(raw, "objectives", "number")
    yield from _repeated(raw, "themes", "name_en")
    yield from _repeated(raw, "clauses", "code")
    numbers = {one["number"] for one in raw.get("objectives", [])}
    for place, clause in enumerate(raw.get("clauses", []), 1):
        if "objective" in clause and clause["objective"] not in numbers:
            yield UserError(
                N_("{key}: expected the number of one of the objectives; found {found}."),
                **{"key": f"clauses.{place}.objective", "found": str(clause["objective"])},
            )
        elif "objective" not in clause and not clause.get("text_en", "").strip():
            yield UserError(
                N_("{key}: expected the words of this clause, or {other} with a number; found {found}."),
                **{"key": f"clauses.{place}.text_en", "other": f"clauses.{place}.objective", "found": "“”"},
            )


def _repeated(raw: Mapping[str, Any], table: str, key: str) -> Iterator[UserError]:
    seen: dict[Any, int] = {}
    for place, one in enumerate(raw.get(table, []), 1):
        if one[key] in seen:
            yield UserError(
                N_("{key}: {found} stands already in {other}; each may stand once."),
                **{
                    "key": f"{table}.{place}.{key}",
                    "found": shown(one[key]),
                    "other": f"{table}.{seen[one[key]]}",
                },
            )
        seen.setdefault(one[key], place)
