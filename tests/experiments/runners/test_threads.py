"""Threads take work as they need it, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from culturesim.experiments.runners.threads import AHEAD, Threads
from culturesim.experiments.work import Job, Rows


def done(job: Job) -> Rows:
    return Rows(job, np.zeros(1, np.int64), ("acme",), np.zeros((1, 1, 1)), [""], 0.0)


def jobs(number: int, taken: list[int]) -> Iterator[Job]:
    for n in range(number):
        taken.append(n)
        yield Job(n, "c", (0,))


def test_all_jobs_are_done_and_few_are_taken_ahead() -> None:
    taken: list[int] = []
    seen = []
    for rows in Threads(done, 3).run(jobs(500, taken)):
        seen.append(rows.job.design_point)
        assert len(taken) - len(seen) <= 3 + AHEAD  # memory does not grow with the number of jobs
    assert sorted(seen) == list(range(500))


def test_they_work_side_by_side() -> None:
    meeting = threading.Barrier(3, timeout=30)

    def meet(job: Job) -> Rows:
        meeting.wait()
        return done(job)

    assert len(list(Threads(meet, 3).run(jobs(9, [])))) == 9


def test_stop_gives_back_what_was_begun_and_begins_nothing_more() -> None:
    begun: list[int] = []

    def note(job: Job) -> Rows:
        begun.append(job.design_point)
        return done(job)

    runner = Threads(note, 2)
    running = runner.run(jobs(500, []))
    seen = [next(running).job.design_point for _ in range(5)]
    seen += [rows.job.design_point for rows in runner.stop()]
    assert sorted(seen) == sorted(begun)
    assert len(begun) < 20


def test_a_mistake_of_ours_is_not_hidden() -> None:
    def wrong(job: Job) -> Rows:
        raise RuntimeError("wrong")

    with pytest.raises(RuntimeError, match="wrong"):
        list(Threads(wrong, 1).run(jobs(3, [])))
