"""The plan of a sweep: how many runs, how long, how much disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from culturesim.experiments.parts import ROWS, SECONDS
from culturesim.experiments.work import Job, Work
from culturesim.model.engine import compile_first
from culturesim.progress.words import count_words, size_words, time_words

if TYPE_CHECKING:
    from culturesim.experiments.ledger import Ledger
    from culturesim.experiments.rounds import Rounds

TRIED = 3  # runs that are timed
NUMBER_BYTES = 8  # of a metric on the disk: its digits are too irregular to be packed
ROW_BYTES = 24  # of all else in a row
COLUMN_BYTES = 300  # that a part needs for each column, however short it is
PARTS = 300  # that a night of slow runs makes


class Plan(NamedTuple):
    """What there is to do.

    Where design points get more replications until a difference is known well enough, the numbers
    are the least; those that begin with *most* are what it comes to if it is known nowhere before
    the maximum is reached. Else both are the same.

    Parameters
    ----------
    design_points, cultures, replications : int
    runs : int
        In all.
    missing : int
        Runs that are not there yet.
    seconds : float
        That the missing ones will take, from a few runs that were timed on this machine.
    bytes : int
        That they will need on the disk, at most.
    workers : int
    most_replications, most_runs : int
    most_seconds : float
    most_bytes : int
    """

    design_points: int
    cultures: int
    replications: int
    runs: int
    missing: int
    seconds: float
    bytes: int
    workers: int
    most_replications: int
    most_runs: int
    most_seconds: float
    most_bytes: int

    @property
    def size(self) -> str:
        """How many runs there are, as a product."""
        factors = (
            count_words(self.design_points, "design point"),
            count_words(self.cultures, "culture"),
            _to(self.replications, self.most_replications, "replication"),
        )
        return f"{' × '.join(factors)} = {_to(self.runs, self.most_runs, 'run')}"

    @property
    def effort(self) -> str:
        """How long the missing runs will take, and what they need on the disk."""
        time, most = time_words(self.seconds), time_words(self.most_seconds)
        if self.most_runs > self.runs:
            time = f"{time} to {most}"
        workers = count_words(self.workers, "worker")
        return f"about {time} with {workers}, up to {size_words(self.most_bytes)} on the disk"

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


def _to(least: int, most: int, what: str) -> str:
    return f"{least:,} to {count_words(most, what)}" if most > least else count_words(least, what)


def make_plan(ledger: Ledger, rounds: Rounds, workers: int, at_once: int) -> Plan:
    """Say what there is to do, after timing a few of the missing runs.

    Parameters
    ----------
    ledger : Ledger
    rounds : Rounds
        What of it is there.
    workers : int
    at_once : int
        How many of them work side by side.

    Returns
    -------
    Plan
    """
    runs, missing, most_runs = rounds.runs, rounds.missing, rounds.runs_at_most()
    most_missing = missing + most_runs - runs
    each = _seconds_of_a_run(ledger, rounds) / at_once
    return Plan(
        *ledger.shape,
        runs,
        missing,
        each * missing,
        _bytes(ledger, missing, each * missing),
        workers,
        ledger.most,
        most_runs,
        each * most_missing,
        _bytes(ledger, most_missing, each * most_missing),
    )


def _seconds_of_a_run(ledger: Ledger, rounds: Rounds) -> float:
    points = np.flatnonzero(~rounds.complete)
    if not len(points):
        return 0.0
    compile_first()
    work, cultures = ledger.work, ledger.cultures
    chosen = points[np.linspace(0, len(points) - 1, TRIED).round().astype(int)]
    return float(
        np.mean([_time(work, int(p), cultures[n % len(cultures)]) for n, p in enumerate(chosen)])
    )


def _time(work: Work, point: int, culture: str) -> float:
    job = Job(point, culture, (0,))
    work(job)  # what is first is slower: it makes the set-up that all replications share
    return work(job).seconds


def _bytes(ledger: Ledger, missing: int, seconds: float) -> int:
    rows = missing * len(ledger.work.organizations)
    metrics, columns = len(ledger.record), len(ledger.layout.columns)
    parts = rows / ROWS + min(seconds / SECONDS, PARTS)
    return int(rows * (ROW_BYTES + NUMBER_BYTES * metrics) + parts * columns * COLUMN_BYTES)
