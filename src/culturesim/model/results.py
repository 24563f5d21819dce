"""What runs leave behind: tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from culturesim.errors import ArgumentError, nearest
from culturesim.model.market import market_name, whole_market
from culturesim.model.measure import (
    COMMITMENT_RATE,
    CULTURE,
    EFFORT,
    METRICS,
    NAMES,
    VALUE_CREATED,
    WASTE,
)
from culturesim.model.shown import ShownEnsemble, ShownRun

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats

# What a run has beside the metrics of its cycles.
RUN_ONLY = {
    "value_per_effort": "value created per unit of effort",
    "waste_share": "waste as a share of all effort",
    "first_commitment": "cycle of the first commitment; none: not a number",
    "final_culture": "culture in the last cycle",
}
RUN_NAMES: tuple[str, ...] = (*NAMES, *RUN_ONLY)

# In tables over several runs `culture` names the culture that was run; the metric makes way.
IN_TABLES = {"culture": "culture_mean"}

BANDS = (0.1, 0.25, 0.5, 0.75, 0.9)


def check_metric(name: str, allowed: Sequence[str] = RUN_NAMES) -> str:
    """Give back the name of a metric, or say which there are.

    Raises
    ------
    ArgumentError
        If there is no metric of that name.
    """
    if name not in allowed:
        raise ArgumentError(
            "does not exist",
            key=f"metric {name}",
            allowed=allowed,
            nearest=nearest(name, allowed),
        )
    return name


def culture_label(scenario: Scenario, culture: str | None) -> list[str]:
    """Name of each organization's culture, or its propensity where that is a number."""
    if culture is not None:
        return [culture] * len(scenario.organizations)
    return [str(organization.culture) for organization in scenario.organizations.values()]


def summarize(records: Floats) -> Floats:
    """Reduce cycles to one row per run and organization.

    Parameters
    ----------
    records : array of float, shape (R, cycles, O, metrics)

    Returns
    -------
    array of float, shape (R, O, run metrics)
        In the order of `RUN_NAMES`.
    """
    cycles = records.shape[1]
    out = np.empty((records.shape[0], records.shape[2], len(RUN_NAMES)))
    committed = records[..., COMMITMENT_RATE]
    for m, metric in enumerate(METRICS):
        values = records[..., m]
        if metric.over_run == "sum":
            out[..., m] = values.sum(axis=1)
        elif metric.over_run == "mean":
            out[..., m] = values.sum(axis=1) / cycles
        else:
            weights = committed.sum(axis=1)
            total = np.where(committed > 0.0, values * committed, 0.0).sum(axis=1)
            out[..., m] = np.divide(
                total, weights, out=np.full_like(total, np.nan), where=weights > 0.0
            )
    any_yet = committed > 0.0
    first = np.where(any_yet.any(axis=1), any_yet.argmax(axis=1), np.nan)
    extra = (
        out[..., VALUE_CREATED] / out[..., EFFORT],
        out[..., WASTE] / out[..., EFFORT],
        first,
        records[:, -1, :, CULTURE],
    )
    for n, values in enumerate(extra):
        out[..., len(NAMES) + n] = values
    return out


class Run(ShownRun):
    """One run.

    Parameters
    ----------
    scenario : Scenario
    culture : str or None
    seed : int
    records : array of float, shape (cycles, O, metrics)
    labels : list of str, optional
        What each organization is called in the column `culture`, if not by its culture.
    organizations : list of str, optional
        What the second axis holds: the scenario's organizations if not given.
    """

    def __init__(
        self,
        scenario: Scenario,
        culture: str | None,
        seed: int,
        records: Floats,
        labels: list[str] | None = None,
        organizations: list[str] | None = None,
    ) -> None:
        self.scenario = scenario
        self.culture = culture
        self.seed = seed
        self.records = records
        whole = records[np.newaxis]
        self.as_ensemble = Ensemble(scenario, culture, [seed], whole, labels, organizations)

    def __repr__(self) -> str:
        return f"<Run of {self.scenario.name}, culture {self.culture}, seed {self.seed}>"

    @property
    def cycles(self) -> pd.DataFrame:
        """One row per cycle and organization: `cycle`, `organization`, a column per metric."""
        cycles, organizations, metrics = self.records.shape
        table = pd.DataFrame(self.records.reshape(-1, metrics), columns=list(NAMES))
        table.insert(0, "cycle", np.repeat(np.arange(cycles), organizations))
        table.insert(1, "organization", self.as_ensemble.organizations * cycles)
        return table

    @property
    def market(self) -> Run:
        """The same run, with what all organizations recorded together."""
        whole = self.as_ensemble.market
        records, labels = whole.records[0], whole.labels
        return Run(self.scenario, self.culture, self.seed, records, labels, whole.organizations)

    @property
    def summary(self) -> pd.DataFrame:
        """One row per organization: sums and means over the run, as in `Ensemble.runs`."""
        return self.as_ensemble.runs.drop(columns="replication")


