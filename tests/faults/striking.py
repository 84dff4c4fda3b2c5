"""The officer's program in a process of its own, to be stopped, cut off or killed at a moment that nobody chose."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests import patience
from tests.faults.work import again_and_again

MANY = int(os.environ.get("UNNM_FAULTS", "1"))
"""How many times as many samples as in CI."""
_FORKED = multiprocessing.get_context("forkserver")
# Each process is a fork of one that has loaded everything.
_FORKED.set_forkserver_preload(["tests.faults.work"])
_ANEW = multiprocessing.get_context("spawn")


class Striking:
    """A process at work."""

    def __init__(self, process: BaseProcess, line: Connection, dice: random.Random) -> None:
        self._process, self._line, self._dice = process, line, dice
        self.told: list[str] = []
        """What it said was done."""

    def wait_a_while(self, mean: float) -> None:
        """Let it work for a time of which nothing is known but its mean."""
        time.sleep(min(self._dice.expovariate(1 / mean), 20 * mean))
        assert self._process.exitcode is None, "the program ended by itself"

    def wait_for_the_first(self) -> None:
        """Until it has said once that something is done."""
        assert self._line.poll(patience.SECONDS)

    def hear(self) -> list[str]:
        """Everything it has said so far."""
        while self._line.poll():
            try:
                self.told.append(self._line.recv())
            except EOFError:
                break
        return self.told

    @contextmanager
    def held(self) -> Iterator[None]:
        """Stand still, and say nothing."""
        pid = self._process.pid or 0
        os.kill(pid, signal.SIGSTOP)
        try:
            # Until it has come out of the system call it was in.
            while Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "TtZ":
                time.sleep(0.0005)
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def kill(self) -> list[str]:
        """End it in the middle of whatever it does; what it had said until then."""
        self._process.kill()
        self._process.join()
        return self.hear()


@contextmanager
def striking(
    name: str, folder: Path, dice: random.Random, *, anew: bool = False, synchronous: str = ""
) -> Iterator[Striking]:
    """An operation, again and again, until the block ends.

    Args:
        name: of the operation.
        folder: the place.
        dice: what chooses the moments.
        anew: with a start of its own, which takes the environment as it is now.
        synchronous: for a control; the program's own where it is empty.

    """
    context = _ANEW if anew else _FORKED
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=again_and_again, args=(name, folder, there, synchronous), daemon=True)
    process.start()
    there.close()
    with here:
        try:
            assert here.poll(patience.SECONDS), "the program did not start"
            assert here.recv() == "ready"
            yield Striking(process, here, dice)
        finally:
            process.kill()
            process.join()
            process.close()
