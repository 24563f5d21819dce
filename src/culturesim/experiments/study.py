"""What came of a sweep so far: its runs, its differences, its figure."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from culturesim.errors import ResultError
from culturesim.experiments.ledger_files import read_ledger
from culturesim.experiments.parts import FAILED, RUNS, read_parts
from culturesim.experiments.plan import Plan
from culturesim.experiments.study_table import differences, with_precision
from culturesim.experiments.undertaking import Undertaking
from culturesim.experiments.work import run_id
from culturesim.model.market import MARKET

if TYPE_CHECKING:
    from culturesim.experiments.ledger import Ledger
    from culturesim.experiments.replay import Replay
    from culturesim.plots.style import Picture
    from culturesim.scenario.schema import Scenario

ORDER = ("design_point", "culture", "replication", "organization")


class Study:
    """A sweep in its directory, finished or not, as it was when it was opened.

    Parameters
    ----------
    directory : Path
    ledger : Ledger
    """

    def __init__(self, directory: Path, ledger: Ledger) -> None:
        self.directory = directory
        self.ledger = ledger

    def __repr__(self) -> str:
        points, cultures, least = self.ledger.shape
        number = f"{least} to {self.ledger.most}" if self.ledger.until else str(least)
        size = f"{points} design points, {cultures} cultures, {number} replications"
        return f"<Study of {', '.join(self.factors)}: {size}>"

    def _repr_html_(self) -> str:
        from culturesim.experiments.shown import study_html

        return study_html(self)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.ledger.title

    @property
    def scenario(self) -> Scenario:
        """Base of all design points."""
        return self.ledger.scenario

    @property
    def cultures(self) -> tuple[str, ...]:
        """Names of the cultures, the base of differences first."""
        return self.ledger.cultures

    @property
    def factors(self) -> tuple[str, ...]:
        """What is varied, in file order."""
        return self.ledger.factors

    @property
    def metrics(self) -> tuple[str, ...]:
        """What was kept of each run."""
        return self.ledger.record

    @property
    def seed(self) -> int:
        """Seed of the study."""
        return int(self.ledger.study["seed"])

    @property
    def replications(self) -> int:
        """Number of replications of each design point and culture, at least."""
        return self.ledger.shape[2]

    @property
    def until(self) -> dict[str, float | str]:
        """Metrics that were to be known precisely, with the half interval that was wanted."""
        return {target.metric: target.said for target in self.ledger.until}

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a design point, one column a factor."""
        levels = self.ledger.layout.levels
        table = pd.DataFrame(list(levels.values()), columns=list(self.factors))
        table.index = pd.RangeIndex(len(table), name="design_point")
        return table

    @property
    def samples(self) -> pd.DataFrame:
        """The design points in the sampler's order, in which a point may come twice."""
        return self.points.loc[self.ledger.samples]

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """All rows, of organizations and of the market, in the order of their keys."""
        tables = list(read_parts(self.directory / RUNS))
        if not tables:
            return pd.DataFrame(columns=self.ledger.layout.columns)
        table = pa.concat_tables(tables, promote_options="permissive").to_pandas()
        places = {
            "culture": self.cultures,
            "organization": (*self.scenario.organizations, MARKET),
        }
        in_order = table.sort_values(
            list(ORDER),
            ignore_index=True,
            kind="stable",
            key=lambda column: (
                column.map(places[column.name].index) if column.name in places else column
            ),
        )
        # A run can be there twice after directories were copied into each other by hand.
        once: pd.DataFrame = in_order.drop_duplicates(list(ORDER), ignore_index=True)
        return once

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run and organization: key, factors, metrics, ``state`` and ``error``.

        The metric ``culture`` is called ``culture_mean`` here.
        """
        rows: pd.DataFrame = self._rows[self._rows["organization"] != MARKET]
        return rows.reset_index(drop=True)

    @cached_property
    def failures(self) -> pd.DataFrame:
        """Runs that failed: their key, the error, and the command that repeats it."""
        rows = self.runs[self.runs["state"] == FAILED].drop_duplicates(list(ORDER[:3]))
        table = rows[[*ORDER[:3], *self.factors, "seed", "error"]].reset_index(drop=True)
        commands = [
            f"culturesim replay {quote(str(self.directory))} --run {quote(run_id(*key))}"
            for key in zip(*(table[name] for name in ORDER[:3]), strict=True)
        ]
        return table.assign(command=pd.Series(commands, dtype=object))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per design point, metric and culture after the first, of the whole market.

        Returns
        -------
        DataFrame
            Columns: ``design_point``, the factors, ``metric``, ``culture``, ``base`` (the first
            culture's mean), ``mean``, ``difference``, ``low`` and ``high`` (95 % interval of the
            paired difference), ``ahead``, ``behind``, ``variance_ratio``, ``n`` (pairs), and
            ``unpaired``: how many runs of each culture would be needed for an interval as narrow,
            were they not paired. If there is one culture only, it has no base: ``low`` and
            ``high`` bound its mean. Where something was to be known precisely, also
            ``replications`` (that the design point took) and ``reached``: whether it is, None for
            metrics of which that was not asked.

        Notes
        -----
        The interval of n pairs whose difference has the variance :math:`s_d^2` is as narrow as that
        of m unpaired runs of either culture if :math:`s_d^2 / n = (s_1^2 + s_2^2) / m`: m is n
        times ``variance_ratio``, at the same quantile of Student's t.

        Source
        ------
        Law (2015), *Simulation modeling and analysis*, section 11.2: common random numbers.
        """
        several = len(self.scenario.organizations) > 1
        rows = self._rows[self._rows["organization"] == MARKET] if several else self._rows
        table = differences(rows, self.points, self.cultures, self.metrics)
        until = self.ledger.until
        return with_precision(table, rows, self.cultures, until) if until else table

    def plan(self, workers: int | None = None) -> Plan:
        """Say what is still missing, and how long it will take.

        Parameters
        ----------
        workers : int, optional
            As many as there are processors if not given.

        Returns
        -------
        Plan
        """
        return Undertaking(self.directory, self.ledger).plan(workers)

    def replay(self, run: str) -> Replay:
        """Run one row again, and hold it against what is on the disk.

        Parameters
        ----------
        run : str
            As in ``"3/discovery/17"``: design point, culture, replication.

        Returns
        -------
        Replay
            ``replay.equal``, ``replay.sentence``.

        Raises
        ------
        ArgumentError
            If there can be no such run.
        ResultError
            If it has not been done.
        """
        from culturesim.experiments.replay import replay

        return replay(self.directory, run)

    def plot(self, metric: str | None = None) -> Picture:
        """The figure that fits the design.

        Parameters
        ----------
        metric : str, optional
            If not given: the value created; of a garden, in how many runs the culture took root.

        Returns
        -------
        matplotlib Figure
            Its panels are matplotlib axes: by name, as in ``figure["NAME"]`` (``figure.panels``
            has all), or one after another in a loop.
        """
        from culturesim.plots.study import plot_study

        return plot_study(self, metric)


def load_study(directory: str | Path) -> Study:
    """Open the directory of a sweep, finished or not.

    Parameters
    ----------
    directory : str or Path

    Returns
    -------
    Study

    Raises
    ------
    ResultError
        If there is no sweep in it, or it cannot be read.
    """
    folder = Path(directory)
    ledger = read_ledger(folder)
    if ledger is None:
        raise ResultError("there is no sweep here", where=str(folder))
    return Study(folder, ledger)
