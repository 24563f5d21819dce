"""Who earned what against whom: payoffs of pairs, with the certainty they are known with."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from culturesim.experiments.statistics import Paired, paired
from culturesim.state.parameters import Floats


def mean_of(values: Floats) -> Floats:
    """Mean of both places."""
    mean: Floats = 0.5 * (values[:, :, 0] + values[:, :, 1])
    return mean


class Standings:
    """Payoffs of contestants that met in pairs, each pair in both orders.

    Parameters
    ----------
    contestants : tuple of str
    values : array of float, shape (n, n, 2, R)
        Payoff by whose it is, against whom, in which place, and replication. Alone (on the
        diagonal), both places hold the same.
    """

    def __init__(self, contestants: tuple[str, ...], values: Floats) -> None:
        self.contestants = contestants
        self.values = values

    @property
    def replications(self) -> int:
        """Number of replications of each market."""
        return int(self.values.shape[-1])

    def samples(self, mine: str, against: str) -> Floats:
        """Payoff of one against another, the mean over both orders; alone against itself.

        Parameters
        ----------
        mine, against : str

        Returns
        -------
        array of float, shape (R,)
        """
        at = self.contestants.index
        both: Floats = mean_of(self.values)[at(mine), at(against)]
        return both

    def between(self, mine: str, against: str) -> Paired:
        """Paired difference of two that met in the same markets: the first less the second.

        Parameters
        ----------
        mine, against : str

        Returns
        -------
        Paired
            `base` is the mean payoff of `against`, `other` that of `mine`. `ahead` and `behind` are
            shares of all markets, both orders counted.
        """
        result = paired(self.samples(against, mine), self.samples(mine, against))
        i, j = self.contestants.index(mine), self.contestants.index(against)
        # Place by place: the second place of one is in the market of the other's first.
        differences = self.values[i, j] - self.values[j, i, ::-1]
        return result._replace(
            ahead=float((differences > 0.0).mean()), behind=float((differences < 0.0).mean())
        )

    def invades(self, mine: str, against: str) -> Paired:
        """Paired difference of a newcomer's payoff and what the incumbent earns with its own kind.

        Parameters
        ----------
        mine, against : str
            The newcomer and the incumbent.

        Returns
        -------
        Paired
            Above 0: where everybody has the incumbent's culture, the newcomer's is copied.
        """
        return paired(self.samples(against, against), self.samples(mine, against))

    @cached_property
    def payoffs(self) -> pd.DataFrame:
        """Mean payoff: row: whose; column: against whom; diagonal: alone."""
        names = list(self.contestants)
        return pd.DataFrame(
            mean_of(self.values).mean(axis=-1),
            index=pd.Index(names, name="contestant"),
            columns=pd.Index(names, name="against"),
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """Every pairing in one row, with 95 % intervals over replications.

        Returns
        -------
        DataFrame
            Columns: `contestant`, `against` (the same where alone); `mean`, `low`, `high` of its
            payoff; `difference`, `difference_low`, `difference_high` of its payoff and the other's
            in the same market; `ahead` and `behind`, the shares of those markets (both orders) in
            which it earned more, and less. Alone, there is no difference.
        """
        rows = []
        for mine in self.contestants:
            for against in self.contestants:
                own = _interval(self.samples(mine, against))
                row: dict[str, object] = {"contestant": mine, "against": against, **own}
                if mine != against:
                    pair = self.between(mine, against)
                    row |= {
                        "difference": pair.difference,
                        "difference_low": pair.low,
                        "difference_high": pair.high,
                        "ahead": pair.ahead,
                        "behind": pair.behind,
                    }
                rows.append(row)
        return pd.DataFrame(rows)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Contestants by their mean payoff against all others, the best first.

        Returns
        -------
        DataFrame
            Index `contestant`; columns `mean`, `low`, `high` (against all others), `alone`,
            `alone_low`, `alone_high`; `wins`, `losses`, `unsettled`: from how many others the
            paired difference is surely above 0, surely below, and neither (95 %).
        """
        rows = {}
        for mine in self.contestants:
            others = [other for other in self.contestants if other != mine]
            against = np.mean([self.samples(mine, other) for other in others], axis=0)
            lonely = {f"alone_{k}": v for k, v in _interval(self.samples(mine, mine)).items()}
            verdicts = [verdict(self.between(mine, other)) for other in others]
            rows[mine] = {
                **_interval(against),
                **{key.replace("alone_mean", "alone"): value for key, value in lonely.items()},
                "wins": verdicts.count(1),
                "losses": verdicts.count(-1),
                "unsettled": verdicts.count(0),
            }
        table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("contestant")
        table = table.astype({"wins": int, "losses": int, "unsettled": int})
        return table.sort_values("mean", ascending=False, kind="stable")


def verdict(pair: Paired) -> int:
    """1 if a difference is surely above 0 (95 %), -1 if surely below, else 0."""
    return int(pair.low > 0.0) - int(pair.high < 0.0)


def _interval(values: Floats) -> dict[str, float]:
    """Mean of a sample and its 95 % interval."""
    result = paired(np.zeros_like(values), values)
    return {"mean": result.difference, "low": result.low, "high": result.high}
