"""Promises: how many are broken, by discipline and by what can be served."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

import culturesim as cs
from culturesim.model.measure import NAMES
from culturesim.state.parameters import Floats

CUSTOMERS = 20_000
CYCLES = 25
FALSE_ALARM = 1e-6

# One team that about half of the customers commit to in each cycle, whatever it did before.
HALF: dict[str, Any] = {
    "world.concerns": 1,
    "world.customers": CUSTOMERS,
    "world.cycles": CYCLES,
    "organizations.*.teams": 1,
    "organizations.*.price": 0,
    "segments.*.standard": 0,
    "segments.*.standard_spread": 0,
    "segments.*.choice_noise": 1e6,
    "production.defect": 0.3,
    "production.serving": 0,
}

pytestmark = pytest.mark.statistical


def promises(changes: dict[str, Any]) -> tuple[Floats, Floats]:
    """Commitments, and broken ones, in each cycle."""
    run = cs.simulate(cs.load_scenario("baseline", {**HALF, **changes}), "execution", seed=6)
    rate = run.records[:, 0, NAMES.index("commitment_rate")]
    committed: Floats = np.round(rate * CUSTOMERS)
    share = run.records[:, 0, NAMES.index("broken_promise_rate")]
    broken: Floats = np.round(committed * share)
    return committed, broken


def assert_binomial(broken: Floats, committed: Floats, p: Floats) -> None:
    """Each cycle within the binomial bounds of one false alarm in a million for all together."""
    low, high = stats.binom.interval(1.0 - FALSE_ALARM / CYCLES, committed, p)
    assert (low <= broken).all()
    assert (broken <= high).all()


@pytest.mark.parametrize("exponent", [0.0, 0.4, 1.5])
def test_broken_promises_fall_as_a_power_of_discipline(exponent: float) -> None:
    """n = some 8 000 promises a cycle, 25 cycles, seed 6: false alarm 1e-6.

    Whoever commits has drawn a choice of its own: were the promise decided by the same draw, or by
    one that goes with it, the rate among those who commit would be another.
    """
    committed, broken = promises({"production.discipline_exponent": exponent})
    assert 5_000 < committed.min() <= committed.max() < 15_000
    expected = 0.3 * (1.0 + np.arange(CYCLES) / 5.0) ** -exponent
    assert_binomial(broken, committed, expected)


def test_what_cannot_be_served_is_not_kept() -> None:
    """n = some 8 000 promises a cycle, 25 cycles, seed 6: false alarm 1e-6."""
    changes = {
        "production.defect": 0.1,
        "production.discipline_exponent": 0,
        "production.serving": 0.001,
        "production.serving_cap": 0.3,
    }
    committed, broken = promises(changes)
    served = np.minimum(1.0, 0.3 * 10.0 / (0.001 * committed))
    assert served.max() < 1.0
    assert_binomial(broken, committed, 1.0 - 0.9 * served)
