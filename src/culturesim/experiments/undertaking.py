"""A sweep about to be done: what it is, what of it is there, what is missing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from culturesim.experiments import store
from culturesim.experiments.interruptions import interruptions
from culturesim.experiments.ledger import Ledger
from culturesim.experiments.ledger_files import write_ledger
from culturesim.experiments.lock import locked
from culturesim.experiments.parts import RUNS, Writer, remove_leftovers
from culturesim.experiments.plan import Plan, make_plan
from culturesim.experiments.rounds import Rounds
from culturesim.experiments.runners.threads import Threads
from culturesim.experiments.work import Job, Work
from culturesim.model.engine import compile_first
from culturesim.model.simulate import processors

if TYPE_CHECKING:
    from culturesim.experiments.runners import Runner
    from culturesim.experiments.work import Rows
    from culturesim.progress import Report

JOB_SECONDS = 0.5  # that a job is to take: what an interruption waits for
JOB_RUNS = 64  # of a job at most


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
        self.rounds = Rounds(directory, ledger)

    @property
    def runs(self) -> int:
        """Number of all runs, as far as it is known."""
        return self.rounds.runs

    @property
    def missing(self) -> int:
        """Number of runs that are not there."""
        return self.rounds.missing

    def plan(self, workers: int | None = None, elsewhere: bool = False) -> Plan:
        """Say what there is to do, after timing a few of the missing runs.

        Parameters
        ----------
        workers : int, optional
            As many as there are processors if not given.
        elsewhere : bool
            Whether they are on other machines; here, no more work at once than there are
            processors.

        Returns
        -------
        Plan
        """
        workers = workers or processors()
        at_once = workers if elsewhere else min(workers, processors())
        return make_plan(self.ledger, self.rounds, workers, at_once)

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
            self._look()  # now that nobody else can add anything
            session: dict[str, Any] = {
                "command": list(command or []),
                "started": store.now().isoformat(timespec="seconds"),
                "ended": None,
                "runs": 0,
            }
            before = self.rounds.present
            self.ledger = self.ledger._replace(sessions=[*self.ledger.sessions, session])
            self.write_ledger()
            try:
                if self.missing:
                    self._do((runner or partial(_threads, workers))(self.ledger.work), progress)
            finally:
                self._look()
                session["ended"] = store.now().isoformat(timespec="seconds")
                session["runs"] = self.rounds.present - before
                self.write_ledger()

    def _look(self) -> None:
        self.rounds = Rounds(self.directory, self.ledger)

    def _do(self, runner: Runner, progress: Report | None) -> None:
        writer = Writer(self.directory / RUNS, self.ledger.layout)
        pace = _Pace()
        open_points = deque(int(point) for point in np.flatnonzero(~self.rounds.complete))

        def tell() -> None:
            if progress is not None:
                progress(self.runs - self.missing, self.runs)

        def take(rows: Rows) -> None:
            writer.add(rows)
            if self.rounds.note(rows):
                open_points.append(rows.job.design_point)

        tell()
        stopped = False
        with interruptions() as asked_to_stop:
            try:
                for rows in runner.run(self._jobs(open_points, pace)):
                    if rows is not None:
                        take(rows)
                        pace.saw(len(rows.seeds), rows.seconds)
                        tell()
                    if asked_to_stop():
                        break
            except KeyboardInterrupt:
                stopped = True
            finally:
                for rows in list(runner.stop()):
                    take(rows)
                writer.flush()
            if stopped or asked_to_stop():
                raise KeyboardInterrupt

    def _jobs(self, open_points: deque[int], pace: _Pace) -> Iterator[Job | None]:
        """Missing runs, point by point, in pieces as large as the pace allows at the time.

        None where another round may be wanted when those at work are done.
        """
        while self.missing:
            if not open_points:
                yield None
                continue
            point = open_points.popleft()
            for c, culture in enumerate(self.ledger.cultures):
                missing = self.rounds.lacking(point, c)
                while len(missing):
                    size = pace.size
                    yield Job(point, culture, tuple(int(r) for r in missing[:size]))
                    missing = missing[size:]

    def write_ledger(self) -> None:
        """Write manifest and design points, each with its state."""
        states = [
            "complete" if complete else "incomplete" if begun else "not begun"
            for complete, begun in zip(self.rounds.complete, self.rounds.begun, strict=True)
        ]
        write_ledger(self.directory, self.ledger, states, self.rounds.wanted.tolist())


def _threads(workers: int | None, work: Work) -> Threads:
    compile_first()
    return Threads(work, workers or processors())


class _Pace:
    """How many runs a job may have, from how long runs have taken."""

    def __init__(self) -> None:
        self.size = 1

    def saw(self, runs: int, seconds: float) -> None:
        """Take note of a job: sizes grow step by step and shrink at once."""
        fitting = int(JOB_SECONDS * runs / max(seconds, 1e-9))
        self.size = max(1, min(fitting, 2 * self.size, JOB_RUNS))
