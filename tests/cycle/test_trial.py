"""Trial: tests that ask customers for a commitment."""

from __future__ import annotations

import math

import numpy as np
import pytest

from culturesim.cycle.trial import trial
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    check,
    columns_of,
    culture_of,
    free_effort,
    members,
    scrambled,
    snapshot,
    world,
)
from tests.kernels import _twins


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    means = scenario.means
    for j in range(len(c["teams.belief"])):
        belief, tau = c["teams.belief"][j], c["teams.precision"][j]
        reach = members(c, j)
        effort = c["teams.testing_share"][j] * free_effort(c, j)
        c["teams.effort_testing"][j] = effort
        n = math.floor(effort / means.cost_test + draws.uniform("trials", j))
        n = n if reach else 0
        c["teams.trials"][j] = n
        if n > 0:
            d = int(np.argmax((belief + 0.02) / np.sqrt(tau)))
            xi = draws.normals("trials", j, 2)[1]
            theta = belief[d] + (1 - c["teams.test_skill"][j]) * means.ask_error * xi
            answers = []
            for k in range(n):
                who, luck = draws.uniforms("trial_sample", j, k)[:2]
                care = c["customers.care"][reach[math.floor(who * len(reach))], d]
                answers.append(luck < 1 / (1 + math.exp(-means.slope * (care - theta))))
            weight = culture_of(c, scenario, j).evidence * n
            expected = _twins.logistic(means.slope * (belief[d] - theta))
            tau[d] += weight * means.slope**2 * expected * (1 - expected)
            belief[d] += weight * means.slope * (np.mean(answers) - expected) / tau[d]
        np.maximum(belief, 1e-4, out=belief)


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name)
    state = scrambled(scenario, seed)
    check(trial, twin, scenario, state, seed=seed, cycle=seed)


@pytest.mark.parametrize("seed", range(10, 16))
def test_twin_with_many_trials(seed: int) -> None:
    scenario = world(**{"means__cost_test": 0.1, "cultures__*__evidence": 1})
    state = scrambled(scenario, seed)
    check(trial, twin, scenario, state, seed=seed)
    assert columns_of(state)["teams.trials"].max() > 10


def test_only_the_riskiest_concern_moves() -> None:
    scenario = world(**{"cultures__*__evidence": 1})
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.testing_share"][...] = 1.0
    before = snapshot(state)
    trial(Address(1, 1), parameters(scenario), state)
    risk = (before["teams.belief"] + 0.02) / np.sqrt(before["teams.precision"])
    moved = c["teams.precision"] != before["teams.precision"]
    assert (moved.sum(axis=1) == 1).all()
    assert (moved.argmax(axis=1) == risk.argmax(axis=1)).all()


def test_skilled_designer_asks_exactly_where_it_is_in_doubt() -> None:
    """Then the precision gained is the greatest possible: evidence * n * slope**2 / 4."""
    scenario = world(**{"cultures__*__evidence": 0.5})
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.test_skill"][...] = 1.0
    c["teams.testing_share"][...] = 0.5
    before = snapshot(state)
    trial(Address(1, 1), parameters(scenario), state)
    gained = (c["teams.precision"] - before["teams.precision"]).max(axis=1)
    np.testing.assert_allclose(gained, 0.5 * c["teams.trials"] * 25**2 / 4, rtol=1e-9)


def test_nobody_in_reach_is_nobody_to_ask() -> None:
    scenario = world("few")
    state = scrambled(scenario, 4)
    c = columns_of(state)
    alone = c["teams.reach_size"] == 0
    assert alone.any()
    c["teams.testing_share"][...] = 0.5
    before = snapshot(state)
    check(trial, twin, scenario, state)
    assert (c["teams.trials"][alone] == 0).all()
    assert (c["teams.effort_testing"][alone] > 0).all()
    held = np.maximum(before["teams.belief"], 1e-4)
    np.testing.assert_array_equal(c["teams.belief"][alone], held[alone])


def test_without_effort_there_are_no_trials() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.effort_serving"][...] = c["teams.capacity"]
    before = snapshot(state)
    check(trial, twin, scenario, state)
    assert (c["teams.trials"] == 0).all()
    np.testing.assert_array_equal(c["teams.precision"], before["teams.precision"])


def test_belief_is_lifted_even_without_trials() -> None:
    scenario = world()
    state = scrambled(scenario, 1)
    c = columns_of(state)
    c["teams.testing_share"][...] = 0.0
    c["teams.belief"][:, 2] = [-0.3, 0.0, 0.99e-4, 1e-4, 2e-4]
    trial(Address(1, 1), parameters(scenario), state)
    assert c["teams.belief"][:, 2].tolist() == [1e-4, 1e-4, 1e-4, 1e-4, 2e-4]
