"""Runs of bundled scenarios as they are, and whether they keep what `expect` promises.

The figures in `expect` were measured on `PUBLISHED` runs of seed 0; these here have another seed.
Where a mean is compared with a published figure, its own sampling error, the published one's, and
the figure's rounding leave it outside once in a million.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import culturesim as cs
from culturesim.model.measure import CULTURE
from culturesim.state.parameters import Floats
from tests.patterns.pairs import SEED, widest_chance

PUBLISHED = 400

_RUN_BEFORE: dict[tuple[str, int], cs.Ensemble] = {}


def runs_of(name: str, n: int, changes: dict[str, Any] | None = None) -> cs.Ensemble:
    """The first `n` runs of a scenario; what was run before is not run again."""
    scenario = cs.load_scenario(name, changes)
    key = scenario.hash(), n
    if key not in _RUN_BEFORE:
        _RUN_BEFORE[key] = cs.ensemble(scenario, replications=n, seed=SEED)
    return _RUN_BEFORE[key]


def rooted(ensemble: cs.Ensemble) -> int:
    """In how many runs most choices are the second pole's in the last cycle."""
    return int((ensemble.market.records[:, -1, 0, CULTURE] > 0.5).sum())


def standard_errors(difference: Floats) -> float:
    """Mean of paired differences in its own standard errors."""
    return float(difference.mean() / difference.std(ddof=1) * math.sqrt(len(difference)))


def keeps(sample: Floats, promised: float, rounding: float) -> bool:
    """Whether the mean of a sample is a promised figure, given as +- `rounding`."""
    n = len(sample)
    error = float(sample.std(ddof=1)) * math.sqrt(1.0 / n + 1.0 / PUBLISHED)
    return abs(float(sample.mean()) - promised) <= rounding + widest_chance(n) * error


def ratio_keeps(other: Floats, base: Floats, promised: float, rounding: float) -> bool:
    """The same of the ratio of two means of pairs, by the delta method."""
    ratio = float(other.mean() / base.mean())
    parts: Floats = ratio + (other - ratio * base) / float(np.abs(base.mean()))
    return keeps(parts, promised, rounding)
