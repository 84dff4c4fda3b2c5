"""Long work off the screen's thread."""

from __future__ import annotations

from threading import Event

from pytestqt.qtbot import QtBot

from unnm_desktop.errors import UserError
from unnm_desktop.ui.jobs import Jobs


def test_what_is_cancelled_stops_reading_and_what_goes_wrong_then_is_told_to_nobody(qtbot: QtBot) -> None:
    jobs, begun, stopped = Jobs(), Event(), Event()

    def read_until_closed() -> None:
        begun.set()
        stopped.wait(5)
        raise UserError("No workspace is open.")

    failures: list[Exception] = []
    job = jobs.run(read_until_closed, failed=failures.append, stop=stopped.set)
    assert begun.wait(5)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert stopped.is_set()
    assert failures == []


def test_an_answer_that_is_on_its_way_when_all_closes_is_heard_by_nobody(qtbot: QtBot) -> None:
    jobs, answered = Jobs(), Event()
    heard: list[bool] = []
    job = jobs.run(lambda: answered.set() or True, done=heard.append)
    assert answered.wait(5)
    with qtbot.waitSignal(job.finished):
        jobs.cancel_all()
    assert heard == []
