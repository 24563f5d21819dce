"""Gardens: one organization whose cultures grow, and what can be said of how many tip.

As in `tests.patterns.pairs`, a check states a tolerance that correct code leaves with a probability
of at most `FALSE_ALARM`, and a published figure has a sampling error of its own: those of the
garden come from `PUBLISHED_RUNS` runs.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

import culturesim as cs
from culturesim.model.measure import NAMES
from culturesim.state.parameters import Floats
from tests.patterns.pairs import FALSE_ALARM, SEED, Figure, widest_chance

PUBLISHED_RUNS = 200
BEGIN = 10

GARDEN: dict[str, Any] = {
    "growth.on": True,
    "world.cycles": 200,
    "organizations.*.culture": 0.05,
}
ALONE: dict[str, Any] = {}

_RUN_BEFORE: dict[tuple[str, int], Garden] = {}


class Garden:
    """Many runs of one garden, each a path of the mean culture of its teams."""

    def __init__(self, ensemble: cs.Ensemble) -> None:
        self.records = ensemble.records

    def path(self, metric: str = "culture") -> Floats:
        """Shape (runs, cycles)."""
        values: Floats = self.records[:, :, 0, NAMES.index(metric)]
        return values

    @property
    def last(self) -> Floats:
        """Culture in the last cycle."""
        return self.path()[:, -1]

    @property
    def tipped(self) -> Any:
        """Whether most of what is done in the end is discovery."""
        return self.last > 0.5


def garden(n: int, changes: dict[str, Any]) -> Garden:
    """`n` runs of a garden; one that was run before is not run again."""
    scenario = cs.load_scenario("baseline", {**GARDEN, **changes})
    key = scenario.hash(), n
    if key not in _RUN_BEFORE:
        _RUN_BEFORE[key] = Garden(cs.ensemble(scenario, replications=n, seed=SEED))
    return _RUN_BEFORE[key]


def cultivated(cycles: int, strength: float = 0.05) -> dict[str, Any]:
    action = {"kind": "cultivate", "from": BEGIN, "to": BEGIN + cycles, "strength": strength}
    return {"leadership.grow": action}


def sown(teams: int, target: str) -> dict[str, Any]:
    action = {"kind": "seed", "from": BEGIN, "strength": 0.9, "target": target, "teams": teams}
    return {"leadership.sow": action}


def ordered(cycles: int) -> dict[str, Any]:
    action = {"kind": "mandate", "from": BEGIN, "to": BEGIN + cycles, "strength": 0.9}
    return {"leadership.order": action}


def agrees(measured: Figure, published: float, rounding: float) -> bool:
    """Whether a published mean lies within its sampling error and ours, and its rounding."""
    both = measured.error * math.sqrt(1.0 + measured.n / PUBLISHED_RUNS)
    return abs(measured.value - published) <= rounding + widest_chance(measured.n) * both


def same_share(found: Any, published: int, runs: int = PUBLISHED_RUNS) -> bool:
    """Whether a count of yes may come from the share that `published` of `runs` come from.

    Fisher's exact test: given both together, it errs with a probability of at most `FALSE_ALARM`.
    """
    yes, no = int(np.sum(found)), int(np.sum(~found))
    table = [[yes, no], [published, runs - published]]
    return float(stats.fisher_exact(table)[1]) > FALSE_ALARM
