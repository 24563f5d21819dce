"""Discovery's advantage is an inverted U in turbulence.

With an accuracy of 0.95: execution ahead without drift, discovery at a care_memory of 60 and of 20,
execution again at 5. n = 300 pairs a point and 1 500 at 5, where the difference is a fifth of its
own standard deviation a pair; seed 20. The leads are about 17, 14 and -8 standard errors, and 2.5
are asked for: a sign that came about by chance would pass once in 160, and correct code fails less
than once in a million. Ratios have standard errors of 0.06, 0.10 and 0.016.
"""

from __future__ import annotations

import pytest

from tests.patterns.pairs import ACCURACY, MEMORY, Pairs, agrees, gain, paired_runs

N = 300
N_CHURNING = 1500

pytestmark = [pytest.mark.statistical, pytest.mark.slow]


def moving(memory: float) -> Pairs:
    return paired_runs("baseline", N, {ACCURACY: 0.95, MEMORY: memory})


def churning() -> Pairs:
    return paired_runs("churning-market", N_CHURNING)


def test_execution_then_discovery_then_execution() -> None:
    assert paired_runs("known-market", N).lead() < -2.5
    assert moving(60).lead() > 2.5
    assert moving(20).lead() > 2.5
    assert churning().lead() < -2.5


@pytest.mark.parametrize(("memory", "published"), [(60, 1.6), (20, 1.9)])
def test_ratio_in_the_middle(memory: float, published: float) -> None:
    assert agrees(moving(memory).ratio(), published, rounding=0.05)


def test_ratio_where_care_moves_too_fast() -> None:
    assert agrees(churning().ratio(), 0.85, rounding=0.005)


def test_the_rise_and_the_fall_are_no_chance() -> None:
    """Each step is ten standard errors or more; five are asked for."""
    assert gain(paired_runs("known-market", N), moving(60)) > 5.0
    assert gain(moving(20), paired_runs("churning-market", N)) < -5.0
