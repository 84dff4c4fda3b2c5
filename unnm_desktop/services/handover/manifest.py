"""The first thing inside a package: what it holds, from whom, for whom, and the hash of every part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from unnm_desktop.services.handover import limits

FORMAT = "unnm-package"
VERSION = 1
JOURNAL = "journal.ndjson.gz"
_MEMBER = re.compile(r"(journal\.ndjson\.gz|blobs/[0-9a-f]{64}|readable/[A-Za-z0-9][A-Za-z0-9._-]{0,79})")
_HEX = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"age1[a-z0-9]{58}")
_COUNTRY = re.compile(r"[A-Z0-9]{2,3}")
_LONGEST = 400
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')
_NO_BRACKETS = re.compile(r"[^][{}]+")
_ONE_KIND = str.maketrans("{}", "[]")


class NotSo(Exception):
    """The bytes are no manifest."""


class Newer(Exception):
    """It is of a later format."""


@dataclass(frozen=True)
class Scope:
    """What was let into a package."""

    networks: tuple[str, ...]
    """Their country codes."""
    whole: bool = True
    """All networks of the workspace, so that nothing of it stays behind."""
    referrals: bool = False
    personal_notes: bool = False
    files: bool = True
    """With attachments and issued documents."""
    office: bool = False
    """The office is handed over with it: the sender's copy is only read from then on."""


@dataclass(frozen=True)
class Sender:
    """Who made it."""

    device: str
    label: str
    officer: str
    public_key: str


@dataclass(frozen=True)
class Member:
    """One part inside."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a package says of itself; signed as a whole."""

    package_id: str
    made_at: str
    app_version: str
    schema_rev: int
    workspace: str
    sender: Sender
    scope: Scope
    recipients: tuple[str, ...]
    """The codes that it is sealed for: nobody can seal it anew for others without being noticed."""
    members: tuple[Member, ...]
    journal_size: int
    """Bytes of the journal when it is unpacked."""
    changesets: int = 0
    to: str = ""
    vector: Mapping[str, Any] = field(default_factory=dict)
    """Which changesets the sender has, by device: what a next package for the sender need not bring."""
    devices: tuple[Mapping[str, str], ...] = ()

    def encoded(self) -> bytes:
        """As bytes, always the same for the same manifest."""
        told = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @staticmethod
    def decoded(data: bytes) -> Manifest:
        """Read what ``encoded`` has written.

        Raises:
            NotSo: something in it is otherwise.
            Newer: a later version of the program made it.

        """
        try:
            told = plain_json(data)
            if told["format"] != FORMAT or type(told["version"]) is not int:
                raise NotSo
            if told["version"] > VERSION:
                raise Newer
            made = _manifest(told)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise NotSo from error
        if made.encoded() != data:
            raise NotSo
        return made


def plain_json(data: bytes) -> Any:
    """JSON that is no deeper than it may be, with plain numbers and whole letters.

    Raises:
        ValueError: it is not.

    """
    try:
        text = data.decode("utf-8")
        found = json.loads(text, parse_constant=_refuse, parse_float=_number)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if _deep(text):
        raise ValueError("too deep")
    if "\\u" in text:
        _look(found)
    return found


def _deep(text: str) -> bool:
    """Whether lists and objects of this JSON, which is whole, lie in each other deeper than they may."""
    if text.count("[") + text.count("{") <= limits.DEPTH:
        return False
    # Its brackets alone, all of one kind; each turn takes away the innermost.
    nest = _NO_BRACKETS.sub("", _STRING.sub("", text)).translate(_ONE_KIND)
    for _ in range(limits.DEPTH):
        nest = nest.replace("[]", "")
        if not nest:
            return False
    return True


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _number(text: str) -> float:
    made = float(text)
    if made in (float("inf"), float("-inf")):
        raise ValueError(text)
    return made


def _look(value: Any) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # half a pair of surrogates is no letter
    elif isinstance(value, dict):
        for key, inner in value.items():
            key.encode("utf-8")
            _look(inner)
    elif isinstance(value, list):
        for inner in value:
            _look(inner)


def _manifest(told: Any) -> Manifest:
    scope, sender = told["scope"], told["sender"]
    members = tuple(_member(one) for one in told["members"])
    names = [one.name for one in members]
    if len(names) > limits.MEMBERS or len(set(names)) != len(names) or names[:1] != [JOURNAL]:
        raise NotSo
    datetime.fromisoformat(_text(told["made_at"]))
    return Manifest(
        package_id=str(UUID(told["package_id"])),
        made_at=told["made_at"],
        app_version=_text(told["app_version"]),
        schema_rev=_count(told["schema_rev"]),
        workspace=str(UUID(told["workspace"])),
        sender=Sender(
            str(UUID(sender["device"])),
            _text(sender["label"]),
            _text(sender["officer"]),
            _matched(_HEX, sender["public_key"]),
        ),
        scope=Scope(
            tuple(_matched(_COUNTRY, one) for one in scope["networks"]),
            *(_yes_or_no(scope[name]) for name in ("whole", "referrals", "personal_notes", "files", "office")),
        ),
        recipients=tuple(_matched(_CODE, one) for one in told["recipients"]),
        members=members,
        journal_size=_count(told["journal_size"]),
        changesets=_count(told["changesets"]),
        to=_text(told["to"]),
        vector=_vector(told["vector"]),
        devices=tuple({name: _text(one[name]) for name in ("id", "label", "first_seen")} for one in told["devices"]),
    )


def _member(told: Any) -> Member:
    name, size, digest = _matched(_MEMBER, told["name"]), _count(told["size"]), _matched(_HEX, told["sha256"])
    if name.startswith("blobs/") and name != f"blobs/{digest}":
        raise NotSo
    return Member(name, size, digest)


def _vector(told: Any) -> dict[str, list[list[int]]]:
    return {
        str(UUID(device)): [[_count(first), _count(last)] for first, last in ranges] for device, ranges in told.items()
    }


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > _LONGEST:
        raise NotSo
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 40:
        raise NotSo
    return value


def _yes_or_no(value: Any) -> bool:
    if type(value) is not bool:
        raise NotSo
    return value


def _matched(pattern: re.Pattern[str], value: Any) -> str:
    if type(value) is not str or not pattern.fullmatch(value):
        raise NotSo
    return value
