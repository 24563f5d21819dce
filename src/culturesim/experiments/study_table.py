"""Paired differences at every design point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from culturesim.experiments.statistics import half_interval, paired
from culturesim.model.results import IN_TABLES

if TYPE_CHECKING:
    from culturesim.state.parameters import Floats

NAN = math.nan


def differences(
    rows: pd.DataFrame, points: pd.DataFrame, cultures: Sequence[str], metrics: Sequence[str]
) -> pd.DataFrame:
    """Compare every culture with the first, at every design point, pair by pair.

    Parameters
    ----------
    rows : DataFrame
        One row a run.
    points : DataFrame
        Indexed by design point, a column a factor.
    cultures, metrics : sequence of str

    Returns
    -------
    DataFrame
        As `Study.table` describes it.
    """
    columns = [IN_TABLES.get(name, name) for name in metrics]
    sides = {
        key: part.set_index("replication")[columns]
        for key, part in rows.groupby(["design_point", "culture"], sort=False)
    }
    nothing = rows.iloc[:0].set_index("replication")[columns]
    found: list[dict[str, Any]] = []
    for point in points.index:
        first = sides.get((point, cultures[0]), nothing)
        for culture in cultures[1:]:
            other = sides.get((point, culture), nothing)
            both = first.index.intersection(other.index)
            before, after = first.loc[both].to_numpy(float), other.loc[both].to_numpy(float)
            for m, metric in enumerate(metrics):
                key = {"design_point": point, "metric": metric, "culture": culture}
                found.append(key | _pairs(before[:, m], after[:, m]))
        if len(cultures) == 1:
            values = first.to_numpy(float)
            for m, metric in enumerate(metrics):
                key = {"design_point": point, "metric": metric, "culture": cultures[0]}
                found.append(key | _alone(values[:, m]))
    table = pd.DataFrame(found)
    for place, name in enumerate(points.columns, 1):
        table.insert(place, name, points[name].reindex(table["design_point"]).to_numpy())
    return table


def _pairs(base: Floats, other: Floats) -> dict[str, float]:
    result = paired(base, other)._asdict()
    number = int(np.count_nonzero(np.isfinite(base) & np.isfinite(other)))
    return {"base": result.pop("base"), "mean": result.pop("other"), **result, "n": number}


def _alone(values: Floats) -> dict[str, float]:
    known = values[np.isfinite(values)]
    number = len(known)
    mean = float(known.mean()) if number else NAN
    half = float(half_interval(known)) if number else NAN
    compared = {"ahead": NAN, "behind": NAN, "variance_ratio": NAN}
    around = {"low": mean - half, "high": mean + half}
    return {"base": NAN, "mean": mean, "difference": NAN, **around, **compared, "n": number}
