"""What pictures of a study read: its tables, and one number with its interval per design point."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np
import pandas as pd

from culturesim.errors import ArgumentError
from culturesim.model.measure import METRICS
from culturesim.model.results import check_metric

if TYPE_CHECKING:
    from culturesim.scenario.schema import Scenario
    from culturesim.state.parameters import Floats, Integers

AS_IT_SAYS = "as it says"
ROOTED = "final_culture"  # a culture has taken root where it ends above one half
HALF = 0.5
NORMAL_95 = 1.959964  # the 97.5 % quantile

_SENSES = {"less": -1, "more": 1, "neither": 1}
SENSE = {metric.name: _SENSES[metric.better] for metric in METRICS} | {
    "waste_share": -1,
    "first_commitment": -1,
}
UNITS = {metric.name: metric.unit for metric in METRICS} | {
    "value_per_effort": "resources per unit of effort",
    "waste_share": "share of effort",
    "first_commitment": "cycle",
    "final_culture": "share",
}


class StudyTables(Protocol):
    """A study as far as pictures know it."""

    @property
    def directory(self) -> Path:
        """Where it lies."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def scenario(self) -> Scenario:
        """What the factors change."""

    @property
    def cultures(self) -> tuple[str, ...]:
        """Names; differences are from the first. None, or one, where nothing is compared."""

    @property
    def factors(self) -> tuple[str, ...]:
        """Dotted paths, in the order of the file."""

    @property
    def metrics(self) -> tuple[str, ...]:
        """What was recorded."""

    @property
    def points(self) -> pd.DataFrame:
        """A row per design point, a column per factor."""

    @property
    def runs(self) -> pd.DataFrame:
        """A row per run and organization."""

    @property
    def table(self) -> pd.DataFrame:
        """A row per design point, metric and culture after the first."""


class Reading(NamedTuple):
    """One number of every design point, with its 95 % interval.

    A *lead* is a culture's mean against the base's: a share of the base's mean if `relative`, else
    the difference. *Rooted* is the share of runs in which the culture took root. `points` has a row
    per design point with the factors, ``value``, ``low``, ``high``, ``base``, ``mean`` and ``n``;
    not a number where nothing has been run.
    """

    metric: str
    culture: str
    base: str
    kind: Literal["lead", "rooted", "mean"]
    relative: bool
    sense: int
    points: pd.DataFrame

    @property
    def values(self) -> Floats:
        """The number of every design point."""
        return self.points["value"].to_numpy(np.float64)

    @property
    def even(self) -> float:
        """Where neither side is ahead; not a number where there are no sides."""
        return {"lead": 0.0, "rooted": HALF, "mean": math.nan}[self.kind]

    @property
    def known(self) -> Integers:
        """Whether a design point has a number: 1, else 0."""
        return np.isfinite(self.values).astype(np.int64)

    @property
    def sides(self) -> Integers:
        """1 where the culture is ahead (has taken root), -1 where the base is, 0: not settled."""
        low, high = (self.points[end].to_numpy(np.float64) for end in ("low", "high"))
        sides = (low > self.even).astype(np.int64) - (high < self.even).astype(np.int64)
        return sides * self.sense


def read(study: StudyTables, metric: str | None = None) -> list[Reading]:
    """Take from a study's tables what a picture shows.

    Parameters
    ----------
    study : StudyTables
    metric : str, optional
        If not given: of cultures that are compared the value created, of a garden the share of runs
        in which the culture took root, where these were recorded; else the first that was.

    Returns
    -------
    list of Reading
        One for each culture after the first; one where the scenario ran as it says.

    Raises
    ------
    ArgumentError
        If the metric was not recorded, or no design point has been run.
    """
    metric = _metric(study, metric)
    table = study.table[study.table["metric"] == metric]
    if not np.isfinite(table["mean"].to_numpy(np.float64)).any():
        raise ArgumentError(
            "has no finished design point to draw",
            key=f"study {study.title}",
            hint="run the same sweep again: it goes on where it stopped",
        )
    others = study.cultures[1:] or study.cultures[:1] or (AS_IT_SAYS,)
    return [_read(study, table, metric, culture) for culture in others]


def _metric(study: StudyTables, metric: str | None) -> str:
    if metric is not None:
        return check_metric(metric, study.metrics)
    usual = "value_created" if len(study.cultures) > 1 else ROOTED
    return usual if usual in study.metrics else study.metrics[0]


def _read(study: StudyTables, table: pd.DataFrame, metric: str, culture: str) -> Reading:
    wanted = ["base", "mean", "difference", "low", "high", "n"]
    rows = table[table["culture"] == culture].set_index("design_point")
    points = study.points.join(rows[wanted])
    sense = SENSE.get(metric, 1)
    if len(study.cultures) > 1:
        base = points["base"]
        relative = bool((base.dropna() > 0.0).all()) and not UNITS.get(metric, "").startswith(
            ("share", "cosine")
        )
        by = base if relative else 1.0
        points["value"] = points["difference"] / by
        points["low"], points["high"] = points["low"] / by, points["high"] / by
        return Reading(metric, culture, study.cultures[0], "lead", relative, sense, points)
    if metric == ROOTED:
        shares = _rooted(study)
        points = points.drop(columns=["low", "high"]).join(shares)
        return Reading(metric, culture, "", "rooted", False, 1, points)
    points["value"] = points["mean"]
    return Reading(metric, culture, "", "mean", False, sense, points)


def _rooted(study: StudyTables) -> pd.DataFrame:
    """Share of runs in which the culture took root, with Wilson's interval.

    Source
    ------
    Wilson (1927), *Probable inference, the law of succession, and statistical inference*.
    """
    runs = study.runs[study.runs["state"] == "done"]
    teams = {name: o.teams for name, o in study.scenario.organizations.items()}
    weights = runs["organization"].map(teams).fillna(1.0)
    keys = [runs["design_point"], runs["replication"]]
    ended = (runs[ROOTED] * weights).groupby(keys).sum() / weights.groupby(keys).sum()
    rooted = (ended > HALF).groupby(level="design_point")
    share, n = rooted.mean(), rooted.size()
    squared = NORMAL_95**2
    middle = (share + squared / (2.0 * n)) / (1.0 + squared / n)
    half = NORMAL_95 * np.sqrt(share * (1.0 - share) / n + squared / (4.0 * n**2))
    half = half / (1.0 + squared / n)
    return pd.DataFrame({"value": share, "low": middle - half, "high": middle + half})


def pole_of(study: StudyTables) -> str:
    """Name of the culture that grows in a garden."""
    return next(iter(study.scenario.organizations.values())).poles[1]
