"""Plan: the coming effort is allocated to concerns."""

from __future__ import annotations

import math

import numpy as np
import pytest

from culturesim.cycle.plan import plan
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    building_effort,
    check,
    columns_of,
    culture_of,
    scrambled,
    snapshot,
    world,
)
from tests.kernels import _twins


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    production = scenario.production
    for j, belief in enumerate(c["teams.belief"]):
        stock = building_effort(c, j) / production.decay
        target = _twins.best_plan(belief / belief.sum(), stock, production.saturation)
        c["teams.target"][j] = target
        replan = 1.0 if draws.cycle == 0 else culture_of(c, scenario, j).replan
        c["teams.plan"][j] += replan * (target - c["teams.plan"][j])


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("cycle", [0, 1, 5])
def test_twin(name: str, cycle: int) -> None:
    scenario = world(name)
    state = scrambled(scenario, cycle + 1)
    check(plan, twin, scenario, state, cycle=cycle)


@pytest.mark.parametrize("saturation", [1, 15, 40, 400])
def test_twin_from_little_to_much_saturation(saturation: int) -> None:
    scenario = world(production__saturation=saturation)
    check(plan, twin, scenario, scrambled(scenario, 1))


def test_first_plan_is_the_target_itself() -> None:
    scenario = world(**{"cultures__*__replan": 0})
    state = scrambled(scenario, 1)
    c = columns_of(state)
    plan(Address(1, 0), parameters(scenario), state)
    np.testing.assert_allclose(c["teams.plan"], c["teams.target"], atol=1e-15)
    first = snapshot(state)
    c["teams.belief"][...] = c["teams.belief"][:, ::-1].copy()
    plan(Address(1, 1), parameters(scenario), state)
    np.testing.assert_array_equal(c["teams.plan"], first["teams.plan"])
    assert (c["teams.target"] != first["teams.target"]).any(axis=1).all()


def test_replanning_goes_that_part_of_the_way() -> None:
    scenario = world(**{"cultures__*__replan": 0.25})
    state = scrambled(scenario, 1)
    c = columns_of(state)
    for _ in range(60):
        plan(Address(1, 1), parameters(scenario), state)
        assert np.allclose(c["teams.plan"].sum(axis=1), 1.0, rtol=1e-13)
    np.testing.assert_allclose(c["teams.plan"], c["teams.target"], atol=0.75**60 * 1.01)


def test_target_is_the_best_that_any_plan_of_this_stock_can_do() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    plan(Address(1, 1), parameters(scenario), state)
    luck = np.random.default_rng(1)
    for j, belief in enumerate(c["teams.belief"]):
        stock = building_effort(c, j) / 0.1
        best = _twins.fit_of(belief, c["teams.target"][j] * stock, 15.0)
        for other in luck.dirichlet(np.ones(5), 200):
            assert _twins.fit_of(belief, other * stock, 15.0) <= best + 1e-12


@pytest.mark.parametrize(("listening", "testing"), [(0.5, 0.5), (0.9, 0.1), (1.0, 0.0)])
def test_without_building_effort_all_goes_to_the_best_concern(
    listening: float, testing: float
) -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.listening_share"][...] = listening
    c["teams.testing_share"][...] = testing
    plan(Address(1, 0), parameters(scenario), state)
    assert (c["teams.plan"].argmax(axis=1) == c["teams.belief"].argmax(axis=1)).all()
    assert (np.sort(c["teams.plan"], axis=1) == [0, 0, 0, 0, 1]).all()


def test_capacity_owed_to_serving_gives_the_same_limit() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.effort_serving"][...] = c["teams.capacity"]
    plan(Address(1, 0), parameters(scenario), state)
    assert (c["teams.plan"].max(axis=1) == 1.0).all()
    assert math.isclose(c["teams.plan"].sum(), 5.0)
