"""Studies to draw whose numbers are made up: the tables of a study, without a run."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from culturesim.experiments.statistics import half_interval, paired
from culturesim.scenario.load import load_scenario
from culturesim.scenario.schema import Scenario
from tests.plots.figures import CULTURES

ACCURACY = "organizations.*.prior.accuracy"
MEMORY = "world.care_memory"
END = "leadership.0.to"
STRENGTH = "leadership.0.strength"
TARGET = "leadership.0.target"

Effect = Callable[[dict[str, Any]], float]


@dataclass(frozen=True)
class MadeUp:
    """What pictures read of a study."""

    title: str
    scenario: Scenario
    cultures: tuple[str, ...]
    factors: tuple[str, ...]
    metrics: tuple[str, ...]
    points: pd.DataFrame
    runs: pd.DataFrame
    table: pd.DataFrame
    directory: Path = Path("nowhere")


def made_up_study(
    levels: Mapping[str, Sequence[Any]],
    effect: Effect,
    *,
    cultures: tuple[str, ...] = CULTURES,
    metric: str = "value_created",
    scenario: str = "baseline",
    noise: float = 1.0,
    base: float = 100.0,
    runs: int = 12,
    left_out: Sequence[int] = (),
    title: str = "A study that is made up",
    points: Sequence[tuple[Any, ...]] | None = None,
) -> MadeUp:
    """Give a study in which the n-th culture after the first has n times the effect on top of it.

    Without cultures, the effect is the metric itself. Noise is the same at every design point, but
    for a tenth of it. Design points in `left_out` have not been run.
    """
    design = list(itertools.product(*levels.values())) if points is None else list(points)
    table_of_points = pd.DataFrame(design, columns=list(levels))
    table_of_points.index.name = "design_point"
    random = np.random.default_rng(1)
    shared = random.normal(size=(2, runs))
    rows, table = [], []
    names = cultures or ("as it says",)
    for point, combination in enumerate(design):
        if point in left_out:
            continue
        at = dict(zip(levels, combination, strict=True))
        values = {}
        for n, culture in enumerate(names):
            own = noise * (shared[min(n, 1)] + 0.1 * random.normal(size=runs))
            step = n * effect(at) if cultures else effect(at)
            values[culture] = (base if cultures else 0.0) + step + own
            one = pd.DataFrame({"design_point": point, "culture": culture, metric: values[culture]})
            rows.append(one.assign(**at, replication=range(runs), organization="acme"))
        for culture in names[1:] or names:
            key = {"design_point": point, **at, "metric": metric, "culture": culture, "n": runs}
            table.append(key | _compared(values, names, culture))
    return MadeUp(
        title,
        load_scenario(scenario),
        cultures,
        tuple(levels),
        (metric,),
        table_of_points,
        pd.concat(rows, ignore_index=True).assign(state="done", error=None),
        pd.DataFrame(table),
    )


def _compared(values: dict[str, Any], names: Sequence[str], culture: str) -> dict[str, float]:
    if len(names) > 1:
        result = paired(values[names[0]], values[culture])._asdict()
        return result | {"mean": result.pop("other")}
    mean, half = float(values[culture].mean()), float(half_interval(values[culture]))
    none = dict.fromkeys(("base", "difference", "ahead", "behind", "variance_ratio"), math.nan)
    return {**none, "mean": mean, "low": mean - half, "high": mean + half}


# --- effects


def crossing(at: dict[str, Any]) -> float:
    """Positive where little is known; 0 at an accuracy of one half."""
    return 40.0 * (0.5 - float(at[ACCURACY]))


def hump(at: dict[str, Any]) -> float:
    """Greatest at a memory of 20, and below 0 from 200 on and at 2."""
    return 20.0 - 20.0 * math.log10(float(at[MEMORY]) / 20.0) ** 2


def rooting(at: dict[str, Any]) -> float:
    """Final culture: above one half where care is long and strong."""
    return 0.5 + 0.02 * ((float(at[END]) - 10.0) * float(at[STRENGTH]) * 20.0 - 30.0)


# --- studies


def map_study(**changes: Any) -> MadeUp:
    levels: dict[str, Any] = {ACCURACY: [0.0, 0.25, 0.5, 0.75, 1.0], MEMORY: [5, 20, 80, 320]}
    return made_up_study(levels, crossing, **changes)


def line_study(**changes: Any) -> MadeUp:
    return made_up_study({MEMORY: [2, 5, 10, 20, 40, 80, 200, 500]}, hump, **changes)


def garden_study(**changes: Any) -> MadeUp:
    levels: dict[str, Any] = {END: [20, 30, 40, 50, 60], STRENGTH: [0.02, 0.05, 0.08]}
    usual: dict[str, Any] = {
        "cultures": (),
        "metric": "final_culture",
        "scenario": "garden",
        "noise": 0.05,
    }
    return made_up_study(levels, rooting, **(usual | changes))


def named_study(**changes: Any) -> MadeUp:
    levels = {TARGET: ["champions", "cluster", "random"]}
    sizes = {"champions": 8.0, "cluster": -8.0, "random": 0.0}
    usual: dict[str, Any] = {"scenario": "garden"}
    return made_up_study(levels, lambda at: sizes[at[TARGET]], **(usual | changes))


def sampled_study(**changes: Any) -> MadeUp:
    random = np.random.default_rng(2)
    points = [(float(a), float(5.0 * 64.0**b)) for a, b in random.random((24, 2))]
    return made_up_study({ACCURACY: [], MEMORY: []}, crossing, points=points, **changes)


def wide_study(**changes: Any) -> MadeUp:
    """Of three factors."""
    levels: dict[str, Any] = {
        ACCURACY: [0.0, 0.5, 1.0],
        MEMORY: [5, 80, 320],
        "world.care_spread": [0.2, 0.8],
    }
    return made_up_study(levels, crossing, **changes)
