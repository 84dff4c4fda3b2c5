"""The log of this computer: what failed and where, never a name, a text or a value."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType

from unnm_desktop import paths
from unnm_desktop.deferred import Deferred, standing_in

NAME = "unnm"


def log_file() -> Path:
    """Where the log lies."""
    return paths.data_folder() / "unnm-desktop.log"


class _Log(logging.Handler):
    """Opens the file with the first line: most sittings write none, and what turns files over takes long to load."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _opened()
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def start() -> logging.Logger:
    """Have a log; a folder that cannot be written leaves the program without one, not broken."""
    logger = logging.getLogger(NAME)
    if any(isinstance(one, _Log) for one in logger.handlers):
        return logger
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_Log())
    return logger


def _opened() -> logging.Handler:
    # The handlers beside it send over the network.
    with standing_in(Deferred("socket")):
        from logging.handlers import RotatingFileHandler

    try:
        paths.private_folder(log_file().parent)
        handler: logging.Handler = RotatingFileHandler(log_file(), maxBytes=500_000, backupCount=2, encoding="utf-8")
        log_file().chmod(0o600)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler


def where(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A failure as class and places in our code: exception texts may hold what somebody typed, so they stay out."""
    frames = traceback.extract_tb(trace)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{kind.__name__} at {places}"
