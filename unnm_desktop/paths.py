"""Where resources, settings and logs lie: source tree, wheel or frozen folder."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PAGE = 4096
"""Bytes of a database's page: a protected workspace is a whole number of them."""


def _resource_roots() -> list[Path]:
    frozen = getattr(sys, "_MEIPASS", None)
    # The manual lies under docs/ in the source tree, so that it can be read there too; the wheel has it with the rest.
    roots = [_PACKAGE / "resources", _PACKAGE.parent / "resources", _PACKAGE.parent / "docs"]
    return [*roots, Path(frozen) / "resources"] if frozen else roots


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. ``resource("tor", "kuwait.toml")``.

    Raises:
        FileNotFoundError: nothing of that name is shipped.

    """
    for root in _resource_roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))


def _home(variable: str, windows: str, mac: str, linux: str) -> Path:
    override = os.environ.get("UNNM_HOME")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get(windows, Path.home())) / "UNNM Desktop"
    if sys.platform == "darwin":
        return Path.home() / "Library" / mac / "UNNM Desktop"
    return Path(os.environ.get(variable) or Path.home() / linux) / "unnm-desktop"


def config_folder() -> Path:
    """This computer's preferences; ``UNNM_HOME`` overrides it (tests, portable use)."""
    return _home("XDG_CONFIG_HOME", "APPDATA", "Application Support", ".config")


def data_folder() -> Path:
    """This computer's own data: device identities, logs."""
    return _home("XDG_DATA_HOME", "LOCALAPPDATA", "Application Support", ".local/share")


def as_read(path: Path) -> str:
    """A path as its owner reads it: from ``~`` on where it lies at home; Windows knows no such sign."""
    if sys.platform == "win32" or not path.is_relative_to(Path.home()):
        return str(path)
    return str(Path("~") / path.relative_to(Path.home()))


def sample_workspace() -> Path:
    """Where the sample lies; it is no file of the officer's own."""
    return data_folder() / "sample" / "Sample.unnm"


def key_files(workspace: Path) -> tuple[Path, Path]:
    """Where the slots of a protected workspace lie: ``NAME.unnm-keys``, and its copy."""
    return workspace.with_name(f"{workspace.name}-keys"), workspace.with_name(f"{workspace.name}-keys-copy")


def turning(workspace: Path) -> Path:
    """Where the new file waits while a workspace is written anew with another key, or with none."""
    return workspace.with_name(f"{workspace.name}-turning")


def is_plain(file: Path) -> bool:
    """Whether a file says of itself that it is a database anybody can read."""
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(16) == b"SQLite format 3\0"
    return False


def is_protected(workspace: Path) -> bool:
    """Whether a workspace is protected: it is told apart before anything heavy is loaded."""
    return (
        any(path.exists() for path in key_files(workspace))
        and workspace.is_file()
        and not is_plain(workspace)
        and workspace.stat().st_size > 0
    )


def looks_sealed(file: Path) -> bool:
    """Whether a file may be a protected workspace whose key file is missing: whole pages, and no database's mark."""
    return file.is_file() and not is_plain(file) and file.stat().st_size >= _PAGE and file.stat().st_size % _PAGE == 0


def has_log(workspace: Path) -> bool:
    """Whether changes may stand in the write-ahead log alone: somebody has it open, or the last one was cut off."""
    log = workspace.with_name(f"{workspace.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def private_folder(folder: Path) -> Path:
    """Make the folder, readable by its owner only, and return it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
