"""Paired differences at every design point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from culturesim.experiments.statistics import Paired, half_interval, paired_rows
from culturesim.model.results import IN_TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from culturesim.experiments.until import Target
    from culturesim.state.parameters import Floats

    Integers = NDArray[np.int64]

NAN = math.nan
ROUNDING = 1e-9  # the interval in the table is a little off the one that was decided on
STATISTICS = ("base", "mean", *(name for name in Paired._fields[2:]))


def differences(
    rows: pd.DataFrame, points: pd.DataFrame, cultures: Sequence[str], metrics: Sequence[str]
) -> pd.DataFrame:
    """Compare every culture with the first, at every design point, pair by pair.

    Parameters
    ----------
    rows : DataFrame
        One row a run, in the order of design point and replication within each culture.
    points : DataFrame
        Indexed by design point, a column a factor.
    cultures, metrics : sequence of str

    Returns
    -------
    DataFrame
        As `Study.table` describes it.

    Notes
    -----
    Design points with as many pairs are done together, so that the cost of a large design is that
    of its numbers.
    """
    columns = [IN_TABLES.get(name, name) for name in metrics]
    first = _side(rows, cultures[0], columns)
    others = cultures[1:] or cultures[:1]
    shape = (len(points), len(others), len(metrics))
    found = np.full((len(STATISTICS), *shape), NAN)
    n = np.zeros(shape, np.int64)
    for c, culture in enumerate(others):
        if len(cultures) == 1:
            at, base, other = first[0], None, first[2]
        else:
            at, base, other = _pairs(first, _side(rows, culture, columns))
        for m in range(len(metrics)):
            of_base = None if base is None else base[:, m]
            for these, pair in _groups(at, of_base, other[:, m], len(points)):
                n[these, c, m] = pair[-1].shape[1]
                found[:, these, c, m] = _compared(*pair)
    place = [axis.ravel() for axis in np.indices(shape)]
    table = pd.DataFrame({"design_point": points.index.to_numpy()[place[0]]})
    for name in points.columns:
        table[name] = points[name].to_numpy()[place[0]]
    table["metric"] = np.array(metrics, object)[place[2]]
    table["culture"] = np.array(others, object)[place[1]]
    for name, values in zip(STATISTICS, found, strict=True):
        table[name] = values.ravel()
    table["n"] = n.ravel()
    # The variance of a mean goes with 1 / n: as many runs as pairs, times what pairing has won.
    table["unpaired"] = np.ceil(np.round(table["n"] * table["variance_ratio"], 9))
    return table


def with_precision(
    table: pd.DataFrame, rows: pd.DataFrame, cultures: Sequence[str], targets: Sequence[Target]
) -> pd.DataFrame:
    """Say of every difference how many replications it took, and whether it is known well enough.

    Parameters
    ----------
    table : DataFrame
        As `differences` gives it.
    rows : DataFrame
        One row a run.
    cultures : sequence of str
    targets : sequence of Target

    Returns
    -------
    DataFrame
        With two columns more: ``replications``, and ``reached``, which is None for metrics of which
        nothing was asked.
    """
    size = 1 + int(table["design_point"].max())
    counts = [
        np.bincount(
            rows["design_point"][rows["culture"] == culture].astype(np.int64), minlength=size
        )
        for culture in cultures
    ]
    number = np.min(counts, axis=0)[table["design_point"]]
    reached = np.full(len(table), None, object)
    half = (table["high"] - table["low"]).to_numpy(np.float64) / 2.0
    for target in targets:
        of = (table["metric"] == target.metric).to_numpy()
        by = table["base"].abs().to_numpy() if target.relative else 1.0
        enough = half <= target.size * by * (1.0 + ROUNDING)
        reached[of] = enough[of]
    return table.assign(replications=number, reached=reached)


def _side(
    rows: pd.DataFrame, culture: str, columns: Sequence[str]
) -> tuple[Integers, Integers, Floats]:
    """Design points, replications and values of one culture's runs."""
    of = rows[rows["culture"] == culture]
    point, replication = (
        of[name].to_numpy().astype(np.int64) for name in ("design_point", "replication")
    )
    return point, replication, of[list(columns)].to_numpy(np.float64)


def _pairs(
    first: tuple[Integers, Integers, Floats], second: tuple[Integers, Integers, Floats]
) -> tuple[Integers, Floats, Floats]:
    """Design points of the replications that both have, and the values of both."""
    width = 1 + max(int(side[1].max(initial=0)) for side in (first, second))
    mine, theirs = (point * width + replication for point, replication, _ in (first, second))
    _, one, other = np.intersect1d(mine, theirs, assume_unique=True, return_indices=True)
    return first[0][one], first[2][one], second[2][other]


def _groups(
    at: Integers, base: Floats | None, other: Floats, points: int
) -> Iterator[tuple[Integers, tuple[Floats, ...]]]:
    """Design points with equally many known numbers, and these numbers, a row a point."""
    sides = [side for side in (base, other) if side is not None]
    known = np.logical_and.reduce([np.isfinite(side) for side in sides])
    at = at[known]
    counts = np.bincount(at, minlength=points)
    for count in np.unique(counts[counts > 0]):
        (these,) = np.nonzero(counts == count)
        mine = counts[at] == count
        yield these, tuple(side[known][mine].reshape(len(these), count) for side in sides)


def _compared(*sides: Floats) -> Floats:
    """Statistics of each row: shape (statistics, points)."""
    if len(sides) == 2:
        return np.stack(paired_rows(*sides))
    (values,) = sides
    mean = values.mean(axis=1)
    half = half_interval(values.T)
    alone: dict[str, Any] = {"mean": mean, "low": mean - half, "high": mean + half}
    nothing = np.full(len(values), NAN)
    return np.stack([alone.get(name, nothing) for name in STATISTICS])
