"""The log of this computer: what failed and where, never a name, a text or a value."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType

from unnm_desktop import paths
from unnm_desktop.deferred import Deferred, standing_in

# The handlers beside it send over the network.
with standing_in(Deferred("socket")):
    from logging.handlers import RotatingFileHandler

NAME = "unnm"


def log_file() -> Path:
    """Where the log lies."""
    return paths.data_folder() / "unnm-desktop.log"


def start() -> logging.Logger:
    """Open the log; a folder that cannot be written leaves the program without one, not broken."""
    logger = logging.getLogger(NAME)
    if logger.handlers:
        return logger
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        paths.private_folder(log_file().parent)
        handler: logging.Handler = RotatingFileHandler(log_file(), maxBytes=500_000, backupCount=2, encoding="utf-8")
        log_file().chmod(0o600)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


def where(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A failure as class and places in our code: exception texts may hold what somebody typed, so they stay out."""
    frames = traceback.extract_tb(trace)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{kind.__name__} at {places}"
