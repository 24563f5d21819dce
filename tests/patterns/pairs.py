"""Paired ensembles, and what can be said of the ratio of their means.

Every check states a tolerance that correct code leaves with a probability of at most
`FALSE_ALARM`; with the seed fixed it fails only once something changes the draws or the model.
A published figure was measured too, on `PUBLISHED_RUNS` pairs: its own error counts as well, and so
does its rounding. The errors are those of sample means, taken from the sample's own variance.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy.special import stdtrit

import culturesim as cs
from culturesim.state.parameters import Floats

SEED = 20
FALSE_ALARM = 1e-6
PUBLISHED_RUNS = 2000

ACCURACY = "organizations.*.prior.accuracy"
MEMORY = "world.care_memory"
STATUS_QUO = "segments.*.status_quo"
LISTENING = "cultures.discovery.listening"
TESTING = "cultures.discovery.testing"


_RUN_BEFORE: dict[tuple[str, int], Pairs] = {}


class Figure(NamedTuple):
    """A measured number, its standard error, and the number of pairs behind it."""

    value: float
    error: float
    n: int


class Pairs(NamedTuple):
    """The same worlds under both cultures."""

    execution: cs.Ensemble
    discovery: cs.Ensemble

    def ahead(self, metric: str = "value_created") -> float:
        """Share of pairs in which discovery has more."""
        return float((self.discovery.values(metric) > self.execution.values(metric)).mean())

    def ratio(self, metric: str = "value_created") -> Figure:
        """Mean under discovery over mean under execution, with the delta method's error."""
        base, other = self.execution.values(metric), self.discovery.values(metric)
        ratio = float(other.mean() / base.mean())
        spread = float((other - ratio * base).std(ddof=1))
        return Figure(ratio, spread / math.sqrt(len(base)) / abs(float(base.mean())), len(base))

    def lead(self, metric: str = "value_created") -> float:
        """Mean paired difference in standard errors: above 0 where discovery has more."""
        difference = self.discovery.values(metric) - self.execution.values(metric)
        return float(difference.mean() / difference.std(ddof=1) * math.sqrt(len(difference)))


def mean(sample: Floats) -> Figure:
    """Mean of a sample, with its error."""
    n = len(sample)
    return Figure(float(sample.mean()), float(sample.std(ddof=1)) / math.sqrt(n), n)


def paired_runs(name: str, n: int, changes: dict[str, Any] | None = None) -> Pairs:
    """Both cultures in the same `n` worlds; a scenario that was run before is not run again."""
    scenario = cs.load_scenario(name, changes)
    key = scenario.hash(), n
    if key not in _RUN_BEFORE:
        _RUN_BEFORE[key] = Pairs(
            cs.ensemble(scenario, "execution", replications=n, seed=SEED),
            cs.ensemble(scenario, "discovery", replications=n, seed=SEED),
        )
    return _RUN_BEFORE[key]


def widest_chance(n: int) -> float:
    """Standard errors that a mean of `n` leaves, either way, with probability `FALSE_ALARM`."""
    return float(stdtrit(n - 1, 1.0 - FALSE_ALARM / 2.0))


def tolerance(measured: Figure, rounding: float) -> float:
    """How far a measured figure may lie from a published one, given as ± `rounding`."""
    both = measured.error * math.sqrt(1.0 + measured.n / PUBLISHED_RUNS)
    return rounding + widest_chance(measured.n) * both


def agrees(measured: Figure, published: float, rounding: float) -> bool:
    """Whether a published figure lies within its sampling error and ours, and its rounding."""
    return abs(measured.value - published) <= tolerance(measured, rounding)


def gain(one: Pairs, other: Pairs, metric: str = "value_created") -> float:
    """How much greater the ratio is in `other` than in `one`, in standard errors.

    Both share their seeds, so the two ratios are compared pair by pair.
    """
    parts: list[Floats] = []
    ratios: list[float] = []
    for pairs in (one, other):
        base, more = pairs.execution.values(metric), pairs.discovery.values(metric)
        ratios.append(float(more.mean() / base.mean()))
        parts.append((more - ratios[-1] * base) / base.mean())
    spread = float(np.std(parts[1] - parts[0], ddof=1))
    return (ratios[1] - ratios[0]) / (spread / math.sqrt(len(parts[0])))
