"""The normal distribution against scipy's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import truncnorm

from culturesim.kernels.normal import normal_probability, normal_quantile, truncated_normal

SMALLEST, LARGEST = 2.0**-54, 1.0 - 2.0**-53  # the uniforms of the generator
open_unit = st.floats(SMALLEST, LARGEST)


def wide_grid() -> list[float]:
    """Both tails to the last uniform, the middle, and both sides of each change of formula."""
    tail = [10.0**-k for k in np.linspace(0.4, 16.2, 400)]
    seams = [0.075, math.exp(-25.0)]
    near = [s * (1.0 + e) for s in seams for e in (-1e-12, -1e-15, 0.0, 1e-15, 1e-12)]
    lower = [*tail, *near, SMALLEST, 1e-300, 0.5 - 1e-9]
    return lower + [1.0 - p for p in lower if 1.0 - p < 1.0] + [LARGEST, 0.5 + 1e-9]


def test_quantile_equals_scipys() -> None:
    grid = wide_grid()
    found = [normal_quantile(p) for p in grid]
    np.testing.assert_allclose(found, ndtri(grid), rtol=4e-15)


def test_quantile_of_a_half_is_0() -> None:
    assert normal_quantile(0.5) == 0.0


@given(open_unit)
def test_quantile_is_antisymmetric(p: float) -> None:
    q = 1.0 - p
    assume(1.0 - q == p)
    assert normal_quantile(q) == -normal_quantile(p)


@given(open_unit, open_unit)
def test_quantile_never_falls(p: float, q: float) -> None:
    if p > q:
        p, q = q, p
    assert normal_quantile(p) <= normal_quantile(q) + 1e-15 * abs(normal_quantile(q))


def test_probability_equals_scipys() -> None:
    grid = np.linspace(-37.0, 9.0, 1001)
    found = [normal_probability(x) for x in grid]
    # Where the density is steep, rounding x / sqrt(2) alone shifts the result by x**2 * 2**-53.
    np.testing.assert_allclose(found, ndtr(grid), rtol=1e-12)
    centre = np.abs(grid) < 3.0
    np.testing.assert_allclose(np.array(found)[centre], ndtr(grid[centre]), rtol=5e-15)


@pytest.mark.parametrize(
    ("mean", "spread", "low", "high"),
    [
        (0.42, 0.08, 0.0, 1.0),
        (0.42, 1.0, 0.0, 1.0),
        (0.0, 0.3, 0.0, 1.0),
        (1.0, 0.3, 0.0, 1.0),
        (12.0, 2.0, 0.0, math.inf),
        (1.0, 50.0, 0.0, math.inf),
        (3.0, 2.0, -math.inf, math.inf),
        (-1.0, 2.0, -math.inf, 0.5),
    ],
)
def test_truncated_normal_equals_scipys(
    mean: float, spread: float, low: float, high: float
) -> None:
    grid = np.concatenate([np.logspace(-6, -0.3, 40), 1.0 - np.logspace(-6, -0.3, 40)])
    found = [truncated_normal(u, mean, spread, low, high) for u in grid]
    a, b = (low - mean) / spread, (high - mean) / spread
    expected = truncnorm.ppf(grid, a, b, loc=mean, scale=spread)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9 * spread)


@given(open_unit, st.floats(-5, 5))
def test_no_spread_gives_the_mean_itself(u: float, mean: float) -> None:
    assert truncated_normal(u, mean, 0.0, -10.0, 10.0) == mean


@given(open_unit, st.floats(0, 1), st.floats(1e-12, 1e6))
def test_truncated_normal_stays_in_its_interval(u: float, mean: float, spread: float) -> None:
    assert 0.0 <= truncated_normal(u, mean, spread, 0.0, 1.0) <= 1.0
    assert 0.0 <= truncated_normal(u, mean, spread, 0.0, math.inf) < math.inf


@pytest.mark.parametrize("mean", [-1e6, -60.0, -9.0, 10.0, 61.0, 1e6])
@pytest.mark.parametrize("u", [SMALLEST, 0.3, LARGEST])
def test_mean_far_outside_the_interval_still_gives_a_number_in_it(mean: float, u: float) -> None:
    assert 0.0 <= truncated_normal(u, mean, 1.0, 0.0, 1.0) <= 1.0


def test_almost_no_truncation_is_the_normal_itself() -> None:
    for u in np.linspace(0.01, 0.99, 25):
        found = truncated_normal(u, 2.0, 3.0, -1e6, 1e6)
        np.testing.assert_allclose(found, 2.0 + 3.0 * ndtri(u), rtol=1e-13, atol=1e-13)
