"""Doing nothing as competitor: the stronger it is, the more discovery is ahead, of less.

n = 300 pairs a point, seed 20; ratios have standard errors of 0.02 to 0.05, so each is held to
± 0.10 and ± 0.27, a false alarm once in a million. "About 1.4" and "about 1.7" are ± 0.05.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.patterns.pairs import STATUS_QUO, Pairs, agrees, gain, paired_runs

N = 300

pytestmark = pytest.mark.statistical


def against(status_quo: float) -> Pairs:
    return paired_runs("baseline", N, {STATUS_QUO: status_quo})


@pytest.mark.parametrize(("status_quo", "published"), [(0.10, 1.4), (0.34, 1.7)])
def test_ratio_at_both_ends(status_quo: float, published: float) -> None:
    assert agrees(against(status_quo).ratio(), published, rounding=0.05)


def test_the_advantage_grows() -> None:
    """The paired change from end to end is about ten standard errors; five are asked for."""
    assert gain(against(0.10), against(0.34)) > 5.0


def test_both_commit_less_at_every_step() -> None:
    """A stronger status quo loses a commitment far more often than it wins one in the same world.

    Each mean paired change is tens of standard errors below 0, so its sign is no chance.
    """
    for weaker, stronger in pairwise(against(level) for level in (0.10, 0.22, 0.34)):
        for before, after in zip(weaker, stronger, strict=True):
            change = after.values("commitment_rate") - before.values("commitment_rate")
            assert change.mean() < -5.0 * change.std(ddof=1) / len(change) ** 0.5
