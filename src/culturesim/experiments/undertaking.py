"""A sweep about to be done: what it is, what of it is there, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, default_int_handler, getsignal, signal
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from culturesim.experiments import store
from culturesim.experiments.ledger import Ledger
from culturesim.experiments.ledger_files import write_ledger
from culturesim.experiments.lock import locked
from culturesim.experiments.parts import ROWS, RUNS, SECONDS, Writer, remove_leftovers, runs_done
from culturesim.experiments.runners.threads import Threads
from culturesim.experiments.work import Job, Work
from culturesim.model.engine import compile_first
from culturesim.model.simulate import processors
from culturesim.progress.words import count_words, size_words, time_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from culturesim.experiments.runners import Runner
    from culturesim.progress import Report

JOB_SECONDS = 0.5  # that a job is to take: what an interruption waits for
JOB_RUNS = 64  # of a job at most
TRIED = 3  # runs that are timed for a plan
NUMBER_BYTES = 8  # of a metric on the disk: its digits are too irregular to be packed
ROW_BYTES = 24  # of all else in a row
COLUMN_BYTES = 300  # that a part needs for each column, however short it is
PARTS = 300  # that a night of slow runs makes


class Plan(NamedTuple):
    """What there is to do.

    Parameters
    ----------
    design_points, cultures, replications : int
    runs : int
        In all.
    missing : int
        Runs that are not there yet.
    seconds : float
        That the missing ones will take, from a few runs that were timed.
    bytes : int
        That they will need on the disk, at most.
    workers : int
    """

    design_points: int
    cultures: int
    replications: int
    runs: int
    missing: int
    seconds: float
    bytes: int
    workers: int

    @property
    def size(self) -> str:
        """How many runs there are, as a product."""
        factors = (
            (self.design_points, "design point"),
            (self.cultures, "culture"),
            (self.replications, "replication"),
        )
        product = " × ".join(count_words(number, what) for number, what in factors)
        return f"{product} = {count_words(self.runs, 'run')}"

    @property
    def effort(self) -> str:
        """How long the missing runs will take, and what they need on the disk."""
        time = f"about {time_words(self.seconds)} with {count_words(self.workers, 'worker')}"
        return f"{time}, up to {size_words(self.bytes)} on the disk"

    @property
    def sentence(self) -> str:
        """What there is to do, in plain words."""
        if not self.missing:
            return f"{self.size}; all of them are there."
        there = self.runs - self.missing
        part = f"{there:,} of them are there, {self.missing:,} are missing; " if there else ""
        return f"{self.size}; {part}{self.effort}."

    def _repr_html_(self) -> str:
        from culturesim.experiments.shown import plan_html

        return plan_html(self)


class Undertaking:
    """A sweep and its directory.

    Parameters
    ----------
    directory : Path
    ledger : Ledger
        As grown with what is to be done.
    """

    def __init__(self, directory: Path, ledger: Ledger) -> None:
        self.directory = directory
        self.ledger = ledger
        self.done = self._look()

    def _look(self) -> NDArray[np.bool_]:
        points, _, replications = self.ledger.shape
        return runs_done(self.directory / RUNS, points, self.ledger.cultures, replications)

    @property
    def runs(self) -> int:
        """Number of all runs."""
        return int(self.done.size)

    @property
    def missing(self) -> int:
        """Number of runs that are not there."""
        return int(self.done.size - np.count_nonzero(self.done))

    def plan(self, workers: int | None = None) -> Plan:
        """Say what there is to do, after timing a few of the missing runs.

        Parameters
        ----------
        workers : int, optional
            As many as there are processors if not given.

        Returns
        -------
        Plan
        """
        workers = workers or processors()
        work, places = self.ledger.work, np.argwhere(~self.done.all(axis=2))
        seconds = 0.0
        if len(places):
            compile_first()
            chosen = places[np.linspace(0, len(places) - 1, TRIED).round().astype(int)]
            # What is first is slower: it makes the set-up that all replications share.
            tried = [self._time(work, int(p), int(c)) for p, c in chosen]
            seconds = float(np.mean(tried)) * self.missing / min(workers, processors())
        rows = self.missing * len(work.organizations)
        metrics, columns = len(self.ledger.record), len(self.ledger.layout.columns)
        parts = rows / ROWS + min(seconds / SECONDS, PARTS)
        size = rows * (ROW_BYTES + NUMBER_BYTES * metrics) + parts * columns * COLUMN_BYTES
        return Plan(*self.ledger.shape, self.runs, self.missing, seconds, int(size), workers)

    def _time(self, work: Work, point: int, culture: int) -> float:
        job = Job(point, self.ledger.cultures[culture], (0,))
        work(job)
        return work(job).seconds

    def carry_out(
        self,
        workers: int | None = None,
        progress: Report | None = None,
        command: list[str] | None = None,
        runner: Callable[[Work], Runner] | None = None,
    ) -> None:
        """Do all runs that are missing.

        Parameters
        ----------
        workers : int, optional
            Threads; as many as there are processors if not given.
        progress : callable, optional
            Called with (runs done, runs in all).
        command : list of str, optional
            The command line, for the manifest.
        runner : callable, optional
            Makes the runner of the work, in place of threads.

        Raises
        ------
        ResultError
            If the disk refuses, or another process writes there; what was written stays.
        KeyboardInterrupt
            If somebody interrupts; what was finished until then is written.
        """
        store.make_directory(self.directory)
        with locked(self.directory):
            remove_leftovers(self.directory)
            self.done = self._look()  # now that nobody else can add anything
            session: dict[str, Any] = {
                "command": list(command or []),
                "started": store.now().isoformat(timespec="seconds"),
                "ended": None,
                "runs": 0,
            }
            before = self.runs - self.missing
            self.ledger = self.ledger._replace(sessions=[*self.ledger.sessions, session])
            self.write_ledger()
            try:
                if self.missing:
                    compile_first()
                    work = self.ledger.work
                    threads = workers or processors()
                    self._do(runner(work) if runner else Threads(work, threads), progress)
            finally:
                self.done = self._look()
                session["ended"] = store.now().isoformat(timespec="seconds")
                session["runs"] = self.runs - self.missing - before
                self.write_ledger()

    def _do(self, runner: Runner, progress: Report | None) -> None:
        writer = Writer(self.directory / RUNS, self.ledger.layout)
        pace = _Pace()
        total, done = self.runs, self.runs - self.missing
        if progress is not None:
            progress(done, total)
        stopped = False
        with _interruptions() as asked_to_stop:
            try:
                for rows in runner.run(self._jobs(pace)):
                    writer.add(rows)
                    pace.saw(len(rows.seeds), rows.seconds)
                    done += len(rows.seeds)
                    if progress is not None:
                        progress(done, total)
                    if asked_to_stop():
                        break
            except KeyboardInterrupt:
                stopped = True
            finally:
                rest = list(runner.stop())
            for rows in rest:
                writer.add(rows)
            writer.flush()
            if stopped or asked_to_stop():
                raise KeyboardInterrupt

    def _jobs(self, pace: _Pace) -> Iterator[Job]:
        """Missing runs, point by point, in pieces as large as the pace allows at the time."""
        for point in range(self.done.shape[0]):
            for c, culture in enumerate(self.ledger.cultures):
                missing = np.flatnonzero(~self.done[point, c])
                while len(missing):
                    size = pace.size
                    yield Job(point, culture, tuple(int(r) for r in missing[:size]))
                    missing = missing[size:]

    def write_ledger(self) -> None:
        """Write manifest and design points, each with its state."""
        states = [
            "complete" if done.all() else "incomplete" if done.any() else "not begun"
            for done in self.done
        ]
        write_ledger(self.directory, self.ledger, states)


class _Pace:
    """How many runs a job may have, from how long runs have taken."""

    def __init__(self) -> None:
        self.size = 1

    def saw(self, runs: int, seconds: float) -> None:
        """Take note of a job: sizes grow step by step and shrink at once."""
        fitting = int(JOB_SECONDS * runs / max(seconds, 1e-9))
        self.size = max(1, min(fitting, 2 * self.size, JOB_RUNS))


@contextmanager
def _interruptions() -> Iterator[Callable[[], bool]]:
    """Take note of a first interruption; a second one ends everything at once.

    An exception that may come at any moment could come between a part's renaming and the note that
    it is written.
    """
    asked = False

    def note(*_: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    if getsignal(SIGINT) is not default_int_handler:
        yield lambda: False  # somebody else decides what an interruption does
        return
    try:
        signal(SIGINT, note)
    except ValueError:  # only the main thread may, and only it is interrupted
        yield lambda: False
        return
    try:
        yield lambda: asked
    finally:
        signal(SIGINT, default_int_handler)
