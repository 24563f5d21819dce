"""What came of a comparison: its table, its sentence, its figure, its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from culturesim.experiments import store
from culturesim.experiments.sentence import sentence
from culturesim.experiments.statistics import paired
from culturesim.model.results import RUN_NAMES, Ensemble

if TYPE_CHECKING:
    from culturesim.plots.style import Picture
    from culturesim.scenario.schema import Scenario

Kind = Literal["cultures", "organizations", "scenarios"]


class Comparison:
    """Cultures in the same markets: replication r meets the same people and luck under each.

    Organizations of one market, or scenarios as they are, may stand in place of cultures: what is
    said of cultures here holds for them.

    Parameters
    ----------
    scenario : Scenario
        Of several scenarios, the first.
    ensembles : dict of str to Ensemble
        One per culture, with the same seeds; the first is the base of the differences.
    seed : int
        Seed of the study.
    kind : str
        What is compared: ``"cultures"``, ``"organizations"`` or ``"scenarios"``.
    """

    def __init__(
        self,
        scenario: Scenario,
        ensembles: dict[str, Ensemble],
        seed: int,
        kind: Kind = "cultures",
    ) -> None:
        self.scenario = scenario
        self.ensembles = ensembles
        self.seed = seed
        self.kind: Kind = kind

    def __repr__(self) -> str:
        where = "" if self.kind == "scenarios" else f" in {self.scenario.name}"
        return f"<Comparison of {', '.join(self.cultures)}{where}>"

    @property
    def cultures(self) -> tuple[str, ...]:
        """Names of the cultures, the base of the differences first."""
        return tuple(self.ensembles)

    @property
    def replications(self) -> int:
        """Number of replications of each culture."""
        return len(self.ensembles[self.cultures[0]].seeds)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row per culture, replication and organization."""
        return self._stacked({name: e.runs for name, e in self.ensembles.items()})

    @property
    def scenarios(self) -> list[Scenario]:
        """What was run: one scenario, or several."""
        if self.kind == "scenarios":
            return [ensemble.scenario for ensemble in self.ensembles.values()]
        return [self.scenario]

    @property
    def grows(self) -> bool:
        """Whether cultures change in what was run, by growth or by leaders."""
        return any(s.growth.on or s.leadership for s in self.scenarios)

    @property
    def cycles(self) -> pd.DataFrame:
        """One row per culture, replication, cycle and organization."""
        return self._stacked({name: e.cycles for name, e in self.ensembles.items()})

    def _stacked(self, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
        if self.kind == "scenarios":  # one that is left alone has the name of the one that is not
            tables = {name: table.assign(scenario=name) for name, table in tables.items()}
        return pd.concat(tables.values(), ignore_index=True)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Both means and the paired difference of every metric.

        Returns
        -------
        DataFrame
            With two cultures, a row per metric; with more, a row per metric and culture after the
            first. Columns: for two, one mean per culture; for more, the base's and the culture's
            mean (``base``, ``mean``). Then ``difference`` (the culture less the base), ``low`` and
            ``high`` (95 % interval of its mean), ``ahead`` and ``behind`` (shares of pairs in which
            the culture's value is greater, smaller), ``variance_ratio`` (by how much pairing cut
            the variance of the difference).
        """
        base, *others = self.cultures
        rows = {}
        for metric in RUN_NAMES:
            first = self.ensembles[base].values(metric)
            for culture in others:
                result = paired(first, self.ensembles[culture].values(metric))
                rows[metric, culture] = result._asdict()
        table = pd.DataFrame.from_dict(rows, orient="index")
        table.index = pd.MultiIndex.from_tuples(list(rows), names=["metric", "culture"])
        if len(others) == 1:
            table = table.droplevel("culture")
            return table.rename(columns={"base": base, "other": others[0]})
        return table.rename(columns={"other": "mean"})

    @property
    def sentence(self) -> str:
        """What came of it, in plain words."""
        return sentence(self)

    def plot(self, metric: str | Sequence[str] | None = None) -> Picture:
        """Value, waste, doing nothing (of rivals, customers won) and alignment, in one figure.

        Where cultures change, how they change, with what leaders do, and value.

        Parameters
        ----------
        metric : str or sequence of str, optional
            Metrics to draw instead, a panel each.

        Returns
        -------
        matplotlib Figure
            Its panels are matplotlib axes: ``figure["value_created"]``, or one after another in a
            loop.

        Raises
        ------
        ArgumentError
            If a metric does not exist.
        """
        if metric is not None:
            from culturesim.plots.metrics import plot_metrics

            return plot_metrics(self, metric)
        if self.grows:
            from culturesim.plots.garden import plot_garden

            return plot_garden(self)
        from culturesim.plots.comparison import plot_comparison

        return plot_comparison(self)

    def _repr_html_(self) -> str:
        from culturesim.experiments.shown import comparison_html

        return comparison_html(self)

    def save(
        self,
        directory: str | Path,
        command: Sequence[str] = (),
        started: datetime | None = None,
        cycles: bool = False,
    ) -> list[Path]:
        """Write manifest, runs, table and figure into a directory.

        Parameters
        ----------
        directory : str or Path
            Made if it is not there; it may hold the same study already, nothing else.
        command : sequence of str
            The command line, for the manifest.
        started : datetime, optional
            When the work began; now if not given.
        cycles : bool
            Whether to write every cycle of every run as well.

        Returns
        -------
        list of Path
            What was written.

        Raises
        ------
        ResultError
            If the directory holds something else, or cannot be written to.
        """
        from culturesim.experiments.saved import save_study

        tables = {store.RUNS: self.runs}
        if cycles:
            tables[store.CYCLES] = self.cycles
        tables["comparison.csv"] = self.table.reset_index()
        return save_study(
            directory, self.study, self.scenarios, tables, self.plot, "comparison", command, started
        )

    @property
    def study(self) -> dict[str, Any]:
        """What makes this comparison this one: kind, scenario, cultures, seed, size, version."""
        return study_of(self.kind, self.scenarios, self.cultures, self.seed, self.replications)


def study_of(
    kind: Kind, scenarios: Sequence[Scenario], names: Sequence[str], seed: int, replications: int
) -> dict[str, Any]:
    """What makes a comparison this one, before it is run."""
    study = store.identity("compare", scenarios, list(names), seed, replications)
    return study | {"compared": kind}
