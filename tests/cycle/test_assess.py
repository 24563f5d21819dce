"""Assess: every considered offer, and doing nothing, in money."""

from __future__ import annotations

import math

import numpy as np
import pytest

from culturesim.cycle.assess import assess
from culturesim.scenario import Scenario
from culturesim.scenario.params import parameters
from culturesim.state.columns import State
from culturesim.state.parameters import Address
from tests.cycle._worlds import (
    WORLDS,
    Columns,
    Draws,
    begun,
    check,
    columns_of,
    scrambled,
    segment_of,
    world,
)


def twin(c: Columns, scenario: Scenario, draws: Draws) -> None:
    for i, considered in enumerate(c["customers.considered"]):
        segment = segment_of(c, scenario, i)
        worth = c["customers.worth"][i]
        options = [worth * c["customers.status_quo"][i]]
        for slot, j in enumerate(considered):
            options.append(-math.inf)
            c["customers.fit"][i, slot] = 0.0
            if j >= 0 and c["teams.offering"][j]:
                fit = float(c["customers.care"][i] @ c["teams.offer"][j])
                price = c["teams.price"][j]
                c["customers.fit"][i, slot] = fit
                if fit >= c["customers.standard"][i] and price <= c["customers.budget"][i]:
                    takeup = c["segments.takeup"][c["customers.segment"][i], j]
                    trust = c["customers.trust"][i, slot]
                    options[-1] = worth * fit * trust - price + segment.peer_influence * takeup
        options[c["customers.choice"][i]] += segment.switching_cost
        c["customers.assessment"][i] = options


@pytest.mark.parametrize("name", WORLDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twin(name: str, seed: int) -> None:
    scenario = world(name)
    state = scrambled(scenario, seed)
    check(assess, twin, scenario, state)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twin_with_every_influence(seed: int) -> None:
    scenario = world(
        segments__households__peer_influence=3,
        segments__firms__peer_influence=0.5,
        segments__households__switching_cost=0.3,
        segments__firms__switching_cost=2,
    )
    check(assess, twin, scenario, scrambled(scenario, seed))


def plain(scenario: Scenario) -> tuple[State, Columns]:
    """Everybody alike: every offer has fit 0.5, is worth 3, and costs 1."""
    state = begun(scenario)
    c = columns_of(state)
    c["teams.offering"][...] = True
    c["teams.offer"][...] = 0.5
    c["teams.price"][...] = 1.0
    c["customers.worth"][...] = 6.0
    c["customers.trust"][...] = 0.8
    c["customers.status_quo"][...] = 0.2
    c["customers.standard"][...] = 0.4
    c["customers.budget"][...] = math.inf
    c["customers.choice"][...] = 0
    return state, c


def test_assessment_by_hand() -> None:
    """Worth 6, fit 0.5, trust 0.8, price 1: 1.4. Nothing: 6 * 0.2 + 0.6 of habit."""
    scenario = world()
    state, c = plain(scenario)
    assess(Address(1, 1), parameters(scenario), state)
    households = c["customers.segment"] == 0
    np.testing.assert_allclose(c["customers.assessment"][households, 0], 1.8, rtol=1e-14)
    np.testing.assert_allclose(c["customers.assessment"][households, 1:], 1.4, rtol=1e-14)
    np.testing.assert_allclose(c["customers.assessment"][~households, 0], 2.4, rtol=1e-14)
    np.testing.assert_allclose(c["customers.fit"][households], 0.5, rtol=1e-14)


@pytest.mark.parametrize(("standard", "price", "budget"), [(0.6, 1.0, 9.0), (0.4, 2.0, 1.9)])
def test_offer_below_the_standard_or_beyond_the_budget_is_not_acceptable(
    standard: float, price: float, budget: float
) -> None:
    scenario = world()
    state, c = plain(scenario)
    c["customers.standard"][...] = standard
    c["teams.price"][...] = price
    c["customers.budget"][...] = budget
    assess(Address(1, 1), parameters(scenario), state)
    assert (c["customers.assessment"][:, 1:] == -math.inf).all()
    assert np.isfinite(c["customers.assessment"][:, 0]).all()
    assert (c["customers.fit"][c["customers.considered"] >= 0] > 0.49).all()  # seen all the same


def test_before_entry_there_is_nothing_to_choose() -> None:
    scenario = world()
    state, c = plain(scenario)
    c["teams.offering"][...] = False
    assess(Address(1, 1), parameters(scenario), state)
    assert (c["customers.fit"] == 0).all()
    assert (c["customers.assessment"][:, 1:] == -math.inf).all()


def test_empty_slots_hold_no_offer() -> None:
    scenario = world()
    state, c = plain(scenario)
    empty = c["customers.considered"] < 0
    assert empty.any()
    assess(Address(1, 1), parameters(scenario), state)
    assert (c["customers.fit"][empty] == 0).all()
    assert (c["customers.assessment"][:, 1:][empty] == -math.inf).all()


@pytest.mark.parametrize("choice", [0, 1, 2])
def test_last_choice_has_the_switching_cost_ahead(choice: int) -> None:
    scenario = world()
    state, c = plain(scenario)
    assess(Address(1, 1), parameters(scenario), state)
    before = c["customers.assessment"].copy()
    before[:, 0] -= np.where(c["customers.segment"] == 0, 0.6, 1.2)
    c["customers.choice"][...] = choice
    assess(Address(1, 1), parameters(scenario), state)
    gained = c["customers.assessment"] - np.where(np.isfinite(before), before, 0.0)
    np.testing.assert_allclose(gained[c["customers.segment"] == 0, choice], 0.6, rtol=1e-12)
    np.testing.assert_allclose(gained[c["customers.segment"] == 1, choice], 1.2, rtol=1e-12)


def test_peers_are_those_of_the_own_segment() -> None:
    scenario = world(**{"segments__*__peer_influence": 2})
    state, c = plain(scenario)
    c["segments.takeup"][...] = [[0.5] * 5, [0.0] * 5]
    assess(Address(1, 1), parameters(scenario), state)
    households = c["customers.segment"] == 0
    np.testing.assert_allclose(c["customers.assessment"][households, 1], 2.4, rtol=1e-14)
    np.testing.assert_allclose(c["customers.assessment"][~households, 1], 1.4, rtol=1e-14)
