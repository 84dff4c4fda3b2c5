"""The command line: each command is a few lines over a service. The window imports nothing but this of it."""

import sys

COMMANDS = (
    "demo",
    "new",
    "add-network",
    "check",
    "list",
    "report",
    "import",
    "backup",
    "restore",
    "protect",
    "unprotect",
    "new-key",
    "handover",
)


def refuse(sentence: str) -> int:
    """Say why not; the status of a command that was refused."""
    sys.stderr.write(" ".join(sentence.split()) + "\n")  # one line, whatever lists it holds
    return 1
