"""The best level of a factor, and those that may be as good: from runs of the same replications."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from culturesim.experiments.statistics import CONFIDENCE
from culturesim.model.results import IN_TABLES

if TYPE_CHECKING:
    from culturesim.plots.study_tables import Reading, StudyTables
    from culturesim.state.parameters import Floats


class Optimum(NamedTuple):
    """The design point with the best mean, and all that may be as good, itself included."""

    best: int
    as_good: tuple[int, ...]


def optimum(study: StudyTables, reading: Reading) -> Optimum | None:
    """Find the best design point, with its uncertainty.

    Parameters
    ----------
    study : StudyTables
        Of one organization; replications are the same markets at every design point.
    reading : Reading
        What is to be as far on the culture's side as possible: its lead.

    Returns
    -------
    Optimum or None
        None where there is nothing to choose: one design point, a single replication, several
        organizations, or shares of runs.

    Notes
    -----
    A design point is left out of `as_good` if any other is better by its paired, one-sided t test
    at 5 % divided by the number of others (Bonferroni): the truly best one is left out in at most
    5 % of studies. A lead relative to the base's mean enters by its linear part (delta method).

    Source
    ------
    Hsu (1996), *Multiple comparisons*, chapter 4: the set that contains the best.
    """
    scores = _scores(study, reading)
    if scores is None:
        return None
    n, points = scores.shape
    means = scores.mean().to_numpy()
    best = int(means.argmax())
    quantile = float(stdtrit(n - 1, 1.0 - (1.0 - CONFIDENCE) / (points - 1)))
    values = scores.to_numpy(np.float64)
    kept = []
    for level in range(points):
        better = values - values[:, [level]]
        error = better.std(axis=0, ddof=1) / np.sqrt(n)
        if not (better.mean(axis=0) > quantile * error).any():
            kept.append(level)
    ids = [int(point) for point in scores.columns]
    return Optimum(ids[best], tuple(ids[level] for level in kept))


def _scores(study: StudyTables, reading: Reading) -> pd.DataFrame | None:
    """One number per replication (row) and design point (column); greater is better."""
    if reading.kind == "rooted" or len(study.scenario.organizations) > 1:
        return None
    column = IN_TABLES.get(reading.metric, reading.metric)
    runs = study.runs[study.runs["state"] == "done"]

    def of(culture: str | None) -> pd.DataFrame:
        rows = runs if culture is None else runs[runs["culture"] == culture]
        return rows.pivot_table(
            index="replication", columns="design_point", values=column, aggfunc="first"
        ).dropna()

    if reading.kind == "mean":
        scores = of(None)
    else:
        other, base = of(reading.culture).align(of(reading.base), join="inner")
        scores = other - base
        if reading.relative:
            ratio = other.mean() / base.mean()
            scores = (other - ratio * base) / base.mean() + ratio - 1.0
    values: Floats = scores.to_numpy(np.float64)
    if min(values.shape) < 2:
        return None
    return reading.sense * scores
