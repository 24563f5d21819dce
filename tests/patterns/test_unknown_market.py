"""Where nothing is known and care drifts, discovery creates more than twice as much.

n = 300 pairs, seed 20. The ratio's standard error is 0.062, so it is held to about ± 0.33, a false
alarm once in a million; the lead of 28 standard errors is far beyond the 15 asked for.
"""

from __future__ import annotations

import pytest

from tests.patterns.pairs import agrees, gain, paired_runs

N = 300

pytestmark = pytest.mark.statistical


def test_discovery_is_ahead() -> None:
    pairs = paired_runs("unknown-market", N)
    assert pairs.lead() > 15.0
    assert pairs.ahead() > 0.95


def test_ratio_of_value() -> None:
    assert agrees(paired_runs("unknown-market", N).ratio(), 2.4, rounding=0.05)


def test_the_less_is_known_the_more_discovery_gains() -> None:
    """From 1.5 in the baseline to 2.4 is more than ten standard errors; five are asked for."""
    assert gain(paired_runs("baseline", N), paired_runs("unknown-market", N)) > 5.0
