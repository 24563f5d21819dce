"""The table of a study: every number as it is for its design point alone."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pandas as pd
import pytest

from culturesim.experiments.statistics import half_interval, paired
from culturesim.experiments.study_table import differences
from tests.experiments.sweeps import same_rows

METRICS = ("trust", "culture")
COLUMNS = {"trust": "trust", "culture": "culture_mean"}


def made_up(
    points: int, cultures: int, most: int, ragged: bool
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Rows in order; ragged, some are not there and some have no number."""
    chance = np.random.default_rng(points + most)
    point, culture, replication = (axis.ravel() for axis in np.indices((points, cultures, most)))
    names = [f"c{n}" for n in range(cultures)]
    rows = {"design_point": point, "culture": np.array(names, object)[culture]}
    rows["replication"] = replication
    for column in COLUMNS.values():
        values = chance.normal(size=len(point)) * 1e3
        values[chance.random(len(point)) < 0.1 * ragged] = np.nan
        rows[column] = values
    kept = chance.random(len(point)) >= 0.2 * ragged
    table = pd.DataFrame(rows)[kept].reset_index(drop=True)
    index = pd.RangeIndex(points, name="design_point")
    return table, pd.DataFrame({"a": np.arange(points) * 0.5, "b": "x"}, index=index), names


def one_by_one(rows: pd.DataFrame, points: pd.DataFrame, cultures: list[str]) -> pd.DataFrame:
    """The slow twin: design point by design point, pair by pair."""
    found: list[dict[str, Any]] = []
    for number, point in points.iterrows():
        sides = {
            culture: rows[(rows["design_point"] == number) & (rows["culture"] == culture)]
            .set_index("replication")
            .sort_index()
            for culture in cultures
        }
        for culture in cultures[1:] or cultures:
            for metric in METRICS:
                key = {"design_point": number, **point, "metric": metric, "culture": culture}
                column = COLUMNS[metric]
                both = pd.DataFrame({c: sides[c][column] for c in (cultures[0], culture)}).dropna()
                base, other = both[cultures[0]].to_numpy(), both[culture].to_numpy()
                found.append(key | _compared(base, other, len(cultures) > 1) | {"n": len(both)})
    return pd.DataFrame(found)


def _compared(base: Any, other: Any, several: bool) -> dict[str, float]:
    if several:
        said = paired(base, other)._asdict()
        return {"base": said.pop("base"), "mean": said.pop("other"), **said}
    nan = math.nan
    mean = float(other.mean()) if len(other) else nan
    half = float(half_interval(other)) if len(other) else nan
    around = {"mean": mean, "difference": nan, "low": mean - half, "high": mean + half}
    return {"base": nan, **around, "ahead": nan, "behind": nan, "variance_ratio": nan}


@pytest.mark.parametrize("ragged", [False, True])
@pytest.mark.parametrize("most", [1, 2, 9, 130])
@pytest.mark.parametrize("cultures", [1, 2, 3])
def test_it_has_the_bits_of_the_slow_twin(cultures: int, most: int, ragged: bool) -> None:
    rows, points, names = made_up(7, cultures, most, ragged)
    table = differences(rows, points, names, METRICS)
    expected = one_by_one(rows, points, names)
    same_rows(table.drop(columns="unpaired"), expected)
    ratio = table["variance_ratio"]
    known = np.isfinite(ratio)
    assert (table["unpaired"] - table["n"] * ratio)[known].between(-1e-6, 1.0).all()
    assert np.isnan(table["unpaired"][ratio.isna()]).all()


def test_what_chance_does_not_touch_needs_endlessly_many_without_pairs() -> None:
    rows, points, names = made_up(1, 2, 5, False)
    first = rows["culture"] == "c0"
    rows.loc[~first, "trust"] = rows.loc[first, "trust"].to_numpy() + 1.0
    rows["trust"] = rows["trust"].round()
    rows["culture_mean"] = 1.0
    table = differences(rows, points, names, METRICS)
    assert table["unpaired"][0] == math.inf
    assert math.isnan(table["unpaired"][1]), "of nothing that varies, nothing can be said"


def test_it_is_quick_for_many_design_points() -> None:
    rows, points, names = made_up(5_000, 2, 5, True)
    began = time.perf_counter()
    assert len(differences(rows, points, names, METRICS)) == 10_000
    assert time.perf_counter() - began < 2.0, "one by one it takes more than ten times as long"
