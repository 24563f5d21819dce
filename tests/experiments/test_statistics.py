"""Paired differences, against SciPy and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from culturesim.experiments.statistics import CONFIDENCE, half_interval, paired
from culturesim.state.parameters import Floats

NAN = math.nan


def samples(n: int) -> tuple[Floats, Floats]:
    generator = np.random.default_rng(n)
    base = generator.gamma(2.0, 100.0, n)
    return base, base * 0.9 + generator.normal(30.0, 40.0, n)


@pytest.mark.parametrize("n", [2, 3, 10, 100, 5000])
def test_interval_is_students(n: int) -> None:
    base, other = samples(n)
    result = paired(base, other)
    expected = stats.ttest_rel(other, base).confidence_interval(CONFIDENCE)
    assert (result.low, result.high) == pytest.approx((expected.low, expected.high), rel=1e-12)
    assert result.base == pytest.approx(base.mean(), rel=1e-12)
    assert result.other == pytest.approx(other.mean(), rel=1e-12)
    assert result.difference == pytest.approx(other.mean() - base.mean(), rel=1e-9)
    assert result.ahead == (other > base).mean()
    assert result.behind == (other < base).mean()
    apart = np.var(base, ddof=1) + np.var(other, ddof=1)
    assert result.variance_ratio == pytest.approx(apart / np.var(other - base, ddof=1), rel=1e-12)


@pytest.mark.statistical
def test_interval_covers_as_often_as_it_says() -> None:
    """n = 20 000 intervals of 8 pairs, seed 1: 95 % cover 0, give or take 5 · 0.00154.

    False alarm: 6e-7.
    """
    generator = np.random.default_rng(1)
    draws = generator.normal(size=(20_000, 2, 8))
    covered = np.array([r.low <= 0.0 <= r.high for r in (paired(a, b) for a, b in draws)])
    error = math.sqrt(CONFIDENCE * (1.0 - CONFIDENCE) / 20_000)
    assert abs(covered.mean() - CONFIDENCE) < 5.0 * error


def test_ahead_and_behind_leave_room_for_ties() -> None:
    result = paired(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 2.0, 1.0, 0.0]))
    assert (result.ahead, result.behind) == (0.25, 0.5)


def test_turned_round() -> None:
    base, other = samples(30)
    one, turned = paired(base, other), paired(other, base)
    assert turned.difference == pytest.approx(-one.difference)
    assert (turned.low, turned.high) == pytest.approx((-one.high, -one.low))
    assert (turned.ahead, turned.behind) == (one.behind, one.ahead)
    assert turned.variance_ratio == pytest.approx(one.variance_ratio)


def test_pairs_with_a_gap_are_left_out() -> None:
    base = np.array([1.0, NAN, 3.0, 5.0, NAN])
    other = np.array([2.0, 7.0, NAN, 9.0, NAN])
    assert paired(base, other) == paired(base[[0, 3]], other[[0, 3]])
    assert paired(base, other).base == 3.0


@pytest.mark.parametrize(
    ("base", "other"), [([], []), ([NAN, 1.0], [1.0, NAN]), ([math.inf], [1.0])]
)
def test_without_any_pair_nothing_is_known(base: list[float], other: list[float]) -> None:
    assert all(math.isnan(part) for part in paired(np.array(base), np.array(other)))


def test_a_single_pair_says_nothing_of_chance() -> None:
    result = paired(np.array([2.0]), np.array([5.0]))
    assert result[:7] == (2.0, 5.0, 3.0, -math.inf, math.inf, 1.0, 0.0)
    assert math.isnan(result.variance_ratio)


def test_the_same_twice() -> None:
    base, _ = samples(10)
    result = paired(base, base)
    assert result[2:7] == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert result.variance_ratio == math.inf


def test_constants() -> None:
    result = paired(np.full(4, 2.0), np.full(4, 3.0))
    assert (result.difference, result.low, result.high, result.ahead) == (1.0, 1.0, 1.0, 1.0)
    assert math.isnan(result.variance_ratio)


@pytest.mark.parametrize("n", [2, 3, 40])
def test_half_of_an_interval_is_students(n: int) -> None:
    """Over the first axis, whatever the others are."""
    draws = np.random.default_rng(n).normal(3.0, 2.0, (n, 4, 5))
    half = half_interval(draws)
    assert half.shape == (4, 5)
    low, high = stats.t.interval(CONFIDENCE, n - 1, draws.mean(axis=0), stats.sem(draws, axis=0))
    np.testing.assert_allclose(half, (high - low) / 2.0, rtol=1e-12)
    np.testing.assert_allclose(half_interval(draws[:, 0, 0]), half[0, 0], rtol=1e-12)


def test_half_of_an_interval_of_one_is_infinite() -> None:
    half = half_interval(np.zeros((1, 3)))
    assert half.shape == (3,)
    assert np.isposinf(half).all()
    assert half_interval(np.array([2.0])) == math.inf
