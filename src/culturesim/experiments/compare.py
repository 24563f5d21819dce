"""Cultures compared in the same markets, pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from culturesim.experiments import store
from culturesim.experiments.contestants import contestants
from culturesim.experiments.sentence import sentence
from culturesim.experiments.statistics import paired
from culturesim.model.results import RUN_NAMES, Ensemble
from culturesim.model.simulate import check_count, ensemble
from culturesim.scenario.load import load_scenario

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from culturesim.model.agents import Team
    from culturesim.model.cast import TeamClasses
    from culturesim.scenario.schema import Scenario

CULTURES = ("execution", "discovery")


class Comparison:
    """Cultures in the same markets: replication r meets the same people and luck under each.

    Parameters
    ----------
    scenario : Scenario
    ensembles : dict of str to Ensemble
        One per culture, with the same seeds; the first is the base of the differences.
    seed : int
        Seed of the study.
    """

    def __init__(self, scenario: Scenario, ensembles: dict[str, Ensemble], seed: int) -> None:
        self.scenario = scenario
        self.ensembles = ensembles
        self.seed = seed

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(self.cultures)} in {self.scenario.name}>"

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
        return pd.concat([e.runs for e in self.ensembles.values()], ignore_index=True)

    @property
    def cycles(self) -> pd.DataFrame:
        """One row per culture, replication, cycle and organization."""
        return pd.concat([e.cycles for e in self.ensembles.values()], ignore_index=True)

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

    def plot(self) -> Figure:
        """Value, waste, doing nothing and alignment, all cultures in one figure.

        Returns
        -------
        matplotlib Figure
        """
        from culturesim.plots.comparison import plot_comparison

        return plot_comparison(self)

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
        from culturesim.plots.comparison import save_figure

        folder = store.choose_directory(Path(directory), "", self.study)
        started = started or store.now()
        # The runs first: they are what would take time to make again.
        written = [store.write_table(self.runs, folder / "runs" / "part-00000.parquet")]
        if cycles:
            written.append(store.write_table(self.cycles, folder / "cycles" / "part-00000.parquet"))
        written.append(store.write_whole(folder / "comparison.csv", lambda p: self.table.to_csv(p)))
        written += save_figure(self.plot(), folder, "comparison")
        written.append(
            store.write_manifest(folder, self.study, self.scenario, list(command), started)
        )
        return written

    @property
    def study(self) -> dict[str, Any]:
        """What makes this comparison this one: kind, scenario, cultures, seed, size, version."""
        return store.identity(
            "compare", self.scenario, list(self.cultures), self.seed, self.replications
        )


def check_cultures(scenario: Scenario, cultures: Sequence[str]) -> list[str]:
    """Give back the cultures to compare, or say what is wrong with them.

    Raises
    ------
    ArgumentError
        If there are not two or more different names, or the scenario lacks one.
    """
    return [contestant.label for contestant in contestants(scenario, cultures)]


def compare(
    scenario: str | Path | Scenario,
    cultures: Sequence[str | type[Team]] = CULTURES,
    replications: int = 100,
    seed: int = 0,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    team: TeamClasses | None = None,
) -> Comparison:
    """Run cultures in the same markets and compare what they created.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a bundled scenario, path of a file, or a loaded scenario.
    cultures : sequence of str or subclass of Team
        Two or more names of the scenario's cultures, or classes of teams, each in the culture that
        it lives in; the first is the base of the differences.
    replications : int
        Number of markets, 1 or more.
    seed : int
        0 to 2**63 - 1.
    workers : int, optional
        Threads; as many as there are processors if not given. Results do not depend on it.
    progress : callable, optional
        Called with (runs done, runs in all) from time to time.
    team : subclass of Team, or mapping of str to such, optional
        Own behaviour for teams, the same in each culture.

    Returns
    -------
    Comparison
        ``cmp.table``, ``cmp.sentence``, ``cmp.plot()``, ``cmp.runs``, ``cmp.ensembles``.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    ArgumentError
        If another argument is.
    BehaviourError
        If a team's own verb fails.

    Examples
    --------
    >>> import culturesim as cs
    >>> cmp = cs.compare("known-market", replications=20)
    >>> bool(cmp.table.loc["value_created", "difference"] < 0)
    True
    """
    loaded = load_scenario(scenario)
    found = contestants(loaded, cultures, team)
    replications = check_count("replications", replications)
    total = replications * len(found)
    ensembles = {}
    for n, (label, culture, players) in enumerate(found):

        def report(done: int, _: int, before: int = n * replications) -> None:
            if progress is not None:
                progress(before + done, total)

        ensembles[label] = ensemble(loaded, culture, replications, seed, workers, report, players)
    return Comparison(loaded, ensembles, seed)
