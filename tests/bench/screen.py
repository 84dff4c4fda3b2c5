"""An X display watched for its first real window; a virtual one when there is none."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from signal import SIGKILL, SIGTERM

LEAST = (400, 250)
_SUBSTRUCTURE = 1 << 19
_MAPPED, _CONFIGURED = 19, 22
_VIEWABLE = 2
_PATIENCE = 60.0


class _Attributes(ctypes.Structure):
    """The head of Xlib's XWindowAttributes, as far as it is read here."""

    _fields_ = [
        ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
        ("border_width", ctypes.c_int), ("depth", ctypes.c_int), ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
        ("window_class", ctypes.c_int), ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
        ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong), ("backing_pixel", ctypes.c_ulong),
        ("save_under", ctypes.c_int), ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int),
        ("map_state", ctypes.c_int), ("rest", ctypes.c_char * 128),
    ]  # fmt: skip


class _Event(ctypes.Structure):
    """What map and configure events have in common: the type, and the window at the end of the common part."""

    _fields_ = [
        ("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p), ("event", ctypes.c_ulong), ("window", ctypes.c_ulong),
        ("rest", ctypes.c_char * 192),
    ]  # fmt: skip


class Screen:
    """The display as its root window hears of it."""

    def __init__(self, name: str) -> None:
        library = ctypes.util.find_library("X11")
        if library is None:
            raise RuntimeError("libX11 is not installed")
        self._x = ctypes.CDLL(library)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        # A window may be gone before it is asked about; Xlib would end this program for that.
        self._quiet = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _event: 0)
        self._x.XSetErrorHandler(self._quiet)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        if not self._display.value:
            raise RuntimeError(f"the display {name} cannot be opened")
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._x.XSelectInput(self._display, root, ctypes.c_long(_SUBSTRUCTURE))
        self._x.XSync(self._display, 0)
        self._socket = int(self._x.XConnectionNumber(self._display))

    def _is_real(self, window: int) -> bool:
        found = _Attributes()
        told = self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), ctypes.byref(found))
        return bool(told) and found.map_state == _VIEWABLE and found.width >= LEAST[0] and found.height >= LEAST[1]

    def _events(self) -> Iterator[_Event]:
        event = _Event()
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            yield event

    def first_window(self, command: Sequence[str], environment: Mapping[str, str]) -> float:
        """Milliseconds from the start of a program to its first window of a real size; the program is then ended.

        Raises:
            RuntimeError: no such window appeared.

        """
        for _ in self._events():
            """What earlier programs left behind."""
        start = time.monotonic()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            while time.monotonic() - start < _PATIENCE:
                for event in self._events():
                    if event.type in (_MAPPED, _CONFIGURED) and self._is_real(event.window):
                        return (time.monotonic() - start) * 1000
                if process.poll() is not None:
                    break
                select.select([self._socket], [], [], 0.1)
            raise RuntimeError(f"{command[0]} showed no window")
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all it started; they have a session of their own."""
    for sign, patience in ((SIGTERM, 5.0), (SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)


@contextmanager
def display() -> Iterator[str]:
    """The name of the display there is, or of a virtual one as long as it is used.

    Raises:
        RuntimeError: there is none and Xvfb is not installed.

    """
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    with virtual("1600x1000") as name:
        yield name


@contextmanager
def shown_on(size: str) -> Iterator[dict[str, str]]:
    """An environment whose programs show their windows on a screen of that size; the system's own where it has one.

    Their modules are compiled once and kept, as those of an installed program.

    Raises:
        RuntimeError: there is none and Xvfb is not installed.

    """
    beside = ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE")
    plain = {name: value for name, value in os.environ.items() if name not in beside}
    if not sys.platform.startswith("linux"):
        yield plain
        return
    with virtual(size) as name:
        yield {**plain, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def virtual(size: str) -> Iterator[str]:
    """The name of a virtual display of that size, which is there as long as it is used.

    Raises:
        RuntimeError: Xvfb is not installed.

    """
    if shutil.which("Xvfb") is None:
        raise RuntimeError("Xvfb is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{int(told.readline())}"
    finally:
        server.terminate()
        server.wait()
