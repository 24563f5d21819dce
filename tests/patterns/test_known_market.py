"""Where everything is known and nothing moves, execution is ahead.

n = 300 pairs a point, seed 20. Discovery's ratio at an accuracy of 0.95 has a standard error of
0.003, so the figure is held to about ± 0.02; at 0.40 the error is 0.009, so ± 0.05. The paired
difference at 0.95 lies six of its own standard deviations below 0, so that a pair the other way
round has a chance of 1e-9, and 300 of them one of 3e-7. Every figure is held to the bound that
sampling leaves once in a million.
"""

from __future__ import annotations

import math

import pytest

from tests.patterns.pairs import ACCURACY, MEMORY, Pairs, agrees, paired_runs

N = 300

pytestmark = pytest.mark.statistical


def known(accuracy: float) -> Pairs:
    return paired_runs("baseline", N, {ACCURACY: accuracy, MEMORY: math.inf})


def test_it_is_the_bundled_scenario() -> None:
    assert paired_runs("known-market", N) is known(0.95)


def test_execution_is_ahead_in_every_pair() -> None:
    assert known(0.95).ahead() == 0.0
    assert known(0.95).lead() < -20.0


def test_discovery_creates_about_a_ninth_less() -> None:
    assert agrees(known(0.95).ratio(), 0.89, rounding=0.005)


@pytest.mark.parametrize(("accuracy", "published"), [(0.80, 0.91), (0.40, 1.16)])
def test_ratio_by_what_is_known(accuracy: float, published: float) -> None:
    assert agrees(known(accuracy).ratio(), published, rounding=0.005)


def test_the_lines_cross_near_sixty_per_cent() -> None:
    """Each lead is tens of standard errors; "even" is a ratio between 0.95 and 1.05."""
    assert known(0.80).lead() < -20.0
    assert agrees(known(0.60).ratio(), 1.0, rounding=0.05)
    assert known(0.40).lead() > 20.0