class Ensemble(ShownEnsemble):
    """Many runs of one scenario.

    Parameters
    ----------
    scenario : Scenario
    culture : str or None
    seeds : list of int
        Seed of each replication.
    records : array of float, shape (R, cycles, O, metrics)
    labels : list of str, optional
        What each organization is called in the column `culture`, if not by its culture.
    organizations : list of str, optional
        What the third axis holds: the scenario's organizations if not given.
    seed : int, optional
        Seed of the study that the seeds come from.
    """

    def __init__(
        self,
        scenario: Scenario,
        culture: str | None,
        seeds: list[int],
        records: Floats,
        labels: list[str] | None = None,
        organizations: list[str] | None = None,
        seed: int | None = None,
    ) -> None:
        self.scenario = scenario
        self.culture = culture
        self.seed = seed
        self.seeds = seeds
        self.records = records
        self.labels = labels or culture_label(scenario, culture)
        self.organizations = organizations or list(scenario.organizations)
        self._parts: dict[str, Ensemble] = {}

    def __repr__(self) -> str:
        return (
            f"<Ensemble of {len(self.seeds)} runs of {self.scenario.name}, culture {self.culture}>"
        )

    def of(self, organization: str) -> Ensemble:
        """The same runs, with what one organization recorded.

        Parameters
        ----------
        organization : str

        Returns
        -------
        Ensemble

        Raises
        ------
        ArgumentError
            If there is no organization of that name.
        """
        names = self.organizations
        if organization not in names:
            raise ArgumentError(
                "does not exist",
                key=f"organization {organization}",
                allowed=names,
                nearest=nearest(organization, names),
            )
        if organization not in self._parts:
            place = names.index(organization)
            records, label = self.records[:, :, place : place + 1], self.labels[place]
            self._parts[organization] = Ensemble(
                self.scenario, self.culture, self.seeds, records, [label], [organization], self.seed
            )
        return self._parts[organization]

    @cached_property
    def market(self) -> Ensemble:
        """The same runs, with what all organizations recorded together; itself if there is one."""
        if len(self.organizations) == 1:
            return self
        records = whole_market(self.scenario, self.records)
        label = self.labels[0] if len(set(self.labels)) == 1 else "several"
        name = market_name(self.scenario)
        return Ensemble(
            self.scenario, self.culture, self.seeds, records, [label], [name], self.seed
        )

    def _labels(self) -> pd.DataFrame:
        organizations = self.organizations
        number = len(self.seeds)
        return pd.DataFrame(
            {
                "design_point": 0,
                "scenario": self.scenario.name,
                "culture": self.labels * number,
                "replication": np.repeat(np.arange(number), len(organizations)),
                "seed": np.repeat(np.array(self.seeds, np.int64), len(organizations)),
                "organization": organizations * number,
            }
        )

    @cached_property
    def summaries(self) -> Floats:
        """Sums and means over each run: shape (R, O, run metrics), in the order of `RUN_NAMES`."""
        return summarize(self.records)

    def values(self, metric: str, organization: str | None = None) -> Floats:
        """Value of a metric over each run.

        Parameters
        ----------
        metric : str
            Name of a metric of `RUN_NAMES`.
        organization : str, optional
            The whole market if not given.

        Returns
        -------
        array of float, shape (R,)

        Raises
        ------
        ArgumentError
            If the metric or the organization does not exist.
        """
        column = RUN_NAMES.index(check_metric(metric))
        part = self.market if organization is None else self.of(organization)
        return part.summaries[:, 0, column]

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row per replication and organization: sums and means over the run.

        Columns: ``design_point``, ``scenario``, ``culture`` (the name of what was run),
        ``replication``, ``seed``, ``organization``, then the metrics; the metric ``culture`` is
        called ``culture_mean`` here.
        """
        values = self.summaries.reshape(-1, len(RUN_NAMES))
        table = pd.DataFrame(values, columns=list(RUN_NAMES)).rename(columns=IN_TABLES)
        return self._labels().join(table)

    @property
    def cycles(self) -> pd.DataFrame:
        """One row per replication, cycle and organization; columns as in `runs`, and ``cycle``."""
        number, cycles, organizations, metrics = self.records.shape
        rows = np.arange(number * cycles * organizations)
        run = rows // (cycles * organizations) * organizations + rows % organizations
        labels = self._labels().iloc[run].reset_index(drop=True)
        labels["cycle"] = rows // organizations % cycles
        values = pd.DataFrame(self.records.reshape(-1, metrics), columns=list(NAMES))
        table: pd.DataFrame = labels.join(values.rename(columns=IN_TABLES))
        return table

    def quantiles(
        self, metric: str, levels: Sequence[float] = BANDS, organization: str | None = None
    ) -> pd.DataFrame:
        """Quantiles over the runs of a metric in every cycle, of those that have a value then.

        Parameters
        ----------
        metric : str
            Name of a metric that is recorded each cycle.
        levels : sequence of float
            Each from 0 to 1.
        organization : str, optional
            The whole market if not given.

        Returns
        -------
        DataFrame
            A row per cycle, a column per level.

        Raises
        ------
        ArgumentError
            If the metric, a level or the organization does not exist.
        """
        check_metric(metric, NAMES)
        if not all(0.0 <= level <= 1.0 for level in levels):
            raise ArgumentError(
                "are out of range", key="levels", found=str(list(levels)), allowed="0 to 1"
            )
        part = self.market if organization is None else self.of(organization)
        values = part.records[:, :, 0, NAMES.index(metric)]
        known = ~np.isnan(values).all(axis=0)
        table = np.full((values.shape[1], len(levels)), np.nan)
        if known.any():
            table[known] = np.nanquantile(values[:, known], list(levels), axis=0).T
        return pd.DataFrame(
            table,
            index=pd.RangeIndex(values.shape[1], name="cycle"),
            columns=pd.Index(list(levels), name="level"),
        )
