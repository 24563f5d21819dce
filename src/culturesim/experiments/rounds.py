"""Rounds: which runs of a sweep are there, which are wanted, and when a design point has enough."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from culturesim.experiments.ledger import Ledger
from culturesim.experiments.parts import KEYS, RUNS, places, read_parts
from culturesim.experiments.until import needed
from culturesim.model.market import MARKET
from culturesim.model.results import IN_TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from culturesim.experiments.work import Rows
    from culturesim.state.parameters import Floats


class Rounds:
    """The replications of every design point: all in one round, or round by round until precise.

    A round is decided on when all its runs are there, and from their numbers alone: whatever the
    order of the work, and however often it was ended, every design point comes to the same number.

    Parameters
    ----------
    directory : Path
        Of the sweep; its runs are read.
    ledger : Ledger
    """

    def __init__(self, directory: Path, ledger: Ledger) -> None:
        points, cultures, first = ledger.shape
        self.cultures = ledger.cultures
        self.targets = ledger.until
        self.most = ledger.most
        self.wanted: NDArray[np.int64] = np.full(points, first, np.int64)
        self._columns = [ledger.record.index(target.metric) for target in self.targets]
        self._done = np.zeros((points, cultures, first), np.bool_)
        self._values = np.full((points, cultures, len(self.targets), first), np.nan)
        self._read(directory / RUNS, len(ledger.scenario.organizations) > 1)
        self._there: NDArray[np.int64] = np.count_nonzero(self._done[:, :, :first], axis=(1, 2))
        for point in range(points if self.targets else 0):
            self._decide(point)

    @property
    def runs(self) -> int:
        """Number of all runs that are wanted, as far as that is known."""
        return int(self.wanted.sum()) * len(self.cultures)

    @property
    def missing(self) -> int:
        """How many of them are not there; none: nothing more is wanted."""
        return self.runs - int(self._there.sum())

    @property
    def present(self) -> int:
        """Number of all runs that are there, wanted or not."""
        return int(np.count_nonzero(self._done))

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Of each design point, whether all is there that is wanted."""
        full: NDArray[np.bool_] = self._there == self.wanted * len(self.cultures)
        return full

    @property
    def begun(self) -> NDArray[np.bool_]:
        """Of each design point, whether anything is there."""
        some: NDArray[np.bool_] = self._there > 0
        return some

    def runs_at_most(self) -> int:
        """Number of all runs, if every design point that is open comes to the maximum."""
        each = np.where(self.complete, self.wanted, self.most)
        return int(each.sum()) * len(self.cultures)

    def lacking(self, point: int, culture: int) -> NDArray[np.intp]:
        """Replications of a design point and culture that are wanted and not there."""
        return np.flatnonzero(~self._done[point, culture, : self.wanted[point]])

    def note(self, rows: Rows) -> bool:
        """Take note of runs.

        Parameters
        ----------
        rows : Rows

        Returns
        -------
        bool
            Whether a round is complete with them and another one is wanted.
        """
        job = rows.job
        point, culture = job.design_point, self.cultures.index(job.culture)
        replications = np.array(job.replications)
        fresh = ~self._done[point, culture, replications]
        self._done[point, culture, replications] = True
        self._there[point] += np.count_nonzero(fresh)
        if self.targets:
            whole = rows.values[:, -1, self._columns]
            self._values[point, culture][:, replications] = whole.T
        return self._decide(point)

    def _decide(self, point: int) -> bool:
        before = self.wanted[point]
        while self.targets and self._full(point):
            n = int(self.wanted[point])
            more = needed(self._values[point, :, :, :n], self.targets, self.most)
            if more <= n:
                break
            self._widen(more)
            self.wanted[point] = more
            self._there[point] = np.count_nonzero(self._done[point, :, :more])
        return bool(self.wanted[point] > before) and not self._full(point)

    def _full(self, point: int) -> bool:
        return bool(self._there[point] == self.wanted[point] * len(self.cultures))

    def _widen(self, replications: int) -> None:
        """Make room for so many replications."""
        width = self._done.shape[-1]
        if replications > width:
            more = max(replications - width, width // 2)  # so that it is not copied at every step
            self._done = _wider(self._done, more, False)
            self._values = _wider(self._values, more, np.nan)

    def _read(self, folder: Path, several: bool) -> None:
        names = [IN_TABLES.get(target.metric, target.metric) for target in self.targets]
        for table in read_parts(folder, [*KEYS, "organization", *names] if names else KEYS):
            point, culture, replication = places(table, self.cultures)
            inside = (point < len(self.wanted)) & (culture >= 0) & (replication < self.most)
            at = (point[inside], culture[inside], replication[inside])
            self._widen(int(at[2].max(initial=-1)) + 1)
            self._done[at] = True
            if several and names:
                market = np.array(table["organization"].to_pylist()) == MARKET
                at = tuple(place[market[inside]] for place in at)
                inside &= market
            for m, name in enumerate(names):
                values: Floats = table[name].to_numpy()
                self._values[at[0], at[1], m, at[2]] = values[inside]


def _wider(array: Any, by: int, fill: float) -> Any:
    return np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, by)], constant_values=fill)
