"""Running one command: its answer on standard output, one plain sentence where it is refused."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from unnm_desktop import keeping_apart, logs, settings
from unnm_desktop.cause import Cause
from unnm_desktop.console import call, handover, lists, merging, refuse, reports, safety, workspaces
from unnm_desktop.console.arguments import parser
from unnm_desktop.console.call import Answer
from unnm_desktop.errors import Invalid, UserError
from unnm_desktop.i18n import N_, Language, language_for
from unnm_desktop.progress import Cancelled

Command = Callable[[argparse.Namespace, Language], Answer]
_COMMANDS: dict[str, Command] = {
    "demo": workspaces.make_demo,
    "new": workspaces.make,
    "add-network": workspaces.add_network,
    "check": workspaces.check,
    "list": lists.show,
    "import": lists.take_in,
    "report": reports.write,
    "backup": safety.back_up,
    "restore": safety.restore,
    "protect": safety.protect,
    "unprotect": safety.unprotect,
    "new-key": safety.change_key,
}
_HANDOVER: dict[str, Command] = {
    "pack": handover.pack,
    "show": handover.show,
    "code": handover.code,
    "take-back": handover.take_back,
    "merge": merging.merge,
    "report": merging.report,
    "undo": merging.undo,
}


def run(given: Sequence[str]) -> int:
    """Run the command of these arguments.

    Returns:
        0 done; 1 refused or found bad; 2 wrong usage.

    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # Windows consoles would refuse Arabic otherwise
            with suppress(ValueError, OSError):
                reconfigure(encoding="utf-8", errors="replace")
    chosen = parser().parse_args(given)
    keeping_apart.guard_process()
    keeping_apart.repair_own_folders()
    preferences = settings.load()
    language = language_for(preferences.language, preferences.digits)
    command = _HANDOVER[chosen.handover] if chosen.command == "handover" else _COMMANDS[chosen.command]
    try:
        result, lines, bad = command(chosen, language)
        _say([json.dumps(result, ensure_ascii=False, default=call.plain)] if chosen.json else lines)
    except Invalid as error:
        return refuse("; ".join(language.tr(text) for text in error.problems.values()))
    except UserError as error:
        return refuse(language.tr(error.message, **error.values))
    except (Cancelled, KeyboardInterrupt):
        return refuse(language.tr(N_("Stopped. Nothing was changed.")))
    except OSError as error:
        return refuse(
            language.tr(
                N_("{file} cannot be read or written ({why}). Check the name, the space and your rights."),
                file=Path(str(error.filename or "")).name or "?",
                why=Cause(error),
            )
        )
    except Exception as error:  # noqa: BLE001 - the last resort: the officer never sees a traceback
        logs.start().error(logs.where(type(error), error.__traceback__))
        return refuse(
            language.tr(
                N_("Something went wrong in the program. Nothing was changed. The log {file} says where."),
                file=str(logs.log_file()),
            )
        )
    return refuse(bad) if bad else 0


def _say(lines: Sequence[str]) -> None:
    try:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    except OSError as error:
        # Python keeps what it could not write and would complain once more, with status 120, while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # who reads has enough (``… | head``)
            raise
