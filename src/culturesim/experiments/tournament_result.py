"""What a tournament leaves behind: payoffs of pairs, a ranking, and which culture would spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from culturesim.errors import ArgumentError
from culturesim.experiments import imitation, store
from culturesim.experiments.pairings import ALONE, FIRST, SECOND
from culturesim.experiments.standings import Standings, mean_of
from culturesim.experiments.tournament_sentence import sentence
from culturesim.model.simulate import check_count

if TYPE_CHECKING:
    from culturesim.plots.style import Picture
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats

PER_TEAM = "a run and team"
PAYOFFS = {
    "value_per_effort": "value created per unit of effort",
    "value_created": f"value created, {PER_TEAM}",
    "net_value": f"value created less effort spent, {PER_TEAM}",
    "customer_surplus": f"value beyond what customers paid, {PER_TEAM}",
    "resources_committed": f"what customers paid, {PER_TEAM}",
    "commitment_rate": "share of customers that commit, each team",
}


class Tournament(Standings):
    """Contestants that met in pairs, two in a market, and each alone; all in the same markets.

    Parameters
    ----------
    scenario : Scenario
    contestants : sequence of str
        Their labels.
    runs : DataFrame
        A row per market, replication and contestant, as `tournament` makes them.
    payoff : str
        One of `PAYOFFS`.
    seed : int
        Seed of the study.
    """

    def __init__(
        self,
        scenario: Scenario,
        contestants: Sequence[str],
        runs: pd.DataFrame,
        payoff: str = "value_per_effort",
        seed: int = 0,
    ) -> None:
        self.scenario = scenario
        self.runs = runs
        self.payoff = payoff
        self.seed = seed
        super().__init__(tuple(contestants), _payoffs_of(runs, contestants, payoff))

    def __repr__(self) -> str:
        return f"<Tournament of {', '.join(self.contestants)} in {self.scenario.name}>"

    def _repr_html_(self) -> str:
        from culturesim.experiments.shown import tournament_html

        return tournament_html(self)

    @property
    def payoff_words(self) -> str:
        """What the payoff is, with its unit."""
        return PAYOFFS[self.payoff]

    @cached_property
    def unit(self) -> float:
        """The payoff that counts as one in `path`: the mean of what contestants earn alone."""
        return imitation.unit_of(self.payoffs.to_numpy())

    def path(
        self,
        steps: int = imitation.STEPS,
        start: Mapping[str, float] | None = None,
        dynamics: str = "fermi",
        selection: float = imitation.SELECTION,
        unit: float | None = None,
    ) -> pd.DataFrame:
        """Shares of contestants where many organizations imitate those that do better.

        In one step every organization looks at one other, on average, and takes over its culture
        with probability 1 / (1 + exp(-selection * advantage)), where the advantage is in units.

        Parameters
        ----------
        steps : int
        start : mapping of str to float, optional
            Parts at first, relative to one another; who is not named has none. Equal if not given.
        dynamics : {"fermi", "replicator"}
            Pairwise Fermi imitation, or the replicator equation.
        selection : float
            How strongly payoffs decide. With 10, who earns a tenth of a unit more is copied with
            73 %.
        unit : float, optional
            Payoff that counts as one; the mean of what contestants earn alone if not given.

        Returns
        -------
        DataFrame
            Columns `step`, `contestant`, `share`; the shares of a step sum to 1.

        Raises
        ------
        ArgumentError
            If an argument is out of range.

        Source
        ------
        As `imitation.shares_path`.
        """
        shares = imitation.shares_path(
            self.payoffs.to_numpy(),
            imitation.check_start(start, self.contestants),
            check_count("steps", steps),
            imitation.check_dynamics(dynamics),
            imitation.check_strength("selection", selection),
            self.unit if unit is None else imitation.check_strength("unit", unit),
        )
        number = len(self.contestants)
        return pd.DataFrame(
            {
                "step": np.repeat(np.arange(len(shares)), number),
                "contestant": list(self.contestants) * len(shares),
                "share": shares.reshape(-1),
            }
        )

    @cached_property
    def sentence(self) -> str:
        """What came of it, in plain words."""
        return sentence(self)

    def plot(self) -> Picture:
        """Payoffs of every pairing, ranking, and shares under imitation, in one figure.

        Returns
        -------
        matplotlib Figure
            Its panels are matplotlib axes: by name, as in ``figure["NAME"]`` (``figure.panels``
            has all), or one after another in a loop.
        """
        from culturesim.plots.tournament import plot_tournament

        return plot_tournament(self)

    def save(
        self,
        directory: str | Path,
        command: Sequence[str] = (),
        started: datetime | None = None,
    ) -> list[Path]:
        """Write manifest, runs, tables and figure into a directory.

        Parameters
        ----------
        directory : str or Path
            Made if it is not there; it may hold the same study already, nothing else.
        command : sequence of str
            The command line, for the manifest.
        started : datetime, optional
            When the work began; now if not given.

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

        tables = {
            store.RUNS: self.runs,
            "payoffs.csv": self.payoffs.reset_index(),
            "pairs.csv": self.table,
            "ranking.csv": self.ranking.reset_index(),
            "path.csv": self.path(),
        }
        return save_study(
            directory,
            self.study,
            self.scenario,
            tables,
            self.plot,
            "tournament",
            command,
            started,
        )

    @property
    def study(self) -> dict[str, Any]:
        """What makes this tournament this one."""
        return study_of(self.scenario, self.contestants, self.seed, self.replications, self.payoff)


def study_of(
    scenario: Scenario, contestants: Sequence[str], seed: int, replications: int, payoff: str
) -> dict[str, Any]:
    """What makes a tournament this one: kind, scenario, contestants, seed, size, payoff, version.

    Parameters
    ----------
    scenario : Scenario
    contestants : sequence of str
    seed, replications : int
    payoff : str

    Returns
    -------
    dict
    """
    study = store.identity("tournament", scenario, list(contestants), seed, replications)
    return study | {"payoff": payoff}


def _payoffs_of(runs: pd.DataFrame, contestants: Sequence[str], payoff: str) -> Floats:
    """Payoffs by whose, against whom, place and replication; alone, the same in both places."""
    number = len(contestants)
    replications = int(runs["replication"].max()) + 1
    values = np.full((number, number, 2, replications), np.nan)
    rows = {label: n for n, label in enumerate(contestants)}
    pay = runs[payoff] if payoff == "value_per_effort" else runs[payoff] / runs["teams"]
    for place, at in {FIRST: [0], SECOND: [1], ALONE: [0, 1]}.items():
        here = runs["place"] == place
        whose, whom = (runs.loc[here, c].map(rows) for c in ("contestant", "against"))
        for p in at:
            values[whose, whom, p, runs.loc[here, "replication"]] = pay[here]
    if not np.isfinite(mean_of(values)).all():
        raise ArgumentError("is not a number in some of the runs", key=f"payoff {payoff}")
    return values
