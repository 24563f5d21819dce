"""Runs that have been done, kept, and added to: the first of a full answer are the coarse one's."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, Protocol

import numpy as np

from culturesim.app.desk import DroppedError, Stale
from culturesim.model.engine import Setup
from culturesim.model.results import Ensemble
from culturesim.model.seeds import replication_seed
from culturesim.model.simulate import processors
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario
from culturesim.state.parameters import Floats

KEPT = 24  # ensembles that are remembered, of at most 3 MB each


class OneSide(Protocol):
    """A scenario with changes, and a key that is equal for equal ones."""

    @property
    def scenario(self) -> str | Scenario:
        """What to load."""

    @property
    def changes(self) -> Mapping[str, Any]:
        """What to change in it."""

    @property
    def key(self) -> str:
        """Equal for equal sides."""


class Series:
    """Replications of one side under one seed, as many as have been asked for so far.

    Parameters
    ----------
    side : OneSide
    seed : int
        Of the study: replication r is that of `culturesim.ensemble`.
    """

    def __init__(self, side: OneSide, seed: int) -> None:
        self.seed = seed
        self.setup = Setup(load_scenario(side.scenario, side.changes))
        self.records: Floats = self.setup.empty_records(0)

    def first(self, number: int) -> Ensemble:
        """The first replications, as `culturesim.ensemble` gives them."""
        seeds = [replication_seed(self.seed, r) for r in range(number)]
        return Ensemble(self.setup.scenario, None, seeds, self.records[:number])


class Runs:
    """All series that were asked for lately.

    Parameters
    ----------
    workers : int, optional
        Threads; as many as there are processors if not given.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._series: OrderedDict[tuple[str, int], Series] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(workers or processors(), "culturesim-run")

    def ensembles(
        self, sides: Sequence[OneSide], seed: int, number: int, stale: Stale
    ) -> list[Ensemble]:
        """The first runs of each side; what is missing is done now.

        Parameters
        ----------
        sides : sequence of OneSide
        seed : int
        number : int
            Replications of each side.
        stale : callable
            Asked before each run.

        Returns
        -------
        list of Ensemble

        Raises
        ------
        DroppedError
            If `stale` says so; what was done is lost.
        """
        found = [self._find(side, seed) for side in sides]
        fresh = []
        jobs = []

        def run(series: Series, records: Floats, before: int, r: int) -> None:
            if not stale():
                series.setup.run(replication_seed(seed, before + r), records[r])

        for series in found:
            before = len(series.records)
            records = series.setup.empty_records(max(0, number - before))
            fresh.append((series, records))
            jobs += [
                self._pool.submit(run, series, records, before, r) for r in range(len(records))
            ]
        wait(jobs)
        for job in jobs:
            job.result()
        if stale():
            raise DroppedError
        for series, records in fresh:
            if len(records):
                series.records = np.concatenate([series.records, records])
        return [series.first(number) for series in found]

    def _find(self, side: OneSide, seed: int) -> Series:
        key = side.key, seed
        with self._lock:
            if key in self._series:
                self._series.move_to_end(key)
                return self._series[key]
        made = Series(side, seed)
        with self._lock:
            self._series[key] = made
            while len(self._series) > KEPT:
                self._series.popitem(last=False)
        return made
