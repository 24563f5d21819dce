"""In the baseline discovery creates about half as much again as execution.

n = 300 pairs, seed 20. The ratio's standard error is 0.028, so it is held to about ± 0.15, a false
alarm once in a million; each other figure likewise, by its own error and that of the 2 000 runs it
was published from. The lead is 32 standard errors: to ask for 20 is to err with a chance below
1e-40.
"""

from __future__ import annotations

import pytest

from tests.patterns.pairs import agrees, mean, paired_runs

N = 300

pytestmark = pytest.mark.statistical


def test_discovery_is_ahead() -> None:
    pairs = paired_runs("baseline", N)
    assert pairs.lead() > 20.0
    assert pairs.ahead() > 0.95


def test_ratio_of_value() -> None:
    assert agrees(paired_runs("baseline", N).ratio(), 1.52, rounding=0.005)


@pytest.mark.parametrize(
    ("metric", "execution", "discovery", "rounding"),
    [
        ("value_per_effort", 1.4, 2.1, 0.05),
        ("commitment_rate", 0.30, 0.43, 0.005),
        ("waste_share", 0.68, 0.34, 0.005),
        ("alignment", 0.75, 0.95, 0.005),
    ],
)
def test_level_of_each_culture(
    metric: str, execution: float, discovery: float, rounding: float
) -> None:
    pairs = paired_runs("baseline", N)
    assert agrees(mean(pairs.execution.values(metric)), execution, rounding)
    assert agrees(mean(pairs.discovery.values(metric)), discovery, rounding)


@pytest.mark.parametrize(
    ("metric", "sign"),
    [("value_per_effort", 1), ("commitment_rate", 1), ("waste_share", -1), ("alignment", 1)],
)
def test_direction_of_each_figure(metric: str, sign: int) -> None:
    assert sign * paired_runs("baseline", N).lead(metric) > 20.0
