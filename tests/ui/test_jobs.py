"""Long work off the screen's thread."""

from __future__ import annotations

from threading import Event

from pytestqt.qtbot import QtBot

from tests import patience
from unnm_desktop.errors import UserError
from unnm_desktop.progress import Progress
from unnm_desktop.ui.jobs import Jobs


def test_what_is_cancelled_stops_reading_and_what_goes_wrong_then_is_told_to_nobody(qtbot: QtBot) -> None:
    jobs, begun, stopped = Jobs(), Event(), Event()

    def read_until_closed() -> None:
        begun.set()
        stopped.wait(patience.SECONDS)
        raise UserError("No workspace is open.")

    failures: list[Exception] = []
    job = jobs.run(read_until_closed, failed=failures.append, stop=stopped.set)
    assert begun.wait(patience.SECONDS)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert stopped.is_set()
    assert failures == []


def test_an_answer_that_is_on_its_way_when_all_closes_is_heard_by_nobody(qtbot: QtBot) -> None:
    jobs, answered = Jobs(), Event()
    heard: list[bool] = []
    job = jobs.run(lambda: answered.set() or True, done=heard.append)
    assert answered.wait(patience.SECONDS)
    with qtbot.waitSignal(job.finished):
        jobs.cancel_all()
    assert heard == []


def test_a_thousand_reports_reach_the_screen_as_a_few_and_the_last_one_among_them(qtbot: QtBot) -> None:
    jobs, heard = Jobs(), Event()
    told: list[tuple[int, int, str]] = []

    def count(progress: Progress) -> None:
        heard.wait(patience.SECONDS)
        for done in range(1001):
            progress(done, 1000, "Counting")

    job = jobs.run(count, progress=True)
    job.progressed.connect(lambda *one: told.append(one))
    with qtbot.waitSignal(job.finished):
        heard.set()
    assert told[-1] == (1000, 1000, "Counting")
    assert len(told) < 500


def test_a_short_question_is_answered_beside_long_work_whatever_the_processor(qtbot: QtBot) -> None:
    jobs, going_on = Jobs(), Event()
    for _ in range(2):
        jobs.run(going_on.wait, patience.SECONDS)
    with qtbot.waitSignal(jobs.run(int).done):
        pass
    going_on.set()
    jobs.cancel_all()


def test_it_is_told_when_no_job_runs_any_more(qtbot: QtBot) -> None:
    jobs = Jobs()
    with qtbot.waitSignal(jobs.resting):
        jobs.run(int)
