"""Planning: the best division of effort, and what a team that knew would have needed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import culturesim as cs
from culturesim.state.parameters import Floats

SATURATION = 40.0

# What is believed when a plan is made is what is still believed after the cycle.
HEARING_NOBODY: dict[str, Any] = {
    "world.cycles": 5,
    "world.customers": 60,
    "production.saturation": SATURATION,
    "means.feedback": 0,
}


@pytest.mark.parametrize(
    ("capacity", "supplied"), [(0.02, (1, 2)), (1.0, (1, 2)), (10.0, (3, 7)), (400.0, (10, 10))]
)
@pytest.mark.parametrize("culture", ["execution", "discovery"])
def test_plan_meets_the_optimality_conditions(
    capacity: float, supplied: tuple[int, int], culture: str
) -> None:
    """Karush, Kuhn and Tucker: equal marginal worth wherever effort goes, no more elsewhere.

    What is maximised is concave, so that whoever meets them has found the best. All teams, five
    cycles, to 1e-9; from next to no effort, which goes to very few concerns, to more than enough.
    """
    changes = {**HEARING_NOBODY, "organizations.*.capacity": capacity, "world.care_focus": 1.0}
    model = cs.CultureModel(cs.load_scenario("baseline", changes), culture, seed=3)
    numbers = []
    for _ in range(5):
        model.step()
        for team in model.teams:
            total = (team.effort_building + team.effort_withheld) / model.spec.production.decay
            stock = team.target * total
            marginal = team.belief / SATURATION * np.exp(-stock / SATURATION)
            used = stock > 0.0
            level = marginal[used].mean()
            np.testing.assert_allclose(marginal[used], level, rtol=1e-9)
            assert (marginal[~used] <= level * (1.0 + 1e-9)).all()
            assert team.target.sum() == pytest.approx(1.0, abs=1e-12)
            numbers.append(int(used.sum()))
    assert (min(numbers), max(numbers)) == supplied


# One team before customers who are all alike and all commit; stock lasts a cycle.
FOR_THE_DAY: dict[str, Any] = {
    **HEARING_NOBODY,
    "world.care_focus": 0.7,
    "world.care_memory": 0,
    "world.care_spread": 0,
    "organizations.*.teams": 1,
    "organizations.*.price": 50,
    "organizations.*.prior.confidence": 1000,
    "production.decay": 1,
    "production.learning": 0,
    "production.serving": 0,
    "production.defect": 0,
    "cultures.execution.listening": 0,
    "segments.*.worth": 1e6,
    "segments.*.status_quo": 0,
    "segments.*.standard": 0,
    "segments.*.standard_spread": 0,
    "trust.initial": 1,
}


def one_day(accuracy: float, capacity: float, seed: int) -> tuple[float, float, Floats]:
    """Fit, share of building that is misdirected, and belief of a team in its first cycle."""
    changes = {"organizations.*.prior.accuracy": accuracy, "organizations.*.capacity": capacity}
    model = cs.CultureModel(cs.load_scenario("baseline", {**FOR_THE_DAY, **changes}), seed=seed)
    model.step()
    (team,) = model.teams
    assert team.kept == len(model.customers)
    assert team.waste_unaccepted == 0.0
    fit = float(model.customers[0].fit[0])
    return fit, team.waste_misdirected / team.effort_building, team.belief


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("capacity", [60.0, 150.0, 1000.0])
def test_least_stock_is_the_inverse_of_the_plan(capacity: float, seed: int) -> None:
    """What the books say that a team which knew would have needed is enough for one that knows.

    A team knows nothing; the part that is misdirected is taken away from a second one, which knows
    all: its customers are as well off, to 1e-9, and none of its own effort is misdirected.
    """
    fit, misdirected, belief = one_day(0.0, capacity, seed)
    assert 0.01 < misdirected < 0.999
    same_fit, nothing, truth = one_day(1.0, capacity * (1.0 - misdirected), seed)
    assert np.abs(belief - truth).max() > 0.05
    assert same_fit == pytest.approx(fit, rel=1e-9)
    assert nothing == pytest.approx(0.0, abs=1e-9)
