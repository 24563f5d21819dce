"""Drift: what customers care about is a stationary autoregression."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

import culturesim as cs
from culturesim.state.parameters import Floats

FOCUS = 1.5
CONCERNS = 500
CYCLES = 120
MEMORY = 4.0

pytestmark = pytest.mark.statistical


def series(memory: float = MEMORY, size: float | None = None) -> Floats:
    """Log-care of 2 000 independent concerns (4 segments of 500), before and after each cycle."""
    changes = {
        "world.concerns": CONCERNS,
        "world.customers": 4,
        "world.cycles": CYCLES,
        "world.care_memory": memory,
        "world.care_focus": FOCUS,
        "organizations.*.teams": 1,
        **{f"segments.s{n}": {} for n in range(3)},
    }
    if size is not None:
        changes["shocks.turn"] = {"cycle": 60, "size": size}
    model = cs.CultureModel(cs.load_scenario("baseline", changes), seed=8)
    model.collects = False
    values = [model.state.segments.log_care.ravel().copy()]
    for _ in range(CYCLES):
        model.step()
        values.append(model.state.segments.log_care.ravel().copy())
    return np.array(values)


def test_variance_stays_what_it_was_at_the_start() -> None:
    """n = 2 000, seed 8: each of 121 variances is chi-squared; bounds of 1e-6 / 121 each.

    The mean over cycles, with about 121 / 4 independent parts, has a standard error of 0.6 %, and
    five of them are allowed: false alarm 6e-7.
    """
    variance = series().var(axis=1) / FOCUS**2
    alarm = 1e-6 / len(variance) / 2.0
    low, high = stats.chi2.ppf([alarm, 1.0 - alarm], 1999) / 2000
    assert ((low < variance) & (variance < high)).all()
    assert abs(variance.mean() - 1.0) < 5.0 * math.sqrt(2.0 / 2000) * math.sqrt(MEMORY / CYCLES)


@pytest.mark.parametrize("lag", [1, 2, 4, 8])
def test_autocorrelation_falls_exponentially(lag: int) -> None:
    """n = 2 000 concerns, seed 8: a correlation's standard error is at most 1 / sqrt(2 000).

    Twelve starting points far apart (ten cycles, 2.5 memories) are pooled, so that the error is
    below 0.0065 · 1.1; five of them are allowed: false alarm 6e-7.
    """
    values = series()
    starts = range(0, CYCLES - lag, 10)
    found = [np.corrcoef(values[t], values[t + lag])[0, 1] for t in starts]
    assert np.mean(found) == pytest.approx(math.exp(-lag / MEMORY), abs=5.0 * 0.0072)


@pytest.mark.parametrize("memory", [0.0, math.inf])
def test_no_memory_or_an_infinite_one_is_no_drift(memory: float) -> None:
    values = series(memory)
    assert (values == values[0]).all()


@pytest.mark.parametrize("size", [0.25, 0.8, 1.0])
def test_a_shock_keeps_the_variance_and_loses_its_share(size: float) -> None:
    """n = 2 000, seed 8, no drift: five standard errors of a correlation and a variance; 6e-7."""
    values = series(0.0, size)
    before, after = values[60], values[61]
    assert (values[:61] == before).all()
    assert (values[61:] == after).all()
    correlation = float(np.corrcoef(before, after)[0, 1])
    assert correlation == pytest.approx(1.0 - size, abs=5.0 / math.sqrt(2000))
    assert after.var() / FOCUS**2 == pytest.approx(1.0, abs=5.0 * math.sqrt(2.0 / 2000))
