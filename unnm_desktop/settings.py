"""This computer's preferences: a frozen dataclass kept in a TOML file."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from unnm_desktop import paths


@dataclass(frozen=True)
class Settings:
    """What this computer remembers; facts of a network live in the workspace instead."""

    language: str = "en"
    digits: str = "latn"
    theme: str = "system"
    text_size: int = 100
    density: str = "comfortable"
    # Arabic month names on the screen: "gregorian" (ديسمبر) or "levantine" (كانون الأول).
    months: str = "gregorian"
    hijri: bool = False
    officer: str = ""
    backup_folder: str = ""
    # Minutes without a hand on keyboard or mouse after which a protected workspace is locked; 0 is never.
    lock_after: int = 10
    spelling: bool = False
    recent: tuple[str, ...] = ()
    unknown: dict[str, Any] = field(default_factory=dict)


def _file() -> Path:
    return paths.config_folder() / "settings.toml"


def kept() -> bool:
    """Whether preferences were ever kept on this computer."""
    return _file().exists()


def set_damaged_aside() -> Path | None:
    """Move preferences that cannot be read out of the way; where they lie now, or None when nothing is wrong."""
    source = _file()
    if not source.exists():
        return None
    try:
        _values(source.read_text(encoding="utf-8"))
    # Bytes that are no text, or a text that is no TOML.
    except ValueError:
        aside = source.with_name("settings-damaged.toml")
        try:
            source.replace(aside)
        except OSError:
            return None
        return aside
    except OSError:
        return None
    return None


def load() -> Settings:
    """Read the preferences; a missing or damaged file gives the defaults."""
    try:
        text = _file().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Settings()
    try:
        data = _values(text)
    except ValueError:
        return Settings()
    known: dict[str, Any] = {}
    for item in fields(Settings):
        value = data.pop(item.name, None)
        default = getattr(Settings, item.name, None)
        if item.name == "recent" and isinstance(value, list):
            known["recent"] = tuple(str(path) for path in value)
        elif default is not None and type(value) is type(default):
            known[item.name] = value
    return Settings(**known, unknown=data)


def _values(text: str) -> dict[str, Any]:
    """What a text of TOML says.

    Raises:
        ValueError: it is none.

    """
    found: dict[str, Any] = {}
    for line in text.removesuffix("\n").split("\n"):
        key, _, written = line.partition(" = ")
        value = _plain(written)
        if value is None or key in found or not key.isidentifier() or not key.isascii():
            # Edited by hand. Its patterns take five milliseconds to compile, before the window is painted.
            import tomllib

            return tomllib.loads(text)
        found[key] = value
    return found


def _plain(written: str) -> bool | int | str | list[Any] | None:
    """A value written as ``save`` writes it; None for any other."""
    if written in ("true", "false"):
        return written == "true"
    try:
        value = literal_eval(written)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, int | str | list) and _toml(value) == written else None


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(ch if ch >= " " and ch != "\x7f" else f"\\u{ord(ch):04x}" for ch in text) + '"'


def save(settings: Settings) -> None:
    """Write the preferences in one step, keeping keys a newer program may have added.

    Raises:
        OSError: the folder cannot be written.

    """
    values = asdict(settings)
    unknown = values.pop("unknown")
    plain = {**values, **{k: v for k, v in unknown.items() if isinstance(v, (bool, int, str, list))}}
    target = _file()
    paths.private_folder(target.parent)
    part = target.with_suffix(".part")
    part.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in plain.items()), encoding="utf-8")
    part.replace(target)


def remember(settings: Settings, workspace: Path) -> Settings:
    """The preferences with this workspace first among the recent ones (eight are kept)."""
    path = str(workspace.resolve())
    recent = (path, *(other for other in settings.recent if other != path))[:8]
    return replace(settings, recent=recent)


def forget(settings: Settings, path: str) -> Settings:
    """The preferences without this one among the recent workspaces."""
    return replace(settings, recent=tuple(other for other in settings.recent if other != path))
