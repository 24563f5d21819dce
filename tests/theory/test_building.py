"""Building: the learning curve, and the stock that a constant effort sustains."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.state.parameters import Floats

CYCLES = 200
CAPACITY = 10.0

# All effort goes into the only concern there is, and nobody commits.
ALONE: dict[str, Any] = {
    "world.concerns": 1,
    "world.customers": 5,
    "world.cycles": CYCLES,
    "organizations.*.teams": 1,
    "organizations.*.capacity": CAPACITY,
    "cultures.execution.listening": 0,
    "segments.*.standard": 1,
    "segments.*.standard_spread": 0,
}


def stocks(changes: dict[str, Any]) -> tuple[Floats, Floats]:
    """Performance and experience after each cycle."""
    scenario = cs.load_scenario("baseline", {**ALONE, **changes})
    model = cs.CultureModel(scenario, "execution", seed=0)
    model.collects = False
    (team,) = model.teams
    performance, experience = np.empty(CYCLES), np.empty(CYCLES)
    for cycle in range(CYCLES):
        model.step()
        performance[cycle], experience[cycle] = team.performance[0], team.experience[0]
    return performance, experience


@pytest.mark.parametrize("exponent", [0.0, 0.2, 0.5, 1.0])
def test_constant_effort_gives_wrights_curve(exponent: float) -> None:
    """With everything lost each cycle, performance is the cycle's own effort times efficiency."""
    changes = {
        "production.learning": exponent,
        "production.decay": 1,
        "production.experience_decay": 0,
        "production.experience_scale": 25,
    }
    performance, experience = stocks(changes)
    before = CAPACITY * np.arange(CYCLES)
    np.testing.assert_allclose(experience, before + CAPACITY, rtol=1e-12)
    np.testing.assert_allclose(
        performance, CAPACITY * (1.0 + before / 25.0) ** exponent, rtol=1e-12
    )


def test_a_doubling_of_experience_saves_what_its_exponent_says() -> None:
    """Wright's progress ratio: with long experience, a doubling divides the cost by 2**exponent."""
    changes = {
        "production.learning": 0.32,
        "production.decay": 1,
        "production.experience_decay": 0,
        "production.experience_scale": 1e-3,
    }
    performance, _ = stocks(changes)
    np.testing.assert_allclose(performance[100] / performance[50], 2.0**0.32, rtol=1e-4)


def test_experience_is_forgotten() -> None:
    _, experience = stocks({"production.experience_decay": 0.1})
    limit = CAPACITY / 0.1
    expected = limit * (1.0 - 0.9 ** np.arange(1, CYCLES + 1))
    np.testing.assert_allclose(experience, expected, rtol=1e-9)


@pytest.mark.parametrize("decay", [0.02, 0.1, 0.6])
def test_stock_approaches_what_effort_sustains_geometrically(decay: float) -> None:
    performance, _ = stocks({"production.learning": 0, "production.decay": decay})
    limit = CAPACITY / decay
    expected = limit * (1.0 - (1.0 - decay) ** np.arange(1, CYCLES + 1))
    np.testing.assert_allclose(performance, expected, rtol=1e-9)
