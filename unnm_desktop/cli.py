"""The way in: a command for scripts and a second officer's checks, or the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from unnm_desktop import settings
from unnm_desktop.console import COMMANDS, refuse
from unnm_desktop.i18n import N_, language_for


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window.

    Returns:
        0 done; 1 refused or found bad, with one plain sentence on standard error; 2 wrong usage.

    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in (*COMMANDS, "-h", "--help", "--version"):
        from unnm_desktop.console.running import run  # the window does without the commands

        return run(given)
    wrong = _wrong(given)
    if wrong:
        from unnm_desktop.console.arguments import parser  # as above

        parser().error(wrong)
    return _window(Path(given[0]).absolute() if given else None)


def _wrong(given: Sequence[str]) -> str:
    if given and given[0].startswith("-"):
        return f"unknown option {given[0]}"
    if len(given) > 1:
        return f"unknown command {given[0]!r}; the commands are {', '.join(COMMANDS)}"
    return ""


def _window(path: Path | None) -> int:
    language = language_for(settings.load().language)
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        # Qt itself would end the process with a core dump.
        return refuse(language.tr(N_("There is no screen to open the window on. The commands of --help need none.")))
    # What the start makes stays: looking through it for garbage is in vain, until ``app`` has loaded all.
    gc.disable()
    try:
        import unnm_desktop.ui  # noqa: F401 - Qt is imported for the window only, and first by the room that knows how
        from unnm_desktop.app import run
    except ImportError as error:
        return refuse(
            language.tr(
                N_("The window cannot be opened ({why}). Install what the README names, then try again."),
                why=str(error),
            )
        )
    return run(path)
