"""Drift: the autoregression, shocks, and rising expectations."""

from __future__ import annotations

import math

import numpy as np
import pytest

import culturesim as cs
from culturesim.cycle.drift import drift
from culturesim.model.engine import Setup
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.parameters import Address
from culturesim.state.room import LEAST_BLOCK
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    assert_same,
    begun,
    check,
    columns_of,
    members,
    scrambled,
    segment_of,
    snapshot,
    world,
)
from tests.kernels import _twins


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    z = c["segments.log_care"]
    memory, focus = scenario.world.care_memory, scenario.world.care_focus
    concerns = z.shape[1]
    names = list(scenario.segments)
    moved = False
    if 0 < memory < math.inf:
        moved = True
        rho = math.exp(-1 / memory)
        for s in range(len(z)):
            noise = draws.normals("drift", s, concerns)
            z[s] = rho * z[s] + math.sqrt(1 - rho**2) * focus * noise
    for n, shock in enumerate(scenario.shocks.values()):
        if shock.cycle == draws.cycle:
            moved = True
            for s in [names.index(name) for name in shock.segments or names]:
                noise = draws.normals("shock", s, concerns, first=n * math.ceil(concerns / 4))
                rho = 1 - shock.size
                z[s] = rho * z[s] + math.sqrt(1 - rho**2) * focus * noise
    if moved:
        for i, own in enumerate(c["customers.care_factor"]):
            c["customers.care"][i] = _twins.softmax(z[c["customers.segment"][i]] + np.log(own))
        for j in range(len(c["teams.belief"])):
            reached = c["customers.care"][members(c, j)]
            c["teams.care_in_reach"][j] = reached.mean(axis=0) if len(reached) else 0.0
    for i, standard in enumerate(c["customers.standard"]):
        rise = segment_of(c, scenario, i).standard_drift
        c["customers.standard"][i] += rise * max(0.0, c["customers.fit"][i].max() - standard)


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("cycle", [0, 1, 2, 3])
def test_twin(name: str, cycle: int) -> None:
    scenario = world(name)
    check(drift, twin, scenario, scrambled(scenario, cycle + 1), cycle=cycle, seed=cycle + 5)


@pytest.mark.parametrize("concerns", [1, 3, 4, 8])
def test_twin_with_any_number_of_concerns(concerns: int) -> None:
    scenario = world("moving", world__concerns=concerns)
    check(drift, twin, scenario, scrambled(scenario, 1), cycle=2)


@pytest.mark.parametrize("memory", [0.0, math.inf])
def test_endless_memory_moves_nothing(memory: float) -> None:
    scenario = world(world__care_memory=memory)
    state = scrambled(scenario, 1)
    before = snapshot(state)
    drift(Address(1, 3), parameters(scenario), state)
    assert_same(state, before)


def test_hardly_any_memory_is_a_fresh_draw_every_cycle() -> None:
    scenario = world(world__care_memory=1e-3)
    state = scrambled(scenario, 1)
    drift(Address(1, 3), parameters(scenario), state)
    fresh = [1.5 * Draws(1, 3).normals("drift", s, 5) for s in range(2)]
    np.testing.assert_allclose(columns_of(state)["segments.log_care"], fresh, rtol=1e-13)


def test_whole_shock_forgets_what_was_cared_about() -> None:
    scenario = world("still", shocks={"turn": {"cycle": 3, "size": 1.0, "segments": ["firms"]}})
    state = scrambled(scenario, 1)
    before = snapshot(state)
    drift(Address(1, 3), parameters(scenario), state)
    after = columns_of(state)["segments.log_care"]
    np.testing.assert_array_equal(after[0], before["segments.log_care"][0])
    np.testing.assert_allclose(after[1], 1.5 * Draws(1, 3).normals("shock", 1, 5), rtol=1e-13)


def test_shock_of_size_0_and_shock_of_another_cycle_move_nothing() -> None:
    shocks = {"none": {"cycle": 3, "size": 0.0}, "later": {"cycle": 4, "size": 1.0}}
    scenario = world("still", shocks=shocks)
    state = begun(scenario)
    before = snapshot(state)
    drift(Address(1, 3), parameters(scenario), state)
    assert_same(state, before, 1e-15)


def test_two_shocks_in_one_cycle_have_draws_of_their_own() -> None:
    """The second shock, complete, wipes out the first; it must not repeat the first one's draws."""
    one = world("still", shocks={"a": {"cycle": 3, "size": 1.0}})
    two = world("still", shocks={"a": {"cycle": 3, "size": 1.0}, "b": {"cycle": 3, "size": 1.0}})
    found = []
    for scenario in (one, two):
        state = begun(scenario)
        drift(Address(1, 3), parameters(scenario), state)
        found.append(columns_of(state)["segments.log_care"].copy())
    assert (found[0] != found[1]).all()


def test_expectations_rise_and_never_fall() -> None:
    scenario = world("still", **{"segments__*__standard_drift": 0.5})
    state = begun(scenario)
    c = columns_of(state)
    c["customers.standard"][...] = 0.4
    c["customers.fit"][...] = 0.1
    c["customers.fit"][0, 1] = 0.6
    c["customers.standard"][1] = 0.05
    drift(Address(1, 3), parameters(scenario), state)
    np.testing.assert_allclose(c["customers.standard"][:2], [0.5, 0.075], rtol=1e-15)
    assert (c["customers.standard"][2:] == 0.4).all()


def test_variance_is_kept_and_correlation_falls_as_memory_says() -> None:
    """Exactly, from the two coefficients, which the noise of a unit draw gives away."""
    for memory in (0.5, 5.0, 240.0):
        scenario = world("still", world__care_memory=memory)
        at, params = Address(3, 2), parameters(scenario)
        ends = []
        for start in (0.0, 1.0):
            state = begun(scenario)
            columns_of(state)["segments.log_care"][...] = start
            drift(at, params, state)
            ends.append(columns_of(state)["segments.log_care"].copy())
        rho = ends[1] - ends[0]
        np.testing.assert_allclose(rho, math.exp(-1 / memory), rtol=1e-12)
        noise = np.array([Draws(3, 2).normals("drift", s, 5) for s in range(2)])
        fresh = ends[0] / noise
        np.testing.assert_allclose(rho**2 * 1.5**2 + fresh**2, 1.5**2, rtol=1e-12)


@pytest.mark.parametrize("blocks", [1, 2, 3])
def test_mean_care_is_summed_by_block_and_there_in_the_order_of_customers(blocks: int) -> None:
    people = blocks * LEAST_BLOCK - 5
    setup = Setup(cs.load_scenario("baseline", {"world.customers": people}))
    state = setup.start(4)
    setup.advance(4, 0, 1, state, setup.empty_records(), parts=(0, 1))
    bounds = [people * n // blocks for n in range(blocks + 1)]
    for team, mean in zip(state.teams.record, state.teams.care_in_reach, strict=True):
        reach = state.teams.reach[team["reach_first"] :][: team["reach_size"]]
        sums = np.zeros((blocks, len(mean)))
        for i in reach:
            sums[np.searchsorted(bounds, i, side="right") - 1] += state.customers.care[i]
        total = sums[0]
        for other in sums[1:]:
            total += other
        assert mean.tolist() == (total / team["reach_size"]).tolist()
