"""How much discovery? Little is best, and a lot is worse than none.

Shares of listening and of testing varied together in the baseline's discovery. n = 300 pairs a
point, seed 20; the ratios have standard errors from 0.015 to 0.030, so each is held to 0.08 to
0.16, a false alarm once in a million. "Even" is a ratio between 0.95 and 1.05.
"""

from __future__ import annotations

import pytest

from tests.patterns.pairs import LISTENING, TESTING, Pairs, agrees, gain, paired_runs

N = 300

pytestmark = [pytest.mark.statistical, pytest.mark.slow]


def searching(share: float) -> Pairs:
    return paired_runs("baseline", N, {LISTENING: share, TESTING: share})


@pytest.mark.parametrize(
    ("share", "published", "rounding"),
    [
        (0.01, 1.55, 0.005),
        (0.03, 1.55, 0.005),
        (0.10, 1.38, 0.005),
        (0.20, 1.0, 0.05),
        (0.30, 0.63, 0.005),
    ],
)
def test_ratio_by_share(share: float, published: float, rounding: float) -> None:
    assert agrees(searching(share).ratio(), published, rounding)


def test_flat_and_best_near_two_per_cent_each() -> None:
    """The two ends of the plateau are alike; no searching, and a tenth each, are clearly worse.

    The steps up and down are more than ten standard errors of the paired change; five are asked
    for.
    """
    best = searching(0.02)
    assert abs(searching(0.01).ratio().value / searching(0.03).ratio().value - 1.0) < 0.03
    assert gain(searching(0.0), best) > 5.0
    assert gain(best, searching(0.10)) < -5.0


def test_too_much_is_worse_than_execution() -> None:
    """The lead is about -23 standard errors."""
    assert searching(0.30).lead() < -10.0
